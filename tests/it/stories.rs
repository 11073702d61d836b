//! What a person lives through, from the click or the alarm to the screen.

use std::rc::Rc;

use drawdown::host::{Alarm, FetchError, Host, Tone};
use drawdown::route::{Event, on_event};
use drawdown::time::{DAY, HOUR, MINUTE};
use drawdown_lab::on_message;
use futures_util::future::{join, join3};
use serde_json::Value;

use crate::make::at;
use crate::story::{AccountAnswer, KEY, OTHER_KEY, PASSWORD, Story, message, shows, text_of};

#[test]
fn an_unknown_message_is_answered_with_one_sentence() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    for text in ["", "not json", r#"{"page":"dashboard","do":"fly"}"#, r#"{"page":"nowhere","do":"show"}"#] {
        let reply = story.host.run(on_message(&*story.host, text));
        assert_eq!(
            text_of(&reply.html).trim(),
            "This page sent something unexpected. Reload it and try again."
        );
        assert_eq!((reply.ok, reply.rev), (false, None), "{text}");
    }
}

#[test]
fn the_first_day() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.event(Event::Start);
    assert_eq!(story.badge(), (String::new(), Tone::Neutral), "empty before the first account");
    shows(
        &story.popup(),
        "November
         8 days left [Dashboard]
         See what this month costs
         Connect an account with a key. Drawdown reads its balance or its bills and tells what was spent, \
         where the month lands and what the next one costs; from a balance, it does so after two readings.
         [Connect an account]",
    );

    story.set_books(KEY, "USD 5+15");
    let connected = story.send("connect", &[("provider", "deepseek"), ("label", "main"), ("key", KEY)]);
    assert!(text_of(&connected.html).contains("Connected. Balance $20.00; tracking starts now."));
    assert!(text_of(&connected.html).contains("Choose the password that seals your keys"));
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Neutral), "unknown, and never zero");

    let sealed = story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(sealed.ok);
    assert!(text_of(&sealed.html).contains("Keep it in sight"));
    shows(
        &story.popup(),
        "November
         8 days left
         [Dashboard]
         –
         1 of 1 up to date
         since 2026-11-22T10:00:00Z
         November lands at
         –
         after two readings
         December at this pace
         –
         after two readings
         DDeepSeek main –
         $20.00 left · spend from the second reading on · read 2026-11-22T10:00:00Z
         Updated 2026-11-22T10:00:00Z · next 2026-11-22T10:15:00Z
         [Refresh]",
    );

    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 3.75+15").event(Event::Alarm);
    assert_eq!(story.badge(), ("$1.2".to_owned(), Tone::Neutral));
    assert_eq!(story.first_frame(), story.popup(), "the first frame is what the worker would say");
    shows(
        &story.popup(),
        "November
         8 days left
         [Dashboard]
         $1.25*
         ≥ $1.25 a day · 1 of 1 up to date
         since 2026-11-22T10:00:00Z
         November lands at
         ≥ $11.96
         early, under a day
         December at this pace
         ≥ $38.75
         early, under a day
         DDeepSeek main $1.25*
         ≥ $1.25 a day · $18.75 left · read 2026-11-22T10:15:00Z
         Updated 2026-11-22T10:15:00Z · next 2026-11-22T10:30:00Z
         [Refresh]",
    );
    assert_eq!(
        story.title(),
        "Drawdown. November so far: about $1.25\n\
         Landing: at least $11.96. December at this pace: at least $38.75\n\
         DeepSeek main: $18.75 left"
    );
}

#[test]
fn a_refused_key_is_reported_and_not_stored() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let connect = |key: &str| text_of(&story.send("connect", &[("provider", "deepseek"), ("key", key)]).html);
    assert!(
        connect("sk-ant-api03-abc")
            .contains("This is a key of Anthropic, not of DeepSeek; nothing was sent.")
    );
    assert!(connect("").contains("Paste a key of DeepSeek; nothing was sent."));
    assert!(connect("ghp_abc").contains("The DeepSeek key for this begins with sk-; nothing was sent."));
    assert_eq!(story.sent(), 0);
    assert!(connect(KEY).contains("DeepSeek refused the key. Copy it again, whole, or make a new one."));
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    assert!(connect(KEY).contains("DeepSeek could not be reached. See the network and try again."));
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::TimedOut));
    assert!(connect(KEY).contains("DeepSeek has a fault or did not answer in time."));
    story.set_answer(KEY, AccountAnswer::Text("<html>".to_owned()));
    assert!(connect(KEY).contains("DeepSeek answered, but balance_infos could not be found in it."));
    story.set_answer(KEY, AccountAnswer::Status(402, None));
    assert!(connect(KEY).contains("DeepSeek knows this key but does not show its balance."));
    story.host.is_withheld.set(true);
    story.sent();
    assert!(
        connect(KEY)
            .contains("The browser may not reach DeepSeek; allow it and try again. Nothing was sent.")
    );
    assert_eq!(story.sent(), 0);
    assert_eq!(story.stored("accounts"), "[]", "nothing is kept of a key that was not taken");
    assert!(connect(&format!("  {KEY}\n")).contains("Nothing was sent"));
}

#[test]
fn a_key_is_connected_only_once() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let again = story.send("connect", &[("provider", "deepseek"), ("label", "again"), ("key", KEY)]);
    assert!(text_of(&again.html).contains("This key is connected already, as DeepSeek."));
    assert_eq!(text_of(&again.html).matches("Replace the key").count(), 1);
}

#[test]
fn the_alarm_is_set_once_and_reads_due_accounts() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    assert_eq!(story.host.alarm.get(), Some(Alarm { at: at("2026-11-22T10:15:00Z"), every: 15 * MINUTE }));
    story.sent();
    let set = story.host.alarms_set.get();
    story.clock("2026-11-22T10:05:00Z").event(Event::Start);
    story.event(Event::Alarm);
    assert_eq!(story.sent(), 0, "nothing is due yet");
    story.clock("2026-11-22T10:14:45Z").event(Event::Alarm);
    assert_eq!(story.sent(), 1, "an alarm may come a little early");
    assert_eq!(story.host.alarms_set.get(), set, "setting it again would begin its countdown anew");
    story.host.alarm.set(None);
    story.event(Event::Start);
    assert_eq!(story.host.alarms_set.get(), set + 1, "a browser may forget it");
}

#[test]
fn the_alarm_fires_at_the_end_of_the_month() {
    let story = Story::connected("2026-11-30T23:50:00Z", "USD 0+20");
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.at), Some(at("2026-12-01T00:00:00Z")));
}

#[test]
fn after_a_long_sleep_there_is_one_catch_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.sent();
    story
        .clock("2026-11-25T09:00:00Z")
        .set_books(KEY, "USD 0+14")
        .event(Event::Start)
        .event(Event::Alarm)
        .event(Event::Alarm);
    assert_eq!(story.sent(), 1);
    assert_eq!(story.badge().0, "$6.0");
}

#[test]
fn a_locked_vault_reads_nothing_and_unlocking_catches_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    story.host.close_browser();
    story.sent();
    story.clock("2026-11-22T18:00:00Z").set_books(KEY, "USD 0+17").event(Event::Start).event(Event::Alarm);
    assert_eq!(story.sent(), 0);
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Grey), "the figure stays");
    shows(
        &story.popup(),
        "November
         8 days left
         [Dashboard]
         Password
         [Unlock]
         While locked, nothing is refreshed; figures stay with their age.
         ≥ $1.00
         ≥ $1.00 a day · 0 of 1 up to date
         since 2026-11-22T10:00:00Z
         November lands at
         ≥ $9.25
         early, under a day
         December at this pace
         ≥ $31.00
         early, under a day
         DDeepSeek $1.00*
         ≥ $1.00 a day · $19.00 left · figures of 2026-11-22T10:15:00Z
         Updated 2026-11-22T10:15:00Z · locked",
    );
    assert!(story.title().contains("Locked: figures are as of the last refresh"));

    let wrong = story.click("unlock", &[("password", "correct horse batterz")]);
    assert!(text_of(&wrong.html).contains("That is not the password. Nothing was changed."));
    assert_eq!(story.sent(), 0);
    story.click("unlock", &[("password", PASSWORD)]);
    assert_eq!(story.sent(), 1);
    assert_eq!(story.badge(), ("$3.0".to_owned(), Tone::Neutral));
    story.click("lock", &[]);
    assert_eq!(story.badge().1, Tone::Grey);
}

#[test]
fn the_same_password_unlocks_from_any_keyboard() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    let composed = "Pâßwörd ﬁrst №1";
    story.send("seal", &[("password", composed), ("again", composed)]);
    story.host.close_browser();
    let decomposed = "Pa\u{302}ßwo\u{308}rd first No1";
    let unlocked = story.click("unlock", &[("password", decomposed)]);
    assert!(!text_of(&unlocked.html).contains("Password"), "it is open");
}

#[test]
fn a_new_month_begins_while_locked() {
    let story = Story::connected("2026-11-29T00:00:00Z", "USD 0+120");
    story.clock("2026-11-30T23:45:00Z").set_books(KEY, "USD 0+112").event(Event::Alarm);
    story.host.close_browser();
    story.event(Event::Start);
    assert_eq!(story.badge(), ("$8.0".to_owned(), Tone::Grey));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.at), Some(at("2026-12-01T00:00:00Z")));

    story.clock("2026-12-01T00:00:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Grey), "no last-month figure is this month's");
    let frame = story.first_frame();
    assert!(frame.starts_with("December\n30 days left"), "{frame}");
    assert!(frame.contains("\n–\n"), "{frame}");
    assert!(frame.contains("November: ≥ $8.00"), "a quarter of an hour of it was not seen: {frame}");
    story.clock("2026-12-07T23:59:00Z").event(Event::Alarm);
    assert!(story.first_frame().contains("November: ≥ $8.00"), "for a week");
    story.clock("2026-12-08T00:00:00Z").event(Event::Alarm);
    assert!(!story.first_frame().contains("November"), "and no longer");
}

#[test]
fn a_new_month_begins_while_offline() {
    let story = Story::connected("2026-11-29T00:00:00Z", "USD 0+20");
    story.clock("2026-11-30T23:45:00Z").set_books(KEY, "USD 0+12").event(Event::Alarm);
    story
        .clock("2026-12-01T00:00:00Z")
        .set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline))
        .event(Event::Alarm);
    assert_eq!(story.badge().0, "–");
    // The next reading tells of the night too, and shares it between both months.
    story.clock("2026-12-01T00:15:00Z").set_books(KEY, "USD 0+11.5").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n$0.25*\n"), "{popup}");
    assert!(popup.contains("November: $8.25*"), "{popup}");
}

#[test]
fn a_failure_keeps_the_last_figure_with_its_age() {
    let problems = [
        (AccountAnswer::Status(401, None), "key refused: replace it", Tone::Red),
        (AccountAnswer::Status(402, None), "the key has no right to read this", Tone::Neutral),
        (AccountAnswer::Status(403, None), "the key has no right to read this", Tone::Neutral),
        (AccountAnswer::Status(429, None), "asked too often: waiting", Tone::Neutral),
        (AccountAnswer::Status(500, None), "the provider has a fault", Tone::Neutral),
        (AccountAnswer::Status(503, None), "the provider has a fault", Tone::Neutral),
        (AccountAnswer::Text("<html>".to_owned()), "the answer could not be read", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::Offline), "no connection", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::TimedOut), "the provider has a fault", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::TooLong), "the answer could not be read", Tone::Neutral),
    ];
    for (answer, words, tone) in problems {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18.5").event(Event::Alarm);
        story.clock("2026-11-22T10:30:00Z").set_answer(KEY, answer.clone()).event(Event::Alarm);
        let popup = story.popup();
        assert!(
            popup.contains(&format!("{words} · $18.50 left · figures of 2026-11-22T10:15:00Z")),
            "{answer:?}: {popup}"
        );
        assert!(popup.contains("\n$1.50*\n"), "{answer:?}: {popup}");
        assert!(popup.contains("0 of 1 up to date"), "{answer:?}: a failed read is not up to date: {popup}");
        assert_eq!(story.badge(), ("$1.5".to_owned(), tone), "{answer:?}");
        let next = story.clock("2026-11-23T10:30:00Z").set_books(KEY, "USD 0+18").click("refresh", &[]);
        assert!(!text_of(&next.html).contains(words), "{answer:?}: it goes when it is over");
        assert_eq!(story.badge().0, "$2.0", "{answer:?}: nothing was lost");
    }
}

#[test]
fn withheld_host_access_is_requested() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.host.is_withheld.set(true);
    story.sent();
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 0, "no request without leave");
    assert!(story.popup().contains("the browser withholds access: grant it · $20.00 left"));
    assert!(story.dashboard().contains("[Grant access]"));
    story.host.is_withheld.set(false);
    story.set_books(KEY, "USD 0+19").event(Event::Permission);
    assert_eq!(story.badge().0, "$1.0", "it is read as soon as it may be");
    assert!(!story.dashboard().contains("[Grant access]"));
}

#[test]
fn retry_after_is_honored() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    for status in [429, 503] {
        story
            .clock("2026-11-22T10:15:00Z")
            .set_answer(KEY, AccountAnswer::Status(status, Some("3600".to_owned())));
        story.click("refresh", &[]);
        story.sent();
        story.clock("2026-11-22T11:14:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
        story.click("refresh", &[]);
        assert_eq!(story.sent(), 0, "{status}: not even by the button");
        story.clock("2026-11-22T11:15:01Z").click("refresh", &[]);
        assert_eq!(story.sent(), 1, "{status}");
        story.clock("2026-11-22T10:00:00Z");
    }
}

#[test]
fn failures_back_off_and_offline_does_not() {
    let tries = |answer: AccountAnswer| {
        let story = Story::connected("2026-11-22T00:00:00Z", "USD 0+20");
        story.set_answer(KEY, answer);
        story.sent();
        let mut tried = Vec::new();
        for quarter in 1..=96 {
            story.host.set_now(at("2026-11-22T00:00:00Z").plus(quarter * 15 * MINUTE));
            story.event(Event::Alarm);
            if story.sent() > 0 {
                tried.push(quarter);
            }
        }
        tried
    };
    assert_eq!(
        tries(AccountAnswer::Status(500, None)),
        [1, 2, 4, 8, 16, 32, 56, 80],
        "a quarter of an hour, doubled up to six"
    );
    assert_eq!(tries(AccountAnswer::Nothing(FetchError::Offline)).len(), 96);
}

#[test]
fn a_failing_account_affects_no_other() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story
        .set_books(OTHER_KEY, "USD 0+50")
        .send("connect", &[("provider", "deepseek"), ("label", "work"), ("key", OTHER_KEY)]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").refuse(OTHER_KEY).event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("DDeepSeek $1.00*"), "{popup}");
    assert!(popup.contains("DDeepSeek work –\nkey refused: replace it · $50.00 left"), "{popup}");
    assert!(popup.contains("\n≥ $1.00\n"), "a sum with an unknown part is at least: {popup}");
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Red));
}

#[test]
fn two_currencies_are_never_added() {
    let story = Story::connected("2026-11-22T10:00:00Z", "CNY 0+100, USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18, CNY 0+93").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n≥ $2.00\n"), "{popup}");
    assert!(popup.contains("and ¥7.00* without a rate"), "{popup}");
    assert!(popup.contains("DDeepSeek ¥7.00*") && popup.contains("DDeepSeek $2.00*"), "{popup}");
}

#[test]
fn an_empty_book_next_to_a_funded_one_is_no_problem() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+0, CNY 0+100");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "CNY 0+93, USD 0+0").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n¥7.00*\n"), "{popup}");
    assert!(!popup.contains('$'), "{popup}");
    assert_eq!(story.badge(), ("¥7.0".to_owned(), Tone::Neutral));
}

#[test]
fn a_balance_that_runs_out_is_red_and_one_that_soon_will_is_amber() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
    assert_eq!(story.badge(), ("$10".to_owned(), Tone::Amber));
    assert!(story.popup().contains("$10.00 left · dry about 24 Nov"), "{}", story.popup());
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+-0.02").event(Event::Alarm);
    assert_eq!(story.badge().1, Tone::Red);
}

#[test]
fn one_refresh_at_a_time() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.sent();
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let refresh = message("popup", "refresh", &[]);
    let host = Rc::clone(&story.host);
    let (one, two) = host.run(join(on_message(&*host, &refresh), on_message(&*host, &refresh)));
    assert_eq!(story.sent(), 1, "the second waits, and finds read what it came for");
    assert_eq!(text_of(&one.html), text_of(&two.html));
}

#[test]
fn concurrent_commands_lose_nothing() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let host = Rc::clone(&story.host);
    let (refresh, rename) = (
        message("popup", "refresh", &[]),
        message("dashboard", "rename", &[("account", &id), ("label", "mine")]),
    );
    let settings = message("dashboard", "settings", &[("period_minutes", "30")]);
    host.run(join3(on_message(&*host, &refresh), on_message(&*host, &rename), on_message(&*host, &settings)));
    assert!(story.popup().contains("DDeepSeek mine $1.00*"), "{}", story.popup());
    assert!(story.stored("settings").contains("\"period_minutes\":30"));
}

#[test]
fn progress_shows_while_accounts_are_read() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+50").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    story.clock("2026-11-22T10:15:00Z");
    let host = Rc::clone(&story.host);
    let refresh = message("popup", "refresh", &[]);
    let mut seen = Vec::new();
    for dies_at in 1.. {
        let before = (host.stored.borrow().clone(), host.session.borrow().clone());
        let ended = host.run_dying(on_message(&*host, &refresh), dies_at).is_some();
        let foot = story.first_frame().lines().rev().nth(1).unwrap_or_default().to_owned();
        if !seen.contains(&foot) {
            seen.push(foot);
        }
        (*host.stored.borrow_mut(), *host.session.borrow_mut()) = before;
        if ended {
            break;
        }
    }
    assert_eq!(
        seen,
        [
            "Updated 2026-11-22T10:00:00Z · next 2026-11-22T10:15:00Z",
            "Refreshing, 0 of 2 done",
            "Updated 2026-11-22T10:15:00Z · next 2026-11-22T10:30:00Z",
        ]
    );
}

#[test]
fn an_interrupted_refresh_is_reported() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    let host = Rc::clone(&story.host);
    let fetching = (1..).find(|dies_at| {
        story.sent();
        host.run_dying(on_message(&*host, &message("popup", "refresh", &[])), *dies_at);
        story.sent() == 1
    });
    assert!(fetching.is_some());
    story.event(Event::Start);
    assert!(story.popup().contains("the last refresh was cut short · $20.00 left"), "{}", story.popup());
    assert!(story.popup().contains("[Refresh]"), "it can be asked for again");
    story.set_books(KEY, "USD 0+19").click("refresh", &[]);
    assert!(!story.popup().contains("cut short"));
}

#[test]
fn a_replaced_key_continues_or_restarts_the_books() {
    let replaced = |answer: &str, books: &str| {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").refuse(KEY).event(Event::Alarm);
        story.clock("2026-11-22T10:30:00Z").set_books(OTHER_KEY, answer);
        let asked = story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
        let goes_on = asked.html.contains(r#"value="go_on" checked"#);
        let taken = story.send("take_key", &[("account", &story.id(0)), ("books", books)]);
        assert!(text_of(&taken.html).contains("The new key is in use."));
        story.clock("2026-11-22T10:45:00Z").set_books(OTHER_KEY, "USD 0+10").event(Event::Alarm);
        (goes_on, story.badge().0)
    };
    assert_eq!(
        replaced("USD 0+18", "go_on"),
        (true, "$10".to_owned()),
        "ten since the old key's last reading"
    );
    assert_eq!(
        replaced("USD 0+18", "begin_anew"),
        (true, "$8.0".to_owned()),
        "eight since the new key's first"
    );
    assert!(!replaced("USD 0+60", "begin_anew").0, "a balance that rose looks like another account");
    assert!(!replaced("USD 0+2", "begin_anew").0, "so does one that fell by most of it");
}

#[test]
fn a_replacement_can_be_discarded() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+60");
    let asked = story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    assert!(text_of(&asked.html).contains("The new key works and tells $60.00."));
    let dropped = story.send("drop_key", &[("account", &story.id(0))]);
    assert!(!text_of(&dropped.html).contains("The new key works"));
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.badge().0, "$1.0", "the old key goes on");
}

#[test]
fn a_key_tried_by_an_earlier_version_can_still_be_accepted() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+60");
    story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    let balance = r#"{"balance":["USD","0","60"]}"#;
    let others = r#"{"bill":{"c":"USD","d":"2026-11-20"}},{"limit":{"amount":"9","currency":"USD"}},{"byok":{"amount":"1","currency":"USD"}}"#;
    let key = format!("account.{}", story.id(0));
    let account = story.stored(&key);
    assert!(account.contains(balance), "{account}");
    let earlier = account.replace(balance, &format!("{others},{balance}"));
    story.host.stored.borrow_mut().insert(key, earlier);
    assert!(story.dashboard().contains("The new key works and tells $60.00."));
    story.clock("2026-11-22T10:05:00Z");
    story.send("take_key", &[("account", &story.id(0)), ("books", "begin_anew")]);
    assert!(story.popup().contains("$60.00 left"), "{}", story.popup());
}

#[test]
fn a_paused_account_is_not_read_and_resuming_catches_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.send("pause", &[("account", &id)]);
    story.sent();
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.sent(), 0);
    assert!(story.popup().contains("$20.00 left · paused · figures of"), "{}", story.popup());
    story.send("resume", &[("account", &id)]);
    assert_eq!(story.badge().0, "$1.0");
}

#[test]
fn a_removed_account_keeps_its_cost_or_is_erased() {
    let removed = |history: &str| {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
        story.send("remove", &[("account", &story.id(0)), ("history", history)]);
        story.clock("2026-11-24T10:15:00Z").event(Event::Alarm);
        story
    };
    let kept = removed("keep");
    assert_eq!(kept.badge(), ("$2.0".to_owned(), Tone::Neutral), "nothing more is expected of it");
    assert!(kept.popup().contains("November lands at\n$2.00*"), "{}", kept.popup());
    let erased = removed("erase");
    assert_eq!(erased.badge().0, "");
    let stored = erased.host.stored.borrow();
    let keys: Vec<_> = stored.keys().filter(|key| !key.starts_with("popup.")).collect();
    assert_eq!(keys, ["accounts", "meta", "popup", "settings", "vault"], "no reading is left");
}

#[test]
fn only_the_changed_password_unlocks() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let change = |current: &str, password: &str, again: &str| {
        text_of(
            &story
                .send("change_password", &[("current", current), ("password", password), ("again", again)])
                .html,
        )
    };
    assert!(
        change("nothing of the kind", "another password", "another password")
            .contains("That is not the password.")
    );
    assert!(change(PASSWORD, "short", "short").contains("A password has 12 characters or more."));
    assert!(change(PASSWORD, "another password", "another passwrd").contains("The two passwords differ."));
    assert!(change(PASSWORD, "another password", "another password").contains("Changed."));
    story.host.close_browser();
    assert!(
        text_of(&story.click("unlock", &[("password", PASSWORD)]).html).contains("That is not the password.")
    );
    story
        .clock("2026-11-22T10:15:00Z")
        .set_books(KEY, "USD 0+19")
        .click("unlock", &[("password", "another password")]);
    assert_eq!(story.badge().0, "$1.0", "no key had to be pasted again");
}

#[test]
fn a_forgotten_password_loses_only_the_keys() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    story.host.close_browser();
    let page = story.dashboard();
    assert!(page.contains(
        "The keys cannot be opened without it and are lost; all accounts, figures and history are kept."
    ));
    story.send("forget_password", &[]);
    assert!(story.popup().contains("paste its key again"), "{}", story.popup());
    assert_eq!(story.badge(), ("$2.0".to_owned(), Tone::Red), "the figure stays, and something must be done");
    story.send("seal", &[("password", "another password"), ("again", "another password")]);
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+15");
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    story.send("take_key", &[("account", &story.id(0)), ("books", "go_on")]);
    assert_eq!(story.badge(), ("$5.0".to_owned(), Tone::Neutral), "its books go on");
}

#[test]
fn a_browser_that_closes_before_the_password_is_chosen_loses_only_the_key() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert!(story.popup().contains("Choose a password, or the key is forgotten when the browser closes."));
    story.host.close_browser();
    assert!(
        story.popup().contains("The keys are gone: choose a password and paste them again."),
        "{}",
        story.popup()
    );
    assert!(story.dashboard().contains("Choose the password that seals your keys"));
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(story.popup().contains("paste its key again"));
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+17");
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    story.send("take_key", &[("account", &story.id(0)), ("books", "go_on")]);
    assert_eq!(story.badge().0, "$3.0");
}

#[test]
fn a_password_is_suggested_outside_of_the_page() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    let suggested = story.send("suggest_password", &[]);
    let [(first, password), (second, again)] = suggested.fill.as_slice() else {
        panic!("{:?}", suggested.fill)
    };
    assert_eq!((first.as_str(), second.as_str(), password), ("password", "again", again));
    assert!(!suggested.html.contains(password.as_str()), "a document must not hold it");
    assert!(story.send("seal", &[("password", password), ("again", again)]).ok);
}

#[test]
fn locking_after_idle_is_off_by_default() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let is_locked = |event| {
        story.event(event);
        story.popup().contains("[Unlock]")
    };
    assert!(!is_locked(Event::Idle) && !is_locked(Event::Locked));
    story.send("settings", &[("lock_after_minutes", "10"), ("lock_with_computer", "on")]);
    assert_eq!(story.host.idle_minutes.get(), Some(10));
    assert!(is_locked(Event::Idle));
    story.click("unlock", &[("password", PASSWORD)]);
    assert!(is_locked(Event::Locked));
    story.host.idle_minutes.set(None);
    story.event(Event::Start);
    assert_eq!(story.host.idle_minutes.get(), Some(10), "the browser forgets it with the worker");
}

#[test]
fn settings_are_saved_all_or_none() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let set = |fields: &[(&str, &str)]| text_of(&story.send("settings", fields).html);
    let before = story.stored("settings");
    assert!(set(&[("period_minutes", "4")]).contains("a whole number of minutes from 5 to 1440"));
    assert!(set(&[("period_minutes", "1.5")]).contains("a whole number of minutes from 5 to 1440"));
    assert!(
        set(&[("period_minutes", "30"), ("currency", "dollar")]).contains("A currency has three letters")
    );
    assert!(set(&[("lock_after_minutes", "-1")]).contains("Locking takes a whole number of minutes"));
    assert_eq!(story.stored("settings"), before);
    assert!(set(&[("period_minutes", " 30 "), ("currency", "cny")]).contains("Saved."));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.every), Some(30 * MINUTE));
    assert!(set(&[("period_minutes", "")]).contains("Saved."));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.every), Some(15 * MINUTE), "as usual");
}

#[test]
fn hidden_amounts_are_hidden_everywhere() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 5+15, CNY 1+8");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18.5, CNY 1+3").event(Event::Alarm);
    story.click("hide", &[("hidden", "on")]);
    let shown = [story.click("show", &[]).html, story.send("show", &[]).html, story.title(), story.badge().0]
        .join("\n");
    for amount in ["1.5", "18.5", "5.00", "3.00", "$", "¥"] {
        assert!(!text_of(&shown).contains(amount), "{amount} is in {}", text_of(&shown));
    }
    story.click("hide", &[("hidden", "")]);
    assert!(story.popup().contains("$18.50 left"));
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let before = story.host.stored.borrow().clone();
    story.host.is_full.set(true);
    let reply = story.click("refresh", &[]);
    assert!(
        text_of(&reply.html).contains("The browser could not save; its disk may be full."),
        "{}",
        text_of(&reply.html)
    );
    assert_eq!(*story.host.stored.borrow(), before);
    story.host.is_full.set(false);
    story.event(Event::Start).clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    assert_eq!(story.badge().0, "$2.0");
}

#[test]
fn values_of_a_newer_version_are_not_changed() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.host.stored.borrow_mut().insert("meta".to_owned(), "{\"version\":99,\"rev\":9}".to_owned());
    let before = story.host.stored.borrow().clone();
    story.event(Event::Alarm);
    assert!(story.popup().contains("What is stored was written by a newer Drawdown."));
    assert_eq!(*story.host.stored.borrow(), before);
}

#[test]
fn damaged_readings_make_the_month_a_floor_and_are_preserved() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    let key = format!("readings.{}.2026-11", story.id(0));
    story.host.stored.borrow_mut().insert(key.clone(), "[[[".to_owned());
    story.clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
    let popup = story.popup();
    assert!(
        popup.contains("DDeepSeek ≥ $1.00"),
        "what went before is lost, and the last reading is not: {popup}"
    );
    assert_eq!(story.stored(&format!("damaged.{key}")), "[[[");
    story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+16").event(Event::Alarm);
    assert!(story.popup().contains("DDeepSeek ≥ $2.00"), "it stays a floor: {}", story.popup());

    // A shard that is gone altogether is the same.
    story.host.stored.borrow_mut().remove(&key);
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+15").event(Event::Alarm);
    assert!(story.popup().contains("DDeepSeek ≥ $1.00"), "{}", story.popup());
}

#[test]
fn a_clock_that_ran_ahead_is_forgotten() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-25T10:00:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    // It is set right. The wrong reading lies ahead, and does not keep true ones out.
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    assert_eq!(story.badge().0, "$2.0");
    // When its time comes, it is not taken for a reading of that time.
    story.clock("2026-11-25T09:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
    story.clock("2026-11-25T11:00:00Z").set_books(KEY, "USD 0+9").event(Event::Alarm);
    assert_eq!(story.badge().0, "$11", "{}", story.popup());
    assert!(!story.popup().contains("may hide spend"));
}

#[test]
fn a_clock_that_goes_back_refuses_readings_until_it_has_caught_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T09:55:00Z").set_books(KEY, "USD 0+19").click("refresh", &[]);
    assert_eq!(story.badge().0, "–", "not later than the last reading");
    story.clock("2026-11-22T10:01:00Z").click("refresh", &[]);
    assert_eq!(story.badge().0, "$1.0");
}

#[test]
fn the_next_reading_covers_a_month_without_one() {
    let story = Story::connected("2026-08-31T00:00:00Z", "USD 0+70");
    story.clock("2026-11-10T00:00:00Z").set_books(KEY, "USD 0+0").event(Event::Alarm);
    let popup = story.popup();
    // 71 days at 70/71 dollars a day, nine of them in November.
    assert!(popup.contains("\n$8.87*\n"), "{popup}");
}

#[test]
fn history_is_compacted_once_a_day() {
    let story = Story::connected("2026-10-02T10:00:00Z", "USD 0+20");
    story.clock("2026-10-30T10:00:00Z").set_books(KEY, "USD 0+12").event(Event::Alarm);
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+8").event(Event::Alarm);
    let (popup, dashboard) = (story.popup(), story.dashboard());
    assert!(story.stored(&format!("readings.{}.2026-10", story.id(0))).contains("settled"));
    assert!(popup.contains("\n$3.70*\n"), "{popup}");
    let writes = story.host.writes.get();
    story.event(Event::Start);
    assert_eq!(story.host.writes.get(), writes, "it was done today, and nothing has changed");
    assert_eq!((story.popup(), story.dashboard()), (popup, dashboard));
    story.clock("2026-11-21T00:00:00Z").event(Event::Start);
    assert_eq!(story.host.writes.get(), writes + 2, "and is done again tomorrow");
}

#[test]
fn an_old_question_is_asked_on_the_dashboard_and_not_in_the_popup() {
    let story = Story::connected("2026-09-20T10:00:00Z", "USD 0+20");
    for day in 1..46_u64 {
        story.host.set_now(at("2026-09-20T10:00:00Z").plus(day * DAY));
        let paid = if day < 5 { 20 } else { 90 };
        story.set_books(KEY, &format!("USD 0+{}", paid - day)).event(Event::Alarm);
        assert_eq!(story.first_frame(), story.popup(), "day {day}: whatever else was done at the alarm");
    }
    assert!(story.dashboard().contains("rose $69.00 between"), "{}", story.dashboard());
    for day in 46..75_u64 {
        story.host.set_now(at("2026-09-20T10:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{}", 90 - day)).event(Event::Alarm);
    }
    assert!(!story.dashboard().contains("rose $69"), "its day is thinned, and nothing can be answered");
}

#[test]
fn values_of_the_first_version_are_read_and_rewritten() {
    let story = Story::connected("2026-11-21T10:00:00Z", "USD 5+15, CNY 0+7");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 3.75+15.00, CNY 0+7").event(Event::Alarm);
    let popup = story.popup();
    let key = format!("readings.{}.2026-11", story.id(0));
    let old = r#"{"before":[],"readings":[
        [1795255200000,"baseline",[{"balance":["USD","5","15"]},{"balance":["CNY","0","7"]},
            {"bill":{"c":"USD","d":"2026-11-20"}},{"limit":{"amount":"9","currency":"USD"}},{"apart":{"amount":"1","currency":"USD"}}]],
        [1795342500000,"",[{"balance":["USD","3.75","15.00"]},{"balance":["CNY","0","7"]}]]],"is_part_lost":false}"#;
    let new = story.stored(&key);
    story.host.stored.borrow_mut().insert(key.clone(), old.to_owned());
    story.host.stored.borrow_mut().insert("meta".to_owned(), "{\"version\":1,\"rev\":9}".to_owned());
    assert_eq!(story.popup(), popup);
    assert_eq!(story.stored(&key), old, "to look changes nothing");
    story.clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 3+15.00, CNY 0+7").event(Event::Alarm);
    let days = |text: &str| -> Value { serde_json::from_str::<Value>(text).unwrap()["days"].take() };
    let [is, was] = [days(&story.stored(&key)), days(&new)];
    assert_eq!(is[0], was[0], "a day that is over");
    assert!(is[1][1].as_str().unwrap().starts_with(was[1][1].as_str().unwrap()), "{is}");
    assert!(story.popup().contains("$2.00*"), "{}", story.popup());
}

#[test]
fn old_months_are_not_loaded() {
    let story = Story::connected("2026-01-01T00:00:00Z", "USD 0+900");
    for day in 1..320_u64 {
        story.host.set_now(at("2026-01-01T00:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{}", 900 - day)).event(Event::Alarm);
    }
    assert_eq!(story.host.stored.borrow().keys().filter(|key| key.starts_with("readings.")).count(), 11);
    // With all older months gone, this month and the last are what they were.
    let popup = story.popup();
    let older =
        |key: &String| key.starts_with("readings.") && !key.ends_with("2026-11") && !key.ends_with("2026-10");
    story.host.stored.borrow_mut().retain(|key, _| !older(key));
    assert_eq!(story.popup(), popup);
    assert!(popup.contains("\n$15.00*\n"), "{popup}");
}

#[test]
fn secrets_appear_only_in_their_request() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let mut replies = Vec::new();
    story.set_books(KEY, "USD 0+20").set_books(OTHER_KEY, "USD 0+19");
    let mut send = |command: &str, fields: &[(&str, &str)]| {
        replies.push(serde_json::to_string(&story.send(command, fields)).unwrap());
    };
    send("connect", &[("provider", "deepseek"), ("label", "main"), ("key", KEY)]);
    send("connect", &[("provider", "deepseek"), ("key", "sk-wrong-key-of-somebody-0123456789")]);
    send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    send("unlock", &[("password", "an attempt that fails")]);
    send("refresh", &[]);
    let mut everywhere = replies.join("\n");
    everywhere.push_str(&format!("{:?}\n{:?}", story.host.stored.borrow(), story.host.session.borrow()));
    everywhere.push_str(&story.title());
    for request in story.host.sent.borrow().iter() {
        everywhere.push_str(&format!("{} {request:?}\n", request.url));
    }
    for secret in [KEY, OTHER_KEY, PASSWORD, "sk-wrong-key-of-somebody-0123456789", "an attempt that fails"] {
        assert!(!everywhere.contains(secret), "{secret}");
    }
    let host = &story.host;
    let key = host.run(host.recall("data-key")).expect("the session knows the data key");
    assert!(!host.stored.borrow().values().any(|text| text.contains(key.expose())), "and the disk does not");
}

#[test]
fn a_message_no_page_sends_has_no_effect() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let before = story.host.stored.borrow().clone();
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"page":"popup"}"#,
        r#"{"page":"x","do":"lock"}"#,
        r#"{"page":"popup","do":"x"}"#,
        r#"{"page":"popup","do":"remove","account":"1"}"#,
        r#"{"page":"popup","do":{"lock":1}}"#,
    ] {
        story.host.run(on_message(&*story.host, text));
    }
    for (command, fields) in [
        ("pause", vec![("account", "nobody")]),
        ("take_key", vec![("account", "nobody"), ("books", "go_on")]),
    ] {
        assert!(!story.send(command, &fields).ok);
    }
    let popup = |stored: &std::collections::BTreeMap<String, String>| {
        stored
            .iter()
            .filter(|(key, _)| !key.starts_with("popup") && *key != "meta")
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(popup(&story.host.stored.borrow()), popup(&before));
}

#[test]
fn a_stale_account_makes_the_total_a_floor() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    story.host.set_now(at("2026-11-22T10:15:00Z").plus(HOUR / 2));
    story.event(Event::Alarm);
    assert!(story.popup().contains("\n$1.00*\n"), "{}", story.popup());
    story.host.set_now(at("2026-11-22T10:15:00Z").plus(HOUR));
    story.event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n≥ $1.00\n") && popup.contains("0 of 1 up to date"), "{popup}");
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Grey));
}

#[test]
fn a_retired_api_is_not_called_again_until_its_account_is_resumed() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    story.set_answer(KEY, AccountAnswer::Status(410, None)).clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    let asked = || story.host.sent.borrow().len();
    let calls = asked();
    assert!(story.popup().contains("the provider ended this API"), "{}", story.popup());
    for hour in 11..20 {
        story.clock(&format!("2026-11-22T{hour}:00:00Z")).event(Event::Alarm);
        story.send("refresh", &[]);
    }
    assert_eq!(asked(), calls);
    assert!(story.popup().contains("$20.00 left"), "its history stays\n{}", story.popup());
    story.set_books(KEY, "USD 5+14");
    story.send("pause", &[("account", &story.id(0))]);
    story.send("resume", &[("account", &story.id(0))]);
    assert_eq!(asked(), calls + 1);
    assert!(story.popup().contains("$19.00 left"), "{}", story.popup());
}

#[test]
fn repeatedly_interrupted_attempts_back_off() {
    let story = Story::connected("2026-11-22T00:00:00Z", "USD 5+15");
    let host = &*story.host;
    let mut attempts = 0;
    for minutes in (15..=12 * 60).step_by(15) {
        story.clock(&format!("2026-11-22T{:02}:{:02}:00Z", minutes / 60, minutes % 60));
        let asked = host.sent.borrow().len();
        // The browser stops the worker while it waits for the answer.
        let dies_at = (1..).find(|awaits| {
            let is_over = host.run_dying(on_event(host, Event::Alarm), *awaits).is_some();
            is_over || host.sent.borrow().len() > asked
        });
        assert!(dies_at.is_some());
        attempts += host.sent.borrow().len() - asked;
        host.run(on_event(host, Event::Start));
    }
    assert!(attempts >= 2, "it is tried again");
    assert!(attempts <= 8, "{attempts} attempts in 12 hours of 48 alarms");
}

#[test]
fn a_failed_save_is_shown_until_one_succeeds() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    const SAID: &str =
        "The browser could not save; its disk may be full. What was stored before is unchanged.";
    story.host.is_full.set(true);
    story.set_books(KEY, "USD 5+13").clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("!".to_owned(), Tone::Red));
    assert_eq!(story.title(), format!("Drawdown. {SAID}"));
    for page in [story.popup(), story.dashboard()] {
        assert!(page.contains(SAID), "{page}");
    }

    // A command that can be saved again brings no new figures, so they are not shown as if they were.
    story.host.is_full.set(false);
    story.send("hide", &[("hidden", "")]);
    assert_eq!(story.badge().0, "!");
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("$2.0".to_owned(), Tone::Neutral));
    assert!(!story.popup().contains(SAID));

    // The same by hand.
    story.host.is_full.set(true);
    story.clock("2026-11-22T11:00:00Z").event(Event::Alarm);
    story.host.is_full.set(false);
    assert!(story.popup().contains(SAID));
    story.clock("2026-11-22T11:01:00Z").send("refresh", &[]);
    assert_eq!(story.badge().0, "$2.0");
    assert!(!story.popup().contains(SAID));
}

#[test]
fn alarms_continue_after_a_clock_that_ran_ahead_is_set_back() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    story.clock("2026-11-22T20:00:00Z").event(Event::Alarm);
    story.sent();
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 1);
    story.clock("2026-11-22T10:20:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 0, "and keep to their interval");
}

#[test]
fn the_first_frame_is_valid_for_its_version_and_utc_month() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    let is_until = |month: &str| {
        let frame: Value = serde_json::from_str(&story.stored("popup")).unwrap();
        assert_eq!(frame["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(frame["until"].as_u64(), Some(at(&format!("{month}-01T00:00:00Z")).ms()));
    };
    is_until("2026-12");
    story.set_books(KEY, "USD 5+14").clock("2026-12-31T23:59:59Z").event(Event::Alarm);
    is_until("2027-01");
    story.set_books(KEY, "USD 5+13").clock("2027-01-01T00:00:00Z").event(Event::Alarm);
    is_until("2027-02");
}
