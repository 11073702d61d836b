//! The phrases of the sample data.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) show: &'static str,
    pub(super) is_sample: &'static str,
    pub(super) goes: &'static str,
    pub(super) connect: &'static str,
    pub(super) hide: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    show: "Show sample data",
    is_sample: "This is sample data.",
    goes: "It goes away when you add your first account.",
    connect: "Add your first account",
    hide: "Hide sample data",
};

const CHINESE: Words = Words {
    show: "查看示例数据",
    is_sample: "这是示例数据。",
    goes: "添加第一个账户后会自动消失。",
    connect: "添加第一个账户",
    hide: "隐藏示例数据",
};
