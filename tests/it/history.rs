//! Rule L13: which history is kept, and for how long.

use std::collections::BTreeMap;

use drawdown::books::bill::{Bill, Line, Overlap};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::ledger::{Ledger, derive};
use drawdown::books::reading::{AccountId, Balance, Observation, Pools, Reading, Role};
use drawdown::host::Values;
use drawdown::money::Amount;
use drawdown::provider::Report;
use drawdown::store::{Account, CorrectionError, Importing, LoadScope, Loaded, State, root_keys};
use drawdown::time::{DAY, Day, HOUR, Span, Timestamp};
use drawdown::vault::{DataKey, Secret};
use drawdown_lab::fake::save;

use crate::builders::{amount, at, usd};
use crate::compaction::currency;

/// A disk, and one account on it.
#[derive(Clone)]
pub(crate) struct Disk {
    pub(crate) stored: BTreeMap<String, String>,
    pub(crate) id: AccountId,
}

impl Disk {
    pub(crate) fn new() -> Disk {
        let id = AccountId("one".to_owned());
        let mut byte = 0;
        let mut random = |bytes: &mut [u8]| {
            for random in bytes {
                byte += 1;
                *random = byte;
            }
        };
        let key = DataKey::make(&mut random);
        let sealed = key.seal(&Secret::new("sk-x"), &id.0, "deepseek", &mut random);
        let mut disk = Disk { stored: BTreeMap::new(), id: id.clone() };
        disk.change(at("2026-01-01T00:00:00Z"), &LoadScope::Lately, |state| {
            state.accounts.push(Account::new(id, "deepseek", String::new(), sealed));
        });
        disk
    }

    /// The state at a time, and the keys read for it.
    pub(crate) fn load(&self, now: Timestamp, reach: &LoadScope) -> (State, Vec<String>) {
        let (mut values, mut keys, mut read) = (Values::default(), root_keys(), Vec::new());
        loop {
            for key in keys {
                values.set(key.clone(), self.stored.get(&key).cloned());
                read.push(key);
            }
            match State::load(&values, now, reach) {
                Loaded::Complete(state) => return (*state, read),
                Loaded::Needs(more) => keys = more,
                Loaded::Unusable(why) => panic!("{why:?}"),
            }
        }
    }

    /// One commit. Also returns the keys that it wrote.
    pub(crate) fn commit<T>(
        &mut self,
        now: Timestamp,
        reach: &LoadScope,
        change: impl FnOnce(&mut State) -> T,
    ) -> (T, Vec<String>) {
        let (mut state, _) = self.load(now, reach);
        let value = change(&mut state);
        let mut written = Vec::new();
        for (key, text) in save(&mut state).iter() {
            written.push(key.to_owned());
            match text {
                Some(text) => self.stored.insert(key.to_owned(), text.to_owned()),
                None => self.stored.remove(key),
            };
        }
        (value, written)
    }

    pub(crate) fn change<T>(
        &mut self,
        now: Timestamp,
        reach: &LoadScope,
        change: impl FnOnce(&mut State) -> T,
    ) -> T {
        self.commit(now, reach, change).0
    }

    pub(crate) fn observe(&mut self, observed: Observation) -> bool {
        let id = self.id.clone();
        self.change(observed.at, &LoadScope::Lately, |state| state.observe(&id, observed))
    }

    pub(crate) fn settle(&mut self, now: Timestamp) {
        self.change(now, &LoadScope::Answerable, |state| state.settle(now));
    }

    pub(crate) fn bill(&mut self, now: Timestamp, bills: Vec<Bill>) -> bool {
        let id = self.id.clone();
        let reach = LoadScope::of_bills(&id, bills.iter());
        self.change(now, &reach, |state| state.bill(&id, bills, now))
    }

    /// Imports bills as a file, and returns the import's id.
    pub(crate) fn import(&mut self, now: Timestamp, bills: &[Bill], overlap: Overlap) -> String {
        let id = self.id.clone();
        let importing = Importing { file: "cost.csv".to_owned(), bills: bills.to_vec(), is_of_other: false };
        self.change(now, &LoadScope::of_importing(&id, bills), |state| {
            assert!(state.import(&id, importing, overlap, now).is_some());
            first(state).imports.last().unwrap().id()
        })
    }

    pub(crate) fn undo_import(&mut self, now: Timestamp, name: &str) -> Result<(), CorrectionError> {
        let (id, (state, _)) = (self.id.clone(), self.load(now, &LoadScope::Accounts));
        let account = &first(&state);
        let Some(import) = account.import_of(name) else { return Err(CorrectionError::NoSuchCorrection) };
        self.change(now, &LoadScope::of_import(account, import), |state| state.undo_import(&id, name, now))
    }

    pub(crate) fn correct(&mut self, now: Timestamp, correction: Correction) -> Result<(), CorrectionError> {
        let id = self.id.clone();
        self.change(now, &LoadScope::Answerable, |state| state.correct(&id, correction, now))
    }

    pub(crate) fn ledger(&self, now: Timestamp, reach: &LoadScope) -> Ledger {
        let (state, _) = self.load(now, reach);
        derive(&state.history(first(&state)), now)
    }

    /// Every stored month.
    pub(crate) fn whole(&self, now: Timestamp) -> Ledger {
        let (state, _) = self.load(now, &LoadScope::Accounts);
        self.ledger(now, &LoadScope::Months(vec![(self.id.clone(), first(&state).months.clone())]))
    }

    fn size(&self, prefix: &str) -> usize {
        let stored = self.stored.iter().filter(|(key, _)| key.starts_with(prefix));
        stored.map(|(key, text)| key.len() + text.len()).sum()
    }
}

pub(crate) fn first(state: &State) -> &Account {
    state.accounts.iter().next().unwrap()
}

/// A year with a reading every six hours and a dollar spent between two readings.
fn a_year() -> (Disk, Timestamp) {
    let mut disk = Disk::new();
    let mut now = at("2026-01-01T00:03:00Z");
    for quarter in 0..4 * 365_u32 {
        let left = Amount::whole(5_000 - quarter);
        let balance = Balance { currency: usd(), pools: Pools::Total(left) };
        let role = if quarter == 0 { Role::Baseline } else { Role::Follows };
        assert!(disk.observe(Observation { at: now, role, readings: vec![Reading::Balance(balance)] }));
        if quarter % 4 == 3 {
            disk.settle(now);
        }
        now = now.plus(6 * HOUR);
    }
    (disk, now)
}

fn declared(id: &str, when: Timestamp, dollars: u32) -> Correction {
    let declared = Declared { currency: usd(), kind: Kind::TopUp, amount: Amount::whole(dollars) };
    Correction { id: id.to_owned(), at: when, fact: Fact::Declared(declared) }
}

#[test]
fn l13_after_a_year_a_refresh_reads_three_months_at_most_and_writes_one() {
    let (mut disk, now) = a_year();
    let (_, read) = disk.load(now, &LoadScope::Lately);
    let root = root_keys();
    let read: Vec<_> = read.iter().filter(|key| !root.contains(key)).map(String::as_str).collect();
    // A forecast reaches back 49 days, here into November.
    let months = ["2026-11", "2026-12", "2027-01"].map(|month| format!("readings.one.{month}"));
    assert_eq!(read[0], "account.one");
    assert_eq!(read[1..], months[..read.len() - 1]);
    let balance = Balance { currency: usd(), pools: Pools::Total(Amount::whole(1)) };
    let observed = Observation { at: now, role: Role::Follows, readings: vec![Reading::Balance(balance)] };
    let id = disk.id.clone();
    let (_, written) = disk.commit(now, &LoadScope::Lately, |state| state.observe(&id, observed));
    assert_eq!(written, ["account.one", "meta", "readings.one.2027-01", "spare"]);
}

#[test]
fn l13_readings_are_kept_for_62_days_and_days_for_ever() {
    let (disk, now) = a_year();
    let kept = |month: &str| disk.stored[&format!("readings.one.{month}")].contains("\"days\"");
    assert!(!kept("2026-01") && !kept("2026-09"));
    // One more day, because the window across its end may still be corrected.
    assert!(disk.stored["readings.one.2026-10"].contains("\"days\":[[29,"));
    assert!(kept("2026-11") && kept("2026-12"));
    let ledger = disk.whole(now);
    let year = Span { from: at("2026-01-01T00:00:00Z"), to: at("2027-01-01T00:00:00Z") };
    let spent = ledger.book_of(usd()).unwrap().spend(year).amount;
    assert_eq!(spent, Some(Amount::whole(4 * 365 - 1)));
    let (state, _) = disk.load(now, &LoadScope::Answerable);
    let march = state.months(&disk.id).find(|(month, ..)| month.to_string() == "2026-03");
    assert_eq!(march.unwrap().2.amount, Some(amount("124")), "four dollars a day");
    assert_eq!(
        disk.load(now, &LoadScope::Lately).0.months(&disk.id).count(),
        0,
        "a refresh does not read them"
    );
}

#[test]
fn l13_a_refused_correction_has_a_reason() {
    let (mut disk, now) = a_year();
    let mut correct = |correction| disk.correct(now, correction);
    assert_eq!(correct(declared("a", now.plus(1), 5)), Err(CorrectionError::InFuture));
    assert_eq!(correct(declared("b", now.minus(70 * DAY), 5)), Err(CorrectionError::TooOld));
    assert_eq!(correct(declared("c", at("2025-12-31T00:00:00Z"), 5)), Err(CorrectionError::BeforeTracking));
    let of_other_book = Declared { currency: currency("CNY"), kind: Kind::TopUp, amount: amount("5") };
    let fact = Fact::Declared(of_other_book);
    assert_eq!(
        correct(Correction { id: "d".to_owned(), at: now, fact }),
        Err(CorrectionError::BeforeTracking)
    );
    assert_eq!(correct(declared("e", now.minus(50 * DAY), 5)), Ok(()));
    let undone =
        |of: &str| Correction { id: format!("not {of}"), at: now, fact: Fact::Undone(of.to_owned()) };
    assert_eq!(correct(undone("unknown")), Err(CorrectionError::NoSuchCorrection));
    assert_eq!(correct(undone("e")), Ok(()));
    assert_eq!(correct(undone("e")), Err(CorrectionError::NoSuchCorrection), "it is undone already");
    assert_eq!(correct(declared("f", now.minus(40 * DAY), 5)), Ok(()));
    let later = now.plus(30 * DAY);
    disk.settle(later);
    assert_eq!(disk.correct(later, undone("f")), Err(CorrectionError::TooOld), "its day is thinned");
    let unknown = AccountId("unknown".to_owned());
    let (mut state, _) = disk.load(now, &LoadScope::Answerable);
    assert_eq!(state.correct(&unknown, declared("g", now, 5), now), Err(CorrectionError::NoSuchAccount));
}

#[test]
fn l13_a_correction_to_a_settled_day_recomputes_it() {
    let (mut disk, now) = a_year();
    let when = now.minus(45 * DAY).plus(3 * HOUR);
    let day = |disk: &Disk, reach: &LoadScope| {
        disk.ledger(now, reach).book_of(usd()).unwrap().spend(when.day().span()).amount
    };
    let of_month = |disk: &Disk| {
        let (state, _) = disk.load(now, &LoadScope::Answerable);
        state.months(&disk.id).find(|(month, ..)| *month == when.month()).unwrap().2.amount
    };
    let whole = LoadScope::Months(vec![(disk.id.clone(), vec![when.month()])]);
    assert_eq!((day(&disk, &whole), of_month(&disk)), (Some(amount("4")), Some(amount("120"))));
    disk.correct(now, declared("a", when, 7)).unwrap();
    assert_eq!((day(&disk, &whole), of_month(&disk)), (Some(amount("11")), Some(amount("127"))));
    assert_eq!(day(&disk, &LoadScope::Answerable), Some(amount("11")));
    let undo = Correction { id: "b".to_owned(), at: now, fact: Fact::Undone("a".to_owned()) };
    disk.correct(now, undo).unwrap();
    assert_eq!((day(&disk, &whole), of_month(&disk)), (Some(amount("4")), Some(amount("120"))));
    let (state, _) = disk.load(now, &LoadScope::Lately);
    assert_eq!(first(&state).habits, [], "what was taken back is proposed no more");
}

#[test]
fn l10_a_bill_is_stored_in_its_month_and_replaces_its_day() {
    let (mut disk, now) = a_year();
    let day = Day::parse("2026-03-10").unwrap();
    let bill = |dollars: u32| {
        let line = Line { name: "chat".to_owned(), wallet: None, amount: Amount::whole(dollars) };
        Bill { lines: vec![line], ..Bill::empty(usd(), day) }
    };
    let of_month = |disk: &Disk| {
        let (state, _) = disk.load(now, &LoadScope::Answerable);
        state.months(&disk.id).find(|(month, ..)| *month == day.month()).unwrap().2.amount
    };
    let observe = |disk: &mut Disk, at, reach: &LoadScope, bill| {
        let id = disk.id.clone();
        let report = Report { bills: vec![bill], ..Report::default() };
        disk.change(at, reach, |state| state.record(&id, at, Role::Follows, report))
    };
    assert!(!observe(&mut disk, now, &LoadScope::Lately, bill(9)), "its month is not looked at");
    assert_eq!(of_month(&disk), Some(amount("124")), "and nothing of it is kept");
    for dollars in [9, 10] {
        let reach = LoadScope::of_bills(&disk.id, [bill(dollars)].iter());
        assert!(observe(&mut disk, now, &reach, bill(dollars)), "only bills are something read");
        assert_eq!(of_month(&disk), Some(Amount::whole(120 + dollars)), "ten in place of four");
    }
    assert_eq!(disk.ledger(now, &LoadScope::Lately).books[0].left, Some(Pools::Total(amount("3541"))));
    assert!(!disk.stored["readings.one.2026-12"].contains("chat"));
}

#[test]
fn l13_lines_are_kept_once_a_month_after_thirteen_months() {
    let mut disk = Disk::new();
    let now = at("2026-03-20T12:00:00Z");
    let bills = Span { from: at("2026-02-01T00:00:00Z"), to: at("2026-03-11T00:00:00Z") }.days().map(|day| {
        let line = |name: &str, text| Line { name: name.to_owned(), wallet: None, amount: amount(text) };
        let has_unpriced = day.to_string() == "2026-02-05";
        let lines = vec![line("chat", "1.25"), line("reasoner", "2")];
        Bill { lines, has_unpriced, ..Bill::empty(usd(), day) }
    });
    assert!(disk.bill(now, bills.collect()));
    let figures = |disk: &Disk, now| {
        let book = disk.whole(now).books.remove(0);
        let days: Vec<_> =
            Span { from: at("2026-01-31T00:00:00Z"), to: at("2026-03-20T00:00:00Z") }.days().collect();
        days.iter().map(|day| book.spend(day.span())).collect::<Vec<_>>()
    };
    let (before, text) = (figures(&disk, now), disk.stored["readings.one.2026-02"].clone());
    let later = at("2027-03-31T12:00:00Z");
    disk.settle(later);
    assert_eq!(disk.stored["readings.one.2026-02"], text, "thirteen months are not over");
    let later = at("2027-04-01T00:00:00Z");
    disk.settle(later);
    assert_eq!(figures(&disk, later), before);
    assert_eq!(before.iter().filter(|spend| spend.mark == drawdown::books::figure::Mark::Floor).count(), 1);
    let kept = &disk.stored["readings.one.2026-02"];
    assert!(kept.contains(r#"[["chat","35.00"],["reasoner","56"]]"#), "{kept}");
    assert!(kept.len() * 4 < text.len(), "{} of {}", kept.len(), text.len());
    assert!(disk.stored["readings.one.2026-03"].contains("2026-03-10"), "March keeps its days' lines");
    // Another bill for a day replaces its figure.
    let restated = Line { name: "chat".to_owned(), wallet: None, amount: amount("7") };
    let day = Day::parse("2026-02-03").unwrap();
    disk.bill(later, vec![Bill { lines: vec![restated], ..Bill::empty(usd(), day) }]);
    disk.settle(at("2027-04-02T00:00:00Z"));
    assert_eq!(disk.whole(later).books[0].spend(day.span()).amount, Some(amount("7")));
}

#[test]
fn a_damaged_day_damages_no_other() {
    let (mut disk, now) = a_year();
    let key = "readings.one.2026-12";
    let damaged = disk.stored[key].replacen("[20,\"", "[20,\"%", 1);
    assert_ne!(damaged, disk.stored[key]);
    disk.stored.insert(key.to_owned(), damaged);
    let balance = Balance { currency: usd(), pools: Pools::Total(Amount::whole(3_540)) };
    let reading = vec![Reading::Balance(balance)];
    assert!(disk.observe(Observation { at: now, role: Role::Follows, readings: reading }));
    disk.settle(now);
    let (state, _) = disk.load(now, &LoadScope::Answerable);
    assert_eq!(state.lost_months(&disk.id).len(), 1);
    let december = state.months(&disk.id).find(|(month, ..)| month.to_string() == "2026-12").unwrap().2;
    assert_eq!(december.amount, Some(amount("124")), "the readings around it cover the time between");
    assert_eq!(december.mark, drawdown::books::figure::Mark::Floor, "though not all");
    assert!(disk.stored["damaged.readings.one.2026-12"].contains("[20,\"%"), "it is kept as it was");
    assert!(!disk.stored[key].contains('%'));
}

#[test]
fn l13_ten_years_of_twenty_accounts_fit() {
    const READINGS: usize = 20 * 62 * 288;
    const DAYS: usize = 20 * 3_653;
    let mut disk = Disk::new();
    let mut now = at("2026-01-01T00:00:01.234Z");
    let (mut left, mut random) = (50_000_000_i128, 1_u64);
    for _ in 0..100 {
        disk.change(now, &LoadScope::Lately, |state| {
            for _ in 0..288 {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                now = now.plus(5 * 60_000 + random % 2_000);
                left -= i128::from(random % 60_000);
                let topped_up = Amount::from_digits(left, 6).unwrap();
                let pools = Pools::Split { granted: amount("0.000000"), topped_up };
                let readings = vec![Reading::Balance(Balance { currency: usd(), pools })];
                let id = first(state).id.clone();
                assert!(state.observe(&id, Observation { at: now, role: Role::Follows, readings }));
            }
        });
    }
    let all = disk.size("readings.");
    disk.settle(now);
    let kept = disk.load(now, &LoadScope::Answerable).0;
    let readings = kept.history(first(&kept)).observed.len();
    let march = &disk.stored["readings.one.2026-03"];
    let january = &disk.stored["readings.one.2026-01"];
    assert!(readings < 64 * 288 && march.contains("\"days\"") && !january.contains("\"days\""));
    let a_reading = all.div_ceil(100 * 288);
    let a_day = january.len().div_ceil(31);
    let totals = disk.size("months.").div_ceil(3);
    let bound = READINGS * a_reading + DAYS * a_day + 20 * 120 * totals;
    assert!(bound < 7 * 1024 * 1024, "{bound}: {a_reading} a reading, {a_day} a day, {totals} a month");
}
