//! The phrases of accounts without a key.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) typed: &'static str,
    pub(super) typed_left: &'static str,
    pub(super) read: &'static str,
    pub(super) figures_of: &'static str,
    pub(super) file_ends: fn(&str) -> String,
    pub(super) type_balance: &'static str,
    pub(super) type_bill: &'static str,
    pub(super) bring_newer: fn(&str) -> String,
    pub(super) bring_first: &'static str,
    pub(super) with_file: &'static str,
    pub(super) file_risk: &'static str,
    pub(super) by_hand_how: &'static str,
    pub(super) by_file_how: &'static str,
    pub(super) name_of_it: &'static str,
    pub(super) tells_balance: &'static str,
    pub(super) tells_bill: &'static str,
    pub(super) first_figure: &'static str,
    pub(super) balance_now: fn(&str) -> String,
    pub(super) bill_so_far: fn(&str) -> String,
    pub(super) keep: &'static str,
    pub(super) earlier: &'static str,
    pub(super) earlier_hint: &'static str,
    pub(super) type_left: &'static str,
    pub(super) type_left_hint: &'static str,
    pub(super) remind: &'static str,
    pub(super) remind_after: &'static str,
    pub(super) add: &'static str,
    pub(super) kept_by_hand: &'static str,
    pub(super) kept_by_file: &'static str,
    pub(super) figure_kept: &'static str,
    pub(super) bad_figure: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    typed: "typed {}",
    typed_left: "{} left",
    read: "read {}",
    figures_of: "figures of {}",
    file_ends: |date| format!("the file ends on {date}"),
    type_balance: "typed {}: type today's balance",
    type_bill: "typed {}: type the month's bill so far",
    bring_newer: |date| format!("the file ends on {date}: bring a newer one"),
    bring_first: "no file yet: bring the first one",
    with_file: "With its file, without a key",
    file_risk: "There is no key to steal, and nothing leaves this browser; but the figures are only as new as the last file that you bring.",
    by_hand_how: "For whatever has no key and no file. You type what is left, or what the month's bill has come to, now and then; between two figures the spend is spread evenly.",
    by_file_how: "For a provider that is not in this list and gives a table of its costs. The figures are only as new as the last file that you bring.",
    name_of_it: "Name, such as RunPod",
    tells_balance: "I type what is left of a balance",
    tells_bill: "I type what the month's bill has come to so far",
    first_figure: "What it is now",
    balance_now: |currency| format!("What is left now, in {currency}"),
    bill_so_far: |currency| format!("This month's bill so far, in {currency}"),
    keep: "Keep",
    earlier: "As of an earlier time",
    earlier_hint: "Left empty, it is now. It must be later than the figure before.",
    type_left: "Type what is left",
    type_left_hint: "For the run-out date: what is billed from now on is taken from it. It is never counted as spend; type it again after a top-up.",
    remind: "Remind me",
    remind_after: "Days without a newer figure or file",
    add: "Add",
    kept_by_hand: "Added. Type its figure again now and then; you are reminded after a week.",
    kept_by_file: "Added. Now bring its first file, above; you are reminded of a newer one after a week.",
    figure_kept: "Kept; the figures follow.",
    bad_figure: "Type a plain number, such as 0 or 12.50; a bill is never below zero. Nothing was kept.",
};
