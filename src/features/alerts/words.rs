//! The phrases of alerts.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) once: &'static str,
    pub(super) never: &'static str,
    pub(super) want_budget: &'static str,
    pub(super) want_keys: &'static str,
    pub(super) want_granted: &'static str,
    pub(super) want_unusual: &'static str,
    pub(super) want_rise: &'static str,
    pub(super) want_run_out: &'static str,
    pub(super) want_low: &'static str,
    pub(super) quiet_from: &'static str,
    pub(super) quiet_to: &'static str,
    pub(super) digest: fn(usize) -> String,
    pub(super) budget: fn(&str, &str) -> String,
    pub(super) lands_above: fn(&str, &str) -> String,
    pub(super) key_refused: fn(&str) -> String,
    pub(super) key_expires: fn(&str, &str) -> String,
    pub(super) runs_out: fn(&str, &str) -> String,
    pub(super) low_balance: fn(&str, &str) -> String,
    pub(super) granted_expires: fn(&str, &str) -> String,
    pub(super) unusual: fn(&str, bool, &str, &str) -> String,
    pub(super) rise: fn(&str) -> String,
    pub(super) bad_hour: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "Alerts",
    once: "Each comes once when it becomes true, and again only after it was not; several at one refresh come as one.",
    never: "never",
    want_budget: "The budget: at 80%, spent, or when the month lands above it",
    want_keys: "A key is refused, or expires within a week",
    want_granted: "Granted credit expires within a week",
    want_unusual: "A day or an hour costs far more than usual: a key may have leaked",
    want_rise: "Days cost more and more",
    want_run_out: "A balance runs out within so many days",
    want_low: "A balance is below this amount, in its own currency",
    quiet_from: "Silence from this hour of the day, 0 to 23",
    quiet_to: "Silence until this hour",
    digest: |count| format!("Drawdown: {count} things need you"),
    budget: |percent, budget| format!("{percent} of the month's budget of {budget} is spent."),
    lands_above: |landing, budget| {
        format!("At this pace the month lands at {landing}, above the budget of {budget}.")
    },
    key_refused: |account| format!("{account} refuses its key: its figures stop here until it has another."),
    key_expires: |account, day| format!("The key of {account} expires on {day}."),
    runs_out: |account, day| format!("The balance of {account} runs out about {day}."),
    low_balance: |account, balance| format!("{account} has {balance} left."),
    granted_expires: |account, day| format!("Granted credit of {account} expires on {day}."),
    unusual: |account, is_hour, spend, usual| {
        let (span, each) = if is_hour { ("in one hour", "an hour of use") } else { ("in one day", "a day") };
        format!(
            "{account} cost {spend} {span}, where {usual} is usual for {each}. If that was not you, a key may have leaked: revoke it."
        )
    },
    rise: |account| {
        format!("{account} costs more and more: three days running half as much again as the week before.")
    },
    bad_hour: "Silence takes two different hours from 0 to 23. Nothing was changed.",
};
