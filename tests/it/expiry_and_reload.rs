//! Facts that only the user knows: when a key expires, and whether a balance reloads automatically.

use drawdown::host::Tone;
use drawdown::provider::Answer;
use drawdown::route::Event;

use crate::billed_accounts;
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, has, lacks, text_of};
use crate::undo::is_undone;

/// OpenAI with a key that expires on this day.
fn openai(expires: &str) -> Story {
    let story = Story::begin("2026-11-05T10:00:00Z");
    story.event(Event::Start);
    story.host.answers(|_| {
        let body =
            r#"{"data":[{"start_time":1793491200,"end_time":1793577600,"results":[]}],"has_more":false}"#;
        Ok(Answer::new(200, body))
    });
    let key = [("provider", "openai"), ("key", "sk-admin-0123456789abcdef"), ("key_expires", expires)];
    story.send("connect", &key);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story
}

#[test]
fn the_page_says_how_to_make_a_key_that_expires() {
    let story = Story::begin("2026-11-05T10:00:00Z");
    let shown = story.at("accounts/add/openai");
    has(&shown, "[How to create a key that expires]");
    has(&shown, "\"expires_in_seconds\":7776000");
}

#[test]
fn a_key_expiry_is_shown_from_a_week_before_on() {
    let story = openai("2026-11-20");
    has(&story.dashboard(), "key expires Nov 20");
    assert!(!story.popup().contains("expires"));
    story.clock("2026-11-12T10:00:00Z").event(Event::Alarm);
    assert!(!story.popup().contains("expires"));
    story.clock("2026-11-13T00:00:00Z").event(Event::Alarm);
    has(&story.popup(), "key expires Nov 20");
    assert_eq!(story.host.notified.borrow().len(), 1);
    story.clock("2026-11-21T00:00:00Z").event(Event::Alarm);
    has(&story.popup(), "key expired Nov 20");

    // Another key has another expiry date.
    let id = story.id(0);
    story.send("key_expiry", &[("account", &id), ("key_expires", "2027-02-01")]);
    assert!(!story.popup().contains("expire"));
    has(&story.dashboard(), "key expires Feb 1, 2027");
    story.send("key_expiry", &[("account", &id), ("key_expires", "")]);
    assert!(!story.dashboard().contains("key expires"));
}

#[test]
fn an_unreadable_date_connects_and_changes_nothing() {
    let story = openai("soon");
    assert!(story.stored("accounts").len() < 3, "nothing is connected");
    let story = openai("2026-11-20");
    let reply = story.send("key_expiry", &[("account", &story.id(0)), ("key_expires", "soon")]);
    has(&text_of(&reply.html), "Enter a valid date.");
    has(&story.dashboard(), "key expires Nov 20");
}

#[test]
fn another_key_does_not_expire_with_the_first() {
    let story = Story::connected("2026-11-05T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.send("key_expiry", &[("account", &id), ("key_expires", "2026-11-08")]);
    has(&story.popup(), "key expires Nov 8");
    story.set_books(OTHER_KEY, "USD 0+20");
    story.send("replace_key", &[("account", &id), ("key", OTHER_KEY)]);
    story.send("take_key", &[("account", &id), ("books", "go_on")]);
    assert!(!story.popup().contains("expires"));
}

#[test]
fn a_balance_that_reloads_does_not_run_out() {
    let story = Story::connected("2026-11-05T00:00:00Z", "USD 0+20");
    story.set_books(KEY, "USD 0+10").clock("2026-11-06T00:00:00Z").event(Event::Alarm);
    let chip = "<span class=\"chip bad\" title=\"runs out around Nov 7\">1 day</span>";
    has(&story.click("show", &[]).html, chip);
    assert_eq!(story.badge().1, Tone::Amber);
    let id = story.id(0);
    story.send("reloads", &[("account", &id), ("on", "on")]);
    has(&story.popup(), "$10.00 left · next automatic charge around Nov 7");
    has(&story.card(0), "next automatic charge around Nov 7");
    for html in [story.click("show", &[]).html, story.dashboard_html()] {
        assert!(!html.contains("runs out around") && !html.contains("class=\"chip bad"), "{html}");
    }
    assert_eq!(story.badge().1, Tone::Neutral);
    story.send("reloads", &[("account", &id), ("on", "")]);
    has(&story.click("show", &[]).html, chip);
}

/// OpenAI at $2 a day, with a typed balance.
fn prepaid() -> Story {
    let listed: Vec<String> = (1..=10).map(|day| format!("2026-11-{day:02} chat 2")).collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    let story = billed_accounts::connected("2026-11-11T12:00:00Z", &listed);
    lacks(&story.card(0), "Is auto-reload on?");
    story.send("left", &[("account", &story.id(0)), ("currency", "USD"), ("amount", "30")]);
    story
}

#[test]
fn auto_reload_is_asked_once_where_it_is_on_by_default() {
    let story = prepaid();
    let id = story.id(0);
    has(&story.popup(), "Is auto-reload on?");
    has(&story.card(0), "OpenAI turns it on by default.");
    is_undone(&story, "reloads", &[("account", &id), ("on", "on")]);
    is_undone(&story, "reloads", &[("account", &id), ("on", "")]);
    is_undone(&story, "snooze", &[("account", &id), ("of", "reload"), ("on", "on")]);
    story.send("snooze", &[("account", &id), ("of", "reload"), ("on", "on")]);
    lacks(&story.popup(), "Is auto-reload on?");
    story.clock("2026-11-18T12:00:00Z");
    has(&story.card(0), "Is auto-reload on?");
    assert!(story.send("reloads", &[("account", &id), ("on", "")]).ok);
    lacks(&story.card(0), "Is auto-reload on?");
    has(&story.card(0), "runs out around");
    assert!(story.send("reloads", &[("account", &id), ("on", "on")]).ok);
    has(&story.card(0), "next automatic charge around Dec 3");
    has(&story.at("overview"), "next automatic charge around Dec 3");
    lacks(&story.card(0), "runs out around");
    has(&story.title(), "next automatic charge around Dec 3");
    // Anthropic turns it off by default, and DeepSeek has none.
    let other = Story::connected("2026-11-05T00:00:00Z", "USD 0+20");
    lacks(&other.card(0), "Is auto-reload on?");
}

#[test]
fn the_alert_of_a_balance_that_reloads_names_the_charge() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+24");
    story.send("reloads", &[("account", &story.id(0)), ("on", "on")]);
    for day in 2..=9 {
        story.set_books(KEY, &format!("USD 0+{}", 26 - 2 * day));
        story.clock(&format!("2026-11-{day:02}T00:00:00Z")).event(Event::Alarm);
    }
    let notified = story.host.notified.borrow();
    let messages: Vec<&str> = notified.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(messages, ["DeepSeek charges you automatically around Nov 13."]);
}

#[test]
fn a_file_account_and_a_key_of_one_provider_may_count_the_same_money() {
    let story = Story::connected("2026-11-05T00:00:00Z", "USD 0+20");
    story.send("by_file", &[("provider", "openai"), ("label", "")]);
    assert!(!story.dashboard().contains("counts twice"));
    story.send("by_file", &[("provider", "deepseek"), ("label", "lab")]);
    has(
        &story.dashboard(),
        "DeepSeek already connects to this provider. If it's the same account, import files there",
    );
    story.send("remove", &[("account", &story.id(0)), ("history", "keep")]);
    assert!(!story.dashboard().contains("counts twice"));
}

#[test]
fn credit_that_expires_is_among_what_comes_in_30_days() {
    let story = Story::connected("2026-11-05T10:00:00Z", "USD 5+10");
    let id = story.id(0);
    let expires = |day: &str| {
        story.send("expiry_day", &[("account", &id), ("currency", "USD"), ("day", day)]);
        story.at("overview")
    };
    lacks(&story.at("overview"), "Next 30 days");
    let plan = [("name", "Pro"), ("amount", "20"), ("currency", "USD"), ("every", "month"), ("day", "20")];
    story.send("plan", &[&plan[..], &[("since", "2026-01-20")]].concat());
    // By day, with the account and the remaining credit, and without a sum.
    has(&expires("2026-11-12"), "Next 30 days\nDeepSeek credit expires $5.00\nNov 12\nPro $20.00\nNov 20\n");
    has(&expires("2026-12-05"), "Next 30 days\nPro $20.00\nNov 20\nDeepSeek credit expires $5.00\nDec 5\n");
    has(&expires("2026-11-05"), "DeepSeek credit expires $5.00\nNov 5\n");
    lacks(&expires("2026-12-06"), "credit expires $5.00");
    story.send("settings", &[("language", "zh")]);
    has(&expires("2026-11-12"), "未来 30 天\nDeepSeek 赠金过期");
}
