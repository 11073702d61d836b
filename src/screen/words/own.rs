//! The phrases of what only an account's user knows of it.

/// See the module.
#[derive(Debug)]
pub(in crate::screen) struct OwnWords {
    pub(in crate::screen) make_expire: &'static str,
    pub(in crate::screen) key_expires: &'static str,
    pub(in crate::screen) key_expires_title: &'static str,
    pub(in crate::screen) key_expires_on: fn(&str) -> String,
    pub(in crate::screen) key_expired_on: fn(&str) -> String,
    pub(in crate::screen) covers: &'static str,
    pub(in crate::screen) byok: &'static str,
    pub(in crate::screen) byok_why: &'static str,
    pub(in crate::screen) beside_key: fn(&str) -> String,
    pub(in crate::screen) reloads: &'static str,
    pub(in crate::screen) reloads_on: &'static str,
    pub(in crate::screen) reloads_off: &'static str,
}
