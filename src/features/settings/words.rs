//! The phrases of the settings.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) period: &'static str,
    pub(super) period_usual: &'static str,
    pub(super) currency: &'static str,
    pub(super) currency_usual: &'static str,
    pub(super) language: &'static str,
    pub(super) language_automatic: &'static str,
    pub(super) lock_after: &'static str,
    pub(super) lock_with_computer: &'static str,
    pub(super) bad_period: &'static str,
    pub(super) bad_lock_after: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "General",
    period: "Refresh every (minutes)",
    period_usual: "Default",
    currency: "Currency",
    currency_usual: "Automatic",
    language: "Language",
    language_automatic: "Automatic (browser language)",
    lock_after: "Lock after inactivity (minutes)",
    lock_with_computer: "Lock when your computer locks",
    bad_period: "Refresh every 5 to 1440 minutes, as a whole number.",
    bad_lock_after: "Lock after 1 to 1440 minutes, as a whole number.",
};

const CHINESE: Words = Words {
    title: "通用",
    period: "刷新间隔（分钟）",
    period_usual: "默认",
    currency: "货币",
    currency_usual: "自动",
    language: "语言",
    language_automatic: "自动（跟随浏览器）",
    lock_after: "闲置多久后锁定（分钟）",
    lock_with_computer: "随电脑锁屏一起锁定",
    bad_period: "刷新间隔请输入 5 到 1440 之间的整数分钟。",
    bad_lock_after: "锁定时间请输入 1 到 1440 之间的整数分钟。",
};
