//! The phrases of charts.

use crate::text::Language;

/// The phrases of charts.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    pub(crate) today: &'static str,
    pub(crate) forecast: &'static str,
    pub(crate) budget: &'static str,
    pub(crate) balance: &'static str,
    pub(crate) unconfirmed: &'static str,
    pub(crate) day: &'static str,
    pub(crate) month: &'static str,
    pub(crate) spent: &'static str,
    pub(crate) total: &'static str,
    pub(crate) so_far: &'static str,
    pub(crate) top_ups: &'static str,
    pub(crate) no_data: &'static str,
    pub(crate) show_table: &'static str,
    /// The series that joins this number of accounts.
    pub(crate) other: fn(usize) -> String,
    /// A line with its amount: `Budget $250`.
    pub(crate) line: fn(&str, &str) -> String,
    /// A day or month and its amount: `Nov 12: $8.43`.
    pub(crate) dated: fn(&str, &str) -> String,
    /// The month's total up to a day, after the day's own: `$8.43 ($98.10 so far)`.
    pub(crate) with_so_far: fn(&str, &str) -> String,
    /// A forecast with its range, if it has one.
    pub(crate) expected: fn(&str, Option<&(String, String)>) -> String,
    /// A month so far and its forecast.
    pub(crate) so_far_and: fn(&str, &str) -> String,
    /// The balance at the end of a day.
    pub(crate) left: fn(&str) -> String,
    /// A list of parts after a sentence: `. Anthropic $4.10, OpenAI $2.00`.
    pub(crate) parts: fn(&[String]) -> String,
}

/// The phrases in one language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

/// English.
pub const ENGLISH: Words = Words {
    today: "Today",
    forecast: "Forecast",
    budget: "Budget",
    balance: "Balance",
    unconfirmed: "Top-up to confirm",
    day: "Day (UTC)",
    month: "Month",
    spent: "Spent",
    total: "Total",
    so_far: "So far",
    top_ups: "Top-ups",
    no_data: "no data",
    show_table: "Show as table",
    other: |accounts| format!("Other ({accounts} accounts)"),
    line: |name, amount| format!("{name} {amount}"),
    dated: |date, text| format!("{date}: {text}"),
    with_so_far: |day, month| format!("{day} ({month} so far)"),
    expected: |amount, range| match range {
        Some((low, high)) => format!("forecast {amount} ({low}–{high})"),
        None => format!("forecast {amount}"),
    },
    so_far_and: |so_far, expected| format!("{so_far} so far, {expected}"),
    left: |amount| format!("{amount} left"),
    parts: |parts| format!(". {}", parts.join(", ")),
};

/// Simplified Chinese.
pub const CHINESE: Words = Words {
    today: "今天",
    forecast: "预测",
    budget: "预算",
    balance: "余额",
    unconfirmed: "待确认的充值",
    day: "日期（UTC）",
    month: "月份",
    spent: "支出",
    total: "合计",
    so_far: "累计",
    top_ups: "充值",
    no_data: "暂无数据",
    show_table: "以表格显示",
    other: |accounts| format!("其他（{accounts} 个账户）"),
    line: |name, amount| format!("{name} {amount}"),
    dated: |date, text| format!("{date}：{text}"),
    with_so_far: |day, month| format!("{day}（累计 {month}）"),
    expected: |amount, range| match range {
        Some((low, high)) => format!("预测 {amount}（{low}–{high}）"),
        None => format!("预测 {amount}"),
    },
    so_far_and: |so_far, expected| format!("目前 {so_far}，{expected}"),
    left: |amount| format!("剩余 {amount}"),
    parts: |parts| format!("。{}", parts.join("，")),
};
