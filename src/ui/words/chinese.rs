//! The shared phrases in Simplified Chinese.

use core::cmp::Ordering;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::{Mark, Reason};
use crate::books::rates::RateSource;
use crate::books::tokens::{Advice, GOAL_OF_HITS, SHORTER, What};
use crate::provider::expected::in_words;
use crate::provider::{Card, Problem, Scope};
use crate::text::Language;
use crate::ui::words::phrases::Words;

pub(super) const CHINESE: Words = Words {
    month: |month| Language::Chinese.month(month),
    a_day: "日均 {}",
    lands_at: |month| format!("{month}预测"),
    at_this_pace: |month| format!("{month}预测"),
    gathering: "再刷新一次即可预测",
    early: "数据不足一天",
    from_days: |days| format!("基于 {days} 天的数据"),
    from_a_week: "基于最近 7 天的数据",
    range: |low, high| format!("可能在 {low}–{high}"),
    how_it_lands: |so_far, ahead, pace, plans| {
        let plans = plans.map(|plans| format!(" + 订阅 {plans}")).unwrap_or_default();
        format!("已支出 {so_far} + 预计还将支出 {ahead}（日均 {pace}）{plans}。")
    },
    how_next: |pace, days, plans| {
        let plans = plans.map(|plans| format!(" + 订阅 {plans}")).unwrap_or_default();
        format!("最近 7 天日均 {pace} × {days} 天{plans}。")
    },
    spike_counts_less: |day| format!("{day}的突增在本月预测中权重较低。"),
    earlier_weeks_cost_more: "之前几周支出较高，本月预测也将其计入。",
    earlier_weeks_cost_less: "之前几周支出较低，本月预测也将其计入。",
    latest_days_cost_more: "最近几天支出较高，在本月预测中权重最大。",
    latest_days_cost_less: "最近几天支出较低，在本月预测中权重最大。",
    of_account: |account, sentence| format!("{account}：{sentence}"),
    how_range: |days| format!("范围基于最近 {days} 天的数据。"),
    no_range: |least, days| format!("满 {least} 天后显示预测范围（目前 {days} 天）。"),
    no_range_gathering: "再刷新一次即可预测。",
    no_range_early: "数据不足一天，预测可能偏低。",
    leaves_out: |names| format!("不含 {names}：数据不足。"),
    forecast_said: |day, amount, range| match range {
        Some((low, high)) => format!("{day}的预测为 {amount}（{low}–{high}）。"),
        None => format!("{day}的预测为 {amount}。"),
    },
    month_came_to: |month, amount, share, order| match (share, order) {
        (None, _) => format!("{month}实际支出 {amount}。"),
        (Some(_), Ordering::Equal) => format!("{month}实际支出 {amount}，与预测一致。"),
        (Some(share), Ordering::Less) => format!("{month}实际支出 {amount}（少 {share}）。"),
        (Some(share), Ordering::Greater) => format!("{month}实际支出 {amount}（多 {share}）。"),
    },
    above_range: "超出了预测范围。",
    below_range: "低于预测范围。",
    month_incomplete: |month| format!("{month}缺少部分数据，无法比较。"),
    accounts_changed: |month| format!("此后账户有变动，无法与{month}比较。"),
    range_held: |held, of| format!("最近 {of} 个月中，有 {held} 个月落在预测范围内。"),
    pace_change: |percent| match percent {
        100 => "与上周持平".to_owned(),
        percent @ 1_000.. => format!("为上周的 {} 倍", percent / 100),
        percent @ 101.. => format!("上升 {}%", percent - 100),
        percent => format!("下降 {}%", 100 - percent),
    },
    pace_change_on: "与之前 7 天相比",
    chart_title: |so_far, landing, range| {
        let range = range.map(|(low, high)| format!("，可能在 {low}–{high}")).unwrap_or_default();
        format!("本月每日支出：已支出 {so_far}，预测 {landing}{range}")
    },
    reason,
    spoken_figure: |mark, digits| match mark {
        Mark::Exact => digits.to_owned(),
        Mark::Approximate => format!("约 {digits}"),
        Mark::Floor => format!("至少 {digits}"),
        Mark::Unknown => "暂无数据".to_owned(),
    },
    left: |left| format!("剩余 {left}"),
    runs_out_around: |date| format!("预计{date}用完"),
    next_charge: |date| format!("预计{date}自动充值"),
    runs_out_between: |about, range| format!("{about}（{range}）"),
    at_the_earliest: |date| format!("最早 {date}"),
    open_windows: |count| match count {
        1 => "有充值待确认".to_owned(),
        count => format!("{count} 笔充值待确认"),
    },
    paste_again: "请重新添加密钥",
    cut_short: "上次刷新被中断",
    problem: |problem| in_short(problem).to_owned(),
    balance: "余额",
    balance_title: |left, ahead| match ahead {
        Some(ahead) => format!("本月余额：目前 {left}，{ahead}"),
        None => format!("本月余额：目前 {left}"),
    },
    left_on: |left, day| format!("{day}约剩 {left}"),
    after_expiry: |left, expires| format!("约 {expires} 未用完就会过期，{left}"),
    came_in: |kind, is_declared, amount| {
        let what = match kind {
            Kind::TopUp | Kind::Refund => "充值",
            Kind::Gift | Kind::Expiry => "赠金",
        };
        match (amount, is_declared) {
            (None, _) => what.to_owned(),
            (Some(amount), true) => format!("{what} {amount}"),
            (Some(amount), false) => format!("{what}至少 {amount}"),
        }
    },
    by_model: "按模型",
    model: "模型",
    not_split: "未细分（由余额估算）",
    unit: |unit| match unit {
        Unit::CacheHit => "缓存命中",
        Unit::CacheMiss => "缓存未命中",
        Unit::Input => "输入",
        Unit::Output => "输出",
        Unit::Requests => "请求数",
        Unit::Other => "其他",
    },
    hits_of_input: "缓存命中率",
    output_of_tokens: "输出占比",
    thinking: "比预想的多？思考内容按输出计费，每次调用还会把之前的对话作为输入重新发送。",
    no_prices: "导出文件中没有与费用相符的单价，无法给出节省建议。",
    cheaper: "节省建议（各项分别计算）：",
    advice: |Advice { model, what, .. }, saving| match what {
        What::Cached { hits } => format!(
            "{model}：{} 的输入命中缓存。若达到 {GOAL_OF_HITS}%，同样的调用约可省 {saving}。",
            share(*hits)
        ),
        What::Shorter { output } => {
            format!("{model}：输出（含思考）占费用的 {output}%。若输出减少 {SHORTER}%，约可省 {saving}。")
        }
        What::Other { model: other, cost, requests } => format!(
            "{model}：请求数占 {}，费用占 {cost}%。按 {other} 的价格，同样的 token 约可省 {saving}。",
            share(*requests)
        ),
    },
    spent: "支出",
    converted_at: |rate, other, main, source, day| match source {
        RateSource::Hand => format!("按 1 {other} = {rate} {main} 换算（{day}填写）。"),
        RateSource::Ecb => format!("按 1 {other} = {rate} {main} 换算（欧洲央行，{day}）。"),
    },
    currencies: "汇率",
    amounts_hidden: "金额已隐藏，显示金额后才能修改。",
    amount: "金额",
    when: "日期和时间",
    in_currency: "货币",
    label_of_account: "账户名称（可选）",
    never: "从不",
    locked_why: "锁定期间不会刷新，仍显示上次的数据。",
    undo: "撤销",
    scope: |scope| match scope {
        Scope::Key => "单个密钥",
        Scope::User => "单个用户",
        Scope::Account => "整个账户",
    },
    remove: "移除",
    save: "保存",
    saved: "已保存。",
    saved_as: |amount| format!("已保存：{amount}。"),
    undone: "已撤销。",
    bad_amount: "请输入大于 0 的金额，例如 10 或 7.50。",
    other_currency: |written, currency| {
        format!("此金额以 {currency} 计，但填写了 {written}。请以 {currency} 填写。")
    },
    is_it: |amount| format!("是 {amount} 吗？再次保存即可确认，或者修改金额。"),
    bad_time: "请输入有效的日期和时间。",
    bad_name: "请输入名称。",
    bad_days: "请输入 1 到 366 之间的整数，或留空。",
    bad_day: "请输入有效的日期。",
    bad_currency: "请输入三个字母的货币代码，例如 USD。",
    unexpected: "出了点问题，请重新加载页面后重试。",
    unlock_first: "请先解锁 Drawdown。",
    no_account: "该账户已不存在。",
    tried_key,
    too_old: "只能修改最近 62 天的数据。",
    before_tracking: "该时间早于开始统计的时间。",
    in_future: "该时间还没有到。",
    not_later: "已有更晚的记录。",
    undone_already: "已撤销过了。",
    not_saved: "保存失败，磁盘可能已满。之前的数据不受影响。",
    not_readable: "无法安全保存，数据保持不变。请反馈给我们。",
    stored_by_newer: "数据由更新版本的 Drawdown 保存，请更新后再使用。",
    stored_damaged: |key| {
        format!("浏览器无法读取已保存的“{key}”。为保护数据，在恢复之前 Drawdown 不会写入任何内容。")
    },
};

/// A share that was rounded down. A nonzero share is never shown as zero.
fn share(percent: u64) -> String {
    if percent == 0 { "不到 1%".to_owned() } else { format!("{percent}%") }
}

/// Why a figure has its mark.
fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Derived => "由余额变化估算。",
        Reason::Declared => "包含已确认的金额。",
        Reason::EmptiedPool => "余额降到了零。在确认原因之前，按支出计算。",
        Reason::Reset => "服务商的计数器被重置，缺少部分支出。",
        Reason::NotBilled => "本月尚无账单。",
        Reason::Open => "充值可能掩盖了部分支出，请确认充值金额。",
        Reason::Spread => "跨日或跨月的支出按时间均分。",
        Reason::Converted => "由多种货币换算。",
        Reason::NotConverted => "不含没有汇率的货币。",
        Reason::Lost => "部分已保存的数据已损坏。",
        Reason::Stale => "有账户最近没有更新，缺少近期支出。",
        Reason::Unread => "该时段的数据不足。",
        Reason::Missing => "有一个账户还没有数据。",
        Reason::Early => "数据不足一天，预测可能偏低。",
        Reason::Gathering => "有一个账户需要再刷新一次才能预测。",
        Reason::ManualFigure => "填写的金额减去之后的账单。",
        Reason::Gap => "部分日期没有数据。",
        Reason::Unpriced => "服务商列出了没有金额的项目，缺少这部分费用。",
        Reason::BesideBill => "账单只覆盖两次读数之间的部分时间，其余部分为估算。",
        Reason::Assumed => "假定最近一次余额增加是常用金额的充值。",
    }
}

/// An account's problem, in a few words.
fn in_short(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "密钥被拒绝",
        Problem::NotPermitted => "密钥权限不足",
        Problem::Barred { .. } => "服务商不允许",
        Problem::HostWithheld => "访问被阻止",
        Problem::RateLimited { .. } => "请求过于频繁，稍后重试",
        Problem::ProviderDown => "服务商出错，稍后重试",
        Problem::Offline => "无网络连接",
        Problem::Unreadable { .. } => "返回内容无法识别",
        Problem::Unsupported => "该服务商不支持",
        Problem::Retired => "接口已停用",
    }
}

/// Why a tried key brought no figures.
fn tried_key(problem: &Problem, card: &Card) -> String {
    let name = card.name;
    match problem {
        Problem::KeyRefused => format!("{name} 拒绝了此密钥。请重新复制完整的密钥，或创建新密钥。"),
        Problem::NotPermitted | Problem::Barred { .. } => {
            card.advice_for(problem).unwrap_or(&card.not_permitted).zh.to_owned()
        }
        Problem::HostWithheld => format!("浏览器阻止了对 {name} 的访问。请允许后重试。"),
        Problem::RateLimited { .. } => format!("{name} 限制了请求频率，请几分钟后重试。"),
        Problem::ProviderDown => format!("{name} 没有响应，请几分钟后重试。"),
        Problem::Offline => format!("无法连接 {name}。请检查网络后重试。"),
        Problem::Unreadable { what } => {
            let what = in_words(what, Language::Chinese);
            // A name in Latin letters is set off by a space.
            let space = if what.starts_with(|sign: char| sign.is_ascii()) { " " } else { "" };
            format!("无法识别 {name} 返回的内容（缺少{space}{what}）。请反馈给我们。")
        }
        Problem::Unsupported => format!("{name} 已不再提供此功能。请反馈给我们。"),
        Problem::Retired => format!("{name} 已停用此接口。请改为手动添加账户或导入文件。"),
    }
}
