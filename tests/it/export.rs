//! The export: its rows, their sum, which is the page's total, and the content of each format.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::app::detailed_statement;
use drawdown::books::figure::Mark;
use drawdown::books::statement::{EntryBasis, Period};
use drawdown::files::{ColumnMapping, MappedTable, read_mapped};
use drawdown::money::{Amount, Currency, Money};
use drawdown::route::Reply;
use drawdown::store::LoadScope;
use drawdown::time::Month;
use drawdown_lab::replay::{look, look_within};
use serde_json::Value;

use crate::builders::{LATER, amount, usd};
use crate::busy_browser;
use crate::story::{KEY, PLAN, Story, has, lacks, text_of};

/// The rows of a CSV file, keyed by column name.
pub(crate) type Table = Vec<BTreeMap<String, String>>;

pub(crate) fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Exports like the page: part after part, until there is no next one.
pub(crate) fn export(story: &Story, format: &str, month: &str) -> (String, String) {
    let fields = [("format", format), ("month", month)];
    let mut reply = story.send("export", &fields);
    let mut text = String::new();
    loop {
        let file = taken(&mut reply);
        text.push_str(&file.text);
        let Some(next) = file.next else { return (file.name, text) };
        has(&text_of(&reply.html), "Exporting…");
        reply = story.send("export", &[&fields[..], &[("part", &next)]].concat());
    }
}

fn taken(reply: &mut Reply) -> drawdown::app::FilePart {
    reply.file.take().unwrap_or_else(|| panic!("no file: {}", text_of(&reply.html)))
}

fn sum<'a>(cells: impl Iterator<Item = &'a String>) -> Amount {
    cells.filter(|cell| !cell.is_empty()).map(|cell| amount(cell)).sum()
}

/// A month's total on its page, and the amounts without a rate.
pub(crate) fn shown(story: &Story, month: &str) -> (Amount, Vec<(Currency, Amount)>) {
    let month = Month::parse(month).unwrap();
    look_within(&story.host, &LoadScope::Overview(Period::Month(month)), |state, now| {
        let sum = detailed_statement(state, now).spending(Period::Month(month)).sum;
        let foreign = sum.not_converted.iter().map(|(code, figure)| (*code, figure.amount.unwrap()));
        (sum.total().amount.expect("a known month"), foreign.collect())
    })
}

/// Imports a file into the first account.
pub(crate) fn import(story: &Story, text: &str) {
    let file = STANDARD.encode(text);
    let fields = [("account", story.id(0)), ("file.0", file), ("file.0.name", "cost.csv".to_owned())];
    let reply = story.send("import", &fields.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert!(reply.ok, "{}", text_of(&reply.html));
    if text_of(&reply.html).contains("Match columns") {
        let columns =
            [("date", "0"), ("line", "1"), ("amount", "2"), ("currency", "3"), ("charges", "positive")];
        let columns = columns.map(|(name, value)| (format!("settings.{name}"), value));
        let reply =
            story.send("answer_import", &columns.each_ref().map(|(name, value)| (name.as_str(), *value)));
        assert!(reply.ok, "{}", text_of(&reply.html));
    }
}

/// A browser with everything in progress, and with rates.
fn everything() -> Story {
    let story = busy_browser::begin();
    story.send("rate", &[("currency", "CNY"), ("rate", "0.1391")]);
    story.send("rename", &[("account", &story.id(0)), ("label", "=HYPERLINK(\"x\")")]);
    story
}

#[test]
fn the_rows_of_every_format_sum_to_the_months_total_on_the_page() {
    let story = everything();
    let (total, foreign) = shown(&story, "2026-11");
    assert!(total > Amount::whole(20) && foreign.is_empty(), "{total} {foreign:?}");

    let (name, csv) = export(&story, "csv", "2026-11");
    assert_eq!(name, "drawdown-2026-11.csv");
    assert_eq!(sum(table(&csv).iter().map(|row| &row["in_total"])), total);

    let (_, focus) = export(&story, "focus", "2026-11");
    assert_eq!(sum(table(&focus).iter().map(|row| &row["x_CostInTotal"])), total);

    let (_, json) = export(&story, "json", "2026-11");
    let json: Value = serde_json::from_str(&json).unwrap();
    let month = &json["months"][0];
    assert_eq!(month["total"], total.to_string());
    let rows = month["rows"].as_array().unwrap().iter();
    assert_eq!(rows.filter_map(|row| row["in_total"].as_str()).map(amount).sum::<Amount>(), total);
}

#[test]
fn entries_sum_to_each_book_with_amounts_that_no_rate_divides_evenly() {
    let story = Story::connected("2026-10-20T07:13:00Z", "CNY 0+1000");
    story.send("settings", &[("currency", "USD")]);
    story.send("rate", &[("currency", "CNY"), ("rate", "0.142857142857")]);
    for (hours, left) in (0..40).map(|step| (step * 19, format!("{}.0{}7", 999 - step * 3, step % 7))) {
        story.host.set_now(crate::builders::at("2026-10-20T09:00:00Z").plus(hours * drawdown::time::HOUR));
        story.set_books(KEY, &format!("CNY 0+{left}"));
        story.send("refresh", &[]);
    }
    for month in ["2026-10", "2026-11"] {
        let month = Month::parse(month).unwrap();
        look_within(&story.host, &LoadScope::Overview(Period::Month(month)), |state, now| {
            let detail = detailed_statement(state, now);
            let entries = detail.entries(month);
            assert!(entries.entries.len() > 8, "{month}");
            let total = entries.entries.iter().filter_map(|entry| entry.worth).sum::<Amount>();
            assert_eq!(Some(total), detail.spending(Period::Month(month)).sum.spend.amount, "{month}");
            let own: Amount = entries.entries.iter().filter_map(|entry| entry.figure.amount).sum();
            let money = Money { amount: own, currency: Currency::parse("CNY").unwrap() };
            let rate = drawdown::money::Rate::parse("0.142857142857").unwrap();
            assert_eq!(money.converted(rate, usd()).unwrap().amount, total, "{month}");
            assert!(entries.entries.iter().all(|entry| entry.basis == EntryBasis::Balance));
        });
    }
}

#[test]
fn all_months_come_in_parts_that_join_to_one_file() {
    let story = Story::connected("2026-09-28T10:00:00Z", "USD 0+50");
    for (now, books) in [("2026-10-05T10:00:00Z", "USD 0+41"), ("2026-11-23T10:00:00Z", "USD 0+20.5")] {
        story.clock(now).set_books(KEY, books).send("refresh", &[]);
    }
    let (name, csv) = export(&story, "csv", "all");
    assert_eq!((name.as_str(), csv.matches("date,account").count()), ("drawdown-all.csv", 1));
    for month in ["2026-09", "2026-10", "2026-11"] {
        let rows = table(&csv);
        let of_month = rows.iter().filter(|row| row["date"].starts_with(month));
        assert_eq!(sum(of_month.map(|row| &row["amount"])), shown(&story, month).0, "{month}");
    }
    let (_, json) = export(&story, "json", "all");
    let json: Value = serde_json::from_str(&json).unwrap();
    let months: Vec<_> = json["months"].as_array().unwrap().iter().map(|of| of["month"].clone()).collect();
    assert_eq!(months, ["2026-09", "2026-10", "2026-11"]);
    let (_, focus) = export(&story, "focus", "all");
    assert_eq!(
        table(&focus).iter().filter(|row| row["ChargeCategory"] == "Usage").count(),
        table(&csv).len()
    );
}

#[test]
fn a_row_says_how_certain_it_is_and_where_it_comes_from() {
    let story = everything();
    story.send("figure", &[("account", &story.id(4)), ("amount", "25")]);
    let rows = table(&export(&story, "csv", "2026-11").1);
    let of = |source: &str| rows.iter().filter(|row| row["source"] == source).collect::<Vec<_>>();
    for (source, mark) in [
        ("balance", "approximate"),
        ("api_bill", "exact"),
        ("typed", "approximate"),
        ("subscription", "exact"),
    ] {
        assert!(of(source).iter().any(|row| row["mark"] == mark), "{source}: {:#?}", of(source));
    }
    assert!(!of("counter").is_empty() && of("counter").iter().all(|row| row["provider"] == "OpenRouter"));
    let named = rows.iter().filter(|row| row["for"] == "usage");
    assert!(named.clone().count() > 5 && named.clone().all(|row| !row["model"].is_empty()));
    // A day that is not billed yet is unknown, not zero.
    let unknown: Vec<_> = rows.iter().filter(|row| row["mark"] == "unknown").collect();
    assert!(!unknown.is_empty() && unknown.iter().all(|row| row["amount"].is_empty()));
    let charge = of("subscription")[0];
    assert_eq!((charge["account"].as_str(), charge["currency"].as_str()), ("Qwen", "CNY"));
}

#[test]
fn a_file_that_was_imported_is_the_source_of_its_days() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+50");
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+40").send("refresh", &[]);
    let line = |model: &str, cost: &str| format!("2026-11-21,{model},{cost},USD\n");
    let lines = line("deepseek-chat", "2") + &line("deepseek-reasoner", "0.5");
    import(&story, &format!("utc_date,model,cost,currency\n{lines}"));
    let rows = table(&export(&story, "csv", "2026-11").1);
    let on = |day: &str| {
        let on_day = rows.iter().filter(|row| row["date"] == day);
        on_day
            .map(|row| [&row["model"], &row["amount"], &row["source"]].map(String::clone))
            .collect::<Vec<_>>()
    };
    let named = |model: &str, amount: &str| [model, amount, "file"].map(str::to_owned);
    assert_eq!(on("2026-11-21"), [named("deepseek-chat", "2.0"), named("deepseek-reasoner", "0.5")]);
    assert_eq!(on("2026-11-22")[0][2], "balance");
}

#[test]
fn no_name_is_a_formula_and_no_amount_is_changed() {
    let story = Story::begin("2026-11-23T10:00:00Z");
    story.send("by_file", &[("label", "@SUM(A1)")]);
    import(
        &story,
        "Day,Model,Cost,Currency\n2026-11-20,=1+1,2,USD\n2026-11-20,+1,-1,USD\n2026-11-20,-1,3,USD\n",
    );
    for format in ["csv", "focus"] {
        for (column, cell) in table(&export(&story, format, "2026-11").1).into_iter().flatten() {
            let is_negative = || amount(&cell).is_negative();
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']) || is_negative(), "{column}: {cell}");
        }
    }
    let rows = table(&export(&story, "csv", "2026-11").1);
    let cells = rows.iter().map(|row| ["account", "model", "amount"].map(|name| row[name].as_str()));
    let of_day: Vec<_> = cells.take(3).collect();
    let account = "'@SUM(A1)";
    assert_eq!(of_day, [[account, "'-1", "3.0"], [account, "'=1+1", "2.0"], [account, "'+1", "-1.0"]]);
    // JSON is not a table: names are written unchanged.
    has(&export(&story, "json", "2026-11").1, "\"model\":\"=1+1\"");
}

/// The requirements of a FOCUS reader.
fn check_focus(rows: &Table) {
    for row in rows {
        for column in [
            "BilledCost",
            "EffectiveCost",
            "ListCost",
            "ContractedCost",
            "PricingQuantity",
            "BillingAccountId",
            "BillingAccountName",
            "ServiceProviderName",
            "HostProviderName",
            "ProviderName",
            "ServiceName",
            "x_Source",
        ] {
            assert!(!row[column].is_empty(), "{column}: {row:#?}");
        }
        for column in
            ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingQuantity", "x_Amount"]
        {
            let (whole, decimals) =
                row[column].split_once('.').unwrap_or_else(|| panic!("{column}: {row:#?}"));
            let digits = whole.trim_start_matches('-').to_owned() + decimals;
            assert!(
                digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit()),
                "{column}: {row:#?}"
            );
        }
        assert!(["Usage", "Purchase", "Credit", "Adjustment"].contains(&row["ChargeCategory"].as_str()));
        assert!(["true", "false"].contains(&row["x_Estimated"].as_str()));
        let is_within = row["BillingPeriodStart"] <= row["ChargePeriodStart"]
            && row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]
            && row["ChargePeriodStart"] < row["ChargePeriodEnd"];
        assert!(is_within && row["ChargePeriodStart"].ends_with("T00:00:00Z"), "{row:#?}");
        assert_eq!(row["BillingCurrency"].len(), 3);
    }
}

/// A month with top-ups, a grant, an unexplained rise, a refund, an expiry and an undone declaration.
fn movements() -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 5+20");
    let id = story.id(0);
    let read = |now: &str, books: &str| {
        story.clock(now).set_books(KEY, books).send("refresh", &[]);
    };
    let declare = |at: &str, kind: &str, amount: &str| {
        let fields =
            [("account", id.as_str()), ("currency", "USD"), ("kind", kind), ("amount", amount), ("at", at)];
        let reply = story.send("declare", &fields);
        assert!(reply.ok, "{kind}: {}", text_of(&reply.html));
    };
    read("2026-11-02T00:00:00Z", "USD 0+19");
    declare("2026-11-01T12:00:00Z", "expiry", "4");
    read("2026-11-03T00:00:00Z", "USD 0+28");
    declare("2026-11-02T12:00:00Z", "top_up", "10");
    read("2026-11-04T00:00:00Z", "USD 0+35");
    read("2026-11-05T00:00:00Z", "USD 3+35");
    declare("2026-11-04T12:00:00Z", "gift", "3");
    read("2026-11-06T00:00:00Z", "USD 3+30");
    declare("2026-11-05T12:00:00Z", "top_up", "2");
    let html = story.card_html(0);
    let undo = html.split("name=\"correction\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let newest = story.host.accounts()[0]["corrections"].as_array().unwrap().last().unwrap()[0].clone();
    assert!(undo.into_iter().any(|id| newest == id), "{newest}");
    let reply = story.send("undo", &[("account", &id), ("correction", newest.as_str().unwrap())]);
    assert!(reply.ok, "{}", text_of(&reply.html));
    story.send("plan", &PLAN);
    story
}

#[test]
fn focus_tells_money_that_moved_from_money_that_was_spent() {
    let story = movements();
    let rows = table(&export(&story, "focus", "2026-11").1);
    check_focus(&rows);
    let moved = rows.iter().filter(|row| row["ChargeFrequency"] != "Usage-Based");
    let moved: Vec<_> = moved
        .map(|row| {
            let [day, category, text] =
                ["ChargePeriodStart", "ChargeCategory", "ChargeDescription"].map(|name| &row[name]);
            let [of, billed, effective] = ["x_Amount", "BilledCost", "EffectiveCost"].map(|name| &row[name]);
            format!("{} {category} {text}: {of}, billed {billed}, effective {effective}", &day[..10])
        })
        .collect();
    assert_eq!(
        moved,
        [
            "2026-11-03 Purchase Subscription: 20.0, billed 20.0, effective 0.0",
            "2026-11-03 Usage Subscription: 20.0, billed 0.0, effective 20.0",
            "2026-11-02 Purchase Top-up: 10.0, billed 10.0, effective 0.0",
            "2026-11-03 Adjustment Unexplained rise of the balance: 7.0, billed 7.0, effective 0.0",
            "2026-11-04 Credit Granted credit: 3.0, billed 0.0, effective 0.0",
            "2026-11-01 Adjustment Expired credit: -4.0, billed 0.0, effective 0.0",
            "2026-11-05 Adjustment Top-up, undone later: 2.0, billed 2.0, effective 0.0",
            "2026-11-06 Adjustment Top-up undone: -2.0, billed -2.0, effective 0.0",
        ]
    );
    let (total, _) = shown(&story, "2026-11");
    assert_eq!(sum(rows.iter().map(|row| &row["EffectiveCost"])), total);
    // A prepaid balance paid for the usage; its top-up was billed.
    assert!(rows.iter().filter(|row| row["ChargeCategory"] == "Usage").all(|row| row["BilledCost"] == "0.0"));
}

/// Writes the files that `./build.sh focus` passes to the validator.
#[test]
fn focus_files_have_the_columns_and_keep_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/focus");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, story) in [("everything", everything()), ("movements", movements())] {
        let (_, text) = export(&story, "focus", "all");
        let rows = table(&text);
        assert!(rows.len() > 10, "{name}");
        check_focus(&rows);
        let purchases = rows.iter().filter(|row| row["ChargeCategory"] == "Purchase");
        assert!(purchases.count() > 0, "{name}");
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

#[test]
fn the_file_can_be_imported_as_any_other_table() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+50");
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+40").send("refresh", &[]);
    let (_, text) = export(&story, "csv", "2026-11");
    let mapping = ColumnMapping::likely(text.as_bytes(), "USD");
    let Ok(MappedTable::Read(imported)) = read_mapped("export.csv", text.as_bytes(), &mapping, LATER) else {
        panic!("{text}")
    };
    let read: Amount = imported.bills.iter().map(drawdown::books::bill::Bill::amount).sum();
    assert_eq!(read, amount("10"));
    assert_eq!(imported.bills.len(), 4);
}

#[test]
fn no_key_is_in_an_export() {
    let story = everything();
    for format in ["csv", "json", "focus"] {
        let (_, text) = export(&story, format, "all");
        lacks(&text, "sk-");
        lacks(&text, "private_key");
    }
}

#[test]
fn hidden_amounts_are_exported_and_the_form_says_so() {
    let story = movements();
    lacks(&story.at("data"), "the file contains them");
    story.send("hide", &[("hidden", "on")]);
    has(&story.at("data"), "Amounts are hidden on pages, but the file contains them.");
    assert_eq!(
        sum(table(&export(&story, "csv", "2026-11").1).iter().map(|row| &row["in_total"])),
        shown(&story, "2026-11").0
    );
}

#[test]
fn a_form_that_no_page_sends_makes_no_file() {
    let story = movements();
    for (format, month) in [("xml", "2026-11"), ("csv", "never"), ("", "")] {
        let reply = story.send("export", &[("format", format), ("month", month)]);
        assert!(!reply.ok && reply.file.is_none(), "{format} {month}");
    }
    let marks = look(&story.host, |state, now| detailed_statement(state, now).entries(now.month()).entries);
    assert!(marks.iter().any(|entry| entry.figure.mark == Mark::Floor), "the rise that nobody explained");
}
