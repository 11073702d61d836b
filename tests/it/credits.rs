//! Prepaid credit with an end date: what is left of each purchase, what will expire unused, and its reminders.

use drawdown::books::credit::{Credit, CreditsLeft, Held, Purchase, left_of};
use drawdown::books::reading::DrawOrder;
use drawdown::host::Host;
use drawdown::money::Amount;
use drawdown::route::Event;
use drawdown::time::{DAY, Day};
use proptest::prelude::*;

use crate::backup::{back_up, restored};
use crate::billed_accounts;
use crate::builders::{at, usd};
use crate::story::{KEY, Story, has, lacks, text_of};
use crate::undo::is_undone;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A credit that ends this number of days from today, or never.
fn credit((place, cents, ends): (usize, u32, Option<u64>)) -> Credit {
    let today = at("2026-11-20T00:00:00Z");
    let purchase = Purchase { id: place.to_string(), on: today.day(), amount: cents_of(cents) };
    let expires = ends.map(|days| today.plus(days * DAY).day());
    Credit { currency: usd(), expires, purchase: Some(purchase) }
}

fn cents_of(cents: u32) -> Amount {
    Amount::from_digits(cents.into(), 2).unwrap()
}

fn credits() -> impl Strategy<Value = Vec<Credit>> {
    let one = (1_u32..5_000, prop::option::of(0_u64..400));
    prop::collection::vec(one, 0..6).prop_map(|all| {
        all.into_iter().enumerate().map(|(place, (cents, ends))| credit((place, cents, ends))).collect()
    })
}

/// What is left of credits at a constant spend of `a_day` cents a day.
fn left(credits: &[Credit], balance: u32, granted: u32, a_day: u32, order: DrawOrder) -> CreditsLeft {
    let held = Held { balance: Some(cents_of(balance)), granted: Some(cents_of(granted)) };
    let mut left = left_of(credits, held, order, day("2026-11-20"));
    let pace = cents_of(a_day);
    let lasts = |amount: Amount| amount.over(pace)?.of_whole(DAY);
    left.forecast(at("2026-11-20T00:00:00Z"), lasts, |ms| pace.times(ms, DAY).unwrap());
    left
}

fn order() -> impl Strategy<Value = DrawOrder> {
    prop_oneof![Just(DrawOrder::GrantedFirst), Just(DrawOrder::InAnyOrder)]
}

proptest! {
    #[test]
    fn what_is_left_sums_to_the_balance_and_is_never_more_than_was_bought(
        credits in credits(),
        paid in 0_u32..10_000,
        granted in 0_u32..1_000,
        order in order(),
    ) {
        let left = left(&credits, paid + granted, granted, 100, order);
        let parts: Vec<Amount> = left.each.iter().map(|part| part.left.unwrap()).collect();
        prop_assert_eq!(parts.iter().copied().sum::<Amount>() + left.rest, cents_of(paid + granted));
        for part in &left.each {
            let bought = part.credit.purchase.as_ref().unwrap().amount;
            let (left, unused) = (part.left.unwrap(), part.unused.unwrap());
            prop_assert!(left >= Amount::ZERO && left <= bought);
            prop_assert!(unused >= Amount::ZERO && unused <= left);
        }
    }

    #[test]
    fn spending_more_never_leaves_more_to_expire(
        credits in credits(),
        balance in 0_u32..10_000,
        slow in 1_u32..500,
        more in 0_u32..500,
        spent in 0_u32..5_000,
        order in order(),
    ) {
        let unused = |balance, a_day| left(&credits, balance, 0, a_day, order).unused();
        // An amount that lasts a fraction of a millisecond is rounded, so a cent may be off.
        let cent = cents_of(1);
        prop_assert!(unused(balance, slow + more) <= unused(balance, slow) + cent);
        prop_assert!(unused(balance.saturating_sub(spent), slow) <= unused(balance, slow) + cent);
    }

    #[test]
    fn what_is_stored_is_read_back_equal(credits in credits()) {
        let stored = serde_json::to_string(&credits).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Credit>>(&stored).unwrap(), credits);
    }
}

#[test]
fn an_end_date_of_granted_credit_that_was_stored_before_is_read() {
    let stored = r#"[["USD","2026-12-24"]]"#;
    let credits: Vec<Credit> = serde_json::from_str(stored).unwrap();
    assert_eq!(credits, [Credit { currency: usd(), expires: Some(day("2026-12-24")), purchase: None }]);
    assert_eq!(serde_json::to_string(&credits).unwrap(), stored);
    for damaged in
        [r#"["USD"]"#, r#"["USD","soon"]"#, r#"["USD","","a","2026-01-01"]"#, r#"["USD","","a","x","1"]"#]
    {
        assert!(serde_json::from_str::<Credit>(damaged).is_err(), "{damaged}");
    }
}

#[test]
fn granted_credit_is_used_before_purchases_where_the_provider_says_so() {
    let granted = Credit { currency: usd(), expires: Some(day("2026-12-31")), purchase: None };
    let all = [granted, credit((1, 1_000, Some(9)))];
    // The purchase ends in ten days, and the granted credit takes the first five of them.
    let unused = |order| left(&all, 1_500, 500, 100, order).unused().to_string();
    assert_eq!(unused(DrawOrder::GrantedFirst), "5");
    assert_eq!(unused(DrawOrder::InAnyOrder), "0");
}

/// OpenAI at $2 a day, with $50 left on November 11.
fn openai() -> Story {
    let listed: Vec<String> = (1..=10).map(|day| format!("2026-11-{day:02} chat 2")).collect();
    let listed: Vec<_> = listed.iter().map(String::as_str).collect();
    let story = billed_accounts::connected("2026-11-11T12:00:00Z", &listed);
    let id = story.id(0);
    assert!(story.send("left", &[("account", &id), ("currency", "USD"), ("amount", "50")]).ok);
    story
}

fn buy(story: &Story, amount: &str, on: &str, ends: &str) -> String {
    let id = story.id(0);
    let fields =
        [("account", id.as_str()), ("currency", "USD"), ("amount", amount), ("on", on), ("day", ends)];
    text_of(&story.send("credit", &fields).html)
}

#[test]
fn a_purchase_expires_after_a_year_where_the_terms_say_so_and_the_run_out_date_follows() {
    let story = openai();
    has(&story.card(0), "runs out around Dec 6");
    has(&story.card(0), "Leave blank for one year after the purchase.");
    has(&buy(&story, "60", "2025-11-20", ""), "Saved: $60.00.");
    let card = story.card(0);
    has(
        &card,
        "$60.00 bought Nov 20, 2025 · expires Nov 20 · about $50.00 left · about $31.00 will expire unused",
    );
    has(&card, "runs out around Nov 20");
    has(&story.popup(), "$50.00 credit expires Nov 20, about $31.00 will expire unused");
    has(&story.at("overview"), "OpenAI credit expires $50.00\nNov 20\n");

    // A later purchase is used after it.
    has(&buy(&story, "5", "2026-11-10", ""), "Saved: $5.00.");
    let card = story.card(0);
    has(&card, "$5.00 bought Nov 10 · expires Nov 10, 2027 · about $5.00 left");
    has(&card, "expires Nov 20 · about $45.00 left · about $26.00 will expire unused");
    has(&card, "runs out around Nov 23");
    story.send("settings", &[("language", "zh")]);
    has(&story.popup(), "额度 $45.00 将于11月20日过期，预计约 $26.00 用不完");
}

#[test]
fn money_that_no_purchase_explains_is_named_and_used_last() {
    let story = openai();
    buy(&story, "30", "2025-12-01", "");
    let card = story.card(0);
    has(&card, "$30.00 bought Dec 1, 2025 · expires Dec 1 · about $30.00 left\n");
    has(&card, "$20.00 of your balance isn't from these purchases. We assume it's used last.");
    has(&card, "runs out around Dec 6");
}

#[test]
fn purchases_can_be_changed_and_removed_and_all_of_it_undone() {
    let story = openai();
    let id = story.id(0);
    let new =
        [("account", id.as_str()), ("currency", "USD"), ("amount", "60"), ("on", "2025-11-20"), ("day", "")];
    is_undone(&story, "credit", &new);
    assert!(story.send("credit", &new).ok);
    let html = story.card_html(0);
    let (_, purchase) = html.split_once(r#"name="purchase" value=""#).expect("a form to change it");
    let purchase = purchase.split('"').next().unwrap();
    let known = [&new[..4], &[("purchase", purchase)]].concat();
    is_undone(&story, "credit", &[&known[..], &[("day", "2026-12-24")]].concat());
    is_undone(&story, "credit", &[&known[..], &[("day", "")]].concat());
    is_undone(&story, "drop_credit", &[("account", &id), ("purchase", purchase)]);
    assert!(story.send("drop_credit", &[("account", &id), ("purchase", purchase)]).ok);
    lacks(&story.card(0), "Credit purchases");
    has(&story.card(0), "runs out around Dec 6");
}

#[test]
fn a_purchase_that_cannot_be_right_is_refused_and_says_why() {
    let story = openai();
    let before = story.stored("accounts");
    for (amount, on, ends, why) in [
        ("", "2026-11-01", "", "Enter an amount"),
        ("0", "2026-11-01", "", "Enter an amount"),
        ("5", "2026-11-12", "", "Enter today or an earlier date."),
        ("5", "yesterday", "", "Enter a valid date."),
        ("5", "2026-11-01", "2026-10-31", "Enter an expiry date on or after the purchase date."),
        ("5", "2026-11-01", "2026-13-01", "Enter a valid date."),
    ] {
        has(&buy(&story, amount, on, ends), why);
    }
    assert_eq!(story.stored("accounts"), before);
    lacks(&story.card(0), "Credit purchases");
}

#[test]
fn reminders_come_30_and_7_days_before_and_once_each() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+20");
    story.send("alerts", &[("granted_expires", "on")]);
    buy(&story, "5", "2026-10-01", "2026-12-10");
    buy(&story, "5", "2026-10-01", "2026-12-20");
    let mut said = Vec::new();
    for hour in 0..24 * 50 {
        story.host.set_now(at("2026-11-01T00:00:00Z").plus(hour * 3_600_000));
        if hour % 24 == 9 {
            story.event(Event::Alarm);
        }
        let notified = story.host.notified.borrow();
        let new: Vec<_> = notified
            .iter()
            .skip(said.len())
            .map(|told| (story.host.now().day(), told.message.clone()))
            .collect();
        drop(notified);
        said.extend(new);
    }
    let days: Vec<String> = said.iter().map(|(day, message)| format!("{day} {message}")).collect();
    assert_eq!(
        days,
        [
            "2026-11-10 Your DeepSeek credit expires on Dec 10.",
            "2026-11-20 Your DeepSeek credit expires on Dec 20.",
            "2026-12-03 Your DeepSeek credit expires on Dec 10.",
            "2026-12-13 Your DeepSeek credit expires on Dec 20.",
        ]
    );
}

#[test]
fn a_declared_top_up_gets_an_end_date_and_loses_it_with_the_top_up() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.set_books(KEY, "USD 0+30").clock("2026-11-02T00:00:00Z").event(Event::Alarm);
    let top_up = [("kind", "top_up"), ("currency", "USD"), ("amount", "10"), ("at", "2026-11-01T12:00:00Z")];
    assert!(story.send("declare", &[&[("account", id.as_str())], &top_up[..]].concat()).ok);
    buy(&story, "20", "2026-10-01", "2026-12-31");
    let html = story.card_html(0);
    has(&story.card(0), "$10.00 bought Nov 1 · no expiry date");
    let (_, correction) = html.split_once(r#"name="correction" value=""#).expect("a top-up");
    let correction = correction.split('"').next().unwrap();
    let fields = [("account", id.as_str()), ("purchase", correction), ("currency", "USD"), ("amount", "10")];
    assert!(story.send("credit", &[&fields[..], &[("on", "2026-11-01"), ("day", "2026-12-24")]].concat()).ok);
    has(&story.card(0), "$10.00 bought Nov 1 · expires Dec 24 · about $10.00 left");
    story.send("undo", &[("account", &id), ("correction", correction)]);
    lacks(&story.card(0), "expires Dec 24");
}

#[test]
fn a_backup_brings_purchases_back_and_counts_none_twice() {
    let story = openai();
    buy(&story, "60", "2025-11-20", "");
    let file = back_up(&story);
    buy(&story, "5", "2026-11-10", "");
    let before = story.card(0);
    restored(&story, &file, "");
    assert_eq!(story.card(0), before);
    let html = story.card_html(0);
    let purchase = html.rsplit_once(r#"name="purchase" value=""#).unwrap().1.split('"').next().unwrap();
    story.send("drop_credit", &[("account", &story.id(0)), ("purchase", purchase)]);
    lacks(&story.card(0), "$60.00 bought");
    restored(&story, &file, "");
    has(&story.card(0), "$60.00 bought Nov 20, 2025 · expires Nov 20");
}
