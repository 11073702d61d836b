//! One simulated month in the real ledger: with only its stored readings, and with declarations or an export.
//!
//! Knows how to query the ledger. Does not know the required answers: those are in `requirements`.

use drawdown::books::bill::{Line, Row, by_day};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Reason};
use drawdown::books::ledger::{AccountHistory, Book, Ledger, derive};
use drawdown::books::reading::{DrawOrder, Observation};
use drawdown::money::{Amount, Currency};
use drawdown::time::{Span, Timestamp};

use crate::truth::habits::{CENT, Micros, Schedule};
use crate::truth::life::{Moved, SimulatedAccount, SimulatedBook, amount, simulate};
use crate::truth::notes::{Note, Point, answers, kept, naive, points};
use crate::truth::requirements;

/// The month's results in the book that is in use, in millionths.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub schedule: Schedule,
    /// The real spend in the part of the month that the readings enclose.
    pub truth: Micros,
    pub booked: Micros,
    /// With the first proposal of each open window confirmed.
    pub confirmed: Micros,
    /// With all money in and out declared at its real time.
    pub declared: Micros,
    /// The whole month's difference from the truth once the export is imported.
    pub billed_error: Micros,
    /// The difference of the first book, the falls of the total, and the first total minus the last.
    pub naive: [Micros; 3],
    /// Whether a window lies across an edge of the month.
    pub is_spread: bool,
    /// Whether the user paid in during the month's windows, and whether one of the top-ups is not visible as a rise.
    pub has_top_up: bool,
    pub has_hidden_top_up: bool,
    /// Whether money expired or was refunded.
    pub has_out: bool,
    /// Expiries and refunds that are booked as spend without a question: see `requirements`.
    pub unasked: usize,
    /// Whether an unnoticed wrong clock gave a reading of the month a wrong time.
    pub is_misdated: bool,
    /// Whether such a time places a declaration in the wrong window.
    pub is_misplaced: bool,
    /// The number of readings set aside.
    pub set_aside: usize,
}

/// One book: what really happened, and its readings.
pub struct Case<'a> {
    pub life: &'a SimulatedAccount,
    pub lived: &'a SimulatedBook,
    pub points: Vec<Point>,
    /// The windows that touch the month, by their indices.
    pub touching: std::ops::Range<usize>,
    /// Whether one of their readings has a wrong time.
    pub is_misdated: bool,
}

/// The ledger's answers for one month.
pub struct Answers {
    pub standing: Ledger,
    pub confirmed: Ledger,
    pub declared: Ledger,
    pub billed: Ledger,
}

/// Runs the month of a seed. `None` if none of it was read; an error describes the broken requirement.
pub fn run(seed: u64) -> Result<Option<Outcome>, String> {
    let life = simulate(seed);
    let notes = kept(answers(&life, seed));
    let cases: Vec<Case<'_>> = life.books.iter().map(|lived| Case::of(&life, lived, &notes)).collect();
    let answers = ask(&cases, &notes, life.end());
    let mut outcome = None;
    for (place, case) in cases.iter().enumerate().filter(|(_, case)| !case.touching.is_empty()) {
        let found = requirements::check(case, &answers)
            .map_err(|why| format!("seed {seed}, {:?}, {}: {why}", life.schedule, case.lived.currency))?;
        if place == 0 {
            outcome = Some(case.outcome(&answers, &notes, found));
        }
    }
    Ok(outcome)
}

/// Derives the ledger in all four ways.
fn ask(cases: &[Case<'_>], notes: &[Note], now: Timestamp) -> Answers {
    let observed: Vec<&Observation> = notes.iter().map(|note| &note.observed).collect();
    let plain = AccountHistory::from_readings(observed, DrawOrder::GrantedFirst);
    let standing = derive(&plain, now);

    let (mut confirmed, mut habits) = (Vec::new(), Vec::new());
    let mut declared = Vec::new();
    let mut rows = Vec::new();
    for case in cases {
        if let Some(book) = standing.book_of(case.lived.currency) {
            confirm(case, book, notes, &mut confirmed, &mut habits);
        }
        declared.extend(case.lived.moved.iter().map(|moved| case.declaration(moved)));
        rows.push(case.rows());
    }
    let corrected = |corrections: &[Correction], habits: &[(Currency, Amount)]| {
        derive(&AccountHistory { corrections: corrections.iter().collect(), habits, ..plain.clone() }, now)
    };
    let bills = by_day(rows);
    Answers {
        confirmed: corrected(&confirmed, &habits),
        declared: corrected(&declared, &[]),
        billed: derive(&AccountHistory { bills: bills.iter().collect(), ..plain.clone() }, now),
        standing,
    }
}

/// A user who confirms the first proposal of each open window, one after the other, so that each becomes a
/// habit for the next.
fn confirm(
    case: &Case<'_>,
    book: &Book,
    notes: &[Note],
    confirmed: &mut Vec<Correction>,
    habits: &mut Vec<(Currency, Amount)>,
) {
    for (window, ends) in book.windows.iter().zip(case.points.windows(2)) {
        if window.open.is_none() {
            continue;
        }
        let two = ends.iter().map(|point| &notes[point.place].observed).collect();
        let asked = derive(
            &AccountHistory { habits, ..AccountHistory::from_readings(two, DrawOrder::GrantedFirst) },
            window.span.to,
        );
        let asked = asked.book_of(book.currency).and_then(|book| book.windows.first().cloned());
        let Some(proposal) = asked.and_then(|window| window.likely_top_up()) else { continue };
        if !habits.contains(&(book.currency, proposal.top_up)) {
            habits.push((book.currency, proposal.top_up));
        }
        confirmed.push(stated(book.currency, window.span.to, Kind::TopUp, proposal.top_up));
    }
}

fn stated(currency: Currency, at: Timestamp, kind: Kind, amount: Amount) -> Correction {
    Correction { id: String::new(), at, fact: Fact::Declared(Declared { currency, kind, amount }) }
}

impl<'a> Case<'a> {
    fn of(life: &'a SimulatedAccount, lived: &'a SimulatedBook, notes: &[Note]) -> Case<'a> {
        let points = points(life, lived, notes);
        let month = life.month.span();
        let begins = points.partition_point(|point| point.stamp <= month.from).saturating_sub(1);
        let ends = points.partition_point(|point| point.stamp < month.to).min(points.len().saturating_sub(1));
        let touching = begins..ends.max(begins);
        let mut of_month = points.iter().take(touching.end + 1).skip(touching.start);
        let is_misdated = of_month.any(|point| point.at != point.stamp);
        Case { life, lived, is_misdated, touching, points }
    }

    /// From the start of the first window that touches the month to the end of the last, by the readings' times.
    pub fn hull(&self) -> Span {
        Span { from: self.points[self.touching.start].stamp, to: self.points[self.touching.end].stamp }
    }

    /// The part of the month that the readings enclose.
    pub fn known(&self) -> Span {
        self.hull().overlap(self.life.month.span())
    }

    /// The money that really came in or left between two points.
    pub fn moved(&self, from: &Point, to: &Point) -> impl Iterator<Item = &Moved> {
        let (from, to) = (from.at, to.at);
        self.lived.moved.iter().filter(move |moved| from < moved.at && moved.at <= to)
    }

    /// The money that came in or left in the windows that touch the month.
    pub fn moved_in_month(&self) -> impl Iterator<Item = &Moved> {
        self.moved(&self.points[self.touching.start], &self.points[self.touching.end])
    }

    /// Whether a declaration at its real time belongs to another window than its event: a clock that was ahead and was corrected
    /// only after that time left readings with a wrong time.
    pub fn is_misplaced(&self, moved: &Moved) -> bool {
        let by_time = self.points.partition_point(|point| point.at < moved.at);
        let by_stamp = self.points.partition_point(|point| point.stamp < moved.at);
        by_time != by_stamp
    }

    /// The money as a provider's console shows it: money out is rounded like the balance.
    fn declaration(&self, moved: &Moved) -> Correction {
        let reported = amount(self.life.rounding.cents(moved.amount) * CENT);
        stated(self.lived.currency, moved.at, moved.kind, reported)
    }

    /// The month's export: the real spend, day by day.
    fn rows(&self) -> Vec<Row> {
        let days = self.life.month.span().days().map(|day| Row {
            currency: self.lived.currency,
            span: day.span(),
            line: Line {
                name: "chat".to_owned(),
                wallet: None,
                amount: amount(self.lived.truth(day.span())),
            },
        });
        days.collect()
    }

    /// The ledger's spend for the month in this book.
    pub fn figure(&self, ledger: &Ledger) -> Figure {
        let book = ledger.book_of(self.lived.currency);
        book.map_or(Figure::unknown([]), |book| book.spend(self.life.month.span()))
    }

    fn outcome(&self, answers: &Answers, notes: &[Note], unasked: usize) -> Outcome {
        let of = |ledger: &Ledger| micros(self.figure(ledger).amount.unwrap_or_default());
        let is_shown = |two: &[Point]| two[1].paid > two[0].paid;
        let top_up = |moved: &Moved| moved.kind == Kind::TopUp;
        let is_hidden = |two: &[Point]| !is_shown(two) && self.moved(&two[0], &two[1]).any(top_up);
        let whole = self.life.month.span();
        Outcome {
            schedule: self.life.schedule,
            truth: self.lived.truth(self.known()),
            booked: of(&answers.standing),
            confirmed: of(&answers.confirmed),
            declared: of(&answers.declared),
            billed_error: of(&answers.billed) - self.lived.truth(whole),
            naive: naive(self.life, notes, &self.points).map(|cents| cents * CENT),
            is_spread: self.figure(&answers.standing).reasons.iter().any(|reason| reason == Reason::Spread),
            has_top_up: self.moved_in_month().any(top_up),
            has_hidden_top_up: self.points[self.touching.start..=self.touching.end].windows(2).any(is_hidden),
            has_out: self.moved_in_month().any(Moved::is_out),
            unasked,
            is_misdated: self.is_misdated,
            is_misplaced: self.moved_in_month().any(|moved| self.is_misplaced(moved)),
            set_aside: answers.standing.set_aside,
        }
    }
}

/// Money as millionths, for percentages.
pub fn micros(amount: Amount) -> Micros {
    amount.to_fixed(6).replace('.', "").parse().expect("few digits")
}
