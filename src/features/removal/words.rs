//! The phrases of restoring and erasing.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) erased_on: fn(&str) -> String,
    pub(super) restore: fn(&str) -> String,
    pub(super) restored: &'static str,
    pub(super) restored_without_key: &'static str,
    pub(super) erase_now: &'static str,
    pub(super) erase_account: fn(&str) -> String,
    pub(super) erase_account_why: &'static str,
    pub(super) erased: &'static str,
    pub(super) erase_everything: &'static str,
    pub(super) erase_everything_why: &'static str,
    pub(super) all_erased: &'static str,
    pub(super) word: &'static str,
    pub(super) type_the_word: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Recently removed",
    erased_on: |day| format!("erased for good on {day}"),
    restore: |name| format!("Restore {name}"),
    restored: "Restored with its history.",
    restored_without_key: "Restored with its history. Paste its key to keep it up to date.",
    erase_now: "Erase now",
    erase_account: |name| format!("Erase {name} for good"),
    erase_account_why: "This erases the account and its history. It can't be undone.",
    erased: "Erased for good.",
    erase_everything: "Erase everything",
    erase_everything_why: "This erases all accounts, keys, history and settings from this browser. It can't be undone. Keys stay valid at their providers until you revoke them there.",
    all_erased: "Everything is erased.",
    word: "Type “erase” to confirm",
    type_the_word: "Type the word “erase” to confirm.",
};

const CHINESE: Words = Words {
    title: "最近移除",
    erased_on: |day| format!("将于{day}彻底清除"),
    restore: |name| format!("恢复 {name}"),
    restored: "已恢复账户和历史记录。",
    restored_without_key: "已恢复账户和历史记录。请重新粘贴密钥，以便继续更新。",
    erase_now: "立即清除",
    erase_account: |name| format!("彻底清除 {name}"),
    erase_account_why: "这会清除该账户及其历史记录，无法撤销。",
    erased: "已彻底清除。",
    erase_everything: "清除全部数据",
    erase_everything_why: "这会从浏览器中清除所有账户、密钥、历史记录和设置，无法撤销。密钥在服务商处仍然有效，请到服务商处吊销。",
    all_erased: "已清除全部数据。",
    word: "输入“清除”以确认",
    type_the_word: "请输入“清除”两个字以确认。",
};
