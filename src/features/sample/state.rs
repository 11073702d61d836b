//! The made-up accounts: two that are billed by model, a prepaid balance with a top-up, a subscription and a budget.

use crate::app::refresh::keep;
use crate::books::bill::{Bill, Line};
use crate::books::plan::{Every, Plan};
use crate::books::reading::{AccountId, Balance, Pools, Reading, Role};
use crate::features::sample::setting::IS_SHOWN;
use crate::money::{Amount, Currency, Money};
use crate::provider::Report;
use crate::store::{Account, Source, State};
use crate::time::{DAY, Day, HOUR, Timestamp};

/// The prefix of the sample's account ids. A real id is a hexadecimal number.
pub(super) const PREFIX: &str = "sample-";
/// The number of days that the sample covers.
const DAYS: u64 = 75;
/// The cost of each weekday in percent of an average day, from Sunday.
const WEEK: [u64; 7] = [30, 100, 115, 90, 125, 105, 40];
/// The accounts that are billed by model.
const BILLED: [Billed; 2] = [
    Billed {
        provider: "anthropic",
        label: "work",
        models: [("claude-opus-4.8", 240), ("claude-haiku-4.5", 70)],
    },
    Billed { provider: "openai", label: "", models: [("gpt-5.5", 120), ("gpt-5.5-mini", 35)] },
];

/// An account that is billed by model.
struct Billed {
    provider: &'static str,
    label: &'static str,
    /// Its models, each with its cost on an average day in cents.
    models: [(&'static str, u64); 2],
}

/// The sample that replaces a state without accounts, if the user turned it on.
pub(crate) fn sample_of(state: &State, now: Timestamp) -> Option<State> {
    let is_shown = state.accounts.is_empty() && IS_SHOWN.get(&state.settings);
    is_shown.then(|| sample(state, now))
}

fn sample(own: &State, now: Timestamp) -> State {
    let mut state = State::default();
    state.settings = own.settings.clone();
    let first = now.minus(DAYS * DAY).day();
    for Billed { provider, label, models } in BILLED {
        let id = AccountId(format!("{PREFIX}{provider}"));
        state.accounts.push(Account::without_key(id.clone(), provider, label.to_owned(), Source::File));
        let until_today = (0..=DAYS).map(|back| first.span().from.plus(back * DAY).day());
        let bills = until_today.map(|day| bill(day, &models, now)).collect();
        keep(&mut state, &id, now, Role::Follows, Report { bills, ..Report::default() });
    }
    prepaid(&mut state, first, now);
    state.settings.plans = vec![Plan {
        name: "Claude Pro".to_owned(),
        amount: Amount::whole(20),
        currency: Currency::USD,
        every: Every::Month,
        day: 3,
        since: first,
        until: None,
    }];
    state.settings.budget = Some(Money { amount: Amount::whole(250), currency: Currency::USD });
    state
}

/// The cents of a day, from those of an average day: they depend on the weekday and vary a little by week.
fn cents(day: Day, usual: u64) -> u64 {
    let of_week = WEEK.get(day.weekday()).copied().unwrap_or(100);
    let week = day.span().from.ms() / (7 * DAY) % 5;
    usual * of_week * (90 + 6 * week) / 10_000
}

fn bill(day: Day, models: &[(&str, u64)], now: Timestamp) -> Bill {
    let passed = now.since(day.span().from).min(DAY);
    let line = |(name, usual): &(&str, u64)| Line {
        name: (*name).to_owned(),
        wallet: None,
        amount: dollars(cents(day, *usual) * passed / DAY),
    };
    Bill { lines: models.iter().map(line).collect(), ..Bill::empty(Currency::USD, day) }
}

/// A balance that falls every six hours and was topped up ten days ago.
fn prepaid(state: &mut State, first: Day, now: Timestamp) {
    let id = AccountId(format!("{PREFIX}deepseek"));
    let source = Source::Balance(Currency::USD);
    state.accounts.push(Account::without_key(id.clone(), "deepseek", "main".to_owned(), source));
    let mut left = 9_600;
    let top_up = now.minus(10 * DAY);
    let mut at = first.span().from;
    while at <= now {
        let reading =
            Reading::Balance(Balance { currency: Currency::USD, pools: Pools::Total(dollars(left)) });
        keep(state, &id, at, Role::Follows, Report { readings: vec![reading], ..Report::default() });
        let next = at.plus(6 * HOUR);
        left -= cents(at.day(), 150) / 4;
        if at <= top_up && top_up < next {
            left += 2_000;
        }
        at = next;
    }
}

fn dollars(cents: u64) -> Amount {
    Amount::unit(2).times(cents, 1).unwrap_or_default()
}
