//! History: what rests of it, and that settling and thinning change no figure (rule L13).

use std::collections::BTreeMap;

use drawdown::bill::{Bill, Line};
use drawdown::correction::{Correction, Declared, Fact, Kind};
use drawdown::figure::{Figure, Reason};
use drawdown::host::Values;
use drawdown::ledger::{Book, Ledger, Told, derive, is_ahead};
use drawdown::money::{Amount, Currency};
use drawdown::period::{DAY, Day, HOUR, Month, Span, Timestamp};
use drawdown::reading::{
    AccountId, Balance, Counter, Observed, Pools, Reading, Role, Spending, read_day, write_next,
};
use drawdown::state::{Account, Loaded, Reach, Refusal, State, root_keys};
use drawdown::vault::{DataKey, Secret};
use proptest::prelude::*;

use crate::make::{amount, at, usd};

/// A disk, and one account on it.
#[derive(Clone)]
struct Disk {
    stored: BTreeMap<String, String>,
    id: AccountId,
}

impl Disk {
    fn new() -> Disk {
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
        disk.change(at("2026-01-01T00:00:00Z"), &Reach::Lately, |state| {
            state.accounts.push(Account::new(id, "deepseek", String::new(), sealed));
        });
        disk
    }

    /// The state at a moment, and which keys were read for it.
    fn load(&self, now: Timestamp, reach: &Reach) -> (State, Vec<String>) {
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
        reach: &Reach,
        change: impl FnOnce(&mut State) -> T,
    ) -> (T, Vec<String>) {
        let (mut state, _) = self.load(now, reach);
        let value = change(&mut state);
        let mut written = Vec::new();
        for (key, text) in state.save().iter() {
            written.push(key.to_owned());
            match text {
                Some(text) => self.stored.insert(key.to_owned(), text.to_owned()),
                None => self.stored.remove(key),
            };
        }
        (value, written)
    }

    fn change<T>(&mut self, now: Timestamp, reach: &Reach, change: impl FnOnce(&mut State) -> T) -> T {
        self.commit(now, reach, change).0
    }

    fn observe(&mut self, observed: Observed) -> bool {
        let id = self.id.clone();
        self.change(observed.at, &Reach::Lately, |state| state.observe(&id, observed))
    }

    fn settle(&mut self, now: Timestamp) {
        self.change(now, &Reach::Answerable, |state| state.settle(now));
    }

    fn bill(&mut self, now: Timestamp, bills: Vec<Bill>) -> bool {
        let id = self.id.clone();
        let reach = Reach::of_bills(&id, bills.iter());
        self.change(now, &reach, |state| state.bill(&id, bills, now))
    }

    fn correct(&mut self, now: Timestamp, correction: Correction) -> Result<(), Refusal> {
        let id = self.id.clone();
        self.change(now, &Reach::Answerable, |state| state.correct(&id, correction, now))
    }

    fn ledger(&self, now: Timestamp, reach: &Reach) -> Ledger {
        let (state, _) = self.load(now, reach);
        derive(&state.told(&state.accounts[0]), now)
    }

    /// Every month, each as far as it rests.
    fn whole(&self, now: Timestamp) -> Ledger {
        let (state, _) = self.load(now, &Reach::Accounts);
        self.ledger(now, &Reach::Months(self.id.clone(), state.accounts[0].months.clone()))
    }

    fn size(&self, prefix: &str) -> usize {
        let stored = self.stored.iter().filter(|(key, _)| key.starts_with(prefix));
        stored.map(|(key, text)| key.len() + text.len()).sum()
    }
}

/// All that ever happened, and nothing of it settled.
#[derive(Default)]
struct Truth {
    observed: Vec<Observed>,
    bills: Vec<Bill>,
    corrections: Vec<Correction>,
}

impl Truth {
    fn ledger(&self, now: Timestamp) -> Ledger {
        let observed = self.observed.iter().collect();
        let told = Told {
            bills: self.bills.iter().collect(),
            corrections: self.corrections.iter().collect(),
            ..Told::of(observed, Spending::GrantedFirst)
        };
        derive(&told, now)
    }

    fn bill(&mut self, bill: Bill) {
        self.bills.retain(|known| (known.currency, known.day) != (bill.currency, bill.day));
        self.bills.push(bill);
    }
}

fn currency(code: &str) -> Currency {
    Currency::read(code).unwrap()
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
    Told { books: [Option<(i64, i64)>; 3], role: Role },
    /// So many days from now back, a day is billed so many cents.
    Billed { days_back: u64, cents: i64, shared: u8 },
    /// So many hours from now back, so many cents were declared.
    Declared { hours_back: u64, book: usize, kind: Kind, cents: i64 },
    /// A correction is undone.
    Undone { place: usize },
    /// History is settled.
    Settled,
    /// The clock runs ahead by so many days, something is told and settled, and it is set right.
    Ahead { days: u64, is_told: bool },
}

fn event() -> impl Strategy<Value = Event> {
    let book = || prop::option::weighted(0.85, (0..400_i64, prop_oneof![6 => Just(0), 1 => 1..2_000_i64]));
    let role = prop_oneof![12 => Just(Role::Follows), 1 => Just(Role::Baseline)];
    let told = ([book(), book(), book()], role).prop_map(|(books, role)| Event::Told { books, role });
    let kind = prop_oneof![Just(Kind::TopUp), Just(Kind::Gift), Just(Kind::Expiry), Just(Kind::Refund)];
    let declared = (0..75 * 24_u64, 0..3_usize, kind, 0..2_000_i64)
        .prop_map(|(hours_back, book, kind, cents)| Event::Declared { hours_back, book, kind, cents });
    prop_oneof![
        24 => told,
        3 => (0..100_u64, 0..500_i64, 0..4_u8)
            .prop_map(|(days_back, cents, shared)| Event::Billed { days_back, cents, shared }),
        4 => declared,
        1 => (0..8_usize).prop_map(|place| Event::Undone { place }),
        8 => Just(Event::Settled),
        1 => (1..28_u64).prop_map(|days| Event::Ahead { days, is_told: true }),
        1 => (1..200_u64).prop_map(|days| Event::Ahead { days, is_told: false }),
    ]
}

/// Hours until the next event: mostly within a day, at times weeks.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..40_u64, 4 => 40..200_u64, 1 => 200..2_200_u64]
}

fn cents(cents: i64) -> Amount {
    Amount::of_digits(cents.into(), 2).unwrap()
}

/// The books of an account, lived through.
#[derive(Clone)]
struct Books {
    cny: i64,
    eur: (i64, i64, Option<Month>),
    usd: (i64, i64),
}

impl Books {
    fn told(&mut self, now: Timestamp, books: [Option<(i64, i64)>; 3], role: Role) -> Observed {
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
        Observed { at: now, role, readings }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn settling_at_any_moments_changes_no_figure(
        events in prop::collection::vec((gap(), event()), 2..70),
        minute in 0..60_u64,
    ) {
        let begin = at("2026-01-20T09:14:00Z").plus(minute * 60_000 * 24);
        let (mut disk, mut truth) = (Disk::new(), Truth::default());
        let mut books = Books { cny: 10_000, eur: (500, 0, None), usd: (300, 5_000) };
        let mut now = begin;
        let mut told = |disk: &mut Disk, truth: &mut Truth, at, told, role| {
            let observed = books.told(at, told, role);
            truth.observed.retain(|known| !is_ahead(known, at));
            if disk.observe(observed.clone()) {
                truth.observed.push(observed);
            }
        };
        told(&mut disk, &mut truth, begin, [Some((0, 0)), None, Some((0, 0))], Role::Baseline);
        for (place, (gap, event)) in events.into_iter().enumerate() {
            now = now.plus(gap * HOUR);
            match event {
                Event::Told { books, role } => told(&mut disk, &mut truth, now, books, role),
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
                Event::Settled => disk.settle(now),
                Event::Ahead { days, is_told } => {
                    if is_told {
                        told(&mut disk, &mut truth, now.plus(days * DAY), [Some((5, 0)); 3], Role::Follows);
                    }
                    disk.settle(now.plus(days * DAY));
                    // Until something is told at the right time, nobody knows that the clock was wrong.
                    now = now.plus(HOUR);
                    told(&mut disk, &mut truth, now, [Some((5, 0)); 3], Role::Follows);
                }
            }
            let known = truth.ledger(now);
            let last_month = now.month().previous().span().from;
            same(&disk.ledger(now, &Reach::Lately), &known, last_month, now, "lately")?;
            same(&disk.ledger(now, &Reach::Answerable), &known, last_month, now, "answerable")?;
            let left = |ledger: &Ledger| {
                ledger.books.iter().map(|book| (book.currency, book.left)).collect::<Vec<_>>()
            };
            prop_assert_eq!(left(&disk.whole(now)), left(&known));
        }
        disk.settle(now);
        let (known, once) = (truth.ledger(now), disk.clone());
        same(&disk.whole(now), &known, begin.day().span().from, now, "whole")?;
        let (state, _) = disk.load(now, &Reach::Answerable);
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
