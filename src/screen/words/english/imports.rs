//! The phrases about files that were imported, in English.

use crate::files::{Question, RowCounts, Skip, Skipped};
use crate::screen::words::{EN, ImportWords};
use crate::time::Day;

pub(super) const IMPORTS: ImportWords = ImportWords {
    title: "Replace or add?",
    question: |file, account, provider| match provider {
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
    days,
    rows,
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
};

/// What is to be said before a table can be read.
pub(super) fn ask(ask: &Question) -> &'static str {
    match ask {
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
    let is_one_year = from.month().year() == to.month().year();
    let date = |day| if is_one_year { (EN.date)(day) } else { (EN.date_with_year)(day) };
    (date(from), date(to))
}

fn rows(RowCounts { read, zero, skipped }: &RowCounts) -> String {
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
