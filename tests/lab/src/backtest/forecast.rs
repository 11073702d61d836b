//! Drawdown's forecasts at each origin, through the real ledger and statement.

use drawdown::books::ledger::AccountHistory;
use drawdown::books::reading::{AccountId, DrawOrder};
use drawdown::books::statement::{AccountInput, Forecast, Statement, StatementInput};
use drawdown::money::Amount;
use drawdown::time::{HOUR, Span, Timestamp};

use crate::backtest::life::{Bits, SimulatedAccount};
use crate::backtest::score::Case;
use crate::backtest::{previous, rivals};

/// The days of the month after which a forecast is made.
pub const ORIGINS: [u32; 5] = [5, 10, 15, 20, 25];

/// The forecasts at one origin.
#[derive(Clone)]
pub struct Forecasts {
    pub origin: u32,
    pub landing: Case,
    pub next: Case,
}

/// The forecasts of one simulated account, at every origin.
pub fn forecasts(life: &SimulatedAccount) -> Vec<Forecasts> {
    ORIGINS.iter().map(|origin| at(life, *origin)).collect()
}

fn at(life: &SimulatedAccount, origin: u32) -> Forecasts {
    let now = life.month.day(origin).span().to;
    let (month, next) = (life.month.span(), life.month.next().span());
    let statement = statement(life, now);
    let known: Vec<_> = life.days.iter().filter(|(day, _)| day.span().to <= now).copied().collect();
    let spent = life.spent(Span { from: month.from, to: now });
    let ahead = Span { from: now, to: month.to };
    let spends: Vec<Bits> = known.iter().map(|(_, spend)| *spend).collect();
    let before = |spent: Bits, ahead: Span| {
        let (amount, half) =
            (spends.len() >= 28).then(|| previous::forecast(&spends, ahead.days().count() as f64))?;
        let (spent, amount) = (spent as f64, spent as f64 + amount);
        Some((amount, ((amount - half).max(spent), amount + half)))
    };
    let case = |forecast: &Forecast, truth: Bits, spent: Bits, ahead: Span| Case {
        truth: truth as f64,
        spent: spent as f64,
        amount: forecast.figure.amount.map_or(f64::NAN, bits),
        range: forecast.range.map(|range| (bits(range.low), bits(range.high))),
        before: before(spent, ahead),
        rivals: rivals::all(&known, life.month, ahead).map(|ahead| spent as f64 + ahead),
    };
    Forecasts {
        origin,
        landing: case(&statement.landing, life.spent(month), spent, ahead),
        next: case(&statement.next_month, life.spent(next), 0, next),
    }
}

fn statement(life: &SimulatedAccount, now: Timestamp) -> Statement {
    let id = AccountId("one".to_owned());
    let known = life.observed.partition_point(|observed| observed.at <= now);
    let history =
        AccountHistory::from_readings(life.observed.iter().take(known).collect(), DrawOrder::InAnyOrder);
    let account = AccountInput {
        id: &id,
        provider: "",
        history,
        since: &[],
        settles_after: 0,
        lost: Vec::new(),
        is_ended: false,
        is_watched: false,
        credits: &[],
        reloads: false,
        stale_after: 9 * HOUR,
        ends: None,
        left: &[],
        read_at: Some(now),
    };
    Statement::new(&StatementInput {
        now,
        currency: None,
        rates: &[],
        plans: &[],
        budget: None,
        accounts: vec![account],
    })
}

/// Money as a number, for shares.
pub fn bits(amount: Amount) -> f64 {
    amount.to_fixed(4).replace('.', "").parse::<i64>().expect("few digits") as f64
}
