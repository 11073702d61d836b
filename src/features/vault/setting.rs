//! The settings of staying unlocked. Like everything that is stored, they are in a file that the user saves: without the
//! device key, which no file holds, the wrap opens nothing.

use crate::store::{GlobalSetting, Settings};

/// Whether the vault opens by itself when the browser starts.
pub(super) const STAYS_UNLOCKED: GlobalSetting<bool> = GlobalSetting::new("vault.stays_unlocked", false);
/// The data key, sealed to this device. `None` while the user keeps the vault locked.
pub(super) const WRAP: GlobalSetting<Option<String>> = GlobalSetting::new("vault.wrap", None);
/// How often the password was entered, counted up to [`OFFERED_AT`].
pub(super) const UNLOCKS: GlobalSetting<u32> = GlobalSetting::new("vault.unlocks", 0);
/// After so many unlocks, staying unlocked is offered.
pub(super) const OFFERED_AT: u32 = 2;

/// Deletes the wrap, if there is one.
pub(super) fn drop_wrap(settings: &mut Settings) {
    if WRAP.get(settings).is_some() {
        WRAP.set(settings, &None);
    }
}

/// Turns staying unlocked off, if it is on.
pub(super) fn stop_staying(settings: &mut Settings) {
    drop_wrap(settings);
    if STAYS_UNLOCKED.get(settings) {
        STAYS_UNLOCKED.set(settings, &false);
    }
}
