//! Money: reading, rounding, sums.

use drawdown::money::{Amount, Currency, Rate};
use proptest::prelude::*;

use crate::builders::amount;

#[test]
fn an_amount_is_read_from_its_digits() {
    let read = |text: &str| Amount::parse(text).map(|amount| amount.to_string());
    assert_eq!(read("12.30"), Ok("12.3".to_owned()));
    assert_eq!(read("-0.00"), Ok("0".to_owned()));
    assert_eq!(read("1e-9"), Ok("0.000000001".to_owned()));
    assert_eq!(read("1.5E3"), Ok("1500".to_owned()));
    assert_eq!(read("999999999999999.999999999999"), Ok("999999999999999.999999999999".to_owned()));
    for bad in [
        "",
        " 1",
        "1 ",
        "1,000",
        "1_000",
        "NaN",
        "inf",
        "0x1",
        "1e",
        "e5",
        "--1",
        "1.2.3",
        "1e99",
        "1000000000000000",
        "-1e15",
        "١",
    ] {
        assert!(Amount::parse(bad).is_err(), "{bad:?} is no amount");
    }
}

#[test]
fn a_huge_exponent_is_refused_quickly() {
    // Without a limit, each of these takes billions of steps.
    for text in ["0e2147483647", "1e-2147483647", "0e-2147483648"] {
        assert_eq!(Amount::parse(text), Ok(Amount::ZERO), "{text}");
    }
    assert!(Amount::parse("1e2147483647").is_err());
    // Within it every digit counts: 28 decimals and 14 digits before them.
    assert_eq!(amount("0.0000000000000000000000000001e40"), amount("1000000000000"));
    assert_eq!(amount("1e-28").to_string(), "0.0000000000000000000000000001");
}

#[test]
fn a_percentage_stays_on_its_scale() {
    let along = |of: &str, top: &str| amount(of).along(amount(top), 720);
    assert_eq!(along("5", "10"), 360);
    assert_eq!((along("10", "10"), along("10.01", "10"), along("99999", "10")), (720, 720, 720));
    assert_eq!((along("-1", "10"), along("3", "0")), (0, 0));
}

#[test]
fn a_currency_has_the_decimals_of_iso_4217() {
    for (code, decimals) in [
        ("USD", 2),
        ("JPY", 0),
        ("CLP", 0),
        ("ISK", 0),
        ("UGX", 0),
        ("VND", 0),
        ("KWD", 3),
        ("BHD", 3),
        ("XXQ", 2),
    ] {
        assert_eq!(Currency::parse(code).unwrap().decimals(), decimals, "{code}");
    }
    assert_eq!(Currency::parse("KWD").unwrap().smallest(), amount("0.001"));
}

#[test]
fn an_amount_keeps_every_digit_in_storage() {
    let stored = serde_json::to_string(&amount("12.300")).unwrap();
    assert_eq!(stored, "\"12.300\"");
    assert_eq!(serde_json::from_str::<Amount>(&stored).unwrap().to_stored(), "12.300");
}

#[test]
fn rounding_is_half_even_and_at_least_is_rounded_down() {
    assert_eq!(amount("0.125").to_fixed(2), "0.12");
    assert_eq!(amount("0.135").to_fixed(2), "0.14");
    assert_eq!(amount("7").to_fixed(2), "7.00");
    assert_eq!(amount("0.999").floored(2).to_fixed(2), "0.99");
    assert_eq!(amount("-0.991").floored(2).to_fixed(2), "-1.00");
}

#[test]
fn a_currency_is_three_letters() {
    assert_eq!(Currency::parse("cny").map(|currency| currency.to_string()), Some("CNY".to_owned()));
    for bad in ["", "US", "USDT", "U$D", "US1", "¥¥"] {
        assert_eq!(Currency::parse(bad), None, "{bad:?} is no currency");
    }
}

#[test]
fn a_rate_is_above_zero() {
    assert!(serde_json::from_str::<Rate>("\"0.14\"").is_ok());
    assert!(serde_json::from_str::<Rate>("\"0\"").is_err());
    assert!(serde_json::from_str::<Rate>("-1").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_text_never_panics(text in "[-+0-9.eE]{0,40}|\\PC{0,20}") {
        if let Ok(read) = Amount::parse(&text) {
            prop_assert_eq!(Amount::parse(&read.to_stored()), Ok(read));
        }
    }

    #[test]
    fn shares_of_any_amount_sum_to_it(units in -10_i64.pow(14)..10_i64.pow(14), decimals in 0_u32..18, cuts in prop::collection::vec(0_u64..1_000_000, 0..20)) {
        let whole = Amount::parse(&format!("{units}e-{decimals}")).unwrap();
        let mut cuts = cuts;
        cuts.extend([0, 1_000_000]);
        cuts.sort_unstable();
        let parts = cuts.windows(2).map(|cut| {
            let from = if cut[0] == 0 { Amount::ZERO } else { whole.share(cut[0], 1_000_000) };
            whole.share(cut[1], 1_000_000) - from
        });
        prop_assert_eq!(parts.sum::<Amount>(), whole);
    }
}
