//! What an account keeps to judge its figures by: the invoices of its months and what was forecast of them.

use crate::books::past_forecast::add_missing;
use crate::store::account::Account;
use crate::time::in_order;

/// Gives both sides the invoices and past forecasts of both. What the present account has of a month stays.
pub(super) fn merge_records(here: &mut Account, there: &mut Account) {
    for invoice in &there.invoices {
        if !here.invoices.iter().any(|known| known.is_of(invoice.month, invoice.currency)) {
            here.invoices.push(invoice.clone());
        }
    }
    here.invoices = in_order(here.invoices.drain(..), |one, other| one.month.cmp(&other.month));
    there.invoices.clone_from(&here.invoices);
    add_missing(&mut here.forecasts, there.forecasts.drain(..));
    there.forecasts.clone_from(&here.forecasts);
}
