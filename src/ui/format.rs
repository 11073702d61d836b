//! Amounts as text: in full, for a forecast, and in the four characters of a badge. The only place that rounds.

#[cfg(test)]
mod tests;

use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};

/// The text in place of a hidden amount.
pub(crate) const HIDDEN: &str = "•••";
/// The text in place of an unknown amount.
pub(crate) const UNKNOWN: &str = "–";

/// The maximum number of decimals of an amount.
const FINEST_DECIMALS: u32 = 6;
/// The maximum number of decimals of an axis step.
const FINEST_TICK: u32 = 28;
/// The decimals of the cost of a call.
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

/// The sign of a currency in one character.
fn short_sign(currency: Currency) -> &'static str {
    if currency.code() == "JPY" { "¥" } else { sign(currency).unwrap_or_default() }
}

fn magnitude(amount: Amount) -> Amount {
    amount.max(-amount)
}

/// With cents, or with more digits if cents would show zero: `$1,234.50`, `-$0.0042`.
pub(crate) fn money(amount: Amount, currency: Currency) -> String {
    let size = magnitude(amount);
    if !size.is_zero() && size < Amount::unit(FINEST_DECIMALS) {
        return format!("<{}", written(Amount::unit(FINEST_DECIMALS), FINEST_DECIMALS, currency));
    }
    written(amount, decimals(amount, currency), currency)
}

/// The decimals of a currency, or more if an amount would otherwise show zero.
fn decimals(amount: Amount, currency: Currency) -> u32 {
    let (usual, size) = (currency.decimals(), magnitude(amount));
    if size.is_zero() || size >= Amount::unit(usual) {
        return usual;
    }
    (usual + 2..=FINEST_DECIMALS).find(|d| size >= Amount::unit(d - 1)).unwrap_or(FINEST_DECIMALS)
}

/// Like [`money`], but without cents from a hundred up, because a forecast is not exact to the cent.
fn rough_money(amount: Amount, currency: Currency) -> String {
    if magnitude(amount) < Amount::whole(100) {
        money(amount, currency)
    } else {
        written(amount, 0, currency)
    }
}

/// The ends of a range, with as many digits as its figure `amount`. The low end is rounded down and the high end up, so that the
/// displayed range contains the figure and has a width.
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
    // A positive amount is never written as zero.
    let least = if down.is_zero() { money(low, currency) } else { written(down, decimals, currency) };
    (least, written(up, decimals, currency))
}

/// Units of an axis with their letters, and the smallest upper end of an axis with that unit.
const TICK_UNITS: [(u64, u64, &str); 4] = [
    (1_000_000_000_000, 1_000_000_000_000, "T"),
    (1_000_000_000, 1_000_000_000, "B"),
    (1_000_000, 1_000_000, "M"),
    (10_000, 1_000, "k"),
];

/// A round amount on an axis that ends at `top` and has a line at each `step`, with only the digits that the steps need: `$5`,
/// `$0.50`, `$20k`.
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

/// All digits up to the finest, because rounding would change the price.
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

/// All digits of an amount, and cents: an entered amount is shown as it was read.
pub(crate) fn exact(amount: Amount, currency: Currency) -> String {
    let (_, digits) = amount.digits();
    let is_whole = |decimals: &u32| amount.rounded(*decimals) == amount;
    let decimals = (currency.decimals()..digits).find(is_whole).unwrap_or(digits.max(currency.decimals()));
    written(amount, decimals, currency)
}

/// Like [`money`], but with hundredths of a cent below one, because a call costs little.
fn fine_money(amount: Amount, currency: Currency) -> String {
    price(amount.rounded(FINE_DECIMALS), currency)
}

/// The precision of a displayed figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// To the cent.
    Cents,
    /// As a forecast.
    Rough,
    /// As the cost of one call.
    Fine,
}

/// The digits of a figure without its mark. "At least" is rounded down, the rest half-even.
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

/// A share in at most four characters: "66%", or "12x" from ten times the whole up.
pub(crate) fn badge_share(part: Amount, whole: Amount) -> String {
    let times = part.over(whole).and_then(|share| share.of_whole(1)).unwrap_or_default();
    if times < 10 { percent(part, whole) } else { format!("{}x", times.min(999)) }
}

/// The part of a bar that a share fills, in percent; never zero for a nonzero share.
pub(crate) fn bar_percent(part: Amount, whole: Amount) -> u32 {
    part.along(whole, 100).max(u32::from(part > Amount::ZERO))
}

/// A quantity with grouped digits.
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

/// The minus sign of a number, and its digits with grouped thousands.
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

/// An amount without its currency in four characters, for a context that shows the currency: `7.3`, `214`, `1.2k`.
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

/// At most four characters, chosen after rounding, so that nothing is ever cut off (DESIGN of the badge: `42¢`, `$7.3`, `$128`,
/// `1.2k`).
pub(crate) fn badge(figure: &Figure, currency: Option<Currency>) -> String {
    let (Some(amount), Some(currency)) = (figure.amount, currency) else { return UNKNOWN.to_owned() };
    let minus = if amount.is_negative() { "-" } else { "" };
    let (sign, has_cents) = (short_sign(currency), matches!(currency.code(), "USD" | "EUR"));
    let size = magnitude(amount);
    let is_down = figure.mark == Mark::Floor && !amount.is_negative();
    let round =
        |amount: Amount, decimals| if is_down { amount.floored(decimals) } else { amount.rounded(decimals) };
    let per = |units: u64| size.times(1, units).unwrap_or_default();
    // Each form with the amount as it would round, and the smallest amount that is too large for it.
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
        // A minus sign takes the place of a digit.
        if plain < Amount::whole(if minus.is_empty() { 1_000 } else { 100 }) {
            return format!("{minus}{}{letter}", plain.to_fixed(0));
        }
    }
    UNKNOWN.to_owned()
}

/// With the currency sign if it fits in four characters, else without it, else with the shorter digits.
fn fitted(minus: &str, sign: &str, digits: &str, shorter: &str) -> String {
    let forms = [format!("{minus}{sign}{digits}"), format!("{minus}{digits}"), format!("{minus}{shorter}")];
    let [_, _, last] = &forms;
    forms.iter().find(|form| form.chars().count() <= 4).unwrap_or(last).clone()
}
