//! Forecasts of this month and the next, each with one sentence that explains how it was computed, with its own numbers.
//!
//! Knows how a forecast, its range and its runway are shown, in total and per account. Does not know rules F1 to F7.

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::{Figure, Mark};
use crate::books::forecast::{Difference, Direction, LEAST_DAYS, Outlook, State};
use crate::books::past_forecast::{ForecastCheck, Verdict};
use crate::books::statement::{BookStatement, Forecast, Runway};
use crate::money::{Amount, Currency};
use crate::store::Account;
use crate::time::{DAY, Day};
use crate::ui::components::{explained, figure};
use crate::ui::format::{self, Grain};

/// A forecast with the numbers that explain it and that it does not contain itself.
struct Made<'a> {
    /// The id of the figure on the page.
    id: String,
    forecast: &'a Forecast,
    currency: Option<Currency>,
    /// The month's spend so far; `None` for a future month.
    so_far: Option<&'a Figure>,
    /// The expected spend of a future day.
    per_day: Option<Amount>,
    /// Why that differs between this month and the next.
    difference: Option<String>,
    /// The accuracy of earlier months' forecasts (rule F7).
    record: Vec<String>,
}

/// The forecasts of this month and the next. `earlier` has the checked forecasts of all earlier months.
pub(crate) fn month_forecasts(view: &View<'_>, earlier: &[ForecastCheck]) -> Markup {
    let (words, statement) = (view.words(), view.statement);
    let (month, next) = ((words.month)(statement.month), (words.month)(statement.month.next()));
    let so_far = statement.total.so_far();
    let made = |id: &str, forecast, so_far, per_day: &Figure, record| Made {
        id: id.to_owned(),
        forecast,
        currency: statement.total.currency,
        so_far,
        per_day: per_day.amount,
        difference: difference_of_total(view),
        record,
    };
    let (pace, burn) = (&statement.pace_per_day, &statement.burn_per_day);
    let last = statement.check_last_month(&view.state.forecasts);
    let record = last.iter().map(|last| last_forecast(view, last)).chain(tally(view, earlier)).collect();
    html! {
        (tile(view, &(words.lands_at)(month), &made("landing", &statement.landing, Some(&so_far), pace, record)))
        (tile(view, &(words.at_this_pace)(next), &made("next", &statement.next_month, None, burn, Vec::new())))
    }
}

fn tile(view: &View<'_>, title: &str, made: &Made<'_>) -> Markup {
    html! {
        div {
            small { (title) }
            b { (figure(view, &made.id, &made.forecast.figure, made.currency, Grain::Rough)) }
            small { (basis(view, made)) }
        }
    }
}

/// The two forecasts of one book, each as a tile.
pub(crate) fn of_book(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    let words = view.words();
    let made = |what: &str, forecast, so_far, per_day: fn(&Outlook) -> Amount, record| Made {
        id: format!("{what}-{}-{}", account.id.0, book.currency),
        forecast,
        currency: Some(book.currency),
        so_far,
        per_day: book.outlook.as_ref().map(per_day),
        difference: book
            .outlook
            .as_ref()
            .and_then(|outlook| Some(difference(view, outlook.pace.difference?))),
        record,
    };
    let pace = |outlook: &Outlook| outlook.pace.over(DAY);
    let burn = |outlook: &Outlook| outlook.burn.over(DAY);
    let (month, next) = (view.statement.month, view.statement.month.next());
    let last = book.check_last_month(&account.forecasts, view.statement.now);
    let record = last.iter().map(|last| last_forecast(view, last)).collect();
    html! {
        (tile(view, &(words.lands_at)((words.month)(month)), &made("lands", &book.landing, Some(&book.spend), pace, record)))
        (tile(view, &(words.at_this_pace)((words.month)(next)), &made("next", &book.next_month, None, burn, Vec::new())))
    }
}

/// The range, or the basis of the forecast if it has none, with a click to see how it is computed.
fn basis(view: &View<'_>, made: &Made<'_>) -> Markup {
    let words = view.words();
    let shown = match (range(view, made), made.forecast.state) {
        (Some((low, high)), _) => (words.range)(&low, &high),
        (None, State::Gathering) => words.gathering.to_owned(),
        (None, State::Early) => words.early.to_owned(),
        (None, State::Full) if matches!(made.forecast.days_behind, 0 | 7) => words.from_a_week.to_owned(),
        (None, _) => (words.from_days)(made.forecast.days_behind),
    };
    explained(&format!("how-{}", made.id), &html! { (shown) }, &how(view, made), None)
}

fn range(view: &View<'_>, made: &Made<'_>) -> Option<(String, String)> {
    forecast_range(view, made.forecast, made.currency)
}

/// The ends of a forecast's range, with as many digits as the forecast.
pub(crate) fn forecast_range(
    view: &View<'_>,
    forecast: &Forecast,
    currency: Option<Currency>,
) -> Option<(String, String)> {
    let (range, amount) = forecast.range.zip(forecast.figure.amount)?;
    Some(match view.state.settings.is_hidden {
        true => (format::HIDDEN.to_owned(), format::HIDDEN.to_owned()),
        false => format::range(amount, (range.low, range.high), currency?, Grain::Rough),
    })
}

/// How a forecast is computed, in sentences.
fn how(view: &View<'_>, made: &Made<'_>) -> Vec<String> {
    let words = view.words();
    let forecast = made.forecast;
    let mut parts = Vec::new();
    if let (Some(amount), Some(currency), Some(pace)) = (forecast.figure.amount, made.currency, made.per_day)
    {
        let money = |amount: Amount| view.money(amount, currency);
        let plans = (!forecast.plans.is_zero()).then(|| money(forecast.plans));
        parts.push(match made.so_far {
            Some(so_far) => {
                let so_far = so_far.amount.unwrap_or_default();
                let ahead = (amount - so_far - forecast.plans).or_zero();
                (words.how_it_lands)(&money(so_far), &money(ahead), &money(pace), plans.as_deref())
            }
            None => (words.how_next)(&money(pace), view.statement.month.next().days(), plans.as_deref()),
        });
    }
    parts.push(match forecast.range {
        Some(_) => (words.how_range)(forecast.whole_days.min(28)),
        None if forecast.state == State::Gathering => words.no_range_gathering.to_owned(),
        None if forecast.state == State::Early => words.no_range_early.to_owned(),
        None => (words.no_range)(LEAST_DAYS, forecast.whole_days),
    });
    parts.extend(made.difference.clone());
    let names: Vec<String> =
        forecast.left_out.iter().filter_map(|id| view.state.account(id)).map(Account::name).collect();
    if !names.is_empty() {
        parts.push((words.leaves_out)(&view.language.list(&names)));
    }
    parts.extend_from_slice(&made.record);
    parts
}

/// The forecast of an earlier month, and the month's result.
fn last_forecast(view: &View<'_>, check: &ForecastCheck) -> String {
    let words = view.words();
    let ForecastCheck { forecast, came_to, verdict } = check;
    let rough = |figure: &Figure| match view.state.settings.is_hidden {
        true => format::HIDDEN.to_owned(),
        false => format::figure(figure, Some(forecast.currency), Grain::Rough),
    };
    let range = forecast.range.map(|ends| match view.state.settings.is_hidden {
        true => (format::HIDDEN.to_owned(), format::HIDDEN.to_owned()),
        false => format::range(forecast.amount, ends, forecast.currency, Grain::Rough),
    });
    let range = range.as_ref().map(|(low, high)| (low.as_str(), high.as_str()));
    let expected = rough(&Figure::new(forecast.amount, Mark::Exact, []));
    let month = (words.month)(forecast.month());
    let mut parts = vec![(words.forecast_said)(&view.date(forecast.on), &expected, range)];
    if let Some(amount) = came_to.amount.filter(|_| *verdict != Verdict::OtherAccounts) {
        let digits = rough(came_to);
        let came =
            if came_to.mark == Mark::Floor { (words.spoken_figure)(Mark::Floor, &digits) } else { digits };
        let size = (amount - forecast.amount).max(forecast.amount - amount);
        let share = (forecast.amount > Amount::ZERO).then(|| format::percent(size, forecast.amount));
        // An incomplete result does not show how far off the forecast was.
        let share = share.filter(|_| came_to.mark < Mark::Floor && *verdict != Verdict::Incomplete);
        parts.push((words.month_came_to)(month, &came, share.as_deref(), amount.cmp(&forecast.amount)));
    }
    parts.extend(match verdict {
        Verdict::Inside | Verdict::NoRange => None,
        Verdict::Above => Some(words.above_range.to_owned()),
        Verdict::Below => Some(words.below_range.to_owned()),
        Verdict::Incomplete => Some((words.month_incomplete)(month)),
        Verdict::OtherAccounts => Some((words.accounts_changed)(month)),
    });
    view.language.sentences(&parts)
}

/// The number of months in which the result was within the forecast's range. `None` for fewer than two months.
fn tally(view: &View<'_>, checks: &[ForecastCheck]) -> Option<String> {
    let is_judged =
        |check: &&ForecastCheck| matches!(check.verdict, Verdict::Inside | Verdict::Above | Verdict::Below);
    let held = checks.iter().filter(|check| check.verdict == Verdict::Inside).count();
    let of = checks.iter().filter(is_judged).count();
    (of > 1).then(|| (view.words().range_held)(held, of))
}

/// Why the paces of this month and the next differ, in one sentence.
fn difference(view: &View<'_>, difference: Difference) -> String {
    let words = view.words();
    match difference {
        Difference::Spike(day) => (words.spike_counts_less)(&view.date(day)),
        Difference::EarlierWeeks(Direction::More) => words.earlier_weeks_cost_more.to_owned(),
        Difference::EarlierWeeks(Direction::Less) => words.earlier_weeks_cost_less.to_owned(),
        Difference::LatestDays(Direction::More) => words.latest_days_cost_more.to_owned(),
        Difference::LatestDays(Direction::Less) => words.latest_days_cost_less.to_owned(),
    }
}

/// The same for the total, with the account's name if there are several.
fn difference_of_total(view: &View<'_>) -> Option<String> {
    let (account, reason) = view.statement.pace_difference.as_ref()?;
    let sentence = difference(view, *reason);
    Some(match view.accounts().count() {
        0 | 1 => sentence,
        _ => (view.words().of_account)(&view.state.account(account)?.name(), &sentence),
    })
}

/// The change of a book's pace from the week before, if known.
pub(crate) fn pace_change(view: &View<'_>, book: &BookStatement) -> Option<Markup> {
    let words = view.words();
    let change = book.change?;
    // A word instead of a number has no mark.
    let mark = if change.percent == 100 { Mark::Exact } else { change.mark };
    Some(html! {
        span title=(words.pace_change_on) {
            @if mark == Mark::Floor { span.mark { "≥" } " " }
            ((words.pace_change)(change.percent))
            @if mark == Mark::Approximate { span.mark { "*" } }
        }
    })
}

/// When a balance runs out, with the range of days.
pub(crate) fn run_out(view: &View<'_>, runway: &Runway) -> String {
    let words = view.words();
    let about = (words.runs_out_around)(&view.date(runway.date));
    match between_days(view, runway) {
        None => about,
        Some(range) => (words.runs_out_between)(&about, &range),
    }
}

/// When a book's balance runs out or is reloaded automatically.
pub(crate) fn run_out_of(view: &View<'_>, book: &BookStatement) -> Option<String> {
    book.runway.map(|runway| run_out(view, &runway)).or_else(|| next_charge(view, book))
}

/// When a book's balance is reloaded automatically.
pub(crate) fn next_charge(view: &View<'_>, book: &BookStatement) -> Option<String> {
    book.next_charge.map(|charge| (view.words().next_charge)(&view.date(charge.date)))
}

/// The range of days in which a balance runs out, if known. The day itself is written next to it.
pub(crate) fn between_days(view: &View<'_>, runway: &Runway) -> Option<String> {
    let soonest = runway.soonest?.date;
    Some(days_between(view, soonest, runway.date, runway.latest.map(|latest| latest.date)))
}

/// The range from the soonest to the latest day, or only the soonest without a latest. `around` is the day written next to it.
pub(crate) fn days_between(view: &View<'_>, soonest: Day, around: Day, latest: Option<Day>) -> String {
    let language = view.language;
    match latest {
        Some(latest) => language.dates_around(soonest, latest),
        None => (view.words().at_the_earliest)(&language.date_around(soonest, around)),
    }
}
