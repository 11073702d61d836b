//! The request log: every request is listed, with its result and without its content.

use std::rc::Rc;

use drawdown::host::{FetchError, Host};
use drawdown::provider::Answer;
use drawdown::route::Event;
use drawdown::time::{MINUTE, SECOND, Timestamp};
use drawdown_lab::on_message;
use futures_util::future::join;

use crate::builders::at;
use crate::story::{AccountAnswer, KEY, OTHER_KEY, PASSWORD, Story, body, message, text_of};

/// The rows of the list, newest first, each as time, account, host, path, status and bytes.
fn listed(story: &Story) -> Vec<[String; 6]> {
    let html = story.send("show", &[("open", "data/requests")]).html;
    let (_, list) = html.split_once("<section id=\"requests\"").expect("the list is asked for");
    let rows = list.split("<tr><th scope=\"row\">").skip(1);
    rows.map(|row| {
        let cells: Vec<_> = text_of(row).lines().map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("not six cells: {cells:?}"))
    })
    .collect()
}

/// The rows without time and host, oldest first.
fn outcomes(story: &Story) -> Vec<String> {
    let row =
        |[_, account, _, path, status, bytes]: [String; 6]| format!("{account} {path} {status} {bytes}");
    listed(story).into_iter().rev().map(row).collect()
}

#[test]
fn every_request_is_listed_with_its_result() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let list = text_of(&story.send("show", &[("open", "data/requests")]).html);
    assert!(list.contains("No requests yet"), "{list}");
    story.send("connect", &[("provider", "deepseek"), ("key", "sk-ant-of-another")]);
    assert_eq!(outcomes(&story), [""; 0], "nothing was sent");

    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.set_books(KEY, "USD 0+20").set_books(OTHER_KEY, "USD 0+9.5");
    story.send("connect", &[("provider", "deepseek"), ("label", "main"), ("key", KEY)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.send("connect", &[("provider", "deepseek"), ("label", "other"), ("key", OTHER_KEY)]);
    story
        .clock("2026-11-22T10:15:00Z")
        .set_answer(OTHER_KEY, AccountAnswer::Status(503, None))
        .event(Event::Alarm);
    for (time, unreached) in [
        ("2026-11-22T10:30:00Z", FetchError::Offline),
        ("2026-11-22T10:45:00Z", FetchError::TimedOut),
        ("2026-11-22T11:00:00Z", FetchError::TooLong),
    ] {
        story.set_books(OTHER_KEY, "USD 0+9.5").clock(time);
        story.set_answer(KEY, AccountAnswer::Nothing(unreached)).send("refresh", &[]);
    }
    let ok = |books: &str| body(books).len();
    let (main, other) = (ok("USD 0+20"), ok("USD 0+9.5"));
    assert_eq!(
        outcomes(&story),
        [
            "DeepSeek /user/balance 401 0".to_owned(),
            format!("DeepSeek main /user/balance 200 {main}"),
            format!("DeepSeek other /user/balance 200 {other}"),
            format!("DeepSeek main /user/balance 200 {main}"),
            "DeepSeek other /user/balance 503 0".to_owned(),
            "DeepSeek main /user/balance no connection –".to_owned(),
            format!("DeepSeek other /user/balance 200 {other}"),
            "DeepSeek main /user/balance timed out –".to_owned(),
            format!("DeepSeek other /user/balance 200 {other}"),
            "DeepSeek main /user/balance answer too long –".to_owned(),
            format!("DeepSeek other /user/balance 200 {other}"),
        ]
    );
    let [newest, .., oldest] = &listed(&story)[..] else { panic!("a list") };
    assert_eq!(newest[..3], ["2026-11-22T11:00:00Z", "DeepSeek other", "api.deepseek.com"]);
    assert_eq!(oldest[0], "2026-11-22T10:00:00Z");
    assert_eq!(listed(&story).len(), story.sent());
}

#[test]
fn another_key_for_an_account_is_listed_with_it() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.send("replace_key", &[("account", &id), ("key", OTHER_KEY)]);
    story.set_books(OTHER_KEY, "USD 0+19").send("replace_key", &[("account", &id), ("key", OTHER_KEY)]);
    story.refuse(OTHER_KEY).send("take_key", &[("account", &id), ("books", "go_on")]);
    story.set_books(OTHER_KEY, "USD 0+19").send("take_key", &[("account", &id), ("books", "go_on")]);
    let statuses: Vec<_> =
        listed(&story).into_iter().rev().map(|row| (row[1].clone(), row[4].clone())).collect();
    let expected = ["200", "401", "200", "401", "200"];
    assert_eq!(statuses, expected.map(|status| ("DeepSeek".to_owned(), status.to_owned())));
}

/// A page of OpenAI's costs for one day of November.
fn costs(day: u64, rest: &str) -> String {
    let start = 1_793_491_200 + (day - 1) * 86_400;
    let end = start + 86_400;
    format!(r#"{{"data":[{{"start_time":{start},"end_time":{end},"results":[]}}],{rest}}}"#)
}

#[test]
fn no_content_of_a_request_is_logged() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let key = "sk-admin-0123456789abcdef";
    story.host.answers(|request| {
        let more = costs(20, r#""has_more":true,"next_page":"cursor-of-the-next""#);
        let text = match &request.url {
            url if url.contains("cursor-of-the-next") => costs(21, r#""has_more":false,"next_page":null"#),
            url if url.ends_with("/spend_limit") => "{}".to_owned(),
            _ => more,
        };
        Ok(Answer { retry_after: Some("retry-after-header".to_owned()), ..Answer::new(200, text) })
    });
    story.send("connect", &[("provider", "openai"), ("label", "work"), ("key", key)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(
        outcomes(&story),
        [
            "OpenAI work /v1/organization/costs 200 120",
            "OpenAI work /v1/organization/costs 200 105",
            "OpenAI work /v1/organization/spend_limit 200 2",
        ]
    );
    let (log, page) = (story.stored("requests"), story.send("show", &[("open", "data/requests")]).html);
    assert!(log.contains("/v1/organization/costs"), "the search finds what is there");
    for secret in [key, "cursor-of-the-next", "page=", "?", "retry-after-header", "has_more", "Bearer"] {
        assert!(!log.contains(secret), "the log holds {secret}: {log}");
    }
    for secret in [key, "cursor-of-the-next", "start_time", "retry-after-header", "has_more"] {
        assert!(!page.contains(secret), "the page holds {secret}");
    }
}

#[test]
fn the_last_five_hundred_are_kept() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+20");
    for place in 1..=510_u64 {
        story.host.set_now(at("2026-11-01T00:00:00Z").plus(place * 15 * MINUTE));
        story.event(Event::Alarm);
    }
    let rows = listed(&story);
    let time = |place: u64| at("2026-11-01T00:00:00Z").plus(place * 15 * MINUTE);
    let times: Vec<_> = rows.iter().map(|row| Timestamp::parse(&row[0]).unwrap()).collect();
    assert_eq!(times, (11..=510).rev().map(time).collect::<Vec<_>>());
    assert!(story.stored("requests").len() < 40_000, "{} bytes", story.stored("requests").len());
}

#[test]
fn only_requests_and_the_list_load_the_log() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let reads = |act: &dyn Fn()| {
        story.host.read.borrow_mut().clear();
        act();
        story.host.read.borrow().iter().filter(|key| *key == "requests").count()
    };
    story.clock("2026-11-22T10:15:00Z");
    assert_eq!(reads(&|| _ = story.event(Event::Alarm)), 1, "one account is due");
    assert_eq!(reads(&|| _ = story.event(Event::Alarm)), 0, "none is");
    assert_eq!(reads(&|| _ = story.event(Event::Start)), 0);
    assert_eq!(reads(&|| drop(story.popup())), 0);
    assert_eq!(reads(&|| assert!(!story.send("show", &[]).html.contains("id=\"requests\""))), 0);
    assert_eq!(reads(&|| drop(listed(&story))), 1);
}

#[test]
fn a_damaged_log_is_kept_and_a_new_one_begun() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    for damaged in ["{\"cut", "1\tx\t200\t5\thost", "1\tx\tmaybe\t5\thost\t/", "\n\n"] {
        story.host.stored.borrow_mut().insert("requests".to_owned(), damaged.to_owned());
        assert_eq!(outcomes(&story), [""; 0], "{damaged}");
        assert_eq!(story.stored("requests"), damaged, "to look changes nothing");
        for count in [1, 2] {
            story.host.set_now(story.host.now().plus(15 * MINUTE));
            story.event(Event::Alarm);
            assert_eq!(listed(&story).len(), count, "{damaged}");
            assert!(story.stored("damaged.requests").ends_with(damaged), "behind what was kept before");
        }
    }
    story.send("remove", &[("account", &story.id(0)), ("history", "remove")]);
    assert_eq!(story.stored("damaged.requests"), "", "it may hold some of the account");
}

#[test]
fn the_log_keeps_the_name_of_a_removed_account_and_nothing_of_an_erased_one() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+9");
    story.send("connect", &[("provider", "deepseek"), ("label", "other"), ("key", OTHER_KEY)]);
    let (first, other) = (story.id(0), story.id(1));
    story.send("remove", &[("account", &other), ("history", "keep")]);
    assert_eq!(
        listed(&story).iter().map(|row| row[1].as_str()).collect::<Vec<_>>(),
        ["DeepSeek other", "DeepSeek"]
    );
    story.send("remove", &[("account", &first), ("history", "remove")]);
    assert_eq!(listed(&story).iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["DeepSeek other"]);
    assert!(!story.stored("requests").contains(&first));
}

#[test]
fn an_account_erased_during_its_refresh_leaves_nothing() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.sent();
    story.clock("2026-11-22T10:15:00Z");
    let (refresh, id) = (message("dashboard", "refresh", &[]), story.id(0));
    let erase = message("dashboard", "remove", &[("account", &id), ("history", "remove")]);
    let host = &story.host;
    let meanwhile = async {
        while !host.session.borrow().contains_key("attempts") {
            host.alarm().await;
        }
        on_message(&**host, &erase).await
    };
    host.run(join(on_message(&**host, &refresh), meanwhile));
    assert_eq!(story.sent(), 1, "it was asked");
    assert_eq!(outcomes(&story), [""; 0]);
    assert!(!host.stored.borrow().contains_key("requests"));
}

#[test]
fn requests_of_accounts_that_are_read_at_once_are_listed_by_their_time() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let host = Rc::downgrade(&story.host);
    story.host.answers(move |request| {
        let host = host.upgrade().unwrap();
        host.set_now(host.now().plus(SECOND));
        let text = match &request.url {
            url if url.ends_with("/key") => r#"{"data":{"usage":2,"usage_monthly":1}}"#.to_owned(),
            url if url.ends_with("/credits") => r#"{"data":{"total_credits":9,"total_usage":2}}"#.to_owned(),
            url if url.ends_with("page=two") => costs(21, r#""has_more":false"#),
            _ => costs(20, r#""has_more":true,"next_page":"two""#),
        };
        Ok(Answer::new(200, text))
    });
    story.send("connect", &[("provider", "openai"), ("key", "sk-admin-0123456789abcdef")]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.send("connect", &[("provider", "openrouter"), ("key", "sk-or-v1-0123456789abcdef")]);
    story.clock("2026-11-22T12:00:00Z").event(Event::Alarm);
    let rows: Vec<_> =
        listed(&story).into_iter().take(5).map(|[time, account, ..]| (time, account)).collect();
    assert!(rows.is_sorted_by(|(later, _), (earlier, _)| later >= earlier), "{rows:?}");
    assert_eq!(
        rows.iter().map(|(_, account)| account.as_str()).collect::<Vec<_>>(),
        ["OpenAI", "OpenAI", "OpenRouter", "OpenAI", "OpenRouter"]
    );
}

#[test]
fn rows_of_a_clock_that_ran_ahead_do_not_stay_the_newest() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-25T10:00:00Z").event(Event::Alarm);
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    let days: Vec<_> = listed(&story).iter().map(|row| row[0][8..10].to_owned()).collect();
    assert_eq!(days, ["22", "25", "22"]);
}

#[test]
fn a_full_disk_is_reported_and_the_next_request_is_listed() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.host.is_full.set(true);
    let said = text_of(&story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]).html);
    assert!(said.contains("Couldn't save. Your disk may be full."), "{said}");
    story.host.is_full.set(false);
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    assert_eq!(outcomes(&story).len(), 2);
}
