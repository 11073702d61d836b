//! The use in peak hours of one day as it is stored with its account, with the number of its import.

use serde::{Deserialize, Serialize};

use crate::books::bill::Overlap;
use crate::books::peak::PeakUse;

/// A day's use from an import. The stored form is `["1", use]`, or `["1+", use]` if it is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(String, PeakUse)", into = "(String, PeakUse)")]
pub(in crate::store) struct ImportedPeakUse {
    /// The number of the import.
    pub(in crate::store) import: u32,
    /// Whether it replaces the other use of the day.
    pub(super) overlap: Overlap,
    /// The use.
    pub(super) used: PeakUse,
}

impl TryFrom<(String, PeakUse)> for ImportedPeakUse {
    type Error = core::num::ParseIntError;

    fn try_from((import, used): (String, PeakUse)) -> Result<ImportedPeakUse, core::num::ParseIntError> {
        let overlap = if import.ends_with('+') { Overlap::Add } else { Overlap::Replace };
        Ok(ImportedPeakUse { import: import.trim_end_matches('+').parse()?, overlap, used })
    }
}

impl From<ImportedPeakUse> for (String, PeakUse) {
    fn from(ImportedPeakUse { import, overlap, used }: ImportedPeakUse) -> (String, PeakUse) {
        let end = if overlap == Overlap::Add { "+" } else { "" };
        (format!("{import}{end}"), used)
    }
}
