//! Rules for every phrase that people read, in both languages. Phrases are read from the source, so that none is missed: the
//! words of features, pages and `ui`, the prose of cards, and the browser's own messages.
//!
//! In a file of words, everything from `const CHINESE` is Chinese, and everything before it is English.

use std::collections::BTreeSet;

use drawdown::provider::{Card, expected};
use drawdown::providers;
use drawdown::text::Text;
use serde_json::Value;

use crate::tidy::{File, all_empty, files, read};

/// Words that no phrase needs, because there is a plainer one.
const PLAINER: [(&str, &str); 24] = [
    ("told", "reported, or say what happened"),
    ("tells", "reports"),
    ("whom", "turn the sentence around"),
    ("whoever", "someone"),
    ("rests", "is stored"),
    ("of which", "turn the sentence around"),
    ("beside", "next to"),
    ("dry", "runs out"),
    ("anew", "again"),
    ("was kept", "say what to do"),
    ("was changed", "say what to do"),
    ("was sent", "say what to do"),
    ("by itself", "automatically"),
    ("bring", "import"),
    ("seal", "save, or encrypt"),
    ("sealed", "saved, or encrypted"),
    ("given up", "deleted"),
    ("typed", "entered"),
    ("present", "current"),
    ("presently", "now"),
    ("lands at", "forecast"),
    ("organisation", "organization"),
    ("colour", "color"),
    ("cannot", "can't"),
];

/// Texts that no phrase contains, in either language.
const NEVER: [(&str, &str); 5] = [
    (" %", "no space before %"),
    ("  ", "one space only"),
    (" :", "no space before a colon"),
    ("...", "write …"),
    ("e.g.", "write such as"),
];

/// Names that are the same in every language.
const NAMES: [&str; 8] = ["Drawdown", "UTC", "USD", "CSV", "ZIP", "AI", "API", "token"];

/// The placeholder for a value that a phrase is filled with.
const HOLE: char = '\u{fffc}';

/// The maximum number of words before the field for a key.
const MOST_WORDS: usize = 60;

struct Phrase {
    place: String,
    text: String,
    is_chinese: bool,
}

fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

/// The string literals of Rust code, each with its byte offset. Comments and doc comments are skipped.
fn literals(code: &str) -> Vec<(usize, String)> {
    let (mut found, mut signs) = (Vec::new(), code.char_indices().peekable());
    while let Some((at, sign)) = signs.next() {
        match sign {
            '/' if signs.next_if(|(_, next)| *next == '/').is_some() => {
                signs.by_ref().find(|(_, sign)| *sign == '\n');
            }
            // A quote between single quotes is a character.
            '\'' if code[at..].starts_with("'\"'") => {
                signs.nth(1);
            }
            '"' => {
                let mut text = String::new();
                while let Some((_, sign)) = signs.next() {
                    match sign {
                        '"' => break,
                        '\\' => text.extend(signs.next().map(|(_, sign)| sign)),
                        sign => text.push(sign),
                    }
                }
                found.push((at, text));
            }
            _ => {}
        }
    }
    found
}

/// A phrase with a placeholder for each value.
fn spoken(text: &str) -> String {
    let (mut spoken, mut depth) = (String::new(), 0_usize);
    for sign in text.chars() {
        match sign {
            '{' => {
                depth += 1;
                spoken.push(HOLE);
            }
            '}' => depth = depth.saturating_sub(1),
            sign if depth == 0 => spoken.push(sign),
            _ => {}
        }
    }
    spoken
}

/// The phrases of every file of words.
fn words() -> Vec<Phrase> {
    let is_words = |path: &str| path.ends_with("/words.rs") || path.contains("/words/");
    let mut phrases = Vec::new();
    for File { path, text } in files("src", &[".rs"]).into_iter().filter(|file| is_words(&file.path)) {
        let chinese_from = if path.ends_with("/chinese.rs") {
            0
        } else if path.ends_with("/english.rs") {
            text.len()
        } else {
            text.find("const CHINESE").unwrap_or(text.len())
        };
        for (at, literal) in literals(&text) {
            let place = format!("{path}:{}", text[..at].matches('\n').count() + 1);
            phrases.push(Phrase { place, text: literal, is_chinese: at >= chinese_from });
        }
    }
    phrases
}

/// The phrases on cards, and the few other pairs of both languages.
fn cards() -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for File { path, text } in files("src", &[".rs"]) {
        for (at, literal) in literals(&text) {
            let before = text[..at].trim_end();
            let is_chinese = before.ends_with(" zh:");
            if is_chinese || before.ends_with(" en:") {
                let place = format!("{path}:{}", text[..at].matches('\n').count() + 1);
                phrases.push(Phrase { place, text: literal, is_chinese });
            }
        }
    }
    phrases
}

/// The browser's own messages.
fn locale(name: &str) -> Vec<(String, String)> {
    let messages: Value =
        serde_json::from_str(&read(&format!("extension/_locales/{name}/messages.json"))).unwrap();
    let message = |(key, value): (&String, &Value)| {
        (key.clone(), value["message"].as_str().unwrap_or_default().to_owned())
    };
    messages.as_object().unwrap().iter().map(message).collect()
}

/// The lines of the changelog that the dashboard shows after an update.
fn news() -> Vec<Phrase> {
    let (mut phrases, mut is_chinese) = (Vec::new(), None);
    for (place, line) in read("CHANGELOG.md").lines().enumerate() {
        match line {
            "### What's new" => is_chinese = Some(false),
            "### 新功能" => is_chinese = Some(true),
            line if line.starts_with('#') => is_chinese = None,
            _ => {}
        }
        if let (Some(is_chinese), Some(text)) = (is_chinese, line.strip_prefix("- ")) {
            let (place, text) = (format!("CHANGELOG.md:{}", place + 1), text.to_owned());
            phrases.push(Phrase { place, text, is_chinese });
        }
    }
    phrases
}

fn all() -> Vec<Phrase> {
    let of_locale = |name: &str, is_chinese| {
        let phrase =
            move |(key, text)| Phrase { place: format!("extension/_locales, {key}"), text, is_chinese };
        locale(name).into_iter().map(phrase).collect::<Vec<_>>()
    };
    let mut phrases = words();
    phrases.extend(cards());
    phrases.extend(news());
    phrases.extend(of_locale("en", false));
    phrases.extend(of_locale("zh_CN", true));
    phrases
}

/// Whether a text contains this word or these words, whole and in any case.
fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
    })
}

#[test]
fn every_phrase_is_found() {
    let phrases = all();
    let of = |is_chinese| phrases.iter().filter(|phrase| phrase.is_chinese == is_chinese).count();
    // Both languages have hundreds of phrases: fewer would mean that they are no longer found.
    assert!(of(false) > 500 && of(true) > 500, "{} and {}", of(false), of(true));
    for name in
        ["features/vault", "ui/words/english", "pages/words", "providers/google", "_locales", "CHANGELOG.md"]
    {
        assert!(phrases.iter().any(|phrase| phrase.place.contains(name)), "{name}");
    }
}

#[test]
fn every_field_has_a_phrase() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]).iter().filter(|file| file.path.contains("/words")) {
        for (place, line) in text.lines().enumerate().filter(|(_, line)| line.ends_with(": \"\",")) {
            wrong.push(format!("{path}:{}: {} has no phrase", place + 1, line.trim()));
        }
    }
    for Phrase { place, text, .. } in cards() {
        // Chinese has no space between two sentences.
        if text.is_empty() && !place.starts_with("src/text.rs") {
            wrong.push(format!("{place}: a language is empty"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn english_is_plain() {
    let mut wrong = Vec::new();
    for Phrase { place, text, .. } in all().into_iter().filter(|phrase| !phrase.is_chinese) {
        let spoken = spoken(&text);
        if spoken.chars().any(is_han) && !place.starts_with("src/text.rs") {
            wrong.push(format!("{place}: Chinese among the English phrases: {text}"));
        }
        if spoken.contains(';') {
            wrong.push(format!("{place}: two sentences instead of a semicolon: {text}"));
        }
        for (word, instead) in PLAINER.iter().filter(|(word, _)| has_word(&spoken, word)) {
            wrong.push(format!("{place}: instead of \"{word}\", {instead}: {text}"));
        }
        for (never, instead) in NEVER.iter().filter(|(never, _)| spoken.contains(never)) {
            wrong.push(format!("{place}: {instead} ({never:?}): {text}"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn chinese_is_chinese_and_set_as_chinese() {
    let mut wrong = Vec::new();
    for Phrase { place, text, .. } in all().into_iter().filter(|phrase| phrase.is_chinese) {
        let spoken = spoken(&text);
        let rest = NAMES.iter().fold(spoken.clone(), |text, name| text.replace(name, ""));
        let has_letters = rest.chars().any(|sign| sign.is_ascii_alphabetic());
        let is_code = place.contains("src/text.rs") || place.ends_with(", name");
        if has_letters && !spoken.chars().any(is_han) && !is_code {
            wrong.push(format!("{place}: not translated: {text}"));
        }
        let signs: Vec<char> = spoken.chars().collect();
        for pair in signs.windows(2) {
            let (han, other) = match (is_han(pair[0]), is_han(pair[1])) {
                (true, false) => (pair[0], pair[1]),
                (false, true) => (pair[1], pair[0]),
                _ => continue,
            };
            if ",.;:!?()\"'".contains(other) {
                wrong.push(format!("{place}: full-width punctuation next to {han}, not {other}: {text}"));
            }
            if other.is_ascii_alphabetic() {
                wrong.push(format!("{place}: a space between {han} and {other}: {text}"));
            }
        }
        if spoken.contains('您') {
            wrong.push(format!("{place}: address the reader without 您: {text}"));
        }
        for (never, instead) in NEVER.iter().filter(|(never, _)| spoken.contains(never)) {
            wrong.push(format!("{place}: {instead} ({never:?}): {text}"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn the_browser_has_the_same_messages_in_both_languages() {
    let keys = |name| locale(name).into_iter().map(|(key, _)| key).collect::<BTreeSet<_>>();
    assert_eq!(keys("en"), keys("zh_CN"));
    assert!(locale("en").iter().chain(&locale("zh_CN")).all(|(_, text)| !text.is_empty()));
    let manifest = read("manifest.json");
    for used in manifest.split("__MSG_").skip(1) {
        let key = used.split("__").next().unwrap();
        assert!(keys("en").contains(key), "manifest.json uses {key}, which extension/_locales has not");
    }
    // The stores cut off a longer one.
    let description = |name| locale(name).into_iter().find(|(key, _)| key == "description").unwrap().1;
    assert!(description("en").chars().count() <= 132 && description("zh_CN").chars().count() <= 132);
}

/// The texts before the field for a key: the steps, or where to create a key, and its kind.
fn before_the_field(card: &Card) -> Vec<Text> {
    let create = Text { en: "Create a key at example.com.", zh: "在 example.com 创建密钥。" };
    let steps: Vec<Text> = card.setup.steps.iter().map(|(text, _)| *text).collect();
    let lead = if steps.is_empty() { vec![create] } else { steps };
    lead.into_iter().chain([card.key.least]).collect()
}

#[test]
fn a_card_is_short_before_the_field_for_its_key() {
    let mut wrong = Vec::new();
    for card in providers::ALL.iter().map(|provider| &provider.card) {
        let texts = before_the_field(card);
        let english: usize = texts.iter().map(|text| text.en.split_whitespace().count()).sum();
        let chinese: usize =
            texts.iter().map(|text| text.zh.chars().filter(|sign| is_han(*sign)).count()).sum();
        if english > MOST_WORDS || chinese > 2 * MOST_WORDS {
            wrong.push(format!(
                "{}: {english} words and {chinese} characters before its key: move some to `more` of its card",
                card.name
            ));
        }
    }
    all_empty(&wrong);
}

#[test]
fn what_an_answer_lacks_is_described_in_both_languages() {
    let mut wrong = Vec::new();
    let mut found = 0;
    for folder in ["src/provider", "src/providers", "src/app"] {
        for File { path, text } in files(folder, &[".rs"]) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code: String = code.collect::<Vec<_>>().join("\n");
            for call in ["unreadable(\"", "check_amounts(\"", ".json(query.now, \"", ".json(now, \""] {
                for described in code.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                    found += 1;
                    if !expected::is_translated(described) {
                        wrong.push(format!(
                            "{path}: give {described:?} its Chinese in src/provider/expected.rs"
                        ));
                    }
                }
            }
        }
    }
    for File { path, text } in files("tests/fixtures", &[".txt"]) {
        for described in
            text.split("\"unreadable\":{\"what\":\"").skip(1).filter_map(|rest| rest.split('"').next())
        {
            if !expected::is_translated(described) {
                wrong.push(format!("{path}: give {described:?} its Chinese in src/provider/expected.rs"));
            }
        }
    }
    assert!(found > 20, "the descriptions are found: {found}");
    all_empty(&wrong);
}
