//! OpenRouter, by either of its two kinds of key: what one key used, or what the whole account was billed.
//!
//! An ordinary key: `GET https://openrouter.ai/api/v1/key`, its own use over its life and in this UTC month. A
//! management key: `GET …/activity`, one row per day, model and provider for the last 30 completed UTC days, and
//! `?date=` for today. With either, `GET …/credits` tells what is left, where the key may: a refusal there says nothing
//! of the key, and nothing bought and nothing used is not told as a balance, because it is what strangers to the account
//! get, and because who bought nothing can run out of nothing. Amounts are JSON numbers in dollars. What was paid to
//! others through their own keys (`byok_…`) is not added: those others tell it themselves.
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
//! let Ok(Step::More(told, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!((told.len(), next.url.as_str()), (1, "https://openrouter.ai/api/v1/credits"));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{Balance, Counter, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency, Money};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Parts, Problem, Proof, Provider, Query, Request, Rows, Setup, Step,
    row_key,
};
use crate::text::Text;
use crate::time::{DAY, Day, Span, Timestamp};

/// OpenRouter by an ordinary key: what that key used.
pub const PROVIDER: Provider = Provider { card: CARD, first: |_| ask("key"), read: read_key };

/// OpenRouter by a management key: what the whole account was billed.
pub const MANAGEMENT: Provider =
    Provider { card: MANAGEMENT_CARD, first: |_| ask("activity"), read: read_activity };

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

/// How many completed days are told.
const DAYS_TOLD: u64 = 30;

fn ask(path: &str) -> Request {
    Request::get(format!("https://openrouter.ai/api/v1/{path}"), Auth::Bearer)
}

/// What was bought and used by the whole account, which not every key may see.
fn credits() -> Request {
    ask("credits").optional()
}

fn read_key(query: &Query<'_>, asked: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *asked == credits() {
        return read_credits(query, answer);
    }
    let told = answer.json(query.now, "the use of the key")?;
    let key: &Value = told.needed("data")?;
    if key.part("is_management_key")? == Some(true) {
        return Err(Problem::barred("management"));
    }
    let (total, this_month) = (key.needed("usage")?, key.part("usage_monthly")?);
    let counter = Counter { currency: Currency::USD, total, this_month };
    let apart = apart(key.part("byok_usage_monthly")?.unwrap_or_default());
    Ok(Step::More([Reading::Counter(counter)].into_iter().chain(apart).collect(), credits()))
}

fn read_activity(query: &Query<'_>, asked: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *asked == credits() {
        return read_credits(query, answer);
    }
    let today = query.now.day();
    let date = today.to_string();
    let is_of_today = asked.value("date").is_some();
    // Documented are completed days: that today may not be asked for leaves it not billed yet, and says no more.
    if is_of_today && answer.status == 400 {
        return Ok(Step::More(Vec::new(), credits()));
    }
    let page = answer.json(query.now, "the activity")?;
    let rows: &[Value] = page.needed("data")?;
    let midnight = today.span().from;
    let first = midnight.minus(DAYS_TOLD * DAY).max(query.from.span().from);
    let told = if is_of_today { today.span() } else { Span { from: first, to: midnight } };
    let rows = once(rows)?;
    let bills = bills_of(told, &rows)?.into_iter().map(Reading::Bill);
    let bills = bills.chain(apart(byok(told.overlap(today.month().span()), &rows)?)).collect();
    Ok(Step::More(bills, if is_of_today { credits() } else { ask("activity").with("date", &date) }))
}

/// What a row of the activity measures; all else in it says what it is of.
const MEASURES: [&str; 6] =
    ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens", "reasoning_tokens"];

/// Each row once, with what was used. `None` where that is not told.
fn once(told: &[Value]) -> Result<Vec<(&Value, Option<Amount>)>, Problem> {
    let mut rows = Rows::default();
    let mut once = Vec::new();
    for row in told {
        if rows.is_new(row_key(row, &MEASURES), row)? {
            once.push((row, rows.amount(row, "usage")?));
        }
    }
    rows.check_amounts("usage")?;
    Ok(once)
}

/// A bill for every day of `told`, and one for each row: what was used has rows, so a day between them without one is a
/// zero. No row at all is no bill. Rows of other days are left to the request that is for them, so that none counts
/// twice.
fn bills_of(told: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Vec<Bill>, Problem> {
    let days = told.days().take(if rows.is_empty() { 0 } else { usize::MAX });
    let mut bills: Vec<Bill> = days.map(|day| Bill::empty(Currency::USD, day)).collect();
    for (row, used) in rows {
        let (day, model) = (day_of(row)?, row.needed::<&str>("model")?);
        let name = match row.part("provider_name")?.unwrap_or_default() {
            "" => model.to_owned(),
            provider => format!("{model} ({provider})"),
        };
        // Free models, and those paid elsewhere, would be lines of nothing.
        if day.span().meets(told) && !used.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, day, &name, *used));
        }
    }
    Ok(bills)
}

/// The UTC day of a row: a date, a UTC date with a time behind a space, or a moment with its offset.
fn day_of(row: &Value) -> Result<Day, Problem> {
    let text: &str = row.needed("date")?;
    let moment = match text.split_once(' ') {
        Some((date, time)) => Timestamp::parse(&format!("{date}T{time}Z")),
        None => Timestamp::parse(text),
    };
    let day = Day::parse(text).or_else(|| moment.map(Timestamp::day));
    day.ok_or(Problem::unreadable("the date of a row"))
}

/// What the provider behind was paid with the user's own key in that time.
fn byok(span: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Amount, Problem> {
    let mut sum = Amount::ZERO;
    for (row, _) in rows {
        if day_of(row)?.span().meets(span) {
            sum = sum + row.part("byok_usage_inference")?.unwrap_or_default();
        }
    }
    Ok(sum)
}

fn apart(amount: Amount) -> Option<Reading> {
    let money = Money { amount, currency: Currency::USD };
    (!amount.is_zero()).then_some(Reading::Byok(money))
}

fn read_credits(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let told = answer.json(query.now, "the credits")?;
    let credits: &Value = told.needed("data")?;
    let (bought, used): (Amount, Amount) = (credits.needed("total_credits")?, credits.needed("total_usage")?);
    let balance = Balance { currency: Currency::USD, pools: Pools::Total(bought - used) };
    // What was used where nothing was bought is free credit, and no debt.
    let is_prepaid = !bought.is_zero();
    Ok(Step::Done(is_prepaid.then_some(Reading::Balance(balance)).into_iter().collect()))
}
