//! The providers of a storm, with the format of their answers.

use drawdown::host::HttpRequest;
use drawdown::time::{DAY, Day, SECOND, Timestamp};
use serde_json::{Value, json};

use crate::storm::remote::Remote;

/// What a provider's answers report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    /// The balance, split into granted and topped-up money.
    Pools,
    /// The balance.
    Balance,
    /// The total spend.
    Counter,
    /// The total spend and this month's.
    MonthCounter,
    /// The cost of each UTC day.
    Bills,
}

/// A provider.
pub struct Card {
    /// Its id in the product.
    pub id: &'static str,
    pub host: &'static str,
    /// The prefix of its keys.
    pub prefix: &'static str,
    pub reports: Reports,
    /// The body of an answer. `None` for an unknown address.
    pub answer: fn(&mut Remote, &HttpRequest, Timestamp, Timestamp) -> Option<Value>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.id)
    }
}

impl Card {
    pub fn is_billed(&self) -> bool {
        self.reports == Reports::Bills
    }

    pub fn has_pools(&self) -> bool {
        self.reports == Reports::Pools
    }
}

/// All providers of a storm. A remote account uses the one with the same index.
pub const ALL: &[Card] = &[
    Card {
        id: "deepseek",
        host: "api.deepseek.com",
        prefix: "sk-",
        reports: Reports::Pools,
        answer: deepseek,
    },
    Card {
        id: "openrouter",
        host: "openrouter.ai",
        prefix: "sk-or-v1-",
        reports: Reports::MonthCounter,
        answer: openrouter,
    },
    Card {
        id: "openai",
        host: "api.openai.com",
        prefix: "sk-admin-",
        reports: Reports::Bills,
        answer: openai,
    },
    Card {
        id: "anthropic",
        host: "api.anthropic.com",
        prefix: "sk-ant-admin01-",
        reports: Reports::Bills,
        answer: anthropic,
    },
    Card {
        id: "nanogpt",
        host: "nano-gpt.com",
        prefix: "sk-nano-",
        reports: Reports::Balance,
        answer: nanogpt,
    },
    Card {
        id: "vercel",
        host: "ai-gateway.vercel.sh",
        prefix: "vck_",
        reports: Reports::Counter,
        answer: vercel,
    },
    Card { id: "ai302", host: "api.302.ai", prefix: "sk-", reports: Reports::Balance, answer: ai302 },
    Card {
        id: "featherless",
        host: "api.featherless.ai",
        prefix: "rc_",
        reports: Reports::Balance,
        answer: featherless,
    },
    Card {
        id: "elevenlabs",
        host: "api.elevenlabs.io",
        prefix: "sk_",
        reports: Reports::Counter,
        answer: elevenlabs,
    },
    Card {
        id: "moonshot",
        host: "api.moonshot.ai",
        prefix: "sk-",
        reports: Reports::Pools,
        answer: moonshot,
    },
    Card {
        id: "openrouter-account",
        host: "openrouter.ai",
        prefix: "sk-or-v1-",
        reports: Reports::Bills,
        answer: openrouter_account,
    },
    Card { id: "poe", host: "api.poe.com", prefix: "", reports: Reports::Bills, answer: poe },
];

/// Cents in the text form of an amount.
pub fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

fn number(cents: i64) -> Value {
    serde_json::from_str(&amount(cents)).expect("a number")
}

/// The value of a URL parameter.
fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query
        .split('&')
        .find_map(|part| part.split_once('=').filter(|(of, _)| *of == name))
        .map(|(_, value)| value)
}

fn deepseek(remote: &mut Remote, request: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    let is_balance = request.url.ends_with("/user/balance");
    is_balance.then(|| {
        let info = json!({
            "currency": "USD",
            "total_balance": amount(remote.granted + remote.paid),
            "granted_balance": amount(remote.granted),
            "topped_up_balance": amount(remote.paid),
        });
        json!({"is_available": true, "balance_infos": [info]})
    })
}

fn openrouter(remote: &mut Remote, request: &HttpRequest, _: Timestamp, now: Timestamp) -> Option<Value> {
    let this_month = number(remote.of_month(now.month()));
    match request.url.rsplit('/').next()? {
        "key" => {
            Some(json!({"data": {"usage": number(remote.spent), "usage_monthly": this_month, "limit": null}}))
        }
        "credits" => Some(json!({"data": {"total_credits": 0, "total_usage": number(remote.spent)}})),
        _ => None,
    }
}

/// The days on a page: fewer than requested.
const BUCKETS: u64 = 40;

fn openai(remote: &mut Remote, request: &HttpRequest, at: Timestamp, now: Timestamp) -> Option<Value> {
    let url = request.url.as_str();
    if !url.contains("/v1/organization/costs") {
        return None;
    }
    let seconds = parameter(url, "page").map(|page| page.trim_start_matches("page_"));
    let start: u64 = seconds.or_else(|| parameter(url, "start_time"))?.parse().ok()?;
    let start = Timestamp::from_ms(start * SECOND);
    let days: Vec<Timestamp> =
        (0..BUCKETS).map(|place| start.plus(place * DAY)).take_while(|begins| *begins < now).collect();
    let buckets = days.iter().map(|begins| {
        let day = begins.day();
        let results = lines(remote, at, day).map(|(name, cents)| {
            json!({"object": "organization.costs.result", "amount": {"value": number(cents), "currency": "usd"}, "line_item": name, "project_id": null})
        });
        let results: Vec<_> = results.collect();
        json!({"object": "bucket", "start_time": begins.ms() / SECOND, "end_time": begins.plus(DAY).ms() / SECOND, "results": results})
    });
    let buckets: Vec<_> = buckets.collect();
    let next = days.last()?.plus(DAY);
    let next = (next < now).then(|| format!("page_{}", next.ms() / SECOND));
    Some(json!({"object": "page", "data": buckets, "has_more": next.is_some(), "next_page": next}))
}

/// The rows on a page: fewer than requested.
const ROWS: usize = 15;

fn anthropic(remote: &mut Remote, request: &HttpRequest, at: Timestamp, now: Timestamp) -> Option<Value> {
    let url = request.url.as_str();
    if !url.contains("/analytics/cost") {
        return None;
    }
    let time = |name| Timestamp::parse(parameter(url, name)?);
    let (from, to) = (time("starting_at")?, time("ending_at")?);
    let days = (0..).map(|place| from.plus(place * DAY)).take_while(|begins| *begins < to && *begins < now);
    let rows: Vec<_> = days
        .flat_map(|begins| {
            let rows: Vec<_> = lines(remote, at, begins.day())
                .map(|(name, cents)| {
                    let cost = json!({"amount": format!("{cents}.000000"), "currency": "USD", "list_amount": "1.0", "requests": 1});
                    json!({"starting_at": begins.to_string(), "ending_at": begins.plus(DAY).to_string(), "group": {"model": name, "cost_type": "tokens"}, "cost": cost})
                })
                .collect();
            rows
        })
        .collect();
    let first: usize = parameter(url, "page").map_or(Some(0), |page| page.parse().ok())?;
    let next = (rows.len() > first + ROWS).then(|| (first + ROWS).to_string());
    let page: Vec<_> = rows.into_iter().skip(first).take(ROWS).collect();
    Some(
        json!({"data": page, "has_more": next.is_some(), "next_page": next, "data_refreshed_at": now.to_string()}),
    )
}

/// The lines of a day's bill, two if it is not empty. Records what is answered.
fn lines(remote: &mut Remote, at: Timestamp, day: Day) -> impl Iterator<Item = (&'static str, i64)> + use<> {
    let cents = remote.days.get(&day).copied().unwrap_or(0);
    remote.billed.push((at, day, cents));
    let small = cents / 3;
    [("large", cents - small), ("small", small)].into_iter().filter(move |_| cents != 0)
}

fn nanogpt(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    Some(json!({"usd_balance": amount(remote.paid), "nano_balance": "0"}))
}

fn vercel(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    Some(json!({"balance": amount(remote.paid), "total_used": amount(remote.spent)}))
}

fn ai302(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    Some(json!({"data": {"balance": amount(remote.paid)}}))
}

fn featherless(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    Some(json!({"currency": "USD", "balance_nano_usd": (remote.paid * 10_000_000).to_string()}))
}

fn elevenlabs(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    Some(json!({"current_overage": {"amount": amount(remote.spent), "currency": "usd"}}))
}

fn moonshot(remote: &mut Remote, _: &HttpRequest, _: Timestamp, _: Timestamp) -> Option<Value> {
    let left = json!({
        "available_balance": number(remote.granted + remote.paid),
        "voucher_balance": number(remote.granted),
        "cash_balance": number(remote.paid),
    });
    Some(json!({"code": 0, "data": left, "scode": "0x0", "status": true}))
}

/// The 30 completed days before today, or the requested day.
fn openrouter_account(
    remote: &mut Remote,
    request: &HttpRequest,
    at: Timestamp,
    now: Timestamp,
) -> Option<Value> {
    let path = request.url.strip_prefix("https://openrouter.ai/api/v1/")?;
    let spent = number(remote.spent);
    match path.split('?').next()? {
        "key" => Some(json!({"data": {"usage": 0, "usage_monthly": 0, "is_management_key": true}})),
        "credits" => Some(json!({"data": {"total_credits": 0, "total_usage": spent}})),
        "activity" => {
            let days: Vec<Day> = match parameter(&request.url, "date") {
                Some(day) => vec![Day::parse(day)?],
                None => (1..=30).map(|back| now.minus(back * DAY).day()).collect(),
            };
            let rows = days.into_iter().flat_map(|day| {
                let rows = lines(remote, at, day).map(move |(name, cents)| {
                    json!({"date": day.to_string(), "model": name, "provider_name": "", "usage": number(cents), "byok_usage_inference": 0, "requests": 1})
                });
                rows.collect::<Vec<_>>()
            });
            Some(json!({"data": rows.collect::<Vec<_>>()}))
        }
        _ => None,
    }
}

/// One query for each line of a day, newest first, a few per page.
fn poe(remote: &mut Remote, request: &HttpRequest, at: Timestamp, now: Timestamp) -> Option<Value> {
    let days: Vec<Day> = (0..30).map(|back| now.minus(back * DAY).day()).collect();
    let queries = days.into_iter().flat_map(|day| {
        let lines: Vec<_> = lines(remote, at, day).collect();
        let begins = day.span().from.ms() * 1_000;
        let query = move |(name, cents): (&str, i64)| {
            json!({"query_id": format!("{day}-{name}"), "creation_time": begins, "bot_name": name, "cost_usd": amount(cents), "cost_points": cents, "usage_type": "API"})
        };
        lines.into_iter().map(query).collect::<Vec<_>>()
    });
    let queries: Vec<Value> = queries.collect();
    let after = parameter(&request.url, "starting_after");
    let first =
        after.map_or(Some(0), |id| Some(1 + queries.iter().position(|query| query["query_id"] == id)?))?;
    let has_more = queries.len() > first + ROWS;
    let page: Vec<_> = queries.into_iter().skip(first).take(ROWS).collect();
    Some(json!({"has_more": has_more, "data": page}))
}
