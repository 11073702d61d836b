//! Notifications: each crossing alerts once, the first check alerts about nothing, several alerts are combined.

use drawdown::books::alert::{Alert, AlertKind, AlertScope, AlertSettings, AlertState};
use drawdown::books::forecast::Anomaly;
use drawdown::route::Event;
use drawdown::time::{DAY, HOUR, Month};
use proptest::prelude::*;

use crate::builders::{amount, at, book, observed};
use crate::story::{KEY, OTHER_KEY, Story, has, text_of};

impl Story {
    /// The notifications shown since the last call, as `title: message`.
    fn notified(&self) -> Vec<String> {
        let shown: Vec<_> = self.host.notified.borrow_mut().drain(..).collect();
        shown.iter().map(|one| format!("{}: {}", one.title, one.message)).collect()
    }

    /// Sets the clock and the account's balances, lets the alarm fire, and returns the new notifications.
    fn left(&self, now: &str, books: &str) -> Vec<String> {
        self.set_books(KEY, books).clock(now).event(Event::Alarm).notified()
    }
}

/// An account with three days of $2 and $44 left on 4 November, after its first check.
fn calm() -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    for (day, left) in [(2, 48), (3, 46), (4, 44)] {
        let alerts = story.left(&format!("2026-11-0{day}T00:00:00Z"), &format!("USD 0+{left}"));
        assert!(alerts.is_empty(), "{alerts:?}");
    }
    story
}

#[test]
fn a_budget_alerts_at_80_percent_and_when_it_is_spent() {
    let story = calm();
    story.send("budget", &[("amount", "62")]);
    assert!(story.left("2026-11-04T06:00:00Z", "USD 0+43.5").is_empty(), "a first look is silent");
    // $49.9 of $62 are spent, so the forecast is far above the budget.
    let alerts = story.left("2026-11-05T00:00:00Z", "USD 0+0.1");
    assert_eq!(alerts.len(), 1, "several come as one: {alerts:?}");
    assert!(alerts[0].starts_with("Drawdown: 3 things need your attention: "), "{alerts:?}");
    for part in [
        "You've spent 80% of your $62.00 monthly budget.",
        "over your budget of $62.00.",
        "Your DeepSeek balance runs out around Nov 5.",
    ] {
        assert!(alerts[0].contains(part), "{part} is not in {alerts:?}");
    }
    assert!(story.left("2026-11-05T06:00:00Z", "USD 0+0.1").is_empty(), "once");
    // Topped up, and the whole budget is spent.
    story.left("2026-11-05T06:15:00Z", "USD 0+50.1");
    let id = story.id(0);
    story.send(
        "declare",
        &[
            ("account", &id),
            ("kind", "top_up"),
            ("currency", "USD"),
            ("amount", "50"),
            ("at", "2026-11-05T06:10:00Z"),
        ],
    );
    story.notified();
    let alerts = story.left("2026-11-05T07:00:00Z", "USD 0+35");
    assert_eq!(alerts, ["Drawdown: You've spent 104% of your $62.00 monthly budget."]);
}

#[test]
fn a_budget_spent_in_one_step_raises_one_alert() {
    let story = calm();
    story.send("budget", &[("amount", "20")]);
    assert!(story.left("2026-11-04T06:00:00Z", "USD 0+44").is_empty(), "30%, and a first look");
    let alerts = story.left("2026-11-04T07:00:00Z", "USD 0+25");
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    let parts = alerts[0].matches("of your $20.00 monthly budget").count();
    assert_eq!(parts, 1, "spent, and not near: {alerts:?}");
    assert!(alerts[0].contains("You've spent 125% of your"), "{alerts:?}");
}

#[test]
fn credit_that_expires_today_alerts_until_midnight() {
    // Granted credit that arrives on the day it expires.
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    story.send("alerts", &[("granted_expires", "on"), ("keys", "on")]);
    let id = story.id(0);
    story.send("expiry_day", &[("account", &id), ("currency", "USD"), ("day", "2026-11-20")]);
    assert!(story.left("2026-11-20T22:00:00Z", "USD 0+50").is_empty(), "nothing is granted");
    let alerts = story.left("2026-11-20T23:30:00Z", "USD 5+50");
    assert!(alerts.len() == 1 && alerts[0].contains("expires"), "{alerts:?}");
    has(&story.card(0), "$5.00 credit expires Nov 20");
    // A key whose expiry date is today.
    story.send("key_expiry", &[("account", &id), ("key_expires", "2026-11-20")]);
    let alerts = story.left("2026-11-20T23:59:59Z", "USD 5+50");
    assert!(alerts.len() == 1 && alerts[0].contains("key"), "{alerts:?}");
    assert!(story.popup().contains("key expires Nov 20"), "{}", story.popup());
    story.left("2026-11-21T00:00:00Z", "USD 5+50");
    let popup = story.popup();
    assert!(!popup.contains("expires") && popup.contains("key expired Nov 20"), "{popup}");
}

#[test]
fn credit_that_expired_yesterday_raises_no_alert() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    story.send("alerts", &[("granted_expires", "on"), ("keys", "on")]);
    let id = story.id(0);
    story.send("expiry_day", &[("account", &id), ("currency", "USD"), ("day", "2026-11-20")]);
    assert!(story.left("2026-11-20T22:00:00Z", "USD 0+50").is_empty());
    story.send("key_expiry", &[("account", &id), ("key_expires", "2026-11-20")]);
    assert!(story.left("2026-11-21T00:00:00Z", "USD 5+50").is_empty());
}

#[test]
fn a_crossing_alerts_again_after_it_was_undone() {
    let story = calm();
    let runs_out = ["Drawdown: Your DeepSeek balance runs out around Nov 7."];
    assert_eq!(story.left("2026-11-05T00:00:00Z", "USD 0+20"), runs_out);
    assert!(story.left("2026-11-05T01:00:00Z", "USD 0+19.9").is_empty());
    assert!(story.left("2026-11-05T02:00:00Z", "USD 0+219.9").is_empty(), "a top-up ends it");
    assert!(story.left("2026-11-06T00:00:00Z", "USD 0+200").is_empty());
    assert_eq!(story.left("2026-11-06T06:00:00Z", "USD 0+60").len(), 1);
}

#[test]
fn a_refused_key_alerts_once_and_links_to_its_account() {
    let story = calm();
    story.refuse(KEY).clock("2026-11-04T01:00:00Z").event(Event::Alarm);
    let shown = story.host.notified.borrow_mut().pop().expect("one");
    assert_eq!(shown.message, "DeepSeek rejected its key. Replace it to keep this account up to date.");
    assert_eq!(shown.place, format!("accounts/{}", story.id(0)));
    story.clock("2026-11-04T09:00:00Z").event(Event::Alarm);
    // An unreachable provider says nothing about the key.
    story.host.answers(|_| Err(drawdown::host::FetchError::Offline));
    story.clock("2026-11-04T18:00:00Z").event(Event::Alarm);
    assert!(story.notified().is_empty());
}

#[test]
fn a_new_account_raises_no_alert() {
    let story = calm();
    story.set_books(OTHER_KEY, "USD 0+5");
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY), ("label", "second")]);
    story.set_books(OTHER_KEY, "USD 0+1");
    assert!(story.left("2026-11-05T06:00:00Z", "USD 0+43").is_empty(), "its first pace is a first look");
}

#[test]
fn quiet_hours_delay_alerts_and_lose_none() {
    let story = calm();
    let wanted = [
        ("budget", "on"),
        ("keys", "on"),
        ("run_out_days", "7"),
        ("quiet_from", "22:00"),
        ("quiet_to", "07:00"),
    ];
    assert!(story.send("alerts", &wanted).ok);
    for hour in [22, 23, 0, 6] {
        story.host.hour.set(hour);
        assert!(story.left(&format!("2026-11-05T{hour:02}:00:00Z"), "USD 0+20").is_empty(), "{hour}");
    }
    story.host.hour.set(7);
    assert_eq!(story.left("2026-11-05T23:30:00Z", "USD 0+20").len(), 1);
}

#[test]
fn an_alert_that_is_turned_off_is_not_shown() {
    let story = calm();
    assert!(story.send("alerts", &[]).ok);
    assert!(story.left("2026-11-05T00:00:00Z", "USD 0+1").is_empty());
    story.refuse(KEY).clock("2026-11-05T09:00:00Z").event(Event::Alarm);
    assert!(story.notified().is_empty());
}

#[test]
fn notifications_show_no_hidden_amounts() {
    let story = calm();
    story.send("alerts", &[("low_balance", "30")]);
    story.left("2026-11-04T06:00:00Z", "USD 0+43");
    story.send("hide", &[("hidden", "on")]);
    assert_eq!(story.left("2026-11-05T00:00:00Z", "USD 0+21"), ["Drawdown: DeepSeek has ••• left."]);
}

#[test]
fn an_unusual_day_alerts_with_the_usual_amount() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+500");
    assert!(story.send("alerts", &[("unusual", "on"), ("rise", "on")]).ok);
    let mut left = 500;
    for day in 2..=14_u64 {
        left -= 2 + u32::try_from(day % 3).unwrap();
        let now = at("2026-11-01T00:00:00Z").plus((day - 1) * DAY);
        let alerts = story.left(&now.to_string(), &format!("USD 0+{left}"));
        assert!(alerts.is_empty(), "day {day}: {alerts:?}");
    }
    // $40 on one day, by the evening.
    let alerts = story.left("2026-11-14T20:00:00Z", &format!("USD 0+{}", left - 40));
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].contains("DeepSeek cost $40.00 in one day, compared with $3.00 a day usually."),
        "{alerts:?}"
    );
    let dashboard = story.send("show", &[]).html;
    assert!(text_of(&dashboard).contains("your key may have leaked"));
    assert!(dashboard.contains("https://platform.deepseek.com/api_keys"));
    assert!(story.left("2026-11-14T23:00:00Z", &format!("USD 0+{}", left - 44)).is_empty(), "once");
}

#[test]
fn an_unusual_hour_alerts_before_the_day_ends() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+500");
    story.send("alerts", &[("unusual", "on")]);
    let mut cents = 50_000;
    // Two days with 10 to 12 cents in each working hour, and idle nights.
    for hour in 1..=48_u64 {
        let now = at("2026-11-01T00:00:00Z").plus(hour * HOUR);
        if (9..18).contains(&(hour % 24)) {
            cents -= 10 + u32::try_from(hour % 3).unwrap();
        }
        let alerts = story.left(&now.to_string(), &format!("USD 0+{}.{:02}", cents / 100, cents % 100));
        assert!(alerts.is_empty(), "hour {hour}: {alerts:?}");
    }
    cents -= 300;
    let alerts = story.left("2026-11-03T01:00:00Z", &format!("USD 0+{}.{:02}", cents / 100, cents % 100));
    assert!(alerts[0].contains("cost $3.00 in one hour, compared with $0.11 an hour usually"), "{alerts:?}");
}

#[test]
fn a_slow_rise_alerts_once() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+900");
    story.send("alerts", &[("rise", "on")]);
    let mut left = 900;
    let mut alerts = Vec::new();
    for day in 1..=20_u64 {
        left -= if day <= 10 { 10 } else { 10 + 6 * (u32::try_from(day).unwrap() - 10) };
        let now = at("2026-11-01T00:00:00Z").plus(day * DAY);
        alerts
            .extend(story.left(&now.to_string(), &format!("USD 0+{left}")).into_iter().map(|one| (day, one)));
    }
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].1.contains("DeepSeek: daily spend has been at least 50% above last week"),
        "{alerts:?}"
    );
}

#[test]
fn an_unreadable_field_changes_no_alert_setting() {
    let story = calm();
    for (field, value) in [
        ("run_out_days", "0"),
        ("run_out_days", "soon"),
        ("low_balance", "x"),
        ("quiet_from", "24:00"),
        ("quiet_from", "22:30"),
        ("quiet_to", "07:00"),
    ] {
        assert!(!story.send("alerts", &[(field, value)]).ok, "{field} {value}");
    }
    assert_eq!(story.left("2026-11-05T00:00:00Z", "USD 0+20").len(), 1, "as before");
}

#[test]
fn quiet_hours_may_span_midnight() {
    let quiet =
        |from, to, hour| AlertSettings { quiet: Some((from, to)), ..AlertSettings::default() }.is_quiet(hour);
    assert!(quiet(22, 7, 23) && quiet(22, 7, 3) && !quiet(22, 7, 7) && !quiet(22, 7, 21));
    assert!(quiet(1, 5, 1) && !quiet(1, 5, 5) && !quiet(1, 5, 0));
    assert!(!AlertSettings::default().is_quiet(3));
}

#[test]
fn a_budget_spent_in_another_month_alerts_again() {
    let story = Story::connected("2026-04-01T00:00:00Z", "USD 0+500");
    story.send("budget", &[("amount", "100")]);
    assert!(story.left("2026-04-02T00:00:00Z", "USD 0+499").is_empty());
    let spent =
        |alerts: Vec<String>| alerts.iter().any(|alerts| alerts.contains("of your $100.00 monthly budget"));
    assert!(spent(story.left("2026-04-20T00:00:00Z", "USD 0+380")));
    assert!(!spent(story.left("2026-04-21T00:00:00Z", "USD 0+370")), "once");
    assert!(story.left("2026-05-01T00:00:00Z", "USD 0+369").is_empty());
    // The next check is on the 20th of May, at 130.
    assert!(spent(story.left("2026-05-20T00:00:00Z", "USD 0+239")));
    assert!(!spent(story.left("2026-05-21T00:00:00Z", "USD 0+238")), "once");
    // A state stored by an earlier version, without a month, belongs to this month.
    let stored = story.stored("alerts");
    assert!(stored.contains("[\"budget_spent 2026-05\",true]"), "{stored}");
    story.host.stored.borrow_mut().insert("alerts".to_owned(), stored.replace(" 2026-05", ""));
    assert!(!spent(story.left("2026-05-22T00:00:00Z", "USD 0+237")));
}

#[test]
fn a_budget_alerts_although_last_months_was_spent_too() {
    let story = Story::connected("2026-04-01T00:00:00Z", "USD 0+500");
    story.send("budget", &[("amount", "100")]);
    story.left("2026-04-02T00:00:00Z", "USD 0+499");
    assert_eq!(story.left("2026-04-30T00:00:00Z", "USD 0+380").len(), 1);
    // There was no check in between, and 19 of the 20 days are in May.
    assert_eq!(story.left("2026-05-20T00:00:00Z", "USD 0+240").len(), 1);
}

#[test]
fn yesterday_is_compared_with_the_thirty_days_before_it() {
    // Thirty days: the first fifteen cost 1, the others 3. The median is 2; that of 29 days would be 3.
    let mut left = 1_000_u32;
    let mut readings = vec![observed("2026-10-01T00:00:00Z", "USD 1000")];
    for day in 1..=31_u64 {
        left -= match day {
            1..=15 => 1,
            16..=30 => 3,
            _ => 90,
        };
        let now = at("2026-10-01T00:00:00Z").plus(day * DAY);
        readings.push(observed(&now.to_string(), &format!("USD {left}")));
    }
    let book = book(&readings);
    let find = |upper_end| Anomaly::find(&book, at("2026-11-01T00:00:00Z"), upper_end).unwrap();
    let usual = find(None);
    assert_eq!((usual.spend, usual.median, usual.is_exceeded()), (amount("90"), amount("2"), true));
    // Spend within the forecast's range for a day is not unusual.
    let allowed = find(Some(amount("90")));
    assert_eq!((allowed.limit, allowed.is_exceeded()), (amount("90"), false));
}

proptest! {
    /// Between two alerts of the same kind, the condition was false at least once.
    #[test]
    fn an_alert_repeats_only_after_its_condition_ended(holds in prop::collection::vec(prop::option::of(any::<bool>()), 0..60)) {
        let (mut memory, may) = (AlertState::default(), Month::parse("2026-05").unwrap());
        let (mut is_raised, mut is_first) = (false, true);
        for holds in holds {
            let judged = holds.map(|holds| (Alert { about: AlertKind::Rise, of: AlertScope::Total }, holds));
            let raised = memory.judge(may, judged.into_iter().collect());
            match holds {
                None => prop_assert!(raised.is_empty()),
                Some(holds) => {
                    prop_assert_eq!(raised.len(), usize::from(holds && !is_raised && !is_first));
                    (is_raised, is_first) = (holds, false);
                }
            }
        }
    }
}
