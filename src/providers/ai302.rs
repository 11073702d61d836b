//! 302.AI: the account's balance.
//!
//! `GET https://api.302.ai/dashboard/balance` with a key that has the permission to query the balance. `data.balance` is a text
//! or a number, without a currency: the service sells its points at one dollar each. A key without that permission is refused
//! like a wrong one, so the error text names both. The sister host in mainland China takes the same keys and is not used.
//! Source: <https://doc-en.302.ai/api-263735171>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::ai302::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let answer = Answer::new(200, r#"{"data":{"balance":"12.34"}}"#);
//! assert!(matches!((PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer), Ok(Step::Done(report)) if report.readings.len() == 1));
//! ```

use serde_json::Value;

use crate::books::reading::{DrawOrder, Reading};
use crate::money::Currency;
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// 302.AI.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "ai302",
    name: "302.AI",
    kind: Kind::Gateway,
    origins: &["https://api.302.ai"],
    key: KeyKind {
        page: "https://dash.302.ai/apis/list",
        prefix: "sk-",
        wrong_kinds: &[],
        least: Text {
            en: "Create a key just for Drawdown with a low spend limit, and switch on its permission to query the balance.",
            zh: "请为 Drawdown 单独创建一个额度上限很低的密钥，并开启“查询余额”权限。",
        },
        if_stolen: Text {
            en: "Someone could see your balance and spend it up to the key's limit, but not top up or change your account.",
            zh: "他人可以查看余额，并在密钥上限内消费，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "How the balance drops between refreshes, so top-ups in between can hide some spend. The answer names no currency: 302.AI sells its points at one dollar each.",
        zh: "按两次刷新之间余额的减少来统计，期间的充值可能掩盖部分支出。返回内容没有币种：302.AI 的点数按每点一美元出售。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key may not read the balance. Switch on its permission to query the balance.",
        zh: "此密钥无权读取余额。请为它开启“查询余额”权限。",
    },
    known_errors: &[(
        REFUSED,
        Text {
            en: "302.AI refused the key: it is wrong, or its permission to query the balance is off.",
            zh: "302.AI 拒绝了此密钥：密钥有误，或未开启“查询余额”权限。",
        },
    )],
    lag: Text {
        en: "302.AI doesn't say how soon usage shows.", zh: "官方没有说明用量多久显示。"
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

/// The key is wrong, or lacks a permission: the status is the same.
const REFUSED: &str = "refused";

fn first(_: &Query<'_>) -> Request {
    Request::get("https://api.302.ai/dashboard/balance".to_owned(), Auth::Bearer)
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    if answer.status == 401 {
        return Err(Problem::barred(REFUSED));
    }
    let json = answer.json(query.now, "the balance")?;
    let data: &Value = json.needed("data")?;
    let balance = Reading::balance(Currency::USD, data.needed("balance")?);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
