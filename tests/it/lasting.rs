//! What is written can be read back, one damaged value stops nothing else, and a lost value is recovered.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::bill::{Bill, Line};
use drawdown::exchange::{self, Exchange, ToldBy};
use drawdown::host::Values;
use drawdown::money::{Amount, Currency, Money, Rate};
use drawdown::period::Day;
use drawdown::provider::Answer;
use drawdown::reading::{AccountId, Balance, Counter, Observed, Pools, Reading, Role};
use drawdown::state::{Account, Loaded, Reach, Source, State, root_keys};
use proptest::prelude::*;

use crate::fake::Fake;
use crate::make::{amount, at, usd};
use crate::story::{KEY, Story, text_of};

/// Any sum that a decimal holds.
fn sum() -> impl Strategy<Value = Amount> {
    let digits = prop_oneof![any::<i64>().prop_map(i128::from), -(1_i128 << 95)..(1_i128 << 95)];
    (digits, 0..=28_u32).prop_map(|(digits, decimals)| Amount::of_digits(digits, decimals).unwrap())
}

fn stored(values: &Values, keys: Vec<String>) -> Values {
    let mut stored = Values::default();
    for key in keys {
        let text = values.get(&key).flatten().map(str::to_owned);
        stored.set(key, text);
    }
    stored
}

fn load(values: &Values, now: &str) -> State {
    let mut keys = root_keys();
    loop {
        match State::load(&stored(values, keys.clone()), at(now), &Reach::Answerable) {
            Loaded::Complete(state) => return *state,
            Loaded::Needs(more) => keys.extend(more),
            Loaded::Unusable(why) => panic!("{why:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sum_reads_back_from_every_place(sums in prop::array::uniform8(sum())) {
        let now = "2026-11-22T10:00:00Z";
        let [granted, topped_up, total, month, line, budget, habit, more] = sums;
        let id = AccountId("one".to_owned());
        let mut state = load(&Values::default(), now);
        state.accounts.push(Account::without_key(id.clone(), "deepseek", String::new(), Source::File));
        state.settings.budget = Some(Money { amount: budget, currency: usd() });
        state.settings.rates.extend(Amount::whole(1).over(more).and_then(Rate::above_zero).map(|rate| {
            Exchange { from: Currency::read("CNY").unwrap(), to: usd(), rate, on: Day::read("2026-11-20").unwrap(), told_by: ToldBy::Ecb }
        }));
        state.account_mut(&id).unwrap().habits.push((usd(), habit));
        let told = |time: &str, readings| Observed { at: at(time), role: Role::Follows, readings };
        let split = Pools::Split { granted, topped_up };
        let counter = |total| Reading::Counter(Counter { currency: Currency::read("EUR").unwrap(), total, this_month: Some(month) });
        let balance = |pools| Reading::Balance(Balance { currency: usd(), pools });
        prop_assert!(state.observe(&id, told("2026-11-22T08:00:00Z", vec![balance(split), counter(total)])));
        prop_assert!(state.observe(&id, told("2026-11-22T09:00:00Z", vec![balance(Pools::Total(more)), counter(granted)])));
        let lines = [line, more].map(|amount| Line { name: amount.to_string(), wallet: None, amount }).to_vec();
        let bill = Bill { lines, ..Bill::empty(usd(), Day::read("2026-11-20").unwrap()) };
        prop_assert!(state.bill(&id, vec![bill.clone()], at(now)));
        let values = state.save();
        prop_assert!(state.is_read_from(&values));
        let read = load(&values, now);
        prop_assert_eq!(&read.settings, &state.settings);
        prop_assert_eq!(&read.accounts, &state.accounts);
        let (read, known) = (read.told(&read.accounts[0]), state.told(&state.accounts[0]));
        prop_assert_eq!(read.observed, known.observed);
        prop_assert_eq!(read.bills, vec![&bill]);
    }

    #[test]
    fn a_share_of_any_sum_is_a_part_of_it(whole in sum(), elapsed in 0_u64..=1_000) {
        let whole = if whole.is_negative() { -whole } else { whole };
        let share = whole.share(elapsed, 1_000);
        prop_assert!(!share.is_negative() && share <= whole, "{share} of {whole}");
    }
}

#[test]
fn half_of_a_sum_without_room_for_decimals_is_half_of_it() {
    let whole = Amount::read_stored("80000000000000000").unwrap();
    assert_eq!(whole.share(1, 2).to_string(), "40000000000000000");
}

/// A text that is not what is meant: the commit that would write it is refused.
#[test]
fn what_does_not_read_back_is_not_what_was_meant() {
    let now = "2026-11-22T10:00:00Z";
    let mut state = load(&Values::default(), now);
    state.settings.budget = Some(Money { amount: amount("5"), currency: usd() });
    let values = state.save();
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
fn a_rate_of_a_tiny_quote_is_kept() {
    let cny = Currency::read("CNY").unwrap();
    let body =
        r#"{"amount":1.0,"base":"USD","date":"2026-11-20","rates":{"CNY":0.0000000000000001}}"#.to_owned();
    let answer = Answer { status: 200, retry_after: None, body };
    let rates = exchange::read(&answer, at("2026-11-22T10:00:00Z"), usd(), &[cny]).unwrap();
    let text = serde_json::to_string(&rates).unwrap();
    assert_eq!(text, r#"["CNY USD 10000000000000000 2026-11-20 ecb"]"#);
    assert_eq!(serde_json::from_str::<Vec<Exchange>>(&text).unwrap(), rates);
}

#[test]
fn a_balance_of_a_quadrillion_leaves_the_accounts_readable() {
    let host = Fake::new("2026-11-22T10:00:00Z");
    host.answers(|request| {
        let body = if request.url.contains("credits") {
            r#"{"data":{"total_credits":999999999999999,"total_usage":-1}}"#
        } else {
            r#"{"data":[]}"#
        };
        Ok(Answer { status: 200, retry_after: None, body: body.to_owned() })
    });
    let fields = [("provider", "openrouter-account"), ("key", "sk-or-v1-0123456789abcdef")];
    let send = |command, fields: &[(&str, &str)]| {
        host.run(drawdown::worker::on_message(&host, &crate::story::message("dashboard", command, fields)))
    };
    assert!(send("connect", &fields).html.contains("Connected"));
    assert!(send("show", &[]).html.contains("1,000,000,000,000,000.00"));
}

#[test]
fn two_rows_that_sum_to_more_than_one_may_be_leave_the_month_readable() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T11:00:00Z").tells(KEY, "USD 0+19");
    story.send("refresh", &[]);
    let row = "u,2026-11-10,deepseek-chat,Paid,999999999999999,USD\n";
    let csv = STANDARD.encode(format!("user_id,utc_date,model,wallet_type,cost,currency\n{row}{row}"));
    let said =
        story.send("import", &[("account", &story.id(0)), ("file.0", &csv), ("file.0.name", "cost.csv")]);
    assert!(said.ok, "{}", text_of(&said.html));
    assert!(story.dashboard().contains("$1,999,999,999,999,999.00"), "{}", story.dashboard());
    assert!(!story.host.stored.borrow().keys().any(|key| key.starts_with("damaged.")));
}
