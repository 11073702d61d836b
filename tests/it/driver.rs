//! The driver with providers that need several answers: a refresh stores all of them or none.

use std::rc::Rc;

use drawdown::host::{FetchError, HttpRequest};
use drawdown::provider::Answer;
use drawdown::route::{Event, Reply, on_event};
use drawdown::time::Timestamp;
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;

use crate::story::{PASSWORD, message, text_of};

const OPENAI: &str = "sk-admin-0123456789abcdef";
const ANTHROPIC: &str = "sk-ant-admin01-0123456789abcdef";
const OPENROUTER: &str = "sk-or-v1-0123456789abcdef";

/// A browser at 07:00 on 22 November 2026, and a provider that answers the n-th request (from 0) with `answer`.
fn browser(answer: impl Fn(usize, &HttpRequest) -> (u16, String) + 'static) -> Rc<Fake> {
    let host = Rc::new(Fake::new("2026-11-22T07:00:00Z"));
    answers(&host, answer);
    host.run(on_event(&*host, Event::Start));
    host
}

fn answers(host: &Fake, answer: impl Fn(usize, &HttpRequest) -> (u16, String) + 'static) {
    let mut place = 0;
    host.answers(move |request| -> Result<Answer, FetchError> {
        let (status, body) = answer(place, request);
        place += 1;
        Ok(Answer::new(status, body))
    });
}

fn send(host: &Fake, command: &str, fields: &[(&str, &str)]) -> Reply {
    host.run(on_message(host, &message("dashboard", command, fields)))
}

/// The card of the only account, as HTML.
fn card(host: &Fake) -> String {
    let accounts = host.accounts();
    let id = accounts[0]["id"].as_str().expect("an account");
    send(host, "show", &[("open", &format!("accounts/{id}"))]).html
}

fn connect(host: &Fake, provider: &str, key: &str) -> String {
    text_of(&send(host, "connect", &[("provider", provider), ("key", key)]).html)
}

/// The popup's text.
fn popup(host: &Fake) -> String {
    text_of(&host.run(on_message(host, &message("popup", "show", &[]))).html)
}

fn has_account(host: &Fake) -> bool {
    let stored = host.stored.borrow();
    stored.get("accounts").is_some_and(|accounts| accounts != "[]")
        || stored.keys().any(|key| key.starts_with("readings."))
}

/// A page of OpenAI's costs: a day of November, a dollar, and the cursor of the next page.
fn page(day: u64, next: Option<&str>) -> (u16, String) {
    let start = 1_793_491_200 + (day - 1) * 86_400;
    let end = start + 86_400;
    let (has_more, next) = (next.is_some(), next.map_or("null".to_owned(), |next| format!("\"{next}\"")));
    let cost = r#"{"amount":{"value":1,"currency":"usd"},"line_item":"gpt"}"#;
    let bucket = format!(r#"{{"start_time":{start},"end_time":{end},"results":[{cost}]}}"#);
    (200, format!(r#"{{"data":[{bucket}],"has_more":{has_more},"next_page":{next}}}"#))
}

#[test]
fn all_pages_are_read() {
    let host = browser(|place, _| match place {
        0 => page(1, Some("a")),
        1 => page(2, Some("b")),
        _ => page(3, None),
    });
    assert!(connect(&host, "openai", OPENAI).contains("Connected"));
    let sent = host.sent.borrow();
    let ends: Vec<_> = sent.iter().filter_map(|request| request.url.split("line_item").nth(1)).collect();
    assert_eq!(ends, ["", "&page=a", "&page=b"]);
}

/// The first requested day of each request for costs.
fn wanted_since(host: &Fake) -> Vec<String> {
    let sent = host.sent.borrow_mut().drain(..).collect::<Vec<_>>();
    let start =
        |request: &HttpRequest| request.url.split("start_time=").nth(1)?.split('&').next()?.parse().ok();
    let day = |seconds: u64| Timestamp::from_ms(seconds * 1_000).day().to_string();
    sent.iter().filter_map(start).map(day).collect()
}

#[test]
fn a_new_account_is_asked_for_a_year_and_then_for_two_months() {
    let host = browser(|_, _| page(1, None));
    assert!(connect(&host, "openai", OPENAI).contains("Connected"));
    assert_eq!(wanted_since(&host), ["2025-11-01"]);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    host.set_clock("2026-11-22T09:00:00Z");
    host.run(on_event(&*host, Event::Alarm));
    assert_eq!(wanted_since(&host), ["2026-10-01"]);
}

#[test]
fn a_refused_year_falls_back_to_two_months() {
    let host = browser(|place, _| if place == 0 { (400, "{}".to_owned()) } else { page(1, None) });
    assert!(connect(&host, "openai", OPENAI).contains("Connected"));
    assert_eq!(wanted_since(&host), ["2025-11-01", "2026-10-01"]);
    // A refused key is not tried twice, and `Retry-After` is honored.
    for status in [401, 403, 429] {
        let host = browser(move |_, _| (status, "{}".to_owned()));
        connect(&host, "openai", OPENAI);
        assert_eq!(wanted_since(&host), ["2025-11-01"], "{status}");
    }
}

#[test]
fn a_repeated_cursor_discards_the_bill() {
    let host = browser(|_, _| page(1, Some("a")));
    assert!(connect(&host, "openai", OPENAI).contains("the last page is missing"));
    assert_eq!(host.sent.borrow().len(), 4, "of a year and of two months, neither is asked a third time");
    assert!(!has_account(&host));

    let host = browser(|place, _| page(1, Some(["a", "b"][place % 2])));
    assert!(connect(&host, "openai", OPENAI).contains("the last page is missing"));
    assert!(!has_account(&host));
}

#[test]
fn endless_cursors_discard_the_bill() {
    let host = browser(|place, _| page(1, Some(&place.to_string())));
    assert!(connect(&host, "openai", OPENAI).contains("the last page is missing"));
    assert!(host.sent.borrow().len() <= 400);
    assert!(!has_account(&host));
}

#[test]
fn a_missing_page_discards_the_bill() {
    for status in [403, 429, 503] {
        let host =
            browser(move |place, _| if place == 0 { page(1, Some("a")) } else { (status, String::new()) });
        assert!(!connect(&host, "openai", OPENAI).contains("Connected"), "{status}");
        assert!(!has_account(&host), "{status}");
    }
}

#[test]
fn lifetime_spend_is_not_month_spend_and_refused_credits_are_not_a_bad_key() {
    let key = |used: &'static str, month: &'static str| {
        move |_: usize, request: &HttpRequest| {
            if request.url.ends_with("/credits") {
                return (403, r#"{"error":{"code":403,"message":"Only management keys can"}}"#.to_owned());
            }
            (
                200,
                format!(r#"{{"data":{{"usage":{used},"usage_monthly":{month},"byok_usage_monthly":900}}}}"#),
            )
        }
    };
    let host = browser(key("60.63", "1.25"));
    assert!(connect(&host, "openrouter", OPENROUTER).contains("Connected"));
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(popup(&host).contains("$1.25"), "{}", popup(&host));
    assert!(!popup(&host).contains("60.63"), "{}", popup(&host));
    assert!(!popup(&host).contains("refused"), "{}", popup(&host));

    let card = text_of(&card(&host));
    assert!(card.contains("With your own provider keys\n$900.00, billed by those providers"), "{card}");
    assert!(!popup(&host).contains("900"), "{}", popup(&host));

    host.set_clock("2026-11-22T09:00:00Z");
    answers(&host, key("61.13", "1.75"));
    host.run(on_event(&*host, Event::Alarm));
    assert!(popup(&host).contains("$1.75"), "{}", popup(&host));
}

#[test]
fn free_credit_is_not_a_balance() {
    let answer = |credits: &'static str| {
        move |_: usize, request: &HttpRequest| {
            let key = r#"{"data":{"usage":60.63,"usage_monthly":1.25}}"#;
            (200, if request.url.ends_with("/credits") { credits } else { key }.to_owned())
        }
    };
    let host = browser(answer(r#"{"data":{"total_credits":0,"total_usage":0}}"#));
    connect(&host, "openrouter", OPENROUTER);
    assert!(!popup(&host).contains(" left ·"), "{}", popup(&host));

    let host = browser(answer(r#"{"data":{"total_credits":100.5,"total_usage":60.63}}"#));
    connect(&host, "openrouter", OPENROUTER);
    assert!(popup(&host).contains("$39.87 left"), "{}", popup(&host));
}

/// A key that spends 1 a day in an account that spends 9 a day, three days after connecting it.
fn one_key_of_several(bought: u32) -> Rc<Fake> {
    let answer = |key: u32, account: u32| {
        move |_: usize, request: &HttpRequest| {
            let credits = format!(r#"{{"data":{{"total_credits":{bought},"total_usage":{account}}}}}"#);
            let key = format!(r#"{{"data":{{"usage":{key},"usage_monthly":{key}}}}}"#);
            (200, if request.url.ends_with("/credits") { credits } else { key })
        }
    };
    let host = browser(answer(5, 72));
    connect(&host, "openrouter", OPENROUTER);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    for (day, key, account) in [(23, 6, 81), (24, 7, 90)] {
        host.set_clock(&format!("2026-11-{day}T07:00:00Z"));
        answers(&host, answer(key, account));
        host.run(on_event(&*host, Event::Alarm));
    }
    host
}

#[test]
fn the_pace_of_one_key_gives_no_runway_for_the_accounts_balance() {
    let host = one_key_of_several(100);
    let html = card(&host);
    let card = text_of(&html);
    assert!(card.contains("Balance (whole account)\n$10.00 left\nruns out around Nov 25\n"), "{card}");
    assert!(card.contains("This month (one key)\n"), "{card}");
    assert!(card.contains("Balance this month: $10.00 now, runs out around Nov 25"), "{card}");
    let covers = "Covers\nSpend and forecast: this key. Balance and run-out date: the whole account.";
    assert!(card.contains(covers), "{card}");
    let of = format!("{} USD ", host.accounts()[0]["id"].as_str().expect("an account"));
    let asked = send(&host, "what_if_top_up", &[("of", &of), ("amount", "35")]);
    let said =
        "$45.00, enough until around Nov 29, 2026 at $9.00* a day. Without it, until around Nov 25, 2026.";
    assert!(text_of(&asked.html).contains(said), "{}", text_of(&asked.html));

    // 17 hours and 6 days remain until the month's end, at 9 a day.
    let card = text_of(&self::card(&one_key_of_several(190)));
    let ahead = "Balance this month: $100.00 now, about $39.62 left on Nov 30";
    assert!(card.contains(ahead), "{card}");
}

#[test]
fn a_balance_missing_for_a_while_raises_no_second_alert() {
    let host = browser(|_, _| (404, String::new()));
    let answer_and_alarm = |time: &str, key: &str, credits: Option<u32>| {
        host.set_clock(time);
        let key = format!(r#"{{"data":{{"usage":{key},"usage_monthly":{key}}}}}"#);
        answers(&host, move |_, request| match credits {
            _ if !request.url.ends_with("/credits") => (200, key.clone()),
            Some(used) => (200, format!(r#"{{"data":{{"total_credits":100,"total_usage":{used}}}}}"#)),
            None => (403, String::new()),
        });
    };
    answer_and_alarm("2026-11-02T07:00:00Z", "1", Some(70));
    connect(&host, "openrouter", OPENROUTER);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    let alerts = || host.notified.borrow().len();
    answer_and_alarm("2026-11-02T13:00:00Z", "1.1", Some(71));
    host.run(on_event(&*host, Event::Alarm));
    assert_eq!(alerts(), 0, "the pace is early");
    answer_and_alarm("2026-11-03T13:00:00Z", "1.2", Some(75));
    host.run(on_event(&*host, Event::Alarm));
    assert_eq!(alerts(), 1, "25 left at 5 a day");
    for day in 4..=14 {
        answer_and_alarm(&format!("2026-11-{day:02}T13:00:00Z"), &format!("1.{day:02}"), None);
        host.run(on_event(&*host, Event::Alarm));
    }
    answer_and_alarm("2026-11-15T13:00:00Z", "1.9", Some(95));
    host.run(on_event(&*host, Event::Alarm));
    assert_eq!(alerts(), 1, "it was about to run out all the time");
}

#[test]
fn an_item_without_an_amount_is_not_zero() {
    let host = browser(|_, _| {
        let (_, page) = page(1, None);
        (200, page.replace("}]}],", "},{\"line_item\":\"new model\"}]}],"))
    });
    let said = connect(&host, "openai", OPENAI);
    assert!(said.contains("Connected. Spend appears as the provider reports it."), "{said}");
    assert!(popup(&host).contains("≥ $1.00"), "{}", popup(&host));
    let why = "The provider listed an item without an amount, so its cost is missing.";
    assert!(send(&host, "show", &[]).html.contains(why), "a click on the mark says why");
}

#[test]
fn each_known_error_has_its_own_sentence() {
    let refusal = r#"{"type":"error","error":{"type":"authentication_error","message":"CORS requests are not allowed for this Organization because of its settings."}}"#;
    let host = browser(move |_, _| (401, refusal.to_owned()));
    let said = connect(&host, "anthropic", ANTHROPIC);
    assert!(said.contains("This organization blocks calls from browsers"), "{said}");
    assert!(!said.contains("rejected this key"), "the key is good");
}

const MANAGEMENT: &str = "sk-or-v1-fedcba9876543210";

/// OpenRouter with a management key, under either of its names, and with ordinary keys.
fn either_kind_of_key(kind: &'static str) -> Rc<Fake> {
    browser(move |_, request| {
        let is_management = request.headers.iter().any(|(_, value)| value.expose().ends_with(MANAGEMENT));
        let activity = r#"{"data":[{"date":"2026-11-21","model":"qwen","provider_name":"","usage":7.25}]}"#;
        let (status, body) = match request.url.trim_start_matches("https://openrouter.ai/api/v1/") {
            "key" if is_management => (200, format!(r#"{{"data":{{"usage":0,"{kind}":true}}}}"#)),
            "key" => (200, r#"{"data":{"usage":60.63,"usage_monthly":1.25}}"#.to_owned()),
            _ if !is_management => (403, String::new()),
            "activity" => (200, activity.to_owned()),
            "credits" => (200, r#"{"data":{"total_credits":100,"total_usage":60}}"#.to_owned()),
            _ => (200, r#"{"data":[]}"#.to_owned()),
        };
        (status, body)
    })
}

#[test]
fn the_key_says_whether_it_reads_itself_or_the_whole_account() {
    for kind in ["is_management_key", "is_provisioning_key"] {
        let host = either_kind_of_key(kind);
        let said = connect(&host, "openrouter", MANAGEMENT);
        assert!(said.contains("Connected. $7.25 so far this month. Balance: $40.00."), "{said}");
        let asked: Vec<_> = host.sent.borrow().iter().map(|request| request.url.clone()).collect();
        assert_eq!(
            asked
                .iter()
                .map(|url| url.trim_start_matches("https://openrouter.ai/api/v1/"))
                .collect::<Vec<_>>(),
            ["key", "activity", "activity?date=2026-11-22", "credits"]
        );
        assert!(popup(&host).contains("OpenRouter whole account $7.25"), "{}", popup(&host));
        send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
        connect(&host, "openrouter", OPENROUTER);
        assert!(popup(&host).contains("OpenRouter one key $1.25"), "{}", popup(&host));
        let overview = text_of(&send(&host, "show", &[("open", "overview")]).html);
        // In the chart's legend, its table, and the table by account.
        for name in ["OpenRouter whole account", "OpenRouter one key"] {
            assert!(overview.matches(name).count() >= 3, "{name} in {overview}");
        }
    }
}

#[test]
fn an_account_with_a_management_key_is_read_again_without_asking_for_the_kind_of_key() {
    let host = either_kind_of_key("is_management_key");
    connect(&host, "openrouter", MANAGEMENT);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(host.accounts()[0]["provider"], "openrouter-account", "as earlier versions stored it");
    host.sent.borrow_mut().clear();
    host.set_clock("2026-11-22T09:00:00Z");
    host.run(on_event(&*host, Event::Alarm));
    assert!(host.sent.borrow()[0].url.ends_with("/activity"), "{}", host.sent.borrow()[0].url);
    assert!(popup(&host).contains("OpenRouter whole account $7.25"), "{}", popup(&host));
}

#[test]
fn a_key_of_another_scope_does_not_continue_an_account() {
    let host = either_kind_of_key("is_management_key");
    connect(&host, "openrouter", OPENROUTER);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    let id = host.accounts()[0]["id"].as_str().expect("an account").to_owned();
    let replaced = send(&host, "replace_key", &[("account", &id), ("key", MANAGEMENT)]);
    let said = "This key covers more than this account's key did, or less.";
    assert!(text_of(&replaced.html).contains(said), "{}", text_of(&replaced.html));
    assert_eq!(replaced.field.as_deref(), Some("key"));

    let host = either_kind_of_key("is_management_key");
    connect(&host, "openrouter", MANAGEMENT);
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    let id = host.accounts()[0]["id"].as_str().expect("an account").to_owned();
    let replaced = send(&host, "replace_key", &[("account", &id), ("key", OPENROUTER)]);
    assert!(text_of(&replaced.html).contains("This is an ordinary key"), "{}", text_of(&replaced.html));
}

#[test]
fn a_later_known_error_is_shown_at_the_account() {
    let fresh = r#"{"data":[],"has_more":false,"next_page":null,"data_refreshed_at":"2026-11-22T07:00:00Z"}"#;
    let host = browser(move |_, _| (200, fresh.to_owned()));
    assert!(connect(&host, "anthropic", ANTHROPIC).contains("Connected"));
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    host.set_clock("2026-11-22T09:00:00Z");
    answers(&host, |_, _| (401, "CORS requests are not allowed for this Organization".to_owned()));
    host.run(on_event(&*host, Event::Alarm));
    let dashboard = text_of(&send(&host, "show", &[]).html);
    assert!(dashboard.contains("Not allowed by the provider This organization blocks calls"), "{dashboard}");
}

#[test]
fn a_key_is_sent_in_its_providers_header() {
    let host = browser(|_, _| (404, String::new()));
    connect(&host, "anthropic", ANTHROPIC);
    let sent = host.sent.borrow();
    assert_eq!(sent.len(), 4, "the analytics, then the report, of a year and of two months");
    for request in sent.iter() {
        let header =
            |name: &str| request.headers.iter().find(|(of, _)| *of == name).map(|(_, value)| value.expose());
        assert!(request.url.starts_with("https://api.anthropic.com/v1/organizations/"));
        assert!(!request.url.contains("sk-ant"));
        assert_eq!(header("x-api-key"), Some(ANTHROPIC));
        assert_eq!(header("Authorization"), None);
        assert_eq!(header("anthropic-version"), Some("2023-06-01"));
        assert_eq!(header("anthropic-dangerous-direct-browser-access"), Some("true"));
    }
}
