//! Merges the settled days of two sides. Does not know readings, nor the day from which they count.

use crate::books::ledger::SettledDay;
use crate::money::Currency;
use crate::order::in_order;

/// For each book, takes the days of the side that began first, then the other side's later days. The sides never alternate:
/// each spreads a window over its days in its own way (rule L7), so a mix could count more than was spent. The last day of the
/// first side may be partial: the other side's whole day replaces it, or else the larger one wins.
pub(super) fn merge_settled(
    here: &[SettledDay],
    there: &[SettledDay],
    began_there: impl Fn(Currency) -> bool,
) -> Vec<SettledDay> {
    let mut currencies: Vec<Currency> = Vec::new();
    for settled in here.iter().chain(there) {
        if !currencies.contains(&settled.currency) {
            currencies.push(settled.currency);
        }
    }
    let of_book = |currency: Currency| {
        let days = |side: &[SettledDay]| {
            let days = side.iter().filter(|settled| settled.currency == currency).copied();
            in_order(days, |one, other| one.day.cmp(&other.day))
        };
        let (mut first, second) = match began_there(currency) {
            true => (days(there), days(here)),
            false => (days(here), days(there)),
        };
        let rank = |settled: &SettledDay| (settled.whole.is_some(), settled.spend);
        for settled in second {
            match first.last_mut() {
                Some(last) if settled.day < last.day => {}
                Some(last) if settled.day == last.day => {
                    if last.whole.is_none() && rank(&settled) > rank(last) {
                        *last = settled;
                    }
                }
                _ => first.push(settled),
            }
        }
        first
    };
    in_order(currencies, Currency::cmp).into_iter().flat_map(of_book).collect()
}
