//! Which version's note was closed.

use crate::store::{GlobalSetting, Settings};

/// The version of this build.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The version whose note was closed, or that was installed first. `None` before the first start.
pub(super) const SEEN: GlobalSetting<Option<String>> = GlobalSetting::new("whats_new.seen", None);

/// The name of the setting. Another browser may have another version, so no backup holds it.
pub(crate) fn device_setting() -> &'static str {
    SEEN.name()
}

/// Whether this version is newer than the one that was seen.
pub(super) fn is_updated(settings: &Settings) -> bool {
    SEEN.get(settings).is_some_and(|seen| numbers(&seen) < numbers(VERSION))
}

/// The numbers of a version, which compare as versions do.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').filter_map(|part| part.parse().ok()).collect()
}
