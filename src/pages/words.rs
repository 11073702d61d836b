//! The phrases of both pages: the month, its rows and the account cards.

use crate::provider::{Billing, Kind, Problem};
use crate::text::Language;
use crate::time::Timestamp;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) days_left: fn(u32) -> String,
    pub(super) utc_month: &'static str,
    pub(super) dashboard: &'static str,
    pub(super) up_to_date: fn(usize, usize) -> String,
    pub(super) subscriptions: &'static str,
    pub(super) beside: &'static str,
    pub(super) since: &'static str,
    pub(super) this_month: &'static str,
    pub(super) money_in: &'static str,
    pub(super) tracked: &'static str,
    pub(super) details: &'static str,
    pub(super) balance_of: &'static str,
    pub(super) credit: &'static str,
    pub(super) more: &'static str,
    pub(super) expired: &'static str,
    pub(super) from_granted: &'static str,
    pub(super) from_paid: &'static str,
    pub(super) grant: &'static str,
    /// The names of the providers that the browser withholds.
    pub(super) withheld: fn(&str) -> String,
    pub(super) grant_all: &'static str,
    pub(super) removed_text: &'static str,
    pub(super) set_aside: fn(usize) -> String,
    pub(super) duplicate: fn(&str) -> String,
    pub(super) attention: &'static str,
    pub(super) more_waiting: fn(usize) -> String,
    pub(super) question: &'static str,
    pub(super) days: fn(u64) -> String,
    pub(super) search: &'static str,
    pub(super) search_providers: fn(usize) -> String,
    pub(super) no_match: &'static str,
    pub(super) kind: fn(Kind) -> &'static str,
    pub(super) anything_else: &'static str,
    pub(super) by_hand: &'static str,
    pub(super) by_hand_short: &'static str,
    pub(super) from_file: &'static str,
    pub(super) from_file_short: &'static str,
    pub(super) bills_how: fn(Billing) -> &'static str,
    pub(super) all_providers: &'static str,
    pub(super) duplicate_text: fn(&str) -> String,
    pub(super) paused: &'static str,
    pub(super) removed: &'static str,
    pub(super) second_reading: &'static str,
    pub(super) not_read_yet: &'static str,
    pub(super) pools: fn(&str, &str) -> String,
    pub(super) refresh: &'static str,
    pub(super) refreshing: fn(usize, usize) -> String,
    pub(super) updated: &'static str,
    pub(super) next: &'static str,
    pub(super) locked: &'static str,
    pub(super) welcome: &'static str,
    pub(super) welcome_text: &'static str,
    pub(super) what_leaves: &'static str,
    pub(super) connect_title: &'static str,
    pub(super) unlock_to_connect: &'static str,
    pub(super) with_key: &'static str,
    pub(super) pin_title: &'static str,
    pub(super) pin_how: &'static str,
    pub(super) what_to_do: fn(&Problem) -> &'static str,
    pub(super) covers: &'static str,
    pub(super) byok: &'static str,
    pub(super) byok_why: &'static str,
    pub(super) set_rate: &'static str,
    pub(super) title_empty: &'static str,
    pub(super) title_total: fn(&str, &str) -> String,
    pub(super) title_unconverted: fn(&str) -> String,
    pub(super) title_forecast: fn(&str, &str, &str) -> String,
    pub(super) title_locked: &'static str,
    pub(super) title_read_at: fn(Timestamp) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    days_left: |days| match days {
        0 => "last day".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    },
    utc_month: "UTC month",
    dashboard: "Dashboard",
    up_to_date: |fresh, of| match of {
        of if fresh >= of => "Up to date".to_owned(),
        1 => "Not up to date".to_owned(),
        of => format!("{fresh} of {of} accounts up to date"),
    },
    subscriptions: "Subscriptions",
    beside: "plus {} not converted",
    since: "since {}",
    this_month: "This month",
    money_in: "Top-ups",
    tracked: "Tracking",
    details: "Details",
    balance_of: "Balance",
    credit: "Credit",
    more: "More",
    expired: "Expired",
    from_granted: "From credit",
    from_paid: "From paid balance",
    grant: "Allow access",
    withheld: |names| format!("Your browser blocks access to {names}."),
    grant_all: "Allow access to all",
    removed_text: "Removed. Past spend still counts.",
    set_aside,
    duplicate: |other| format!("possible duplicate of {other}"),
    attention: "Needs your attention",
    more_waiting: |count| match count {
        1 => "1 more account needs attention".to_owned(),
        count => format!("{count} more accounts need attention"),
    },
    question: "balance change to confirm",
    days: |days| match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    },
    search: "Search providers",
    search_providers: |count| format!("Search {count} providers"),
    no_match: "No provider has this name. You can add it by hand or from a file.",
    kind: |kind| match kind {
        Kind::Models => "Models",
        Kind::Hosting => "Model hosting",
        Kind::Gateway => "Gateways and relays",
        Kind::Media => "Voice, images and video",
        Kind::Compute => "Clouds and compute",
        Kind::Tools => "Developer tools",
    },
    anything_else: "Anything else",
    by_hand: "By hand",
    by_hand_short: "Enter a balance or a bill",
    from_file: "From a file",
    from_file_short: "Any CSV or Excel file of costs",
    bills_how: |billing| match billing {
        Billing::Balances => "Prepaid balance",
        Billing::Counters => "Balance and spend",
        Billing::Bills => "Daily bills",
    },
    all_providers: "All providers",
    duplicate_text: |other| {
        format!(
            "This account changes exactly like {other}. If it's the same account, its spend is counted twice."
        )
    },
    paused: "paused",
    removed: "removed",
    second_reading: "spend appears after the next refresh",
    not_read_yet: "no data this month yet",
    pools: |granted, paid| format!("{granted} credit + {paid} paid"),
    refresh: "Refresh",
    refreshing: |done, of| format!("Refreshing ({done} of {of})"),
    updated: "Updated {}",
    next: "next {}",
    locked: "locked",
    welcome: "See what AI costs you this month",
    welcome_text: "Connect an account with an API key to see what you've spent this month, where the month will end, and what next month may cost.",
    what_leaves: "Your key is only ever sent to its provider, and your browser enforces this. Keys are stored encrypted on this device. We have no server.",
    connect_title: "Connect an account",
    unlock_to_connect: "Unlock Drawdown to connect an account.",
    with_key: "Connect with an API key",
    pin_title: "Pin Drawdown to your toolbar",
    pin_how: "In Chrome, click the puzzle icon, then the pin next to Drawdown. In Firefox, click the puzzle icon, the gear next to Drawdown, then Pin to Toolbar.",
    what_to_do,
    covers: "Covers",
    byok: "With your own provider keys",
    byok_why: "billed by those providers, not included",
    set_rate: "Set a rate",
    title_empty: "Drawdown: no accounts connected yet",
    title_total: |month, total| format!("Drawdown. {month} so far: {total}"),
    title_unconverted: |beside| format!("plus {beside} not converted"),
    title_forecast: |landing, next, next_month| format!("Forecast: {landing}. {next} forecast: {next_month}"),
    title_locked: "Locked. Figures are from the last refresh.",
    title_read_at: |at| format!("last updated {}, {} UTC", Language::English.date(at.day()), clock(at)),
};

/// What to do about a problem.
fn what_to_do(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "Create a new key on the provider's page, then replace this one.",
        Problem::NotPermitted | Problem::Barred { .. } => "Check the provider's console.",
        Problem::HostWithheld => "Click Allow access so Drawdown can read this account.",
        Problem::RateLimited { .. } | Problem::ProviderDown => "No action needed. We'll keep retrying.",
        Problem::Offline => "We'll try again at the next refresh.",
        Problem::Unreadable { .. } => "The provider may have changed its API. Please report this.",
        Problem::Unsupported => "The provider removed this API. Please report this.",
        Problem::Retired => {
            "Your history stays. To keep tracking, add the account manually or from a file. To retry, pause and resume it."
        }
    }
}

/// Readings set aside because the clock was ahead.
fn set_aside(count: usize) -> String {
    let readings = match count {
        1 => "1 reading wasn't".to_owned(),
        count => format!("{count} readings weren't"),
    };
    format!("{readings} used because your computer's clock was ahead. Spend around that time is approximate.")
}

/// Hours and minutes in UTC.
fn clock(at: Timestamp) -> String {
    at.to_string().get(11..16).unwrap_or_default().to_owned()
}

const CHINESE: Words = Words {
    days_left: |days| match days {
        0 => "最后一天".to_owned(),
        days => format!("还剩 {days} 天"),
    },
    utc_month: "按 UTC 计月",
    dashboard: "仪表盘",
    up_to_date: |fresh, of| match of {
        of if fresh >= of => "已是最新".to_owned(),
        1 => "尚未更新".to_owned(),
        of => format!("{of} 个账户中 {fresh} 个已是最新"),
    },
    subscriptions: "订阅",
    beside: "另有 {} 未换算",
    since: "自 {} 起",
    this_month: "本月支出",
    money_in: "充值",
    tracked: "统计时间",
    details: "详情",
    balance_of: "余额构成",
    credit: "赠金",
    more: "更多",
    expired: "已过期",
    from_granted: "使用赠金",
    from_paid: "使用充值余额",
    grant: "允许访问",
    withheld: |names| format!("浏览器阻止了对{names}的访问。"),
    grant_all: "全部允许访问",
    removed_text: "已移除。过往支出仍计入总额。",
    set_aside: |count| format!("有 {count} 条读数未被采用，因为当时电脑时钟偏快。该时段的支出为近似值。"),
    duplicate: |other| format!("可能与 {other} 重复"),
    attention: "需要处理",
    more_waiting: |count| format!("还有 {count} 个账户需要处理"),
    question: "余额变动待确认",
    days: |days| format!("{days} 天"),
    search: "搜索服务商",
    search_providers: |count| format!("搜索 {count} 家服务商"),
    no_match: "没有找到这家服务商。可以手动添加，或从文件添加。",
    kind: |kind| match kind {
        Kind::Models => "模型厂商",
        Kind::Hosting => "模型托管",
        Kind::Gateway => "网关与中转",
        Kind::Media => "语音、图像与视频",
        Kind::Compute => "云与算力",
        Kind::Tools => "开发工具",
    },
    anything_else: "其他",
    by_hand: "手动记录",
    by_hand_short: "输入余额或账单",
    from_file: "从文件导入",
    from_file_short: "任意费用 CSV 或 Excel 文件",
    bills_how: |billing| match billing {
        Billing::Balances => "预付余额",
        Billing::Counters => "余额与支出",
        Billing::Bills => "按日账单",
    },
    all_providers: "全部服务商",
    duplicate_text: |other| format!("此账户的变化与 {other} 完全一致。如果是同一个账户，支出会被重复计算。"),
    paused: "已暂停",
    removed: "已移除",
    second_reading: "下次刷新后显示支出",
    not_read_yet: "本月暂无数据",
    pools: |granted, paid| format!("赠金 {granted} + 充值 {paid}"),
    refresh: "刷新",
    refreshing: |done, of| format!("正在刷新（{done}/{of}）"),
    updated: "更新时间：{}",
    next: "下次 {}",
    locked: "已锁定",
    welcome: "看看这个月 AI 花了多少钱",
    welcome_text: "用 API 密钥连接账户，即可查看本月支出、月底预测和下月预计支出。",
    what_leaves: "密钥只会发送给对应的服务商，由浏览器强制保证。密钥加密保存在本设备上，我们没有服务器。",
    connect_title: "连接账户",
    unlock_to_connect: "请先解锁，再连接账户。",
    with_key: "用 API 密钥连接",
    pin_title: "将 Drawdown 固定到工具栏",
    pin_how: "Chrome：点击拼图图标，再点击 Drawdown 旁边的图钉。Firefox：点击拼图图标，再点击 Drawdown 旁边的齿轮，选择“固定到工具栏”。",
    what_to_do: chinese_what_to_do,
    covers: "统计范围",
    byok: "使用自带密钥",
    byok_why: "由相应服务商收费，不计入总额",
    set_rate: "设置汇率",
    title_empty: "Drawdown：尚未连接账户",
    title_total: |month, total| format!("Drawdown：{month}至今 {total}"),
    title_unconverted: |beside| format!("另有 {beside} 未换算"),
    title_forecast: |landing, next, next_month| format!("本月预测 {landing}，{next}预测 {next_month}"),
    title_locked: "已锁定，显示上次刷新的数据。",
    title_read_at: |at| format!("更新于 {} {} UTC", Language::Chinese.date(at.day()), clock(at)),
};

/// What to do about a problem, in Chinese.
fn chinese_what_to_do(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "请在服务商页面创建新密钥，然后在此更换。",
        Problem::NotPermitted | Problem::Barred { .. } => "请查看服务商的控制台。",
        Problem::HostWithheld => "点击“允许访问”，Drawdown 才能读取此账户。",
        Problem::RateLimited { .. } | Problem::ProviderDown => "无需操作，稍后会自动重试。",
        Problem::Offline => "下次刷新时会重试。",
        Problem::Unreadable { .. } => "服务商的接口可能有变化，请反馈给我们。",
        Problem::Unsupported => "服务商已移除此接口，请反馈给我们。",
        Problem::Retired => {
            "历史记录会保留。如需继续统计，请手动添加账户或导入文件。如需重试，请暂停后再恢复。"
        }
    }
}
