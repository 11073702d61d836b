//! Vast.ai: charges of instances, volumes and serverless endpoints by day, and the balance.
//!
//! `GET https://console.vast.ai/api/v0/charges/` has a row for each contract in a range of days, in pages with a token. Amounts
//! are JSON numbers in dollars, rounded to three decimals. A row and its items each have a start and an end, and Vast does not
//! document how the money is distributed between them, so it is divided evenly. An unknown key gets a 404. The balance is at `GET
//! …/users/current/`, as `balance` or `credit`; nothing else in that answer is read.
//! Sources: <https://docs.vast.ai/api-reference/billing/show-charges>, its pages on errors and on the user, 2026-11. Fixtures from
//! them.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::vast::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"success":true,"count":0,"total":0,"next_token":null,"results":[]}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let step = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer);
//! assert!(matches!(step, Ok(Step::More(_, next)) if next.url == "https://console.vast.ai/api/v0/users/current/"));
//! ```

use serde_json::{Value, json};

use crate::books::bill::Bill;
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms, is_cursor,
};
use crate::text::Text;
use crate::time::{Span, Timestamp};

/// Vast.ai.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "vast",
    name: "Vast.ai",
    kind: Kind::Compute,
    origins: &["https://console.vast.ai"],
    key: KeyKind {
        page: "https://cloud.vast.ai/manage-keys/",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Create a key with the permissions billing_read, for spend, and user_read, for the balance. The default key can do everything.",
            zh: "请创建只有 billing_read（支出）和 user_read（余额）权限的密钥。默认的密钥拥有全部权限。",
        },
        if_stolen: Text {
            en: "With these two, someone could see your charges, your payments, and the names of keys and environment variables, but not spend anything.",
            zh: "如果只有这两项权限，他人可以查看费用、付款以及密钥和环境变量的名称，但不能消费。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "Vast's charges by contract. A contract's money is spread evenly over the time it ran, because Vast doesn't give days. The balance gives the run-out date and isn't counted.",
        zh: "Vast 按合约的费用。由于 Vast 不提供每日金额，每份合约的金额会平均分摊到其运行时间。余额用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The account or team of the key.", zh: "密钥所属的账户或团队。" },
    scope: None,
    not_permitted: Text {
        en: "This key can't read charges. Create one with the permission billing_read.",
        zh: "此密钥无权读取费用。请创建含 billing_read 权限的密钥。",
    },
    known_errors: &[],
    lag: Text {
        en: "The balance is seconds old. Vast doesn't say how soon charges show.",
        zh: "余额几秒内更新，官方没有说明费用多久显示。",
    },
    settles_after_hours: 24,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "A key without user_read shows spend but no balance. Stopped instances still pay for storage.",
        zh: "没有 user_read 权限的密钥只能显示支出，没有余额。已停止的实例仍会产生存储费用。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const API: &str = "https://console.vast.ai/api/v0";

fn first(query: &Query<'_>) -> Request {
    let Span { from, to } = query.asked();
    let filters = json!({"day": {"gte": from.ms() / 1_000, "lte": to.ms() / 1_000}});
    let request = Request::get(format!("{API}/charges/"), Auth::Bearer);
    request.with("select_filters", &filters.to_string()).with("format", "table").with("limit", "500")
}

fn balance() -> Request {
    Request::get(format!("{API}/users/current/"), Auth::Bearer).optional()
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == balance() {
        return read_balance(query, answer);
    }
    if answer.status == 404 && error_of(&answer.body).as_deref() == Some("auth_error") {
        return Err(Problem::KeyRefused);
    }
    let json = answer.json(query.now, "the costs")?;
    // An error may have status 200.
    if json.part("success")? == Some(false) {
        return Err(Problem::unreadable("the costs"));
    }
    let rows: &[Value] = json.needed("results")?;
    let report = Report { bills: bills(query, rows)?, ..Report::default() };
    // The request carries the number of rows on earlier pages.
    let count = request.count.saturating_add(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let next = match json.part::<&str>("next_token")? {
        Some(token) if is_cursor(token) => Request { count, ..request.with("after_token", token) },
        Some(_) => return Err(Problem::unreadable("the next page")),
        None if json.part("total")?.is_some_and(|total: u64| count < total) => {
            return Err(Problem::unreadable("every row"));
        }
        None => balance(),
    };
    Ok(Step::More(report, next))
}

fn error_of(body: &str) -> Option<String> {
    let json: Value = serde_json::from_str(body).ok()?;
    json.get("error")?.as_str().map(str::to_owned)
}

/// A bill for each requested day, and one for each item on each of its days.
fn bills(query: &Query<'_>, rows: &[Value]) -> Result<Vec<Bill>, Problem> {
    let asked = query.asked();
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    for row in rows {
        let name = name_of(row)?;
        let mut rest: Amount = row.needed("amount")?;
        for item in row.part::<&[Value]>("items")?.unwrap_or_default() {
            let amount: Amount = item.needed("amount")?;
            rest = rest - amount;
            spread(amount, span_of(item, query.now)?, asked, name, &mut bills);
        }
        // The whole amount if a row has no items, and the rounding differences of the items.
        spread(rest, span_of(row, query.now)?, asked, name, &mut bills);
    }
    Ok(bills)
}

/// The user's name for a machine, otherwise the rented resource.
fn name_of(row: &Value) -> Result<&str, Problem> {
    let label = match row.part::<&Value>("metadata")? {
        Some(metadata) => metadata.part("label")?,
        None => None,
    };
    match (label, row.part("source")?) {
        (Some(name), _) | (None, Some(name)) if !str::is_empty(name) => Ok(name),
        _ => row.needed("type"),
    }
}

/// The time of a row or an item. If it is still running, its time ends now.
fn span_of(row: &Value, now: Timestamp) -> Result<Span, Problem> {
    let from = seconds(row, "start")?.ok_or_else(|| Problem::unreadable("start"))?;
    let to = seconds(row, "end")?.unwrap_or(now);
    if from <= to { Ok(Span { from, to }) } else { Err(Problem::unreadable("end")) }
}

/// Parses a time in seconds, with or without decimals.
fn seconds(row: &Value, name: &str) -> Result<Option<Timestamp>, Problem> {
    let Some(seconds) = row.part::<Amount>(name)? else { return Ok(None) };
    let (whole, _) = seconds.floored(0).digits();
    let ms = u64::try_from(whole).ok().and_then(|whole| whole.checked_mul(1_000));
    ms.map(|ms| Some(Timestamp::from_ms(ms))).ok_or_else(|| Problem::unreadable(name))
}

/// Divides an amount evenly over a time, and adds the part of each requested day.
fn spread(amount: Amount, span: Span, asked: Span, name: &str, bills: &mut Vec<Bill>) {
    let span = if span.ms() == 0 { Span { to: span.from.plus(1), ..span } } else { span };
    for day in span.overlap(asked).days() {
        let share = span.share(amount, day.span());
        if !share.is_zero() {
            bills.push(Bill::item(Currency::USD, day, name, Some(share)));
        }
    }
}

fn read_balance(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let left: Amount = match json.part("balance")? {
        Some(left) => left,
        None => json.needed("credit")?,
    };
    let balance = Reading::balance(Currency::USD, left);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
