//! Together AI: bills of the whole organization by day and product, if Together has enabled them.
//!
//! `GET https://api.together.ai/v1/billing/usage?month=YYYY-MM&granularity=day` with an ordinary key, in pages. Costs are texts in
//! dollars; days are UTC and end yesterday. An organization without this feature gets a 404, like a wrong URL.
//! Source: <https://docs.together.ai/reference/billing-usage>, 2026-11. Fixtures from it and from its SDK's tests.
//!
//! ```
//! use drawdown::provider::{Answer, Problem, Query};
//! use drawdown::{time::Timestamp, providers::together::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let request = (PROVIDER.first)(&query);
//! assert!(request.url.ends_with("/usage?granularity=day&limit=1000&month=2026-11"));
//! let answer = Answer::new(404, r#"{"code":"NOT_FOUND"}"#);
//! assert_eq!((PROVIDER.read)(&query, &request, &answer), Err(Problem::barred("not_enabled")));
//! ```

use serde_json::Value;

use crate::books::bill::Bill;
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms, is_cursor,
};
use crate::text::Text;
use crate::time::{Day, Month, Span};

/// Together AI.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |query| month(query.from.month()), read, others: &[] };

const CARD: Card = Card {
    id: "together",
    name: "Together AI",
    kind: Kind::Hosting,
    origins: &["https://api.together.ai"],
    key: KeyKind {
        page: "https://api.together.ai/settings/api-keys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Together has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "Together 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend the organization's credits and see its bills.",
            zh: "他人可以花掉组织的额度，并查看其账单。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Bills,
    counts: Text {
        en: "The organization's bill per UTC day and product, up to yesterday. Together enables this for some organizations only, and offers no balance.",
        zh: "组织按 UTC 日和产品的账单，截至昨天。Together 只为部分组织开通此功能，且不提供余额。",
    },
    covers: Text {
        en: "The whole organization, all projects and keys.", zh: "整个组织，含所有项目和密钥。"
    },
    scope: None,
    not_permitted: Text {
        en: "This key may not read the organization's bills. Create a key in that organization.",
        zh: "此密钥无权读取该组织的账单。请在该组织中创建密钥。",
    },
    known_errors: &[(
        NOT_ENABLED,
        Text {
            en: "Together hasn't enabled billing data for your organization. Ask its support to enable it, or add the account by hand.",
            zh: "Together 尚未为你的组织开通账单数据。请联系其支持开通，或手动添加账户。",
        },
    )],
    lag: Text {
        en: "A day shows once it is over, up to 24 hours later.",
        zh: "每天的费用在当天结束后显示，最多延迟 24 小时。",
    },
    settles_after_hours: 24,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

/// Billing data is not enabled for this organization.
const NOT_ENABLED: &str = "not_enabled";

fn month(month: Month) -> Request {
    let usage = Request::get("https://api.together.ai/v1/billing/usage".to_owned(), Auth::Bearer);
    usage.with("granularity", "day").with("limit", "1000").with("month", &month.to_string())
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if answer.status == 404 {
        return Err(Problem::barred(NOT_ENABLED));
    }
    let this = request.value("month").and_then(Month::parse);
    let this = this.ok_or_else(|| Problem::unreadable("a month that was requested"))?;
    let json = answer.json(query.now, "the costs")?;
    let is_usd = json.part::<&str>("currency")?.is_none_or(|currency| currency == "USD");
    let is_asked = json.part("billing_period")?.is_none_or(|period: &str| period == this.to_string());
    if !is_usd || !is_asked {
        return Err(Problem::unreadable(if is_usd { "billing_period" } else { "currency" }));
    }
    let report = Report { bills: bills(query, this, &json)?, ..Report::default() };
    let next = match json.part::<&str>("next_cursor")? {
        Some(cursor) if is_cursor(cursor) => Some(request.with("after", cursor)),
        Some(_) => return Err(Problem::unreadable("the next page")),
        None => Some(this.next()).filter(|next| *next <= query.now.month()).map(month),
    };
    Ok(next.map_or_else(|| Step::Done(report.clone()), |next| Step::More(report.clone(), next)))
}

/// A bill for each completed day of the month, and one for each item.
fn bills(query: &Query<'_>, month: Month, json: &Value) -> Result<Vec<Bill>, Problem> {
    let over = Span { from: query.from.span().from, to: query.now.day().span().from };
    let days = month.span().overlap(over);
    let mut bills: Vec<Bill> = days.days().map(|day| Bill::empty(Currency::USD, day)).collect();
    for bucket in json.needed::<&[Value]>("data")? {
        let day: &str = bucket.needed("date")?;
        let day = Day::parse(day).ok_or_else(|| Problem::unreadable("date"))?;
        for item in bucket.needed::<&[Value]>("line_items")? {
            let amount: Option<Amount> = item.part("cost")?;
            if day.span().meets(days) && !amount.is_some_and(Amount::is_zero) {
                bills.push(Bill::item(Currency::USD, day, item.needed("product_name")?, amount));
            }
        }
    }
    Ok(bills)
}
