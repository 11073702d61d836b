//! Gemini and Google Cloud: the bills of a billing account, per UTC day and SKU, from its export to BigQuery.
//!
//! No API of Google shows costs to a Gemini key; the Cloud Billing export is the only exact source. One query by
//! `POST https://bigquery.googleapis.com/bigquery/v2/projects/PROJECT/queries`. If the job is still running, or its rows
//! need several pages: `GET …/queries/JOB`. Every value of a row is a text. An amount is a NUMERIC of at most nine decimals
//! in the currency of the billing account, less credits. Rows appear hours after the use, and past days are corrected.
//! Sources: <https://docs.cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query>, …/jobs/getQueryResults,
//! <https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage>. Fixtures from them,
//! 2026-11.
//!
//! ```
//! use drawdown::provider::Query;
//! use drawdown::{time::Timestamp, providers::google::PROVIDER};
//!
//! let now = Timestamp::from_ms(0);
//! let settings = [("table".to_owned(), "my-project.billing.gcp_billing_export_v1_0A1B2C".to_owned())];
//! let request = (PROVIDER.first)(&Query { settings: &settings, from: now.day(), now });
//! assert_eq!(request.url, "https://bigquery.googleapis.com/bigquery/v2/projects/my-project/queries");
//! ```

use serde_json::{Value, json};

use crate::books::bill::{Bill, OTHER};
use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency};
use crate::provider::{
    Answer, Auth, Billing, Card, Field, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report,
    Request, Rows, Setup, Shape, Step, Terms, is_cursor, row_key, setting,
};
use crate::text::Text;
use crate::time::{DAY, Day, Span};

/// Gemini and Google Cloud.
pub const PROVIDER: Provider = Provider { card: CARD, first, read, others: &[] };

const CARD: Card = Card {
    id: "google",
    name: "Gemini and Google Cloud",
    kind: Kind::Compute,
    origins: &["https://bigquery.googleapis.com", "https://oauth2.googleapis.com"],
    key: KeyKind {
        page: "https://console.cloud.google.com/iam-admin/serviceaccounts",
        prefix: "{",
        wrong_kinds: &[],
        least: Text {
            en: "These two roles are the least that works.", zh: "这两个角色是所需的最小权限。"
        },
        if_stolen: Text {
            en: "Someone could read your billing export and run queries that your project pays for, but not call models or change anything.",
            zh: "他人可以读取账单导出，并运行由该项目付费的查询，但不能调用模型，也不能更改任何内容。",
        },
    },
    setup: SETUP,
    billing: Billing::Bills,
    counts: Text {
        en: "Your billing account's costs per UTC day and SKU, all projects, minus credits, in its own currency. Google's invoices follow Pacific time, so hours around the month's end can be on another invoice. Each refresh is one query of at most 1 GB. Google includes 1 TiB a month for free.",
        zh: "结算账号按 UTC 日和 SKU 的费用，含所有项目，已扣除抵用金，以账号自己的货币计。Google 的账单月按太平洋时间计算，月初月末的几小时可能在另一期账单。每次刷新是一次最多 1 GB 的查询，Google 每月免费提供 1 TiB。",
    },
    covers: Text {
        en: "The whole billing account, or only Gemini API and Vertex AI, as you chose.",
        zh: "整个结算账号，或仅 Gemini API 和 Vertex AI，取决于设置。",
    },
    scope: None,
    not_permitted: Text {
        en: "Google accepts this service account, but it lacks permission. Give it BigQuery Job User on the project and BigQuery Data Viewer on the dataset.",
        zh: "Google 接受此服务账号，但它权限不足。请授予它项目的 BigQuery Job User 角色和数据集的 BigQuery Data Viewer 角色。",
    },
    known_errors: KNOWN_ERRORS,
    lag: Text {
        en: "Usually within a day, and Google may correct past days later. Drawdown refreshes every 6 hours. Days follow UTC.",
        zh: "通常一天之内，之后 Google 可能更正过去的日期。Drawdown 每 6 小时刷新一次。按 UTC 分日。",
    },
    // No delay is promised: most of a day is available on the next day, and one more day is added.
    settles_after_hours: 48,
    shortest_minutes: 360,
    usual_minutes: 360,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    more: Some(Text {
        en: "In the multi-region US or EU, the export also brings the days since the start of last month. The Job User role lets the account run queries. The Data Viewer role lets it read this dataset and no other.",
        zh: "数据集位于 US 或 EU 多区域时，导出还会补上自上月初以来的数据。Job User 角色允许运行查询，Data Viewer 角色只允许读取该数据集。",
    }),
    export: None,
    proof: Proof::FromDocuments,
};

const SETUP: Setup = Setup {
    steps: &[
        (
            Text {
                en: "Turn on the \"Standard usage cost\" export, to a dataset in US or EU.",
                zh: "在“结算导出”中启用“标准使用费”，导出到 US 或 EU 的数据集。",
            },
            "https://console.cloud.google.com/billing/export",
        ),
        (
            Text {
                en: "Create a service account with the role BigQuery Job User.",
                zh: "创建服务账号，授予 BigQuery Job User 角色。",
            },
            "https://console.cloud.google.com/iam-admin/serviceaccounts/create",
        ),
        (
            Text {
                en: "Share only this dataset with it, as BigQuery Data Viewer.",
                zh: "只在该数据集上授予它 BigQuery Data Viewer 角色。",
            },
            "https://console.cloud.google.com/bigquery",
        ),
        (
            Text { en: "Add a JSON key to the service account.", zh: "为服务账号添加 JSON 密钥。" },
            "https://console.cloud.google.com/iam-admin/serviceaccounts",
        ),
        (
            Text {
                en: "Hours later, copy the Table ID of gcp_billing_export_v1_….",
                zh: "几小时后，复制 gcp_billing_export_v1_… 的表 ID。",
            },
            "https://console.cloud.google.com/bigquery",
        ),
    ],
    fields: &[
        Field {
            name: "table",
            label: Text { en: "Table ID", zh: "表 ID" },
            example: "my-project.billing.gcp_billing_export_v1_012345_6789AB_CDEF01",
            choices: &[],
            accepts: |text| Table::parse(text).is_some(),
        },
        Field {
            name: "scope",
            label: Text { en: "What to include", zh: "统计范围" },
            example: "gemini",
            choices: &[
                ("gemini", Text { en: "Gemini API and Vertex AI", zh: "Gemini API 和 Vertex AI" }),
                ("all", Text { en: "All of Google Cloud", zh: "整个 Google Cloud" }),
            ],
            accepts: |text| matches!(text, "" | "gemini" | "all"),
        },
    ],
    shape: Shape::ServiceAccount,
    expiry: None,
};

const KNOWN_ERRORS: &[(&str, Text)] = &[
    (
        "table",
        Text {
            en: "That isn't a table name. It has three parts, project.dataset.table, with letters, digits, _ and - only. Copy the Table ID.",
            zh: "这不是表名。表名由三部分组成（project.dataset.table），只含字母、数字、_ 和 -。请复制表 ID。",
        },
    ),
    ("scope", Text { en: "Choose what to include.", zh: "请选择统计范围。" }),
    (
        "no_table",
        Text {
            en: "BigQuery has this dataset but not this table. Copy the Table ID again. After you turn on the export, the table takes some hours to appear.",
            zh: "BigQuery 中有此数据集，但没有此表。请重新复制表 ID。启用导出后，表要过几小时才会出现。",
        },
    ),
    (
        "no_dataset",
        Text {
            en: "BigQuery can't find this dataset in the project. Copy the Table ID again.",
            zh: "该项目中没有此数据集。请重新复制表 ID。",
        },
    ),
    (
        "no_project",
        Text {
            en: "Google can't find this project. Copy the Table ID again. It starts with the project.",
            zh: "Google 找不到此项目。请重新复制表 ID，它以项目名开头。",
        },
    ),
    (
        "job_user",
        Text {
            en: "This service account can't run queries. Give it the role BigQuery Job User on the table's project.",
            zh: "此服务账号无权运行查询。请在表所在的项目授予它 BigQuery Job User 角色。",
        },
    ),
    (
        "data_viewer",
        Text {
            en: "This service account can't read the table, or the table doesn't exist. Give it the role BigQuery Data Viewer on the dataset and check the name.",
            zh: "此服务账号无权读取该表，或表不存在。请在数据集授予它 BigQuery Data Viewer 角色，并检查表名。",
        },
    ),
    (
        "api",
        Text {
            en: "The BigQuery API is off in this project. Turn it on in the console under APIs & Services, then wait a few minutes.",
            zh: "该项目未启用 BigQuery API。请在控制台的“API 和服务”中启用，然后等待几分钟。",
        },
    ),
    (
        "bytes",
        Text {
            en: "This query would read more than 1 GB. Drawdown doesn't run it, so it costs you nothing. Use the table of the Standard usage cost export, which is smaller.",
            zh: "此查询会读取超过 1 GB。为避免产生费用，Drawdown 没有运行。请使用“标准使用费”的表，它更小。",
        },
    ),
    (
        "columns",
        Text {
            en: "This table isn't a billing export. Use the table gcp_billing_export_v1_… itself, not a view.",
            zh: "此表不是账单导出。请直接使用 gcp_billing_export_v1_… 表，不要用视图。",
        },
    ),
    (
        "clock",
        Text {
            en: "Your computer's clock is wrong, so Google refused to sign in. Set it and try again.",
            zh: "电脑时钟不准，Google 拒绝了登录。请校准时钟后重试。",
        },
    ),
];

const API: &str = "https://bigquery.googleapis.com/bigquery/v2/projects/";
const AUTH: Auth = Auth::GoogleToken("https://www.googleapis.com/auth/bigquery.readonly");
/// The most bytes that a query may read.
const MOST_BYTES: u64 = 1_000_000_000;
/// The rows of a page, and the most milliseconds that BigQuery may take to answer: less than the driver's timeout.
const ROWS: u64 = 5_000;
const PATIENCE: u64 = 15_000;
/// How many times a running job is polled.
const MOST_TRIES: u64 = 8;

/// A table's full name, with only characters that are safe in SQL.
struct Table<'a> {
    project: &'a str,
    name: String,
}

impl Table<'_> {
    /// Parses the name as shown in the console, with or without backticks, or with a colon as in the older form.
    fn parse(text: &str) -> Option<Table<'_>> {
        let text = text.trim().trim_matches('`');
        let (project, rest) = text.split_once([':', '.'])?;
        let (dataset, table) = rest.split_once('.')?;
        let is_name = [project, dataset, table].into_iter().all(is_plain);
        is_name.then(|| Table { project, name: format!("{project}.{dataset}.{table}") })
    }
}

/// Whether the text has only characters that are safe in SQL and in a URL.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The driver has already checked the settings. Without a table there is no URL, and the driver refuses the request.
fn first(query: &Query<'_>) -> Request {
    let Some(table) = Table::parse(setting(query.settings, "table")) else {
        return Request::get(String::new(), AUTH);
    };
    let sql = sql(&table.name, setting(query.settings, "scope"), query.from);
    let body = json!({
        "query": sql,
        "useLegacySql": false,
        // BigQuery expects 64-bit numbers as texts.
        "maximumBytesBilled": MOST_BYTES.to_string(),
        "maxResults": ROWS,
        "timeoutMs": PATIENCE,
    });
    Request { body: Some(body.to_string()), ..Request::get(format!("{API}{}/queries", table.project), AUTH) }
}

/// Rows are exported after the use, so the partitions from the day before `from` on hold all of it, including late corrections;
/// the newest rows are in no partition yet. Each row has the first and the last day of all rows, because it may be on any page.
fn sql(table: &str, scope: &str, from: Day) -> String {
    let earliest = from.span().from.minus(DAY).day();
    let services = match scope {
        "all" => "",
        _ => " AND REGEXP_CONTAINS(service.description, '(?i)gemini|vertex ai|generative language')",
    };
    format!(
        "WITH costs AS (SELECT DATE(usage_start_time) AS day, service.description AS of_service, sku.description AS of_sku, currency, \
         SUM(CAST(cost AS NUMERIC)) + SUM(IFNULL((SELECT SUM(CAST(credit.amount AS NUMERIC)) FROM UNNEST(credits) AS credit), 0)) AS net \
         FROM `{table}` WHERE usage_start_time >= TIMESTAMP('{from}') \
         AND (_PARTITIONTIME >= TIMESTAMP('{earliest}') OR _PARTITIONTIME IS NULL){services} GROUP BY 1, 2, 3, 4) \
         SELECT MIN(day) OVER () AS first_day, MAX(day) OVER () AS last_day, day, of_service, of_sku, currency, net \
         FROM costs ORDER BY day, of_service, of_sku, currency"
    )
}

fn read(query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
    if let Some(problem) = refusal(query, answer) {
        return Err(problem);
    }
    let json = answer.json(query.now, "the query's answer")?;
    let is_page = request.value("pageToken").is_some();
    if !json.needed::<bool>("jobComplete")? {
        // A page exists only after the job is complete.
        let is_over = is_page || request.count >= MOST_TRIES;
        let again = Request { count: request.count.saturating_add(1), ..job(&json)? };
        return if is_over { Err(Problem::ProviderDown) } else { Ok(Step::More(Report::default(), again)) };
    }
    let rows: &[Value] = json.part("rows")?.unwrap_or_default();
    let total: Option<u64> = json.needed::<&str>("totalRows")?.parse().ok();
    let before = if is_page { request.count } else { 0 };
    let so_far = u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_add(before);
    let report = Report { bills: bills_of(query, rows)?, ..Report::default() };
    if Some(so_far) == total {
        return Ok(Step::Done(report));
    }
    let token = json.part::<&str>("pageToken")?.filter(|token| is_cursor(token) && !rows.is_empty());
    let next = match token {
        Some(token) if Some(so_far) < total => {
            Request { count: so_far, ..job(&json)?.with("pageToken", token) }
        }
        _ => return Err(Problem::unreadable("every row")),
    };
    if next.url == request.url {
        Err(Problem::unreadable("the next page"))
    } else {
        Ok(Step::More(report, next))
    }
}

/// The problem in an error answer, by BigQuery's reason and its message. `None` for any other answer.
fn refusal(query: &Query<'_>, answer: &Answer) -> Option<Problem> {
    let json: Value = serde_json::from_str(&answer.body).ok().filter(|_| answer.status >= 400)?;
    let text = |path: &str| json.pointer(path).and_then(Value::as_str);
    let message = text("/error/message").unwrap_or_default();
    let by = match text("/error/errors/0/reason")? {
        "notFound" if message.contains("Table") => "no_table",
        "notFound" if message.contains("Dataset") => "no_dataset",
        "notFound" if message.contains("Project") || message.contains("project") => "no_project",
        "accessDenied" if message.contains("bigquery.jobs.create") => "job_user",
        "accessDenied" if message.contains("Table") || message.contains("Dataset") => "data_viewer",
        "accessNotConfigured" => "api",
        "bytesBilledLimitExceeded" => "bytes",
        "invalidQuery" => "columns",
        "rateLimitExceeded" | "quotaExceeded" => {
            return Some(Problem::RateLimited { after: answer.wait(query.now) });
        }
        _ => return None,
    };
    Some(Problem::barred(by))
}

/// The request for the rows of a job. Names from the answer go into the URL, so their characters are checked.
fn job(json: &Value) -> Result<Request, Problem> {
    let job: &Value = json.needed("jobReference")?;
    let (project, id) = (job.needed::<&str>("projectId")?, job.needed::<&str>("jobId")?);
    let location: Option<&str> = job.part("location")?;
    let names = [project, id].into_iter().chain(location);
    if !is_plain(project) || !is_plain(id) || !names.into_iter().all(is_cursor) {
        return Err(Problem::unreadable("the query's job"));
    }
    let request =
        Request::get(format!("{API}{project}/queries/{id}?maxResults={ROWS}&timeoutMs={PATIENCE}"), AUTH);
    Ok(location.map_or(request.clone(), |location| request.with("location", location)))
}

/// A bill for every day from the first to the last with a row, and one for each row. A day in between without a row is a zero.
fn bills_of(query: &Query<'_>, json: &[Value]) -> Result<Vec<Bill>, Problem> {
    let requested = query.asked();
    let mut rows = Rows::default();
    let (mut bills, mut currencies) = (Vec::new(), Vec::new());
    for row in json {
        let cells: &[Value] = row.needed("f")?;
        let [first, last, day, service, sku, currency, net] = cells else {
            return Err(Problem::unreadable("a row of seven cells"));
        };
        if !rows
            .is_new([day, service, sku, currency].into_iter().map(|cell| row_key(cell, &[])).collect(), row)?
        {
            continue;
        }
        let day_of = |cell: &Value| {
            cell.needed::<&str>("v").ok().and_then(Day::parse).ok_or(Problem::unreadable("the day of a row"))
        };
        let covered =
            Span { from: day_of(first)?.span().from, to: day_of(last)?.span().to }.overlap(requested);
        let (day, currency) = (day_of(day)?, currency.needed::<Currency>("v")?);
        if !currencies.contains(&currency) {
            currencies.push(currency);
            bills.extend(covered.days().map(|day| Bill::empty(currency, day)));
        }
        if !day.span().meets(covered) {
            return Err(Problem::unreadable("a day that was requested"));
        }
        let name = match (sku.part::<&str>("v")?, service.part::<&str>("v")?) {
            (Some(sku), Some(service)) => format!("{sku} ({service})"),
            (sku, service) => sku.or(service).unwrap_or(OTHER).to_owned(),
        };
        let amount = rows.amount(net, "v")?;
        // Use within the free tier would be a line of zero.
        if !amount.is_some_and(Amount::is_zero) {
            bills.push(Bill::item(currency, day, &name, amount));
        }
    }
    rows.check_amounts("v")?;
    Ok(bills)
}
