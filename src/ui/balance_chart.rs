//! The chart of a prepaid balance over the month, from the figures of one book.
//!
//! Knows the names in the chart of a [`BalanceMonth`]. Does not know how it is drawn: that is [`BalanceChart`].

use maud::{Markup, html};

use crate::app::{Place, Shown, Spot, View};
use crate::books::statement::{BalanceMonth, BookStatement};
use crate::store::Account;
use crate::time::Day;
use crate::ui::chart::{self, Amounts, BalanceChart, Expected, Hue, MoneyIn, RunsOut};
use crate::ui::forecast::run_out;
use crate::ui::format;

/// The chart, with a sentence about the balance at the month's end. `None` before there are two readings.
pub(crate) fn balance(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    let month = BalanceMonth::new(&view.state.history(account), book, view.statement.now)?;
    let is_drawn = month.readings.len() > 1 && !month.highest().is_zero();
    is_drawn.then(|| draw(view, account, book, &month))
}

fn draw(view: &View<'_>, account: &Account, book: &BookStatement, month: &BalanceMonth) -> Markup {
    let words = view.words();
    let is_hidden = view.state.settings.is_hidden;
    let money_in: Vec<MoneyIn> = month
        .money_in
        .iter()
        .map(|money_in| {
            let amount = (!is_hidden).then(|| view.money(money_in.amount, book.currency));
            MoneyIn {
                at: money_in.at,
                label: (words.came_in)(money_in.kind, money_in.is_declared, amount.as_deref()),
            }
        })
        .collect();
    let last = view.statement.month.day(31);
    let runs_out = book.runway.filter(|runway| runway.date <= last);
    let title = (words.balance_title)(
        &view.money(month.left, book.currency),
        forecast_sentence(view, book, month).as_deref(),
    );
    let id = format!("left-{}-{}", account.id.0, book.currency);
    let chart = BalanceChart {
        id: &id,
        label: &title,
        hue: Hue::default(),
        month: view.statement.month,
        now: view.statement.now,
        amounts: if is_hidden { Amounts::Hidden } else { Amounts::Shown(book.currency) },
        readings: &month.readings,
        left: month.left,
        money_in: &money_in,
        open: &month.open,
        to_come: month.to_come.map(|to_come| Expected { amount: to_come.expected, range: to_come.range }),
        expires: &month.expires,
        runs_out: runs_out
            .map(|runway| RunsOut { day: view.date(runway.date), sentence: run_out(view, &runway) }),
        href: &|day: Day| format!("#{}", Place::at(Spot::Overview(Some(Shown::Day(day))))),
        date: &|day| view.language.date(day),
        words: chart::words(view.language),
    };
    html! { (chart.draw()) @if !is_hidden { p.soft { (title) } } }
}

/// The balance's forecast as a sentence: when it is empty, or what is left at the month's end.
fn forecast_sentence(view: &View<'_>, book: &BookStatement, month: &BalanceMonth) -> Option<String> {
    let words = view.words();
    let left = month.left_at_end()?;
    let last = view.statement.month.day(31);
    if let Some(runway) = book.runway.filter(|runway| runway.date <= last) {
        return Some(run_out(view, &runway));
    }
    let mut about = (words.left_on)(&view.money(left.expected, book.currency), &view.date(last));
    let expires = month.expires();
    if !expires.is_zero() {
        about = (words.after_expiry)(&about, &view.money(expires, book.currency));
    }
    let Some(range) = left.range else { return Some(about) };
    let (low, high) = format::range(left.expected, range, book.currency, format::Grain::Cents);
    Some(format!("{about} ({})", (words.range)(&low, &high)))
}
