//! Tokens on the pages: shares by kind, advice, and the estimate form.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::{Event, Reply};

use crate::story::{KEY, PLAN, Story, has, text_of};

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

/// Three days of $2 a day, read on the 22nd.
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

fn reply_text(story: &Story, command: &str, fields: &[(&str, &str)]) -> String {
    text_of(&story.send(command, fields).html)
}

#[test]
fn an_export_gives_shares_and_advice() {
    let story = imported();
    let page = story.dashboard();
    has(&page, "Cache hit rate\nOutput share\nSpent\n");
    has(&page, "deepseek-chat\n3,800,000\n6,200,000\n1,000,000\n100\n38%\n9%\n$8.58");
    has(&page, "Thinking tokens are billed as output");
    has(
        &page,
        "deepseek-chat: 38% of input tokens were cache hits. At 80%, the same calls would have cost about $3.78 less.",
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
    has(&page, "Your export has no prices that match its costs");
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
    has(&story.dashboard(), "deepseek-chat: $1.00 input, $2.00 output per million tokens");
    let (costs, amounts) = (costs.replace("-19", "-21"), amounts.replace("-19", "-21"));
    assert!(import(&story, &costs, &amounts).ok);
    has(&story.dashboard(), "deepseek-chat: $1.00 input, $2.00 output per million tokens");
    assert!(
        story.send("answer_import", &[("settings.overlap", "replace")]).ok,
        "another file has prices of that day"
    );
    has(&story.dashboard(), "deepseek-chat: $1.00 input, $9.00 output per million tokens");
    assert!(
        !import(&story, COSTS, "utc_date,model,type,price,amount\n2026-11-21,x,output_tokens,1,many\n").ok
    );
    has(&story.dashboard(), "$9.00 output per million tokens");
}

#[test]
fn a_text_is_priced_by_the_users_export() {
    let story = imported();
    let of = format!("{} USD deepseek-chat", story.id(0));
    let text = "a".repeat(1_000_000);
    let before = story.stored("meta");
    let said = reply_text(&story, "what_if_text", &[("text", &text), ("answer", "200000"), ("of", &of)]);
    has(
        &said,
        "$0.525*: 125,000 input tokens at $1.00 and 200,000 output tokens at $2.00 per million (from your export of Nov 20, 2026). $0.4125* if all input is cached. Thinking counts as output.",
    );
    assert_eq!(story.stored("meta"), before, "nothing is stored");
    assert!(!said.contains("aaaa"), "the text does not come back");

    // The rule does not cover what the vocabulary counts.
    let mixed = "你好 Привет";
    let said = reply_text(&story, "what_if_text", &[("text", mixed), ("of", &of)]);
    has(&said, "3 tokens with the DeepSeek V3 vocabulary (exact).");
    has(&said, "$0.000003*: 3 input tokens");
    has(&said, "Rule of thumb: ≥ 2 tokens.");
    assert!(!said.contains("aren't covered"));
    let other = [("text", mixed), ("input", "3"), ("output", "15"), ("currency", "USD"), ("by", "other")];
    let said = reply_text(&story, "what_if_text", &other);
    has(&said, "≥ $0.000006: ≥ 2 input tokens at $3.00");
    has(&said, "6 characters aren't covered by the rule and aren't counted. No answer included.");
}

#[test]
fn prices_are_typed_without_an_export() {
    let story = Story::begin("2026-11-22T00:00:00Z");
    story.event(Event::Start);
    has(&story.dashboard(), "Prices per million tokens");
    assert!(!story.send("show", &[]).html.contains("estimate-model"));
    let typed = [("answer", "1000"), ("input", "3"), ("output", "15"), ("currency", "eur")];
    has(
        &reply_text(&story, "what_if_text", &typed),
        "€0.015*: 0 input tokens at €3.00 and 1,000 output tokens at €15.00 per million (prices you entered).",
    );
}

#[test]
fn an_impossible_estimate_has_a_reason() {
    let story = imported();
    let of = format!("{} USD deepseek-chat", story.id(0));
    let long = "a".repeat(2_000_000);
    for (fields, said) in [
        (vec![], "Paste a text or enter an answer length."),
        (vec![("text", long.as_str()), ("of", &of)], "This text is over 1 MB"),
        (vec![("text", "a"), ("answer", "-1"), ("of", &of)], "Enter a whole number of tokens"),
        (vec![("text", "a"), ("answer", "99999999999"), ("of", &of)], "Enter a whole number of tokens"),
        (vec![("text", "a")], "Choose a model or enter both prices."),
        (vec![("text", "a"), ("of", "x USD y")], "Choose a model or enter both prices."),
        (vec![("text", "a"), ("of", &of), ("input", "3")], "Enter both prices"),
        (vec![("text", "a"), ("input", "3"), ("output", "dear"), ("currency", "USD")], "Enter both prices"),
        (vec![("text", "a"), ("input", "3"), ("output", "-3"), ("currency", "USD")], "Enter both prices"),
        (
            vec![("text", "a"), ("input", "3"), ("output", "3"), ("currency", "")],
            "Enter a three-letter currency code",
        ),
    ] {
        let reply = story.send("what_if_text", &fields);
        assert!(!reply.ok, "{said}");
        has(&text_of(&reply.html), said);
    }
    let book = format!("{} USD ", story.id(0));
    for wrong in ["", "much", "-5", "0"] {
        has(
            &reply_text(&story, "what_if_top_up", &[("of", &book), ("amount", wrong)]),
            "Enter an amount above 0",
        );
    }
    for wrong in ["", "much", "1.5", "-101", "10001"] {
        has(&reply_text(&story, "what_if_growth", &[("percent", wrong)]), "Enter a whole percentage");
    }
}

#[test]
fn a_top_up_is_converted_to_days_at_the_present_pace() {
    let story = spending();
    let of = format!("{} USD ", story.id(0));
    let top_up = |amount: &str| reply_text(&story, "what_if_top_up", &[("of", &of), ("amount", amount)]);
    // $44 at $2 a day last 22 days, and $20 more last ten days more.
    has(
        &top_up("20"),
        "With $20.00 more, you'd have $64.00, enough until around Dec 24, 2026 at $2.00* a day. Without it, until around Dec 14, 2026.",
    );
    has(&top_up("999999999999999"), "$1,000,000,000,000,043.00, enough ");
    has(&reply_text(&story, "what_if_top_up", &[("amount", "5")]), "Not enough data yet.");

    let fresh = Story::connected("2026-11-22T00:00:00Z", "USD 0+50");
    let of = format!("{} USD ", fresh.id(0));
    let top_up = |story: &Story| reply_text(story, "what_if_top_up", &[("of", &of), ("amount", "5")]);
    has(&top_up(&fresh), "Not enough data yet.");
    fresh.set_books(KEY, "USD 0+49").clock("2026-11-22T06:00:00Z").event(Event::Alarm);
    has(&top_up(&fresh), "Less than a day of data");
    let idle = Story::connected("2026-11-20T00:00:00Z", "USD 0+50");
    idle.clock("2026-11-22T00:00:00Z").event(Event::Alarm);
    let of = format!("{} USD ", idle.id(0));
    has(
        &reply_text(&idle, "what_if_top_up", &[("of", &of), ("amount", "5")]),
        "You haven't spent anything lately",
    );
}

#[test]
fn more_use_raises_the_forecast() {
    let story = spending();
    // $6 so far, 9 days of $2 left, 31 days in December.
    has(&story.popup(), "November forecast\n$24.00*");
    let growth = |percent: &str| reply_text(&story, "what_if_growth", &[("percent", percent)]);
    has(
        &growth("50"),
        "If usage grows by 50% from now on, this month's forecast is $33.00* and next month's is $93.00*.",
    );
    has(&growth("0 %"), "forecast is $24.00* and next month's is $62.00*.");
    has(
        &growth("-100"),
        "If usage drops by 100% from now on, this month's forecast is $6.00* and next month's is $0.00*.",
    );
    story.send("plan", &PLAN);
    has(&growth("50"), "forecast is $53.00* and next month's is $113*.");
}

#[test]
fn no_estimate_while_amounts_are_hidden() {
    let story = imported();
    story.send("hide", &[("hidden", "on")]);
    let reply = story.send("what_if_growth", &[("percent", "50")]);
    has(&text_of(&reply.html), "Amounts are hidden. Show them to estimate costs.");
    assert!(!reply.html.contains("If usage grows") && !reply.html.contains("estimate-text"));
}

#[test]
fn an_unknown_unit_is_shown_by_its_name() {
    let story = spending();
    let amounts = AMOUNTS.to_owned() + "2026-11-20,deepseek-chat,image_tokens,,7\n";
    assert!(import(&story, COSTS, &amounts).ok);
    let page = story.dashboard();
    has(&page, "deepseek-chat: image_tokens");
    has(&page, "deepseek-chat: $1.00 input, $2.00 output per million tokens");
}

#[test]
fn undoing_an_export_removes_its_prices() {
    let story = imported();
    let undo = |import| story.send("undo", &[("account", &story.id(0)), ("correction", import)]).ok;
    assert!(import(&story, COSTS, AMOUNTS).ok, "once more the same");
    assert!(undo("import-1"));
    has(&story.dashboard(), "deepseek-chat: $1.00 input, $2.00 output per million tokens");
    assert!(undo("import-2"));
    assert!(!story.dashboard().contains("$1.00 in"));
}
