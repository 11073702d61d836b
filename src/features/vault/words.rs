//! The phrases of the vault.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) lock: &'static str,
    pub(super) seal_title: &'static str,
    pub(super) seal_why: &'static str,
    pub(super) seal_lost: &'static str,
    pub(super) password_advice: &'static str,
    pub(super) seal: &'static str,
    pub(super) suggest: &'static str,
    pub(super) new_password: &'static str,
    pub(super) again: &'static str,
    pub(super) unsealed: &'static str,
    pub(super) lost: &'static str,
    pub(super) unlock_label: &'static str,
    pub(super) unlock: &'static str,
    pub(super) change_password: &'static str,
    pub(super) current_password: &'static str,
    pub(super) change: &'static str,
    pub(super) forgot_password: &'static str,
    pub(super) forgot_text: &'static str,
    pub(super) forgot_summary: &'static str,
    pub(super) give_up_vault: &'static str,
    pub(super) sealed: &'static str,
    pub(super) changed: &'static str,
    pub(super) passwords_differ: &'static str,
    pub(super) too_short: fn(usize) -> String,
    pub(super) wrong_password: &'static str,
    pub(super) vault_damaged: &'static str,
    pub(super) vault_unsupported: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    lock: "Lock",
    seal_title: "Choose the password that seals your keys",
    seal_why: "The key works. Until a password seals it, it is forgotten when the browser closes.",
    seal_lost: "The browser closed before a password was chosen, or the vault was given up, so the keys are gone. Choose a password, then paste each key again; all figures are kept.",
    password_advice: "12 characters or more. It cannot be recovered: forget it, and the keys must be pasted again.",
    seal: "Seal",
    suggest: "Suggest one",
    new_password: "New password",
    again: "The same again",
    unsealed: "Choose a password, or the key is forgotten when the browser closes.",
    lost: "The keys are gone: choose a password and paste them again.",
    unlock_label: "Password",
    unlock: "Unlock",
    change_password: "Change the password",
    current_password: "Present password",
    change: "Change",
    forgot_password: "Forgotten the password?",
    forgot_text: "The keys cannot be opened without it and are lost; all accounts, figures and history are kept.",
    forgot_summary: "Give up the keys and begin with a new password",
    give_up_vault: "Give up the sealed keys",
    sealed: "Sealed. The password is asked for once after each start of the browser.",
    changed: "Changed. The new password counts from now on.",
    passwords_differ: "The two passwords differ. Type the same twice.",
    too_short: |shortest| format!("A password has {shortest} characters or more."),
    wrong_password: "That is not the password. Nothing was changed.",
    vault_damaged: "The sealed vault is damaged and cannot be opened. Nothing was changed; the keys can be pasted into a new one.",
    vault_unsupported: "This vault was made by another version of Drawdown. Nothing was changed; update, then unlock.",
};
