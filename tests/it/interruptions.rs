//! Every command and every event, in a browser with everything in progress: with the worker killed at each await, and each two
//! events at once. After a repetition, the state is the same as without an interruption.
//!
//! Each command and event has a line in a table here.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::app::statement;
use drawdown::route::{COMMANDS, Event, on_event};
use drawdown::time::HOUR;
use drawdown_lab::fake::{Fake, later};
use drawdown_lab::on_message;
use drawdown_lab::replay::look;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::backup;
use crate::builders::at;
use crate::busy_browser::{NOW, begin};
use crate::killed_worker::readings;
use crate::rest::{Left, Rest};
use crate::story::{OTHER_KEY, PLAN, Story, message};
use crate::tidy::all_empty;

/// A FOCUS file with $9 of usage in August 2026, as base64.
const FOCUS_FILE: &str = "QmlsbGVkQ29zdCxCaWxsaW5nQ3VycmVuY3ksQ2hhcmdlQ2F0ZWdvcnksQ2hhcmdlUGVyaW9kU3RhcnQsQ2hhcmdlUGVyaW9kRW5kLFByb3ZpZGVyTmFtZSxTZXJ2aWNlTmFtZQo5LFVTRCxVc2FnZSwyMDI2LTA4LTAyVDAwOjAwOjAwWiwyMDI2LTA4LTAzVDAwOjAwOjAwWixBY21lLENoYXQK";

/// The fields of a form. `#n` stands for the id of an account, `#correction` for that of a correction, `#purchase` for that
/// of a credit purchase.
type Fields = &'static [(&'static str, &'static str)];

/// How a command is tested.
enum Command {
    /// Sends it with these fields.
    Done(Fields),
    /// The command writes nothing.
    Reads,
    /// Another file tests it: `killed_worker.rs` what derives a key from a password, too slow for every await; `removal.rs` what
    /// erases readings, `duplicates.rs` what moves them, and `amounts.rs` what replaces one.
    Elsewhere,
}
use Command::{Done, Elsewhere, Reads};

/// Every command.
const TABLE_OF_COMMANDS: &[(&str, Command)] = &[
    ("show", Reads),
    ("suggest_password", Reads),
    ("export", Reads),
    ("diagnose", Reads),
    ("save_diagnostics", Reads),
    ("count", Reads),
    ("what_if_text", Reads),
    ("what_if_top_up", Reads),
    ("what_if_growth", Reads),
    ("unlock", Elsewhere),
    ("seal", Elsewhere),
    ("sync_join", Elsewhere),
    ("sync_off", Elsewhere),
    ("sync_on", Done(&[])),
    ("change_password", Elsewhere),
    ("refresh", Done(&[])),
    ("hide", Done(&[("hidden", "on")])),
    ("lock", Done(&[])),
    ("stay_unlocked", Done(&[("on", "on")])),
    ("noted", Done(&[])),
    ("close_news", Done(&[])),
    ("dismiss_summary", Done(&[("month", "2026-10")])),
    ("forget_password", Done(&[])),
    ("connect", Done(&[("provider", "deepseek"), ("key", "sk-a0000000000000000000000000000000")])),
    ("replace_key", Done(&[("account", "#0"), ("key", OTHER_KEY)])),
    ("take_key", Done(&[("account", "#0"), ("books", "go_on")])),
    ("drop_key", Done(&[("account", "#0")])),
    ("pause", Done(&[("account", "#0")])),
    ("resume", Done(&[("account", "#6")])),
    ("rename", Done(&[("account", "#0"), ("label", "main")])),
    ("client", Done(&[("account", "#0"), ("client", "Acme")])),
    ("move", Done(&[("account", "#1"), ("to", "up")])),
    ("join", Elsewhere),
    ("remove", Done(&[("account", "#1"), ("history", "keep")])),
    ("restore", Done(&[("account", "#7")])),
    ("erase", Done(&[("account", "#7"), ("word", "erase")])),
    ("erase_all", Elsewhere),
    ("declare", Done(&[("account", "#0"), ("kind", "top_up"), ("currency", "USD"), ("amount", "5")])),
    ("undo", Done(&[("account", "#0"), ("correction", "#correction")])),
    ("credit", Done(&[("account", "#0"), ("currency", "USD"), ("amount", "5"), ("day", "2026-12-24")])),
    ("drop_credit", Done(&[("account", "#4"), ("purchase", "#purchase")])),
    ("peak_hours", Done(&[("account", "#0"), ("on", "")])),
    ("expiry_day", Done(&[("account", "#0"), ("currency", "USD"), ("day", "2026-12-24")])),
    ("key_expiry", Done(&[("account", "#2"), ("key_expires", "2027-01-01")])),
    ("snooze", Done(&[("account", "#0"), ("of", "runs_out USD"), ("on", "on")])),
    ("reloads", Done(&[("account", "#0"), ("on", "on")])),
    ("back_up", Done(&[])),
    ("restore_backup", Done(&[("file.0", "#backup"), ("file.0.name", "drawdown-backup.json")])),
    ("import", Done(&[("account", "#5"), ("file.0", "#file"), ("file.0.name", "cost.csv")])),
    ("answer_import", Done(&[("settings.date", "0"), ("settings.amount", "1"), ("settings.code", "USD")])),
    ("plan", Done(&PLAN)),
    ("drop_plan", Done(&[("place", "0"), ("name", "Qwen")])),
    ("untracked", Done(&[("name", "Runway"), ("amount", "15"), ("currency", "USD")])),
    ("drop_untracked", Done(&[("place", "0"), ("name", "Midjourney")])),
    ("invoice", Done(&[("account", "#2"), ("month", "2026-10"), ("currency", "USD"), ("total", "31")])),
    ("invoice_file", Done(&[("account", "#2"), ("file.0", FOCUS_FILE), ("file.0.name", "focus.csv")])),
    ("drop_invoice", Done(&[("account", "#0"), ("invoice", "2026-09 USD")])),
    ("budget", Done(&[("amount", "70")])),
    ("rate", Done(&[("currency", "EUR"), ("rate", "1.1")])),
    ("ecb_rates", Done(&[("on", "on")])),
    ("alerts", Done(&[("keys", "on"), ("low_balance", "3")])),
    ("appearance", Done(&[("theme", "dark"), ("badge", "today")])),
    ("sample", Done(&[("on", "on")])),
    ("settings", Done(&[("period_minutes", "20"), ("currency", "USD")])),
    ("by_hand", Done(&[("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")])),
    ("by_file", Done(&[("label", "Vast")])),
    ("figure", Done(&[("account", "#4"), ("amount", "25")])),
    ("edit_figure", Elsewhere),
    ("left", Done(&[("account", "#2"), ("currency", "USD"), ("amount", "12")])),
    ("remind", Done(&[("account", "#4"), ("days", "3")])),
];

/// Every event, each followed by the next; a missing event does not compile.
fn events() -> Vec<Event> {
    let after = |event| match event {
        Event::Start => Some(Event::Alarm),
        Event::Alarm => Some(Event::Permission),
        Event::Permission => Some(Event::Idle),
        Event::Idle => Some(Event::Locked),
        Event::Locked => Some(Event::Hide),
        Event::Hide => Some(Event::Synced),
        Event::Synced => Some(Event::Answered),
        Event::Answered => None,
    };
    std::iter::successors(Some(Event::Start), |event| after(*event)).collect()
}

/// The text of a command's message, with the placeholders of its fields replaced.
fn write(story: &Story, command: &str, fields: Fields) -> String {
    let accounts = story.host.accounts();
    let file = STANDARD.encode("utc_date,model,cost,currency\n2026-11-20,deepseek-chat,2,USD\n");
    let backup = STANDARD.encode(backup::of_another_computer());
    let html = story.card_html(0);
    let correction = html.split_once(r#"name="correction" value=""#).map(|(_, rest)| rest.split('"').next());
    let meant = |value: &str| match value.strip_prefix('#') {
        None => value.to_owned(),
        Some("file") => file.clone(),
        Some("backup") => backup.clone(),
        Some("purchase") => accounts[4]["expires"][0][2].as_str().expect("a purchase").to_owned(),
        Some("correction") => correction.flatten().expect("a statement").to_owned(),
        Some(place) => accounts[place.parse::<usize>().unwrap()]["id"].as_str().unwrap().to_owned(),
    };
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, meant(value))).collect();
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
    message("dashboard", command, &fields.chain([("submission", "0a1b2c3d-once")]).collect::<Vec<_>>())
}

/// Everything in a state that the user would miss: figures, accounts, settings and entered values. Ids are random.
fn kept(host: &Fake) -> String {
    let stored = host.stored.borrow();
    let is_hidden = stored.get("settings").is_some_and(|settings| settings.contains("\"is_hidden\":true"));
    drop(stored);
    format!("{}\n{is_hidden}", kept_but_hiding(host))
}

/// The same, without whether amounts are hidden: the shortcut toggles that, so a second press reverses it.
fn kept_but_hiding(host: &Fake) -> String {
    let stored = host.stored.borrow();
    let read = |key: &str| stored.get(key).map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
    let accounts: Vec<_> = host
        .accounts()
        .iter()
        .map(|account| {
            let fields = [
                "provider",
                "label",
                "source",
                "life",
                "key_expires",
                "expires",
                "reloads",
                "remind_days",
                "clients",
                "features",
            ];
            let mut fields = fields.map(|name| account[name].clone());
            // Ids are random.
            for purchase in
                fields[5].as_array_mut().into_iter().flatten().filter_map(|credit| credit.get_mut(2))
            {
                *purchase = Value::Null;
            }
            let count = |name: &str| match &account[name] {
                Value::Array(all) => all.len(),
                Value::String(text) => text.lines().count(),
                _ => 0,
            };
            let counts = ["corrections", "imports", "typed", "left", "habits", "invoices"].map(count);
            let has =
                ["credential", "replacement", "attempt", "problem"].map(|name| !account[name].is_null());
            json!([fields, counts, has, account["is_cut_short"], account["is_key_lost"]])
        })
        .collect();
    let (mut settings, has_vault) = (read("settings"), stored.contains_key("vault"));
    settings["is_hidden"] = Value::Null;
    drop(stored);
    let spent = look(host, |state, now| {
        let statement = statement(state, now);
        let books = statement.accounts.iter().flat_map(|account| &account.books);
        let of_books: Vec<_> = books.map(|book| book.spend.amount.map(|amount| amount.to_string())).collect();
        json!([statement.last_month.amount, statement.total.spend.amount, of_books])
    });
    format!("{spent}\n{settings}\n{has_vault}\n{accounts:#?}")
}

/// The browser's later events: the worker starts and the alarm fires. A locked vault is unlocked first.
fn follow_up(host: &Fake, data_key: &str) {
    host.run(on_event(host, Event::Start));
    host.set_now(at(NOW).plus(7 * HOUR));
    if host.stored.borrow().contains_key("vault") {
        host.session.borrow_mut().insert("data-key".to_owned(), data_key.to_owned());
    }
    host.run(on_event(host, Event::Alarm));
}

/// Runs `act` once, then with a kill at every await, each followed by a repetition. `kept` is the state that must be equal in the
/// end.
fn survives(
    story: &Story,
    rest: &Rest,
    name: &str,
    kept: fn(&Fake) -> String,
    act: &dyn Fn(Option<usize>) -> Option<bool>,
) {
    let host = &*story.host;
    rest.restore(host);
    let data_key = host.session.borrow()["data-key"].clone();
    let begin = || {
        rest.restore(host);
        host.set_clock(NOW);
        host.notified.borrow_mut().clear();
    };
    begin();
    assert_eq!(act(None), Some(true), "{name} is done");
    follow_up(host, &data_key);
    let expected = kept(host);
    let mut seen = Left::default();
    for dies_at in 1.. {
        begin();
        let known = readings(host);
        if act(Some(dies_at)).is_some() {
            assert!(dies_at > 3 || name == "Answered", "{name} has more awaits");
            break;
        }
        let left = readings(host);
        assert!(known.is_subset(&left), "{name}, await {dies_at}: a reading was lost");
        if !seen.is_new(host) {
            continue;
        }
        host.run(on_event(host, Event::Start));
        act(None);
        follow_up(host, &data_key);
        assert!(left.is_subset(&readings(host)), "{name}, await {dies_at}: a committed reading was lost");
        assert_eq!(kept(host), expected, "{name}, await {dies_at}");
        let notified = host.notified.borrow();
        let once: BTreeSet<_> = notified.iter().map(|one| &one.message).collect();
        assert_eq!(once.len(), notified.len(), "{name}, await {dies_at}: an alert was shown twice");
        assert!(
            host.session.borrow().keys().all(|name| !name.starts_with("pages-")),
            "{name}, await {dies_at}"
        );
    }
}

#[test]
fn every_command_has_a_line() {
    let is_listed = |command: &&&str| TABLE_OF_COMMANDS.iter().any(|(name, _)| *name == **command);
    let missing = COMMANDS.iter().filter(|command| !is_listed(command)).map(|command| {
        format!("add a line for \"{command}\" to TABLE_OF_COMMANDS, with fields that change something")
    });
    let is_gone = |name: &str| !COMMANDS.contains(&name);
    let gone = TABLE_OF_COMMANDS.iter().filter(|(name, _)| is_gone(name)).map(|(name, _)| {
        format!("\"{name}\" is no command any more: remove its line from TABLE_OF_COMMANDS")
    });
    all_empty(&missing.chain(gone).collect::<Vec<_>>());
}

#[test]
fn every_command_survives() {
    let story = begin();
    let host = &*story.host;
    let rest = Rest::of(host);
    for (command, how) in TABLE_OF_COMMANDS {
        let Done(fields) = how else { continue };
        rest.restore(host);
        let text = write(&story, command, fields);
        survives(&story, &rest, command, kept, &|dies_at| match dies_at {
            None => Some(host.run(on_message(host, &text)).ok),
            Some(dies_at) => host.run_dying(on_message(host, &text), dies_at).map(|reply| reply.ok),
        });
    }
}

#[test]
fn every_event_survives() {
    let story = begin();
    let (host, rest) = (&*story.host, Rest::of(&story.host));
    host.sent.borrow_mut().clear();
    host.run(on_event(host, Event::Alarm));
    assert_eq!(host.notified.borrow().len(), 1, "one alert is shown");
    for asked in ["api.deepseek.com", "page=2", "openrouter.ai", "bigquery", "oauth2", "frankfurter"] {
        let sent = host.sent.borrow();
        assert!(sent.iter().any(|request| request.url.contains(asked)), "{asked} is asked");
    }
    for event in events() {
        let kept = if event == Event::Hide { kept_but_hiding } else { kept };
        survives(&story, &rest, &format!("{event:?}"), kept, &|dies_at| match dies_at {
            None => {
                host.run(on_event(host, event));
                Some(true)
            }
            Some(dies_at) => host.run_dying(on_event(host, event), dies_at).map(|()| true),
        });
    }
}

#[test]
fn every_pair_of_concurrent_events_gives_one_result() {
    let story = begin();
    let (host, rest) = (&*story.host, Rest::of(&story.host));
    let data_key = host.session.borrow()["data-key"].clone();
    let (mut seen, mut ended) = (BTreeSet::new(), Left::default());
    for (first, second) in
        events().into_iter().flat_map(|one| events().into_iter().map(move |two| (one, two)))
    {
        for turns in [0, 1, 2, 4, 7, 12, 20, 33, 54, 90] {
            rest.restore(host);
            host.set_clock(NOW);
            let known = readings(host);
            host.run(join(on_event(host, first), later(turns, on_event(host, second))));
            let left = readings(host);
            assert!(known.is_subset(&left), "{first:?} and {second:?} after {turns}");
            if !ended.is_new(host) {
                continue;
            }
            follow_up(host, &data_key);
            assert!(left.is_subset(&readings(host)), "{first:?} and {second:?} after {turns}");
            seen.insert(kept_but_hiding(host));
            assert_eq!(seen.len(), 1, "{first:?} and {second:?} after {turns}: {seen:#?}");
        }
    }
}
