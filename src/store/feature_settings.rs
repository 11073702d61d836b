//! The settings of features: each declares a name, a type and a default, and the store keeps the value without knowing it.
//! The values are kept for the whole extension ([`Settings::features`](crate::store::Settings::features)) or for one account
//! ([`Account::features`](crate::store::Account::features)).
//!
//! A name is that of the feature's folder and its own, such as `rates.is_daily`. A new type takes a new name: a value that
//! cannot be read counts as never set.
//!
//! A setting that a rule of the books reads is a field of [`Settings`](crate::store::Settings) or
//! [`Account`](crate::store::Account) instead.
//!
//! ```
//! use drawdown::store::{FeatureValues, Setting};
//!
//! const IS_COMPACT: Setting<bool> = Setting::new("charts.is_compact", false);
//!
//! let mut values = FeatureValues::default();
//! assert!(!IS_COMPACT.get(&values));
//! IS_COMPACT.set(&mut values, &true);
//! assert!(IS_COMPACT.get(&values));
//! ```

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::store::json::{read, write};

/// The values of features' settings, by name: those of the whole extension, or of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureValues(Map<String, Value>);

/// A setting that one feature declares.
#[derive(Clone, Copy, Debug)]
pub struct Setting<T> {
    name: &'static str,
    /// The name under which earlier versions kept it.
    former: Option<&'static str>,
    default: T,
}

impl<T: Clone + Serialize + DeserializeOwned> Setting<T> {
    /// A setting with a name that no other has, and the value that it has until it is set.
    pub const fn new(name: &'static str, default: T) -> Setting<T> {
        Setting { name, former: None, default }
    }

    /// The same setting, which earlier versions kept under another name.
    #[must_use]
    pub const fn formerly(self, former: &'static str) -> Setting<T>
    where
        T: Copy,
    {
        Setting { former: Some(former), ..self }
    }

    /// Its value. The default, if it was never set or cannot be read.
    pub fn get(&self, values: &FeatureValues) -> T {
        let names = [self.name].into_iter().chain(self.former);
        let value = names.filter_map(|name| values.0.get(name)).find_map(read);
        value.unwrap_or_else(|| self.default.clone())
    }

    /// Sets it. A value that JSON cannot express is not kept.
    pub fn set(&self, values: &mut FeatureValues, value: &T) {
        if let Some(former) = self.former {
            values.0.remove(former);
        }
        values.0.extend(write(value).map(|value| (self.name.to_owned(), value)));
    }
}

impl FeatureValues {
    /// Whether no setting was ever set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
