//! A form's fields, and the command that they are.
//!
//! Knows the names of fields and how each is read. Does not know what a command does.

use core::fmt;
use core::ops::RangeInclusive;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::books::alert::AlertSettings;
use crate::books::correction::{Declared, Kind};
use crate::books::plan::{Every, Plan};
use crate::books::reading::AccountId;
use crate::books::tokens::count;
use crate::command::{BookOf, Books, Command, File, History, Maybe, WhatIf};
use crate::money::{Amount, Currency, Rate};
use crate::screen::Field;
use crate::time::{Day, Timestamp};
use crate::vault::Secret;

/// What a page's form sent, by name. All of it is kept like a secret, because some of it is.
pub(super) struct Fields(Vec<(String, Secret)>);

/// A flat JSON object of texts.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Fields, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = pairs.next_entry::<String, String>()? {
                    fields.push((name, Secret::from(value)));
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Pairs)
    }
}

impl Fields {
    pub(super) fn command(&self) -> Option<Command> {
        Some(match self.text("do") {
            "show" => Command::Show,
            "refresh" => Command::Refresh,
            "requests" => Command::Requests,
            "hide" => Command::Hide { is_hidden: self.is_on("hidden") },
            "unlock" => Command::Unlock { password: self.secret("password") },
            "lock" => Command::Lock,
            "noted" => Command::Noted,
            "connect" => Command::Connect {
                provider: self.owned("provider"),
                label: self.owned("label"),
                key: self.key(),
                settings: self.settings(),
                expires: self.day("key_expires"),
            },
            "seal" => Command::Seal { password: self.secret("password"), again: self.secret("again") },
            "suggest_password" => Command::SuggestPassword,
            "change_password" => Command::ChangePassword {
                current: self.secret("current"),
                password: self.secret("password"),
                again: self.secret("again"),
            },
            "forget_password" => Command::ForgetPassword,
            "replace_key" => Command::ReplaceKey { account: self.account(), key: self.key() },
            "take_key" => Command::TakeKey { account: self.account(), books: self.books()? },
            "drop_key" => Command::DropKey { account: self.account() },
            "pause" => Command::Pause { account: self.account() },
            "resume" => Command::Resume { account: self.account() },
            "rename" => Command::Rename { account: self.account(), label: self.owned("label") },
            "remove" => Command::Remove { account: self.account(), history: self.history()? },
            "declare" => {
                Command::Declare { account: self.account(), declared: self.declared()?, at: self.at() }
            }
            "undo" => Command::Undo { account: self.account(), correction: self.owned("correction") },
            "expiry_day" => Command::ExpiryDay {
                account: self.account(),
                currency: Maybe::parse(self.text("currency"), Currency::parse),
                day: self.day("day"),
            },
            "key_expiry" => Command::KeyExpiry { account: self.account(), day: self.day("key_expires") },
            "reloads" => Command::Reloads { account: self.account(), is_on: self.is_on("on") },
            "import" => Command::Import { account: self.account(), files: self.files("file") },
            "point" => Command::Point { chosen: self.settings() },
            "what_if_text" | "what_if_top_up" | "what_if_growth" => Command::WhatIf(self.what_if()),
            "plan" => Command::Plan { place: self.text("place").parse().ok(), plan: self.plan() },
            "drop_plan" => {
                Command::DropPlan { place: self.text("place").parse().ok()?, name: self.owned("name") }
            }
            "budget" => Command::Budget { amount: self.amount("amount") },
            "rate" => Command::Rate {
                currency: Maybe::parse(self.text("currency"), Currency::parse),
                rate: Maybe::parse(self.text("rate"), Rate::parse),
            },
            "ecb_rates" => Command::EcbRates { is_on: self.is_on("on") },
            "alerts" => Command::Alerts { wanted: self.wanted() },
            "settings" => Command::Settings {
                period_minutes: Maybe::parse(self.text("period_minutes"), |text| text.parse().ok()),
                currency: Maybe::parse(self.text("currency"), Currency::parse),
                lock_after_minutes: Maybe::parse(self.text("lock_after_minutes"), |text| text.parse().ok()),
                is_locked_with_computer: self.is_on("lock_with_computer"),
            },
            _ => return self.keyless().map(Command::Keyless),
        })
    }

    fn field(&self, name: &str) -> Option<&Secret> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &str) -> &str {
        // EXPOSE: which fields are secret is decided by the command, not here.
        self.field(name).map_or("", Secret::expose)
    }

    pub(super) fn owned(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    fn secret(&self, name: &str) -> Secret {
        self.field(name).cloned().unwrap_or_else(|| Secret::new(""))
    }

    /// A key that was pasted, or else the text of a file that was chosen.
    fn key(&self) -> Secret {
        let file = || String::from_utf8(self.files("key").pop()?.bytes?).ok();
        let is_pasted = !self.text("key").trim().is_empty();
        if is_pasted { self.secret("key") } else { Secret::from(file().unwrap_or_default()) }
    }

    pub(super) fn account(&self) -> AccountId {
        AccountId(self.owned("account"))
    }

    /// A checkbox sends `on`, or nothing.
    fn is_on(&self, name: &str) -> bool {
        self.text(name) == "on"
    }

    /// The fields named `settings.NAME`.
    fn settings(&self) -> Vec<(String, String)> {
        let named = |(name, _): &(String, Secret)| {
            Some((name.strip_prefix("settings.")?.to_owned(), self.owned(name)))
        };
        self.0.iter().filter_map(named).collect()
    }

    fn books(&self) -> Option<Books> {
        match self.text("books") {
            "go_on" => Some(Books::GoOn),
            "begin_anew" => Some(Books::BeginAnew),
            _ => None,
        }
    }

    pub(super) fn at(&self) -> Maybe<Timestamp> {
        Maybe::parse(self.text("at"), Timestamp::parse)
    }

    /// `None` where no page would send it; an amount that cannot be read is the user's.
    fn declared(&self) -> Option<Maybe<Declared>> {
        let currency = Currency::parse(self.text("currency"))?;
        let kind = Kind::parse(self.text("kind"))?;
        Some(match self.amount("amount") {
            Maybe::Is(amount) => Maybe::Is(Declared { currency, kind, amount }),
            Maybe::Empty => Maybe::Empty,
            Maybe::Unreadable => Maybe::Unreadable,
        })
    }

    /// An amount as people enter it; none is negative.
    fn amount(&self, name: &str) -> Maybe<Amount> {
        let read = |text: &str| Amount::parse(text).ok().filter(|amount| !amount.is_negative());
        Maybe::parse(self.text(name), read)
    }

    fn day(&self, name: &str) -> Maybe<Day> {
        Maybe::parse(self.text(name), Day::parse)
    }

    fn what_if(&self) -> WhatIf {
        match self.text("do") {
            "what_if_text" => WhatIf::Text {
                count: count(self.text("text")),
                answer: Maybe::parse(self.text("answer"), |text| text.parse().ok()),
                of: self.book(),
                input: self.amount("input"),
                output: self.amount("output"),
                currency: Maybe::parse(self.text("currency"), Currency::parse),
            },
            "what_if_top_up" => WhatIf::TopUp { of: self.book(), amount: self.amount("amount") },
            _ => WhatIf::Growth(Maybe::parse(self.text("percent"), |text| {
                text.strip_suffix('%').unwrap_or(text).trim().parse().ok()
            })),
        }
    }

    /// A book, and what of it: `ID CURRENCY MODEL`.
    fn book(&self) -> Option<BookOf> {
        let (account, rest) = self.text("of").split_once(' ')?;
        let (currency, model) = rest.split_once(' ')?;
        let (account, model) = (AccountId(account.to_owned()), model.to_owned());
        Some(BookOf { account, currency: Currency::parse(currency)?, model })
    }

    /// A plan, or the first of its fields that cannot be read.
    fn plan(&self) -> Result<Plan, Field> {
        let day = |name: &str| match self.day(name) {
            Maybe::Is(day) => Ok(Some(day)),
            Maybe::Empty => Ok(None),
            Maybe::Unreadable => Err(Field::Day),
        };
        let name = self.text("name").trim();
        let Maybe::Is(amount) = self.amount("amount") else { return Err(Field::Amount) };
        let charged = self.text("day").parse().ok().filter(|day| (1..=31).contains(day));
        Ok(Plan {
            name: if name.is_empty() { return Err(Field::Name) } else { name.chars().take(40).collect() },
            amount,
            currency: Currency::parse(self.text("currency").trim()).ok_or(Field::Currency)?,
            every: if self.text("every") == "year" { Every::Year } else { Every::Month },
            day: charged.ok_or(Field::Day)?,
            since: day("since")?.ok_or(Field::Day)?,
            until: day("until")?,
        })
    }

    /// Which alerts are wanted, or the first field that cannot be read.
    fn wanted(&self) -> Result<AlertSettings, Field> {
        let number = |name: &str, within: RangeInclusive<u32>, field: Field| {
            let read = |text: &str| text.parse().ok().filter(|number| within.contains(number));
            match Maybe::parse(self.text(name), read) {
                Maybe::Is(number) => Ok(Some(number)),
                Maybe::Empty => Ok(None),
                Maybe::Unreadable => Err(field),
            }
        };
        let hour = |name: &str| number(name, 0..=23, Field::Hour);
        let quiet = match (hour("quiet_from")?, hour("quiet_to")?) {
            (None, None) => None,
            (Some(from), Some(to)) if from != to => Some((from, to)),
            _ => return Err(Field::Hour),
        };
        let low_balance = match self.amount("low_balance") {
            Maybe::Is(amount) => Some(amount),
            Maybe::Empty => None,
            Maybe::Unreadable => return Err(Field::Amount),
        };
        Ok(AlertSettings {
            budget: self.is_on("budget"),
            run_out_days: number("run_out_days", 1..=366, Field::Days)?,
            keys: self.is_on("keys"),
            low_balance,
            granted_expires: self.is_on("granted_expires"),
            unusual: self.is_on("unusual"),
            rise: self.is_on("rise"),
            quiet,
        })
    }

    /// The fields `file.0`, `file.1` and so on, each base64, with its name in `file.0.name`. Of one that is too large
    /// there is `file.0.size` alone.
    fn files(&self, field: &str) -> Vec<File> {
        let of = |place: usize| {
            let name = self.owned(&format!("{field}.{place}.name"));
            if self.field(&format!("{field}.{place}.size")).is_some() {
                return Some(File { name, bytes: None, is_too_large: true });
            }
            let text = self.field(&format!("{field}.{place}"))?;
            // EXPOSE: a file that the user chose is read.
            Some(File { name, bytes: STANDARD.decode(text.expose()).ok(), is_too_large: false })
        };
        (0..).map_while(of).collect()
    }

    fn history(&self) -> Option<History> {
        match self.text("history") {
            "keep" => Some(History::Keep),
            "erase" => Some(History::Erase),
            _ => None,
        }
    }
}

impl<T> Maybe<T> {
    pub(super) fn parse(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Maybe<T> {
        match text.trim() {
            "" => Maybe::Empty,
            text => read(text).map_or(Maybe::Unreadable, Maybe::Is),
        }
    }
}
