//! The phrases of exchange rates.

use crate::books::rates::RateSource;
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) why_rates: fn(&str) -> String,
    pub(super) one_is_worth: fn(&str, &str) -> String,
    pub(super) rate_of: fn(RateSource, &str) -> String,
    pub(super) ecb_offer: &'static str,
    pub(super) ecb_take: &'static str,
    pub(super) ecb_on: &'static str,
    pub(super) ecb_stop: &'static str,
    pub(super) bad_rate: &'static str,
    pub(super) withheld: &'static str,
    pub(super) not_fetched: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    why_rates: |main| {
        format!("Totals are in {main}. What has no rate stands beside them, and is never dropped.")
    },
    one_is_worth: |other, main| format!("1 {other} in {main}"),
    rate_of: |source, day| match source {
        RateSource::Hand => format!("Entered on {day}."),
        RateSource::Ecb => format!("Reference rate of the European Central Bank of {day}."),
    },
    ecb_offer: "Once a day the reference rates of the European Central Bank can be asked for at {}, without a key. It learns which currencies are in use, and nothing else.",
    ecb_take: "Take daily rates",
    ecb_on: "The European Central Bank's reference rates are asked for once a day. When they cannot be had, the last ones stay.",
    ecb_stop: "Stop daily rates",
    bad_rate: "A rate is a number above zero, such as 0.14. Nothing was kept.",
    withheld: "The browser may not ask for the rates; allow it and try again.",
    not_fetched: "The rates were not told; the last ones stay, and they are asked for again tomorrow.",
};
