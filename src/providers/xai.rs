//! xAI: the use of a team by day and model, and its prepaid balance.
//!
//! Three requests to `https://management-api.x.ai` with a management key: `GET /auth/management-keys/validation` names the key's
//! team; `POST /v1/billing/teams/TEAM/usage` has dollars per UTC day and model as JSON numbers; and `GET …/prepaid/balance` has
//! the ledger of purchases in cents, as a text with a reversed sign: credit is negative. Spend is posted there when a month
//! closes, so this month's use is subtracted. A team that is invoiced has no such ledger (404). `limitReached` means that models
//! are missing, so that each day is a floor.
//! Sources: <https://docs.x.ai/developers/rest-api-reference/management/billing>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::xai::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"scope":"SCOPE_TEAM","scopeId":"team-1"}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(next.url, "https://management-api.x.ai/v1/billing/teams/team-1/usage");
//! ```

use serde_json::{Value, json};

use crate::books::bill::Bill;
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Part, Parts, Problem, Proof, Provider, Query, Report,
    Request, Setup, Step, Terms,
};
use crate::text::Text;
use crate::time::Timestamp;

/// xAI.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "xai",
    name: "xAI",
    kind: Kind::Models,
    origins: &["https://management-api.x.ai"],
    key: KeyKind {
        page: "https://console.x.ai/team/default/settings/management-keys",
        prefix: "xai-",
        wrong_kinds: &[],
        least: Text {
            en: "Create a management key with the endpoint right Billing: Read only. The key your apps use can't read costs.",
            zh: "请创建只有 Billing: Read（读取账单）权限的管理密钥。程序所用的密钥无法读取费用。",
        },
        if_stolen: Text {
            en: "With Billing: Read only, someone could see your bills and balance, but not spend anything.",
            zh: "如果只有 Billing: Read 权限，他人可以查看账单和余额，但不能消费。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "The team's metered usage per UTC day and model. The balance is what the team paid in, minus posted spend and this month's usage. It gives the run-out date and isn't counted.",
        zh: "团队按 UTC 日和模型的计量用量。余额为团队的充值减去已入账支出和本月用量，用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The whole team, all keys.", zh: "整个团队，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This management key has no billing right. Give it Billing: Read in the console.",
        zh: "此管理密钥没有账单权限。请在控制台为它开启 Billing: Read。",
    },
    known_errors: &[
        (
            NO_TEAM,
            Text {
                en: "This management key isn't for a team. Create one in the team whose costs you want to see.",
                zh: "此管理密钥不属于任何团队。请在要查看费用的团队中创建。",
            },
        ),
        (
            NO_BILLING,
            Text {
                en: "xAI doesn't know billing for this key's team. Create the management key in the team that pays.",
                zh: "xAI 没有此密钥所属团队的账单。请在付费的团队中创建管理密钥。",
            },
        ),
    ],
    lag: Text {
        en: "xAI computes costs at once. It doesn't say how soon they show here.",
        zh: "xAI 会立即计算费用，但没有说明多久在此显示。",
    },
    settles_after_hours: 24,
    shortest_minutes: 15,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

/// The key has no team.
const NO_TEAM: &str = "no_team";
/// The team has no billing.
const NO_BILLING: &str = "no_billing";
const API: &str = "https://management-api.x.ai";
const USAGE: &str = "/usage";

fn first(_: &Query<'_>) -> Request {
    Request::get(format!("{API}/auth/management-keys/validation"), Auth::Bearer)
}

/// The use of each day and model from `query.from` to the end of today.
fn usage(query: &Query<'_>, team: &str) -> Request {
    let body = json!({"analyticsRequest": {
        "timeRange": {
            "startTime": format!("{} 00:00:00", query.from),
            "endTime": format!("{} 23:59:59", query.now.day()),
            "timezone": "Etc/GMT",
        },
        "timeUnit": "TIME_UNIT_DAY",
        "values": [{"name": "usd", "aggregation": "AGGREGATION_SUM"}],
        "groupBy": ["description"],
        "filters": [],
    }});
    let url = format!("{API}/v1/billing/teams/{team}{USAGE}");
    Request { body: Some(body.to_string()), ..Request::get(url, Auth::Bearer) }
}

/// The request for the ledger. It carries this month's use in millionths of a dollar.
fn balance(usage: &Request, used: Amount) -> Request {
    let team = usage.url.trim_end_matches(USAGE);
    let (digits, decimals) = used.rounded(6).digits();
    let missing = 6_u32.saturating_sub(decimals);
    let millionths = digits.saturating_mul(10_i128.saturating_pow(missing));
    let count = u64::try_from(millionths).unwrap_or(0);
    Request { count, ..Request::get(format!("{team}/prepaid/balance"), Auth::Bearer).optional() }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == first(query) {
        return Ok(Step::More(Report::default(), usage(query, &team_of(query, answer)?)));
    }
    if !request.url.ends_with(USAGE) {
        return read_balance(query, request, answer);
    }
    if answer.status == 404 {
        return Err(Problem::barred(NO_BILLING));
    }
    let bills = read_usage(query, answer)?;
    let this_month = query.now.month();
    let used = bills.iter().filter(|bill| bill.day.month() == this_month).map(Bill::amount).sum();
    Ok(Step::More(Report { bills, ..Report::default() }, balance(request, used)))
}

/// The team. Its name becomes part of the path of the next request.
fn team_of(query: &Query<'_>, answer: &Answer) -> Result<String, Problem> {
    let json = answer.json(query.now, "the team")?;
    let of_scope: Option<&str> = match json.part("scope")? {
        Some("SCOPE_TEAM") => json.part("scopeId")?,
        _ => None,
    };
    let team = match of_scope {
        Some(team) => Some(team),
        None => json.part("teamId")?,
    };
    let is_name = |team: &&str| {
        !team.is_empty() && team.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    team.filter(is_name).map(str::to_owned).ok_or_else(|| Problem::barred(NO_TEAM))
}

/// A bill for each requested day; an answer without any series is a time without use.
fn read_usage(query: &Query<'_>, answer: &Answer) -> Result<Vec<Bill>, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let asked = query.asked();
    let is_cut = json.part("limitReached")?.unwrap_or(false);
    let every_day = asked.days().map(|day| match is_cut {
        true => Bill::item(Currency::USD, day, "Other models", None),
        false => Bill::empty(Currency::USD, day),
    });
    let mut bills: Vec<Bill> = every_day.collect();
    for series in json.needed::<&[Value]>("timeSeries")? {
        let model = name_of(series)?;
        for point in series.needed::<&[Value]>("dataPoints")? {
            let time: &str = point.needed("timestamp")?;
            let time = Timestamp::parse(time).ok_or_else(|| Problem::unreadable("timestamp"))?;
            let [value] = point.needed::<&[Value]>("values")? else {
                return Err(Problem::unreadable("values"));
            };
            let amount = Amount::from_json(value).ok_or_else(|| Problem::unreadable("values"))?;
            if !amount.is_zero() && time.day().span().meets(asked) {
                bills.push(Bill::item(Currency::USD, time.day(), model, Some(amount)));
            }
        }
    }
    Ok(bills)
}

/// The model of a series.
fn name_of(series: &Value) -> Result<&str, Problem> {
    let group: &[Value] = series.part("group")?.unwrap_or_default();
    Ok(group.first().and_then(Value::as_str).filter(|name| !name.is_empty()).unwrap_or("All models"))
}

fn read_balance(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let total: &Value = json.needed("total")?;
    let cents: Amount = total.needed("val")?;
    let posted = (Amount::ZERO - cents).times(1, 100).ok_or_else(|| Problem::unreadable("val"))?;
    let used = Amount::from_digits(i128::from(request.count), 6).ok_or_else(|| Problem::unreadable("val"))?;
    let balance = Reading::balance(Currency::USD, posted - used);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
