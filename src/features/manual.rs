//! Accounts without a key: kept by hand or by files, with the figures that the user types and the reminder to type them.

mod no_api;
mod view;
mod words;

pub(crate) use no_api::{NO_API, find as find_no_api};
pub(crate) use view::{
    by_file, by_file_form, by_hand_form, known_until, next_figure, no_api, remind_form, reminder, type_left,
    typed_left,
};

use crate::app::account::change_account;
use crate::app::session::make_name;
use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected, Spot};
use crate::books::correction::ManualFigure;
use crate::books::reading::AccountId;
use crate::features::manual::words::words;
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::providers;
use crate::store::{Account, LoadScope, Source, State};
use crate::ui::{AmountInput, Form, format};

/// The longest reminder interval, in days.
const LONGEST: u32 = 366;

/// The fields of a new account kept by hand.
struct ByHand {
    label: String,
    source: Source,
    currency: Currency,
    amount: Amount,
}

impl ByHand {
    fn parse(form: &Form) -> Result<ByHand, Rejected> {
        let (label, currency) = (needed_label(form)?, form.needed_currency("currency")?);
        let amount = figure(form)?.amount_in(currency)?;
        let source = match form.text("tells") {
            "balance" => Source::Balance(currency),
            "bill" => Source::Bill(currency),
            _ => return Err(Rejected::unexpected()),
        };
        not_below_zero(source, amount)?;
        Ok(ByHand { label, source, currency, amount })
    }
}

/// Adds an account with figures that the user types.
pub(crate) async fn by_hand<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let ByHand { label, source, currency, amount } = ByHand::parse(form)?;
    let id = AccountId(make_name(app));
    let kept = move |language| (words(language).kept_by_hand)(&format::exact(amount, currency));
    let done = Done::says(kept).opening(Spot::Account(id.clone()));
    commit_once(app, &LoadScope::Answerable, &form.submission(), done.clone(), |state, now| {
        state.accounts.push(Account::without_key(id.clone(), "", label, source));
        // For a balance, this is the baseline (rule L2).
        state.type_in(&id, amount, now, now)?;
        Ok(done)
    })
    .await
}

/// Adds an account that the user keeps by importing files.
pub(crate) async fn by_file_account<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let provider = providers::find(form.text("provider")).map(|provider| provider.card.id);
    let label = if provider.is_some() { form.label() } else { needed_label(form)? };
    let id = AccountId(make_name(app));
    let done = Done::of(words, |words| words.kept_by_file).opening(Spot::Account(id.clone()));
    commit_once(app, &LoadScope::Answerable, &form.submission(), done.clone(), |state, _| {
        state.accounts.push(Account::without_key(id, provider.unwrap_or_default(), label, Source::File));
        Ok(done)
    })
    .await
}

/// Stores a figure of an account kept by hand.
pub async fn keep_figure<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, input, at) = (form.account(), figure(form)?, form.time("at")?);
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), |state, now| {
        let source = state.account(&id).ok_or(Rejected::NoAccount)?.source;
        let currency = source.currency().ok_or(Rejected::NoAccount)?;
        let typed = ManualFigure { currency, at: at.unwrap_or(now), amount: input.amount_in(currency)? };
        not_below_zero(source, typed.amount)?;
        state.type_in(&id, typed.amount, typed.at, now)?;
        Ok(entered(state, &id, typed))
    })
    .await
}

/// Changes a typed figure of an account; its time stays the same.
pub async fn edit_figure<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, input) = (form.account(), figure(form)?);
    let typed = ManualFigure::try_from(form.owned("figure")).map_err(|_| Rejected::unexpected())?;
    let edited = ManualFigure { amount: input.amount_in(typed.currency)?, ..typed };
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), |state, now| {
        let account = state.account(&id).ok_or(Rejected::NoAccount)?;
        if !account.left.contains(&typed) {
            not_below_zero(account.source, edited.amount)?;
        }
        state.retype(&id, &typed, edited.amount, now)?;
        let before = typed.amount.to_string();
        let money = Money { amount: edited.amount, currency: edited.currency };
        let undo = [
            ("account", id.0.clone()),
            ("figure", String::from(edited)),
            ("amount", before.clone()),
            ("amount.read", before),
        ];
        Ok(Done::saved_money(state, Some(money)).undone_by("edit_figure", undo))
    })
    .await
}

/// Stores the balance left, for an account whose bills do not report it.
pub async fn keep_left<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, currency) = (form.account(), form.needed_currency("currency")?);
    let amount = figure(form)?.amount_in(currency)?;
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), |state, now| {
        let typed = ManualFigure { currency, at: now, amount };
        state.type_left(&id, typed)?;
        Ok(entered(state, &id, typed))
    })
    .await
}

/// Sets the reminder of an account.
pub(crate) async fn remind<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let days = form.number("days", 1..=LONGEST, || Rejected::phrase(|words| words.bad_days))?;
    change_account(app, &form.account(), |account, _| {
        let before = core::mem::replace(&mut account.remind_days, days);
        let before = before.map(|days| days.to_string()).unwrap_or_default();
        let undo = [("account", account.id.0.clone()), ("days", before)];
        Ok(Done::saved().undone_by("remind", undo))
    })
    .await
}

/// The required name of an account without a known provider.
fn needed_label(form: &Form) -> Result<String, Rejected> {
    let label = Some(form.label()).filter(|label| !label.is_empty());
    label.ok_or_else(|| Rejected::phrase(|words| words.bad_name).at("label"))
}

fn figure(form: &Form) -> Result<AmountInput, Rejected> {
    let bad_figure = || Rejected::of(words, |words| words.bad_figure).at("amount");
    form.signed_amount("amount", bad_figure)?.ok_or_else(bad_figure)
}

/// The outcome for a stored figure, with its undo.
fn entered(state: &State, AccountId(id): &AccountId, typed: ManualFigure) -> Done {
    let money = Money { amount: typed.amount, currency: typed.currency };
    let undo = [("account", id.clone()), ("correction", String::from(typed))];
    Done::saved_money(state, Some(money)).undone_by("undo", undo)
}

/// A balance may be overdrawn; a bill cannot be below zero.
fn not_below_zero(source: Source, amount: Amount) -> Result<(), Rejected> {
    let is_wrong = matches!(source, Source::Bill(_)) && amount.is_negative();
    if is_wrong { Err(Rejected::of(words, |words| words.bad_figure).at("amount")) } else { Ok(()) }
}
