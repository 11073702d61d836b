//! The setting of the dismissed summary.

use crate::store::GlobalSetting;
use crate::time::Month;

/// The last month whose summary was dismissed.
pub(super) const DISMISSED: GlobalSetting<Option<Month>> =
    GlobalSetting::new("statement.dismissed_summary", None);
