//! An account's records for judging its figures: the invoices and past forecasts of its months.

use crate::books::past_forecast::add_missing;
use crate::order::in_order;
use crate::store::account::Account;

/// Gives both sides the invoices and past forecasts of both. For each month, the present account's own stay.
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
