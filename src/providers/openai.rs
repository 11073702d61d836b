//! OpenAI: the bills of the organisation, per UTC day and line item.
//!
//! `GET https://api.openai.com/v1/organization/costs` with an Admin key. Buckets of one UTC day, in pages; an amount is a
//! number or a text in units of a currency in lowercase, and may be missing, which is not zero. A bucket without a result
//! is a day without a bill. Buckets have no gaps, so a gap is a missing page. The last request is
//! `GET /v1/organization/spend_limit`: a monthly budget in cents, if the user has set one.
//! Sources: OpenAI's OpenAPI description, 2026-08; <https://help.openai.com/en/articles/8554956> (UTC, delay). Fixtures
//! from them, 2026-11.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::openai::PROVIDER};
//!
//! let now = Timestamp::parse("2024-11-01T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"data":[{"start_time":1730419200,"end_time":1730505600,"results":[]}],"has_more":false}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let step = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer);
//! assert!(matches!(step, Ok(Step::More(report, _)) if report.bills.len() == 1));
//! ```

mod export;

use serde_json::Value;

use crate::books::bill::{Bill, OTHER};
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency, Money};
use crate::provider::{
    Answer, Auth, Billing, Card, Export, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Reload,
    Report, Request, Rows, Setup, Step, Terms, row_key,
};
use crate::text::Text;
use crate::time::{Day, SECOND, Span, Timestamp};

/// OpenAI.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

/// A key of a project or of a service account in a project.
const PROJECT_KEY: Text = Text {
    en: "This is a project key, which can't read costs. OpenAI needs an Admin key (sk-admin-…). Create one on the page linked above.",
    zh: "这是项目密钥，无法读取费用。OpenAI 需要 Admin 密钥（sk-admin-…），请在上方链接的页面创建。",
};

const CARD: Card = Card {
    id: "openai",
    name: "OpenAI",
    kind: Kind::Models,
    origins: &["https://api.openai.com"],
    key: KeyKind {
        page: "https://platform.openai.com/settings/organization/admin-keys",
        prefix: "sk-admin-",
        wrong_kinds: &[("sk-proj-", PROJECT_KEY), ("sk-svcacct-", PROJECT_KEY)],
        least: Text {
            en: "You need an Admin key, which only an organization owner can create. If it's your own account, that's you. Create a separate key for Drawdown.",
            zh: "需要 Admin 密钥，只有组织所有者可以创建。个人账户的所有者就是本人。请为 Drawdown 单独创建一个。",
        },
        if_stolen: Text {
            en: "Someone could create keys, invite people and change projects, but not call models.",
            zh: "他人可以创建密钥、邀请成员、更改项目，但不能直接调用模型。",
        },
    },
    setup: Setup {
        expiry: Some((
            Text {
                en: "One Admin key can create another with a command. This one creates a key that expires in 90 days. Then delete the first key or keep it somewhere safe.",
                zh: "可以用一个 Admin 密钥通过命令再创建一个。下面的命令会创建 90 天后过期的密钥。之后请删除第一个密钥，或妥善保管。",
            },
            "curl https://api.openai.com/v1/organization/admin_api_keys -H \"Authorization: Bearer YOUR_ADMIN_KEY\" -H \"Content-Type: application/json\" -d '{\"name\":\"Drawdown\",\"expires_in_seconds\":7776000}'",
        )),
        ..Setup::KEY_ONLY
    },
    billing: Billing::Bills,
    counts: Text {
        en: "Your organization's bill per UTC day and line item, all projects, as invoiced. Not included: prepaid credits and ChatGPT subscriptions.",
        zh: "组织按 UTC 日和账单条目的费用，含所有项目，与发票一致。不含预付余额和 ChatGPT 订阅。",
    },
    covers: Text { en: "The whole organization, all projects.", zh: "整个组织，含所有项目。" },
    scope: None,
    not_permitted: Text {
        en: "OpenAI only shows costs to Admin keys. Create one on the Admin keys page. If you can't open that page, ask an organization owner.",
        zh: "OpenAI 只向 Admin 密钥提供费用。请在 Admin keys 页面创建。如果打不开该页面，请联系组织所有者。",
    },
    known_errors: &[],
    lag: Text {
        en: "OpenAI says costs can be delayed, but not by how much. Days follow UTC.",
        zh: "OpenAI 说明费用可能延迟，但未说明多久。按 UTC 分日。",
    },
    // Not documented: a day is assumed to be complete one day later.
    settles_after_hours: 24,
    shortest_minutes: 5,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    // Both according to <https://help.openai.com/en/articles/8264644>, 2026-11.
    terms: Terms { credit_months: Some(12), reload: Reload::UnlessTurnedOff, ..Terms::UNKNOWN },
    more: Some(Text {
        en: "OpenAI has no read-only keys. Drawdown only asks for your costs and your spending limit.",
        zh: "OpenAI 没有只读密钥。Drawdown 只读取费用和支出上限。",
    }),
    export: Some(Export {
        read: export::read,
        page: "https://platform.openai.com/usage",
        how: Text {
            en: "Clear the project filter, choose the month, group spend by line item and export it as CSV. The activity export has no costs.",
            zh: "清除项目筛选，选择月份，将费用按条目分组，然后导出 CSV。活动导出不含费用。",
        },
    }),
    proof: Proof::FromDocuments,
};

/// Without a limit, a page has 7 days; the maximum is 180.
fn first(query: &Query<'_>) -> Request {
    let start = query.from.span().from.ms() / SECOND;
    let url = format!(
        "https://api.openai.com/v1/organization/costs?start_time={start}&bucket_width=1d&limit=180&group_by=line_item"
    );
    Request::get(url, Auth::Bearer)
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == limit() {
        return Ok(Step::Done(Report { limit: read_limit(query, answer)?, ..Report::default() }));
    }
    let page = answer.json(query.now, "the costs")?;
    let buckets: &[Value] = page.needed("data")?;
    if buckets.is_empty() {
        return Err(Problem::unreadable("a bucket"));
    }
    let mut rows = Rows::default();
    let (mut days, mut items) = (Vec::<Day>::new(), Vec::new());
    for bucket in buckets {
        let day = day_of(bucket)?;
        let day_key = day.to_string();
        if !rows.is_new(day_key.clone(), bucket)? {
            continue;
        }
        if days.last().is_some_and(|last| day != last.next()) {
            return Err(Problem::unreadable("a bucket for every day"));
        }
        days.push(day);
        for cost in results(bucket)? {
            // An item may have several rows: rows that differ in any value are parts of the item.
            if rows.is_new(format!("{day_key} {}", row_key(cost, &[])), cost)? {
                items.push((day, cost.part("line_item")?.unwrap_or(OTHER), money(cost, &mut rows)?));
            }
        }
    }
    rows.check_amounts("the amount of a cost")?;
    // A row without an amount and a day without a cost may have no currency: they take the currency of the other rows.
    let default = items.iter().find_map(|(_, _, (currency, _))| *currency).unwrap_or(Currency::USD);
    let items = items
        .into_iter()
        .map(|(day, name, (currency, amount))| Bill::item(currency.unwrap_or(default), day, name, amount));
    let days = days.into_iter().map(|day| Bill::empty(default, day));
    let report = Report { bills: days.chain(items).collect(), ..Report::default() };
    if page.needed("has_more")? {
        return Ok(Step::More(report, request.page(page.part("next_page")?)?));
    }
    Ok(Step::More(report, limit()))
}

fn limit() -> Request {
    Request::get("https://api.openai.com/v1/organization/spend_limit".to_owned(), Auth::Bearer).optional()
}

/// The monthly limit, in cents. `None` if the limit is not monthly.
fn read_limit(query: &Query<'_>, answer: &Answer) -> Result<Option<Money>, Problem> {
    let json = answer.json(query.now, "the spend limit")?;
    if json.needed::<&str>("interval")? != "month" {
        return Ok(None);
    }
    let cents: Amount = json.needed("threshold_amount")?;
    let currency = json.needed("currency")?;
    Ok(cents.times(1, 100).map(|amount| Money { amount, currency }))
}

/// The UTC day of a bucket. Times are seconds since 1970, and the end is exclusive.
fn day_of(bucket: &Value) -> Result<Day, Problem> {
    let at = |name| Ok(Timestamp::from_ms(bucket.needed::<u64>(name)?.saturating_mul(SECOND)));
    let span = Span { from: at("start_time")?, to: at("end_time")? };
    span.only_day().ok_or(Problem::unreadable("a bucket of one UTC day"))
}

/// The costs of a bucket. OpenAI's description and its examples use different names for them.
fn results(bucket: &Value) -> Result<&[Value], Problem> {
    bucket.part("result")?.map_or_else(|| bucket.needed("results"), Ok)
}

/// The currency and the amount of a cost, each `None` if missing. Fails if an amount has no currency.
fn money(cost: &Value, rows: &mut Rows<'_>) -> Result<(Option<Currency>, Option<Amount>), Problem> {
    let money = cost.part("amount")?.unwrap_or(&Value::Null);
    let amount = rows.amount(money, "value")?;
    let currency = if money.is_null() { None } else { money.part("currency")? };
    if amount.is_some() && currency.is_none() {
        return Err(Problem::unreadable("currency"));
    }
    Ok((currency, amount))
}
