//! The phrases of prepaid credit that expires.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) granted_expires: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) granted_hint: &'static str,
    pub(super) add: &'static str,
    pub(super) bought_on: &'static str,
    pub(super) purchase_hint: &'static str,
    /// The hint if the terms give a number of months.
    pub(super) usual_end: fn(u32) -> String,
    pub(super) end_hint: &'static str,
    pub(super) purchases: &'static str,
    pub(super) bought: fn(&str) -> String,
    pub(super) expires_day: fn(&str) -> String,
    pub(super) expired_on: fn(&str) -> String,
    pub(super) no_end: &'static str,
    pub(super) left: fn(&str) -> String,
    pub(super) change: &'static str,
    pub(super) add_end: &'static str,
    /// The part of the balance that is not from purchases.
    pub(super) rest: fn(&str) -> String,
    /// Whether it was bought, the amount left, and the day.
    pub(super) credit_expires_on: fn(bool, &str, &str) -> String,
    pub(super) unused: fn(&str) -> String,
    /// The sentence before, and the amount that will not be used.
    pub(super) with_unused: fn(&str, &str) -> String,
    pub(super) removed: &'static str,
    pub(super) bought_in_future: &'static str,
    pub(super) ends_before: &'static str,
    pub(super) too_many: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    granted_expires: "Credit expiry",
    expires_on: "Expiry date",
    granted_hint: "Find it on the provider's billing page. We'll remind you a week before. Leave blank to remove it.",
    add: "Add a credit purchase",
    bought_on: "Purchase date",
    purchase_hint: "Find it on the provider's billing page. Leave blank if it doesn't expire.",
    usual_end: |months| match months {
        12 => "Leave blank for one year after the purchase.".to_owned(),
        _ => format!("Leave blank for {months} months after the purchase."),
    },
    end_hint: "We'll remind you a week before, and 30 days before if some of it may expire unused. Leave blank if it doesn't expire.",
    purchases: "Credit purchases",
    bought: |day| format!("bought {day}"),
    expires_day: |day| format!("expires {day}"),
    expired_on: |day| format!("expired {day}"),
    no_end: "no expiry date",
    left: |left| format!("about {left} left"),
    change: "Change expiry date",
    add_end: "Add expiry date",
    rest: |rest| format!("{rest} of your balance isn't from these purchases. We assume it's used last."),
    credit_expires_on: |_, left, day| format!("{left} credit expires {day}"),
    unused: |unused| format!("about {unused} will expire unused"),
    with_unused: |expires, unused| format!("{expires}, {unused}"),
    removed: "Removed.",
    bought_in_future: "Enter today or an earlier date.",
    ends_before: "Enter an expiry date on or after the purchase date.",
    too_many: "You can keep up to 100 purchases. Remove one that has expired first.",
};

const CHINESE: Words = Words {
    granted_expires: "赠金有效期",
    expires_on: "过期日期",
    granted_hint: "可在服务商的账单页面查到。过期前一周会提醒。留空可清除。",
    add: "添加购买的额度",
    bought_on: "购买日期",
    purchase_hint: "可在服务商的账单页面查到。如果不会过期，请留空。",
    usual_end: |months| match months {
        12 => "留空则为购买后一年。".to_owned(),
        _ => format!("留空则为购买后 {months} 个月。"),
    },
    end_hint: "过期前一周会提醒。如果可能用不完，过期前 30 天也会提醒。如果不会过期，请留空。",
    purchases: "购买的额度",
    bought: |day| format!("{day}购买"),
    expires_day: |day| format!("{day}过期"),
    expired_on: |day| format!("已于{day}过期"),
    no_end: "无过期日期",
    left: |left| format!("约剩 {left}"),
    change: "修改过期日期",
    add_end: "添加过期日期",
    rest: |rest| format!("余额中有 {rest} 不属于以上购买，默认最后使用。"),
    credit_expires_on: |is_bought, left, day| {
        let name = if is_bought { "额度" } else { "赠金" };
        format!("{name} {left} 将于{day}过期")
    },
    unused: |unused| format!("预计约 {unused} 用不完"),
    with_unused: |expires, unused| format!("{expires}，{unused}"),
    removed: "已移除。",
    bought_in_future: "请输入今天或更早的日期。",
    ends_before: "过期日期不能早于购买日期。",
    too_many: "最多保存 100 笔购买。请先移除已过期的。",
};
