//! Limits on a provider's text: long names and many lines are cut before anything is stored.

use drawdown::books::bill::{Bill, by_book_and_day};
use drawdown::files::{ColumnMapping, MOST_BYTES, MOST_COLUMNS, RefusalReason, head};
use drawdown::money::Amount;
use drawdown::provider::{Answer, Problem};
use drawdown::providers::read_export;
use drawdown::route::Event;
use drawdown::time::{Day, Timestamp};
use serde_json::Value;

use crate::billed_accounts::connected;
use crate::builders::{LATER, at, usd};
use crate::story::{AccountAnswer, KEY, Story, has, lacks};

#[test]
fn an_answer_that_would_take_too_much_memory_is_not_read() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let of = |objects: usize| {
        let info = r#"{"currency":"USD","total_balance":"9","granted_balance":"0","topped_up_balance":"9"}"#;
        let rest = ",{}".repeat(objects);
        format!(r#"{{"is_available":true,"balance_infos":[{info}],"note":[0{rest}],"text":"{{{{,[:\\\"{{"}}"#)
    };
    story.clock("2026-11-22T10:15:00Z").set_answer(KEY, AccountAnswer::Text(of(120_000))).event(Event::Alarm);
    assert_eq!(story.host.accounts()[0]["problem"]["unreadable"]["what"], "an answer of fewer values");
    has(&story.dashboard(), "Unexpected answer");
    story.clock("2026-11-22T12:15:00Z").set_answer(KEY, AccountAnswer::Text(of(50_000))).event(Event::Alarm);
    let shown = story.dashboard();
    lacks(&shown, "Unexpected answer");
    has(&shown, "$9.00");
}

#[test]
fn a_table_wider_than_a_sheet_is_no_table() {
    let table = |columns: usize, delimiter: &str| {
        let names: Vec<_> = (0..columns).map(|place| format!("n{place}")).collect();
        let cells = vec!["1"; columns].join(delimiter);
        format!("{}\n{cells}\n", names.join(delimiter))
    };
    for delimiter in [",", ";", "\t"] {
        let (most, more) = (table(MOST_COLUMNS, delimiter), table(MOST_COLUMNS + 1, delimiter));
        assert!(head(most.as_bytes()).is_some(), "{delimiter:?}");
        assert_eq!(head(more.as_bytes()), None, "{delimiter:?}");
        assert_eq!(ColumnMapping::likely(more.as_bytes(), "USD").place("amount"), None);
    }
    // A quoted field is one cell, and a short row may follow a long file.
    let note = format!("day,note\n2026-11-01,\"{}\"\n", ",".repeat(MOST_COLUMNS));
    assert!(head(note.as_bytes()).is_some());
    let wide = vec![b','; MOST_BYTES];
    assert_eq!(read_export(&[("a.csv", &wide)], LATER).unwrap_err().why, RefusalReason::Unknown);
    let most =
        [b"utc_date,model,cost,currency\n2026-11-01,chat,1,CNY\n".as_slice(), &wide[..MOST_COLUMNS - 1]]
            .concat();
    assert!(read_export(&[("a.csv", &most)], LATER).is_ok(), "a blank row of the most columns is skipped");
}

/// Every stored line, with its name and amount.
fn stored_lines(story: &Story) -> Vec<(String, String)> {
    fn collect(value: &Value, lines: &mut Vec<(String, String)>) {
        match value {
            Value::Array(parts) => match parts.as_slice() {
                [Value::String(name), Value::String(amount)] => lines.push((name.clone(), amount.clone())),
                parts => parts.iter().for_each(|part| collect(part, lines)),
            },
            Value::Object(parts) => parts.values().for_each(|part| collect(part, lines)),
            _ => {}
        }
    }
    let mut lines = Vec::new();
    for (key, text) in story.host.stored.borrow().iter().filter(|(key, _)| key.starts_with("readings.")) {
        collect(&serde_json::from_str(text).unwrap_or_else(|_| panic!("{key}")), &mut lines);
    }
    lines.sort();
    lines
}

fn day(bill: &[(String, Amount)]) -> Vec<Bill> {
    let day = Day::parse("2026-11-20").unwrap();
    let items = bill.iter().map(|(name, amount)| Bill::item(usd(), day, name, Some(*amount)));
    by_book_and_day(items.collect())
}

#[test]
fn a_huge_name_is_cut_and_two_with_one_prefix_stay_distinct() {
    let long = "é".repeat(1_500_000);
    let rows = ["2026-11-20 {}a 1", "2026-11-20 {}a 2", "2026-11-20 {}b 8", "2026-11-21 {}a 4"];
    let rows = rows.map(|row| row.replace("{}", &long));
    let story = connected("2026-11-22T07:00:00Z", &rows.each_ref().map(String::as_str));
    let bytes: usize = story.host.stored.borrow().values().map(String::len).sum();
    assert!(bytes < 100_000, "{bytes} bytes are stored");

    let lines = stored_lines(&story);
    assert!(lines.iter().all(|(name, _)| name.len() <= 200 && name.starts_with("ééé")), "{lines:?}");
    let mut names: Vec<_> = lines.iter().map(|(name, _)| name).collect();
    names.dedup();
    assert_eq!(names.len(), 2, "a name is the same on every day, and no other's");
    let amounts: Vec<_> = lines.iter().map(|(_, amount)| amount.as_str()).collect();
    assert!(amounts == ["3", "4", "8"] || amounts == ["8", "3", "4"], "{amounts:?}");
}

#[test]
fn a_short_name_is_unchanged() {
    let name = "n".repeat(200);
    assert_eq!(day(&[(name.clone(), Amount::whole(1))])[0].lines[0].name, name);
    let cut = &day(&[(name.clone() + "n", Amount::whole(1))])[0].lines[0].name;
    assert!(cut.len() <= 200 && cut.starts_with(&name[..150]), "{cut}");
}

#[test]
fn the_largest_lines_of_a_day_stay_and_the_others_are_merged() {
    let charges = (1..=600).map(|units| (format!("model {units}"), Amount::whole(units)));
    // A large refund is not a small line, and a provider may use the name of the merged line.
    let others = [("refund".to_owned(), -Amount::whole(1_000)), ("other".to_owned(), Amount::whole(900))];
    let items: Vec<_> = charges.chain(others).collect();
    let bills = day(&items);
    assert_eq!(bills.len(), 1);
    let bill = &bills[0];
    assert_eq!(bill.lines.len(), 500);
    assert_eq!(bill.amount(), items.iter().map(|(_, amount)| *amount).sum(), "nothing is lost");
    let of = |name: &str| bill.lines.iter().find(|line| line.name == name).map(|line| line.amount);
    assert_eq!(of("refund"), Some(-Amount::whole(1_000)));
    assert_eq!(of("model 103"), Some(Amount::whole(103)));
    assert_eq!(of("model 102"), None);
    assert_eq!(of("other"), Some(Amount::whole(900 + 102 * 103 / 2)));
}

#[test]
fn lines_with_one_name_are_added_before_the_limit() {
    let mut items: Vec<_> = (0..500).map(|place| (format!("model {place}"), Amount::whole(10))).collect();
    items.extend((0..20).map(|_| ("many small".to_owned(), Amount::whole(1))));
    items.push(("one small".to_owned(), Amount::whole(2)));
    let bill = &day(&items)[0];
    let of = |name: &str| bill.lines.iter().find(|line| line.name == name).map(|line| line.amount);
    assert_eq!((of("many small"), of("one small")), (Some(Amount::whole(20)), None));
    assert_eq!(of("other"), Some(Amount::whole(12)), "of equal lines the last makes room");
}

#[test]
fn a_month_of_many_names_is_limited_too() {
    let rows: Vec<_> =
        (0..1_200).map(|place| format!("2026-11-{:02} model-{place} 0.25", 1 + place / 400)).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let story = connected("2026-11-22T07:00:00Z", &rows);
    assert_eq!(stored_lines(&story).len(), 1_200, "each day has less than it may have");
    let card = story.card(0);
    assert_eq!(card.matches("model-").count(), 500);
    assert!(card.contains("$175.00"), "the merged line: 700 lines of 25 cents");
}

#[test]
fn an_overflowing_date_is_refused() {
    let wait = |text: &str| {
        let answer = Answer { retry_after: Some(text.to_owned()), ..Answer::new(429, "") };
        match answer.body(at("2026-11-22T07:00:00Z")) {
            Err(Problem::RateLimited { after }) => after,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wait("Sun, 22 Nov 2026 07:02:00 GMT"), Some(120));
    assert_eq!(wait("18446744073709551615"), Some(86_400), "a day at most");
    for none in [
        "Sun, 22 Nov 2026 18446744073709551615:00:00 GMT",
        "Sun, 22 Nov 2026 00:18446744073709551615:00 GMT",
        "Sun, 22 Nov 2026 00:00:18446744073709551615 GMT",
        "Sun, 22 Nov 99999999999 00:00:00 GMT",
        "Sun, 22 Nov 2026 25:00:00 GMT",
        "Sun, 22 Nov 2026 07:02:00 PST",
        "Sun, 22 Nov 2026 07:02:00",
        "184467440737095516160",
        "",
    ] {
        assert_eq!(wait(none), None, "{none}");
    }
    assert_eq!(Timestamp::parse_http("Thu, 01 Jan 1969 00:00:00 GMT"), None, "before 1970");
}
