//! The compact text form of a UTC day's observations, because there are many of them and storage is limited.
//!
//! Knows how to append an observation, and how to parse a day's text exactly, to the millisecond and the last digit. Does not
//! know which days are kept, nor for how long.
//!
//! ```text
//!   day     = entry *( ";" entry )
//!   entry   = time [ role ] *( "," book )
//!   time    = milliseconds since the previous entry, or since the day began for the first; in base 36
//!   role    = "!" for a baseline, "?" for one set aside; none for one that follows
//!   book    = changed                         if code and shape equal those at the same place in the previous entry
//!           / code ":" total                  a balance
//!           / code ":" granted "/" topped-up
//!           / code "#" total [ "/" month ]    a counter
//!   changed = change [ "/" change ]
//!   change  = "" for none / fall / "+" rise / "=" amount
//!   fall    = number of units of the last digit, in base 36; rise is the same
//! ```
//!
//! A book that an entry leaves out was absent from the answer, which is neither zero nor unchanged (rule L1).
//!
//! ```
//! use drawdown::time::Day;
//! use drawdown::books::reading::parse_day;
//!
//! let day = Day::parse("2026-11-22").unwrap();
//! let observed = parse_day(day, "f00g0!,USD:5.00/15.00;6fhc,1e;6fhc,").unwrap();
//! let left = observed.iter().map(|observed| observed.readings[0].left().unwrap().amount.to_string());
//! assert_eq!(left.collect::<Vec<_>>(), ["20", "19.5", "19.5"]);
//! ```

use crate::books::reading::{Balance, Counter, Observation, ParseReadingError, Pools, Reading, Role};
use crate::money::{Amount, Currency};
use crate::time::Day;

/// One book of an entry. The shape is its kind, counter or balance, and its number of amounts.
#[derive(Clone, Copy)]
struct BookKey {
    currency: Currency,
    is_counter: bool,
    first: Amount,
    second: Option<Amount>,
}

impl BookKey {
    fn new(reading: &Reading) -> BookKey {
        let (currency, is_counter, first, second) = match *reading {
            Reading::Balance(Balance { currency, pools: Pools::Total(total) }) => {
                (currency, false, total, None)
            }
            Reading::Balance(Balance { currency, pools: Pools::Split { granted, topped_up } }) => {
                (currency, false, granted, Some(topped_up))
            }
            Reading::Counter(Counter { currency, total, this_month }) => (currency, true, total, this_month),
        };
        BookKey { currency, is_counter, first, second }
    }

    fn reading(self) -> Reading {
        let BookKey { currency, is_counter, first, second } = self;
        match (is_counter, second) {
            (true, this_month) => Reading::Counter(Counter { currency, total: first, this_month }),
            (false, None) => Reading::Balance(Balance { currency, pools: Pools::Total(first) }),
            (false, Some(topped_up)) => {
                Reading::Balance(Balance { currency, pools: Pools::Split { granted: first, topped_up } })
            }
        }
    }

    fn is_like(&self, other: &BookKey) -> bool {
        (self.currency, self.is_counter, self.second.is_some())
            == (other.currency, other.is_counter, other.second.is_some())
    }
}

/// Appends an observation of that day to the text. `before` is the last observation in the text; without one, the text must be
/// empty. The observation must not be earlier than `before`.
pub fn write_next(text: &mut String, day: Day, before: Option<&Observation>, observed: &Observation) {
    let since = before.map_or(day.span().from, |before| before.at);
    if before.is_some() {
        text.push(';');
    }
    write_number(text, observed.at.since(since));
    match observed.role {
        Role::Follows => {}
        Role::Baseline => text.push('!'),
        Role::Aside => text.push('?'),
    }
    let mut earlier = before.into_iter().flat_map(|before| &before.readings).map(BookKey::new);
    for book in observed.readings.iter().map(BookKey::new) {
        text.push(',');
        match earlier.next().filter(|earlier| earlier.is_like(&book)) {
            Some(earlier) => write_changed(text, &earlier, &book),
            None => write_whole(text, &book),
        }
    }
}

fn write_whole(text: &mut String, book: &BookKey) {
    text.push_str(book.currency.code());
    text.push(if book.is_counter { '#' } else { ':' });
    text.push_str(&book.first.to_stored());
    if let Some(second) = book.second {
        text.push('/');
        text.push_str(&second.to_stored());
    }
}

fn write_changed(text: &mut String, before: &BookKey, book: &BookKey) {
    write_change(text, before.first, book.first);
    if let (Some(before), Some(second)) = (before.second, book.second) {
        let end = text.len();
        text.push('/');
        write_change(text, before, second);
        if text.len() == end + 1 {
            text.truncate(end);
        }
    }
}

/// Writes a difference if it parses back to exactly the same digits, otherwise the amount itself.
fn write_change(text: &mut String, before: Amount, amount: Amount) {
    let ((old_digits, _), (new_digits, _)) = (before.digits(), amount.digits());
    let is_rise = new_digits > old_digits;
    let is_same = |units: &u64| {
        moved(before, *units, is_rise).is_some_and(|read| read.to_stored() == amount.to_stored())
    };
    match u64::try_from(old_digits.abs_diff(new_digits)).ok().filter(is_same) {
        Some(0) => {}
        Some(units) => {
            text.extend(is_rise.then_some('+'));
            write_number(text, units);
        }
        None => {
            text.push('=');
            text.push_str(&amount.to_stored());
        }
    }
}

/// The amount after a fall or a rise of this many units of its last digit. `None` if it does not fit.
fn moved(before: Amount, units: u64, is_rise: bool) -> Option<Amount> {
    if units == 0 {
        return Some(before);
    }
    let (digits, decimals) = before.digits();
    let units = i128::from(units);
    Amount::from_digits(if is_rise { digits + units } else { digits - units }, decimals)
}

fn write_number(text: &mut String, number: u64) {
    if number >= 36 {
        write_number(text, number / 36);
    }
    text.extend(u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36)));
}

/// Parses a day's text. Fails on any text that [`write_next`] does not write.
pub fn parse_day(day: Day, text: &str) -> Result<Vec<Observation>, ParseReadingError> {
    let (mut rest, mut at) = (Rest(text), day.span().from);
    let mut observed: Vec<Observation> = Vec::with_capacity(text.len() / 12);
    loop {
        at = at.plus(rest.number().ok_or(ParseReadingError)?);
        if at >= day.span().to {
            return Err(ParseReadingError);
        }
        let role = if rest.takes(b'!') {
            Role::Baseline
        } else if rest.takes(b'?') {
            Role::Aside
        } else {
            Role::Follows
        };
        let before = observed.last().map_or(&[][..], |before| &before.readings);
        let mut readings = Vec::with_capacity(before.len().max(1));
        while rest.takes(b',') {
            readings.push(rest.book(before.get(readings.len())).ok_or(ParseReadingError)?.reading());
        }
        observed.push(Observation { at, role, readings });
        if rest.0.is_empty() {
            return Ok(observed);
        }
        if !rest.takes(b';') {
            return Err(ParseReadingError);
        }
    }
}

/// The text that is not parsed yet.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Consumes the next character if it is `sign`.
    fn takes(&mut self, sign: u8) -> bool {
        let is_next = self.0.as_bytes().first() == Some(&sign);
        if is_next {
            self.skip(1);
        }
        is_next
    }

    fn skip(&mut self, bytes: usize) {
        self.0 = self.0.get(bytes..).unwrap_or_default();
    }

    /// Parses a number in base 36. `None` without a digit, and if it does not fit.
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut length) = (0_u64, 0);
        for byte in self.0.bytes() {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'z' => byte - b'a' + 10,
                _ => break,
            };
            number = number.checked_mul(36)?.checked_add(u64::from(digit))?;
            length += 1;
        }
        self.skip(length);
        (length > 0).then_some(number)
    }

    /// Parses a stored amount.
    fn amount(&mut self) -> Option<Amount> {
        let length = self.0.bytes().take_while(|byte| !b",;/".contains(byte)).count();
        let amount = self.0.get(..length).and_then(|text| Amount::parse_stored(text).ok());
        self.skip(length);
        amount
    }

    fn book(&mut self, before: Option<&Reading>) -> Option<BookKey> {
        if !self.0.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase()) {
            let mut book = before.map(BookKey::new)?;
            book.first = self.change(book.first)?;
            if let Some(second) = book.second
                && self.takes(b'/')
            {
                book.second = Some(self.change(second)?);
            }
            return Some(book);
        }
        let currency = self.0.get(..3).and_then(Currency::parse)?;
        self.skip(3);
        let is_counter = self.takes(b'#');
        if !is_counter && !self.takes(b':') {
            return None;
        }
        let first = self.amount()?;
        let second = if self.takes(b'/') { Some(self.amount()?) } else { None };
        Some(BookKey { currency, is_counter, first, second })
    }

    fn change(&mut self, before: Amount) -> Option<Amount> {
        if self.takes(b'=') {
            return self.amount();
        }
        let is_rise = self.takes(b'+');
        let is_none = !is_rise && !self.0.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if is_none { Some(before) } else { moved(before, self.number()?, is_rise) }
    }
}
