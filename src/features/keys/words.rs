//! The phrases of keys.

use crate::money::Money;
use crate::provider::service_account::KeyFileError;
use crate::provider::{Card, WrongKey};
use crate::text::Language;
use crate::ui::format;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) paste_key: fn(&str) -> String,
    pub(super) paste_file: &'static str,
    pub(super) choose_file: &'static str,
    pub(super) browser_asks: fn(&str) -> String,
    pub(super) connect: &'static str,
    pub(super) make_key: &'static str,
    pub(super) learn_more: &'static str,
    pub(super) if_stolen: &'static str,
    pub(super) what_counts: &'static str,
    pub(super) how_late: &'static str,
    pub(super) proof: &'static str,
    pub(super) seen_live: fn(&str) -> String,
    pub(super) from_documents: &'static str,
    pub(super) add_key: &'static str,
    pub(super) replace_key: &'static str,
    pub(super) new_key: &'static str,
    pub(super) try_key: &'static str,
    pub(super) replacement_works: fn(&str) -> String,
    pub(super) same_account: &'static str,
    pub(super) other_account: &'static str,
    pub(super) other_scope: &'static str,
    pub(super) take_key: &'static str,
    pub(super) drop_key: &'static str,
    pub(super) make_expire: &'static str,
    pub(super) key_expires: &'static str,
    pub(super) key_expires_title: &'static str,
    pub(super) key_expires_on: fn(&str) -> String,
    pub(super) key_expired_on: fn(&str) -> String,
    pub(super) connected: fn(&[Money], &[Money]) -> String,
    pub(super) connected_already: fn(&str) -> String,
    pub(super) wrong_key: fn(&WrongKey, &Card) -> String,
    pub(super) replaced: &'static str,
    pub(super) not_taken: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    paste_key: |name| format!("{name} key"),
    paste_file: "paste the whole file",
    choose_file: "Or choose the file",
    browser_asks: |hosts| {
        format!("Your browser will ask for access to {hosts}. Choose Allow, and we'll test the key.")
    },
    connect: "Connect",
    make_key: "Create a key at {}.",
    learn_more: "Learn more",
    if_stolen: "If this key leaks",
    what_counts: "What's included",
    how_late: "Data delay",
    proof: "Tested",
    seen_live: |day| format!("Confirmed with a live account on {day}."),
    from_documents: "Built from the provider's docs. Not confirmed with a live account yet.",
    add_key: "Add a key",
    replace_key: "Replace key",
    new_key: "New key",
    try_key: "Test key",
    replacement_works: |balance| match balance {
        "" => "New key works.".to_owned(),
        balance => format!("New key works. Balance: {balance}."),
    },
    same_account: "Same account: count spend since the last refresh",
    other_account: "Different account: start fresh",
    other_scope: "This key covers more than this account's key did, or less. Connect it as an account of its own.",
    take_key: "Use new key",
    drop_key: "Keep old key",
    make_expire: "How to create a key that expires",
    key_expires: "Key expiry date (optional)",
    key_expires_title: "Key expiry",
    key_expires_on: |day| format!("key expires {day}"),
    key_expired_on: |day| format!("key expired {day}"),
    connected,
    connected_already: |name| format!("This key is already connected as {name}."),
    wrong_key,
    replaced: "New key saved.",
    not_taken: "This key was dropped or replaced on another page.",
};

fn connected(left: &[Money], spent: &[Money]) -> String {
    match (left, spent) {
        ([], []) => "Connected. Spend appears as the provider reports it.".to_owned(),
        (left, []) => format!("Connected. Balance: {}. Tracking starts now.", sums(left, " and ")),
        ([], spent) => format!("Connected. {} so far this month.", sums(spent, " and ")),
        (left, spent) => format!(
            "Connected. {} so far this month. Balance: {}.",
            sums(spent, " and "),
            sums(left, " and ")
        ),
    }
}

fn sums(sums: &[Money], between: &str) -> String {
    let sums: Vec<_> = sums.iter().map(|money| format::money(money.amount, money.currency)).collect();
    sums.join(between)
}

fn wrong_key(wrong: &WrongKey, card: &Card) -> String {
    let Card { name, key, .. } = card;
    match wrong {
        WrongKey::Empty => format!("Paste your {name} key."),
        WrongKey::Garbled => "That doesn't look like a key. Check for spaces.".to_owned(),
        WrongKey::Kind(instead) => instead.en.to_owned(),
        WrongKey::Of(other) => format!("This is a key from {other}, not from {name}."),
        WrongKey::OtherPrefix => {
            format!("A {name} key for this starts with {}. Create one at {}.", key.prefix, key.page)
        }
        WrongKey::NotServiceAccount(what) => {
            let what = match what {
                KeyFileError::ApiKey => "This is a Gemini API key, which can't read costs.",
                KeyFileError::NoJson => "This isn't a complete JSON file.",
                KeyFileError::OAuthClient => "This file belongs to an OAuth client or a login.",
                KeyFileError::OtherJson => "This JSON file has no service account key.",
            };
            format!("{what} Use the key file of a service account.")
        }
    }
}

const CHINESE: Words = Words {
    paste_key: |name| format!("{name} 密钥"),
    paste_file: "粘贴整个文件内容",
    choose_file: "或选择文件",
    browser_asks: |hosts| format!("浏览器会请求访问 {hosts}。请选择“允许”，随后会测试密钥。"),
    connect: "连接",
    make_key: "在 {} 创建密钥。",
    learn_more: "了解更多",
    if_stolen: "如果密钥泄露",
    what_counts: "统计内容",
    how_late: "数据延迟",
    proof: "验证情况",
    seen_live: |day| format!("已于 {day} 用真实账户验证。"),
    from_documents: "依据服务商文档实现，尚未用真实账户验证。",
    add_key: "添加密钥",
    replace_key: "更换密钥",
    new_key: "新密钥",
    try_key: "测试密钥",
    replacement_works: |balance| match balance {
        "" => "新密钥可用。".to_owned(),
        balance => format!("新密钥可用。余额：{balance}。"),
    },
    same_account: "同一账户：计入上次刷新以来的支出",
    other_account: "不同账户：重新开始统计",
    other_scope: "此密钥的范围与本账户原密钥不同，请将它另外连接为一个账户。",
    take_key: "使用新密钥",
    drop_key: "保留旧密钥",
    make_expire: "如何创建会过期的密钥",
    key_expires: "密钥过期日期（可选）",
    key_expires_title: "密钥有效期",
    key_expires_on: |day| format!("密钥将于{day}过期"),
    key_expired_on: |day| format!("密钥已于{day}过期"),
    connected: chinese_connected,
    connected_already: |name| format!("此密钥已连接，账户为 {name}。"),
    wrong_key: chinese_wrong_key,
    replaced: "新密钥已保存。",
    not_taken: "此密钥已在其他页面被放弃或更换。",
};

fn chinese_connected(left: &[Money], spent: &[Money]) -> String {
    match (left, spent) {
        ([], []) => "已连接。服务商提供数据后会显示支出。".to_owned(),
        (left, []) => format!("已连接。余额：{}。现在开始统计。", sums(left, "、")),
        ([], spent) => format!("已连接。本月已支出 {}。", sums(spent, "、")),
        (left, spent) => {
            format!("已连接。本月已支出 {}。余额：{}。", sums(spent, "、"), sums(left, "、"))
        }
    }
}

fn chinese_wrong_key(wrong: &WrongKey, card: &Card) -> String {
    let Card { name, key, .. } = card;
    match wrong {
        WrongKey::Empty => format!("请粘贴 {name} 密钥。"),
        WrongKey::Garbled => "这不像是密钥，请检查是否有空格。".to_owned(),
        WrongKey::Kind(instead) => instead.zh.to_owned(),
        WrongKey::Of(other) => format!("这是 {other} 的密钥，不是 {name} 的。"),
        WrongKey::OtherPrefix => {
            format!("这里需要以 {} 开头的 {name} 密钥。请在 {} 创建。", key.prefix, key.page)
        }
        WrongKey::NotServiceAccount(what) => {
            let what = match what {
                KeyFileError::ApiKey => "这是 Gemini API 密钥，无法读取费用。",
                KeyFileError::NoJson => "这不是完整的 JSON 文件。",
                KeyFileError::OAuthClient => "这是 OAuth 客户端或登录用的文件。",
                KeyFileError::OtherJson => "此 JSON 文件中没有服务账号的密钥。",
            };
            format!("{what}请使用服务账号的密钥文件。")
        }
    }
}
