//! The ledger's rules by their numbers in `src/books/RULES.md`, and its properties.

use drawdown::books::correction::Kind;
use drawdown::books::figure::{Mark, Reason};
use drawdown::books::ledger::{AccountHistory, Window, derive};
use drawdown::books::reading::{Balance, DrawOrder, Observation, Pools, Reading, Role};
use drawdown::money::Amount;
use drawdown::time::{DAY, HOUR, Span};
use proptest::prelude::*;

use crate::builders::{amount, at, book, hours, known, ledger, observed, span, usd};

/// For each window: its spend, the rise in its question, and the proposals.
fn windows(texts: &[&str]) -> Vec<String> {
    book(&hours(texts)).windows.iter().map(in_words).collect()
}

fn in_words(window: &Window) -> String {
    let open = window.open.as_ref().map(|open| {
        let propose: Vec<_> =
            open.propose.iter().map(|one| format!("{} -> {}", one.top_up, one.spend)).collect();
        format!(", rose {} ({})", open.rise, propose.join(", "))
    });
    format!("spent {}{}", window.spend, open.unwrap_or_default())
}

#[test]
fn l1_the_order_of_currencies_has_no_meaning() {
    let in_turn = hours(&["0 USD 10, CNY 100", "1 CNY 90, USD 9", "2 USD 8, CNY 80"]);
    let books = ledger(&in_turn).books;
    let spent: Vec<_> =
        books.iter().map(|book| (book.currency.to_string(), book.windows.len(), all(book))).collect();
    assert_eq!(spent, [("CNY".to_owned(), 2, amount("20")), ("USD".to_owned(), 2, amount("2"))]);
}

#[test]
fn l1_a_currency_that_is_absent_is_not_zero() {
    let readings = hours(&["0 USD 10, CNY 100", "1 CNY 90", "2 USD 8, CNY 80"]);
    let book = book(&readings);
    assert_eq!(book.windows.len(), 1);
    assert_eq!(book.windows[0].span, span("2026-11-20T00:00:00Z", "2026-11-20T02:00:00Z"));
    assert_eq!(all(&book), amount("2"));
}

#[test]
fn l2_the_first_reading_is_the_baseline() {
    let book = book(&hours(&["7 USD 20"]));
    assert_eq!(book.since, at("2026-11-20T07:00:00Z"));
    assert_eq!(book.windows, []);
    let month = book.spend(span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    assert_eq!((month.amount, month.mark), (None, Mark::Unknown), "nothing before it is claimed");
}

#[test]
fn l2_a_new_baseline_is_not_compared_with_what_came_before() {
    let mut readings = hours(&["0 USD 20", "1 USD 15", "2 USD 90", "3 USD 89"]);
    readings[2].role = Role::Baseline;
    assert_eq!(all(&book(&readings)), amount("6"));
}

#[test]
fn l3_a_fall_is_spend_and_a_rise_is_money_in() {
    assert_eq!(windows(&["0 USD 20", "1 USD 17.5", "2 USD 17.5"]), ["spent 2.5", "spent 0"]);
    assert_eq!(windows(&["0 USD 5+15", "1 USD 2+14"]), ["spent 4"]);
    let topped_up = book(&hours(&["0 USD 20", "1 USD 28.6"]));
    assert_eq!(topped_up.windows[0].money_in, amount("8.6"));
}

#[test]
fn l3_pools_are_compared_if_both_readings_split_them() {
    // The total is unchanged, but five were spent.
    assert_eq!(windows(&["0 USD 5+15", "1 USD 0+20"]), ["spent 5, rose 5 (5 -> 5)"]);
    // If one reading has only a total, totals are compared.
    assert_eq!(windows(&["0 USD 5+15", "1 USD 20"]), ["spent 0"]);
}

#[test]
fn l3_a_balance_may_fall_below_zero() {
    assert_eq!(windows(&["0 USD 0.5", "1 USD -0.25", "2 USD -0.5"]), ["spent 0.75", "spent 0.25"]);
}

#[test]
fn l4_a_rise_opens_the_window() {
    assert_eq!(windows(&["0 USD 0+3", "1 USD 0+11.6"]), ["spent 0, rose 8.6 (10 -> 1.4)"]);
    assert_eq!(windows(&["0 USD 3", "1 USD 11.6"]), ["spent 0, rose 8.6 (10 -> 1.4)"]);
}

#[test]
fn l4_remaining_granted_money_proves_that_no_paid_money_was_spent() {
    assert_eq!(windows(&["0 USD 5+3", "1 USD 4+13"]), ["spent 1"]);
    // With an unknown draw order, this proves nothing.
    let readings = hours(&["0 USD 5+3", "1 USD 4+13"]);
    let ledger = known(&readings, DrawOrder::InAnyOrder, at("2026-12-01T00:00:00Z"));
    assert_eq!(in_words(&ledger.books[0].windows[0]), "spent 1, rose 10 (10 -> 1)");
}

#[test]
fn l4_a_new_grant_opens_the_window() {
    assert_eq!(windows(&["0 USD 1+3", "1 USD 6+3"]), ["spent 0, rose 5 ()"]);
    assert_eq!(windows(&["0 USD 1+3", "1 USD 6+13"]), ["spent 0, rose 15 (10 -> 0)"]);
}

#[test]
fn l4_used_up_granted_money_proves_nothing() {
    assert_eq!(windows(&["0 USD 1+3", "1 USD 0+9"]), ["spent 1, rose 6 (10 -> 5)"]);
}

#[test]
fn l5_the_smallest_usual_top_up_that_is_not_below_the_rise_is_proposed() {
    let proposed = |rise: &str| windows(&["0 USD 0", &format!("1 USD {rise}")])[0].clone();
    assert_eq!(proposed("10"), "spent 0, rose 10 (10 -> 0)");
    assert_eq!(proposed("10.01"), "spent 0, rose 10.01 (20 -> 9.99)");
    assert_eq!(proposed("500.5"), "spent 0, rose 500.5 (600 -> 99.5)");
    let yuan = hours(&["0 CNY 0", "1 CNY 3"]);
    assert_eq!(in_words(&ledger(&yuan).books[0].windows[0]), "spent 0, rose 3 (10 -> 7)");
    let pounds = hours(&["0 GBP 0", "1 GBP 3"]);
    assert_eq!(in_words(&ledger(&pounds).books[0].windows[0]), "spent 0, rose 3 ()");
}

#[test]
fn l6_paid_money_that_fell_to_zero_or_below_asks() {
    let gone = |readings: [&str; 2]| -> Vec<_> {
        let gone = book(&hours(&readings)).windows[0].emptied.clone();
        gone.into_iter().map(|gone| (gone.kind, gone.fall)).collect()
    };
    assert_eq!(gone(["0 USD 0+10", "1 USD 0+0"]), [(Kind::Refund, amount("10"))]);
    // A refund, then a last request that overdrew: ten were there, so ten may be declared a refund.
    assert_eq!(gone(["0 USD 1+10", "1 USD 0.4+-0.02"]), [(Kind::Refund, amount("10"))]);
    assert_eq!(gone(["0 USD 0+10", "1 USD 0+0.01"]), []);
    assert_eq!(gone(["0 USD 0+-0.01", "1 USD 0+-0.02"]), []);
}

#[test]
fn l7_spend_is_spread_evenly_over_its_window() {
    let book = book(&[observed("2026-11-20T18:00:00Z", "USD 20"), observed("2026-11-21T06:00:00Z", "USD 8")]);
    let day = |day: &str| book.spend(Span { from: at(day), to: at(day).plus(DAY) }).amount;
    assert_eq!(day("2026-11-20T00:00:00Z"), Some(amount("6")));
    assert_eq!(day("2026-11-21T00:00:00Z"), Some(amount("6")));
}

#[test]
fn l7_a_share_is_rounded_half_even_to_twelve_decimals() {
    let share = |amount: &str, part, whole| self::amount(amount).share(part, whole).to_string();
    assert_eq!(share("1", 1, 3), "0.333333333333");
    assert_eq!(share("1", 2, 3), "0.666666666667");
    assert_eq!(share("0.000000000001", 1, 2), "0", "a tie goes to the even digit");
    assert_eq!(share("0.000000000003", 1, 2), "0.000000000002", "a tie goes to the even digit");
    assert_eq!(share("-0.000000000003", 1, 2), "-0.000000000002");
    assert_eq!(share("0.123456789012345678", 1, 1), "0.123456789012345678", "the whole is not rounded");
    assert_eq!(share("999999999999999", 2_678_399_999, 2_678_400_000), "999999999626641.7718040625");
}

#[test]
fn l7_a_window_across_two_months_marks_both() {
    let book =
        book(&[observed("2026-10-31T00:00:00Z", "USD 20"), observed("2026-11-02T00:00:00Z", "USD 18")]);
    let (october, november) = (
        span("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"),
        span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
    );
    for month in [october, november] {
        let spend = book.spend(month);
        assert_eq!(spend.amount, Some(amount("1")));
        assert!(spend.reasons.iter().any(|reason| reason == Reason::Spread));
    }
}

#[test]
fn l8_readings_are_ordered_by_their_time() {
    let readings = ["0 USD 20", "1 USD 18", "2 USD 25", "3 USD 21"];
    let mut shuffled = readings;
    shuffled.reverse();
    assert_eq!(ledger(&hours(&readings)), ledger(&hours(&shuffled)));
}

#[test]
fn l8_the_first_of_two_readings_at_one_time_counts() {
    assert_eq!(windows(&["0 USD 20", "1 USD 18", "1 USD 5", "2 USD 17"]), ["spent 2", "spent 1"]);
}

#[test]
fn l8_readings_of_a_clock_that_ran_ahead_are_set_aside() {
    let readings = hours(&["0 USD 20", "1 USD 18", "12 USD 3"]);
    let now = at("2026-11-20T11:49:59Z");
    let ledger = known(&readings, DrawOrder::GrantedFirst, now);
    assert_eq!((ledger.set_aside, ledger.books[0].windows.len()), (1, 1));
    let ledger = known(&readings, DrawOrder::GrantedFirst, now.plus(1_000));
    assert_eq!((ledger.set_aside, ledger.books[0].windows.len()), (0, 2), "ten minutes are a clock's slack");
}

#[test]
fn l14_a_figure_from_balances_is_approximate_and_with_an_open_window_a_floor() {
    let book = book(&hours(&["0 USD 20", "1 USD 20", "2 USD 25", "3 USD 24"]));
    let zero = book.spend(span("2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"));
    assert_eq!((zero.amount, zero.mark), (Some(Amount::ZERO), Mark::Approximate), "a measured zero is zero");
    let month = book.spend(span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    assert_eq!((month.amount, month.mark), (Some(amount("1")), Mark::Floor));
    assert_eq!(month.reasons.iter().collect::<Vec<_>>(), [Reason::Derived, Reason::Open]);
}

fn all(book: &drawdown::books::ledger::Book) -> Amount {
    book.windows.iter().map(|window| window.spend).sum()
}

/// The truth between two readings, in cents: spend, and money that came in before or after it.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    minutes: u64,
    used: i64,
    paid_in: i64,
    granted: i64,
    is_paid_first: bool,
}

fn stretch() -> impl Strategy<Value = Stretch> {
    let paid_in = prop_oneof![4 => Just(0), 1 => prop_oneof![Just(200_i64), Just(1_000), Just(730)]];
    let granted = prop_oneof![6 => Just(0), 1 => Just(500_i64)];
    (1_u64..5_000, 0_i64..400, paid_in, granted, any::<bool>()).prop_map(
        |(minutes, used, paid_in, granted, is_paid_first)| Stretch {
            minutes,
            used,
            paid_in,
            granted,
            is_paid_first,
        },
    )
}

/// A DeepSeek account, which spends granted money first.
struct Account {
    granted: i64,
    paid: i64,
}

impl Account {
    fn spend(&mut self, cents: i64) {
        let gift = self.granted.min(cents);
        self.granted -= gift;
        self.paid -= cents - gift;
    }

    fn pools(&self) -> Pools {
        let units = |cents: i64| Amount::parse(&cents.to_string()).unwrap().times(1, 100).unwrap();
        Pools::Split { granted: units(self.granted), topped_up: units(self.paid) }
    }
}

/// The readings of such an account and its real spend, in cents.
fn live(stretches: &[Stretch]) -> (Vec<Observation>, i64) {
    let mut account = Account { granted: 300, paid: 2_000 };
    let mut now = at("2026-10-05T00:00:00Z");
    let mut spent = 0;
    let observe = |account: &Account, now| Observation {
        at: now,
        role: Role::Follows,
        readings: vec![Reading::Balance(Balance { currency: usd(), pools: account.pools() })],
    };
    let mut readings = vec![observe(&account, now)];
    for stretch in stretches {
        if stretch.is_paid_first {
            account.paid += stretch.paid_in;
            account.granted += stretch.granted;
            account.spend(stretch.used);
        } else {
            account.spend(stretch.used);
            account.paid += stretch.paid_in;
            account.granted += stretch.granted;
        }
        spent += stretch.used;
        now = now.plus(stretch.minutes * 60_000);
        readings.push(observe(&account, now));
    }
    (readings, spent)
}

#[test]
fn l13_a_settled_day_of_a_billed_account_holds_money_in_and_no_spend() {
    let day = drawdown::time::Day::parse("2026-11-20").unwrap();
    let settled = ledger(&hours(&["0 USD 20", "1 USD 30", "2 USD 28"])).books[0].settle(day).unwrap();
    assert_eq!((settled.spend, settled.money_in), (amount("2"), amount("10")));
    let history = AccountHistory {
        settled: vec![&settled],
        is_billed: true,
        ..AccountHistory::from_readings(Vec::new(), DrawOrder::InAnyOrder)
    };
    let mut billed = drawdown::books::bill::Bill::empty(usd(), day);
    let now = at("2026-12-01T00:00:00Z");
    let without = derive(&history, now);
    assert_eq!(without.books.first().and_then(|book| book.spend(day.span()).amount), None);
    billed.add(drawdown::books::bill::Line { name: String::new(), wallet: None, amount: amount("3") });
    let book = derive(&AccountHistory { bills: vec![&billed], ..history }, now).books.remove(0);
    assert_eq!(book.spend(day.span()).amount, Some(amount("3")));
    assert_eq!(book.money_in(day.span()), amount("10"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn booked_spend_never_exceeds_the_truth(stretches in prop::collection::vec(stretch(), 1..40)) {
        let (readings, spent) = live(&stretches);
        let truth = Amount::parse(&spent.to_string()).unwrap().times(1, 100).unwrap();
        prop_assert!(all(&book(&readings)) <= truth);
    }

    #[test]
    fn without_money_in_booked_spend_equals_the_truth(stretches in prop::collection::vec(stretch(), 1..40)) {
        let without_money_in: Vec<_> = stretches.iter().map(|one| Stretch { paid_in: 0, granted: 0, ..*one }).collect();
        let (readings, spent) = live(&without_money_in);
        let truth = Amount::parse(&spent.to_string()).unwrap().times(1, 100).unwrap();
        prop_assert_eq!(all(&book(&readings)), truth);
    }

    #[test]
    fn a_closed_window_equals_the_truth(stretches in prop::collection::vec(stretch(), 1..40)) {
        let (readings, _) = live(&stretches);
        for (window, stretch) in book(&readings).windows.iter().zip(&stretches) {
            let truth = Amount::parse(&stretch.used.to_string()).unwrap().times(1, 100).unwrap();
            // A top-up that is spent before the next reading shows no rise; only the user knows of it.
            let is_seen = window.money_in > Amount::ZERO || stretch.paid_in + stretch.granted == 0;
            if window.open.is_none() && is_seen {
                prop_assert_eq!(window.spend, truth);
            }
            prop_assert!(window.spend <= truth);
        }
    }

    #[test]
    fn days_sum_to_the_whole_to_the_last_digit(stretches in prop::collection::vec(stretch(), 1..40)) {
        let (readings, _) = live(&stretches);
        let book = book(&readings);
        let whole = Span { from: book.since, to: book.until };
        let days: Amount = whole.days().filter_map(|day| book.spend(day.span()).amount).sum();
        prop_assert_eq!(days, all(&book));
        let hours: Amount = (0..whole.ms().div_ceil(HOUR)).map(|hour| {
            let from = whole.from.plus(hour * HOUR);
            book.spend(Span { from, to: from.plus(HOUR) }).amount.unwrap_or_default()
        }).sum();
        prop_assert_eq!(hours, all(&book));
    }

    #[test]
    fn the_order_of_readings_changes_nothing(stretches in prop::collection::vec(stretch(), 1..30), seed in any::<u64>()) {
        let (readings, _) = live(&stretches);
        let mut shuffled = readings.clone();
        let mut next = seed | 1;
        for place in (1..shuffled.len()).rev() {
            next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(place, usize::try_from(next >> 33).unwrap() % (place + 1));
        }
        prop_assert_eq!(ledger(&readings), ledger(&shuffled));
    }

    #[test]
    fn reordered_currencies_spend_nothing(times in prop::collection::vec(any::<bool>(), 2..40)) {
        let readings: Vec<_> = times.iter().enumerate().map(|(minute, is_swapped)| {
            let time = at("2026-11-20T00:00:00Z").plus(u64::try_from(minute).unwrap() * 60_000);
            let books = if *is_swapped { "CNY 0+6844.53, USD 0+1.5" } else { "USD 0+1.5, CNY 0+6844.53" };
            Observation { at: time, ..observed("2026-11-20T00:00:00Z", books) }
        }).collect();
        for book in ledger(&readings).books {
            prop_assert_eq!(all(&book), Amount::ZERO);
            prop_assert!(book.windows.iter().all(|window| window.open.is_none()));
        }
    }
}
