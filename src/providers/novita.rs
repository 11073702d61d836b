//! Novita AI, and PPIO, its sister service in mainland China: a prepaid balance with a credit line.
//!
//! `GET /openapi/v1/billing/balance/detail` on `api.novita.ai` (dollars) or `api.ppio.com` (yuan) with an ordinary key. Amounts
//! are texts of whole numbers in ten-thousandths. The available amount includes the credit line, which is not the user's money. A
//! wrong key is refused with status 403 and a reason. Bills by day exist, but the unit of their amounts is not documented, so
//! spend comes from the falls of the balance.
//! Sources: <https://novita.ai/docs/api-reference/basic-get-user-balance> and its page of error codes, 2026-08. Fixtures from them.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::novita::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"availableBalance":"1000000","creditLimit":"200000"}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[0].left().unwrap().amount.to_string(), "80");
//! ```

use serde_json::Value;

use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// Novita AI: in dollars.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |_| balance("https://api.novita.ai"), read, others: &[] };

/// PPIO: in yuan.
pub const PPIO: Provider = Provider { card: PPIO_CARD, first: |_| balance(PPIO_ORIGIN), read, others: &[] };

const PPIO_ORIGIN: &str = "https://api.ppio.com";

const CARD: Card = Card {
    id: "novita",
    name: "Novita AI",
    kind: Kind::Hosting,
    origins: &["https://api.novita.ai"],
    key: KeyKind {
        page: "https://novita.ai/settings/key-management",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "There are no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance and your credit line, but not top up or change your account.",
            zh: "他人可以花掉余额和信用额度，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "How your own money drops between refreshes, without the credit line. Top-ups in between can hide some spend. Daily bills exist, but their unit isn't documented, so they aren't used.",
        zh: "按两次刷新之间自有余额的减少来统计，不含信用额度。期间的充值可能掩盖部分支出。官方虽有日账单，但未说明金额单位，因此没有采用。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key is accepted but may not read the balance. Create a new key and try again.",
        zh: "密钥有效，但无权读取余额。请新建一个密钥再试。",
    },
    known_errors: &[],
    lag: Text {
        en: "It isn't documented how soon usage shows in the balance.",
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

const PPIO_CARD: Card = Card {
    id: "ppio",
    name: "PPIO",
    origins: &[PPIO_ORIGIN],
    key: KeyKind { page: "https://ppio.com/settings/key-management", ..CARD.key },
    ..CARD
};

fn balance(origin: &str) -> Request {
    Request::get(format!("{origin}/openapi/v1/billing/balance/detail"), Auth::Bearer)
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if [400, 403].contains(&answer.status) && is_about_the_key(&answer.body) {
        return Err(Problem::KeyRefused);
    }
    let json = answer.json(query.now, "the balance")?;
    let amount = |name| -> Result<Amount, Problem> {
        let ten_thousandths: Amount = json.needed(name)?;
        ten_thousandths.times(1, 10_000).ok_or_else(|| Problem::unreadable(name))
    };
    let own = amount("availableBalance")? - amount("creditLimit")?;
    let currency = if request.origin() == PPIO_ORIGIN { Currency::CNY } else { Currency::USD };
    let readings = vec![Reading::balance(currency, own)];
    Ok(Step::Done(Report::of_readings(readings)))
}

/// Whether an error means that the key is wrong or missing.
fn is_about_the_key(body: &str) -> bool {
    let error: Value = serde_json::from_str(body).unwrap_or_default();
    matches!(error.part("reason"), Ok(Some("INVALID_API_KEY" | "MISSING_API_KEY")))
}
