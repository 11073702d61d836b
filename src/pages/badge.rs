//! The badge and the tooltip: the month in four characters, and in a sentence.

use crate::app::{Failure, Lock, View};
use crate::books::figure::{Figure, Mark};
use crate::books::statement::{AccountStatement, BookStatement, Standing};
use crate::features::appearance::{self, BadgeFigure};
use crate::features::budget;
use crate::host::{Badge, Tone};
use crate::money::Amount;
use crate::pages::words::words;
use crate::provider::Problem;
use crate::store::{Account, AccountStatus};
use crate::text::Language;
use crate::time::DAY;
use crate::ui::forecast::next_charge;
use crate::ui::format::{self, Grain};
use crate::ui::rejected::failed;

/// A runway shorter than this colors the badge.
const SHORT_RUNWAY_DAYS: u64 = 7;
/// A row shows a runway shorter than this in red.
const SHORTEST_RUNWAY_DAYS: u64 = 2;

/// The badge and tooltip of the toolbar. Empty before the first account.
pub(super) fn badge(view: &View<'_>) -> Badge {
    let text = match () {
        () if view.state.accounts.is_empty() => String::new(),
        () if view.state.settings.is_hidden => "•".to_owned(),
        () => text(view),
    };
    Badge { text, title: title(view), tone: tone(view) }
}

/// The figure that the user chose, in four characters.
fn text(view: &View<'_>) -> String {
    let (statement, today) = (view.statement, view.statement.now.day());
    let total = &statement.total;
    match appearance::badge_figure(view) {
        BadgeFigure::Month => format::badge(&total.so_far(), total.currency),
        BadgeFigure::Today => {
            let today = statement.days.iter().find(|(day, _)| *day == today).map(|(_, spend)| *spend);
            format::badge(&today.unwrap_or(Figure::unknown([])), total.currency)
        }
        BadgeFigure::LowestBalance => {
            let first = statement.runs_out_first().map(|(_, book, _)| book);
            let current = statement.accounts.iter().filter(|account| !account.is_ended);
            let any = || current.flat_map(AccountStatement::counted).find(|book| book.balance.is_some());
            first.or_else(any).map_or_else(
                || format::UNKNOWN.to_owned(),
                |book| {
                    let left = Figure { amount: book.balance, mark: Mark::Exact, ..Figure::unknown([]) };
                    format::badge(&left, Some(book.currency))
                },
            )
        }
        BadgeFigure::BudgetShare => statement.budget.map_or_else(
            || format::UNKNOWN.to_owned(),
            |budget| format::badge_share(budget.spent, budget.amount),
        ),
        BadgeFigure::Nothing => String::new(),
    }
}

/// The badge after a commit that could not be saved: the old figures would silently become outdated.
pub(super) fn unsaved(failure: &Failure, language: Language) -> Badge {
    let title = format!("Drawdown. {}", failed(failure, language));
    Badge { text: "!".to_owned(), title, tone: Tone::Red }
}

/// The most urgent tone of all accounts.
fn tone(view: &View<'_>) -> Tone {
    let of_accounts =
        view.accounts().filter(|(account, _)| account.life == AccountStatus::Active).map(account_tone).max();
    let of_lock = if matches!(view.lock, Lock::Locked | Lock::Lost) { Tone::Grey } else { Tone::Neutral };
    let of_budget = match view.statement.budget.map(|budget| budget.standing) {
        Some(Standing::Spent) => Tone::Red,
        Some(Standing::LandsAbove) => Tone::Amber,
        _ => Tone::Neutral,
    };
    of_accounts.unwrap_or(Tone::Neutral).max(of_lock).max(of_budget)
}

fn account_tone((account, statement): (&Account, &AccountStatement)) -> Tone {
    let is_key_bad = account.lacks_key() || account.pulse.problem == Some(Problem::KeyRefused);
    // The user may have topped up a typed balance since.
    let balances = statement.counted().filter(|book| book.typed.is_none()).filter_map(|book| book.balance);
    let is_empty = balances.min().is_some_and(|balance| balance <= Amount::ZERO);
    match () {
        () if is_key_bad || is_empty => Tone::Red,
        () if statement.counted().any(is_short) => Tone::Amber,
        () if statement.is_stale => Tone::Grey,
        () => Tone::Neutral,
    }
}

/// Whether a balance lasts less than a week.
pub(super) fn is_short(book: &BookStatement) -> bool {
    lasts_less_than(book, SHORT_RUNWAY_DAYS)
}

/// Whether a balance lasts less than two days.
pub(super) fn is_nearly_empty(book: &BookStatement) -> bool {
    lasts_less_than(book, SHORTEST_RUNWAY_DAYS)
}

fn lasts_less_than(book: &BookStatement, days: u64) -> bool {
    let lasts = book.runway.and_then(|runway| runway.days.of_whole(DAY));
    lasts.is_some_and(|lasts| lasts < days * DAY)
}

fn title(view: &View<'_>) -> String {
    let (words, statement) = (words(view.language), view.statement);
    if view.state.accounts.is_empty() {
        return words.title_empty.to_owned();
    }
    let currency = statement.total.currency;
    let spoken = |figure: &Figure| {
        let digits = match view.state.settings.is_hidden && figure.amount.is_some() {
            true => format::HIDDEN.to_owned(),
            false => format::figure(figure, currency, Grain::Cents),
        };
        (view.words().spoken_figure)(figure.mark, &digits)
    };
    let month = (view.words().month)(statement.month);
    let mut lines = vec![(words.title_total)(month, &spoken(&statement.total.so_far()))];
    for (currency, spend) in &statement.total.not_converted {
        let digits = if view.state.settings.is_hidden {
            format::HIDDEN.to_owned()
        } else {
            format::figure(spend, Some(*currency), Grain::Cents)
        };
        lines.push((words.title_unconverted)(&(view.words().spoken_figure)(spend.mark, &digits)));
    }
    if statement.landing.figure.amount.is_some() {
        let next = (view.words().month)(statement.month.next());
        lines.push((words.title_forecast)(
            &spoken(&statement.landing.figure),
            next,
            &spoken(&statement.next_month.figure),
        ));
    }
    lines.extend(budget::tooltip(view));
    for (account, statement) in view.accounts().filter(|(account, _)| !account.is_ended()) {
        lines.push(account_line(view, account, statement));
    }
    if view.lock == Lock::Locked {
        lines.push(words.title_locked.to_owned());
    }
    lines.join("\n")
}

fn account_line(view: &View<'_>, account: &Account, statement: &AccountStatement) -> String {
    let words = words(view.language);
    let mut parts: Vec<String> = Vec::new();
    for book in statement.counted() {
        parts.extend(book.balance.map(|balance| (view.words().left)(&view.money(balance, book.currency))));
        parts.extend(book.runway.map(|runway| (view.words().runs_out_around)(&view.date(runway.date))));
        parts.extend(next_charge(view, book));
    }
    if let Some(problem) = &account.pulse.problem {
        parts.push((view.words().problem)(problem));
    }
    if let Some(read_at) = statement.read_at.filter(|_| statement.is_stale) {
        parts.push((words.title_read_at)(read_at));
    }
    [view.name(account)].into_iter().chain(parts).collect::<Vec<_>>().join(" · ")
}
