//! The setting that records other syncing computers with which this one does not sync.

use crate::store::GlobalSetting;

/// Whether the synced area has a vault of another computer with another data key. Belongs to this browser.
pub(super) const IS_FOUND: GlobalSetting<bool> = GlobalSetting::new("sync.is_found", false);

/// The names of the settings that are neither backed up nor synced.
pub(crate) fn device_settings() -> [&'static str; 1] {
    [IS_FOUND.name()]
}
