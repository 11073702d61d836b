//! Invoices: the comparison, the named causes, the record of the last invoices, and everything that a form can contain.

use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::invoice::{
    Cause, Claim, Invoice, InvoiceCheck, InvoiceRecord, MonthFacts, Reach, Settlement, broken_claim,
};
use drawdown::money::Amount;
use drawdown::route::Event;
use drawdown::time::Month;
use proptest::prelude::*;

use crate::backup;
use crate::billed_accounts;
use crate::builders::{amount, at, usd};
use crate::manual::{manual_account, type_balance};
use crate::story::{KEY, Story, has, lacks, text_of};
use crate::undo::is_undone;

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn invoice(of: &str, total: &str, credits: &str, tax: &str) -> Invoice {
    Invoice {
        month: month(of),
        currency: usd(),
        total: amount(total),
        credits: amount(credits),
        tax: amount(tax),
        note: String::new(),
        counted: None,
    }
}

/// A month that was tracked in full.
fn full(of: &str, spend: &str) -> MonthFacts {
    MonthFacts::complete(Figure::new(amount(spend), Mark::Approximate, [Reason::Derived]), month(of))
}

fn check(of: &str, total: &str, facts: &MonthFacts) -> InvoiceCheck {
    InvoiceCheck::new(&invoice(of, total, "0", "0"), facts)
}

#[test]
fn charges_are_before_tax_and_before_credits() {
    assert_eq!(invoice("2026-10", "115", "5", "20").charges(), amount("100"));
    assert_eq!(invoice("2026-10", "0", "30", "0").charges(), amount("30"), "credits paid all of it");
}

#[test]
fn a_difference_below_a_cent_is_a_match_without_causes() {
    let same = check("2026-10", "20", &full("2026-10", "20.009"));
    assert!(same.is_match() && same.causes.is_empty());
    let other = check("2026-10", "20", &full("2026-10", "20.01"));
    assert!(!other.is_match() && other.causes.contains(&Cause::BillingPeriod));
}

#[test]
fn a_cause_never_contradicts_the_direction_of_the_difference() {
    let facts = MonthFacts {
        figure: Figure::new(
            amount("50"),
            Mark::Floor,
            [Reason::Open, Reason::Reset, Reason::Gap, Reason::Unpriced, Reason::Lost],
        ),
        since: at("2026-10-12T09:00:00Z"),
        reach: Reach::OneKey,
        ..full("2026-10", "50")
    };
    let of_missing = |cause: &Cause| {
        matches!(
            cause,
            Cause::Open
                | Cause::Reset
                | Cause::Gap
                | Cause::Unpriced
                | Cause::Lost
                | Cause::OneKey
                | Cause::NoTax
                | Cause::TrackingBegan(_)
        )
    };
    let low = check("2026-10", "60", &facts);
    assert_eq!(low.causes.iter().filter(|cause| of_missing(cause)).count(), 8, "{:?}", low.causes);
    let high = check("2026-10", "40", &facts);
    assert_eq!(high.causes.iter().filter(|cause| of_missing(cause)).count(), 0, "{:?}", high.causes);
    assert!(high.causes.contains(&Cause::NoCredits) && high.is_broken());
}

#[test]
fn a_cause_with_an_amount_is_named_only_where_it_brings_the_two_nearer() {
    let facts =
        MonthFacts { money_in: Some(amount("20")), from_granted: Some(amount("3")), ..full("2026-10", "12") };
    let near = check("2026-10", "20", &facts);
    assert!(near.causes.contains(&Cause::TopUps(amount("20"))));
    assert!(!near.causes.contains(&Cause::Granted(amount("3"))), "credit explains no figure that is too low");
    let far = check("2026-10", "9", &facts);
    assert!(!far.causes.contains(&Cause::TopUps(amount("20"))));
    assert!(far.causes.contains(&Cause::Granted(amount("3"))));

    let entered = Invoice { counted: Some(amount("11")), ..invoice("2026-10", "10.5", "0", "0") };
    assert!(InvoiceCheck::new(&entered, &facts).causes.contains(&Cause::Restated(amount("11"))));
    let entered = Invoice { counted: Some(amount("8")), ..entered };
    assert!(!InvoiceCheck::new(&entered, &facts).causes.contains(&Cause::Restated(amount("8"))));
}

#[test]
fn the_record_covers_the_last_three_months_that_were_known_in_full() {
    let of = |month: &str, total: &str, spend: &str| check(month, total, &full(month, spend));
    let good = [of("2026-10", "100", "98"), of("2026-09", "50", "50.2"), of("2026-08", "10", "10")];
    let record = |checks: &[InvoiceCheck]| InvoiceRecord::new(checks).map(|of| (of.invoices, of.within));
    assert_eq!(record(&good), Some((3, 2)));
    assert_eq!(record(&good[1..]), Some((2, 1)), "0.4 percent is within 1 percent");
    assert_eq!(record(&good[2..]), Some((1, 0)));
    assert_eq!(record(&[]), None);
    // A fourth invoice is not part of the record, whatever its position.
    let older = of("2026-07", "10", "20");
    assert_eq!(record(&[&[older], &good[..]].concat()), Some((3, 2)));
    // Months that are partly known, unsettled, "at least" or unknown are not judged.
    let partly = MonthFacts { since: at("2026-11-02T00:00:00Z"), ..full("2026-11", "1") };
    let unsettled = MonthFacts { settlement: Settlement::MayGrow, ..full("2026-11", "1") };
    let floor = MonthFacts::complete(Figure::new(amount("1"), Mark::Floor, [Reason::Open]), month("2026-11"));
    let unknown = MonthFacts::complete(Figure::unknown([Reason::Unread]), month("2026-11"));
    let of_reasons = |reasons: &[Reason]| {
        let figure = Figure::new(amount("1"), Mark::Floor, reasons.iter().copied()).bounded();
        MonthFacts::complete(figure, month("2026-11"))
    };
    for (facts, claim) in [
        (partly, Claim::Part),
        (unsettled, Claim::Unsettled),
        (of_reasons(&[Reason::EmptiedPool]), Claim::Unsettled),
        (of_reasons(&[Reason::EmptiedPool, Reason::Open]), Claim::Unsettled),
        (floor, Claim::AtLeast),
        (unknown, Claim::Unknown),
    ] {
        let of_month = check("2026-11", "40", &facts);
        assert_eq!(of_month.claim, claim);
        assert_eq!(record(&[&[of_month], &good[..]].concat()), Some((3, 2)), "{claim:?}");
    }
    assert_eq!(record(&[of("2026-10", "0", "5")]), Some((1, 100)), "nothing was charged");
}

#[test]
fn a_claim_of_at_least_more_than_the_charges_is_broken() {
    let floor = |of: &str, spend: &str| {
        MonthFacts::complete(Figure::new(amount(spend), Mark::Floor, [Reason::Open]), month(of))
    };
    let broken = check("2026-10", "40", &floor("2026-10", "41"));
    let kept = check("2026-09", "40", &floor("2026-09", "39"));
    assert!(broken.is_broken() && !kept.is_broken());
    let all = [kept, broken];
    assert_eq!(broken_claim(&all).map(|check| check.invoice.month), Some(month("2026-10")));
    assert_eq!(broken_claim(&all[..1]), None);
    // An approximate figure claims no minimum.
    assert!(!check("2026-10", "40", &full("2026-10", "41")).is_broken());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_record_never_understates_a_difference(cents in 1_u32..1_000_000, off in 0_u32..1_000_000) {
        let charges = Amount::whole(cents).times(1, 100).unwrap();
        let ours = charges + Amount::whole(off).times(1, 100).unwrap();
        let one = check("2026-10", &charges.to_string(), &full("2026-10", &ours.to_string()));
        let record = InvoiceRecord::new([&one]).unwrap();
        prop_assert!(charges.times(record.within, 100).unwrap() >= ours - charges);
        prop_assert!(record.within == 0 || charges.times(record.within - 1, 100).unwrap() < ours - charges);
    }
}

/// An account that spent $12 in October, tracked from its first day, and $2 in November.
pub(crate) fn two_months() -> Story {
    let story = Story::connected("2026-09-30T23:00:00Z", "USD 0+50");
    story.set_books(KEY, "USD 0+49").clock("2026-10-01T00:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 0+37").clock("2026-11-01T00:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 0+35").clock("2026-11-02T00:00:00Z").event(Event::Alarm);
    story
}

fn send(story: &Story, fields: &[(&str, &str)]) -> (bool, String, Option<String>) {
    let id = story.id(0);
    let fields = [&[("account", id.as_str()), ("currency", "USD")], fields].concat();
    let reply = story.send("invoice", &fields);
    (reply.ok, text_of(&reply.html), reply.field)
}

#[test]
fn an_invoice_is_entered_and_the_account_says_how_close_its_figure_is() {
    let story = two_months();
    has(
        &story.card(0),
        "close our figure is. You can add the invoice for November from Dec 1 (UTC).\n[Add an invoice]\nMonth\nOctober 2026\nSeptember 2026\nInvoice total (USD)\n",
    );
    let fields =
        [("month", "2026-10"), ("total", "$13.75"), ("credits", "1"), ("tax", "2.50"), ("note", "R-17")];
    let (ok, said, _) = send(&story, &fields);
    assert!(ok, "{said}");
    has(&said, "Saved: $13.75.");
    has(&said, "October 2026 $13.75 · $1.00 in credits subtracted · $2.50 tax included · R-17\n");
    has(&said, "We counted $12.00. That's $0.25 (3%) less than the $12.25 in charges.\nPossible causes:\n");
    has(&said, "We count UTC months. The provider's billing period may start or end at another time.");
    lacks(&said, "You entered no tax");
    has(&story.card(0), "\nLast invoice: within 3%\n");
    has(&story.send("show", &[("open", "overview")]).html, "Last invoice from DeepSeek: within 3%.");
    // None of it is spend.
    has(&story.popup(), "\n$2.00*\n");
    story.send("hide", &[("hidden", "on")]);
    lacks(&story.card(0), "13.75");
}

#[test]
fn every_bad_invoice_gets_its_sentence_at_its_field() {
    let story = two_months();
    let refused = |fields: &[(&str, &str)], field: &str, sentence: &str| {
        let before = story.stored(&format!("account.{}", story.id(0)));
        let (ok, said, at) = send(&story, fields);
        assert_eq!((ok, at.as_deref()), (false, Some(field)), "{said}");
        has(&said, sentence);
        assert_eq!(story.stored(&format!("account.{}", story.id(0))), before);
    };
    let of = |total: &'static str| [("month", "2026-10"), ("total", total)];
    refused(&[("month", ""), ("total", "5")], "month", "Choose a month.");
    refused(&[("month", "10/2026"), ("total", "5")], "month", "Choose a month.");
    let over = "November isn't over yet. Add its invoice from Dec 1 (UTC).";
    refused(&[("month", "2026-11"), ("total", "5")], "month", over);
    refused(&[("month", "2027-02"), ("total", "5")], "month", "February isn't over yet.");
    let total = "Enter the invoice total, such as 42.50. It can be 0.";
    refused(&of(""), "total", total);
    refused(&of("-5"), "total", total);
    refused(&of("five"), "total", total);
    refused(&of("€5"), "total", "This amount is in USD, but you wrote €. Enter it in USD.");
    refused(&of("1.234"), "total", "Save again to confirm");
    let part = "Enter a number, such as 5 or 7.50, or leave it blank.";
    refused(&[&of("5")[..], &[("credits", "-1")]].concat(), "credits", part);
    refused(&[&of("5")[..], &[("tax", "x")]].concat(), "tax", part);
    let tax = "The tax is more than the total and the credits together.";
    refused(&[&of("5")[..], &[("tax", "6")]].concat(), "tax", tax);
    assert!(send(&story, &of("0")).0, "credits may have paid all of it");
    let again = "There's already an invoice for October 2026. Edit that one.";
    refused(&of("7"), "month", again);
    let unknown = story.send(
        "invoice",
        &[("account", &story.id(0)), ("currency", "EUR"), ("month", "2026-10"), ("total", "5")],
    );
    assert!(!unknown.ok);
}

#[test]
fn entering_editing_and_removing_an_invoice_can_be_undone() {
    let story = two_months();
    let id = story.id(0);
    let of = |month: &'static str, total: &'static str| {
        vec![("account", id.as_str()), ("currency", "USD"), ("month", month), ("total", total)]
    };
    is_undone(&story, "invoice", &of("2026-10", "12.25"));
    let first = [of("2026-10", "12.25"), vec![("tax", "1.5"), ("note", "first")]].concat();
    assert!(story.send("invoice", &first).ok);
    let replaced = [of("2026-10", "12.5"), vec![("replaces", "2026-10 USD")]].concat();
    is_undone(&story, "invoice", &replaced);
    let moved = [of("2026-09", "12.5"), vec![("replaces", "2026-10 USD")]].concat();
    is_undone(&story, "invoice", &moved);
    is_undone(&story, "drop_invoice", &[("account", &id), ("invoice", "2026-10 USD")]);
    // A second click of the same button changes nothing.
    let key = [("account", id.as_str()), ("invoice", "2026-10 USD")];
    assert!(story.send("drop_invoice", &key).ok && story.send("drop_invoice", &key).ok);
    lacks(&story.stored(&format!("account.{id}")), "invoices");
}

#[test]
fn a_month_that_was_tracked_in_part_says_so_and_has_no_record() {
    let story = Story::connected("2026-10-12T00:00:00Z", "USD 0+50");
    story.set_books(KEY, "USD 0+37").clock("2026-11-01T00:00:00Z").event(Event::Alarm);
    let (_, said, _) = send(&story, &[("month", "2026-10"), ("total", "20")]);
    has(&said, "We counted $13.00. That's $7.00 (35%) less than the $20.00 in charges.");
    has(&said, "Tracking started on Oct 12, so earlier spend is missing.");
    lacks(&said, "Last invoice");
    let (_, said, _) = send(&story, &[("month", "2026-08"), ("total", "20")]);
    has(&said, "We have no figure for August 2026 to compare with.");
}

#[test]
fn a_least_amount_above_the_invoice_is_said_to_be_wrong() {
    let story = Story::connected("2026-09-30T23:00:00Z", "USD 0+50");
    story.set_books(KEY, "USD 0+49").clock("2026-10-01T00:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 0+30").clock("2026-10-10T00:00:00Z").event(Event::Alarm);
    // An unconfirmed top-up.
    story.set_books(KEY, "USD 0+45").clock("2026-10-20T00:00:00Z").event(Event::Alarm);
    story.set_books(KEY, "USD 0+40").clock("2026-11-01T00:00:00Z").event(Event::Alarm);
    let (_, said, _) = send(&story, &[("month", "2026-10"), ("total", "30")]);
    has(&said, "We counted at least $24.00. That's $6.00 (20%) less than the $30.00 in charges.");
    has(&said, "A top-up that month may hide some spend.");
    let edit = [("month", "2026-10"), ("total", "20"), ("replaces", "2026-10 USD")];
    let (_, said, _) = send(&story, &edit);
    let broken = "We said October 2026 cost at least $24.00, but the invoice has $20.00 in charges. Our figure was too high.";
    assert_eq!(said.matches(broken).count(), 2, "next to the figure and in the list: {said}");
    lacks(&said, "A top-up that month may hide some spend.");
}

#[test]
fn bills_that_the_provider_restates_later_are_named_as_a_cause() {
    let story =
        billed_accounts::connected("2026-11-05T10:00:00Z", &["2026-10-10 chat 20", "2026-11-04 chat 2"]);
    let (ok, said, _) = send(&story, &[("month", "2026-10"), ("total", "20")]);
    assert!(ok, "{said}");
    has(&said, "We counted $20.00. It matches the charges on the invoice.");
    has(&said, "Last invoice: exact match");
    billed_accounts::set_costs(&story, &["2026-10-10 chat 18", "2026-11-04 chat 2"]);
    story.clock("2026-11-05T11:00:00Z").send("refresh", &[]);
    let card = story.card(0);
    has(&card, "We counted $18.00. That's $2.00 (10%) less than the $20.00 in charges.");
    has(&card, "Our figure was $20.00 when you entered the invoice. It has changed since.");
    has(&card, "Last invoice: within 10%");
}

#[test]
fn a_bill_that_may_still_grow_makes_no_record() {
    let story =
        billed_accounts::connected("2026-11-01T12:00:00Z", &["2026-10-10 chat 20", "2026-11-01 chat 1"]);
    let (_, said, _) = send(&story, &[("month", "2026-10"), ("total", "23")]);
    has(&said, "The provider may still change its figures for that month.");
    lacks(&said, "Last invoice");
}

#[test]
fn an_older_month_is_compared_with_what_is_stored_of_it() {
    let story = two_months();
    send(&story, &[("month", "2026-10"), ("total", "12.25")]);
    let before = story.card(0);
    has(&before, "That's $0.25 (3%) less than the $12.25 in charges.");
    for day in ["2026-12-05", "2027-01-05", "2027-02-05"] {
        story.clock(&format!("{day}T00:00:00Z")).event(Event::Alarm);
    }
    has(&story.card(0), "That's $0.25 (3%) less than the $12.25 in charges.");
}

#[test]
fn an_account_kept_by_hand_has_invoices_too() {
    let story = manual_account("2026-10-01T00:00:00Z", "balance", "60");
    type_balance(&story, "2026-11-01T00:00:00Z", "40");
    let (ok, said, _) = send(&story, &[("month", "2026-10"), ("total", "20")]);
    assert!(ok, "{said}");
    has(&said, "We counted $20.00. It matches the charges on the invoice.");
}

#[test]
fn the_same_form_sent_twice_enters_one_invoice() {
    let story = two_months();
    let fields = [("month", "2026-10"), ("total", "12"), ("submission", "0a1b2c3d-once")];
    assert!(send(&story, &fields).0 && send(&story, &fields).0);
    assert_eq!(story.card(0).matches("October 2026 $12.00").count(), 1);
}

#[test]
fn invoices_come_back_with_a_backup_and_those_that_are_here_stay() {
    let by_hand = || {
        let story = manual_account("2026-10-01T00:00:00Z", "balance", "60");
        type_balance(&story, "2026-11-01T00:00:00Z", "40");
        type_balance(&story, "2026-11-02T00:00:00Z", "38");
        story
    };
    for story in [two_months(), by_hand()] {
        send(&story, &[("month", "2026-09"), ("total", "7")]);
        send(&story, &[("month", "2026-10"), ("total", "12.25"), ("note", "kept")]);
        let file = backup::back_up(&story);
        let id = story.id(0);
        let other = backup::fresh("2026-11-02T00:00:00Z");
        backup::restored(&other, &file, "");
        let of = |story: &Story| story.host.accounts()[0]["invoices"].clone();
        assert_eq!(of(&other), of(&story));
        // Since the backup, one invoice was edited and one was removed.
        send(&story, &[("month", "2026-10"), ("total", "13"), ("replaces", "2026-10 USD")]);
        story.send("drop_invoice", &[("account", &id), ("invoice", "2026-09 USD")]);
        backup::restored(&story, &file, "");
        let card = story.card(0);
        has(&card, "October 2026 $13.00");
        has(&card, "September 2026 $7.00");
        lacks(&card, "kept");
    }
}
