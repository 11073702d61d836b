//! The pieces of a text: no token crosses the border between two pieces.
//!
//! DeepSeek's tokenizer splits a text three times: into groups of digits, then into runs of Chinese and Japanese characters, then
//! the rest by one pattern. Here one pass does all three, because no character belongs to two of them. The patterns, from
//! `tokenizer.json` of <https://huggingface.co/deepseek-ai/DeepSeek-V3.1>:
//!
//! ```text
//!   \p{N}{1,3}
//!   [一-龥぀-ゟ゠-ヿ]+
//!   [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+ | [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
//!     | ␠?[\p{P}\p{S}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
//! ```
//!
//! Text that matches none of them is a piece too. The character classes are those of Unicode, from a table, because those of
//! `char` in the standard library differ.
//!
//! ```
//! use drawdown::books::tokens::exact::pieces;
//!
//! let found: Vec<_> = pieces("Hello  world, 12345 你好!").collect();
//! assert_eq!(found, ["Hello", " ", " world", ",", " ", "123", "45", " ", "你好", "!"]);
//! ```

use unicode_general_category::{GeneralCategory, get_general_category};

/// The most digits of a piece.
const DIGITS: usize = 3;

/// The character classes that the patterns distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// `\p{N}`.
    Number,
    /// A Chinese or Japanese character of the second pattern.
    Cjk,
    /// `[\p{L}\p{M}]` except those. A mark differs from a letter in the pattern, but never in its effect.
    Letter,
    /// `[\p{P}\p{S}]`.
    Sign,
    /// `[\r\n]`.
    Newline,
    /// `\s` except those.
    Space,
    /// Control characters, unassigned ones and the like.
    Other,
}

/// The pieces of a text, in order. Joined together, they are the text.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (piece, after) =
            rest.split_at_checked(first_piece(rest)).filter(|(piece, _)| !piece.is_empty())?;
        rest = after;
        Some(piece)
    })
}

/// The length of the first piece.
fn first_piece(text: &str) -> usize {
    let mut after = text.chars();
    let Some(first) = after.next() else { return 0 };
    let (length, after) = (first.len_utf8(), after.as_str());
    let next = after.chars().next();
    let is_next = |class: Class| next.is_some_and(|next| class_of(next) == class);
    match class_of(first) {
        Class::Number => text.chars().take(DIGITS).take_while(is(Class::Number)).map(char::len_utf8).sum(),
        Class::Cjk => run(text, is(Class::Cjk)),
        Class::Letter => run(text, is(Class::Letter)),
        Class::Sign if first.is_ascii() && next.is_some_and(|next| next.is_ascii_alphabetic()) => {
            length + run(after, char::is_ascii_alphabetic)
        }
        Class::Sign => signs(text),
        Class::Space | Class::Other if is_next(Class::Letter) => length + run(after, is(Class::Letter)),
        Class::Space if first == ' ' && is_next(Class::Sign) => length + signs(after),
        Class::Space | Class::Newline => white_space(text),
        Class::Other => unmatched(text),
    }
}

/// `[\p{P}\p{S}]+[\r\n]*`.
fn signs(text: &str) -> usize {
    let signs = run(text, is(Class::Sign));
    signs + text.get(signs..).map_or(0, |after| run(after, is(Class::Newline)))
}

/// `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line end, otherwise all but the space that begins the next piece.
fn white_space(text: &str) -> usize {
    let spaces = text.get(..run(text, |sign| sign.is_whitespace())).unwrap_or_default();
    if let Some(last) = spaces.rfind(['\r', '\n']) {
        return last + 1;
    }
    // Digits and Chinese are split off earlier, so a run of spaces ends there as it does at the end of the text.
    let next = text.get(spaces.len()..).and_then(|after| after.chars().next()).map(class_of);
    if matches!(next, None | Some(Class::Number | Class::Cjk)) {
        return spaces.len();
    }
    let last = spaces.chars().next_back().map_or(0, char::len_utf8);
    if spaces.len() > last { spaces.len() - last } else { last }
}

/// Text that no pattern matches: up to the next match, which may begin with the last of these characters before a letter.
fn unmatched(text: &str) -> usize {
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let is_before_letter = signs.peek().is_some_and(|(_, next)| class_of(*next) == Class::Letter);
        if class_of(sign) != Class::Other || is_before_letter {
            return at;
        }
    }
    text.len()
}

/// The length of a run of characters.
fn run(text: &str, is_in: impl Fn(&char) -> bool) -> usize {
    text.find(|sign| !is_in(&sign)).unwrap_or(text.len())
}

fn is(class: Class) -> impl Fn(&char) -> bool {
    move |sign| class_of(*sign) == class
}

fn class_of(sign: char) -> Class {
    use GeneralCategory as Is;
    match sign {
        'a'..='z' | 'A'..='Z' => return Class::Letter,
        '0'..='9' => return Class::Number,
        '\r' | '\n' => return Class::Newline,
        '\u{4e00}'..='\u{9fa5}' | '\u{3040}'..='\u{30ff}' => return Class::Cjk,
        _ if sign.is_ascii_punctuation() => return Class::Sign,
        _ if sign.is_whitespace() => return Class::Space,
        _ => {}
    }
    match get_general_category(sign) {
        Is::DecimalNumber | Is::LetterNumber | Is::OtherNumber => Class::Number,
        Is::UppercaseLetter
        | Is::LowercaseLetter
        | Is::TitlecaseLetter
        | Is::ModifierLetter
        | Is::OtherLetter
        | Is::NonspacingMark
        | Is::SpacingMark
        | Is::EnclosingMark => Class::Letter,
        Is::ConnectorPunctuation
        | Is::DashPunctuation
        | Is::OpenPunctuation
        | Is::ClosePunctuation
        | Is::InitialPunctuation
        | Is::FinalPunctuation
        | Is::OtherPunctuation
        | Is::MathSymbol
        | Is::CurrencySymbol
        | Is::ModifierSymbol
        | Is::OtherSymbol => Class::Sign,
        _ => Class::Other,
    }
}
