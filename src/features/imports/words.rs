//! The phrases of imports.

use crate::files::{Question, RefusalReason, Refused, RowCounts, Skip, Skipped};
use crate::money::Money;
use crate::provider::Billing;
use crate::text::Language;
use crate::time::Day;
use crate::ui::format;

/// What a file has for one book.
#[derive(Clone, Debug)]
pub(super) struct ImportSummary {
    /// How much, of which currency.
    pub(super) sum: Money,
    /// The first day.
    pub(super) from: Day,
    /// The last day.
    pub(super) to: Day,
}

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) how: fn(&str) -> String,
    pub(super) any: &'static str,
    pub(super) keeps: &'static str,
    pub(super) into: &'static str,
    pub(super) drop: &'static str,
    pub(super) import: &'static str,
    pub(super) preview_title: &'static str,
    pub(super) preview_how: &'static str,
    /// What stands between a file and what was read of it.
    pub(super) colon: &'static str,
    pub(super) rows_read: fn(&RowCounts) -> String,
    pub(super) line_name: &'static str,
    pub(super) new_account: &'static str,
    pub(super) new_label: &'static str,
    pub(super) name_account: &'static str,
    pub(super) columns_title: &'static str,
    pub(super) columns_how: fn(&str, &str) -> String,
    pub(super) question: fn(&Question) -> &'static str,
    pub(super) columns_keep: &'static str,
    pub(super) choose_column: &'static str,
    pub(super) date: &'static str,
    pub(super) amount: &'static str,
    pub(super) currency: &'static str,
    pub(super) one_code: &'static str,
    pub(super) code: &'static str,
    pub(super) line: &'static str,
    pub(super) no_line: &'static str,
    pub(super) date_order: &'static str,
    pub(super) date_orders: [&'static str; 2],
    pub(super) decimals: &'static str,
    pub(super) unnamed: fn(usize) -> String,
    pub(super) read_file: &'static str,
    pub(super) drop_file: &'static str,
    pub(super) overlap_title: &'static str,
    /// For a file and an account; with the name of the provider whose export it is, where that is another.
    pub(super) overlap_question: fn(&str, &str, Option<&str>) -> String,
    /// What the account and the file have for these days.
    pub(super) both: fn((Day, Day), Option<&str>, &str) -> String,
    pub(super) replace: &'static str,
    pub(super) add: &'static str,
    pub(super) count: fn(usize) -> String,
    /// Which currency a name in the file means.
    pub(super) named: fn(&str) -> String,
    /// The column of the last day of a row, and that there is none.
    pub(super) end: &'static str,
    pub(super) no_end: &'static str,
    pub(super) are_charges: &'static str,
    /// That they are, and that they are not.
    pub(super) debits: [&'static str; 2],
    pub(super) which_charges: &'static str,
    /// Those below zero, and those above.
    pub(super) charges: [&'static str; 2],
    pub(super) imported: fn(&[ImportSummary], Option<Billing>, &RowCounts) -> String,
    pub(super) refused: fn(&Refused) -> String,
    pub(super) no_file: &'static str,
    pub(super) file_gone: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Import usage by model",
    how: |provider| format!("{provider}: download your usage at {{}}."),
    any: "You can also import a FOCUS file (1.0 to 1.4), or any CSV with date, amount and currency columns.",
    keeps: "Files are read in your browser and never uploaded. Key and user names are discarded. Imported days replace balance estimates.",
    into: "Account",
    drop: "Drop a ZIP or CSV here, or choose a file",
    import: "Import",
    preview_title: "Check before importing",
    preview_how: "These are the first rows. Nothing has been imported yet.",
    colon: ": ",
    rows_read,
    line_name: "Model or product",
    new_account: "A new account",
    new_label: "Name of the new account",
    name_account: "Enter a name for the new account.",
    columns_title: "Match columns",
    columns_how: |file, account| {
        format!("We don't recognize {file}. Match its columns to import it into {account}.")
    },
    question,
    columns_keep: "Only these columns are read, and the file is never stored on disk. Your choices are remembered for the next file.",
    choose_column: "Choose a column",
    date: "Date",
    amount: "Amount",
    currency: "Currency",
    one_code: "Same for all rows",
    code: "Currency of all rows, such as USD",
    line: "Model or product (optional)",
    no_line: "None",
    date_order: "Dates such as 03/11/2026",
    date_orders: ["November 3 (day first)", "March 11 (month first)"],
    decimals: "Decimal separator",
    unnamed: |place| format!("Column {place} (no name)"),
    read_file: "Import",
    drop_file: "Cancel",
    overlap_title: "Replace or add?",
    overlap_question: |file, account, provider| match provider {
        Some(provider) => format!(
            "{file} is an export from {provider}, but {account} isn't. Replace the figures of {account} for these days, or add to them?"
        ),
        None => format!(
            "{account} already has imported figures for some days in {file}. Replace them, or add to them?"
        ),
    },
    both: |(from, to), known, in_file| {
        let days = Language::English.dates(from, to, from.month());
        format!("{days}: {} so far, {in_file} in the file.", known.unwrap_or("nothing"))
    },
    replace: "Replace",
    add: "Add",
    count: |count| match count {
        1 => "1 imported file".to_owned(),
        count => format!("{count} imported files"),
    },
    named: |name| format!("Which currency is \"{name}\"? Enter a code, such as USD"),
    end: "Last day, if rows span several days (optional)",
    no_end: "None: each row is for one day",
    are_charges: "Are these charges?",
    debits: ["Yes, they are charges", "No, they are refunds or credits"],
    which_charges: "Which amounts are charges?",
    charges: [
        "Negative amounts (positive amounts are refunds or credits)",
        "Positive amounts (negative amounts are refunds or credits)",
    ],
    imported,
    refused,
    no_file: "We didn't get a file. Choose the ZIP or CSV again.",
    file_gone: "The browser no longer has this file. Choose it again and match its columns.",
};

/// What has to be answered before a table can be read.
fn question(question: &Question) -> &'static str {
    match question {
        Question::Columns => "Choose the date, amount and currency columns.",
        Question::Order => "These dates are ambiguous. Which comes first, day or month?",
        Question::Decimals => "These amounts are ambiguous. Which sign separates decimals?",
        Question::Debits => "Every amount is negative. Are these charges?",
        Question::Sign => "Some amounts are positive and some negative. Which are charges?",
        Question::Currency(_) => "We don't recognize a currency in this file. Which one is it?",
    }
}

fn imported(books: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let sums: Vec<_> = books
        .iter()
        .map(|book| {
            let sum = format::money(book.sum.amount, book.sum.currency);
            format!("{sum} for {}", Language::English.dates(book.from, book.to, book.from.month()))
        })
        .collect();
    let rows = rows_read(rows);
    if books.is_empty() {
        return format!("Nothing imported, because the file has no data up to today. {rows}");
    }
    let effect = match by_key {
        Some(Billing::Balances | Billing::Counters) => " For these days, the file replaces the estimates.",
        Some(Billing::Bills) => " For these days, the file replaces the bill until the next refresh.",
        None => "",
    };
    format!("Imported {}.{effect} {rows}", Language::English.list(&sums))
}

fn rows_read(RowCounts { read, zero, skipped }: &RowCounts) -> String {
    let count = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let read = match zero {
        0 => format!("{} read.", count(*read)),
        zero => format!("{} read, {zero} without a charge.", count(*read)),
    };
    let skipped = skipped.iter().map(|Skipped { why, count: of, row, sample }| match why {
        Skip::AboveHead => format!("{} above the header (row {row}: \"{sample}\")", count(*of)),
        Skip::Total => format!("{} with a total (row {row}: \"{sample}\")", count(*of)),
        Skip::Quantity => format!("{} without a numeric quantity (row {row}: \"{sample}\")", count(*of)),
        Skip::Purchase => format!("{} of purchases ({sample})", count(*of)),
        Skip::Credit => format!("{} of credits ({sample})", count(*of)),
        Skip::Adjustment => format!("{} of adjustments ({sample})", count(*of)),
        Skip::Tax => format!("{} of taxes ({sample})", count(*of)),
        Skip::File if *of == 1 => format!("1 file that isn't an export ({sample})"),
        Skip::File => format!("{of} files that aren't exports (such as {sample})"),
    });
    match skipped.collect::<Vec<_>>() {
        skipped if skipped.is_empty() => read,
        skipped => format!("{read} Skipped: {}.", Language::English.list(&skipped)),
    }
}

/// Where a file is not what it says, and what to do.
fn refused(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file}, row {row}, column {column}"),
        (Some(row), None) => format!("{file}, row {row}"),
        (None, Some(column)) => format!("{file}, column {column}"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "this file is empty",
        (RefusalReason::Unknown, _, _) => {
            "we don't recognize this file. Choose a provider export, or one CSV with a header row"
        }
        (RefusalReason::Mixed, _, _) => "these files are from different providers. Import them separately",
        (RefusalReason::NoCosts, _, _) => {
            "this file has tokens but no costs. Add the cost table, or import the whole ZIP"
        }
        (RefusalReason::Unreadable, None, _) => "this column is missing or appears twice",
        (RefusalReason::Unreadable, Some(_), None) => "this row has more or fewer cells than the header",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "we can't read this value",
        (RefusalReason::Packed, _, _) => "this archive is encrypted or in an unusual format",
        (RefusalReason::Damaged, _, _) => "this archive is damaged. Export it again",
        (RefusalReason::TooMuch, _, _) => {
            "this file is too large. The limits are 10 MB unpacked, 100 files, 200,000 rows, ten years and 1,000 names"
        }
        (RefusalReason::TooLong, _, _) => {
            "this file is over 3 MB, too large to match its columns. Export a shorter period"
        }
    };
    format!("{place}: {what}.")
}

const CHINESE: Words = Words {
    title: "导入各模型用量",
    how: |provider| format!("{provider}：在 {{}} 下载用量文件。"),
    any: "也可以导入 FOCUS 文件（1.0 至 1.4），或任何包含日期、金额和货币列的 CSV。",
    keeps: "文件只在浏览器中读取，不会上传。密钥名和用户名会被丢弃。导入的日期会取代余额估算。",
    into: "账户",
    drop: "将 ZIP 或 CSV 拖到这里，或选择文件",
    import: "导入",
    preview_title: "导入前检查",
    preview_how: "以上是前几行，尚未导入任何内容。",
    colon: "：",
    rows_read: chinese_rows_read,
    line_name: "模型或产品",
    new_account: "新账户",
    new_label: "新账户的名称",
    name_account: "请输入新账户的名称。",
    columns_title: "匹配列",
    columns_how: |file, account| format!("无法识别 {file}。请匹配它的列，以导入到 {account}。"),
    question: chinese_question,
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
    named: |name| format!("“{name}”是哪种货币？请输入代码，例如 USD"),
    end: "最后一天，适用于跨多天的行（可选）",
    no_end: "无：每行为一天",
    are_charges: "这些是扣费吗？",
    debits: ["是，都是扣费", "不是，是退款或赠金"],
    which_charges: "哪些金额是扣费？",
    charges: ["负数（正数为退款或赠金）", "正数（负数为退款或赠金）"],
    imported: chinese_imported,
    refused: chinese_refused,
    no_file: "没有收到文件。请重新选择 ZIP 或 CSV。",
    file_gone: "浏览器中已没有此文件。请重新选择并匹配列。",
};

/// The same in Chinese.
fn chinese_question(question: &Question) -> &'static str {
    match question {
        Question::Columns => "请选择日期、金额和货币所在的列。",
        Question::Order => "这些日期有两种读法，日在前还是月在前？",
        Question::Decimals => "这些金额有两种读法，小数点是哪个符号？",
        Question::Debits => "所有金额都是负数，这些是扣费吗？",
        Question::Sign => "金额有正有负，哪些是扣费？",
        Question::Currency(_) => "文件中有无法识别的货币，是哪一种？",
    }
}

fn chinese_imported(books: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let sums: Vec<_> = books
        .iter()
        .map(|book| {
            let sum = format::money(book.sum.amount, book.sum.currency);
            format!("{}的 {sum}", Language::Chinese.dates(book.from, book.to, book.from.month()))
        })
        .collect();
    let rows = chinese_rows_read(rows);
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

fn chinese_rows_read(RowCounts { read, zero, skipped }: &RowCounts) -> String {
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
        Skip::File => format!("{count} 个不是导出文件的文件（如 {sample}）"),
    });
    match skipped.collect::<Vec<_>>() {
        skipped if skipped.is_empty() => read,
        skipped => format!("{read}已跳过：{}。", Language::Chinese.list(&skipped)),
    }
}

fn chinese_refused(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file} 第 {row} 行的 {column} 列"),
        (Some(row), None) => format!("{file} 第 {row} 行"),
        (None, Some(column)) => format!("{file} 的 {column} 列"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "文件是空的",
        (RefusalReason::Unknown, _, _) => "无法识别此文件。请选择服务商的导出文件，或一个带表头的 CSV",
        (RefusalReason::Mixed, _, _) => "这些文件来自不同的服务商，请分别导入",
        (RefusalReason::NoCosts, _, _) => "文件中只有 token 数，没有费用。请加上费用表，或导入整个 ZIP",
        (RefusalReason::Unreadable, None, _) => "缺少此列，或此列出现了两次",
        (RefusalReason::Unreadable, Some(_), None) => "此行的单元格数与表头不符",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "无法读取此内容",
        (RefusalReason::Packed, _, _) => "压缩包已加密，或格式不常见",
        (RefusalReason::Damaged, _, _) => "压缩包已损坏，请重新导出",
        (RefusalReason::TooMuch, _, _) => {
            "文件过大。上限为解压后 10 MB、100 个文件、200,000 行、十年和 1,000 个名称"
        }
        (RefusalReason::TooLong, _, _) => "文件超过 3 MB，无法匹配列。请导出较短的时间段",
    };
    format!("{place}：{what}。")
}
