//! In a real browser: the host adapters over a small substitute for `chrome.*`, and the swapping of sections in a page.
//! `tests/browser` tests the whole extension over the real `chrome.*`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

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
use futures_util::future::{join_all, poll_immediate};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
    // What storage keeps survives only as JSON, as in Chrome.
    function area() {
      let kept = {};
      return {
        kept: () => kept,
        isFull: false,
        async get(keys) { return Object.fromEntries(keys.filter((key) => key in kept).map((key) => [key, kept[key]])); },
        async set(values) {
          if (this.isFull) throw new Error("quota exceeded");
          Object.assign(kept, JSON.parse(JSON.stringify(values)));
        },
        async remove(keys) { for (const key of keys) delete kept[key]; },
      };
    }
    export function install() {
      const calls = [];
      const note = (name) => async (options) => { calls.push([name, JSON.stringify(options)]); };
      const alarms = {};
      globalThis.chrome = {
        calls,
        granted: new Set(["https://api.deepseek.com/*"]),
        storage: { local: area(), session: area() },
        permissions: { contains: async ({ origins }) => origins.every((origin) => chrome.granted.has(origin)) },
        alarms: {
          get: async (name) => alarms[name],
          create: async (name, { when, periodInMinutes }) => { alarms[name] = { name, scheduledTime: when, periodInMinutes }; },
        },
        idle: { setDetectionInterval: (seconds) => calls.push(["idle", String(seconds)]) },
        action: {},
      };
      for (const name of ["setBadgeText", "setBadgeBackgroundColor", "setBadgeTextColor", "setTitle", "setIcon"]) {
        chrome.action[name] = note(name);
      }
    }
    export function stored(key) { return JSON.stringify(chrome.storage.local.kept()[key]); }
    export function put(key, value) { chrome.storage.local.kept()[key] = JSON.parse(value); }
    export function setFull(isFull) { chrome.storage.local.isFull = isFull; }
    export function withhold() { chrome.granted.clear(); }
    export function calls() { return JSON.stringify(chrome.calls); }

    // Replaces fetch. `make` is the body of a function from (url, options) to what fetch would give.
    export function fakeFetch(make) {
      globalThis.asked = [];
      const answer = new Function("url", "options", make);
      globalThis.realFetch ??= globalThis.fetch;
      globalThis.fetch = async (input, options) => {
        const request = new globalThis.Request(input, options);
        globalThis.asked.push({
          url: request.url, method: request.method, credentials: request.credentials, redirect: request.redirect,
          referrerPolicy: request.referrerPolicy, cache: request.cache, mode: request.mode,
          body: await request.clone().text(), hasSignal: Boolean(request.signal), headers: Object.fromEntries(request.headers),
        });
        return answer(request.url, request);
      };
    }
    export function asked() { return JSON.stringify(globalThis.asked); }
    export function openPopover(id) { document.getElementById(id).showPopover(); }
    export function isPopoverOpen(id) { return document.getElementById(id).matches(":popover-open"); }
"#)]
extern "C" {
    fn install();
    fn stored(key: &str) -> Option<String>;
    fn put(key: &str, value: &str);
    #[wasm_bindgen(js_name = setFull)]
    fn set_full(is_full: bool);
    fn withhold();
    fn calls() -> String;
    #[wasm_bindgen(js_name = fakeFetch)]
    fn fake_fetch(make: &str);
    fn asked() -> String;
    #[wasm_bindgen(js_name = openPopover)]
    fn open_popover(id: &str);
    #[wasm_bindgen(js_name = isPopoverOpen)]
    fn is_popover_open(id: &str) -> bool;
}

#[wasm_bindgen(module = "/extension/page.js")]
extern "C" {
    fn swap(reply: &JsValue, own: &JsValue);
    #[wasm_bindgen(js_name = swap)]
    fn swap_sent(reply: &JsValue, own: &JsValue, sent: &JsValue, is_refused: bool);
    #[wasm_bindgen(js_name = writeTimes)]
    fn write_times(root: &Element);
}

/// An answer of the worker, as the page reads it.
fn reply(html: &str, rev: u32) -> JsValue {
    object(&[("html", html.into()), ("rev", rev.into())])
}

/// The answer to a form of which one field has to be corrected.
fn refusal(html: &str, rev: u32, field: &str) -> JsValue {
    object(&[("html", html.into()), ("rev", rev.into()), ("field", field.into())])
}

fn object(values: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in values {
        js_sys::Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

// ---- the host adapters

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
    install();
    let add =
        |text: Option<&str>| Some((text.map_or(0, |text| text.parse::<u32>().unwrap()) + 1).to_string());
    join_all((0..100).map(|_| change("count", add))).await;
    assert_eq!(stored("count").as_deref(), Some("\"100\""), "text, and every one of the hundred");
}

#[wasm_bindgen_test]
async fn a_change_may_ask_for_more_keys() {
    install();
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
    install();
    put("a", "\"x\"");
    change("a", |_| None).await.unwrap();
    assert_eq!(stored("a"), None);
    put("b", "null");
    change("b", |text| Some(text.is_none().to_string())).await.unwrap();
    assert_eq!(stored("b").as_deref(), Some("\"true\""));
}

#[wasm_bindgen_test]
async fn a_full_disk_is_reported() {
    install();
    set_full(true);
    assert_eq!(change("a", |_| Some("x".to_owned())).await, Err(StorageError));
    assert_eq!(stored("a"), None);
    set_full(false);
    assert_eq!(change("a", |_| Some("x".to_owned())).await, Ok(()), "the lock was let go");
}

#[wasm_bindgen_test]
async fn the_session_remembers_and_forgets() {
    install();
    assert_eq!(Browser.recall("key").await, None);
    Browser.remember("key", &Secret::new("value")).await.unwrap();
    assert_eq!(Browser.recall("key").await, Some(Secret::new("value")));
    assert_eq!(stored("key"), None, "not on the disk");
    Browser.forget("key").await;
    assert_eq!(Browser.recall("key").await, None);
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
    install();
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
    install();
    assert_eq!(Browser.alarm().await, None);
    let alarm = Alarm { at: Timestamp::parse("2026-12-01T00:00:00Z").unwrap(), every: 15 * MINUTE };
    Browser.set_alarm(alarm).await;
    assert_eq!(Browser.alarm().await, Some(alarm));
}

#[wasm_bindgen_test]
async fn leave_to_reach_is_asked_for_whole_origins() {
    install();
    assert!(Browser.may_reach(&["https://api.deepseek.com"]).await);
    assert!(!Browser.may_reach(&["https://api.deepseek.com", "https://example.com"]).await);
    withhold();
    assert!(!Browser.may_reach(&["https://api.deepseek.com"]).await);
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
    let key = ServiceAccount::parse(&Secret::new(include_str!("fixtures/keys/google.json"))).ok().unwrap();
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
    install();
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

// ---- the page

struct Page {
    document: Document,
}

impl Page {
    /// A page with a header and a main part, as the extension's are.
    fn new(rev: u32, html: &str) -> Page {
        let document = web_sys::window().unwrap().document().unwrap();
        let page = Page { document };
        if let Some(old) = page.document.query_selector("#page").unwrap() {
            old.remove();
        }
        let root = page.document.create_element("div").unwrap();
        root.set_id("page");
        root.set_inner_html(r#"<main></main><p id="say"></p>"#);
        page.document.body().unwrap().append_child(&root).unwrap();
        swap(&reply(html, rev), &JsValue::UNDEFINED);
        page
    }

    fn find(&self, selector: &str) -> Element {
        self.document.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    fn field(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unchecked_into()
    }

    fn focus(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().focus().unwrap();
    }

    fn focused(&self) -> String {
        self.document.active_element().map(|element| element.id()).unwrap_or_default()
    }

    fn push(&self, rev: u32, html: &str) -> &Page {
        swap(&reply(html, rev), &JsValue::UNDEFINED);
        self
    }

    fn reply(&self, rev: u32, html: &str, own: &str) -> &Page {
        swap(&reply(html, rev), &self.find(own));
        self
    }
}

/// The page's commits go up through all tests, because the module keeps count.
fn next_rev() -> u32 {
    use core::sync::atomic::{AtomicU32, Ordering};
    static REV: AtomicU32 = AtomicU32::new(0);
    REV.fetch_add(10, Ordering::Relaxed)
}

#[wasm_bindgen_test]
fn a_section_that_changed_is_replaced_and_another_left_alone() {
    let rev = next_rev();
    let page = Page::new(rev, r#"<section id="a">1</section><section id="b">1</section>"#);
    page.find("#a").set_attribute("data-kept", "yes").unwrap();
    page.push(rev + 1, r#"<section id="a">1</section><section id="b">2</section>"#);
    assert_eq!(page.find("#a").get_attribute("data-kept").as_deref(), Some("yes"));
    assert_eq!(page.find("#b").text_content().as_deref(), Some("2"));
}

#[wasm_bindgen_test]
fn an_older_state_never_replaces_a_newer() {
    let rev = next_rev();
    let page = Page::new(rev + 5, r#"<section id="c">new</section>"#);
    page.push(rev + 4, r#"<section id="c">old</section>"#);
    assert_eq!(page.find("#c").text_content().as_deref(), Some("new"));
}

#[wasm_bindgen_test]
fn a_section_that_is_new_stands_after_the_one_before_it() {
    let rev = next_rev();
    let page = Page::new(rev, r#"<section id="d1"></section><section id="d3"></section>"#);
    page.push(
        rev + 1,
        r#"<section id="d1"></section><section id="d2">2</section><section id="d3"></section>"#,
    );
    let ids: Vec<_> = {
        let all = page.document.query_selector_all("main section").unwrap();
        (0..all.length()).map(|place| all.get(place).unwrap().unchecked_into::<Element>().id()).collect()
    };
    assert_eq!(ids, ["d1", "d2", "d3"]);
}

const FORM: &str = r#"<section id="f"><form data-do="x"><input id="text" name="text"><input id="pass" type="password"><button id="go">go</button></form></section>"#;

#[wasm_bindgen_test]
fn a_push_leaves_a_field_alone_that_somebody_types_in() {
    let rev = next_rev();
    let page = Page::new(rev, FORM);
    page.focus("#text");
    page.push(rev + 1, &FORM.replace("go</button>", "gone</button>"));
    assert_eq!(page.find("#go").text_content().as_deref(), Some("go"), "the field has the focus");
    page.focus("#go");
    page.field("#text").set_value("unsent");
    page.push(rev + 2, &FORM.replace("go</button>", "gone</button>"));
    assert_eq!(page.field("#text").value(), "unsent", "and keeps what is unsent");
    page.field("#text").set_value("");
    page.push(rev + 3, &FORM.replace("go</button>", "gone</button>"));
    assert_eq!(page.find("#go").text_content().as_deref(), Some("gone"));
    assert_eq!(page.focused(), "go", "the focus is where it was");
}

#[wasm_bindgen_test]
fn a_form_that_was_refused_keeps_what_was_entered_and_one_that_was_done_keeps_what_others_hold() {
    const TWO: &str = r#"<section id="g"><form data-do="x" id="one"><input id="label" name="label"><input id="key" name="key" type="password"></form><form data-do="x" id="two"><input id="other" name="label"></form></section>"#;
    let (rev, said) = (next_rev(), TWO.replace("</section>", "<p>said</p></section>"));
    let page = Page::new(rev, TWO);
    for (field, value) in [("#label", "main"), ("#key", "sk-secret"), ("#other", "unsent")] {
        page.field(field).set_value(value);
    }
    swap_sent(&reply(&said, rev + 1), &page.find("#g"), &page.find("#one"), true);
    let values = || ["#label", "#key", "#other"].map(|field| page.field(field).value());
    assert_eq!(values(), ["main", "sk-secret", "unsent"], "refused: nothing that was typed is lost");
    swap_sent(&reply(TWO, rev + 2), &page.find("#g"), &page.find("#one"), false);
    assert_eq!(
        values(),
        ["", "", "unsent"],
        "done: the form is empty again, and the other form keeps its text"
    );
}

#[wasm_bindgen_test]
fn a_field_that_has_to_be_corrected_says_so_and_has_the_focus() {
    const ASKS: &str = r#"<section id="k"><details><summary>more</summary><form data-do="x"><input id="amount" name="amount"><button>go</button></form></details></section>"#;
    let rev = next_rev();
    let page = Page::new(rev, ASKS);
    page.find("#k details").set_attribute("open", "").unwrap();
    page.field("#amount").set_value("much");
    let said = ASKS.replace("<details>", r#"<p class="said" tabindex="-1">Enter an amount.</p><details>"#);
    swap_sent(&refusal(&said, rev + 1, "amount"), &page.find("#k"), &page.find("#k form"), true);
    let field = page.field("#amount");
    assert_eq!((page.focused().as_str(), field.value().as_str()), ("amount", "much"));
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    let why = field.get_attribute("aria-describedby").unwrap();
    assert_eq!(page.find(&format!("#{why}")).text_content().as_deref(), Some("Enter an amount."));
    assert!(page.find("#k details").has_attribute("open"), "where the field is, everything is open");
}

#[wasm_bindgen_test]
fn the_reply_to_its_own_form_replaces_it_and_clears_passwords() {
    let rev = next_rev();
    let page = Page::new(rev, FORM);
    page.field("#pass").set_value("secret");
    page.focus("#pass");
    page.reply(rev, FORM, "#f");
    assert_eq!(page.field("#pass").value(), "");
    assert_eq!(page.focused(), "pass");
}

#[wasm_bindgen_test]
fn what_is_open_stays_open() {
    let rev = next_rev();
    let html = |text: &str| {
        format!(
            r#"<section id="g"><details><summary>a</summary></details><details><summary>b</summary></details><button popovertarget="why">?</button><span id="why" popover>{text}</span></section>"#
        )
    };
    let page = Page::new(rev, &html("1"));
    page.find("#g details:nth-of-type(2)").set_attribute("open", "").unwrap();
    open_popover("why");
    page.push(rev + 1, &html("2"));
    assert!(!page.find("#g details:nth-of-type(1)").has_attribute("open"));
    assert!(page.find("#g details:nth-of-type(2)").has_attribute("open"));
    assert!(is_popover_open("why"));
    assert_eq!(page.find("#why").text_content().as_deref(), Some("2"));
}

#[wasm_bindgen_test]
fn a_live_region_is_set_and_not_replaced() {
    let rev = next_rev();
    let page = Page::new(rev, r#"<section id="h"><span data-say>Refreshing, 0 of 2 done</span></section>"#);
    page.find("#say").set_attribute("data-kept", "yes").unwrap();
    page.push(rev + 1, r#"<section id="h"><span data-say>Refreshing, 1 of 2 done</span></section>"#);
    assert_eq!(page.find("#say").text_content().as_deref(), Some("Refreshing, 1 of 2 done"));
    assert_eq!(page.find("#say").get_attribute("data-kept").as_deref(), Some("yes"));
}

#[wasm_bindgen_test]
fn an_element_that_asks_for_it_is_focused_when_nothing_else_is() {
    let rev = next_rev();
    let page = Page::new(rev, r#"<section id="i"><input id="wanted" data-focus></section>"#);
    assert_eq!(page.focused(), "wanted");
}

#[wasm_bindgen_test]
fn times_are_written_in_the_readers_zone_and_language() {
    let rev = next_rev();
    let at = |minutes: u64| Timestamp::from_ms(Browser.now().ms() - minutes * MINUTE);
    let html = format!(
        r#"<section id="j"><time id="t1" datetime="{}" data-as="age"></time><time id="t2" datetime="{}" data-as="age"></time><time id="t3" datetime="{}" data-as="age"></time><time id="t4" datetime="2026-11-22T10:15:00Z" data-as="clock"></time></section>"#,
        at(3),
        at(180),
        at(60 * 24 * 5)
    );
    let page = Page::new(rev, &html);
    let text = |id: &str| page.find(id).text_content().unwrap();
    // Each browser shortens the words in its own way.
    let ages = [("#t1", "3 min"), ("#t2", "3 h"), ("#t3", "5 d")];
    assert!(
        ages.iter().all(|(id, age)| text(id).starts_with(age)),
        "{} {} {}",
        text("#t1"),
        text("#t2"),
        text("#t3")
    );
    assert!(text("#t4").len() == 5 && text("#t4").contains(":15"), "{}", text("#t4"));
    write_times(&page.find("#j"));
    assert!(text("#t1").starts_with("3 min"));
}
