//! History: what rests of it, and that settling and thinning change no figure (rule L13).

use std::collections::BTreeMap;

use drawdown::books::bill::{Bill, Line, Overlap, Row, by_day, lay};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Reason};
use drawdown::books::ledger::{AccountHistory, Book, Ledger, derive, is_ahead};
use drawdown::books::reading::{
    AccountId, Balance, Counter, DrawOrder, Observation, Pools, Reading, Role, parse_day, write_next,
};
use drawdown::host::Values;
use drawdown::money::{Amount, Currency};
use drawdown::provider::Report;
use drawdown::store::{Account, CorrectionError, Importing, LoadScope, Loaded, State, root_keys};
use drawdown::time::{DAY, Day, HOUR, Month, Span, Timestamp};
use drawdown::vault::{DataKey, Secret};
use drawdown_lab::fake::save;
use proptest::prelude::*;

use crate::make::{amount, at, usd};

/// A disk, and one account on it.
#[derive(Clone)]
pub(crate) struct Disk {
    stored: BTreeMap<String, String>,
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

    /// The state at a moment, and which keys were read for it.
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

    /// One commit, and which keys it wrote.
    fn commit<T>(
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

    fn bill(&mut self, now: Timestamp, bills: Vec<Bill>) -> bool {
        let id = self.id.clone();
        let reach = LoadScope::of_bills(&id, bills.iter());
        self.change(now, &reach, |state| state.bill(&id, bills, now))
    }

    /// Imports bills as a file, and gives the name under which that can be undone.
    fn import(&mut self, now: Timestamp, bills: &[Bill], overlap: Overlap) -> String {
        let id = self.id.clone();
        let importing = Importing { file: "cost.csv".to_owned(), bills: bills.to_vec(), is_of_other: false };
        self.change(now, &LoadScope::of_importing(&id, bills), |state| {
            assert!(state.import(&id, importing, overlap, now).is_some());
            first(state).imports.last().unwrap().id()
        })
    }

    fn undo_import(&mut self, now: Timestamp, name: &str) -> Result<(), CorrectionError> {
        let (id, (state, _)) = (self.id.clone(), self.load(now, &LoadScope::Accounts));
        let account = &first(&state);
        let Some(import) = account.import_of(name) else { return Err(CorrectionError::NoSuchCorrection) };
        self.change(now, &LoadScope::of_import(account, import), |state| state.undo_import(&id, name, now))
    }

    pub(crate) fn correct(&mut self, now: Timestamp, correction: Correction) -> Result<(), CorrectionError> {
        let id = self.id.clone();
        self.change(now, &LoadScope::Answerable, |state| state.correct(&id, correction, now))
    }

    fn ledger(&self, now: Timestamp, reach: &LoadScope) -> Ledger {
        let (state, _) = self.load(now, reach);
        derive(&state.history(first(&state)), now)
    }

    /// Every month, each as far as it rests.
    fn whole(&self, now: Timestamp) -> Ledger {
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

/// All that ever happened, and nothing of it settled.
#[derive(Default)]
struct Truth {
    observed: Vec<Observation>,
    bills: Vec<Bill>,
    corrections: Vec<Correction>,
    /// What was imported, and how: by the name under which that can be undone.
    imports: Vec<(String, Vec<Bill>, Overlap)>,
}

impl Truth {
    fn ledger(&self, now: Timestamp) -> Ledger {
        let observed = self.observed.iter().collect();
        let mut days: BTreeMap<(Currency, Day), Vec<Bill>> = BTreeMap::new();
        for bill in &self.bills {
            days.entry((bill.currency, bill.day)).or_default().push(bill.clone());
        }
        for (bill, overlap) in
            self.imports.iter().flat_map(|(_, bills, overlap)| bills.iter().map(|bill| (bill, *overlap)))
        {
            lay(days.entry((bill.currency, bill.day)).or_default(), bill, overlap);
        }
        let history = AccountHistory {
            bills: days.values().flatten().collect(),
            corrections: self.corrections.iter().collect(),
            ..AccountHistory::from_readings(observed, DrawOrder::GrantedFirst)
        };
        derive(&history, now)
    }

    fn bill(&mut self, bill: Bill) {
        self.bills.retain(|known| (known.currency, known.day) != (bill.currency, bill.day));
        self.bills.push(bill);
    }
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

const BOOKS: [&str; 3] = ["CNY", "EUR", "USD"];

/// All that a ledger says of a time: what was spent, how sure that is and why, what came in and what expired.
fn says(ledger: &Ledger, code: &str, span: Span) -> (Figure, Amount, Amount) {
    let of = |book: &Book| (book.spend(span), book.money_in(span), book.expired(span));
    let nothing = (Figure::unknown([Reason::Unread]), Amount::ZERO, Amount::ZERO);
    ledger.book_of(currency(code)).map_or(nothing, of)
}

/// Compares two ledgers on every day and every month from one moment to another, and on stretches of days.
fn same(
    one: &Ledger,
    other: &Ledger,
    from: Timestamp,
    to: Timestamp,
    what: &str,
) -> Result<(), TestCaseError> {
    for code in BOOKS {
        let check = |span: Span| {
            prop_assert_eq!(says(one, code, span), says(other, code, span), "{} {} {:?}", what, code, span);
            Ok(())
        };
        let days: Vec<Day> = Span { from, to }.days().collect();
        for day in &days {
            check(day.span())?;
        }
        let mut months: Vec<Month> = days.iter().map(|day| day.month()).collect();
        months.dedup();
        for month in months.iter().filter(|month| month.span().from >= from) {
            check(month.span())?;
        }
        for stretch in days.chunks(5) {
            check(Span { from: stretch[0].span().from, to: stretch[stretch.len() - 1].span().to })?;
        }
    }
    Ok(())
}

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// Books are told, each unless it is absent: how much it fell, and how much came in.
    AccountHistory { books: [Option<(i64, i64)>; 3], role: Role },
    /// So many days from now back, a day is billed so many cents.
    Billed { days_back: u64, cents: i64, shared: u8 },
    /// So many hours from now back, so many cents were declared.
    Declared { hours_back: u64, book: usize, kind: Kind, cents: i64 },
    /// A correction is undone.
    Undone { place: usize },
    /// History is settled.
    SettledDay,
    /// The clock runs ahead by so many days, something is told and settled, and it is set right.
    Ahead { days: u64, is_read: bool },
}

fn event() -> impl Strategy<Value = Event> {
    let book = || prop::option::weighted(0.85, (0..400_i64, prop_oneof![6 => Just(0), 1 => 1..2_000_i64]));
    let role = prop_oneof![12 => Just(Role::Follows), 1 => Just(Role::Baseline)];
    let reading =
        ([book(), book(), book()], role).prop_map(|(books, role)| Event::AccountHistory { books, role });
    let kind = prop_oneof![Just(Kind::TopUp), Just(Kind::Gift), Just(Kind::Expiry), Just(Kind::Refund)];
    let declared = (0..75 * 24_u64, 0..3_usize, kind, 0..2_000_i64)
        .prop_map(|(hours_back, book, kind, cents)| Event::Declared { hours_back, book, kind, cents });
    prop_oneof![
        24 => reading,
        3 => (0..100_u64, 0..500_i64, 0..4_u8)
            .prop_map(|(days_back, cents, shared)| Event::Billed { days_back, cents, shared }),
        4 => declared,
        1 => (0..8_usize).prop_map(|place| Event::Undone { place }),
        8 => Just(Event::SettledDay),
        1 => (1..28_u64).prop_map(|days| Event::Ahead { days, is_read: true }),
        1 => (1..200_u64).prop_map(|days| Event::Ahead { days, is_read: false }),
    ]
}

/// Hours until the next event: mostly within a day, at times weeks.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..40_u64, 4 => 40..200_u64, 1 => 200..2_200_u64]
}

fn cents(cents: i64) -> Amount {
    Amount::from_digits(cents.into(), 2).unwrap()
}

/// The books of an account, lived through.
#[derive(Clone)]
struct Books {
    cny: i64,
    eur: (i64, i64, Option<Month>),
    usd: (i64, i64),
}

impl Books {
    fn observe(&mut self, now: Timestamp, books: [Option<(i64, i64)>; 3], role: Role) -> Observation {
        let mut readings = Vec::new();
        let [cny, eur, usd] = books;
        if let Some((fall, rise)) = usd {
            let gift = self.usd.0.min(fall);
            self.usd = (self.usd.0 - gift + rise % 7, self.usd.1 - (fall - gift) + rise);
            let pools = Pools::Split { granted: cents(self.usd.0), topped_up: cents(self.usd.1) };
            readings.push(Reading::Balance(Balance { currency: currency("USD"), pools }));
        }
        if let Some((fall, rise)) = cny {
            self.cny += rise - fall;
            let pools = Pools::Total(cents(self.cny));
            readings.push(Reading::Balance(Balance { currency: currency("CNY"), pools }));
        }
        if let Some((rise, reset)) = eur {
            if reset > 1_800 {
                self.eur.0 = 0;
            }
            let (total, of_month, month) = self.eur;
            let of_month = if month == Some(now.month()) { of_month + rise } else { rise };
            self.eur = (total + rise, of_month, Some(now.month()));
            let this_month = Some(cents(self.eur.1));
            readings.push(Reading::Counter(Counter {
                currency: currency("EUR"),
                total: cents(self.eur.0),
                this_month,
            }));
        }
        Observation { at: now, role, readings }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compaction_at_any_time_changes_no_figure(
        events in prop::collection::vec((gap(), event()), 2..70),
        minute in 0..60_u64,
    ) {
        let begin = at("2026-01-20T09:14:00Z").plus(minute * 60_000 * 24);
        let (mut disk, mut truth) = (Disk::new(), Truth::default());
        let mut books = Books { cny: 10_000, eur: (500, 0, None), usd: (300, 5_000) };
        let mut now = begin;
        let mut observe = |disk: &mut Disk, truth: &mut Truth, at, fallen, role| {
            let observed = books.observe(at, fallen, role);
            // What lies ahead keeps its place in the order of commits, just before this.
            let ahead: Vec<Observation> = truth.observed.extract_if(.., |known| is_ahead(known, at)).collect();
            let mut moment = at.minus(u64::try_from(ahead.len()).unwrap());
            for known in ahead {
                if truth.observed.last().is_none_or(|last| last.at < moment) {
                    truth.observed.push(Observation { at: moment, ..known });
                }
                moment = moment.plus(1);
            }
            if disk.observe(observed.clone()) {
                truth.observed.push(observed);
            }
        };
        observe(&mut disk, &mut truth, begin, [Some((0, 0)), None, Some((0, 0))], Role::Baseline);
        for (place, (gap, event)) in events.into_iter().enumerate() {
            now = now.plus(gap * HOUR);
            match event {
                Event::AccountHistory { books, role } => observe(&mut disk, &mut truth, now, books, role),
                Event::Billed { days_back, cents: billed, shared } => {
                    let line = Line { name: "chat".to_owned(), wallet: None, amount: cents(billed) };
                    let day = now.minus(days_back * DAY).day();
                    let bill = Bill { lines: vec![line], shared: shared.into(), ..Bill::empty(usd(), day) };
                    prop_assert!(disk.bill(now, vec![bill.clone()]));
                    truth.bill(bill);
                }
                Event::Declared { hours_back, book, kind, cents: declared } => {
                    let declared = Declared { currency: currency(BOOKS[book]), kind, amount: cents(declared) };
                    let at = now.minus(hours_back * HOUR);
                    let correction = Correction { id: place.to_string(), at, fact: Fact::Declared(declared) };
                    if disk.correct(now, correction.clone()).is_ok() {
                        truth.corrections.push(correction);
                    }
                }
                Event::Undone { place: other } => {
                    let Some(other) = truth.corrections.get(other) else { continue };
                    let fact = Fact::Undone(other.id.clone());
                    let correction = Correction { id: place.to_string(), at: now, fact };
                    if disk.correct(now, correction.clone()).is_ok() {
                        truth.corrections.push(correction);
                    }
                }
                Event::SettledDay => disk.settle(now),
                Event::Ahead { days, is_read } => {
                    if is_read {
                        observe(&mut disk, &mut truth, now.plus(days * DAY), [Some((5, 0)); 3], Role::Follows);
                    }
                    disk.settle(now.plus(days * DAY));
                    // Until something is told at the right time, nobody knows that the clock was wrong.
                    now = now.plus(HOUR);
                    observe(&mut disk, &mut truth, now, [Some((5, 0)); 3], Role::Follows);
                }
            }
            let known = truth.ledger(now);
            let last_month = now.month().previous().span().from;
            same(&disk.ledger(now, &LoadScope::Lately), &known, last_month, now, "lately")?;
            same(&disk.ledger(now, &LoadScope::Answerable), &known, last_month, now, "answerable")?;
            let left = |ledger: &Ledger| {
                ledger.books.iter().map(|book| (book.currency, book.left)).collect::<Vec<_>>()
            };
            prop_assert_eq!(left(&disk.whole(now)), left(&known));
        }
        disk.settle(now);
        let (known, once) = (truth.ledger(now), disk.clone());
        same(&disk.whole(now), &known, begin.day().span().from, now, "whole")?;
        let (state, _) = disk.load(now, &LoadScope::Answerable);
        for (month, currency, figure) in state.months(&disk.id) {
            let truth = known.book_of(currency).map(|book| book.spend(month.span()));
            prop_assert_eq!(Some(figure), truth, "{} {}", month, currency);
        }
        disk.settle(now);
        prop_assert_eq!(&disk.stored, &BTreeMap::from_iter(
            once.stored.into_iter().map(|(key, text)| (key.clone(), if key == "meta" { disk.stored[&key].clone() } else { text }))
        ), "to settle again changes nothing");
    }
}

/// What happens to an account whose user imports files.
#[derive(Clone, Debug)]
enum ImportedBill {
    /// The balance fell by so much, and so much came in.
    AccountHistory { fall: i64, rise: i64 },
    /// A file of so many local days that ends so many days before now, so many hours ahead of UTC, is imported.
    Imported { days: u64, days_back: u64, ahead: u64, cents: i64, is_added: bool },
    /// One of the last imports is undone.
    Undone { place: usize },
}

fn filed() -> impl Strategy<Value = ImportedBill> {
    let imported = (1..9_u64, 0..50_u64, 0..14_u64, 0..900_i64, any::<bool>());
    prop_oneof![
        12 => (0..400_i64, prop_oneof![6 => Just(0), 1 => 1..2_000_i64])
            .prop_map(|(fall, rise)| ImportedBill::AccountHistory { fall, rise }),
        4 => imported.prop_map(|(days, days_back, ahead, cents, is_added)| ImportedBill::Imported {
            days, days_back, ahead, cents, is_added
        }),
        1 => (0..4_usize).prop_map(|place| ImportedBill::Undone { place }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compaction_changes_no_figure_of_a_partly_imported_day(
        events in prop::collection::vec((1..60_u64, filed()), 2..70),
    ) {
        let begin = at("2026-03-05T09:14:00Z");
        let (mut disk, mut truth) = (Disk::new(), Truth::default());
        let (mut now, mut left) = (begin, 10_000);
        let observe = |disk: &mut Disk, truth: &mut Truth, at, left: i64| {
            let reading = Balance { currency: usd(), pools: Pools::Total(cents(left)) };
            let observed = Observation { at, role: Role::Follows, readings: vec![Reading::Balance(reading)] };
            assert!(disk.observe(observed.clone()));
            truth.observed.push(observed);
        };
        observe(&mut disk, &mut truth, now, left);
        for (gap, event) in events {
            // Every day, history is settled.
            let next = now.plus(gap * HOUR);
            for day in (Span { from: now, to: next }.days().skip(1)) {
                disk.settle(day.span().from);
            }
            now = next;
            match event {
                ImportedBill::AccountHistory { fall, rise } => {
                    left += rise - fall;
                    observe(&mut disk, &mut truth, now, left);
                }
                ImportedBill::Imported { days, days_back, ahead, cents: cost, is_added } => {
                    let end = now.minus(days_back * DAY).day().span().to.minus(ahead * HOUR);
                    let row = |day: u64| {
                        let to = end.minus(day * DAY);
                        let line = Line { name: "chat".to_owned(), wallet: None, amount: cents(cost) };
                        Row { currency: usd(), span: Span { from: to.minus(DAY), to }, line }
                    };
                    let bills = by_day(vec![(0..days).map(row).collect()]);
                    let overlap = if is_added { Overlap::Add } else { Overlap::Replace };
                    let name = disk.import(now, &bills, overlap);
                    let known = bills.into_iter().filter_map(|bill| bill.known_at(now, 0)).collect();
                    truth.imports.push((name, known, overlap));
                }
                ImportedBill::Undone { place } => {
                    let place = truth.imports.len().saturating_sub(1 + place);
                    let Some((name, bills, _)) = truth.imports.get(place) else { continue };
                    // What is thinned stays as it was settled.
                    if bills.iter().all(|bill| bill.day > now.minus(55 * DAY).day()) {
                        prop_assert_eq!(disk.undo_import(now, name), Ok(()));
                        prop_assert_eq!(disk.undo_import(now, name), Err(CorrectionError::NoSuchCorrection));
                        truth.imports.remove(place);
                    }
                }
            }
            let known = truth.ledger(now);
            let last_month = now.month().previous().span().from;
            same(&disk.ledger(now, &LoadScope::Lately), &known, last_month, now, "lately")?;
            same(&disk.ledger(now, &LoadScope::Answerable), &known, last_month, now, "answerable")?;
            // An account begins where what is known of it does.
            let (state, _) = disk.load(now, &LoadScope::Lately);
            let since = known.books[0].since;
            prop_assert_eq!(&first(&state).since, &vec![(usd(), since)]);
        }
        disk.settle(now);
        let known = truth.ledger(now);
        same(&disk.whole(now), &known, begin.minus(60 * DAY), now, "whole")?;
        let (state, _) = disk.load(now, &LoadScope::Answerable);
        for (month, currency, figure) in state.months(&disk.id) {
            let truth = known.book_of(currency).map(|book| book.spend(month.span()));
            prop_assert_eq!(Some(figure), truth, "{} {}", month, currency);
        }
    }
}

/// An amount as a provider may tell it, with whatever zeros it ends.
fn provider_amount() -> impl Strategy<Value = Amount> {
    let any = (-1_000_000_000_000_i128..1_000_000_000_000, 0..13_u32);
    let usual = (0..100_000_i128, Just(2_u32));
    prop_oneof![any, usual].prop_map(|(digits, decimals)| Amount::from_digits(digits, decimals).unwrap())
}

fn reading() -> impl Strategy<Value = Reading> {
    let code = prop_oneof![Just("USD"), Just("CNY"), Just("JPY")];
    (code, 0..4_u8, provider_amount(), provider_amount()).prop_map(|(code, shape, one, two)| {
        let currency = currency(code);
        let pools = Pools::Split { granted: one, topped_up: two };
        match shape {
            0 => Reading::Balance(Balance { currency, pools: Pools::Total(one) }),
            1 => Reading::Balance(Balance { currency, pools }),
            2 => Reading::Counter(Counter { currency, total: one, this_month: None }),
            _ => Reading::Counter(Counter { currency, total: one, this_month: Some(two) }),
        }
    })
}

fn day_of_readings() -> impl Strategy<Value = Vec<Observation>> {
    let role = prop_oneof![8 => Just(Role::Follows), 1 => Just(Role::Baseline), 1 => Just(Role::Aside)];
    // Some times stand still, and some books are told twice as they were.
    let one = (0..DAY, role, prop::collection::vec(reading(), 0..4), any::<bool>());
    prop::collection::vec(one, 1..30).prop_map(|mut readings| {
        readings.sort_by_key(|(ms, ..)| *ms);
        let mut all: Vec<Observation> = Vec::new();
        for (ms, role, readings, is_again) in readings {
            let before = all.last().filter(|_| is_again).map(|before| before.readings.clone());
            let at = at("2026-11-22T00:00:00Z").plus(ms);
            all.push(Observation { at, role, readings: before.unwrap_or(readings) });
        }
        all
    })
}

fn written(observed: &[Observation]) -> String {
    let (mut text, mut before) = (String::new(), None);
    for one in observed {
        write_next(&mut text, one.at.day(), before, one);
        before = Some(one);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_encoded_day_decodes_without_loss(observed in day_of_readings()) {
        let day = observed[0].at.day();
        let read = parse_day(day, &written(&observed)).unwrap();
        // As JSON, because there each digit counts: 1.0 and 1.00 are equal, and not the same.
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), serde_json::to_string(&observed).unwrap());
    }

    #[test]
    fn a_damaged_encoded_day_does_not_panic(observed in day_of_readings(), place in 0..400_usize, sign in any::<char>()) {
        let day = observed[0].at.day();
        let mut text: Vec<char> = written(&observed).chars().collect();
        let place = place % text.len();
        text[place] = sign;
        let _ = parse_day(day, &text.iter().collect::<String>());
        text.truncate(place);
        let _ = parse_day(day, &text.iter().collect::<String>());
    }
}

#[test]
fn an_encoded_day_is_short_if_little_changes() {
    let texts =
        [("10", "0.00", "15.00"), ("15", "0.00", "14.95"), ("20", "0.00", "14.95"), ("25", "0.00", "24.95")];
    let observed: Vec<_> = texts
        .map(|(minute, granted, paid)| {
            crate::make::observed(&format!("2026-11-22T00:{minute}:00Z"), &format!("USD {granted}+{paid}"))
        })
        .into();
    assert_eq!(written(&observed), "cuyo,USD:0.00/15.00;6fhc,/5;6fhc,;6fhc,/+rs");
    // A book that is absent is not there, and is written whole when it comes back.
    let absent = [
        crate::make::observed("2026-11-22T00:00:00Z", "USD 1.0"),
        crate::make::observed("2026-11-22T00:00:01Z", ""),
        crate::make::observed("2026-11-22T00:00:02Z", "USD 1.00"),
        crate::make::observed("2026-11-22T00:00:03Z", "USD 1.0"),
    ];
    assert_eq!(written(&absent), "0,USD:1.0;rs;rs,USD:1.00;rs,=1.0");
}

/// A year in which a reading came every six hours and a dollar was spent between two.
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
fn l13_after_a_year_a_refresh_reads_and_writes_two_months_at_most() {
    let (mut disk, now) = a_year();
    let (_, read) = disk.load(now, &LoadScope::Lately);
    let root = root_keys();
    let read: Vec<_> = read.iter().filter(|key| !root.contains(key)).map(String::as_str).collect();
    assert_eq!(read, ["account.one", "readings.one.2026-12", "readings.one.2027-01"][..read.len()]);
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
    // A day more, because the window across its end may still be corrected.
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
    assert_eq!(correct(undone("nobody")), Err(CorrectionError::NoSuchCorrection));
    assert_eq!(correct(undone("e")), Ok(()));
    assert_eq!(correct(undone("e")), Err(CorrectionError::NoSuchCorrection), "it is undone already");
    assert_eq!(correct(declared("f", now.minus(40 * DAY), 5)), Ok(()));
    let later = now.plus(30 * DAY);
    disk.settle(later);
    assert_eq!(disk.correct(later, undone("f")), Err(CorrectionError::TooOld), "its day is thinned");
    let nobody = AccountId("nobody".to_owned());
    let (mut state, _) = disk.load(now, &LoadScope::Answerable);
    assert_eq!(state.correct(&nobody, declared("g", now, 5), now), Err(CorrectionError::NoSuchAccount));
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
    // A day that is billed once more replaces its figure.
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
    assert_eq!(december.amount, Some(amount("124")), "the readings around it tell of the time between");
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
