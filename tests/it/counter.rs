//! The counter on the page: it equals the oracle's count for typed text and files, shows progress, and never stores the text.

use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::{Event, Reply};
use drawdown::text::Language;
use drawdown_lab::fake::later;
use drawdown_lab::on_message;
use futures_util::future::join;
use serde_json::Value;

use crate::story::{Story, has, message, text_of};

/// The files of the package that the counter reads.
const VOCABULARY: &str = "deepseek-v3.vocabulary";

fn begin() -> Story {
    let story = Story::begin("2026-11-22T00:00:00Z");
    story.event(Event::Start);
    story
}

/// The text of the count's section; empty if it is hidden.
fn count_text(reply: &Reply) -> String {
    assert!(reply.ok, "{}", text_of(&reply.html));
    let section = reply.html.split("<section id=\"count\"").nth(1).unwrap_or_default();
    let section = section.split("</section>").next().unwrap_or_default();
    text_of(&format!("<section{section}</section>")).trim().to_owned()
}

fn counted(story: &Story, fields: &[(&str, &str)]) -> String {
    count_text(&story.send("count", fields))
}

#[test]
fn the_page_shows_the_count_of_the_oracle() {
    let story = begin();
    let cases: Vec<Value> = serde_json::from_str(include_str!("../fixtures/tokens/cases.json")).unwrap();
    for case in &cases {
        let (text, tokens) = (case["text"].as_str().unwrap(), case["ids"].as_array().unwrap().len());
        let said = counted(&story, &[("text", text)]);
        if text.is_empty() {
            assert_eq!(said, "", "nothing is said of no text");
        } else {
            let tokens = if tokens == 1 { "1 token".to_owned() } else { format!("{tokens} tokens") };
            has(&said, &format!("{tokens} with the DeepSeek V3 vocabulary (exact)."));
            has(&said, "Rule of thumb: ");
        }
    }
    assert_eq!(*story.host.assets.borrow(), [VOCABULARY], "it is loaded once");
}

#[test]
fn the_vocabulary_is_loaded_by_the_first_count_and_not_before() {
    let story = begin();
    story.dashboard();
    story.event(Event::Alarm);
    assert!(story.host.assets.borrow().is_empty());
    counted(&story, &[("answer", "5")]);
    assert!(story.host.assets.borrow().is_empty(), "an answer needs no vocabulary");
    counted(&story, &[("text", "a")]);
    counted(&story, &[("text", "b")]);
    assert_eq!(story.host.assets.borrow().len(), 1);
    // Another worker.
    *story.host.memory.borrow_mut() = Rc::default();
    has(&counted(&story, &[("text", "c")]), "1 token with");
    assert_eq!(story.host.assets.borrow().len(), 2);
}

#[test]
fn without_the_vocabulary_the_rule_is_left_and_marked() {
    let story = begin();
    story.host.is_package_broken.set(true);
    let typed = [("text", "Hello, world"), ("input", "3"), ("output", "15"), ("currency", "USD")];
    let page = counted(&story, &typed);
    has(&page, "Can't load the vocabulary for an exact count.");
    has(&page, "Rule of thumb: 4* tokens.");
    has(&page, "$0.000012*: 4* input tokens at $3.00");
    story.host.is_package_broken.set(false);
    has(&counted(&story, &typed), "3 tokens with the DeepSeek V3 vocabulary (exact).");
}

#[test]
fn what_is_not_complete_yet_is_no_mistake() {
    let story = begin();
    for fields in [
        [("text", "Hello world"), ("input", "3"), ("output", "")],
        [("text", "Hello world"), ("input", "much"), ("output", "3")],
        [("text", "Hello world"), ("answer", "8e"), ("of", "x USD y")],
    ] {
        let page = counted(&story, &fields);
        has(&page, "2 tokens with");
        assert!(!page.contains("input tokens at"), "{page}");
    }
    assert_eq!(counted(&story, &[("answer", "8")]), "", "an answer without a price");
    let priced = [("answer", "1000"), ("input", "3"), ("output", "15"), ("currency", "USD")];
    has(&counted(&story, &priced), "$0.015*: 0 input tokens at $3.00 and 1,000 output tokens at $15.00");
}

#[test]
fn another_providers_model_is_counted_by_the_rule() {
    let story = begin();
    let typed = [("text", "Hello world"), ("input", "3"), ("output", "15"), ("currency", "USD")];
    has(&counted(&story, &typed), "$0.000006*: 2 input tokens at $3.00");
    let other: Vec<_> = typed.into_iter().chain([("by", "other")]).collect();
    let page = counted(&story, &other);
    has(&page, "$0.000012*: 4* input tokens at $3.00");
    has(&page, "2 tokens with the DeepSeek V3 vocabulary (exact).");
    has(&page, "Rule of thumb: 4* tokens. Other providers' models count differently.");
}

#[test]
fn a_chat_adds_the_tokens_of_its_format() {
    let story = begin();
    for (role, tokens, added) in [("system", 3, 1), ("user", 6, 4), ("assistant", 4, 2)] {
        let page = counted(&story, &[("text", "Hello world"), ("as", role)]);
        let wanted = "tokens with the DeepSeek V3 vocabulary (exact), including";
        has(&page, &format!("{tokens} {wanted} {added} from the chat format."));
        has(&page, &format!("Rule of thumb: {}* tokens.", 4 + added));
    }
}

#[test]
fn a_file_is_counted_with_the_text() {
    let story = begin();
    let file = |bytes: &[u8]| STANDARD.encode(bytes);
    let hello = file(b" world");
    let fields = [("text", "Hello"), ("file.0", hello.as_str()), ("file.0.name", "a.txt")];
    has(&counted(&story, &fields), "2 tokens with");
    has(&counted(&story, &fields[1..]), "1 token with");
    // A field without a file.
    has(&counted(&story, &[("text", "Hello"), ("file.0", ""), ("file.0.name", "")]), "1 token with");
    let binary = file(&[0xff, 0xfe, 0x00]);
    let long = "a".repeat((1 << 20) + 1);
    for (fields, why) in [
        (vec![("file.0", binary.as_str()), ("file.0.name", "a.png")], "This file isn't plain text."),
        (vec![("file.0.size", "2000000"), ("file.0.name", "a.txt")], "This text is over 1 MB."),
        (vec![("text", long.as_str())], "This text is over 1 MB."),
    ] {
        for command in ["count", "what_if_text"] {
            let reply = story.send(command, &fields);
            assert!(!reply.ok);
            has(&text_of(&reply.html), why);
        }
    }
}

#[test]
fn a_long_text_shows_its_progress() {
    let story = begin();
    let text = "The quick brown fox jumps over the lazy dog, 42 times. ".repeat(10_000);
    let page = counted(&story, &[("text", &text), ("id", "one")]);
    has(&page, "tokens with the DeepSeek V3 vocabulary (exact).");
    let shown = story.host.progress.take();
    assert!(shown.len() > 3, "{} times", shown.len());
    let percents: Vec<u32> = shown.iter().map(|progress| percent(&progress.html)).collect();
    assert!(
        percents.is_sorted() && percents[0] > 0 && percents.iter().all(|percent| *percent <= 100),
        "{percents:?}"
    );
    for progress in shown {
        assert_eq!((progress.id.as_str(), progress.section), ("one", "counting"));
        has(&text_of(&progress.html), "Counting…");
    }
    counted(&story, &[("text", "short"), ("id", "two")]);
    assert!(story.host.progress.borrow().is_empty(), "a short text is counted at once");
}

fn percent(html: &str) -> u32 {
    let value = html.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no percentage: {html}"))
}

#[test]
fn a_newer_text_supersedes_an_older_one_of_its_page_only() {
    let story = begin();
    let host = &*story.host;
    let text = "The quick brown fox jumps over the lazy dog, 42 times. ".repeat(10_000);
    let older = message("dashboard", "count", &[("text", &text), ("id", "one")]);
    let whole = host.run(on_message(host, &older));
    let slices = host.progress.take().len();
    for turns in [1, 2, 4] {
        let newer = message("dashboard", "count", &[("text", "Hi"), ("id", "two"), ("instead", "one")]);
        let (older, newer) = host.run(join(on_message(host, &older), later(turns, on_message(host, &newer))));
        assert_eq!(older, Reply::default(), "nothing is painted of the older one");
        has(&count_text(&newer), "1 token with");
        assert!(host.progress.take().len() < slices, "it is not counted to its end");
        assert!(host.memory.borrow().counts.borrow().is_empty(), "no count is left under way");
    }
    let elsewhere = message("dashboard", "count", &[("text", "Hi"), ("id", "three")]);
    let (first, second) = host.run(join(on_message(host, &older), later(5, on_message(host, &elsewhere))));
    assert_eq!(count_text(&first), count_text(&whole), "a count of another page supersedes none");
    has(&count_text(&second), "1 token with");
}

#[test]
fn a_text_is_stored_nowhere() {
    let story = begin();
    let (stored, session) = (story.host.stored.borrow().clone(), story.host.session.borrow().clone());
    let secret = "Zanzibar Zanzibar";
    let file = STANDARD.encode(secret);
    let priced = [("text", secret), ("input", "3"), ("output", "15"), ("currency", "USD"), ("file.0", &file)];
    for command in ["count", "what_if_text"] {
        let reply = story.send(command, &priced);
        assert!(reply.ok && !reply.html.contains("Zanzibar"), "the text does not come back");
    }
    assert_eq!(*story.host.stored.borrow(), stored);
    assert_eq!(*story.host.session.borrow(), session);
    has(&story.at("overview"), "Your text is never sent or stored.");
}

#[test]
fn no_count_while_amounts_are_hidden() {
    let story = begin();
    story.send("by_file", &[("label", "Vast")]);
    has(&counted(&story, &[("text", "Hi")]), "1 token with");
    story.send("hide", &[("hidden", "on")]);
    assert_eq!(counted(&story, &[("text", "Hi")]), "");
}

#[test]
fn the_count_speaks_chinese() {
    let story = begin();
    story.host.language.set(Language::Chinese);
    let page = counted(&story, &[("text", "你好世界"), ("as", "user")]);
    has(&page, "共 6 个 token（DeepSeek V3 词表，精确），其中 4 个来自对话格式。");
    has(&page, "按经验规则：7* 个 token。");
    let text = "你好，世界。".repeat(30_000);
    counted(&story, &[("text", &text)]);
    has(&text_of(&story.host.progress.borrow()[0].html), "正在计数…");
}
