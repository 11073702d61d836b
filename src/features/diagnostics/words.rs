//! The phrases of diagnostics.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) left_out: &'static str,
    pub(super) real_amounts: &'static str,
    pub(super) disguised: &'static str,
    pub(super) show: &'static str,
    pub(super) shown: &'static str,
    pub(super) file: &'static str,
    pub(super) save: &'static str,
    pub(super) nothing_to_save: &'static str,
    /// The name of the file.
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
    title: "Diagnostics",
    what: "If a figure looks wrong, attach a diagnostics file to your report. It lets others compute the same figures from the last two months.",
    left_out: "It never contains keys, account names or model names. Nothing is sent: you see the file first and decide who gets it.",
    real_amounts: "Include the real amounts",
    disguised: "Without them, every amount is multiplied by the same random number.",
    show: "Show file",
    shown: "This is the whole file. Nothing has been saved yet.",
    file: "Diagnostics file",
    save: "Save file",
    nothing_to_save: "Show the file first, then save it.",
    saved: |name| format!("Saved as {name}."),
};

const CHINESE: Words = Words {
    title: "诊断",
    what: "如果某个数字看起来不对，可在反馈时附上诊断文件。别人可以用它重新计算最近两个月的相同数字。",
    left_out: "文件不含密钥、账户名称和模型名称，也不会自动发送。你可以先查看内容，再决定发给谁。",
    real_amounts: "包含真实金额",
    disguised: "不勾选时，所有金额都会乘以同一个随机数。",
    show: "查看文件",
    shown: "以下是完整内容，尚未保存。",
    file: "诊断文件",
    save: "保存文件",
    nothing_to_save: "请先查看文件，再保存。",
    saved: |name| format!("已保存为 {name}。"),
};
