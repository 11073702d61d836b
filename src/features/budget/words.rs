//! The phrases of the budget.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) budget: fn(&str) -> String,
    pub(super) budget_of: fn(&str) -> String,
    pub(super) add_budget: &'static str,
    pub(super) budget_for: &'static str,
    pub(super) amount_a_month: &'static str,
    pub(super) all_in: fn(&str) -> String,
    pub(super) account_in: fn(&str, &str) -> String,
    pub(super) no_budget: &'static str,
    pub(super) of_budget: fn(&str, &str) -> String,
    pub(super) on_track: &'static str,
    pub(super) may_go_over: fn(Option<&str>) -> String,
    pub(super) likely_over: fn(Option<&str>, Option<&str>) -> String,
    pub(super) other_currency: fn(&str) -> String,
    pub(super) limit: fn(&str, &str) -> String,
    pub(super) take_limit: &'static str,
    pub(super) of_budget_so_far: fn(&str, &str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    budget: |currency| format!("Monthly budget ({currency})"),
    budget_of: |name| format!("Monthly budget: {name}"),
    add_budget: "Add a budget for an account or currency",
    budget_for: "Budget for",
    amount_a_month: "Amount a month",
    all_in: |currency| format!("All spend in {currency}"),
    account_in: |account, currency| format!("{account} ({currency})"),
    no_budget: "None",
    of_budget: |percent, budget| format!("{percent} of your {budget} budget"),
    on_track: "on track",
    may_go_over: |soonest| {
        soonest.map_or("may go over".to_owned(), |day| format!("may go over, {day} at the earliest"))
    },
    likely_over: |day, range| match (day, range) {
        (Some(day), Some(range)) => format!("likely over around {day} ({range})"),
        (Some(day), None) => format!("likely over around {day}"),
        (None, _) => "likely over".to_owned(),
    },
    other_currency: |currency| format!("Your budget is in {currency}, but the total isn't. Set it again."),
    limit: |account, limit| format!("{account} has a spending limit of {limit} a month."),
    take_limit: "Use as budget",
    of_budget_so_far: |percent, budget| format!("Budget: {percent} of {budget}"),
};

const CHINESE: Words = Words {
    budget: |currency| format!("每月预算（{currency}）"),
    budget_of: |name| format!("每月预算：{name}"),
    add_budget: "为账户或货币添加预算",
    budget_for: "预算对象",
    amount_a_month: "每月金额",
    all_in: |currency| format!("所有 {currency} 支出"),
    account_in: |account, currency| format!("{account}（{currency}）"),
    no_budget: "无",
    of_budget: |percent, budget| format!("已用预算 {budget} 的 {percent}"),
    on_track: "预计不超支",
    may_go_over: |soonest| soonest.map_or("可能超支".to_owned(), |day| format!("可能超支，最早 {day}")),
    likely_over: |day, range| match (day, range) {
        (Some(day), Some(range)) => format!("很可能在{day}前后超支（{range}）"),
        (Some(day), None) => format!("很可能在{day}前后超支"),
        (None, _) => "很可能超支".to_owned(),
    },
    other_currency: |currency| format!("预算以 {currency} 计，与总额货币不同，请重新设置。"),
    limit: |account, limit| format!("{account} 设有每月 {limit} 的支出上限。"),
    take_limit: "设为预算",
    of_budget_so_far: |percent, budget| format!("预算：已用 {budget} 的 {percent}"),
};
