//! The forecast's rules by their numbers in `src/books/RULES.md`.

use drawdown::books::figure::{Mark, Reason};
use drawdown::books::forecast::{Burn, Difference, Direction, Outlook, State};
use drawdown::time::DAY;

use crate::builders::{amount, at, book, observed};

fn burn(texts: &[(&str, &str)], now: &str) -> Option<Burn> {
    let readings: Vec<_> = texts.iter().map(|(time, books)| observed(time, books)).collect();
    Burn::new(&book(&readings), at(now))
}

fn outlook(texts: &[(&str, &str)], now: &str) -> Option<Outlook> {
    let readings: Vec<_> = texts.iter().map(|(time, books)| observed(time, books)).collect();
    Outlook::new(&book(&readings), at(now))
}

/// The outlook at midnight, after complete days with this spend.
fn after_days(spent: &[u32]) -> Outlook {
    let now = at("2026-11-29T00:00:00Z");
    let midnight = |before: usize| now.minus(u64::try_from(before).unwrap() * DAY).to_string();
    let left = |days: &[u32]| format!("USD {}", 1_000 - days.iter().sum::<u32>());
    let readings: Vec<_> = (0..=spent.len())
        .map(|count| observed(&midnight(spent.len() - count), &left(&spent[..count])))
        .collect();
    Outlook::new(&book(&readings), now).unwrap()
}

fn pace(spent: &[u32]) -> String {
    after_days(spent).pace.over(DAY).rounded(6).to_string()
}

#[test]
fn f1_burn_is_spend_over_the_time_observed_in_the_last_seven_days() {
    // Two days were observed; the five days from the last reading to now were not.
    let burn = burn(
        &[("2026-11-15T00:00:00Z", "USD 20"), ("2026-11-17T00:00:00Z", "USD 14")],
        "2026-11-22T00:00:00Z",
    )
    .unwrap();
    assert_eq!((burn.over(DAY), burn.observed, burn.state()), (amount("3"), 2 * DAY, State::Partial));
}

#[test]
fn f1_a_window_counts_by_its_overlap_with_the_seven_days() {
    // Fourteen days at a dollar a day; seven count.
    let burn = burn(
        &[("2026-11-08T00:00:00Z", "USD 20"), ("2026-11-22T00:00:00Z", "USD 6")],
        "2026-11-22T00:00:00Z",
    )
    .unwrap();
    assert_eq!((burn.over(DAY), burn.observed, burn.state()), (amount("1"), 7 * DAY, State::Full));
}

#[test]
fn f1_an_open_window_counts_with_the_first_proposal_and_says_so() {
    let texts = [("2026-11-20T00:00:00Z", "USD 3"), ("2026-11-22T00:00:00Z", "USD 11")];
    let burn = burn(&texts, "2026-11-22T00:00:00Z").unwrap();
    assert_eq!(burn.over(2 * DAY), amount("2"), "a top-up of 10 for a rise of 8");
    assert_eq!(burn.mark, Mark::Approximate, "an assumption is no floor");
    assert!(burn.reasons.iter().any(|reason| reason == Reason::Assumed));
}

#[test]
fn f4_there_is_no_forecast_before_the_second_reading() {
    assert_eq!(burn(&[("2026-11-20T00:00:00Z", "USD 3")], "2026-11-22T00:00:00Z"), None);
}

#[test]
fn f4_readings_older_than_a_week_give_no_pace() {
    let texts = [("2026-11-01T00:00:00Z", "USD 3"), ("2026-11-02T00:00:00Z", "USD 2")];
    assert_eq!(burn(&texts, "2026-11-22T00:00:00Z"), None);
}

#[test]
fn f4_under_a_day_it_is_early_and_can_only_be_low() {
    let texts = [("2026-11-22T00:00:00Z", "USD 20"), ("2026-11-22T06:00:00Z", "USD 14")];
    let burn = burn(&texts, "2026-11-22T06:00:00Z").unwrap();
    assert_eq!((burn.state(), burn.over(DAY), burn.mark), (State::Early, amount("6"), Mark::Floor));
    let outlook = outlook(&texts, "2026-11-22T06:00:00Z").unwrap();
    assert_eq!(outlook.runway(amount("14")), None, "no run-out date");
}

#[test]
fn f4_from_a_day_on_it_is_partial() {
    let texts = [("2026-11-21T00:00:00Z", "USD 20"), ("2026-11-22T00:00:00Z", "USD 14")];
    let burn = burn(&texts, "2026-11-22T00:00:00Z").unwrap();
    assert_eq!((burn.state(), burn.mark), (State::Partial, Mark::Approximate));
}

/// The change from the week before, for balances at midnight this number of days before the 22nd.
fn change(texts: &[(u64, &str)]) -> Option<(u64, Mark)> {
    let now = at("2026-11-22T00:00:00Z");
    let readings: Vec<_> =
        texts.iter().map(|(before, books)| observed(&now.minus(before * DAY).to_string(), books)).collect();
    let book = book(&readings);
    let change = Burn::new(&book, now)?.change(&Burn::of_week_before(&book, now)?)?;
    Some((change.percent, change.mark))
}

#[test]
fn a_pace_is_compared_with_the_week_before() {
    let marked = |percent| Some((percent, Mark::Approximate));
    assert_eq!(change(&[(14, "USD 50"), (7, "USD 42"), (0, "USD 32")]), marked(125), "10 after 8");
    assert_eq!(change(&[(14, "USD 50"), (7, "USD 37"), (0, "USD 29")]), marked(62), "8 after 13");
    assert_eq!(change(&[(14, "USD 50"), (7, "USD 43"), (0, "USD 43")]), marked(0), "7 and nothing more");
    assert_eq!(
        change(&[(14, "USD 1000"), (7, "USD 500"), (0, "USD 499")]),
        marked(1),
        "1 after 500 is not nothing"
    );
    // One day of the week before is enough; less is not.
    assert_eq!(change(&[(8, "USD 50"), (7, "USD 49"), (0, "USD 35")]), marked(200));
    assert_eq!(change(&[(7, "USD 49"), (0, "USD 35")]), None, "nothing is known of the week before");
    assert_eq!(change(&[(14, "USD 50"), (7, "USD 50"), (0, "USD 35")]), None, "no percent of nothing");
}

#[test]
fn a_pace_that_assumes_a_top_up_is_approximate_and_no_basis_for_comparison() {
    // A rise of 3. If it was a top-up of 5, it hides a spend of 2.
    let risen = change(&[(14, "USD 50"), (7, "USD 43"), (1, "USD 36"), (0, "USD 39")]);
    assert_eq!(risen, Some((129, Mark::Approximate)));
    assert_eq!(change(&[(14, "USD 50"), (8, "USD 43"), (7, "USD 46"), (0, "USD 36")]), None);
}

#[test]
fn f3_recent_days_count_more() {
    // Every five days, the weight halves.
    assert_eq!(pace(&[[1; 10].as_slice(), &[5; 5]].concat()), "3.285715");
    assert_eq!(pace(&[1, 2].repeat(14)), "1.534602", "two was the last");
    assert_eq!(pace(&[[1; 7], [2; 7], [1; 7], [2; 7]].concat()), "1.725201");
    // Days more than 28 days ago do not count.
    assert_eq!(pace(&[[500; 1].as_slice(), &[1; 28]].concat()), "1");
}

#[test]
fn f3_no_day_counts_for_more_than_the_second_largest() {
    assert_eq!(pace(&[[2; 27].as_slice(), &[40]].concat()), "2");
    // A second one shows that it was no single spike.
    let pace = after_days(&[[2; 26].as_slice(), &[40, 40]].concat()).pace.over(DAY);
    assert!(pace > amount("11"), "{pace}");
}

#[test]
fn f3_with_fewer_than_ten_known_days_the_pace_is_the_burn() {
    let few = after_days(&[1, 1, 1, 1, 1, 1, 1, 1, 40]);
    assert_eq!(few.pace.over(DAY).rounded(6), few.burn.over(DAY).rounded(6));
    assert_eq!(pace(&[3, 1, 1, 1, 1, 1, 1, 1, 1, 3]), "1.444331");
    // A partly known day is not one of them; a day between two distant readings is.
    let whole = [("2026-11-11T00:00:00Z", "USD 40"), ("2026-11-22T00:00:00Z", "USD 18")];
    let outlook = outlook(&whole, "2026-11-22T00:00:00Z").unwrap();
    assert_eq!((outlook.pace.over(DAY), outlook.recent.last().len()), (amount("2"), 11));
    assert!(outlook.recent.last().iter().all(|day| !day.is_whole), "and the range uses none of them");
}

#[test]
fn f3_where_the_pace_differs_from_the_burn_by_more_than_a_fifth_it_says_why() {
    let why = |spent: &[u32]| after_days(spent).pace.difference;
    assert_eq!(why(&[2; 28]), None);
    let day = at("2026-11-26T00:00:00Z").day();
    assert_eq!(why(&[[2; 25].as_slice(), &[40, 2, 2]].concat()), Some(Difference::Spike(day)));
    let more = Some(Difference::EarlierWeeks(Direction::More));
    assert_eq!(why(&[[9; 21], [2; 21]].concat()[7..35]), more);
    let less = Some(Difference::EarlierWeeks(Direction::Less));
    assert_eq!(why(&[[2; 21], [9; 21]].concat()[7..28]), less);
    let latest = |direction| Some(Difference::LatestDays(direction));
    assert_eq!(why(&[0, 0, 0, 0, 0, 4, 4].repeat(4)), latest(Direction::More));
    assert_eq!(why(&[4, 4, 4, 0, 0, 0, 0].repeat(4)), latest(Direction::Less));
}

#[test]
fn f6_runway_is_the_balance_divided_by_the_pace() {
    let texts = [("2026-11-20T00:00:00Z", "USD 20"), ("2026-11-22T00:00:00Z", "USD 14")];
    let outlook = outlook(&texts, "2026-11-22T00:00:00Z").unwrap();
    assert_eq!(outlook.runway(amount("14")).unwrap().to_text(6), "4.666667");
    assert_eq!(outlook.runway(amount("-1")).unwrap().to_text(6), "0");
}

#[test]
fn f6_without_use_nothing_runs_out() {
    let texts = [("2026-11-20T00:00:00Z", "USD 20"), ("2026-11-22T00:00:00Z", "USD 20")];
    assert_eq!(outlook(&texts, "2026-11-22T00:00:00Z").unwrap().runway(amount("20")), None);
}
