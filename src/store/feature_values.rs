//! The values of [feature settings](crate::store::feature_settings), as JSON that the store does not look into.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::store::json::{read, write};

/// The values of features' settings, by name: those of the whole extension, or of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FeatureValues(Map<String, Value>);

impl FeatureValues {
    /// Whether no setting was ever set.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A value. `None` if it was never set or cannot be read.
    pub(super) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.0.get(name).and_then(read)
    }

    /// Forgets a value.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Sets a value. One that JSON cannot express is not stored.
    pub(super) fn set<T: Serialize>(&mut self, name: &str, value: &T) {
        self.0.extend(write(value).map(|value| (name.to_owned(), value)));
    }
}
