//! Railway: a workspace's usage in its billing period, and its credit if it pays in advance.
//!
//! `POST https://backboard.railway.com/graphql/v2`: the first query lists the workspaces of the token, the second has the dollars
//! of one. `currentUsage` is metered use at list price, before included credits and without the plan's fee; it restarts with each
//! billing period. An error has status 200 or 401, and all other data in its answer is ignored. The e-mail address, the card and
//! the customer's name at the payment service are not requested.
//! Source: the schema in <https://github.com/railwayapp/cli>, 2026-11. Fixtures from it and from a recorded answer.
//!
//! ```
//! use drawdown::provider::{Answer, Problem, Query};
//! use drawdown::{time::Timestamp, providers::railway::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"errors":[{"message":"Not Authorized"}]}"#.to_owned();
//! let answer = Answer::new(200, body);
//! assert_eq!((PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer), Err(Problem::KeyRefused));
//! ```

use serde_json::{Value, json};

use crate::books::reading::{Balance, Counter, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency, Money};
use crate::provider::{
    Answer, Auth, Billing, Card, Field, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Setup, Step, Terms, setting,
};
use crate::text::Text;

/// Railway.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "railway",
    name: "Railway",
    kind: Kind::Compute,
    origins: &["https://backboard.railway.com"],
    key: KeyKind {
        page: "https://railway.com/account/tokens",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "Create a token for the one workspace to watch, as an admin of it. Railway has no read-only tokens, and a project token can't read usage.",
            zh: "请以工作区管理员身份，为要统计的工作区创建令牌。Railway 没有只读令牌，项目令牌无法读取用量。",
        },
        if_stolen: Text {
            en: "Someone could change and delete everything in the workspace, and spend. Delete the token at once.",
            zh: "他人可以更改和删除工作区中的一切，并产生费用。请立即删除此令牌。",
        },
    },
    setup: Setup {
        fields: &[Field {
            name: WORKSPACE,
            label: Text {
                en: "Workspace ID, if the token reaches several",
                zh: "工作区 ID（令牌可访问多个时）",
            },
            example: "00000000-0000-4000-8000-000000000001",
            choices: &[],
            accepts: |id| id.trim().is_empty() || is_id(id.trim()),
        }],
        ..Setup::KEY_ONLY
    },
    billing: Billing::Counters,
    counts: Text {
        en: "Metered usage at list price, before included credits and without the plan's fee. It starts again with each billing period, which may not be the calendar month. Add the plan as a subscription.",
        zh: "按标价计量的用量，未扣除赠送额度，不含套餐费。用量按账单周期重新累计，周期不一定是自然月。请将套餐添加为订阅。",
    },
    covers: Text { en: "One workspace, all of its projects.", zh: "一个工作区，含其所有项目。" },
    scope: None,
    not_permitted: Text {
        en: "Only admins of a workspace see its usage. Create the token as an admin.",
        zh: "只有工作区管理员才能查看用量。请以管理员身份创建令牌。",
    },
    known_errors: &[
        (
            WORKSPACE,
            Text {
                en: "This isn't a workspace ID. Copy it from the workspace's settings, or leave the field empty if the token reaches one only.",
                zh: "这不是工作区 ID。请从工作区设置中复制；如果令牌只能访问一个工作区，请留空。",
            },
        ),
        (
            SEVERAL,
            Text {
                en: "This token reaches several workspaces. Enter the ID of the one to watch, or create a token for it.",
                zh: "此令牌可访问多个工作区。请输入要统计的工作区 ID，或为它单独创建令牌。",
            },
        ),
        (
            NONE,
            Text {
                en: "This token reaches no workspace. Create one for the workspace to watch.",
                zh: "此令牌无法访问任何工作区。请为要统计的工作区创建令牌。",
            },
        ),
    ],
    lag: Text {
        en: "Railway caches usage and doesn't say for how long.",
        zh: "Railway 会缓存用量，没有说明多久更新。",
    },
    settles_after_hours: 0,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: None,
    export: None,
    proof: Proof::FromDocuments,
};

/// The workspace that the user chose.
const WORKSPACE: &str = "workspace";
/// The token reaches several workspaces.
const SEVERAL: &str = "several";
/// The token reaches no workspace.
const NONE: &str = "none";
const WORKSPACES: &str = "query{apiToken{workspaces{id}}}";
const USAGE: &str = "query($workspaceId:String!){workspace(workspaceId:$workspaceId){customer{currentUsage creditBalance isPrepaying usageLimit{hardLimit}}}}";

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn first(query: &Query<'_>) -> Request {
    match setting(query.settings, WORKSPACE) {
        "" => ask(&json!({ "query": WORKSPACES })),
        id => usage(id),
    }
}

fn usage(id: &str) -> Request {
    ask(&json!({ "query": USAGE, "variables": { "workspaceId": id } }))
}

fn ask(body: &Value) -> Request {
    let url = "https://backboard.railway.com/graphql/v2";
    Request { body: Some(body.to_string()), ..Request::get(url.to_owned(), Auth::Bearer) }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let is_list = *request == ask(&json!({ "query": WORKSPACES }));
    let what = if is_list { "the workspaces" } else { "the costs" };
    let not_authorized = if is_list { Problem::KeyRefused } else { Problem::NotPermitted };
    if [200, 401].contains(&answer.status) && says_not_authorized(&answer.body) {
        return Err(not_authorized);
    }
    let json = answer.json(query.now, what)?;
    // An answer with an error may have partial data.
    if json.part::<&Value>("errors")?.is_some() {
        return Err(Problem::unreadable(what));
    }
    let data: &Value = json.needed("data")?;
    if is_list {
        let token: &Value = data.needed("apiToken")?;
        return match token.needed::<&[Value]>("workspaces")? {
            [] => Err(Problem::barred(NONE)),
            [one] => {
                let id: &str = one.needed("id")?;
                if is_id(id) {
                    Ok(Step::More(Report::default(), usage(id)))
                } else {
                    Err(Problem::unreadable("id"))
                }
            }
            _ => Err(Problem::barred(SEVERAL)),
        };
    }
    let workspace: &Value = data.needed("workspace")?;
    Ok(Step::Done(read_usage(workspace.needed("customer")?)?))
}

fn says_not_authorized(body: &str) -> bool {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let errors = json.get("errors").and_then(Value::as_array);
    let messages = errors.into_iter().flatten().filter_map(|error| error.get("message")?.as_str());
    messages.into_iter().any(|message| message.eq_ignore_ascii_case("not authorized"))
}

fn read_usage(customer: &Value) -> Result<Report, Problem> {
    let currency = Currency::USD;
    let total = customer.needed("currentUsage")?;
    let mut readings = vec![Reading::Counter(Counter { currency, total, this_month: None })];
    // The credit of a workspace that is invoiced is a discount: it does not run out.
    if customer.part("isPrepaying")? == Some(true) {
        let pools = Pools::Total(customer.needed("creditBalance")?);
        readings.push(Reading::Balance(Balance { currency, pools }));
    }
    let limit: Option<Amount> = match customer.part::<&Value>("usageLimit")? {
        Some(limit) => limit.part("hardLimit")?,
        None => None,
    };
    let limit = limit.map(|amount| Money { amount, currency });
    Ok(Report { readings, limit, ..Report::default() })
}
