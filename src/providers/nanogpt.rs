//! NanoGPT: the dollars in the account's wallet.
//!
//! `POST https://nano-gpt.com/api/check-balance` without content, with the key in `x-api-key`. `usd_balance` is a text in
//! dollars; the balance in a crypto currency is separate money, and its deposit address is not read. The API's use by day covers
//! one key, while the wallet covers the whole account, so the two cannot be combined.
//! Source: <https://docs.nano-gpt.com/api-reference/endpoint/check-balance>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::nanogpt::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let answer = Answer::new(200, r#"{"usd_balance":"129.46956147"}"#);
//! assert!(matches!((PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer), Ok(Step::Done(report)) if report.readings.len() == 1));
//! ```

use crate::books::reading::{DrawOrder, Reading};
use crate::money::Currency;
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// NanoGPT.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "nanogpt",
    name: "NanoGPT",
    kind: Kind::Gateway,
    origins: &["https://nano-gpt.com"],
    key: KeyKind {
        page: "https://nano-gpt.com/api",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "NanoGPT has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "NanoGPT 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not add to it.",
            zh: "他人可以花掉余额，但不能充值。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "How the dollars in your wallet drop between refreshes, so deposits in between can hide some spend. Crypto in the wallet and a subscription aren't included.",
        zh: "按两次刷新之间钱包中美元的减少来统计，期间的充值可能掩盖部分支出。不含钱包中的加密货币和订阅。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "NanoGPT accepts this key but doesn't show the balance. Create a new key and try again.",
        zh: "NanoGPT 接受此密钥，但没有提供余额。请新建一个密钥再试。",
    },
    known_errors: &[],
    lag: Text {
        en: "NanoGPT doesn't say how soon usage shows in the balance.",
        zh: "官方没有说明用量多久计入余额。",
    },
    settles_after_hours: 0,
    shortest_minutes: 10,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

fn first(_: &Query<'_>) -> Request {
    let url = "https://nano-gpt.com/api/check-balance";
    Request { body: Some("{}".to_owned()), ..Request::get(url.to_owned(), Auth::Header("x-api-key")) }
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let balance = Reading::balance(Currency::USD, json.needed("usd_balance")?);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
