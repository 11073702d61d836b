//! The phrases of the notice about lost or damaged values.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) damaged: fn(&str, bool) -> String,
    pub(super) noted: &'static str,
    pub(super) save: &'static str,
    pub(super) save_why: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    damaged: |key, is_recovered| {
        let left = if is_recovered {
            "We restored it from a backup copy. Check that nothing is missing."
        } else {
            "We use what could still be read and defaults for the rest. The damaged data is kept."
        };
        format!("Your browser lost or damaged the stored \"{key}\". {left}")
    },
    noted: "Got it",
    save: "Save stored data",
    save_why: "You can save everything that's still stored to a file. Keys in it stay encrypted with your password.",
};

const CHINESE: Words = Words {
    damaged: |key, is_recovered| {
        let left = if is_recovered {
            "已从备份副本恢复，请检查是否完整。"
        } else {
            "能读取的部分继续使用，其余恢复为默认值。损坏的数据会保留。"
        };
        format!("浏览器丢失或损坏了已保存的“{key}”。{left}")
    },
    noted: "知道了",
    save: "导出已保存的数据",
    save_why: "可将仍保存着的全部数据导出为文件，其中的密钥仍由主密码加密。",
};
