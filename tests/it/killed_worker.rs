//! The worker may be killed at any await. Each story runs once without a kill. Then, for every k, it runs again: the worker is
//! killed at the k-th await of each step and restarted, and the step is repeated as a user or the browser would. Committed data
//! must still be there, and nothing may be counted twice. `interruptions.rs` does this for each command and event alone, and
//! `paged_answers.rs` for the pages of one answer.

use std::collections::{BTreeMap, BTreeSet};

use drawdown::app::statement;
use drawdown::books::reading::parse_day;
use drawdown::money::Amount;
use drawdown::route::{Event, on_event};
use drawdown::time::{DAY, Month};
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;
use drawdown_lab::replay::look;
use serde_json::Value;

use crate::builders::{amount, at};
use crate::rest::{Left, Rest};
use crate::story::{AccountAnswer, KEY, OTHER_KEY, PASSWORD, Story, message};

/// The action of a step.
#[derive(Clone, Debug)]
enum Act {
    Event(Event),
    Message(&'static str, Vec<(&'static str, String)>),
}

/// One step: its time, the balances of both keys' accounts, and its action.
struct Step {
    at: &'static str,
    books: [&'static str; 2],
    act: Act,
}

fn step(at: &'static str, books: [&'static str; 2], act: Act) -> Step {
    Step { at, books, act }
}

fn send(command: &'static str, fields: &[(&'static str, &str)]) -> Act {
    Act::Message(command, fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

/// Sets the clock and the answers of a step.
fn prepare(story: &Story, step: &Step) {
    story.clock(step.at);
    for (key, books) in [KEY, OTHER_KEY].into_iter().zip(step.books) {
        match books {
            "" => story.refuse(key),
            "offline" => story.set_answer(key, AccountAnswer::Nothing(drawdown::host::FetchError::Offline)),
            books => story.set_books(key, books),
        };
    }
}

/// Runs a step. Returns `false` if the worker was killed in it.
fn live(story: &Story, step: &Step, dies_at: usize) -> bool {
    prepare(story, step);
    let host = &*story.host;
    match &step.act {
        Act::Event(event) => host.run_dying(on_event(host, *event), dies_at).is_some(),
        Act::Message(command, fields) => {
            let id = |value: &str| value.strip_prefix('#').map(|place| story.id(place.parse().unwrap()));
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, id(value).unwrap_or_else(|| value.clone())))
                .collect();
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            host.run_dying(on_message(host, &message("dashboard", command, &fields)), dies_at).is_some()
        }
    }
}

/// Every stored reading as account, time and content.
pub(crate) fn readings(host: &Fake) -> BTreeSet<(String, String)> {
    let stored = host.stored.borrow();
    let shards = stored.iter().filter_map(|(key, text)| Some((key.strip_prefix("readings.")?, text)));
    shards
        .flat_map(|(name, text)| {
            let shard: Value = serde_json::from_str(text).unwrap();
            let (account, month) = name.split_once('.').unwrap();
            let (account, month) = (account.to_owned(), Month::parse(month).unwrap());
            // An account with bills only has no readings.
            let days: Option<Vec<(u32, String)>> = serde_json::from_value(shard["days"].clone()).unwrap();
            let days = days.unwrap_or_default();
            let kept =
                days.into_iter().flat_map(move |(day, text)| parse_day(month.day(day), &text).unwrap());
            kept.map(move |observed| (account.clone(), serde_json::to_string(&observed).unwrap()))
        })
        .collect()
}

/// The spend of both months, from the ledgers.
fn spent(host: &Fake) -> Amount {
    let statement = look(host, statement);
    let figures = [statement.last_month.amount, statement.total.spend.amount];
    figures.into_iter().flatten().sum()
}

/// Runs the story once, then with a kill at every await.
fn survives(begin: impl Fn() -> Story, steps: &[Step], truth: &str) {
    let story = begin();
    let host = &*story.host;
    let mut before = Vec::new();
    for step in steps {
        before.push(Rest::of(host));
        assert!(live(&story, step, usize::MAX), "nothing stops it");
    }
    assert_eq!(spent(host), amount(truth), "without a death");
    let accounts = host.accounts().len();
    let mut deaths = 0;
    for (place, rest) in before.into_iter().enumerate() {
        let mut seen = Left::default();
        for dies_at in 1.. {
            rest.restore(host);
            let known = readings(host);
            if live(&story, &steps[place], dies_at) {
                break;
            }
            deaths += 1;
            let left = readings(host);
            assert!(known.is_subset(&left), "step {place}, await {dies_at}: a reading was lost");
            if !seen.is_new(host) {
                continue;
            }
            host.run(on_event(host, Event::Start));
            for step in &steps[place..] {
                assert!(live(&story, step, usize::MAX));
            }
            let at_end = readings(host);
            assert!(left.is_subset(&at_end), "step {place}, await {dies_at}: a committed reading was lost");
            assert_eq!(spent(host), amount(truth), "step {place}, await {dies_at}");
            assert_eq!(host.accounts().len(), accounts, "step {place}, await {dies_at}");
            assert!(host.accounts().iter().all(|account| account["attempt"].is_null()));
        }
    }
    assert!(deaths > 10 * steps.len(), "only {deaths} deaths");
}

#[test]
fn readings_around_the_end_of_a_month_survive() {
    let begin = || Story::connected("2026-11-30T23:00:00Z", "USD 5+15");
    let alarm = |at, books| step(at, [books, ""], Act::Event(Event::Alarm));
    let steps = [
        alarm("2026-11-30T23:15:00Z", "USD 4+15"),
        alarm("2026-11-30T23:45:00Z", "USD 3+15"),
        alarm("2026-12-01T00:00:00Z", "offline"),
        alarm("2026-12-01T00:15:00Z", "USD 0+14"),
        step("2026-12-01T00:20:00Z", ["USD 0+13.5", ""], send("refresh", &[])),
    ];
    survives(begin, &steps, "6.5");
}

#[test]
fn several_accounts_survive() {
    let begin = || {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.set_books(OTHER_KEY, "USD 0+50");
        story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
        story
    };
    let steps = [
        step("2026-11-22T10:15:00Z", ["USD 0+19", "USD 0+48"], Act::Event(Event::Alarm)),
        step("2026-11-22T10:30:00Z", ["USD 0+18", "offline"], Act::Event(Event::Alarm)),
        step("2026-11-22T10:40:00Z", ["USD 0+17", "USD 0+45"], send("refresh", &[])),
        step(
            "2026-11-22T10:41:00Z",
            ["USD 0+17", "USD 0+45"],
            send("rename", &[("account", "#0"), ("label", "x")]),
        ),
        step("2026-11-22T10:42:00Z", ["USD 0+17", "USD 0+45"], send("settings", &[("period_minutes", "20")])),
        step("2026-11-22T10:50:00Z", ["USD 0+16", "USD 0+44"], send("pause", &[("account", "#1")])),
        step("2026-11-22T11:00:00Z", ["USD 0+15", "USD 0+43"], send("resume", &[("account", "#1")])),
        step("2026-11-22T11:20:00Z", ["USD 0+14", "USD 0+42"], send("refresh", &[])),
    ];
    survives(begin, &steps, "14");
}

#[test]
fn connecting_survives() {
    let begin = || {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.event(Event::Start);
        story
    };
    let connect = send("connect", &[("provider", "deepseek"), ("label", "two"), ("key", OTHER_KEY)]);
    let steps = [
        step("2026-11-22T10:05:00Z", ["USD 0+20", "USD 0+50"], connect),
        step("2026-11-22T10:20:00Z", ["USD 0+19", "USD 0+49"], send("refresh", &[])),
    ];
    survives(begin, &steps, "2");
}

#[test]
fn replacing_a_key_survives() {
    let begin = || Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let replace = send("replace_key", &[("account", "#0"), ("key", OTHER_KEY)]);
    let steps = [
        step("2026-11-22T10:15:00Z", ["USD 0+19", ""], Act::Event(Event::Alarm)),
        step("2026-11-22T10:20:00Z", ["", "USD 0+18"], replace),
        step(
            "2026-11-22T10:21:00Z",
            ["", "USD 0+18"],
            send("take_key", &[("account", "#0"), ("books", "go_on")]),
        ),
        step("2026-11-22T10:40:00Z", ["", "USD 0+16"], send("refresh", &[])),
    ];
    survives(begin, &steps, "4");
}

#[test]
fn locking_and_unlocking_survive() {
    let begin = || Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let steps = [
        step("2026-11-22T10:15:00Z", ["USD 0+19", ""], send("lock", &[])),
        step("2026-11-22T10:16:00Z", ["USD 0+18", ""], send("unlock", &[("password", PASSWORD)])),
        step("2026-11-22T10:40:00Z", ["USD 0+17", ""], send("refresh", &[])),
    ];
    survives(begin, &steps, "3");
}

#[test]
fn choosing_a_password_survives() {
    let begin = || {
        let story = Story::begin("2026-11-22T10:00:00Z");
        story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
        story
    };
    let seal = send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    let another = [("current", PASSWORD), ("password", "another password"), ("again", "another password")];
    let steps = [
        step("2026-11-22T10:01:00Z", ["USD 0+20", ""], seal),
        step("2026-11-22T10:02:00Z", ["USD 0+20", ""], send("change_password", &another)),
        step("2026-11-22T10:40:00Z", ["USD 0+17", ""], send("refresh", &[])),
    ];
    survives(begin, &steps, "3");
}

#[test]
fn compaction_survives() {
    let begin = || Story::connected("2026-10-02T10:00:00Z", "USD 0+40");
    let alarm = |at, books| step(at, [books, ""], Act::Event(Event::Alarm));
    let steps = [
        alarm("2026-10-03T10:00:00Z", "USD 0+39"),
        alarm("2026-10-20T10:00:00Z", "USD 0+35"),
        alarm("2026-11-05T10:00:00Z", "USD 0+30"),
        step("2026-11-20T10:00:00Z", ["USD 0+28", ""], Act::Event(Event::Start)),
        alarm("2026-11-29T10:00:00Z", "USD 0+27"),
        step("2026-11-29T10:20:00Z", ["USD 0+26.5", ""], send("refresh", &[])),
    ];
    survives(begin, &steps, "13.5");
}

/// The stored history.
fn history_of(rest: &Rest) -> BTreeMap<String, String> {
    let is_history = |key: &str| key.starts_with("readings.") || key.starts_with("months.");
    let kept = rest.stored.iter().filter(|(key, _)| is_history(key));
    kept.map(|(key, text)| (key.clone(), text.clone())).collect()
}

#[test]
fn thinning_survives() {
    let story = Story::connected("2026-08-01T10:00:00Z", "USD 0+100");
    let host = &*story.host;
    for day in 1..75_u64 {
        host.set_now(at("2026-08-01T10:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{}", 100 - day)).event(Event::Alarm);
    }
    host.set_now(at("2026-10-15T00:00:00Z"));
    let history = |host: &Fake| history_of(&Rest::of(host));
    let rest = Rest::of(host);
    story.event(Event::Start);
    let settled = history(host);
    let day_before = history_of(&rest);
    assert_ne!(settled, day_before, "a day is thinned");
    let mut seen = Left::default();
    for dies_at in 1.. {
        rest.restore(host);
        if host.run_dying(on_event(host, Event::Start), dies_at).is_some() {
            assert!(dies_at > 10);
            break;
        }
        let left = history(host);
        assert!(left == day_before || left == settled, "await {dies_at}: all of it or nothing");
        if !seen.is_new(host) {
            continue;
        }
        story.event(Event::Start);
        assert_eq!(history(host), settled, "await {dies_at}");
    }
}
