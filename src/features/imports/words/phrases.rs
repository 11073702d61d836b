//! What phrases there are about imports.

use crate::files::{Question, RowCounts};
use crate::money::Money;
use crate::provider::Billing;
use crate::time::Day;

/// What a file has for one book.
#[derive(Clone, Debug)]
pub(crate) struct ImportSummary {
    /// How much, of which currency.
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
    /// What stands between a file and what was read of it.
    pub(crate) colon: &'static str,
    pub(crate) rows_read: fn(&RowCounts) -> String,
    pub(crate) line_name: &'static str,
    pub(crate) new_account: &'static str,
    pub(crate) new_label: &'static str,
    pub(crate) name_account: &'static str,
    pub(crate) columns_title: &'static str,
    /// The heading for a file without usage, and what that means.
    pub(crate) nothing_title: &'static str,
    pub(crate) nothing_how: &'static str,
    /// For a file.
    pub(crate) account_gone: fn(&str) -> String,
    /// For a file, and for its account where there is one.
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
    /// For a file and an account; with the name of the provider whose export it is, where that is another.
    pub(crate) overlap_question: fn(&str, &str, Option<&str>) -> String,
    /// What the account and the file have for these days.
    pub(crate) both: fn((Day, Day), Option<&str>, &str) -> String,
    pub(crate) replace: &'static str,
    pub(crate) add: &'static str,
    pub(crate) count: fn(usize) -> String,
    /// The heading of the list of all.
    pub(crate) imported_files: &'static str,
    /// Which currency a name in the file means.
    pub(crate) named: fn(&str) -> String,
    /// The column of the last day of a row, and that there is none.
    pub(crate) end: &'static str,
    pub(crate) no_end: &'static str,
    pub(crate) are_charges: &'static str,
    /// That they are, and that they are not.
    pub(crate) debits: [&'static str; 2],
    pub(crate) which_charges: &'static str,
    /// Those below zero, and those above.
    pub(crate) charges: [&'static str; 2],
    pub(crate) imported: fn(&[ImportSummary], Option<Billing>, &RowCounts) -> String,
    pub(crate) file_gone: &'static str,
}
