//! The balance over time on the dashboard, by what a person lives through.

use drawdown::route::Event;
use drawdown::time::DAY;

use crate::make::at;
use crate::story::{KEY, Story, text_of};

/// An account that is read each midnight from the 1st on: what is left then.
fn read_daily(left: &[&str]) -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", left[0]);
    for (day, left) in (1..).zip(left.iter().skip(1)) {
        story.host.set_now(at("2026-11-01T00:00:00Z").plus(day * DAY));
        story.tells(KEY, left).event(Event::Alarm);
    }
    story
}

fn count(html: &str, what: &str) -> usize {
    html.matches(what).count()
}

#[test]
fn a_balance_is_drawn_with_what_is_left_at_the_months_end() {
    let days: Vec<String> = (0..=20).map(|day| format!("USD 0+{}", 100 - 2 * day)).collect();
    let story = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>());
    let html = story.send("show", &[]).html;
    // Ten days are left at two dollars a day.
    let told = "The balance this month: $60.00 now, about $40.00 left on 30 Nov (80%: $38.00 to $42.00)";
    assert_eq!(count(&html, told), 2, "as its title and below it: {html}");
    let dashboard = text_of(&html);
    assert!(
        dashboard.contains("[Balance by day]\nDay (UTC)\nBalance\n20 Nov\n$60.00\n19 Nov\n$62.00"),
        "{dashboard}"
    );
    assert_eq!((count(&html, "class=\"hatch\""), count(&html, "url(#left-")), (1, 0), "nothing is open");
    assert_eq!(count(&story.click("show", &[]).html, "The balance this month"), 0, "the popup stays calm");

    story.send("hide", &[("hidden", "on")]);
    assert_eq!(
        count(&story.send("show", &[]).html, "The balance this month"),
        0,
        "a drawing tells amounts too"
    );
}

#[test]
fn a_balance_that_runs_dry_this_month_says_when() {
    let days: Vec<String> = (0..=10).map(|day| format!("USD 0+{}", 30 - 2 * day)).collect();
    let html = read_daily(&days.iter().map(String::as_str).collect::<Vec<_>>()).send("show", &[]).html;
    assert_eq!(count(&html, "The balance this month: $10.00 now, dry about 16 Nov"), 2);
    // From the 11th at a third of the month to the 16th at half of it, and then along the bottom.
    assert!(html.contains("class=\"ahead\" d=\"M1160 520L1740 760H3480\""), "{html}");
}

#[test]
fn what_came_in_is_marked_and_where_spend_may_hide_is_hatched() {
    let story = read_daily(&["USD 0+20", "USD 0+18", "USD 0+26", "USD 5+24", "USD 3+24"]);
    let html = story.send("show", &[]).html;
    assert_eq!((count(&html, "class=\"top_up\""), count(&html, "class=\"gift\"")), (1, 1));
    assert!(html.contains("Topped up by 3 Nov") && html.contains("Credit granted by 4 Nov"));
    assert_eq!(count(&html, "url(#left-"), 2, "something may have been spent of either");
    let account = story.id(0);
    let fields = [
        ("account", account.as_str()),
        ("kind", "top_up"),
        ("currency", "USD"),
        ("amount", "10"),
        ("at", "2026-11-02T12:00:00Z"),
    ];
    let told = story.send("declare", &fields);
    assert!(told.ok, "{}", text_of(&told.html));
    assert_eq!(count(&told.html, "url(#left-"), 1, "what was paid in is known now");
    // A top-up that the spend hid leaves no rise, and is marked once it is stated.
    let hidden = [("amount", "7"), ("at", "2026-11-01T12:00:00Z")];
    let fields: Vec<_> = fields.into_iter().take(3).chain(hidden).collect();
    assert_eq!(count(&story.send("declare", &fields).html, "class=\"top_up\""), 2);
}
