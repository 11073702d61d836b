//! The settings of the note about a new version.

use crate::store::{GlobalSetting, Settings};

/// The version of this build.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The version whose note was closed or that was installed first. `None` before the first start.
pub(super) const SEEN: GlobalSetting<Option<String>> = GlobalSetting::new("whats_new.seen", None);

/// The name of the setting. Other browsers may have other versions, so it is not backed up.
pub(crate) fn device_setting() -> &'static str {
    SEEN.name()
}

/// Whether this version is newer than the stored one.
pub(super) fn is_updated(settings: &Settings) -> bool {
    SEEN.get(settings).is_some_and(|seen| numbers(&seen) < numbers(VERSION))
}

/// The numbers of a version; they compare like versions.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').filter_map(|part| part.parse().ok()).collect()
}
