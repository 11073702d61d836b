//! The first minutes of an account: a second reading follows soon, because a balance shows no spend without one.

use drawdown::route::Event;
use drawdown::time::MINUTE;

use crate::builders::at;
use crate::story::{KEY, Story};

#[test]
fn a_balance_is_read_again_after_the_shortest_time_of_its_card() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.sent();
    let connected = at("2026-11-20T10:00:00Z");
    let alarm = story.host.run(drawdown::host::Host::alarm(&*story.host)).expect("an alarm");
    assert_eq!(
        (alarm.at, alarm.every),
        (connected.plus(5 * MINUTE), 15 * MINUTE),
        "DeepSeek allows five minutes"
    );

    story.host.set_now(connected.plus(4 * MINUTE));
    assert_eq!(story.event(Event::Alarm).sent(), 0, "not before");
    story.host.set_now(connected.plus(5 * MINUTE));
    story.set_books(KEY, "USD 0+19.50");
    assert_eq!(story.event(Event::Alarm).sent(), 1);
    assert!(story.popup().contains("$0.50*"), "{}", story.popup());

    // From the second reading, the usual interval applies.
    story.host.set_now(connected.plus(10 * MINUTE));
    assert_eq!(story.event(Event::Alarm).sent(), 0);
    story.host.set_now(connected.plus(20 * MINUTE));
    assert_eq!(story.event(Event::Alarm).sent(), 1);
}

#[test]
fn an_unchanged_balance_is_read_again_at_the_usual_time() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.sent();
    story.host.set_now(at("2026-11-20T10:05:00Z"));
    assert_eq!(story.event(Event::Alarm).sent(), 1);
    story.host.set_now(at("2026-11-20T10:10:00Z"));
    assert_eq!(story.event(Event::Alarm).sent(), 0, "it was read twice");
}
