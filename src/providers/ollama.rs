//! Ollama Cloud: the purchased credits, which pay for use beyond a plan's price.
//!
//! `GET https://ollama.com/api/balance` with a cloud key. `purchased.balance_usd` is a JSON number in dollars and counts only
//! credits that have not expired. The included credits are paid by the plan's price, are used first and restart every month, so
//! their use is not spend; `GET /api/usage` counts both together and is not read.
//! Source: <https://docs.ollama.com/api/balance>, 2026-10, and the fixtures with it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::ollama::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"included":{"balance_usd":72.5},"purchased":{"balance_usd":25}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[0].left().unwrap().amount.to_string(), "25");
//! ```

use serde_json::Value;

use crate::books::reading::{Balance, DrawOrder, Pools, Reading};
use crate::money::Currency;
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// Ollama Cloud.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "ollama",
    name: "Ollama Cloud",
    kind: Kind::Hosting,
    origins: &["https://ollama.com"],
    key: KeyKind {
        page: "https://ollama.com/settings/keys",
        prefix: "",
        wrong_kinds: &[(
            "ssh-ed25519",
            Text {
                en: "This is the key of your own computer. Create an API key in Ollama's settings.",
                zh: "这是本机的密钥。请在 Ollama 的设置中创建 API 密钥。",
            },
        )],
        least: Text {
            en: "Ollama has no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "Ollama 没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could use up your plan and spend your credits, but not buy more.",
            zh: "他人可以用完套餐额度并花掉余额，但不能购买更多。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "Credits you bought, by how they drop between refreshes. Add your plan as a subscription: its price covers what it includes. Credits that expire look like spend until you say so.",
        zh: "按两次刷新之间购买额度的减少来统计。请将套餐添加为订阅，其费用已包含套餐内用量。额度过期看起来像支出，可在账户页面标明。",
    },
    covers: Text { en: "The owner of the key, all keys.", zh: "密钥所有者，含其全部密钥。" },
    scope: None,
    not_permitted: Text {
        en: "Ollama accepts this key but doesn't show the balance. Create a new key and try again.",
        zh: "Ollama 接受此密钥，但没有提供余额。请新建一个密钥再试。",
    },
    known_errors: &[],
    lag: Text {
        en: "New usage may take some time to show. Ollama doesn't say how long.",
        zh: "新用量可能延迟显示，官方没有说明多久。",
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

fn first(_: &Query<'_>) -> Request {
    Request::get("https://ollama.com/api/balance".to_owned(), Auth::Bearer)
}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    let purchased: &Value = json.needed("purchased")?;
    let pools = Pools::Total(purchased.needed("balance_usd")?);
    let readings = vec![Reading::Balance(Balance { currency: Currency::USD, pools })];
    Ok(Step::Done(Report::of_readings(readings)))
}
