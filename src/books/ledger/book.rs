//! One book: its windows, its booked days, and its spend in any span of time.
//!
//! Knows whether a window or a booked day counts (rules L7, L10, L11, L13), and the mark of their sum (rule L14). Does not know
//! how they are derived.

use crate::books::bill::{Bill, Shared};
use crate::books::figure::{Figure, Mark, Reason, Reasons};
use crate::books::ledger::history::SettledDay;
use crate::books::ledger::window::Window;
use crate::books::reading::Pools;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Span, Timestamp};

/// One account in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The book's currency.
    pub currency: Currency,
    /// The beginning of the known time. The book claims nothing about earlier times (rule L2).
    pub since: Timestamp,
    /// The end of the known time.
    pub until: Timestamp,
    /// The balance at the last reading.
    pub left: Option<Pools>,
    /// The windows, in order and never overlapping.
    pub windows: Vec<Window>,
    /// The booked days and parts of days, in order and never overlapping. Windows do not count during them (rules L10, L11, L13).
    pub days: Vec<Booked>,
    /// Days from files of another provider, which are added to the other spend.
    pub(super) additional: Vec<Booked>,
    /// Money added and money expired on settled days, in order.
    settled: Vec<(Day, Amount, Amount)>,
    /// Whether only bills are spend.
    pub is_billed: bool,
    /// The balance that the provider reports next to a counter. It has another scope, so its falls are not spend here (rules L9
    /// and L16).
    pub balance_of_account: Option<Box<Book>>,
}

/// A day, or a part of a day, with spend that is billed or settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The UTC day.
    pub day: Day,
    /// The known part of the day. It is the whole day, unless a file begins, ends or was imported within the day.
    pub span: Span,
    /// The spend of that part.
    pub spend: Amount,
    /// The certainty of the spend.
    pub mark: Mark,
    /// The reasons for the mark.
    pub reasons: Reasons,
    /// The granted part of the spend, if it is known.
    pub granted: Option<Amount>,
    /// The neighbouring days that share a row or a window with this day.
    pub shared: Shared,
    /// When the file was imported, if the day was not complete then (rule L11).
    pub(super) as_of: Option<Timestamp>,
    /// Whether the day is added to the windows and replaces none of them.
    pub(super) is_additional: bool,
    /// Whether this is a settled day, not a bill.
    pub(super) is_settled: bool,
    /// Whether this is a settled day that was whole.
    pub(super) is_whole: bool,
}

impl Booked {
    pub(super) fn settled(settled: &SettledDay) -> Booked {
        Booked {
            day: settled.day,
            span: settled.day.span(),
            spend: settled.spend,
            mark: settled.mark,
            reasons: settled.reasons,
            granted: settled.whole.and_then(|whole| whole.granted),
            shared: settled.shared,
            as_of: None,
            is_additional: false,
            is_settled: true,
            is_whole: settled.whole.is_some(),
        }
    }

    /// Books a bill. A bill that the user typed is approximate.
    pub(super) fn billed(bill: &Bill, is_typed: bool) -> Booked {
        let mut certainty = Figure::new(Amount::ZERO, Mark::Exact, []);
        if is_typed {
            certainty.weaken(Mark::Approximate, Reason::Declared);
        }
        if bill.has_unpriced {
            certainty.lower(Reason::Unpriced);
        }
        let Figure { mark, reasons, .. } = certainty;
        Booked {
            day: bill.day,
            span: bill.span(),
            spend: bill.amount(),
            mark,
            reasons,
            granted: bill.granted(),
            shared: bill.shared,
            as_of: bill.as_of,
            is_additional: bill.is_additional,
            is_settled: false,
            is_whole: false,
        }
    }

    /// Adds the spend that falls into `span` to a figure. The figure becomes approximate if an edge of the span cuts the day, or
    /// cuts a row or a window that the day shares with a neighbour (rule L7). `borders_bill` means that the day shares a window
    /// with a billed day, which cuts that window too.
    fn add_to(&self, figure: &mut Figure, span: Span, borders_bill: bool) {
        let Span { from, to } = self.span;
        let is_cut_before = span.from > from || (self.shared.before && span.from == from);
        let is_cut_after = span.to < to || (self.shared.after && span.to == to);
        figure.amount = figure.amount.map(|sum| sum + self.share(self.spend, span));
        figure.add_doubt(self.mark, self.reasons);
        if is_cut_before || is_cut_after || borders_bill {
            figure.weaken(Mark::Approximate, Reason::Spread);
        }
    }

    /// The part of an amount that falls into `span`.
    pub(super) fn share(&self, amount: Amount, span: Span) -> Amount {
        self.span.share(amount, span)
    }

    /// The rest of a settled day that is billed in part: the windows' share of the rest of the day.
    fn rest_of(self, billed: Span) -> Option<Booked> {
        let before = Span { from: self.span.from, to: billed.from.max(self.span.from) };
        let after = Span { from: billed.to.min(self.span.to), to: self.span.to };
        let rest = [after, before].into_iter().find(|rest| rest.ms() > 0)?;
        self.is_settled.then_some(Booked { span: rest, ..self })
    }

    pub(super) fn is_bill(&self) -> bool {
        !self.is_settled
    }

    /// Whether this covers only a part of its day, or was imported before the day was complete.
    pub(super) fn is_partial(&self) -> bool {
        self.is_bill() && (self.span != self.day.span() || self.as_of.is_some())
    }

    /// Whether this is the bill of a whole day, imported or read after the day was complete.
    fn is_whole_bill(&self) -> bool {
        self.is_bill() && !self.is_partial()
    }
}

impl Book {
    pub(super) fn new(currency: Currency, since: Timestamp, is_billed: bool) -> Book {
        Book {
            currency,
            since,
            until: since,
            left: None,
            windows: Vec::new(),
            days: Vec::new(),
            additional: Vec::new(),
            settled: Vec::new(),
            is_billed,
            balance_of_account: None,
        }
    }

    pub(super) fn settled(&mut self, settled: &SettledDay) {
        let kept = (settled.day, settled.money_in, settled.expired);
        match self.settled.binary_search_by_key(&settled.day, |(day, ..)| *day) {
            Ok(place) => self.settled.iter_mut().skip(place).take(1).for_each(|known| *known = kept),
            Err(place) => self.settled.insert(place, kept),
        }
    }

    /// Books a day or a part of it. It replaces what was known about that time.
    pub(super) fn book(&mut self, booked: Booked) {
        let first = self.days.partition_point(|known| known.span.to <= booked.span.from);
        let end = self.days.partition_point(|known| known.span.from < booked.span.to).max(first);
        let met: Vec<Booked> = self.days.drain(first..end).collect();
        let rest = met.into_iter().filter_map(|known| known.rest_of(booked.span));
        for booked in rest.chain([booked]) {
            let place = self.days.partition_point(|known| known.span.from <= booked.span.from);
            self.days.insert(place, booked);
        }
    }

    /// The windows that overlap `span`.
    pub fn windows_in(&self, span: Span) -> impl Iterator<Item = &Window> {
        let first = self.windows.partition_point(|window| window.span.to <= span.from);
        self.windows.iter().skip(first).take_while(move |window| window.span.from < span.to)
    }

    /// The booked days and parts of days in `span`.
    pub fn days_in(&self, span: Span) -> impl Iterator<Item = &Booked> {
        let first = self.days.partition_point(|booked| booked.span.to <= span.from);
        self.days.iter().skip(first).take_while(move |booked| booked.span.from < span.to)
    }

    /// The spend in `span`: the booked days, and outside of them the share of each window (rule L7). Unknown if nothing was
    /// observed.
    pub fn spend(&self, span: Span) -> Figure {
        let mut spend = Figure::new(Amount::ZERO, Mark::Exact, []);
        let mut is_known = false;
        for booked in self.days_in(span) {
            is_known = true;
            booked.add_to(&mut spend, span, self.borders_bill(booked));
            if self.is_settled_beside_bill(booked) {
                spend.weaken(Mark::Approximate, Reason::BesideBill);
            }
        }
        for (window, free) in self.counting(span) {
            is_known = true;
            window.add_to(&mut spend, self.spend_of(window, free));
            if window.span.overlap(free) == window.span {
                continue;
            }
            if self.is_cut(window, span) {
                spend.weaken(Mark::Approximate, Reason::Spread);
            }
            if self.is_beside_bill(window, free) {
                spend.weaken(Mark::Approximate, Reason::BesideBill);
            }
        }
        for booked in self.additional.iter().filter(|booked| booked.span.meets(span)) {
            is_known = true;
            booked.add_to(&mut spend, span, false);
        }
        if is_known {
            return spend;
        }
        Figure::unknown([if self.is_billed { Reason::NotBilled } else { Reason::Unread }])
    }

    /// The granted part of the spend in `span`. `None` unless pools are known in all of it.
    pub fn granted(&self, span: Span) -> Option<Amount> {
        let mut granted = Amount::ZERO;
        for booked in self.days_in(span) {
            granted = granted + booked.share(booked.granted?, span);
        }
        for (window, free) in self.counting(span) {
            let billed = |booked: &Booked| booked.granted.unwrap_or_default();
            granted = granted + self.share_of(window, window.granted?, billed, free);
        }
        Some(granted)
    }

    /// Whether a window that is not completely in a free part of `span` is cut, by an edge of the span or by a bill. A settled
    /// day does not cut it, because the day contains the rest of the window. A bill that divides the window and lies within it
    /// does not cut it either.
    fn is_cut(&self, window: &Window, span: Span) -> bool {
        window.span.overlap(span) != window.span
            || self.days_in(window.span).any(Booked::is_whole_bill)
            || self.borders_part(window)
    }

    /// Whether a window begins or ends within the time of a bill that divides it.
    pub(super) fn borders_part(&self, window: &Window) -> bool {
        self.bordering_parts(window).next().is_some()
    }

    /// The bills of parts of days within which a window begins or ends.
    pub(super) fn bordering_parts(&self, window: &Window) -> impl Iterator<Item = &Booked> {
        let within = window.span;
        self.days_in(within)
            .filter(move |booked| booked.is_partial() && booked.span.overlap(within) != booked.span)
    }

    /// Whether a settled day shares a window with a billed day.
    fn borders_bill(&self, booked: &Booked) -> bool {
        let day = booked.day.span();
        let is_billed = |day: Day| self.days_in(day.span()).any(Booked::is_whole_bill);
        booked.is_settled
            && ((booked.shared.before && is_billed(day.from.minus(1).day()))
                || (booked.shared.after && is_billed(day.to.day())))
    }

    /// The likely spend in `span` (rule F1).
    pub fn likely_spend(&self, span: Span) -> Amount {
        let booked = self.days_in(span).chain(&self.additional);
        let mut spend: Amount = booked.map(|booked| booked.share(booked.spend, span)).sum();
        for (window, free) in self.counting(span) {
            spend = spend + self.share_of(window, window.likely_spend(), |booked| booked.spend, free);
        }
        spend
    }

    /// The milliseconds of `span`, and the part of its likely spend, that are known only from rows of a month or more. Such rows
    /// say nothing about the pace (rule L11).
    pub fn of_months(&self, span: Span) -> (u64, Amount) {
        let days = || self.days_in(span).filter(|booked| booked.shared.is_of_month);
        let additional = self.additional.iter().filter(|booked| booked.shared.is_of_month);
        let spend = days().chain(additional).map(|booked| booked.share(booked.spend, span)).sum();
        (days().map(|booked| booked.span.overlap(span).overlap(self.span()).ms()).sum(), spend)
    }

    /// The milliseconds of `span` that are known: booked, or in windows that `counts` accepts.
    pub fn observed(&self, span: Span, counts: impl Fn(&Window) -> bool) -> u64 {
        let known = span.overlap(self.span());
        let mut ms: u64 = self.days_in(span).map(|booked| booked.span.overlap(known).ms()).sum();
        for (window, free) in self.counting(span) {
            ms += if counts(window) { window.span.overlap(free).ms() } else { 0 };
        }
        ms
    }

    /// Whether a day is whole (rule F5): its time is billed, or lies in windows that are neither open nor longer than a day. A
    /// settled day is whole if it was whole when it was settled. A day is not whole if it shares a row with another, has an item
    /// without an amount, or has a bill that was imported before the day was complete.
    pub fn is_whole(&self, day: Day) -> bool {
        let (span, mut known) = (day.span(), 0);
        for booked in self.days_in(span) {
            let is_complete = booked.as_of.is_none_or(|as_of| as_of < span.to);
            let is_whole = is_complete && booked.mark < Mark::Floor;
            if booked.is_settled {
                return booked.is_whole && booked.span == span;
            }
            if !booked.shared.is_none() || !is_whole {
                return false;
            }
            known += booked.span.ms();
        }
        for (window, free) in self.counting(span) {
            if !window.is_closed() || window.span.ms() > DAY {
                return false;
            }
            known += window.span.overlap(free).ms();
        }
        known == span.ms()
    }

    /// The windows with a question for the user that no bill has answered.
    pub fn asking(&self) -> impl Iterator<Item = &Window> {
        let asking = self.windows.iter().filter(|window| window.is_asking());
        asking.filter(|window| !self.free(window.span).is_empty())
    }

    /// The beginning of the last days with files that were imported before the days were complete; otherwise the end of the known
    /// time.
    pub fn complete_until(&self) -> Timestamp {
        let incomplete = self.days.iter().rev().take_while(|booked| booked.as_of.is_some());
        incomplete.last().map_or(self.until, |booked| booked.day.span().from)
    }

    /// The known time, from beginning to end.
    pub fn span(&self) -> Span {
        Span { from: self.since, to: self.until }
    }

    /// The money added during `span`, as far as it is visible. A window's money counts at the end of the window (rule L5).
    pub fn money_in(&self, span: Span) -> Amount {
        self.ending_in(span, |window| window.money_in, |(_, money_in, _)| *money_in)
    }

    /// The declared expiries during `span`.
    pub fn expired(&self, span: Span) -> Amount {
        self.ending_in(span, |window| window.expired, |(_, _, expired)| *expired)
    }

    fn ending_in(
        &self,
        span: Span,
        of: impl Fn(&Window) -> Amount,
        settled: impl Fn(&(Day, Amount, Amount)) -> Amount,
    ) -> Amount {
        let is_settled = |day: Day| self.settled.binary_search_by_key(&day, |(day, ..)| *day).is_ok();
        let ends_in = |window: &&Window| window.span.to <= span.to && window.span.to > span.from;
        let windows = self.windows_in(span).filter(ends_in);
        let windows = windows.filter(|window| !is_settled(window.span.to.minus(1).day())).map(of);
        let days = self.settled.iter().filter(|(day, ..)| day.span().meets(span)).map(settled);
        windows.chain(days).sum()
    }
}
