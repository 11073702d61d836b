//! DeepSeek: prepaid balances, the only figures of its API.
//!
//! `GET https://api.deepseek.com/user/balance` with an ordinary key (there is no other kind). Amounts are decimal
//! strings in units of CNY or USD, with any number of decimals. There may be several entries or none, in any order, and
//! every field may be missing. Granted money is spent before topped-up money, and may expire without notice.
//! Sources: <https://api-docs.deepseek.com/api/get-user-balance>, <https://api-docs.deepseek.com/quick_start/pricing>
//! (deduction rules), <https://api-docs.deepseek.com/quick_start/error_codes>. Fixtures from the documents, 2026-11.
//!
//! ```
//! use drawdown::provider::{Answer, Query, Step};
//! use drawdown::{time::Timestamp, providers::deepseek::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let query = Query { settings: &[], from: now.day(), now };
//! let request = (PROVIDER.first)(&query);
//! let body = r#"{"is_available":true,"balance_infos":[{"currency":"USD","total_balance":"12.40"}]}"#.to_owned();
//! let answer = Answer::new(200, body);
//! assert!(matches!((PROVIDER.read)(&query, &request, &answer), Ok(Step::Done(report)) if report.readings.len() == 1));
//! ```

mod export;

use serde_json::Value;

use crate::books::reading::{Balance, DrawOrder, Pools, Reading};
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Export, KeyKind, Kind, Parts, PeakHours, Problem, Proof, Provider, Query,
    Report, Request, Rows, Setup, Step, Terms,
};
use crate::text::Text;

/// DeepSeek.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "deepseek",
    name: "DeepSeek",
    kind: Kind::Models,
    origins: &["https://api.deepseek.com"],
    key: KeyKind {
        page: "https://platform.deepseek.com/api_keys",
        prefix: "sk-",
        wrong_kinds: &[],
        least: Text {
            en: "DeepSeek has one kind of key. Create one just for Drawdown, so you can delete it without affecting your apps.",
            zh: "DeepSeek 只有一种密钥。请为 Drawdown 单独创建一个，删除时不会影响其他程序。",
        },
        if_stolen: Text {
            en: "Someone could spend your balance, but not top up or change your account.",
            zh: "他人可以花掉余额，但不能充值，也不能更改账户。",
        },
    },
    setup: Setup::KEY_ONLY,
    billing: Billing::Balances,
    counts: Text {
        en: "DeepSeek only reports your balance. Drawdown tracks how it drops between refreshes, so top-ups in between can hide some spend. Import its usage export for exact days and models.",
        zh: "DeepSeek 只提供余额。Drawdown 按两次刷新之间余额的减少来统计，期间的充值可能掩盖部分支出。导入用量导出文件后，每日和各模型的费用都是准确的。",
    },
    covers: Text { en: "The whole account, all keys.", zh: "整个账户，含所有密钥。" },
    scope: None,
    not_permitted: Text {
        en: "DeepSeek accepts this key but doesn't show its balance. Check DeepSeek's console. Your account may be out of balance or on hold.",
        zh: "DeepSeek 接受此密钥，但没有提供余额。请查看 DeepSeek 控制台，账户可能已欠费或被暂停。",
    },
    known_errors: &[],
    lag: Text {
        en: "Usage usually shows within minutes. DeepSeek doesn't document this.",
        zh: "用量通常几分钟内显示，官方没有说明。",
    },
    settles_after_hours: 0,
    shortest_minutes: 5,
    usual_minutes: 15,
    draw_order: DrawOrder::GrantedFirst,
    // Topped-up money does not expire: <https://api-docs.deepseek.com/faq>.
    terms: Terms { peak: Some(PEAK), ..Terms::UNKNOWN },
    more: None,
    export: Some(Export {
        read: export::read,
        page: "https://platform.deepseek.com/usage",
        how: Text {
            en: "Choose the month and click Export. You get a ZIP file.",
            zh: "选择月份并点击“导出”，会得到一个 ZIP 文件。",
        },
    }),
    proof: Proof::FromDocuments,
};

/// Peak hours are on Beijing's working days, which have the same date in UTC. Make-up working days for a holiday are on weekends,
/// and have no peak hours. Sources: <https://api-docs.deepseek.com/zh-cn/quick_start/pricing>, and the State Council's notice of
/// 2025-11-04 on the holidays of 2026.
const PEAK: PeakHours = PeakHours {
    hours: &[(1, 4), (6, 10)],
    holidays: &[
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
    last_year: 2026,
};

fn first(_: &Query<'_>) -> Request {
    Request::get("https://api.deepseek.com/user/balance".to_owned(), Auth::Bearer)
}

/// Ignores `is_available`, which shows whether API calls are served: the balance is valid in both cases.
fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {
    let json = answer.json(query.now, "balance_infos")?;
    let mut rows = Rows::default();
    let mut readings = Vec::new();
    for info in json.needed::<&[Value]>("balance_infos")? {
        let currency: Currency = info.needed("currency")?;
        if !rows.is_new(currency.to_string(), info)? {
            continue;
        }
        let (granted, topped_up) = (info.part("granted_balance")?, info.part("topped_up_balance")?);
        let total: Option<Amount> = info.part("total_balance")?;
        let pools = match (granted, topped_up, total) {
            // Pools that do not sum to the total are incomplete, so the split is unknown.
            (Some(granted), Some(topped_up), Some(total)) if !agree(granted + topped_up, total, currency) => {
                Pools::Total(total)
            }
            (Some(granted), Some(topped_up), _) => Pools::Split { granted, topped_up },
            _ => Pools::Total(info.needed("total_balance")?),
        };
        readings.push(Reading::Balance(Balance { currency, pools }));
    }
    Ok(Step::Done(Report::of_readings(readings)))
}

/// Whether the sum of two rounded amounts equals the total, which was rounded separately.
fn agree(sum: Amount, total: Amount, currency: Currency) -> bool {
    (sum - total).max(total - sum) <= currency.smallest()
}
