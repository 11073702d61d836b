//! Facts that are typed, declared, imported or summed on one computer, and count on the other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::reading::AccountId;
use drawdown::route::Event;
use drawdown::store::{Item, ItemKind};
use drawdown_lab::replay::change;
use serde_json::{Value, json};

use crate::builders::at;
use crate::story::{KEY, OTHER_KEY, Story};
use crate::sync::{carry, joined, syncing, written};

#[test]
fn what_is_typed_of_an_account_without_a_key_follows_on_the_other_computer() {
    let first = syncing();
    let modal = [("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")];
    first.clock("2026-11-20T08:01:30Z").send("by_hand", &modal);
    let lambda = [("label", "Lambda"), ("currency", "USD"), ("tells", "balance"), ("amount", "30")];
    first.send("by_hand", &lambda);
    let balance = first.id(2);
    first.clock("2026-11-20T09:00:00Z").send("figure", &[("account", &balance), ("amount", "26")]);
    first.clock("2026-11-20T09:10:00Z").event(Event::Alarm);
    let second = joined(&first, "2026-11-20T09:20:00Z", "USD 0+20");
    assert!(second.popup().contains("$11.00"), "7 of the bill and 4 of the balance: {}", second.popup());
    first.clock("2026-11-20T10:00:00Z").send("figure", &[("account", &balance), ("amount", "25")]);
    first.event(Event::Answered);
    second.clock("2026-11-20T10:05:00Z");
    carry(&first, &second);
    assert!(second.popup().contains("$12.00"), "{}", second.popup());
    // An undo on one computer applies on the other, and the item does not come back.
    second.clock("2026-11-20T10:10:00Z").event(Event::Alarm);
    carry(&second, &first);
    let undone = second.send("undo", &[("account", &balance), ("correction", "USD 1795168800000 25")]);
    assert!(undone.ok, "{}", undone.html);
    second.clock("2026-11-20T10:20:00Z").event(Event::Alarm);
    first.clock("2026-11-20T10:21:00Z");
    carry(&second, &first);
    first.clock("2026-11-20T10:30:00Z").event(Event::Alarm);
    carry(&first, &second);
    for computer in [&first, &second] {
        assert!(computer.popup().contains("$11.00"), "{}", computer.popup());
    }
}

#[test]
fn an_imported_file_counts_on_both_computers_until_it_is_undone_on_one() {
    let first = syncing();
    let table = "user_id,utc_date,model,wallet_type,cost,currency\n\
        u,2026-11-18,deepseek-chat,Paid,4.00,USD\nu,2026-11-18,deepseek-reasoner,Paid,1.25,USD\n";
    let file = STANDARD.encode(table);
    let id = first.id(0);
    let fields = [("account", id.as_str()), ("file.0", file.as_str()), ("file.0.name", "cost.csv")];
    let imported = first.clock("2026-11-20T09:00:00Z").send("import", &fields);
    assert!(imported.ok, "{}", imported.html);
    first.event(Event::Answered);
    let second = joined(&first, "2026-11-20T09:05:00Z", "USD 0+20");
    for computer in [&first, &second] {
        assert!(computer.popup().contains("$5.25"), "{}", computer.popup());
    }
    second.clock("2026-11-20T09:10:00Z").event(Event::Alarm);
    carry(&second, &first);
    assert!(second.send("undo", &[("account", &id), ("correction", "import-1")]).ok);
    second.clock("2026-11-20T09:20:00Z").event(Event::Alarm);
    first.clock("2026-11-20T09:21:00Z");
    carry(&second, &first);
    first.clock("2026-11-20T09:30:00Z").event(Event::Alarm);
    carry(&first, &second);
    for computer in [&first, &second] {
        assert!(!computer.popup().contains("$5.25"), "{}", computer.popup());
    }
}

/// Two computers that know of a rise from 20 to 38 between 8:00 and 9:00.
fn after_a_rise() -> (Story, Story) {
    let first = syncing();
    first.set_books(KEY, "USD 0+38").clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    let second = joined(&first, "2026-11-20T09:05:00Z", "USD 0+38");
    second.clock("2026-11-20T09:10:00Z").event(Event::Alarm);
    carry(&second, &first);
    (first, second)
}

#[test]
fn a_statement_about_a_rise_counts_on_both_computers_until_it_is_taken_back_on_one() {
    let (first, second) = after_a_rise();
    let id = first.id(0);
    let top_up = [
        ("account", id.as_str()),
        ("kind", "top_up"),
        ("currency", "USD"),
        ("amount", "20"),
        ("at", "2026-11-20T08:30:00Z"),
    ];
    let declared = second.send("declare", &top_up);
    assert!(declared.ok, "{}", declared.html);
    second.clock("2026-11-20T09:20:00Z").event(Event::Alarm);
    first.clock("2026-11-20T09:25:00Z");
    carry(&second, &first);
    for computer in [&first, &second] {
        assert!(computer.popup().contains("$2.00"), "20 paid in, and it rose by 18: {}", computer.popup());
    }
    let stored: Value = serde_json::from_str(&first.stored(&format!("account.{id}"))).unwrap();
    let name = stored["corrections"][0][0].as_str().unwrap().to_owned();
    assert!(first.send("undo", &[("account", &id), ("correction", &name)]).ok);
    first.clock("2026-11-20T09:30:00Z").event(Event::Alarm);
    second.clock("2026-11-20T09:31:00Z");
    carry(&first, &second);
    assert!(second.popup().contains("≥ $0.00"), "{}", second.popup());
}

#[test]
fn a_statement_by_a_clock_that_is_minutes_ahead_counts_on_the_other_computer_too() {
    let (first, second) = after_a_rise();
    let id = first.id(0);
    let top_up = [("account", id.as_str()), ("kind", "top_up"), ("currency", "USD"), ("amount", "1")];
    assert!(second.clock("2026-11-20T09:25:00Z").send("declare", &top_up).ok);
    second.event(Event::Answered);
    first.clock("2026-11-20T09:21:00Z");
    carry(&second, &first);
    for computer in [&first, &second] {
        computer.set_books(KEY, "USD 0+38").clock("2026-11-20T10:00:00Z").event(Event::Alarm);
        assert!(computer.popup().contains("≥ $1.00"), "{}", computer.popup());
    }
}

#[test]
fn the_readings_around_a_statement_are_told_where_they_repeat_what_was_read() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    let id = first.id(0);
    // 0.50 is paid in and spent before the first computer reads 20 again, and more is paid in while nobody reads.
    let top_up = [("account", id.as_str()), ("kind", "top_up"), ("currency", "USD"), ("amount", "0.50")];
    assert!(second.clock("2026-11-20T08:06:00Z").send("declare", &top_up).ok);
    first.clock("2026-11-20T08:30:00Z").event(Event::Alarm);
    for computer in [&first, &second] {
        computer.set_books(KEY, "USD 0+37").clock("2026-11-20T12:00:00Z").event(Event::Alarm);
    }
    exchange(&first, &second, &["12:10", "12:20"]);
    for computer in [&first, &second] {
        assert!(computer.popup().contains("≥ $0.50"), "{}", computer.popup());
    }
}

#[test]
fn entries_that_are_made_on_two_computers_at_once_all_stay() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    let id = first.id(0);
    for (computer, now, month, day) in
        [(&first, "08:10", "2026-10", "2026-12-24"), (&second, "08:12", "2026-09", "2026-12-31")]
    {
        computer.clock(&format!("2026-11-20T{now}:00Z"));
        let invoice = [("account", id.as_str()), ("month", month), ("currency", "USD"), ("total", "12")];
        assert!(computer.send("invoice", &invoice).ok);
        let credit = [("account", id.as_str()), ("currency", "USD"), ("amount", "5"), ("day", day)];
        assert!(computer.send("credit", &credit).ok);
        computer.event(Event::Answered);
    }
    exchange(&first, &second, &["08:20", "08:30"]);
    for computer in [&first, &second] {
        let account = computer.host.accounts().remove(0);
        let months: Vec<_> = account["invoices"].as_array().unwrap().iter().map(text_of_month).collect();
        assert_eq!(months, ["2026-09", "2026-10"]);
        assert_eq!(account["expires"].as_array().map(Vec::len), Some(2));
    }
    // An invoice dropped on one computer is dropped on the other.
    assert!(first.send("drop_invoice", &[("account", &id), ("invoice", "2026-09 USD")]).ok);
    exchange(&first, &second, &["08:40", "08:50"]);
    assert_eq!(second.host.accounts()[0]["invoices"].as_array().map(Vec::len), Some(1));
}

fn text_of_month(invoice: &Value) -> String {
    invoice.as_str().unwrap().split(' ').next().unwrap().to_owned()
}

/// Exchanges the writes of both computers at these times of the day.
fn exchange(first: &Story, second: &Story, times: &[&str]) {
    for now in times {
        let (of_first, of_second) = (written(first), written(second));
        first.host.synced.borrow_mut().extend(of_second);
        second.host.synced.borrow_mut().extend(of_first);
        for computer in [first, second] {
            computer.clock(&format!("2026-11-20T{now}:00Z")).event(Event::Synced);
        }
    }
}

#[test]
fn a_new_computer_knows_what_the_months_before_came_to() {
    let first = Story::connected("2026-07-10T08:00:00Z", "USD 0+100");
    let read =
        [("2026-07-20", 90), ("2026-08-15", 70), ("2026-09-15", 60), ("2026-10-20", 55), ("2026-11-19", 52)];
    for (day, left) in read {
        first.set_books(KEY, &format!("USD 0+{left}")).clock(&format!("{day}T08:00:00Z")).event(Event::Alarm);
    }
    first.clock("2026-11-20T08:00:00Z").send("sync_on", &[]);
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+52");
    second.clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    let totals = |computer: &Story| {
        let text = computer.stored(&format!("months.{}", computer.id(0)));
        let totals: Vec<(String, String, String, u32)> = serde_json::from_str(&text).unwrap();
        totals.into_iter().filter(|(month, ..)| month.as_str() < "2026-10").collect::<Vec<_>>()
    };
    assert_eq!(totals(&first).len(), 3, "July, August and September");
    assert_eq!(totals(&first), totals(&second));
    assert!(second.at("overview").contains("Jul"), "{}", second.at("overview"));
}

#[test]
fn two_accounts_that_are_one_are_joined_on_every_computer() {
    let first = syncing();
    first.set_books(OTHER_KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    for (hour, left) in [("09", 19), ("10", 18), ("11", 16)] {
        for key in [KEY, OTHER_KEY] {
            first.set_books(key, &format!("USD 0+{left}"));
        }
        first.clock(&format!("2026-11-20T{hour}:00:00Z")).event(Event::Alarm);
    }
    second.clock("2026-11-20T11:05:00Z");
    carry(&first, &second);
    assert!(second.popup().contains("possible duplicate"), "it is offered on the other: {}", second.popup());
    assert!(second.popup().contains("$8.00"), "twice 4: {}", second.popup());
    // The second computer declares it, while the first continues to read.
    let (stays, goes) = (first.id(0), first.id(1));
    assert!(second.send("join", &[("account", &goes), ("into", &stays)]).ok);
    second.clock("2026-11-20T11:10:00Z").event(Event::Answered);
    for key in [KEY, OTHER_KEY] {
        first.set_books(key, "USD 0+15");
    }
    first.clock("2026-11-20T11:15:00Z").event(Event::Alarm);
    exchange(&first, &second, &["11:20"]);
    for computer in [&first, &second] {
        computer.clock("2026-11-20T11:30:00Z").event(Event::Alarm);
        assert_eq!(computer.host.accounts().len(), 1);
        assert!(computer.popup().contains("$5.00"), "{}", computer.popup());
    }
}

#[test]
fn of_two_computers_that_join_two_accounts_in_either_way_the_later_counts() {
    let first = syncing();
    first.set_books(OTHER_KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    first.clock("2026-11-20T08:02:00Z").event(Event::Answered);
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    let (one, other) = (first.id(0), first.id(1));
    first.clock("2026-11-20T08:10:00Z");
    assert!(first.send("join", &[("account", &other), ("into", &one)]).ok);
    second.clock("2026-11-20T08:20:00Z");
    assert!(second.send("join", &[("account", &one), ("into", &other)]).ok);
    for computer in [&first, &second] {
        computer.event(Event::Answered);
    }
    exchange(&first, &second, &["08:25", "08:27", "08:29"]);
    for computer in [&first, &second] {
        let ids: Vec<_> = computer.host.accounts().iter().map(|account| account["id"].clone()).collect();
        assert_eq!(ids, [other.as_str()]);
    }
}

#[test]
fn an_update_reads_items_again_that_the_version_before_did_not_understand() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    first.clock("2026-11-20T08:10:00Z").send("rename", &[("account", &first.id(0)), ("label", "Moved")]);
    first.event(Event::Answered);
    let account = format!("account.{}", second.id(0));
    let before = [&*account, "sync"].map(|key| second.stored(key));
    carry(&first, &second);
    assert!(second.at("accounts").contains("Moved"));
    // As a version leaves it that saw the item and did not understand its label.
    let lines = |text: &str| text.trim_matches('"').split("\\n").map(str::to_owned).collect::<Vec<_>>();
    let is_seen = |line: &String| line.starts_with("seen ");
    let mut record: Vec<String> = lines(&before[1]).into_iter().filter(|line| !is_seen(line)).collect();
    record.extend(lines(&second.stored("sync")).into_iter().filter(is_seen));
    let keep = |record: &str| {
        let mut stored = second.host.stored.borrow_mut();
        stored.insert(account.clone(), before[0].clone());
        stored.insert("sync".to_owned(), format!("\"{record}\""));
    };
    keep(&record.join("\\n"));
    second.clock("2026-11-20T08:20:00Z").event(Event::Synced);
    assert!(!second.at("accounts").contains("Moved"), "the item was seen");
    record[0] = record[0].replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    keep(&record.join("\\n"));
    second.clock("2026-11-20T08:30:00Z").event(Event::Synced);
    assert!(second.at("accounts").contains("Moved"));
}

#[test]
fn a_field_of_a_newer_version_is_left_to_the_computers_that_know_it() {
    let first = syncing();
    let id = AccountId(first.id(0));
    let (at, now) = (at("2026-11-20T08:05:00Z"), at("2026-11-20T09:00:00Z"));
    let field =
        |name: &str| format!("field {}\n", json!([format!("{}/{name}", id.0), at.ms(), "9f8e7d6c", 7]));
    // This version knows "remind_days", and a subscription without "seats".
    let plan = r#"{"name":"Max","amount":"20.00","currency":"USD","every":"month","day":1,"since":"2026-11-01","seats":3}"#;
    let plan: Value = serde_json::from_str(plan).unwrap();
    let plan = format!("field {}\n", json!(["settings/plans/Max", at.ms(), "9f8e7d6c", plan]));
    let text = ["of_tomorrow", "list_of_tomorrow/one", "remind_days"].map(field).concat() + &plan;
    let kind = ItemKind::Account(id);
    let own = change(&first.host, |state| {
        state.take_in(&[Item::parse(&kind, &text).unwrap()], &[], now);
        state.stamp(&[], now);
        state.own_items(&[], 5_900, now).into_iter().map(|item| item.text).collect::<String>()
    });
    assert!(own.contains("remind_days") && !own.contains("of_tomorrow"), "{own}");
    let is_unchanged = format!(r#"["settings/plans/Max",{},"9f8e7d6c","#, at.ms());
    assert!(own.contains(&is_unchanged), "{own}");
}

#[test]
fn figures_that_are_typed_on_two_computers_at_once_all_count() {
    let first = syncing();
    let lambda = [("label", "Lambda"), ("currency", "USD"), ("tells", "balance"), ("amount", "30")];
    first.clock("2026-11-20T08:02:00Z").send("by_hand", &lambda);
    first.event(Event::Answered);
    let second = joined(&first, "2026-11-20T08:10:00Z", "USD 0+20");
    let id = first.id(1);
    // 30, 24, 64 after a top-up, 60: 6 and 4 were spent, and neither computer saw both falls.
    let typed = |computer: &Story, now: &str, amount: &str| {
        computer.clock(&format!("2026-11-20T{now}:00Z"));
        assert!(computer.send("figure", &[("account", &id), ("amount", amount)]).ok);
        computer.event(Event::Answered);
    };
    typed(&first, "09:00", "24");
    typed(&second, "09:30", "64");
    typed(&first, "10:00", "60");
    exchange(&first, &second, &["10:05", "10:06"]);
    for computer in [&first, &second] {
        assert!(computer.popup().contains("$10.00"), "{}", computer.popup());
    }
}
