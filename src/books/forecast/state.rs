//! How much time a forecast is based on (rule F4).

use serde::Serialize;

/// How much time a forecast is based on (rule F4), from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing was observed in the last seven days.
    Gathering,
    /// Less than a day: the forecast can only be low.
    Early,
    /// At least one day, less than seven.
    Partial,
    /// All seven days.
    Full,
}
