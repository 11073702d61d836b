//! Stored values read back unchanged, or the commit is refused.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::{Bill, Line};
use drawdown::books::invoice::Invoice;
use drawdown::books::past_forecast::PastForecast;
use drawdown::books::rates::{ExchangeRate, RateSource};
use drawdown::books::reading::{AccountId, Balance, Counter, Observation, Pools, Reading, Role};
use drawdown::books::untracked::UntrackedService;
use drawdown::host::Values;
use drawdown::money::{Amount, Currency, Money, Rate};
use drawdown::provider::Answer;
use drawdown::provider::ecb;
use drawdown::store::{Account, LoadScope, Loaded, Source, State, root_keys};
use drawdown::time::Day;
use drawdown_lab::fake::{Fake, save};
use proptest::prelude::*;

use crate::builders::{amount, at, usd};
use crate::story::{KEY, Story, text_of};

/// Any amount that a decimal can hold.
fn sum() -> impl Strategy<Value = Amount> {
    let digits = prop_oneof![any::<i64>().prop_map(i128::from), -(1_i128 << 95)..(1_i128 << 95)];
    (digits, 0..=28_u32).prop_map(|(digits, decimals)| Amount::from_digits(digits, decimals).unwrap())
}

pub(crate) fn stored(values: &Values, keys: Vec<String>) -> Values {
    let mut stored = Values::default();
    for key in keys {
        let text = values.get(&key).flatten().map(str::to_owned);
        stored.set(key, text);
    }
    stored
}

pub(crate) fn load(values: &Values, now: &str) -> State {
    let mut keys = root_keys();
    loop {
        match State::load(&stored(values, keys.clone()), at(now), &LoadScope::Answerable) {
            Loaded::Complete(state) => return *state,
            Loaded::Needs(more) => keys.extend(more),
            Loaded::Unusable(why) => panic!("{why:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_amount_reads_back_from_every_stored_field(sums in prop::array::uniform8(sum())) {
        let now = "2026-11-22T10:00:00Z";
        let [granted, topped_up, total, month, line, budget, habit, more] = sums;
        let id = AccountId("one".to_owned());
        let mut state = load(&Values::default(), now);
        state.accounts.push(Account::without_key(id.clone(), "deepseek", String::new(), Source::File));
        state.settings.budget = Some(Money { amount: budget, currency: usd() });
        state.settings.rates.extend(Amount::whole(1).over(more).and_then(Rate::above_zero).map(|rate| {
            ExchangeRate { from: Currency::parse("CNY").unwrap(), to: usd(), rate, on: Day::parse("2026-11-20").unwrap(), source: RateSource::Ecb }
        }));
        state.account_mut(&id).unwrap().habits.push((usd(), habit));
        let on = Day::parse("2026-11-10").unwrap();
        let said = |range| PastForecast { on, currency: usd(), amount: budget, range, accounts: 3 };
        state.forecasts.push(said(Some((granted, total))));
        let expected = Money { amount: line, currency: usd() };
        let service = UntrackedService { name: "A B".to_owned(), expected, note: "one two".to_owned() };
        state.settings.untracked.push(service);
        let account = state.account_mut(&id).unwrap();
        account.forecasts.push(said(None));
        for (counted, note) in [(Some(month), "INV 7  b"), (None, "")] {
            let (total, credits, tax) = (habit, more, granted);
            let (note, month) = (note.to_owned(), on.month());
            account.invoices.push(Invoice { month, currency: usd(), total, credits, tax, note, counted });
        }
        let observed = |time: &str, readings| Observation { at: at(time), role: Role::Follows, readings };
        let split = Pools::Split { granted, topped_up };
        let counter = |total| Reading::Counter(Counter { currency: Currency::parse("EUR").unwrap(), total, this_month: Some(month) });
        let balance = |pools| Reading::Balance(Balance { currency: usd(), pools });
        prop_assert!(state.observe(&id, observed("2026-11-22T08:00:00Z", vec![balance(split), counter(total)])));
        prop_assert!(state.observe(&id, observed("2026-11-22T09:00:00Z", vec![balance(Pools::Total(more)), counter(granted)])));
        let lines = [line, more].map(|amount| Line { name: amount.to_string(), wallet: None, amount }).to_vec();
        let empty = Bill::empty(usd(), Day::parse("2026-11-20").unwrap());
        let bill = Bill { lines, has_unpriced: total.is_negative(), ..empty };
        prop_assert!(state.bill(&id, vec![bill.clone()], at(now)));
        let values = save(&mut state);
        prop_assert!(state.is_read_from(&values));
        let read = load(&values, now);
        prop_assert_eq!(&read.settings, &state.settings);
        prop_assert_eq!(&read.forecasts, &state.forecasts);
        prop_assert_eq!(read.account(&id), state.account(&id));
        let [read, known] = [&read, &state].map(|state| state.history(state.account(&id).unwrap()));
        prop_assert_eq!(read.observed, known.observed);
        prop_assert_eq!(read.bills, vec![&bill]);
    }

    #[test]
    fn a_share_of_any_amount_is_at_most_the_amount(whole in sum(), elapsed in 0_u64..=1_000) {
        let whole = if whole.is_negative() { -whole } else { whole };
        let share = whole.share(elapsed, 1_000);
        // A share is rounded to 12 decimals; a stored amount may have more.
        let rounding = Amount::parse_stored("0.0000000000005").unwrap();
        prop_assert!(!share.is_negative() && share <= whole + rounding, "{share} of {whole}");
    }
}

#[test]
fn half_of_the_largest_amounts_is_half() {
    let whole = Amount::parse_stored("80000000000000000").unwrap();
    assert_eq!(whole.share(1, 2).to_string(), "40000000000000000");
}

/// A text that reads back differently: its commit is refused.
#[test]
fn a_commit_that_does_not_read_back_is_refused() {
    let now = "2026-11-22T10:00:00Z";
    let mut state = load(&Values::default(), now);
    state.settings.budget = Some(Money { amount: amount("5"), currency: usd() });
    let values = save(&mut state);
    assert!(state.is_read_from(&values));
    for (from, to) in [("\"5\"", "\"6\""), ("\"5\"", "\"x\""), ("{", "[")] {
        let mut other = Values::default();
        for (key, text) in values.iter() {
            other.set(
                key.to_owned(),
                text.map(|text| if key == "settings" { text.replacen(from, to, 1) } else { text.to_owned() }),
            );
        }
        assert!(!state.is_read_from(&other), "{to}");
    }
}

#[test]
fn a_very_small_rate_is_stored() {
    let cny = Currency::parse("CNY").unwrap();
    let body =
        r#"{"amount":1.0,"base":"USD","date":"2026-11-20","rates":{"CNY":0.0000000000000001}}"#.to_owned();
    let answer = Answer::new(200, body);
    let rates = ecb::read(&answer, at("2026-11-22T10:00:00Z"), usd(), &[cny]).unwrap();
    let text = serde_json::to_string(&rates).unwrap();
    assert_eq!(text, r#"["CNY USD 10000000000000000 2026-11-20 ecb"]"#);
    assert_eq!(serde_json::from_str::<Vec<ExchangeRate>>(&text).unwrap(), rates);
}

#[test]
fn a_very_large_balance_leaves_the_accounts_readable() {
    let host = Fake::new("2026-11-22T10:00:00Z");
    host.answers(|request| {
        let body = if request.url.contains("credits") {
            r#"{"data":{"total_credits":999999999999999,"total_usage":-1}}"#
        } else {
            r#"{"data":[]}"#
        };
        Ok(Answer::new(200, body))
    });
    let fields = [("provider", "openrouter-account"), ("key", "sk-or-v1-0123456789abcdef")];
    let send = |command, fields: &[(&str, &str)]| {
        host.run(drawdown_lab::on_message(&host, &crate::story::message("dashboard", command, fields)))
    };
    assert!(send("connect", &fields).html.contains("Connected"));
    assert!(send("show", &[]).html.contains("1,000,000,000,000,000.00"));
}

#[test]
fn two_rows_above_the_limit_of_one_leave_the_month_readable() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+19");
    story.send("refresh", &[]);
    let row = "u,2026-11-10,deepseek-chat,Paid,999999999999999,USD\n";
    let csv = STANDARD.encode(format!("user_id,utc_date,model,wallet_type,cost,currency\n{row}{row}"));
    let said =
        story.send("import", &[("account", &story.id(0)), ("file.0", &csv), ("file.0.name", "cost.csv")]);
    assert!(said.ok, "{}", text_of(&said.html));
    assert!(story.dashboard().contains("$1,999,999,999,999,999.00"), "{}", story.dashboard());
    assert!(!story.host.stored.borrow().keys().any(|key| key.starts_with("damaged.")));
}
