//! Why the work of a command or an event could not be saved.

use crate::host::StorageError;
use crate::screen::Said;
use crate::store::Unusable;

/// Why a command or an event came to nothing, apart from what its own sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser could not keep it.
    StorageError,
    /// It would not have been read back as it is, so nothing was written.
    Unreadable,
    /// What rests cannot be used.
    Unusable(Unusable),
}

impl From<StorageError> for Failure {
    fn from(_: StorageError) -> Failure {
        Failure::StorageError
    }
}

impl From<Failure> for Said {
    fn from(trouble: Failure) -> Said {
        match trouble {
            Failure::StorageError => Said::NotSaved,
            Failure::Unreadable => Said::NotReadable,
            Failure::Unusable(unusable) => Said::Unusable(unusable),
        }
    }
}
