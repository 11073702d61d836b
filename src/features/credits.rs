//! Prepaid credit that expires: the granted credit of a book, and each purchase that the user enters.
//!
//! No provider reports an end date to a key, so the user enters it. If the provider's terms say how long credit lasts, a purchase
//! without an end date gets the date that follows from them.

mod view;
mod words;

pub(crate) use view::{expires, expires_soon, granted_form, left_until, purchase_form, purchases};

use crate::app::account::{change_account, current_account};
use crate::app::session::make_name;
use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::credit::{Credit, Purchase};
use crate::books::reading::AccountId;
use crate::features::credits::words::words;
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::store::{Account, LoadScope};
use crate::time::Day;
use crate::ui::Form;

/// The maximum number of purchases of one account. More on a page would be of no use.
const MOST: usize = 100;

/// Sets or removes the day on which a book's granted credit expires.
pub(crate) async fn set_granted<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let currency = form.needed_currency("currency")?;
    let day = form.day("day")?;
    change_account(app, &form.account(), |account, _| {
        let before = account.granted_expires(currency).map(|day| day.to_string()).unwrap_or_default();
        let granted = Credit { currency, expires: day, purchase: None };
        account.expires.retain(|known| !known.is_same(&granted));
        account.expires.extend(day.map(|_| granted));
        let undo = [("account", account.id.0.clone()), ("currency", currency.to_string()), ("day", before)];
        Ok(Done::saved().undone_by("expiry_day", undo))
    })
    .await
}

/// A purchase as it was entered.
struct Entered {
    /// `None` for a new purchase.
    id: Option<String>,
    currency: Currency,
    amount: Amount,
    /// `None` for today.
    on: Option<Day>,
    expires: Option<Day>,
}

impl Entered {
    fn parse(form: &Form) -> Result<Entered, Rejected> {
        let currency = form.needed_currency("currency")?;
        let amount = form.needed_amount("amount")?.amount_in(currency)?;
        if amount.is_zero() {
            return Err(Rejected::phrase(|words| words.bad_amount).at("amount"));
        }
        let id = Some(form.owned("purchase")).filter(|id| !id.is_empty());
        Ok(Entered { id, currency, amount, on: form.day("on")?, expires: form.day("day")? })
    }

    /// The credit to store. A new one without an end date gets the end that the provider's terms give.
    fn credit(self, account: &Account, today: Day, new_id: String) -> Result<Credit, Rejected> {
        let on = self.on.unwrap_or(today);
        if on > today {
            return Err(Rejected::of(words, |words| words.bought_in_future).at("on"));
        }
        if self.expires.is_some_and(|day| day < on) {
            return Err(Rejected::of(words, |words| words.ends_before).at("day"));
        }
        let usual = || account.card().filter(|_| self.id.is_none())?.terms.credit_ends(on);
        let expires = self.expires.or_else(usual);
        let purchase = Purchase { id: self.id.clone().unwrap_or(new_id), on, amount: self.amount };
        Ok(Credit { currency: self.currency, expires, purchase: Some(purchase) })
    }
}

/// Stores a new purchase, or another end date of a stored one.
pub(crate) async fn keep<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (entered, id, new_id) = (Entered::parse(form)?, form.account(), make_name(app));
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), |state, now| {
        let is_new = entered.id.is_none();
        let credit = entered.credit(current_account(state, &id)?, now.day(), new_id)?;
        let money =
            credit.purchase.as_ref().map(|bought| Money { amount: bought.amount, currency: credit.currency });
        let saved = Done::saved_money(state, money.filter(|_| is_new));
        let account = current_account(state, &id)?;
        let place = account.expires.iter().position(|known| known.is_same(&credit));
        let known = place.and_then(|place| account.expires.get_mut(place));
        if let Some(known) = known {
            let before = core::mem::replace(known, credit);
            return Ok(saved.undone_by("credit", fields_of(&id, &before)));
        }
        if account.expires.len() >= MOST {
            return Err(Rejected::of(words, |words| words.too_many));
        }
        let undo = drop_fields(&id, &credit);
        account.expires.push(credit);
        Ok(saved.undone_by("drop_credit", undo))
    })
    .await
}

/// Removes a purchase by its id.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, purchase) = (form.account(), form.text("purchase"));
    let removed = Done::of(words, |words| words.removed);
    commit_once(app, &LoadScope::Lately, &form.submission(), removed.clone(), |state, _| {
        let account = current_account(state, &id)?;
        let is_it = |credit: &Credit| credit.purchase.as_ref().is_some_and(|known| known.id == purchase);
        let gone = account.expires.extract_if(.., |credit| is_it(credit)).next();
        Ok(match gone {
            Some(gone) => removed.undone_by("credit", fields_of(&id, &gone)),
            None => removed,
        })
    })
    .await
}

/// The fields of a form that removes a purchase.
fn drop_fields(account: &AccountId, credit: &Credit) -> [(&'static str, String); 2] {
    let id = credit.purchase.as_ref().map(|purchase| purchase.id.clone());
    [("account", account.0.clone()), ("purchase", id.unwrap_or_default())]
}

/// The fields of a form that restores a purchase.
fn fields_of(account: &AccountId, credit: &Credit) -> Vec<(&'static str, String)> {
    let day = credit.expires.map(|day| day.to_string()).unwrap_or_default();
    let mut fields = vec![("currency", credit.currency.to_string()), ("day", day)];
    fields.extend(drop_fields(account, credit));
    if let Some(Purchase { on, amount, .. }) = &credit.purchase {
        fields.extend([
            ("on", on.to_string()),
            ("amount", amount.to_string()),
            ("amount.read", amount.to_string()),
        ]);
    }
    fields
}
