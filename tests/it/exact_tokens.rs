//! The exact count: the same tokens as another implementation, also in slices, and no count with a damaged vocabulary.

use std::sync::LazyLock;

use drawdown::books::tokens::exact::chat::{Message, Part, Role, render, specials};
use drawdown::books::tokens::exact::{Counting, Merging, Vocabulary, VocabularyError, pieces};
use drawdown_lab::chance::Chance;
use drawdown_lab::vocabulary::{oracle, packed};
use serde_json::Value;
use splintr::Tokenizer;

const PACKED: &[u8] = include_bytes!("../../extension/deepseek-v3.vocabulary");

static ORACLE: LazyLock<Tokenizer> = LazyLock::new(oracle);
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::parse(PACKED).unwrap());

/// The token ids of a text.
fn ids(text: &str) -> Vec<u32> {
    let (mut ids, mut merging) = (Vec::new(), Merging::default());
    for piece in pieces(text) {
        merging.begin(&VOCABULARY, piece.as_bytes());
        while merging.advance(&VOCABULARY, usize::MAX).is_none() {}
        ids.extend(merging.tokens());
    }
    ids
}

/// The count of texts in slices of `steps` steps, and the number of slices.
fn counted(texts: &[&str], steps: usize) -> (u64, usize) {
    let mut counting = Counting::new(texts.iter().map(|text| (*text).to_owned()).collect());
    for slices in 1.. {
        if let Some(tokens) = counting.advance(&VOCABULARY, steps) {
            assert_eq!(counting.done(), texts.iter().map(|text| text.len()).sum::<usize>());
            return (tokens, slices);
        }
    }
    unreachable!()
}

fn agrees(text: &str) {
    let (ours, theirs) = (ids(text), ORACLE.encode_ordinary(text));
    if ours != theirs {
        let same = ours.iter().zip(&theirs).take_while(|(one, other)| one == other).count();
        panic!("from token {same} on: {:?} and not {:?}, in {text:?}", &ours[same..], &theirs[same..]);
    }
}

#[test]
fn the_packed_vocabulary_is_what_the_example_writes() {
    assert!(packed() == PACKED, "run `cargo run --example vocabulary`");
}

#[test]
fn committed_cases_have_their_ids() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../fixtures/tokens/cases.json")).unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let (text, wanted) = (case["text"].as_str().unwrap(), &case["ids"]);
        assert_eq!(serde_json::json!(ids(text)), *wanted, "{text:?}");
        assert_eq!(serde_json::json!(ORACLE.encode_ordinary(text)), *wanted, "{text:?}, by the oracle");
    }
}

#[test]
fn the_committed_megabyte_has_its_count() {
    let read = |text| serde_json::from_str::<Value>(text).unwrap();
    let cases = read(include_str!("../fixtures/tokens/cases.json"));
    let texts = cases.as_array().unwrap().iter().map(|case| case["text"].as_str().unwrap());
    let unit: String = texts.flat_map(|text| [text, "\n"]).collect();
    let long = unit.repeat((1 << 20) / unit.len());
    let wanted = read(include_str!("../fixtures/tokens/megabyte.json"))["tokens"].as_u64().unwrap();
    assert_eq!(ORACLE.encode_ordinary(&long).len(), usize::try_from(wanted).unwrap());
    assert_eq!(counted(&[&long], usize::MAX).0, wanted);
}

/// Parts of generated texts: words, code, digits, white space, scripts, emoji, marks, and characters without a class.
const PARTS: &[&str] = &[
    "the",
    "Hello",
    " world",
    "don't",
    "it’s",
    "naïve",
    "_snake_case",
    "camelCase",
    "HTTPRequest",
    "fn main() {",
    "}\n",
    "    ",
    "\t",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "0",
    "12",
    "3456789",
    "1,234.56",
    "½",
    "Ⅻ",
    "٣٤٥",
    "一二三",
    "你好，世界。",
    "漢字",
    "龦",
    "㐀",
    "𠀀",
    "こんにちは",
    "カタカナ・",
    "ー",
    "゛",
    "한국어",
    "Привет",
    "мир",
    "Ελλάδα",
    "שלום",
    "مرحبا",
    "हिन्दी",
    "ไทย",
    "ﬁ",
    "e\u{301}",
    "\u{301}",
    "🙂",
    "👨‍👩‍👧",
    "🇩🇪",
    "❤️",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\0",
    "\u{1}",
    "\u{ad}",
    "\u{e000}",
    "\u{378}",
    "\u{10ffff}",
    "\u{fffd}",
    "=>",
    "!=",
    "::",
    "//",
    "{\"a\":[1,2]}",
    "<div class=\"x\">",
    "$x",
    "@user",
    "#tag",
    "https://example.com/a?b=c&d=1",
    "a@b.co",
    "€",
    "¥100",
    "«q»",
    "—",
    "…",
    "<｜end▁of▁sentence｜>",
    "<think>",
    "aaaaaaaa",
    "========",
    "........",
    "\n \n",
    " \r",
    "'s",
    "'LL",
    "\\",
    "`",
];

/// Blocks of Unicode from which single characters are drawn.
const BLOCKS: &[(u32, u32)] = &[
    (0, 0x7f),
    (0x80, 0x24f),
    (0x250, 0x5ff),
    (0x600, 0xfff),
    (0x1000, 0x1fff),
    (0x2000, 0x2bff),
    (0x2e80, 0x30ff),
    (0x3040, 0x9fff),
    (0xa000, 0xd7ff),
    (0xe000, 0xffff),
    (0x1_0000, 0x1_ffff),
    (0x2_0000, 0x10_ffff),
];

/// A generated text: words and signs, characters of one block, of all blocks, or one repeated often.
fn generated(chance: &mut Chance) -> String {
    let length = chance.skewed().min(300);
    let character = |chance: &mut Chance| {
        let (from, to) = chance.pick(BLOCKS);
        char::from_u32(u32::try_from(chance.between(from.into(), to.into())).unwrap()).unwrap_or(' ')
    };
    match chance.below(6) {
        0..=2 => (0..length).map(|_| chance.pick(PARTS)).collect(),
        3 => (0..length).map(|_| character(chance)).collect(),
        4 => {
            let few: Vec<char> = (0..chance.between(1, 4)).map(|_| character(chance)).collect();
            (0..length).map(|_| chance.pick(&few)).collect()
        }
        _ => (0..length)
            .map(|_| {
                if chance.percent(50) { chance.pick(PARTS).to_owned() } else { character(chance).to_string() }
            })
            .collect(),
    }
}

#[test]
fn three_thousand_texts_have_the_ids_of_the_oracle() {
    let mut chance = Chance::of(13);
    agrees("");
    for _ in 0..3_000 {
        agrees(&generated(&mut chance));
    }
}

#[test]
fn every_character_has_the_class_that_the_oracle_gives_it() {
    // Each after a letter and after a space, so that a wrong class moves a boundary. Most of the higher planes is unassigned.
    let is_wanted =
        |code: &u32| *code < 0x3_4000 || (0xe_0000..0xe_1000).contains(code) || code.is_multiple_of(97);
    let all: Vec<char> = (0..=u32::from(char::MAX)).filter(is_wanted).filter_map(char::from_u32).collect();
    for some in all.chunks(5_000) {
        agrees(&some.iter().flat_map(|sign| ['a', *sign, ' ', *sign]).collect::<String>());
    }
}

#[test]
fn a_megabyte_has_the_ids_of_the_oracle() {
    let mut chance = Chance::of(1);
    let mut mixed = String::new();
    while mixed.len() < 1 << 20 {
        mixed.push_str(&generated(&mut chance));
    }
    agrees(&mixed);
    // One piece of a million bytes: no step may visit all others.
    agrees(&"a".repeat(1 << 20));
}

#[test]
fn a_count_in_slices_is_the_same() {
    let mut chance = Chance::of(7);
    for _ in 0..50 {
        let text = generated(&mut chance);
        let whole = counted(&[&text], usize::MAX);
        assert_eq!(whole, (u64::try_from(ORACLE.encode_ordinary(&text).len()).unwrap(), 1));
        for steps in [1, 2, 7, 100] {
            let (tokens, slices) = counted(&[&text], steps);
            assert_eq!(tokens, whole.0, "{steps}: {text:?}");
            assert!(slices * steps >= pieces(&text).count(), "{slices} slices of {steps}: {text:?}");
        }
    }
    // One long piece is sliced too.
    assert!(counted(&[&"a".repeat(10_000)], 100).1 > 50);
}

fn message(role: Role, text: &str) -> Message {
    Message { role, text: text.to_owned() }
}

#[test]
fn a_chat_has_the_tokens_of_its_template() {
    use Role::{Assistant, System, User};
    for (messages, special) in [
        (vec![message(System, "Be brief.")], 1),
        (vec![message(User, "Why is the sky blue?")], 4),
        (vec![message(Assistant, "Because of Rayleigh scattering.")], 2),
        (vec![message(System, "Be brief."), message(User, "Hi")], 4),
        (vec![message(User, "Hi"), message(Assistant, "Hello!"), message(User, "1+1=?")], 8),
        (vec![message(User, "Hi"), message(System, "One."), message(System, "Two.")], 4),
        (vec![message(User, "Hi"), message(Assistant, "Hmm.</think>Hello!")], 5),
        (vec![], 1),
    ] {
        let parts = render(&messages);
        assert_eq!(specials(&parts), special, "{messages:?}");
        let (mut written, mut texts) = (String::new(), Vec::new());
        for part in &parts {
            match part {
                Part::Text(text) => {
                    written.push_str(text);
                    texts.push(text.as_str());
                }
                Part::Special(token) => written.push_str(token),
            }
        }
        let theirs = ORACLE.encode_with_special(&written).len();
        assert_eq!(counted(&texts, 10).0 + special, u64::try_from(theirs).unwrap(), "{written}");
        assert!(!written.contains("Hmm."), "an earlier thought is left out");
    }
    let parts = render(&[message(User, "Hi")]);
    let written: String = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Special(token) => token,
        })
        .collect();
    assert_eq!(written, "<｜begin▁of▁sentence｜><｜User｜>Hi<｜Assistant｜></think>");
}

#[test]
fn a_damaged_vocabulary_is_refused() {
    let refused = |packed: &[u8]| Vocabulary::parse(packed).unwrap_err();
    /// The content with a correct checksum.
    fn summed(content: &[u8]) -> Vec<u8> {
        let sum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(content);
        [content, &sum.to_le_bytes()].concat()
    }
    let content = &PACKED[..PACKED.len() - 4];
    assert!(Vocabulary::parse(&summed(content)).is_ok());
    for short in [0, 7, 8, 11, 12, 263, 264, 268] {
        assert!(
            matches!(refused(&PACKED[..short]), VocabularyError::Format | VocabularyError::Checksum),
            "{short}"
        );
        assert_eq!(refused(&summed(&PACKED[..short])), VocabularyError::Format, "{short}");
    }
    assert_eq!(refused(&PACKED[..PACKED.len() - 1]), VocabularyError::Checksum);
    let with = |at: usize, byte: u8| {
        let mut changed = content.to_vec();
        assert_ne!(changed[at], byte);
        changed[at] = byte;
        changed
    };
    assert_eq!(refused(&summed(&with(7, b'2'))), VocabularyError::Format);
    assert_eq!(
        refused(&[with(5_000, content[5_000] ^ 1).as_slice(), &PACKED[PACKED.len() - 4..]].concat()),
        VocabularyError::Checksum
    );
    // A byte twice; a merge of tokens that come after it; a merge of a special token.
    assert_eq!(refused(&summed(&with(8, content[9]))), VocabularyError::Contradiction);
    assert_eq!(refused(&summed(&with(8 + 256 + 2 * 127_741, 1))), VocabularyError::Contradiction);
    assert_eq!(refused(&summed(&with(8 + 256, 2))), VocabularyError::Contradiction);
    // The same pair twice.
    let mut twice = content.to_vec();
    for plane in 0..6 {
        let at = 8 + 256 + plane * 127_741;
        twice[at + 1] = twice[at];
    }
    assert_eq!(refused(&summed(&twice)), VocabularyError::Contradiction);
}
