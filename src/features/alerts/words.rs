//! The phrases of alerts.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) once: &'static str,
    pub(super) never: &'static str,
    pub(super) want_budget: &'static str,
    pub(super) want_keys: &'static str,
    pub(super) want_granted: &'static str,
    pub(super) want_unusual: &'static str,
    pub(super) want_rise: &'static str,
    pub(super) want_summary: &'static str,
    pub(super) want_run_out: &'static str,
    pub(super) want_low: &'static str,
    pub(super) quiet: &'static str,
    pub(super) quiet_from: &'static str,
    pub(super) quiet_to: &'static str,
    pub(super) digest: fn(usize) -> String,
    pub(super) budget: fn(&str, &str) -> String,
    pub(super) lands_above: fn(&str, &str) -> String,
    pub(super) currency_budget: fn(&str, &str, &str) -> String,
    pub(super) currency_lands_above: fn(&str, &str, &str) -> String,
    pub(super) account_budget: fn(&str, &str, &str) -> String,
    pub(super) account_lands_above: fn(&str, &str, &str) -> String,
    pub(super) key_refused: fn(&str) -> String,
    pub(super) key_expires: fn(&str, &str) -> String,
    pub(super) runs_out: fn(&str, &str) -> String,
    pub(super) next_charge: fn(&str, &str) -> String,
    pub(super) low_balance: fn(&str, &str) -> String,
    /// The account, the day, and the amount that will not be used.
    pub(super) credit_expires: fn(&str, &str, Option<&str>) -> String,
    pub(super) unusual: fn(&str, bool, &str, &str) -> String,
    pub(super) rise: fn(&str) -> String,
    pub(super) month_summary: fn(&str, &str) -> String,
    pub(super) bad_hour: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Alerts",
    once: "You get each alert once per event. Alerts from the same refresh are combined.",
    never: "Never",
    want_budget: "Budget reaches 80% or 100%, or the forecast is over budget",
    want_keys: "A key is rejected or expires within a week",
    want_granted: "Credit expires within 30 days, and again within a week",
    want_unusual: "Unusual spend in a day or an hour (your key may have leaked)",
    want_rise: "Daily spend keeps rising",
    want_summary: "Summary of last month on the 1st",
    want_run_out: "Balance runs out within (days)",
    want_low: "Balance falls below",
    quiet: "Quiet hours",
    quiet_from: "From",
    quiet_to: "To",
    digest: |count| format!("Drawdown: {count} things need your attention"),
    budget: |percent, budget| format!("You've spent {percent} of your {budget} monthly budget."),
    lands_above: |landing, budget| {
        format!("This month's forecast is {landing}, over your budget of {budget}.")
    },
    currency_budget: |code, percent, budget| {
        format!("You've spent {percent} of your {budget} monthly budget for all spend in {code}.")
    },
    currency_lands_above: |code, landing, budget| {
        format!("This month's forecast for all spend in {code} is {landing}, over your budget of {budget}.")
    },
    account_budget: |account, percent, budget| {
        format!("{account} has used {percent} of its {budget} monthly budget.")
    },
    account_lands_above: |account, landing, budget| {
        format!("This month's forecast for {account} is {landing}, over its budget of {budget}.")
    },
    key_refused: |account| format!("{account} rejected its key. Replace it to keep this account up to date."),
    key_expires: |account, day| format!("Your {account} key expires on {day}."),
    runs_out: |account, day| format!("Your {account} balance runs out around {day}."),
    next_charge: |account, day| format!("{account} charges you automatically around {day}."),
    low_balance: |account, balance| format!("{account} has {balance} left."),
    credit_expires: |account, day, unused| match unused {
        Some(unused) => {
            format!("Your {account} credit expires on {day}. About {unused} will expire unused.")
        }
        None => format!("Your {account} credit expires on {day}."),
    },
    unusual: |account, is_hour, spend, usual| {
        let (span, each) = if is_hour { ("in one hour", "an hour") } else { ("in one day", "a day") };
        format!(
            "{account} cost {spend} {span}, compared with {usual} {each} usually. If that wasn't you, your key may have leaked. Revoke it."
        )
    },
    rise: |account| {
        format!("{account}: daily spend has been at least 50% above last week for three days in a row.")
    },
    month_summary: |month, total| format!("{month} cost {total}. The statement is ready."),
    bad_hour: "Quiet hours need two different full hours, such as 22:00 and 7:00.",
};

const CHINESE: Words = Words {
    title: "提醒",
    once: "同一事件只提醒一次，同一次刷新的多条提醒会合并。",
    never: "从不",
    want_budget: "预算用到 80% 或 100%，或预测将超出预算",
    want_keys: "密钥被拒绝，或将在一周内过期",
    want_granted: "赠金或额度将在 30 天内过期（剩一周时再提醒一次）",
    want_unusual: "单日或单小时支出异常（密钥可能已泄露）",
    want_rise: "每日支出持续上升",
    want_summary: "每月 1 日发送上月小结",
    want_run_out: "余额可用天数少于（天）",
    want_low: "余额低于",
    quiet: "免打扰时间",
    quiet_from: "开始",
    quiet_to: "结束",
    digest: |count| format!("Drawdown：{count} 件事需要处理"),
    budget: |percent, budget| format!("已用 {percent} 的月预算（{budget}）。"),
    lands_above: |landing, budget| format!("本月预测 {landing}，将超出预算 {budget}。"),
    currency_budget: |code, percent, budget| format!("{code} 支出已用 {percent} 的月预算（{budget}）。"),
    currency_lands_above: |code, landing, budget| {
        format!("{code} 支出本月预测 {landing}，将超出预算 {budget}。")
    },
    account_budget: |account, percent, budget| format!("{account} 已用 {percent} 的月预算（{budget}）。"),
    account_lands_above: |account, landing, budget| {
        format!("{account} 本月预测 {landing}，将超出其预算 {budget}。")
    },
    key_refused: |account| format!("{account} 的密钥被拒绝，更换后才能继续更新。"),
    key_expires: |account, day| format!("{account} 的密钥将于{day}过期。"),
    runs_out: |account, day| format!("{account} 的余额约在{day}用完。"),
    next_charge: |account, day| format!("{account} 预计{day}自动充值。"),
    low_balance: |account, balance| format!("{account} 的余额只剩 {balance}。"),
    credit_expires: |account, day, unused| match unused {
        Some(unused) => format!("{account} 的额度将于{day}过期，预计约 {unused} 用不完。"),
        None => format!("{account} 的额度将于{day}过期。"),
    },
    unusual: |account, is_hour, spend, usual| {
        let (span, each) = if is_hour { ("一小时", "每小时") } else { ("一天", "每天") };
        format!(
            "{account} 在{span}内支出 {spend}，平时{each}约 {usual}。如果不是本人使用，密钥可能已泄露，请立即吊销。"
        )
    },
    rise: |account| format!("{account}：每日支出已连续三天比上周高出 50% 以上。"),
    month_summary: |month, total| format!("{month}共支出 {total}，月度账单已生成。"),
    bad_hour: "免打扰时间请填写两个不同的整点，例如 22:00 和 7:00。",
};
