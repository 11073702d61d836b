//! Amounts as text: in full, for a forecast, and in the four characters of a badge. The only place that rounds.

#[cfg(test)]
mod tests;

use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};

/// What stands in place of an amount while amounts are hidden.
pub(crate) const HIDDEN: &str = "•••";
/// What stands in place of an unknown amount.
pub(crate) const UNKNOWN: &str = "–";

/// The finest amount that is written out.
const FINEST_DECIMALS: u32 = 6;
/// The finest step of an axis.
const FINEST_TICK: u32 = 28;
/// Decimals of what a call costs.
const FINE_DECIMALS: u32 = 4;

/// The sign of a currency. No two have the same: a page may show yuan next to yen.
fn sign(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "USD" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "CNY" => Some("¥"),
        "JPY" => Some("JP¥"),
        _ => None,
    }
}

/// The same in one character.
fn short_sign(currency: Currency) -> &'static str {
    if currency.code() == "JPY" { "¥" } else { sign(currency).unwrap_or_default() }
}

fn magnitude(amount: Amount) -> Amount {
    amount.max(-amount)
}

/// Cents, and more digits where there would be none left: `$1,234.50`, `-$0.0042`.
pub(crate) fn money(amount: Amount, currency: Currency) -> String {
    let size = magnitude(amount);
    if !size.is_zero() && size < Amount::unit(FINEST_DECIMALS) {
        return format!("<{}", written(Amount::unit(FINEST_DECIMALS), FINEST_DECIMALS, currency));
    }
    written(amount, decimals(amount, currency), currency)
}

/// The decimals of a currency, or as many more as an amount needs that would have none of its digits left.
fn decimals(amount: Amount, currency: Currency) -> u32 {
    let (usual, size) = (currency.decimals(), magnitude(amount));
    if size.is_zero() || size >= Amount::unit(usual) {
        return usual;
    }
    (usual + 2..=FINEST_DECIMALS).find(|d| size >= Amount::unit(d - 1)).unwrap_or(FINEST_DECIMALS)
}

/// Like [`money`], without cents from a hundred on: a forecast is not known to the cent.
fn rough_money(amount: Amount, currency: Currency) -> String {
    if magnitude(amount) < Amount::whole(100) {
        money(amount, currency)
    } else {
        written(amount, 0, currency)
    }
}

/// The ends of a range with as many digits as its figure, which is `amount` and written that finely. Its low end is
/// rounded down and its high end up, so that what is written still contains the figure and has a width.
pub(crate) fn range(
    amount: Amount,
    (low, high): (Amount, Amount),
    currency: Currency,
    grain: Grain,
) -> (String, String) {
    let is_rough = grain == Grain::Rough && magnitude(amount) >= Amount::whole(100);
    let decimals = if is_rough { 0 } else { decimals(amount, currency) };
    let (down, up) = (low.floored(decimals), high.raised(decimals));
    let up = if up > down { up } else { down + Amount::unit(decimals) };
    // A positive amount is never written as nothing.
    let least = if down.is_zero() { money(low, currency) } else { written(down, decimals, currency) };
    (least, written(up, decimals, currency))
}

/// Units of an axis with their letters, and the least upper end of an axis that has them.
const TICK_UNITS: [(u64, u64, &str); 4] = [
    (1_000_000_000_000, 1_000_000_000_000, "T"),
    (1_000_000_000, 1_000_000_000, "B"),
    (1_000_000, 1_000_000, "M"),
    (10_000, 1_000, "k"),
];

/// A round amount on an axis that ends at `top` and has lines at each `step`, with no digit that the steps do not need:
/// `$5`, `$0.50`, `$20k`.
pub(crate) fn tick(amount: Amount, step: Amount, top: Amount, currency: Currency) -> String {
    let is_reached = |least: u64| Amount::from_digits(least.into(), 0).is_some_and(|least| top >= least);
    let unit = TICK_UNITS.iter().find(|(least, _, _)| is_reached(*least));
    let (units, letter) = unit.map_or((1, ""), |(_, units, letter)| (*units, *letter));
    let scaled = |amount: Amount| amount.times(1, units).unwrap_or(amount);
    let (amount, step) = (scaled(amount), scaled(step));
    let needed = (0..=FINEST_TICK).find(|decimals| step.rounded(*decimals) == step).unwrap_or(FINEST_TICK);
    let decimals = match needed {
        _ if needed == 0 || amount.is_zero() => 0,
        _ if letter.is_empty() => needed.max(currency.decimals()),
        _ => (0..needed).find(|decimals| amount.rounded(*decimals) == amount).unwrap_or(needed),
    };
    let letter = if amount.is_zero() { "" } else { letter };
    let (minus, grouped) = grouped(&amount.to_fixed(decimals));
    match sign(currency) {
        Some(sign) => format!("{minus}{sign}{grouped}{letter}"),
        None => format!("{minus}{grouped}{letter} {currency}"),
    }
}

/// Every digit up to the finest: what a price is must not be rounded to another.
pub(crate) fn price(amount: Amount, currency: Currency) -> String {
    let usual = currency.decimals();
    let is_whole = |decimals: &u32| amount.rounded(*decimals) == amount.rounded(FINEST_DECIMALS);
    let decimals = (usual..FINEST_DECIMALS).find(is_whole).unwrap_or(FINEST_DECIMALS);
    if amount.rounded(decimals).is_zero() {
        money(amount, currency)
    } else {
        written(amount, decimals, currency)
    }
}

/// Every digit of an amount, and cents: what a person entered is shown as it was read.
pub(crate) fn exact(amount: Amount, currency: Currency) -> String {
    let (_, digits) = amount.digits();
    let is_whole = |decimals: &u32| amount.rounded(*decimals) == amount;
    let decimals = (currency.decimals()..digits).find(is_whole).unwrap_or(digits.max(currency.decimals()));
    written(amount, decimals, currency)
}

/// Like [`money`], with hundredths of a cent below one: a call costs little.
fn fine_money(amount: Amount, currency: Currency) -> String {
    price(amount.rounded(FINE_DECIMALS), currency)
}

/// How finely a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// To the cent.
    Cents,
    /// As a forecast.
    Rough,
    /// As the cost of one call.
    Fine,
}

/// The digits of a figure without its mark; "at least" is rounded down, the rest half-even.
pub(crate) fn figure(figure: &Figure, currency: Option<Currency>, grain: Grain) -> String {
    let (Some(amount), Some(currency)) = (figure.amount, currency) else { return UNKNOWN.to_owned() };
    let (write, decimals): (fn(Amount, Currency) -> String, _) = match grain {
        Grain::Rough if magnitude(amount) >= Amount::whole(100) => (rough_money, 0),
        Grain::Fine if magnitude(amount) >= Amount::unit(2) && magnitude(amount) < Amount::whole(1) => {
            (fine_money, FINE_DECIMALS)
        }
        _ => (money, currency.decimals()),
    };
    let is_plain = magnitude(amount) >= Amount::unit(decimals);
    match figure.mark {
        Mark::Floor if is_plain => write(amount.floored(decimals), currency),
        _ => write(amount, currency),
    }
}

/// A figure as plain text, with its mark.
pub(crate) fn marked(shown: &Figure, currency: Option<Currency>, grain: Grain) -> String {
    let digits = figure(shown, currency, grain);
    match shown.mark {
        Mark::Floor => format!("≥ {digits}"),
        Mark::Approximate => format!("{digits}*"),
        Mark::Exact | Mark::Unknown => digits,
    }
}

/// A share in whole percent, rounded down: 100 % is shown only when it is reached.
pub(crate) fn percent(part: Amount, whole: Amount) -> String {
    let percent = part.over(whole).and_then(|share| share.of_whole(100));
    match percent {
        None => UNKNOWN.to_owned(),
        Some(0) if !part.is_zero() => "<1%".to_owned(),
        Some(percent) => format!("{percent}%"),
    }
}

/// A share in at most four characters: "66%", and "12x" where it is ten times the whole and more.
pub(crate) fn badge_share(part: Amount, whole: Amount) -> String {
    let times = part.over(whole).and_then(|share| share.of_whole(1)).unwrap_or_default();
    if times < 10 { percent(part, whole) } else { format!("{}x", times.min(999)) }
}

/// How much of a bar a share fills, in percent: something, where it is not nothing.
pub(crate) fn bar_percent(part: Amount, whole: Amount) -> u32 {
    part.along(whole, 100).max(u32::from(part > Amount::ZERO))
}

/// A quantity, grouped.
pub(crate) fn count(quantity: Amount) -> String {
    if quantity > Amount::ZERO && quantity.rounded(0).is_zero() {
        return "<1".to_owned();
    }
    let (minus, grouped) = grouped(&quantity.to_fixed(0));
    format!("{minus}{grouped}")
}

/// Sign, grouped digits, decimals.
fn written(amount: Amount, decimals: u32, currency: Currency) -> String {
    let (minus, grouped) = grouped(&amount.to_fixed(decimals));
    match sign(currency) {
        Some(sign) => format!("{minus}{sign}{grouped}"),
        None => format!("{minus}{grouped} {currency}"),
    }
}

/// The minus of a number, and its digits with their thousands apart.
fn grouped(fixed: &str) -> (&'static str, String) {
    let (minus, digits) = fixed.strip_prefix('-').map_or(("", fixed), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(part) = part {
        grouped.push('.');
        grouped.push_str(part);
    }
    (minus, grouped)
}

/// An amount without its currency in four characters, where its unit is clear from what is around it: `7.3`, `214`, `1.2k`.
pub(crate) fn short_number(amount: Amount) -> String {
    let size = magnitude(amount);
    let minus = if amount.is_negative() { "-" } else { "" };
    if size < Amount::whole(1) {
        let is_too_little = !size.is_zero() && size.rounded(2).is_zero();
        return if is_too_little { "<.01".to_owned() } else { format!("{minus}{}", size.rounded(2)) };
    }
    for (units, letter) in [(1, ""), (1_000, "k"), (1_000_000, "M"), (1_000_000_000, "B")] {
        let scaled = size.times(1, units).unwrap_or(size);
        let digits =
            if scaled.rounded(1) < Amount::whole(10) { scaled.rounded(1) } else { scaled.rounded(0) };
        if digits < Amount::whole(1_000) {
            return format!("{minus}{digits}{letter}");
        }
    }
    UNKNOWN.to_owned()
}

/// At most four characters, chosen after rounding, so that nothing is ever cut (DESIGN of the badge: `42¢`, `$7.3`,
/// `$128`, `1.2k`).
pub(crate) fn badge(figure: &Figure, currency: Option<Currency>) -> String {
    let (Some(amount), Some(currency)) = (figure.amount, currency) else { return UNKNOWN.to_owned() };
    let minus = if amount.is_negative() { "-" } else { "" };
    let (sign, has_cents) = (short_sign(currency), matches!(currency.code(), "USD" | "EUR"));
    let size = magnitude(amount);
    let is_down = figure.mark == Mark::Floor && !amount.is_negative();
    let round =
        |amount: Amount, decimals| if is_down { amount.floored(decimals) } else { amount.rounded(decimals) };
    let per = |units: u64| size.times(1, units).unwrap_or_default();
    // Each form with the amount as it would round, and the least that is too much for it.
    let cents = round(size, 2);
    let tenths = round(size, 1);
    let units = round(size, 0);
    let thousand = |power: u32| 1_000_u64.saturating_pow(power);
    if size.is_zero() {
        return "0".to_owned();
    }
    if size < Amount::unit(2) {
        return if has_cents { "<1¢" } else { "<.01" }.to_owned();
    }
    if cents < Amount::whole(1) {
        let hundredths = cents.times(100, 1).unwrap_or_default().to_fixed(0);
        return if has_cents {
            format!("{minus}{hundredths}¢")
        } else {
            format!("{minus}.{hundredths:0>2}")
        };
    }
    if tenths < Amount::whole(10) {
        return fitted(minus, sign, &tenths.to_fixed(1), &units.to_fixed(0));
    }
    if units < Amount::whole(1_000) {
        return fitted(minus, sign, &units.to_fixed(0), &units.to_fixed(0));
    }
    for (power, letter) in [(1, "k"), (2, "M"), (3, "B")] {
        let scaled = per(thousand(power));
        let (fine, plain) = (round(scaled, 1), round(scaled, 0));
        if fine < Amount::whole(10) {
            let letters = |digits: String| format!("{digits}{letter}");
            let digits = fine.to_fixed(1);
            return fitted(
                minus,
                "",
                &letters(digits.trim_start_matches('0').to_owned()),
                &letters(plain.to_fixed(0)),
            );
        }
        // A minus takes the place of a digit.
        if plain < Amount::whole(if minus.is_empty() { 1_000 } else { 100 }) {
            return format!("{minus}{}{letter}", plain.to_fixed(0));
        }
    }
    UNKNOWN.to_owned()
}

/// With its sign where four characters hold it, else without, else the shorter digits.
fn fitted(minus: &str, sign: &str, digits: &str, shorter: &str) -> String {
    let forms = [format!("{minus}{sign}{digits}"), format!("{minus}{digits}"), format!("{minus}{shorter}")];
    let [_, _, last] = &forms;
    forms.iter().find(|form| form.chars().count() <= 4).unwrap_or(last).clone()
}
