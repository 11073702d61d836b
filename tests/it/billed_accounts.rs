//! Billed accounts and counters, from the key to the popup.

use drawdown::host::FetchError;
use drawdown::provider::Answer;
use drawdown::route::Event;
use serde_json::{Value, json};

use crate::builders::at;
use crate::story::{KEY, PASSWORD, Story, has, text_of};

pub(crate) const ADMIN_KEY: &str = "sk-admin-0123456789abcdef";

/// OpenAI's costs, as `2026-11-01 chat 1.25`: a bucket for every day from the first of October to the last one listed.
fn costs(listed: &[&str]) -> String {
    let rows: Vec<Vec<&str>> = listed.iter().map(|row| row.split(' ').collect()).collect();
    let oldest = rows.iter().map(|row| row[0]).min().unwrap().min("2026-10-01");
    let first = at(&format!("{oldest}T00:00:00Z"));
    let last = rows.iter().map(|row| row[0]).max().unwrap();
    let days = (0..).map(|day| first.plus(day * drawdown::time::DAY));
    let days = days.take_while(|from| from.day().to_string().as_str() <= last);
    let buckets = days.map(|from| {
        let of_day = rows.iter().filter(|row| row[0] == from.day().to_string());
        let results: Vec<Value> = of_day
            .map(|row| json!({"object": "organization.costs.result", "amount": {"value": row[2], "currency": "usd"}, "line_item": row[1]}))
            .collect();
        let (start, end) = (from.ms() / 1_000, from.plus(drawdown::time::DAY).ms() / 1_000);
        json!({"object": "bucket", "start_time": start, "end_time": end, "results": results})
    });
    json!({"object": "page", "data": buckets.collect::<Vec<_>>(), "has_more": false, "next_page": null})
        .to_string()
}

/// Sets OpenAI's costs from now on.
pub(crate) fn set_costs(story: &Story, listed: &[&str]) {
    let body = costs(listed);
    story.host.answers(move |request| {
        let is_known = request.headers.iter().any(|(_, value)| value.expose().ends_with(ADMIN_KEY));
        if !request.url.starts_with("https://api.openai.com/") || !is_known {
            return Err(FetchError::Offline);
        }
        Ok(Answer::new(200, body.clone()))
    });
}

pub(crate) fn connected(now: &str, listed: &[&str]) -> Story {
    let story = Story::begin(now);
    story.event(Event::Start);
    set_costs(&story, listed);
    let reply = story.send("connect", &[("provider", "openai"), ("key", ADMIN_KEY)]);
    has(&text_of(&reply.html), "Connected. ");
    has(&text_of(&reply.html), " so far this month.");
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story
}

#[test]
fn a_billed_account_is_exact_from_its_first_answer() {
    let story = connected(
        "2026-11-05T10:00:00Z",
        &["2026-10-31 chat 9", "2026-11-01 chat 1.25", "2026-11-03 images 0.5", "2026-11-04 chat 2"],
    );
    let popup = story.popup();
    has(&popup, "$3.75\n");
    assert!(!popup.contains("since"), "{popup}");
    has(&popup, "October: $9.00");
    assert_eq!(story.badge().0, "$3.8");
    let dashboard = story.dashboard();
    has(&dashboard, "chat\n$3.25");
    has(&dashboard, "images\n$0.50");
    assert!(!dashboard.contains("[I topped up]"), "a billed account has no balance to correct");
}

#[test]
fn a_new_account_loads_a_year_of_bills() {
    let story = connected(
        "2026-11-22T10:00:00Z",
        &["2025-12-03 chat 30", "2026-08-31 chat 7", "2026-10-02 chat 9", "2026-11-20 chat 2"],
    );
    let popup = story.popup();
    has(&popup, "$2.00\n");
    has(&popup, "Likely $2.00–$10.77");
    let id = story.id(0);
    for month in ["2025-12", "2026-08", "2026-10", "2026-11"] {
        assert!(!story.stored(&format!("readings.{id}.{month}")).is_empty(), "{month}");
    }
    // On the next day, every past month has its total.
    story.clock("2026-11-23T00:10:00Z").event(Event::Alarm);
    let totals = story.stored(&format!("months.{id}"));
    has(&totals, r#"["2025-12","USD","30","#);
    has(&totals, r#"["2026-08","USD","7","#);
}

#[test]
fn the_breakdown_sums_to_the_total() {
    let story = connected("2026-11-05T10:00:00Z", &["2026-11-01 chat 1.25", "2026-11-03 images 0.5"]);
    has(&story.card(0), "[By model]\nModel\nSpent\nchat\n$1.25\nimages\n$0.50\n");
    let overview = story.at("overview");
    has(&overview, "Share\nSpent\nOpenAI\n100%\n$1.75\n");
    has(&overview, "chat OpenAI\n71%\n$1.25\nimages OpenAI\n28%\n$0.50\n");
    has(&story.card(0), "Covers\nThe whole organization, all projects.\n");
    // A balance has a single line.
    let story = Story::connected("2026-11-05T10:00:00Z", "USD 0+20");
    story.set_books(KEY, "USD 0+17.5").clock("2026-11-05T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), "Not broken down DeepSeek\n100%\n$2.50\n");
}

#[test]
fn a_restated_bill_replaces_the_old_one() {
    let story = connected("2026-11-05T10:00:00Z", &["2026-11-03 chat 1.5", "2026-11-04 chat 2"]);
    has(&story.popup(), "$3.50\n");
    set_costs(&story, &["2026-11-03 chat 1.25", "2026-11-04 chat 2", "2026-11-05 chat 0.25"]);
    story.clock("2026-11-05T11:00:00Z").event(Event::Alarm);
    has(&story.popup(), "$3.50\n");
    set_costs(&story, &["2026-11-03 chat 1", "2026-11-04 chat 2", "2026-11-05 chat 0.25"]);
    story.clock("2026-11-05T12:00:00Z").event(Event::Alarm);
    has(&story.popup(), "$3.25\n");
}

#[test]
fn a_new_month_without_a_bill_is_unknown_and_not_zero() {
    let story = connected("2026-10-31T22:00:00Z", &["2026-10-30 chat 4", "2026-10-31 chat 3"]);
    has(&story.popup(), "$7.00\n");
    story.host.answers(|_| Err(FetchError::Offline));
    story.clock("2026-11-01T00:00:00Z").event(Event::Alarm);
    assert_eq!(story.badge().0, "–");
    // The answer does not cover the last two hours of October.
    has(&story.popup(), "October: ≥ $7.00");
}

#[test]
fn a_short_answer_never_lowers_a_figure() {
    let story = connected("2026-11-05T10:00:00Z", &["2026-11-03 chat 1.5", "2026-11-04 chat 2"]);
    story.host.answers(|_| {
        Ok(Answer {
            status: 200,
            retry_after: None,
            date: None,
            body: r#"{"object":"page","data":[],"has_more":false,"next_page":null}"#.to_owned(),
        })
    });
    story.clock("2026-11-05T12:00:00Z").event(Event::Alarm);
    has(&story.popup(), "$3.50\n");
}

#[test]
fn an_unanswered_optional_request_loses_no_cost() {
    let story = connected("2026-11-22T10:00:00Z", &["2026-11-20 chat 3.00"]);
    let body = costs(&["2026-11-20 chat 3.00", "2026-11-21 chat 4.00"]);
    for (hour, unreached) in [(11, FetchError::TimedOut), (12, FetchError::Offline)] {
        let body = body.clone();
        story.host.answers(move |request| {
            if request.url.contains("/spend_limit") {
                return Err(unreached);
            }
            Ok(Answer::new(200, body.clone()))
        });
        story.clock(&format!("2026-11-22T{hour}:00:00Z")).send("refresh", &[]);
        has(&story.popup(), "$7.00");
        has(&story.popup(), "Up to date");
    }
}
