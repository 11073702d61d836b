//! The phrases of renaming, moving, pausing, joining and removing accounts.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rename: &'static str,
    pub(super) move_up: fn(&str) -> String,
    pub(super) move_down: fn(&str) -> String,
    pub(super) moved: fn(&str, usize, usize) -> String,
    pub(super) pause: &'static str,
    pub(super) resume: &'static str,
    pub(super) keep_history: &'static str,
    pub(super) remove_history: &'static str,
    pub(super) keep_figures: &'static str,
    pub(super) remove_figures: &'static str,
    pub(super) remove_account: fn(&str) -> String,
    pub(super) removed: &'static str,
    pub(super) removed_with_history: &'static str,
    pub(super) counted_twice: fn(&str) -> String,
    pub(super) is_same: &'static str,
    pub(super) what_joining_does: fn(&str) -> String,
    pub(super) join: &'static str,
    pub(super) joined: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    rename: "Rename",
    move_up: |name| format!("Move {name} up"),
    move_down: |name| format!("Move {name} down"),
    moved: |name, place, of| format!("{name} is now {place} of {of}."),
    pause: "Pause",
    resume: "Resume",
    keep_history: "Remove, but keep past spend (the key is deleted)",
    remove_history: "Remove with its history (the key is deleted, you can restore the rest for 30 days)",
    keep_figures: "Remove, but keep past spend",
    remove_figures: "Remove with its history (you can restore it for 30 days)",
    remove_account: |name| format!("Remove {name}"),
    removed_with_history: "Removed with its history. You can restore it for 30 days.",
    removed: "Removed. Past spend still counts.",
    counted_twice: |other| {
        format!(
            "{other} already connects to this provider. If it's the same account, import files there and remove this one."
        )
    },
    is_same: "It's the same account",
    what_joining_does: |other| {
        format!(
            "Everything recorded for both is kept under {other}, and what both recorded counts once. The key of this account is deleted here. This can't be undone."
        )
    },
    join: "Join both accounts",
    joined: |name| format!("Both accounts are now one: {name}."),
};

const CHINESE: Words = Words {
    rename: "重命名",
    move_up: |name| format!("上移 {name}"),
    move_down: |name| format!("下移 {name}"),
    moved: |name, place, of| format!("{name} 现在排在第 {place} 位，共 {of} 个。"),
    pause: "暂停",
    resume: "恢复",
    keep_history: "移除账户，保留过往支出（密钥会被删除）",
    remove_history: "移除账户和历史记录（密钥会被删除，其余 30 天内可恢复）",
    keep_figures: "移除账户，保留过往支出",
    remove_figures: "移除账户和历史记录（30 天内可恢复）",
    remove_account: |name| format!("移除 {name}"),
    removed: "已移除。过往支出仍计入总额。",
    removed_with_history: "已移除账户和历史记录，30 天内可以恢复。",
    counted_twice: |other| {
        format!("{other} 已经连接到该服务商。如果是同一个账户，请把文件导入到那里，并移除此账户。")
    },
    is_same: "确实是同一个账户",
    what_joining_does: |other| {
        format!(
            "两个账户的记录都会保留在 {other} 名下，重复的部分只计一次。此账户的密钥会从这里删除。此操作无法撤销。"
        )
    },
    join: "合并两个账户",
    joined: |name| format!("两个账户已合并为 {name}。"),
};
