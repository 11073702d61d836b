//! Whether other computers sync with which this one does not.

use crate::store::GlobalSetting;

/// Whether the synced area holds the vault of another computer that has another data key. It belongs to this browser.
pub(super) const IS_FOUND: GlobalSetting<bool> = GlobalSetting::new("sync.is_found", false);

/// The names of the settings that no backup holds, and that are not synced.
pub(crate) fn device_settings() -> [&'static str; 1] {
    [IS_FOUND.name()]
}
