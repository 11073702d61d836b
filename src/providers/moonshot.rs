//! Moonshot AI, the maker of Kimi: a prepaid balance, on a worldwide host and on another for mainland China.
//!
//! `GET /v1/users/me/balance` on `api.moonshot.ai` (dollars) or `api.moonshot.cn` (yuan) with an ordinary key; no field names
//! the currency, and a key of one host is refused by the other. Amounts are JSON numbers with five decimals. Cash may be
//! negative, and the available amount is then the vouchers alone, so the two pools are read instead. An answer with status 200
//! may hold an error: a `code` other than 0, with zeros that are not a balance.
//! Source: <https://platform.moonshot.ai/docs/api/balance>, 2026-11, and the fixtures with it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::moonshot::MAINLAND};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"code":0,"status":true,"data":{"available_balance":5,"voucher_balance":2,"cash_balance":3}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (MAINLAND.read)(&query, &(MAINLAND.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[0].currency().code(), "CNY");
//! ```

mod export;

use serde_json::Value;

use crate::books::reading::{Balance, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Export, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Setup, Step, Terms,
};
use crate::text::Text;

/// Moonshot AI worldwide: in dollars.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |_| balance("https://api.moonshot.ai"), read, others: &[] };

/// Moonshot AI in mainland China: in yuan.
pub const MAINLAND: Provider =
    Provider { card: MAINLAND_CARD, first: |_| balance(MAINLAND_ORIGIN), read, others: &[] };

const MAINLAND_ORIGIN: &str = "https://api.moonshot.cn";

const CARD: Card = Card {
    id: "moonshot",
    name: "Moonshot AI (Kimi)",
    kind: Kind::Models,
    origins: &["https://api.moonshot.ai"],
    key: KeyKind {
        page: "https://platform.kimi.ai/console/api-keys",
        prefix: "sk-",
        wrong_kinds: &[(
            "sk-kimi-",
            Text {
                en: "This key is for a Kimi Code plan, which has no money balance. Create a key on the API platform.",
                zh: "这是 Kimi Code 套餐的密钥，没有金额余额。请在开放平台创建 API 密钥。",
            },
        )],
        least: Text {
            en: "Moonshot has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "Moonshot 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not top up or change your account.",
            zh: "他人可以花掉余额，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "Moonshot only reports your cash and vouchers. Drawdown tracks how they drop between refreshes, so top-ups in between can hide some spend. Kimi memberships and Kimi Code plans aren't included.",
        zh: "Moonshot 只提供现金和代金券余额。Drawdown 按两次刷新之间余额的减少来统计，期间的充值可能掩盖部分支出。不含 Kimi 会员和 Kimi Code 套餐。",
    },
    covers: Text { en: "The whole organization, all keys.", zh: "整个组织，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "Moonshot accepts this key but doesn't show the balance. Check in its console whether your account is on hold.",
        zh: "Moonshot 接受此密钥，但没有提供余额。请在控制台查看账户是否被暂停。",
    },
    known_errors: &[],
    lag: Text {
        en: "Moonshot doesn't say how soon usage shows in the balance. Its own daily bill is complete at 07:00 the next day.",
        zh: "官方没有说明用量多久计入余额。控制台的日账单在次日 7 点出齐。",
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

const MAINLAND_CARD: Card = Card {
    id: "moonshot-cn",
    name: "Kimi (moonshot.cn)",
    origins: &[MAINLAND_ORIGIN],
    key: KeyKind { page: "https://platform.kimi.com/console/api-keys", ..CARD.key },
    export: Some(Export {
        read: export::read,
        page: "https://platform.kimi.com/console",
        how: Text {
            en: "Export the bill summary of a month as an Excel file. It has one total for each period.",
            zh: "在账单汇总中导出某个月的 Excel 文件，每个时间范围一行合计。",
        },
    }),
    ..CARD
};

fn balance(origin: &str) -> Request {
    Request::get(format!("{origin}/v1/users/me/balance"), Auth::Bearer)
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    match json.part::<u64>("code")? {
        Some(401) => return Err(Problem::KeyRefused),
        code if code != Some(0) || json.part("status")? != Some(true) => {
            return Err(Problem::unreadable("code"));
        }
        _ => {}
    }
    let data: &Value = json.needed("data")?;
    let (granted, topped_up): (Amount, Amount) =
        (data.needed("voucher_balance")?, data.needed("cash_balance")?);
    let available: Amount = data.needed("available_balance")?;
    // With debts, the available amount is reported in two ways; the pools are the same in both.
    let pools = match granted + topped_up == available || topped_up.is_negative() {
        true => Pools::Split { granted, topped_up },
        false => Pools::Total(available),
    };
    let currency = if request.origin() == MAINLAND_ORIGIN { Currency::CNY } else { Currency::USD };
    let readings = vec![Reading::Balance(Balance { currency, pools })];
    Ok(Step::Done(Report::of_readings(readings)))
}
