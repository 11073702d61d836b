//! English: the vault.

use crate::screen::words::VaultWords;

/// The phrases.
pub(super) const VAULT: VaultWords = VaultWords {
    seal_title: "Choose the password that seals your keys",
    seal_why: "The key works. Until a password seals it, it is forgotten when the browser closes.",
    seal_lost: "The browser closed before a password was chosen, or the vault was given up, so the keys are gone. Choose a password, then paste each key again; all figures are kept.",
    password_advice: "12 characters or more. It cannot be recovered: forget it, and the keys must be pasted again.",
    seal: "Seal",
    suggest: "Suggest one",
    new_password: "New password",
    again: "The same again",
    damaged: |key, is_recovered| {
        let left = if is_recovered {
            "It was recovered from a second copy; check that it is what you left."
        } else {
            "What could still be read is used, and defaults for the rest. A damaged text is kept as it was."
        };
        format!("The browser lost or damaged what was stored under \"{key}\". {left}")
    },
    noted: "Understood",
    save: "Save what is stored",
    save_why: "You can save everything that is still stored as a file. Keys are in it only as your password seals them.",
    unsealed: "Choose a password, or the key is forgotten when the browser closes.",
    lost: "The keys are gone: choose a password and paste them again.",
    unlock_label: "Password",
    unlock: "Unlock",
    locked_why: "While locked, nothing is refreshed; figures stay with their age.",
    change_password: "Change the password",
    current_password: "Present password",
    change: "Change",
    forgot_password: "Forgotten the password?",
    forgot_text: "The keys cannot be opened without it and are lost; all accounts, figures and history are kept.",
    forgot_summary: "Give up the keys and begin with a new password",
    give_up_vault: "Give up the sealed keys",
};
