//! The month statement: it sums, it is closed some days into the next month, later changes are shown as differences, and a
//! summary is shown once.

use drawdown::app::detailed_statement;
use drawdown::books::statement::{BookMonth, Period};
use drawdown::host::Host;
use drawdown::route::Event;
use drawdown::store::LoadScope;
use drawdown::time::{DAY, Month};
use drawdown_lab::replay::look_within;

use crate::backup;
use crate::billed_accounts::{connected, set_costs};
use crate::builders::{amount, at};
use crate::story::{KEY, PLAN, Story, has, lacks, text_of};

fn book_months(story: &Story, month: &str) -> Vec<BookMonth> {
    let month = Month::parse(month).unwrap();
    look_within(&story.host, &LoadScope::Overview(Period::Month(month)), |state, now| {
        detailed_statement(state, now).book_months(month)
    })
}

/// Reads the account at a time, with these books.
fn read(story: &Story, now: &str, books: &str) {
    story.clock(now).set_books(KEY, books);
    story.send("refresh", &[]);
}

/// A balance from September to November: top-ups with and without a declaration, expired credit, and windows across the months'
/// edges.
fn autumn() -> Story {
    let story = Story::connected("2026-09-20T10:00:00Z", "USD 5+40");
    read(&story, "2026-09-29T13:00:00Z", "USD 4.1+40");
    read(&story, "2026-10-02T07:00:00Z", "USD 3.07+40");
    read(&story, "2026-10-05T07:00:00Z", "USD 0+38.5");
    let id = story.id(0);
    let declare = |kind: &str, amount: &str| {
        let fields = [("account", id.as_str()), ("kind", kind), ("currency", "USD"), ("amount", amount)];
        let reply = story.send("declare", &fields);
        assert!(reply.ok, "{}", text_of(&reply.html));
    };
    declare("expiry", "2");
    read(&story, "2026-10-12T09:00:00Z", "USD 0+46.2");
    declare("top_up", "10");
    read(&story, "2026-10-20T09:00:00Z", "USD 0+51.9");
    read(&story, "2026-10-30T21:00:00Z", "USD 0+44");
    read(&story, "2026-11-01T05:00:00Z", "USD 0+43");
    story
}

/// Every day at noon, up to a day.
fn days_until(story: &Story, until: &str) {
    let mut now = story.host.now().plus(DAY);
    while now <= at(until) {
        story.clock(&now.to_string()).event(Event::Alarm);
        now = now.plus(DAY);
    }
}

#[test]
fn what_was_there_and_what_came_in_and_went_out_sum_to_what_is_left() {
    let story = autumn();
    for now in ["2026-11-02T10:00:00Z", "2026-11-28T10:00:00Z"] {
        days_until(&story, now);
        let [book] = book_months(&story, "2026-10").try_into().expect("one book");
        assert_eq!(book.difference(), Some(amount("0")), "{now}: {book:?}");
        assert_eq!((book.money_in, book.unexplained), (amount("10"), amount("5.7")), "{now}");
        assert_eq!((book.money_out, book.questions), (amount("2"), 1), "{now}");
        let [before] = book_months(&story, "2026-09").try_into().expect("one book");
        assert_eq!(before.closing, book.opening, "{now}");
    }
}

#[test]
fn the_page_states_each_line_and_what_is_still_open() {
    let story = autumn();
    let page = story.at("statement/2026-10");
    has(&page, "Statement for October 2026");
    has(&page, "Open until Nov 4. Bills can still change.");
    has(
        &page,
        "Account\nOpening\n+ Money in\n+ To confirm\n− Spent\n− Expired or refunded\n= Closing\nDeepSeek\n$43.55",
    );
    has(&page, "$10.00\n$5.70\n≥ $14.09\n$2.00\n$43.16\nTotal\n≥ $14.09");
    has(&page, "Open questions\nDeepSeek 1 balance change to confirm.");
    has(&page, "A top-up may hide some spend. Confirm the amount.");
    lacks(&page, "Difference");
    has(&story.at("overview/2026-10"), "See statement");
    has(&story.at("data"), "Month statements");
    lacks(&story.at("statement/2026-11"), "Statement for");
}

#[test]
fn what_readings_and_bills_do_not_explain_is_a_line_of_its_own() {
    let story = Story::connected("2026-09-20T10:00:00Z", "USD 0+50");
    read(&story, "2026-09-30T23:00:00Z", "USD 0+45");
    read(&story, "2026-10-31T23:00:00Z", "USD 0+30");
    read(&story, "2026-11-02T10:00:00Z", "USD 0+30");
    // The file has only one of the fifteen dollars that the balance fell by in October.
    let days: String =
        (1..=31).map(|day| format!("2026-10-{day:02},deepseek-chat,{},USD\n", u8::from(day == 7))).collect();
    crate::export::import(&story, &format!("utc_date,model,cost,currency\n{days}"));
    let page = story.at("statement/2026-10");
    has(&page, "+ Difference");
    has(&page, "DeepSeek Balance readings and spend differ by -$13.98.");
}

#[test]
fn a_month_is_closed_once_its_bills_are_final_and_later_changes_are_differences() {
    let rows = ["2026-10-20 gpt-large 4", "2026-10-31 gpt-large 1"];
    let story = connected("2026-10-31T20:00:00Z", &rows);
    days_until(&story, "2026-11-01T20:00:00Z");
    has(&story.at("statement/2026-10"), "Open until Nov ");
    days_until(&story, "2026-11-10T20:00:00Z");
    let page = story.at("statement/2026-10");
    has(&page, "Closed on Nov ");
    has(&page, "$5.00");
    lacks(&page, "Changes since closing");

    set_costs(&story, &["2026-10-20 gpt-large 4", "2026-10-31 gpt-large 1.4"]);
    crate::export::import(&story, "Day,Model,Cost,Currency\n2026-10-31,gpt-large,1.4,USD\n");
    days_until(&story, "2026-11-11T20:00:00Z");
    let page = story.at("statement/2026-10");
    has(&page, "Changes since closing\nOpenAI restated by +$0.40 on Nov 10.");
    has(&page, "$5.40");
    days_until(&story, "2026-11-14T20:00:00Z");
    assert_eq!(
        story.at("statement/2026-10").matches("restated by").count(),
        1,
        "one change is one difference"
    );
}

#[test]
fn a_closed_month_keeps_its_balances_and_stays_in_a_backup() {
    let story = autumn();
    days_until(&story, "2026-11-06T10:00:00Z");
    let closed = story.at("statement/2026-10");
    has(&closed, "Closed on Nov 4.");
    let file = backup::back_up(&story);
    let other = backup::fresh("2026-11-06T10:00:00Z");
    backup::restored(&other, &file, "");
    has(&other.at("statement/2026-10"), "Closed on Nov 4.");
    // The readings of October are dropped, and its statement stays as it was closed.
    days_until(&story, "2027-01-20T10:00:00Z");
    let balances = |story: &Story| {
        let page = story.at("statement/2026-10");
        let (_, row) = page.split_once("= Closing\nDeepSeek\n").expect("a row");
        let (row, _) = row.split_once("\nTotal").expect("its end");
        let amounts: Vec<_> = row.lines().map(str::to_owned).collect();
        (amounts.first().cloned(), amounts.last().cloned())
    };
    let shown = (Some("$43.55".to_owned()), Some("$43.16".to_owned()));
    assert_eq!(balances(&other), shown);
    assert_eq!(balances(&story), shown);
}

#[test]
fn no_more_than_thirteen_closed_months_are_stored() {
    let story = Story::connected("2026-01-10T10:00:00Z", "USD 0+900");
    let mut now = at("2026-01-10T10:00:00Z");
    let mut left = 900;
    while now < at("2027-06-01T00:00:00Z") {
        now = now.plus(5 * DAY);
        left -= 2;
        read(&story, &now.to_string(), &format!("USD 0+{left}"));
        story.event(Event::Alarm);
    }
    let account = story.stored(&format!("account.{}", story.id(0)));
    let account: serde_json::Value = serde_json::from_str(&account).unwrap();
    let closings = account["closings"].as_array().unwrap();
    assert_eq!(closings.len(), 13, "{closings:?}");
}

#[test]
fn a_summary_of_last_month_is_shown_until_it_is_dismissed() {
    let story = Story::connected("2026-10-20T10:00:00Z", "USD 0+50");
    story.send("plan", &PLAN);
    read(&story, "2026-10-31T23:50:00Z", "USD 0+38");
    story.clock("2026-11-01T00:05:00Z").event(Event::Start);
    lacks(&story.popup(), "See statement");
    read(&story, "2026-11-01T00:10:00Z", "USD 0+38");
    for page in [story.popup(), story.first_frame(), story.at("overview"), story.at("budget")] {
        has(&page, "October: $32.00* · See statement");
    }
    let reply = story.click("dismiss_summary", &[("month", "2026-10")]);
    has(&text_of(&reply.html), "Summary dismissed.\n[Undo]");
    lacks(&story.popup(), "See statement");
    lacks(&story.at("overview"), "See statement");
    story.click("dismiss_summary", &[("month", ""), ("undoes", "note")]);
    has(&story.popup(), "See statement");
    story.clock("2026-11-08T00:10:00Z").event(Event::Alarm);
    lacks(&story.popup(), "See statement");
}

#[test]
fn a_summary_that_waited_a_day_for_an_account_says_what_is_missing() {
    let story = Story::connected("2026-10-20T10:00:00Z", "USD 0+50");
    read(&story, "2026-10-31T20:00:00Z", "USD 0+38");
    story.refuse(KEY);
    story.clock("2026-11-01T10:00:00Z").event(Event::Alarm);
    lacks(&story.popup(), "See statement");
    story.clock("2026-11-02T00:05:00Z").event(Event::Alarm);
    has(&story.popup(), "October: ≥ $12.00 · not updated since then: DeepSeek · See statement");
}

#[test]
fn the_summary_is_a_notification_for_those_who_want_it() {
    let notified = |wanted: &[(&str, &str)]| {
        let story = Story::connected("2026-10-20T10:00:00Z", "USD 0+50");
        story.send("alerts", wanted);
        read(&story, "2026-10-31T23:50:00Z", "USD 0+38");
        read(&story, "2026-11-01T00:10:00Z", "USD 0+38");
        read(&story, "2026-11-02T00:10:00Z", "USD 0+38");
        let notified = story.host.notified.borrow();
        notified.iter().map(|shown| (shown.message.clone(), shown.place.clone())).collect::<Vec<_>>()
    };
    assert_eq!(notified(&[]), []);
    let once = ("October cost $12.00*. The statement is ready.".to_owned(), "statement/2026-10".to_owned());
    assert_eq!(notified(&[("month_summary", "on")]), [once]);
}
