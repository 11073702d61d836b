//! Excel workbooks: known consoles' exports, tables of any other kind, and refusals.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::bill::{Bill, Wallet};
use drawdown::files::{Imported, MOST_ROWS, RefusalReason, Refused, tables};
use drawdown::providers::read_export;
use drawdown::route::{Event, Reply};

use crate::builders::{LATER, amount};
use crate::deepseek_export::plainly;
use crate::story::{Story, has, lacks, text_of};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/fixtures/workbooks").join(name)).unwrap()
}

/// The names and texts of the tables of a workbook.
fn texts(bytes: &[u8]) -> Result<Vec<(String, String)>, Refused> {
    let read = tables(&[("book.xlsx", bytes)])?;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ok(read.iter().map(|(name, bytes)| (name.to_string(), text(bytes))).collect())
}

fn read(bytes: &[u8]) -> Result<Imported, Refused> {
    let read = tables(&[("book.xlsx", bytes)])?;
    let read: Vec<_> = read.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    read_export(&read, LATER)
}

/// A workbook with one sheet of these XML rows, and these shared strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let part = |name: &str, inner: &str| format!("<{name}>{inner}</{name}>").into_bytes();
    plainly(&[
        (
            "xl/workbook.xml",
            &part("workbook", "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &part("Relationships", "<Relationship Id=\"r1\" Target=\"/xl/worksheets/s.xml\"/>"),
        ),
        ("xl/sharedStrings.xml", &part("sst", strings)),
        (
            "xl/styles.xml",
            &part(
                "styleSheet",
                "<numFmts><numFmt numFmtId=\"170\" formatCode=\"[Red]&quot;day&quot; 0.0\"/></numFmts>\
                 <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
                 <cellXfs><xf/><xf numFmtId=\"22\"/><xf numFmtId=\"170\"/></cellXfs>",
            ),
        ),
        ("xl/worksheets/s.xml", &part("worksheet", &format!("<sheetData>{rows}</sheetData>"))),
    ])
}

#[test]
fn kimis_summary_is_read_with_both_pools() {
    let imported = read(&fixture("kimi.xlsx")).unwrap();
    assert_eq!(imported.provider, Some("moonshot-cn"));
    let bills = &imported.bills;
    assert_eq!((bills.len(), bills[0].currency.code()), (31, "CNY"));
    assert_eq!([bills[0].day, bills[30].day].map(|day| day.to_string()), ["2026-08-01", "2026-08-31"]);
    let of = |wallet| {
        let lines = bills.iter().flat_map(|bill| &bill.lines).filter(|line| line.wallet == Some(wallet));
        lines.map(|line| line.amount).sum::<drawdown::money::Amount>()
    };
    assert_eq!([of(Wallet::ToppedUp), of(Wallet::Granted)], ["88.50", "11.50"].map(amount));
}

#[test]
fn the_months_of_zhipu_count_by_what_was_used() {
    let imported = read(&fixture("glm.xlsx")).unwrap();
    assert_eq!(imported.provider, Some("zhipu"));
    let of = |month: &str| {
        let of_month = imported.bills.iter().filter(|bill| bill.day.month().to_string() == month);
        of_month.map(Bill::amount).sum::<drawdown::money::Amount>()
    };
    assert_eq!([of("2026-08"), of("2026-09")], ["90", "12"].map(amount));
}

#[test]
fn both_sheets_of_mimo_count() {
    let imported = read(&fixture("mimo.xlsx")).unwrap();
    assert_eq!((imported.provider, imported.files), (None, 2));
    let days: Vec<_> = imported
        .bills
        .iter()
        .map(|bill| {
            let lines = bill.lines.iter().map(|line| format!("{} {}", line.amount, line.name));
            format!("{} {}", bill.day, lines.collect::<Vec<_>>().join(" + "))
        })
        .collect();
    assert_eq!(days, ["2026-08-01 0.5 web-search + 1.234 mimo-example", "2026-08-02 0.766 mimo-example"]);
}

#[test]
fn a_known_export_with_another_header_is_refused_with_the_column() {
    let Err(refused) = read(&fixture("glm-changed-header.xlsx")) else { panic!() };
    assert_eq!(refused.file, "book.xlsx (账单明细)");
    assert_eq!((refused.row, refused.column), (None, Some("总消费金额")));
    assert_eq!(refused.why, RefusalReason::Unreadable);
}

#[test]
fn cells_are_read_as_a_spreadsheet_shows_them() {
    let [(name, text)] = &texts(&fixture("costs.xlsx")).unwrap()[..] else {
        panic!("the hidden sheet is not read")
    };
    assert_eq!(name, "book.xlsx (Costs & more)");
    let rows: Vec<_> = text.lines().collect();
    assert_eq!(
        rows,
        [
            "Costs of August,,,,",
            "\"\",,,,",
            "Day,Model,Cost,Currency,Note",
            "2026-08-01,\"chat <v2> & \"\"more\"\"\",0.3,USD,",
            "2026-08-02,image,0.0000001,USD,late",
            "2026-08-31,\"chat <v2> & \"\"more\"\"\",1234.5,USD,",
            "Total,,1234.8000001,,",
        ]
    );
}

#[test]
fn numbers_dates_and_texts_take_every_form_that_a_cell_can_have() {
    let rows = "<row><c><v>0.30000000000000004</v></c><c><v>-1.5E-3</v></c><c><v>123456789012345678</v></c></row>\
        <row r=\"2\"><c r=\"B2\" s=\"1\"><v>44773.5</v></c><c s=\"2\"><v>44773.5</v></c></row>\
        <row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t> &lt;b&#62;</t></r></is></c><c t=\"b\"><v>1</v></c><c t=\"str\"><f>A1</f><v>x</v></c></row>\
        <row><c t=\"s\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c/></row>";
    let strings = "<si><t>no</t></si><si><r><t>東</t></r><rPh><t>ひがし</t></rPh><r><t>京</t></r></si>";
    let [(_, text)] = &texts(&workbook(rows, strings)).unwrap()[..] else { panic!() };
    let rows: Vec<_> = text.lines().collect();
    // Days are counted from 1904 here.
    assert_eq!(
        rows,
        ["0.3,-0.0015,123456789012345678", ",2026-08-01T12:00:00Z,44773.5", "a <b>,TRUE,x", "東京,#N/A,"]
    );
}

#[test]
fn a_damaged_or_endless_workbook_is_refused() {
    let why = |rows: &str| texts(&workbook(rows, "<si><t>a</t></si>")).map_err(|refused| refused.why);
    let damaged = Err(RefusalReason::Damaged);
    assert_eq!(why("<row><c t=\"s\"><v>1</v></c></row>"), damaged, "a text that is not there");
    assert_eq!(why("<row><c t=\"s\"><v>x</v></c></row>"), damaged, "no number of a text");
    assert_eq!(why("<row><c>"), damaged, "an element without an end");
    assert_eq!(why("<row><c r=\"12\"><v>1</v></c></row>"), damaged, "a place without a column");
    assert_eq!(why("<row><c t=\"str\"><v>&unknown;</v></c></row>"), damaged, "a reference without a meaning");
    let too_much = Err(RefusalReason::TooMuch);
    assert_eq!(why(&format!("<row r=\"{}\"><c><v>1</v></c></row>", MOST_ROWS + 2)), too_much);
    assert_eq!(why(&"<row><c r=\"XFD1\"><v>1</v></c></row>".repeat(200)), too_much);
    assert_eq!(why("<row><c r=\"XFE1\"><v>1</v></c></row>"), too_much, "wider than a sheet in Excel");
    assert_eq!(why(""), Err(RefusalReason::Empty));
    let without_links = plainly(&[(
        "xl/workbook.xml",
        b"<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>",
    )]);
    assert_eq!(texts(&without_links).map_err(|refused| refused.why), damaged);
}

fn import(story: &Story, account: &str, name: &str, bytes: &[u8]) -> Reply {
    let file = STANDARD.encode(bytes);
    story.send("import", &[("account", account), ("file.0", &file), ("file.0.name", name)])
}

#[test]
fn before_there_is_an_account_a_workbook_is_previewed_and_makes_one() {
    let story = Story::begin("2026-08-31T23:30:00Z");
    story.event(Event::Start);
    let preview = text_of(&import(&story, "", "kimi.xlsx", &fixture("kimi.xlsx")).html);
    has(&preview, "Check before importing");
    lacks(&preview, "A new account");
    let unnamed = story.send("answer_import", &[("settings.account", "new")]);
    assert_eq!((unnamed.ok, unnamed.field.as_deref()), (false, Some("label")));
    let booked = story.send("answer_import", &[("settings.account", "new"), ("label", "Kimi")]);
    has(&text_of(&booked.html), "Imported ¥100.00 for Aug 1–31.");
    has(&text_of(&booked.html), "Imported files\nkimi.xlsx · Kimi · ¥100.00");
    assert_eq!(story.host.accounts()[0]["source"], "file");
}

#[test]
fn before_there_is_an_account_any_table_can_be_matched_and_makes_one() {
    let story = Story::begin("2026-09-02T09:00:00Z");
    story.event(Event::Start);
    let asked = text_of(&import(&story, "", "costs.xlsx", &fixture("costs.xlsx")).html);
    has(&asked, "We don't recognize costs.xlsx (Costs & more). Match its columns to import it.");
    let chosen = [
        ("settings.date", "0"),
        ("settings.amount", "2"),
        ("settings.currency", "3"),
        ("settings.line", "1"),
        ("settings.decimals", "point"),
    ];
    let preview = text_of(&story.send("answer_import", &chosen).html);
    has(&preview, "Check before importing");
    has(&preview, "3 rows read.");
    let booked = story.send("answer_import", &[("settings.account", "new"), ("label", "Lab")]);
    has(&text_of(&booked.html), "Imported $1,234.80 for Aug 1–31.");
}

#[test]
fn a_file_outlives_the_account_that_it_was_for() {
    let story = Story::begin("2026-09-02T09:00:00Z");
    story.event(Event::Start);
    story.send("by_file", &[("provider", ""), ("label", "Old")]);
    let account = story.id(0);
    import(&story, &account, "glm.xlsx", &fixture("glm.xlsx"));
    let gone = story.send("answer_import", &[("settings.account", "ffffffff")]);
    assert!(!gone.ok);
    has(&text_of(&gone.html), "Check before importing");
    let booked = story.send("answer_import", &[("settings.account", &account)]);
    // The current month covers the days until today.
    has(&text_of(&booked.html), "Imported ¥102.00 for Aug 1 – Sep 2.");

    // A second file asks whether it replaces, and the account is removed before the answer.
    import(&story, &account, "glm.xlsx", &fixture("kimi.xlsx"));
    let asked = story.send("answer_import", &[("settings.account", &account)]);
    has(&text_of(&asked.html), "Replace or add?");
    story.send("remove", &[("account", &account), ("history", "keep")]);
    let shown = story.at("data");
    has(&shown, "The account for glm.xlsx was removed. Choose another one.");
    let booked = story.send("answer_import", &[("settings.account", "new"), ("label", "New")]);
    has(&text_of(&booked.html), "Imported ¥100.00 for Aug 1–31.");
}
