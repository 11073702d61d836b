//! A form sent again because no reply came: it takes effect once, at whichever await the worker was killed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::{Event, on_event};
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;
use serde_json::Value;

use crate::story::{PLAN, Story, message};

/// A story with a prepaid account, a file account with one file, and two equal subscriptions.
fn begin() -> Story {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.send("by_file", &[("label", "Lambda")]);
    for _ in 0..2 {
        story.send("plan", &PLAN);
    }
    story.clock("2026-11-22T11:00:00Z");
    story
}

/// The number of items that the form created: subscriptions, accounts, corrections, typed figures and imports.
fn made(host: &Fake) -> [usize; 5] {
    let stored = host.stored.borrow();
    let read = |key: &str| -> Value { serde_json::from_str(&stored[key]).unwrap() };
    let accounts = host.accounts();
    let count = |name: &str| {
        let of = |account: &Value| match &account[name] {
            Value::Array(all) => all.len(),
            Value::String(text) => text.lines().count(),
            _ => 0,
        };
        accounts.iter().map(of).sum()
    };
    let plans = read("settings")["plans"].as_array().map_or(0, Vec::len);
    [plans, accounts.len(), count("corrections"), count("left") + count("typed"), count("imports")]
}

#[test]
fn a_repeated_form_takes_effect_once() {
    let story = begin();
    let host = &*story.host;
    let (id, filed) = (story.id(0), story.id(1));
    let file = STANDARD.encode("utc_date,model,cost,currency\n2026-11-20,deepseek-chat,2,USD\n");
    let forms: [(&str, Vec<(&str, &str)>); 6] = [
        ("plan", PLAN.to_vec()),
        ("drop_plan", vec![("place", "0"), ("name", "Pro")]),
        ("by_hand", vec![("label", "RunPod"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")]),
        ("by_file", vec![("label", "Modal")]),
        ("declare", vec![("account", &id), ("kind", "top_up"), ("amount", "5"), ("currency", "USD")]),
        ("import", vec![("account", &filed), ("file.0", &file), ("file.0.name", "cost.csv")]),
    ];
    let rest = |host: &Fake| -> [BTreeMap<String, String>; 2] {
        [host.stored.borrow().clone(), host.session.borrow().clone()]
    };
    let before = rest(host);
    for (command, fields) in &forms {
        let send = |submission: &str, dies_at: Option<usize>| {
            let fields: Vec<_> = fields.iter().copied().chain([("submission", submission)]).collect();
            let text = message("dashboard", command, &fields);
            match dies_at {
                Some(dies_at) => host.run_dying(on_message(host, &text), dies_at),
                None => Some(host.run(on_message(host, &text))),
            }
        };
        let restore = || {
            let [stored, session] = before.clone();
            *host.stored.borrow_mut() = stored;
            *host.session.borrow_mut() = session;
        };
        let untouched = made(host);
        let once = send("0a1b2c3d-once", None).unwrap();
        assert!(once.ok, "{command}: {}", once.html);
        let expected = made(host);
        assert_ne!(expected, untouched, "{command} does something");
        let mut repeated = 0;
        for dies_at in 1.. {
            restore();
            if send("0a1b2c3d-once", Some(dies_at)).is_some() {
                break;
            }
            repeated += usize::from(made(host) == expected);
            host.run(on_event(host, Event::Start));
            // The user waits, so that no result is equal only because of its time.
            story.clock("2026-11-22T11:00:20Z");
            let again = send("0a1b2c3d-once", None).unwrap();
            story.clock("2026-11-22T11:00:00Z");
            assert!(again.ok, "{command}, await {dies_at}: {}", again.html);
            assert_eq!(made(host), expected, "{command}, await {dies_at}");
        }
        assert!(repeated > 0, "{command}: some death comes after the commit");
        restore();
    }
}
