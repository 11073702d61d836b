//! Venice, with either of its two kinds of key: the dollar bills of the account, or the dollars that a key can spend.
//!
//! An Admin key: `GET https://api.venice.ai/api/v1/billing/usage-history?currency=USD` has a row for each charge, in pages; the
//! cursor is sent without other parameters. Amounts are JSON numbers in dollars, negative for a charge; a positive one is money
//! added. The dollars left are at `GET …/billing/balance`. An Inference Only key gets a 401 there, and `GET
//! …/api_keys/rate_limits` has the dollars that it can spend. DIEM and the credits of a plan are not money here. An absent dollar
//! amount is `null`, which may be a zero or a debt, so it is not a reading. `…/usage-analytics` is not read: its dollars include
//! the credits of a plan.
//! Sources: <https://docs.venice.ai/api-reference/endpoint/billing/usage-history> and its neighbours, 2026-09. Fixtures from
//! them.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Scope, Step};
//! use drawdown::{time::Timestamp, providers::venice::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let answer = |status, body: &str| Answer::new(status, body);
//! let refused = answer(401, r#"{"error":"Admin API key required"}"#);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &refused) else { panic!() };
//! let limits = answer(200, r#"{"data":{"balances":{"USD":50.23,"DIEM":100.023}}}"#);
//! assert!(matches!((PROVIDER.read)(&query, &next, &limits), Ok(Step::Done(report)) if report.scope == Some(Scope::Key)));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Scope, Setup, Step, Terms, is_cursor,
};
use crate::text::Text;
use crate::time::{Day, Span, Timestamp};

/// Venice. A key of unknown kind is tried as an Admin key.
pub const PROVIDER: Provider = Provider { card: CARD, first: history, read, others: &[ONE_KEY] };

/// Venice with an Inference Only key: the dollars that the key can spend.
pub const ONE_KEY: Provider =
    Provider { card: ONE_KEY_CARD, first: |_| get("api_keys/rate_limits"), read, others: &[] };

const CARD: Card = Card {
    id: "venice",
    name: "Venice",
    kind: Kind::Gateway,
    origins: &["https://api.venice.ai"],
    key: KeyKind {
        page: "https://venice.ai/settings/api",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "An Inference Only key shows the dollars it can spend. Only an Admin key shows the account's bills.",
            zh: "Inference Only（仅推理）密钥可查看其可用美元，只有 Admin（管理）密钥可查看账户账单。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, up to the key's limit if you set one. With an Admin key, they could also create and delete keys.",
            zh: "他人可以花掉余额，如果为密钥设了上限，则以上限为限。如果是 Admin 密钥，还可以创建和删除密钥。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "With an Admin key, each dollar charge by UTC day and item, the web app included. With an Inference Only key, how its dollars drop between refreshes, so top-ups in between can hide some spend. DIEM, earned credits and a plan's credits aren't included.",
        zh: "Admin 密钥：每笔美元扣费，按 UTC 日和项目统计，含网页应用。Inference Only 密钥：按两次刷新之间可用美元的减少来统计，期间的充值可能掩盖部分支出。不含 DIEM、赚取的额度和套餐额度。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: Some(Scope::Account),
    not_permitted: Text {
        en: "This key may not read costs. Check its limits on Venice's page of API keys.",
        zh: "此密钥无权读取费用。请在 Venice 的 API 密钥页面查看其限额。",
    },
    known_errors: &[(
        NO_DOLLARS,
        Text {
            en: "Venice shows no dollars for this key: they are used up, or it pays with DIEM or a plan's credits.",
            zh: "Venice 没有显示此密钥的美元：可能已用完，或以 DIEM 或套餐额度付费。",
        },
    )],
    lag: Text {
        en: "Venice doesn't say how soon a charge shows.", zh: "官方没有说明扣费多久显示。"
    },
    settles_after_hours: 24,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "Venice can give a key an expiry date and a limit in dollars.",
        zh: "Venice 可以为密钥设置到期日和美元限额。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const ONE_KEY_CARD: Card = Card {
    id: "venice-key",
    billing: Billing::Balances,
    covers: Text { en: "What this key can spend.", zh: "此密钥可用的金额。" },
    scope: Some(Scope::Key),
    settles_after_hours: 0,
    usual_minutes: 15,
    ..CARD
};

/// Venice reports no dollars for this key.
const NO_DOLLARS: &str = "no_dollars";
const HISTORY: &str = "billing/usage-history";

fn get(path: &str) -> Request {
    Request::get(format!("https://api.venice.ai/api/v1/{path}"), Auth::Bearer)
}

/// The charges from `query.from` to the end of today.
fn history(query: &Query<'_>) -> Request {
    let Span { from, to } = query.asked();
    let request = get(HISTORY).with("currency", "USD").with("pageSize", "1000");
    request.with("startTimestamp", &from.to_string()).with("endTimestamp", &to.to_string())
}

fn balance() -> Request {
    get("billing/balance").optional()
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == balance() {
        let json = answer.json(query.now, "the balance")?;
        let left = json.needed::<&Value>("balances")?.part("usd")?;
        return Ok(Step::Done(Report {
            readings: left.map(dollars).into_iter().collect(),
            ..Report::default()
        }));
    }
    if *request == get("api_keys/rate_limits") {
        let json = answer.json(query.now, "the balance")?;
        let balances: &Value = json.needed::<&Value>("data")?.needed("balances")?;
        let left = balances.part("USD")?.ok_or_else(|| Problem::barred(NO_DOLLARS))?;
        let scope = Some(Scope::Key);
        return Ok(Step::Done(Report { readings: vec![dollars(left)], scope, ..Report::default() }));
    }
    if [401, 403].contains(&answer.status) && *request == history(query) {
        return Ok(Step::More(Report::default(), get("api_keys/rate_limits")));
    }
    let json = answer.json(query.now, "the costs")?;
    let next = match json.get("nextCursor") {
        Some(Value::Null) => balance(),
        Some(Value::String(cursor)) if is_cursor(cursor) => get(HISTORY).with("cursor", cursor),
        _ => return Err(Problem::unreadable("the next page")),
    };
    let (bills, scope) = (bills(query, &json)?, Some(Scope::Account));
    Ok(Step::More(Report { bills, scope, ..Report::default() }, next))
}

fn dollars(left: Amount) -> Reading {
    Reading::balance(Currency::USD, left)
}

/// A bill for each requested day, and one for each item of a day.
fn bills(query: &Query<'_>, json: &Value) -> Result<Vec<Bill>, Problem> {
    let asked = query.asked();
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    // Rows are sorted by time, so the charges of one day are consecutive.
    let mut items: Vec<(Day, &str, Amount)> = Vec::new();
    for row in json.needed::<&[Value]>("data")? {
        let time: &str = row.needed("timestamp")?;
        let time = Timestamp::parse(time).ok_or_else(|| Problem::unreadable("timestamp"))?;
        if !time.day().span().meets(asked) {
            return Err(Problem::unreadable("a day that was requested"));
        }
        if row.needed::<&str>("currency")? != "USD" {
            return Err(Problem::unreadable("currency"));
        }
        let (sku, amount): (&str, Option<Amount>) = (row.needed("sku")?, row.part("amount")?);
        match amount {
            None => bills.push(Bill::item(Currency::USD, time.day(), sku, None)),
            Some(amount) if amount.is_negative() => {
                let of_day = items.iter_mut().rev().take_while(|(day, ..)| *day == time.day());
                match of_day.into_iter().find(|(_, known, _)| *known == sku) {
                    Some((.., sum)) => *sum = *sum - amount,
                    None => items.push((time.day(), sku, Amount::ZERO - amount)),
                }
            }
            Some(_) => {}
        }
    }
    bills.extend(items.into_iter().map(|(day, sku, sum)| Bill::item(Currency::USD, day, sku, Some(sum))));
    Ok(bills)
}
