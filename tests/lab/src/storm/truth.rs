//! The required figures of an account, from its provider's answers and its user's declarations.
//!
//! Knows which answers were stored, and when. Knows nothing else of the product's logic.

use drawdown::books::correction::{Correction, Declared, Kind, standing};
use drawdown::books::reading::{Observation, Role};
use drawdown::money::Amount;
use drawdown::store::{Account, State};
use drawdown::time::{Day, Timestamp};

use crate::storm::cards::{self, Reports};
use crate::storm::remote::{Remote, Served};

/// The required spend of this month and the last together, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Exactly this. If a payment hides some spend, the figure says "at least".
    Exactly { cents: i64, is_open: bool },
    /// At most this, because a wrong clock, a loss or a file made the truth uncertain. An approximate figure may be `slack` more.
    AtMost { cents: i64, slack: i64 },
}

/// Cents as an amount.
pub fn money(cents: i64) -> Amount {
    Amount::parse(&cards::amount(cents)).expect("an amount")
}

/// The figure that an account with readings must show at `now`. `observed` are its stored readings, and `is_whole` says whether
/// none was lost.
pub fn expected(
    state: &State,
    account: &Account,
    mut observed: Vec<Observation>,
    remote: &Remote,
    now: Timestamp,
    is_whole: bool,
) -> Expected {
    let history = state.history(account);
    let declared = declared(history.corrections.iter().copied());
    let all_declared: i64 = declared.iter().map(|(_, cents)| cents).sum();
    let uncertain = Expected::AtMost { cents: remote.spent + all_declared, slack: 0 };
    observed.retain(|observed| observed.role != Role::Aside);
    if let (Some(at), Some(last)) = (account.pulse.repeated_at, observed.last()) {
        observed.push(Observation { at, role: Role::Follows, readings: last.readings.clone() });
    }
    let served: Option<Vec<&Served>> =
        observed.iter().map(|observed| true_answer(remote, observed)).collect();
    if !history.bills.is_empty() {
        let cents = remote.spent + all_declared;
        let slack = served.filter(|_| is_whole).map_or(remote.spent, |served| divided(&served, account));
        return Expected::AtMost { cents, slack };
    }
    let Some(served) = served.filter(|_| is_whole) else { return uncertain };
    let (Some(first), Some(last)) = (served.first(), served.last()) else {
        return Expected::Exactly { cents: 0, is_open: false };
    };
    // Only this month and the last are compared.
    if last.at > now || first.at < now.month().previous().span().from {
        return uncertain;
    }
    // A new baseline is not compared with earlier readings.
    let baselines = observed.iter().skip(1).filter(|observed| observed.role == Role::Baseline).count();
    let ends = served.windows(2).zip(observed.iter().skip(1));
    let ends: Vec<_> = ends.filter(|(_, to)| to.role != Role::Baseline).map(|(ends, _)| ends).collect();
    let counted = || ends.iter().map(|ends| ends[1].spent - ends[0].spent).sum::<i64>();
    match remote.card.reports {
        Reports::Counter => Expected::Exactly { cents: counted(), is_open: false },
        Reports::MonthCounter if baselines == 0 => {
            Expected::Exactly { cents: counted() + first.of_month, is_open: false }
        }
        Reports::MonthCounter => uncertain,
        Reports::Pools | Reports::Balance => {
            let windows: Vec<_> = ends.iter().map(|ends| window(ends[0], ends[1], &declared)).collect();
            Expected::Exactly {
                cents: windows.iter().map(|(cents, _)| cents).sum(),
                is_open: windows.iter().any(|(_, is_open)| *is_open),
            }
        }
        Reports::Bills => uncertain,
    }
}

/// The spend of the windows that a file divides: those across a midnight or across the time of an import. How it divides between
/// both sides is unknown (rule L11).
fn divided(served: &[&Served], account: &Account) -> i64 {
    let imports: Vec<Timestamp> = account.imports.iter().map(|import| import.at).collect();
    let is_divided = |from: &Served, to: &Served| {
        from.at.day() != to.at.day() || imports.iter().any(|at| from.at < *at && *at < to.at)
    };
    let ends = served.windows(2).filter(|ends| is_divided(ends[0], ends[1]));
    ends.map(|ends| ends[1].spent - ends[0].spent).sum()
}

/// The visible spend between two answers, and whether a rise hides more of it (rules L3 to L5).
fn window(from: &Served, to: &Served, declared: &[(Timestamp, i64)]) -> (i64, bool) {
    let paid_in: i64 =
        declared.iter().filter(|(at, _)| *at > from.at && *at <= to.at).map(|(_, cents)| cents).sum();
    let gift = (from.granted - to.granted).max(0);
    let change = to.paid - from.paid;
    // The declarations must explain the whole rise, or else they contradict it.
    if paid_in > 0 && paid_in >= change {
        return (gift + paid_in - change, false);
    }
    // While granted money is left, no paid money is touched.
    (gift + (-change).max(0), change > 0 && to.granted == 0)
}

/// The complete answer behind a reading, unless the clock was wrong or no such answer was given.
pub fn true_answer<'a>(remote: &'a Remote, observed: &Observation) -> Option<&'a Served> {
    remote.served_at(observed.at).filter(|served| served.true_at == observed.at)
}

/// The payments that the user declared and did not undo, in cents.
fn declared<'a>(corrections: impl Iterator<Item = &'a Correction> + Clone) -> Vec<(Timestamp, i64)> {
    let top_ups = standing(corrections).filter(|(_, declared)| declared.kind == Kind::TopUp);
    top_ups.map(|(correction, Declared { amount, .. })| (correction.at, cents(*amount))).collect()
}

/// Whole cents of an amount.
pub fn cents(amount: Amount) -> i64 {
    let (digits, decimals) = amount.rounded(2).digits();
    let scale = 10_i128.pow(2_u32.saturating_sub(decimals));
    i64::try_from(digits * scale).expect("few cents")
}

/// The possible bills of a day: the amounts answered since the last complete read, or all amounts ever answered if there are none
/// since. A day without any answer costs nothing.
pub fn billed(remote: &Remote, day: Day, read_at: Option<Timestamp>) -> Vec<i64> {
    let of_day = |first: usize| {
        let answers = remote.billed.iter().skip(first).filter(|(_, of, _)| *of == day);
        answers.map(|(_, _, cents)| *cents).collect::<Vec<_>>()
    };
    // In the order of the answers, because the clock may have been set back in between. A slow clock leaves a future day as it
    // was.
    let reaches = |read_at: &Timestamp| day <= read_at.day();
    let first =
        read_at.filter(reaches).and_then(|read_at| remote.billed.iter().position(|(at, ..)| *at == read_at));
    let since = first.map(of_day).filter(|answers| !answers.is_empty());
    let mut answers = since.unwrap_or_else(|| of_day(0));
    if answers.is_empty() {
        answers.push(0);
    }
    answers
}
