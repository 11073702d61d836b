//! The phrases of peak hours.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) peak_until: &'static str,
    pub(super) off_peak_until: &'static str,
    pub(super) holidays_unknown: &'static str,
    pub(super) import: &'static str,
    /// The spend in peak hours, all spend, and the share.
    pub(super) spent: fn(&str, &str, &str) -> String,
    /// The phrase before, the number of days, and the dates.
    pub(super) in_days: fn(&str, usize, &str) -> String,
    pub(super) saves: fn(&str) -> String,
    /// All spend, the number of days, and the dates.
    pub(super) no_peak: fn(&str, usize, &str) -> String,
    pub(super) unknown: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

fn days(days: usize) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

const ENGLISH: Words = Words {
    title: "Peak hours",
    peak_until: "Peak until {}",
    off_peak_until: "Off-peak until {}",
    holidays_unknown: "Chinese public holidays for that date aren't known yet. Prices are off-peak on holidays.",
    import: "Import a usage export to see what you spend in peak hours.",
    spent: |peak, all, share| format!("You spent {peak} of {all} ({share}) in peak hours"),
    in_days: |spent, count, dates| format!("{spent} ({}, {dates}).", days(count)),
    saves: |premium| format!("The same use off-peak would have cost {premium} less."),
    no_peak: |all, count, dates| {
        format!("You spent {all}, none of it in peak hours ({}, {dates}).", days(count))
    },
    unknown: |unknown| {
        format!("Another {unknown} isn't included, because its price doesn't show when it was used.")
    },
};

const CHINESE: Words = Words {
    title: "高峰时段",
    peak_until: "高峰时段，至 {}",
    off_peak_until: "非高峰时段，至 {}",
    holidays_unknown: "届时的中国法定节假日安排尚未公布。节假日全天为非高峰时段。",
    import: "导入用量导出文件，即可查看高峰时段的支出。",
    spent: |peak, all, share| format!("高峰时段支出 {peak}，占 {all} 的 {share}"),
    in_days: |spent, count, dates| format!("{spent}（{dates}，共 {count} 天）。"),
    saves: |premium| format!("同样的用量改在非高峰时段，可少花 {premium}。"),
    no_peak: |all, count, dates| format!("共支出 {all}，高峰时段没有支出（{dates}，共 {count} 天）。"),
    unknown: |unknown| format!("另有 {unknown} 无法从单价判断使用时段，未计入。"),
};
