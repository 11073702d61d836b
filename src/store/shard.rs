//! One account's readings, settled days and bills of one UTC month, as they are stored.
//!
//! A shard begins with the last readings before it, so that it can be read without older ones: a refresh reads and writes two
//! months, however long the history is. A day's readings are stored as one text ([`parse_day`]), which is parsed only if
//! needed. The parsed days begin with the readings before them too; these open the books but no window.

mod bills;
mod damaged;
mod merge;

use crate::books::bill::Bill;
use crate::books::correction::Correction;
use crate::books::ledger::{SettledDay, is_ahead};
use crate::books::reading::{AccountId, Counter, Observation, Reading, Role, by_time, parse_day};
use crate::host::Values;
use crate::money::Currency;
use crate::store::Account;
use crate::store::account::book_of;
use crate::store::keys::{HISTORY, damaged_key};
use crate::store::load_scope::LoadView;
use crate::store::settled_days;
use crate::store::stored_shard::StoredShard;
use crate::time::{Day, Month, Timestamp};

/// A shard, and the data needed to write it.
#[derive(Clone, Debug)]
pub(super) struct Shard {
    pub(super) account: AccountId,
    pub(super) month: Month,
    kept: StoredShard,
    /// The last readings before the parsed days, which open the books.
    opening: Vec<Observation>,
    /// The settled days that replace readings.
    settled: Vec<SettledDay>,
    /// The days of bills with merged lines.
    merged: Vec<Bill>,
    /// The bills in effect on days with files, in order of books and days.
    filed: Vec<Bill>,
    /// Whether it must be written.
    is_changed: bool,
    /// Whether its readings are the last ones that the account has, because the stored text was lost.
    is_restored: bool,
    /// The stored text, if it could not be read. It is kept when the shard is written again.
    damaged: Option<String>,
}

impl Shard {
    /// Every key that an account's shards ever had.
    pub(super) fn all_keys(account: &Account) -> impl Iterator<Item = String> {
        let keys = account.months.iter().map(|month| Shard::key(&account.id, *month));
        keys.flat_map(|key| [damaged_key(&key), key])
    }

    /// Its key.
    pub(super) fn key(AccountId(id): &AccountId, month: Month) -> String {
        format!("{HISTORY}{id}.{month}")
    }

    /// Loads it; [`Shard::show`] parses its days.
    pub(super) fn load(account: &Account, month: Month, text: Option<&str>) -> Shard {
        // A month is listed in the same write as its first reading, so a missing shard was lost.
        let read = text.and_then(|text| serde_json::from_str::<StoredShard>(text).ok());
        let mut shard = Shard::begin(account.id.clone(), month);
        shard.is_changed = false;
        match read {
            Some(kept) => shard.kept = kept,
            None => {
                shard.damaged = text.map(str::to_owned);
                shard.restore(&account.last);
            }
        }
        shard.kept.renew();
        shard
    }

    /// A new month's empty shard.
    pub(super) fn begin(account: AccountId, month: Month) -> Shard {
        Shard {
            account,
            month,
            kept: StoredShard::default(),
            opening: Vec::new(),
            settled: Vec::new(),
            merged: Vec::new(),
            filed: Vec::new(),
            is_changed: true,
            is_restored: false,
            damaged: None,
        }
    }

    /// Parses all its settled days.
    pub(super) fn read_settled(&mut self) -> &[SettledDay] {
        let (month, mut damaged) = (self.month, StoredShard::default());
        self.settled.clear();
        let unread = self.kept.settled.extract_if(.., |(currency, text)| {
            let days = settled_days::read(month, *currency, text);
            self.settled.extend(days.iter().flatten());
            days.is_none()
        });
        damaged.settled.extend(unread);
        self.keep_damaged(&damaged);
        &self.settled
    }

    /// Its days with their readings, from the last one back to a day. Unreadable days are left out.
    pub(super) fn days_back(&mut self, from: Day) -> impl Iterator<Item = (Day, &[Observation])> {
        let month = self.month;
        let days = self.kept.days.iter_mut().rev().map(move |kept| (month.day(kept.number), kept));
        days.take_while(move |(day, _)| *day >= from).filter_map(|(day, kept)| {
            if kept.observed.is_none() {
                kept.observed = parse_day(day, &kept.text).ok();
            }
            Some((day, kept.observed.as_deref()?))
        })
    }

    /// Parses the days that are read, and drops the readings of the others. Of the settled days, which are parsed already,
    /// keeps those that replace readings.
    pub(super) fn show(
        &mut self,
        view: &LoadView,
        is_read: impl Fn(Day) -> bool,
        stands: impl Fn(Day) -> bool,
    ) {
        let (month, mut damaged) = (self.month, StoredShard::default());
        self.settled.retain(|settled| {
            view.is_settled(settled.currency, settled.day)
                || (stands(settled.day) && view.has_settled(settled.currency, settled.day))
        });
        let unread = self.kept.days.extract_if(.., |kept| {
            let day = month.day(kept.number);
            let is_wanted = is_read(day);
            match kept.observed {
                None if is_wanted => kept.observed = parse_day(day, &kept.text).ok(),
                Some(_) if !is_wanted => kept.observed = None,
                _ => {}
            }
            is_wanted && kept.observed.is_none()
        });
        damaged.days.extend(unread);
        self.merged.clear();
        let unread = self.kept.billed.extract_if(.., |billed| {
            let days = billed.days(month);
            self.merged.extend(days.iter().flatten().cloned());
            days.is_none()
        });
        damaged.billed.extend(unread);
        self.keep_damaged(&damaged);
        self.lay_files();
        self.open(view);
    }

    /// Finds the last readings before each stretch of parsed days.
    fn open(&mut self, view: &LoadView) {
        let mut openings = Vec::new();
        let mut is_before_read = false;
        for (place, kept) in self.kept.days.iter().enumerate() {
            let day = self.month.day(kept.number);
            let first = kept.observed.iter().flatten().next();
            if let Some(first) = first.filter(|_| !is_before_read) {
                openings.extend(self.before(place, &view.current_books(first.at).collect::<Vec<_>>()));
            }
            // A thinned day has only the readings of books that end there.
            is_before_read = kept.observed.is_some() && day >= view.thinned;
        }
        self.opening = openings.into_iter().map(opens).collect();
    }

    /// The last readings of some books before the day at that place.
    fn before(&self, place: usize, books: &[Currency]) -> Vec<Observation> {
        let mut known: Vec<Observation> = Vec::new();
        let is_known = |known: &[Observation], book: &Currency| {
            known.iter().flat_map(|observed| &observed.readings).any(|reading| reading.currency() == *book)
        };
        for kept in self.kept.days.iter().take(place).rev() {
            if books.iter().all(|book| is_known(&known, book)) {
                break;
            }
            let day = self.month.day(kept.number);
            let read = parse_day(day, &kept.text).unwrap_or_default();
            known.extend(read.into_iter().filter(|observed| observed.role != Role::Aside));
        }
        let mut last = latest(self.kept.before.iter().chain(&known));
        for observed in &mut last {
            observed.readings.retain(|reading| books.contains(&reading.currency()));
        }
        last
    }

    /// Adds a reading. `before` are the last ones before it, in case it is the month's first.
    pub(super) fn push(&mut self, observed: Observation, before: &[Observation]) {
        if self.observed().all(|observed| observed.role == Role::Aside) {
            self.kept.before = before.to_vec();
            self.opening = before.iter().cloned().map(opens).collect();
        }
        self.kept.insert(observed);
        self.is_changed = true;
    }

    /// Marks the readings of a clock that ran ahead, so that they never count as readings when their time comes. Returns its
    /// own marked readings as they were before.
    pub(super) fn set_aside(&mut self, now: Timestamp) -> Vec<Observation> {
        let (month, mut marked) = (self.month, Vec::new());
        let mut mark = |observed: &mut Observation| {
            let is_marked = observed.role != Role::Aside && is_ahead(observed, now);
            if is_marked {
                observed.role = Role::Aside;
                self.is_changed = true;
            }
            is_marked
        };
        self.kept.before.iter_mut().for_each(|observed| {
            mark(observed);
        });
        for kept in self.kept.days.iter_mut().filter(|kept| month.day(kept.number) >= now.day()) {
            let known = marked.len();
            for observed in kept.observed.iter_mut().flatten() {
                let before = observed.clone();
                marked.extend(mark(observed).then_some(before));
            }
            if marked.len() > known {
                kept.rewrite(month.day(kept.number));
            }
        }
        marked
    }

    /// Removes the readings of one moment, as if it had never been. `before` are the last readings before the month.
    pub(super) fn leave_out(&mut self, at: Timestamp, before: &[Observation]) {
        let is_it = |observed: &Observation| observed.at == at && observed.role != Role::Aside;
        if self.kept.before.iter().any(is_it) {
            self.kept.before = before.to_vec();
            self.is_changed = true;
        }
        for kept in self.kept.days.iter_mut().filter(|kept| self.month.day(kept.number) == at.day()) {
            let Some(observed) = &mut kept.observed else { continue };
            observed.retain(|observed| !is_it(observed));
            kept.rewrite(at.day());
            self.is_changed = true;
        }
        self.kept.days.retain(|kept| !kept.text.is_empty());
    }

    /// Removes the bills of a book.
    pub(super) fn unbill(&mut self, currency: Currency) {
        let known = self.kept.bills.len();
        self.kept.bills.retain(|bill| bill.currency != currency);
        self.is_changed |= self.kept.bills.len() < known;
    }

    /// The last readings at the end of the month.
    pub(super) fn last(&self, before: &[Observation]) -> Vec<Observation> {
        latest(before.iter().chain(&self.kept.before).chain(self.observed()))
    }

    /// The parsed readings.
    pub(super) fn observed(&self) -> impl Iterator<Item = &Observation> {
        self.kept.days.iter().filter_map(|kept| kept.observed.as_ref()).flatten()
    }

    /// The last readings before the parsed days.
    pub(super) fn opening(&self) -> impl Iterator<Item = &Observation> {
        self.opening.iter()
    }

    /// The settled days that replace readings.
    pub(super) fn settled(&self) -> impl Iterator<Item = &SettledDay> {
        self.settled.iter()
    }

    /// Stores settled days of a book, in place of those from the first of them on.
    pub(super) fn settle(&mut self, currency: Currency, from: Day, days: &[SettledDay]) {
        let place = self.kept.settled.iter().position(|(known, _)| *known == currency);
        let known = place.map(|place| self.kept.settled.remove(place));
        let known =
            known.and_then(|(_, text)| settled_days::read(self.month, currency, &text)).unwrap_or_default();
        let known: Vec<_> = known.into_iter().filter(|settled| settled.day < from).collect();
        let text = settled_days::write(known.iter().chain(days));
        if !text.is_empty() {
            self.kept.settled.push((currency, text));
        }
        self.is_changed = true;
    }

    /// Deletes the readings before a day, except those that some book still needs (rule L13).
    pub(super) fn thin(&mut self, until: Day, needs: impl Fn(Currency, Day) -> bool) {
        let (month, mut left_out) = (self.month, Vec::new());
        self.kept.days.retain_mut(|kept| {
            let day = month.day(kept.number);
            if day >= until {
                return true;
            }
            let known = kept.observed.take().or_else(|| parse_day(day, &kept.text).ok()).unwrap_or_default();
            let needed = |reading: &Reading| needs(reading.currency(), day);
            let mut is_any_left_out = false;
            let part = |observed: &Observation, is_needed: bool| {
                let readings = observed.readings.iter().filter(|reading| needed(reading) == is_needed);
                let readings: Vec<_> = readings.cloned().collect();
                (!readings.is_empty()).then_some(Observation { readings, ..*observed })
            };
            for observed in known.iter().filter_map(|observed| part(observed, false)) {
                is_any_left_out = true;
                left_out.push(observed);
            }
            kept.observed = Some(known.iter().filter_map(|observed| part(observed, true)).collect());
            if is_any_left_out {
                self.is_changed = true;
                kept.rewrite(day);
            }
            !kept.text.is_empty()
        });
        if self.kept.days.is_empty() {
            self.is_changed |= !self.kept.before.is_empty();
            self.kept.before.clear();
        } else if !left_out.is_empty() {
            let before = latest(self.kept.before.iter().chain(&left_out));
            self.kept.before = before;
        }
    }

    /// Adds a statement about a thinned day.
    pub(super) fn correct(&mut self, correction: Correction) {
        self.kept.corrections.push(correction);
        self.is_changed = true;
    }

    /// The user's statements about thinned days.
    pub(super) fn corrections(&self) -> impl Iterator<Item = &Correction> {
        self.kept.corrections.iter()
    }

    /// Whether the text to be written reads back unchanged.
    pub(super) fn is_read_from(&self, values: &Values) -> bool {
        let text = values.get(&Shard::key(&self.account, self.month));
        text.is_none_or(|text| text.is_some_and(|text| self.kept.is_read_from(text, self.month)))
    }

    /// Adds the text to be written to `values`.
    pub(super) fn save(&self, values: &mut Values) {
        if !self.is_changed {
            return;
        }
        let key = Shard::key(&self.account, self.month);
        if let Some(damaged) = &self.damaged {
            values.set(damaged_key(&key), Some(damaged.clone()));
        }
        values.set(key, serde_json::to_string(&self.kept).ok());
    }
}

/// The last observation of each book's balance and counter, each once, in order; those set aside do not count.
pub(super) fn latest<'a>(observed: impl Iterator<Item = &'a Observation>) -> Vec<Observation> {
    let (mut seen, mut last): (Vec<(Currency, bool)>, Vec<Observation>) = (Vec::new(), Vec::new());
    for observed in by_time(observed.filter(|observed| observed.role != Role::Aside)).into_iter().rev() {
        let unseen: Vec<_> =
            observed.readings.iter().map(book_of).filter(|book| !seen.contains(book)).collect();
        if !unseen.is_empty() {
            seen.extend(unseen);
            last.push(observed.clone());
        }
    }
    last.reverse();
    last
}

/// An observation that opens the books: nothing before it is compared with it, and its month's count belongs to the shard of
/// its month.
fn opens(mut observed: Observation) -> Observation {
    if observed.role == Role::Follows {
        observed.role = Role::Baseline;
    }
    for reading in &mut observed.readings {
        if let Reading::Counter(Counter { this_month, .. }) = reading {
            *this_month = None;
        }
    }
    observed
}
