//! Cloudflare: bills of metered usage by day and service, and the prepaid credits of its AI Gateway, each with its own card.
//!
//! `GET https://api.cloudflare.com/client/v4/accounts/ID/billable-usage?from=&to=` has a row for each charge, with its period
//! and `BilledCost` (`ContractedCost` on older rows). A `Cumulated…` field holds a running total and is never added up. The
//! range must include the day on which the billing cycle begins, otherwise nothing is returned, so it begins 31 days early. A row
//! may cover the whole cycle so far; then its money is divided evenly over that time.
//! `GET …/accounts/ID/ai-gateway/billing/credit-balance` has the credits in cents; the unit is known from clients that compared a
//! payment with it. Both have an envelope with a `success` that may be false in an HTTP 200.
//! Source: <https://developers.cloudflare.com/api/resources/billing/> and …/ai_gateway/subresources/billing/, 2026-11. Fixtures from
//! them and from the tests of other clients.
//!
//! ```
//! use drawdown::provider::Query;
//! use drawdown::{time::Timestamp, providers::cloudflare::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let settings = [("account".to_owned(), "023e105f4ecef8ad9ca31a8372d0c353".to_owned())];
//! let request = (PROVIDER.first)(&Query { settings: &settings, from: now.month().day(1), now });
//! assert!(request.url.ends_with("/023e105f4ecef8ad9ca31a8372d0c353/billable-usage?from=2026-10-01&to=2026-11-22"));
//! ```

use serde_json::Value;

use crate::books::bill::{Bill, Line, Row, by_day};
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Field, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Rows, Setup, Step, Terms, row_key, setting,
};
use crate::text::Text;
use crate::time::{DAY, Span, Timestamp};

/// Cloudflare's metered usage.
pub const PROVIDER: Provider = Provider { card: CARD, first: usage, read: read_usage, others: &[] };

/// The credits of Cloudflare's AI Gateway.
pub const AI_GATEWAY: Provider =
    Provider { card: AI_GATEWAY_CARD, first: credits, read: read_credits, others: &[] };

const CARD: Card = Card {
    id: "cloudflare",
    name: "Cloudflare",
    kind: Kind::Compute,
    origins: &["https://api.cloudflare.com"],
    key: KeyKind {
        page: "https://dash.cloudflare.com/profile/api-tokens",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Create a custom token with only the permission Account, Billing, Read, for this account.",
            zh: "请创建自定义令牌，只授予此账户的 Account · Billing · Read 权限。",
        },
        if_stolen: Text {
            en: "With Billing Read only, someone could see your bills, but not change or use anything.",
            zh: "如果只有 Billing Read 权限，他人可以查看账单，但不能更改或使用任何服务。",
        },
    },
    setup: Setup {
        fields: &[Field {
            name: ACCOUNT,
            label: Text { en: "Account ID", zh: "账户 ID" },
            example: "023e105f4ecef8ad9ca31a8372d0c353",
            choices: &[],
            accepts: is_id,
        }],
        ..Setup::KEY_ONLY
    },
    billing: Billing::Bills,
    counts: Text {
        en: "Metered usage per UTC day and service, such as Workers AI and R2. Fixed plan fees aren't included. Enter those as subscriptions.",
        zh: "按 UTC 日和服务的计量费用，如 Workers AI 和 R2。不含固定套餐费，请将其添加为订阅。",
    },
    covers: Text { en: "The whole account.", zh: "整个账户。" },
    scope: None,
    not_permitted: Text {
        en: "This token can't read the account's bills. It needs the permission Account, Billing, Read for this account.",
        zh: "此令牌无权读取该账户的账单，需要此账户的 Account · Billing · Read 权限。",
    },
    known_errors: &[
        BAD_ID,
        (
            NO_USAGE,
            Text {
                en: "Cloudflare shows no usage-based charges for this account. Check the account ID, or add the account by hand.",
                zh: "Cloudflare 没有显示此账户的用量费用。请检查账户 ID，或手动添加账户。",
            },
        ),
    ],
    lag: Text {
        en: "Cloudflare doesn't say how soon usage shows. The last days can still change.",
        zh: "官方没有说明用量多久显示，最近几天仍可能变化。",
    },
    settles_after_hours: 72,
    shortest_minutes: 30,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "The account ID is on the account's home page in the dashboard. Cloudflare still tests this API, so it can change. If it only reports a total of the billing cycle, that total is spread evenly over its days.",
        zh: "账户 ID 在控制台的账户主页。此接口仍在测试，可能变化。如果只提供计费周期的总额，则按天均分。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const AI_GATEWAY_CARD: Card = Card {
    id: "cloudflare-gateway",
    name: "Cloudflare AI Gateway",
    kind: Kind::Gateway,
    key: KeyKind {
        least: Text {
            en: "Create a custom token with only the permission Account, AI Gateway, Read, for this account.",
            zh: "请创建自定义令牌，只授予此账户的 Account · AI Gateway · Read 权限。",
        },
        if_stolen: Text {
            en: "With AI Gateway Read only, someone could see your gateways, their logs and your credits, but not spend them.",
            zh: "如果只有 AI Gateway Read 权限，他人可以查看网关、日志和余额，但不能使用。",
        },
        ..CARD.key
    },
    billing: Billing::Balances,
    counts: Text {
        en: "Cloudflare only reports the credits that are left. Drawdown tracks how they drop between refreshes, so top-ups in between can hide some spend.",
        zh: "Cloudflare 只提供剩余额度。Drawdown 根据两次刷新之间的减少计算支出，其间的充值可能掩盖部分支出。",
    },
    not_permitted: Text {
        en: "This token can't read the credits. It needs the permission Account, AI Gateway, Read for this account.",
        zh: "此令牌无权读取额度，需要此账户的 Account · AI Gateway · Read 权限。",
    },
    known_errors: &[
        BAD_ID,
        (
            NOT_LOADED,
            Text {
                en: "This account never loaded AI Gateway credits, so there is nothing to track yet.",
                zh: "此账户从未充值 AI Gateway 额度，暂无可记录的内容。",
            },
        ),
    ],
    lag: Text {
        en: "Cloudflare doesn't say how soon usage shows.", zh: "官方没有说明用量多久显示。"
    },
    settles_after_hours: 0,
    more: Some(Text {
        en: "The account ID is on the account's home page in the dashboard.",
        zh: "账户 ID 在控制台的账户主页。",
    }),
    ..CARD
};

/// The name of the setting, and of the error about it.
const ACCOUNT: &str = "account";
/// No bills for this account.
const NO_USAGE: &str = "no_usage";
/// No credits were ever loaded.
const NOT_LOADED: &str = "not_loaded";
const BAD_ID: (&str, Text) = (
    ACCOUNT,
    Text {
        en: "That isn't an account ID. It has 32 letters and digits. Copy it from the account's home page.",
        zh: "这不是账户 ID。账户 ID 由 32 位字母和数字组成，请从账户主页复制。",
    },
);
/// The longest billing cycle.
const CYCLE: u64 = 31 * DAY;
/// Cloudflare's code for a token without a permission, and for a header that is not a token.
const NOT_ALLOWED: u64 = 10_000;
const NO_TOKEN: u64 = 6_003;

fn is_id(text: &str) -> bool {
    let text = text.trim();
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn get(query: &Query<'_>, path: &str) -> Request {
    let account = setting(query.settings, ACCOUNT);
    Request::get(format!("https://api.cloudflare.com/client/v4/accounts/{account}/{path}"), Auth::Bearer)
}

fn usage(query: &Query<'_>) -> Request {
    let from = query.from.span().from.minus(CYCLE).day();
    let request = get(query, "billable-usage");
    request.with("from", &from.to_string()).with("to", &query.now.day().to_string())
}

fn credits(query: &Query<'_>) -> Request {
    get(query, "ai-gateway/billing/credit-balance")
}

/// The result in the envelope of an answer.
fn result(query: &Query<'_>, answer: &Answer, what: &str) -> Result<Value, Problem> {
    let json = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    let errors = json.get("errors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let has = |code: u64| errors.iter().any(|error| error.get("code").and_then(Value::as_u64) == Some(code));
    if answer.status == 400 && has(NO_TOKEN) {
        return Err(Problem::KeyRefused);
    }
    answer.json(query.now, what)?;
    match json.needed::<bool>("success")? {
        true => Ok(json.needed::<&Value>("result")?.clone()),
        false if has(NOT_ALLOWED) => Err(Problem::NotPermitted),
        false => Err(Problem::unreadable("success")),
    }
}

fn read_credits(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let result = result(query, answer, "the credits")?;
    let cents: Amount = result.needed("balance")?;
    if cents.is_zero() && result.part("first_topup_success")? == Some(false) {
        return Err(Problem::barred(NOT_LOADED));
    }
    let left = cents.times(1, 100).ok_or_else(|| Problem::unreadable("balance"))?;
    let balance = Reading::balance(Currency::USD, left);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}

/// The measures of a row. All other values are its key.
const MEASURES: [&str; 8] = [
    "BilledCost",
    "ContractedCost",
    "EffectiveCost",
    "ListCost",
    "CumulatedContractedCost",
    "CumulatedPricingQuantity",
    "ConsumedQuantity",
    "PricingQuantity",
];

fn read_usage(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    // A 400 may refuse the length of a long time: then a shorter time is requested.
    let is_short = query.from >= query.now.month().previous().day(1);
    let is_refused = answer.status == 400 && is_short && !answer.body.contains(&NO_TOKEN.to_string());
    if is_refused || matches!(answer.status, 404 | 405) {
        return Err(Problem::barred(NO_USAGE));
    }
    let result = result(query, answer, "the costs")?;
    let listed = result.as_array().ok_or_else(|| Problem::unreadable("result"))?;
    // Services without use have rows of zero, so an empty list carries no information.
    if listed.is_empty() {
        return Err(Problem::barred(NO_USAGE));
    }
    let asked = query.asked();
    let nothing = |currency| {
        let line = Line { name: String::new(), wallet: None, amount: Amount::ZERO };
        Row { currency, span: asked, line }
    };
    let (mut priced, mut unpriced) = (vec![nothing(Currency::USD)], Vec::new());
    let mut rows = Rows::default();
    for row in listed {
        if !rows.is_new(row_key(row, &MEASURES), row)? {
            continue;
        }
        let span = span_of(row)?;
        // The future is not billed yet.
        let span = Span { from: span.from, to: span.to.min(asked.to) };
        let field = if row.part::<&Value>("BilledCost")?.is_some() { "BilledCost" } else { "ContractedCost" };
        let (name, amount) = (name_of(row)?, rows.amount(row, field)?);
        let currency = row.part("BillingCurrency")?.unwrap_or(Currency::USD);
        if !span.meets(asked) {
            continue;
        }
        if !priced.iter().any(|known: &Row| known.currency == currency) {
            priced.push(nothing(currency));
        }
        match amount {
            Some(amount) if amount.is_zero() => {}
            Some(amount) => priced.push(Row { currency, span, line: Line { name, wallet: None, amount } }),
            None => unpriced.push(Bill::item(currency, span.from.day().max(query.from), &name, None)),
        }
    }
    rows.check_amounts("BilledCost")?;
    let mut bills = by_day(vec![priced]);
    bills.retain(|bill| bill.day >= query.from);
    bills.extend(unpriced);
    Ok(Step::Done(Report { bills, ..Report::default() }))
}

/// The days of a charge. The end may be the next midnight or the second before it.
fn span_of(row: &Value) -> Result<Span, Problem> {
    let time = |name: &str| Timestamp::parse(row.needed(name)?).ok_or_else(|| Problem::unreadable(name));
    let (from, to) = (time("ChargePeriodStart")?, time("ChargePeriodEnd")?);
    if from >= to {
        return Err(Problem::unreadable("ChargePeriodEnd"));
    }
    Ok(Span { from: from.day().span().from, to: to.minus(1).day().span().to })
}

/// The name of a charge: the service, with its family if the service does not include it.
fn name_of(row: &Value) -> Result<String, Problem> {
    let service = row.part::<&str>("ServiceName")?.or(row.part("x_BillableMetricId")?);
    let family = row.part::<&str>("ServiceFamilyName")?.or(row.part("x_ProductFamilyName")?);
    let service = service.or(family).ok_or_else(|| Problem::unreadable("ServiceName"))?;
    Ok(match family.filter(|family| !service.to_ascii_lowercase().contains(&family.to_ascii_lowercase())) {
        Some(family) => format!("{family}: {service}"),
        None => service.to_owned(),
    })
}
