//! A prepaid balance over the month: steps as it was read, what came in, where spend may hide, and where it goes from
//! here. SVG with presentation attributes and classes only, because the content policy refuses inline style.
//!
//! Knows how a [`BalanceMonth`] is drawn. Does not know any figure of it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{BalanceMonth, BookStatement};
use crate::money::Amount;
use crate::store::Account;
use crate::time::{Day, Span, Timestamp};
use crate::ui::chart::line::{HEIGHT, PAD, WIDTH, x, y};
use crate::ui::forecast::run_out;
use crate::ui::format;

/// Where the balance is nothing.
const BOTTOM: u32 = PAD + HEIGHT;
/// Below it is room for what came in.
const TALL: u32 = BOTTOM + 110;

/// What is drawn.
struct Drawn<'a> {
    view: &'a View<'a>,
    account: &'a Account,
    book: &'a BookStatement,
    month: BalanceMonth,
    /// The highest balance of the month.
    top: Amount,
}

/// The drawing with its table. `None` while amounts are hidden, and before there are two readings to draw.
pub(crate) fn balance(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    if view.state.settings.is_hidden {
        return None;
    }
    let month = BalanceMonth::new(&view.state.history(account), book, view.statement.now)?;
    let top = month.highest();
    let is_drawn = month.readings.len() > 1 && !top.is_zero();
    is_drawn.then(|| Drawn { view, account, book, month, top }.figure())
}

impl Drawn<'_> {
    fn figure(&self) -> Markup {
        let words = self.view.words();
        let id = format!("left-{}-{}", self.account.id.0, self.book.currency);
        let ahead = self.ahead();
        let now = self.money(self.month.left);
        let title = (words.balance_title)(&now, ahead.as_deref());
        html! {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (TALL) } role="img" aria-labelledby={ (id) "-title" } {
                title id={ (id) "-title" } { (title) }
                pattern id={ (id) "-open" } width="60" height="60" patternUnits="userSpaceOnUse" {
                    path.hatch d="M0 60 60 0" {}
                }
                @for span in &self.month.open {
                    rect x=(self.x(span.from)) y=(PAD) width=(self.x(span.to).saturating_sub(self.x(span.from)).max(30))
                        height=(HEIGHT) fill={ "url(#" (id) "-open)" } { title { ((words.open_windows)(1)) } }
                }
                path.axis d={ "M0 " (BOTTOM) "H" (WIDTH) } {}
                path.line d=(self.steps()) {}
                @if let Some(to_come) = self.month.to_come {
                    @if let Some((least, most)) = to_come.range { path.band d=(self.band(least, most)) {} }
                    path.ahead d={ (self.begin_now()) (self.fall(to_come.expected)) } {}
                }
                path.now d={ (self.begin_now()) "h0" } {}
                @for (at, kind) in &self.month.money_in {
                    path class=(kind.name()) d={ "M" (self.x(*at)) " " (BOTTOM + 15) "l-40 70h80Z" } {
                        title { ((words.came_in)(*kind, &self.view.date(at.day()))) }
                    }
                }
            }
            p.soft { (title) }
            (self.table())
        }
    }

    /// The balance at the end of each day, as it was read by then.
    fn table(&self) -> Markup {
        let words = self.view.words();
        let month = self.view.statement.month.span();
        let so_far = Span { from: month.from, to: self.view.statement.now };
        let days: Vec<Day> = so_far.days().collect();
        let at_end = |day: Day| self.month.readings.iter().rev().find(|(at, _)| *at <= day.span().to);
        html! {
            details {
                summary { (words.balance_table) }
                table {
                    thead { tr { th scope="col" { (words.day) } th scope="col" { (words.balance) } } }
                    tbody {
                        @for day in days.into_iter().rev() {
                            @if let Some((_, total)) = at_end(day) {
                                tr {
                                    th scope="row" { (self.view.date(day)) }
                                    td {
                                        @for (_, kind) in self.month.money_in.iter().filter(|(at, _)| at.day() == day) {
                                            span.soft { ((words.came_in_short)(*kind)) " " }
                                        }
                                        (self.money(*total))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn money(&self, amount: Amount) -> String {
        self.view.money(amount, self.book.currency)
    }

    fn x(&self, at: Timestamp) -> u32 {
        x(self.view.statement, at)
    }

    /// Each reading with another amount is a step; those that lie in one pixel are one step.
    fn steps(&self) -> String {
        let (mut steps, mut last) = (String::new(), None::<(u32, u32)>);
        for (at, total) in &self.month.readings {
            let (x, y) = (self.x(*at), y(*total, self.top));
            match last {
                None => steps = format!("M{x} {y}"),
                Some((_, same)) if same == y => continue,
                Some((near, _)) if near / 10 == x / 10 => steps.push_str(&format!("V{y}")),
                Some(_) => steps.push_str(&format!("H{x}V{y}")),
            }
            last = Some((x, y));
        }
        steps + &format!("H{}", self.x(self.view.statement.now))
    }

    /// Where it goes, in words: when it is empty, or what is left at the month's end.
    fn ahead(&self) -> Option<String> {
        let words = self.view.words();
        let left = self.month.left_at_end()?;
        let last = self.view.statement.month.day(31);
        if let Some(runway) = self.book.runway.filter(|runway| runway.date <= last) {
            return Some(run_out(self.view, &runway));
        }
        let about = (words.left_on)(&self.money(left.expected), &self.view.date(last));
        let Some(range) = left.range else { return Some(about) };
        let (low, high) = format::range(left.expected, range, self.book.currency, format::Grain::Cents);
        Some((words.dry_between)(&about, &(words.range)(&low, &high)))
    }

    fn begin_now(&self) -> String {
        format!("M{} {}", self.x(self.view.statement.now), y(self.month.left, self.top))
    }

    /// Where it is empty when so much is to come, if that is before the month's end.
    fn empty_at(&self, to_come: Amount) -> Option<u32> {
        let now = self.x(self.view.statement.now);
        (to_come > self.month.left).then(|| now + self.month.left.along(to_come, WIDTH - now))
    }

    /// From now to the month's end, along the bottom once it is empty.
    fn fall(&self, to_come: Amount) -> String {
        match self.empty_at(to_come) {
            Some(empty) => format!("L{empty} {BOTTOM}H{WIDTH}"),
            None => format!("L{WIDTH} {}", y(self.month.left - to_come, self.top)),
        }
    }

    /// Between what is left when the least and when the most is spent.
    fn band(&self, least: Amount, most: Amount) -> String {
        let back = match self.empty_at(most) {
            Some(empty) => format!("V{BOTTOM}H{empty}Z"),
            None => format!("V{}Z", y(self.month.left - most, self.top)),
        };
        format!("{}{}{back}", self.begin_now(), self.fall(least))
    }
}
