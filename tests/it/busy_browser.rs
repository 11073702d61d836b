//! A browser with everything in progress: all kinds of accounts, and questions, alerts and files that wait.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::host::{Host, HttpRequest};
use drawdown::provider::Answer;
use drawdown::route::Event;
use drawdown::time::{DAY, HOUR};
use drawdown_lab::fake::Fake;
use serde_json::json;

use crate::builders::at;
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, body, text_of};

/// The present.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";
const GOOGLE_KEY: &str = include_str!("../fixtures/keys/google.json");
const TABLE: &str = "acme-ai-1.billing.gcp_billing_export_v1_012345_6789AB_CDEF01";

/// The answers of all providers and of the bank.
fn answer(host: &Fake, request: &HttpRequest) -> (u16, String) {
    let now = host.now();
    let hours = now.since(at("2026-11-20T10:00:00Z")) / HOUR;
    let url = request.url.as_str();
    let is_from = |host: &str| url.starts_with(&format!("https://{host}/"));
    if is_from("api.deepseek.com") {
        return (200, body(&format!("USD 1+{}", 40 - hours / 5)));
    }
    if is_from("openrouter.ai") {
        let used = 2 + hours / 10;
        return (200, json!({"data": {"usage": used, "usage_monthly": used, "limit": null}}).to_string());
    }
    if is_from("oauth2.googleapis.com") {
        return (200, r#"{"access_token":"ya29.one","expires_in":3599,"token_type":"Bearer"}"#.to_owned());
    }
    if is_from("bigquery.googleapis.com") {
        let cells = ["2026-11-19", "2026-11-19", "2026-11-19", "Gemini API", "input", "USD", "1"];
        let cells: Vec<_> = cells.iter().map(|cell| json!({ "v": cell })).collect();
        return (200, json!({"jobComplete": true, "totalRows": "1", "rows": [{"f": cells}]}).to_string());
    }
    if is_from("api.frankfurter.dev") {
        let rates = json!({"amount": 1, "base": "USD", "date": now.day(), "rates": {"CNY": 7}});
        return (200, rates.to_string());
    }
    assert!(is_from("api.anthropic.com"), "{url}");
    if url.contains("/analytics/") {
        return (403, String::new());
    }
    // A report with ten days per page, a dollar a day.
    let page: u64 = url.split_once("&page=").map_or(0, |(_, page)| page.parse().unwrap());
    let begins = |place: u64| at("2026-11-01T00:00:00Z").plus(place * DAY);
    let day = |place: u64| begins(place).to_string();
    let buckets = (page * 10..(page + 1) * 10).filter(|place| begins(*place) < now).map(|place| {
        let cost = json!({"currency": "USD", "amount": "100", "description": "tokens"});
        json!({"starting_at": day(place), "ending_at": day(place + 1), "results": [cost]})
    });
    let next = (page < 2).then(|| (page + 1).to_string());
    let buckets: Vec<_> = buckets.collect();
    (200, json!({"data": buckets, "has_more": next.is_some(), "next_page": next}).to_string())
}

/// A browser with everything in progress: balances, a counter, bills in pages, bills with a token, accounts kept by hand and by
/// file, a paused one, a tried key, a correction, a waiting table, alerts that are due, and exchange rates that are due.
pub(crate) fn begin() -> Story {
    let story = Story::begin("2026-11-20T10:00:00Z");
    let host = Rc::downgrade(&story.host);
    story.host.answers(move |request| {
        let (status, body) = answer(&host.upgrade().unwrap(), request);
        Ok(Answer::new(status, body))
    });
    let send = |command: &str, fields: &[(&str, &str)]| {
        let reply = story.send(command, fields);
        assert!(reply.ok, "{command}: {}", text_of(&reply.html));
    };
    story.event(Event::Start);
    send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    send("connect", &[("provider", "openrouter"), ("key", "sk-or-v1-0123456789abcdef")]);
    send("connect", &[("provider", "anthropic"), ("key", "sk-ant-admin01-0123456789abcdef")]);
    let google = [("settings.table", TABLE), ("settings.scope", "all")];
    send("connect", &[&[("provider", "google"), ("key", GOOGLE_KEY)], &google[..]].concat());
    send("by_hand", &[("label", "RunPod"), ("currency", "USD"), ("tells", "balance"), ("amount", "30")]);
    send("by_file", &[("label", "Lambda")]);
    send("connect", &[("provider", "deepseek"), ("key", "sk-b0000000000000000000000000000000")]);
    send("credit", &[("account", &story.id(4)), ("currency", "USD"), ("amount", "9"), ("day", "2027-01-01")]);
    send("pause", &[("account", &story.id(6))]);
    send("by_hand", &[("label", "Replicate"), ("currency", "USD"), ("tells", "bill"), ("amount", "4")]);
    send("remove", &[("account", &story.id(7)), ("history", "remove")]);
    let plan = [("every", "month"), ("day", "3"), ("since", "2026-01-03")];
    send("plan", &[&[("name", "Qwen"), ("amount", "10"), ("currency", "CNY")], &plan[..]].concat());
    send("untracked", &[("name", "Midjourney"), ("amount", "30"), ("currency", "USD")]);
    let invoice = [("month", "2026-09"), ("currency", "USD"), ("total", "12")];
    send("invoice", &[&[("account", &*story.id(0))], &invoice[..]].concat());
    send("settings", &[("currency", "USD"), ("lock_after_minutes", "5"), ("lock_with_computer", "on")]);
    send("ecb_rates", &[("on", "on")]);
    send("budget", &[("amount", "45")]);
    send("alerts", &[("budget", "on"), ("keys", "on"), ("low_balance", "30"), ("run_out_days", "7")]);
    story.clock("2026-11-21T10:00:00Z").event(Event::Alarm);
    send("declare", &[("account", &story.id(0)), ("kind", "top_up"), ("currency", "USD"), ("amount", "2")]);
    send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    let table = STANDARD.encode("Day;Total\n2026-11-02;1\n2026-11-03;2\n");
    send("import", &[("account", &story.id(5)), ("file.0", &table), ("file.0.name", "table.csv")]);
    story.clock(NOW);
    story
}
