//! FOCUS files of any version and provider: which rows are usage, which are skipped, and the preview before booking.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::Bill;
use drawdown::files::{Imported, RefusalReason, Skip};
use drawdown::providers::read_export;
use drawdown::route::Reply;

use crate::builders::{LATER, amount};
use crate::story::{KEY, PASSWORD, Story, has, lacks, text_of};

const HEAD: &str =
    "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,ProviderName,ServiceName";

/// A file with one row for each of `cost currency category from to provider service`, separated by `|`.
fn focus(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let [cost, currency, category, from, to, provider, service] = row.split('|').collect::<Vec<_>>()[..]
        else {
            panic!("{row}")
        };
        format!("{cost},{currency},{category},{to},{from},{provider},{service}\n")
    };
    format!("{HEAD}\n{}", rows.iter().map(row).collect::<String>())
}

fn read(text: &str) -> Imported {
    read_export(&[("focus.csv", text.as_bytes())], LATER).unwrap()
}

/// Each day with its lines, as `USD 2026-11-01 1.25 Chat + 2 Image`.
fn days(imported: &Imported) -> Vec<String> {
    let day = |bill: &Bill| {
        let lines = bill.lines.iter().map(|line| format!("{} {}", line.amount, line.name));
        format!("{} {} {}", bill.currency, bill.day, lines.collect::<Vec<_>>().join(" + "))
    };
    imported.bills.iter().map(day).collect()
}

const DAY: &str = "2026-11-01T00:00:00Z|2026-11-02T00:00:00Z";

#[test]
fn usage_counts_by_day_and_service_and_the_rest_is_skipped_with_its_sums() {
    let rows = [
        &format!("1.25|USD|Usage|{DAY}|Acme|Chat"),
        "0.5|USD|Usage|2026-11-01T13:00:00Z|2026-11-01T14:00:00Z|Acme|Chat",
        &format!("2E-1|USD|usage|{DAY}|Acme|Image"),
        "-0.25|USD|Usage|2026-11-02 00:00:00|2026-11-03 00:00:00|Acme|Chat",
        &format!("50|USD|Purchase|{DAY}|Acme|Credits"),
        &format!("7.5|USD|Purchase|{DAY}|Acme|Credits"),
        &format!("3|EUR|Purchase|{DAY}|Acme|Credits"),
        &format!("-5|USD|Credit|{DAY}|Acme|Promotion"),
        &format!("0.01|USD|Adjustment|{DAY}|Acme|Rounding"),
        &format!("9.5|USD|Tax|{DAY}|Acme|VAT"),
    ];
    let imported = read(&focus(&rows));
    assert_eq!(imported.provider, None);
    assert_eq!(days(&imported), ["USD 2026-11-01 1.75 Chat + 0.2 Image", "USD 2026-11-02 -0.25 Chat"]);
    assert_eq!(imported.rows.read, 4);
    let skipped = imported.rows.skipped.iter().map(|of| (of.why, of.count, of.row, of.sample.as_str()));
    let expected = [
        (Skip::Purchase, 3, 6, "57.50 USD + 3.00 EUR"),
        (Skip::Credit, 1, 9, "-5.00 USD"),
        (Skip::Adjustment, 1, 10, "0.01 USD"),
        (Skip::Tax, 1, 11, "9.50 USD"),
    ];
    assert_eq!(skipped.collect::<Vec<_>>(), expected);
}

#[test]
fn usage_that_a_purchase_paid_counts_by_its_effective_cost() {
    let rows = "0,4.5,USD,Usage,2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,Acme,Chat\n\
        2,1.5,USD,Usage,2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,Acme,Image\n\
        0,,USD,Usage,2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,Acme,Free\n";
    let head = HEAD.replace("BilledCost,", "BilledCost,EffectiveCost,");
    assert_eq!(days(&read(&format!("{head}\n{rows}"))), ["USD 2026-11-01 4.5 Chat + 0 Free + 2 Image"]);
}

#[test]
fn the_provider_is_named_by_either_column_and_in_the_lines_where_there_are_several() {
    let one = focus(&[&format!("1|USD|Usage|{DAY}|Acme|Chat")]);
    let newer = one.replace("ProviderName", "ServiceProviderName");
    assert_eq!(days(&read(&newer)), days(&read(&one)));
    let both = one
        .replacen("ProviderName,", "ProviderName,ServiceProviderName,", 1)
        .replace(",Acme,", ",Reseller,Acme,");
    assert_eq!(days(&read(&both)), ["USD 2026-11-01 1 Chat"]);
    let two = focus(&[&format!("1|USD|Usage|{DAY}|Acme|Chat"), &format!("2|USD|Usage|{DAY}|Bolt|Bolt")]);
    assert_eq!(days(&read(&two)), ["USD 2026-11-01 1 Acme: Chat + 2 Bolt"]);
}

#[test]
fn a_flaw_refuses_the_whole_file_with_its_place() {
    let good = focus(&[&format!("1|USD|Usage|{DAY}|Acme|Chat")]);
    let refused = |text: &str| {
        let refused = read_export(&[("focus.csv", text.as_bytes())], LATER).unwrap_err();
        (refused.row, refused.column, refused.why)
    };
    let unreadable = RefusalReason::Unreadable;
    for column in ["BillingCurrency", "ChargePeriodEnd", "ProviderName", "ServiceName"] {
        assert_eq!(refused(&good.replace(column, "Other")), (None, Some(column), unreadable), "{column}");
    }
    assert_eq!(
        refused(&good.replace("ChargePeriodStart", "Other")),
        (None, Some("ChargePeriodStart"), unreadable)
    );
    assert_eq!(refused(&good.replace("ChargeCategory", "Other")), (None, Some("ChargeCategory"), unreadable));
    for (from, to, column) in [
        ("Usage", "Usages", "ChargeCategory"),
        (",USD,", ",US,", "BillingCurrency"),
        ("\n1,", "\none,", "BilledCost"),
        ("2026-11-01T00:00:00Z", "November", "ChargePeriodStart"),
        ("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z", "ChargePeriodEnd"),
        ("2026-11-02T00:00:00Z", "2027-11-02T00:00:00Z", "ChargePeriodEnd"),
        (",Chat", ",", "ServiceName"),
        (",Acme,", ",,", "ProviderName"),
    ] {
        let text = good.replace(from, to);
        assert_ne!(text, good);
        assert_eq!(refused(&text), (Some(2), Some(column), unreadable), "{to}");
    }
    assert_eq!(refused(&format!("{HEAD}\n")), (None, None, RefusalReason::Empty));
    assert_eq!(refused(&format!("{good}1,USD\n")), (Some(3), None, unreadable));
}

fn import(story: &Story, text: &str) -> Reply {
    let file = STANDARD.encode(text);
    story.send("import", &[("account", &story.id(0)), ("file.0", &file), ("file.0.name", "focus.csv")])
}

fn with_a_key() -> Story {
    Story::connected("2026-11-22T10:00:00Z", "USD 0+20")
}

#[test]
fn the_page_shows_what_was_read_and_books_it_into_the_account_that_is_chosen() {
    let story = with_a_key();
    let file = focus(&[
        &format!("1.25|USD|Usage|{DAY}|Acme|Chat"),
        "4|USD|Usage|2026-11-02T00:00:00Z|2026-11-03T00:00:00Z|Acme|Image",
        &format!("50|USD|Purchase|{DAY}|Acme|Credits"),
    ]);
    let preview = text_of(&import(&story, &file).html);
    has(&preview, "Check before importing");
    has(&preview, "focus.csv: 2 rows read. Skipped: 1 row of purchases (50.00 USD).");
    has(&preview, "Nov 1\nChat\n$1.25\nNov 2\nImage\n$4.00");
    has(&preview, "Nothing has been imported yet.");
    assert_eq!(story.badge().0, "–", "nothing is booked yet");

    // A new account is proposed, because the existing one is read by its key.
    let unnamed = story.send("answer_import", &[("settings.account", "new")]);
    assert_eq!((unnamed.ok, unnamed.field.as_deref()), (false, Some("label")));
    has(&text_of(&unnamed.html), "Enter a name for the new account.");
    let booked = story.send("answer_import", &[("settings.account", "new"), ("label", "Acme")]);
    let said = text_of(&booked.html);
    has(&said, "Imported $5.25 for Nov 1–2.");
    has(&said, "Skipped: 1 row of purchases (50.00 USD).");
    has(&said, "[Undo]");
    lacks(&said, "Check before importing");
    assert_eq!(story.host.accounts().len(), 2);
    assert_eq!(story.badge().0, "$5.2");
    has(&story.card(1), "Acme");
    let import = story.host.accounts()[1].clone();
    assert_eq!(import["source"], "file");

    // The second file is for the account that exists now, and asks because both have the same days.
    import_again(&story, &file);
}

fn import_again(story: &Story, file: &str) {
    let second = story.id(1);
    let again = STANDARD.encode(file.replace("1.25", "2.25"));
    let preview =
        story.send("import", &[("account", &second), ("file.0", &again), ("file.0.name", "focus-2.csv")]);
    has(&text_of(&preview.html), "Check before importing");
    let asked = story.send("answer_import", &[("settings.account", &second)]);
    has(&text_of(&asked.html), "Replace or add?");
    let replaced = story.send("answer_import", &[("settings.overlap", "replace")]);
    has(&text_of(&replaced.html), "Imported $6.25 for Nov 1–2.");
    assert_eq!(story.badge().0, "$6.2");
}

#[test]
fn a_preview_can_be_dropped_and_a_locked_vault_keeps_no_file() {
    let story = with_a_key();
    let file = focus(&[&format!("1.25|USD|Usage|{DAY}|Acme|Chat")]);
    import(&story, &file);
    let dropped = story.send("answer_import", &[("settings.drop", "on")]);
    lacks(&text_of(&dropped.html), "Check before importing");
    let gone = story.send("answer_import", &[("settings.account", "new"), ("label", "Acme")]);
    has(&text_of(&gone.html), "The browser no longer has this file.");
    story.send("lock", &[]);
    assert!(!import(&story, &file).ok);
    story.send("unlock", &[("password", PASSWORD)]);
    import(&story, &file);
    let nobody = story.send("answer_import", &[("settings.account", "ffffffff")]);
    assert!(!nobody.ok);
    assert_eq!(story.host.accounts().len(), 1);
}

#[test]
fn a_file_without_usage_says_what_it_has_and_imports_nothing() {
    let story = with_a_key();
    let file =
        focus(&[&format!("50|USD|Purchase|{DAY}|Acme|Credits"), &format!("9.5|USD|Tax|{DAY}|Acme|VAT")]);
    let shown = text_of(&import(&story, &file).html);
    has(&shown, "Nothing to import");
    has(
        &shown,
        "focus.csv: 0 rows read. Skipped: 1 row of purchases (50.00 USD), 1 row of taxes (9.50 USD).",
    );
    lacks(&shown, "A new account");
    story.send("answer_import", &[("settings.drop", "on")]);
    has(&story.at("data"), "Import usage by model");
}

#[test]
fn a_row_without_a_service_provider_is_of_its_provider() {
    let head = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,ProviderName,ServiceName,ServiceProviderName";
    let row = |provider: &str, service_provider: &str| {
        format!("1,USD,Usage,2026-11-02T00:00:00Z,2026-11-01T00:00:00Z,{provider},Chat,{service_provider}")
    };
    let imported = read(&[head, &row("Acme", ""), &row("Old", "Umbrella"), ""].join("\n"));
    assert_eq!(days(&imported), ["USD 2026-11-01 1 Acme: Chat + 1 Umbrella: Chat"]);
    let text = [head, &row("", ""), ""].join("\n");
    let refused = read_export(&[("focus.csv", text.as_bytes())], LATER).unwrap_err();
    assert_eq!((refused.row, refused.column), (Some(2), Some("ProviderName")));
}

#[test]
fn what_was_exported_comes_back_with_the_same_use() {
    let story = with_a_key();
    story.clock("2026-11-22T20:00:00Z").set_books(KEY, "USD 0+17.5").event(drawdown::route::Event::Alarm);
    // A subscription is not usage of an account; the user enters it separately.
    let plan = [
        ("name", "Cursor"),
        ("amount", "20"),
        ("currency", "usd"),
        ("every", "month"),
        ("day", "22"),
        ("since", "2026-11-01"),
    ];
    has(&text_of(&story.send("plan", &plan).html), "Cursor");
    let exported = story.send("export", &[("format", "focus"), ("month", "2026-11")]).file.unwrap().text;
    let imported = read(&exported);
    let sum: drawdown::money::Amount = imported.bills.iter().map(Bill::amount).sum();
    assert_eq!(sum, amount("2.5"));
    let days = imported.bills.iter().map(|bill| bill.day.to_string()).collect::<Vec<_>>();
    assert_eq!(days, ["2026-11-22"]);
    assert!(imported.rows.skipped.iter().any(|skipped| {
        (skipped.why, skipped.count, skipped.sample.as_str()) == (Skip::Subscription, 2, "20.00 USD")
    }));
}
