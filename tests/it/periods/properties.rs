//! Whatever the accounts' data, the parts sum to the total.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::reading::Observation;
use drawdown::books::statement::Period;
use drawdown::money::{Amount, Currency};
use drawdown::time::{HOUR, Timestamp};
use proptest::prelude::*;

use crate::builders::{at, observed};
use crate::periods::scene::{NOON, Scene, account, detail, month, of_bills, of_readings};

/// The data of an account at hours after 20 September: its spend since then and its bills, in cents.
#[derive(Clone, Debug)]
struct AccountData {
    currency: usize,
    is_billed: bool,
    steps: Vec<(u64, i64)>,
}

fn account_data() -> impl Strategy<Value = AccountData> {
    let steps = prop::collection::vec((1..60_u64, -200..2_000_i64), 0..60);
    (0..3_usize, any::<bool>(), steps).prop_map(|(currency, is_billed, steps)| AccountData {
        currency,
        is_billed,
        steps,
    })
}

const CODES: [&str; 3] = ["USD", "CNY", "EUR"];

impl AccountData {
    fn moments(&self) -> impl Iterator<Item = (Timestamp, Amount)> {
        let mut now = at("2026-09-20T00:00:00Z");
        self.steps.iter().filter_map(move |(hours, cents)| {
            now = now.plus(hours * HOUR);
            (now <= at(NOON)).then(|| (now, Amount::from_digits((*cents).into(), 2).unwrap()))
        })
    }

    fn readings(&self) -> Vec<Observation> {
        let mut left = Amount::whole(1_000);
        let reading = |(at, spent): (Timestamp, Amount)| {
            left = left - spent;
            observed(&at.to_string(), &format!("{} {left}", CODES[self.currency]))
        };
        if self.is_billed { Vec::new() } else { self.moments().map(reading).collect() }
    }

    fn bills(&self) -> Vec<Bill> {
        let mut bills: Vec<Bill> = Vec::new();
        let currency = Currency::parse(CODES[self.currency]).unwrap();
        for (at, spent) in self.moments().filter(|_| self.is_billed) {
            let name = format!("model {}", spent.digits().0.rem_euclid(30));
            let line = Line { name, wallet: None, amount: spent };
            match bills.last_mut().filter(|last| last.day == at.day()) {
                Some(last) => last.add(line),
                None => bills.push(Bill { lines: vec![line], ..Bill::empty(currency, at.day()) }),
            }
        }
        bills
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Accounts, subscriptions and lines sum to the total, days to the month, and future days to the forecast.
    #[test]
    fn the_parts_sum_to_the_total(told in prop::collection::vec(account_data(), 0..4), fixed in 0..3_usize) {
        let kept: Vec<_> = told.iter().map(|told| (told.readings(), told.bills())).collect();
        let accounts = told.iter().zip(&kept).enumerate().map(|(place, (told, (readings, bills)))| {
            let history = if told.is_billed { of_bills(bills) } else { of_readings(readings) };
            account(&place.to_string(), history)
        });
        let scene = Scene::new();
        let detail = detail(accounts.collect(), &scene.plans[..fixed], &scene.rates, Vec::new());
        let this = month("2026-11");
        for period in [Period::Month(this), Period::Month(month("2026-10")), Period::Week, Period::Yesterday] {
            let spending = detail.spending(period);
            let known = |amount: Option<Amount>| amount.unwrap_or_default();
            let accounts: Amount = spending.sum.accounts.iter().map(|of| known(of.spend.amount)).sum();
            prop_assert_eq!(accounts, known(spending.sum.spend.amount));
            prop_assert_eq!(accounts + spending.sum.plans, known(spending.sum.total().amount));
            let lines: Amount = spending.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(lines, accounts);
            prop_assert!(spending.lines.len() <= 21);
        }
        let spending = detail.spending(Period::Month(this));
        let total = &detail.statement.total;
        prop_assert_eq!(spending.sum.total(), total.so_far());
        prop_assert_eq!(&spending.sum.not_converted, &total.not_converted);
        let of_days = detail.days(this).into_iter().map(|day| day.sum.total().amount.unwrap_or_default());
        prop_assert_eq!(of_days.sum::<Amount>(), spending.sum.total().amount.unwrap_or_default());
        if let Some(ahead) = detail.month_ahead() {
            let last = ahead.days.last().unwrap();
            prop_assert_eq!(Some(last.month_to_date), detail.statement.landing.figure.amount);
            prop_assert_eq!(last.month_to_date_range, detail.statement.landing.range);
            prop_assert!(ahead.days.iter().all(|day| !day.expected.is_negative()));
            let is_in = |of: &drawdown::books::statement::DayForecast| {
                of.range.is_none_or(|range| range.low <= of.expected && of.expected <= range.high)
            };
            prop_assert!(ahead.days.iter().all(is_in));
        }
    }
}
