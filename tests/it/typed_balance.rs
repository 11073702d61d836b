//! The balance of a billed account, typed by the user because the provider reports only bills.

use drawdown::books::bill::Bill;
use drawdown::books::correction::ManualFigure;
use drawdown::books::ledger::AccountHistory;
use drawdown::books::reading::{AccountId, DrawOrder};
use drawdown::books::statement::{AccountInput, Statement, StatementInput};
use drawdown::route::Event;

use crate::billed_accounts;
use crate::builders::{amount, at, observed, usd};
use crate::story::{Story, has, lacks, text_of};

#[test]
fn bills_reduce_a_typed_balance_and_it_adds_no_spend() {
    let mut listed: Vec<String> = (1..=10).map(|day| format!("2026-11-{day:02} chat 2")).collect();
    let set_listed = |story: &Story, listed: &[String]| {
        billed_accounts::set_costs(story, &listed.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let first: Vec<_> = listed.iter().map(String::as_str).collect();
    let story = billed_accounts::connected("2026-11-11T12:00:00Z", &first);
    lacks(&story.popup(), "* left");
    let id = story.id(0);
    let left = |amount: &str| {
        text_of(&story.send("left", &[("account", &id), ("currency", "USD"), ("amount", amount)]).html)
    };
    has(&left("some"), "Enter a number");
    has(&left("50"), "Saved: $50.00.");
    assert!(story.send("reloads", &[("account", &id), ("on", "")]).ok, "auto-reload is off");
    has(&story.popup(), "OOpenAI $20.00\n$2.00 a day · $50.00* left\n");
    let card = story.card(0);
    has(&card, "$2.00 a day · up 250%\n");
    has(&card, "Balance\n$50.00* left\nruns out around Dec 6 (");
    lacks(&story.dashboard(), "[I topped up]");

    // On the day of the entry, only the part after the entry counts.
    listed.push("2026-11-11 chat 1.5".to_owned());
    set_listed(&story, &listed);
    story.clock("2026-11-11T18:00:00Z").event(Event::Alarm);
    has(&story.popup(), "OOpenAI $21.50\n$2.00 a day · $49.50* left\n");
    *listed.last_mut().unwrap() = "2026-11-11 chat 2".to_owned();
    listed.extend(["2026-11-12 chat 2".to_owned(), "2026-11-13 chat 1".to_owned()]);
    set_listed(&story, &listed);
    story.clock("2026-11-13T12:00:00Z").event(Event::Alarm);
    has(&story.popup(), "OOpenAI $25.00\n$2.00 a day · $46.00* left\n");
    has(&story.card(0), "$2.00 a day · up 75%\n");
    has(&story.card(0), "$46.00* left\nruns out around Dec 6 (");
    has(&story.click("show", &[]).html, "The amount you entered, minus what's been billed since.");

    // Months later, everything billed since is still subtracted, and no forecast counts it.
    left("200");
    listed.truncate(12);
    listed.extend((13..=30).map(|day| format!("2026-11-{day} chat 2")));
    listed.extend((1..=31).map(|day| format!("2026-12-{day:02} chat 2")));
    for (now, still) in [("2026-12-20T12:00:00Z", "$127.00*"), ("2027-02-01T12:00:00Z", "$103.00*")] {
        let until = now.get(..10).unwrap();
        let known: Vec<_> = listed.iter().filter(|listed| listed.as_str() < until).cloned().collect();
        set_listed(&story, &known);
        story.clock(now).event(Event::Alarm);
        has(&story.popup(), &format!("{still} left"));
    }
    // After half a year it is too old to use.
    story.clock("2027-06-01T12:00:00Z").event(Event::Alarm);
    lacks(&story.popup(), "* left");
}

#[test]
fn a_providers_balance_replaces_a_typed_one() {
    let now = at("2026-11-22T12:00:00Z");
    let reading = observed("2026-11-22T11:00:00Z", "USD 30");
    let typed = [ManualFigure { currency: usd(), at: at("2026-11-22T11:30:00Z"), amount: amount("50") }];
    for (observed, expected) in [(vec![&reading], "30"), (Vec::new(), "50")] {
        let bill = Bill::empty(usd(), at("2026-11-20T00:00:00Z").day());
        let history = AccountHistory {
            bills: vec![&bill],
            is_billed: true,
            ..AccountHistory::from_readings(observed, DrawOrder::InAnyOrder)
        };
        let account = AccountInput {
            id: &AccountId("a".to_owned()),
            provider: "openrouter-account",
            history,
            since: &[],
            settles_after: 0,
            lost: Vec::new(),
            is_watched: false,
            credits: &[],
            reloads: false,
            is_ended: false,
            stale_after: u64::MAX,
            ends: None,
            left: &typed,
            read_at: Some(now),
        };
        let known = StatementInput {
            now,
            currency: None,
            rates: &[],
            plans: &[],
            budget: None,
            accounts: vec![account],
        };
        let book = &Statement::new(&known).accounts[0].books[0];
        assert_eq!((book.balance, book.typed.is_some()), (Some(amount(expected)), expected == "50"));
    }
}
