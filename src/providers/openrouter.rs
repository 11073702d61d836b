//! OpenRouter, with either of its two kinds of key: the use of one key, or the bills of the whole account.
//!
//! The answer shows the kind of key: `GET https://openrouter.ai/api/v1/key` has `is_management_key`, formerly
//! `is_provisioning_key`. An ordinary key: that answer also has the key's own use, in total and in this UTC month. A management
//! key: `GET …/activity`, one row per day, model and provider for the last 30 completed UTC days, and `?date=` for today. With
//! either key, `GET …/credits` has the balance if the key has permission; a refusal there does not mean that the key is bad. Zero
//! credits bought are not a balance: a key without permission gets that answer, and an account that bought nothing cannot run
//! out. Amounts are JSON numbers in dollars. Use that is paid to another provider with the user's own key (`byok_…`) is not
//! added: that provider reports it.
//! Sources: OpenRouter's OpenAPI description, 2026-08. Fixtures from it, 2026-11.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Scope, Step};
//! use drawdown::{time::Timestamp, providers::openrouter::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let read = |body: &str| {
//!     let answer = Answer::new(200, body);
//!     let Ok(Step::More(report, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//!     (report.scope, next.url.rsplit('/').next().map(str::to_owned))
//! };
//! let one_key = read(r#"{"data":{"usage":60.63,"usage_monthly":1.25}}"#);
//! assert_eq!(one_key, (Some(Scope::Key), Some("credits".to_owned())));
//! let management = read(r#"{"data":{"usage":0,"is_management_key":true}}"#);
//! assert_eq!(management, (Some(Scope::Account), Some("activity".to_owned())));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::money::{Amount, Currency, Money};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Rows, Scope, Setup, Step, Terms, row_key,
};
use crate::text::Text;
use crate::time::{DAY, Day, Span, Timestamp};

/// OpenRouter with an ordinary key, or one of unknown kind: the use of that key.
pub const PROVIDER: Provider = Provider { card: CARD, first: |_| get("key"), read, others: &[WHOLE_ACCOUNT] };

/// OpenRouter with a management key: the bills of the whole account. The kind of such a key is known, so it is not requested.
pub const WHOLE_ACCOUNT: Provider =
    Provider { card: WHOLE_ACCOUNT_CARD, first: |_| get("activity"), read, others: &[] };

const CARD: Card = Card {
    id: "openrouter",
    name: "OpenRouter",
    kind: Kind::Gateway,
    origins: &["https://openrouter.ai"],
    key: KeyKind {
        page: "https://openrouter.ai/settings/keys",
        prefix: "sk-or-",
        wrong_kinds: &[],
        least: Text {
            en: "Drawdown recognizes which kind of key you paste.",
            zh: "Drawdown 会识别粘贴的是哪种密钥。",
        },
        if_stolen: Text {
            en: "Someone could spend your credits, up to the key's limit if you set one. With a management key, they could also create, change and delete your keys.",
            zh: "他人可以花掉余额，如果为密钥设了上限，则以上限为限。如果是管理密钥，还可以创建、更改和删除密钥。",
        },
    },
    setup: Setup {
        steps: &[
            (
                Text {
                    en: "For one key: copy the key your apps use. It only shows its own usage.",
                    zh: "统计单个密钥：复制程序所用的密钥，它只能读取自己的用量。",
                },
                "https://openrouter.ai/settings/keys",
            ),
            (
                Text {
                    en: "Or for the whole account: create a management key just for Drawdown.",
                    zh: "或统计整个账户：为 Drawdown 单独创建一个管理密钥。",
                },
                MANAGEMENT_KEYS,
            ),
        ],
        ..Setup::KEY_ONLY
    },
    billing: Billing::Counters,
    counts: Text {
        en: "With an ordinary key, that key's usage since the 1st of this UTC month. With a management key, the account's bill per UTC day, model and provider, all keys, for the last 30 days. Usage billed to your own provider keys (BYOK) is shown separately and not included. The balance, if shown, is for the whole account.",
        zh: "普通密钥：此密钥自本 UTC 月 1 日起的用量。管理密钥：整个账户最近 30 天按 UTC 日、模型和服务商的账单，含所有密钥。由自带密钥（BYOK）付费的用量单独显示，不计入。余额（如有显示）属于整个账户。",
    },
    covers: Text {
        en: "Spend and forecast: this key. Balance and run-out date: the whole account.",
        zh: "支出和预测：此密钥。余额和用完日期：整个账户。",
    },
    scope: Some(Scope::Key),
    not_permitted: Text {
        en: "OpenRouter accepts this key but doesn't show its usage. Check on its keys page if the key is disabled or expired.",
        zh: "OpenRouter 接受此密钥，但没有提供用量。请在密钥页面查看它是否已停用或过期。",
    },
    known_errors: &[],
    lag: Text {
        en: "Usage usually shows within a minute. OpenRouter doesn't document this. In the account's bill, today can be some minutes late.",
        zh: "用量通常一分钟内显示，官方没有说明。整个账户的账单中，当天的用量可能迟几分钟。",
    },
    settles_after_hours: 0,
    shortest_minutes: 5,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "OpenRouter has no read-only management keys.",
        zh: "OpenRouter 没有只读的管理密钥。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

/// The page that creates management keys.
const MANAGEMENT_KEYS: &str = "https://openrouter.ai/settings/management-keys";

const WHOLE_ACCOUNT_CARD: Card = Card {
    id: "openrouter-account",
    key: KeyKind { page: MANAGEMENT_KEYS, ..CARD.key },
    billing: Billing::Bills,
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: Some(Scope::Account),
    not_permitted: Text {
        en: "This is an ordinary key, and OpenRouter only shows account usage to management keys. Create a management key, or connect this one as an account of its own.",
        zh: "这是普通密钥，而 OpenRouter 只向管理密钥提供账户用量。请创建管理密钥，或将此密钥另外连接为一个账户。",
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

/// The purchases and the use of the whole account. Not every key has permission to read them.
fn credits() -> Request {
    get("credits").optional()
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    match request {
        request if *request == credits() => read_credits(query, answer),
        request if *request == get("key") => read_key(query, answer),
        request => read_activity(query, request, answer),
    }
}

/// Reads the kind of key: an ordinary one with its own use, or one that leads to the account's bills.
fn read_key(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the use of the key")?;
    let key: &Value = json.needed("data")?;
    for kind in ["is_management_key", "is_provisioning_key"] {
        if key.part(kind)? == Some(true) {
            let report = Report { scope: Some(Scope::Account), ..Report::default() };
            return Ok(Step::More(report, get("activity")));
        }
    }
    let (total, this_month) = (key.needed("usage")?, key.part("usage_monthly")?);
    let counter = Counter { currency: Currency::USD, total, this_month };
    let byok = dollars_if_any(key.part("byok_usage_monthly")?.unwrap_or_default());
    let readings = vec![Reading::Counter(counter)];
    Ok(Step::More(Report { readings, byok, scope: Some(Scope::Key), ..Report::default() }, credits()))
}

fn read_activity(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
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

/// Each row once, with its amount; `None` if the amount is missing.
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

/// A bill for every day of `covered`, and one for each row. A day without a row is a zero, but without any row there is no bill.
/// Rows of other days are ignored, because another request has them.
fn bills_of(covered: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Vec<Bill>, Problem> {
    let days = covered.days().take(if rows.is_empty() { 0 } else { usize::MAX });
    let mut bills: Vec<Bill> = days.map(|day| Bill::empty(Currency::USD, day)).collect();
    for (row, used) in rows {
        let (day, model) = (day_of(row)?, row.needed::<&str>("model")?);
        let name = match row.part("provider_name")?.unwrap_or_default() {
            "" => model.to_owned(),
            provider => format!("{model} ({provider})"),
        };
        // Free models, and models paid to another provider, would be lines of zero.
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

/// The amount paid to other providers with the user's own keys in that time.
fn byok(span: Span, rows: &[(&Value, Option<Amount>)]) -> Result<Amount, Problem> {
    let mut sum = Amount::ZERO;
    for (row, _) in rows {
        if day_of(row)?.span().meets(span) {
            sum = sum + row.part("byok_usage_inference")?.unwrap_or_default();
        }
    }
    Ok(sum)
}

/// An amount in dollars. `None` if it is zero.
fn dollars_if_any(amount: Amount) -> Option<Money> {
    (!amount.is_zero()).then_some(Money { amount, currency: Currency::USD })
}

fn read_credits(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the credits")?;
    let credits: &Value = json.needed("data")?;
    let (bought, used): (Amount, Amount) = (credits.needed("total_credits")?, credits.needed("total_usage")?);
    let balance = Reading::balance(Currency::USD, bought - used);
    // Use without a purchase is free credit, not a debt.
    let is_prepaid = !bought.is_zero();
    let readings = is_prepaid.then_some(balance).into_iter().collect();
    Ok(Step::Done(Report::of_readings(readings)))
}
