//! The phrases of backup and restore.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) back_up: &'static str,
    pub(super) made: &'static str,
    pub(super) unwritable: &'static str,
    pub(super) last: &'static str,
    pub(super) never: &'static str,
    pub(super) restore_title: &'static str,
    pub(super) restore_how: &'static str,
    pub(super) choose: &'static str,
    pub(super) password: &'static str,
    pub(super) password_why: &'static str,
    pub(super) restore: &'static str,
    /// The number of accounts added, the names of those combined, the number without a key, and whether the backup's password is
    /// now this browser's.
    pub(super) restored: fn(usize, &[String], usize, bool) -> String,
    pub(super) no_file: &'static str,
    pub(super) too_large: &'static str,
    pub(super) foreign: &'static str,
    pub(super) damaged: &'static str,
    pub(super) newer: &'static str,
    pub(super) wrong_password: &'static str,
    pub(super) vault_unusable: &'static str,
    pub(super) unlock_first: &'static str,
    pub(super) computers_title: &'static str,
    pub(super) computers_how: &'static str,
    pub(super) computers_total: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Backup and restore",
    what: "A backup is one file with your accounts, history and settings. Keys in it stay encrypted with your password. Everything else is readable.",
    back_up: "Download backup",
    made: "Backup downloaded. Keep it somewhere safe.",
    unwritable: "The backup couldn't be created. Reload the page and try again.",
    last: "Last backup: {}",
    never: "never",
    restore_title: "Restore a backup",
    restore_how: "Restoring adds what's missing and never counts anything twice. Your settings and password here stay. To undo it, remove the accounts it added.",
    choose: "Drop a backup here, or choose the file",
    password: "Password of the backup",
    password_why: "Its keys are encrypted again with your password here. Leave it empty to restore the accounts without keys.",
    restore: "Restore",
    restored: |added, merged, keyless, is_adopted| {
        let mut said = match added {
            0 => "Restored.".to_owned(),
            1 => "Restored. 1 account added.".to_owned(),
            added => format!("Restored. {added} accounts added."),
        };
        if !merged.is_empty() {
            said += &format!(" Combined with what was here: {}.", Language::English.list(merged));
        }
        said += match keyless {
            0 => "",
            1 => " 1 account needs its key again. Add it on the account's page.",
            _ => " Some accounts need their keys again. Add them on each account's page.",
        };
        if is_adopted {
            said += " Unlock with the password of the backup, then allow access to each provider on its account's page.";
        }
        said
    },
    no_file: "Choose a backup file.",
    too_large: "This file is too large for a backup.",
    foreign: "This isn't a Drawdown backup. Choose a file named drawdown-backup, ending in .json.",
    damaged: "This backup is damaged. Nothing was restored. Try another copy of it.",
    newer: "This backup was made by a newer version of Drawdown. Update Drawdown, then restore it.",
    wrong_password: "That's not the password of this backup. Nothing was restored. Try again, or leave it empty.",
    vault_unusable: "The keys in this backup can't be opened. Leave the password empty to restore the accounts without keys.",
    unlock_first: "Unlock Drawdown first, or leave the password empty to restore the accounts without keys.",
    computers_title: "Use a second computer",
    computers_how: "Download a backup here and restore it on the other computer. Both then refresh on their own.",
    computers_total: "Two computers don't double a total. Each reads the same balances and bills from your providers.",
};

const CHINESE: Words = Words {
    title: "备份与恢复",
    what: "备份是一个文件，包含账户、历史记录和设置。其中的密钥仍由主密码加密，其余内容可直接阅读。",
    back_up: "下载备份",
    made: "备份已下载，请妥善保存。",
    unwritable: "无法创建备份。请重新加载页面后再试。",
    last: "上次备份：{}",
    never: "从未",
    restore_title: "恢复备份",
    restore_how: "恢复只会补上缺少的内容，不会重复计算。此处的设置和主密码保持不变。如需撤销，请移除恢复时添加的账户。",
    choose: "将备份拖到此处，或选择文件",
    password: "备份的主密码",
    password_why: "备份中的密钥会改用此处的主密码加密。留空则只恢复账户，不恢复密钥。",
    restore: "恢复",
    restored: |added, merged, keyless, is_adopted| {
        let mut said = if added == 0 {
            "已恢复。".to_owned()
        } else {
            format!("已恢复，新增 {added} 个账户。")
        };
        if !merged.is_empty() {
            said += &format!("已与现有账户合并：{}。", Language::Chinese.list(merged));
        }
        if keyless > 0 {
            said += &format!("有 {keyless} 个账户需要重新添加密钥，请到账户页面添加。");
        }
        if is_adopted {
            said += "请用备份的主密码解锁，然后在各账户页面允许访问对应的服务商。";
        }
        said
    },
    no_file: "请选择备份文件。",
    too_large: "文件过大，不是有效的备份。",
    foreign: "这不是 Drawdown 的备份。请选择名称以 drawdown-backup 开头的 .json 文件。",
    damaged: "备份已损坏，没有恢复任何内容。请尝试另一份副本。",
    newer: "此备份由更新版本的 Drawdown 创建。请先更新 Drawdown 再恢复。",
    wrong_password: "备份的主密码错误，没有恢复任何内容。请重试，或留空。",
    vault_unusable: "无法打开此备份中的密钥。将主密码留空，可只恢复账户。",
    unlock_first: "请先解锁 Drawdown，或将主密码留空，只恢复账户。",
    computers_title: "在第二台电脑上使用",
    computers_how: "在这里下载备份，在另一台电脑上恢复。之后两台电脑各自刷新。",
    computers_total: "两台电脑不会让总额翻倍，因为它们从服务商读取的是相同的余额和账单。",
};
