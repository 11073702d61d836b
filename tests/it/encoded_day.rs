//! The encoded text of a day of readings.

use drawdown::books::reading::{Balance, Counter, Observation, Pools, Reading, Role, parse_day, write_next};
use drawdown::money::Amount;
use drawdown::time::DAY;
use proptest::prelude::*;

use crate::builders::at;
use crate::compaction::currency;

/// An amount as a provider may write it, with any trailing zeros.
fn provider_amount() -> impl Strategy<Value = Amount> {
    let any = (-1_000_000_000_000_i128..1_000_000_000_000, 0..13_u32);
    let usual = (0..100_000_i128, Just(2_u32));
    prop_oneof![any, usual].prop_map(|(digits, decimals)| Amount::from_digits(digits, decimals).unwrap())
}

fn reading() -> impl Strategy<Value = Reading> {
    let code = prop_oneof![Just("USD"), Just("CNY"), Just("JPY")];
    (code, 0..4_u8, provider_amount(), provider_amount()).prop_map(|(code, shape, one, two)| {
        let currency = currency(code);
        let pools = Pools::Split { granted: one, topped_up: two };
        match shape {
            0 => Reading::Balance(Balance { currency, pools: Pools::Total(one) }),
            1 => Reading::Balance(Balance { currency, pools }),
            2 => Reading::Counter(Counter { currency, total: one, this_month: None }),
            _ => Reading::Counter(Counter { currency, total: one, this_month: Some(two) }),
        }
    })
}

fn day_of_readings() -> impl Strategy<Value = Vec<Observation>> {
    let role = prop_oneof![8 => Just(Role::Follows), 1 => Just(Role::Baseline), 1 => Just(Role::Aside)];
    // Some times repeat, and some books repeat unchanged.
    let one = (0..DAY, role, prop::collection::vec(reading(), 0..4), any::<bool>());
    prop::collection::vec(one, 1..30).prop_map(|mut readings| {
        readings.sort_by_key(|(ms, ..)| *ms);
        let mut all: Vec<Observation> = Vec::new();
        for (ms, role, readings, is_again) in readings {
            let before = all.last().filter(|_| is_again).map(|before| before.readings.clone());
            let at = at("2026-11-22T00:00:00Z").plus(ms);
            all.push(Observation { at, role, readings: before.unwrap_or(readings) });
        }
        all
    })
}

fn written(observed: &[Observation]) -> String {
    let (mut text, mut before) = (String::new(), None);
    for one in observed {
        write_next(&mut text, one.at.day(), before, one);
        before = Some(one);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_encoded_day_decodes_without_loss(observed in day_of_readings()) {
        let day = observed[0].at.day();
        let read = parse_day(day, &written(&observed)).unwrap();
        // As JSON, because there each digit counts: 1.0 and 1.00 are equal but not identical.
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), serde_json::to_string(&observed).unwrap());
    }

    #[test]
    fn a_damaged_encoded_day_does_not_panic(observed in day_of_readings(), place in 0..400_usize, sign in any::<char>()) {
        let day = observed[0].at.day();
        let mut text: Vec<char> = written(&observed).chars().collect();
        let place = place % text.len();
        text[place] = sign;
        let _ = parse_day(day, &text.iter().collect::<String>());
        text.truncate(place);
        let _ = parse_day(day, &text.iter().collect::<String>());
    }
}

#[test]
fn an_encoded_day_is_short_if_little_changes() {
    let texts =
        [("10", "0.00", "15.00"), ("15", "0.00", "14.95"), ("20", "0.00", "14.95"), ("25", "0.00", "24.95")];
    let observed: Vec<_> = texts
        .map(|(minute, granted, paid)| {
            crate::builders::observed(
                &format!("2026-11-22T00:{minute}:00Z"),
                &format!("USD {granted}+{paid}"),
            )
        })
        .into();
    assert_eq!(written(&observed), "cuyo,USD:0.00/15.00;6fhc,/5;6fhc,;6fhc,/+rs");
    // An absent book is not written, and is written completely when it returns.
    let absent = [
        crate::builders::observed("2026-11-22T00:00:00Z", "USD 1.0"),
        crate::builders::observed("2026-11-22T00:00:01Z", ""),
        crate::builders::observed("2026-11-22T00:00:02Z", "USD 1.00"),
        crate::builders::observed("2026-11-22T00:00:03Z", "USD 1.0"),
    ];
    assert_eq!(written(&absent), "0,USD:1.0;rs;rs,USD:1.00;rs,=1.0");
}
