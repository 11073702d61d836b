//! The phrases of accounts without a key.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) typed: &'static str,
    pub(super) typed_left: &'static str,
    pub(super) read: &'static str,
    pub(super) figures_of: &'static str,
    pub(super) file_ends: fn(&str) -> String,
    pub(super) type_balance: &'static str,
    pub(super) type_bill: &'static str,
    pub(super) bring_newer: fn(&str) -> String,
    pub(super) bring_first: &'static str,
    pub(super) with_file: &'static str,
    pub(super) file_risk: &'static str,
    pub(super) by_hand_how: &'static str,
    pub(super) by_file_how: &'static str,
    pub(super) name_of_it: &'static str,
    pub(super) tells_balance: &'static str,
    pub(super) tells_bill: &'static str,
    pub(super) first_figure: &'static str,
    pub(super) balance_now: fn(&str) -> String,
    pub(super) bill_so_far: fn(&str) -> String,
    pub(super) keep: &'static str,
    pub(super) earlier: &'static str,
    pub(super) earlier_hint: &'static str,
    pub(super) type_left: &'static str,
    pub(super) type_left_hint: &'static str,
    pub(super) remind: &'static str,
    pub(super) remind_after: &'static str,
    pub(super) add: &'static str,
    pub(super) kept_by_hand: fn(&str) -> String,
    pub(super) kept_by_file: &'static str,
    pub(super) bad_figure: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    typed: "entered {}",
    typed_left: "{} left",
    read: "updated {}",
    figures_of: "last updated {}",
    file_ends: |date| format!("data ends {date}"),
    type_balance: "entered {}. Update balance",
    type_bill: "entered {}. Update bill",
    bring_newer: |date| format!("data ends {date}. Import a newer file"),
    bring_first: "Import your first file",
    with_file: "Import a file instead",
    file_risk: "No key needed, and nothing leaves your browser. Figures are as recent as the last file you import.",
    by_hand_how: "For providers without an API key or export. Enter your balance or your bill from time to time. Spend is spread evenly between entries.",
    by_file_how: "For providers that aren't listed but offer a CSV of their costs. Figures are as recent as the last file you import.",
    name_of_it: "Name, such as RunPod",
    tells_balance: "Prepaid balance",
    tells_bill: "Monthly bill",
    first_figure: "Current amount",
    balance_now: |currency| format!("Current balance ({currency})"),
    bill_so_far: |currency| format!("Bill this month so far ({currency})"),
    keep: "Save",
    earlier: "Use a different date",
    earlier_hint: "Leave blank for now. Must be after your last entry.",
    type_left: "Enter prepaid balance",
    type_left_hint: "Used only to estimate when you'll run out. Update it after each top-up.",
    remind: "Reminder",
    remind_after: "Remind me after (days)",
    add: "Add account",
    kept_by_hand: |amount| {
        format!("Added with {amount}. Update it from time to time. We'll remind you after a week.")
    },
    kept_by_file: "Added. Import its first file above. We'll remind you of a newer one after a week.",
    bad_figure: "Enter a number, such as 12.50. A bill can't be below 0.",
};

const CHINESE: Words = Words {
    typed: "{}填写",
    typed_left: "剩余 {}",
    read: "更新时间：{}",
    figures_of: "上次更新：{}",
    file_ends: |date| format!("数据截至{date}"),
    type_balance: "{}填写，请更新余额",
    type_bill: "{}填写，请更新账单",
    bring_newer: |date| format!("数据截至{date}，请导入新文件"),
    bring_first: "请导入第一个文件",
    with_file: "改为导入文件",
    file_risk: "不需要密钥，数据不会离开浏览器。数据更新到最近一次导入的文件为止。",
    by_hand_how: "适用于没有 API 密钥也不能导出的服务商。定期填写余额或账单即可，两次填写之间的支出按时间均分。",
    by_file_how: "适用于不在列表中、但能导出费用 CSV 的服务商。数据更新到最近一次导入的文件为止。",
    name_of_it: "名称，例如 RunPod",
    tells_balance: "预付余额",
    tells_bill: "每月账单",
    first_figure: "当前金额",
    balance_now: |currency| format!("当前余额（{currency}）"),
    bill_so_far: |currency| format!("本月至今账单（{currency}）"),
    keep: "保存",
    earlier: "使用其他日期",
    earlier_hint: "留空表示现在。必须晚于上一次填写。",
    type_left: "填写预付余额",
    type_left_hint: "仅用于估算余额何时用完。每次充值后请更新。",
    remind: "提醒",
    remind_after: "多少天后提醒",
    add: "添加账户",
    kept_by_hand: |amount| format!("已添加，当前 {amount}。请定期更新，一周后会提醒。"),
    kept_by_file: "已添加。请在上方导入第一个文件，一周后会提醒导入新文件。",
    bad_figure: "请输入数字，例如 12.50。账单不能小于 0。",
};
