//! The phrases of clients.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) client: &'static str,
    pub(super) how: &'static str,
    pub(super) name: &'static str,
    pub(super) example: &'static str,
    pub(super) applies_to: &'static str,
    pub(super) whole_account: &'static str,
    pub(super) clients: fn(&str) -> String,
    pub(super) of_line: fn(&str, &str) -> String,
    pub(super) too_long: &'static str,
    pub(super) no_line: fn(&str) -> String,
    pub(super) filter: &'static str,
    pub(super) by_client: &'static str,
    pub(super) none: &'static str,
    pub(super) share: &'static str,
    pub(super) subscriptions: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    client: "Client",
    how: "Name the client or project that pays for this account. It applies to all months. Leave blank to remove it.",
    name: "Client or project",
    example: "Acme",
    applies_to: "Model or project (optional)",
    whole_account: "Whole account",
    clients: |clients| format!("Client: {clients}"),
    of_line: |line, client| format!("{client} ({line})"),
    too_long: "A client name can have up to 40 characters.",
    no_line: |line| format!("This account has no model or project called {line}. Choose one from the list."),
    filter: "Filter by name or client",
    by_client: "By client",
    none: "No client",
    share: "Share",
    subscriptions: "Subscriptions",
};

const CHINESE: Words = Words {
    client: "客户",
    how: "填写承担此账户费用的客户或项目，对所有月份生效。留空即可删除。",
    name: "客户或项目",
    example: "示例公司",
    applies_to: "模型或项目（可选）",
    whole_account: "整个账户",
    clients: |clients| format!("客户：{clients}"),
    of_line: |line, client| format!("{client}（{line}）"),
    too_long: "客户名称最多 40 个字符。",
    no_line: |line| format!("此账户没有名为“{line}”的模型或项目，请从列表中选择。"),
    filter: "按名称或客户筛选",
    by_client: "按客户",
    none: "未指定客户",
    share: "占比",
    subscriptions: "订阅",
};
