//! The phrases of an account's life.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rename: &'static str,
    pub(super) pause: &'static str,
    pub(super) resume: &'static str,
    pub(super) keep_history: &'static str,
    pub(super) erase_history: &'static str,
    pub(super) keep_figures: &'static str,
    pub(super) erase_figures: &'static str,
    pub(super) remove_account: fn(&str) -> String,
    pub(super) removed: &'static str,
    pub(super) erased: &'static str,
    pub(super) counted_twice: fn(&str) -> String,
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
    pause: "Pause",
    resume: "Resume",
    keep_history: "Remove, but keep past spend (the key is deleted)",
    erase_history: "Remove with all history (the key is deleted)",
    keep_figures: "Remove, but keep past spend",
    erase_figures: "Remove with all history",
    remove_account: |name| format!("Remove {name}"),
    erased: "Removed with all history.",
    removed: "Removed. Past spend still counts.",
    counted_twice: |other| {
        format!(
            "{other} already connects to this provider. If it's the same account, import files there and remove this one."
        )
    },
};

const CHINESE: Words = Words {
    rename: "重命名",
    pause: "暂停",
    resume: "恢复",
    keep_history: "移除账户，保留过往支出（密钥会被删除）",
    erase_history: "移除账户和全部历史（密钥会被删除）",
    keep_figures: "移除账户，保留过往支出",
    erase_figures: "移除账户和全部历史",
    remove_account: |name| format!("移除 {name}"),
    removed: "已移除。过往支出仍计入总额。",
    erased: "已移除，历史记录也已删除。",
    counted_twice: |other| {
        format!("{other} 已经连接到该服务商。如果是同一个账户，请把文件导入到那里，并移除此账户。")
    },
};
