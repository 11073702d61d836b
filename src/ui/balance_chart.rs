//! A prepaid balance over the month: steps as it was read, what came in, where spend may hide, and where it goes from
//! here. SVG with presentation attributes and classes only, because the content policy refuses inline style.
//!
//! Knows how the readings of one book are drawn. Does not know what they come to: spend and forecast are the statement's.

use maud::{Markup, html};

use crate::app::View;
use crate::books::correction::{Kind, standing};
use crate::books::forecast::State;
use crate::books::ledger::is_ahead;
use crate::books::reading::{Pools, Reading, by_time};
use crate::books::statement::BookStatement;
use crate::money::Amount;
use crate::store::Account;
use crate::time::{Day, Span, Timestamp};
use crate::ui::chart::{HEIGHT, PAD, WIDTH, x, y};
use crate::ui::forecast::run_out;
use crate::ui::format;

/// Where the balance is nothing.
const BOTTOM: u32 = PAD + HEIGHT;
/// Below it is room for what came in.
const TALL: u32 = BOTTOM + 110;

/// The readings of one balance, in order, and what is drawn of them.
struct Drawn<'a> {
    view: &'a View<'a>,
    account: &'a Account,
    book: &'a BookStatement,
    read: Vec<(Timestamp, Pools)>,
    /// The highest of them.
    top: Amount,
    /// What is left now.
    left: Amount,
}

/// What is spent from now to the month's end, as expected, at least and at most.
struct ToCome {
    expected: Amount,
    ends: Option<(Amount, Amount)>,
}

/// The drawing with its table. `None` while amounts are hidden, and before there are two readings to draw.
pub(crate) fn balance(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    let left = book.balance.filter(|_| !view.state.settings.is_hidden)?.or_zero();
    let read = read(view, account, book);
    let top = read.iter().map(|(_, pools)| pools.total()).fold(left, Amount::max);
    let drawn = Drawn { view, account, book, read, top, left };
    (drawn.read.len() > 1 && !top.is_zero()).then(|| drawn.figure())
}

/// The last reading before the month, where it begins, and those of the month.
fn read(view: &View<'_>, account: &Account, book: &BookStatement) -> Vec<(Timestamp, Pools)> {
    let begins = view.statement.month.span().from;
    let mut read: Vec<(Timestamp, Pools)> = Vec::new();
    for observed in by_time(view.state.told(account).observed.iter().copied()) {
        for reading in &observed.readings {
            if let Reading::Balance(balance) = reading {
                if balance.currency != book.currency || is_ahead(observed, view.statement.now) {
                    continue;
                }
                if observed.at <= begins {
                    read.clear();
                }
                read.push((observed.at, balance.pools));
            }
        }
    }
    read
}

impl Drawn<'_> {
    fn figure(&self) -> Markup {
        let words = self.view.words();
        let id = format!("left-{}-{}", self.account.id.0, self.book.currency);
        let ahead = self.told_ahead();
        let now = self.money(self.left);
        let title = (words.balance_title)(&now, ahead.as_deref());
        html! {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (TALL) } role="img" aria-labelledby={ (id) "-title" } {
                title id={ (id) "-title" } { (title) }
                pattern id={ (id) "-open" } width="60" height="60" patternUnits="userSpaceOnUse" {
                    path.hatch d="M0 60 60 0" {}
                }
                @for span in self.open() {
                    rect x=(self.x(span.from)) y=(PAD) width=(self.x(span.to).saturating_sub(self.x(span.from)).max(30))
                        height=(HEIGHT) fill={ "url(#" (id) "-open)" } { title { ((words.open_windows)(1)) } }
                }
                path.axis d={ "M0 " (BOTTOM) "H" (WIDTH) } {}
                path.line d=(self.steps()) {}
                @if let Some(to_come) = self.to_come() {
                    @if let Some((least, most)) = to_come.ends { path.band d=(self.band(least, most)) {} }
                    path.ahead d={ (self.begin_now()) (self.fall(to_come.expected)) } {}
                }
                path.now d={ (self.begin_now()) "h0" } {}
                @for (at, kind) in self.came_in() {
                    path class=(kind.name()) d={ "M" (self.x(at)) " " (BOTTOM + 15) "l-40 70h80Z" } {
                        title { ((words.came_in)(kind, &self.view.date(at.day()))) }
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
        let at_end = |day: Day| self.read.iter().rev().find(|(at, _)| *at <= day.span().to);
        let came_in = self.came_in();
        html! {
            details {
                summary { (words.balance_table) }
                table {
                    thead { tr { th scope="col" { (words.day) } th scope="col" { (words.balance) } } }
                    tbody {
                        @for day in days.into_iter().rev() {
                            @if let Some((_, pools)) = at_end(day) {
                                tr {
                                    th scope="row" { (self.view.date(day)) }
                                    td {
                                        @for (_, kind) in came_in.iter().filter(|(at, _)| at.day() == day) {
                                            span.soft { ((words.came_in_short)(*kind)) " " }
                                        }
                                        (self.money(pools.total()))
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

    /// Each reading that tells another amount is a step; those that lie in one pixel are one step.
    fn steps(&self) -> String {
        let (mut steps, mut last) = (String::new(), None::<(u32, u32)>);
        for (at, pools) in &self.read {
            let (x, y) = (self.x(*at), y(pools.total(), self.top));
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

    /// The windows of the month in which spend may hide.
    fn open(&self) -> impl Iterator<Item = Span> {
        let month = self.view.statement.month.span();
        let open = self.book.asking.iter().filter(|window| window.open.is_some());
        open.map(move |window| window.span.overlap(month)).filter(|span| span.ms() > 0)
    }

    /// When money came in this month: a pool that rose, or what the user stated where none did.
    fn came_in(&self) -> Vec<(Timestamp, Kind)> {
        let told = self.view.state.told(self.account);
        let mut stated = Vec::new();
        for (correction, declared) in standing(told.corrections.iter().copied()) {
            if declared.currency == self.book.currency {
                stated.push((correction.at, declared.kind));
            }
        }
        let mut came_in = Vec::new();
        for ends in self.read.windows(2) {
            let [(from, before), (to, after)] = ends else { continue };
            let granted = |pools: &Pools| pools.granted().unwrap_or_default();
            let paid = |pools: &Pools| pools.total() - granted(pools);
            for (kind, rose) in
                [(Kind::TopUp, paid(after) > paid(before)), (Kind::Gift, granted(after) > granted(before))]
            {
                if rose || stated.iter().any(|(at, of)| *of == kind && from < at && at <= to) {
                    came_in.push((*to, kind));
                }
            }
        }
        came_in
    }

    /// `None` while the pace is early, and where the month's spend is not known.
    fn to_come(&self) -> Option<ToCome> {
        if self.book.is_of_two_scopes {
            let falls = self.book.balance_burn.as_ref().filter(|falls| falls.state() > State::Early)?;
            let month = self.view.statement.month.span();
            return Some(ToCome {
                expected: falls.over(month.to.since(self.view.statement.now)),
                ends: None,
            });
        }
        let landing = &self.book.landing;
        let spent = self.book.spend.amount.filter(|_| landing.state > State::Early)?;
        let ends = landing.range.map(|range| ((range.low - spent).or_zero(), range.high - spent));
        Some(ToCome { expected: (landing.figure.amount? - spent).or_zero(), ends })
    }

    /// Where it goes, in words: when it runs dry, or what is left at the month's end.
    fn told_ahead(&self) -> Option<String> {
        let words = self.view.words();
        let to_come = self.to_come()?;
        let last = self.view.statement.month.day(31);
        if let Some(runway) = self.book.runway.filter(|runway| runway.date <= last) {
            return Some(run_out(self.view, &runway));
        }
        let left = (self.left - to_come.expected).or_zero();
        let about = (words.left_on)(&self.money(left), &self.view.date(last));
        let Some((least, most)) = to_come.ends else { return Some(about) };
        let (low, high) = ((self.left - most).or_zero(), (self.left - least).or_zero());
        let (low, high) = format::range(left, (low, high), self.book.currency, format::Grain::Cents);
        Some(format!("{about} ({})", (words.range)(&low, &high)))
    }

    fn begin_now(&self) -> String {
        format!("M{} {}", self.x(self.view.statement.now), y(self.left, self.top))
    }

    /// Where it is empty when so much is to come, if that is before the month's end.
    fn empty_at(&self, to_come: Amount) -> Option<u32> {
        let now = self.x(self.view.statement.now);
        (to_come > self.left).then(|| now + self.left.along(to_come, WIDTH - now))
    }

    /// From now to the month's end, along the bottom once it is empty.
    fn fall(&self, to_come: Amount) -> String {
        match self.empty_at(to_come) {
            Some(empty) => format!("L{empty} {BOTTOM}H{WIDTH}"),
            None => format!("L{WIDTH} {}", y(self.left - to_come, self.top)),
        }
    }

    /// Between what is left when the least and when the most is spent.
    fn band(&self, least: Amount, most: Amount) -> String {
        let back = match self.empty_at(most) {
            Some(empty) => format!("V{BOTTOM}H{empty}Z"),
            None => format!("V{}Z", y(self.left - most, self.top)),
        };
        format!("{}{}{back}", self.begin_now(), self.fall(least))
    }
}
