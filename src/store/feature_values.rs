//! The values of [feature settings](crate::store::feature_settings), as JSON that the store does not interpret.

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

    /// Adds the values that are set there and not here.
    pub(super) fn add_missing(&mut self, other: &FeatureValues) {
        let missing = other.0.iter().filter(|(name, _)| !self.0.contains_key(*name));
        let missing: Vec<_> = missing.map(|(name, value)| (name.clone(), value.clone())).collect();
        self.0.extend(missing);
    }

    /// Sets a value. A value without a JSON form is not stored.
    pub(super) fn set<T: Serialize>(&mut self, name: &str, value: &T) {
        self.0.extend(write(value).map(|value| (name.to_owned(), value)));
    }
}
