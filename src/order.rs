//! Sorted and distinct items.
//!
//! The library's `sort_by`, and `collect` into a set or a map, which sorts first, bring 5 KB of code for each type of item. That
//! pays for many items only.
//!
//! ```
//! use drawdown::order::{distinct, in_order};
//!
//! assert_eq!(in_order([3, 1, 2], u32::cmp), [1, 2, 3]);
//! assert!(distinct(["b", "a", "b"]).into_iter().eq(["a", "b"]));
//! ```

use core::cmp::Ordering;
use std::collections::BTreeSet;

/// Sorts a few items by insertion; equal ones keep their order. Takes time by the square of their number if they come in no order.
pub fn in_order<T>(items: impl IntoIterator<Item = T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut ordered: Vec<T> = Vec::new();
    for item in items {
        let is_before = |known: &T| order(known, &item) != Ordering::Greater;
        // Most items come in order.
        let is_last = ordered.last().is_none_or(is_before);
        let place = if is_last { ordered.len() } else { ordered.partition_point(is_before) };
        ordered.insert(place, item);
    }
    ordered
}

/// Every item once, in order. Each is inserted by itself.
pub fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut all = BTreeSet::new();
    all.extend(items);
    all
}
