//! Alerts: what is worth a notification, each once per crossing.
//!
//! Knows when a condition holds, and remembers which held before. Does not know how a notification looks, nor the time
//! of day. A first look is silent: what holds already when it is first judged was seen by whoever set it up. What
//! cannot be judged now, because nothing is known, keeps what was known of it.
//!
//! ```text
//!   not judged before        -> remembered, silent
//!   did not hold, holds now  -> an alert
//!   holds still              -> nothing
//!   holds no more            -> armed again
//!   a month later            -> armed again, where it is about a month's budget
//! ```
//!
//! ```
//! use drawdown::books::alert::{AlertKind, Alert, AlertState};
//! use drawdown::time::Month;
//!
//! let spent = |holds| vec![(Alert { about: AlertKind::BudgetSpent, of: None }, holds)];
//! let mut memory = AlertState::default();
//! let may = Month::parse("2026-05").unwrap();
//! let told = [true, true, false, true, true].map(|holds| memory.judge(may, spent(holds)).len());
//! assert_eq!(told, [0, 0, 0, 1, 0]);
//! assert_eq!(memory.judge(may.next(), spent(true)).len(), 1);
//! ```

use serde::{Deserialize, Serialize};

use crate::books::reading::AccountId;
use crate::books::statement::{AccountStatement, BookStatement, Standing, Statement};
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Month, Timestamp, in_order};

/// How near a budget is when it is told, in percent.
const NEAR: u64 = 80;
/// How long before something expires it is told.
const SOON: u64 = 7 * DAY;

/// What its user wants to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertSettings {
    /// That the budget is near, spent, or will be exceeded.
    pub budget: bool,
    /// That a balance runs out within so many days.
    pub run_out_days: Option<u32>,
    /// That a key is refused, or is about to expire.
    pub keys: bool,
    /// That a balance is below so much, in its own currency.
    pub low_balance: Option<Amount>,
    /// That granted credit is about to expire.
    pub granted_expires: bool,
    /// That a day or an hour cost far more than usual.
    pub unusual: bool,
    /// That days cost more and more.
    pub rise: bool,
    /// From and to which hour of the user's day there is silence.
    pub quiet: Option<(u32, u32)>,
}

impl Default for AlertSettings {
    fn default() -> AlertSettings {
        AlertSettings {
            budget: true,
            run_out_days: Some(7),
            keys: true,
            low_balance: None,
            granted_expires: false,
            unusual: false,
            rise: false,
            quiet: None,
        }
    }
}

impl AlertSettings {
    /// Whether there is silence in this hour of the user's day.
    pub fn is_quiet(&self, hour: u32) -> bool {
        self.quiet.is_some_and(|(from, to)| match from <= to {
            true => (from..to).contains(&hour),
            false => hour >= from || hour < to,
        })
    }
}

/// What an alert tells, from urgent to calm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// The budget is spent.
    BudgetSpent,
    /// A provider refuses a key.
    KeyRefused,
    /// A day or an hour cost far more than usual: a key may have leaked.
    Unusual,
    /// A balance runs out soon.
    RunsOut,
    /// A balance is below the amount that its user set.
    LowBalance,
    /// The month lands above the budget.
    LandsAbove,
    /// Most of the budget is spent.
    BudgetNear,
    /// Days cost more and more.
    Rise,
    /// A key is about to expire.
    KeyExpires,
    /// Granted credit is about to expire.
    GrantedExpires,
}

impl AlertKind {
    fn name(self) -> &'static str {
        match self {
            AlertKind::BudgetSpent => "budget_spent",
            AlertKind::KeyRefused => "key_refused",
            AlertKind::Unusual => "unusual",
            AlertKind::RunsOut => "runs_out",
            AlertKind::LowBalance => "low_balance",
            AlertKind::LandsAbove => "lands_above",
            AlertKind::BudgetNear => "budget_near",
            AlertKind::Rise => "rise",
            AlertKind::KeyExpires => "key_expires",
            AlertKind::GrantedExpires => "granted_expires",
        }
    }
}

/// One condition, and whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What it tells.
    pub about: AlertKind,
    /// The account that it is about, and its book; none for what is about the total.
    pub of: Option<(AccountId, Option<Currency>)>,
}

impl Alert {
    /// The name under which it is remembered.
    fn key(&self) -> String {
        match &self.of {
            None => self.about.name().to_owned(),
            Some((AccountId(id), None)) => format!("{} {id}", self.about.name()),
            Some((AccountId(id), Some(currency))) => format!("{} {id} {currency}", self.about.name()),
        }
    }
}

/// What is known of an account beside its figures.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its figures.
    pub statement: &'a AccountStatement,
    /// The day on which the granted credit of a book expires.
    pub expires: &'a [(Currency, Day)],
    /// The day on which its key expires.
    pub key_expires: Option<Day>,
    /// Whether its provider refused the key the last time.
    pub is_key_refused: bool,
}

/// Every condition that is wanted and can be judged now, and whether it holds.
pub fn judged(wanted: &AlertSettings, statement: &Statement, subjects: &[Subject<'_>]) -> Vec<(Alert, bool)> {
    let mut judged = Vec::new();
    if let Some(budget) = statement.budget.filter(|_| wanted.budget) {
        let mut judge = |about, holds| judged.push((Alert { about, of: None }, holds));
        let is_spent = budget.standing == Standing::Spent;
        judge(AlertKind::BudgetSpent, is_spent);
        // Whoever is told that it is spent need not be told that it is near.
        judge(AlertKind::BudgetNear, budget.percent >= NEAR && !is_spent);
        if statement.landing.figure.amount.is_some() {
            judge(AlertKind::LandsAbove, budget.standing == Standing::LandsAbove);
        }
    }
    for subject in subjects {
        of_account(wanted, subject, statement.now, &mut judged);
    }
    judged
}

fn of_account(
    wanted: &AlertSettings,
    subject: &Subject<'_>,
    now: Timestamp,
    judged: &mut Vec<(Alert, bool)>,
) {
    let Subject { statement, expires, key_expires, .. } = subject;
    let mut judge = |about, currency, holds| {
        judged.push((Alert { about, of: Some((statement.id.clone(), currency)) }, holds));
    };
    let is_soon = |day: Day| now < day.span().to && day.span().from <= now.plus(SOON);
    if wanted.keys {
        judge(AlertKind::KeyRefused, None, subject.is_key_refused);
        judge(AlertKind::KeyExpires, None, key_expires.is_some_and(is_soon));
    }
    for book in statement.counted() {
        let currency = Some(book.currency);
        if let (Some(days), true) = (wanted.run_out_days, book.falls.is_some() && book.balance.is_some()) {
            judge(AlertKind::RunsOut, currency, lasts_less_than(book, days));
        }
        if let (Some(least), Some(balance)) = (wanted.low_balance, book.balance) {
            judge(AlertKind::LowBalance, currency, balance < least);
        }
        if wanted.granted_expires {
            let day = expires.iter().find(|(known, _)| *known == book.currency).map(|(_, day)| *day);
            let has_granted = book.granted.is_some_and(|granted| granted > Amount::ZERO);
            judge(AlertKind::GrantedExpires, currency, has_granted && day.is_some_and(is_soon));
        }
        if let Some(usual) = book.usual.filter(|_| wanted.unusual) {
            judge(AlertKind::Unusual, currency, usual.is_exceeded());
        }
        if let Some(is_rising) = book.is_rising.filter(|_| wanted.rise) {
            judge(AlertKind::Rise, currency, is_rising);
        }
    }
}

fn lasts_less_than(book: &BookStatement, days: u32) -> bool {
    let within = u64::from(days) * DAY;
    book.runway.is_some_and(|runway| runway.days.of_whole(DAY).is_some_and(|lasts| lasts < within))
}

/// What was judged before, and whether it held. What is about the total is about one month, which its name ends with:
/// `budget_spent 2026-05`. Earlier versions left the month out; such a name is taken for this month's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertState(Vec<(String, bool)>);

impl AlertState {
    /// Takes what is judged now, in this month. What to tell, the most urgent first.
    pub fn judge(&mut self, month: Month, judged: Vec<(Alert, bool)>) -> Vec<Alert> {
        let mut told = Vec::new();
        for (alert, holds) in judged {
            let name = alert.key();
            let is_of_month = alert.of.is_none();
            let key = if is_of_month { format!("{name} {month}") } else { name.clone() };
            let is_it = |known: &str| {
                let rest = known.strip_prefix(&*name);
                rest.is_some_and(|rest| rest.is_empty() || (is_of_month && rest.starts_with(' ')))
            };
            match self.0.iter_mut().find(|(known, _)| is_it(known)) {
                None => self.0.push((key, holds)),
                Some((known, held)) => {
                    let held_before = *held && (*known == key || *known == name);
                    if holds && !held_before {
                        told.push(alert);
                    }
                    (*known, *held) = (key, holds);
                }
            }
        }
        in_order(told, |one, other| one.about.cmp(&other.about))
    }

    /// Whether nothing was judged yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets what is about an account.
    pub fn forget(&mut self, AccountId(id): &AccountId) {
        self.0.retain(|(key, _)| key.split(' ').nth(1) != Some(id.as_str()));
    }
}
