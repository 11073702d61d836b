//! The host adapters over the substitute.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drawdown::chrome::Browser;
use drawdown::host::{
    Alarm, Badge, Body, Decision, FetchError, Host, HttpRequest, LARGEST_BODY, StorageError, Tone, Values,
};
use drawdown::provider::service_account::ServiceAccount;
use drawdown::route::{Event, on_event, on_form};
use drawdown::time::{MINUTE, Timestamp};
use drawdown::ui::Form;
use drawdown::vault::Secret;
use futures_util::future::{join, join_all, poll_immediate};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::substitute::{
    asked, calls, fake_fetch, install, put, put_in_session, session_reads, set_full, stored, withhold,
};

/// A browser that has just started.
async fn begin() {
    install();
    // The tests share one worker, which knows what the session of the test before held.
    Browser.forget_all().await;
}

fn request() -> HttpRequest {
    let headers = vec![("Authorization", Secret::new("Bearer sk-1"))];
    HttpRequest { url: "https://api.deepseek.com/user/balance".to_owned(), headers, body: None }
}

/// Reads a key, and writes what `change` makes of it.
async fn change(key: &str, change: impl Fn(Option<&str>) -> Option<String>) -> Result<(), StorageError> {
    let mut decide = |values: &Values| {
        let mut changed = Values::default();
        changed.set(key.to_owned(), change(values.get(key).flatten()));
        Decision::Write(changed)
    };
    Browser.change(vec![key.to_owned()], &mut decide).await
}

#[wasm_bindgen_test]
async fn changes_that_come_together_lose_nothing() {
    begin().await;
    let add =
        |text: Option<&str>| Some((text.map_or(0, |text| text.parse::<u32>().unwrap()) + 1).to_string());
    join_all((0..100).map(|_| change("count", add))).await;
    assert_eq!(stored("count").as_deref(), Some("\"100\""), "text, and every one of the hundred");
}

#[wasm_bindgen_test]
async fn a_change_may_ask_for_more_keys() {
    begin().await;
    put("a", "\"b\"");
    put("b", "\"found\"");
    let mut seen = None;
    let mut decide = |values: &Values| match values.get("b") {
        None => Decision::Need(vec![values.get("a").flatten().unwrap().to_owned()]),
        Some(text) => {
            seen = text.map(str::to_owned);
            Decision::Leave
        }
    };
    assert_eq!(Browser.change(vec!["a".to_owned()], &mut decide).await, Ok(()));
    assert_eq!(seen.as_deref(), Some("found"));
}

#[wasm_bindgen_test]
async fn what_is_removed_is_gone_and_what_is_emptied_reads_as_none() {
    begin().await;
    put("a", "\"x\"");
    change("a", |_| None).await.unwrap();
    assert_eq!(stored("a"), None);
    put("b", "null");
    change("b", |text| Some(text.is_none().to_string())).await.unwrap();
    assert_eq!(stored("b").as_deref(), Some("\"true\""));
}

#[wasm_bindgen_test]
async fn a_full_disk_is_reported() {
    begin().await;
    set_full(true);
    assert_eq!(change("a", |_| Some("x".to_owned())).await, Err(StorageError));
    assert_eq!(stored("a"), None);
    set_full(false);
    assert_eq!(change("a", |_| Some("x".to_owned())).await, Ok(()), "the lock was let go");
}

#[wasm_bindgen_test]
async fn the_session_remembers_and_forgets() {
    begin().await;
    assert_eq!(Browser.recall("key").await, None);
    Browser.remember("key", &Secret::new("value")).await.unwrap();
    assert_eq!(Browser.recall("key").await, Some(Secret::new("value")));
    assert_eq!(stored("key"), None, "not on the disk");
    Browser.forget("key").await;
    assert_eq!(Browser.recall("key").await, None);
    Browser.remember("key", &Secret::new("another")).await.unwrap();
    Browser.forget_all().await;
    assert_eq!(Browser.recall("key").await, None);
}

#[wasm_bindgen_test]
async fn the_session_is_asked_once_for_a_short_value_and_each_time_for_a_long_one() {
    begin().await;
    assert_eq!(Browser.recall("short").await, None);
    Browser.remember("short", &Secret::new("value")).await.unwrap();
    assert_eq!(Browser.recall("short").await, Some(Secret::new("value")));
    assert_eq!(session_reads(), 1);
    let long = Secret::from("x".repeat(5_000));
    Browser.remember("long", &long).await.unwrap();
    for _ in 0..2 {
        assert_eq!(Browser.recall("long").await.as_ref(), Some(&long));
    }
    assert_eq!(session_reads(), 3);
}

#[wasm_bindgen_test]
async fn values_of_the_session_are_made_ready_in_one_call() {
    begin().await;
    put_in_session("one", "value");
    let kept = Secret::new("value");
    for _ in 0..2 {
        Browser.prepare(&["one", "two"]).await;
        assert_eq!((Browser.recall("one").await.as_ref(), Browser.recall("two").await), (Some(&kept), None));
    }
    assert_eq!(session_reads(), 1);
}

#[wasm_bindgen_test]
async fn what_the_session_held_before_a_change_is_not_taken_for_what_it_holds() {
    begin().await;
    let read = Browser.recall("key");
    let value = Secret::new("value");
    let (before, written) = join(read, Browser.remember("key", &value)).await;
    assert_eq!((before, written), (None, Ok(())));
    assert_eq!(Browser.recall("key").await, Some(value));
}

#[wasm_bindgen_test]
async fn a_value_that_is_being_forgotten_is_not_given_out() {
    begin().await;
    let value = Secret::new("value");
    Browser.remember("one", &value).await.unwrap();
    let (_, read) = join(Browser.forget("one"), Browser.recall("one")).await;
    assert_eq!(read, None);
    Browser.remember("all", &value).await.unwrap();
    let (_, read) = join(Browser.forget_all(), Browser.recall("all")).await;
    assert_eq!(read, None);
}

#[wasm_bindgen_test]
async fn a_name_is_held_by_one_at_a_time() {
    let first = Browser.hold("name").await.unwrap();
    let mut second = Box::pin(Browser.hold("name"));
    assert!(poll_immediate(&mut second).await.is_none());
    let _other = Browser.hold("another name").await.unwrap();
    drop(first);
    let _second = second.await.unwrap();
}

#[wasm_bindgen_test]
async fn a_name_that_the_browser_does_not_lend_is_not_waited_for() {
    for request in
        ["throw new DOMException('no', 'InvalidStateError');", "return Promise.reject(new Error('no'));"]
    {
        let lends = js_sys::Function::new_no_args(request);
        let locks = js_sys::Reflect::get(&js_sys::global(), &"navigator".into())
            .and_then(|navigator| js_sys::Reflect::get(&navigator, &"locks".into()))
            .unwrap();
        js_sys::Reflect::set(&locks, &"request".into(), &lends).unwrap();
        assert!(Browser.hold("name").await.is_err());
        js_sys::Reflect::delete_property(&locks.into(), &"request".into()).unwrap();
    }
    let _held = Browser.hold("name").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_header_that_the_browser_refuses_fails_one_request_only() {
    fake_fetch("return new Response('{}');");
    let headers = vec![("Authorization", Secret::new("Bearer a\nb"))];
    let refused = HttpRequest { headers, ..request() };
    assert_eq!(Browser.fetch(&refused).await, Err(FetchError::Unsendable));
    assert!(Browser.fetch(&request()).await.is_ok());
}

#[wasm_bindgen_test]
async fn the_badge_is_painted_with_plain_objects() {
    begin().await;
    let badge = Badge { text: "$7.3".to_owned(), title: "in words".to_owned(), tone: Tone::Amber };
    Browser.badge(&badge).await;
    let painted = calls();
    for call in [
        r#"["setBadgeText","{\"text\":\"$7.3\"}"]"#,
        r#"["setTitle","{\"title\":\"in words\"}"]"#,
        r#"["setIcon","{\"path\":{\"16\":\"icons/amber-16.png\",\"32\":\"icons/amber-32.png\"}}"]"#,
    ] {
        assert!(painted.contains(call), "{call} is not in {painted}");
    }
}

#[wasm_bindgen_test]
async fn the_alarm_that_was_set_is_reported() {
    begin().await;
    assert_eq!(Browser.alarm().await, None);
    let alarm = Alarm { at: Timestamp::parse("2026-12-01T00:00:00Z").unwrap(), every: 15 * MINUTE };
    Browser.set_alarm(alarm).await;
    assert_eq!(Browser.alarm().await, Some(alarm));
}

#[wasm_bindgen_test]
async fn leave_to_reach_is_asked_for_whole_origins() {
    begin().await;
    assert!(Browser.may_reach(&["https://api.deepseek.com"]).await);
    assert!(!Browser.may_reach(&["https://api.deepseek.com", "https://example.com"]).await);
    withhold();
    assert!(!Browser.may_reach(&["https://api.deepseek.com"]).await);
}

#[wasm_bindgen_test]
async fn accounts_that_ask_for_leave_at_once_share_one_question() {
    begin().await;
    let asked = || calls().matches("contains").count();
    let answers = join_all((0..20).map(|_| Browser.may_reach(&["https://api.deepseek.com"]))).await;
    assert_eq!((answers, asked()), (vec![true; 20], 1));
    withhold();
    assert!(!Browser.may_reach(&["https://api.deepseek.com"]).await, "an answer is not kept");
    assert_eq!(asked(), 2);
}

#[wasm_bindgen_test]
fn passwords_are_normalised_by_the_browser() {
    assert_eq!(Browser.nfkc("Pa\u{302}ßwo\u{308}rd ﬁrst №1"), "Pâßwörd first No1");
}

#[wasm_bindgen_test]
fn randomness_differs() {
    let (mut one, mut two) = ([0; 32], [0; 32]);
    Browser.random(&mut one);
    Browser.random(&mut two);
    assert!(one != two && one != [0; 32]);
}

/// The example of RFC 7515, A.2.
#[wasm_bindgen_test]
async fn a_signature_is_rs256() {
    let key = ServiceAccount::parse(&Secret::new(include_str!("../fixtures/keys/google.json"))).ok().unwrap();
    let message = b"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = Browser.sign(key.key(), message).await.unwrap();
    assert_eq!(
        URL_SAFE_NO_PAD.encode(signature),
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    );
    assert_eq!(Browser.sign(b"no key", message).await, None);
}

#[wasm_bindgen_test]
async fn a_form_goes_out_as_one() {
    fake_fetch("return new Response('{}');");
    let body = Some(Body::Form(Secret::new("grant_type=x&assertion=y")));
    Browser.fetch(&HttpRequest { body, ..request() }).await.unwrap();
    let asked = asked();
    for part in [r#""method":"POST""#, "application/x-www-form-urlencoded", "grant_type=x&assertion=y"] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
}

#[wasm_bindgen_test]
async fn a_request_goes_out_bare() {
    fake_fetch("return new Response('{\"ok\":1}', { status: 429, headers: { 'Retry-After': '7' } });");
    let answer = Browser.fetch(&request()).await.unwrap();
    assert_eq!(
        (answer.status, answer.retry_after.as_deref(), answer.body.as_str()),
        (429, Some("7"), "{\"ok\":1}")
    );
    let asked = asked();
    for part in [
        r#""method":"GET""#,
        r#""credentials":"omit""#,
        r#""redirect":"error""#,
        r#""referrerPolicy":"no-referrer""#,
        r#""cache":"no-store""#,
        r#""mode":"cors""#,
        r#""hasSignal":true"#,
        r#""headers":{"authorization":"Bearer sk-1"}"#,
    ] {
        assert!(asked.contains(part), "{part} is not in {asked}");
    }
}

#[wasm_bindgen_test]
async fn fetch_failures_are_distinguished() {
    fake_fetch("throw new TypeError('Failed to fetch');");
    assert_eq!(Browser.fetch(&request()).await, Err(FetchError::Offline));
    fake_fetch("throw new DOMException('signal timed out', 'TimeoutError');");
    assert_eq!(Browser.fetch(&request()).await, Err(FetchError::TimedOut));
    fake_fetch("throw new DOMException('aborted', 'AbortError');");
    assert_eq!(Browser.fetch(&request()).await, Err(FetchError::TimedOut), "as older browsers say it");
    fake_fetch(
        "return new Response(new ReadableStream({ pull(to) { to.error(new DOMException('late', 'TimeoutError')); } }));",
    );
    assert_eq!(Browser.fetch(&request()).await, Err(FetchError::TimedOut), "in the middle of the body");
}

#[wasm_bindgen_test]
async fn an_endless_answer_is_cut_off() {
    fake_fetch(
        "return new Response(new ReadableStream({ pull(to) { to.enqueue(new Uint8Array(1 << 20).fill(32)); } }));",
    );
    assert_eq!(Browser.fetch(&request()).await, Err(FetchError::TooLong));
    fake_fetch("return new Response(new Uint8Array(8 * 1024 * 1024).fill(32));");
    assert_eq!(Browser.fetch(&request()).await.unwrap().body.len(), LARGEST_BODY);
}

#[wasm_bindgen_test]
async fn a_letter_that_comes_in_two_pieces_is_whole() {
    fake_fetch(
        "return new Response(new ReadableStream({ start(to) { to.enqueue(new Uint8Array([0xc2])); to.enqueue(new Uint8Array([0xa5])); to.close(); } }));",
    );
    assert_eq!(Browser.fetch(&request()).await.unwrap().body, "¥");
    fake_fetch("return new Response(null, { status: 204 });");
    assert_eq!(Browser.fetch(&request()).await.unwrap().body, "");
}

#[wasm_bindgen_test]
async fn the_worker_runs_over_the_browser() {
    begin().await;
    fake_fetch("return Response.json({ balance_infos: [{ currency: 'USD', total_balance: '12.40' }] });");
    on_event(&Browser, Event::Start).await;
    let connect = r#"{"page":"dashboard","do":"connect","provider":"deepseek","key":"sk-0123456789"}"#;
    let reply = on_form(&Browser, Form::read(Secret::new(connect))).await;
    assert!(reply.ok && reply.html.contains("Balance: $12.40"), "{}", reply.html);
    let text: String = serde_json::from_str(&stored("accounts").unwrap()).unwrap();
    let ids: Vec<String> = serde_json::from_str(&text).unwrap();
    let account = stored(&format!("account.{}", ids[0])).unwrap();
    assert!(account.starts_with("\"{"), "text");
    assert!(!account.contains("sk-0123456789"));
    assert!(calls().contains("setBadgeText"));
}
