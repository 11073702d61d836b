//! The phrases of what leaves this browser.

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
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "Data",
    leaves: "Drawdown sends requests to these hosts and nothing else, and to each no key but its own. The browser itself refuses every other host: the extension's manifest names these alone (connect-src).",
    kept: "Of each request its time, account, host, path, status and size are kept, in this browser; never a header, a body or what follows a question mark.",
    list_requests: |most| format!("List the last {most} requests"),
    no_requests: "No request was sent yet.",
    requests_listed: |count| match count {
        1 => "1 request was sent".to_owned(),
        count => format!("{count} requests were sent, the newest first"),
    },
    requests_of: "As of {}; list them again to see newer ones. A refresh that the browser cut short is not among them.",
    account: "Account",
    host: "Host",
    path: "Path",
    status: "Status",
    bytes: "Bytes",
    unreached: |unreached| match unreached {
        FetchError::Offline => "no connection",
        FetchError::TimedOut => "no answer in time",
        FetchError::TooLong => "answer too long",
        FetchError::Unsendable => "not sent: the browser refused the request",
    },
};
