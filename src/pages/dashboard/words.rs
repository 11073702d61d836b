//! The phrases of the dashboard's frame and of its overview.

use crate::app::Tab;
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) navigation: &'static str,
    pub(super) skip: &'static str,
    pub(super) tab: fn(Tab) -> &'static str,
    pub(super) connected: fn(usize) -> String,
    pub(super) need_attention: fn(usize) -> String,
    pub(super) to_look_at: &'static str,
    pub(super) add_account: &'static str,
    pub(super) month_before: &'static str,
    pub(super) month_after: &'static str,
    pub(super) utc_month: &'static str,
    pub(super) days_left: fn(u32) -> String,
    pub(super) monthly_budget: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    navigation: "Views",
    skip: "Skip to content",
    tab: |tab| match tab {
        Tab::Overview => "Overview",
        Tab::Accounts => "Accounts",
        Tab::Budget => "Budget",
        Tab::Data => "Import and export",
        Tab::Settings => "Settings",
    },
    connected: |count| format!("{count} connected"),
    need_attention: |count| match count {
        1 => "1 needs attention".to_owned(),
        count => format!("{count} need attention"),
    },
    to_look_at: "need attention",
    add_account: "Add account",
    month_before: "Previous month",
    month_after: "Next month",
    utc_month: "UTC month",
    days_left: |days| match days {
        0 => "last day".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    },
    monthly_budget: "Monthly budget",
};

const CHINESE: Words = Words {
    navigation: "页面",
    skip: "跳到正文",
    tab: |tab| match tab {
        Tab::Overview => "概览",
        Tab::Accounts => "账户",
        Tab::Budget => "预算",
        Tab::Data => "导入与导出",
        Tab::Settings => "设置",
    },
    connected: |count| format!("已连接 {count} 个"),
    need_attention: |count| format!("{count} 个需要处理"),
    to_look_at: "个需要处理",
    add_account: "添加账户",
    month_before: "上个月",
    month_after: "下个月",
    utc_month: "按 UTC 月份",
    days_left: |days| match days {
        0 => "最后一天".to_owned(),
        days => format!("还剩 {days} 天"),
    },
    monthly_budget: "每月预算",
};
