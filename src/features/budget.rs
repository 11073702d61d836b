//! Budgets: a month's limit for the total, for one currency, or for one account.

mod view;
mod words;

pub(crate) use view::{budget_form, budget_line, tooltip};

use core::fmt;

use crate::app::tx::commit_form;
use crate::app::{App, Done, Outcome, Rejected, statement};
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::store::State;
use crate::ui::{AmountInput, Form};

/// What a budget limits.
#[derive(Clone, Debug, PartialEq, Eq)]
enum BudgetScope {
    /// The month's total.
    Total(Currency),
    /// The spend in one currency, before conversion.
    Currency(Currency),
    /// One account, in one of its currencies.
    Account(AccountId, Currency),
}

impl BudgetScope {
    /// Parses `total CNY`, `currency CNY` or `account CNY ID`; any other text means the month's total in the currency `main`.
    fn parse(text: &str, main: Currency) -> BudgetScope {
        let (kind, rest) = text.split_once(' ').unwrap_or_default();
        let (code, id) = rest.split_once(' ').unwrap_or((rest, ""));
        match (kind, Currency::parse(code)) {
            ("total", Some(currency)) => BudgetScope::Total(currency),
            ("currency", Some(currency)) => BudgetScope::Currency(currency),
            ("account", Some(currency)) => BudgetScope::Account(AccountId(id.to_owned()), currency),
            _ => BudgetScope::Total(main),
        }
    }

    fn currency(&self) -> Currency {
        match self {
            BudgetScope::Total(currency)
            | BudgetScope::Currency(currency)
            | BudgetScope::Account(_, currency) => *currency,
        }
    }

    /// Sets or removes the budget. Returns the previous one. Rejected if the account no longer exists.
    fn set(&self, state: &mut State, amount: Option<Amount>) -> Result<Option<Money>, Rejected> {
        let currency = self.currency();
        let budget = amount.map(|amount| Money { amount, currency });
        let budgets = match self {
            BudgetScope::Total(_) => return Ok(core::mem::replace(&mut state.settings.budget, budget)),
            BudgetScope::Currency(_) => &mut state.settings.currency_budgets,
            BudgetScope::Account(id, _) => &mut state.account_mut(id).ok_or(Rejected::NoAccount)?.budgets,
        };
        let before = budgets.extract_if(.., |known| known.currency == currency).last();
        budgets.extend(budget);
        Ok(before)
    }
}

/// The text that [`BudgetScope::parse`] reads.
impl fmt::Display for BudgetScope {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BudgetScope::Total(currency) => write!(to, "total {currency}"),
            BudgetScope::Currency(currency) => write!(to, "currency {currency}"),
            BudgetScope::Account(AccountId(id), currency) => write!(to, "account {currency} {id}"),
        }
    }
}

/// Sets or removes a budget.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let input = form.amount("amount")?;
    if input.as_ref().is_some_and(AmountInput::is_zero) {
        return Err(Rejected::phrase(|words| words.bad_amount).at("amount"));
    }
    let set = |state: &mut State, now| {
        let main = statement(state, now).total.currency.unwrap_or(Currency::USD);
        let scope = BudgetScope::parse(form.text("of"), main);
        let amount = input.map(|input| input.amount_in(scope.currency())).transpose()?;
        let before = scope.set(state, amount)?;
        let undone = match (&scope, before) {
            (BudgetScope::Total(_), Some(before)) => BudgetScope::Total(before.currency),
            _ => scope.clone(),
        };
        let before = before.map(|before| before.amount.to_string()).unwrap_or_default();
        let fields = [("of", undone.to_string()), ("amount", before.clone()), ("amount.read", before)];
        let saved = amount.map(|amount| Money { amount, currency: scope.currency() });
        Ok(Done::saved_money(state, saved).undone_by("budget", fields))
    };
    commit_form(app, set).await
}
