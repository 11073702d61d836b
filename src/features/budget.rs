//! The budget: the most that a month shall cost.

mod view;
mod words;

pub(crate) use view::{budget_form, budget_line, tooltip};

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome, Rejected, statement};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::ui::Form;

/// Sets the budget of a month in the main currency, or gives it up.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let amount = form.amount("amount")?;
    if amount == Some(Amount::ZERO) {
        return Err(Rejected::phrase(|words| words.bad_amount).at("amount"));
    }
    commit(app, |state, now| {
        let currency = statement(state, now).total.currency.unwrap_or(Currency::USD);
        state.settings.budget = amount.map(|amount| Money { amount, currency });
    })
    .await?;
    Ok(Done::saved())
}
