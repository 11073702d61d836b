//! Files other than DeepSeek's exports against their fixtures: the exports of OpenAI and Anthropic, and tables with columns that
//! the user chooses. Each file has its expected result next to it; a table's result begins with its column mapping.

use std::fs;
use std::path::{Path, PathBuf};

use drawdown::books::bill::{Bill, Shared};
use drawdown::books::figure::Mark;
use drawdown::books::forecast::Burn;
use drawdown::books::ledger::{AccountHistory, Book, derive};
use drawdown::books::reading::DrawOrder;
use drawdown::files::{ColumnMapping, MappedTable, RefusalReason, head, read_mapped};
use drawdown::money::{Amount, Currency};
use drawdown::providers::read_export;
use drawdown::time::{DAY, Span};
use proptest::prelude::*;

use crate::builders::{LATER, amount, at};
use crate::deepseek_export::{in_words, read};

/// Content of columns that are never read, and of refused cells.
const SECRETS: [&str; 3] = ["secret", "Ada", "example.com"];

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(kind)
}

fn fixture(path: &str) -> Vec<u8> {
    fs::read(folder(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

fn tables(kind: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder(kind)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    paths
}

/// `date=0 amount=1 code=USD` as the fields of a form.
fn mapping_of(text: &str) -> ColumnMapping {
    let field =
        |part: &str| part.split_once('=').map(|(name, text)| (name.to_owned(), text.to_owned())).unwrap();
    ColumnMapping::parse(&text.split(' ').map(field).collect::<Vec<_>>())
}

#[track_caller]
fn compare(wrong: &mut Vec<String>, path: &Path, words: &[String], expected: &str, all: &str) {
    let words = words.join("\n");
    let name = path.display();
    if words != expected.trim_end() {
        wrong.push(format!("== {name}\n{words}\n-- expected\n{expected}"));
    }
    for secret in SECRETS.iter().filter(|secret| all.contains(*secret)) {
        wrong.push(format!("{name}: {secret} came out"));
    }
}

#[test]
fn every_export_fixture_gives_its_expected_result() {
    let mut wrong = Vec::new();
    for kind in ["openai", "anthropic"] {
        assert!(tables(kind).len() > 10, "most of the fixtures of {kind} are missing");
        for path in tables(kind) {
            let result = read(path.file_name().unwrap().to_str().unwrap(), &fs::read(&path).unwrap());
            let words = in_words(&result);
            let expected = fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
            compare(&mut wrong, &path, &words, &expected, &format!("{result:?} {words:?}"));
            if let Ok(result) = result {
                assert_eq!(result.provider, Some(kind), "{}", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mapped_table_gives_its_expected_result() {
    let mut wrong = Vec::new();
    assert!(tables("mapped").len() > 25, "most of the fixtures are missing");
    for path in tables("mapped") {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let case = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (mapped, expected) = case.split_once('\n').unwrap();
        // None of them is a known export, and each can be mapped.
        assert_eq!(read(name, &bytes).unwrap_err().why, RefusalReason::Unknown, "{name}");
        assert!(head(&bytes).is_some(), "{name}");
        let result = read_mapped(name, &bytes, &mapping_of(mapped), LATER);
        let words = match &result {
            Ok(MappedTable::Read(imported)) => in_words(&Ok(imported.clone())),
            Ok(MappedTable::Asks(ask)) => vec![format!("asks: {ask:?}")],
            Err(refused) => in_words(&Err(refused.clone())),
        };
        compare(&mut wrong, &path, &words, expected, &format!("{result:?} {words:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_of_two_providers_are_not_one_import() {
    let (one, two) = (fixture("openai/ok_credit.csv"), fixture("anthropic/ok_new_head.csv"));
    let refused = read_export(&[("one.csv", &one), ("two.csv", &two)], LATER).unwrap_err();
    assert_eq!((refused.file.as_str(), refused.why), ("two.csv", RefusalReason::Mixed));
    // A second copy of an export is ignored.
    let copied = read_export(&[("one.csv", &one), ("copy.csv", &one)], LATER).unwrap();
    assert_eq!(copied.bills, read("one.csv", &one).unwrap().bills);
}

#[test]
fn a_table_without_a_head_cannot_be_mapped() {
    for text in [
        "",
        "date,amount\n",
        "one column\n1\n",
        "2026-11-01,3.50,USD\n2026-11-02,1,USD\n",
        "what,3.50\nx,1\n",
        "{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2}\n",
        "<html>,\n<p>,\n",
        "d\0a,b\n1,2\n",
        ",\n1,2\n",
    ] {
        assert_eq!(head(text.as_bytes()), None, "{text}");
    }
    let many = (0..100).map(|place| format!("{place}x")).collect::<Vec<_>>().join(",");
    let wide = [many.clone(), many].join("\n");
    assert_eq!(head(wide.as_bytes()).unwrap().len(), 60);
    let long = format!("{},b\u{7}\n1,2\n", "ä".repeat(1_000));
    assert_eq!(head(long.as_bytes()).unwrap(), ["ä".repeat(60), "b".to_owned()]);
}

#[test]
fn likely_columns_are_preselected() {
    let likely = |head: &str, row: &str| {
        let mapping_of = ColumnMapping::likely(format!("{head}\n{row}\n").as_bytes(), "CNY");
        let head: Vec<&str> = head.split(',').collect();
        let place = |role| mapping_of.place(role).map_or("-", |place| head[place]);
        format!(
            "{} {} {} {} {}",
            place("date"),
            place("amount"),
            place("currency"),
            place("line"),
            mapping_of.code()
        )
    };
    assert_eq!(likely("Date,Slug,Usage,Total cost", "2026-11-01,chat,12,3.5"), "Date Total cost - Slug CNY");
    assert_eq!(
        likely("usage_date,model,amount_currency,amount_value", "2026-11-01,chat,usd,3.5"),
        "usage_date amount_value amount_currency model CNY"
    );
    assert_eq!(
        likely("updated,day,unit_cost,price,cost_usd,total_tokens", "2026-11-03,2026-11-01,1,2,3,4"),
        "day cost_usd - - USD"
    );
    assert_eq!(likely("Date,CostInBillingCurrency", "2026-11-01,3.5"), "Date CostInBillingCurrency - - CNY");
    assert_eq!(
        likely("Date,Cost in the currency of USD", "2026-11-01,3.5"),
        "Date Cost in the currency of USD - - USD"
    );
    // Cell contents matter more than names: a duration is not a day, and a price list is not an amount.
    assert_eq!(
        likely(
            "generation_time_ms,created_at,cost_total,model_permaslug",
            "1532,2026-11-01 10:00:00.123,0.5,chat"
        ),
        "created_at cost_total - model_permaslug CNY"
    );
    assert_eq!(likely("price,x,when,in", "see list,\"1,50\",2026-11-01,RMB"), "when x in - CNY");
    assert_eq!(likely("when,paid", "2026-11-01,€5.00"), "when paid - - EUR");
    assert_eq!(likely("when,cost", "2026-11-01,Included"), "when - - - CNY");
    assert_eq!(likely("currency,cost,date", "12,much,3"), "- - - - CNY");
    assert_eq!(likely("a,b", "x,1"), "- b - - CNY");
}

#[test]
fn an_end_column_is_offered_only_if_no_row_ends_before_it_begins() {
    let likely = |head: &str, row: &str| {
        let mapping = ColumnMapping::likely(format!("{head}\n{row}\n").as_bytes(), "USD");
        (mapping.place("date"), mapping.place("end"))
    };
    assert_eq!(likely("Usage start date,Usage end date,Cost", "2026-11-01,2026-11-30,3"), (Some(0), Some(1)));
    assert_eq!(likely("Date,To,From,Cost", "2026-12-01,30.11.2026,01.11.2026,3"), (Some(2), Some(1)));
    assert_eq!(
        likely("ChargePeriodEnd,ChargePeriodStart,Cost", "2026-11-02,2026-11-01,3"),
        (Some(1), Some(0))
    );
    assert_eq!(likely("Date,Until,Cost", "2026-11-03,2026-11-01,3"), (Some(0), None));
    assert_eq!(likely("End,Cost", "2026-11-03,3"), (Some(0), None));
    assert_eq!(likely("Day,Vendor,Cost", "2026-11-03,x,3"), (Some(0), None));
}

/// The book of one table, just after its last day.
fn book_of(rows: &str, now: &str) -> Book {
    let text = format!("From,To,Total\n{rows}");
    let table = read_mapped("a.csv", text.as_bytes(), &mapping_of("date=0 end=1 amount=2 code=USD"), LATER);
    let Ok(MappedTable::Read(table)) = table else { panic!("{table:?}") };
    let bills = table.bills.iter().collect();
    let history = AccountHistory {
        bills,
        is_billed: true,
        ..AccountHistory::from_readings(Vec::new(), DrawOrder::InAnyOrder)
    };
    derive(&history, at(now)).books.remove(0)
}

#[test]
fn a_row_of_several_days_is_approximate_on_each_and_exact_as_a_whole() {
    let book = book_of("2026-11-01,2026-11-04,8\n2026-11-05,2026-11-05,3\n", "2026-11-06T00:00:00Z");
    let of = |from: &str, to: &str| {
        let figure = book.spend(Span { from: at(from), to: at(to) });
        (figure.amount.unwrap().to_string(), figure.mark)
    };
    let day =
        |day: u32| of(&format!("2026-11-{day:02}T00:00:00Z"), &format!("2026-11-{:02}T00:00:00Z", day + 1));
    for number in 1..5 {
        assert_eq!(day(number), ("2".to_owned(), Mark::Approximate), "{number}");
    }
    assert_eq!(day(5), ("3".to_owned(), Mark::Exact));
    assert_eq!(of("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"), ("11".to_owned(), Mark::Exact));
    // They are whole days, so they give a pace: 11 in 5 days.
    assert_eq!(Burn::new(&book, at("2026-11-06T00:00:00Z")).unwrap().over(DAY).to_string(), "2.2");
}

#[test]
fn a_row_of_a_month_gives_no_pace() {
    let now = "2026-12-01T00:00:00Z";
    let month = "2026-11-01,2026-11-30,300\n";
    assert_eq!(Burn::new(&book_of(month, now), at(now)), None);
    let quarter = "2026-09-01,2026-11-30,300\n";
    assert_eq!(Burn::new(&book_of(quarter, now), at(now)), None);
    // A monthly fee next to daily rows does not remove their pace.
    let days: String = (24..=30).map(|day| format!("2026-11-{day},,1\n")).collect();
    let book = book_of(&format!("{month}{days}"), now);
    assert_eq!(Burn::new(&book, at(now)).unwrap().over(DAY).to_string(), "11");
    // Storing it changes nothing.
    let bill = Bill {
        shared: Shared { is_of_month: true, ..Shared::default() },
        ..Bill::empty(Currency::USD, at(now).day())
    };
    let stored = serde_json::to_string(&bill).unwrap();
    assert_eq!(serde_json::from_str::<Bill>(&stored).unwrap(), bill);
}

#[test]
fn a_guess_uses_every_cell_of_the_first_rows() {
    let rows = "2026-11-01,2026-11-01,1\n".repeat(20);
    let mapping = ColumnMapping::likely(format!("day,at,cost\n{rows}soon,2026-11-02,1\n").as_bytes(), "USD");
    assert_eq!((mapping.place("date"), mapping.place("amount")), (Some(1), Some(2)));
}

#[test]
fn a_table_is_recognized_by_its_column_names() {
    let head = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mapping = mapping_of("date=1 amount=0 code=USD order=day");
    let names = mapping.to_names(&head("Cost,Date")).unwrap();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(ColumnMapping::from_names(&names, &head("Cost,Date")), Some(mapping.clone()));
    let moved = mapping_of("date=2 amount=1 code=USD order=day");
    assert_eq!(ColumnMapping::from_names(&names, &head("Key,cost,date,New")), Some(moved));
    assert_eq!(ColumnMapping::from_names(&names, &head("Cost,Day")), None);
    assert_eq!(ColumnMapping::from_names(&names, &head("Cost,Date,Date")), None);
    assert_eq!(ColumnMapping::from_names(&[], &head("Cost,Date")), None);
    assert_eq!(mapping.to_names(&head("Date,Date")), None, "two columns with one name are ambiguous");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_is_read_as_it_was_written(
        units in prop::collection::vec(-9_999_999_i64..9_999_999, 1..12), is_comma in any::<bool>(), is_apart in any::<bool>(),
    ) {
        // With two decimals, the amount is unambiguous.
        let (point, byok) = if is_comma { (',', ".") } else { ('.', ",") };
        let written = |cents: &i64| {
            let whole = (cents.abs() / 100).to_string();
            let split = whole.len().saturating_sub(3);
            let whole = if is_apart && split > 0 { format!("{}{byok}{}", &whole[..split], &whole[split..]) } else { whole };
            format!("{}{whole}{point}{:02}", if *cents < 0 { "-" } else { "" }, cents.abs() % 100)
        };
        let rows: String = units.iter().map(|cents| format!("2026-11-01;{}\n", written(cents))).collect();
        let text = format!("Date;Total\n{rows}");
        let table = read_mapped("a.csv", text.as_bytes(), &mapping_of("date=0 amount=1 code=USD charges=positive"), LATER);
        let Ok(MappedTable::Read(table)) = table else { panic!("{table:?}\n{text}") };
        let sum: i64 = units.iter().sum();
        prop_assert_eq!(table.bills.iter().map(Bill::amount).sum::<Amount>(), amount(&format!("{sum}e-2")));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        name in prop_oneof![
            Just("openai/ok_new_head_by_line_item"), Just("anthropic/ok_new_head"), Just("mapped/ok_signs_and_brackets"),
            Just("mapped/ok_moments_go_to_their_utc_day"), Just("mapped/ok_dots_day_first_by_a_later_row"),
        ],
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = fixture(&format!("{name}.csv"));
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(name, &bytes);
        let _ = head(&bytes);
        let _ = read_mapped(name, &bytes, &mapping_of("date=0 amount=1 currency=2 line=3"), LATER);
        let _ = read_mapped(name, &bytes, &mapping_of("date=0 amount=1 code=USD order=month decimals=comma"), LATER);
    }
}
