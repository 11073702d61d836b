//! One book: its windows and its days, and what they say of any span of time.
//!
//! Knows which of them counts where (rules L7, L10, L11, L13), and what mark a sum of them has (rule L14). Does not know
//! how they came about.

use crate::books::bill::{Bill, Shared};
use crate::books::figure::{Figure, Mark, Reason, Reasons};
use crate::books::ledger::history::SettledDay;
use crate::books::ledger::window::{Basis, Window};
use crate::books::reading::Pools;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Span, Timestamp};

/// One account in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Its currency.
    pub currency: Currency,
    /// Where what is known of it begins. Nothing before is claimed (rule L2).
    pub since: Timestamp,
    /// Where what is known of it ends.
    pub until: Timestamp,
    /// What was left at the last reading of a balance.
    pub left: Option<Pools>,
    /// The times between readings, in order, never overlapping.
    pub windows: Vec<Window>,
    /// The days, or parts of days, that are known as a whole, in order, never overlapping: what windows say of them does
    /// not count (rules L10, L11, L13).
    pub days: Vec<Booked>,
    /// What files of another provider add to the rest.
    pub(super) beside: Vec<Booked>,
    /// What came in and what expired on days whose windows no longer count, in order.
    settled: Vec<(Day, Amount, Amount)>,
    /// Whether only bills are spend.
    pub is_billed: bool,
    /// The balance beside a counter, whose falls are of another scope and never spend here (rules L9 and L16).
    pub beside_counter: Option<Box<Book>>,
}

/// One day that is known as a whole, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Which day.
    pub day: Day,
    /// The part of it that is known; all of it, but where a file begins, ends or was imported within the day.
    pub span: Span,
    /// What was spent in that.
    pub spend: Amount,
    /// How sure that is.
    pub mark: Mark,
    /// Why.
    pub reasons: Reasons,
    /// How much of the spend was granted money, where that is told.
    pub granted: Option<Amount>,
    /// Whether a part of its money was shared with a day beside it.
    pub shared: Shared,
    /// When its file was imported, where the day was not complete by then (rule L11).
    pub(super) as_of: Option<Timestamp>,
    /// Whether it is added to what windows say, and stands for none.
    pub(super) is_beside: bool,
    /// Whether it stands for windows, and is no bill.
    pub(super) is_settled: bool,
}

impl Booked {
    pub(super) fn settled(settled: &SettledDay) -> Booked {
        Booked {
            day: settled.day,
            span: settled.day.span(),
            spend: settled.spend,
            mark: settled.mark,
            reasons: settled.reasons,
            granted: None,
            shared: settled.shared,
            as_of: None,
            is_beside: false,
            is_settled: true,
        }
    }

    /// What was typed is as good as whoever typed it.
    pub(super) fn billed(bill: &Bill, is_typed: bool) -> Booked {
        let sure = Figure::new(Amount::ZERO, Mark::Exact, []);
        let typed = Figure::new(Amount::ZERO, Mark::Approximate, [Reason::Declared]);
        let mut told = if is_typed { typed } else { sure };
        if bill.has_unpriced {
            told.lower(Reason::Unpriced);
        }
        let Figure { mark, reasons, .. } = told;
        Booked {
            day: bill.day,
            span: bill.span(),
            spend: bill.amount(),
            mark,
            reasons,
            granted: bill.granted(),
            shared: bill.shared,
            as_of: bill.as_of,
            is_beside: bill.is_beside,
            is_settled: false,
        }
    }

    /// Adds the part of it that falls into `span` to a figure. An edge of the span that cuts the day, or a row or a
    /// window that it shares with a day beside it, makes that approximate (rule L7). `is_beside_bill` tells whether
    /// it shares a window with a day that is billed, which cuts that window too.
    fn add_to(&self, figure: &mut Figure, span: Span, is_beside_bill: bool) {
        let Span { from, to } = self.span;
        let is_cut_before = span.from > from || (self.shared.before && span.from == from);
        let is_cut_after = span.to < to || (self.shared.after && span.to == to);
        figure.amount = figure.amount.map(|sum| sum + self.share(self.spend, span));
        figure.add_doubt(self.mark, self.reasons);
        if is_cut_before || is_cut_after || is_beside_bill {
            figure.weaken(Mark::Approximate, Reason::Spread);
        }
    }

    /// The part of its amount that falls into `span`.
    pub(super) fn share(&self, amount: Amount, span: Span) -> Amount {
        self.span.share(amount, span)
    }

    /// What is left of a settled day beside a part of it that is billed: the windows say that of the rest of the day.
    fn rest_of(self, billed: Span) -> Option<Booked> {
        let before = Span { from: self.span.from, to: billed.from.max(self.span.from) };
        let after = Span { from: billed.to.min(self.span.to), to: self.span.to };
        let rest = [after, before].into_iter().find(|rest| rest.ms() > 0)?;
        self.is_settled.then_some(Booked { span: rest, ..self })
    }

    pub(super) fn is_bill(&self) -> bool {
        !self.is_settled
    }

    /// Whether it covers a day only up to some moment of it, or was imported before its day was complete.
    pub(super) fn is_partial(&self) -> bool {
        !self.is_settled && (self.span != self.day.span() || self.as_of.is_some())
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
            beside: Vec::new(),
            settled: Vec::new(),
            is_billed,
            beside_counter: None,
        }
    }

    pub(super) fn settled(&mut self, settled: &SettledDay) {
        let kept = (settled.day, settled.money_in, settled.expired);
        match self.settled.binary_search_by_key(&settled.day, |(day, ..)| *day) {
            Ok(place) => self.settled.iter_mut().skip(place).take(1).for_each(|known| *known = kept),
            Err(place) => self.settled.insert(place, kept),
        }
    }

    /// Books a day or a part of it, in place of what is known of its time.
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

    /// All that its windows say of a day, to be kept in their place (rule L13): of a day that is billed in part, what they
    /// say of the rest. `None` where they say nothing.
    pub fn settle(&self, day: Day) -> Option<SettledDay> {
        let span = day.span();
        let mut spend = Figure::new(Amount::ZERO, Mark::Exact, []);
        let mut shared = Shared::default();
        let is_billed_in_part = self.days_in(span).any(|booked| !booked.is_settled && booked.span != span);
        let parts = if is_billed_in_part { self.outside(span, Booked::is_bill) } else { vec![span] };
        for part in parts {
            for window in self.windows_in(part) {
                window.add_to(&mut spend, self.spend_of(window, part));
                if self.is_beside_part(window) {
                    spend.weaken(Mark::Approximate, Reason::Spread);
                }
                shared.before |= window.span.from < span.from;
                shared.after |= window.span.to > span.to;
            }
        }
        self.windows_in(span).next()?;
        let ending = || self.windows_in(span).filter(|window| window.span.to <= span.to);
        Some(SettledDay {
            currency: self.currency,
            day,
            spend: spend.amount?,
            mark: spend.mark,
            reasons: spend.reasons,
            shared,
            money_in: ending().map(|window| window.money_in).sum(),
            expired: ending().map(|window| window.expired).sum(),
        })
    }

    /// The windows that share time with `span`.
    pub fn windows_in(&self, span: Span) -> impl Iterator<Item = &Window> {
        let first = self.windows.partition_point(|window| window.span.to <= span.from);
        self.windows.iter().skip(first).take_while(move |window| window.span.from < span.to)
    }

    /// The days in `span` that are known as a whole, and such parts of days.
    pub fn days_in(&self, span: Span) -> impl Iterator<Item = &Booked> {
        let first = self.days.partition_point(|booked| booked.span.to <= span.from);
        self.days.iter().skip(first).take_while(move |booked| booked.span.from < span.to)
    }

    /// What was spent in `span`: by the days that are known as a whole, and outside of them by the share of each
    /// window (rule L7). Unknown where nothing was observed.
    pub fn spend(&self, span: Span) -> Figure {
        let mut spend = Figure::new(Amount::ZERO, Mark::Exact, []);
        let mut is_known = false;
        for booked in self.days_in(span) {
            is_known = true;
            booked.add_to(&mut spend, span, self.is_beside_bill(booked));
        }
        for (window, free) in self.counting(span) {
            is_known = true;
            window.add_to(&mut spend, self.spend_of(window, free));
            if window.span.overlap(free) != window.span && self.is_cut(window, span) {
                spend.weaken(Mark::Approximate, Reason::Spread);
            }
        }
        for beside in self.beside.iter().filter(|beside| beside.span.meets(span)) {
            is_known = true;
            beside.add_to(&mut spend, span, false);
        }
        if is_known {
            return spend;
        }
        Figure::unknown([if self.is_billed { Reason::NotBilled } else { Reason::Unread }])
    }

    /// How much of what was spent in `span` was granted money. `None` where pools are not told apart in all of it.
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

    /// Whether a window that does not lie whole in a free part of `span` is cut there: by an edge of the span, or by a
    /// bill. A settled day cuts nothing, because it holds the rest of the window; nor does a bill that divides it and
    /// lies in it.
    fn is_cut(&self, window: &Window, span: Span) -> bool {
        let is_billed = |booked: &Booked| booked.is_bill() && !booked.is_partial();
        window.span.overlap(span) != window.span
            || self.days_in(window.span).any(is_billed)
            || self.is_beside_part(window)
    }

    /// Whether a window begins or ends within the time of a bill that divides it.
    fn is_beside_part(&self, window: &Window) -> bool {
        let is_shared = |booked: &Booked| booked.span.overlap(window.span) != booked.span;
        self.days_in(window.span).any(|booked| booked.is_partial() && is_shared(booked))
    }

    /// Whether a settled day shares a window with a day that is billed.
    fn is_beside_bill(&self, booked: &Booked) -> bool {
        let day = booked.day.span();
        let is_billed =
            |day: Day| self.days_in(day.span()).any(|booked| booked.is_bill() && !booked.is_partial());
        booked.is_settled
            && ((booked.shared.before && is_billed(day.from.minus(1).day()))
                || (booked.shared.after && is_billed(day.to.day())))
    }

    /// What was likely spent in `span` (rule F1).
    pub fn likely_spend(&self, span: Span) -> Amount {
        let booked = self.days_in(span).chain(&self.beside);
        let mut spend: Amount = booked.map(|booked| booked.share(booked.spend, span)).sum();
        for (window, free) in self.counting(span) {
            spend = spend + self.share_of(window, window.likely_spend(), |booked| booked.spend, free);
        }
        spend
    }

    /// How many milliseconds of `span`, and how much of what was likely spent in it, only rows of a month or more tell:
    /// they say nothing of a pace (rule L11).
    pub fn of_months(&self, span: Span) -> (u64, Amount) {
        let days = || self.days_in(span).filter(|booked| booked.shared.is_of_month);
        let beside = self.beside.iter().filter(|booked| booked.shared.is_of_month);
        let spend = days().chain(beside).map(|booked| booked.share(booked.spend, span)).sum();
        (days().map(|booked| booked.span.overlap(span).overlap(self.span()).ms()).sum(), spend)
    }

    /// Milliseconds of `span` that are known: billed, or between readings in windows that `counts` accepts.
    pub fn observed(&self, span: Span, counts: impl Fn(&Window) -> bool) -> u64 {
        let known = span.overlap(self.span());
        let mut ms: u64 = self.days_in(span).map(|booked| booked.span.overlap(known).ms()).sum();
        for (window, free) in self.counting(span) {
            ms += if counts(window) { window.span.overlap(free).ms() } else { 0 };
        }
        ms
    }

    /// Whether a day was observed whole (rule F5): what is not billed of it lies in windows of which none is open or longer
    /// than a day. A settled day tells no windows, so it is not; nor is one that shares a row or a window with another,
    /// or that no bill told once it was complete.
    pub fn is_whole(&self, day: Day) -> bool {
        let (span, mut known) = (day.span(), 0);
        for booked in self.days_in(span) {
            let is_complete = booked.as_of.is_none_or(|as_of| as_of < span.to);
            let is_all_told = is_complete && booked.mark < Mark::Floor;
            if booked.is_settled || !booked.shared.is_none() || !is_all_told {
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

    /// The windows that ask the user something that a bill has not answered.
    pub fn asking(&self) -> impl Iterator<Item = &Window> {
        let asking = self.windows.iter().filter(|window| window.is_asking());
        asking.filter(|window| !self.free(window.span).is_empty())
    }

    /// Where the days begin, at the end, that no file told once they were complete.
    pub fn complete_until(&self) -> Timestamp {
        let incomplete = self.days.iter().rev().take_while(|booked| booked.as_of.is_some());
        incomplete.last().map_or(self.until, |booked| booked.day.span().from)
    }

    /// From the beginning to the end of what is known.
    pub fn span(&self) -> Span {
        Span { from: self.since, to: self.until }
    }

    /// What came in during `span`, as far as it shows; a window's money counts where the window ends (rule L5).
    pub fn money_in(&self, span: Span) -> Amount {
        self.ending_in(span, |window| window.money_in, |(_, money_in, _)| *money_in)
    }

    /// What expired during `span`, as declared.
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

impl Window {
    /// Adds a share of it to a figure, with its mark and its reasons but whether it is cut.
    fn add_to(&self, figure: &mut Figure, share: Amount) {
        figure.amount = figure.amount.map(|sum| sum + share);
        match self.basis {
            Basis::Balance => figure.weaken(Mark::Approximate, Reason::Derived),
            Basis::Declared => {
                figure.weaken(Mark::Approximate, Reason::Derived);
                figure.weaken(Mark::Approximate, Reason::Declared);
            }
            Basis::Counter => {}
            Basis::Reset => figure.lower(Reason::Reset),
        }
        if self.open.is_some() {
            figure.lower(Reason::Open);
        }
        if !self.gone.is_empty() {
            figure.weaken(Mark::Approximate, Reason::EmptiedPool);
        }
    }
}
