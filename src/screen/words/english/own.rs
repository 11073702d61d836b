//! English: what only an account's user knows of it.

use crate::screen::words::OwnWords;

/// The phrases.
pub(super) const OWN: OwnWords = OwnWords {
    make_expire: "How to make a key that expires",
    key_expires: "The key expires on (empty if it does not)",
    key_expires_title: "Key expires",
    key_expires_on: |day| format!("the key expires on {day}"),
    key_expired_on: |day| format!("the key expired on {day}"),
    covers: "Covers",
    byok: "With your own keys",
    byok_why: "paid to the providers behind, and not counted here",
    beside_key: |other| {
        format!(
            "{other} reads the same provider by key. If it is the same account, its money counts twice: bring the files there, and remove this one."
        )
    },
    reloads: "reloads by itself",
    reloads_on: "Auto-reload is on",
    reloads_off: "Auto-reload is off",
};
