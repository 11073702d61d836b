//! ElevenLabs: the charges beyond a plan's price.
//!
//! `GET https://api.elevenlabs.io/v1/user/subscription` with a key that has the permission "User: read".
//! `current_overage.amount` is a text in whole units of its currency: the usage-based charges of the billing period so far, which
//! restarts with the next period and not with the calendar month. Characters are credits, not money. A wrong key and a missing
//! permission both have status 401; the body differs.
//! Sources: <https://elevenlabs.io/docs/api-reference/user/subscription/get>, 2026-11, and its SDK's tests. Fixtures from them.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::elevenlabs::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"currency":"eur","current_overage":{"amount":"1.50","currency":"eur"}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[0].currency().code(), "EUR");
//! ```

use serde_json::Value;

use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// ElevenLabs.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "elevenlabs",
    name: "ElevenLabs",
    kind: Kind::Media,
    origins: &["https://api.elevenlabs.io"],
    key: KeyKind {
        page: "https://elevenlabs.io/app/settings/api-keys",
        prefix: "sk_",
        wrong_kinds: &[],
        least: Text {
            en: "Restrict the key and give it User: Read only.",
            zh: "请限制密钥权限，只开启 User: Read（读取用户）。",
        },
        if_stolen: Text {
            en: "With User: Read only, someone could see your plan and usage, but not use your credits.",
            zh: "如果只有 User: Read 权限，他人可以查看套餐和用量，但不能使用额度。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "Usage-based charges beyond your plan. They start again with each billing period, which may not be the calendar month. Add the plan itself as a subscription.",
        zh: "套餐之外按用量收取的费用。费用按账单周期重新累计，周期不一定是自然月。请将套餐本身添加为订阅。",
    },
    covers: Text { en: "The whole workspace.", zh: "整个工作区。" },
    scope: None,
    not_permitted: Text {
        en: "This key lacks the permission User: Read. Edit the key and turn it on.",
        zh: "此密钥缺少 User: Read（读取用户）权限。请编辑密钥并开启。",
    },
    known_errors: &[],
    lag: Text { en: "Charges can settle a day or two late.", zh: "费用可能延迟一两天入账。" },
    settles_after_hours: 0,
    shortest_minutes: 15,
    usual_minutes: 30,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

fn first(_: &Query<'_>) -> Request {
    let url = "https://api.elevenlabs.io/v1/user/subscription";
    Request::get(url.to_owned(), Auth::Header("xi-api-key"))
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    if answer.status == 401 && lacks_permission(&answer.body) {
        return Err(Problem::NotPermitted);
    }
    let json = answer.json(query.now, "the costs")?;
    let overage: &Value = json.needed("current_overage")?;
    let (total, currency) = (overage.needed("amount")?, overage.needed("currency")?);
    let readings = vec![Reading::Counter(Counter { currency, total, this_month: None })];
    Ok(Step::Done(Report::of_readings(readings)))
}

/// Whether an error means that a good key lacks a permission.
fn lacks_permission(body: &str) -> bool {
    let error: Value = serde_json::from_str(body).unwrap_or_default();
    let detail: Option<&Value> = error.part("detail").ok().flatten();
    detail.is_some_and(|detail| matches!(detail.part("status"), Ok(Some("missing_permissions"))))
}
