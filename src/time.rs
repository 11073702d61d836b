//! Time as providers bill it: [`Timestamp`], and the UTC [`Day`], [`Month`] and half-open [`Span`].
//!
//! Does not read a clock: the current time always comes from Host.
//!
//! ```
//! use drawdown::time::{Month, Timestamp};
//!
//! let at = Timestamp::parse("2026-11-22T07:00:00+01:00").unwrap();
//! assert_eq!(at.to_string(), "2026-11-22T06:00:00Z");
//! assert_eq!(at.month(), Month::parse("2026-11").unwrap());
//! assert_eq!(at.month().span().to.to_string(), "2026-12-01T00:00:00Z");
//! ```

use core::fmt;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::money::Amount;

/// Milliseconds in a second.
pub const SECOND: u64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: u64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: u64 = 60 * MINUTE;
/// Milliseconds in a UTC day: providers bill by it, and it has no leap second.
pub const DAY: u64 = 24 * HOUR;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

/// The last millisecond of the year 9999: later years do not fit into four digits.
const LAST: u64 = 253_402_300_799_999;

impl Timestamp {
    /// From a clock's milliseconds, clamped to the years 1970 to 9999.
    pub const fn from_ms(ms: u64) -> Timestamp {
        Timestamp(if ms < LAST { ms } else { LAST })
    }

    /// Parses RFC 3339, with any offset. `None` for anything else, or before 1970.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let ms = DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis();
        u64::try_from(ms).ok().map(Timestamp::from_ms)
    }

    /// Parses the date of an HTTP header, which has one form: `Sun, 22 Nov 2026 07:00:00 GMT` (RFC 9110, 5.6.7). `None` for
    /// anything else. Does not use chrono's parser of RFC 2822, which adds 16 KB to the module: the parts are those of RFC 3339
    /// in another order.
    pub fn parse_http(text: &str) -> Option<Timestamp> {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let mut words = text.split_ascii_whitespace().skip(1);
        let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let month = MONTHS.iter().position(|name| *name == month)? + 1;
        let is_utc = words.next() == Some("GMT") && words.next().is_none();
        Timestamp::parse(&format!("{year}-{month:02}-{day}T{clock}Z")).filter(|_| is_utc)
    }

    /// Milliseconds since 1970.
    pub fn ms(self) -> u64 {
        self.0
    }

    /// The instant that many milliseconds later.
    pub fn plus(self, ms: u64) -> Timestamp {
        Timestamp::from_ms(self.0.saturating_add(ms))
    }

    /// The instant that many milliseconds earlier, 1970 at the earliest.
    pub fn minus(self, ms: u64) -> Timestamp {
        Timestamp(self.0.saturating_sub(ms))
    }

    /// Milliseconds from `earlier` to this; 0 if `earlier` is later (a clock may be set back).
    pub fn since(self, earlier: Timestamp) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The UTC day that contains this instant.
    pub fn day(self) -> Day {
        Day(self.0 / DAY)
    }

    /// The UTC month that contains this instant.
    pub fn month(self) -> Month {
        self.day().month()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = i64::try_from(self.0)
            .ok()
            .and_then(DateTime::from_timestamp_millis)
            .map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        to.write_str(&text.unwrap_or_default())
    }
}

/// Stored as milliseconds, because there are many readings and storage is small.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        u64::deserialize(from).map(Timestamp::from_ms)
    }
}

/// A UTC calendar day, as the number of days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u64);

impl Day {
    /// 1970-01-01, the earliest day.
    pub const FIRST: Day = Day(0);

    /// Parses `2026-11-22`. `None` for anything else, or before 1970.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let is_plain = text.len() == 10 && !text.contains('+');
        is_plain
            .then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
            .flatten()
            .and_then(Day::from_date)
    }

    /// From its first midnight to the next.
    pub fn span(self) -> Span {
        let from = Timestamp::from_ms(self.0 * DAY);
        Span { from, to: from.plus(DAY) }
    }

    /// The day after.
    pub fn next(self) -> Day {
        Day(self.0 + 1)
    }

    /// The day before.
    pub fn previous(self) -> Day {
        Day(self.0.saturating_sub(1))
    }

    /// The month that contains it.
    pub fn month(self) -> Month {
        let date = self.date();
        Month { year: date.year(), month: date.month() }
    }

    /// The day of the month, from 1.
    pub fn number(self) -> u32 {
        self.date().day()
    }

    /// The day of the week, from 0 for Sunday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from((self.0 + 4) % 7).unwrap_or_default()
    }

    fn from_date(date: NaiveDate) -> Option<Day> {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        u64::try_from(days).ok().map(Day)
    }

    fn date(self) -> NaiveDate {
        NaiveDate::default().checked_add_days(chrono::Days::new(self.0)).unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(to)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        let text = String::deserialize(from)?;
        Day::parse(&text).ok_or_else(|| de::Error::custom("not a day like 2026-11-22"))
    }
}

/// A UTC calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// Parses `2026-11`. `None` for anything else, or before 1970.
    pub fn parse(text: &str) -> Option<Month> {
        Day::parse(&format!("{text}-01")).map(Day::month)
    }

    /// From its first midnight to the first midnight of the next month.
    pub fn span(self) -> Span {
        Span { from: self.day(1).span().from, to: self.next().day(1).span().from }
    }

    /// The number of its days.
    pub fn days(self) -> u32 {
        u32::try_from(self.span().ms() / DAY).unwrap_or(31)
    }

    /// Its day of that number, or its last day if there is none (November 31).
    pub fn day(self, number: u32) -> Day {
        (1..=number.clamp(1, 31))
            .rev()
            .find_map(|number| NaiveDate::from_ymd_opt(self.year, self.month, number))
            .and_then(Day::from_date)
            .unwrap_or(Day(0))
    }

    /// The month after.
    pub fn next(self) -> Month {
        match self.month {
            12 => Month { year: self.year + 1, month: 1 },
            month => Month { year: self.year, month: month + 1 },
        }
    }

    /// The month before.
    pub fn previous(self) -> Month {
        match self.month {
            1 => Month { year: self.year - 1, month: 12 },
            month => Month { year: self.year, month: month - 1 },
        }
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its number in the year, from 1 for January.
    pub fn number(self) -> u32 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Month, D::Error> {
        let text = String::deserialize(from)?;
        Month::parse(&text).ok_or_else(|| de::Error::custom("not a month like 2026-11"))
    }
}

/// The time from one instant up to another, which is excluded. Stored as `[from, to]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Timestamp, Timestamp)", into = "(Timestamp, Timestamp)")]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

impl Span {
    /// Its length in milliseconds.
    pub fn ms(self) -> u64 {
        self.to.since(self.from)
    }

    /// The time that both contain: empty (from = to) if there is none.
    pub fn overlap(self, other: Span) -> Span {
        let from = self.from.max(other.from);
        Span { from, to: self.to.min(other.to).max(from) }
    }

    /// From the earlier start to the later end of both.
    pub fn hull(self, other: Span) -> Span {
        Span { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// The share of `amount` for `part`, when `amount` is spread evenly over this span: the difference of two cumulative
    /// shares (rule L7), so that the shares of any division sum to `amount`.
    pub fn share(self, amount: Amount, part: Span) -> Amount {
        let part = self.overlap(part);
        let until = |instant: Timestamp| amount.share(instant.since(self.from), self.ms());
        until(part.to) - if part.from == self.from { Amount::ZERO } else { until(part.from) }
    }

    /// Whether the two overlap.
    pub fn meets(self, other: Span) -> bool {
        self.overlap(other).ms() > 0
    }

    /// The UTC day that contains all of it. `None` if it is empty or touches two days.
    pub fn only_day(self) -> Option<Day> {
        let mut days = self.days();
        days.next().filter(|_| days.next().is_none())
    }

    /// The UTC days that it touches, in order.
    pub fn days(self) -> impl Iterator<Item = Day> {
        let Day(first) = self.from.day();
        let Day(end) = self.to.minus(1).day();
        (first..=end).take(if self.ms() > 0 { usize::MAX } else { 0 }).map(Day)
    }
}

impl From<(Timestamp, Timestamp)> for Span {
    fn from((from, to): (Timestamp, Timestamp)) -> Span {
        Span { from, to }
    }
}

impl From<Span> for (Timestamp, Timestamp) {
    fn from(Span { from, to }: Span) -> (Timestamp, Timestamp) {
        (from, to)
    }
}
