//! The phrases of syncing.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) how: &'static str,
    pub(super) who_sees: &'static str,
    pub(super) turn_on: &'static str,
    pub(super) turned_on: &'static str,
    pub(super) is_on: &'static str,
    pub(super) written: &'static str,
    /// Kilobytes in use, and how many there are.
    pub(super) used: fn(&str, &str) -> String,
    pub(super) full: &'static str,
    pub(super) refused: &'static str,
    pub(super) was_reset: &'static str,
    pub(super) turn_off: &'static str,
    pub(super) turned_off: &'static str,
    pub(super) stays: &'static str,
    pub(super) clear: &'static str,
    pub(super) clear_none: &'static str,
    pub(super) clear_own: &'static str,
    pub(super) clear_all: &'static str,
    pub(super) not_cleared: &'static str,
    pub(super) found: &'static str,
    pub(super) found_here: &'static str,
    pub(super) found_other: &'static str,
    pub(super) password: &'static str,
    pub(super) join: &'static str,
    pub(super) join_brings: &'static str,
    pub(super) join_seals: &'static str,
    /// How many accounts there are now, and the names of those that were on both computers.
    pub(super) joined: fn(usize, &[String]) -> String,
    pub(super) wrong_password: &'static str,
    pub(super) unusable: &'static str,
    pub(super) nobody: &'static str,
    pub(super) others_sync: &'static str,
    pub(super) no_area: &'static str,
    pub(super) no_vault: &'static str,
    pub(super) unlock_first: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Sync between your computers",
    what: "See the same accounts, spend and settings on each of your computers. What one computer read while another was off counts on both, and nothing counts twice.",
    how: "Your browser's own sync carries it. Sign in to Chrome or Firefox on each computer. In Firefox, also select Add-ons among the things to sync.",
    who_sees: "Everything is encrypted with your password before it leaves this computer. The maker of your browser sees only how much is synced, and when.",
    turn_on: "Turn on sync",
    turned_on: "Sync is on. Install Drawdown on your other computer and enter this password there.",
    is_on: "Sync is on. Changes reach your other computers when your browser syncs, usually within minutes.",
    written: "Last sent: {}",
    used: |used, all| format!("{used} of {all} KB of your browser's sync space is in use."),
    full: "The space is nearly full, so older readings are left out. Months on your other computers may show \"at least\".",
    refused: "Your browser refused to sync the last change. We'll try again at the next refresh.",
    was_reset: "On {}, another computer gave up its keys because its password was forgotten. Nothing changes here.",
    turn_off: "Turn off sync",
    turned_off: "Sync is off. Everything on this computer stays.",
    stays: "Your accounts, history and settings on this computer stay.",
    clear: "What your browser has synced",
    clear_none: "Keep it",
    clear_own: "Remove what this computer sent",
    clear_all: "Remove what all computers sent",
    not_cleared: "Sync is off, but your browser couldn't remove what it has synced. Turn sync on and off again to retry.",
    found: "Drawdown is set up on another computer",
    found_here: "Drawdown is set up on another computer.",
    found_other: "Another computer syncs with a different password. Enter its password to share one.",
    password: "Password of the other computer",
    join: "Connect",
    join_brings: "Your accounts, this month's history and your settings come here. Then allow access to each provider once.",
    join_seals: "Both computers use that password from then on. Your keys here are encrypted again, and settings of the other computer win where they differ.",
    joined: |accounts, same| {
        let mut said = match accounts {
            1 => "Connected. 1 account is here now.".to_owned(),
            accounts => format!("Connected. {accounts} accounts are here now."),
        };
        if !same.is_empty() {
            said += &format!(" On both computers before, now one: {}.", Language::English.list(same));
        }
        said
    },
    wrong_password: "That's not the password of the other computer. Try again.",
    unusable: "The other computer's password can't be checked. Update Drawdown on both computers, then try again.",
    nobody: "No other computer is syncing now. Turn on sync there first.",
    others_sync: "Another computer is syncing already. Enter its password instead.",
    no_area: "Your browser has no sync storage. Use a backup to move to another computer.",
    no_vault: "Choose a password first. Sync encrypts everything with it.",
    unlock_first: "Unlock Drawdown to turn on sync.",
};

const CHINESE: Words = Words {
    title: "在多台电脑间同步",
    what: "在每台电脑上看到相同的账户、支出和设置。一台电脑关机时，其他电脑读取的数据同样计入，且不会重复计算。",
    how: "数据由浏览器自带的同步功能传送。请在每台电脑上登录 Chrome 或 Firefox；使用 Firefox 时还需勾选同步“扩展”。",
    who_sees: "所有内容在离开本机之前都会用主密码加密。浏览器厂商只能看到数据的大小和时间。",
    turn_on: "开启同步",
    turned_on: "同步已开启。请在另一台电脑上安装 Drawdown，并输入此主密码。",
    is_on: "同步已开启。浏览器同步后，更改会出现在其他电脑上，通常只需几分钟。",
    written: "上次发送：{}",
    used: |used, all| format!("浏览器同步空间已用 {used} KB，共 {all} KB。"),
    full: "同步空间即将用满，较早的读数已省略。其他电脑上的月份可能显示“至少”。",
    refused: "浏览器拒绝同步上次更改，下次刷新时会重试。",
    was_reset: "另一台电脑于 {} 因忘记主密码而放弃了密钥。本机不受影响。",
    turn_off: "关闭同步",
    turned_off: "同步已关闭。本机的内容全部保留。",
    stays: "本机的账户、历史记录和设置都会保留。",
    clear: "浏览器中已同步的内容",
    clear_none: "保留",
    clear_own: "删除本机发送的内容",
    clear_all: "删除所有电脑发送的内容",
    not_cleared: "同步已关闭，但浏览器未能删除已同步的内容。请重新开启再关闭同步，以再次尝试。",
    found: "Drawdown 已在另一台电脑上设置",
    found_here: "Drawdown 已在另一台电脑上设置。",
    found_other: "另一台电脑使用不同的主密码同步。输入其主密码即可共用。",
    password: "另一台电脑的主密码",
    join: "连接",
    join_brings: "账户、本月历史记录和设置会同步到这里。之后请逐一允许访问各提供商。",
    join_seals: "此后两台电脑共用该主密码。本机密钥会重新加密；设置不一致时，以另一台电脑为准。",
    joined: |accounts, same| {
        let mut said = format!("已连接。现在共有 {accounts} 个账户。");
        if !same.is_empty() {
            said += &format!("以下账户原先在两台电脑上都有，现已合并：{}。", Language::Chinese.list(same));
        }
        said
    },
    wrong_password: "这不是另一台电脑的主密码，请重试。",
    unusable: "无法验证另一台电脑的主密码。请在两台电脑上更新 Drawdown 后重试。",
    nobody: "目前没有其他电脑在同步。请先在那台电脑上开启同步。",
    others_sync: "另一台电脑已在同步，请改为输入其主密码。",
    no_area: "此浏览器没有同步存储。请使用备份转移到另一台电脑。",
    no_vault: "请先设置主密码，同步内容将用它加密。",
    unlock_first: "解锁 Drawdown 后即可开启同步。",
};
