//! The balance chart on the dashboard.

use drawdown::route::Event;
use drawdown::time::DAY;

use crate::builders::at;
use crate::story::{KEY, Story, text_of};

/// An account that is read each midnight from the 1st on, with these balances.
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
    let html = story.send("show", &[]).html;
    // Ten days remain, at two dollars a day.
    let caption = "Balance this month: $60.00 now, about $40.00 left on Nov 30 (Likely $38.00–$42.00)";
    assert_eq!(count(&html, caption), 2, "as its title and below it: {html}");
    let dashboard = text_of(&html);
    assert!(
        dashboard.contains("[Daily balance]\nDay (UTC)\nBalance\nNov 20\n$60.00\nNov 19\n$62.00"),
        "{dashboard}"
    );
    assert_eq!((count(&html, "class=\"hatch\""), count(&html, "url(#left-")), (1, 0), "nothing is open");
    assert_eq!(count(&story.click("show", &[]).html, "Balance this month"), 0, "the popup stays calm");

    story.send("hide", &[("hidden", "on")]);
    assert_eq!(count(&story.send("show", &[]).html, "Balance this month"), 0, "a chart shows amounts too");
}

#[test]
fn a_balance_that_runs_out_this_month_shows_the_date() {
    let days: Vec<String> = (0..=10).map(|day| format!("USD 0+{}", 30 - 2 * day)).collect();
    let html = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>()).send("show", &[]).html;
    assert_eq!(count(&html, "Balance this month: $10.00 now, runs out around Nov 16"), 2);
    // The line falls from the 11th, a third of the month, to the 16th, half of it, and then stays at zero.
    assert!(html.contains("class=\"ahead\" d=\"M1160 521L1740 760H3480\""), "{html}");
}

#[test]
fn top_ups_are_marked_and_open_windows_are_hatched() {
    let story = read_daily(&["USD 0+20", "USD 0+18", "USD 0+26", "USD 5+24", "USD 3+24"]);
    let html = story.send("show", &[]).html;
    assert_eq!((count(&html, "class=\"top_up\""), count(&html, "class=\"gift\"")), (1, 1));
    assert!(html.contains("Topped up by Nov 3") && html.contains("Credit added by Nov 4"));
    assert_eq!(count(&html, "url(#left-"), 2, "something may have been spent of either");
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
    assert_eq!(count(&reply.html, "url(#left-"), 1, "what was paid in is known now");
    // A top-up hidden by spend shows no rise; it is marked once it is declared.
    let hidden = [("amount", "7"), ("at", "2026-11-01T12:00:00Z")];
    let fields: Vec<_> = fields.into_iter().take(3).chain(hidden).collect();
    assert_eq!(count(&story.send("declare", &fields).html, "class=\"top_up\""), 2);
}
