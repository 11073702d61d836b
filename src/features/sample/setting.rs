//! The setting of the sample data.

use crate::store::GlobalSetting;

/// Whether sample data is shown while there is no account.
pub(super) const IS_SHOWN: GlobalSetting<bool> = GlobalSetting::new("sample.is_shown", false);
