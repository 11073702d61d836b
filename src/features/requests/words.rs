//! The phrases of outgoing requests.

use crate::host::FetchError;
use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) leaves: &'static str,
    pub(super) kept: &'static str,
    pub(super) list_requests: fn(usize) -> String,
    pub(super) no_requests: &'static str,
    pub(super) requests_listed: fn(usize) -> String,
    pub(super) requests_of: &'static str,
    pub(super) account: &'static str,
    pub(super) host: &'static str,
    pub(super) path: &'static str,
    pub(super) status: &'static str,
    pub(super) bytes: &'static str,
    pub(super) unreached: fn(FetchError) -> &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Data",
    leaves: "Drawdown only connects to these sites, and each gets only its own key. Your browser blocks every other site.",
    kept: "We log the time, account, site, path, status and size of each request on this device. Never keys, content or query strings.",
    list_requests: |most| format!("Show last {most} requests"),
    no_requests: "No requests yet",
    requests_listed: |count| match count {
        1 => "1 request".to_owned(),
        count => format!("{count} requests, newest first"),
    },
    requests_of: "As of {}. Interrupted refreshes aren't listed.",
    account: "Account",
    host: "Site",
    path: "Path",
    status: "Status",
    bytes: "Bytes",
    unreached: |unreached| match unreached {
        FetchError::Offline => "no connection",
        FetchError::TimedOut => "timed out",
        FetchError::TooLong => "answer too long",
        FetchError::Unsendable => "blocked by the browser",
    },
};

const CHINESE: Words = Words {
    title: "数据",
    leaves: "Drawdown 只连接以下网站，每个网站只会收到自己的密钥。浏览器会阻止访问其他任何网站。",
    kept: "每次请求的时间、账户、网站、路径、状态和大小会记录在本设备上，绝不记录密钥、内容和查询参数。",
    list_requests: |most| format!("显示最近 {most} 次请求"),
    no_requests: "暂无请求",
    requests_listed: |count| match count {
        1 => "1 次请求".to_owned(),
        count => format!("{count} 次请求，最新的在前"),
    },
    requests_of: "截至 {}。被中断的刷新不在其中。",
    account: "账户",
    host: "网站",
    path: "路径",
    status: "状态",
    bytes: "字节",
    unreached: |unreached| match unreached {
        FetchError::Offline => "无网络连接",
        FetchError::TimedOut => "超时",
        FetchError::TooLong => "返回内容过长",
        FetchError::Unsendable => "被浏览器阻止",
    },
};
