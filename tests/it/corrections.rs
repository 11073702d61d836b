//! Corrections by the user, rules L5 and L6: a window's spend, its questions and its refusals.

use drawdown::books::correction::{Correction, Declared, Fact, Kind, standing};
use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::ledger::{AccountHistory, Book, Window, derive};
use drawdown::books::reading::{DrawOrder, Observation, Role};
use drawdown::money::{Amount, Currency};
use proptest::prelude::*;

use crate::builders::{amount, at, hours, observed, span, usd};

/// `10 top_up 5`: a top-up of five dollars at ten o'clock on 20 November 2026.
fn stated(texts: &[&str]) -> Vec<Correction> {
    let one = |(place, texts): (usize, &&str)| {
        let [hour, kind, sum] = texts.split(' ').collect::<Vec<_>>()[..] else { panic!("{texts}") };
        let declared = Declared { currency: usd(), kind: Kind::parse(kind).unwrap(), amount: amount(sum) };
        let at = at(&format!("2026-11-20T{hour:0>2}:00:00Z"));
        Correction { id: place.to_string(), at, fact: Fact::Declared(declared) }
    };
    texts.iter().enumerate().map(one).collect()
}

fn book(observed: &[Observation], corrections: &[Correction], habits: &[(Currency, Amount)]) -> Book {
    let history = AccountHistory::from_readings(observed.iter().collect(), DrawOrder::GrantedFirst);
    let history = AccountHistory { corrections: corrections.iter().collect(), habits, ..history };
    derive(&history, at("2026-12-01T00:00:00Z")).book_of(usd()).unwrap().clone()
}

/// Checks each window's text: `spent 1.4`, its question, and its contradiction.
#[track_caller]
fn windows(readings: &[&str], corrections: &[&str], expected: &[&str]) {
    let book = book(&hours(readings), &stated(corrections), &[]);
    let found: Vec<_> = book.windows.iter().map(in_words).collect();
    assert_eq!(found, expected);
}

fn in_words(window: &Window) -> String {
    let mut words = format!("spent {}", window.spend);
    if let Some(open) = &window.open {
        words += &format!(", rose {}", open.rise);
    }
    for gone in &window.emptied {
        words += &format!(", {:?} of {}?", gone.kind, gone.fall);
    }
    if let Some(misfit) = &window.contradiction {
        words += &format!(", not {} less {} = {}", misfit.declared, misfit.change, misfit.spend());
    }
    words
}

#[test]
fn l5_a_declared_top_up_closes_the_window() {
    windows(&["0 USD 3", "1 USD 11.6"], &["1 top_up 10"], &["spent 1.4"]);
    windows(&["0 USD 0+3", "1 USD 0+11.6"], &["1 top_up 10"], &["spent 1.4"]);
    windows(&["0 USD 1+3", "1 USD 0.5+11.6"], &["1 top_up 10"], &["spent 1.9"]);
}

#[test]
fn l5_a_top_up_is_declared_where_no_rise_shows() {
    windows(&["0 USD 3", "1 USD 1"], &["1 top_up 10"], &["spent 12"]);
    windows(&["0 USD 0+3", "1 USD 0+3"], &["1 top_up 5"], &["spent 5"]);
}

#[test]
fn l5_several_in_one_window_add_up() {
    windows(&["0 USD 3", "4 USD 21"], &["1 top_up 10", "2 top_up 10"], &["spent 2"]);
}

#[test]
fn l5_it_belongs_to_the_window_that_ends_at_or_after_it() {
    let readings = ["0 USD 3", "1 USD 2", "2 USD 9"];
    windows(&readings, &["1 top_up 10"], &["spent 11", "spent 0, rose 7"]);
    windows(&readings, &["2 top_up 10"], &["spent 1", "spent 3"]);
    windows(&readings, &["0 top_up 10"], &["spent 1", "spent 0, rose 7"]);
}

#[test]
fn l5_a_negative_spend_is_refused_with_its_arithmetic() {
    windows(&["0 USD 3", "1 USD 11.6"], &["1 top_up 5"], &["spent 0, rose 8.6, not 5 less 8.6 = -3.6"]);
    windows(&["0 USD 9", "1 USD 7"], &["1 refund 3"], &["spent 2, not -3 less -2 = -1"]);
    windows(&["0 USD 4+0", "1 USD 3+0"], &["1 expiry 2"], &["spent 1, not -2 less -1 = -1"]);
}

#[test]
fn l5_an_undone_correction_is_ignored_in_any_order() {
    let readings = hours(&["0 USD 3", "1 USD 11.6"]);
    let mut corrections = stated(&["1 top_up 10"]);
    let undone = Correction { id: "u".to_owned(), at: corrections[0].at, fact: Fact::Undone("0".to_owned()) };
    corrections.push(undone);
    let one_way = book(&readings, &corrections, &[]);
    corrections.reverse();
    assert_eq!(one_way, book(&readings, &corrections, &[]));
    assert_eq!(in_words(&one_way.windows[0]), "spent 0, rose 8.6");
}

#[test]
fn l5_amounts_confirmed_before_are_proposed_first() {
    let proposed = |habits: &[&str], rise: &str| {
        let habits: Vec<_> = habits.iter().map(|sum| (usd(), amount(sum))).collect();
        let book = book(&hours(&["0 USD 0", &format!("1 USD {rise}")]), &[], &habits);
        let open = book.windows[0].open.clone().unwrap();
        open.propose.iter().map(|one| format!("{} -> {}", one.top_up, one.spend)).collect::<Vec<_>>()
    };
    assert_eq!(proposed(&["25", "15"], "8.6"), ["15 -> 6.4", "10 -> 1.4"]);
    assert_eq!(proposed(&["10"], "8.6"), ["10 -> 1.4"], "the same is not proposed twice");
    assert_eq!(proposed(&["5"], "8.6"), ["10 -> 1.4"], "below the rise it explains nothing");
}

#[test]
fn l5_a_habit_of_another_currency_is_not_proposed() {
    let habits = [(Currency::parse("CNY").unwrap(), amount("15")), (usd(), amount("25"))];
    let book = book(&hours(&["0 USD 0", "1 USD 8.6"]), &[], &habits);
    let top_ups: Vec<_> =
        book.windows[0].open.iter().flat_map(|open| &open.propose).map(|one| one.top_up).collect();
    assert_eq!(top_ups, [amount("25"), amount("10")]);
}

#[test]
fn l6_a_declared_expiry_without_pools_is_not_spend() {
    let book = book(&hours(&["0 USD 20", "1 USD 10"]), &stated(&["1 expiry 4"]), &[]);
    let month = span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    assert_eq!((book.spend(month).amount, book.expired(month)), (Some(amount("6")), amount("4")));
    // A refund also leaves the balance, and is not an expiry.
    let book = self::book(&hours(&["0 USD 20", "1 USD 10"]), &stated(&["1 refund 4"]), &[]);
    assert_eq!((book.spend(month).amount, book.expired(month)), (Some(amount("6")), Amount::ZERO));
}

#[test]
fn l14_at_least_is_never_too_high() {
    // Five dollars of credit arrived and expired unused between readings; seven were spent.
    let readings = ["0 USD 0+20", "1 USD 0+17", "2 USD 5+17", "3 USD 0+13"];
    let month = span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    let spend = |corrections: &[&str]| {
        let book = book(&hours(&readings), &stated(corrections), &[]);
        let asked = book.asking().count();
        let spend = book.spend(month);
        (spend.amount.unwrap().to_string(), spend.mark, asked)
    };
    assert_eq!(spend(&[]), ("12".to_owned(), Mark::Approximate, 2), "both questions are asked");
    assert_eq!(spend(&["3 expiry 5"]), ("7".to_owned(), Mark::Floor, 1));
    assert_eq!(spend(&["2 gift 5"]), ("12".to_owned(), Mark::Approximate, 1));
    assert_eq!(spend(&["2 gift 5", "3 expiry 5"]), ("7".to_owned(), Mark::Approximate, 0));
}

#[test]
fn l14_a_floor_of_several_or_stale_accounts_is_never_too_high() {
    let too_low = Figure::new(amount("2"), Mark::Floor, [Reason::Open]);
    let too_high = Figure::new(amount("5"), Mark::Approximate, [Reason::EmptiedPool]);
    let exact = Figure::new(amount("1"), Mark::Exact, []);
    assert_eq!(Figure::sum([&too_low, &exact]).mark, Mark::Floor);
    assert_eq!(Figure::sum([&too_low, &too_high, &exact]).mark, Mark::Approximate);
    let mut sum = Figure::sum([&too_high, &Figure::unknown([Reason::Unread])]);
    assert_eq!(sum.mark, Mark::Approximate);
    sum.lower(Reason::Stale);
    assert_eq!(sum.mark, Mark::Approximate);
    let mut assumed = Figure::new(amount("5"), Mark::Approximate, [Reason::Assumed]);
    assumed.lower(Reason::Early);
    assert_eq!(assumed.mark, Mark::Approximate);
}

#[test]
fn a_long_list_of_corrections_is_processed_once() {
    // Half a million corrections: comparing all pairs would take hours.
    let declared = |place: u32| Correction {
        id: place.to_string(),
        at: at("2026-11-20T01:00:00Z"),
        fact: Fact::Declared(Declared { currency: usd(), kind: Kind::TopUp, amount: amount("1") }),
    };
    let mut all: Vec<_> = (0..250_000).map(declared).collect();
    let undone = (1..250_000).map(|place| Correction {
        id: format!("u{place}"),
        fact: Fact::Undone(place.to_string()),
        ..declared(place)
    });
    all.extend(undone);
    let standing: Vec<_> = standing(all.iter()).map(|(known, _)| known.id.as_str()).collect();
    assert_eq!(standing, ["0"]);
}

#[test]
fn l5_another_currency_is_left_alone() {
    let mut yuan = stated(&["1 top_up 10"]);
    let Fact::Declared(declared) = &mut yuan[0].fact else { panic!() };
    declared.currency = Currency::parse("CNY").unwrap();
    let book = book(&hours(&["0 USD 3", "1 USD 11.6"]), &yuan, &[]);
    assert_eq!(in_words(&book.windows[0]), "spent 0, rose 8.6");
}

#[test]
fn l4_a_gift_has_its_own_question_and_closes_when_declared() {
    windows(&["0 USD 1+3", "1 USD 6+3"], &[], &["spent 0, rose 5"]);
    windows(&["0 USD 1+3", "1 USD 6+3"], &["1 gift 5"], &["spent 0"]);
    windows(&["0 USD 1+3", "1 USD 5.5+3"], &["1 gift 5"], &["spent 0.5"]);
    windows(&["0 USD 1+3", "1 USD 6+13"], &["1 top_up 10"], &["spent 0, rose 5"]);
    windows(&["0 USD 1+3", "1 USD 6+13"], &["1 top_up 10", "1 gift 5"], &["spent 0"]);
}

#[test]
fn l6_missing_granted_money_asks_and_counts_until_answered() {
    windows(&["0 USD 5+15", "1 USD 0+15"], &[], &["spent 5, Expiry of 5?"]);
    windows(&["0 USD 5+15", "1 USD 0+12"], &[], &["spent 8, Expiry of 5?"]);
    windows(&["0 USD 5+15", "1 USD 0+12"], &["1 expiry 5"], &["spent 3"]);
    windows(&["0 USD 5+15", "1 USD 0+12"], &["1 expiry 2"], &["spent 6"]);
    windows(&["0 USD 5+15", "1 USD 0+12"], &["1 expiry 0"], &["spent 8"]);
    windows(&["0 USD 5+15", "1 USD 1+15"], &[], &["spent 4"]);
}

#[test]
fn l6_a_fall_of_paid_money_may_be_a_refund() {
    windows(&["0 USD 0+15", "1 USD 0+0"], &[], &["spent 15, Refund of 15?"]);
    windows(&["0 USD 0+15", "1 USD 0+0"], &["1 refund 14"], &["spent 1"]);
    windows(&["0 USD 0+15", "1 USD 0+10"], &["1 refund 4"], &["spent 1"]);
    windows(&["0 USD 15", "1 USD 0"], &["1 refund 15"], &["spent 0"]);
    windows(&["0 USD 0+0.01", "1 USD 0+-0.02"], &[], &["spent 0.03, Refund of 0.01?"]);
}

#[test]
fn l6_expired_credit_is_reported_and_not_spend() {
    let book = book(&hours(&["0 USD 5+15", "1 USD 0+12"]), &stated(&["1 expiry 5"]), &[]);
    let month = span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    assert_eq!((book.expired(month), book.spend(month).amount), (amount("5"), Some(amount("3"))));
    assert_eq!(book.granted(month), Some(Amount::ZERO));
}

#[test]
fn l14_a_declared_figure_is_approximate_with_a_reason() {
    let book = book(&hours(&["0 USD 3", "1 USD 11.6"]), &stated(&["1 top_up 10"]), &[]);
    let month = book.spend(span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    assert_eq!(month.mark, Mark::Approximate);
    assert_eq!(month.reasons.iter().collect::<Vec<_>>(), [Reason::Derived, Reason::Declared]);
}

#[test]
fn l5_declared_money_in_is_counted() {
    let book = book(&hours(&["0 USD 3", "1 USD 11.6"]), &stated(&["1 top_up 10"]), &[]);
    assert_eq!(book.money_in(span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")), amount("10"));
}

/// The truth between two readings, in cents.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    used: i64,
    paid_in: i64,
    gift: i64,
    is_refunded: bool,
    is_expired: bool,
}

fn stretch() -> impl Strategy<Value = Stretch> {
    let paid_in = prop_oneof![4 => Just(0), 1 => prop_oneof![Just(200_i64), Just(1_000), Just(731)]];
    let gift = prop_oneof![6 => Just(0), 1 => Just(500_i64)];
    let rarely = || prop_oneof![7 => Just(false), 1 => Just(true)];
    (0_i64..400, paid_in, gift, rarely(), rarely()).prop_map(
        |(used, paid_in, gift, is_refunded, is_expired)| Stretch {
            used,
            paid_in,
            gift,
            is_refunded,
            is_expired,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_every_event_declared_each_window_equals_the_truth(stretches in prop::collection::vec(stretch(), 1..30)) {
        let (mut granted, mut paid) = (300_i64, 2_000_i64);
        let units = |cents: i64| Amount::parse(&cents.to_string()).unwrap().times(1, 100).unwrap();
        let start = at("2026-11-05T00:00:00Z");
        let observe = |granted: i64, paid: i64, place: usize| Observation {
            at: start.plus(u64::try_from(place).unwrap() * 3_600_000),
            role: Role::Follows,
            ..observed("2026-11-05T00:00:00Z", &format!("USD {}+{}", units(granted), units(paid)))
        };
        let mut readings = vec![observe(granted, paid, 0)];
        let mut corrections = Vec::new();
        let mut truth = Vec::new();
        for (place, stretch) in stretches.iter().enumerate() {
            let at = start.plus(u64::try_from(place).unwrap() * 3_600_000 + 1_800_000);
            let mut state = |kind, cents: i64| corrections.push(Correction {
                id: corrections.len().to_string(),
                at,
                fact: Fact::Declared(Declared { currency: usd(), kind, amount: units(cents) }),
            });
            let expired = if stretch.is_expired { granted } else { 0 };
            let refunded = if stretch.is_refunded { paid.max(0) } else { 0 };
            granted -= expired;
            paid -= refunded;
            granted += stretch.gift;
            paid += stretch.paid_in;
            let from_gift = granted.min(stretch.used);
            granted -= from_gift;
            paid -= stretch.used - from_gift;
            for (kind, cents) in [(Kind::Expiry, expired), (Kind::Refund, refunded), (Kind::Gift, stretch.gift), (Kind::TopUp, stretch.paid_in)] {
                if cents > 0 {
                    state(kind, cents);
                }
            }
            truth.push(units(stretch.used));
            readings.push(observe(granted, paid, place + 1));
        }
        let book = book(&readings, &corrections, &[]);
        let spent: Vec<_> = book.windows.iter().map(|window| window.spend).collect();
        prop_assert_eq!(spent, truth);
        prop_assert!(book.windows.iter().all(|window| window.open.is_none() && window.contradiction.is_none()));
    }

    #[test]
    fn the_order_of_corrections_changes_nothing(seed in any::<u64>()) {
        let readings = hours(&["0 USD 5+15", "2 USD 0+18", "4 USD 0+30", "6 USD 0+0"]);
        let mut corrections = stated(&["1 expiry 2", "2 top_up 5", "3 top_up 10", "4 top_up 5", "6 refund 20", "5 top_up 1"]);
        corrections.push(Correction { id: "u".to_owned(), at: at("2026-11-20T05:00:00Z"), fact: Fact::Undone("5".to_owned()) });
        let first = book(&readings, &corrections, &[]);
        let mut next = seed | 1;
        for place in (1..corrections.len()).rev() {
            next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            corrections.swap(place, usize::try_from(next >> 33).unwrap() % (place + 1));
        }
        prop_assert_eq!(first, book(&readings, &corrections, &[]));
    }
}
