//! DigitalOcean: the total of the month so far, and the credit if there is any.
//!
//! `GET https://api.digitalocean.com/v2/customers/my/balance` with a token of the scope `billing:read`. Amounts are texts in dollars.
//! `month_to_date_balance` is the amount owed, including this month's use; a negative amount is credit. The answer has the time
//! at which it was made; if that is before the month began, the total is for the previous month. The use of GPU machines and of
//! inference is on the same bill. Invoices have an address and are not read.
//! Source: <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Billing>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::digitalocean::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"month_to_date_balance":"23.44","account_balance":"12.23","month_to_date_usage":"11.21","generated_at":"2026-11-22T06:01:12Z"}"#;
//! let answer = Answer::new(200, body);
//! let step = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer);
//! assert!(matches!(step, Ok(Step::Done(report)) if report.readings.len() == 1), "what is owed is no balance");
//! ```

use crate::books::reading::{Balance, Counter, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;
use crate::time::Timestamp;

/// DigitalOcean.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "digitalocean",
    name: "DigitalOcean",
    kind: Kind::Compute,
    origins: &["https://api.digitalocean.com"],
    key: KeyKind {
        page: "https://cloud.digitalocean.com/account/api/tokens",
        prefix: "dop_v1_",
        wrong_kinds: &[],
        least: Text {
            en: "Create a token with custom scopes, and choose billing:read only.",
            zh: "请创建自定义权限的令牌，只选择 billing:read。",
        },
        if_stolen: Text {
            en: "With billing:read only, someone could see your bills, with name and address, but not change or spend anything.",
            zh: "如果只有 billing:read 权限，他人可以查看账单（含姓名和地址），但不能更改或消费。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "DigitalOcean's own total of the month, before taxes and credits, GPU machines and inference included. Days come from how it grows between refreshes. Credit, if there is any, gives the run-out date and isn't counted.",
        zh: "DigitalOcean 自己的本月合计，未计税费和抵扣，含 GPU 机器和推理。每日数据来自两次刷新之间的增加。抵扣额度（如有）用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The team of the token.", zh: "令牌所属的团队。" },
    scope: None,
    not_permitted: Text {
        en: "This token can't read billing. Create one with the scope billing:read.",
        zh: "此令牌无权读取账单。请创建含 billing:read 权限的令牌。",
    },
    known_errors: &[],
    lag: Text {
        en: "DigitalOcean doesn't say how soon usage shows. The last hours before a month ends can be missing.",
        zh: "官方没有说明用量多久显示。月末最后几小时可能缺失。",
    },
    settles_after_hours: 0,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms { restarts_monthly: true, ..Terms::UNKNOWN },
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

fn first(_: &Query<'_>) -> Request {
    Request::get("https://api.digitalocean.com/v2/customers/my/balance".to_owned(), Auth::Bearer)
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the costs")?;
    let total: Amount = json.needed("month_to_date_usage")?;
    let made: &str = json.needed("generated_at")?;
    let made = Timestamp::parse(made).ok_or_else(|| Problem::unreadable("generated_at"))?;
    let this_month = (made.month() == query.now.month()).then_some(total);
    let mut readings = vec![Reading::Counter(Counter { currency: Currency::USD, total, this_month })];
    let owed: Amount = json.needed("month_to_date_balance")?;
    if owed.is_negative() {
        let pools = Pools::Total(Amount::ZERO - owed);
        readings.push(Reading::Balance(Balance { currency: Currency::USD, pools }));
    }
    Ok(Step::Done(Report::of_readings(readings)))
}
