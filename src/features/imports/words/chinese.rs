//! The phrases of imports in Chinese.

use crate::features::imports::words::phrases::{ImportSummary, Words};
use crate::files::{Question, RowCounts, Skip, Skipped};
use crate::provider::Billing;
use crate::text::Language;
use crate::ui::format;

pub(super) const CHINESE: Words = Words {
    title: "导入各模型用量",
    how: |provider| format!("{provider}：在 {{}} 下载用量文件。"),
    any: "可以导入 FOCUS 文件（1.0 至 1.4），或任何包含日期、金额和货币列的 CSV 或 Excel 文件。",
    keeps: "文件只在浏览器中读取，不会上传。密钥名和用户名会被丢弃。导入的日期会取代余额估算。",
    into: "账户",
    drop: "将 ZIP、CSV 或 Excel 文件拖到这里，或选择文件",
    import: "导入",
    preview_title: "导入前检查",
    preview_how: "以上是前几行，尚未导入任何内容。",
    colon: "：",
    rows_read,
    line_name: "模型或产品",
    new_account: "新账户",
    new_label: "新账户的名称",
    name_account: "请输入新账户的名称。",
    columns_title: "匹配列",
    nothing_title: "没有可导入的内容",
    nothing_how: "文件中没有用量。购买、抵扣和税费不是支出。",
    account_gone: |file| format!("{file} 对应的账户已移除，请选择其他账户。"),
    columns_how: |file, account| match account {
        Some(account) => format!("无法识别 {file}。请匹配它的列，以导入到 {account}。"),
        None => format!("无法识别 {file}。请匹配它的列以导入。"),
    },
    question,
    columns_keep: "只读取这些列，文件不会存到磁盘。所作的选择会记住，供下次导入使用。",
    choose_column: "选择列",
    date: "日期",
    amount: "金额",
    currency: "货币",
    one_code: "所有行相同",
    code: "所有行的货币，例如 USD",
    line: "模型或产品（可选）",
    no_line: "无",
    date_order: "03/11/2026 这样的日期",
    date_orders: ["11月3日（日在前）", "3月11日（月在前）"],
    decimals: "小数点符号",
    unnamed: |place| format!("第 {place} 列（无名称）"),
    read_file: "导入",
    drop_file: "取消",
    overlap_title: "替换还是累加？",
    overlap_question: |file, account, provider| match provider {
        Some(provider) => format!(
            "{file} 是 {provider} 的导出文件，而 {account} 不是。要替换 {account} 这些日期的数据，还是累加？"
        ),
        None => format!("{account} 已有 {file} 中部分日期的导入数据。要替换它们，还是累加？"),
    },
    both: |(from, to), known, in_file| {
        let days = Language::Chinese.dates(from, to, from.month());
        format!("{days}：目前 {}，文件中 {in_file}。", known.unwrap_or("无"))
    },
    replace: "替换",
    add: "累加",
    count: |count| format!("{count} 个已导入的文件"),
    imported_files: "已导入的文件",
    named: |name| format!("“{name}”是哪种货币？请输入代码，例如 USD"),
    end: "最后一天，适用于跨多天的行（可选）",
    no_end: "无：每行为一天",
    are_charges: "这些是扣费吗？",
    debits: ["是，都是扣费", "不是，是退款或赠金"],
    which_charges: "哪些金额是扣费？",
    charges: ["负数（正数为退款或赠金）", "正数（负数为退款或赠金）"],
    imported,
    file_gone: "浏览器中已没有此文件。请重新选择并匹配列。",
};

/// The question that must be answered before a table can be read.
fn question(question: &Question) -> &'static str {
    match question {
        Question::Columns => "请选择日期、金额和货币所在的列。",
        Question::Order => "这些日期有两种读法，日在前还是月在前？",
        Question::Decimals => "这些金额有两种读法，小数点是哪个符号？",
        Question::Debits => "所有金额都是负数，这些是扣费吗？",
        Question::Sign => "金额有正有负，哪些是扣费？",
        Question::Currency(_) => "文件中有无法识别的货币，是哪一种？",
    }
}

fn imported(books: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let sums: Vec<_> = books
        .iter()
        .map(|book| {
            let sum = format::money(book.sum.amount, book.sum.currency);
            format!("{}的 {sum}", Language::Chinese.dates(book.from, book.to, book.from.month()))
        })
        .collect();
    let rows = rows_read(rows);
    if books.is_empty() {
        return format!("未导入任何内容，文件中没有截至今天的数据。{rows}");
    }
    let effect = match by_key {
        Some(Billing::Balances | Billing::Counters) => "这些日期以文件为准，取代估算值。",
        Some(Billing::Bills) => "这些日期以文件为准，直到下次刷新账单。",
        None => "",
    };
    format!("已导入{}。{effect}{rows}", Language::Chinese.list(&sums))
}

fn rows_read(RowCounts { read, zero, skipped }: &RowCounts) -> String {
    let read = match zero {
        0 => format!("读取 {read} 行。"),
        zero => format!("读取 {read} 行，其中 {zero} 行没有费用。"),
    };
    let skipped = skipped.iter().map(|Skipped { why, count, row, sample }| match why {
        Skip::AboveHead => format!("表头之前的 {count} 行（第 {row} 行：“{sample}”）"),
        Skip::Total => format!("{count} 行合计（第 {row} 行：“{sample}”）"),
        Skip::Quantity => format!("{count} 行数量不是数字（第 {row} 行：“{sample}”）"),
        Skip::Purchase => format!("{count} 行购买（{sample}）"),
        Skip::Credit => format!("{count} 行抵扣（{sample}）"),
        Skip::Adjustment => format!("{count} 行调整（{sample}）"),
        Skip::Tax => format!("{count} 行税费（{sample}）"),
        Skip::Subscription => format!("{count} 行订阅（{sample}）"),
        Skip::File => format!("{count} 个不是导出文件的文件（如 {sample}）"),
    });
    match skipped.collect::<Vec<_>>() {
        skipped if skipped.is_empty() => read,
        skipped => format!("{read}已跳过：{}。", Language::Chinese.list(&skipped)),
    }
}
