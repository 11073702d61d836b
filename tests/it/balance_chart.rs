//! The balance chart on the dashboard.

use drawdown::route::Event;
use drawdown::time::DAY;

use crate::builders::at;
use crate::story::{KEY, Story, text_of};

/// An account with these balances, read each midnight from the 1st.
fn read_daily(left: &[&str]) -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", left[0]);
    for (day, left) in (1..).zip(left.iter().skip(1)) {
        story.host.set_now(at("2026-11-01T00:00:00Z").plus(day * DAY));
        story.set_books(KEY, left).event(Event::Alarm);
    }
    story
}

fn count(html: &str, what: &str) -> usize {
    html.matches(what).count()
}

#[test]
fn the_balance_chart_shows_what_is_left_at_the_end_of_the_month() {
    let days: Vec<String> = (0..=20).map(|day| format!("USD 0+{}", 100 - 2 * day)).collect();
    let story = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>());
    let html = story.card_html(0);
    // Ten days remain, at two dollars a day.
    let caption = "Balance this month: $60.00 now, about $40.00 left on Nov 30 (Likely $38.00–$42.00)";
    assert_eq!(count(&html, caption), 3, "as its name, as that of its table, and below it: {html}");
    assert!(text_of(&html).contains("Nov 21\n$60.00"), "{}", text_of(&html));
    assert_eq!(count(&html, "Top-up to confirm"), 0, "nothing is open");
    assert_eq!(count(&story.click("show", &[]).html, "Balance this month"), 0, "the popup stays calm");

    story.send("hide", &[("hidden", "on")]);
    let hidden = story.card_html(0);
    assert!(!text_of(&hidden).contains('$'), "a chart hides amounts too: {}", text_of(&hidden));
}

#[test]
fn what_expires_unused_is_not_left_at_the_end_of_the_month() {
    let days: Vec<String> = (0..=20).map(|day| format!("USD 0+{}", 100 - 2 * day)).collect();
    let story = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>());
    let before = story.card_html(0);
    let id = story.id(0);
    let purchase = [("account", id.as_str()), ("currency", "USD"), ("amount", "30"), ("on", "2026-11-01")];
    // Ten of its thirty dollars are used by then.
    assert!(story.send("credit", &[&purchase[..], &[("day", "2026-11-25")]].concat()).ok);
    let html = story.card_html(0);
    let caption = "$60.00 now, about $20.00 left on Nov 30 after about $20.00 expires unused (Likely";
    assert_eq!(count(&html, caption), 3, "{}", text_of(&html));
    let dashed = |html: &str| {
        let (_, path) = html.split_once("class=\"line dashed").expect("a line to come");
        path.split_once(" d=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let points = |html: &str| dashed(html).split(['M', 'L', ' ']).filter(|part| !part.is_empty()).count();
    assert!(points(&html) > points(&before), "the line drops where it expires: {}", dashed(&html));
}

#[test]
fn a_balance_that_runs_out_this_month_shows_the_date() {
    let days: Vec<String> = (0..=10).map(|day| format!("USD 0+{}", 30 - 2 * day)).collect();
    let html = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>()).card_html(0);
    assert_eq!(count(&html, "Balance this month: $10.00 now, runs out around Nov 16"), 3);
    assert!(html.contains(">Nov 16</text>"), "where the line meets zero: {html}");
}

#[test]
fn top_ups_are_named_and_open_windows_are_hatched() {
    let story = read_daily(&["USD 0+20", "USD 0+18", "USD 0+26", "USD 5+24", "USD 3+24"]);
    let html = story.card_html(0);
    assert!(
        html.contains("Topped up $8.00 or more") && html.contains("Credit added $5.00 or more"),
        "{html}"
    );
    let open = |html: &str| count(html, "-hatch)\" aria-hidden=\"true\">");
    assert_eq!(open(&html), 2, "something may have been spent of either: {html}");
    let account = story.id(0);
    let fields = [
        ("account", account.as_str()),
        ("kind", "top_up"),
        ("currency", "USD"),
        ("amount", "10"),
        ("at", "2026-11-02T12:00:00Z"),
    ];
    let reply = story.send("declare", &fields);
    assert!(reply.ok, "{}", text_of(&reply.html));
    assert_eq!(open(&reply.html), 1, "what was paid in is known now");
    assert!(reply.html.contains("Topped up $10.00<"), "{}", reply.html);
    // A top-up hidden by spend shows no rise; it is named once it is declared.
    let hidden = [("amount", "7"), ("at", "2026-11-01T12:00:00Z")];
    let fields: Vec<_> = fields.into_iter().take(3).chain(hidden).collect();
    assert!(story.send("declare", &fields).html.contains("Topped up $7.00<"));
}
