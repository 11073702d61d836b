//! Anthropic: the bills of the organisation, per UTC day and model, from the newer of two endpoints that answers.
//!
//! `GET https://api.anthropic.com/v1/organizations/analytics/cost` (beta): rows for one day and model with use, at most 31 days
//! in one request, and the time up to which they are complete; an earlier day without a row is a zero. If that is refused or
//! unknown, `GET …/v1/organizations/cost_report`: buckets of one day in pages; an empty one is a zero. In both, amounts are texts
//! in *cents* with decimals: "123.45" is $1.23. Anthropic refuses calls from a browser without a certain header, and all of them
//! if the organisation has switched them off.
//! Sources: <https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api>, its TypeScript SDK 1.12.0,
//! <https://platform.claude.com/docs/en/manage-claude/usage-cost-api>. Fixtures from them, 2026-11.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::anthropic::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let unknown = Answer::new(404, "");
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &unknown) else { panic!() };
//! assert!(next.url.starts_with("https://api.anthropic.com/v1/organizations/cost_report?"));
//! ```

mod export;

use serde_json::Value;

use crate::books::bill::{Bill, OTHER};
use crate::books::reading::DrawOrder;
use crate::money::Currency;
use crate::provider::{
    Answer, Auth, Billing, Card, Export, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Rows, Setup, Step, Terms, row_key,
};
use crate::text::Text;
use crate::time::{DAY, Day, Span, Timestamp};

/// Anthropic.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "anthropic",
    name: "Anthropic",
    kind: Kind::Models,
    origins: &["https://api.anthropic.com"],
    key: KeyKind {
        page: "https://platform.claude.com/settings/admin-keys",
        prefix: "sk-ant-",
        wrong_kinds: &[
            (
                "sk-ant-api",
                Text {
                    en: "This is a Claude API key, which can't read costs. Create an Admin key (sk-ant-admin…) on the page linked above, or import the cost file from the Console.",
                    zh: "这是 Claude API 密钥，无法读取费用。请在上方链接的页面创建 Admin 密钥（sk-ant-admin…），或导入 Console 的费用文件。",
                },
            ),
            (
                "sk-ant-oat",
                Text {
                    en: "This is a Claude Code login, which can't read costs. Create an Admin key (sk-ant-admin…) on the page linked above. Add Claude Pro or Max as a subscription.",
                    zh: "这是 Claude Code 的登录令牌，无法读取费用。请在上方链接的页面创建 Admin 密钥（sk-ant-admin…）。Claude Pro 和 Max 请添加为订阅。",
                },
            ),
        ],
        least: Text {
            en: "You need an Admin key (sk-ant-admin…), created by an organization admin. On an individual account, first set up an organization (free) in Console → Settings → Organization.",
            zh: "需要 Admin 密钥（sk-ant-admin…），由组织管理员创建。个人账户请先在 Console → Settings → Organization 免费创建组织。",
        },
        if_stolen: Text {
            en: "Someone could manage your organization's members, workspaces and keys, but not call models.",
            zh: "他人可以管理组织的成员、工作区和密钥，但不能调用模型。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "Your organization's bill per UTC day and model, after discounts and before credits. Not included: prepaid credits, Claude Pro and Max. Where Anthropic only offers its older report, Priority Tier isn't included either.",
        zh: "组织按 UTC 日和模型的账单，已扣折扣、未扣抵用金。不含预付余额以及 Claude Pro 和 Max 订阅。如果 Anthropic 只提供旧版报告，也不含 Priority Tier。",
    },
    covers: Text {
        en: "The whole organization, all workspaces.", zh: "整个组织，含所有工作区。"
    },
    scope: None,
    not_permitted: Text {
        en: "Anthropic accepts this key, but it can't read costs. Workspace keys can't. Create an Admin key instead. On an individual account, first set up an organization (free) in Console → Settings → Organization.",
        zh: "Anthropic 接受此密钥，但它无权读取费用。工作区密钥不行，请改用 Admin 密钥。个人账户请先在 Console → Settings → Organization 免费创建组织。",
    },
    known_errors: &[
        (
            "browser",
            Text {
                en: "This organization blocks calls from browsers, so Drawdown can't read it. An admin can allow them in the Console settings. If your privacy rules forbid that, import the cost file from the Console instead.",
                zh: "此组织禁止来自浏览器的请求，Drawdown 无法读取。管理员可在 Console 的设置中允许。如果隐私规定不允许，请导入 Console 的费用文件。",
            },
        ),
        (
            "individual",
            Text {
                en: "Individual accounts have no Admin keys. Set up an organization (free) in Console → Settings → Organization, then create an Admin key. Or import the cost file from the Console.",
                zh: "个人账户没有 Admin 密钥。请先在 Console → Settings → Organization 免费创建组织，再创建 Admin 密钥。也可以导入 Console 的费用文件。",
            },
        ),
    ],
    lag: Text {
        en: "Usually about 5 minutes, sometimes longer. Days follow UTC.",
        zh: "通常约 5 分钟，有时更久。按 UTC 分日。",
    },
    // Usually minutes. How long a day may be restated is not documented, so one more day is added.
    settles_after_hours: 24,
    shortest_minutes: 5,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    // According to <https://support.anthropic.com/en/articles/8977456>, 2026-11, where auto-reload is optional.
    terms: Terms { credit_months: Some(12), ..Terms::UNKNOWN },
    more: Some(Text {
        en: "On Claude Enterprise, use an analytics key with read:analytics instead. It can only read.",
        zh: "Claude Enterprise 请改用带 read:analytics 权限的分析密钥，它只能读取。",
    }),
    export: Some(Export {
        read: export::read,
        page: "https://platform.claude.com/cost",
        how: Text {
            en: "Choose all workspaces and the month, then export the CSV. Each row is rounded to the cent, so totals can differ by a few cents.",
            zh: "选择全部工作区和月份，然后导出 CSV。每行四舍五入到分，合计可能相差几分。",
        },
    }),
    proof: Proof::FromDocuments,
};

const VERSION: (&str, &str) = ("anthropic-version", "2023-06-01");
const FROM_A_BROWSER: (&str, &str) = ("anthropic-dangerous-direct-browser-access", "true");
const BETA: (&str, &str) = ("anthropic-beta", "analytics-usage-cost-2026-08-24");

const ANALYTICS: &str = "https://api.anthropic.com/v1/organizations/analytics/cost";
const REPORT: &str = "https://api.anthropic.com/v1/organizations/cost_report";

/// How far back the analytics go, and their earliest day.
const DAYS_BACK: u64 = 364;
const EARLIEST: &str = "2026-01-01";
/// The most days of one request.
const DAYS_AT_ONCE: u64 = 31;

fn first(query: &Query<'_>) -> Request {
    let earliest = query.now.minus(DAYS_BACK * DAY).day();
    let from = query.from.max(earliest).max(Day::parse(EARLIEST).unwrap_or(earliest));
    analytics(from.span().from, query.now)
}

/// The request for the part that starts at `from`. No part may be shorter than a bucket, which is a day: after this part, either
/// a day or more remains, or nothing.
fn analytics(from: Timestamp, now: Timestamp) -> Request {
    let most = from.plus(DAYS_AT_ONCE * DAY);
    let to = if most >= now {
        now.max(from.plus(DAY))
    } else if most.plus(DAY) > now {
        most.minus(DAY)
    } else {
        most
    };
    let url = format!(
        "{ANALYTICS}?starting_at={from}&ending_at={to}&time_bucket_width=1d&group_by%5B%5D=model&group_by%5B%5D=cost_type&order_by=time&limit=1000"
    );
    Request { headers: &[VERSION, FROM_A_BROWSER, BETA], ..Request::get(url, Auth::Header("x-api-key")) }
}

/// Without a limit, a page has 7 days.
fn cost_report(from: Day) -> Request {
    let from = from.span().from;
    let url = format!("{REPORT}?starting_at={from}&bucket_width=1d&group_by%5B%5D=description&limit=31");
    Request { headers: &[VERSION, FROM_A_BROWSER], ..Request::get(url, Auth::Header("x-api-key")) }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if matches!(answer.status, 400..=403) {
        if answer.body.contains("CORS requests") {
            return Err(Problem::barred("browser"));
        }
        if answer.body.contains("individual account") {
            return Err(Problem::barred("individual"));
        }
    }
    if request.url.starts_with(REPORT) {
        return read_report(query, request, answer);
    }
    // Only at the start of a part: after its first page, the report would repeat the same money.
    if request.value("page").is_none() && matches!(answer.status, 400..=405 | 410) {
        let part = span_of(request.value("starting_at"), request.value("ending_at"))?;
        let from = if *request == first(query) { query.from } else { part.from.day() };
        return Ok(Step::More(Report::default(), cost_report(from)));
    }
    read_analytics(query, request, answer)
}

fn read_analytics(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let page = answer.json(query.now, "the costs")?;
    let part = span_of(request.value("starting_at"), request.value("ending_at"))?;
    // Before the time up to which rows are complete, a day without a row has no use.
    let fresh = page.part::<&str>("data_refreshed_at")?.and_then(Timestamp::parse);
    let covered = Span { from: part.from, to: part.to.min(fresh.unwrap_or(part.from)) };
    let mut bills: Vec<Bill> = covered.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    let mut rows = Rows::default();
    for row in page.needed::<&[Value]>("data")? {
        if !rows.is_new(row_key(row, &["amount", "list_amount", "requests"]), row)? {
            continue;
        }
        let group = row.part("group")?.unwrap_or(&Value::Null);
        let names =
            if group.is_null() { [None; 2] } else { [group.part("model")?, group.part("cost_type")?] };
        let cost = row.part("cost")?.unwrap_or(&Value::Null);
        bills.push(item(day_of(row)?, names, cost, &mut rows)?);
    }
    rows.check_amounts("amount")?;
    let report = Report { bills, ..Report::default() };
    if page.needed("has_more")? {
        return Ok(Step::More(report, request.page(page.part("next_page")?)?));
    }
    if part.to < query.now {
        return Ok(Step::More(report, analytics(part.to, query.now)));
    }
    Ok(Step::Done(report))
}

fn read_report(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let page = answer.json(query.now, "the cost report")?;
    let mut rows = Rows::default();
    let mut bills: Vec<Bill> = Vec::new();
    for bucket in page.needed::<&[Value]>("data")? {
        let day = day_of(bucket)?;
        if !rows.is_new(day.to_string(), bucket)? {
            continue;
        }
        if bills.last().is_some_and(|last| day != last.day.next()) {
            return Err(Problem::unreadable("a bucket for every day"));
        }
        bills.push(Bill::empty(Currency::USD, day));
        for cost in bucket.needed::<&[Value]>("results")? {
            if rows.is_new(format!("{day} {}", row_key(cost, &["amount"])), cost)? {
                let described = cost.part("description")?.or(cost.part("cost_type")?);
                bills.push(item(day, [cost.part("model")?, described], cost, &mut rows)?);
            }
        }
    }
    rows.check_amounts("amount")?;
    let report = Report { bills, ..Report::default() };
    if page.needed("has_more")? {
        return Ok(Step::More(report, request.page(page.part("next_page")?)?));
    }
    Ok(Step::Done(report))
}

/// The UTC day of a row or a bucket.
fn day_of(row: &Value) -> Result<Day, Problem> {
    let span = span_of(row.part("starting_at")?, row.part("ending_at")?)?;
    span.only_day().ok_or(Problem::unreadable("a cost of one UTC day"))
}

fn span_of(from: Option<&str>, to: Option<&str>) -> Result<Span, Problem> {
    let read =
        |text: Option<&str>| text.and_then(Timestamp::parse).ok_or(Problem::unreadable("the time of a cost"));
    Ok(Span { from: read(from)?, to: read(to)? })
}

/// The bill of a cost in US cents, under the first of its names.
fn item(day: Day, names: [Option<&str>; 2], cost: &Value, rows: &mut Rows<'_>) -> Result<Bill, Problem> {
    let name = names.into_iter().flatten().next().unwrap_or(OTHER);
    let cents = rows.amount(cost, "amount")?;
    let in_cents = || Problem::unreadable("a cost in US cents");
    if cents.is_some() && cost.needed::<Currency>("currency")? != Currency::USD {
        return Err(in_cents());
    }
    let amount = cents.map(|cents| cents.times(1, 100).ok_or_else(in_cents)).transpose()?;
    Ok(Bill::item(Currency::USD, day, name, amount))
}
