//! Displayed parts add up to their displayed total, whatever their marks.

use proptest::prelude::*;

use super::{part_and_rest, shown};
use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};
use crate::ui::format::{Grain, marked};

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn currency(code: &str) -> Option<Currency> {
    Currency::parse(code)
}

/// Parts with their marks: below a unit, in whole units, or of both.
fn some_parts() -> impl Strategy<Value = Vec<Figure>> {
    let amount = prop_oneof![-2_000_i128..200_000, Just(0), 0_i128..10_000_000_000];
    let mark =
        prop_oneof![Just(Mark::Exact), Just(Mark::Approximate), Just(Mark::Floor), Just(Mark::Unknown)];
    let part = (amount, mark).prop_map(|(amount, mark)| match mark {
        Mark::Unknown => Figure::unknown([]),
        mark => Figure::new(Amount::from_digits(amount, 5).unwrap(), mark, []),
    });
    prop::collection::vec(part, 1..12)
}

proptest! {
    #[test]
    fn parts_as_shown_add_up_to_the_total_as_shown(figures in some_parts(), code in "USD|JPY|KWD") {
        let currency = currency(&code).unwrap();
        let (unit, decimals) = (currency.smallest(), currency.decimals());
        let total = Figure::sum(&figures);
        let shown = shown(&total, &figures, currency);
        prop_assert_eq!(shown.len(), figures.len());
        let is_fine = |figure: &&Figure| figure.amount.is_some_and(|amount| amount.max(-amount) < unit);
        for (before, after) in figures.iter().zip(&shown) {
            prop_assert_eq!((before.mark, before.reasons), (after.mark, after.reasons));
            let (Some(before), Some(after)) = (before.amount, after.amount) else {
                prop_assert_eq!(before.amount, after.amount);
                continue;
            };
            let moved = after - before;
            prop_assert!(moved < unit && -moved < unit, "{} is shown as {}", before, after);
            prop_assert_eq!(before.is_zero(), after.is_zero());
            prop_assert_eq!(before.is_negative(), after.is_negative());
        }
        for (one, other) in figures.iter().zip(&shown).zip(figures.iter().zip(&shown).skip(1)) {
            let is_like = (one.0.mark == Mark::Floor) == (other.0.mark == Mark::Floor);
            let keeps = |before: Option<Amount>, after: Option<Amount>, shown: [Option<Amount>; 2]| {
                before >= after || shown[0] <= shown[1]
            };
            prop_assert!(!is_like || keeps(one.0.amount, other.0.amount, [one.1.amount, other.1.amount]));
            prop_assert!(!is_like || keeps(other.0.amount, one.0.amount, [other.1.amount, one.1.amount]));
        }
        if let Some(amount) = total.amount {
            let sum: Amount = shown.iter().filter_map(|figure| figure.amount).sum();
            let is_least = total.mark == Mark::Floor;
            let told = if is_least { amount.floored(decimals) } else { amount.rounded(decimals) };
            let off = sum - told;
            if is_least {
                prop_assert!(!off.is_negative() && off < unit, "{} next to at least {}", sum, told);
            } else {
                prop_assert!(off + off <= unit && -(off + off) <= unit, "{} next to {}", sum, told);
            }
            // If all parts are in whole units, nothing is left over.
            if !figures.iter().filter(|figure| figure.amount.is_some_and(|amount| !amount.is_zero())).any(|figure| is_fine(&figure)) {
                prop_assert_eq!(off, Amount::ZERO);
            }
        }
    }
}

#[test]
fn the_largest_remainders_are_rounded_up() {
    let usd = Currency::USD;
    let written = |total: (&str, Mark), figures: &[(&str, Mark)]| -> Vec<String> {
        let figure = |(text, mark): &(&str, Mark)| Figure::new(amount(text), *mark, []);
        let figures: Vec<Figure> = figures.iter().map(figure).collect();
        shown(&figure(&total), &figures, usd)
            .iter()
            .map(|part| marked(part, Some(usd), Grain::Cents))
            .collect()
    };
    let (exact, least) = (Mark::Exact, Mark::Floor);
    let thirds = [("0.335", exact), ("0.335", exact), ("0.33", exact)];
    assert_eq!(written(("1", exact), &thirds), ["$0.34", "$0.33", "$0.33"]);
    assert_eq!(written(("10.01", exact), &[("5.336", exact), ("4.674", exact)]), ["$5.34", "$4.67"]);
    // An "at least" part is not raised while another part can be.
    assert_eq!(written(("2.01", exact), &[("1.009", least), ("1.001", exact)]), ["≥ $1.00", "$1.01"]);
    // A part below a cent keeps its digits.
    assert_eq!(written(("1.0042", exact), &[("1", exact), ("0.0042", exact)]), ["$1.00", "$0.0042"]);
    // These are not the parts of this total, so they are rounded independently.
    assert_eq!(written(("9", exact), &[("0.335", exact), ("0.337", exact)]), ["$0.34", "$0.34"]);
}

#[test]
fn a_part_and_the_rest_come_to_the_whole() {
    let usd = Currency::USD;
    assert_eq!(part_and_rest(amount("10"), amount("3.335"), usd), (amount("3.34"), amount("6.66")));
    assert_eq!(part_and_rest(amount("10"), amount("0"), usd), (amount("0"), amount("10")));
}
