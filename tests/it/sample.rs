//! Sample data: it shows the dashboard before the first account, is never stored, and ends with the first account.

use crate::story::{KEY, PASSWORD, Story};

#[test]
fn a_sample_shows_the_dashboard_and_is_gone_with_the_first_account() {
    let story = Story::begin("2026-11-23T14:00:00Z");
    assert!(story.at("overview").contains("[Show sample data]"), "{}", story.at("overview"));
    story.send("sample", &[("on", "on")]);
    let overview = story.at("overview");
    for shown in
        ["This is sample data.", "claude-opus-4.8", "Subscriptions", "of your $250 budget", "Runs out first"]
    {
        assert!(overview.contains(shown), "{shown} is not in {overview}");
    }
    assert!(story.at("accounts").contains("DeepSeek main"), "every view shows it");
    assert!(!story.popup().contains("DeepSeek main"), "the popup and the badge stay true");
    assert_eq!(story.badge().0, "");
    assert!(
        !story.host.stored.borrow().values().any(|value| value.contains("sample-")),
        "nothing of it is stored"
    );

    story.send("sample", &[("on", "")]);
    assert!(story.at("overview").contains("[Show sample data]"));
    story.send("sample", &[("on", "on")]);
    story.set_books(KEY, "USD 0+20");
    assert!(story.send("connect", &[("provider", "deepseek"), ("key", KEY)]).ok);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    let own = story.at("overview");
    assert!(!own.contains("sample") && !own.contains("claude-opus"), "{own}");
}
