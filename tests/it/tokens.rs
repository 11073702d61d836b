//! Tokens: the rule, the advice, and what a person sees of both.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::{Unit, Usage};
use drawdown::books::tokens::{
    Advice, Count, Estimate, GOAL_OF_HITS, MILLION, MOST_TEXT, Price, TokenPrices, What, advice, count,
};
use drawdown::money::{Amount, Money};
use drawdown::route::{Event, Reply};
use drawdown::time::Day;
use proptest::prelude::*;

use crate::make::{amount, usd};
use crate::story::{KEY, PLAN, Story, text_of};

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

/// Cache hits, misses, output and requests of a model, with a price of a million of each but the last.
type Model<'a> = (&'a str, [u64; 4], [&'a str; 3]);

const UNITS: [Unit; 4] = [Unit::CacheHit, Unit::CacheMiss, Unit::Output, Unit::Requests];

/// What models told and were billed, to the last digit.
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

fn said(models: &[Model<'_>]) -> Vec<Advice> {
    let (usage, lines, prices) = month(models);
    advice(&usage, &lines, &prices, usd())
}

const CHAT: Model<'_> = ("chat", [3_800_000, 6_200_000, 1_000_000, 100], ["0.1", "1", "2"]);

#[test]
fn more_cache_hits_would_have_saved_the_difference_in_price() {
    // 4,200,000 more hits, each 0.90 a million less.
    let what = What::Cached { hits: 38 };
    assert_eq!(said(&[CHAT]), [Advice { model: "chat".to_owned(), saving: amount("3.78"), what }]);
    let enough = ("chat", [8_000_000, 2_000_000, 1_000_000, 100], ["0.1", "1", "2"]);
    assert_eq!(said(&[enough]), []);
    let no_cheaper = ("chat", [3_800_000, 6_200_000, 1_000_000, 100], ["1", "1", "2"]);
    assert_eq!(said(&[no_cheaper]), []);
}

#[test]
fn much_output_would_have_cost_a_fifth_less() {
    let thinks = ("reasoner", [9_000_000, 1_000_000, 4_000_000, 100], ["0.1", "1", "2"]);
    let what = What::Shorter { output: 80 };
    assert_eq!(said(&[thinks]), [Advice { model: "reasoner".to_owned(), saving: amount("1.6"), what }]);
}

#[test]
fn an_expensive_model_is_compared_with_a_cheaper_one_in_use() {
    let dear = ("pro", [0, 1_000_000, 100_000, 10], ["1", "10", "20"]);
    let cheap = ("flash", [9_000_000, 1_000_000, 100_000, 90], ["0.1", "1", "2"]);
    let advice = said(&[dear, cheap]);
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
    // Prices that do not come to what was billed are not those of this month.
    let dearer: Vec<_> =
        lines.iter().map(|(name, billed)| (name.clone(), billed.times(12, 10).unwrap())).collect();
    assert_eq!(advice(&usage, &dearer, &prices, usd()), []);
    let yuan = drawdown::money::Currency::parse("CNY").unwrap();
    assert_eq!(advice(&usage, &lines, &prices, yuan), []);
    // Less than a hundredth of the month is not worth a word.
    let mut beside = lines.clone();
    beside.push(("other".to_owned(), amount("400")));
    assert_eq!(advice(&usage, &beside, &prices, usd()), []);
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
    let estimate = Estimate { count: Count { tokens: 2_000_000, unknown: 0 }, answer: 500_000, terms };
    assert_eq!((estimate.cost(), estimate.cost_if_cached()), (amount("0.77"), Some(amount("0.266"))));
    let most =
        Estimate { count: Count { tokens: 629_146, unknown: 0 }, answer: u64::from(u32::MAX), ..estimate };
    assert!(most.cost() > amount("1803"));
}

// ---- what a person sees

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

const COSTS: &str = "utc_date,model,cost,currency\n\
    2026-11-20,deepseek-chat,8.58,USD\n2026-11-21,deepseek-chat,0.00,USD\n";
const AMOUNTS: &str = "utc_date,model,type,price,amount\n\
    2026-11-20,deepseek-chat,input_cache_hit_tokens,0.0000001,3800000\n\
    2026-11-20,deepseek-chat,input_cache_miss_tokens,0.000001,6200000\n\
    2026-11-20,deepseek-chat,output_tokens,0.000002,1000000\n\
    2026-11-20,deepseek-chat,request_count,,100\n";

fn import(story: &Story, costs: &str, amounts: &str) -> Reply {
    let files = [costs, amounts].map(|text| STANDARD.encode(text));
    let fields = [
        ("account", story.id(0)),
        ("file.0", files[0].clone()),
        ("file.0.name", "cost.csv".to_owned()),
        ("file.1", files[1].clone()),
        ("file.1.name", "amount.csv".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    story.send("import", &fields)
}

/// Three days of $2 a day, seen on the 22nd.
fn spending() -> Story {
    let story = Story::connected("2026-11-19T00:00:00Z", "USD 0+50");
    for (day, left) in [(20, 48), (21, 46), (22, 44)] {
        story.set_books(KEY, &format!("USD 0+{left}"));
        story.clock(&format!("2026-11-{day}T00:00:00Z")).event(Event::Alarm);
    }
    story
}

fn imported() -> Story {
    let story = spending();
    assert!(import(&story, COSTS, AMOUNTS).ok);
    story
}

fn asked(story: &Story, command: &str, fields: &[(&str, &str)]) -> String {
    text_of(&story.send(command, fields).html)
}

#[test]
fn an_export_gives_shares_and_advice() {
    let story = imported();
    let page = story.dashboard();
    has(&page, "Hits of input\nOutput of tokens\nSpent\n");
    has(&page, "deepseek-chat\n3,800,000\n6,200,000\n1,000,000\n100\n38%\n9%\n$8.58");
    has(&page, "Thinking is billed as output");
    has(
        &page,
        "deepseek-chat: 38% of input was cache hits; at 80% the same calls would have cost about $3.78 less.",
    );

    let without = spending();
    assert!(
        import(
            &without,
            COSTS,
            &AMOUNTS.replace("0.0000001", "").replace("0.000001", "").replace("0.000002", "x")
        )
        .ok
    );
    let page = without.dashboard();
    has(&page, "The export told no prices that come to its costs");
    assert!(!page.contains("would have cost about"));
}

#[test]
fn amounts_of_advice_are_hidden_with_the_others() {
    let story = imported();
    story.send("hide", &[("hidden", "on")]);
    let page = story.dashboard();
    has(&page, "would have cost about ••• less");
    assert!(!story.send("show", &[]).html.contains("3.78"));
}

#[test]
fn an_older_export_changes_no_price() {
    let story = imported();
    let costs = "utc_date,model,cost,currency\n2026-11-19,deepseek-chat,9,USD\n";
    let amounts = "utc_date,model,type,price,amount\n2026-11-19,deepseek-chat,output_tokens,9,1000000\n";
    assert!(import(&story, costs, amounts).ok);
    has(&story.dashboard(), "deepseek-chat: $1.00 in, $2.00 out for a million");
    let (costs, amounts) = (costs.replace("-19", "-21"), amounts.replace("-19", "-21"));
    assert!(import(&story, &costs, &amounts).ok);
    has(&story.dashboard(), "deepseek-chat: $1.00 in, $2.00 out for a million");
    assert!(
        story.send("answer_import", &[("settings.overlap", "replace")]).ok,
        "another file told of that day"
    );
    has(&story.dashboard(), "deepseek-chat: $1.00 in, $9.00 out for a million");
    assert!(
        !import(&story, COSTS, "utc_date,model,type,price,amount\n2026-11-21,x,output_tokens,1,many\n").ok
    );
    has(&story.dashboard(), "$9.00 out for a million");
}

#[test]
fn a_text_is_priced_by_the_users_export() {
    let story = imported();
    let of = format!("{} USD deepseek-chat", story.id(0));
    let text = "a".repeat(1_000_000);
    let before = story.stored("meta");
    let said = asked(&story, "what_if_text", &[("text", &text), ("answer", "200000"), ("of", &of)]);
    has(
        &said,
        "$0.70*: 300,000 tokens of input at $1.00 and 200,000 of output at $2.00 for a million, as your export told on 20 Nov 2026. $0.43* if all of the input is a cache hit. Thinking counts as output.",
    );
    assert_eq!(story.stored("meta"), before, "nothing is stored");
    assert!(!said.contains("aaaa"), "the text does not come back");

    let mixed = "你好 Привет";
    let said = asked(&story, "what_if_text", &[("text", mixed), ("of", &of)]);
    has(&said, "≥ $0.000002: 2 tokens of input");
    has(
        &said,
        "6 characters are of scripts or kinds that the rule says nothing of, and are not counted. No answer is counted.",
    );
}

#[test]
fn prices_are_typed_without_an_export() {
    let story = Story::begin("2026-11-22T00:00:00Z");
    story.event(Event::Start);
    has(&story.dashboard(), "Prices for a million tokens");
    assert!(!story.send("show", &[]).html.contains("estimate-model"));
    let typed = [("answer", "1000"), ("input", "3"), ("output", "15"), ("currency", "eur")];
    has(
        &asked(&story, "what_if_text", &typed),
        "€0.015*: 0 tokens of input at €3.00 and 1,000 of output at €15.00 for a million, as entered.",
    );
}

#[test]
fn an_impossible_estimate_has_a_reason() {
    let story = imported();
    let of = format!("{} USD deepseek-chat", story.id(0));
    let long = "a".repeat(2_000_000);
    for (fields, said) in [
        (vec![], "Paste a text, or enter the length of an answer."),
        (vec![("text", long.as_str()), ("of", &of)], "The text is longer than 1 MB"),
        (vec![("text", "a"), ("answer", "-1"), ("of", &of)], "a whole number of tokens"),
        (vec![("text", "a"), ("answer", "99999999999"), ("of", &of)], "a whole number of tokens"),
        (vec![("text", "a")], "Choose a model of your export, or enter"),
        (vec![("text", "a"), ("of", "x USD y")], "Choose a model of your export, or enter"),
        (vec![("text", "a"), ("of", &of), ("input", "3")], "Enter both prices"),
        (vec![("text", "a"), ("input", "3"), ("output", "dear"), ("currency", "USD")], "Enter both prices"),
        (vec![("text", "a"), ("input", "3"), ("output", "-3"), ("currency", "USD")], "Enter both prices"),
        (
            vec![("text", "a"), ("input", "3"), ("output", "3"), ("currency", "")],
            "A currency has three letters",
        ),
    ] {
        let reply = story.send("what_if_text", &fields);
        assert!(!reply.ok, "{said}");
        has(&text_of(&reply.html), said);
    }
    let book = format!("{} USD ", story.id(0));
    for wrong in ["", "much", "-5", "0"] {
        has(
            &asked(&story, "what_if_top_up", &[("of", &book), ("amount", wrong)]),
            "An amount is a number above zero",
        );
    }
    for wrong in ["", "much", "1.5", "-101", "10001"] {
        has(&asked(&story, "what_if_growth", &[("percent", wrong)]), "a whole number of percent");
    }
}

#[test]
fn a_top_up_is_converted_to_days_at_the_present_pace() {
    let story = spending();
    let of = format!("{} USD ", story.id(0));
    let top_up = |amount: &str| asked(&story, "what_if_top_up", &[("of", &of), ("amount", amount)]);
    // $44 at $2 a day is 22 days, and $20 more is ten more.
    has(
        &top_up("20"),
        "With $20.00 more there would be $64.00: dry about 24 Dec 2026 at $2.00* a day; as it is, about 14 Dec 2026.",
    );
    has(&top_up("999999999999999"), "dry about");
    has(&asked(&story, "what_if_top_up", &[("amount", "5")]), "The pace of use is not known");

    let fresh = Story::connected("2026-11-22T00:00:00Z", "USD 0+50");
    let of = format!("{} USD ", fresh.id(0));
    let top_up = |story: &Story| asked(story, "what_if_top_up", &[("of", &of), ("amount", "5")]);
    has(&top_up(&fresh), "The pace of use is not known");
    fresh.set_books(KEY, "USD 0+49").clock("2026-11-22T06:00:00Z").event(Event::Alarm);
    has(&top_up(&fresh), "Less than a day was observed");
    let idle = Story::connected("2026-11-20T00:00:00Z", "USD 0+50");
    idle.clock("2026-11-22T00:00:00Z").event(Event::Alarm);
    let of = format!("{} USD ", idle.id(0));
    has(&asked(&idle, "what_if_top_up", &[("of", &of), ("amount", "5")]), "Nothing was spent lately");
}

#[test]
fn more_use_raises_the_forecast() {
    let story = spending();
    // $6 so far, 9 days of $2 left, 31 days in December.
    has(&story.popup(), "November lands at\n$24.00*");
    let growth = |percent: &str| asked(&story, "what_if_growth", &[("percent", percent)]);
    has(
        &growth("50"),
        "If use grows by 50% from now on, this month lands at $33.00* and the next costs $93.00*.",
    );
    has(&growth("0 %"), "lands at $24.00* and the next costs $62.00*.");
    has(
        &growth("-100"),
        "If use shrinks by 100% from now on, this month lands at $6.00* and the next costs $0.00*.",
    );
    story.send("plan", &PLAN);
    has(&growth("50"), "lands at $53.00* and the next costs $113*.");
}

#[test]
fn no_estimate_while_amounts_are_hidden() {
    let story = imported();
    story.send("hide", &[("hidden", "on")]);
    let reply = story.send("what_if_growth", &[("percent", "50")]);
    has(&text_of(&reply.html), "Amounts are hidden; show them to work something out.");
    assert!(!reply.html.contains("If use grows") && !reply.html.contains("estimate-text"));
}

#[test]
fn an_unknown_unit_is_shown_by_its_name() {
    let story = spending();
    let amounts = AMOUNTS.to_owned() + "2026-11-20,deepseek-chat,image_tokens,,7\n";
    assert!(import(&story, COSTS, &amounts).ok);
    let page = story.dashboard();
    has(&page, "deepseek-chat: image_tokens");
    has(&page, "deepseek-chat: $1.00 in, $2.00 out for a million");
}

#[test]
fn undoing_an_export_removes_its_prices() {
    let story = imported();
    let undo = |import| story.send("undo", &[("account", &story.id(0)), ("correction", import)]).ok;
    assert!(import(&story, COSTS, AMOUNTS).ok, "once more the same");
    assert!(undo("import-1"));
    has(&story.dashboard(), "deepseek-chat: $1.00 in, $2.00 out for a million");
    assert!(undo("import-2"));
    assert!(!story.dashboard().contains("$1.00 in"));
}
