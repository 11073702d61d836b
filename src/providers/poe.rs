//! Poe: dollars by day and bot, if Poe reports them.
//!
//! `GET https://api.poe.com/usage/points_history` has the queries of the last 30 days, the newest first, in pages of 100; the
//! next page begins after the last `query_id`. `cost_usd` is a text in dollars that is not documented as guaranteed: without it
//! Poe counts in points, which are not money. `creation_time` is in microseconds; other units are recognized by their size. Only
//! days completely within the 30 days are read. The balance is in points and is not read.
//! Sources: <https://creator.poe.com/docs/resources/usage-api>, 2026-11, and Poe's own CLI for `cost_usd`. Fixtures from them.
//!
//! ```
//! use drawdown::provider::{Answer, Problem, Query};
//! use drawdown::{time::Timestamp, providers::poe::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"has_more":false,"data":[{"query_id":"q-1","creation_time":1795330800000000,"bot_name":"A","cost_points":56}]}"#;
//! let answer = Answer::new(200, body);
//! assert_eq!((PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer), Err(Problem::barred("points")));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Rows, Setup, Step, Terms, is_cursor,
};
use crate::text::Text;
use crate::time::{DAY, Span, Timestamp};

/// Poe.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "poe",
    name: "Poe",
    kind: Kind::Gateway,
    origins: &["https://api.poe.com"],
    key: KeyKind {
        page: "https://poe.com/api/keys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Poe has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "Poe 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your points and see which bots you used.",
            zh: "他人可以花掉你的点数，并查看你用过的机器人。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "The dollars that Poe gives for each query, by UTC day and bot, for the last 30 days, chats and apps included. Points aren't money and aren't counted. Add a plan as a subscription.",
        zh: "Poe 为每次查询给出的美元金额，按 UTC 日和机器人统计，最近 30 天，含聊天和应用。点数不是金钱，不计入。套餐请添加为订阅。",
    },
    covers: Text {
        en: "The whole account, all keys and chats.", zh: "整个账户，含所有密钥和聊天。"
    },
    scope: None,
    not_permitted: Text {
        en: "This key may not read usage. Create a new key and try again.",
        zh: "此密钥无权读取用量。请新建一个密钥再试。",
    },
    known_errors: &[(
        POINTS,
        Text {
            en: "Poe counts this account in points and gives no dollars. Add its plan as a subscription instead.",
            zh: "Poe 以点数统计此账户，没有给出美元金额。请将其套餐添加为订阅。",
        },
    )],
    lag: Text {
        en: "Poe doesn't say how soon a query shows.", zh: "官方没有说明查询多久显示。"
    },
    settles_after_hours: 24,
    shortest_minutes: 60,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "Every refresh reads the history again, 100 queries a request. More than 20,000 queries in 30 days can't be read.",
        zh: "每次刷新都会重新读取历史，每个请求 100 次查询。30 天内超过 20,000 次查询时无法读取。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

/// Poe reports no dollars.
const POINTS: &str = "points";
/// The time for which Poe keeps the history.
const KEPT: u64 = 30 * DAY;

fn first(_: &Query<'_>) -> Request {
    Request::get("https://api.poe.com/usage/points_history".to_owned(), Auth::Bearer).with("limit", "100")
}

/// The requested days that are completely within the history.
fn asked(query: &Query<'_>) -> Span {
    let whole = query.now.minus(KEPT).day().next();
    Span { from: query.from.max(whole).span().from, to: query.now.day().span().to }
}

/// The request carries whether an earlier page had dollars.
fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let (asked, rows) = (asked(query), json.needed::<&[Value]>("data")?);
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    let mut known = Rows::default();
    let (mut has_dollars, mut has_points, mut is_over) = (request.count > 0, false, false);
    for row in rows {
        let time = time_of(row)?;
        is_over = time < asked.from;
        let id: &str = row.needed("query_id")?;
        if is_over || !known.is_new(id.to_owned(), row)? {
            continue;
        }
        let cost: Option<Amount> = row.part("cost_usd")?;
        let points: Option<Amount> = row.part("cost_points")?;
        has_dollars |= cost.is_some();
        has_points |= cost.is_none();
        // Zero points are zero dollars.
        let cost = if points.is_some_and(Amount::is_zero) { Some(Amount::ZERO) } else { cost };
        if !cost.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, time.day(), row.needed("bot_name")?, cost));
        }
    }
    if has_points && !has_dollars {
        return Err(Problem::barred(POINTS));
    }
    let report = Report { bills, ..Report::default() };
    if is_over || !json.needed::<bool>("has_more")? {
        return Ok(Step::Done(report));
    }
    let last: Option<&str> = rows.last().map_or(Ok(None), |row| row.part("query_id"))?;
    let last = last.filter(|id| is_cursor(id)).ok_or_else(|| Problem::unreadable("the next page"))?;
    let next = Request { count: u64::from(has_dollars), ..request.with("starting_after", last) };
    Ok(Step::More(report, next))
}

/// The time of a query: microseconds, or milliseconds or seconds, which are smaller numbers, or a text.
fn time_of(row: &Value) -> Result<Timestamp, Problem> {
    let value: &Value = row.needed("creation_time")?;
    let time = match (value.as_u64(), value.as_str()) {
        (Some(micros @ 100_000_000_000_000..), _) => Some(Timestamp::from_ms(micros / 1_000)),
        (Some(ms @ 100_000_000_000..), _) => Some(Timestamp::from_ms(ms)),
        (Some(seconds), _) => Some(Timestamp::from_ms(seconds * 1_000)),
        (None, Some(text)) => Timestamp::parse(text),
        (None, None) => None,
    };
    time.ok_or_else(|| Problem::unreadable("creation_time"))
}
