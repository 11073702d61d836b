//! The phrases of imports in English.

use crate::features::imports::words::phrases::{ImportSummary, Words};
use crate::files::{Question, RowCounts, Skip, Skipped};
use crate::provider::Billing;
use crate::text::Language;
use crate::ui::format;

pub(super) const ENGLISH: Words = Words {
    title: "Import usage by model",
    how: |provider| format!("{provider}: download your usage at {{}}."),
    any: "FOCUS files (1.0 to 1.4) and any CSV or Excel file with date, amount and currency columns can be imported.",
    keeps: "Files are read in your browser and never uploaded. Key and user names are discarded. Imported days replace balance estimates.",
    into: "Account",
    drop: "Drop a ZIP, CSV or Excel file here, or choose one",
    import: "Import",
    preview_title: "Check before importing",
    preview_how: "These are the first rows. Nothing has been imported yet.",
    colon: ": ",
    rows_read,
    line_name: "Model or product",
    new_account: "A new account",
    new_label: "Name of the new account",
    name_account: "Enter a name for the new account.",
    columns_title: "Match columns",
    nothing_title: "Nothing to import",
    nothing_how: "This file has no usage. Purchases, credits and taxes aren't spend.",
    account_gone: |file| format!("The account for {file} was removed. Choose another one."),
    columns_how: |file, account| match account {
        Some(account) => format!("We don't recognize {file}. Match its columns to import it into {account}."),
        None => format!("We don't recognize {file}. Match its columns to import it."),
    },
    question,
    columns_keep: "Only these columns are read, and the file is never stored on disk. Your choices are remembered for the next file.",
    choose_column: "Choose a column",
    date: "Date",
    amount: "Amount",
    currency: "Currency",
    one_code: "Same for all rows",
    code: "Currency of all rows, such as USD",
    line: "Model or product (optional)",
    no_line: "None",
    date_order: "Dates such as 03/11/2026",
    date_orders: ["November 3 (day first)", "March 11 (month first)"],
    decimals: "Decimal separator",
    unnamed: |place| format!("Column {place} (no name)"),
    read_file: "Import",
    drop_file: "Cancel",
    overlap_title: "Replace or add?",
    overlap_question: |file, account, provider| match provider {
        Some(provider) => format!(
            "{file} is an export from {provider}, but {account} isn't. Replace the figures of {account} for these days, or add to them?"
        ),
        None => format!(
            "{account} already has imported figures for some days in {file}. Replace them, or add to them?"
        ),
    },
    both: |(from, to), known, in_file| {
        let days = Language::English.dates(from, to, from.month());
        format!("{days}: {} so far, {in_file} in the file.", known.unwrap_or("nothing"))
    },
    replace: "Replace",
    add: "Add",
    count: |count| match count {
        1 => "1 imported file".to_owned(),
        count => format!("{count} imported files"),
    },
    imported_files: "Imported files",
    named: |name| format!("Which currency is \"{name}\"? Enter a code, such as USD"),
    end: "Last day, if rows span several days (optional)",
    no_end: "None: each row is for one day",
    are_charges: "Are these charges?",
    debits: ["Yes, they are charges", "No, they are refunds or credits"],
    which_charges: "Which amounts are charges?",
    charges: [
        "Negative amounts (positive amounts are refunds or credits)",
        "Positive amounts (negative amounts are refunds or credits)",
    ],
    imported,
    file_gone: "The browser no longer has this file. Choose it again and match its columns.",
};

/// The question that must be answered before a table can be read.
fn question(question: &Question) -> &'static str {
    match question {
        Question::Columns => "Choose the date, amount and currency columns.",
        Question::Order => "These dates are ambiguous. Which comes first, day or month?",
        Question::Decimals => "These amounts are ambiguous. Which sign separates decimals?",
        Question::Debits => "Every amount is negative. Are these charges?",
        Question::Sign => "Some amounts are positive and some negative. Which are charges?",
        Question::Currency(_) => "We don't recognize a currency in this file. Which one is it?",
    }
}

fn imported(books: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let sums: Vec<_> = books
        .iter()
        .map(|book| {
            let sum = format::money(book.sum.amount, book.sum.currency);
            format!("{sum} for {}", Language::English.dates(book.from, book.to, book.from.month()))
        })
        .collect();
    let rows = rows_read(rows);
    if books.is_empty() {
        return format!("Nothing imported, because the file has no data up to today. {rows}");
    }
    let effect = match by_key {
        Some(Billing::Balances | Billing::Counters) => " For these days, the file replaces the estimates.",
        Some(Billing::Bills) => " For these days, the file replaces the bill until the next refresh.",
        None => "",
    };
    format!("Imported {}.{effect} {rows}", Language::English.list(&sums))
}

fn rows_read(RowCounts { read, zero, skipped }: &RowCounts) -> String {
    let count = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let read = match zero {
        0 => format!("{} read.", count(*read)),
        zero => format!("{} read, {zero} without a charge.", count(*read)),
    };
    let skipped = skipped.iter().map(|Skipped { why, count: of, row, sample }| match why {
        Skip::AboveHead => format!("{} above the header (row {row}: \"{sample}\")", count(*of)),
        Skip::Total => format!("{} with a total (row {row}: \"{sample}\")", count(*of)),
        Skip::Quantity => format!("{} without a numeric quantity (row {row}: \"{sample}\")", count(*of)),
        Skip::Purchase => format!("{} of purchases ({sample})", count(*of)),
        Skip::Credit => format!("{} of credits ({sample})", count(*of)),
        Skip::Adjustment => format!("{} of adjustments ({sample})", count(*of)),
        Skip::Tax => format!("{} of taxes ({sample})", count(*of)),
        Skip::Subscription => format!("{} of subscriptions ({sample})", count(*of)),
        Skip::File if *of == 1 => format!("1 file that isn't an export ({sample})"),
        Skip::File => format!("{of} files that aren't exports (such as {sample})"),
    });
    match skipped.collect::<Vec<_>>() {
        skipped if skipped.is_empty() => read,
        skipped => format!("{read} Skipped: {}.", Language::English.list(&skipped)),
    }
}
