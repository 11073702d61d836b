//! The swapping of sections in a page, by `page.js`.

use drawdown::chrome::Browser;
use drawdown::host::Host;
use drawdown::time::{MINUTE, Timestamp};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

use crate::substitute::{is_popover_open, open_popover};

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
