//! The phrases of subscriptions.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    pub(super) add: &'static str,
    pub(super) change: &'static str,
    pub(super) name: &'static str,
    pub(super) price: &'static str,
    pub(super) every: &'static str,
    pub(super) monthly: &'static str,
    pub(super) yearly: &'static str,
    pub(super) day: &'static str,
    pub(super) since: &'static str,
    pub(super) until_day: &'static str,
    pub(super) each_month: fn(u32) -> String,
    pub(super) each_year: fn(&str) -> String,
    pub(super) until: fn(&str) -> String,
    pub(super) removed: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Subscriptions",
    why: "Subscriptions are added on the day they're charged.",
    add: "Add a subscription",
    change: "Edit",
    name: "Name",
    price: "Price",
    every: "Billed",
    monthly: "Monthly",
    yearly: "Yearly",
    day: "Billing day",
    since: "Start date",
    until_day: "End date (optional)",
    each_month: |day| format!("monthly on day {day}"),
    each_year: |day| format!("yearly on {day}"),
    until: |day| format!("until {day}"),
    removed: "Removed.",
};

const CHINESE: Words = Words {
    title: "订阅",
    why: "订阅费在扣款当天计入。",
    add: "添加订阅",
    change: "编辑",
    name: "名称",
    price: "价格",
    every: "扣款周期",
    monthly: "每月",
    yearly: "每年",
    day: "扣款日",
    since: "开始日期",
    until_day: "结束日期（可选）",
    each_month: |day| format!("每月 {day} 日"),
    each_year: |day| format!("每年 {day}"),
    until: |day| format!("至{day}"),
    removed: "已移除。",
};
