//! The record of forecasts: when one is stored, and the text about it when its month is over.

use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::past_forecast::{PastForecast, Verdict, remember};
use drawdown::route::Event;
use drawdown::time::{DAY, Day, Month, Timestamp};

use crate::backup;
use crate::builders::{amount, at, usd};
use crate::manual::manual_account;
use crate::story::{KEY, OTHER_KEY, Story, has, lacks};

fn past_forecast(on: &str, expected: &str, range: Option<(&str, &str)>) -> PastForecast {
    let range = range.map(|(low, high)| (amount(low), amount(high)));
    PastForecast {
        on: Day::parse(on).unwrap(),
        currency: usd(),
        amount: amount(expected),
        range,
        accounts: 2,
    }
}

fn exact(text: &str) -> Figure {
    Figure::new(amount(text), Mark::Exact, [])
}

fn floor(text: &str) -> Figure {
    Figure::new(amount(text), Mark::Floor, [Reason::Stale])
}

#[test]
fn a_month_that_misses_something_is_never_a_hit() {
    let forecast = past_forecast("2026-11-10", "212", Some(("190", "240")));
    let verdict = |came_to: Figure, accounts: usize| forecast.check(came_to, accounts).verdict;
    assert_eq!(verdict(exact("205"), 2), Verdict::Inside);
    assert_eq!(verdict(exact("190"), 2), Verdict::Inside);
    assert_eq!(verdict(exact("240.01"), 2), Verdict::Above);
    assert_eq!(verdict(exact("189.99"), 2), Verdict::Below);
    assert_eq!(verdict(floor("205"), 2), Verdict::Incomplete);
    assert_eq!(verdict(floor("100"), 2), Verdict::Incomplete, "more of it is to come");
    assert_eq!(verdict(floor("241"), 2), Verdict::Above, "it can only grow");
    assert_eq!(verdict(Figure::unknown([Reason::Unread]), 2), Verdict::Incomplete);
    // Too high in one part and too low in another.
    let mixed =
        |text: &str| Figure::new(amount(text), Mark::Floor, [Reason::Open, Reason::EmptiedPool]).bounded();
    assert_eq!(verdict(mixed("205"), 2), Verdict::Incomplete);
    assert_eq!(verdict(mixed("500"), 2), Verdict::Incomplete);
    for accounts in [1, 3] {
        assert_eq!(verdict(exact("205"), accounts), Verdict::OtherAccounts);
        assert_eq!(verdict(exact("500"), accounts), Verdict::OtherAccounts);
    }
    let without = past_forecast("2026-11-10", "212", None);
    assert_eq!(without.check(exact("205"), 2).verdict, Verdict::NoRange);
    assert_eq!(without.check(floor("205"), 2).verdict, Verdict::Incomplete);
}

#[test]
fn a_forecast_is_kept_from_the_tenth_to_the_twentieth_if_nothing_is_missing_in_it() {
    let on = |day: &str, figure: &Figure| PastForecast::new(figure, usd(), None, 1, Day::parse(day).unwrap());
    assert!(on("2026-11-09", &exact("5")).is_none() && on("2026-11-21", &exact("5")).is_none());
    assert!(on("2026-11-10", &exact("5")).is_some() && on("2026-11-20", &exact("5")).is_some());
    assert!(on("2026-11-10", &floor("5")).is_none());
    assert!(on("2026-11-10", &Figure::unknown([Reason::Gathering])).is_none());
    let with = |reason| Figure::new(amount("5"), Mark::Floor, [reason, Reason::Assumed]).bounded();
    assert!(on("2026-11-10", &with(Reason::Open)).is_some(), "it has an estimate for an open window");
    assert!(on("2026-11-10", &with(Reason::NotConverted)).is_none());
}

#[test]
fn thirteen_months_are_kept_and_the_first_forecast_of_each() {
    let mut kept = Vec::new();
    let mut month = Month::parse("2025-01").unwrap();
    for _ in 0..20 {
        for (day, expected) in [("10", "1"), ("11", "2")] {
            remember(&mut kept, [past_forecast(&format!("{month}-{day}"), expected, None)], month);
        }
        month = month.next();
    }
    let months: Vec<String> = kept.iter().map(|known| known.month().to_string()).collect();
    assert_eq!((months.len(), months[0].as_str(), months[12].as_str()), (13, "2025-08", "2026-08"));
    assert!(kept.iter().all(|known| known.amount == amount("1")));
}

/// An account that spends `cents` each day from October 21, read every midnight until `until`.
fn read_daily(until: &str, cents: impl Fn(Timestamp) -> u32) -> Story {
    let first = at("2026-10-21T00:00:00Z");
    let story = Story::connected("2026-10-21T00:00:00Z", "USD 0+500");
    let (mut left, mut now) = (50_000, first);
    while now < at(until) {
        left -= cents(now);
        now = now.plus(DAY);
        story.host.set_now(now);
        story.set_books(KEY, &format!("USD 0+{}.{:02}", left / 100, left % 100)).event(Event::Alarm);
    }
    story
}

/// The popup's explanation of this month's forecast.
fn how(story: &Story) -> String {
    let html = story.click("show", &[]).html;
    let (_, rest) = html.split_once("popovertarget=\"how-landing\" title=\"").expect("an explanation");
    rest.split('"').next().unwrap().to_owned()
}

fn kept(story: &Story) -> Vec<String> {
    serde_json::from_str(&story.stored("forecasts")).unwrap_or_default()
}

#[test]
fn the_popup_says_what_the_last_forecast_said_and_what_the_month_came_to() {
    let story = read_daily("2026-12-01T00:00:00Z", |_| 200);
    let sentence =
        "On Nov 10, the forecast said $60.00 ($58.00–$62.00). November came to $60.00, as forecast.";
    has(&how(&story), sentence);
    has(&story.card_html(0), sentence);
    has(&story.send("show", &[("open", "overview")]).html, sentence);
    let of_total = kept(&story);
    assert_eq!(of_total.len(), 1, "{of_total:?}");
    assert_eq!(of_total[0], "2026-11-10 USD 60.00 1 58.00 62.00");
    story.click("hide", &[("hidden", "on")]);
    lacks(&how(&story), "$60");
}

#[test]
fn a_month_above_its_range_says_so() {
    let story =
        read_daily("2026-12-01T00:00:00Z", |now| if now < at("2026-11-20T00:00:00Z") { 200 } else { 300 });
    has(&how(&story), "November came to $71.00 (18% more). That's above the range.");
}

#[test]
fn the_first_refresh_from_the_tenth_on_keeps_one_forecast_and_later_ones_none() {
    let story = read_daily("2026-11-09T00:00:00Z", |_| 200);
    assert_eq!(kept(&story).len(), 0);
    story.clock("2026-11-14T08:00:00Z").set_books(KEY, "USD 0+440").send("refresh", &[]);
    let first = story.stored("forecasts");
    has(&kept(&story)[0], "2026-11-14 USD ");
    story.clock("2026-11-15T08:00:00Z").set_books(KEY, "USD 0+400").event(Event::Alarm);
    assert_eq!(story.stored("forecasts"), first);
}

#[test]
fn a_forecast_of_stale_figures_is_not_kept() {
    let story = read_daily("2026-11-08T00:00:00Z", |_| 200);
    story.refuse(KEY).clock("2026-11-12T08:00:00Z").event(Event::Alarm);
    assert_eq!(kept(&story).len(), 0);
    story.set_books(KEY, "USD 0+440").clock("2026-11-21T08:00:00Z").event(Event::Alarm);
    assert_eq!(kept(&story).len(), 0, "so late it would say little");
}

#[test]
fn a_month_that_was_not_read_to_its_end_is_not_compared() {
    let story = read_daily("2026-11-25T00:00:00Z", |_| 200);
    story.refuse(KEY).clock("2026-12-01T08:00:00Z").event(Event::Alarm);
    let how = how(&story);
    has(&how, "November came to at least $48.00. Some data for November is missing, so we can't compare.");
}

#[test]
fn accounts_that_were_added_later_are_not_held_against_a_forecast() {
    let story = read_daily("2026-11-15T00:00:00Z", |_| 200);
    story.set_books(OTHER_KEY, "USD 0+90");
    story.send("connect", &[("provider", "deepseek"), ("label", "other"), ("key", OTHER_KEY)]);
    story.set_books(KEY, "USD 0+418").set_books(OTHER_KEY, "USD 0+10");
    story.clock("2026-12-01T00:00:00Z").event(Event::Alarm);
    let how = how(&story);
    has(&how, "Your accounts have changed since, so we can't compare it with November.");
    lacks(&how, "November came to");
    // The account's own forecast is still compared.
    has(
        &story.card_html(0),
        "On Nov 10, the forecast said $60.00 ($58.00–$62.00). November came to $60.00, as forecast.",
    );
}

#[test]
fn the_overview_counts_the_months_in_which_the_range_held() {
    let story =
        read_daily("2027-01-01T00:00:00Z", |now| if now < at("2026-12-20T00:00:00Z") { 200 } else { 400 });
    has(&story.send("show", &[("open", "overview")]).html, "1 of the last 2 months ended within the range.");
}

#[test]
fn records_come_back_with_a_backup_and_those_that_are_here_stay() {
    let story = read_daily("2026-12-01T00:00:00Z", |_| 200);
    let file = backup::back_up(&story);
    let other = backup::fresh("2026-12-01T00:00:00Z");
    backup::restored(&other, &file, "");
    assert_eq!(other.stored("forecasts"), story.stored("forecasts"));
    let of = |story: &Story| story.host.accounts()[0]["forecasts"].clone();
    assert!(of(&story).is_array());
    assert_eq!(of(&other), of(&story));
    // Restoring it over the existing data changes nothing.
    backup::restored(&story, &file, "");
    assert_eq!((of(&story), story.stored("forecasts")), (of(&other), other.stored("forecasts")));
}

#[test]
fn an_account_kept_by_hand_has_a_record_as_well() {
    let story = manual_account("2026-11-01T00:00:00Z", "balance", "100");
    for (now, left) in [("2026-11-05T00:00:00Z", "92"), ("2026-11-10T06:00:00Z", "82")] {
        story.clock(now).send("figure", &[("account", &story.id(0)), ("amount", left)]);
    }
    story.event(Event::Alarm);
    assert_eq!(kept(&story).len(), 1);
}

#[test]
fn damaged_forecasts_are_set_aside_and_stop_nothing() {
    let story = read_daily("2026-12-01T00:00:00Z", |_| 200);
    let popup = story.popup();
    story.host.stored.borrow_mut().insert("forecasts".to_owned(), "[\"2026-11-10 USD".to_owned());
    assert_eq!(story.popup(), popup);
    lacks(&how(&story), "On Nov 10");
    story.clock("2026-12-02T00:00:00Z").event(Event::Alarm);
    assert_eq!(story.stored("damaged.forecasts"), "[\"2026-11-10 USD");
    story.clock("2026-12-10T00:00:00Z").set_books(KEY, "USD 0+400").event(Event::Alarm);
    assert_eq!(kept(&story).len(), 1, "the next one is kept again");
}
