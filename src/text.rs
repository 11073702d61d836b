//! Text that people read, in every language of the pages: the list of languages, and how each writes dates and lists.
//!
//! A missing translation does not compile. Does not know any phrase: the feature that shows it does.
//!
//! ```
//! use drawdown::text::Language;
//! use drawdown::time::Day;
//!
//! let day = Day::parse("2026-11-12").unwrap();
//! assert_eq!(Language::English.date(day), "Nov 12");
//! assert_eq!(Language::Chinese.date(day), "11月12日");
//! assert_eq!(Language::of_browser("zh-TW"), Language::Chinese);
//! assert_eq!(Language::of_browser("fr"), Language::English);
//! ```

use serde::{Deserialize, Serialize};

use crate::time::{DAY, Day, Month};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// American English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

/// One phrase in every language, on the card of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Text {
    /// The phrase in one language.
    pub fn pick(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }
}

const MONTHS: [Text; 12] = [
    Text { en: "January", zh: "1月" },
    Text { en: "February", zh: "2月" },
    Text { en: "March", zh: "3月" },
    Text { en: "April", zh: "4月" },
    Text { en: "May", zh: "5月" },
    Text { en: "June", zh: "6月" },
    Text { en: "July", zh: "7月" },
    Text { en: "August", zh: "8月" },
    Text { en: "September", zh: "9月" },
    Text { en: "October", zh: "10月" },
    Text { en: "November", zh: "11月" },
    Text { en: "December", zh: "12月" },
];

/// Starting with Sunday.
const WEEKDAYS: [Text; 7] = [
    Text { en: "Sun", zh: "周日" },
    Text { en: "Mon", zh: "周一" },
    Text { en: "Tue", zh: "周二" },
    Text { en: "Wed", zh: "周三" },
    Text { en: "Thu", zh: "周四" },
    Text { en: "Fri", zh: "周五" },
    Text { en: "Sat", zh: "周六" },
];

impl Language {
    /// The page language for a browser's language tag, such as `en-US` or `zh-CN`. Readers of Traditional Chinese get
    /// Simplified Chinese, and readers of any other language get English.
    pub fn of_browser(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Language::Chinese } else { Language::English }
    }

    /// Parses the short name of a setting: `en` or `zh`.
    pub fn parse(name: &str) -> Option<Language> {
        match name {
            "en" => Some(Language::English),
            "zh" => Some(Language::Chinese),
            _ => None,
        }
    }

    /// The short name of a setting, see [`Language::parse`].
    pub fn code(self) -> &'static str {
        Text { en: "en", zh: "zh" }.pick(self)
    }

    /// The tag for the `lang` attribute of a page.
    pub fn tag(self) -> &'static str {
        Text { en: "en", zh: "zh-CN" }.pick(self)
    }

    /// The name of a month: "November".
    pub fn month(self, month: Month) -> &'static str {
        let [january, ..] = &MONTHS;
        let place = usize::try_from(month.number().saturating_sub(1)).unwrap_or_default();
        MONTHS.get(place).unwrap_or(january).pick(self)
    }

    /// The first three letters of a month: "Nov".
    pub fn short_month(self, month: Month) -> &'static str {
        let name = self.month(month);
        match self {
            Language::English => name.get(..3).unwrap_or(name),
            Language::Chinese => name,
        }
    }

    /// A month with its year: "November 2026".
    pub fn month_with_year(self, month: Month) -> String {
        match self {
            Language::English => format!("{} {}", self.month(month), month.year()),
            Language::Chinese => format!("{}年{}", month.year(), self.month(month)),
        }
    }

    /// A day of the week, abbreviated: "Thu".
    pub fn weekday(self, day: Day) -> &'static str {
        let [sunday, ..] = &WEEKDAYS;
        WEEKDAYS.get(day.weekday()).unwrap_or(sunday).pick(self)
    }

    /// A day without its year: "Nov 12".
    pub fn date(self, day: Day) -> String {
        match self {
            Language::English => format!("{} {}", self.short_month(day.month()), day.number()),
            Language::Chinese => format!("{}{}日", self.month(day.month()), day.number()),
        }
    }

    /// A day with its year: "Nov 12, 2026".
    pub fn date_with_year(self, day: Day) -> String {
        match self {
            Language::English => format!("{}, {}", self.date(day), day.month().year()),
            Language::Chinese => format!("{}年{}", day.month().year(), self.date(day)),
        }
    }

    /// A day, with its year if it differs from the year of `now`.
    pub fn date_near(self, day: Day, now: Month) -> String {
        if day.month().year() == now.year() { self.date(day) } else { self.date_with_year(day) }
    }

    /// A range of days: "Dec 1–7", "Nov 28 – Dec 3". Years are written if one differs from the year of `now`.
    pub fn dates(self, from: Day, to: Day, now: Month) -> String {
        let is_now = [from, to].iter().all(|day| day.month().year() == now.year());
        match self {
            _ if is_now => self.dates_without_years(from, to),
            _ if from == to => self.date_with_year(from),
            Language::English => format!("{} – {}", self.date_with_year(from), self.date_with_year(to)),
            Language::Chinese => format!("{}至{}", self.date_with_year(from), self.date_with_year(to)),
        }
    }

    /// A range of days around a date that is written next to it: "Dec 28 – Jan 4". Years are written only if a day of the year
    /// would be ambiguous.
    pub fn dates_around(self, from: Day, to: Day) -> String {
        if days_between(from, to) < YEAR {
            self.dates_without_years(from, to)
        } else {
            self.dates(from, to, from.month())
        }
    }

    /// A day next to another date: "Dec 20". The year is written only if they are a year or more apart.
    pub fn date_around(self, day: Day, date: Day) -> String {
        if days_between(day, date) < YEAR { self.date(day) } else { self.date_with_year(day) }
    }

    fn dates_without_years(self, from: Day, to: Day) -> String {
        match self {
            _ if from == to => self.date(from),
            Language::English if from.month() == to.month() => format!("{}–{}", self.date(from), to.number()),
            Language::English => format!("{} – {}", self.date(from), self.date(to)),
            Language::Chinese if from.month() == to.month() => {
                format!("{}至{}日", self.date(from), to.number())
            }
            Language::Chinese => format!("{}至{}", self.date(from), self.date(to)),
        }
    }

    /// Joins items: "A, B, C".
    pub fn list<T: AsRef<str>>(self, items: &[T]) -> String {
        join(items, Text { en: ", ", zh: "、" }.pick(self))
    }

    /// The separator of two sentences: a space in English, nothing in Chinese.
    pub fn space(self) -> &'static str {
        Text { en: " ", zh: "" }.pick(self)
    }

    /// Joins sentences.
    pub fn sentences<T: AsRef<str>>(self, sentences: &[T]) -> String {
        join(sentences, self.space())
    }
}

/// Days of a year: two days closer than this have different dates.
const YEAR: u64 = 365;

fn days_between(from: Day, to: Day) -> u64 {
    to.span().from.since(from.span().from) / DAY
}

fn join<T: AsRef<str>>(items: &[T], between: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    items.join(between)
}
