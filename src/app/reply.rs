//! The answer to a page.

use serde::Serialize;

/// The answer to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The commit that it shows. `None` where it shows none: it is painted, and whatever comes next replaces it.
    pub rev: Option<u64>,
    /// The sections.
    pub html: String,
    /// Values for fields, by name: never in the HTML, so that a suggested password is in no document.
    pub fill: Vec<(String, String)>,
    /// Whether the command did what it says.
    pub ok: bool,
}
