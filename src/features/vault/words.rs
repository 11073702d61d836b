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
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    lock: "Lock",
    seal_title: "Create a password to protect your keys",
    seal_why: "Your key works. Set a password to keep it, or it's discarded when you close the browser.",
    seal_lost: "Your keys are gone because no password protected them. Create a password, then add each key again. Your accounts and history are still here.",
    password_advice: "At least 12 characters. We can't recover it. If you forget it, you'll need to add your keys again.",
    seal: "Save password",
    suggest: "Suggest a strong password",
    new_password: "New password",
    again: "Confirm new password",
    unsealed: "Set a password, or your key is discarded when you close the browser.",
    lost: "Your keys are gone. Create a password and add them again.",
    unlock_label: "Password",
    unlock: "Unlock",
    change_password: "Change password",
    current_password: "Current password",
    change: "Change password",
    forgot_password: "Forgot your password?",
    forgot_text: "Without it, your saved keys can't be recovered. Your accounts and history stay.",
    forgot_summary: "Reset password",
    give_up_vault: "Delete saved keys and reset",
    sealed: "Keys saved. You'll enter this password once each time you start your browser.",
    changed: "Password changed.",
    passwords_differ: "Passwords don't match.",
    too_short: |shortest| format!("Use at least {shortest} characters."),
    wrong_password: "Wrong password. Try again.",
    vault_damaged: "Your saved keys are damaged and can't be opened. Reset the password to add them again.",
    vault_unsupported: "Your keys were saved by another version of Drawdown. Update Drawdown, then unlock.",
};

const CHINESE: Words = Words {
    lock: "锁定",
    seal_title: "设置主密码，保护密钥",
    seal_why: "密钥可用。请设置主密码来保存它，否则关闭浏览器后密钥会被丢弃。",
    seal_lost: "密钥没有主密码保护，已经丢失。请设置主密码，然后重新添加各个密钥。账户和历史记录仍然保留。",
    password_advice: "至少 12 个字符。我们无法找回主密码，如果忘记，需要重新添加密钥。",
    seal: "保存主密码",
    suggest: "推荐一个强密码",
    new_password: "新主密码",
    again: "确认新主密码",
    unsealed: "请设置主密码，否则关闭浏览器后密钥会被丢弃。",
    lost: "密钥已丢失。请设置主密码并重新添加密钥。",
    unlock_label: "主密码",
    unlock: "解锁",
    change_password: "修改主密码",
    current_password: "当前主密码",
    change: "修改主密码",
    forgot_password: "忘记主密码？",
    forgot_text: "没有主密码就无法恢复已保存的密钥。账户和历史记录会保留。",
    forgot_summary: "重置主密码",
    give_up_vault: "删除已保存的密钥并重置",
    sealed: "密钥已保存。每次启动浏览器后，需要输入一次主密码。",
    changed: "主密码已修改。",
    passwords_differ: "两次输入的主密码不一致。",
    too_short: |shortest| format!("主密码至少 {shortest} 个字符。"),
    wrong_password: "主密码错误，请重试。",
    vault_damaged: "已保存的密钥已损坏，无法打开。请重置主密码后重新添加密钥。",
    vault_unsupported: "密钥由其他版本的 Drawdown 保存。请更新 Drawdown 后再解锁。",
};
