//! This version's lines of CHANGELOG.md. They are cut out at compile time, so that the module holds nothing else of the file. A
//! version without such lines does not compile.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the compiler runs this, and stops where an index is wrong"
)]

use crate::text::Language;

const CHANGELOG: &[u8] = include_bytes!("../../../CHANGELOG.md");

const SECTION: usize = after(concat!("\n## ", env!("CARGO_PKG_VERSION"), "\n"), 0);
const ENGLISH_FROM: usize = after("\n### What's new\n", SECTION);
const CHINESE_FROM: usize = after("\n### 新功能\n", ENGLISH_FROM);

static ENGLISH: [u8; length(ENGLISH_FROM)] = cut(ENGLISH_FROM);
static CHINESE: [u8; length(CHINESE_FROM)] = cut(CHINESE_FROM);

/// The lines in a language.
pub(super) fn lines(language: Language) -> impl Iterator<Item = &'static str> {
    let text: &[u8] = match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let text = core::str::from_utf8(text).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("- "))
}

/// Whether a heading begins at this position.
const fn stands_at(place: usize, heading: &str) -> bool {
    let heading = heading.as_bytes();
    let mut at = 0;
    while at < heading.len() {
        if place + at >= CHANGELOG.len() || CHANGELOG[place + at] != heading[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The position after the first occurrence of this heading.
const fn after(heading: &str, from: usize) -> usize {
    let mut place = from;
    while place < CHANGELOG.len() {
        if stands_at(place, heading) {
            return place + heading.len();
        }
        place += 1;
    }
    panic!("CHANGELOG.md lacks the section of this version, or its part \"What's new\" or \"新功能\"");
}

/// The number of bytes up to the next heading.
const fn length(from: usize) -> usize {
    let mut place = from;
    while place < CHANGELOG.len() && !stands_at(place, "\n#") {
        place += 1;
    }
    place - from
}

/// The bytes from this position.
const fn cut<const LENGTH: usize>(from: usize) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        bytes[at] = CHANGELOG[from + at];
        at += 1;
    }
    bytes
}
