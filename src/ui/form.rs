//! A form as a page sends it: one flat JSON object of texts, keyed by field name.
//!
//! Each feature parses its own form once, when it arrives. The parsers here are for fields that several forms share. Each
//! distinguishes an empty field from an unreadable one, which it rejects with a sentence. A missing field is empty.
//!
//! ```
//! use drawdown::ui::Form;
//!
//! let form = Form::new("budget", &[("amount", "70")]);
//! assert_eq!(form.needed_amount("amount").unwrap().amount().unwrap().to_string(), "70");
//! assert!(form.day("until").unwrap().is_none());
//! ```

use core::fmt;
use core::ops::RangeInclusive;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::app::{Rejected, Submission};
use crate::books::reading::AccountId;
use crate::money::Currency;
use crate::time::{Day, Timestamp};
use crate::ui::amount_input::AmountInput;
use crate::vault::Secret;

/// The maximum length of an account's name, in characters.
const LONGEST_LABEL: usize = 40;

/// The content of a page's form. All of it is kept like a secret, because some of it is.
#[derive(Debug)]
pub struct Form(Vec<(String, Secret)>);

/// A file that the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content. `None` if it did not arrive intact.
    pub bytes: Option<Vec<u8>>,
    /// Whether the page sent only its size, because the chosen files are too large to be read.
    pub is_too_large: bool,
}

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Form, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Form;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Form, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = pairs.next_entry::<String, String>()? {
                    fields.push((name, Secret::from(value)));
                }
                Ok(Form(fields))
            }
        }
        from.deserialize_map(Pairs)
    }
}

impl Form {
    /// Parses the text that a page sent, and wipes it. `None` for a text that no page sends.
    pub fn read(text: Secret) -> Option<Form> {
        // EXPOSE: its fields are kept like secrets.
        let form = serde_json::from_str(text.expose()).ok();
        drop(text);
        form
    }

    /// The form of a command with these fields.
    pub fn new(command: &str, fields: &[(&str, &str)]) -> Form {
        let fields = [("do", command)].into_iter().chain(fields.iter().copied());
        Form(fields.map(|(name, value)| (name.to_owned(), Secret::new(value))).collect())
    }

    /// The command of the form.
    pub fn command(&self) -> &str {
        self.text("do")
    }

    /// The id of this submission of the form.
    pub fn submission(&self) -> Submission {
        Submission::parse(self.text("submission"))
    }

    /// The account that the form is about.
    pub fn account(&self) -> AccountId {
        AccountId(self.owned("account"))
    }

    fn field(&self, name: &str) -> Option<&Secret> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value)
    }

    /// A field as it was typed.
    pub fn text(&self, name: &str) -> &str {
        // EXPOSE: which fields are secret is decided by the feature that reads them, not here.
        self.field(name).map_or("", Secret::expose)
    }

    /// A field as it was typed, owned.
    pub fn owned(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    /// The name of an account: trimmed and shortened. May be empty.
    pub fn label(&self) -> String {
        self.text("label").trim().chars().take(LONGEST_LABEL).collect()
    }

    /// A field that must not be printed.
    pub fn secret(&self, name: &str) -> Secret {
        self.field(name).cloned().unwrap_or_else(|| Secret::new(""))
    }

    /// Whether a checkbox is on: it sends `on`, or nothing.
    pub fn is_on(&self, name: &str) -> bool {
        self.text(name) == "on"
    }

    /// The fields named `settings.NAME`.
    pub fn settings(&self) -> Vec<(String, String)> {
        let named = |(name, _): &(String, Secret)| {
            Some((name.strip_prefix("settings.")?.to_owned(), self.owned(name)))
        };
        self.0.iter().filter_map(named).collect()
    }

    /// A field parsed by `read`; `None` if it is empty. An unreadable field is rejected with this reason, at the field.
    pub fn parse<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
        unreadable: impl FnOnce() -> Rejected,
    ) -> Result<Option<T>, Rejected> {
        match self.text(name).trim() {
            "" => Ok(None),
            text => read(text).map(Some).ok_or_else(|| unreadable().at(name)),
        }
    }

    /// A day.
    pub fn day(&self, name: &str) -> Result<Option<Day>, Rejected> {
        self.parse(name, Day::parse, || Rejected::phrase(|words| words.bad_day))
    }

    /// A time.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, Rejected> {
        self.parse(name, Timestamp::parse, || Rejected::phrase(|words| words.bad_time))
    }

    /// A currency, by its code.
    pub fn currency(&self, name: &str) -> Result<Option<Currency>, Rejected> {
        self.parse(name, Currency::parse, || Rejected::phrase(|words| words.bad_currency))
    }

    /// An amount as people enter it; a negative one is rejected. A form sends it again as `NAME.read` to confirm how it is read.
    pub fn amount(&self, name: &str) -> Result<Option<AmountInput>, Rejected> {
        let bad_amount = || Rejected::phrase(|words| words.bad_amount);
        let input = self.signed_amount(name, bad_amount)?;
        match input {
            Some(input) if input.is_negative() => Err(bad_amount().at(name)),
            input => Ok(input),
        }
    }

    /// An amount that may be negative.
    pub fn signed_amount(
        &self,
        name: &str,
        unreadable: impl FnOnce() -> Rejected,
    ) -> Result<Option<AmountInput>, Rejected> {
        let confirmed = self.text(&format!("{name}.read")).trim();
        self.parse(name, |text| AmountInput::parse(name, text, confirmed), unreadable)
    }

    /// A required currency.
    pub fn needed_currency(&self, name: &str) -> Result<Currency, Rejected> {
        self.currency(name)?.ok_or_else(|| Rejected::phrase(|words| words.bad_currency).at(name))
    }

    /// A required amount.
    pub fn needed_amount(&self, name: &str) -> Result<AmountInput, Rejected> {
        self.amount(name)?.ok_or_else(|| Rejected::phrase(|words| words.bad_amount).at(name))
    }

    /// A whole number within these bounds.
    pub fn number(
        &self,
        name: &str,
        within: RangeInclusive<u32>,
        unreadable: impl FnOnce() -> Rejected,
    ) -> Result<Option<u32>, Rejected> {
        let read = |text: &str| text.parse().ok().filter(|number| within.contains(number));
        self.parse(name, read, unreadable)
    }

    /// The fields `file.0`, `file.1` and so on, each base64, with its name in `file.0.name`. A file that is too large has only
    /// `file.0.size`.
    pub fn files(&self, field: &str) -> Vec<File> {
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
}
