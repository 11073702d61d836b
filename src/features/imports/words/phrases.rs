//! The type of the phrases of imports.

use crate::files::{Question, RowCounts};
use crate::money::Money;
use crate::provider::Billing;
use crate::time::Day;

/// The content of a file for one book.
#[derive(Clone, Debug)]
pub(crate) struct ImportSummary {
    /// The sum, with its currency.
    pub(crate) sum: Money,
    /// The first day.
    pub(crate) from: Day,
    /// The last day.
    pub(crate) to: Day,
}

/// The phrases of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) how: fn(&str) -> String,
    pub(crate) any: &'static str,
    pub(crate) keeps: &'static str,
    pub(crate) into: &'static str,
    pub(crate) drop: &'static str,
    pub(crate) import: &'static str,
    pub(crate) preview_title: &'static str,
    pub(crate) preview_how: &'static str,
    /// The separator between a file's name and its result.
    pub(crate) colon: &'static str,
    pub(crate) rows_read: fn(&RowCounts) -> String,
    pub(crate) line_name: &'static str,
    pub(crate) new_account: &'static str,
    pub(crate) new_label: &'static str,
    pub(crate) name_account: &'static str,
    pub(crate) columns_title: &'static str,
    /// The heading for a file without usage, and its explanation.
    pub(crate) nothing_title: &'static str,
    pub(crate) nothing_how: &'static str,
    /// The file.
    pub(crate) account_gone: fn(&str) -> String,
    /// The file, and its account if it has one.
    pub(crate) columns_how: fn(&str, Option<&str>) -> String,
    pub(crate) question: fn(&Question) -> &'static str,
    pub(crate) columns_keep: &'static str,
    pub(crate) choose_column: &'static str,
    pub(crate) date: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) one_code: &'static str,
    pub(crate) code: &'static str,
    pub(crate) line: &'static str,
    pub(crate) no_line: &'static str,
    pub(crate) date_order: &'static str,
    pub(crate) date_orders: [&'static str; 2],
    pub(crate) decimals: &'static str,
    pub(crate) unnamed: fn(usize) -> String,
    pub(crate) read_file: &'static str,
    pub(crate) drop_file: &'static str,
    pub(crate) overlap_title: &'static str,
    /// The file, the account, and the provider that made the export if the account is of another.
    pub(crate) overlap_question: fn(&str, &str, Option<&str>) -> String,
    /// The days, the account's amount, and the file's.
    pub(crate) both: fn((Day, Day), Option<&str>, &str) -> String,
    pub(crate) replace: &'static str,
    pub(crate) add: &'static str,
    pub(crate) count: fn(usize) -> String,
    /// The heading of the list of all imports.
    pub(crate) imported_files: &'static str,
    /// The question which currency a name in the file means.
    pub(crate) named: fn(&str) -> String,
    /// The column of a row's last day, and the choice of none.
    pub(crate) end: &'static str,
    pub(crate) no_end: &'static str,
    pub(crate) are_charges: &'static str,
    /// Yes and no.
    pub(crate) debits: [&'static str; 2],
    pub(crate) which_charges: &'static str,
    /// Amounts below zero, and amounts above.
    pub(crate) charges: [&'static str; 2],
    pub(crate) imported: fn(&[ImportSummary], Option<Billing>, &RowCounts) -> String,
    pub(crate) file_gone: &'static str,
}
