//! Fireworks AI: the cost of usage by day and model, of the whole account or of the key's user only.
//!
//! `GET https://api.fireworks.ai/v1/accounts` lists the accounts of the key, and `POST /v1/accounts/ID/usageCosts:query` has one
//! row for each day and model, in pages. An amount is an object of whole dollars as a text (`units`) and billionths (`nanos`).
//! The scope `ACCOUNT` needs an administrator of the account. Any other key gets a 403, and then the costs of its own user
//! (`SELF`). Not every cost has a row: `subtotal` is the sum of all costs, the same on every page.
//! Source: <https://docs.fireworks.ai/api-reference/query-usage-costs> and …/list-accounts, 2026-11. Fixtures from them and from
//! the tests of other clients.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::fireworks::PROVIDER};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"accounts":[{"name":"accounts/me"}],"nextPageToken":""}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::More(_, next)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(next.url, "https://api.fireworks.ai/v1/accounts/me/usageCosts:query");
//! assert!(next.body.unwrap().contains(r#""scope":"ACCOUNT""#));
//! ```

use serde_json::{Value, json};

use crate::books::bill::Bill;
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Field, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Rows, Scope, Setup, Step, Terms, is_cursor, row_key, setting,
};
use crate::text::Text;
use crate::time::{Span, Timestamp};

/// Fireworks AI with the key of an administrator.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[ONE_USER] };

/// Fireworks AI with the key of any other user.
const ONE_USER: Provider = Provider { card: ONE_USER_CARD, first, read: read_of_user, others: &[] };

const CARD: Card = Card {
    id: "fireworks",
    name: "Fireworks AI",
    kind: Kind::Hosting,
    origins: &["https://api.fireworks.ai"],
    key: KeyKind {
        page: "https://app.fireworks.ai/settings/users/api-keys",
        prefix: "fw_",
        wrong_kinds: &[],
        least: Text {
            en: "Fireworks has no read-only keys. An administrator's key shows the whole account, any other key only its user.",
            zh: "Fireworks 没有只读密钥。管理员的密钥显示整个账户，其他密钥只显示其用户。",
        },
        if_stolen: Text {
            en: "Someone could call models at your cost. An administrator's key can also change the account.",
            zh: "他人可以用它调用模型并产生费用；管理员的密钥还能更改账户。",
        },
    },
    setup: Setup {
        fields: &[Field {
            name: ACCOUNT,
            label: Text {
                en: "Account ID (only if you have several)",
                zh: "账户 ID（有多个账户时才需填写）",
            },
            example: "my-account",
            choices: &[],
            accepts: |text| text.trim().is_empty() || is_id(text.trim()),
        }],
        ..Setup::KEY_ONLY
    },
    billing: Billing::Bills,
    counts: Text {
        en: "Usage per UTC day and model at your rates, before credits, fixed fees, invoice discounts and taxes. Fireworks offers no balance.",
        zh: "按 UTC 日和模型的用量费用，以你的费率计，未扣除额度和账单折扣，不含固定费用和税。Fireworks 不提供余额。",
    },
    covers: Text {
        en: "The whole account, all users and keys.", zh: "整个账户，含所有用户和密钥。"
    },
    scope: Some(Scope::Account),
    not_permitted: Text {
        en: "This key can't read the account's costs any more. Use an administrator's key, or connect the key as an account of its own.",
        zh: "此密钥已无权读取账户费用。请使用管理员的密钥，或将此密钥另行添加为账户。",
    },
    known_errors: &[
        (
            ACCOUNT,
            Text {
                en: "This key doesn't see an account with that ID. Copy the ID again from Fireworks' settings.",
                zh: "此密钥下没有该 ID 的账户。请从 Fireworks 设置中重新复制账户 ID。",
            },
        ),
        (
            SEVERAL,
            Text {
                en: "This key sees several accounts. Enter the ID of one. You can add the others separately.",
                zh: "此密钥可访问多个账户。请填写其中一个的 ID，其余可另行添加。",
            },
        ),
    ],
    lag: Text {
        en: "Usage can take a day or more to show, and the last days can still grow.",
        zh: "用量可能一天或更久后才显示，最近几天仍可能增加。",
    },
    settles_after_hours: 72,
    shortest_minutes: 15,
    usual_minutes: 60,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "If Fireworks can't assign some of the cost to a day, the days say \"at least\".",
        zh: "如果 Fireworks 无法把部分费用归到某一天，这些日期会显示为“至少”。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const ONE_USER_CARD: Card = Card {
    id: "fireworks-user",
    covers: Text {
        en: "Only the user who created this key, not the whole account.",
        zh: "仅创建此密钥的用户，不是整个账户。",
    },
    scope: Some(Scope::User),
    not_permitted: Text {
        en: "Fireworks accepts this key but doesn't let it read costs.",
        zh: "Fireworks 接受此密钥，但不允许它读取费用。",
    },
    ..CARD
};

/// The name of the setting, and of the error for it.
const ACCOUNT: &str = "account";
/// The key has several accounts, and none was chosen.
const SEVERAL: &str = "several";
const API: &str = "https://api.fireworks.ai/v1/accounts";
/// The scopes of a query.
const WHOLE: &str = "ACCOUNT";
const SELF: &str = "SELF";

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn first(_: &Query<'_>) -> Request {
    Request::get(API.to_owned(), Auth::Bearer).with("pageSize", "200")
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    step(query, request, answer, WHOLE)
}

fn read_of_user(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    step(query, request, answer, SELF)
}

/// The query of an account's costs. It carries its scope, and the sum of the rows so far.
fn costs(query: &Query<'_>, url: String, scope: &str, page: Option<&str>, sum: Amount) -> Request {
    let Span { from, to } = query.asked();
    let mut body = json!({
        "startTime": from.to_string(), "endTime": to.to_string(), "scope": scope, "groupBy": ["DAY", "MODEL"], "pageSize": 1000
    });
    if let (Some(page), Some(fields)) = (page, body.as_object_mut()) {
        fields.insert("pageToken".to_owned(), page.into());
    }
    let carried = vec![scope.to_owned(), sum.to_stored()];
    Request { body: Some(body.to_string()), carried, ..Request::get(url, Auth::Bearer) }
}

fn step(query: &Query<'_>, request: &Request, answer: &Answer, widest: &str) -> Result<Step, Problem> {
    let [scope, sum] = request.carried.as_slice() else {
        return choose(query, request, answer, widest);
    };
    let is_first = *request == costs(query, request.url.clone(), WHOLE, None, Amount::ZERO);
    match answer.status {
        // Pages of two scopes are never added up.
        403 if is_first => {
            let own = costs(query, request.url.clone(), SELF, None, Amount::ZERO);
            return Ok(Step::More(Report::default(), own));
        }
        404 => return Err(Problem::barred(ACCOUNT)),
        _ => {}
    }
    let before = Amount::parse_stored(sum).map_err(|_| Problem::unreadable("subtotal"))?;
    let json = answer.json(query.now, "the costs")?;
    let (mut bills, sum) = read_rows(query, &json)?;
    let sum = before + sum;
    let reach = if scope == WHOLE { Scope::Account } else { Scope::User };
    if let Some(page) = json.part::<&str>("nextPageToken")?.filter(|page| !page.is_empty()) {
        let next = costs(query, request.url.clone(), scope, Some(page), sum);
        if !is_cursor(page) || next.body == request.body {
            return Err(Problem::unreadable("the next page"));
        }
        return Ok(Step::More(Report { bills, ..Report::default() }, next));
    }
    let rest = json.part("subtotal")?.map(money).transpose()?.flatten().map(|subtotal| subtotal - sum);
    let cent = Currency::USD.smallest();
    if rest.is_some_and(|rest| rest < Amount::ZERO - cent) {
        return Err(Problem::unreadable("rows that agree"));
    }
    let is_complete = json.part::<&str>("attributionCompleteness")?.is_none_or(|text| text == "COMPLETE");
    // A cost without a row may belong to any day.
    let is_short = !is_complete || rest.is_some_and(|rest| rest > cent);
    bills.extend(query.asked().days().map(|day| match is_short {
        true => Bill::item(Currency::USD, day, "Other models", None),
        false => Bill::empty(Currency::USD, day),
    }));
    Ok(Step::Done(Report { bills, scope: Some(reach), ..Report::default() }))
}

/// Chooses the account to read: the one in the settings, or the only one of the key.
fn choose(query: &Query<'_>, request: &Request, answer: &Answer, scope: &str) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the accounts")?;
    let wanted = setting(query.settings, ACCOUNT);
    let accounts: &[Value] = json.part("accounts")?.unwrap_or_default();
    let next = json.part::<&str>("nextPageToken")?.filter(|page| !page.is_empty());
    let ids: Result<Vec<&str>, Problem> = accounts.iter().map(id_of).collect();
    let ids = ids?;
    let id = match (wanted, ids.as_slice(), next) {
        ("", [id], None) => id,
        ("", [_, ..], _) => return Err(Problem::barred(SEVERAL)),
        (wanted, ids, _) if ids.contains(&wanted) => wanted,
        (_, [_, ..], Some(page)) if is_cursor(page) => {
            return Ok(Step::More(Report::default(), request.with("pageToken", page)));
        }
        ("", ..) => return Err(Problem::unreadable("an account")),
        _ => return Err(Problem::barred(ACCOUNT)),
    };
    let url = format!("{API}/{id}/usageCosts:query");
    Ok(Step::More(Report::default(), costs(query, url, scope, None, Amount::ZERO)))
}

/// The ID in the name of an account, `accounts/ID`.
fn id_of(account: &Value) -> Result<&str, Problem> {
    let id = account.needed::<&str>("name")?.strip_prefix("accounts/");
    id.filter(|id| is_id(id)).ok_or_else(|| Problem::unreadable("name"))
}

/// The costs of a page, and their sum. The first row may begin on the day before the first requested day, and belongs to the
/// latter.
fn read_rows(query: &Query<'_>, json: &Value) -> Result<(Vec<Bill>, Amount), Problem> {
    // An answer without any cost may leave out the list, but not its sum.
    let listed: &[Value] = match json.part("rows")? {
        Some(rows) => rows,
        None if json.part::<&Value>("subtotal")?.is_some() => &[],
        None => return Err(Problem::unreadable("rows")),
    };
    let (mut bills, mut sum, mut rows) = (Vec::new(), Amount::ZERO, Rows::default());
    for row in listed {
        let dimensions: &Value = row.needed("dimensions")?;
        if !rows.is_new(row_key(dimensions, &[]), row)? {
            continue;
        }
        let start = Timestamp::parse(dimensions.needed("startTime")?);
        let day = start.ok_or_else(|| Problem::unreadable("startTime"))?.day();
        if day.next() < query.from || day > query.now.day() {
            return Err(Problem::unreadable("a day that was requested"));
        }
        let day = day.max(query.from);
        let amount = money(row.needed("subtotal")?)?;
        sum = sum + amount.unwrap_or(Amount::ZERO);
        let model = dimensions.part("model")?.filter(|model: &&str| !model.is_empty());
        let model = model.map_or("Other models", |model| {
            model.strip_prefix("accounts/fireworks/models/").unwrap_or(model)
        });
        if !amount.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(Currency::USD, day, model, amount));
        }
    }
    Ok((bills, sum))
}

/// Dollars from whole units and billionths. A zero part may be left out; without both there is no amount.
fn money(json: &Value) -> Result<Option<Amount>, Problem> {
    if json.part::<&str>("currencyCode")?.is_some_and(|currency| currency != "USD") {
        return Err(Problem::unreadable("currencyCode"));
    }
    let (units, nanos): (Option<Amount>, Option<Amount>) = (json.part("units")?, json.part("nanos")?);
    if units.is_none() && nanos.is_none() {
        return Ok(None);
    }
    let (units, nanos) = (units.unwrap_or(Amount::ZERO), nanos.unwrap_or(Amount::ZERO));
    let is_opposite = !units.is_zero() && !nanos.is_zero() && units.is_negative() != nanos.is_negative();
    let (digits, decimals) = nanos.digits();
    if is_opposite || decimals > 0 || digits.unsigned_abs() > 999_999_999 {
        return Err(Problem::unreadable("nanos"));
    }
    let part = Amount::from_digits(digits, 9).ok_or_else(|| Problem::unreadable("nanos"))?;
    Ok(Some(units + part))
}
