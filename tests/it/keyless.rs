//! What a person lives through with accounts without a key: kept by hand, kept by file, and with a balance that is typed
//! where only bills are told.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::Bill;
use drawdown::books::correction::ManualFigure;
use drawdown::books::ledger::AccountHistory;
use drawdown::books::reading::{AccountId, DrawOrder};
use drawdown::books::statement::{AccountInput, Statement, StatementInput};
use drawdown::host::Tone;
use drawdown::money::Amount;
use drawdown::route::Event;
use serde_json::Value;

use crate::billed;
use crate::make::{amount, at, observed, usd};
use crate::story::{KEY, PASSWORD, Story, text_of};

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

#[track_caller]
fn lacks(text: &str, part: &str) {
    assert!(!text.contains(part), "{part}\nis in\n{text}");
}

/// A story that begins with one account kept by hand.
fn manual_account(now: &str, kind: &str, amount: &str) -> Story {
    let story = Story::begin(now);
    story.event(Event::Start);
    let fields = [("label", "RunPod"), ("currency", "usd"), ("tells", kind), ("amount", amount)];
    has(&text_of(&story.send("by_hand", &fields).html), "Added.");
    story
}

fn type_balance(story: &Story, now: &str, amount: &str) -> String {
    story.clock(now);
    text_of(&story.send("figure", &[("account", &story.id(0)), ("amount", amount)]).html)
}

fn type_balance_at(story: &Story, at: &str, amount: &str) -> String {
    text_of(&story.send("figure", &[("account", &story.id(0)), ("amount", amount), ("at", at)]).html)
}

/// The exact sum of the bills that rest of a month.
fn billed_sum(story: &Story, month: &str) -> Amount {
    let shard: Value =
        serde_json::from_str(&story.stored(&format!("readings.{}.{month}", story.id(0)))).unwrap();
    let lines = shard["bills"].as_array().unwrap().iter().flat_map(|bill| bill["l"].as_array().unwrap());
    lines.map(|line| amount(line[1].as_str().unwrap())).sum()
}

/// DeepSeek's table of so many days in a row at $2.
fn days(from: &str, count: u64) -> String {
    let first = at(&format!("{from}T00:00:00Z"));
    let days = (0..count).map(|day| first.plus(day * drawdown::time::DAY).day());
    let rows: String = days.map(|day| format!("{day},chat,Paid,2,USD\n")).collect();
    format!("utc_date,model,wallet_type,cost,currency\n{rows}")
}

fn import_days(story: &Story, from: &str, count: u64) -> String {
    let file = STANDARD.encode(days(from, count));
    let fields = [("account", story.id(0)), ("file.0", file), ("file.0.name", "cost.csv".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text_of(&story.send("import", &fields).html)
}

#[test]
fn a_month_of_typed_balances() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    has(
        &story.popup(),
        "RRunPod –\n$50.00 left · spend from the second reading on · typed 2026-11-02T09:00:00Z",
    );
    has(&story.popup(), "1 of 1 up to date");
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Neutral));

    has(&type_balance(&story, "2026-11-04T09:00:00Z", "44"), "Kept; the figures follow.");
    // $6 in two days; $44 last 14 days and 16 hours more. Three days later nothing else is known, and all stands as it
    // was: the pace is that of the time that is known.
    for now in ["2026-11-04T09:00:00Z", "2026-11-07T09:00:00Z"] {
        let popup = story.clock(now).popup();
        has(&popup, "\n$6.00*\n$3.00* a day · 1 of 1 up to date");
        has(&popup, "November lands at\n$85.88*");
        has(
            &popup,
            "RRunPod $6.00*\n$3.00* a day · $44.00 left · dry about 19 Nov · typed 2026-11-04T09:00:00Z",
        );
        lacks(&popup, "What is left now");
    }

    // After a week it is to be typed anew, and is short: what is left of its days has passed too.
    story.clock("2026-11-12T10:00:00Z").event(Event::Alarm);
    let popup = story.popup();
    has(&popup, "≥ $6.00\n$3.00* a day · 0 of 1 up to date");
    has(&popup, "typed 2026-11-04T09:00:00Z: type today's balance · $3.00* a day · $44.00 left");
    has(&popup, "What is left now, in USD\n[Keep]");
    assert_eq!(story.badge(), ("$6.0".to_owned(), Tone::Amber));

    // It rose: the same question as of any balance.
    let dashboard = type_balance(&story, "2026-11-12T12:00:00Z", "58");
    has(&dashboard, "The balance rose $14.00 between 2026-11-04T09:00:00Z and 2026-11-12T12:00:00Z.");
    has(&dashboard, "[A top-up of $20.00: then $6.00 was spent]");
    has(&story.popup(), "≥ $6.00\n");
    let id = story.id(0);
    let top_up = [("account", id.as_str()), ("currency", "USD"), ("kind", "top_up"), ("amount", "20")];
    let when = ("at", "2026-11-12T12:00:00Z");
    has(&text_of(&story.send("declare", &[top_up.as_slice(), &[when]].concat()).html), "Kept;");
    has(&story.popup(), "\n$12.00*\n");

    // A window across the month's edge gives each month its share.
    type_balance(&story, "2026-12-04T12:00:00Z", "36");
    let popup = story.popup();
    has(&popup, "\n$3.50*\n");
    has(&popup, "November: $30.50*");
}

#[test]
fn an_impossible_balance_is_refused_in_the_account_and_loses_nothing() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    story.clock("2026-11-05T09:00:00Z");
    for wrong in ["", "much", "12,50"] {
        has(&type_balance_at(&story, "", wrong), "RunPod\nType a plain number");
    }
    has(&type_balance_at(&story, "2026-11-02T08:00:00Z", "40"), "RunPod\nSomething later was typed before.");
    has(&type_balance_at(&story, "2026-11-05T09:01:00Z", "40"), "RunPod\nThat lies in the future.");
    has(&type_balance_at(&story, "noon", "40"), "RunPod\nThat time cannot be read.");
    has(&story.popup(), "$50.00 left · spend from the second reading on");
    // An earlier moment is taken as long as it is later than the last.
    has(&type_balance_at(&story, "2026-11-04T09:00:00Z", "45"), "Kept;");
    has(&type_balance_at(&story, "", "44"), "Kept;");
    has(&story.popup(), "\n$6.00*\n");
    has(&type_balance_at(&story, "2026-11-04T10:00:00Z", "40"), "Something later was typed before.");
    has(&story.popup(), "\n$6.00*\n");
    let bill = manual_account("2026-11-02T09:00:00Z", "bill", "50");
    has(&type_balance(&bill, "2026-11-03T09:00:00Z", "-1"), "a bill is never below zero");

    let story = Story::begin("2026-11-02T09:00:00Z");
    let fields = |label, currency, amount| {
        let fields = [("label", label), ("currency", currency), ("tells", "bill"), ("amount", amount)];
        text_of(&story.send("by_hand", &fields).html)
    };
    has(&fields(" ", "USD", "1"), "Give it a name.");
    has(&fields("RunPod", "dollars", "1"), "A currency has three letters");
    has(&fields("RunPod", "USD", "-1"), "Type a plain number");
    has(&text_of(&story.send("by_file", &[("label", "")]).html), "Give it a name.");
    assert_eq!(story.stored("accounts"), "", "nothing was kept");
}

#[test]
fn a_clock_that_ran_ahead_does_not_block_later_entries() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    type_balance(&story, "2027-03-01T09:00:00Z", "49");
    has(&type_balance(&story, "2026-11-04T09:00:00Z", "44"), "Kept;");
    has(&story.popup(), "\n$6.00*\n");
    let story = manual_account("2026-11-02T12:00:00Z", "bill", "3");
    type_balance(&story, "2027-03-01T09:00:00Z", "7");
    has(&type_balance(&story, "2026-11-04T12:00:00Z", "7"), "Kept;");
    has(&story.popup(), "\n$7.00*\n");
}

#[test]
fn a_month_of_typed_bills() {
    let story = manual_account("2026-11-04T12:00:00Z", "bill", "7");
    // $7 in three and a half days. The day of typing is not whole: three days at $2 make the pace.
    let popup = story.popup();
    has(&popup, "\n$7.00*\n$2.00* a day · 1 of 1 up to date");
    has(&popup, "November lands at\n$60.00*");
    has(&popup, "December at this pace\n$62.00*");
    lacks(&popup, "since");
    let table = "4 Nov\n$1.00*\n3 Nov\n$2.00*\n2 Nov\n$2.00*\n1 Nov\n$2.00*";
    has(&story.dashboard(), table);
    lacks(&story.dashboard(), "By model");
    // The forecast stands where it stood until more is typed.
    has(&story.clock("2026-11-06T12:00:00Z").popup(), "November lands at\n$60.00*");

    // The days before keep what they had; what is new is spread evenly over its time.
    type_balance(&story, "2026-11-08T12:00:00Z", "17");
    has(
        &story.dashboard(),
        "8 Nov\n$1.25*\n7 Nov\n$2.50*\n6 Nov\n$2.50*\n5 Nov\n$2.50*\n4 Nov\n$2.25*\n3 Nov\n$2.00*",
    );
    let popup = story.popup();
    has(&popup, "\n$17.00*\n$2.25* a day");
    has(&popup, "November lands at\n$67.50*");
    let why = story.click("show", &[]).html;
    has(&why, "Derived with what you stated.");

    // The same day again replaces, higher or lower, and the sum is what was typed to the last digit.
    for typed in ["18.01", "107.7", "17.37"] {
        type_balance(&story, "2026-11-08T18:00:00Z", typed);
        assert_eq!(billed_sum(&story, "2026-11"), amount(typed));
        has(&story.dashboard(), "3 Nov\n$2.00*\n2 Nov\n$2.00*");
    }

    // Less than on an earlier day: those were wrong, and the whole month is spread anew.
    type_balance(&story, "2026-11-12T12:00:00Z", "11.5");
    assert_eq!(billed_sum(&story, "2026-11"), amount("11.5"));
    let dashboard = story.dashboard();
    has(&dashboard, "12 Nov\n$0.50*\n11 Nov\n$1.00*\n10 Nov\n$1.00*");
    has(&dashboard, "2 Nov\n$1.00*\n1 Nov\n$1.00*");
    has(&story.popup(), "November lands at\n$30.00*");

    // A new month: nothing is typed of it, and of the old one the end is missing, until it is.
    story.clock("2026-12-01T08:00:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Grey));
    has(&story.popup(), "November: ≥ $11.50");
    has(&type_balance_at(&story, "2026-11-30T23:00:00Z", "29.5"), "Kept;");
    has(&story.popup(), "November: $29.50*");
    type_balance(&story, "2026-12-02T12:00:00Z", "3");
    let popup = story.popup();
    has(&popup, "\n$3.00*\n");
    has(&popup, "November: $29.50*");
    has(&story.dashboard(), "2 Dec\n$1.00*\n1 Dec\n$2.00*");
}

#[test]
fn a_month_without_a_final_entry_is_a_floor() {
    let story = manual_account("2026-11-20T12:00:00Z", "bill", "39");
    type_balance(&story, "2026-12-02T12:00:00Z", "3");
    has(&story.popup(), "November: ≥ $39.00");
    has(&story.click("show", &[]).html, "Some days are in no file and no typed figure");
}

#[test]
fn bills_reduce_a_typed_balance_and_it_adds_no_spend() {
    let mut listed: Vec<String> = (1..=10).map(|day| format!("2026-11-{day:02} chat 2")).collect();
    let set_listed = |story: &Story, listed: &[String]| {
        billed::set_costs(story, &listed.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let first: Vec<_> = listed.iter().map(String::as_str).collect();
    let story = billed::connected("2026-11-11T12:00:00Z", &first);
    lacks(&story.popup(), "* left");
    let id = story.id(0);
    let left = |amount: &str| {
        text_of(&story.send("left", &[("account", &id), ("currency", "USD"), ("amount", amount)]).html)
    };
    has(&left("some"), "OpenAI\nType a plain number");
    has(&left("50"), "Kept; the figures follow.");
    has(&story.popup(), "OOpenAI $20.00\n$2.00 a day, up 250% · $50.00* left · dry about 6 Dec");
    has(&story.dashboard(), "Balance\n$50.00* left, dry about 6 Dec");
    lacks(&story.dashboard(), "I topped up");

    // Of the day of typing counts the part that came after, of what is known of it.
    listed.push("2026-11-11 chat 1.5".to_owned());
    set_listed(&story, &listed);
    story.clock("2026-11-11T18:00:00Z").event(Event::Alarm);
    has(&story.popup(), "OOpenAI $21.50\n$2.00 a day, up 250% · $49.50* left");
    *listed.last_mut().unwrap() = "2026-11-11 chat 2".to_owned();
    listed.extend(["2026-11-12 chat 2".to_owned(), "2026-11-13 chat 1".to_owned()]);
    set_listed(&story, &listed);
    story.clock("2026-11-13T12:00:00Z").event(Event::Alarm);
    has(&story.popup(), "OOpenAI $25.00\n$2.00 a day, up 75% · $46.00* left · dry about 6 Dec");
    has(&story.click("show", &[]).html, "As you typed it, less what was billed since.");

    // Months later all that was billed since is still taken from it, and no forecast began to count it.
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
    // Half a year later it says nothing any more.
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

#[test]
fn a_file_account_shows_figures_after_its_first_import() {
    let story = Story::begin("2026-11-12T09:00:00Z");
    story.event(Event::Start);
    has(&text_of(&story.send("by_file", &[("provider", "deepseek"), ("label", "lab")]).html), "Added.");
    let popup = story.popup();
    has(&popup, "DDeepSeek lab –\nno file yet: bring the first one");
    has(&popup, "0 of 1 up to date");
    lacks(&popup, "paste its key again");
    lacks(&popup, "[Refresh]");
    let dashboard = story.dashboard();
    has(&dashboard, "DeepSeek: get the export at platform.deepseek.com/usage.");
    has(&dashboard, "Settings");
    lacks(&dashboard, "Choose the password");

    has(&import_days(&story, "2026-11-01", 10), "Imported: $20.00 from 1 Nov to 10 Nov.");
    let popup = story.popup();
    has(&popup, "\n$20.00\n$2.00 a day · 1 of 1 up to date");
    has(&popup, "November lands at\n$60.00");
    has(&popup, "DDeepSeek lab $20.00\n$2.00 a day, as the week before · the file ends on 10 Nov");
    assert_eq!(story.badge(), ("$20".to_owned(), Tone::Neutral));

    // An older file changes nothing about how new it is; a day that is in no file is missing.
    story.clock("2026-11-16T09:00:00Z");
    import_days(&story, "2026-11-12", 3);
    has(&story.popup(), "≥ $26.00\n");
    import_days(&story, "2026-11-11", 1);
    has(&story.popup(), "DDeepSeek lab $28.00\n$2.00 a day, as the week before · the file ends on 14 Nov");
    has(&story.popup(), "\n$28.00\n");

    story.clock("2026-11-22T09:00:00Z").event(Event::Alarm);
    let popup = story.popup();
    has(&popup, "≥ $28.00\n$2.00 a day · 0 of 1 up to date");
    has(&popup, "the file ends on 14 Nov: bring a newer one");
    assert_eq!(story.badge().1, Tone::Grey);
    assert_eq!(story.sent(), 0, "nobody is asked for it");

    // A key can come later: what the files told goes on.
    story.set_books(KEY, "USD 0+40");
    let id = story.id(0);
    story.send("replace_key", &[("account", &id), ("key", KEY)]);
    has(
        &text_of(&story.send("take_key", &[("account", &id), ("books", "go_on")]).html),
        "The new key is in use.",
    );
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.clock("2026-11-22T09:30:00Z").set_books(KEY, "USD 0+39").event(Event::Alarm);
    has(&story.popup(), "DDeepSeek lab $29.00*\n≥ $1.00 a day · $39.00 left");
}

#[test]
fn a_reminder_appears_after_the_chosen_days() {
    let story = manual_account("2026-11-02T09:00:00Z", "bill", "3");
    let id = story.id(0);
    let remind = |days: &str| text_of(&story.send("remind", &[("account", &id), ("days", days)]).html);
    let reminder = "typed 2026-11-02T09:00:00Z: type the month's bill so far";
    let comes = |now: &str| {
        let popup = story.clock(now).popup();
        assert_eq!(popup.contains(reminder), popup.contains("0 of 1 up to date"), "{popup}");
        assert_eq!(popup.contains(reminder), story.dashboard().contains(reminder));
        popup.contains(reminder)
    };
    assert!(!comes("2026-11-09T09:00:00Z"));
    assert!(comes("2026-11-09T09:01:00Z"));
    for wrong in ["0", "367", "a week"] {
        has(&remind(wrong), "RunPod\nDays are a whole number");
        assert!(comes("2026-11-09T09:01:00Z"));
    }
    has(&remind("20"), "Saved.");
    assert!(!comes("2026-11-22T09:00:00Z"));
    assert!(comes("2026-11-22T09:01:00Z"));
    remind("");
    assert!(!comes("2026-11-29T09:01:00Z"));
    remind("1");
    story.send("pause", &[("account", &id)]);
    lacks(&story.popup(), reminder);
}

#[test]
fn an_account_of_an_unknown_provider_is_managed_like_any_other() {
    let story = manual_account("2026-11-02T12:00:00Z", "bill", "3");
    let id = story.id(0);
    let send = |command: &str, fields: &[(&str, &str)]| {
        text_of(&story.send(command, &[&[("account", id.as_str())], fields].concat()).html)
    };
    has(&send("rename", &[("label", " ")]), "RunPod\nGive it a name.");
    has(&send("rename", &[("label", "Lambda")]), "Lambda");
    has(&send("pause", &[]), "[Resume]");
    has(&send("resume", &[]), "[Pause]");
    for key in ["[Replace the key]", "[Add its key]", "Delete the key", "paste its key again"] {
        lacks(&story.dashboard(), key);
    }
    story.send("hide", &[("hidden", "on")]);
    lacks(&story.popup(), "3.00");
    story.send("hide", &[("hidden", "")]);
    send("remove", &[("history", "keep")]);
    has(&story.popup(), "LLambda $3.00*\nremoved");
    has(&send("figure", &[("amount", "9")]), "That account is no longer there.");

    let story = manual_account("2026-11-02T12:00:00Z", "balance", "3");
    story.send("remove", &[("account", &story.id(0)), ("history", "erase")]);
    let keys: Vec<_> = story.host.stored.borrow().keys().cloned().collect();
    assert!(!keys.iter().any(|key| key.starts_with("readings.") || key.starts_with("months.")), "{keys:?}");
}

#[test]
fn accounts_without_a_key_need_no_password_and_are_no_duplicates() {
    let story = manual_account("2026-11-02T12:00:00Z", "balance", "30");
    let other = [("label", "Lambda"), ("currency", "USD"), ("tells", "balance"), ("amount", "30")];
    story.send("by_hand", &other);
    for (day, amount) in [("03", "29.5"), ("04", "27"), ("05", "26"), ("06", "21")] {
        story.clock(&format!("2026-11-{day}T12:00:00Z"));
        for place in [0, 1] {
            story.send("figure", &[("account", &story.id(place)), ("amount", amount)]);
        }
    }
    lacks(&story.popup(), "probably the same");
    // A key that does not work leaves nothing to seal.
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    lacks(&story.dashboard(), "Choose the password");

    // Beside a key they go on while the vault is locked.
    story.set_books(KEY, "USD 5+15");
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    has(&story.dashboard(), "Choose the password");
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.send("lock", &[]);
    has(&type_balance(&story, "2026-11-07T12:00:00Z", "20"), "Kept;");
    has(&story.dashboard(), "An account without a key: by hand");
    // What a key's account stores is as before.
    let accounts = story.host.accounts();
    for new in ["source", "remind_days", "typed", "left"] {
        assert!(accounts[2].get(new).is_none(), "{new}");
        assert!(accounts[0].get("source").is_some());
    }
}

/// The names of what can be undone, the newest first.
fn undoable(story: &Story) -> Vec<String> {
    let html = story.send("show", &[]).html;
    let names = html.split("name=\"correction\" value=\"").skip(1);
    names.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn undo(story: &Story, name: &str) -> String {
    text_of(&story.send("undo", &[("account", &story.id(0)), ("correction", name)]).html)
}

#[test]
fn a_wrong_balance_is_undone_and_entered_again() {
    // 500 for 50, and 45 a day later: 455 were never spent.
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "60");
    type_balance(&story, "2026-11-03T09:00:00Z", "500");
    let dashboard = type_balance(&story, "2026-11-04T09:00:00Z", "45");
    has(&story.popup(), "≥ $455.00\n");
    has(
        &dashboard,
        "[Stated by you: 3]\nEntered $45.00, 2026-11-04T09:00:00Z\n[Undo]\nEntered $500.00, 2026-11-03T09:00:00Z\n[Undo]\nEntered $60.00, 2026-11-02T09:00:00Z\n[Undo]",
    );
    let names = undoable(&story);
    let dashboard = undo(&story, &names[1]);
    has(&dashboard, "Taken back.");
    lacks(&dashboard, "The balance rose");
    has(&story.popup(), "\n$15.00*\n");
    has(&undo(&story, &names[1]), "That was taken back already.");
    // The right figure of that moment is taken only after the last: it is later.
    has(&type_balance_at(&story, "2026-11-03T09:00:00Z", "50"), "Something later was typed before.");

    // The last one: what is left and the time of reading are those before.
    undo(&story, &names[0]);
    let popup = story.popup();
    has(&popup, "$60.00 left");
    has(&popup, "typed 2026-11-02T09:00:00Z");
    type_balance(&story, "2026-11-04T10:00:00Z", "58");
    has(&story.popup(), "\n$2.00*\n");

    // The first one: tracking begins with the next.
    undo(&story, &names[2]);
    has(&story.popup(), "RRunPod –\n$58.00 left");
    has(&story.popup(), "since 2026-11-04T10:00:00Z");
    let last = undoable(&story);
    undo(&story, &last[0]);
    lacks(&story.popup(), "left ·");
    assert_eq!(undoable(&story), Vec::<String>::new());
    has(&type_balance(&story, "2026-11-05T10:00:00Z", "50"), "Kept;");
}

#[test]
fn a_balance_undone_in_the_next_month_leaves_no_trace() {
    let lived = |has_typo: bool| {
        let story = manual_account("2026-10-20T00:00:00Z", "balance", "100");
        type_balance(&story, "2026-10-28T00:00:00Z", "92");
        if has_typo {
            type_balance(&story, "2026-10-31T00:00:00Z", "890");
        }
        type_balance(&story, "2026-11-02T00:00:00Z", "87");
        // By then the days at the edge are settled.
        story.clock("2026-12-02T00:00:00Z").event(Event::Alarm);
        type_balance(&story, "2026-12-02T12:00:00Z", "48");
        if has_typo {
            let names = undoable(&story);
            has(&undo(&story, names.iter().find(|name| name.ends_with(" 890")).unwrap()), "Taken back.");
        }
        // A day later it is settled, and loaded from what rests.
        story.clock("2026-12-03T00:10:00Z").event(Event::Alarm);
        let id = story.id(0);
        (story.popup(), story.stored(&format!("months.{id}")))
    };
    let (popup, months) = lived(false);
    has(&popup, "November: $");
    let (popup_undone, months_undone) = lived(true);
    assert_eq!((popup_undone, months_undone), (popup, months));
}

#[test]
fn undoing_a_wrong_bill_restores_the_earlier_ones() {
    let story = manual_account("2026-11-03T12:00:00Z", "bill", "5");
    type_balance(&story, "2026-11-05T12:00:00Z", "90");
    let before = (story.popup(), billed_sum(&story, "2026-11"));
    // 9 for 90: below what was typed before, so the month was spread anew.
    type_balance(&story, "2026-11-05T18:00:00Z", "9");
    assert_eq!(billed_sum(&story, "2026-11"), amount("9"));
    let names = undoable(&story);
    has(&undo(&story, &names[0]), "Taken back.");
    assert_eq!(billed_sum(&story, "2026-11"), amount("90"));
    assert_eq!(story.clock("2026-11-05T12:00:00Z").popup(), before.0);
    // 90 for 9: the days after what holds are not billed any more.
    undo(&story, &names[1]);
    assert_eq!(billed_sum(&story, "2026-11"), amount("5"));
    has(&story.popup(), "\n$5.00*\n");
    has(&story.dashboard(), "5 Nov\n–\n4 Nov\n–\n3 Nov\n$1.00*");
    undo(&story, &names[2]);
    has(&story.popup(), "RRunPod –");
    has(&type_balance(&story, "2026-11-06T12:00:00Z", "9"), "Kept;");
    has(&story.popup(), "\n$9.00*\n");
}

#[test]
fn a_typed_balance_of_a_billed_account_can_be_undone() {
    let story = billed::connected("2026-11-11T12:00:00Z", &["2026-11-10 chat 2"]);
    let id = story.id(0);
    story.send("left", &[("account", &id), ("currency", "USD"), ("amount", "500")]);
    has(&story.popup(), "$500.00* left");
    has(&story.dashboard(), "[Stated by you: 1]\nPrepaid balance $500.00, 2026-11-11T12:00:00Z\n[Undo]");
    undo(&story, &undoable(&story)[0]);
    lacks(&story.popup(), "* left");
}

#[test]
fn a_refused_bill_after_a_clock_that_ran_ahead_loses_nothing() {
    let story = manual_account("2026-11-03T12:00:00Z", "bill", "5");
    type_balance(&story, "2026-11-20T12:00:00Z", "90");
    // The clock is set right; what comes next is refused, and what is right is taken.
    story.clock("2026-11-06T12:00:00Z");
    has(&type_balance_at(&story, "2026-11-02T12:00:00Z", "4"), "Something later was typed before.");
    assert_eq!(billed_sum(&story, "2026-11"), amount("90"));
    has(&type_balance_at(&story, "", "9"), "Kept;");
    assert_eq!(billed_sum(&story, "2026-11"), amount("9"));
    has(&story.dashboard(), "3 Nov\n$");
}
