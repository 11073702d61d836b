//! GitHub: Copilot, Actions and all other bills of a user, by day and product.
//!
//! `GET https://api.github.com/user` names the user of the token, and `GET /users/USER/settings/billing/usage?year=&month=` has
//! the items of one month, with `netAmount` in dollars: the amount beyond what a plan includes. Without a month it would be the
//! whole year. A token without permission to read bills, and an account that is not on GitHub's newer billing, both get a 404.
//! Source: <https://docs.github.com/rest/billing/usage>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::github::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let answer = Answer::new(200, r#"{"login":"octocat"}"#);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert!(next.url.ends_with("/users/octocat/settings/billing/usage?year=2026&month=11"));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Rows, Setup, Step, Terms, row_key,
};
use crate::text::Text;
use crate::time::{Day, Month};

/// GitHub.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "github",
    name: "GitHub and Copilot",
    kind: Kind::Tools,
    origins: &["https://api.github.com"],
    key: KeyKind {
        page: "https://github.com/settings/personal-access-tokens/new",
        prefix: "",
        wrong_kinds: &[(
            "ghp_",
            Text {
                en: "This is a classic token, which can do far more than read bills. Create a fine-grained one.",
                zh: "这是 classic 令牌，权限远超读取账单。请创建 fine-grained 令牌。",
            },
        )],
        least: Text {
            en: "Create a fine-grained token without repositories and with the account permission Plan: Read only.",
            zh: "请创建不含任何仓库的 fine-grained 令牌，账户权限只开启 Plan: Read-only。",
        },
        if_stolen: Text {
            en: "With Plan: Read only, someone could see your plan and bills, but no code.",
            zh: "如果只有 Plan: Read-only 权限，他人可以查看套餐和账单，但看不到代码。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "What GitHub bills you per UTC day and product, after what your plan includes. What an organization pays for you isn't included.",
        zh: "GitHub 按 UTC 日和产品向你收取的费用，已扣除套餐包含的部分。由组织为你支付的费用不计入。",
    },
    covers: Text { en: "Your user account.", zh: "你的个人账户。" },
    scope: None,
    not_permitted: Text {
        en: "GitHub doesn't let this token read bills. Give it the account permission Plan: Read-only.",
        zh: "此令牌无权读取账单。请为它开启账户权限 Plan: Read-only。",
    },
    known_errors: &[(
        NO_BILLING,
        Text {
            en: "GitHub doesn't show billing to this token. It needs the account permission Plan: Read-only, and your account must be on GitHub's newer billing.",
            zh: "GitHub 没有向此令牌提供账单。令牌需要账户权限 Plan: Read-only，且账户须已启用新版计费。",
        },
    )],
    lag: Text {
        en: "GitHub doesn't say how soon usage shows. The last days can still change.",
        zh: "官方没有说明用量多久显示，最近几天仍可能变化。",
    },
    settles_after_hours: 96,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

/// No bills for this token, for one of two reasons.
const NO_BILLING: &str = "no_billing";
const API: &str = "https://api.github.com";
const HEADERS: &[(&str, &str)] =
    &[("accept", "application/vnd.github+json"), ("x-github-api-version", "2026-03-10")];

fn get(url: String) -> Request {
    Request { headers: HEADERS, ..Request::get(url, Auth::Bearer) }
}

fn first(_: &Query<'_>) -> Request {
    get(format!("{API}/user"))
}

/// The request for one month; `of` is the request for another month, or the URL without a month.
fn month(of: &Request, month: Month) -> Request {
    let text = month.to_string();
    let (year, number) = text.split_once('-').unwrap_or_default();
    of.with("year", year).with("month", number.trim_start_matches('0'))
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let (wanted, now) = (query.from.month(), query.now.month());
    if *request == first(query) {
        let json = answer.json(query.now, "the user")?;
        let login: &str = json.needed("login")?;
        let is_name = login.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if login.is_empty() || !is_name {
            return Err(Problem::unreadable("login"));
        }
        let bills = get(format!("{API}/users/{login}/settings/billing/usage"));
        return Ok(Step::More(Report::default(), month(&bills, wanted)));
    }
    if answer.status == 404 {
        return Err(Problem::barred(NO_BILLING));
    }
    let months =
        core::iter::successors(Some(wanted), |month| Some(month.next())).take_while(|month| *month <= now);
    let mut asked = months.skip_while(|asked| month(request, *asked) != *request);
    let this = asked.next().ok_or_else(|| Problem::unreadable("a month that was requested"))?;
    let report = Report { bills: read_month(query, this, answer)?, ..Report::default() };
    Ok(match asked.next() {
        Some(next) => Step::More(report, month(request, next)),
        None => Step::Done(report),
    })
}

/// The measures of an item. All other values are its key.
const MEASURES: [&str; 5] = ["quantity", "pricePerUnit", "grossAmount", "discountAmount", "netAmount"];

/// A bill for each day of a month up to today, and one for each item.
fn read_month(query: &Query<'_>, month: Month, answer: &Answer) -> Result<Vec<Bill>, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let known = query.asked();
    let days = month.span().overlap(known);
    let mut bills: Vec<Bill> = days.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    let mut rows = Rows::default();
    for item in json.needed::<&[Value]>("usageItems")? {
        let date: &str = item.needed("date")?;
        let day = date.get(..10).and_then(Day::parse).ok_or_else(|| Problem::unreadable("date"))?;
        if !rows.is_new(row_key(item, &MEASURES), item)? {
            continue;
        }
        let (name, amount) = (name_of(item)?, rows.amount(item, "netAmount")?);
        // Items that a plan includes would be lines of zero.
        if day.span().meets(days) && !amount.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, day, &name, amount));
        }
    }
    rows.check_amounts("netAmount")?;
    Ok(bills)
}

/// The name of an item: its stock-keeping unit, with the product if the unit does not include it.
fn name_of(item: &Value) -> Result<String, Problem> {
    let (product, sku): (&str, &str) = (item.needed("product")?, item.needed("sku")?);
    let has_product = sku.to_ascii_lowercase().contains(&product.to_ascii_lowercase());
    Ok(if has_product { sku.to_owned() } else { format!("{product}: {sku}") })
}
