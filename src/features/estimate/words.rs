//! The phrases of estimates.

use crate::books::figure::{Figure, Mark};
use crate::books::tokens::Estimate;
use crate::money::{Amount, Currency, Money};
use crate::text::Language;
use crate::time::Day;
use crate::ui::format::{self, Grain};
use crate::ui::words;

/// How long a balance would last with more in it.
#[derive(Clone, Debug)]
pub(super) struct Lasts {
    /// How much more.
    pub(super) more: Money,
    /// What would be in it then.
    pub(super) left: Amount,
    /// What is spent in a day.
    pub(super) pace: Figure,
    /// Until when; `None` where nothing was spent lately, or less than a day was observed.
    pub(super) until: Option<Day>,
    /// Until when it lasts as it is.
    pub(super) before: Option<Day>,
}

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) hidden: &'static str,
    pub(super) a_text: &'static str,
    pub(super) text: &'static str,
    pub(super) rule: &'static str,
    pub(super) answer: &'static str,
    pub(super) model: &'static str,
    pub(super) terms: fn(&str, &str, &str) -> String,
    pub(super) typed: &'static str,
    pub(super) typed_only: &'static str,
    pub(super) input_price: &'static str,
    pub(super) output_price: &'static str,
    pub(super) work_out: &'static str,
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
    pub(super) no_prices_entered: &'static str,
    pub(super) no_pace: &'static str,
    pub(super) estimated: fn(&Estimate) -> String,
    pub(super) lasts: fn(&Lasts) -> String,
    pub(super) grown: fn(i32, &[Figure; 2], Currency) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    title: "What would it cost?",
    hidden: "Amounts are hidden; show them to work something out.",
    a_text: "A text and its answer",
    text: "The text",
    rule: "Counted in this browser by DeepSeek's rule, about 0.3 tokens for an English character and 0.6 for a Chinese one. It is sent nowhere and not kept.",
    answer: "Tokens of the answer you expect; thinking counts as output, so add it",
    model: "At the prices of your own export",
    terms: |model, input, output| format!("{model}: {input} in, {output} out for a million"),
    typed: "Or at other prices, for a million tokens",
    typed_only: "Prices for a million tokens (an export that tells them fills this in)",
    input_price: "Input",
    output_price: "Output",
    work_out: "Work it out",
    what_if: "What if",
    top_up: "I top up",
    of_book: "Of which balance",
    how_long: "How long does it last?",
    growth: "Use grows from now on by, in percent",
    where_to: "Where does it land?",
    bad_tokens: "The length of an answer is a whole number of tokens, such as 800. Nothing was worked out.",
    bad_prices: "Enter both prices, input and output, each a number such as 0.28. Nothing was worked out.",
    bad_percent: "Growth is a whole number of percent from -100 to 10000. Nothing was worked out.",
    nothing_to_price: "Paste a text, or enter the length of an answer.",
    too_long: "The text is longer than 1 MB: take a part of it, and multiply. Nothing was worked out.",
    no_prices_entered: "Choose a model of your export, or enter what a million tokens of input and of output cost.",
    no_pace: "The pace of use is not known before a second reading, so nothing follows from it yet.",
    estimated,
    lasts,
    grown,
};

/// What a text and its answer would cost, at which prices, and what of it is not counted.
fn estimated(estimate: &Estimate) -> String {
    let Estimate { count, answer, terms } = estimate;
    let mark = if count.unknown > 0 { Mark::Floor } else { Mark::Approximate };
    let cost = |amount| format::marked(&Figure::new(amount, mark, []), Some(terms.currency), Grain::Fine);
    let price = |amount| format::price(amount, terms.currency);
    let number = |number: u64| format::count(Amount::whole(1).times(number, 1).unwrap_or_default());
    let mut said = format!(
        "{}: {} tokens of input at {} and {} of output at {} for a million, as ",
        cost(estimate.cost()),
        number(count.tokens),
        price(terms.input),
        number(*answer),
        price(terms.output),
    );
    said +=
        &terms.on.map_or_else(|| "entered.".to_owned(), |day| format!("your export told on {}.", date(day)));
    if let Some(cached) = estimate.cost_if_cached().map(cost).filter(|cached| !said.starts_with(cached)) {
        said += &format!(" {cached} if all of the input is a cache hit.");
    }
    if count.unknown > 0 {
        said += &match count.unknown {
            1 => " 1 character is of a script or kind that the rule says nothing of, and is not counted."
                .to_owned(),
            some => format!(
                " {} characters are of scripts or kinds that the rule says nothing of, and are not counted.",
                number(some)
            ),
        };
    }
    said + if *answer == 0 { " No answer is counted." } else { " Thinking counts as output." }
}

/// How long a balance would last.
fn lasts(Lasts { more, left, pace, until, before }: &Lasts) -> String {
    let money = |amount| format::money(amount, more.currency);
    let head = format!("With {} more there would be {}", money(more.amount), money(*left));
    match (until, before) {
        (Some(until), before) => {
            let pace = format::marked(pace, Some(more.currency), Grain::Cents);
            let as_is = before.map(|day| format!("; as it is, about {}", date(day))).unwrap_or_default();
            format!("{head}: dry about {} at {pace} a day{as_is}.", date(*until))
        }
        (None, _) if pace.amount.is_some_and(Amount::is_zero) => {
            format!("{head}. Nothing was spent lately, so it would not run dry.")
        }
        (None, _) => {
            format!("{head}. Less than a day was observed, so how long that lasts is not known yet.")
        }
    }
}

/// Where the month lands, and the next.
fn grown(percent: i32, [landing, next]: &[Figure; 2], currency: Currency) -> String {
    let change = if percent < 0 { "shrinks" } else { "grows" };
    format!(
        "If use {change} by {}% from now on, this month lands at {} and the next costs {}.",
        percent.unsigned_abs(),
        rough(landing, currency),
        rough(next, currency)
    )
}

fn rough(figure: &Figure, currency: Currency) -> String {
    format::marked(figure, Some(currency), Grain::Rough)
}

fn date(day: Day) -> String {
    (words::words(Language::English).date_with_year)(day)
}
