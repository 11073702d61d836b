//! The phrases of the export.

use crate::features::export::choice::Format;
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) how: &'static str,
    pub(super) sums: &'static str,
    pub(super) hidden: &'static str,
    pub(super) month: &'static str,
    pub(super) all: &'static str,
    pub(super) format: &'static str,
    pub(super) of_format: fn(Format) -> &'static str,
    pub(super) export: &'static str,
    pub(super) progress: fn(&str) -> String,
    pub(super) saved: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Export",
    how: "Save your daily spend by account and model as a file. It's made in your browser and never uploaded.",
    sums: "Each row says how certain its amount is. The rows of a month add up to its total.",
    hidden: "Amounts are hidden on pages, but the file contains them.",
    month: "Month (UTC)",
    all: "All months",
    format: "Format",
    of_format: |format| match format {
        Format::Csv => "CSV (spreadsheets)",
        Format::Json => "JSON (programs)",
        Format::Focus => "FOCUS 1.2 CSV (FinOps tools)",
    },
    export: "Export",
    progress: |month| format!("Exporting… {month} done."),
    saved: |file| format!("Saved {file} to your downloads."),
};

const CHINESE: Words = Words {
    title: "导出",
    how: "将每日花费按账户和模型保存为文件。文件在浏览器中生成，绝不上传。",
    sums: "每一行都注明金额的可靠程度。一个月的各行之和等于该月总额。",
    hidden: "页面上的金额已隐藏，但文件中会包含金额。",
    month: "月份 (UTC)",
    all: "所有月份",
    format: "格式",
    of_format: |format| match format {
        Format::Csv => "CSV（电子表格）",
        Format::Json => "JSON（程序）",
        Format::Focus => "FOCUS 1.2 CSV（FinOps 工具）",
    },
    export: "导出",
    progress: |month| format!("正在导出… {month} 已完成。"),
    saved: |file| format!("{file} 已保存到下载文件夹。"),
};
