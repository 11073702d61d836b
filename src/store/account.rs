//! One account as it is stored: its sealed key, and its whole state except its readings.

use serde::{Deserialize, Serialize};

use crate::books::correction::{Correction, ManualFigure};
use crate::books::credit::Credit;
use crate::books::invoice::Invoice;
use crate::books::past_forecast::PastForecast;
use crate::books::reading::{AccountId, Observation, Reading, Role};
use crate::books::tokens::Price;
use crate::host::Values;
use crate::money::{Amount, Currency, Money};
use crate::store::clients::Clients;
use crate::store::closings::Closings;
use crate::store::feature_values::FeatureValues;
use crate::store::imports::record::{Import, lines};
use crate::store::keys::RECORD;
use crate::store::months;
use crate::store::peak_use::record::ImportedPeakUse;
use crate::store::pulse::Pulse;
use crate::time::{Day, Month, Timestamp};
use crate::vault::{DataKey, Sealed, Secret};

/// One account: its whole state except its readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its short random name.
    pub id: AccountId,
    /// Its provider's id. Empty for an unknown provider; then its label is its name.
    pub provider: String,
    /// The user's name for it; may be empty.
    pub label: String,
    /// The source of its figures.
    #[serde(default, skip_serializing_if = "Source::is_key")]
    pub source: Source,
    /// For an account without a key: after how many days its user is reminded of it; `None` for never.
    #[serde(default = "a_week", skip_serializing_if = "is_a_week")]
    pub remind_days: Option<u32>,
    /// The bill figures typed in the last 62 days and in the months of those days, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) typed: Vec<ManualFigure>,
    /// The remaining balances that the user typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<ManualFigure>,
    /// The provider's own settings.
    #[serde(default)]
    pub settings: Vec<(String, String)>,
    /// Whether it is refreshed.
    pub life: AccountStatus,
    /// When it was removed with its history, which can be restored until that is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Timestamp>,
    /// Its sealed key. `None` after a forgotten password, and if there never was one.
    pub credential: Option<Sealed>,
    /// A key that was tried as a replacement, until the user says how the books continue (rule L12).
    pub replacement: Option<Replacement>,
    /// The amounts of top-ups that the user confirmed, each once.
    #[serde(default)]
    pub habits: Vec<(Currency, Amount)>,
    /// Its prepaid credit with an end date, as the user entered it.
    #[serde(default)]
    pub expires: Vec<Credit>,
    /// The most that it may be billed in a month, as the user set it at the provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// Its monthly budget in each of its currencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Money>,
    /// The last price of a million tokens of each of its models, from its exports.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "prices")]
    pub prices: Vec<Price>,
    /// The use in peak hours from its exports, each with the number of its import.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) peak: Vec<ImportedPeakUse>,
    /// The amount paid to others through it in a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(alias = "apart")]
    pub byok: Option<(Month, Money)>,
    /// The day on which its key expires, as the user entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_expires: Option<Day>,
    /// Whether its balance is refilled automatically, as the user said: then it does not run out.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub reloads: bool,
    /// The user's statements about days with stored readings. They belong to no month, because a window may cross its edge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The files that the user imported.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "lines")]
    pub imports: Vec<Import>,
    /// The invoices that the user entered: one for each book and month, in order of months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoices: Vec<Invoice>,
    /// The forecasts of its books in the last 13 months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forecasts: Vec<PastForecast>,
    /// The clients that its spend is for.
    #[serde(default, skip_serializing_if = "Clients::is_empty")]
    pub clients: Clients,
    /// The figures of its months when they were closed.
    #[serde(default, skip_serializing_if = "Closings::is_empty")]
    pub closings: Closings,
    /// Settings that only one feature uses.
    #[serde(default, skip_serializing_if = "FeatureValues::is_empty")]
    pub(super) features: FeatureValues,
    /// How far its history has been settled.
    #[serde(default)]
    pub(super) upkeep: Compaction,
    /// The months that have a stored shard.
    #[serde(with = "months")]
    pub months: Vec<Month>,
    /// The start of each book.
    pub since: Vec<(Currency, Timestamp)>,
    /// The last reading of each book's balance and of its counter.
    pub last: Vec<Observation>,
    /// The part that every refresh changes. It is stored separately.
    #[serde(skip)]
    pub pulse: Pulse,
}

/// The source of an account's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// The provider, read with a key.
    #[default]
    Key,
    /// The user, who types the remaining balance.
    Balance(Currency),
    /// The user, who types the month's bill so far.
    Bill(Currency),
    /// Files that the user imports.
    File,
}

impl Source {
    /// Whether it needs a key.
    pub fn is_key(&self) -> bool {
        *self == Source::Key
    }

    /// The currency of typed figures.
    pub fn currency(self) -> Option<Currency> {
        match self {
            Source::Balance(currency) | Source::Bill(currency) => Some(currency),
            Source::Key | Source::File => None,
        }
    }
}

/// The stored form is one text: `key`, `file`, `balance USD` or `bill USD`.
impl TryFrom<String> for Source {
    type Error = &'static str;

    fn try_from(stored: String) -> Result<Source, &'static str> {
        let (kind, currency) = stored.split_once(' ').unwrap_or((&stored, ""));
        match (kind, Currency::parse(currency)) {
            ("key", _) => Ok(Source::Key),
            ("file", _) => Ok(Source::File),
            ("balance", Some(currency)) => Ok(Source::Balance(currency)),
            ("bill", Some(currency)) => Ok(Source::Bill(currency)),
            _ => Err("no such source"),
        }
    }
}

impl From<Source> for String {
    fn from(source: Source) -> String {
        match source {
            Source::Key => "key".to_owned(),
            Source::File => "file".to_owned(),
            Source::Balance(currency) => format!("balance {currency}"),
            Source::Bill(currency) => format!("bill {currency}"),
        }
    }
}

/// The days before a reminder of an account without a key, unless the user chose another number.
#[expect(clippy::unnecessary_wraps, reason = "serde asks so")]
fn a_week() -> Option<u32> {
    Some(7)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_a_week(days: &Option<u32>) -> bool {
    *days == a_week()
}

/// Whether an account is active, paused or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// It is refreshed.
    Active,
    /// The user paused it; spend may go on unseen.
    Paused,
    /// The user removed it and kept its history.
    Ended,
}

/// How far an account's history has been settled (rule L13).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Compaction {
    /// For each book the first day that is not settled. Lowering it causes the days after it to be settled again.
    pub(super) settled: Vec<(Currency, Day)>,
    /// The first day with all its readings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) thinned: Option<Day>,
    /// The first month without a final total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summed: Option<Month>,
    /// The first month whose days keep their own lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merged: Option<Month>,
    /// The day of the last compaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) on: Option<Day>,
}

/// A new key for an account, tried but not yet accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The sealed key.
    pub credential: Sealed,
    /// The readings that it gave when it was tried.
    pub observed: Observation,
}

impl Account {
    /// Loads one account alone, without its pulse. `None` if it is missing, or its text is damaged.
    pub fn load(id: &AccountId, stored: &Values) -> Option<Account> {
        let text = stored.get(&Account::key(id)).flatten()?;
        serde_json::from_str(text).ok()
    }

    /// Its storage key.
    pub fn key(AccountId(id): &AccountId) -> String {
        format!("{RECORD}{id}")
    }

    /// A new account with a key, without any figures.
    pub fn new(id: AccountId, provider: &str, label: String, credential: Sealed) -> Account {
        let without = Account::without_key(id, provider, label, Source::Key);
        Account { credential: Some(credential), ..without }
    }

    /// A new account without a key.
    pub fn without_key(id: AccountId, provider: &str, label: String, source: Source) -> Account {
        Account {
            id,
            provider: provider.to_owned(),
            label,
            source,
            remind_days: a_week(),
            typed: Vec::new(),
            left: Vec::new(),
            settings: Vec::new(),
            life: AccountStatus::Active,
            removed: None,
            credential: None,
            replacement: None,
            habits: Vec::new(),
            expires: Vec::new(),
            limit: None,
            budgets: Vec::new(),
            byok: None,
            prices: Vec::new(),
            peak: Vec::new(),
            key_expires: None,
            reloads: false,
            corrections: Vec::new(),
            imports: Vec::new(),
            invoices: Vec::new(),
            forecasts: Vec::new(),
            clients: Clients::default(),
            closings: Closings::default(),
            features: FeatureValues::default(),
            upkeep: Compaction::default(),
            months: Vec::new(),
            since: Vec::new(),
            last: Vec::new(),
            pulse: Pulse::default(),
        }
    }

    /// Whether it was removed.
    pub fn is_ended(&self) -> bool {
        self.life == AccountStatus::Ended
    }

    /// Whether it cannot be read until its key is pasted again.
    pub fn lacks_key(&self) -> bool {
        self.source.is_key() && (self.credential.is_none() || self.pulse.is_key_lost)
    }

    /// Its key, opened with a data key. `None` if it has none, or if it was sealed under another data key.
    pub fn open_key(&self, data: &DataKey) -> Option<Secret> {
        data.open(self.credential.as_ref()?, &self.id.0, &self.provider).ok()
    }

    /// Drops its key, and everything in progress with it.
    pub fn lose_key(&mut self) {
        self.credential = None;
        self.replacement = None;
        self.pulse.attempt = None;
    }

    /// The account without what every refresh changes: only data that cannot be fetched again.
    pub(super) fn lasting(&self) -> Account {
        Account { last: Vec::new(), byok: None, pulse: Pulse::default(), ..self.clone() }
    }

    /// Keeps the prices of an export, except those with a later price already known.
    pub fn learn_prices(&mut self, prices: Vec<Price>) {
        // They are stored as lines.
        for price in prices.into_iter().filter(|price| !price.name.contains(['\n', '\r'])) {
            match self.prices.iter_mut().find(|known| known.is_of(&price)) {
                Some(known) if known.on > price.on => {}
                Some(known) => *known = price,
                None => self.prices.push(price),
            }
        }
    }

    /// Its last reading, at the time when it was last reported again.
    pub(super) fn repeated(&self) -> Option<Observation> {
        let at = self.pulse.repeated_at?;
        let [last] = self.last.as_slice() else { return None };
        let readings = || last.readings.clone();
        (last.at < at).then(|| Observation { at, role: Role::Follows, readings: readings() })
    }

    /// The time until which its stored data is complete. Used if its pulse is lost.
    pub(super) fn known_until(&self) -> Option<Timestamp> {
        let read = self.last.iter().map(|last| last.at);
        let typed = self.typed.iter().map(|typed| typed.at);
        let imports = self.imports.iter().filter(|import| import.undone.is_none());
        read.chain(typed).chain(imports.flat_map(|import| &import.books).map(|book| book.span.to)).max()
    }

    /// The first unsettled day of a book.
    pub(super) fn settled_until(&self, currency: Currency) -> Day {
        let known = self.upkeep.settled.iter().find(|(known, _)| *known == currency);
        known.map_or(Day::FIRST, |(_, until)| *until)
    }

    /// Sets how far a book is settled.
    pub(super) fn set_settled_until(&mut self, currency: Currency, until: Day) {
        self.upkeep.settled.retain(|(known, _)| *known != currency);
        self.upkeep.settled.push((currency, until));
    }

    /// The first day with all its readings.
    pub(super) fn thinned(&self) -> Day {
        self.upkeep.thinned.unwrap_or(Day::FIRST)
    }

    /// The day of the last reading of a book.
    pub(super) fn last_day(&self, currency: Currency) -> Option<Day> {
        let billing =
            |observed: &&Observation| observed.readings.iter().any(|reading| reading.currency() == currency);
        self.last.iter().filter(billing).map(|observed| observed.at.day()).max()
    }

    /// Records the start of a book.
    pub(super) fn begin_book(&mut self, currency: Currency, at: Timestamp) {
        match self.since.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, since)) => *since = at.min(*since),
            None => self.since.push((currency, at)),
        }
    }
}

/// The book of a reading, and whether it is of the counter: balance and counter have separate last readings.
pub(super) fn book_of(reading: &Reading) -> (Currency, bool) {
    (reading.currency(), matches!(reading, Reading::Counter(_)))
}

/// Prices are stored as one text with a line for each. One that cannot be read is left out: the next export has it again.
mod prices {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::books::tokens::Price;

    pub(super) fn serialize<S: Serializer>(prices: &[Price], to: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        for price in prices.iter().filter_map(Price::to_text) {
            text += &price;
            text.push('\n');
        }
        to.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Price>, D::Error> {
        let text = String::deserialize(from)?;
        Ok(text.lines().filter_map(Price::parse).collect())
    }
}
