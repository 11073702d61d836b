//! The phrases of questions and declarations.

use crate::books::correction::Kind;
use crate::books::ledger::Contradiction;
use crate::money::Currency;
use crate::text::Language;
use crate::ui::format;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rose_between: &'static str,
    pub(super) granted_between: &'static str,
    pub(super) gone_between: fn(Kind) -> &'static str,
    pub(super) top_up_then: fn(&str, &str) -> String,
    pub(super) gift_of: fn(&str) -> String,
    pub(super) all_spent: &'static str,
    pub(super) all_gone: fn(Kind) -> &'static str,
    pub(super) gone: fn(Kind, &str) -> String,
    pub(super) all_spent_short: &'static str,
    pub(super) all_gone_short: fn(Kind) -> &'static str,
    pub(super) another_amount: &'static str,
    pub(super) amount_of: fn(Kind, &str) -> String,
    pub(super) confirm: &'static str,
    pub(super) something_to_ask: &'static str,
    pub(super) more: &'static str,
    pub(super) habit: &'static str,
    pub(super) i_topped_up: &'static str,
    pub(super) what_happened: &'static str,
    pub(super) kind: fn(Kind) -> &'static str,
    pub(super) when_hint: &'static str,
    pub(super) state_it: &'static str,
    pub(super) stated: fn(usize) -> String,
    pub(super) stated_line: fn(Kind, &str) -> String,
    pub(super) edit: &'static str,
    pub(super) typed_line: fn(&str) -> String,
    pub(super) left_line: fn(&str) -> String,
    pub(super) contradiction: fn(&Contradiction, Currency) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    rose_between: "Your balance went up by {} between {} and {}. How much did you top up?",
    granted_between: "Your credit went up by {} between {} and {}. How much was added?",
    gone_between: |kind| match kind {
        Kind::Expiry | Kind::Gift => "{} of credit was gone between {} and {}. Used or expired?",
        Kind::Refund | Kind::TopUp => {
            "The last {} of your paid balance was gone between {} and {}. Spent or refunded?"
        }
    },
    top_up_then: |top_up, spent| format!("I topped up {top_up} (so {spent} was spent)"),
    gift_of: |gift| format!("{gift} of credit was added (none used yet)"),
    all_spent: "All of it was used",
    all_gone: |kind| match kind {
        Kind::Expiry | Kind::Gift => "All of it expired",
        Kind::Refund | Kind::TopUp => "All of it was refunded",
    },
    gone: |kind, amount| match kind {
        Kind::Expiry | Kind::Gift => format!("{amount} of credit is gone."),
        Kind::Refund | Kind::TopUp => format!("The last {amount} is gone."),
    },
    all_spent_short: "All used",
    all_gone_short: |kind| match kind {
        Kind::Expiry | Kind::Gift => "All expired",
        Kind::Refund | Kind::TopUp => "All refunded",
    },
    another_amount: "Another amount",
    amount_of: |kind, currency| {
        let what = match kind {
            Kind::TopUp => "Top-up",
            Kind::Gift => "Credit added",
            Kind::Expiry => "Expired",
            Kind::Refund => "Refunded",
        };
        format!("{what} ({currency})")
    },
    confirm: "Confirm",
    something_to_ask: "Confirm a balance change",
    more: "Review",
    habit: "Tip: refresh just before and after you top up, and we won't have to ask.",
    i_topped_up: "I topped up",
    what_happened: "What happened?",
    kind: |kind| match kind {
        Kind::TopUp => "I topped up",
        Kind::Gift => "I received credit",
        Kind::Expiry => "Credit expired",
        Kind::Refund => "Money was refunded or moved",
    },
    when_hint: "Leave blank for now.",
    state_it: "Save",
    stated: |count| format!("Your entries ({count})"),
    stated_line: |kind, amount| match kind {
        Kind::TopUp => format!("Top-up of {amount}"),
        Kind::Gift => format!("Credit of {amount}"),
        Kind::Expiry => format!("Expired credit of {amount}"),
        Kind::Refund => format!("Refund of {amount}"),
    },
    edit: "Edit",
    typed_line: |amount| format!("Entered {amount}"),
    left_line: |amount| format!("Prepaid balance {amount}"),
    contradiction,
};

/// The arithmetic that refuses a declaration.
fn contradiction(contradiction: &Contradiction, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let changed = if contradiction.change.is_negative() {
        format!("went down by {}", money(-contradiction.change))
    } else {
        format!("went up by {}", money(contradiction.change))
    };
    let declared = match contradiction.kind {
        Kind::TopUp | Kind::Gift => format!("{} was added", money(contradiction.declared)),
        Kind::Expiry | Kind::Refund => format!("{} expired or was refunded", money(-contradiction.declared)),
    };
    format!(
        "These amounts don't add up. If {declared} while the balance {changed}, spend would be {}.",
        money(contradiction.spend())
    )
}

const CHINESE: Words = Words {
    rose_between: "余额增加了 {}（{} 至 {}）。这次充值了多少？",
    granted_between: "赠金增加了 {}（{} 至 {}）。这次获得了多少？",
    gone_between: |kind| match kind {
        Kind::Expiry | Kind::Gift => "{} 的赠金没有了（{} 至 {}）。是用完了还是过期了？",
        Kind::Refund | Kind::TopUp => "最后 {} 的充值余额没有了（{} 至 {}）。是用完了还是退款了？",
    },
    top_up_then: |top_up, spent| format!("充值了 {top_up}（即支出 {spent}）"),
    gift_of: |gift| format!("获得赠金 {gift}（尚未使用）"),
    all_spent: "全部用完了",
    all_gone: |kind| match kind {
        Kind::Expiry | Kind::Gift => "全部过期了",
        Kind::Refund | Kind::TopUp => "全部退款了",
    },
    gone: |kind, amount| match kind {
        Kind::Expiry | Kind::Gift => format!("{amount} 的赠金没有了。"),
        Kind::Refund | Kind::TopUp => format!("最后的 {amount} 没有了。"),
    },
    all_spent_short: "用完了",
    all_gone_short: |kind| match kind {
        Kind::Expiry | Kind::Gift => "过期了",
        Kind::Refund | Kind::TopUp => "退款了",
    },
    another_amount: "其他金额",
    amount_of: |kind, currency| {
        let what = match kind {
            Kind::TopUp => "充值",
            Kind::Gift => "赠金",
            Kind::Expiry => "过期",
            Kind::Refund => "退款",
        };
        format!("{what}金额（{currency}）")
    },
    confirm: "确认",
    something_to_ask: "请确认余额变动",
    more: "查看",
    habit: "提示：在充值前后各刷新一次，就不需要再确认了。",
    i_topped_up: "我充值了",
    what_happened: "发生了什么？",
    kind: |kind| match kind {
        Kind::TopUp => "我充值了",
        Kind::Gift => "我获得了赠金",
        Kind::Expiry => "赠金过期了",
        Kind::Refund => "已退款或转出",
    },
    when_hint: "留空表示现在。",
    state_it: "保存",
    stated: |count| format!("我的记录（{count}）"),
    stated_line: |kind, amount| match kind {
        Kind::TopUp => format!("充值 {amount}"),
        Kind::Gift => format!("赠金 {amount}"),
        Kind::Expiry => format!("过期 {amount}"),
        Kind::Refund => format!("退款 {amount}"),
    },
    edit: "编辑",
    typed_line: |amount| format!("填写 {amount}"),
    left_line: |amount| format!("预付余额 {amount}"),
    contradiction: chinese_contradiction,
};

/// The arithmetic that refuses a declaration, in Chinese.
fn chinese_contradiction(contradiction: &Contradiction, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let changed = if contradiction.change.is_negative() {
        format!("减少了 {}", money(-contradiction.change))
    } else {
        format!("增加了 {}", money(contradiction.change))
    };
    let declared = match contradiction.kind {
        Kind::TopUp | Kind::Gift => format!("入账 {}", money(contradiction.declared)),
        Kind::Expiry | Kind::Refund => format!("过期或退款 {}", money(-contradiction.declared)),
    };
    format!("金额对不上。如果{declared}，而余额{changed}，支出就会是 {}。", money(contradiction.spend()))
}
