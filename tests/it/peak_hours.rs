//! Peak hours: the cost of use in them by DeepSeek's exports, whether it is peak now, and until when.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::provider::PeakState;
use drawdown::providers;
use drawdown::providers::read_export;
use drawdown::route::Reply;
use drawdown::time::{HOUR, Timestamp};
use proptest::prelude::*;

use crate::billed_accounts;
use crate::builders::{LATER, amount, at};
use crate::story::{Story, has, lacks, text_of};
use crate::undo::is_undone;

const COSTS: &str = "utc_date,model,cost,currency\n2026-11-18,deepseek-flash,0.60,USD\n\
    2026-11-19,deepseek-flash,0.30,USD\n2026-11-20,deepseek-flash,0.45,USD\n";
/// A day with both prices, a day in peak hours only, and a day with a price that no other day has.
const AMOUNTS: &str = "utc_date,model,type,price,amount\n\
    2026-11-18,deepseek-flash,input_cache_miss_tokens,0.00000015,2000000\n\
    2026-11-18,deepseek-flash,input_cache_miss_tokens,0.0000003,1000000\n\
    2026-11-18,deepseek-flash,request_count,,5\n\
    2026-11-19,deepseek-flash,input_cache_miss_tokens,0.0000003,1000000\n\
    2026-11-20,deepseek-flash,input_cache_miss_tokens,0.00000045,1000000\n";

fn import(story: &Story, costs: &str, amounts: &str) -> Reply {
    let files = [costs, amounts].map(|text| STANDARD.encode(text));
    let id = story.id(0);
    let fields = [
        ("account", id.as_str()),
        ("file.0", &files[0]),
        ("file.0.name", "cost.csv"),
        ("file.1", &files[1]),
        ("file.1.name", "amount.csv"),
    ];
    story.send("import", &fields)
}

fn connected() -> Story {
    Story::connected("2026-11-25T02:00:00Z", "USD 0+20")
}

#[test]
fn an_export_says_what_peak_hours_cost_and_what_moving_the_use_saves() {
    let story = connected();
    has(&story.card(0), "Import a usage export to see what you spend in peak hours.");
    assert!(import(&story, COSTS, AMOUNTS).ok);
    let card = story.card(0);
    has(&card, "You spent $0.60 of $0.90 (66%) in peak hours (3 days, Nov 18–20).");
    has(&card, "The same use off-peak would have cost $0.30 less.");
    has(&card, "Another $0.45 isn't included, because its price doesn't show when it was used.");
    story.send("hide", &[("hidden", "on")]);
    lacks(&story.card(0), "$0.60");
    story.send("hide", &[("hidden", "")]);
    story.send("settings", &[("language", "zh")]);
    has(&story.card(0), "高峰时段支出 $0.60，占 $0.90 的 66%（11月18日至20日，共 3 天）。");

    // Prices for a million tokens give the same.
    let other = connected();
    let of_million = AMOUNTS.replace("0.000000", "0.");
    assert!(import(&other, COSTS, &of_million).ok);
    has(&other.card(0), "You spent $0.60 of $0.90 (66%) in peak hours");
}

#[test]
fn a_later_import_replaces_a_day_and_undoing_it_brings_the_day_back() {
    let story = connected();
    assert!(import(&story, COSTS, AMOUNTS).ok);
    let before = story.card(0);
    let (costs, amounts) =
        (COSTS.replace("0.60", "1.50"), AMOUNTS.replace("0.00000015,2000000", "0.00000015,8000000"));
    assert!(import(&story, &costs, &amounts).ok);
    assert!(story.send("answer_import", &[("settings.overlap", "replace")]).ok);
    has(&story.card(0), "You spent $0.60 of $1.80 (33%) in peak hours");
    let undo = |import| story.send("undo", &[("account", &story.id(0)), ("correction", import)]).ok;
    assert!(undo("import-2"));
    has(&story.card(0), "You spent $0.60 of $0.90 (66%) in peak hours");
    assert!(before.contains("You spent $0.60 of $0.90"));
    assert!(undo("import-1"));
    has(&story.card(0), "Import a usage export");
    lacks(&story.card(0), "You spent $0.60");
}

#[test]
fn prices_that_the_costs_do_not_bear_out_say_nothing() {
    let story = connected();
    assert!(import(&story, &COSTS.replace("0.60", "9"), AMOUNTS).ok);
    lacks(&story.card(0), "in peak hours (");
    // A single price per day is not a peak price.
    let story = connected();
    let one = "utc_date,model,type,price,amount\n2026-11-18,deepseek-flash,input_cache_miss_tokens,0.0000003,2000000\n";
    assert!(import(&story, "utc_date,model,cost,currency\n2026-11-18,deepseek-flash,0.60,USD\n", one).ok);
    lacks(&story.card(0), "in peak hours (");
}

#[test]
fn the_sample_of_the_newer_export_has_a_peak_price() {
    let costs = "start_time_iso,end_time_iso,model,wallet_type,cost,currency\n\
        2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,Paid,0.7800000000000000,USD\n";
    let amounts = "start_time_iso,end_time_iso,model,type,price,amount\n\
        2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,input_cache_miss_tokens,0.00000015,1000000\n\
        2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,output_tokens,0.0000006,500000\n\
        2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,input_cache_hit_tokens,0.000000003,10000000\n\
        2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,input_cache_miss_tokens,0.0000003,1000000\n";
    let imported =
        read_export(&[("cost.csv", costs.as_bytes()), ("amount.csv", amounts.as_bytes())], LATER).unwrap();
    // The day begins at 21:00 UTC, so two days share its use.
    let sum = |part: fn(&drawdown::books::peak::PeakUse) -> drawdown::money::Amount| {
        imported.peak.iter().map(part).sum::<drawdown::money::Amount>().to_string()
    };
    let days: Vec<String> = imported.peak.iter().map(|used| used.day.to_string()).collect();
    assert_eq!(days, ["2026-08-31", "2026-09-01"]);
    let sums = [
        sum(|used| used.peak),
        sum(|used| used.off_peak),
        sum(|used| used.premium),
        sum(|used| used.unknown),
    ];
    assert_eq!(sums, ["0.3", "0.15", "0.15", "0.33"]);
}

proptest! {
    /// Every priced quantity is in one of the three sums, and the premium is the surcharge of the higher price.
    #[test]
    fn peak_and_off_peak_and_unknown_use_sum_to_all_use(
        days in prop::collection::vec((0_u32..1_000, 0_u32..1_000), 1..20),
    ) {
        let (mut costs, mut amounts) = ("utc_date,model,cost,currency\n".to_owned(), "utc_date,model,type,price,amount\n".to_owned());
        let (mut off, mut peak) = (amount("0"), amount("0"));
        for (day, (low, high)) in (1..).zip(&days) {
            let priced = |count: u32, price: &str| amount(&count.to_string()).priced(amount(price), 1).unwrap();
            let (of_low, of_high) = (priced(*low, "0.5"), priced(*high, "1.25"));
            (off, peak) = (off + of_low, peak + of_high);
            costs += &format!("2026-10-{day:02},m,{},USD\n", of_low + of_high);
            for (price, count) in [("0.5", low), ("1.25", high)] {
                amounts += &format!("2026-10-{day:02},m,output_tokens,{price},{count}\n");
            }
        }
        let imported = read_export(&[("cost.csv", costs.as_bytes()), ("amount.csv", amounts.as_bytes())], LATER).unwrap();
        let sum = |part: fn(&drawdown::books::peak::PeakUse) -> drawdown::money::Amount| imported.peak.iter().map(part).sum::<drawdown::money::Amount>();
        let has_pair = days.iter().any(|(low, high)| *low > 0 && *high > 0);
        prop_assert_eq!(imported.peak.is_empty(), !has_pair);
        if has_pair {
            prop_assert_eq!((sum(|used| used.off_peak), sum(|used| used.peak)), (off, peak));
            prop_assert_eq!(sum(|used| used.unknown), amount("0"));
            // 1.25 less 0.5 is six tenths of 1.25.
            prop_assert_eq!(sum(|used| used.premium), peak.times(6, 10).unwrap());
        }
    }

    /// The status lasts until the displayed time, and no longer.
    #[test]
    fn peak_hours_change_when_the_page_says(hours in 0_u64..24 * 400) {
        let now = at("2026-01-01T00:30:00Z").plus(hours * HOUR);
        let PeakState { is_peak, until, .. } = state(now);
        prop_assert!(until > now);
        prop_assert_ne!(state(until).is_peak, is_peak);
        let between = now.plus(until.since(now) / 2);
        prop_assert_eq!((state(between).is_peak, state(between).until), (is_peak, until));
    }
}

fn state(now: Timestamp) -> PeakState {
    providers::find("deepseek").unwrap().card.terms.peak.unwrap().at(now)
}

#[test]
fn peak_hours_are_those_of_working_days_in_china() {
    for (now, is_peak, until, is_known) in [
        ("2026-11-25T01:00:00Z", true, "2026-11-25T04:00:00Z", true),
        ("2026-11-25T04:00:00Z", false, "2026-11-25T06:00:00Z", true),
        ("2026-11-25T09:59:59Z", true, "2026-11-25T10:00:00Z", true),
        ("2026-11-27T10:00:00Z", false, "2026-11-30T01:00:00Z", true),
        // The holidays of October, and the Saturday that makes up for them.
        ("2026-09-30T10:00:00Z", false, "2026-10-08T01:00:00Z", true),
        ("2026-10-10T02:00:00Z", false, "2026-10-12T01:00:00Z", true),
        // The holidays of 2027 are unknown.
        ("2026-12-31T09:00:00Z", true, "2026-12-31T10:00:00Z", true),
        ("2026-12-31T10:00:00Z", false, "2027-01-01T01:00:00Z", false),
        ("2027-03-01T02:00:00Z", true, "2027-03-01T04:00:00Z", false),
    ] {
        let expected = PeakState { is_peak, until: at(until), are_holidays_known: is_known };
        assert_eq!(state(at(now)), expected, "{now}");
    }
}

#[test]
fn the_page_of_an_account_says_whether_it_is_peak_and_that_can_be_switched_off() {
    let story = connected();
    let html = story.card_html(0);
    has(&html, r#"Peak until <time datetime="2026-11-25T04:00:00Z" data-as="moment" data-until>"#);
    story.clock("2026-11-25T04:00:00Z");
    has(
        &story.card_html(0),
        r#"Off-peak until <time datetime="2026-11-25T06:00:00Z" data-as="moment" data-until>"#,
    );
    lacks(&story.card(0), "known yet");
    let id = story.id(0);
    is_undone(&story, "peak_hours", &[("account", &id), ("on", "")]);
    assert!(story.send("peak_hours", &[("account", &id), ("on", "")]).ok);
    lacks(&story.card(0), "Off-peak until");
    story.send("peak_hours", &[("account", &id), ("on", "on")]);
    story.clock("2027-01-04T02:00:00Z");
    has(&story.card(0), "Chinese public holidays for that date aren't known yet.");

    let other = billed_accounts::connected("2026-11-25T02:00:00Z", &["2026-11-24 chat 1"]);
    assert!(!text_of(&other.dashboard_html()).to_lowercase().contains("peak"));
}
