//! MiniMax, pay as you go: a prepaid balance, on a worldwide host and on another for mainland China.
//!
//! `GET /account/query_balance` on `api.minimax.io` (dollars) or `api.minimaxi.com` (yuan) with a key that starts with `sk-api-`;
//! no field names the currency, and a key of one host is refused by the other. Amounts are texts with two decimals. The available
//! amount is cash, vouchers and a credit line; the amount owed is separate. An error has status 200 and a number in
//! `base_resp.status_code`.
//! Source: the API description in MiniMax's command line tool, 2026-11, and the fixtures with it. The mainland host may move to
//! `api.minimax.cn`; nothing confirms yet that it answers there.
//!
//! ```
//! use drawdown::provider::{Answer, Problem, Query};
//! use drawdown::{time::Timestamp, providers::minimax::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"base_resp":{"status_code":1004,"status_msg":"not authorized"}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! assert_eq!((PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer), Err(Problem::KeyRefused));
//! ```

use serde_json::Value;

use crate::books::reading::{Balance, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// MiniMax worldwide: in dollars.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |_| balance("https://api.minimax.io"), read, others: &[] };

/// MiniMax in mainland China: in yuan.
pub const MAINLAND: Provider =
    Provider { card: MAINLAND_CARD, first: |_| balance(MAINLAND_ORIGIN), read, others: &[] };

const MAINLAND_ORIGIN: &str = "https://api.minimaxi.com";

const CARD: Card = Card {
    id: "minimax",
    name: "MiniMax",
    kind: Kind::Models,
    origins: &["https://api.minimax.io"],
    key: KeyKind {
        page: "https://platform.minimax.io/user-center/basic-information/interface-key",
        prefix: "sk-api-",
        wrong_kinds: &[(
            "sk-cp-",
            Text {
                en: "This is a Token Plan key, which has no money balance. Create a pay-as-you-go key.",
                zh: "这是 Token Plan 套餐的密钥，没有金额余额。请创建按量付费的密钥。",
            },
        )],
        least: Text {
            en: "MiniMax has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "MiniMax 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not top up or change your account.",
            zh: "他人可以花掉余额，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "MiniMax only reports your pay-as-you-go balance. Drawdown tracks how it drops between refreshes, so top-ups in between can hide some spend. A Token Plan isn't included: the balance may be zero while the plan has quota left.",
        zh: "MiniMax 只提供按量付费的余额。Drawdown 按两次刷新之间余额的减少来统计，期间的充值可能掩盖部分支出。不含 Token Plan：套餐还有额度时，余额也可能为零。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "MiniMax accepts this key but doesn't show the balance. Check in its console whether your account is on hold.",
        zh: "MiniMax 接受此密钥，但没有提供余额。请在控制台查看账户是否被暂停。",
    },
    known_errors: &[],
    lag: Text {
        en: "MiniMax doesn't say how soon usage shows in the balance.",
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

const MAINLAND_CARD: Card = Card {
    id: "minimax-cn",
    name: "MiniMax (minimaxi.com)",
    origins: &[MAINLAND_ORIGIN],
    key: KeyKind {
        page: "https://platform.minimaxi.com/user-center/basic-information/interface-key",
        ..CARD.key
    },
    more: Some(Text {
        en: "MiniMax is moving its mainland services to minimax.cn. If this host stops answering, add the account by hand.",
        zh: "MiniMax 正在将国内服务迁移到 minimax.cn。如果此网址停用，请手动添加账户。",
    }),
    ..CARD
};

fn balance(origin: &str) -> Request {
    Request::get(format!("{origin}/account/query_balance"), Auth::Bearer)
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let result: &Value = json.needed("base_resp")?;
    match result.needed("status_code")? {
        0_u64 => {}
        1004 | 2049 => return Err(Problem::KeyRefused),
        1002 => return Err(Problem::RateLimited { after: None }),
        1000 | 1001 | 1013 => return Err(Problem::ProviderDown),
        _ => return Err(Problem::unreadable("status_code")),
    }
    let amount = |name| json.needed::<Amount>(name);
    let (cash, granted, credit) =
        (amount("cash_balance")?, amount("voucher_balance")?, amount("credit_balance")?);
    let (available, owed) = (amount("available_amount")?, amount("owed_amount")?);
    let pools = match cash + granted + credit == available {
        true => Pools::Split { granted, topped_up: cash + credit - owed },
        false => Pools::Total(available - owed),
    };
    let currency = if request.origin() == MAINLAND_ORIGIN { Currency::CNY } else { Currency::USD };
    let readings = vec![Reading::Balance(Balance { currency, pools })];
    Ok(Step::Done(Report::of_readings(readings)))
}
