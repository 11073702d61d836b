//! Amounts as text: every form of the badge, and the limits of every form.

use proptest::prelude::*;

use super::{Grain, badge, bar_percent, count, figure, money, percent, price, range};
use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn currency(code: &str) -> Option<Currency> {
    Currency::parse(code)
}

fn badge_of(text: &str, code: &str, mark: Mark) -> String {
    badge(&Figure::new(amount(text), mark, []), currency(code))
}

#[test]
fn the_badge_has_a_form_for_every_size() {
    let usd = |text: &str| badge_of(text, "USD", Mark::Approximate);
    for (text, expected) in [
        ("0", "0"),
        ("0.000001", "<1¢"),
        ("0.0099", "<1¢"),
        ("0.01", "1¢"),
        ("0.42", "42¢"),
        ("0.994", "99¢"),
        ("0.995", "$1.0"),
        ("0.996", "$1.0"),
        ("1", "$1.0"),
        ("7.31", "$7.3"),
        ("9.94", "$9.9"),
        ("9.95", "$10"),
        ("9.99", "$10"),
        ("10", "$10"),
        ("42.5", "$42"),
        ("43.5", "$44"),
        ("128.2", "$128"),
        ("999.49", "$999"),
        ("999.5", "1.0k"),
        ("1200", "1.2k"),
        ("9949", "9.9k"),
        ("9950", "10k"),
        ("12345", "12k"),
        ("120000", "120k"),
        ("999499", "999k"),
        ("999500", "1.0M"),
        ("1234567", "1.2M"),
        ("12345678", "12M"),
        ("999500000", "1.0B"),
    ] {
        assert_eq!(usd(text), expected, "{text}");
    }
}

#[test]
fn a_floor_on_the_badge_is_rounded_down() {
    let usd = |text: &str| badge_of(text, "USD", Mark::Floor);
    for (text, expected) in [
        ("0.999", "99¢"),
        ("9.99", "$9.9"),
        ("42.9", "$42"),
        ("999.9", "$999"),
        ("9999", "9.9k"),
        ("999999", "999k"),
    ] {
        assert_eq!(usd(text), expected, "{text}");
    }
}

#[test]
fn the_badge_in_other_currencies() {
    assert_eq!(badge_of("0.42", "EUR", Mark::Exact), "42¢");
    assert_eq!(badge_of("0.42", "CNY", Mark::Exact), ".42");
    assert_eq!(badge_of("0.05", "GBP", Mark::Exact), ".05");
    assert_eq!(badge_of("0.001", "CNY", Mark::Exact), "<.01");
    assert_eq!(badge_of("7.31", "CNY", Mark::Exact), "¥7.3");
    assert_eq!(badge_of("7.31", "CHF", Mark::Exact), "7.3");
    assert_eq!(badge_of("128", "CHF", Mark::Exact), "128");
}

#[test]
fn a_refund_on_the_badge_keeps_its_minus() {
    for (text, expected) in [
        ("-0.42", "-42¢"),
        ("-7.31", "-7.3"),
        ("-43", "-$43"),
        ("-128", "-128"),
        ("-1234", "-1k"),
        ("-12345", "-12k"),
        ("-123456", "-.1M"),
        ("-1234567", "-1M"),
    ] {
        assert_eq!(badge_of(text, "USD", Mark::Exact), expected, "{text}");
    }
}

#[test]
fn unknown_is_a_dash() {
    assert_eq!(badge(&Figure::unknown([]), currency("USD")), "–");
    assert_eq!(figure(&Figure::unknown([]), currency("USD"), Grain::Cents), "–");
    assert_eq!(badge(&Figure::new(Amount::ZERO, Mark::Exact, []), None), "–");
}

#[test]
fn money_is_written_in_full() {
    let usd = |text: &str| money(amount(text), Currency::parse("USD").unwrap());
    for (text, expected) in [
        ("0", "$0.00"),
        ("12.4", "$12.40"),
        ("1234567.891", "$1,234,567.89"),
        ("-5", "-$5.00"),
        ("0.01", "$0.01"),
        ("0.0042", "$0.0042"),
        ("0.000042", "$0.000042"),
        ("0.00000042", "<$0.000001"),
        ("999.995", "$1,000.00"),
    ] {
        assert_eq!(usd(text), expected, "{text}");
    }
    assert_eq!(money(amount("1234.5"), Currency::parse("JPY").unwrap()), "JP¥1,234");
    assert_eq!(money(amount("12.5"), Currency::parse("CHF").unwrap()), "12.50 CHF");
}

#[test]
fn at_least_is_rounded_down_and_a_forecast_has_no_cents() {
    let written =
        |text: &str, mark, grain| figure(&Figure::new(amount(text), mark, []), currency("USD"), grain);
    assert_eq!(written("12.349", Mark::Floor, Grain::Cents), "$12.34");
    assert_eq!(written("12.349", Mark::Approximate, Grain::Cents), "$12.35");
    assert_eq!(written("244.9", Mark::Floor, Grain::Rough), "$244");
    assert_eq!(written("244.9", Mark::Approximate, Grain::Rough), "$245");
    assert_eq!(written("99.99", Mark::Approximate, Grain::Rough), "$99.99");
    assert_eq!(written("0.0049", Mark::Floor, Grain::Cents), "$0.0049", "a positive amount never reads zero");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn four_characters_hold_it(units in -10_i64.pow(14)..10_i64.pow(14), decimals in 0_u32..14, is_floor in any::<bool>(), code in "USD|CNY|JPY|CHF") {
        let amount = Amount::parse(&format!("{units}e-{decimals}")).unwrap();
        let mark = if is_floor { Mark::Floor } else { Mark::Approximate };
        let text = badge(&Figure::new(amount, mark, []), currency(&code));
        prop_assert!(text.chars().count() <= 4, "{amount} is {text}");
        prop_assert_eq!(text == "0", amount.is_zero(), "{} is {}", amount, text);
    }
}

#[test]
fn a_price_keeps_its_digits_and_a_call_its_hundredths_of_a_cent() {
    let usd = currency("USD").unwrap();
    for (text, expected) in [
        ("0.028", "$0.028"),
        ("0.28", "$0.28"),
        ("3", "$3.00"),
        ("0.000435", "$0.000435"),
        ("0", "$0.00"),
        ("0.0000001", "<$0.000001"),
    ] {
        assert_eq!(price(amount(text), usd), expected);
    }
    let fine = |text: &str, mark| figure(&Figure::new(amount(text), mark, []), Some(usd), Grain::Fine);
    for (text, expected) in
        [("0.01536", "$0.0154"), ("0.7", "$0.70"), ("0.00012", "$0.00012"), ("1.2345", "$1.23")]
    {
        assert_eq!(fine(text, Mark::Approximate), expected);
    }
    assert_eq!(fine("0.01539", Mark::Floor), "$0.0153");
}

#[test]
fn a_share_is_told_in_whole_percent() {
    for (part, whole, expected) in [
        ("38", "100", "38%"),
        ("999", "1000", "99%"),
        ("1", "1000", "<1%"),
        ("0", "5", "0%"),
        ("0", "0", "–"),
    ] {
        assert_eq!(percent(amount(part), amount(whole)), expected);
    }
}

#[test]
fn a_range_has_the_digits_of_its_figure_and_contains_it() {
    let usd = currency("USD").unwrap();
    let written = |middle: &str, low: &str, high: &str| {
        let (low, high) = range(amount(middle), (amount(low), amount(high)), usd, Grain::Rough);
        format!("{low} to {high}")
    };
    // A figure of at least $103.60 is written $103.
    assert_eq!(written("103.6", "103.6", "104.2"), "$103 to $105");
    assert_eq!(written("30.714", "27.438", "33.991"), "$27.43 to $34.00");
    assert_eq!(written("98.5", "93.12", "104.31"), "$93.12 to $104.31");
    assert_eq!(written("104", "104", "104"), "$104 to $105", "it has a width");
    assert_eq!(written("140", "0.4", "300"), "$0.40 to $300", "something is not nothing");
    assert_eq!(written("140", "0", "300"), "$0.00 to $300");
    assert_eq!(written("0.0042", "0.00311", "0.00533"), "$0.0031 to $0.0054");
    assert_eq!(written("0", "0", "0.01"), "$0.00 to $0.01");
    let cents = range(amount("140.5"), (amount("130.111"), amount("150.111")), usd, Grain::Cents);
    assert_eq!(cents, ("$130.11".to_owned(), "$150.12".to_owned()));
}

#[test]
fn something_is_never_written_as_nothing() {
    assert_eq!((count(amount("0.2")), count(amount("0"))), ("<1".to_owned(), "0".to_owned()));
    let of_bar = |part| bar_percent(amount(part), amount("1000"));
    assert_eq!((of_bar("0"), of_bar("1"), of_bar("500"), of_bar("2000")), (0, 1, 50, 100));
}

#[test]
fn each_currency_has_the_decimals_of_iso_4217() {
    let written = |text: &str, code: &str| money(amount(text), Currency::parse(code).unwrap());
    assert_eq!(written("1234.5", "CLP"), "1,234 CLP");
    assert_eq!(written("1234.6", "ISK"), "1,235 ISK");
    assert_eq!(written("1234.6", "UGX"), "1,235 UGX");
    assert_eq!(written("1.2345", "KWD"), "1.234 KWD");
    assert_eq!(written("0.4", "CLP"), "0.40 CLP", "less than a peso is not nothing");
}

proptest! {
    #[test]
    fn a_written_range_contains_its_written_figure(cents in 0..3_000_000_i64, half in 1..200_000_i64, is_floor in any::<bool>()) {
        let of = |cents: i64| amount(&format!("{cents}e-3"));
        let usd = currency("USD").unwrap();
        let mark = if is_floor { Mark::Floor } else { Mark::Approximate };
        let value = |text: &str| amount(&text.replace(['$', ',', '<'], ""));
        let middle = value(&figure(&Figure::new(of(cents), mark, []), Some(usd), Grain::Rough));
        let (low, high) = range(of(cents), (of((cents - half).max(0)), of(cents + half)), usd, Grain::Rough);
        prop_assert!(value(&low) <= middle && middle <= value(&high) && value(&low) < value(&high), "{low} {middle} {high}");
    }
}
