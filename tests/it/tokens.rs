//! Tokens: the counting rule, the advice and the estimate.

use std::time::{Duration, Instant};

use drawdown::books::bill::{Unit, Usage};
use drawdown::books::tokens::{
    Advice, Count, Estimate, GOAL_OF_HITS, MILLION, MOST_TEXT, Method, Price, TokenPrices, What, advice,
    count,
};
use drawdown::money::{Amount, Money};
use drawdown::time::Day;
use proptest::prelude::*;

use crate::builders::{amount, usd};

fn counted(text: &str) -> (u64, u64) {
    let Count { tokens, unknown } = count(text).unwrap();
    (tokens, unknown)
}

#[test]
fn a_text_is_counted_by_the_rule() {
    for (text, count) in [
        ("", (0, 0)),
        ("a", (1, 0)),
        ("Hello, world", (4, 0)),
        ("1234567890", (3, 0)),
        (" \n\t  ", (2, 0)),
        ("你好世界吗", (3, 0)),
        ("你好，世界。", (4, 0)),
        ("𠀀㐀", (2, 0)),
        // Ten letters and ten ideographs: 3 + 6.
        ("abcdefghij一二三四五六七八九十", (9, 0)),
        ("it’s — “so”…", (4, 0)),
        ("Привет", (0, 6)),
        ("こんにちは", (0, 5)),
        ("한국", (0, 2)),
        ("Größe", (1, 2)),
        ("ok 🙂", (1, 1)),
        ("👨‍👩‍👧", (0, 5)),
    ] {
        assert_eq!(counted(text), count, "{text}");
    }
}

#[test]
fn a_megabyte_is_counted_quickly_and_more_is_refused() {
    let ideographs = MOST_TEXT / 3;
    let begun = Instant::now();
    assert_eq!(counted(&"a".repeat(1_000_000)), (300_000, 0));
    assert_eq!(counted(&"漢".repeat(ideographs)).0, u64::try_from(ideographs * 6).unwrap().div_ceil(10));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert!(count(&"a".repeat(MOST_TEXT)).is_some());
    assert_eq!(count(&"a".repeat(MOST_TEXT + 1)), None);
}

fn price(name: &str, unit: Unit, price_text: &str) -> Price {
    let price = Money { amount: amount(price_text), currency: usd() };
    Price { name: name.to_owned(), unit, price, on: Day::parse("2026-11-20").unwrap() }
}

fn usage(name: &str, unit: Unit, quantity: u64) -> Usage {
    Usage { name: name.to_owned(), unit, quantity: Amount::whole(1).times(quantity, 1).unwrap() }
}

/// A model's cache hits, misses, output tokens and requests, with the price per million of each except requests.
type Model<'a> = (&'a str, [u64; 4], [&'a str; 3]);

const UNITS: [Unit; 4] = [Unit::CacheHit, Unit::CacheMiss, Unit::Output, Unit::Requests];

/// The usage, bills and prices of models, to the last digit.
fn month(models: &[Model<'_>]) -> (Vec<Usage>, Vec<(String, Amount)>, Vec<Price>) {
    let (mut used, mut lines, mut prices) = (Vec::new(), Vec::new(), Vec::new());
    for (name, quantities, prices_of_model) in models {
        used.extend(UNITS.iter().zip(quantities).map(|(unit, quantity)| usage(name, *unit, *quantity)));
        prices.extend(
            UNITS
                .iter()
                .zip(prices_of_model)
                .map(|(unit, prices_of_model)| price(name, *unit, prices_of_model)),
        );
        let each = quantities
            .iter()
            .zip(prices_of_model)
            .map(|(quantity, prices_of_model)| amount(prices_of_model).times(*quantity, MILLION).unwrap());
        lines.push(((*name).to_owned(), each.sum()));
    }
    (used, lines, prices)
}

fn advice_for(models: &[Model<'_>]) -> Vec<Advice> {
    let (usage, lines, prices) = month(models);
    advice(&usage, &lines, &prices, usd())
}

const CHAT: Model<'_> = ("chat", [3_800_000, 6_200_000, 1_000_000, 100], ["0.1", "1", "2"]);

#[test]
fn more_cache_hits_would_have_saved_the_difference_in_price() {
    // 4,200,000 more hits, each cheaper by 0.90 per million.
    let what = What::Cached { hits: 38 };
    assert_eq!(advice_for(&[CHAT]), [Advice { model: "chat".to_owned(), saving: amount("3.78"), what }]);
    let enough = ("chat", [8_000_000, 2_000_000, 1_000_000, 100], ["0.1", "1", "2"]);
    assert_eq!(advice_for(&[enough]), []);
    let no_cheaper = ("chat", [3_800_000, 6_200_000, 1_000_000, 100], ["1", "1", "2"]);
    assert_eq!(advice_for(&[no_cheaper]), []);
}

#[test]
fn much_output_would_have_cost_a_fifth_less() {
    let thinks = ("reasoner", [9_000_000, 1_000_000, 4_000_000, 100], ["0.1", "1", "2"]);
    let what = What::Shorter { output: 80 };
    assert_eq!(advice_for(&[thinks]), [Advice { model: "reasoner".to_owned(), saving: amount("1.6"), what }]);
}

#[test]
fn an_expensive_model_is_compared_with_a_cheaper_one_in_use() {
    let dear = ("pro", [0, 1_000_000, 100_000, 10], ["1", "10", "20"]);
    let cheap = ("flash", [9_000_000, 1_000_000, 100_000, 90], ["0.1", "1", "2"]);
    let advice = advice_for(&[dear, cheap]);
    // $12 at its own prices, $1.20 at the other's: of $14.10, for 10 of 100 requests.
    let what = What::Other { model: "flash".to_owned(), cost: 85, requests: 10 };
    assert_eq!(advice[0], Advice { model: "pro".to_owned(), saving: amount("10.8"), what });
    assert_eq!(advice[1].what, What::Cached { hits: 0 });
    assert_eq!(advice.len(), 2, "{advice:?}");
}

#[test]
fn no_advice_without_its_data() {
    let (usage, lines, prices) = month(&[CHAT]);
    assert_eq!(advice(&usage, &lines, &[], usd()), []);
    assert_eq!(advice(&[], &lines, &prices, usd()), []);
    assert_eq!(advice(&usage, &[], &prices, usd()), []);
    for unit in 0..3 {
        let mut known = prices.clone();
        known.remove(unit);
        assert_eq!(advice(&usage, &lines, &known, usd()), [], "{unit}");
    }
    // Prices that do not give the billed amount are not this month's prices.
    let dearer: Vec<_> =
        lines.iter().map(|(name, billed)| (name.clone(), billed.times(12, 10).unwrap())).collect();
    assert_eq!(advice(&usage, &dearer, &prices, usd()), []);
    let yuan = drawdown::money::Currency::parse("CNY").unwrap();
    assert_eq!(advice(&usage, &lines, &prices, yuan), []);
    // A saving below a hundredth of the month is not mentioned.
    let mut with_other = lines.clone();
    with_other.push(("other".to_owned(), amount("400")));
    assert_eq!(advice(&usage, &with_other, &prices, usd()), []);
}

proptest! {
    #[test]
    fn advice_saves_at_most_the_cost_of_its_model(
        quantities in prop::collection::vec(prop::array::uniform4(0_u64..50_000_000), 0..5),
        prices in prop::collection::vec(prop::array::uniform3(0_u32..40), 5),
    ) {
        let texts: Vec<_> = prices.iter().map(|price_tenths| price_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10))).collect();
        let names = ["a", "b", "c", "d", "e"];
        let models: Vec<Model<'_>> = quantities.iter().zip(&texts).zip(names)
            .map(|((quantities, texts), name)| (name, *quantities, texts.each_ref().map(String::as_str))).collect();
        let (usage, lines, known) = month(&models);
        let found = advice(&usage, &lines, &known, usd());
        let month: Amount = lines.iter().map(|(_, billed)| *billed).sum();
        prop_assert!(found.len() <= 3);
        prop_assert!(found.is_sorted_by(|one, two| one.saving >= two.saving));
        for Advice { model, saving, what } in found {
            let (_, billed) = lines.iter().find(|(name, _)| *name == model).unwrap();
            prop_assert!(saving > Amount::ZERO && saving <= *billed && saving.times(100, 1).unwrap() >= month);
            if let What::Cached { hits } = what {
                prop_assert!(hits < GOAL_OF_HITS);
            }
        }
    }

    #[test]
    fn every_character_is_counted_once(text in any::<String>()) {
        let (tokens, unknown) = counted(&text);
        let characters = u64::try_from(text.chars().count()).unwrap();
        prop_assert!(unknown <= characters);
        let known = characters - unknown;
        prop_assert!(tokens * 10 >= known * 3 && tokens * 10 < known * 6 + 10);
    }
}

#[test]
fn an_estimate_is_input_and_output_at_their_prices() {
    let terms = TokenPrices {
        currency: usd(),
        input: amount("0.28"),
        cached: Some(amount("0.028")),
        output: amount("0.42"),
        on: None,
    };
    let count = Count { tokens: 2_000_000, unknown: 0 };
    let estimate = Estimate { count, method: Method::Vocabulary, answer: 500_000, terms };
    assert_eq!((estimate.cost(), estimate.cost_if_cached()), (amount("0.77"), Some(amount("0.266"))));
    let most =
        Estimate { count: Count { tokens: 629_146, unknown: 0 }, answer: u64::from(u32::MAX), ..estimate };
    assert!(most.cost() > amount("1803"));
}

// ---- the pages
