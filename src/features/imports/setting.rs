//! The settings of imports.

use crate::store::AccountSetting;

/// The fields of the last column mapping that the user chose for an account's tables, with the names of the columns. Empty until
/// one is chosen.
pub(super) const COLUMNS: AccountSetting<Vec<(String, String)>> =
    AccountSetting::new_with_former("imports.columns", Vec::new(), "columns.");
