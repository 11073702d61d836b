//! Stored values as JSON text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::host::Values;

/// Serializes a value for storage.
pub(super) fn text<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// Serializes a value as JSON within another value. Goes through text, because serde's own conversion would bring the code for
/// floating-point numbers into the module.
pub(super) fn write<T: Serialize>(value: &T) -> Option<Value> {
    serde_json::from_str(&text(value)?).ok()
}

/// Reads a value from JSON within another value.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_str(&value.to_string()).ok()
}

/// Whether the text that is to be written under a key, if any, reads back as this value.
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
