//! The phrases of exchange rates.

use crate::books::rates::RateSource;
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) why_rates: fn(&str) -> String,
    pub(super) one_is_worth: fn(&str, &str) -> String,
    pub(super) rate_of: fn(RateSource, &str) -> String,
    pub(super) rate_saved: fn(&str, &str, &str) -> String,
    pub(super) ecb_offer: &'static str,
    pub(super) ecb_take: &'static str,
    pub(super) ecb_on: &'static str,
    pub(super) bad_rate: &'static str,
    pub(super) withheld: &'static str,
    pub(super) not_fetched: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    why_rates: |main| format!("Totals are in {main}. Amounts without a rate are shown separately."),
    one_is_worth: |other, main| format!("1 {other} in {main}"),
    rate_of: |source, day| match source {
        RateSource::Hand => format!("Entered {day}."),
        RateSource::Ecb => format!("European Central Bank, {day}."),
    },
    rate_saved: |from, rate, to| format!("Saved: 1 {from} = {rate} {to}."),
    ecb_offer: "Get reference rates of the European Central Bank once a day from {}. No key needed. The site only learns which currencies you use.",
    ecb_take: "Daily ECB rates",
    ecb_on: "Rates update once a day from the European Central Bank. If that fails, we keep the last ones.",
    bad_rate: "Enter a rate above 0, such as 0.14.",
    withheld: "Your browser blocked access to the rates. Allow it and try again.",
    not_fetched: "Couldn't get today's rates. We keep the last ones and try again tomorrow.",
};

const CHINESE: Words = Words {
    why_rates: |main| format!("总额以 {main} 计。没有汇率的金额会单独列出。"),
    one_is_worth: |other, main| format!("1 {other} 兑 {main}"),
    rate_of: |source, day| match source {
        RateSource::Hand => format!("{day}填写。"),
        RateSource::Ecb => format!("欧洲央行，{day}。"),
    },
    rate_saved: |from, rate, to| format!("已保存：1 {from} = {rate} {to}。"),
    ecb_offer: "每天从 {} 获取一次欧洲央行的参考汇率，不需要密钥。该网站只会知道使用了哪些货币。",
    ecb_take: "欧洲央行每日汇率",
    ecb_on: "汇率每天从欧洲央行更新一次。如果获取失败，会沿用上次的汇率。",
    bad_rate: "请输入大于 0 的汇率，例如 0.14。",
    withheld: "浏览器阻止了获取汇率。请允许后重试。",
    not_fetched: "未能获取今天的汇率，先沿用上次的汇率，明天再试。",
};
