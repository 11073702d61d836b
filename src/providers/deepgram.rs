//! Deepgram: bills of every project that the key can read, by day and line item, and the sum of their balances.
//!
//! `GET https://api.deepgram.com/v1/projects`, then `/v1/projects/ID/billing/breakdown?start=&end=&grouping=line_item` of each
//! project, and last `/v1/projects/ID/balances` of each. Amounts are JSON numbers in dollars. A project with contract prices has
//! rows without `dollars`. Balances are published together or not at all: the sum of some is not a balance.
//! Source: <https://developers.deepgram.com/reference/manage/billing/breakdown> and the cases of Deepgram's Python SDK,
//! 2026-11. Fixtures from them. It is not documented that days are UTC and that `end` is included.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::deepgram::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"projects":[{"project_id":"p-1"},{"project_id":"p-2"}]}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert!(next.url.ends_with("/p-1/billing/breakdown?start=2026-11-22&end=2026-11-22&grouping=line_item"));
//! assert_eq!(next.carried, ["p-1", "p-2"]);
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Rows, Setup, Step, Terms, row_key,
};
use crate::text::Text;
use crate::time::Day;

/// Deepgram.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "deepgram",
    name: "Deepgram",
    kind: Kind::Media,
    origins: &["https://api.deepgram.com"],
    key: KeyKind {
        page: "https://console.deepgram.com/",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "In the project's settings under API Keys, create a key with only the scopes project:read and billing:read.",
            zh: "请在项目设置的 API Keys 中创建密钥，只授予 project:read 和 billing:read 权限。",
        },
        if_stolen: Text {
            en: "With these scopes only, someone could see your projects and bills, but not use Deepgram.",
            zh: "如果只有这些权限，他人可以查看项目和账单，但不能使用 Deepgram。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "Deepgram's bill per day and line item. The balance is used for the run-out date and isn't counted as spend.",
        zh: "Deepgram 按日和项目类别的账单。余额用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "All projects that the key sees.", zh: "密钥可访问的所有项目。" },
    scope: None,
    not_permitted: Text {
        en: "This key can't read the bills of a project. It needs the scope billing:read, and its creator must be an admin or owner of the project.",
        zh: "此密钥无权读取某个项目的账单。密钥需要 billing:read 权限，且其创建者须为项目的管理员或所有者。",
    },
    known_errors: &[(
        CONTRACT,
        Text {
            en: "Deepgram prices this account by contract and reports its usage without amounts. Add the account by hand.",
            zh: "Deepgram 按合同为此账户计价，用量不含金额。请手动添加账户。",
        },
    )],
    lag: Text {
        en: "Deepgram doesn't say how soon usage shows. The last days can still change.",
        zh: "官方没有说明用量多久显示，最近几天仍可能变化。",
    },
    settles_after_hours: 72,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "Deepgram doesn't say in which time zone its days are. Drawdown takes them as UTC days.",
        zh: "Deepgram 没有说明按哪个时区分日，Drawdown 按 UTC 日处理。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

/// The rows have no amounts.
const CONTRACT: &str = "contract";
const AUTH: Auth = Auth::Scheme("Token");
const API: &str = "https://api.deepgram.com/v1/projects";
/// The end of the URL of a project's bills, and of its balances.
const BILLS: &str = "billing/breakdown";
const BALANCES: &str = "balances";

fn first(_: &Query<'_>) -> Request {
    Request::get(API.to_owned(), AUTH)
}

/// A project's bills. The request carries every project.
fn bills(query: &Query<'_>, project: &str, projects: Vec<String>) -> Request {
    let request = Request::get(format!("{API}/{project}/{BILLS}"), AUTH);
    let request = request.with("start", &query.from.to_string()).with("end", &query.now.day().to_string());
    Request { carried: projects, ..request.with("grouping", "line_item") }
}

/// A project's balances. The request carries the sum of the balances so far, empty before the first, and every project.
fn balances(project: &str, sum: Option<Amount>, projects: &[String]) -> Request {
    let sum = sum.map(Amount::to_stored).unwrap_or_default();
    let carried = core::iter::once(sum).chain(projects.iter().cloned()).collect();
    Request { carried, ..Request::get(format!("{API}/{project}/{BALANCES}"), AUTH).optional() }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == first(query) {
        let projects = read_projects(query, answer)?;
        let next = projects.first().map(|project| bills(query, project, projects.clone()));
        let next = next.ok_or_else(|| Problem::unreadable("a project"))?;
        return Ok(Step::More(Report::default(), next));
    }
    if request.is_optional {
        return read_balances(query, request, answer);
    }
    let report = Report { bills: read_bills(query, answer)?, ..Report::default() };
    let projects = &request.carried;
    let next = match after(projects, request, BILLS) {
        Some(project) => bills(query, project, projects.clone()),
        None => {
            let first = projects.first().ok_or_else(|| Problem::unreadable("a project"))?;
            balances(first, None, projects)
        }
    };
    Ok(Step::More(report, next))
}

/// The project after that of a request.
fn after<'a>(projects: &'a [String], request: &Request, of: &str) -> Option<&'a String> {
    let is_this = |project: &&String| request.url.starts_with(&format!("{API}/{project}/{of}"));
    projects.iter().skip_while(|project| !is_this(project)).nth(1)
}

fn read_projects(query: &Query<'_>, answer: &Answer) -> Result<Vec<String>, Problem> {
    let json = answer.json(query.now, "the projects")?;
    let mut ids: Vec<String> = Vec::new();
    for project in json.needed::<&[Value]>("projects")? {
        let id: &str = project.needed("project_id")?;
        let is_id = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if id.is_empty() || !is_id {
            return Err(Problem::unreadable("project_id"));
        }
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

/// A bill for each requested day, and one for each row.
fn read_bills(query: &Query<'_>, answer: &Answer) -> Result<Vec<Bill>, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let is_by_day = match json.part::<&Value>("resolution")? {
        Some(resolution) => {
            resolution.needed::<&str>("units")? == "day" && resolution.part("amount")? == Some(1)
        }
        None => true,
    };
    if !is_by_day {
        return Err(Problem::unreadable("a cost of one UTC day"));
    }
    let asked = query.asked();
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    let mut rows = Rows::default();
    for row in json.needed::<&[Value]>("results")? {
        let grouping: &Value = row.needed("grouping")?;
        if !rows.is_new(row_key(grouping, &[]), row)? {
            continue;
        }
        let day = day_of(grouping, "start")?;
        if grouping.part::<&Value>("end")?.is_some() && day_of(grouping, "end")? != day {
            return Err(Problem::unreadable("a cost of one UTC day"));
        }
        let amount = rows.amount(row, "dollars")?;
        let name = grouping.part("line_item")?.filter(|name: &&str| !name.is_empty()).unwrap_or("Other");
        if day.span().meets(asked) && !amount.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, day, name, amount));
        }
    }
    rows.check_amounts("dollars").map_err(|_| Problem::barred(CONTRACT))?;
    Ok(bills)
}

fn day_of(grouping: &Value, name: &str) -> Result<Day, Problem> {
    let text: &str = grouping.needed(name)?;
    text.get(..10).and_then(Day::parse).ok_or_else(|| Problem::unreadable("the day of a row"))
}

/// Adds up the balances in dollars; others, such as hours, are not money.
fn read_balances(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let Some((before, projects)) = request.carried.split_first() else {
        return Err(Problem::unreadable("the balance"));
    };
    let json = answer.json(query.now, "the balance")?;
    let mut sum = Amount::parse_stored(before).ok();
    for balance in json.needed::<&[Value]>("balances")? {
        if balance.needed::<&str>("units")?.eq_ignore_ascii_case("usd") {
            sum = Some(sum.unwrap_or(Amount::ZERO) + balance.needed("amount")?);
        }
    }
    if let Some(project) = after(projects, request, BALANCES) {
        return Ok(Step::More(Report::default(), balances(project, sum, projects)));
    }
    let readings = sum.map(|sum| Reading::balance(Currency::USD, sum)).into_iter().collect();
    Ok(Step::Done(Report::of_readings(readings)))
}
