//! A simulated account at a provider: its real spend, and the provider's answers with their times.
//!
//! Amounts are whole cents, so that no answer is rounded and a figure can be compared to the last digit.

use std::collections::BTreeMap;

use drawdown::host::{FetchError, HttpRequest};
use drawdown::provider::Answer;
use drawdown::time::{DAY, Day, Month, Timestamp};

use crate::storm::cards::{self, Card};
use crate::storm::step::Fault;

/// A provider's answer at one time of the browser's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// The browser's clock.
    pub at: Timestamp,
    /// The true time.
    pub true_at: Timestamp,
    /// The total spend by then.
    pub spent: i64,
    /// The part in the UTC month of the true time.
    pub of_month: i64,
    pub granted: i64,
    pub paid: i64,
}

/// A payment by the account's owner.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// The browser's clock.
    pub at: Timestamp,
    pub cents: i64,
}

/// The account.
#[derive(Debug)]
pub struct Remote {
    pub card: &'static Card,
    /// Two keys of the same account.
    pub keys: [String; 2],
    pub fault: Fault,
    pub spent: i64,
    pub granted: i64,
    pub paid: i64,
    /// The cost of each UTC day, by the true time.
    pub days: BTreeMap<Day, i64>,
    pub payments: Vec<Payment>,
    /// The complete answers, in the order in which they were given.
    pub served: Vec<Served>,
    /// The amounts answered for each day, with the browser's clock.
    pub billed: Vec<(Timestamp, Day, i64)>,
}

impl Remote {
    /// The account with this index in a storm that begins at `began`. A billed account has earlier spend.
    pub fn new(place: usize, began: Timestamp) -> Remote {
        let card = &cards::ALL[place % cards::ALL.len()];
        let history = if card.is_billed() { 12 } else { 0 };
        let days: BTreeMap<Day, i64> = (1..=history)
            .map(|back| (began.minus(back * DAY).day(), i64::try_from(back * 7).expect("few")))
            .collect();
        Remote {
            card,
            keys: [0xa1b0, 0xc3d0].map(|first| {
                let place = u64::try_from(place).expect("few");
                format!("{}{}", card.prefix, format!("{:04x}", first + place).repeat(8))
            }),
            fault: Fault::None,
            spent: days.values().sum(),
            granted: if card.has_pools() { 300 } else { 0 },
            paid: 100_000,
            days,
            payments: Vec::new(),
            served: Vec::new(),
            billed: Vec::new(),
        }
    }

    /// The account's key at the end of a text, if any.
    pub fn key_in(&self, text: &str) -> Option<&str> {
        self.keys.iter().find(|key| text.ends_with(*key)).map(String::as_str)
    }

    /// Spends this amount, granted money first.
    pub fn spend(&mut self, true_at: Timestamp, cents: i64) {
        let gift = self.granted.min(cents);
        self.granted -= gift;
        self.paid -= cents - gift;
        self.spent += cents;
        *self.days.entry(true_at.day()).or_default() += cents;
    }

    /// Corrects the bill of the day before.
    pub fn restate(&mut self, true_at: Timestamp, cents: i64) {
        let day = true_at.minus(DAY).day();
        let before = self.days.entry(day).or_default();
        let change = cents.max(-*before);
        *before += change;
        self.spent += change;
    }

    pub fn top_up(&mut self, at: Timestamp, cents: i64) {
        self.paid += cents;
        self.payments.push(Payment { at, cents });
    }

    /// The spend of a UTC month.
    pub fn of_month(&self, month: Month) -> i64 {
        self.days.iter().filter(|(day, _)| day.month() == month).map(|(_, cents)| cents).sum()
    }

    /// Answers a request with this account's key.
    pub fn answer(
        &mut self,
        request: &HttpRequest,
        at: Timestamp,
        true_at: Timestamp,
    ) -> Result<Answer, FetchError> {
        let reply = |status, retry_after: Option<u32>, body: &str| {
            Ok(Answer {
                status,
                retry_after: retry_after.map(|seconds| seconds.to_string()),
                date: None,
                body: body.to_owned(),
            })
        };
        match self.fault {
            Fault::None => {
                let body = (self.card.answer)(self, request, at, true_at);
                let Some(body) = body else { return reply(404, None, "{}") };
                self.served.push(Served {
                    at,
                    true_at,
                    spent: self.spent,
                    of_month: self.of_month(true_at.month()),
                    granted: self.granted,
                    paid: self.paid,
                });
                reply(200, None, &body.to_string())
            }
            Fault::Status(status, retry_after) => reply(status, retry_after, "{}"),
            Fault::Offline => Err(FetchError::Offline),
            Fault::TimedOut => Err(FetchError::TimedOut),
            Fault::TooLong => Err(FetchError::TooLong),
            Fault::Cut => {
                let body = (self.card.answer)(self, request, at, true_at).unwrap_or_default().to_string();
                // Every body is ASCII.
                reply(200, None, &body[..body.len() / 2])
            }
            Fault::Html => reply(200, None, "<!doctype html><title>Checking your browser</title>"),
            Fault::Empty => reply(200, None, "{}"),
        }
    }

    /// The last answer at this time of the browser's clock.
    pub fn served_at(&self, at: Timestamp) -> Option<&Served> {
        self.served.iter().rev().find(|served| served.at == at)
    }
}
