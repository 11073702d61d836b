//! The phrases of untracked services.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    pub(super) add: &'static str,
    pub(super) change: &'static str,
    pub(super) name: &'static str,
    pub(super) amount: &'static str,
    pub(super) note: &'static str,
    pub(super) expected: fn(&str) -> String,
    pub(super) share: fn(u64) -> String,
    pub(super) share_at_most: fn(u64) -> String,
    pub(super) share_at_least: fn(u64) -> String,
    pub(super) share_unknown: &'static str,
    pub(super) no_forecast: &'static str,
    /// The tracked part, and the rest.
    pub(super) made_of: fn(&str, &str) -> String,
    pub(super) without_rate: fn(&str) -> String,
    pub(super) tracked_now: fn(&str) -> String,
    pub(super) subscribed: fn(&str) -> String,
    pub(super) listed_too: fn(&str) -> String,
    pub(super) remove_entry: &'static str,
    pub(super) removed: &'static str,
    pub(super) listed_already: &'static str,
    pub(super) live: &'static str,
    pub(super) imported: &'static str,
    pub(super) entered: &'static str,
    pub(super) live_why: &'static str,
    pub(super) imported_why: &'static str,
    pub(super) entered_why: &'static str,
    pub(super) untracked_why: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Not tracked",
    why: "List services you pay for that Drawdown doesn't track. They're never added to your spend.",
    add: "Add a service",
    change: "Edit",
    name: "Name, such as Midjourney",
    amount: "Expected cost per month",
    note: "Note (optional)",
    expected: |amount| format!("{amount} a month expected"),
    share: |percent| format!("About {percent}% of the expected bill has a source"),
    share_at_most: |percent| format!("At most {percent}% of the expected bill has a source"),
    share_at_least: |percent| format!("At least {percent}% of the expected bill has a source"),
    share_unknown: "Some services aren't tracked. Set a rate to see their share",
    no_forecast: "We'll show how much of your bill has a source once there's a forecast.",
    made_of: |tracked, untracked| {
        format!(
            "This month's forecast for everything tracked is {tracked}. You expect {untracked} for services that aren't."
        )
    },
    without_rate: |amounts| format!("Doesn't include {amounts}: there's no exchange rate."),
    tracked_now: |account| format!("You track {account} now."),
    subscribed: |plan| format!("{plan} is one of your subscriptions."),
    listed_too: |name| format!("You still list {name} as not tracked. Remove it from that list?"),
    remove_entry: "Remove from list",
    removed: "Removed.",
    listed_already: "This name is already on the list. Edit that entry.",
    live: "Live",
    imported: "Imported",
    entered: "Entered",
    live_why: "Read from the provider with your key",
    imported_why: "From the files you import",
    entered_why: "From the amounts you enter",
    untracked_why: "Not included in your spend",
};

const CHINESE: Words = Words {
    title: "未统计",
    why: "列出 Drawdown 没有统计的付费服务。它们不会计入支出。",
    add: "添加服务",
    change: "编辑",
    name: "名称，例如 Midjourney",
    amount: "预计每月费用",
    note: "备注（可选）",
    expected: |amount| format!("预计每月 {amount}"),
    share: |percent| format!("预计账单中约 {percent}% 有数据来源"),
    share_at_most: |percent| format!("预计账单中最多 {percent}% 有数据来源"),
    share_at_least: |percent| format!("预计账单中至少 {percent}% 有数据来源"),
    share_unknown: "有服务未统计，设置汇率后可查看占比",
    no_forecast: "有了预测之后，会显示账单中有数据来源的占比。",
    made_of: |tracked, untracked| {
        format!("已统计部分的本月预测为 {tracked}，未统计的服务预计为 {untracked}。")
    },
    without_rate: |amounts| format!("不含 {amounts}，因为没有汇率。"),
    tracked_now: |account| format!("已在统计 {account}。"),
    subscribed: |plan| format!("{plan} 已在订阅中。"),
    listed_too: |name| format!("{name} 还在“未统计”列表中，要移除吗？"),
    remove_entry: "从列表移除",
    removed: "已移除。",
    listed_already: "列表中已有这个名称，请编辑那一项。",
    live: "实时",
    imported: "导入",
    entered: "手动",
    live_why: "用密钥从服务商读取",
    imported_why: "来自导入的文件",
    entered_why: "来自手动填写的金额",
    untracked_why: "不计入支出",
};
