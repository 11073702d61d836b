//! Vercel AI Gateway: the credits of a team, and its lifetime use.
//!
//! `GET https://ai-gateway.vercel.sh/v1/credits` with an ordinary key of the gateway. Both amounts are texts in dollars;
//! `total_used` only grows, so spend is exact. The free credit of a month is part of the balance and does not carry over, so a
//! fall of the balance is not always spend. `/v1/report` has days and models, but each call of it costs money.
//! Sources: <https://vercel.com/docs/ai-gateway/usage> and the source of `@ai-sdk/gateway`, 2026-11. Fixtures from them.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::vercel::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let answer = Answer::new(200, r#"{"balance":"95.50","total_used":"4.50"}"#);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings.len(), 2);
//! ```

use crate::books::reading::{Balance, Counter, DrawOrder, Pools, Reading};
use crate::money::Currency;
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// Vercel AI Gateway.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "vercel",
    name: "Vercel AI Gateway",
    kind: Kind::Gateway,
    origins: &["https://ai-gateway.vercel.sh"],
    key: KeyKind {
        page: "https://vercel.com/d?to=%2F%5Bteam%5D%2F%7E%2Fai%2Fapi-keys",
        prefix: "vck_",
        wrong_kinds: &[],
        least: Text {
            en: "The gateway has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "AI Gateway 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend the team's credits, but not buy more or change the team.",
            zh: "他人可以花掉团队的额度，但不能购买更多，也不能更改团队。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "The increase in everything the team ever used, so top-ups and free credit can't hide anything. Tracking starts with the first refresh. Usage billed to your own provider keys isn't included.",
        zh: "按团队累计用量的增加统计，充值和免费额度不会掩盖支出，从首次刷新开始。由自带密钥付费的用量不计入。",
    },
    covers: Text {
        en: "The whole team. Connect one key per team: a second one would count the same credits again.",
        zh: "整个团队。每个团队只需连接一个密钥，否则会重复统计同一份额度。",
    },
    scope: None,
    not_permitted: Text {
        en: "Vercel accepts this key but doesn't show the team's credits. Create a new key under AI Gateway.",
        zh: "Vercel 接受此密钥，但没有提供团队额度。请在 AI Gateway 下新建密钥。",
    },
    known_errors: &[],
    lag: Text {
        en: "Vercel doesn't say how soon usage shows.", zh: "官方没有说明用量多久显示。"
    },
    settles_after_hours: 0,
    shortest_minutes: 10,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

fn first(_: &Query<'_>) -> Request {
    Request::get("https://ai-gateway.vercel.sh/v1/credits".to_owned(), Auth::Bearer)
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the credits")?;
    let pools = Pools::Total(json.needed("balance")?);
    let total = json.needed("total_used")?;
    let readings = vec![
        Reading::Balance(Balance { currency: Currency::USD, pools }),
        Reading::Counter(Counter { currency: Currency::USD, total, this_month: None }),
    ];
    Ok(Step::Done(Report::of_readings(readings)))
}
