//! The phrases of imports.

use crate::files::{Question, RefusalReason, Refused, RowCounts, Skip, Skipped};
use crate::money::Money;
use crate::provider::Billing;
use crate::text::Language;
use crate::time::Day;
use crate::ui::{format, words};

/// What a file says of one book.
#[derive(Clone, Debug)]
pub(super) struct ImportSummary {
    /// How much, of which currency.
    pub(super) sum: Money,
    /// The first day.
    pub(super) from: Day,
    /// The last day.
    pub(super) to: Day,
}

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) how: fn(&str) -> String,
    pub(super) any: &'static str,
    pub(super) keeps: &'static str,
    pub(super) into: &'static str,
    pub(super) drop: &'static str,
    pub(super) import: &'static str,
    pub(super) columns_title: &'static str,
    pub(super) columns_how: fn(&str, &str) -> String,
    pub(super) question: fn(&Question) -> &'static str,
    pub(super) columns_keep: &'static str,
    pub(super) choose_column: &'static str,
    pub(super) date: &'static str,
    pub(super) amount: &'static str,
    pub(super) currency: &'static str,
    pub(super) one_code: &'static str,
    pub(super) code: &'static str,
    pub(super) line: &'static str,
    pub(super) no_line: &'static str,
    pub(super) date_order: &'static str,
    pub(super) date_orders: [&'static str; 2],
    pub(super) decimals: &'static str,
    pub(super) unnamed: fn(usize) -> String,
    pub(super) read_file: &'static str,
    pub(super) drop_file: &'static str,
    pub(super) overlap_title: &'static str,
    /// For a file and an account; with the name of the provider whose export it is, where that is another.
    pub(super) overlap_question: fn(&str, &str, Option<&str>) -> String,
    /// What the account and the file say of these days.
    pub(super) both: fn((Day, Day), Option<&str>, &str) -> String,
    pub(super) replace: &'static str,
    pub(super) add: &'static str,
    pub(super) count: fn(usize) -> String,
    /// Which currency a name in the file means.
    pub(super) named: fn(&str) -> String,
    /// The column of the last day of a row, and that there is none.
    pub(super) end: &'static str,
    pub(super) no_end: &'static str,
    pub(super) are_charges: &'static str,
    /// That they are, and that they are not.
    pub(super) debits: [&'static str; 2],
    pub(super) which_charges: &'static str,
    /// Those below zero, and those above.
    pub(super) charges: [&'static str; 2],
    pub(super) imported: fn(&[ImportSummary], Option<Billing>, &RowCounts) -> String,
    pub(super) refused: fn(&Refused) -> String,
    pub(super) no_file: &'static str,
    pub(super) file_gone: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "This month from the 1st, per model",
    how: |provider| format!("{provider}: get the export at {{}}."),
    any: "Any other CSV with a day, an amount and a currency can be read too: you point at its columns.",
    keeps: "It is read here and goes nowhere. Names of keys and users in it are not kept. What it says of a day replaces what the balance said.",
    into: "Of which account",
    drop: "The zip, or its CSV files: drop them here or choose them",
    import: "Import",
    columns_title: "Point at the columns",
    columns_how: |file, account| format!("{file} is of no kind that is known. It is for {account}."),
    question,
    columns_keep: "Nothing but these columns is read. The file waits until the browser closes, and never rests on the disk; what you point at is kept, so that the next such file is read at once.",
    choose_column: "Choose a column",
    date: "Day",
    amount: "Amount",
    currency: "Currency",
    one_code: "The same in all rows:",
    code: "Currency of all rows, such as USD",
    line: "What it was for (may be left out)",
    no_line: "Not told",
    date_order: "Dates such as 03/11/2026",
    date_orders: ["3 November: the day comes first", "11 March: the month comes first"],
    decimals: "Before the decimals stands",
    unnamed: |place| format!("Column {place}, without a name"),
    read_file: "Read the file",
    drop_file: "Let go of it",
    overlap_title: "Replace or add?",
    overlap_question: |file, account, provider| match provider {
        Some(provider) => format!(
            "{file} is an export of {provider}, but {account} is not. Should it replace what {account} shows for these days, or be added to it?"
        ),
        None => format!(
            "{account} already has imported figures for some days in {file}. Should the file replace them, or be added to them?"
        ),
    },
    both: |(from, to), known, told| {
        let (first, last) = days(from, to);
        let days = if from == to { first } else { format!("{first} to {last}") };
        format!("{days}: {} so far, {told} in the file.", known.unwrap_or("nothing"))
    },
    replace: "Replace",
    add: "Add",
    count: |count| match count {
        1 => "1 imported file".to_owned(),
        count => format!("{count} imported files"),
    },
    named: |name| format!("Which currency is \"{name}\"? A code, such as USD"),
    end: "Last day, if rows span several days (optional)",
    no_end: "None: each row is for one day",
    are_charges: "Are these charges?",
    debits: ["Yes, they are charges", "No, they are refunds or credits"],
    which_charges: "Which amounts are charges?",
    charges: [
        "Those below zero; the others are refunds or credits",
        "Those above zero; the others are refunds or credits",
    ],
    imported,
    refused,
    no_file: "No file came through. Choose the zip or its CSV files again; nothing was changed.",
    file_gone: "The browser no longer has the file. Choose it again and point at its columns; nothing was changed.",
};

/// What is to be said before a table can be read.
fn question(question: &Question) -> &'static str {
    match question {
        Question::Columns => "Say where the day, the amount and the currency are.",
        Question::Order => "Every date in it can be read in two ways: say whether day or month comes first.",
        Question::Decimals => {
            "Every amount in it can be read in two ways: say what stands before the decimals."
        }
        Question::Debits => "Every amount in it is below zero. Are these charges?",
        Question::Sign => "Some amounts in it are above zero and some below. Say which are charges.",
        Question::Currency(_) => "It names a currency that Drawdown does not know. Say which one it is.",
    }
}

fn days(from: Day, to: Day) -> (String, String) {
    let words = words::words(Language::English);
    let is_one_year = from.month().year() == to.month().year();
    let date = |day| if is_one_year { (words.date)(day) } else { (words.date_with_year)(day) };
    (date(from), date(to))
}

fn imported(books: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let sums = books.iter().map(|book| {
        let sum = format::money(book.sum.amount, book.sum.currency);
        let (from, to) = days(book.from, book.to);
        format!("{sum} from {from} to {to}")
    });
    let rows = rows_read(rows);
    match books {
        [] => format!("The file tells nothing of any day that has begun, so nothing was changed. {rows}"),
        _ => {
            let effect = match by_key {
                Some(Billing::Balances | Billing::Counters) => {
                    " For these days the file counts, and not what the key told."
                }
                Some(Billing::Bills) => {
                    " It takes the place of what the key told of these days, until that tells them anew."
                }
                None => "",
            };
            format!("Imported: {}.{effect} {rows}", sums.collect::<Vec<_>>().join(", "))
        }
    }
}

fn rows_read(RowCounts { read, zero, skipped }: &RowCounts) -> String {
    let count = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let read = match zero {
        0 => format!("{} read.", count(*read)),
        zero => format!("{} read, {zero} without a charge.", count(*read)),
    };
    let skipped = skipped.iter().map(|Skipped { why, count: of, row, sample }| match why {
        Skip::AboveHead => format!("{} above the column names (row {row}: \"{sample}\")", count(*of)),
        Skip::Total => format!("{} with a total (row {row}: \"{sample}\")", count(*of)),
        Skip::Quantity => format!("{} whose quantity is not a number (row {row}: \"{sample}\")", count(*of)),
        Skip::File if *of == 1 => format!("1 file that is not an export ({sample})"),
        Skip::File => format!("{of} files that are not exports (such as {sample})"),
    });
    match skipped.collect::<Vec<_>>() {
        skipped if skipped.is_empty() => read,
        skipped => format!("{read} Skipped: {}.", skipped.join("; ")),
    }
}

/// Where a file is not what it says, and what to do.
fn refused(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file}, row {row}, column {column}"),
        (Some(row), None) => format!("{file}, row {row}"),
        (None, Some(column)) => format!("{file}, column {column}"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "there is nothing in it",
        (RefusalReason::Unknown, _, _) => {
            "this is no export that Drawdown knows; of any other, choose one CSV alone, with the names of its columns in the first row"
        }
        (RefusalReason::Mixed, _, _) => {
            "this is an export of another provider than the other files; import them one by one"
        }
        (RefusalReason::NoCosts, _, _) => {
            "it tells tokens and no costs; bring the cost table too, or the whole zip"
        }
        (RefusalReason::Unreadable, None, _) => "the column must be there, and once only",
        (RefusalReason::Unreadable, Some(_), None) => "the row has more or fewer cells than the head",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "this is not what the column should hold",
        (RefusalReason::Packed, _, _) => "it is encrypted, or packed in an unusual way",
        (RefusalReason::Damaged, _, _) => "the archive is incomplete or was altered; export it again",
        (RefusalReason::TooMuch, _, _) => {
            "this is more than can be read at once: 10 MB unpacked, 100 files, 200,000 rows, ten years or 1,000 names"
        }
        (RefusalReason::TooLong, _, _) => {
            "this is longer than the 3 MB that can wait while you point at columns; export a shorter time"
        }
    };
    format!("{place}: {what}. Nothing was changed.")
}
