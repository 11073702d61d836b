//! Featherless: an organization's prepaid credits, exact to a billionth of a dollar.
//!
//! `GET https://api.featherless.ai/credits/balance` with the key of an organization's admin. Amounts are texts of whole numbers in
//! billionths of a dollar. The balance before reservations is read: money that is reserved for a running request is not spent
//! yet, and a released reservation would look like a top-up.
//! Source: <https://featherless.ai/docs/api-reference-credits>, 2026-11. Fixtures from it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::featherless::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"balance_nano_usd":"42500000001","currency":"usd"}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[0].left().unwrap().amount.to_string(), "42.500000001");
//! ```

use crate::books::reading::{DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// Featherless.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "featherless",
    name: "Featherless",
    kind: Kind::Hosting,
    origins: &["https://api.featherless.ai"],
    key: KeyKind {
        page: "https://featherless.ai/account/api-keys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "An organization's admin must create the key: Featherless shows credits to no other. Create one just for Drawdown.",
            zh: "密钥须由组织的 Admin（管理员）创建，Featherless 只向其提供额度。请为 Drawdown 单独创建一个。",
        },
        if_stolen: Text {
            en: "Someone could spend the organization's credits and see what is left.",
            zh: "他人可以花掉组织的额度，并查看余额。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "How the organization's credits drop between refreshes, so top-ups in between can hide some spend. Credit reserved for running requests isn't spent yet. Add a plan with a fixed price as a subscription.",
        zh: "按两次刷新之间组织额度的减少来统计，期间的充值可能掩盖部分支出。为运行中的请求预留的额度尚未支出。固定价格的套餐请添加为订阅。",
    },
    covers: Text {
        en: "The organization of the key, all members.", zh: "密钥所属的组织，含所有成员。"
    },
    scope: None,
    not_permitted: Text {
        en: "This key wasn't created by an organization's admin. Ask an admin to create one.",
        zh: "此密钥不是由组织的管理员创建的。请让管理员创建一个。",
    },
    known_errors: &[],
    lag: Text { en: "Featherless shows the live balance.", zh: "Featherless 提供实时余额。" },
    settles_after_hours: 0,
    shortest_minutes: 10,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

/// The number of units in a dollar.
const PARTS_OF_A_DOLLAR: u64 = 1_000_000_000;

fn first(_: &Query<'_>) -> Request {
    Request::get("https://api.featherless.ai/credits/balance".to_owned(), Auth::Bearer)
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    if json.needed::<Currency>("currency")? != Currency::USD {
        return Err(Problem::unreadable("currency"));
    }
    let parts: Amount = json.needed("balance_nano_usd")?;
    let left = parts.times(1, PARTS_OF_A_DOLLAR).ok_or_else(|| Problem::unreadable("balance_nano_usd"))?;
    let balance = Reading::balance(Currency::USD, left);
    Ok(Step::Done(Report::of_readings(vec![balance])))
}
