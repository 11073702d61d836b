//! What is written can be read back, one damaged value stops nothing else, and a lost value is recovered.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::{Bill, Line};
use drawdown::books::rates::{ExchangeRate, RateSource};
use drawdown::books::reading::{AccountId, Balance, Counter, Observation, Pools, Reading, Role};
use drawdown::host::Values;
use drawdown::money::{Amount, Currency, Money, Rate};
use drawdown::provider::Answer;
use drawdown::provider::ecb;
use drawdown::route::Event;
use drawdown::store::{Account, LoadScope, Loaded, Source, State, root_keys};
use drawdown::time::{DAY, Day};
use drawdown_lab::fake::{Fake, save};
use proptest::prelude::*;

use crate::make::{amount, at, usd};
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, text_of};

/// Any sum that a decimal holds.
fn sum() -> impl Strategy<Value = Amount> {
    let digits = prop_oneof![any::<i64>().prop_map(i128::from), -(1_i128 << 95)..(1_i128 << 95)];
    (digits, 0..=28_u32).prop_map(|(digits, decimals)| Amount::from_digits(digits, decimals).unwrap())
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
        prop_assert_eq!(read.account(&id), state.account(&id));
        let [read, known] = [&read, &state].map(|state| state.history(state.account(&id).unwrap()));
        prop_assert_eq!(read.observed, known.observed);
        prop_assert_eq!(read.bills, vec![&bill]);
    }

    #[test]
    fn a_share_of_any_amount_is_at_most_the_amount(whole in sum(), elapsed in 0_u64..=1_000) {
        let whole = if whole.is_negative() { -whole } else { whole };
        let share = whole.share(elapsed, 1_000);
        // A share is rounded to 12 decimals, and a stored amount may have more.
        let rounding = Amount::parse_stored("0.0000000000005").unwrap();
        prop_assert!(!share.is_negative() && share <= whole + rounding, "{share} of {whole}");
    }
}

#[test]
fn half_of_the_largest_amounts_is_half() {
    let whole = Amount::parse_stored("80000000000000000").unwrap();
    assert_eq!(whole.share(1, 2).to_string(), "40000000000000000");
}

/// A text that is not what is meant: the commit that would write it is refused.
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
    let answer = Answer { status: 200, retry_after: None, body };
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
        Ok(Answer { status: 200, retry_after: None, body: body.to_owned() })
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

/// Two accounts' worth of a browser: unlocked, $1 spent.
fn spending() -> Story {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.send("settings", &[("lock_after_minutes", "9"), ("currency", "USD")]);
    story.send("budget", &[("amount", "50"), ("currency", "USD")]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.badge().0, "$1.0");
    story
}

fn put(story: &Story, key: &str, text: &str) {
    story.host.stored.borrow_mut().insert(key.to_owned(), text.to_owned());
}

#[test]
fn a_lost_value_is_recovered_from_the_second_copy_and_reported() {
    for lost in
        [&["accounts"][..], &["vault"], &["settings"], &["meta"], &["meta", "settings", "vault", "accounts"]]
    {
        let story = spending();
        let before = story.host.stored.borrow().clone();
        lost.iter().for_each(|key| drop(story.host.stored.borrow_mut().remove(*key)));
        story.host.close_browser();
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0", "{lost:?}");
        for key in lost {
            let said = format!("lost or damaged what was stored under \"{key}\". It was recovered");
            assert!(story.popup().contains(&said) && story.dashboard().contains(&said), "{lost:?}");
        }
        for key in ["vault", "settings"] {
            assert_eq!(story.stored(key), before[key], "{lost:?}");
        }
        // The key still opens, and the next reading goes on from the last.
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17");
        story.send("unlock", &[("password", PASSWORD)]);
        assert_eq!(story.badge().0, "$3.0", "{lost:?}");
        story.send("noted", &[]);
        assert!(!story.popup().contains("lost or damaged"), "{lost:?}");
    }
}

#[test]
fn a_lost_or_damaged_account_is_recovered_and_the_others_stay() {
    for damaged in [None, Some("{\"cut"), Some("[]")] {
        let story = spending();
        story
            .set_books(OTHER_KEY, "USD 0+5")
            .send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
        let key = format!("account.{}", story.id(0));
        let before = story.host.accounts();
        match damaged {
            None => drop(story.host.stored.borrow_mut().remove(&key)),
            Some(text) => put(&story, &key, text),
        }
        story.event(Event::Start);
        let said = format!("lost or damaged what was stored under \"{key}\". It was recovered");
        assert!(story.popup().contains(&said), "{}", story.popup());
        assert_eq!(story.badge().0, "$1.0");
        let after = story.host.accounts();
        for (after, before) in after.iter().zip(&before) {
            assert_eq!([&after["id"], &after["credential"]], [&before["id"], &before["credential"]]);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), damaged.unwrap_or_default());
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
        assert_eq!(story.badge().0, "$3.0", "the next reading goes on from the last");
    }
}

#[test]
fn a_lost_pulse_loses_ages_and_no_figure() {
    let story = spending();
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    for damaged in [None, Some("{\"cut")] {
        match damaged {
            None => drop(story.host.stored.borrow_mut().remove("pulse")),
            Some(text) => put(&story, "pulse", text),
        }
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0");
        assert!(!story.popup().contains("lost or damaged"));
        assert!(story.popup().contains("Updated 2026-11-22T10:15:00Z"), "{}", story.popup());
    }
}

#[test]
fn a_value_that_may_be_recovered_later_is_not_overwritten() {
    for key in ["accounts", "vault", "settings", "meta"] {
        let story = spending();
        let copy = story.host.spare.replace(Some(String::new()));
        story.host.stored.borrow_mut().remove(key);
        let before = story.host.stored.borrow().clone();
        story.event(Event::Start).event(Event::Alarm);
        story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
        assert!(
            story.popup().contains(&format!("stored under \"{key}\" cannot be read")),
            "{}",
            story.popup()
        );
        assert_eq!(*story.host.stored.borrow(), before, "{key}");
        // Locking asks nothing.
        assert!(!story.host.is_locked());
        story.event(Event::Locked);
        assert!(story.host.is_locked(), "{key}");
        story.host.spare.replace(copy);
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0", "{key}");
    }
}

#[test]
fn a_profile_without_a_second_copy_gets_one_and_stays_as_it_is() {
    let story = spending();
    story.host.spare.replace(None);
    let accounts = story.stored("accounts");
    put(&story, "meta", "{\"version\":2,\"rev\":9}");
    story.event(Event::Start);
    assert_eq!(story.stored("accounts"), accounts);
    assert!(story.host.spare.borrow().is_some());
    assert!(!story.popup().contains("lost or damaged"), "{}", story.popup());
}

#[test]
fn the_guard_against_newer_versions_survives_the_loss_of_meta() {
    let story = spending();
    let copy = story.host.spare.borrow().clone().unwrap();
    let newer = copy.replacen("\"version\":4,", "\"version\":99,", 1);
    assert_ne!(newer, copy);
    story.host.spare.replace(Some(newer));
    story.host.stored.borrow_mut().remove("meta");
    assert!(story.popup().contains("written by a newer Drawdown"), "{}", story.popup());
}

#[test]
fn the_second_copy_is_written_before_the_reply() {
    let story = spending();
    let copy = || story.host.spare.borrow().clone().unwrap();
    let (before, vault) = (copy(), story.stored("vault"));
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    assert_eq!(copy(), before, "a refresh changes nothing in it");
    assert!(before.contains(&vault));
    let other = "another long password";
    story.send("change_password", &[("current", PASSWORD), ("password", other), ("again", other)]);
    assert!(!copy().contains(&vault) && copy().contains(&story.stored("vault")));
    story.send("remove", &[("account", &story.id(0)), ("history", "erase")]);
    assert!(copy().ends_with("\"accounts\":[]}"), "{}", copy());
}

#[test]
fn one_damaged_value_stops_nothing_else_and_every_copy_is_kept() {
    for key in ["alerts", "meta", "settings", "vault", "accounts"] {
        let story = spending();
        for damaged in ["{\"cut", "[[["] {
            put(&story, key, damaged);
            story.event(Event::Start);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), "{\"cut\n[[[");
        assert_eq!(story.badge().0, "$1.0", "{key}");
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
        assert_eq!(story.badge().0, "$3.0", "{key}");
        story.click("lock", &[]);
        assert!(story.host.is_locked(), "{key}");
    }
}

#[test]
fn only_the_damaged_field_of_settings_and_accounts_gets_its_default() {
    let story = spending();
    story.host.spare.replace(None);
    let settings =
        story.stored("settings").replace("\"lock_after_minutes\":9", "\"lock_after_minutes\":\"x\"");
    put(&story, "settings", &settings);
    let key = format!("account.{}", story.id(0));
    let account = story.stored(&key).replace("\"habits\":[]", "\"habits\":\"x\"");
    put(&story, &key, &account);
    let pulse = story.stored("pulse");
    put(&story, "pulse", &pulse.replace("\"asked_at\":1", "\"failures\":\"x\",\"asked_at\":1"));
    // What is not known to be unwanted locks.
    story.event(Event::Idle);
    assert!(story.host.is_locked());
    assert!(story.stored("settings").contains("\"lock_after_minutes\":null"), "{}", story.stored("settings"));
    assert!(
        story.stored("settings").contains("\"budget\":{\"amount\":\"50\""),
        "{}",
        story.stored("settings")
    );
    assert_eq!(story.stored(&key), account.replace("\"habits\":\"x\"", "\"habits\":[]"));
    assert_eq!(story.stored(&format!("damaged.{key}")), account);
    assert_eq!(story.stored("pulse"), pulse);
    assert_eq!(story.stored("damaged.settings"), settings);
    assert!(
        story.popup().contains("stored under \"settings\". What could still be read is used"),
        "{}",
        story.popup()
    );
}

#[test]
fn a_key_that_cannot_be_opened_now_is_kept() {
    let story = spending();
    let sealed = |story: &Story| story.host.accounts()[0]["credential"].clone();
    let credential = sealed(&story);
    // Both copies of the vault are gone, and the session too.
    story.host.spare.replace(None);
    story.host.stored.borrow_mut().remove("vault");
    story.host.close_browser();
    story.event(Event::Start);
    story.set_books(OTHER_KEY, "USD 0+5");
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.clock("2026-11-22T11:45:00Z").event(Event::Alarm);
    assert_eq!(sealed(&story), credential);
    assert!(story.popup().contains("paste"), "{}", story.popup());
}

#[test]
fn a_second_damaged_copy_is_kept_next_to_the_first() {
    let story = spending();
    story.clock("2026-12-01T10:15:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
    let id = story.id(0);
    let mut day = 1;
    for key in [format!("readings.{id}.2026-12"), format!("months.{id}"), "requests".to_owned()] {
        for damaged in ["{\"cut", "[[["] {
            day += 1;
            put(&story, &key, damaged);
            story.host.set_now(at("2026-12-01T10:00:00Z").plus(day * DAY));
            story.set_books(KEY, "USD 0+16").event(Event::Start).event(Event::Alarm);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), "{\"cut\n[[[", "{key}");
    }
}

#[test]
fn an_erased_account_is_in_no_damaged_text() {
    let story = spending();
    story.set_books(OTHER_KEY, "USD 0+5").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    let id = story.id(0);
    let (key, damaged) = (format!("account.{id}"), format!("damaged.account.{id}"));
    put(&story, &key, &story.stored(&key).replace("\"label\":\"\"", "\"label\":7"));
    story.event(Event::Start);
    put(&story, "accounts", &format!("[\"{id}\", 7]"));
    story.event(Event::Start);
    put(&story, "accounts", "{\"cut");
    story.event(Event::Start);
    assert!(story.stored(&damaged).contains(&id) && story.stored("damaged.accounts").contains(&id));
    story.send("remove", &[("account", &id), ("history", "erase")]);
    assert_eq!((&*story.stored(&damaged), &*story.stored("damaged.accounts")), ("", "{\"cut"));
    assert!(!story.host.spare.borrow().as_ref().unwrap().contains(&id));
}
