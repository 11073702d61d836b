//! fal: bills by day and model, including those of one's own apps, and the credits.
//!
//! `GET https://api.fal.ai/v1/models/usage` and `…/serverless/usage` with a key of the scope ADMIN, in pages with a cursor; days
//! are requested in UTC. `cost_total` is a JSON number, after discounts; older answers have `cost`. An account without apps gets
//! a 403 or 404 for the second. `GET /v1/account/billing?expand=credits` has the credits; the user's name in that answer is not
//! read.
//! Sources: <https://fal.ai/docs/platform-apis/v1/models/usage>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::Query;
//! use drawdown::{time::Timestamp, providers::fal::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! assert!((PROVIDER.first)(&query).url.contains("/models/usage?start=2026-11-22&end=2026-11-23&timezone=UTC"));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{Balance, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms, is_cursor,
};
use crate::text::Text;
use crate::time::{Day, Timestamp};

/// fal.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |query| usage(query, MODELS), read, others: &[] };

const CARD: Card = Card {
    id: "fal",
    name: "fal",
    kind: Kind::Media,
    origins: &["https://api.fal.ai"],
    key: KeyKind {
        page: "https://fal.ai/dashboard/keys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Create a key with the scope ADMIN and paste both halves, with the colon. fal has no smaller scope that can read costs.",
            zh: "请创建权限为 ADMIN 的密钥，并粘贴冒号两侧的完整内容。fal 没有更小的权限可以读取费用。",
        },
        if_stolen: Text {
            en: "Someone could do everything you can: spend your credits and change your apps and keys. Delete the key at once.",
            zh: "他人可以执行你的一切操作：花掉额度，更改应用和密钥。请立即删除此密钥。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "fal's costs per UTC day and model after discounts, including your own serverless apps. They are estimates until the month is invoiced.",
        zh: "fal 按 UTC 日和模型的折后费用，含自有 Serverless 应用。月度开票前均为预估。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key isn't an ADMIN key. Create one with the scope ADMIN.",
        zh: "此密钥没有 ADMIN 权限。请创建权限为 ADMIN 的密钥。",
    },
    known_errors: &[],
    lag: Text {
        en: "fal doesn't say how soon usage shows. The last days can still change.",
        zh: "官方没有说明用量多久显示，最近几天仍可能变化。",
    },
    settles_after_hours: 72,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

const API: &str = "https://api.fal.ai/v1";
const MODELS: &str = "models";
const APPS: &str = "serverless";
const AUTH: Auth = Auth::Scheme("Key");

fn usage(query: &Query<'_>, of: &str) -> Request {
    let (start, end) = (query.from.to_string(), query.now.day().next().to_string());
    let request = Request::get(format!("{API}/{of}/usage"), AUTH).with("start", &start).with("end", &end);
    let request = request.with("timezone", "UTC").with("timeframe", "day").with("expand", "time_series");
    request.with("bound_to_timeframe", "false")
}

fn credits() -> Request {
    Request::get(format!("{API}/account/billing"), AUTH).with("expand", "credits").optional()
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == credits() {
        return read_credits(query, answer);
    }
    let is_of_apps = request.url.starts_with(&format!("{API}/{APPS}/"));
    if is_of_apps && [403, 404].contains(&answer.status) {
        return Ok(Step::More(Report::default(), credits()));
    }
    let json = answer.json(query.now, "the costs")?;
    let report = Report { bills: bills(query, &json)?, ..Report::default() };
    let next = match json.part::<&str>("next_cursor")? {
        Some(cursor) if is_cursor(cursor) => request.with("cursor", cursor),
        None if json.part("has_more")? != Some(true) => {
            if is_of_apps {
                credits()
            } else {
                usage(query, APPS)
            }
        }
        _ => return Err(Problem::unreadable("the next page")),
    };
    Ok(Step::More(report, next))
}

/// A bill for each requested day, and one for each row.
fn bills(query: &Query<'_>, json: &Value) -> Result<Vec<Bill>, Problem> {
    let asked = query.asked();
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    for bucket in json.needed::<&[Value]>("time_series")? {
        let day = day_of(bucket)?;
        for row in bucket.needed::<&[Value]>("results")? {
            let cost: Option<Amount> = match row.part("cost_total")? {
                Some(cost) => Some(cost),
                None => row.part("cost")?,
            };
            // A row with neither a cost nor a quantity is not use.
            let is_use = cost.is_some() || row.part::<Amount>("quantity")?.is_some();
            if is_use && day.span().meets(asked) && !cost.is_some_and(Amount::is_zero) {
                let name = match row.part("endpoint_id")? {
                    Some(name) => name,
                    None => row.needed("app")?,
                };
                bills.push(Bill::item(row.needed("currency")?, day, name, cost));
            }
        }
    }
    Ok(bills)
}

/// The UTC day of a bucket.
fn day_of(bucket: &Value) -> Result<Day, Problem> {
    let text: &str = bucket.needed("bucket")?;
    let time = Timestamp::parse(text).ok_or_else(|| Problem::unreadable("bucket"))?;
    let is_midnight = time.day().span().from == time;
    if is_midnight { Ok(time.day()) } else { Err(Problem::unreadable("a bucket of one UTC day")) }
}

fn read_credits(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the credits")?;
    let credits: &Value = json.needed("credits")?;
    let pools = Pools::Total(credits.needed("current_balance")?);
    let balance = Balance { currency: credits.needed("currency")?, pools };
    Ok(Step::Done(Report::of_readings(vec![Reading::Balance(balance)])))
}
