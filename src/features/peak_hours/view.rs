//! Whether it is peak now and until when, and the cost of use in peak hours.

use maud::{Markup, html};

use crate::app::View;
use crate::books::peak::PeakUse;
use crate::features::peak_hours::IS_OFF;
use crate::features::peak_hours::words::words;
use crate::money::{Amount, Currency};
use crate::provider::{PeakHours, PeakState};
use crate::store::{Account, AccountStatus};
use crate::ui::components::{As, fill, switch as switch_of, time};
use crate::ui::format::percent;

/// A book's cost of use in peak hours over several days.
struct Sum {
    used: PeakUse,
    days: usize,
    dates: String,
}

/// The switch, for an account whose provider has peak hours.
pub(crate) fn switch(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    html! {
        @if hours(account).is_some() {
            (switch_of("peak_hours", &[("account", &account.id.0)], words.title, (!IS_OFF.get(account)).into()))
        }
    }
}

/// The section about an account's peak hours.
pub(crate) fn section(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let Some(hours) = hours(account).filter(|_| !IS_OFF.get(account)) else { return html! {} };
    let sums = sums(view, account);
    let is_active = account.life == AccountStatus::Active;
    if !is_active && sums.is_empty() {
        return html! {};
    }
    let state = hours.at(view.statement.now);
    html! {
        div.peak {
            p { b { (words.title) } @if is_active { " " (chip(view, state)) } }
            @for sum in &sums { p { (sentence(view, sum)) } @if let Some(unknown) = unknown(view, sum) { p.soft { (unknown) } } }
            @if sums.is_empty() { p.soft { (words.import) } }
            @if is_active && !state.are_holidays_known { p.soft { (words.holidays_unknown) } }
        }
    }
}

fn hours(account: &Account) -> Option<PeakHours> {
    account.card()?.terms.peak
}

fn chip(view: &View<'_>, state: PeakState) -> Markup {
    let words = words(view.language);
    let phrase = if state.is_peak { words.peak_until } else { words.off_peak_until };
    html! { span.chip.warn[state.is_peak] { (fill(phrase, &[time(state.until, As::Until)])) } }
}

/// The use of each book over all known days.
fn sums(view: &View<'_>, account: &Account) -> Vec<Sum> {
    let uses = account.peak_use();
    let mut currencies: Vec<Currency> = uses.iter().map(|used| used.currency).collect();
    currencies.dedup();
    let sum = |currency: Currency| {
        let of_book: Vec<&PeakUse> = uses.iter().filter(|used| used.currency == currency).collect();
        let (first, last) = (of_book.first()?.day, of_book.last()?.day);
        let mut used = PeakUse::none(currency, first);
        of_book.iter().for_each(|other| used.add(other));
        let dates = view.language.dates(first, last, view.statement.month);
        Some(Sum { used, days: of_book.len(), dates }).filter(|sum| !sum.used.known().is_zero())
    };
    currencies.into_iter().filter_map(sum).collect()
}

fn sentence(view: &View<'_>, Sum { used, days, dates }: &Sum) -> String {
    let words = words(view.language);
    let money = |amount: Amount| view.money(amount, used.currency);
    if used.peak.is_zero() {
        return (words.no_peak)(&money(used.known()), *days, dates);
    }
    let share = percent(used.peak, used.known());
    let spent = (words.spent)(&money(used.peak), &money(used.known()), &share);
    let saves = (words.saves)(&money(used.premium));
    view.language.sentences(&[(words.in_days)(&spent, *days, dates), saves])
}

/// The spend whose prices do not show whether it was in peak hours.
fn unknown(view: &View<'_>, Sum { used, .. }: &Sum) -> Option<String> {
    let is_known = used.unknown.is_zero();
    (!is_known).then(|| (words(view.language).unknown)(&view.money(used.unknown, used.currency)))
}
