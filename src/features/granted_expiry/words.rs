//! The phrases of granted credit that expires.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) granted_expires: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) expires_hint: &'static str,
    pub(super) granted_expires_on: fn(&str, &str) -> String,
    pub(super) noted: &'static str,
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
    expires_hint: "Find it on the provider's billing page. We'll remind you a week before. Leave blank to remove it.",
    granted_expires_on: |granted, day| format!("{granted} credit expires {day}"),
    noted: "Saved.",
};

const CHINESE: Words = Words {
    granted_expires: "赠金有效期",
    expires_on: "过期日期",
    expires_hint: "可在服务商的账单页面查到。过期前一周会提醒。留空可清除。",
    granted_expires_on: |granted, day| format!("赠金 {granted} 将于{day}过期"),
    noted: "已保存。",
};
