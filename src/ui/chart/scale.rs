//! The scale of a chart's amounts: round steps, and the position of an amount. Exact decimals throughout.

use crate::money::Amount;

/// The maximum number of steps of a chart: more lines are noise.
const MOST_STEPS: u64 = 5;
/// The powers of ten that a step can have.
const POWERS: core::ops::Range<u32> = 0..27;
/// The number of decimals of the finest step.
const FINEST: u32 = 12;

/// From a round amount at or below zero to a round amount above it, in steps of 1, 2 or 5 times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    low: Amount,
    high: Amount,
    step: Amount,
}

impl Scale {
    /// The scale that contains zero and both amounts. If all are zero, it ends at one.
    pub fn new(low: Amount, high: Amount) -> Scale {
        Scale::with_steps(low, high, MOST_STEPS)
    }

    /// The scale for a low chart, with at most `most_steps` steps.
    pub(crate) fn with_steps(low: Amount, high: Amount, most_steps: u64) -> Scale {
        let (fall, rise) = ((-low).or_zero(), high.or_zero());
        let rise = if fall.is_zero() && rise.is_zero() { Amount::whole(1) } else { rise };
        let holds = |step: &Amount| {
            let most = step.times(most_steps, 1);
            most.is_some_and(|most| fall.up_to_multiple(*step) + rise.up_to_multiple(*step) <= most)
        };
        let step = steps().find(holds).unwrap_or(fall + rise);
        Scale { low: -fall.up_to_multiple(step), high: rise.up_to_multiple(step), step }
    }

    /// From zero to exactly this amount, or to one if that is zero: for a chart without an axis.
    pub(crate) fn up_to(highest: Amount) -> Scale {
        let high = if highest > Amount::ZERO { highest } else { Amount::whole(1) };
        Scale { low: Amount::ZERO, high, step: high }
    }

    /// The amounts of the grid lines, from the lowest to the highest.
    pub fn ticks(&self) -> Vec<Amount> {
        let mut ticks = vec![self.low];
        while let Some(tick) = ticks.last().map(|last| *last + self.step).filter(|tick| *tick <= self.high) {
            if ticks.contains(&tick) {
                break;
            }
            ticks.push(tick);
        }
        ticks
    }

    /// The amount between two ticks.
    pub fn step(&self) -> Amount {
        self.step
    }

    /// The larger absolute value of both ends.
    pub(crate) fn top(&self) -> Amount {
        self.high.max(-self.low)
    }

    /// The distance of an amount below the scale's upper end, for a scale of length `height`. Clamped to the scale.
    pub(crate) fn below_top(&self, amount: Amount, height: u32) -> u32 {
        (self.high - amount).along(self.high - self.low, height)
    }
}

/// 1, 2 and 5 times the powers of ten, ascending.
fn steps() -> impl Iterator<Item = Amount> {
    let fine = (1..=FINEST).rev().map(|decimals| (1, decimals));
    let whole = POWERS.map(|power| (10_i128.pow(power), 0));
    fine.chain(whole)
        .flat_map(|(unit, decimals)| [1, 2, 5].map(|digit| Amount::from_digits(digit * unit, decimals)))
        .flatten()
}
