//! AiHubMix: the amount that one key may still spend, or the account's lifetime use and balance.
//!
//! An ordinary key: `GET https://aihubmix.com/dashboard/billing/remain`. Despite its name, `total_usage` is the rest of the key's
//! own limit in dollars; it is negative if the key has no limit. A manage key: `GET …/api/user/self`, without `Bearer`, with
//! `quota` (left) and `used_quota` (lifetime use) in units of 1/500,000 dollar. An ordinary key is never sent there. An error may
//! have status 200. The name and the token in the answer are not read.
//! Sources: <https://docs.aihubmix.com/en/api/Cli>, 2026-09, and recorded answers, from which the fixtures were made.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::aihubmix::ACCOUNT};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"success":true,"data":{"quota":20422016,"used_quota":56797078}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (ACCOUNT.read)(&query, &(ACCOUNT.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings[1].left().unwrap().amount.to_string(), "40.844032");
//! ```

use serde_json::Value;

use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
};
use crate::text::Text;

/// AiHubMix with an ordinary key: the rest of that key's own limit.
pub const PROVIDER: Provider = Provider {
    card: CARD,
    first: |_| get("dashboard/billing/remain", Auth::Bearer),
    read: read_key,
    others: &[],
};

/// AiHubMix with a manage key: the whole account.
pub const ACCOUNT: Provider = Provider {
    card: ACCOUNT_CARD,
    first: |_| get("api/user/self", Auth::Header("Authorization")),
    read: read_account,
    others: &[],
};

const CARD: Card = Card {
    id: "aihubmix",
    name: "AiHubMix",
    kind: Kind::Gateway,
    origins: &["https://aihubmix.com"],
    key: KeyKind {
        page: "https://aihubmix.com/token",
        prefix: "sk-",
        wrong_kinds: &[],
        least: Text {
            en: "Create a key with a limit of its own. Drawdown can only see what is left of that limit.",
            zh: "请创建一个设有额度上限的密钥。Drawdown 只能看到该上限的剩余部分。",
        },
        if_stolen: Text {
            en: "Someone could spend what is left of the key's limit, but not top up or change your account.",
            zh: "他人可以花掉该密钥的剩余额度，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "How the rest of this key's limit drops between refreshes. Raising the limit in between can hide some spend. For the whole account, choose AiHubMix account.",
        zh: "按两次刷新之间此密钥剩余额度的减少来统计，期间提高上限可能掩盖部分支出。要统计整个账户，请选择 AiHubMix account。",
    },
    covers: Text { en: "This key.", zh: "此密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key may not read its limit. Create a new key and try again.",
        zh: "此密钥无权读取自己的额度。请新建一个密钥再试。",
    },
    known_errors: &[(
        NO_LIMIT,
        Text {
            en: "This key has no limit, so AiHubMix doesn't say what is left. Set a limit for it, or connect the account by its manage key.",
            zh: "此密钥没有设置额度上限，AiHubMix 不提供剩余额度。请为它设置上限，或用管理密钥连接整个账户。",
        },
    )],
    lag: Text {
        en: "AiHubMix doesn't say how soon usage shows.", zh: "官方没有说明用量多久显示。"
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

const ACCOUNT_CARD: Card = Card {
    id: "aihubmix-account",
    name: "AiHubMix account",
    key: KeyKind {
        page: "https://aihubmix.com/setting",
        prefix: "",
        wrong_kinds: &[(
            "sk-",
            Text {
                en: "This is an ordinary key. Connect it as AiHubMix, or generate a system access token in the settings.",
                zh: "这是普通密钥。请用它连接 AiHubMix，或在设置页面生成系统访问令牌。",
            },
        )],
        least: Text {
            en: "Generate the system access token (manage key) in the settings. It can do more than read: an ordinary key with a limit is safer.",
            zh: "请在设置页面生成系统访问令牌（管理密钥）。它不止能读取：设有上限的普通密钥更安全。",
        },
        if_stolen: Text {
            en: "Someone could create keys, spend your balance and read your account. Generate a new token at once.",
            zh: "他人可以创建密钥、花掉余额，并读取账户信息。请立即重新生成令牌。",
        },
    },
    billing: Billing::Counters,
    counts: Text {
        en: "AiHubMix's own total of what the account ever used, so top-ups can't hide anything. The balance gives the run-out date and isn't counted.",
        zh: "AiHubMix 自己的账户累计用量，充值不会掩盖支出。余额用于推算用完日期，不计入支出。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    not_permitted: Text {
        en: "This token may not read the account. Generate a system access token in the settings.",
        zh: "此令牌无权读取账户。请在设置页面生成系统访问令牌。",
    },
    known_errors: &[],
    ..CARD
};

/// The key has no limit, so there is no remaining amount.
const NO_LIMIT: &str = "no_limit";
/// The number of quota units in a dollar.
const PARTS_OF_A_DOLLAR: u64 = 500_000;

fn get(path: &str, auth: Auth) -> Request {
    Request::get(format!("https://aihubmix.com/{path}"), auth)
}

fn read_key(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    // A key with a used-up limit is refused with these words.
    if !(200..300).contains(&answer.status) && message_of(&answer.body).contains("quota exhausted") {
        return Ok(done(vec![dollars(Amount::ZERO)]));
    }
    let json = succeeded(query, answer)?;
    let left: Amount = json.part("data")?.unwrap_or(&json).needed("total_usage")?;
    if left.is_negative() {
        return Err(Problem::barred(NO_LIMIT));
    }
    Ok(done(vec![dollars(left)]))
}

fn read_account(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = succeeded(query, answer)?;
    let data: &Value = json.needed("data")?;
    let amount = |name| -> Result<Amount, Problem> {
        let parts: Amount = data.needed(name)?;
        parts.times(1, PARTS_OF_A_DOLLAR).ok_or_else(|| Problem::unreadable(name))
    };
    let counter = Counter { currency: Currency::USD, total: amount("used_quota")?, this_month: None };
    Ok(done(vec![Reading::Counter(counter), dollars(amount("quota")?)]))
}

/// The JSON of an answer that does not report a failure.
fn succeeded(query: &Query<'_>, answer: &Answer) -> Result<Value, Problem> {
    let json = answer.json(query.now, "the balance")?;
    if json.part("success")?.unwrap_or(true) {
        return Ok(json);
    }
    let is_about_the_key = message_of(&answer.body).contains("unauthorized");
    Err(if is_about_the_key { Problem::KeyRefused } else { Problem::unreadable("the balance") })
}

/// The message of an error, in lowercase. It may be within `error`.
fn message_of(body: &str) -> String {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let error = json.get("error").unwrap_or(&json);
    error.get("message").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase()
}

fn dollars(left: Amount) -> Reading {
    Reading::balance(Currency::USD, left)
}

fn done(readings: Vec<Reading>) -> Step {
    Step::Done(Report::of_readings(readings))
}
