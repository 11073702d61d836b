//! The phrases about files that were imported.

use crate::files::RowCounts;
use crate::time::Day;

/// The phrases of one language.
#[derive(Debug)]
pub(in crate::screen) struct ImportWords {
    pub(in crate::screen) title: &'static str,
    /// For a file and an account; with the name of the provider whose export it is, where that is another.
    pub(in crate::screen) question: fn(&str, &str, Option<&str>) -> String,
    /// What the account and the file say of these days.
    pub(in crate::screen) both: fn((Day, Day), Option<&str>, &str) -> String,
    pub(in crate::screen) replace: &'static str,
    pub(in crate::screen) add: &'static str,
    pub(in crate::screen) count: fn(usize) -> String,
    /// The first and the last of some days; with their years where these differ.
    pub(in crate::screen) days: fn(Day, Day) -> (String, String),
    /// What became of the rows of a file.
    pub(in crate::screen) rows: fn(&RowCounts) -> String,
    /// Which currency a name in the file means.
    pub(in crate::screen) named: fn(&str) -> String,
    /// The column of the last day of a row, and that there is none.
    pub(in crate::screen) end: &'static str,
    pub(in crate::screen) no_end: &'static str,
    pub(in crate::screen) are_charges: &'static str,
    /// That they are, and that they are not.
    pub(in crate::screen) debits: [&'static str; 2],
    pub(in crate::screen) which_charges: &'static str,
    /// Those below zero, and those above.
    pub(in crate::screen) charges: [&'static str; 2],
}
