//! The requirements that every simulated month must meet.
//!
//! **The bound of rounding.** A provider rounds a pool to the nearest cent or down, so the error lies in an interval
//! one cent wide. Between any two readings, the reported change of a pool differs from the real one by a cent at most.
//! A run of falls without a rise telescopes: its sum is the first reading minus the last, and off by one cent at most,
//! however many windows it has. A window with a reported rise of a pool books nothing of that pool, which is never too
//! much. Rounding keeps the order, so a pool only rises if money came in. Hence, for the sum of whole windows,
//!
//! ```text
//!   too much by   <= 1 cent x number of runs of falls, over both pools
//!   off by, if no money came in or went out: one run per pool
//!                 <= 1 cent x number of pools that moved at all
//!   off by, if everything is declared: one run per pool, and the rounding of the declared expiries and refunds
//!                 <= 1 cent x (number of pools that moved + number of expiries and refunds)
//! ```
//!
//! **The edge.** A window across an edge of the month gives the month a share of its time, not of its use (rule L7). So
//! the sums above are asserted for whole windows that touch the month. For the month itself, each window across an edge
//! adds to the bound what it books within the month (too much) or what was really spent there (too little).
//!
//! **Declarations** have their real time, and the cents that the provider's console shows: an expiry of $3.004567 shows
//! as a fall of $3.00, and declaring a fraction of a cent more is refused as a contradiction. A clock that was three
//! hours ahead, and was corrected only after six, leaves readings with a wrong time that nobody can recognize. A top-up
//! in that time belongs by its real time to another window than the one in which it shows: one window books it as
//! spend, the other shows a rise. Such months are counted separately.
//!
//! **Missing questions.** An expiry or a refund shows as a pool that fell to zero. If money came into that pool before
//! the next reading, only a fall shows: $10.00 is refunded, $5.00 is paid in, and a reading of $5.00 books five dollars
//! that nobody spent, without a question. This cannot happen with gifts, because a gift is as large as what expired
//! before. With refunds it can, and such windows are counted.

use drawdown::books::correction::Kind;
use drawdown::books::figure::{Mark, Reason};
use drawdown::books::ledger::{Book, Window};
use drawdown::money::Amount;
use drawdown::time::Span;

use crate::truth::habits::{CENT, Micros};
use crate::truth::life::{Moved, amount};
use crate::truth::notes::{Point, named};
use crate::truth::trial::{Answers, Case};

/// Checks one book's month. Returns the number of expiries and refunds that are booked as spend without a question.
pub fn check(case: &Case<'_>, answers: &Answers) -> Result<usize, String> {
    let currency = case.lived.currency;
    let standing = answers.standing.book_of(currency).ok_or("no book")?;
    let spans = standing.windows.iter().map(|window| (window.span.from, window.span.to));
    let expected = case.points.windows(2).map(|two| (two[0].stamp, two[1].stamp));
    must(spans.eq(expected), || "its windows are not between the readings that count".to_owned())?;
    if case.lived.is_idle {
        return idle(standing).map(|()| 0);
    }
    let unasked = each_window(case, standing)?;
    never_too_much(case, standing)?;
    if case.moved_in_month().next().is_none() {
        equal(case, standing, moving_pools(case), "nothing came or went")?;
    }
    if !case.lived.moved.iter().any(|moved| case.is_misplaced(moved)) {
        let declared = answers.declared.book_of(currency).ok_or("no book with declarations")?;
        all_declared(case, declared)?;
    }
    let confirmed = answers.confirmed.book_of(currency).ok_or("no book with proposals")?;
    own_windows(standing, confirmed)?;
    imported(case, answers)?;
    Ok(unasked)
}

fn must(is_so: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(why()) }
}

/// Requirement e: no false spend in an idle book.
fn idle(book: &Book) -> Result<(), String> {
    let is_still = |window: &Window| window.spend.is_zero() && !window.is_asking();
    must(book.windows.iter().all(is_still), || "an idle book is booked or asks".to_owned())
}

/// Requirements a and b, window by window.
fn each_window(case: &Case<'_>, book: &Book) -> Result<usize, String> {
    let mut unasked = 0;
    for (window, two) in book.windows.iter().zip(case.points.windows(2)) {
        let (from, to) = (&two[0], &two[1]);
        let fallen = i64::from(to.granted < from.granted) + i64::from(to.paid < from.paid);
        if window.spend <= amount(to.really.spent - from.really.spent + fallen * CENT) {
            continue;
        }
        let outs: Vec<&Moved> = case.moved(from, to).filter(|moved| moved.is_out()).collect();
        let gone: Micros = outs.iter().map(|moved| moved.amount).sum();
        let explain = || {
            let moved = case.moved(from, to).map(|moved| format!("{} {}", named(moved.kind), moved.amount));
            let moved: Vec<_> = moved.collect();
            format!(
                "{window:?} is above the truth {}; moved: {}",
                to.really.spent - from.really.spent,
                moved.join(", ")
            )
        };
        must(window.spend <= amount(to.really.spent - from.really.spent + gone + fallen * CENT), explain)?;
        let asks = |kind: Kind| window.emptied.iter().any(|gone| gone.kind == kind);
        let is_asked = outs.iter().any(|moved| asks(moved.kind));
        must(!is_asked || book.asking().any(|other| other.span == window.span), explain)?;
        if !is_asked {
            // Only a top-up after the refund can hide the question.
            let refund = outs.iter().find(|moved| moved.kind == Kind::Refund).ok_or_else(explain)?;
            let is_refilled = |moved: &Moved| moved.kind == Kind::TopUp && moved.at >= refund.at;
            must(case.moved(from, to).any(is_refilled), explain)?;
            unasked += 1;
        }
    }
    Ok(unasked)
}

/// Requirements a and b, for the month.
fn never_too_much(case: &Case<'_>, book: &Book) -> Result<(), String> {
    let gone: Micros = case.moved_in_month().filter(|moved| moved.is_out()).map(|moved| moved.amount).sum();
    let slack = CENT * (runs(case, |point| point.granted) + runs(case, |point| point.paid));
    let whole = booked(book, case.hull());
    let most = amount(truth(case) + gone + slack);
    must(whole <= most, || {
        format!("its windows book {whole}, above the truth of {most} with {slack} of rounding")
    })?;
    if case.is_misdated {
        return Ok(());
    }
    let month = booked(book, case.life.month.span());
    let shares: Amount = edges(case, book).map(|(window, _)| window.share(case.life.month.span())).sum();
    let most = amount(case.lived.truth(case.known()) + gone + slack) + shares;
    must(month <= most, || format!("the month is booked {month}, above the truth of {most} with its edges"))
}

/// Requirements c and d: the truth within this number of cents.
fn equal(case: &Case<'_>, book: &Book, cents: i64, when: &str) -> Result<(), String> {
    let off = |booked: Amount, truth: Micros| {
        let off = booked - amount(truth);
        off.max(-off)
    };
    let slack = amount(cents * CENT);
    let whole = booked(book, case.hull());
    must(off(whole, truth(case)) <= slack, || {
        format!("{when}: its windows book {whole}, and not the truth of {} within {cents} cents", truth(case))
    })?;
    if case.is_misdated {
        return Ok(());
    }
    let span = case.life.month.span();
    let (month, truth) = (booked(book, span), case.lived.truth(case.known()));
    let is_spread = book.spend(span).reasons.iter().any(|reason| reason == Reason::Spread);
    must(is_spread == edges(case, book).next().is_some(), || format!("{when}: spread is not said"))?;
    let slack = edges(case, book)
        .fold(slack, |slack, (window, part)| slack + window.share(span).max(amount(case.lived.truth(part))));
    must(off(month, truth) <= slack, || {
        format!("{when}: the month is booked {month}, and not the truth of {truth} within {slack}")
    })
}

/// Requirement d, declared.
fn all_declared(case: &Case<'_>, book: &Book) -> Result<(), String> {
    let refused = book.windows.iter().find(|window| window.contradiction.is_some());
    must(refused.is_none(), || format!("what is true is refused: {refused:?}"))?;
    let open = book.windows.iter().find(|window| window.open.is_some());
    must(open.is_none(), || format!("all is declared, and it is open: {open:?}"))?;
    let outs = case.moved_in_month().filter(|moved| moved.is_out()).count();
    equal(case, book, moving_pools(case) + i64::try_from(outs).expect("few"), "all is declared")
}

/// A proposal confirmed at the end of its window changes only that window.
fn own_windows(standing: &Book, confirmed: &Book) -> Result<(), String> {
    let is_own = |(before, after): (&Window, &Window)| {
        after.contradiction.is_none() && (before.likely_top_up().is_some() || after.spend == before.spend)
    };
    let mut both = standing.windows.iter().zip(&confirmed.windows);
    must(both.all(is_own), || "a confirmed proposal changes another window, or is refused".to_owned())
}

/// Requirement d, imported: the whole month to the last digit, with an exact mark.
fn imported(case: &Case<'_>, answers: &Answers) -> Result<(), String> {
    let (figure, truth) = (case.figure(&answers.billed), case.lived.truth(case.life.month.span()));
    must(figure.amount == Some(amount(truth)) && figure.mark == Mark::Exact, || {
        format!("the export is imported, and the month is {figure:?}, not {truth}")
    })
}

fn booked(book: &Book, span: Span) -> Amount {
    book.spend(span).amount.unwrap_or_default()
}

/// The real spend in the windows that touch the month.
fn truth(case: &Case<'_>) -> Micros {
    case.points[case.touching.end].really.spent - case.points[case.touching.start].really.spent
}

/// The points of the windows that touch the month.
fn touching<'a>(case: &'a Case<'_>) -> &'a [Point] {
    &case.points[case.touching.start..=case.touching.end]
}

/// How many times a pool starts to fall: at first, or again after a rise.
fn runs(case: &Case<'_>, of: impl Fn(&Point) -> i64) -> i64 {
    let (mut runs, mut is_falling) = (0, false);
    for two in touching(case).windows(2) {
        let change = of(&two[1]) - of(&two[0]);
        runs += i64::from(change < 0 && !is_falling);
        is_falling = change < 0 || (change == 0 && is_falling);
    }
    runs
}

/// The number of pools that ever differ from their first value.
fn moving_pools(case: &Case<'_>) -> i64 {
    let moves = |of: fn(&Point) -> Micros| {
        let mut amounts = touching(case).iter().map(of);
        let first = amounts.next();
        i64::from(amounts.any(|amount| Some(amount) != first))
    };
    moves(|point| point.really.granted) + moves(|point| point.really.paid)
}

/// The windows across an edge of the month, each with its part of the month.
fn edges<'a>(case: &'a Case<'_>, book: &'a Book) -> impl Iterator<Item = (&'a Window, Span)> {
    let month = case.life.month.span();
    let windows = book.windows_in(month).map(move |window| (window, window.span.overlap(month)));
    windows.filter(|(window, part)| window.span != *part)
}
