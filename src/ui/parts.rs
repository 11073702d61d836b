//! The displayed parts of a total, rounded so that they add up to the displayed total.
//!
//! Rounded one by one, three parts of $0.335 come to $1.02 next to a total of $1.00. Here each part is rounded down or up to its
//! unit, the largest remainders up, as seats are given to parties. Exported amounts are not rounded at all.
//!
//! ```text
//!    5.336    5.33    5.34      the largest remainder is raised first; an "at least" part last, as it must not claim too much
//!    4.674    4.67    4.67      a part below one unit is written with more digits and stays as it is
//!   ------   -----   -----      an unknown part is left out
//!   10.010   10.00   10.01
//! ```

#[cfg(test)]
mod tests;

use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};
use crate::order::in_order;

/// The displayed parts, in their order. Figures that are not the parts of this total stay as they are.
pub(crate) fn shown(total: &Figure, parts: &[Figure], currency: Currency) -> Vec<Figure> {
    let mut rounded = parts.to_vec();
    if let Some(whole) = whole_units(total, parts, currency) {
        round_to(&mut rounded, whole, currency);
    }
    rounded
}

/// The displayed part and rest of an amount.
pub(crate) fn part_and_rest(whole: Amount, part: Amount, currency: Currency) -> (Amount, Amount) {
    let rest = whole - part;
    let exact = |amount| Figure::new(amount, Mark::Exact, []);
    let both = shown(&exact(whole), &[exact(part), exact(rest)], currency);
    let mut amounts = both.iter().filter_map(|figure| figure.amount);
    amounts.next().zip(amounts.next()).unwrap_or((part, rest))
}

fn magnitude(amount: Amount) -> Amount {
    amount.max(-amount)
}

/// Whether an amount is written in whole units of its currency.
fn is_coarse(amount: Amount, unit: Amount) -> bool {
    magnitude(amount) >= unit
}

/// The sum of the parts in whole units. `None` if they are not the parts of the total.
fn whole_units(total: &Figure, parts: &[Figure], currency: Currency) -> Option<Amount> {
    let (decimals, unit) = (currency.decimals(), currency.smallest());
    let is_least = total.mark == Mark::Floor;
    let told = total.amount.map(|amount| match is_least {
        true => amount.floored(decimals),
        false => amount.rounded(decimals),
    })?;
    let amounts = || parts.iter().filter_map(|part| part.amount);
    let coarse: Amount = amounts().filter(|amount| is_coarse(*amount, unit)).sum();
    let fine: Amount = amounts().filter(|amount| !is_coarse(*amount, unit)).sum();
    let adds_up = |whole: &Amount| {
        let off = *whole + fine - told;
        if is_least { !off.is_negative() && off < unit } else { magnitude(off + off) <= unit }
    };
    [coarse.floored(decimals), coarse.raised(decimals)].into_iter().find(adds_up)
}

/// Rounds the parts in whole units down, and then up as many of them as the sum needs.
fn round_to(parts: &mut [Figure], whole: Amount, currency: Currency) {
    let (decimals, unit) = (currency.decimals(), currency.smallest());
    let mut rest = whole;
    let mut raised = Vec::new();
    for part in parts {
        let Some(amount) = part.amount.filter(|amount| is_coarse(*amount, unit)) else { continue };
        let floor = amount.floored(decimals);
        rest = rest - floor;
        part.amount = Some(floor);
        if floor < amount {
            raised.push((part.mark == Mark::Floor, floor - amount, part));
        }
    }
    let raised = in_order(raised, |one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    for (_, _, part) in raised {
        if rest < unit {
            break;
        }
        rest = rest - unit;
        part.amount = part.amount.map(|floor| floor + unit);
    }
}
