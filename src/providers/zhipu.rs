//! Zhipu AI, the maker of GLM, and Z.ai, its worldwide service: a balance, and the lifetime spend.
//!
//! `GET /api/biz/account/query-customer-account-report` on `www.bigmodel.cn` (yuan) or `api.z.ai` (dollars) with an ordinary
//! key; no field names the currency. Amounts are JSON numbers with nine decimals, zero also as `0E-9`, and any of them may be
//! null, which is not zero. `totalSpendAmount` only grows, so spend is exact. Every answer has status 200; it holds a balance if
//! `code` is 200 and `success` is true.
//! Neither host documents this: the fixtures are answers that other programs recorded, 2026-08. Z.ai may not offer it.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::zhipu::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let body = r#"{"code":200,"success":true,"data":{"availableBalance":9.5,"totalSpendAmount":0.5}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let Ok(Step::Done(report)) = (PROVIDER.read)(&query, &(PROVIDER.first)(&query), &answer) else { panic!() };
//! assert_eq!(report.readings.len(), 2);
//! ```

mod export;

use serde_json::Value;

use crate::books::reading::{Counter, DrawOrder, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Export, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Setup, Step, Terms,
};
use crate::text::Text;

/// Zhipu AI in mainland China: in yuan.
pub const PROVIDER: Provider =
    Provider { card: CARD, first: |_| account("https://www.bigmodel.cn"), read, others: &[] };

/// Z.ai: in dollars.
pub const ZAI: Provider =
    Provider { card: ZAI_CARD, first: |_| account(ZAI_ORIGIN), read: read_zai, others: &[] };

const ZAI_ORIGIN: &str = "https://api.z.ai";

const CARD: Card = Card {
    id: "zhipu",
    name: "Zhipu AI (GLM)",
    kind: Kind::Models,
    origins: &["https://www.bigmodel.cn"],
    key: KeyKind {
        page: "https://bigmodel.cn/usercenter/proj-mgmt/apikeys",
        prefix: "",
        wrong_kinds: &[],
        least: Text {
            en: "There are no read-only keys. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "没有只读密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not top up or change your account.",
            zh: "他人可以花掉余额，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Counters,
    counts: Text {
        en: "The increase in everything ever spent, so top-ups can't hide anything. Tracking starts with the first refresh. A coding plan isn't included: add it as a subscription.",
        zh: "按累计消费的增加统计，充值不会掩盖支出，从首次刷新开始。不含编程套餐，请将其添加为订阅。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "This key is accepted, but its account doesn't show money. Check in the console whether the account is on hold.",
        zh: "密钥有效，但此账户没有提供金额。请在控制台查看账户是否被暂停。",
    },
    known_errors: &[],
    lag: Text {
        en: "It isn't documented how soon usage shows.", zh: "官方没有说明用量多久显示。"
    },
    settles_after_hours: 0,
    shortest_minutes: 10,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "The provider doesn't promise this API. If it ends, your history stays and you can go on by hand.",
        zh: "官方没有承诺提供此接口。如果它停用，历史记录会保留，可以改为手动填写。",
    }),
    export: Some(Export {
        read: export::read,
        page: "https://bigmodel.cn/usercenter",
        how: Text {
            en: "Export the monthly bills as an Excel file. It has one total for each month.",
            zh: "导出月账单的 Excel 文件，每月一行合计。",
        },
    }),
    proof: Proof::FromDocuments,
};

const ZAI_CARD: Card = Card {
    id: "zai",
    name: "Z.ai",
    origins: &[ZAI_ORIGIN],
    key: KeyKind { page: "https://z.ai/manage-apikey/apikey-list", ..CARD.key },
    export: None,
    known_errors: &[(
        CONSOLE_ONLY,
        Text {
            en: "Z.ai only shows this account's money in its console. Add the account by hand.",
            zh: "Z.ai 只在控制台显示此账户的金额，请手动添加账户。",
        },
    )],
    ..CARD
};

/// Z.ai answers, but without money.
const CONSOLE_ONLY: &str = "console_only";

fn account(origin: &str) -> Request {
    Request::get(format!("{origin}/api/biz/account/query-customer-account-report"), Auth::Bearer)
}

/// If Z.ai does not offer a balance, that is not reported as a refused key.
fn read_zai(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    match read(query, request, answer) {
        Err(Problem::KeyRefused) if answer.status == 401 => Err(Problem::KeyRefused),
        Err(Problem::KeyRefused | Problem::Unsupported | Problem::Unreadable { .. }) => {
            Err(Problem::barred(CONSOLE_ONLY))
        }
        step => step,
    }
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "the balance")?;
    match json.part::<u64>("code")? {
        Some(1000 | 1001) => return Err(Problem::KeyRefused),
        code if code != Some(200) || json.part("success")? != Some(true) => {
            return Err(Problem::unreadable("code"));
        }
        _ => {}
    }
    let data: &Value = json.needed("data")?;
    let left: Amount = match data.part("availableBalance")? {
        Some(left) => left,
        None => data.needed("balance")?,
    };
    let currency = if request.origin() == ZAI_ORIGIN { Currency::USD } else { Currency::CNY };
    let mut readings = vec![Reading::balance(currency, left)];
    if let Some(total) = data.part("totalSpendAmount")? {
        readings.push(Reading::Counter(Counter { currency, total, this_month: None }));
    }
    Ok(Step::Done(Report::of_readings(readings)))
}
