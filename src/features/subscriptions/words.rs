//! The phrases of subscriptions.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    pub(super) add: &'static str,
    pub(super) change: &'static str,
    pub(super) name: &'static str,
    pub(super) price: &'static str,
    pub(super) every: &'static str,
    pub(super) monthly: &'static str,
    pub(super) yearly: &'static str,
    pub(super) day: &'static str,
    pub(super) since: &'static str,
    pub(super) until_day: &'static str,
    pub(super) each_month: fn(u32) -> String,
    pub(super) each_year: fn(&str) -> String,
    pub(super) until: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "Plans",
    why: "Fixed subscriptions count whole on the day they are charged, apart from use.",
    add: "Add a plan",
    change: "Change",
    name: "Name",
    price: "Price of one charge",
    every: "Charged",
    monthly: "every month",
    yearly: "every year",
    day: "On this day of the month (the last, where a month is shorter)",
    since: "Since",
    until_day: "Until (empty while it goes on)",
    each_month: |day| format!("every month on day {day}"),
    each_year: |day| format!("every year on {day}"),
    until: |day| format!("until {day}"),
};
