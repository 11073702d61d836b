//! The formats in which people and programs write days and amounts: `03.11.2026`, `11/3/2026 14:05`, `(1.234,50 €)`.
//!
//! One value may be ambiguous, but a whole file often is not: 13 cannot be a month, and `3,50` cannot be thousands. A file that
//! stays ambiguous is not guessed: the user is asked.

use crate::money::{Amount, Currency};
use crate::time::{Day, Timestamp};

/// The order of day and month before a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `03.11.2026` is in November.
    DayFirst,
    /// `03/11/2026` is in March.
    MonthFirst,
}

/// The decimal separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// The information in one value about the format of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint<T> {
    /// The value is the same in every format.
    Any,
    /// The value is ambiguous.
    Ambiguous,
    /// The value is valid in this format only.
    Clear(T),
}

/// The combined hints of all values of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnHints<T> {
    first: Option<T>,
    is_ambiguous: bool,
}

impl<T: Copy> ColumnHints<T> {
    /// No values yet.
    pub(super) const NONE: ColumnHints<T> = ColumnHints { first: None, is_ambiguous: false };

    /// Adds one value. The first clear one decides: if a later row has another format, reading that row fails.
    pub(super) fn add(&mut self, hint: Hint<T>) {
        match hint {
            Hint::Any => {}
            Hint::Ambiguous => self.is_ambiguous = true,
            Hint::Clear(format) => self.first = self.first.or(Some(format)),
        }
    }

    /// The format; `default` if every value is the same in all formats, and `None` if it stays ambiguous.
    pub(super) fn format(self, default: T) -> Option<T> {
        self.first.or((!self.is_ambiguous).then_some(default))
    }
}

/// The numbers of a date, and the time after it. `None` if the text is not a date.
fn parts(text: &str) -> Option<(Vec<&str>, &str)> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let mut separators = date.chars().filter(|separator| !separator.is_ascii_digit());
    let first = separators.next();
    let is_plain = first.is_none_or(|separator| "-/.".contains(separator))
        && separators.all(|separator| Some(separator) == first);
    // Three short numbers with dashes are ambiguous: the year may come first or last.
    let is_clear = first != Some('-') || date.len() > 8;
    (is_plain && is_clear).then(|| (date.split(['-', '/', '.']).collect(), time.trim()))
}

/// Whether the text is a year: four digits, or the last two digits of a year since 2015.
fn is_year(text: &str) -> bool {
    text.len() == 4 || (text.len() == 2 && text >= "15")
}

/// The hint of a date about the order of day and month.
pub(super) fn hint_of_day(text: &str) -> Hint<Order> {
    let (parts, _) = parts(text).unwrap_or_default();
    let [one, two, year] = parts.as_slice() else { return Hint::Any };
    let (Ok(one), Ok(two), true) = (one.parse::<u32>(), two.parse::<u32>(), is_year(year)) else {
        return Hint::Any;
    };
    match (one > 12, two > 12) {
        (true, false) => Hint::Clear(Order::DayFirst),
        (false, true) => Hint::Clear(Order::MonthFirst),
        (false, false) if one != two => Hint::Ambiguous,
        _ => Hint::Any,
    }
}

/// Parses the UTC day of a date or a time. A time without a zone is UTC, like the days of bills.
pub(super) fn day(text: &str, order: Order) -> Option<Day> {
    let (parts, time) = parts(text)?;
    let (year, month, day) = match parts.as_slice() {
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [one, two, year] if is_year(year) => match order {
            Order::DayFirst => (*year, *two, *one),
            Order::MonthFirst => (*year, *one, *two),
        },
        _ => return None,
    };
    let is_short = |part: &str| part.len() == 1 || part.len() == 2;
    let date = (is_short(month) && is_short(day)).then(|| format!("{year}-{month:0>2}-{day:0>2}"))?;
    let date = if year.len() == 2 { format!("20{date}") } else { date };
    let time = time.to_ascii_uppercase();
    let local = time.strip_suffix("UTC").or(time.strip_suffix('Z')).unwrap_or(&time);
    if local.bytes().all(|byte| byte.is_ascii_digit() || b":. APM".contains(&byte)) {
        return Day::parse(&date);
    }
    let date_and_time = format!("{date}T{}", time.replace(' ', ""));
    Timestamp::parse(&date_and_time).map(Timestamp::day)
}

/// Whether the text is a date without a time.
pub(super) fn is_bare(text: &str) -> bool {
    parts(text).is_some_and(|(_, time)| time.is_empty())
}

/// Whether the text is a time at the start of a UTC day, and not only a date.
pub(super) fn is_midnight(text: &str) -> bool {
    let time = parts(text).map_or("", |(_, time)| time).to_ascii_uppercase();
    let time = ["UTC", "Z", "+00:00"].iter().find_map(|zone| time.strip_suffix(zone)).unwrap_or(&time);
    !time.is_empty() && time.bytes().all(|byte| b"0:. ".contains(&byte))
}

/// Words for no charge.
const FREE: [&str; 14] = [
    "-",
    "–",
    "—",
    "included",
    "incl.",
    "free",
    "free of charge",
    "no charge",
    "waived",
    "kostenlos",
    "inklusive",
    "免费",
    "包含",
    "已包含",
];

/// Whether the cell of an amount means that nothing was charged: it is empty, or a word for no charge.
pub(super) fn is_no_charge(text: &str) -> bool {
    // Spreadsheets write a zero as `$ -`.
    let word = text.trim_matches(|sign: char| "$€£¥￥ ".contains(sign));
    text.is_empty() || FREE.iter().any(|free| word.eq_ignore_ascii_case(free))
}

/// Usual names of currencies, and their codes.
const NAMES: [(&str, &str); 23] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("US$", "USD"),
    ("$US", "USD"),
    ("RMB", "CNY"),
    ("CNH", "CNY"),
    ("CN¥", "CNY"),
    ("元", "CNY"),
    ("人民币", "CNY"),
    ("JP¥", "JPY"),
    ("円", "JPY"),
    ("日元", "JPY"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("NT$", "TWD"),
    ("₹", "INR"),
    ("₩", "KRW"),
];

/// Parses a currency by its ISO code, its sign or a usual name. `None` if it is unknown or ambiguous.
pub(super) fn currency(text: &str) -> Option<Currency> {
    let name = text.trim();
    let named = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let code = named.map_or(name, |(_, code)| *code);
    Currency::parse(code).filter(|currency| iso_currency::Currency::from_code(currency.code()).is_some())
}

/// Splits a text into the parts before its first digit, from the first digit to the last, and after the last.
fn split_number(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(|character: char| character.is_ascii_digit())?;
    let last = text.rfind(|character: char| character.is_ascii_digit())?;
    let before = text.get(..first)?;
    let from = if before.ends_with(['.', ',']) { first - 1 } else { first };
    Some((text.get(..from)?, text.get(from..=last)?, text.get(last + 1..)?))
}

/// The hint of an amount about its decimal separator.
pub(super) fn hint_of_amount(text: &str) -> Hint<Decimals> {
    let Some((_, number, _)) = split_number(text) else { return Hint::Any };
    let is_exponential = number.contains(['e', 'E']);
    let count = |separator: char| number.matches(separator).count();
    let (separator, is_decimal) = match (count('.'), count(',')) {
        (0, 0) => return Hint::Any,
        (1, 0) => ('.', true),
        (0, 1) => (',', true),
        // Of two different separators, the last one is the decimal separator.
        (1.., 1..) => (if number.rfind('.') > number.rfind(',') { '.' } else { ',' }, true),
        // A separator that is repeated separates thousands.
        (_, 0) => ('.', false),
        (0, _) => (',', false),
    };
    let (whole, after) = number.split_once(separator).unwrap_or_default();
    let may_be_thousands =
        after.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !is_exponential;
    match (separator, is_decimal) {
        _ if count('.') + count(',') == 1 && may_be_thousands => Hint::Ambiguous,
        ('.', true) | (',', false) => Hint::Clear(Decimals::Point),
        _ => Hint::Clear(Decimals::Comma),
    }
}

/// Parses an amount in this currency. A negative amount has a minus on either side, or brackets. The sign or code of a currency
/// may be on either side, and must be that of this currency. Thousands are in groups of three, with one separator.
pub(super) fn amount(text: &str, decimals: Decimals, currency: Currency) -> Option<Amount> {
    let (amount, mark) = parse_marked(text, decimals)?;
    is_of(&mark, currency).then_some(amount)
}

/// Parses an amount, and the text next to it that names a currency.
pub(super) fn parse_marked(text: &str, decimals: Decimals) -> Option<(Amount, String)> {
    let (before, digits, after) = split_number(text)?;
    let around: String =
        [before, after].concat().chars().filter(|character| !character.is_whitespace()).collect();
    let (around, is_bracketed) = match around.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.to_owned(), true),
        None => (around, false),
    };
    let mark: String = around.chars().filter(|character| !"+-−".contains(*character)).collect();
    let signs: Vec<char> = around.chars().filter(|sign| "+-−".contains(*sign)).collect();
    let is_negative = match (signs.as_slice(), is_bracketed) {
        ([], is_bracketed) => is_bracketed,
        ([sign], false) => *sign != '+',
        _ => return None,
    };
    let amount = parse_number(digits, decimals)?;
    Some((if is_negative { -amount } else { amount }, mark))
}

/// Whether a currency sign next to an amount may stand for this currency. A dollar sign may stand for any dollar.
fn is_of(mark: &str, currency: Currency) -> bool {
    let code = currency.code();
    match mark {
        "" => true,
        "$" => code.ends_with('D'),
        "¥" | "￥" => code == "CNY" || code == "JPY",
        mark => mark.eq_ignore_ascii_case(code) || self::currency(mark) == Some(currency),
    }
}

/// Parses digits with groups of thousands, decimals and an exponent.
fn parse_number(text: &str, decimals: Decimals) -> Option<Amount> {
    let (point, thousands) = match decimals {
        Decimals::Point => ('.', ','),
        Decimals::Comma => (',', '.'),
    };
    let (digits, exponent) =
        text.find(['e', 'E']).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let (whole, fraction) = match digits.split_once(point) {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits, String::new()),
    };
    let separators: Vec<char> = whole.chars().filter(|character| !character.is_ascii_digit()).collect();
    let is_separator = |character: &char| *character == thousands || "'’ \u{a0}\u{202f}".contains(*character);
    let is_consistent =
        separators.iter().all(|character| is_separator(character) && separators.first() == Some(character));
    let groups: Vec<&str> = whole.split(|character: char| !character.is_ascii_digit()).collect();
    let is_grouped = match groups.as_slice() {
        [_] => true,
        [first, others @ ..] => (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3),
        [] => false,
    };
    (is_consistent && is_grouped)
        .then(|| Amount::parse(&[&groups.concat(), &*fraction, exponent].concat()).ok())
        .flatten()
}
