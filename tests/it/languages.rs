//! Both languages on every page: which one is shown, and that no page mixes them.

use std::collections::BTreeSet;

use drawdown::provider::Answer;
use drawdown::providers;
use drawdown::route::Event;
use drawdown::text::Language;
use drawdown::time::{Day, Month};
use serde_json::Value;

use crate::story::{KEY, PASSWORD, Story, text_of};

/// A browser in Chinese with a balance, a question, a subscription, a budget, and two currencies.
fn chinese() -> Story {
    let story = Story::begin("2026-11-20T09:00:00Z");
    story.host.language.set(Language::Chinese);
    story.set_books(KEY, "USD 5+15, CNY 0+30");
    story.event(Event::Start);
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.set_books(KEY, "USD 3+15, CNY 0+25").clock("2026-11-21T09:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 1+25, CNY 0+20").clock("2026-11-22T09:00:00Z").event(Event::Alarm);
    story.send("budget", &[("amount", "70")]);
    story
}

/// Latin words in a text, apart from names, currency codes and words that are the same in every language.
fn latin(text: &str) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = [
        "Drawdown",
        "UTC",
        "USD",
        "CNY",
        "CSV",
        "Excel",
        "FOCUS",
        "FinOps",
        "ZIP",
        "AI",
        "API",
        "URL",
        "KB",
        "MB",
        "token",
        "main",
        "curl",
        "JSON",
        "IP",
        "Chrome",
        "Firefox",
        "English",
        "RunPod",
        "Midjourney",
        "DeepSeek",
        "Claude",
        "Pro",
        "Max",
        "ChatGPT",
        "Plus",
        "GitHub",
        "Copilot",
        "Cursor",
        "Google",
        "Windsurf",
        "frankfurter",
        // Providers without an API for costs.
        "AssemblyAI",
        "Cerebras",
        "Cohere",
        "Fly",
        "Groq",
        "Hyperbolic",
        "Lambda",
        "Mistral",
        "Modal",
        "Nebius",
        "Token",
        "Factory",
        "Netlify",
        "Perplexity",
        "Pinecone",
        "Render",
        "Replicate",
        "SiliconFlow",
        // The initial of Z.ai, and its name.
        "ZZ",
        "dev",
        "usage",
        "Admin",
        "keys",
        "Console",
        "Settings",
        "Organization",
    ]
    .map(str::to_owned)
    .into();
    for card in providers::ALL.iter().map(|provider| provider.card) {
        let names = [card.name, card.key.page, card.counts.zh, card.lag.zh, card.covers.zh];
        known.extend(names.iter().flat_map(|name| words(name)));
        known.extend(card.origins.iter().flat_map(|origin| words(origin)));
    }
    // Currencies are chosen by their codes.
    let codes = text.lines().filter_map(|line| line.split_once(" · ")).map(|(code, _)| code.to_owned());
    known.extend(codes.filter(|code| code.len() == 3));
    // The initial of a name precedes it.
    let is_known =
        |word: &String| known.contains(word) || word.get(1..).is_some_and(|rest| known.contains(rest));
    words(text).into_iter().filter(|word| !is_known(word)).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    parts.map(str::to_owned).collect()
}

#[test]
fn the_browser_chooses_the_language_and_a_setting_overrides_it() {
    let story = chinese();
    let shown = story.click("show", &[]);
    assert_eq!(shown.lang, "zh-CN");
    assert!(text_of(&shown.html).contains("11月"), "{}", text_of(&shown.html));
    story.send("settings", &[("language", "en")]);
    let shown = story.click("show", &[]);
    assert_eq!(shown.lang, "en");
    assert!(text_of(&shown.html).contains("November"), "{}", text_of(&shown.html));
    assert!(story.title().contains("November so far"), "{}", story.title());
    let frame: Value = serde_json::from_str(&story.stored("popup")).unwrap();
    assert_eq!(frame["lang"], "en");
    assert_eq!(story.first_frame(), story.popup());
    story.send("settings", &[("language", "")]);
    assert_eq!(story.click("show", &[]).lang, "zh-CN");
    let refused = story.send("settings", &[("language", "fr")]);
    assert!(!refused.ok && refused.lang == "zh-CN");
}

#[test]
fn a_chinese_page_has_no_english() {
    let story = chinese();
    for text in [story.popup(), story.dashboard(), story.title()] {
        let left = latin(&text);
        assert!(left.is_empty(), "not translated: {left:?} in\n{text}");
        for ascii in [", ", "; ", "? "] {
            assert!(!text.contains(ascii), "{ascii:?} in\n{text}");
        }
    }
    story.click("lock", &[]);
    assert!(latin(&story.popup()).is_empty(), "{}", story.popup());
    let wrong = text_of(&story.click("unlock", &[("password", "wrong")]).html);
    assert!(wrong.contains("主密码错误，请重试。") && latin(&wrong).is_empty(), "{wrong}");
}

#[test]
fn what_is_said_of_a_refused_or_unreadable_answer_has_no_english() {
    let keys = [
        ("deepseek", KEY),
        ("openai", "sk-admin-0123456789abcdef0123"),
        ("anthropic", "sk-ant-admin01-0123456789abcdef"),
        ("openrouter", "sk-or-v1-0123456789abcdef0123456789abcdef"),
    ];
    let answers = [(200, "<html>"), (200, "{}"), (200, "{\"data\":[7]}"), (302, ""), (400, ""), (418, "")];
    let answers = answers.into_iter().chain([401, 403, 404, 410, 429, 500].map(|status| (status, "")));
    for (status, body) in answers {
        for (provider, key) in keys {
            let story = Story::begin("2026-11-20T09:00:00Z");
            story.host.language.set(Language::Chinese);
            story.event(Event::Start);
            story.host.answers(move |_| Ok(Answer::new(status, body)));
            let reply = story.send("connect", &[("provider", provider), ("key", key)]);
            assert!(!reply.ok, "{provider} {status} {body}");
            let (_, said) = reply.html.split_once("data-say>").expect("a sentence");
            let said = said.split('<').next().unwrap();
            let left = latin(&without_field(said));
            assert!(left.is_empty(), "{provider} {status} {body}: not translated: {left:?} in {said}");
        }
    }
}

/// The text without the name of the missing field, which is one word in the provider's spelling.
fn without_field(said: &str) -> String {
    let Some((before, rest)) = said.split_once("缺少 ") else { return said.to_owned() };
    let (field, after) = rest.split_once('）').expect("its end");
    assert!(!field.contains(' '), "{field}");
    format!("{before}{after}")
}

#[test]
fn a_message_that_no_page_sends_is_answered_in_the_browsers_language() {
    let story = chinese();
    let reply = story.host.run(drawdown::route::on_form(&*story.host, None));
    assert_eq!((text_of(&reply.html).trim(), reply.lang), ("出了点问题，请重新加载页面后重试。", "zh-CN"));
}

#[test]
fn an_alert_is_in_the_language_of_the_pages() {
    let story = chinese();
    story.send("alerts", &[("low_balance", "10")]);
    story.clock("2026-11-22T10:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 0+5, CNY 0+20").clock("2026-11-22T11:00:00Z").event(Event::Alarm);
    let shown = story.host.notified.borrow().last().cloned().expect("an alert");
    assert!(shown.message.contains("的余额只剩"), "{shown:?}");
}

#[test]
fn every_language_writes_dates_its_own_way() {
    let (english, chinese) = (Language::English, Language::Chinese);
    let day = |text: &str| Day::parse(text).unwrap();
    let month = Month::parse("2026-11").unwrap();
    let from = day("2026-11-28");
    for (to, in_english, in_chinese) in [
        ("2026-11-28", "Nov 28", "11月28日"),
        ("2026-11-30", "Nov 28–30", "11月28日至30日"),
        ("2026-12-03", "Nov 28 – Dec 3", "11月28日至12月3日"),
        ("2027-01-03", "Nov 28, 2026 – Jan 3, 2027", "2026年11月28日至2027年1月3日"),
    ] {
        assert_eq!(english.dates(from, day(to), month), in_english);
        assert_eq!(chinese.dates(from, day(to), month), in_chinese);
    }
    // Next to a written date, the year is shown only if a day would be ambiguous.
    for (to, in_english, in_chinese) in [
        ("2026-11-28", "Nov 28", "11月28日"),
        ("2027-01-03", "Nov 28 – Jan 3", "11月28日至1月3日"),
        ("2027-11-27", "Nov 28 – Nov 27", "11月28日至11月27日"),
        ("2027-11-28", "Nov 28, 2026 – Nov 28, 2027", "2026年11月28日至2027年11月28日"),
    ] {
        assert_eq!(english.dates_around(from, day(to)), in_english);
        assert_eq!(chinese.dates_around(from, day(to)), in_chinese);
    }
    assert_eq!(english.date_around(from, day("2027-11-27")), "Nov 28");
    assert_eq!(chinese.date_around(from, day("2027-11-28")), "2026年11月28日");
    assert_eq!(english.month_with_year(month), "November 2026");
    assert_eq!(chinese.month_with_year(month), "2026年11月");
    assert_eq!((english.weekday(from), chinese.weekday(from)), ("Sat", "周六"));
    assert_eq!(english.date_near(day("2027-01-03"), month), "Jan 3, 2027");
    assert_eq!(
        (english.list(&["A", "B"]), chinese.list(&["A", "B"])),
        ("A, B".to_owned(), "A、B".to_owned())
    );
}

#[test]
fn the_browsers_language_is_found_by_its_tag() {
    for (tag, expected) in [
        ("en", Language::English),
        ("en-GB", Language::English),
        ("de", Language::English),
        ("", Language::English),
        ("zh", Language::Chinese),
        ("zh-CN", Language::Chinese),
        ("zh_TW", Language::Chinese),
        ("zh-Hant-HK", Language::Chinese),
        ("zhx", Language::English),
    ] {
        assert_eq!(Language::of_browser(tag), expected, "{tag}");
    }
}
