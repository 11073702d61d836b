//! The phrases of the appearance.

use crate::features::appearance::setting::{BadgeFigure, Theme};
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) theme: &'static str,
    pub(super) theme_name: fn(Theme) -> &'static str,
    pub(super) badge: &'static str,
    pub(super) badge_name: fn(BadgeFigure) -> &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Appearance",
    theme: "Theme",
    theme_name: |theme| match theme {
        Theme::System => "Same as system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    },
    badge: "Toolbar badge shows",
    badge_name: |figure| match figure {
        BadgeFigure::Month => "Spent this month",
        BadgeFigure::Today => "Spent today",
        BadgeFigure::LowestBalance => "Balance that runs out first",
        BadgeFigure::BudgetShare => "Share of budget spent",
        BadgeFigure::Nothing => "Nothing",
    },
};

const CHINESE: Words = Words {
    title: "外观",
    theme: "主题",
    theme_name: |theme| match theme {
        Theme::System => "跟随系统",
        Theme::Light => "浅色",
        Theme::Dark => "深色",
    },
    badge: "工具栏角标显示",
    badge_name: |figure| match figure {
        BadgeFigure::Month => "本月支出",
        BadgeFigure::Today => "今日支出",
        BadgeFigure::LowestBalance => "最先用完的余额",
        BadgeFigure::BudgetShare => "预算使用比例",
        BadgeFigure::Nothing => "不显示",
    },
};
