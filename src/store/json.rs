//! Stored values as JSON text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::host::Values;

/// A value as it is stored.
pub(super) fn text<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// A value as JSON within another value. By way of its text, because serde's conversions would bring the code for numbers
/// with a floating point into the module.
pub(super) fn write<T: Serialize>(value: &T) -> Option<Value> {
    serde_json::from_str(&text(value)?).ok()
}

/// A value out of JSON within another value.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_str(&value.to_string()).ok()
}

/// Whether a text that is about to be written, if any is, reads back as this value.
pub(super) fn is_read_from<T: DeserializeOwned + PartialEq>(
    values: &Values,
    key: &str,
    value: Option<&T>,
) -> bool {
    let read = |text: Option<&str>| match text {
        Some(text) => serde_json::from_str(text).is_ok_and(|read: T| Some(&read) == value),
        None => value.is_none(),
    };
    values.get(key).is_none_or(read)
}
