//! StepFun: a balance and the lifetime sums of money paid in and granted, on a worldwide host and on another for mainland China.
//!
//! `GET /v1/accounts` on `api.stepfun.ai` (dollars) or `api.stepfun.com` (yuan) with an ordinary key; no field names the
//! currency, and a key of one host is refused by the other. Amounts are JSON numbers. `total_cash_balance` and
//! `total_voucher_balance` are lifetime sums, so their sum minus the balance is the lifetime spend, including expired vouchers. A
//! `postpaid` account has no such sums. A key of a Step Plan is refused like a wrong one; `GET /step_plan/v1/models` accepts it.
//! Sources: <https://platform.stepfun.com/docs/api-reference/accounts/account>, 2026-11. Fixtures from it and from other programs.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::stepfun::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"type":"prepaid","balance":150.0,"total_cash_balance":200.0,"total_voucher_balance":50.0}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings.len(), 2);
//! ```

use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// StepFun worldwide: in dollars.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |_| account("https://api.stepfun.ai"), read, others: &[] };

/// StepFun in mainland China: in yuan.
pub const MAINLAND: Provider =
    Provider { card: MAINLAND_CARD, first: |_| account(MAINLAND_ORIGIN), read, others: &[] };

const MAINLAND_ORIGIN: &str = "https://api.stepfun.com";

const CARD: Card = Card {
    id: "stepfun",
    name: "StepFun",
    kind: Kind::Models,
    origins: &["https://api.stepfun.ai"],
    key: KeyKind {
        page: "https://platform.stepfun.ai/interface-key",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "StepFun has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "阶跃星辰没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not top up or change your account.",
            zh: "他人可以花掉余额，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "Everything ever paid in and granted, minus the balance, so top-ups can't hide spend. Vouchers that expired are included. Tracking starts with the first refresh. A Step Plan isn't included.",
        zh: "累计充值和赠送减去余额，充值不会掩盖支出，含过期的代金券。从首次刷新开始，不含 Step Plan 套餐。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "StepFun accepts this key but doesn't show the balance. Check in its console whether your account is on hold.",
        zh: "阶跃星辰接受此密钥，但没有提供余额。请在控制台查看账户是否被暂停。",
    },
    known_errors: &[(
        PLAN_KEY,
        Text {
            en: "This is a Step Plan key, which has no money balance. Create an ordinary API key.",
            zh: "这是 Step Plan 套餐的密钥，没有金额余额。请创建普通 API 密钥。",
        },
    )],
    lag: Text {
        en: "StepFun doesn't say how soon usage shows in the balance.",
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
    id: "stepfun-cn",
    name: "StepFun (stepfun.com)",
    origins: &[MAINLAND_ORIGIN],
    key: KeyKind { page: "https://platform.stepfun.com/interface-key", ..CARD.key },
    ..CARD
};

/// The key belongs to a plan.
const PLAN_KEY: &str = "plan_key";

fn account(origin: &str) -> Request {
    Request::get(format!("{origin}/v1/accounts"), Auth::Bearer)
}

/// A request that only the key of a plan may make.
fn plan(origin: &str) -> Request {
    Request::get(format!("{origin}/step_plan/v1/models"), Auth::Bearer)
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == plan(request.origin()) {
        return Err(if answer.status == 200 { Problem::barred(PLAN_KEY) } else { Problem::KeyRefused });
    }
    if answer.status == 401 {
        return Ok(Step::More(Report::default(), plan(request.origin())));
    }
    let json = answer.json(query.now, "the balance")?;
    let currency = if request.origin() == MAINLAND_ORIGIN { Currency::CNY } else { Currency::USD };
    let left: Amount = json.needed("balance")?;
    let mut readings = vec![Reading::balance(currency, left)];
    if json.part("type")? == Some("prepaid") {
        let paid_in: Amount = json.needed("total_cash_balance")?;
        let total = paid_in + json.needed("total_voucher_balance")? - left;
        // Sums below the balance are not lifetime sums.
        if !total.is_negative() {
            readings.push(Reading::Counter(Counter { currency, total, this_month: None }));
        }
    }
    Ok(Step::Done(Report::of_readings(readings)))
}
