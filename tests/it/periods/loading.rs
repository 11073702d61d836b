//! The data that the overview loads: a month that closed long ago, and the day that is shown.

use drawdown::app::detailed_statement;
use drawdown::books::statement::Period;
use drawdown::store::{LoadScope, State};
use drawdown::time::{DAY, HOUR};

use crate::builders::{amount, at, observed};
use crate::history::{Disk, first};
use crate::periods::scene::{NOON, bill, day, days, lines, month, sums};

#[test]
fn a_month_that_closed_long_ago_is_loaded_with_its_days_and_lines() {
    let (mut disk, now) = (Disk::new(), at(NOON));
    let id = disk.id.clone();
    // A dollar in two days, from 10 March on.
    disk.change(now, &LoadScope::Lately, |state| {
        for place in 0..130 {
            let at = at("2026-03-10T00:00:00Z").plus(2 * place * DAY);
            assert!(state.observe(&id, observed(&at.to_string(), &format!("USD {}", 500 - place))));
        }
    });
    let bills = vec![bill(day("2026-03-15"), &[("chat", "5")])];
    let scope = LoadScope::of_bills(&id, bills.iter());
    assert!(disk.change(now, &scope, |state| state.bill(&id, bills, now)));
    disk.settle(now);

    let march = month("2026-03");
    let (state, read) = disk.load(now, &LoadScope::Overview(Period::Month(march)));
    assert!(read.contains(&format!("readings.{}.2026-03", id.0)), "{read:?}");
    let detail = detailed_statement(&state, now);
    let spending = detail.spending(Period::Month(march));
    // 21 days by readings, and one by its bill.
    assert_eq!(sums(&spending), "15.5 = one 15.5 + plans 0");
    assert_eq!(lines(&spending), ["rest of one 10.5", "chat of one 5"]);
    let year = detail.year();
    assert_eq!(spending.sum, year.iter().find(|of| of.month == march).unwrap().sum);
    let on = |text: &str| detail.spending(Period::Day(day(text))).sum.spend.amount;
    assert_eq!((on("2026-03-14"), on("2026-03-15")), (Some(amount("0.5")), Some(amount("5"))));
    assert!(detail.day(day("2026-03-14")).accounts[0].books[0].is_compacted, "its readings are gone");
    assert_eq!(state.first_month(), Some(march));
    // This month is the same, whichever closed month is loaded next to it.
    let (state, read) = disk.load(now, &LoadScope::Overview(Period::Week));
    assert!(!read.contains(&format!("readings.{}.2026-03", id.0)), "{read:?}");
    let plain = detailed_statement(&state, now).spending(Period::Month(month("2026-11")));
    assert_eq!(plain, detail.spending(Period::Month(month("2026-11"))));
    assert_eq!(first(&state).id, id);
}

#[test]
fn a_month_of_two_years_ago_still_has_its_models() {
    let mut disk = Disk::new();
    let (id, then) = (disk.id.clone(), month("2024-11"));
    let bills: Vec<_> =
        days("2024-11-10", "2024-11-11").map(|day| bill(day, &[("chat", "2"), ("coder", "1")])).collect();
    let scope = LoadScope::of_bills(&id, bills.iter());
    let now = at(NOON);
    assert!(disk.change(now, &scope, |state| state.bill(&id, bills, now)));
    disk.settle(now);
    let of = |disk: &Disk, period: Period| {
        let (state, _) = disk.load(now, &LoadScope::Overview(Period::Month(then)));
        lines(&detailed_statement(&state, now).spending(period))
    };
    assert_eq!(of(&disk, Period::Month(then)), ["chat of one 4", "coder of one 2"]);
    assert_eq!(of(&disk, Period::Day(day("2024-11-10"))), ["rest of one 3"], "a day keeps its amount only");
    // A day that is billed again has its own lines; the month's lines are those of days that no longer count.
    let again = vec![bill(day("2024-11-10"), &[("chat", "5")])];
    assert!(disk.change(now, &scope, |state| state.bill(&id, again, now)));
    assert_eq!(of(&disk, Period::Month(then)), ["chat of one 5", "rest of one 3"]);
}

#[test]
fn the_overview_reads_the_day_that_is_shown_and_the_days_with_questions() {
    let (mut disk, now) = (Disk::new(), at(NOON));
    let begins = at("2026-10-01T00:07:00Z");
    disk.observe(observed(&begins.to_string(), "USD 500"));
    disk.change(now, &LoadScope::Lately, |state| {
        let id = first(state).id.clone();
        for place in 1..54 * 8 {
            // A dollar less every three hours. At noon of 10 October, five came in.
            let paid = if place >= 76 { 5 } else { 0 };
            let at = begins.plus(place * 3 * HOUR);
            assert!(state.observe(&id, observed(&at.to_string(), &format!("USD {}", 500 + paid - place))));
        }
    });
    disk.settle(now);
    let load = |scope: &LoadScope| disk.load(now, scope).0;
    let readings = |state: &State, text: &str| {
        let day = detailed_statement(state, now).day(day(text));
        let book = &day.accounts[0].books[0];
        (book.spend.amount, book.readings.len(), book.windows.len(), book.is_compacted)
    };
    let (all, shown) = (load(&LoadScope::Answerable), day("2026-10-20"));
    let overview = load(&LoadScope::Overview(Period::Day(shown)));
    assert_eq!(readings(&all, "2026-10-20"), (Some(amount("8")), 8, 9, false));
    assert_eq!(readings(&overview, "2026-10-20"), readings(&all, "2026-10-20"));
    assert_eq!(readings(&overview, "2026-10-25"), (Some(amount("8")), 0, 0, true), "a whole day is not read");
    let asking = |state: &State| detailed_statement(state, now).statement.accounts[0].books[0].asking.clone();
    assert_eq!(asking(&overview).len(), 1, "a question of 45 days ago");
    assert_eq!(asking(&overview), asking(&all));
    assert!(asking(&load(&LoadScope::Lately)).is_empty());
    let year = |state: &State| detailed_statement(state, now).year();
    assert_eq!(year(&overview), year(&all));
}
