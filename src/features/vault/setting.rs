//! The settings of staying unlocked. They belong to this device: no backup holds them, and the wrap opens only with the device
//! key, which no file holds.

use crate::store::{GlobalSetting, Settings};

/// Whether the vault opens by itself when the browser starts.
pub(super) const STAYS_UNLOCKED: GlobalSetting<bool> = GlobalSetting::new("vault.stays_unlocked", false);
/// The data key, sealed to this device. `None` while the user keeps the vault locked.
pub(super) const WRAP: GlobalSetting<Option<String>> = GlobalSetting::new("vault.wrap", None);
/// How many times the password was entered, counted up to [`OFFERED_AT`].
pub(super) const UNLOCKS: GlobalSetting<u32> = GlobalSetting::new("vault.unlocks", 0);
/// The number of unlocks after which staying unlocked is offered.
pub(super) const OFFERED_AT: u32 = 2;

/// The names of the settings that are not backed up.
pub(crate) fn device_settings() -> [&'static str; 3] {
    [STAYS_UNLOCKED.name(), WRAP.name(), UNLOCKS.name()]
}

/// Deletes the wrap, if there is one.
pub(super) fn drop_wrap(settings: &mut Settings) {
    if WRAP.get(settings).is_some() {
        WRAP.set(settings, &None);
    }
}

/// Turns staying unlocked off.
pub(super) fn stop_staying(settings: &mut Settings) {
    drop_wrap(settings);
    if STAYS_UNLOCKED.get(settings) {
        STAYS_UNLOCKED.set(settings, &false);
    }
}
