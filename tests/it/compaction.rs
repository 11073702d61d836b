//! Rule L13: compaction at any time changes no figure. Each property compares the stored history with the complete one.

use std::collections::BTreeMap;

use drawdown::books::bill::{Bill, Line, Overlap, Row, by_day, lay};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Reason};
use drawdown::books::ledger::{AccountHistory, Book, Ledger, derive, is_ahead};
use drawdown::books::reading::{Balance, Counter, DrawOrder, Observation, Pools, Reading, Role};
use drawdown::money::{Amount, Currency};
use drawdown::store::{CorrectionError, LoadScope};
use drawdown::time::{DAY, Day, HOUR, Month, Span, Timestamp};
use proptest::prelude::*;

use crate::builders::{at, usd};
use crate::history::{Disk, first};

/// All events, without compaction.
#[derive(Default)]
struct Truth {
    observed: Vec<Observation>,
    bills: Vec<Bill>,
    corrections: Vec<Correction>,
    /// The imports, by their ids.
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

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

const BOOKS: [&str; 3] = ["CNY", "EUR", "USD"];

/// A ledger's figures for a span: the spend with its mark and reasons, money in, and expired money.
fn says(ledger: &Ledger, code: &str, span: Span) -> (Figure, Amount, Amount) {
    let of = |book: &Book| (book.spend(span), book.money_in(span), book.expired(span));
    let nothing = (Figure::unknown([Reason::Unread]), Amount::ZERO, Amount::ZERO);
    ledger.book_of(currency(code)).map_or(nothing, of)
}

/// Compares two ledgers for every day, every month and some spans of days between two times.
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

/// An event.
#[derive(Clone, Debug)]
enum Event {
    /// A reading. For each book that is present: how much it fell, and how much came in.
    AccountHistory { books: [Option<(i64, i64)>; 3], role: Role },
    /// The day `days_back` days ago is billed.
    Billed { days_back: u64, cents: i64, shared: u8 },
    /// An amount is declared for a time in the past.
    Declared { hours_back: u64, book: usize, kind: Kind, cents: i64 },
    /// A correction is undone.
    Undone { place: usize },
    /// The history is compacted.
    SettledDay,
    /// The clock is ahead by `days`, something may be read and compacted, and the clock is corrected.
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

/// Hours until the next event: usually within a day, sometimes weeks.
fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..40_u64, 4 => 40..200_u64, 1 => 200..2_200_u64]
}

fn cents(cents: i64) -> Amount {
    Amount::from_digits(cents.into(), 2).unwrap()
}

/// The balances of an account during the story.
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

/// Runs the events, and compares the stored history with the complete one after each.
fn compaction_changes_no_figure(events: Vec<(u64, Event)>, minute: u64) -> Result<(), TestCaseError> {
    let begin = at("2026-01-20T09:14:00Z").plus(minute * 60_000 * 24);
    let (mut disk, mut truth) = (Disk::new(), Truth::default());
    let mut books = Books { cny: 10_000, eur: (500, 0, None), usd: (300, 5_000) };
    let mut now = begin;
    let mut observe = |disk: &mut Disk, truth: &mut Truth, at, fallen, role| {
        let observed = books.observe(at, fallen, role);
        // Readings that are ahead keep their position in the order of commits, just before this one.
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
                // Before a reading at the right time, nothing shows that the clock was wrong.
                now = now.plus(HOUR);
                observe(&mut disk, &mut truth, now, [Some((5, 0)); 3], Role::Follows);
            }
        }
        let known = truth.ledger(now);
        let last_month = now.month().previous().span().from;
        same(&disk.ledger(now, &LoadScope::Lately), &known, last_month, now, "lately")?;
        same(&disk.ledger(now, &LoadScope::Answerable), &known, last_month, now, "answerable")?;
        let left =
            |ledger: &Ledger| ledger.books.iter().map(|book| (book.currency, book.left)).collect::<Vec<_>>();
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
    prop_assert_eq!(
        &disk.stored,
        &BTreeMap::from_iter(
            once.stored.into_iter().map(|(key, text)| (
                key.clone(),
                if key == "meta" { disk.stored[&key].clone() } else { text }
            ))
        ),
        "to settle again changes nothing"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compaction_at_any_time_changes_no_figure(
        events in prop::collection::vec((gap(), event()), 2..70),
        minute in 0..60_u64,
    ) {
        compaction_changes_no_figure(events, minute)?;
    }
}

#[test]
fn a_day_that_a_clock_ahead_settled_is_forgotten_with_its_reading() {
    let baseline = || Event::AccountHistory { books: [None, None, Some((0, 0))], role: Role::Baseline };
    let events = vec![
        (1, Event::Ahead { days: 12, is_read: true }),
        (20, baseline()),
        (1_488, Event::SettledDay),
        (1, baseline()),
    ];
    compaction_changes_no_figure(events, 42).unwrap();
}

/// An event of an account whose user imports files.
#[derive(Clone, Debug)]
enum ImportedBill {
    /// The balance fell by the first amount, and the second came in.
    AccountHistory { fall: i64, rise: i64 },
    /// A file of `days` local days, which end `days_back` days before now and are `ahead` hours ahead of UTC, is imported.
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
            // The history is compacted every day.
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
                    // Thinned days keep their settled figures.
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
            // The account begins with its first known day.
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
