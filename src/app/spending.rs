//! What the user pays and may pay: plans, the budget, and what currencies are worth.

use crate::app::context::App;
use crate::app::context::statement;
use crate::app::failure::Failure;
use crate::app::http::send;
use crate::app::tx::{commit, commit_noting, commit_once, look, look_within};
use crate::books::plan::Plan;
use crate::books::rates::{ExchangeRate, RateSource};
use crate::books::statement::AccountStatement;
use crate::command::{Maybe, Submission};
use crate::host::{Host, HttpRequest};
use crate::money::{Amount, Currency, Money, Rate};
use crate::provider::ecb::{self, ORIGIN};
use crate::screen::{Field, Said};
use crate::store::{LoadScope, Outgoing, State};
use crate::time::{Day, Timestamp, in_order};

/// Keeps a plan: in place of one of these, or as a new one.
pub(super) async fn plan<H: Host>(
    app: &App<'_, H>,
    place: Option<usize>,
    plan: Result<Plan, Field>,
    submission: &Submission,
) -> Result<Said, Failure> {
    let plan = match plan {
        Ok(plan) => plan,
        Err(field) => return Ok(Said::BadField(field)),
    };
    commit_once(app, &LoadScope::Lately, submission, Said::Saved, |state, _| {
        let known = place.and_then(|place| state.settings.plans.get_mut(place));
        match known {
            Some(known) => *known = plan,
            None => state.settings.plans.push(plan),
        }
        Said::Saved
    })
    .await
}

/// Forgets a plan, by its place and its name: a click may come twice.
pub(super) async fn drop_plan<H: Host>(
    app: &App<'_, H>,
    place: usize,
    name: &str,
    submission: &Submission,
) -> Result<Said, Failure> {
    commit_once(app, &LoadScope::Lately, submission, Said::Saved, |state, _| {
        if state.settings.plans.get(place).is_some_and(|plan| plan.name == name) {
            state.settings.plans.remove(place);
        }
        Said::Saved
    })
    .await
}

/// Sets the budget of a month in the main currency, or gives it up.
pub(super) async fn budget<H: Host>(app: &App<'_, H>, amount: Maybe<Amount>) -> Result<Said, Failure> {
    let amount = match amount {
        Maybe::Empty => None,
        Maybe::Is(amount) if amount > Amount::ZERO => Some(amount),
        Maybe::Is(_) | Maybe::Unreadable => return Ok(Said::BadField(Field::Amount)),
    };
    commit(app, |state, now| {
        let currency = main_currency(state, now).unwrap_or(Currency::USD);
        state.settings.budget = amount.map(|amount| Money { amount, currency });
        Said::Saved
    })
    .await
}

/// Sets what one unit of a currency is worth in the main one, or forgets it.
pub(super) async fn rate<H: Host>(
    app: &App<'_, H>,
    from: Maybe<Currency>,
    rate: Maybe<Rate>,
) -> Result<Said, Failure> {
    let Maybe::Is(from) = from else { return Ok(Said::BadField(Field::Currency)) };
    if rate == Maybe::Unreadable {
        return Ok(Said::BadField(Field::Rate));
    }
    commit(app, |state, now| {
        let Some(to) = main_currency(state, now) else { return Said::BadField(Field::Currency) };
        let rates = &mut state.settings.rates;
        rates.retain(|known| (known.from, known.to) != (from, to));
        if let Maybe::Is(rate) = rate {
            rates.push(ExchangeRate { from, to, rate, on: now.day(), source: RateSource::Hand });
        }
        Said::Saved
    })
    .await
}

/// Turns the daily rates on or off. On, they are asked for at once.
pub(super) async fn ecb_rates<H: Host>(app: &App<'_, H>, is_on: bool) -> Result<Said, Failure> {
    commit(app, |state, _| {
        state.settings.takes_ecb_rates = is_on;
        state.settings.rates_asked_on = None;
    })
    .await?;
    if is_on && !app.host.may_reach(&[ORIGIN]).await {
        return Ok(Said::RatesWithheld);
    }
    let are_told = update_rates(app).await?;
    Ok(if is_on && !are_told { Said::NoRates } else { Said::Saved })
}

/// Asks for the reference rates, once a day, where the user wants that. Whatever goes wrong, the last ones stay, with
/// their day. Tells whether nothing went wrong.
pub(super) async fn update_rates<H: Host>(app: &App<'_, H>) -> Result<bool, Failure> {
    let is_due = |state: &State, now: Timestamp| {
        state.settings.takes_ecb_rates && state.settings.rates_asked_on != Some(now.day())
    };
    if !look_within(app, &LoadScope::Accounts, is_due).await? || !app.host.may_reach(&[ORIGIN]).await {
        return Ok(true);
    }
    let (to, from) = look(app, in_use).await?;
    let Some(to) = to.filter(|_| !from.is_empty()) else { return Ok(true) };
    let request = HttpRequest { url: ecb::address(to, &from), headers: Vec::new(), body: None };
    let mut out = Outgoing::for_all();
    let answer = send(app, &request, &mut out).await.ok();
    let told = answer.and_then(|answer| ecb::read(&answer, app.host.now(), to, &from).ok());
    let are_told = told.is_some();
    commit_noting(app, &LoadScope::Lately, out, |state, now| {
        keep(state, told.unwrap_or_default(), now.day());
    })
    .await?;
    Ok(are_told)
}

/// A rate by hand gives way: whoever turned the daily rates on wants those.
fn keep(state: &mut State, told: Vec<ExchangeRate>, today: Day) {
    let rates = &mut state.settings.rates;
    for exchange in told {
        rates.retain(|known| (known.from, known.to) != (exchange.from, exchange.to));
        rates.push(exchange);
    }
    state.settings.rates_asked_on = Some(today);
}

fn main_currency(state: &State, now: Timestamp) -> Option<Currency> {
    statement(state, now).total.currency
}

/// The main currency, and the others in which anything is spent.
fn in_use(state: &State, now: Timestamp) -> (Option<Currency>, Vec<Currency>) {
    let statement = statement(state, now);
    let main = statement.total.currency;
    let books = statement.accounts.iter().flat_map(AccountStatement::counted).map(|book| book.currency);
    let plans = state.settings.plans.iter().map(|plan| plan.currency);
    let others = books.chain(plans).filter(|other| Some(*other) != main);
    let mut others = in_order(others, Currency::cmp);
    others.dedup();
    (main, others)
}
