//! Invoices from a file: their months, the rows that count as tax and credits, and the rows that are left out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::Reply;
use drawdown::time::Day;

use crate::invoices::two_months;
use crate::story::{Story, has, lacks, text_of};
use crate::undo::is_undone;

const HEAD: &str =
    "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName";

/// A row of a FOCUS file that spans one day.
fn row(cost: &str, category: &str, day: &str) -> String {
    let span = Day::parse(day).unwrap().span();
    format!("{cost},USD,{category},{},{},Acme,Chat\n", span.from, span.to)
}

fn focus(rows: &[(&str, &str, &str)]) -> String {
    let rows: String = rows.iter().map(|(cost, category, day)| row(cost, category, day)).collect();
    STANDARD.encode(format!("{HEAD}\n{rows}"))
}

fn import(story: &Story, file: &str) -> (bool, String, Option<String>) {
    let fields = [("account", &*story.id(0)), ("file.0", file), ("file.0.name", "october.csv")];
    let Reply { ok, html, field, .. } = story.send("invoice_file", &fields);
    (ok, text_of(&html), field)
}

#[test]
fn each_finished_month_of_a_file_becomes_an_invoice_with_its_tax_and_credits() {
    let story = two_months();
    let file = focus(&[
        ("10", "Usage", "2026-10-02"),
        ("2.5", "Usage", "2026-10-30"),
        ("-0.25", "Adjustment", "2026-10-30"),
        ("-1", "Credit", "2026-10-30"),
        ("2.50", "Tax", "2026-10-30"),
        ("50", "Purchase", "2026-10-01"),
        ("0.75", "Usage", "2026-09-30"),
        ("3", "Usage", "2026-11-01"),
    ]);
    let (ok, said, _) = import(&story, &file);
    assert!(ok, "{said}");
    has(
        &said,
        "Added September 2026 $0.75 (charges for Sep 30), October 2026 $13.75 (charges for Oct 2–30). Check that the file covers whole months.",
    );
    has(
        &said,
        "October 2026 $13.75 · $1.00 in credits subtracted · $2.50 tax included · october.csv\nWe counted $12.00. That's $0.25 (3%) less than the $12.25 in charges.\n",
    );
    has(&said, "September 2026 $0.75 · october.csv\n");
    lacks(&said, "November 2026 $3.00");
}

#[test]
fn a_month_that_has_an_invoice_keeps_it() {
    let story = two_months();
    let entered = [("account", &*story.id(0)), ("currency", "USD"), ("month", "2026-10"), ("total", "12")];
    assert!(story.send("invoice", &entered).ok);
    let both = focus(&[("10", "Usage", "2026-10-02"), ("1", "Usage", "2026-09-02")]);
    let (ok, said, _) = import(&story, &both);
    assert!(ok, "{said}");
    has(
        &said,
        "Added September 2026 $1.00 (charges for Sep 2). Already entered: October 2026. Check that the file covers whole months.",
    );
    has(&said, "October 2026 $12.00\n");
    let (ok, said, field) = import(&story, &both);
    assert_eq!((ok, field.as_deref()), (false, Some("file")));
    has(&said, "There's already an invoice for September 2026. Edit that one.");
}

#[test]
fn what_is_no_invoice_changes_nothing_and_says_why() {
    let story = two_months();
    let none = "This file has no charges for a finished month in this account's currency.";
    let euros = String::from_utf8(STANDARD.decode(focus(&[("3", "Usage", "2026-10-02")])).unwrap()).unwrap();
    for (file, sentence) in [
        (focus(&[("3", "Usage", "2026-11-01")]), none),
        (focus(&[("50", "Purchase", "2026-10-01")]), none),
        (focus(&[("3", "Usage", "2026-10-02"), ("-5", "Adjustment", "2026-10-03")]), none),
        (STANDARD.encode(euros.replace("USD", "EUR")), none),
        (
            STANDARD.encode("day,cost\n2026-10-02,3\n"),
            "We can't read an invoice from this file. Choose a provider export or a FOCUS file.",
        ),
        (STANDARD.encode(format!("{HEAD}\n{}", row("three", "Usage", "2026-10-02"))), "BilledCost"),
    ] {
        let before = story.stored(&format!("account.{}", story.id(0)));
        let (ok, said, _) = import(&story, &file);
        assert!(!ok, "{said}");
        has(&said, sentence);
        assert_eq!(story.stored(&format!("account.{}", story.id(0))), before);
    }
    let reply = story.send("invoice_file", &[("account", &*story.id(0))]);
    assert!(!reply.ok);
    has(&text_of(&reply.html), "We didn't get a file. Choose it again.");
}

#[test]
fn the_invoices_of_a_file_are_undone_together() {
    let story = two_months();
    let file = focus(&[("10", "Usage", "2026-10-02"), ("1", "Usage", "2026-09-02")]);
    let id = story.id(0);
    let fields = [("account", id.as_str()), ("file.0", file.as_str()), ("file.0.name", "october.csv")];
    is_undone(&story, "invoice_file", &fields);
    story.send("hide", &[("hidden", "on")]);
    let (_, said, _) = import(&story, &file);
    has(&said, "Added September 2026 (charges for Sep 2), October 2026 (charges for Oct 2).");
}
