//! Alerts: the conditions that are worth a notification. Each is shown once, when it begins to hold.
//!
//! Knows when a condition holds, and remembers its previous state. Does not know how a notification looks, nor the time of day.
//! The first evaluation of a condition is silent: if it already holds, the user saw that during setup. A condition that cannot be
//! evaluated now, because its figure is unknown, keeps its remembered state.
//!
//! ```text
//!   not evaluated before      -> remembered, silent
//!   did not hold, holds now   -> an alert
//!   still holds               -> nothing
//!   no longer holds           -> armed again
//!   a new month began         -> armed again, if it is about the month's budget
//! ```
//!
//! ```
//! use drawdown::books::alert::{Alert, AlertKind, AlertScope, AlertState};
//! use drawdown::time::Month;
//!
//! let spent = |holds| vec![(Alert { about: AlertKind::BudgetSpent, of: AlertScope::Total }, holds)];
//! let mut memory = AlertState::default();
//! let may = Month::parse("2026-05").unwrap();
//! let alerts = [true, true, false, true, true].map(|holds| memory.judge(may, spent(holds)).len());
//! assert_eq!(alerts, [0, 0, 0, 1, 0]);
//! assert_eq!(memory.judge(may.next(), spent(true)).len(), 1);
//! ```

use serde::{Deserialize, Serialize};

use crate::books::reading::AccountId;
use crate::books::statement::{AccountStatement, BookStatement, Budget, Standing, Statement};
use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::time::{DAY, Day, Month, Timestamp};

/// The percentage of a budget from which the budget counts as nearly spent.
const NEAR: u64 = 80;
/// The alert for a key or credit comes this long before it expires. Pages warn from then on too.
pub const SOON: u64 = 7 * DAY;
/// The first alert for expiring credit comes this long before its end.
pub const LATER: u64 = 30 * DAY;

/// The alerts that the user wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertSettings {
    /// The budget is near, spent, or will be exceeded.
    pub budget: bool,
    /// A balance runs out within this many days.
    pub run_out_days: Option<u32>,
    /// A key is refused, or is about to expire.
    pub keys: bool,
    /// A balance is below this amount, in its own currency.
    pub low_balance: Option<Amount>,
    /// Credit expires within 30 days, and within a week.
    pub granted_expires: bool,
    /// A day or an hour costs far more than usual.
    pub unusual: bool,
    /// The cost of a day keeps rising.
    pub rise: bool,
    /// A month is over, and its cost is known.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub month_summary: bool,
    /// The quiet hours: start and end, in the user's time zone.
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
            month_summary: false,
            quiet: None,
        }
    }
}

impl AlertSettings {
    /// Whether this hour of the user's time zone is a quiet hour.
    pub fn is_quiet(&self, hour: u32) -> bool {
        self.quiet.is_some_and(|(from, to)| match from <= to {
            true => (from..to).contains(&hour),
            false => hour >= from || hour < to,
        })
    }
}

/// The kinds of alert, the most urgent first.
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
    /// A balance is below the amount that the user set.
    LowBalance,
    /// The forecast of the month is above the budget.
    LandsAbove,
    /// Most of the budget is spent.
    BudgetNear,
    /// The cost of a day keeps rising.
    Rise,
    /// A key is about to expire.
    KeyExpires,
    /// Credit expires within a week.
    CreditExpires,
    /// Credit expires within 30 days.
    CreditExpiresLater,
    /// A month is over, and its cost is known.
    MonthSummary,
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
            AlertKind::CreditExpires => "granted_expires",
            AlertKind::CreditExpiresLater => "credit_expires_later",
            AlertKind::MonthSummary => "month_summary",
        }
    }
}

/// A condition and its scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The kind of condition.
    pub about: AlertKind,
    /// The scope that it applies to.
    pub of: AlertScope,
}

/// The scope of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertScope {
    /// The month as a whole.
    Total,
    /// All spend of the month in one currency.
    Currency(Currency),
    /// An account, or one of its books.
    Account(AccountId, Option<Currency>),
    /// A book's credit that expires on this day.
    Credit(AccountId, Currency, Day),
}

impl Alert {
    /// The key under which the state of the condition is stored.
    fn key(&self) -> String {
        match &self.of {
            AlertScope::Total => self.about.name().to_owned(),
            AlertScope::Currency(currency) => format!("{} {currency}", self.about.name()),
            AlertScope::Account(AccountId(id), None) => format!("{} {id}", self.about.name()),
            AlertScope::Account(AccountId(id), Some(currency)) => {
                format!("{} {id} {currency}", self.about.name())
            }
            AlertScope::Credit(AccountId(id), currency, day) => {
                format!("{} {id} {currency} {day}", self.about.name())
            }
        }
    }
}

/// The figures of an account, and the other inputs of its alerts.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The account's figures.
    pub statement: &'a AccountStatement,
    /// The day on which the account's key expires.
    pub key_expires: Option<Day>,
    /// The monthly budgets of the account, one per currency.
    pub budgets: &'a [Money],
    /// Whether the provider refused the key at the last request.
    pub is_key_refused: bool,
}

/// Returns each wanted condition that can be evaluated now, and whether it holds. `currencies` holds the budgets per currency.
pub fn judged(
    wanted: &AlertSettings,
    statement: &Statement,
    currencies: &[(Currency, Budget)],
    subjects: &[Subject<'_>],
) -> Vec<(Alert, bool)> {
    let mut judged = Vec::new();
    if let Some(budget) = statement.budget.filter(|_| wanted.budget) {
        of_budget(&budget, statement.landing.figure.amount, |about, holds| {
            judged.push((Alert { about, of: AlertScope::Total }, holds));
        });
    }
    if wanted.month_summary {
        let alert = Alert { about: AlertKind::MonthSummary, of: AlertScope::Total };
        judged.push((alert, statement.is_last_month_ready()));
    }
    for (currency, budget) in currencies.iter().filter(|_| wanted.budget) {
        of_budget(budget, budget.landing, |about, holds| {
            judged.push((Alert { about, of: AlertScope::Currency(*currency) }, holds));
        });
    }
    for subject in subjects {
        of_account(wanted, subject, statement.now, &mut judged);
    }
    judged
}

fn of_budget(budget: &Budget, landing: Option<Amount>, mut judge: impl FnMut(AlertKind, bool)) {
    let is_spent = budget.standing == Standing::Spent;
    judge(AlertKind::BudgetSpent, is_spent);
    // A budget that is spent is not also announced as near.
    judge(AlertKind::BudgetNear, budget.percent >= NEAR && !is_spent);
    if landing.is_some() {
        judge(AlertKind::LandsAbove, budget.standing == Standing::LandsAbove);
    }
}

fn of_account(
    wanted: &AlertSettings,
    subject: &Subject<'_>,
    now: Timestamp,
    judged: &mut Vec<(Alert, bool)>,
) {
    let Subject { statement, key_expires, .. } = subject;
    let mut judge = |about, currency, holds| {
        judged.push((Alert { about, of: AlertScope::Account(statement.id.clone(), currency) }, holds));
    };
    let is_soon = |day: Day| now < day.span().to && day.span().from <= now.plus(SOON);
    if wanted.keys {
        judge(AlertKind::KeyRefused, None, subject.is_key_refused);
        judge(AlertKind::KeyExpires, None, key_expires.is_some_and(is_soon));
    }
    for book in statement.counted() {
        let currency = Some(book.currency);
        let budget = subject.budgets.iter().find(|budget| budget.currency == book.currency);
        if let Some(budget) = budget.filter(|_| wanted.budget) {
            let budget = Budget::of_book(budget.amount, book, now);
            of_budget(&budget, book.landing.figure.amount, |about, holds| judge(about, currency, holds));
        }
        if let (Some(days), true) =
            (wanted.run_out_days, book.balance_outlook.is_some() && book.balance.is_some())
        {
            judge(AlertKind::RunsOut, currency, lasts_less_than(book, days));
        }
        if let (Some(least), Some(balance)) = (wanted.low_balance, book.balance) {
            judge(AlertKind::LowBalance, currency, balance < least);
        }
        if let Some(anomaly) = book.anomaly.filter(|_| wanted.unusual) {
            judge(AlertKind::Unusual, currency, anomaly.is_exceeded());
        }
        if let Some(is_rising) = book.is_rising.filter(|_| wanted.rise) {
            judge(AlertKind::Rise, currency, is_rising);
        }
    }
    for book in statement.counted().filter(|_| wanted.granted_expires) {
        of_credits(statement, book, now, judged);
    }
}

/// Each day on which credit of a book expires is its own condition, so that every credit is announced.
fn of_credits(
    statement: &AccountStatement,
    book: &BookStatement,
    now: Timestamp,
    judged: &mut Vec<(Alert, bool)>,
) {
    let mut days: Vec<Day> = Vec::new();
    for day in book.credits.each.iter().filter_map(|part| part.credit.expires) {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    for day in days {
        let mut parts = book.credits.each.iter().filter(|part| part.credit.expires == Some(day));
        let is_left = parts.any(|part| part.left.is_some_and(|left| !left.is_zero()));
        for (about, before) in [(AlertKind::CreditExpires, SOON), (AlertKind::CreditExpiresLater, LATER)] {
            let of = AlertScope::Credit(statement.id.clone(), book.currency, day);
            judged.push((Alert { about, of }, is_left && day.span().from <= now.plus(before)));
        }
    }
}

/// Whether a balance runs out, or is reloaded automatically, within this many days.
fn lasts_less_than(book: &BookStatement, days: u32) -> bool {
    let within = u64::from(days) * DAY;
    book.runway
        .or(book.next_charge)
        .is_some_and(|runway| runway.days.of_whole(DAY).is_some_and(|lasts| lasts < within))
}

/// The conditions evaluated so far, and whether each held. A condition on the total or on a currency applies to one month, and
/// its key ends in that month: `budget_spent 2026-05`. Earlier versions left the month out; such a key counts for this month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertState(Vec<(String, bool)>);

impl AlertState {
    /// Records the conditions of this month, and returns the new alerts, the most urgent first.
    pub fn judge(&mut self, month: Month, judged: Vec<(Alert, bool)>) -> Vec<Alert> {
        let mut alerts = Vec::new();
        // Credit that expired in an earlier month is not evaluated again.
        self.0.retain(|(key, _)| {
            key.rsplit(' ').next().and_then(Day::parse).is_none_or(|day| day.month() >= month)
        });
        for (alert, holds) in judged {
            let name = alert.key();
            let is_of_month = matches!(alert.of, AlertScope::Total | AlertScope::Currency(_));
            let key = if is_of_month { format!("{name} {month}") } else { name.clone() };
            let is_same = |stored: &str| {
                let rest = stored.strip_prefix(&*name);
                let is_month = |rest: &str| rest.strip_prefix(' ').and_then(Month::parse).is_some();
                rest.is_some_and(|rest| rest.is_empty() || (is_of_month && is_month(rest)))
            };
            match self.0.iter_mut().find(|(stored, _)| is_same(stored)) {
                None => self.0.push((key, holds)),
                Some((stored, held)) => {
                    let held_before = *held && (*stored == key || *stored == name);
                    if holds && !held_before {
                        alerts.push(alert);
                    }
                    (*stored, *held) = (key, holds);
                }
            }
        }
        in_order(alerts, |one, other| one.about.cmp(&other.about))
    }

    /// Whether nothing was evaluated yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets the conditions of an account.
    pub fn forget(&mut self, AccountId(id): &AccountId) {
        self.0.retain(|(key, _)| key.split(' ').nth(1) != Some(id.as_str()));
    }
}
