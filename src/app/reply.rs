//! What an answer to a page brings besides its sections.

use serde::Serialize;

/// A file that the page saves as a download. It never leaves the browser by any other way.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds.
    pub text: String,
}

impl core::fmt::Debug for Download {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(to, "{} ({} bytes)", self.name, self.text.len())
    }
}
