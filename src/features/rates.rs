//! Exchange rates from other currencies to the main one: entered by hand, or the European Central Bank's reference rates, which
//! are fetched once a day.

mod setting;
mod view;
mod words;

pub(crate) use view::section;

use crate::app::http::send;
use crate::app::tx::{Step, commit, commit_form, look, look_within};
use crate::app::{App, Done, Failure, Outcome, Rejected, statement};
use crate::books::rates::{ExchangeRate, RateSource};
use crate::books::statement::AccountStatement;
use crate::features::rates::setting::{ASKED_ON, IS_DAILY};
use crate::features::rates::words::words;
use crate::host::{Host, HttpRequest};
use crate::money::Currency;
use crate::order::in_order;
use crate::provider::ecb::{self, ORIGIN};
use crate::store::{LoadScope, Outgoing, State};
use crate::time::{Day, Timestamp};
use crate::ui::Form;

/// The number of decimals that a rate can have.
const EVERY_DECIMAL: u32 = 28;
/// The text for no rates in the field of a form that restores rates.
const NO_RATES: &str = "none";

/// Sets or removes the value of one unit of a currency in the main currency.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let bad_currency = || Rejected::phrase(|words| words.bad_currency);
    let from = form.needed_currency("currency")?;
    let bad_rate = || Rejected::of(words, |words| words.bad_rate);
    let rate = match form.signed_amount("rate", bad_rate)? {
        Some(input) => Some(input.rate()?.ok_or_else(|| bad_rate().at("rate"))?),
        None => None,
    };
    // An undo sends the day of the rate that it restores.
    let day = form.day("on")?;
    let source = if form.text("source") == "ecb" { RateSource::Ecb } else { RateSource::Hand };
    let set = |state: &mut State, now: Timestamp| {
        let to = statement(state, now).total.currency.ok_or_else(bad_currency)?;
        let rates = &mut state.settings.rates;
        let before = rates.extract_if(.., |known| (known.from, known.to) == (from, to)).last();
        rates.extend(rate.map(|rate| ExchangeRate { from, to, rate, on: day.unwrap_or(now.day()), source }));
        let saved = rate.map(|rate| rate.to_text(EVERY_DECIMAL));
        let done = saved.map_or_else(Done::saved, |saved| {
            Done::says(move |language| (words(language).rate_saved)(from.code(), &saved, to.code()))
        });
        let before = before.as_ref();
        let number = before.map(|before| before.rate.to_text(EVERY_DECIMAL)).unwrap_or_default();
        let source = before.map_or("", |before| match before.source {
            RateSource::Ecb => "ecb",
            RateSource::Hand => "hand",
        });
        let day = before.map(|before| before.on.to_string()).unwrap_or_default();
        let fields = [("currency", from.to_string()), ("rate", number.clone()), ("rate.read", number)];
        Ok(done.undone_by("rate", fields.into_iter().chain([("source", source.to_owned()), ("on", day)])))
    };
    commit_form(app, set).await
}

/// Turns the daily rates on or off. Turning them on fetches them at once. Undoing that restores the rates that they replaced.
pub(crate) async fn set_daily<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_on = form.is_on("on");
    let restored = read_rates(form.text("rates"));
    let undo = commit(app, |state, _| {
        let values = &mut state.settings;
        let before = if IS_DAILY.get(values) { "on" } else { "" };
        let undo = [("on", before.to_owned()), ("rates", write_rates(&values.rates))];
        IS_DAILY.set(values, &is_on);
        ASKED_ON.set(values, &None);
        if let Some(restored) = restored {
            values.rates = restored;
        }
        undo
    });
    let saved = Done::saved().undone_by("ecb_rates", undo.await?);
    if !is_on {
        return Ok(saved);
    }
    if !app.host.may_reach(&[ORIGIN]).await {
        return Err(Rejected::of(words, |words| words.withheld));
    }
    match fetch(app).await? {
        Fetched::Failed => Err(Rejected::of(words, |words| words.not_fetched)),
        Fetched::Rates | Fetched::NotDue => Ok(saved),
    }
}

/// Writes rates as a field of a form that restores them.
fn write_rates(rates: &[ExchangeRate]) -> String {
    let rates: Vec<_> = rates.iter().map(ExchangeRate::to_string).collect();
    if rates.is_empty() { NO_RATES.to_owned() } else { rates.join(",") }
}

/// Reads what [`write_rates`] writes. `None` if the form restores nothing.
fn read_rates(text: &str) -> Option<Vec<ExchangeRate>> {
    match text {
        NO_RATES => Some(Vec::new()),
        text => text.split(',').map(|rate| ExchangeRate::try_from(rate.to_owned()).ok()).collect(),
    }
}

/// The step of an alarm: fetches the reference rates once a day if daily rates are on.
pub(crate) async fn on_alarm<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    fetch(app).await.map(|_| ())
}

/// The result of fetching.
enum Fetched {
    /// Today's rates are already here, or daily rates are off.
    NotDue,
    Rates,
    /// The last rates stay in use, with their day.
    Failed,
}

async fn fetch<H: Host>(app: &App<'_, H>) -> Result<Fetched, Failure> {
    let is_due = |state: &State, now: Timestamp| {
        let values = &state.settings;
        IS_DAILY.get(values) && ASKED_ON.get(values) != Some(now.day())
    };
    if !look_within(app, &LoadScope::Accounts, is_due).await? || !app.host.may_reach(&[ORIGIN]).await {
        return Ok(Fetched::NotDue);
    }
    let (to, from) = look(app, in_use).await?;
    let Some(to) = to.filter(|_| !from.is_empty()) else { return Ok(Fetched::NotDue) };
    let request = HttpRequest { url: ecb::address(to, &from), headers: Vec::new(), body: None };
    let mut out = Outgoing::for_all();
    let answer = send(app, &request, &mut out).await.ok();
    let rates = answer.and_then(|answer| ecb::read(&answer, app.host.now(), to, &from).ok());
    let fetched = if rates.is_some() { Fetched::Rates } else { Fetched::Failed };
    let noted = Step::lately().noting(vec![out]);
    noted.commit(app, |state, now| keep(state, rates.unwrap_or_default(), now.day())).await?;
    Ok(fetched)
}

/// Stores the fetched rates. They replace rates entered by hand: a user who turned daily rates on wants them.
fn keep(state: &mut State, fetched: Vec<ExchangeRate>, today: Day) {
    let rates = &mut state.settings.rates;
    for exchange in fetched {
        rates.retain(|known| (known.from, known.to) != (exchange.from, exchange.to));
        rates.push(exchange);
    }
    ASKED_ON.set(&mut state.settings, &Some(today));
}

/// The main currency, and the other currencies with spend.
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
