//! DeepInfra: the cost of each month so far, and the prepaid balance.
//!
//! `GET https://api.deepinfra.com/payment/usage?from=YYYY.MM` with an ordinary key has the months from that one on, each with
//! `total_cost` in cents; the answer names the account's first month, so all months together are the lifetime spend. Days are not
//! available. `GET /payment/checklist?compute_owed=true` has `stripe_balance` in dollars, negative while money is left, and
//! `recent`, the spend since the last invoice; its other fields are personal and are not read.
//! Source: DeepInfra's OpenAPI description as other programs use it, 2026-08. Fixtures from their recorded answers.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::deepinfra::PROVIDER};
//!
//! let now = Timestamp::parse("2026-07-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"months":[{"period":"2026.07","total_cost":394}],"initial_month":"2026.06"}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(next.url, "https://api.deepinfra.com/payment/usage?from=2026.06");
//! ```

use serde_json::Value;

use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;
use crate::time::Month;

/// DeepInfra.
pub const PROVIDER: Provider = Provider { card: CARD, first: |_| usage("current"), read, others: &[] };

const CARD: Card = Card {
    id: "deepinfra",
    name: "DeepInfra",
    kind: Kind::Hosting,
    origins: &["https://api.deepinfra.com"],
    key: KeyKind {
        page: "https://deepinfra.com/dash/api_keys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "DeepInfra has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "DeepInfra 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance and see your billing details.",
            zh: "他人可以花掉余额，并查看账单信息。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "DeepInfra's own total of the month, so top-ups can't hide anything. Days come from how it grows between refreshes. The balance gives the run-out date and isn't counted.",
        zh: "DeepInfra 自己的本月合计，充值不会掩盖支出。每日数据来自两次刷新之间的增加。余额用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key may not read billing. Create a new key with your account's owner.",
        zh: "此密钥无权读取账单。请由账户所有者新建密钥。",
    },
    known_errors: &[],
    lag: Text {
        en: "DeepInfra doesn't say how soon usage shows.", zh: "官方没有说明用量多久显示。"
    },
    settles_after_hours: 0,
    shortest_minutes: 15,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

const API: &str = "https://api.deepinfra.com/payment";

fn usage(from: &str) -> Request {
    Request::get(format!("{API}/usage"), Auth::Bearer).with("from", from)
}

fn checklist() -> Request {
    Request::get(format!("{API}/checklist"), Auth::Bearer).with("compute_owed", "true").optional()
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if *request == checklist() {
        return read_balance(query, answer);
    }
    let json = answer.json(query.now, "the costs")?;
    if *request == usage("current") {
        let first: &str = json.needed("initial_month")?;
        return Ok(Step::More(Report::default(), usage(&written(month_of(first)?))));
    }
    let readings = vec![Reading::Counter(read_months(query, &json)?)];
    Ok(Step::More(Report::of_readings(readings), checklist()))
}

/// All months from the first one on. A missing month would make the total short.
fn read_months(query: &Query<'_>, json: &Value) -> Result<Counter, Problem> {
    let mut next = month_of(json.needed("initial_month")?)?;
    let (mut total, mut this_month) = (Amount::ZERO, None);
    for month in json.needed::<&[Value]>("months")? {
        let period = month_of(month.needed("period")?)?;
        if period != next {
            return Err(Problem::unreadable("every month"));
        }
        let cents: Amount = month.needed("total_cost")?;
        let cost = cents.times(1, 100).ok_or_else(|| Problem::unreadable("total_cost"))?;
        total = total + cost;
        this_month = (period == query.now.month()).then_some(cost);
        next = next.next();
    }
    if this_month.is_none() {
        return Err(Problem::unreadable("every month"));
    }
    Ok(Counter { currency: Currency::USD, total, this_month })
}

/// Parses a month such as `2026.07`.
fn month_of(text: &str) -> Result<Month, Problem> {
    Month::parse(&text.replace('.', "-")).ok_or_else(|| Problem::unreadable("period"))
}

fn written(month: Month) -> String {
    month.to_string().replace('-', ".")
}

fn read_balance(query: &Query<'_>, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let (owed, recent): (Amount, Amount) = (json.needed("stripe_balance")?, json.needed("recent")?);
    let balance = Reading::balance(Currency::USD, Amount::ZERO - owed - recent);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
