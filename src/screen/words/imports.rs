//! The phrases about files that were imported.

use crate::period::Day;

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
}
