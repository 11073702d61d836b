//! Which months and days an operation loads.
//!
//! ```text
//!   thinned ... | settled, and readings are stored too                      | today
//!   ------------+-----------------+--------------------------+--------------+--- now
//!            62 days            cut: the month's start,     the last 32 values of a book
//!                               or 28 days if earlier
//!               |---------------------------------------------------------------|  Answerable reads
//!                                 |      + +            + +  |------------------|  Lately reads
//!                                     14 days ago     7 days ago
//!               |  +        +    |      + +            + +  |------------------|  Overview reads
//!                  an open question, and the shown day
//! ```
//!
//! If readings are not read, settled days replace them. After the cut only whole days can, because they hold as much as their
//! readings; a day that is not settled, not whole, or has an open question is read by both. `Lately` also reads two more
//! days and those after them, because the edges of the last seven days and of the week before divide them by the hour (rule
//! F1), and the last values, which reveal duplicate accounts (rule L12). It reads every day of an account whose files may
//! divide a window (rule L11), the hours of two weeks if unusual ones are looked for, and every day while a reading lies ahead
//! (rule L8). `Overview` reads the days of `Lately`, and before the cut the days that are not whole.

use crate::books::bill::Bill;
use crate::books::forecast::RECENT_DAYS;
use crate::books::ledger::is_ahead;
use crate::books::reading::AccountId;
use crate::books::statement::Period;
use crate::money::Currency;
use crate::store::Account;
use crate::store::month_totals::MonthTotals;
use crate::store::settings::Settings;
use crate::time::{DAY, Day, Month, Timestamp};

/// The time before now for which every figure needs the readings: a range is computed from them (rule F5). Before that, the
/// spend of each day is enough.
const LATELY: u64 = 28 * DAY;
/// The time before now for which a forecast needs the spend of each day, plus the day in progress (rules F3 and F5).
const RECENT: u64 = (RECENT_DAYS + 1) * DAY;
/// The time over which a burn rate is measured, and the length of the week it is compared with (rule F1).
const WEEK: u64 = 7 * DAY;
/// The days whose hours are compared, and the day before them.
const HOURS_READ: u64 = 15 * DAY;
/// The time before the first read day in which a bill may divide its window (rule L11).
const DIVIDED: u64 = 7 * DAY;
/// For how long readings are stored (rule L13).
const KEPT: u64 = 62 * DAY;
/// For how many whole months each day keeps its own lines (rule L13).
const MONTHS_WITH_LINES: u32 = 13;

/// Which months and days an operation loads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoadScope {
    /// Accounts and settings only: enough for keys and times, but for no figure.
    Accounts,
    /// The months and days that the figures of this month and the last need: for refreshes, badge and popup.
    #[default]
    Lately,
    /// Every stored reading, and the totals of months: for questions and their answers, for an account's page, and for
    /// settling.
    Answerable,
    /// Every figure, every question and the totals of months, for a page of this period. Whole days are not read, except the
    /// one that the page shows.
    Overview(Period),
    /// Like `Lately`, with this removed account, which is restored.
    Restored(AccountId),
    /// Every month of every account, including these removed accounts, which are restored: for a backup.
    Whole(Vec<AccountId>),
    /// Like `Lately`, with these months of these accounts and their totals: for their bills.
    Months(Vec<(AccountId, Vec<Month>)>),
    /// Like `Lately`, with these months and every stored reading of that account: for files, which divide windows.
    Imports(AccountId, Vec<Month>),
}

impl LoadScope {
    /// The scope for booking the bills of one account.
    pub fn of_bills<'a>(id: &AccountId, bills: impl Iterator<Item = &'a Bill>) -> LoadScope {
        LoadScope::of_months([(id.clone(), months_of(bills))].into_iter())
    }

    /// The scope for booking bills of these months.
    pub fn of_months(months: impl Iterator<Item = (AccountId, Vec<Month>)>) -> LoadScope {
        let months: Vec<_> = months.filter(|(_, months)| !months.is_empty()).collect();
        if months.is_empty() { LoadScope::Lately } else { LoadScope::Months(months) }
    }

    /// The needed months of an account, of those it has. `totals` are `None` until they are loaded.
    pub(super) fn months(
        &self,
        account: &Account,
        now: Timestamp,
        totals: Option<&MonthTotals>,
    ) -> Vec<Month> {
        // A clock that ran ahead may have left readings in a later month; they are set aside. The first window that is read may
        // begin on a day that a file covers partly.
        let far = if account.imports.is_empty() { RECENT } else { RECENT.max(LATELY + DIVIDED) };
        let far = now.minus(far);
        let earliest = far.month().min(now.month().previous());
        let is_lately = |month: &Month| *month >= earliest;
        // Bills since a balance was typed are subtracted from it.
        let typed = account.left.iter().filter(|left| left.counts(now)).map(|left| left.at.month()).min();
        let is_needed = |month: &Month| match self {
            LoadScope::Accounts => false,
            LoadScope::Whole(_) => true,
            _ if typed.is_some_and(|typed| *month >= typed) => true,
            // The repeated reading is stored there before the next one.
            _ if account.pulse.repeated_at.is_some_and(|at| at.month() == *month) => true,
            LoadScope::Lately | LoadScope::Restored(_) => is_lately(month),
            LoadScope::Months(of) => {
                let is_it =
                    |(id, months): &(AccountId, Vec<Month>)| *id == account.id && months.contains(month);
                is_lately(month) || of.iter().any(is_it)
            }
            LoadScope::Imports(id, _) if *id != account.id => is_lately(month),
            LoadScope::Imports(_, months) if months.contains(month) => true,
            LoadScope::Overview(Period::Month(shown)) if shown == month => true,
            LoadScope::Overview(Period::Day(shown)) if shown.month() == *month => true,
            LoadScope::Overview(_) => {
                is_lately(month) || (account.first_kept(now)..=now.month()).contains(month)
            }
            LoadScope::Answerable | LoadScope::Imports(..) => {
                let is_unknown = totals.is_some_and(MonthTotals::is_empty) && *month < now.month();
                let is_to_merge =
                    *month < merge_before(now) && account.upkeep.merged.is_none_or(|merged| *month >= merged);
                let is_kept = (account.first_kept(now)..=now.month()).contains(month);
                is_lately(month) || is_kept || is_to_merge || is_unknown
            }
        };
        account.months.iter().copied().filter(is_needed).collect()
    }

    /// Whether an account is restored, if it was removed.
    pub(super) fn restores(&self, id: &AccountId) -> bool {
        match self {
            LoadScope::Restored(of) => of == id,
            LoadScope::Whole(ids) => ids.contains(id),
            _ => false,
        }
    }

    /// Whether every stored reading of an account is loaded.
    pub(super) fn is_answerable(&self, id: &AccountId) -> bool {
        match self {
            LoadScope::Answerable | LoadScope::Whole(_) => true,
            LoadScope::Imports(of, _) => of == id,
            LoadScope::Accounts
            | LoadScope::Lately
            | LoadScope::Restored(_)
            | LoadScope::Overview(_)
            | LoadScope::Months(..) => false,
        }
    }

    /// Whether an account's totals of months are needed: bills of this month and the last do not change them.
    pub(super) fn needs_totals(&self, id: &AccountId, now: Timestamp) -> bool {
        match self {
            LoadScope::Accounts | LoadScope::Lately | LoadScope::Restored(_) => false,
            LoadScope::Answerable | LoadScope::Whole(_) | LoadScope::Overview(_) => true,
            LoadScope::Imports(of, _) => of == id,
            LoadScope::Months(of) => of
                .iter()
                .any(|(of, months)| of == id && months.iter().any(|month| *month < now.month().previous())),
        }
    }

    /// The view of an account's days.
    pub(super) fn view(&self, account: &Account, now: Timestamp, hours: Hours) -> LoadView {
        let thinned = account.thinned();
        // A clock that ran ahead may have settled days with readings that do not count now.
        let is_all_read =
            self.is_answerable(&account.id) || account.last.iter().any(|last| is_ahead(last, now));
        let read_from = match self {
            LoadScope::Overview(_) => thinned,
            _ if is_all_read => thinned,
            _ => cut(now).max(thinned),
        };
        let is_plain = account.source.is_key() && !account.is_billed() && account.imports.is_empty();
        let whole_until = match hours {
            _ if !is_plain || is_all_read => read_from,
            Hours::Unread => now.day(),
            Hours::Read => now.minus(HOURS_READ).day(),
        };
        let books = account.since.iter().map(|(currency, since)| BookDays {
            currency: *currency,
            since: *since,
            settled_until: account.settled_until(*currency),
            last: account.last_day(*currency),
        });
        let shown = match self {
            LoadScope::Overview(Period::Day(day)) => Some(*day),
            _ => None,
        };
        let edges = [now.minus(WEEK).day(), now.minus(2 * WEEK).day()];
        LoadView { now, read_from, whole_until, edges, shown, thinned, books: books.collect() }
    }
}

/// Whether the hours of the last two weeks are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    /// They are not compared.
    Unread,
    /// They are compared, to find an unusual one.
    Read,
}

impl Hours {
    pub(super) fn of(settings: &Settings) -> Hours {
        if settings.alerts.unusual || settings.alerts.rise { Hours::Read } else { Hours::Unread }
    }
}

impl Account {
    /// The day before which a book can be settled: its last day is not complete.
    pub(super) fn settles_until(&self, currency: Currency, now: Timestamp) -> Option<Day> {
        self.last_day(currency).map(|last| last.min(now.day()))
    }

    /// The first month that has stored readings, lacks a total, or has an unsettled day.
    pub(super) fn first_kept(&self, now: Timestamp) -> Month {
        let unsettled = self.since.iter().filter_map(|(currency, _)| {
            let until = self.settled_until(*currency);
            self.settles_until(*currency, now).filter(|end| until < *end).map(|_| until.month())
        });
        let before = if self.imports.is_empty() { 0 } else { DIVIDED };
        let thinned = self.thinned().span().from.minus(before).month();
        unsettled.chain(self.upkeep.summed).fold(thinned, Month::min)
    }
}

/// The months of bills, each once.
pub fn months_of<'a>(bills: impl Iterator<Item = &'a Bill>) -> Vec<Month> {
    let mut months = Vec::new();
    for month in bills.map(|bill| bill.day.month()) {
        if !months.contains(&month) {
            months.push(month);
        }
    }
    months
}

/// The first day whose readings every figure of this month needs.
fn cut(now: Timestamp) -> Day {
    now.minus(LATELY).day().min(now.month().day(1))
}

/// The first day whose readings are kept.
pub(super) fn cut_of_thinning(now: Timestamp) -> Day {
    now.minus(KEPT).day()
}

/// The month before which lines are kept once a month.
pub(super) fn merge_before(now: Timestamp) -> Month {
    (0..MONTHS_WITH_LINES).fold(now.month(), |month, _| month.previous())
}

/// The days of an account that are read, and the settled days that replace readings.
#[derive(Clone, Debug)]
pub(super) struct LoadView {
    pub(super) now: Timestamp,
    pub(super) read_from: Day,
    /// From `read_from` to this day, whole settled days replace readings.
    pub(super) whole_until: Day,
    /// The days in between that are read anyway.
    edges: [Day; 2],
    /// The day of a page that shows one.
    shown: Option<Day>,
    pub(super) thinned: Day,
    pub(super) books: Vec<BookDays>,
}

/// How far a book is settled.
#[derive(Clone, Copy, Debug)]
pub(super) struct BookDays {
    pub(super) currency: Currency,
    since: Timestamp,
    settled_until: Day,
    last: Option<Day>,
}

impl LoadView {
    /// Whether a day's readings are read: those in use, and the last of a book that is no longer reported, because a book's
    /// last day is not settled until the book continues.
    pub(super) fn reads(&self, day: Day) -> bool {
        let is_unsettled =
            |book: &BookDays| book.settled_until <= day && book.last.is_some_and(|last| day <= last);
        day >= self.read_from || self.books.iter().any(is_unsettled)
    }

    /// Whether a settled day replaces its readings.
    pub(super) fn is_settled(&self, currency: Currency, day: Day) -> bool {
        day < self.read_from && self.has_settled(currency, day)
    }

    /// Whether a whole settled day may replace its readings.
    pub(super) fn may_stand(&self, day: Day) -> bool {
        let is_read = self.edges.contains(&day) || self.shown == Some(day);
        (self.read_from..self.whole_until).contains(&day) && !is_read
    }

    /// The books with readings on a day, or both before and after it.
    pub(super) fn books_on(&self, day: Day) -> impl Iterator<Item = Currency> {
        let is_on =
            move |book: &&BookDays| book.since.day() <= day && book.last.is_some_and(|last| day <= last);
        self.books.iter().filter(is_on).map(|book| book.currency)
    }

    /// Whether a book is settled beyond a day.
    pub(super) fn has_settled(&self, currency: Currency, day: Day) -> bool {
        self.books.iter().any(|book| book.currency == currency && day < book.settled_until)
    }

    /// The books that continue at a moment.
    pub(super) fn current_books(&self, at: Timestamp) -> impl Iterator<Item = Currency> {
        let continues =
            move |book: &&BookDays| book.since < at && book.last.is_some_and(|last| last >= at.day());
        self.books.iter().filter(continues).map(|book| book.currency)
    }
}
