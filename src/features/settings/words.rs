//! The phrases of the settings.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) period: &'static str,
    pub(super) period_usual: &'static str,
    pub(super) currency: &'static str,
    pub(super) currency_usual: &'static str,
    pub(super) lock_after: &'static str,
    pub(super) lock_with_computer: &'static str,
    pub(super) bad_period: &'static str,
    pub(super) bad_lock_after: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "Settings",
    period: "Minutes between two refreshes",
    period_usual: "as usual for each provider",
    currency: "Currency of the totals",
    currency_usual: "the one in use",
    lock_after: "Lock after so many minutes without a touch",
    lock_with_computer: "Lock together with the computer",
    bad_period: "The refresh period is a whole number of minutes from 5 to 1440. Nothing was changed.",
    bad_lock_after: "Locking takes a whole number of minutes from 1 to 1440. Nothing was changed.",
};
