//! The forecast's range on the pages.

use drawdown::host::Tone;
use drawdown::route::Event;
use drawdown::time::DAY;

use crate::builders::at;
use crate::story::{KEY, Story, has};

/// An account that alternates between one and two dollars a day from the 11th, read every midnight.
fn spent_by_turns(until: u64) -> Story {
    let story = Story::connected("2026-11-11T00:00:00Z", "USD 0+60");
    for day in 1..=until {
        let left = 60 - day - day / 2;
        story.host.set_now(at("2026-11-11T00:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{left}")).event(Event::Alarm);
    }
    story
}

#[test]
fn the_pages_show_the_range_and_how_it_is_computed() {
    let story = spent_by_turns(14);
    let (popup, html) = (story.popup(), story.click("show", &[]).html);
    // 21 by the 24th, and 9.21 in six more days at a pace of 1.53. Seven pairs of days a week apart differ by one: q is
    // 1.415 x sqrt(1 / 2). The mean is 1.5, so k is 2 x 0.7071 / 1.5. Half the range is 9.17.
    assert!(popup.contains("November forecast\n$30.21*\nLikely $21.04–$39.37\n"), "{popup}");
    let how = "$21.00 so far + $9.21 expected at $1.53 a day.\nRange based on your last 14 days.";
    assert!(html.contains(&format!("title=\"{how}\"")), "{html}");
    let how = "$1.57 a day over the last 7 days × 31 days.\nRange based on your last 14 days.";
    assert!(html.contains(&format!("title=\"{how}\"")), "{html}");
    assert!(html.contains("likely $21.04–$39.37</title>"), "the drawing has a description");
    let dashboard = story.dashboard();
    let forecast = "November forecast\n$30.21*\nLikely $21.04–$39.37\n";
    assert_eq!(dashboard.matches(forecast).count(), 2, "of the total and of the account: {dashboard}");
    assert!(dashboard.contains("There's an 80% chance"));
    assert!(dashboard.contains("runs out around Dec 20 (Dec 7 at the earliest)"), "{dashboard}");
    // 10 dollars in the week before; 11 in seven days are 10% more.
    assert!(popup.contains("\n$1.53* a day · $39.00 left\n25 days\n"), "{popup}");
    assert!(dashboard.contains("\n$1.53* a day · up 10%*\n"), "{dashboard}");

    story.click("hide", &[("hidden", "on")]);
    let html = story.click("show", &[]).html;
    assert!(!html.contains("$28") && !html.contains("$21") && !html.contains("$39"), "{html}");
}

#[test]
fn a_budget_is_compared_with_the_forecast_and_its_range() {
    // The forecast is $30.21, likely $21.04 to $39.37.
    let story = spent_by_turns(14);
    let stands = |budget: &str, sentence: &str| {
        story.send("budget", &[("amount", budget)]);
        has(&story.popup(), sentence);
    };
    stands("45", "46% of your $45 budget · on track\n");
    assert_eq!(story.badge().1, Tone::Neutral);
    // 28.67 and half a range of 7.69 at the end of the 29th are more than 35; 27.14 and 6.22 the day before are not.
    stands("35", "60% of your $35 budget · may go over, Nov 29 at the earliest\n");
    assert_eq!(story.badge().1, Tone::Neutral, "only what is likely colors the badge");
    stands("28", "75% of your $28 budget · likely over around Nov 29 (Nov 27 at the earliest)\n");
    assert_eq!(story.badge().1, Tone::Amber);
    // The account's own budget shows the same.
    let of = format!("account USD {}", story.id(0));
    story.send("budget", &[("of", &of), ("amount", "35")]);
    has(&story.at("budget"), "60% of your $35 budget · may go over, Nov 29 at the earliest\n");
}

#[test]
fn a_spike_that_counts_less_is_named() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+90");
    let mut left = 90;
    for day in 1..=20 {
        left -= if day == 17 { 30 } else { 1 };
        story.host.set_now(at("2026-11-01T00:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{left}")).event(Event::Alarm);
    }
    let html = story.click("show", &[]).html;
    assert!(html.contains("A spike on Nov 17 counts less in this month"), "{html}");
    has(&story.popup(), "November forecast\n$59.00*\n");
}

#[test]
fn a_missing_range_has_a_reason() {
    let why = |days: u64, sentence: &str| {
        let html = spent_by_turns(days).click("show", &[]).html;
        assert!(!html.contains("80%"), "{html}");
        assert!(html.contains(sentence), "{html}");
    };
    why(0, "title=\"We need one more refresh to forecast.\nDoesn't include DeepSeek: not enough data yet.\"");
    why(4, "We'll show a range after 14 full days (4 so far).");
}
