//! RunPod: bills of machines, serverless workers and storage by day, and the balance.
//!
//! `GET https://api.runpod.io/v2/billing?bucketSize=day` answers with one record a day and an amount for each kind of resource;
//! amounts are JSON numbers in dollars. The balance is at `GET /v2/billing/balance`, or `clientBalance` of the older GraphQL API
//! on the same host if the first is not available yet. An account that is invoiced (`POSTPAID`) does not run out, so its balance
//! is not read.
//! Source: RunPod's OpenAPI description and its page on the balance, 2026-11; the URL of the balance is inferred from similar
//! ones. Fixtures from both.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::runpod::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let request = (PROVIDER.first)(&query);
//! assert!(request.url.ends_with("startTime=2026-11-22T00%3A00%3A00Z&endTime=2026-11-23T00%3A00%3A00Z&bucketSize=day"));
//! let body = r#"{"records":[],"metadata":{"totals":{"totalAmount":0}}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! assert!(matches!((PROVIDER.read)(&query, &request, &answer), Ok(Step::More(report, _)) if report.bills.len() == 1));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Rows, Setup, Step, Terms,
};
use crate::text::Text;
use crate::time::{Day, Span, Timestamp};

/// RunPod.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "runpod",
    name: "RunPod",
    kind: Kind::Compute,
    origins: &["https://api.runpod.io"],
    key: KeyKind {
        page: "https://console.runpod.io/user/settings",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Choose Read Only. A key that is restricted to single endpoints can't read bills.",
            zh: "请选择 Read Only（只读）。只限个别端点的密钥无法读取账单。",
        },
        if_stolen: Text {
            en: "With a read-only key, someone could see your resources and bills, but not start or stop anything.",
            zh: "如果是只读密钥，他人可以查看资源和账单，但不能启动或停止任何资源。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "RunPod's bill per UTC day for Pods, serverless, public endpoints, storage and clusters. The balance gives the run-out date and isn't counted.",
        zh: "RunPod 按 UTC 日的账单，含 Pod、Serverless、公共端点、存储和集群。余额用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The account or team of the key.", zh: "密钥所属的账户或团队。" },
    scope: None,
    not_permitted: Text {
        en: "This key can't read bills. Create one with Read Only, or a restricted one with the billing:read scope.",
        zh: "此密钥无权读取账单。请创建 Read Only（只读）密钥，或含 billing:read 权限的受限密钥。",
    },
    known_errors: &[],
    lag: Text {
        en: "Usage shows within an hour. The last hours can still grow.",
        zh: "用量一小时内显示，最近几小时仍可能增加。",
    },
    settles_after_hours: 24,
    shortest_minutes: 10,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "RunPod stops everything when less than 10 seconds of balance are left, and stopped Pods still pay for storage.",
        zh: "余额不足 10 秒用量时，RunPod 会停止所有资源；已停止的 Pod 仍会产生存储费用。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const API: &str = "https://api.runpod.io";

fn first(query: &Query<'_>) -> Request {
    let Span { from, .. } = query.from.span();
    let Span { to, .. } = query.now.day().span();
    let request = Request::get(format!("{API}/v2/billing"), Auth::Bearer);
    let request = request.with("startTime", &from.to_string()).with("endTime", &to.to_string());
    request.with("bucketSize", "day")
}

fn balance() -> Request {
    Request::get(format!("{API}/v2/billing/balance"), Auth::Bearer).optional()
}

/// The balance from the older API, which ends in 2027.
fn older_balance() -> Request {
    let body = Some(r#"{"query":"query{myself{clientBalance}}"}"#.to_owned());
    Request { body, ..Request::get(format!("{API}/graphql"), Auth::Bearer).optional() }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == balance() {
        return match answer.status {
            404 => Ok(Step::More(Report::default(), older_balance())),
            _ => read_balance(query, answer),
        };
    }
    if *request == older_balance() {
        return read_older_balance(query, answer);
    }
    Ok(Step::More(Report { bills: read_bills(query, answer)?, ..Report::default() }, balance()))
}

/// The amounts of a record, each with its kind.
const KINDS: [(&str, &str); 14] = [
    ("podGpuAmount", "Pods, GPU"),
    ("podCpuAmount", "Pods, CPU"),
    ("podDiskAmount", "Pods, disk"),
    ("serverlessGpuAmount", "Serverless, GPU"),
    ("serverlessCpuAmount", "Serverless, CPU"),
    ("serverlessDiskAmount", "Serverless, disk"),
    ("serverlessFeeAmount", "Serverless, fees"),
    ("storageStandardAmount", "Network volumes"),
    ("storageHighPerformanceAmount", "Network volumes, high performance"),
    ("endpointAmount", "Public endpoints"),
    ("clusterGpuAmount", "Clusters, GPU"),
    ("clusterDiskAmount", "Clusters, disk"),
    ("clusterNetworkingAmount", "Clusters, networking"),
    ("clusterCpuAmount", "Clusters, CPU"),
];

/// A bill for each requested day. A day without a record is a zero, as long as the records sum to the total.
fn read_bills(query: &Query<'_>, answer: &Answer) -> Result<Vec<Bill>, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let asked = query.asked();
    let mut bills: Vec<Bill> = asked.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    let (mut rows, mut sum) = (Rows::default(), Amount::ZERO);
    for record in json.needed::<&[Value]>("records")? {
        let day = day_of(record)?;
        if !rows.is_new(day.to_string(), record)? {
            continue;
        }
        let total: Amount = record.needed("totalAmount")?;
        sum = sum + total;
        let mut rest = total;
        for (field, name) in KINDS {
            let amount = record.part(field)?.unwrap_or(Amount::ZERO);
            rest = rest - amount;
            if !amount.is_zero() {
                bills.push(Bill::item(Currency::USD, day, name, Some(amount)));
            }
        }
        // Kinds added later, and the rounding differences.
        if !rest.is_zero() {
            bills.push(Bill::item(Currency::USD, day, "Other", Some(rest)));
        }
    }
    let totals: &Value = json.needed::<&Value>("metadata")?.needed("totals")?;
    let total: Amount = totals.needed("totalAmount")?;
    if (sum - total).max(total - sum) > Currency::USD.smallest() {
        return Err(Problem::unreadable("every row"));
    }
    bills.retain(|bill| bill.day.span().meets(asked));
    Ok(bills)
}

/// The UTC day of a record.
fn day_of(record: &Value) -> Result<Day, Problem> {
    let time = |name| {
        let text: &str = record.needed(name)?;
        Timestamp::parse(text).ok_or_else(|| Problem::unreadable(name))
    };
    let (from, to) = (time("startTime")?, time("endTime")?);
    if (Span { from, to }) == from.day().span() {
        Ok(from.day())
    } else {
        Err(Problem::unreadable("a bucket of one UTC day"))
    }
}

fn read_balance(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let left: Amount = json.needed("balanceAmount")?;
    Ok(match json.needed("billingMode")? {
        "PREPAID" => done_with(left),
        _ => Step::Done(Report::default()),
    })
}

/// An error of this API has status 200, too.
fn read_older_balance(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let data: &Value = json.needed("data")?;
    let account: &Value = data.needed("myself")?;
    Ok(done_with(account.needed("clientBalance")?))
}

fn done_with(left: Amount) -> Step {
    let balance = Reading::balance(Currency::USD, left);
    Step::Done(Report::of_readings(vec![balance]))
}
