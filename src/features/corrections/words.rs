//! The phrases of questions and statements.

use crate::books::correction::Kind;
use crate::books::ledger::Contradiction;
use crate::money::Currency;
use crate::text::Language;
use crate::ui::format;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rose_between: &'static str,
    pub(super) granted_between: &'static str,
    pub(super) gone_between: fn(Kind) -> &'static str,
    pub(super) top_up_then: fn(&str, &str) -> String,
    pub(super) gift_of: fn(&str) -> String,
    pub(super) all_spent: &'static str,
    pub(super) all_gone: fn(Kind) -> &'static str,
    pub(super) another_amount: &'static str,
    pub(super) amount_of: fn(Kind, &str) -> String,
    pub(super) confirm: &'static str,
    pub(super) something_to_ask: &'static str,
    pub(super) more: &'static str,
    pub(super) habit: &'static str,
    pub(super) i_topped_up: &'static str,
    pub(super) what_happened: &'static str,
    pub(super) kind: fn(Kind) -> &'static str,
    pub(super) when_hint: &'static str,
    pub(super) state_it: &'static str,
    pub(super) stated: fn(usize) -> String,
    pub(super) stated_line: fn(Kind, &str) -> String,
    pub(super) typed_line: fn(&str) -> String,
    pub(super) left_line: fn(&str) -> String,
    pub(super) declared: &'static str,
    pub(super) undone: &'static str,
    pub(super) contradiction: fn(&Contradiction, Currency) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    rose_between: "The balance rose {} between {} and {}. What was paid in?",
    granted_between: "Granted credit rose {} between {} and {}. How much was given?",
    gone_between: |kind| match kind {
        Kind::Expiry | Kind::Gift => "{} of granted credit was gone between {} and {}. Used, or expired?",
        Kind::Refund | Kind::TopUp => {
            "The last {} of paid balance was gone between {} and {}. Spent, or paid back?"
        }
    },
    top_up_then: |top_up, spent| format!("A top-up of {top_up}: then {spent} was spent"),
    gift_of: |gift| format!("A gift of {gift}: nothing of it was used yet"),
    all_spent: "All of it was used",
    all_gone: |kind| match kind {
        Kind::Expiry | Kind::Gift => "All of it expired",
        Kind::Refund | Kind::TopUp => "All of it was paid back",
    },
    another_amount: "Another amount",
    amount_of: |kind, currency| {
        let what = match kind {
            Kind::TopUp => "Paid in",
            Kind::Gift => "Given",
            Kind::Expiry => "Expired",
            Kind::Refund => "Paid back",
        };
        format!("{what}, in {currency}")
    },
    confirm: "Confirm",
    something_to_ask: "A question about this balance",
    more: "More",
    habit: "So that nothing has to be asked: refresh, top up, refresh.",
    i_topped_up: "I topped up",
    what_happened: "What happened",
    kind: |kind| match kind {
        Kind::TopUp => "I topped up",
        Kind::Gift => "Credit was given to me",
        Kind::Expiry => "Granted credit expired",
        Kind::Refund => "Money was paid back or moved",
    },
    when_hint: "Left empty, it is now.",
    state_it: "Keep it",
    stated: |count| format!("Stated by you: {count}"),
    stated_line: |kind, amount| match kind {
        Kind::TopUp => format!("Topped up {amount}"),
        Kind::Gift => format!("Given {amount}"),
        Kind::Expiry => format!("Expired {amount}"),
        Kind::Refund => format!("Paid back {amount}"),
    },
    typed_line: |amount| format!("Entered {amount}"),
    left_line: |amount| format!("Prepaid balance {amount}"),
    declared: "Kept; the figures follow. It can be undone below.",
    undone: "Taken back.",
    contradiction,
};

/// The arithmetic of a statement that cannot be.
fn contradiction(contradiction: &Contradiction, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let changed = if contradiction.change.is_negative() {
        format!("fell by {}", money(-contradiction.change))
    } else {
        format!("rose by {}", money(contradiction.change))
    };
    let declared = match contradiction.kind {
        Kind::TopUp | Kind::Gift => format!("{} came in", money(contradiction.declared)),
        Kind::Expiry | Kind::Refund => format!("{} went without being spent", money(-contradiction.declared)),
    };
    format!(
        "That cannot be: if {declared} while the balance {changed}, {} would have been spent. Nothing was kept.",
        money(contradiction.spend())
    )
}
