//! An amount as people write it: `$150`, `1,500`, `150,50 €`, `1 500.25`, `USD 20`, fullwidth digits.
//!
//! Spaces and apostrophes group digits. If a point and a comma occur, the last one is the decimal separator; one that occurs
//! several times groups. A single one before exactly three digits can mean both: it is read as in English and Chinese, and the
//! page asks once whether that is right ([`Rejected::Unclear`]). A currency other than the form's is refused.
//!
//! ```
//! use drawdown::money::Currency;
//! use drawdown::ui::Form;
//!
//! let form = Form::new("budget", &[("amount", "¥1.200,5")]);
//! let yuan = Currency::parse("CNY").unwrap();
//! assert_eq!(form.needed_amount("amount").unwrap().amount_in(yuan).unwrap().to_string(), "1200.5");
//! assert!(form.needed_amount("amount").unwrap().amount_in(Currency::USD).is_err());
//! ```

#[cfg(test)]
mod tests;

use crate::app::{Rejected, Sentence};
use crate::money::{Amount, Currency, Rate};
use crate::ui::format;
use crate::ui::words::words;

/// An amount as it was entered, before its currency is known.
#[derive(Clone, Debug)]
pub struct AmountInput {
    /// The name of the form field.
    field: String,
    /// The text as entered.
    text: String,
    /// Whether the user has confirmed how this text is read.
    is_confirmed: bool,
    number: Number,
    /// The currency in the text.
    mark: Option<String>,
}

/// The number in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    amount: Amount,
    /// Both readings of its only separator: as a group separator, and as a decimal separator.
    either: Option<(Amount, Amount)>,
}

/// Currency signs, and the currencies that each can mean.
const SIGNS: [(&str, &str); 17] = [
    ("$", "USD AUD CAD HKD SGD NZD TWD MXN ARS CLP COP"),
    ("US$", "USD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("NZ$", "NZD"),
    ("NT$", "TWD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "CNY JPY"),
    ("JP¥", "JPY"),
    ("CN¥", "CNY"),
    ("RMB", "CNY"),
    ("元", "CNY HKD TWD"),
    ("₹", "INR"),
];

impl AmountInput {
    /// Parses a text. `None` if it is not an amount.
    pub(crate) fn parse(field: &str, text: &str, confirmed: &str) -> Option<AmountInput> {
        let plain: String = text.chars().map(plain).collect();
        let (mark, digits) = split_mark(plain.trim())?;
        if mark.as_ref().is_some_and(|mark| !is_currency(mark)) {
            return None;
        }
        let number = Number::parse(digits.trim())?;
        Some(AmountInput {
            field: field.to_owned(),
            text: text.to_owned(),
            is_confirmed: confirmed == text,
            number,
            mark,
        })
    }

    /// Whether the amount is zero in either reading.
    pub fn is_zero(&self) -> bool {
        self.number.amount.is_zero()
    }

    /// Whether the amount is negative in either reading.
    pub fn is_negative(&self) -> bool {
        self.number.amount.is_negative()
    }

    /// The amount in the form's currency. Rejected if the text names another currency or is ambiguous.
    pub fn amount_in(&self, currency: Currency) -> Result<Amount, Rejected> {
        if let Some(mark) = self.mark.as_ref().filter(|mark| !stands_for(mark, currency)) {
            let (code, mark) = (currency.to_string(), mark.clone());
            let sentence = move |language| (words(language).other_currency)(&mark, &code);
            return Err(Rejected::says(sentence).at(&self.field));
        }
        match self.number.either {
            // In a currency without decimals, a separator groups.
            Some((grouped, _)) if currency.decimals() == 0 => Ok(grouped),
            _ => self.clear(move |amount| format::exact(amount, currency)),
        }
    }

    /// The amount as a bare number. Rejected if the text names a currency or is ambiguous.
    pub fn amount(&self) -> Result<Amount, Rejected> {
        match self.mark {
            Some(_) => Err(Rejected::phrase(|words| words.bad_amount).at(&self.field)),
            None => self.clear(|amount| amount.to_string()),
        }
    }

    /// An exchange rate. A point before three digits is a decimal point, because rates often have three decimals. `None` unless
    /// above zero.
    pub fn rate(&self) -> Result<Option<Rate>, Rejected> {
        let has_point = self.text.contains(['.', '．']);
        let amount = if has_point { self.number.amount } else { self.amount()? };
        Ok(amount.over(Amount::whole(1)).and_then(Rate::above_zero))
    }

    fn clear(&self, write: impl Fn(Amount) -> String + 'static) -> Result<Amount, Rejected> {
        let amount = self.number.amount;
        if self.number.either.is_none() || self.is_confirmed {
            return Ok(amount);
        }
        let sentence = Sentence::new(move |language| (words(language).is_it)(&write(amount)));
        Err(Rejected::Unclear { field: self.field.clone(), text: self.text.clone(), sentence })
    }
}

/// An amount as a field value that is read back unchanged, without a question.
pub(crate) fn field_text(amount: Amount, currency: Currency) -> String {
    let text = amount.to_fixed(currency.decimals());
    let text = if Amount::parse(&text) == Ok(amount) { text } else { amount.to_string() };
    let is_unclear = AmountInput::parse("", &text, "").is_some_and(|read| read.number.either.is_some());
    if is_unclear && currency.decimals() > 0 { text + "0" } else { text }
}

impl Number {
    fn parse(text: &str) -> Option<Number> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim()),
            None => (false, text.strip_prefix('+').unwrap_or(text).trim()),
        };
        let signed = |amount: Amount| if is_negative { -amount } else { amount };
        let is_number = |letter: char| letter.is_ascii_digit() || ".,' ".contains(letter);
        if !text.contains(|letter: char| letter.is_ascii_digit()) || !text.chars().all(is_number) {
            return None;
        }
        let last = text.rfind(['.', ',']);
        let Some((whole, mark, part)) = last.and_then(|at| split_at_separator(text, at)) else {
            return Some(Number { amount: signed(parse_grouped(text)?), either: None });
        };
        let (is_same_before, is_any_before) = (whole.contains(mark), whole.contains(['.', ',']));
        if part.contains(['\'', ' '])
            || (is_same_before && whole.contains(if mark == '.' { ',' } else { '.' }))
        {
            return None;
        }
        if is_same_before {
            return Some(Number { amount: signed(parse_grouped(text)?), either: None });
        }
        let decimal = signed(Amount::parse(&format!("{}.{part}", digits_of(whole)?)).ok()?);
        let is_group = part.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && !whole.contains(['\'', ' ']);
        if is_any_before || !is_group {
            return Some(Number { amount: decimal, either: None });
        }
        let grouped = signed(parse_grouped(text)?);
        let amount = if mark == ',' { grouped } else { decimal };
        Some(Number { amount, either: Some((grouped, decimal)) })
    }
}

fn split_at_separator(text: &str, at: usize) -> Option<(&str, char, &str)> {
    let (whole, rest) = text.split_at_checked(at)?;
    let mut rest = rest.chars();
    let mark = rest.next()?;
    Some((whole, mark, rest.as_str()))
}

/// Parses a whole number; its digits may be grouped.
fn parse_grouped(text: &str) -> Option<Amount> {
    Amount::parse(&digits_of(text)?).ok()
}

/// The digits of a whole number; empty text is zero. Groups have three digits, or two as in India; the last has three.
fn digits_of(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(['.', ',', '\'', ' ']).collect();
    let (last, before) = groups.split_last()?;
    let (first, inner) = before.split_first().map_or((None, before), |(first, inner)| (Some(*first), inner));
    let is_grouped = first.is_none_or(|first| {
        (1..=3).contains(&first.len())
            && last.len() == 3
            && inner.iter().all(|group| (2..=3).contains(&group.len()))
    });
    let digits = groups.concat();
    is_grouped.then(|| if digits.is_empty() { "0".to_owned() } else { digits })
}

/// A letter without width and other variants.
fn plain(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32);
            narrow.unwrap_or(letter)
        }
        '￥' => '¥',
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\u{3000}' | '\t' => ' ',
        '’' | '‘' | '`' => '\'',
        '−' | '–' => '-',
        '、' => ',',
        '。' => '.',
        letter => letter,
    }
}

/// Splits the currency before or after a number from the signed rest. `None` if there is text on both sides.
fn split_mark(text: &str) -> Option<(Option<String>, String)> {
    let is_number = |letter: char| letter.is_ascii_digit() || "-+.,' ".contains(letter);
    let is_mark = |letter: char| !is_number(letter);
    let (sign, unsigned) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.get(..1).unwrap_or_default(), rest.trim_start()),
        None => ("", text),
    };
    let before = unsigned.find(is_number)?;
    let (prefix, rest) = unsigned.split_at_checked(before)?;
    let after = rest.find(is_mark).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at_checked(after)?;
    let mark = match (prefix, suffix.trim()) {
        ("", "") => None,
        (mark, "") | ("", mark) => Some(mark.to_owned()),
        _ => return None,
    };
    Some((mark, format!("{sign}{digits}")))
}

fn is_currency(mark: &str) -> bool {
    Currency::parse(mark).is_some() || SIGNS.iter().any(|(sign, _)| sign.eq_ignore_ascii_case(mark))
}

fn stands_for(mark: &str, currency: Currency) -> bool {
    let known = SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(mark));
    known.map_or_else(
        || Currency::parse(mark) == Some(currency),
        |(_, codes)| codes.split(' ').any(|code| code == currency.code()),
    )
}
