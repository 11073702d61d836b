//! The phrases of estimates.

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::tokens::{Count, Estimate, Method};
use crate::money::{Amount, Currency, Money};
use crate::text::Language;
use crate::time::Day;
use crate::ui::format::{self, Grain};

/// The number of tokens of a text. Both counts include the tokens that a chat adds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// By the vocabulary; `None` if it cannot be loaded.
    pub(super) exact: Option<u64>,
    /// By the rule.
    pub(super) by_rule: Count,
    /// The number of tokens that the chat adds.
    pub(super) specials: u64,
}

/// The result for a text and its answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// `None` without a text.
    pub(super) counted: Option<Counted>,
    /// `None` without prices.
    pub(super) estimate: Option<Estimate>,
}

/// How long a balance lasts after a top-up.
#[derive(Clone, Debug)]
pub(super) struct Lasts {
    /// The amount of the top-up.
    pub(super) more: Money,
    /// The balance after it.
    pub(super) left: Amount,
    /// The spend per day.
    pub(super) pace: Figure,
    /// The day on which it runs out; `None` if there is no recent spend, less than a day was observed, or it is too far ahead.
    pub(super) until: Option<Day>,
    /// The day on which it runs out without the top-up.
    pub(super) before: Option<Day>,
}

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) hidden: &'static str,
    pub(super) a_text: &'static str,
    pub(super) text: &'static str,
    pub(super) file: &'static str,
    pub(super) count_as: &'static str,
    /// The kinds of text: plain, or a message of the system, the user or the assistant.
    pub(super) kinds: [&'static str; 4],
    pub(super) rule: &'static str,
    pub(super) answer: &'static str,
    pub(super) model: &'static str,
    pub(super) terms: fn(&str, &str, &str) -> String,
    pub(super) typed: &'static str,
    pub(super) typed_only: &'static str,
    pub(super) input_price: &'static str,
    pub(super) output_price: &'static str,
    pub(super) prices_for: &'static str,
    /// The kinds of model: DeepSeek's, or another one.
    pub(super) vocabularies: [&'static str; 2],
    pub(super) work_out: &'static str,
    pub(super) counted: &'static str,
    pub(super) counting: &'static str,
    pub(super) what_if: &'static str,
    pub(super) top_up: &'static str,
    pub(super) of_book: &'static str,
    pub(super) how_long: &'static str,
    pub(super) growth: &'static str,
    pub(super) where_to: &'static str,
    pub(super) bad_tokens: &'static str,
    pub(super) bad_prices: &'static str,
    pub(super) bad_percent: &'static str,
    pub(super) nothing_to_price: &'static str,
    pub(super) too_long: &'static str,
    pub(super) not_text: &'static str,
    pub(super) no_prices_entered: &'static str,
    pub(super) no_pace: &'static str,
    pub(super) found: fn(&Found) -> String,
    pub(super) lasts: fn(&Lasts) -> String,
    pub(super) grown: fn(i32, &[Figure; 2], Currency) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    title: "Cost estimate",
    hidden: "Amounts are hidden. Show them to estimate costs.",
    a_text: "A text and its answer",
    text: "Text",
    file: "Or drop a text file here, up to 1 MB",
    count_as: "Count as",
    kinds: ["Plain text", "Chat: system message", "Chat: user message", "Chat: earlier answer"],
    rule: "Counted in your browser with the DeepSeek V3 vocabulary of 128,000 tokens, which V3.1, V3.2, R1 and V4 share. A chat adds the tokens of DeepSeek's V3.1 chat format. Other providers' models count differently: for them we use a rule of thumb, about 0.3 tokens per English character and 0.6 per Chinese character. Your text is never sent or stored.",
    answer: "Expected answer length in tokens, including thinking",
    model: "Price of a model from your export",
    terms: |model, input, output| format!("{model}: {input} input, {output} output per million tokens"),
    typed: "Or enter prices per million tokens",
    typed_only: "Prices per million tokens (filled in once you import an export that has them)",
    input_price: "Input",
    output_price: "Output",
    prices_for: "These prices are for",
    vocabularies: ["A DeepSeek model (exact count)", "Another provider's model (rule of thumb)"],
    work_out: "Estimate",
    counted: "Token count",
    counting: "Counting…",
    what_if: "What if",
    top_up: "Top-up amount",
    of_book: "Balance",
    how_long: "Show run-out date",
    growth: "Usage change (%)",
    where_to: "Show forecast",
    bad_tokens: "Enter a whole number of tokens, such as 800.",
    bad_prices: "Enter both prices, such as 0.28 and 0.42.",
    bad_percent: "Enter a whole percentage from -100 to 10000.",
    nothing_to_price: "Paste a text or enter an answer length.",
    too_long: "This text is over 1 MB. Use a shorter part and multiply.",
    not_text: "This file isn't plain text. Choose a text file in UTF-8.",
    no_prices_entered: "Choose a model or enter both prices.",
    no_pace: "Not enough data yet. Refresh once more first.",
    found,
    lasts,
    grown,
};

/// The number of tokens and, if known, their cost, each on its own line.
fn found(found: &Found) -> String {
    lines(found.counted.as_ref().map(counted), found.estimate.as_ref().map(estimated))
}

fn lines(counted: Option<Vec<String>>, estimated: Option<String>) -> String {
    counted.into_iter().flatten().chain(estimated).collect::<Vec<_>>().join("\n")
}

/// The number of tokens of a text, exactly and by the rule.
fn counted(counted: &Counted) -> Vec<String> {
    let exact = match (counted.exact, counted.specials) {
        (Some(tokens), 0) => format!("{} with the DeepSeek V3 vocabulary (exact).", in_tokens(tokens)),
        (Some(tokens), added) => format!(
            "{} with the DeepSeek V3 vocabulary (exact), including {added} from the chat format.",
            in_tokens(tokens)
        ),
        (None, _) => {
            "Can't load the vocabulary for an exact count. Reload the extension and try again.".to_owned()
        }
    };
    let rule = format!(
        "Rule of thumb: {} tokens. Other providers' models count differently.",
        by_rule(counted.by_rule)
    );
    vec![exact, rule]
}

fn in_tokens(tokens: u64) -> String {
    if tokens == 1 { "1 token".to_owned() } else { format!("{} tokens", number(tokens)) }
}

/// A count by the rule, with its mark.
fn by_rule(count: Count) -> String {
    let tokens = number(count.tokens);
    if count.unknown > 0 { format!("≥ {tokens}") } else { format!("{tokens}*") }
}

fn number(number: u64) -> String {
    format::count(Amount::whole(1).times(number, 1).unwrap_or_default())
}

/// The cost of a text and its answer, the prices used, and the part that is not counted.
fn estimated(estimate: &Estimate) -> String {
    let Numbers { cost, input, input_price, output, output_price, cached, unknown, on } =
        Numbers::new(estimate);
    let from = on.map_or_else(
        || "prices you entered".to_owned(),
        |day| format!("from your export of {}", Language::English.date_with_year(day)),
    );
    let mut sentences = vec![format!(
        "{cost}: {input} input tokens at {input_price} and {output} output tokens at {output_price} per million ({from})."
    )];
    sentences.extend(cached.map(|cached| format!("{cached} if all input is cached.")));
    sentences.extend(unknown.map(|unknown| match unknown.as_str() {
        "1" => "1 character isn't covered by the rule and isn't counted.".to_owned(),
        unknown => format!("{unknown} characters aren't covered by the rule and aren't counted."),
    }));
    let answer = if estimate.answer == 0 { "No answer included." } else { "Thinking counts as output." };
    sentences.push(answer.to_owned());
    Language::English.sentences(&sentences)
}

/// The numbers of an estimate as shown.
struct Numbers {
    cost: String,
    input: String,
    input_price: String,
    output: String,
    output_price: String,
    /// The cost if all input is cached; `None` if that is unknown or the same.
    cached: Option<String>,
    /// The number of characters that are not counted, if any.
    unknown: Option<String>,
    /// The day of the export with the prices; `None` for prices that were entered.
    on: Option<Day>,
}

impl Numbers {
    fn new(estimate: &Estimate) -> Numbers {
        let Estimate { count, method, answer, terms } = estimate;
        let mark = if count.unknown > 0 { Mark::Floor } else { Mark::Approximate };
        let cost = |amount| format::marked(&Figure::new(amount, mark, []), Some(terms.currency), Grain::Fine);
        let price = |amount| format::price(amount, terms.currency);
        let full = cost(estimate.cost());
        Numbers {
            input: match method {
                Method::Rule if count.tokens > 0 => by_rule(*count),
                Method::Rule | Method::Vocabulary => number(count.tokens),
            },
            input_price: price(terms.input),
            output: number(*answer),
            output_price: price(terms.output),
            cached: estimate.cost_if_cached().map(cost).filter(|cached| *cached != full),
            unknown: (count.unknown > 0).then(|| number(count.unknown)),
            on: terms.on,
            cost: full,
        }
    }
}

/// How long a balance lasts after a top-up, as a sentence.
fn lasts(Lasts { more, left, pace, until, before }: &Lasts) -> String {
    let date = |day| Language::English.date_with_year(day);
    let money = |amount| format::money(amount, more.currency);
    let head = format!("With {} more, you'd have {}", money(more.amount), money(*left));
    match until {
        Some(until) => {
            let pace = format::marked(pace, Some(more.currency), Grain::Cents);
            let as_is =
                before.map(|day| format!(" Without it, until around {}.", date(day))).unwrap_or_default();
            format!("{head}, enough until around {} at {pace} a day.{as_is}", date(*until))
        }
        None if pace.amount.is_some_and(Amount::is_zero) => {
            format!("{head}. You haven't spent anything lately, so it won't run out.")
        }
        None if pace.reasons.has(Reason::Early) => {
            format!("{head}. Less than a day of data, so we can't say yet how long it lasts.")
        }
        None => format!("{head}, enough for many years."),
    }
}

/// The forecasts of this month and the next, as a sentence.
fn grown(percent: i32, [landing, next]: &[Figure; 2], currency: Currency) -> String {
    let change = if percent < 0 { "drops" } else { "grows" };
    format!(
        "If usage {change} by {}% from now on, this month's forecast is {} and next month's is {}.",
        percent.unsigned_abs(),
        rough(landing, currency),
        rough(next, currency)
    )
}

fn rough(figure: &Figure, currency: Currency) -> String {
    format::marked(figure, Some(currency), Grain::Rough)
}

const CHINESE: Words = Words {
    title: "费用估算",
    hidden: "金额已隐藏，显示金额后才能估算。",
    a_text: "一段文本及其回答",
    text: "文本",
    file: "或将文本文件拖到此处（不超过 1 MB）",
    count_as: "文本类型",
    kinds: ["纯文本", "对话：系统消息", "对话：用户消息", "对话：先前的回答"],
    rule: "在浏览器中用 DeepSeek V3 词表计数（128,000 个 token，V3.1、V3.2、R1 和 V4 通用）。对话会加上 DeepSeek V3.1 对话格式的 token。其他服务商的模型计数方式不同，按经验规则估算：每个英文字符约 0.3 个 token，每个中文字符约 0.6 个。文本不会发送，也不会保存。",
    answer: "预计回答长度（token 数，含思考）",
    model: "导出文件中的模型单价",
    terms: |model, input, output| format!("{model}：每百万 token 输入 {input}，输出 {output}"),
    typed: "或填写每百万 token 的单价",
    typed_only: "每百万 token 的单价（导入含单价的文件后自动填入）",
    input_price: "输入",
    output_price: "输出",
    prices_for: "单价适用于",
    vocabularies: ["DeepSeek 模型（精确计数）", "其他服务商的模型（经验规则）"],
    work_out: "估算",
    counted: "token 数",
    counting: "正在计数…",
    what_if: "假设",
    top_up: "充值金额",
    of_book: "余额",
    how_long: "查看用完日期",
    growth: "用量变化（%）",
    where_to: "查看预测",
    bad_tokens: "token 数请输入整数，例如 800。",
    bad_prices: "请填写输入和输出两个单价，例如 0.28 和 0.42。",
    bad_percent: "请输入 -100 到 10000 之间的整数百分比。",
    nothing_to_price: "请粘贴文本，或填写回答长度。",
    too_long: "文本超过 1 MB，请截取一段估算，再按比例推算。",
    not_text: "该文件不是纯文本，请选择 UTF-8 编码的文本文件。",
    no_prices_entered: "请选择模型，或填写两个单价。",
    no_pace: "数据不足，请先再刷新一次。",
    found: chinese_found,
    lasts: chinese_lasts,
    grown: chinese_grown,
};

fn chinese_found(found: &Found) -> String {
    lines(found.counted.as_ref().map(chinese_counted), found.estimate.as_ref().map(chinese_estimated))
}

fn chinese_counted(counted: &Counted) -> Vec<String> {
    let exact = match (counted.exact, counted.specials) {
        (Some(tokens), 0) => format!("共 {} 个 token（DeepSeek V3 词表，精确）。", number(tokens)),
        (Some(tokens), added) => {
            format!("共 {} 个 token（DeepSeek V3 词表，精确），其中 {added} 个来自对话格式。", number(tokens))
        }
        (None, _) => "无法加载词表，暂时不能精确计数。请重新加载扩展后再试。".to_owned(),
    };
    let rule = format!("按经验规则：{} 个 token。其他服务商的模型计数方式不同。", by_rule(counted.by_rule));
    vec![exact, rule]
}

fn chinese_estimated(estimate: &Estimate) -> String {
    let Numbers { cost, input, input_price, output, output_price, cached, unknown, on } =
        Numbers::new(estimate);
    let from = on.map_or_else(
        || "单价为手动填写".to_owned(),
        |day| format!("单价来自{}的导出文件", Language::Chinese.date_with_year(day)),
    );
    let mut sentences = vec![format!(
        "{cost}：输入 {input} 个 token，单价 {input_price}，输出 {output} 个 token，单价 {output_price}（每百万，{from}）。"
    )];
    sentences.extend(cached.map(|cached| format!("若输入全部命中缓存，为 {cached}。")));
    sentences.extend(unknown.map(|unknown| format!("有 {unknown} 个字符不在规则范围内，未计算。")));
    let answer = if estimate.answer == 0 { "未计入回答。" } else { "思考内容按输出计费。" };
    sentences.push(answer.to_owned());
    Language::Chinese.sentences(&sentences)
}

fn chinese_lasts(Lasts { more, left, pace, until, before }: &Lasts) -> String {
    let date = |day| Language::Chinese.date_with_year(day);
    let money = |amount| format::money(amount, more.currency);
    let head = format!("充值 {} 后，余额为 {}", money(more.amount), money(*left));
    match until {
        Some(until) => {
            let pace = format::marked(pace, Some(more.currency), Grain::Cents);
            let as_is = before.map(|day| format!("不充值则约到{}。", date(day))).unwrap_or_default();
            format!("{head}，按日均 {pace} 约可用到{}。{as_is}", date(*until))
        }
        None if pace.amount.is_some_and(Amount::is_zero) => format!("{head}。最近没有支出，不会用完。"),
        None if pace.reasons.has(Reason::Early) => {
            format!("{head}。数据不足一天，暂时无法估算能用多久。")
        }
        None => format!("{head}，可以用很多年。"),
    }
}

fn chinese_grown(percent: i32, [landing, next]: &[Figure; 2], currency: Currency) -> String {
    let change = if percent < 0 { "减少" } else { "增加" };
    format!(
        "若今后用量{change} {}%，本月预测为 {}，下月预测为 {}。",
        percent.unsigned_abs(),
        rough(landing, currency),
        rough(next, currency)
    )
}
