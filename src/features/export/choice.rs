//! The choices of the form (months and format), and the part of a file that the page asks for.

use crate::store::State;
use crate::time::Month;

/// The field value that means every month.
pub(super) const ALL: &str = "all";

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
    Focus,
}

/// The part of a file to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) month: Month,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

impl Format {
    /// All formats, in the order of the form.
    pub(super) const ALL: [Format; 3] = [Format::Csv, Format::Json, Format::Focus];

    /// Its name in forms.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Focus => "focus",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The name of a file for one month or for all.
    pub(super) fn file(self, months: &str) -> String {
        match self {
            Format::Csv => format!("drawdown-{months}.csv"),
            Format::Json => format!("drawdown-{months}.json"),
            Format::Focus => format!("drawdown-focus-1.2-{months}.csv"),
        }
    }
}

/// The first month with stored data.
pub(super) fn first_month(state: &State, this: Month) -> Month {
    state.first_month().map_or(this, |first| first.min(this))
}
