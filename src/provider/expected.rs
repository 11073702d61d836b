//! Descriptions of the content that an answer should have had: the `what` of
//! [`Problem::Unreadable`](crate::provider::Problem::Unreadable), in both languages.
//!
//! Providers name a field of their API, which is the same in every language, or they describe the content in English. The English
//! is stored and logged; this module holds the Chinese of each description. A test lists those that are missing.
//!
//! ```
//! use drawdown::provider::expected;
//! use drawdown::text::Language;
//!
//! assert_eq!(expected::in_words("the costs", Language::Chinese), "费用");
//! assert_eq!(expected::in_words("total_balance", Language::Chinese), "total_balance");
//! ```

use crate::text::{Language, Text};

/// A status without a problem of its own, followed by the status.
pub const STATUS: &str = "an answer with status";

const PHRASES: [Text; 39] = [
    Text { en: "a bucket", zh: "时间段" },
    Text { en: "a bucket for every day", zh: "每一天的时间段" },
    Text { en: "a bucket of one UTC day", zh: "按 UTC 日划分的时间段" },
    Text { en: "a cost in US cents", zh: "以美分计的费用" },
    Text { en: "a cost of one UTC day", zh: "按 UTC 日划分的费用" },
    Text { en: "a day that was requested", zh: "所请求的日期" },
    Text { en: "a month that was requested", zh: "所请求的月份" },
    Text { en: "a project", zh: "项目" },
    Text { en: "a row of seven cells", zh: "七列的数据行" },
    Text { en: "a token", zh: "访问令牌" },
    Text { en: "an account", zh: "账户" },
    Text { en: "an answer of fewer values", zh: "数据项更少的内容" },
    Text { en: "an answer of under 8 MiB", zh: "8 MB 以内的内容" },
    Text { en: "every month", zh: "每个月的数据" },
    Text { en: "every row", zh: "全部数据行" },
    Text { en: "one currency of BYOK use", zh: "自带密钥用量的单一币种" },
    Text { en: "one figure per currency", zh: "每种货币的单一数值" },
    Text { en: "rows that agree", zh: "一致的数据行" },
    Text { en: "the accounts", zh: "账户列表" },
    Text { en: "the activity", zh: "使用记录" },
    Text { en: "the amount of a cost", zh: "费用金额" },
    Text { en: "the balance", zh: "余额" },
    Text { en: "the cost report", zh: "费用报告" },
    Text { en: "the costs", zh: "费用" },
    Text { en: "the credits", zh: "额度" },
    Text { en: "the date of a row", zh: "数据行的日期" },
    Text { en: "the day of a row", zh: "数据行的日期" },
    Text { en: "the last page", zh: "最后一页" },
    Text { en: "the next page", zh: "下一页" },
    Text { en: "the projects", zh: "项目列表" },
    Text { en: "the query's answer", zh: "查询结果" },
    Text { en: "the query's job", zh: "查询任务" },
    Text { en: "the rates", zh: "汇率" },
    Text { en: "the spend limit", zh: "支出限额" },
    Text { en: "the team", zh: "团队" },
    Text { en: "the time of a cost", zh: "费用的时间" },
    Text { en: "the use of the key", zh: "密钥的用量" },
    Text { en: "the user", zh: "用户" },
    Text { en: "the workspaces", zh: "工作区" },
];
/// The text for a description that this version does not know.
const SOMETHING: &str = "部分内容";

/// Whether a description has its Chinese text: it is the name of a field, or one of the descriptions here.
pub fn is_translated(what: &str) -> bool {
    is_name(what) || phrase(what).is_some() || status(what).is_some()
}

/// The missing content, in a language.
pub fn in_words(what: &str, language: Language) -> String {
    match language {
        Language::English => what.to_owned(),
        Language::Chinese => match (phrase(what), status(what)) {
            (Some(phrase), _) => phrase.zh.to_owned(),
            (None, Some(status)) => format!("可用的状态码，实际为 {status}"),
            (None, None) if is_name(what) => what.to_owned(),
            (None, None) => SOMETHING.to_owned(),
        },
    }
}

/// The name of a field, which is written the same in every language.
fn is_name(what: &str) -> bool {
    !what.contains(' ')
}

fn phrase(what: &str) -> Option<&'static Text> {
    PHRASES.iter().find(|phrase| phrase.en == what)
}

fn status(what: &str) -> Option<&str> {
    what.strip_prefix(STATUS).map(str::trim)
}
