//! The phrases of invoices.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    pub(super) add: &'static str,
    pub(super) edit: &'static str,
    pub(super) month: &'static str,
    pub(super) later: fn(&str, &str) -> String,
    pub(super) total: fn(&str) -> String,
    pub(super) credits: &'static str,
    pub(super) tax: &'static str,
    pub(super) note: &'static str,
    pub(super) what_is_compared: &'static str,
    pub(super) credits_of: fn(&str) -> String,
    pub(super) tax_of: fn(&str) -> String,
    /// The account if it must be named, the number of invoices, and the percentage; zero if all match.
    pub(super) record: fn(Option<&str>, usize, u64) -> String,
    pub(super) record_sentence: fn(&str) -> String,
    /// The month, the figure that was claimed, and the charges.
    pub(super) broken: fn(&str, &str, &str) -> String,
    pub(super) nothing_known: fn(&str) -> String,
    pub(super) at_least: fn(&str) -> String,
    pub(super) matches: fn(&str) -> String,
    /// The figure, the difference with its percentage, and the charges.
    pub(super) less: fn(&str, &str, Option<&str>, &str) -> String,
    pub(super) more: fn(&str, &str, Option<&str>, &str) -> String,
    pub(super) causes: &'static str,
    pub(super) tracking_began: fn(&str) -> String,
    pub(super) open: &'static str,
    pub(super) reset: &'static str,
    pub(super) lost: &'static str,
    pub(super) gap: &'static str,
    pub(super) unpriced: &'static str,
    pub(super) emptied: &'static str,
    pub(super) not_use: &'static str,
    pub(super) granted: fn(&str) -> String,
    pub(super) top_ups: fn(&str) -> String,
    pub(super) restated: fn(&str) -> String,
    pub(super) unsettled: &'static str,
    pub(super) one_key: &'static str,
    pub(super) other_account: fn(&str) -> String,
    pub(super) spread: &'static str,
    pub(super) no_tax: &'static str,
    pub(super) no_credits: &'static str,
    pub(super) billing_period: &'static str,
    pub(super) removed: &'static str,
    pub(super) bad_month: &'static str,
    pub(super) bad_total: &'static str,
    pub(super) bad_part: &'static str,
    pub(super) too_much_tax: &'static str,
    pub(super) not_over: fn(&str, &str) -> String,
    pub(super) known_already: fn(&str) -> String,
    pub(super) add_file: &'static str,
    pub(super) file_how: &'static str,
    pub(super) file: &'static str,
    pub(super) read_file: &'static str,
    /// The month, its total unless amounts are hidden, and the days with charges.
    pub(super) added_one: fn(&str, Option<&str>, Option<&str>) -> String,
    /// The number of invoices added, and the months that already have one.
    pub(super) added: fn(&str, Option<&str>) -> String,
    pub(super) no_invoice_in_file: &'static str,
    pub(super) not_an_export: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Invoices",
    why: "Enter what the provider charged for a month to see how close our figure is.",
    add: "Add an invoice",
    edit: "Edit",
    month: "Month",
    later: |month, day| format!("You can add the invoice for {month} from {day} (UTC)."),
    total: |currency| format!("Invoice total ({currency})"),
    credits: "Credits subtracted (optional)",
    tax: "Tax included (optional)",
    note: "Note (optional)",
    what_is_compared: "We compare our figure for the UTC month with the charges before tax and credits: total − tax + credits.",
    credits_of: |amount| format!("{amount} in credits subtracted"),
    tax_of: |amount| format!("{amount} tax included"),
    record: |account, invoices, within| {
        let which =
            if invoices == 1 { "Last invoice".to_owned() } else { format!("Last {invoices} invoices") };
        let from = account.map(|account| format!(" from {account}")).unwrap_or_default();
        match within {
            0 => format!("{which}{from}: exact match"),
            percent => format!("{which}{from}: within {percent}%"),
        }
    },
    record_sentence: |record| format!("{record}."),
    broken: |month, claimed, charges| {
        format!(
            "We said {month} cost at least {claimed}, but the invoice has {charges} in charges. Our figure was too high."
        )
    },
    nothing_known: |month| format!("We have no figure for {month} to compare with."),
    at_least: |amount| format!("at least {amount}"),
    matches: |counted| format!("We counted {counted}. It matches the charges on the invoice."),
    less: |counted, size, percent, charges| {
        let percent = percent.map(|percent| format!(" ({percent})")).unwrap_or_default();
        format!("We counted {counted}. That's {size}{percent} less than the {charges} in charges.")
    },
    more: |counted, size, percent, charges| {
        let percent = percent.map(|percent| format!(" ({percent})")).unwrap_or_default();
        format!("We counted {counted}. That's {size}{percent} more than the {charges} in charges.")
    },
    causes: "Possible causes:",
    tracking_began: |day| format!("Tracking started on {day}, so earlier spend is missing."),
    open: "A top-up that month may hide some spend.",
    reset: "The provider's counter reset, so some spend is missing.",
    lost: "Some stored data for that month was damaged.",
    gap: "Some days of that month have no data.",
    unpriced: "The provider listed an item without an amount.",
    emptied: "A balance dropped to zero, and we counted all of it as spend.",
    not_use: "Part of what the balance dropped by may be a refund, a transfer or expired credit.",
    granted: |amount| format!("We counted {amount} paid from credit, which the invoice may leave out."),
    top_ups: |amount| {
        format!(
            "You topped up {amount} that month. A receipt for a top-up shows what you paid in, not what you used."
        )
    },
    restated: |amount| format!("Our figure was {amount} when you entered the invoice. It has changed since."),
    unsettled: "The provider may still change its figures for that month.",
    one_key: "This account covers one key. The invoice may cover all your keys.",
    other_account: |provider| format!("You track another {provider} account. The invoice may cover both."),
    spread: "Spend across the start or end of the month was split evenly.",
    no_tax: "You entered no tax. If the total includes tax, enter it.",
    no_credits: "You entered no credits. If the invoice subtracts credits, enter them.",
    billing_period: "We count UTC months. The provider's billing period may start or end at another time.",
    removed: "Removed.",
    bad_month: "Choose a month.",
    bad_total: "Enter the invoice total, such as 42.50. It can be 0.",
    bad_part: "Enter a number, such as 5 or 7.50, or leave it blank.",
    too_much_tax: "The tax is more than the total and the credits together.",
    not_over: |month, day| format!("{month} isn't over yet. Add its invoice from {day} (UTC)."),
    known_already: |month| format!("There's already an invoice for {month}. Edit that one."),
    add_file: "Add from a file",
    file_how: "Choose an export or a FOCUS file of the provider. Each finished month in it becomes an invoice: usage, adjustments and tax, less credits. Purchases such as top-ups are left out.",
    file: "File (.csv, .xlsx or .zip)",
    read_file: "Add invoices",
    added_one: |month, total, days| {
        let total = total.map(|total| format!(" {total}")).unwrap_or_default();
        let days = days.map(|days| format!(" (charges for {days})")).unwrap_or_default();
        format!("{month}{total}{days}")
    },
    added: |invoices, kept| {
        let kept = kept.map(|kept| format!(" Already entered: {kept}.")).unwrap_or_default();
        format!("Added {invoices}.{kept} Check that the file covers whole months.")
    },
    no_invoice_in_file: "This file has no charges for a finished month in this account's currency.",
    not_an_export: "We can't read an invoice from this file. Choose a provider export or a FOCUS file.",
};

const CHINESE: Words = Words {
    title: "账单核对",
    why: "输入服务商某个月的账单金额，看看我们的统计有多准。",
    add: "添加账单",
    edit: "编辑",
    month: "月份",
    later: |month, day| format!("{month}的账单可在{day}（UTC）之后添加。"),
    total: |currency| format!("账单总额（{currency}）"),
    credits: "已抵扣的赠金（可选）",
    tax: "含税额（可选）",
    note: "备注（可选）",
    what_is_compared: "我们用该 UTC 月的统计金额，与账单中税前、抵扣前的费用比较：总额 − 税额 + 抵扣。",
    credits_of: |amount| format!("已抵扣 {amount}"),
    tax_of: |amount| format!("含税 {amount}"),
    record: |account, invoices, within| {
        let of = account.map(|account| format!("{account} ")).unwrap_or_default();
        match within {
            0 => format!("{of}最近 {invoices} 张账单：完全一致"),
            percent => format!("{of}最近 {invoices} 张账单：误差不超过 {percent}%"),
        }
    },
    record_sentence: |record| format!("{record}。"),
    broken: |month, claimed, charges| {
        format!("我们曾统计{month}至少支出 {claimed}，但账单费用为 {charges}。我们的统计偏高了。")
    },
    nothing_known: |month| format!("没有{month}的统计数据，无法比较。"),
    at_least: |amount| format!("至少 {amount}"),
    matches: |counted| format!("我们统计为 {counted}，与账单费用一致。"),
    less: |counted, size, percent, charges| {
        let percent = percent.map(|percent| format!("（{percent}）")).unwrap_or_default();
        format!("我们统计为 {counted}，比账单费用 {charges} 少 {size}{percent}。")
    },
    more: |counted, size, percent, charges| {
        let percent = percent.map(|percent| format!("（{percent}）")).unwrap_or_default();
        format!("我们统计为 {counted}，比账单费用 {charges} 多 {size}{percent}。")
    },
    causes: "可能的原因：",
    tracking_began: |day| format!("从{day}才开始统计，缺少之前的支出。"),
    open: "当月有一笔充值可能掩盖了部分支出。",
    reset: "服务商的计数器重置过，缺少部分支出。",
    lost: "当月部分已存数据损坏。",
    gap: "当月有些日期没有数据。",
    unpriced: "服务商列出的某个项目没有金额。",
    emptied: "余额降到了零，我们把它全部计为支出。",
    not_use: "余额的减少中可能包含退款、转账或过期的赠金。",
    granted: |amount| format!("我们的统计包含用赠金支付的 {amount}，账单可能没有计入。"),
    top_ups: |amount| format!("当月充值 {amount}。充值收据显示的是付款金额，不是使用金额。"),
    restated: |amount| format!("输入账单时我们的统计为 {amount}，之后有变动。"),
    unsettled: "服务商可能还会调整当月的数据。",
    one_key: "此账户只统计一个密钥，账单可能包含全部密钥。",
    other_account: |provider| format!("还有另一个 {provider} 账户在统计，账单可能包含两者。"),
    spread: "跨月初或月末的支出按时间均分。",
    no_tax: "没有填写税额。如果总额含税，请填写。",
    no_credits: "没有填写抵扣。如果账单抵扣了赠金，请填写。",
    billing_period: "我们按 UTC 计月，服务商的账期起止时间可能不同。",
    removed: "已移除。",
    bad_month: "请选择月份。",
    bad_total: "请输入账单总额，例如 42.50，可以为 0。",
    bad_part: "请输入数字，例如 5 或 7.50，也可以留空。",
    too_much_tax: "税额超过了总额与抵扣之和。",
    not_over: |month, day| format!("{month}还没有结束。请在{day}（UTC）之后添加账单。"),
    known_already: |month| format!("{month}的账单已经添加过，请编辑那一张。"),
    add_file: "从文件添加",
    file_how: "选择服务商的导出文件或 FOCUS 文件。其中每个已结束的月份成为一张账单：使用、调整和税额，减去抵扣。充值等购买不计入。",
    file: "文件（.csv、.xlsx 或 .zip）",
    read_file: "添加账单",
    added_one: |month, total, days| {
        let total = total.map(|total| format!(" {total}")).unwrap_or_default();
        let days = days.map(|days| format!("（{days}有费用）")).unwrap_or_default();
        format!("{month}{total}{days}")
    },
    added: |invoices, kept| {
        let kept = kept.map(|kept| format!("已有账单：{kept}。")).unwrap_or_default();
        format!("已添加：{invoices}。{kept}请确认文件包含完整的月份。")
    },
    no_invoice_in_file: "文件中没有该账户币种已结束月份的费用。",
    not_an_export: "无法从此文件读取账单。请选择服务商的导出文件或 FOCUS 文件。",
};
