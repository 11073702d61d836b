//! Why the work of a command or an event could not be saved.

use core::error::Error;
use core::fmt;

use crate::host::StorageError;
use crate::store::Unusable;

/// Why the stored values could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser could not store them.
    StorageError,
    /// They would not have read back unchanged, so nothing was written.
    Unreadable,
    /// The stored values cannot be used.
    Unusable(Unusable),
}

impl From<StorageError> for Failure {
    fn from(_: StorageError) -> Failure {
        Failure::StorageError
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Failure::StorageError => "the browser could not store it",
            Failure::Unreadable => "it would not be read back as it is",
            Failure::Unusable(_) => "what is stored cannot be used",
        })
    }
}

impl Error for Failure {}
