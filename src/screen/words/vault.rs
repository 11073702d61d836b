//! The phrases of the vault.

/// See the module.
#[derive(Debug)]
pub(in crate::screen) struct VaultWords {
    pub(in crate::screen) seal_title: &'static str,
    pub(in crate::screen) seal_why: &'static str,
    pub(in crate::screen) seal_lost: &'static str,
    pub(in crate::screen) password_advice: &'static str,
    pub(in crate::screen) seal: &'static str,
    pub(in crate::screen) suggest: &'static str,
    pub(in crate::screen) new_password: &'static str,
    pub(in crate::screen) again: &'static str,
    pub(in crate::screen) damaged: fn(&str, bool) -> String,
    pub(in crate::screen) noted: &'static str,
    pub(in crate::screen) save: &'static str,
    pub(in crate::screen) save_why: &'static str,
    pub(in crate::screen) unsealed: &'static str,
    pub(in crate::screen) lost: &'static str,
    pub(in crate::screen) unlock_label: &'static str,
    pub(in crate::screen) unlock: &'static str,
    pub(in crate::screen) locked_why: &'static str,
    pub(in crate::screen) change_password: &'static str,
    pub(in crate::screen) current_password: &'static str,
    pub(in crate::screen) change: &'static str,
    pub(in crate::screen) forgot_password: &'static str,
    pub(in crate::screen) forgot_text: &'static str,
    pub(in crate::screen) forgot_summary: &'static str,
    pub(in crate::screen) give_up_vault: &'static str,
}
