//! A Google service account: its key file, its token, and how long the token is used.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use drawdown::host::{Body, FetchError, HttpRequest};
use drawdown::provider::service_account::{KeyFileError, ServiceAccount};
use drawdown::provider::{Answer, Problem, Query};
use drawdown::providers::google::PROVIDER;
use drawdown::route::{Event, Reply, on_event};
use drawdown::time::Day;
use drawdown::vault::Secret;
use drawdown_lab::fake::{Fake, later};
use drawdown_lab::on_message;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::builders::at;
use crate::story::{PASSWORD, message, text_of};

/// The key of RFC 7515, A.2, in the file format of Google's console.
const KEY: &str = include_str!("../fixtures/keys/google.json");
const TABLE: &str = "acme-ai-1.billing.gcp_billing_export_v1_012345_6789AB_CDEF01";
const TOKENS: &str = "https://oauth2.googleapis.com/token";

/// Answers like Google: a new token for each assertion, and a dollar for yesterday if the token is the newest.
fn google(request: &HttpRequest, place: usize) -> (u16, String) {
    if request.url == TOKENS {
        return (
            200,
            format!(r#"{{"access_token":"ya29.{place}","expires_in":3599,"token_type":"Bearer"}}"#),
        );
    }
    (200, dollar())
}

fn dollar() -> String {
    let cells = ["2026-11-21", "2026-11-21", "2026-11-21", "Gemini API", "input", "USD", "1"];
    let cells: Vec<_> = cells.iter().map(|cell| json!({ "v": cell })).collect();
    json!({ "jobComplete": true, "totalRows": "1", "rows": [{ "f": cells }] }).to_string()
}

const REFUSED: &str = r#"{"error":{"code":401,"message":"Request had invalid authentication credentials.","errors":[{"reason":"authError"}]}}"#;

/// A browser at 07:00 on 22 November 2026, and a Google that answers the n-th request (from 0) with `answer`.
fn browser(answer: impl Fn(&HttpRequest, usize) -> (u16, String) + 'static) -> Rc<Fake> {
    let host = Rc::new(Fake::new("2026-11-22T07:00:00Z"));
    answers(&host, answer);
    host.run(on_event(&*host, Event::Start));
    host
}

fn answers(host: &Fake, answer: impl Fn(&HttpRequest, usize) -> (u16, String) + 'static) {
    let mut place = 0;
    host.answers(move |request| -> Result<Answer, FetchError> {
        let (status, body) = answer(request, place);
        place += 1;
        Ok(Answer::new(status, body))
    });
}

fn send(host: &Fake, command: &str, fields: &[(&str, &str)]) -> Reply {
    host.run(on_message(host, &message("dashboard", command, fields)))
}

fn connect_with(host: &Fake, key: &str, table: &str) -> Reply {
    let fields = [("provider", "google"), ("key", key), ("settings.table", table), ("settings.scope", "all")];
    send(host, "connect", &fields)
}

fn connect(host: &Fake, key: &str) -> String {
    text_of(&connect_with(host, key, TABLE).html)
}

/// A browser with one account that was read once; its list of requests is empty.
fn connected() -> Rc<Fake> {
    let host = browser(google);
    assert!(connect(&host, KEY).contains("Connected"), "{}", connect(&host, KEY));
    send(&host, "seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    host.sent.borrow_mut().clear();
    host
}

/// The kinds of all requests, in order.
fn requests(host: &Fake) -> Vec<&'static str> {
    let sent = host.sent.borrow();
    sent.iter().map(|request| if request.url == TOKENS { "token" } else { "query" }).collect()
}

fn token_of(request: &HttpRequest) -> &str {
    let header = request.headers.iter().find(|(name, _)| *name == "Authorization").expect("a token");
    header.1.expose()
}

fn remembered(host: &Fake) -> Vec<String> {
    host.session.borrow().keys().filter(|name| name.starts_with("token-")).cloned().collect()
}

#[test]
fn a_signed_assertion_is_exchanged_for_a_token_at_the_cards_address() {
    let host = browser(google);
    assert!(connect(&host, KEY).contains("Connected"));
    let sent = host.sent.borrow();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].url, TOKENS, "and not where the file says");
    assert!(sent[0].headers.is_empty());
    let Some(Body::Form(form)) = &sent[0].body else { panic!("a form") };
    let assertion = form
        .expose()
        .strip_prefix("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=")
        .expect("the form of RFC 7523");
    let parts: Vec<_> = assertion.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let json = |place: usize| serde_json::from_slice::<Value>(&parts[place]).unwrap();
    let key_id = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
    assert_eq!(json(0), json!({ "alg": "RS256", "typ": "JWT", "kid": key_id }));
    assert_eq!(
        json(1),
        json!({
            "iss": "drawdown@acme-ai-1.iam.gserviceaccount.com",
            "scope": "https://www.googleapis.com/auth/bigquery.readonly",
            "aud": TOKENS,
            "iat": 1_795_330_800,
            "exp": 1_795_334_400,
        })
    );
    let statement = assertion.rsplit_once('.').unwrap().0;
    assert_eq!(String::from_utf8_lossy(&parts[2]), format!("signed by 1217 bytes: {statement}"));

    assert_eq!(sent[1].url, "https://bigquery.googleapis.com/bigquery/v2/projects/acme-ai-1/queries");
    assert_eq!(token_of(&sent[1]), "Bearer ya29.0");
    assert!(matches!(&sent[1].body, Some(Body::Json(text)) if text.contains(TABLE)));
}

#[test]
fn a_token_is_used_until_shortly_before_it_expires() {
    let host = connected();
    for (clock, expected) in [
        ("07:54:58", "query"),
        ("07:54:59", "token query"),
        ("08:00:00", "query"),
        ("09:59:59", "token query"),
    ] {
        host.set_clock(&format!("2026-11-22T{clock}Z"));
        host.sent.borrow_mut().clear();
        send(&host, "refresh", &[]);
        assert_eq!(requests(&host).join(" "), expected, "at {clock}");
    }
}

#[test]
fn a_token_refused_before_it_expires_is_renewed_once() {
    let host = connected();
    host.set_clock("2026-11-22T07:10:00Z");
    answers(&host, |request, place| match (request.url == TOKENS, request.headers.first()) {
        (false, Some((_, token))) if token.expose() == "Bearer ya29.0" => (401, REFUSED.to_owned()),
        _ => google(request, place),
    });
    send(&host, "refresh", &[]);
    assert_eq!(requests(&host), ["query", "token", "query"]);
    assert!(!text_of(&send(&host, "show", &[]).html).contains("key refused"));

    let host = connected();
    host.set_clock("2026-11-22T07:10:00Z");
    answers(
        &host,
        |request, place| {
            if request.url == TOKENS { google(request, place) } else { (401, REFUSED.to_owned()) }
        },
    );
    send(&host, "refresh", &[]);
    assert_eq!(requests(&host), ["query", "token", "query"], "a new one that is refused too is the answer");
    assert!(text_of(&send(&host, "show", &[]).html).contains("Key rejected"));
}

#[test]
fn a_refused_assertion_is_explained_in_one_sentence() {
    let grant = |text: &str| format!(r#"{{"error":"invalid_grant","error_description":"{text}"}}"#);
    for (status, body, said) in [
        (
            400,
            grant("Invalid grant: account not found"),
            "rejected this key. Copy the full key again, or create a new one.",
        ),
        (400, grant("Invalid JWT Signature."), "rejected this key."),
        (
            400,
            grant(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
            ),
            "Your computer's clock is wrong",
        ),
        (429, String::new(), "is limiting requests"),
        (503, String::new(), "isn't responding"),
        (200, r#"{"id_token":"x"}"#.to_owned(), "expires_in is missing"),
        (200, "<html>".to_owned(), "a token is missing"),
    ] {
        let text = body.clone();
        let host = browser(move |_, _| (status, body.clone()));
        let shown = connect(&host, KEY);
        assert!(shown.contains(said), "{text}: {shown}");
        let is_token = |request: &HttpRequest| request.url.ends_with("/token");
        assert!(host.sent.borrow().iter().all(is_token), "without a token nothing is asked");
        assert!(
            remembered(&host).is_empty()
                && host.stored.borrow().get("accounts").is_none_or(|kept| kept == "[]"),
            "{text}"
        );
    }
}

#[test]
fn a_token_that_no_header_can_hold_is_an_unreadable_answer() {
    for token in ["ya29.a\\nb", "ya29 b", "ya29.\u{4e2d}", ""] {
        let host = browser(move |request, place| match request.url == TOKENS {
            true => (200, format!(r#"{{"access_token":"{token}","expires_in":3599}}"#)),
            false => google(request, place),
        });
        let said = connect(&host, KEY);
        assert!(
            said.contains("sent an answer we don't understand (access_token is missing)."),
            "{token:?}: {said}"
        );
        assert!(requests(&host).iter().all(|kind| *kind == "token"), "nothing goes out with it");
    }
}

#[test]
fn another_key_requests_its_own_token() {
    let host = connected();
    let other = KEY.replace("0a1b2c3d", "ffffffff");
    let stored = host.accounts();
    let id = stored[0]["id"].as_str().unwrap();
    send(&host, "replace_key", &[("account", id), ("key", &other)]);
    assert_eq!(requests(&host), ["token", "query"], "the old token says nothing of the new key");
}

#[test]
fn locking_and_removal_forget_tokens() {
    let host = connected();
    assert_eq!(remembered(&host).len(), 1);
    send(&host, "lock", &[]);
    assert!(remembered(&host).is_empty());

    let host = connected();
    let stored = host.accounts();
    send(&host, "remove", &[("account", stored[0]["id"].as_str().unwrap()), ("history", "keep")]);
    assert!(remembered(&host).is_empty());

    let host = browser(
        |request, place| {
            if request.url == TOKENS { google(request, place) } else { (403, String::new()) }
        },
    );
    assert!(connect(&host, KEY).contains("BigQuery Job User"));
    assert!(remembered(&host).is_empty(), "nothing is kept of an account that is none");
}

#[test]
fn no_key_or_token_is_stored_in_the_clear_or_shown() {
    let host = connected();
    let shown = send(&host, "show", &[]).html;
    let stored = host.stored.borrow().values().cloned().collect::<String>();
    let session =
        host.session.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<String>();
    for secret in ["MIIEvQIBADANBgkqhkiG9w0B", "0a1b2c3d4e5f60718293", "gserviceaccount"] {
        for kept in [&shown, &stored, &session] {
            assert!(!kept.contains(secret), "{secret}");
        }
    }
    assert!(session.contains("ya29.0"), "the session's memory alone knows the token");
    assert!(!shown.contains("ya29") && !stored.contains("ya29"));
    assert!(!format!("{:?}", host.sent.borrow()).contains("ya29"));
}

#[test]
fn a_key_file_can_be_chosen_instead_of_pasted() {
    let host = browser(google);
    let file = STANDARD.encode(format!("\u{feff}{KEY}"));
    let fields = [
        ("provider", "google"),
        ("key", ""),
        ("key.0", file.as_str()),
        ("key.0.name", "acme-1.json"),
        ("settings.table", TABLE),
    ];
    assert!(text_of(&send(&host, "connect", &fields).html).contains("Connected"));
}

#[test]
fn a_wrong_key_file_is_refused_before_any_request() {
    let host = browser(google);
    let truncated = &KEY[..KEY.len() - 40];
    for (key, said) in [
        ("AIzaSyA0123456789abcdefghijklmnopqrstuv", "This is a Gemini API key, which can't read costs."),
        ("AQ.Ab8RN6J0123456789", "This is a Gemini API key"),
        (
            r#"{"installed":{"client_id":"1.apps.googleusercontent.com","client_secret":"GOCSPX-1"}}"#,
            "an OAuth client",
        ),
        (r#"{"type":"authorized_user","refresh_token":"1//0"}"#, "a login"),
        (r#"{"type":"external_account"}"#, "has no service account key"),
        (r#"{"type":"service_account","client_email":"a@b"}"#, "has no service account key"),
        (truncated, "This isn't a complete JSON file"),
        ("-----BEGIN PRIVATE KEY-----", "This isn't a complete JSON file"),
        ("", "Paste your Gemini and Google Cloud key"),
    ] {
        let text = connect(&host, key);
        assert!(text.contains(said), "{key}: {text}");
    }
    assert!(host.sent.borrow().is_empty());
    for (part, broken) in [("BEGIN PRIVATE", "BEGIN RSA PRIVATE"), ("MIIEvQ", "!IIEvQ"), ("MIIEvQ", "")] {
        let read = ServiceAccount::parse(&Secret::new(&KEY.replace(part, broken)));
        assert_eq!(read.err(), Some(KeyFileError::OtherJson), "{broken}");
    }
}

#[test]
fn a_table_name_with_other_characters_sends_nothing() {
    let host = browser(google);
    for table in [
        "",
        "billing.gcp_billing_export_v1_1",
        "a.b.c.d",
        "a..c",
        "acme.billing.x` WHERE FALSE --",
        "acme.billing.x\" OR \"1",
        "acme/../x.billing.t",
        "acme.billing.t?key=1",
        "acme.billing.таблица",
        "acme.billing.t t",
        "acme.bil\\ling.t",
    ] {
        let reply = connect_with(&host, KEY, table);
        let text = text_of(&reply.html);
        assert!(text.contains("It has three parts, project.dataset.table"), "{table}: {text}");
        assert!(!reply.ok && reply.fill.is_empty(), "the page keeps what was entered");
    }
    assert!(host.sent.borrow().is_empty());
    for table in ["`acme-1.b.t_1`", " acme-1:b.t_1 ", "acme-1.b.t_1"] {
        let settings = [("table".to_owned(), table.to_owned())];
        let ask = (PROVIDER.first)(&Query {
            settings: &settings,
            from: day("2026-10-01"),
            now: at("2026-11-22T07:00:00Z"),
        });
        assert!(ask.body.unwrap().contains("FROM `acme-1.b.t_1` WHERE"), "{table}");
        assert!(ask.url.ends_with("/projects/acme-1/queries"));
    }
    let scope = [("table".to_owned(), TABLE.to_owned()), ("scope".to_owned(), "x' OR TRUE".to_owned())];
    assert_eq!(PROVIDER.card.setup.check(&scope), Err(Problem::barred("scope")));
}

#[test]
fn the_query_is_limited_and_begins_at_the_requested_day() {
    let body = |scope: &str| -> Value {
        let settings = [("table".to_owned(), TABLE.to_owned()), ("scope".to_owned(), scope.to_owned())];
        let ask = (PROVIDER.first)(&Query {
            settings: &settings,
            from: day("2026-10-01"),
            now: at("2026-11-22T07:00:00Z"),
        });
        serde_json::from_str(&ask.body.unwrap()).expect("JSON")
    };
    let asked = body("");
    assert_eq!(asked["maximumBytesBilled"], "1000000000");
    assert_eq!(asked["useLegacySql"], false);
    let sql = asked["query"].as_str().unwrap();
    for part in [
        "usage_start_time >= TIMESTAMP('2026-10-01')",
        "_PARTITIONTIME >= TIMESTAMP('2026-09-30')",
        "gemini|vertex ai|generative language",
        "UNNEST(credits)",
        "AS NUMERIC",
    ] {
        assert!(sql.contains(part), "{part}");
    }
    assert!(!body("all")["query"].as_str().unwrap().contains("gemini"), "all of Google Cloud");
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn a_token_does_not_come_back_after_locking() {
    let host = connected();
    let (stored, session) = (host.stored.borrow().clone(), host.session.borrow().clone());
    for turns in 0..60 {
        *host.stored.borrow_mut() = stored.clone();
        *host.session.borrow_mut() = session.clone();
        // The old token has expired, so the refresh requests a new one.
        host.set_clock("2026-11-22T09:00:00Z");
        let [refresh, lock] = ["refresh", "lock"].map(|command| message("dashboard", command, &[]));
        host.run(join(on_message(&*host, &refresh), later(turns, on_message(&*host, &lock))));
        assert!(host.is_locked(), "after {turns}: {:?}", host.session.borrow().keys());
    }
}
