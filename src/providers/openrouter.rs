//! OpenRouter, with either of its two kinds of key: the use of one key, or the bills of the whole account.
//!
//! An ordinary key: `GET https://openrouter.ai/api/v1/key`, its own use, in total and in this UTC month. A management key:
//! `GET …/activity`, one row per day, model and provider for the last 30 completed UTC days, and `?date=` for today. With
//! either key, `GET …/credits` has the balance if the key may read it; a refusal there does not mean that the key is bad.
//! Zero credits bought are not a balance: a key without permission gets that answer, and an account that bought nothing
//! cannot run out. Amounts are JSON numbers in dollars. Use that is paid to another provider with the user's own key
//! (`byok_…`) is not added: that provider reports it.
//! Sources: OpenRouter's OpenAPI description, 2026-08. Fixtures from it, 2026-11.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::openrouter::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"data":{"usage":60.63,"usage_monthly":1.25}}"#.to_owned();
//! let answer = Answer { status: 200, retry_after: None, body };
//! let Ok(Step::More(report, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!((report.readings.len(), next.url.as_str()), (1, "https://openrouter.ai/api/v1/credits"));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{Balance, Counter, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency, Money};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Parts, Problem, Proof, Provider, Query, Report, Request, Rows,
    Setup, Step, row_key,
};
use crate::text::Text;
use crate::time::{DAY, Day, Span, Timestamp};

/// OpenRouter with an ordinary key: the use of that key.
pub const PROVIDER: Provider = Provider { card: CARD, first: |_| get("key"), read: read_key };

/// OpenRouter with a management key: the bills of the whole account.
pub const MANAGEMENT: Provider =
    Provider { card: MANAGEMENT_CARD, first: |_| get("activity"), read: read_activity };

const CARD: Card = Card {
    id: "openrouter",
    name: "OpenRouter",
    origins: &["https://openrouter.ai"],
    key: KeyKind {
        page: "https://openrouter.ai/settings/keys",
        prefix: "sk-or-",
        least: Text {
            en: "Paste the key that your programs use: OpenRouter tells a key's use only to that key. For all keys together, connect the whole account instead, and not both.",
            zh: "请粘贴您的程序所用的密钥：OpenRouter 只向密钥本身提供它的用量。要统计所有密钥，请改为连接整个账户，不要两者都连接。",
        },
        if_stolen: Text {
            en: "Whoever has it can spend your credits, up to the key's own limit if you set one.",
            zh: "拿到它的人可以花掉您的额度；如果您为密钥设了上限，则以上限为限。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "What this key used, from the first of this UTC month on, without your other keys. What you pay to other providers through your own keys there (BYOK) is shown apart and not counted. A balance shows only where OpenRouter tells it, and is the whole account's.",
        zh: "此密钥自本 UTC 月 1 日起的用量，不含您的其他密钥。通过您自己的密钥付给其他服务商的费用（BYOK）单独显示，不计入。余额仅在 OpenRouter 提供时显示，且属于整个账户。",
    },
    covers: Text {
        en: "Spend, pace and forecast: this key. Balance, and how long it lasts: the whole account.",
        zh: "支出、速度和预测：此密钥。余额及其可用时间：整个账户。",
    },
    not_permitted: Text {
        en: "OpenRouter knows this key but does not show its use. See on its keys page whether the key is disabled or expired.",
        zh: "OpenRouter 认得此密钥，但不提供其用量。请在密钥页面查看它是否已停用或过期。",
    },
    known_errors: &[(
        "management",
        Text {
            en: "This is a management key, which uses nothing itself. Connect it as \"OpenRouter, whole account\".",
            zh: "这是管理密钥，它本身没有用量。请将它连接为“OpenRouter, whole account”。",
        },
    )],
    lag: Text {
        en: "Not documented; use shows within about a minute.",
        zh: "官方未说明；用量约在一分钟内显示。",
    },
    settles_after_hours: 0,
    shortest_minutes: 5,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    export: None,
    proof: Proof::FromDocuments,
};

const MANAGEMENT_CARD: Card = Card {
    id: "openrouter-account",
    name: "OpenRouter, whole account",
    key: KeyKind {
        page: "https://openrouter.ai/settings/management-keys",
        prefix: "sk-or-",
        least: Text {
            en: "This needs a management key; there is none that only reads. Make one for Drawdown alone. Connect the ordinary key instead if one key is all that you use.",
            zh: "需要管理密钥；没有只读的种类。请单独为 Drawdown 创建一个。如果您只用一个密钥，请改为连接那个普通密钥。",
        },
        if_stolen: Text {
            en: "Whoever has it cannot call models with it, but can make, change and delete your keys, and spend your credits with a new one.",
            zh: "拿到它的人不能直接调用模型，但可以创建、更改和删除您的密钥，并用新密钥花掉您的额度。",
        },
    },
    billing: Billing::Bills,
    counts: Text {
        en: "What the account was billed per UTC day, model and provider, all keys together, for the last 30 days. What you pay to other providers through your own keys there (BYOK) is shown apart and not counted.",
        zh: "整个账户最近 30 天按 UTC 日、模型和服务商的账单，包含所有密钥。通过您自己的密钥付给其他服务商的费用（BYOK）单独显示，不计入。",
    },
    covers: Text { en: "The whole account, all its keys.", zh: "整个账户，包含所有密钥。" },
    not_permitted: Text {
        en: "OpenRouter shows the account's use to management keys only, and this is an ordinary key. Make a management key, or connect this one as \"OpenRouter\".",
        zh: "OpenRouter 只向管理密钥提供账户用量，而这是普通密钥。请创建管理密钥，或将此密钥连接为“OpenRouter”。",
    },
    known_errors: &[],
    lag: Text {
        en: "Days count from 00:00 UTC. Completed days are told as such; today's use may be some minutes late.",
        zh: "按 UTC 零点分日。已结束的日期完整提供；当天的用量可能迟几分钟。",
    },
    settles_after_hours: 24,
    usual_minutes: 30,
    ..CARD
};

/// The completed days of one answer.
const COMPLETED_DAYS: u64 = 30;

fn get(path: &str) -> Request {
    Request::get(format!("https://openrouter.ai/api/v1/{path}"), Auth::Bearer)
}

/// What the whole account bought and used. Not every key may read it.
fn credits() -> Request {
    get("credits").optional()
}

fn read_key(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == credits() {
        return read_credits(query, answer);
    }
    let json = answer.json(query.now, "the use of the key")?;
    let key: &Value = json.needed("data")?;
    if key.part("is_management_key")? == Some(true) {
        return Err(Problem::barred("management"));
    }
    let (total, this_month) = (key.needed("usage")?, key.part("usage_monthly")?);
    let counter = Counter { currency: Currency::USD, total, this_month };
    let byok = dollars_if_any(key.part("byok_usage_monthly")?.unwrap_or_default());
    let report = Report { readings: vec![Reading::Counter(counter)], byok, ..Report::default() };
    Ok(Step::More(report, credits()))
}

fn read_activity(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == credits() {
        return read_credits(query, answer);
    }
    let today = query.now.day();
    let date = today.to_string();
    let is_of_today = request.value("date").is_some();
    // Only completed days are documented. If today is refused, it is not billed yet.
    if is_of_today && answer.status == 400 {
        return Ok(Step::More(Report::default(), credits()));
    }
    let page = answer.json(query.now, "the activity")?;
    let rows: &[Value] = page.needed("data")?;
    let midnight = today.span().from;
    let first = midnight.minus(COMPLETED_DAYS * DAY).max(query.from.span().from);
    let covered = if is_of_today { today.span() } else { Span { from: first, to: midnight } };
    let rows = distinct(rows)?;
    let byok = dollars_if_any(byok(covered.overlap(today.month().span()), &rows)?);
    let report = Report { bills: bills_of(covered, &rows)?, byok, ..Report::default() };
    Ok(Step::More(report, if is_of_today { credits() } else { get("activity").with("date", &date) }))
}

/// The measures of a row of the activity. All other values are its key.
const MEASURES: [&str; 6] =
    ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens", "reasoning_tokens"];

/// Each row once, with its amount, `None` if missing.
fn distinct(json: &[Value]) -> Result<Vec<(&Value, Option<Amount>)>, Problem> {
    let mut rows = Rows::default();
    let mut distinct = Vec::new();
    for row in json {
        if rows.is_new(row_key(row, &MEASURES), row)? {
            distinct.push((row, rows.amount(row, "usage")?));
        }
    }
    rows.check_amounts("usage")?;
    Ok(distinct)
}

/// A bill for every day of `covered`, and one for each row. A day without a row is a zero, but no row at all is no bill. Rows
/// of other days are ignored, because another request has them.
fn bills_of(covered: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Vec<Bill>, Problem> {
    let days = covered.days().take(if rows.is_empty() { 0 } else { usize::MAX });
    let mut bills: Vec<Bill> = days.map(|day| Bill::empty(Currency::USD, day)).collect();
    for (row, used) in rows {
        let (day, model) = (day_of(row)?, row.needed::<&str>("model")?);
        let name = match row.part("provider_name")?.unwrap_or_default() {
            "" => model.to_owned(),
            provider => format!("{model} ({provider})"),
        };
        // Free models, and those paid to another provider, would be lines of zero.
        if day.span().meets(covered) && !used.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, day, &name, *used));
        }
    }
    Ok(bills)
}

/// The UTC day of a row: a date, a UTC date and time with a space, or RFC 3339.
fn day_of(row: &Value) -> Result<Day, Problem> {
    let text: &str = row.needed("date")?;
    let moment = match text.split_once(' ') {
        Some((date, time)) => Timestamp::parse(&format!("{date}T{time}Z")),
        None => Timestamp::parse(text),
    };
    let day = Day::parse(text).or_else(|| moment.map(Timestamp::day));
    day.ok_or(Problem::unreadable("the date of a row"))
}

/// What other providers were paid with the user's own keys in that time.
fn byok(span: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Amount, Problem> {
    let mut sum = Amount::ZERO;
    for (row, _) in rows {
        if day_of(row)?.span().meets(span) {
            sum = sum + row.part("byok_usage_inference")?.unwrap_or_default();
        }
    }
    Ok(sum)
}

/// An amount of dollars. `None` if it is zero.
fn dollars_if_any(amount: Amount) -> Option<Money> {
    (!amount.is_zero()).then_some(Money { amount, currency: Currency::USD })
}

fn read_credits(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the credits")?;
    let credits: &Value = json.needed("data")?;
    let (bought, used): (Amount, Amount) = (credits.needed("total_credits")?, credits.needed("total_usage")?);
    let balance = Balance { currency: Currency::USD, pools: Pools::Total(bought - used) };
    // Use without a purchase is free credit and not a debt.
    let is_prepaid = !bought.is_zero();
    let readings = is_prepaid.then_some(Reading::Balance(balance)).into_iter().collect();
    Ok(Step::Done(Report { readings, ..Report::default() }))
}
