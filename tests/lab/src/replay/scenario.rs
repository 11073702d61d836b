//! The JSON of a scenario.

use std::collections::BTreeMap;

use drawdown::books::bill::Bill;
use drawdown::books::correction::{Declared, Kind};
use drawdown::books::plan::{Every, Plan};
use drawdown::books::rates::{ExchangeRate, RateSource};
use drawdown::books::reading::{AccountId, Reading, Role};
use drawdown::money::{Amount, Currency, Money, Rate};
use drawdown::provider::Problem;
use drawdown::store::Source;
use drawdown::time::{Day, Timestamp};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Scenario {
    #[serde(deserialize_with = "rfc3339")]
    pub(super) now: Timestamp,
    #[serde(default)]
    pub(super) settings: Settings,
    #[serde(default)]
    pub(super) accounts: Vec<Connected>,
    #[serde(default)]
    pub(super) plans: Vec<Subscribed>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub(super) currency: Option<Currency>,
    pub(super) rates: BTreeMap<Currency, Rate>,
    pub(super) budget: Option<Amount>,
    pub(super) period_minutes: Option<u32>,
}

impl Settings {
    /// The rates are in the main currency. If none is chosen, they apply to each currency that is named.
    pub(super) fn exchanges(&self, on: Day) -> Vec<ExchangeRate> {
        let to = self.currency.map_or_else(
            || [Currency::USD].into_iter().chain(self.rates.keys().copied()).collect(),
            |to| vec![to],
        );
        let rates = self.rates.iter().flat_map(|(from, rate)| to.iter().map(|to| (*from, *to, *rate)));
        rates.map(|(from, to, rate)| ExchangeRate { from, to, rate, on, source: RateSource::Hand }).collect()
    }

    pub(super) fn budget(&self) -> Option<Money> {
        let currency = self.currency.unwrap_or(Currency::USD);
        self.budget.map(|amount| Money { amount, currency })
    }
}

#[derive(Deserialize)]
pub(super) struct Connected {
    pub(super) id: AccountId,
    #[serde(default)]
    pub(super) provider: String,
    #[serde(default)]
    pub(super) label: String,
    /// For an account without a key: `file`, `balance USD` or `bill USD`.
    #[serde(default)]
    pub(super) source: Source,
    #[serde(default)]
    pub(super) settings: BTreeMap<String, String>,
    /// When it was last read, if that was after its last event.
    #[serde(default, deserialize_with = "rfc3339_or_none")]
    pub(super) read_at: Option<Timestamp>,
    /// Why its last refresh failed.
    pub(super) problem: Option<Problem>,
}

/// A plan. By default it costs nothing and is charged on the 1st of every month, since 1970.
#[derive(Deserialize)]
pub(super) struct Subscribed {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) amount: Amount,
    pub(super) currency: Option<Currency>,
    pub(super) every: Option<Every>,
    pub(super) day: Option<u32>,
    pub(super) since: Option<Day>,
    pub(super) until: Option<Day>,
}

impl Subscribed {
    pub(super) fn plan(&self, settings: &Settings) -> Plan {
        Plan {
            name: self.name.clone(),
            amount: self.amount,
            currency: self.currency.or(settings.currency).unwrap_or(Currency::USD),
            every: self.every.unwrap_or(Every::Month),
            day: self.day.unwrap_or(1),
            since: self.since.unwrap_or(Timestamp::from_ms(0).day()),
            until: self.until,
        }
    }
}

#[derive(Clone, Deserialize)]
pub(super) struct Event {
    #[serde(deserialize_with = "rfc3339")]
    pub(super) at: Timestamp,
    pub(super) account: AccountId,
    pub(super) answers: Option<Vec<Recorded>>,
    pub(super) import: Option<Imported>,
    pub(super) top_up: Option<Sum>,
    pub(super) gift: Option<Sum>,
    pub(super) expiry: Option<Sum>,
    pub(super) refund: Option<Sum>,
    /// A figure typed for an account kept by hand.
    pub(super) typed: Option<Amount>,
    /// The balance left, typed for an account whose provider reports only bills.
    pub(super) left: Option<Sum>,
    /// A reading in its stored form.
    pub(super) reading: Option<(Role, Vec<Reading>)>,
    /// A bill of one day in its stored form.
    pub(super) bill: Option<Bill>,
    /// Undoes the event at this index.
    pub(super) undo: Option<usize>,
}

impl Event {
    /// Its declaration, if it is one.
    pub(super) fn declared(&self) -> Option<Declared> {
        let of = |kind, sum: &Option<Sum>| {
            sum.as_ref().map(|sum| Declared { currency: sum.currency, kind, amount: sum.amount })
        };
        of(Kind::TopUp, &self.top_up)
            .or_else(|| of(Kind::Gift, &self.gift))
            .or_else(|| of(Kind::Expiry, &self.expiry))
            .or_else(|| of(Kind::Refund, &self.refund))
    }

    /// The number of actions that it names; a valid event names one.
    pub(super) fn actions(&self) -> usize {
        let sums = [&self.top_up, &self.gift, &self.expiry, &self.refund];
        let sums = sums.into_iter().filter(|sum| sum.is_some()).count();
        let others = [self.answers.is_some(), self.import.is_some(), self.undo.is_some()];
        let figures =
            [self.typed.is_some(), self.left.is_some(), self.reading.is_some(), self.bill.is_some()];
        let others = others.into_iter().chain(figures);
        sums + others.filter(|is_given| *is_given).count()
    }
}

#[derive(Clone, Deserialize)]
pub(super) struct Sum {
    pub(super) amount: Amount,
    pub(super) currency: Currency,
}

#[derive(Clone, Deserialize)]
pub(super) struct Imported {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether it replaces other files' bills for its days or is added to them.
    pub(super) overlap: Option<String>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Recorded {
    pub(super) url: String,
    pub(super) status: Option<u16>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) body: Value,
    pub(super) error: Option<String>,
    /// The number of the last request that took it, counted from 1.
    #[serde(skip)]
    pub(super) used: Option<usize>,
}

pub(super) fn rfc3339<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    Timestamp::parse(&text).ok_or_else(|| de::Error::custom(format!("no time: {text}")))
}

fn rfc3339_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    let parse =
        |text: String| Timestamp::parse(&text).ok_or_else(|| de::Error::custom(format!("no time: {text}")));
    text.map(parse).transpose()
}
