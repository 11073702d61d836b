//! English: tokens, advice and estimates.

use crate::books::figure::{Figure, Mark};
use crate::books::tokens::{Advice, Estimate, GOAL_OF_HITS, SHORTER, What};
use crate::money::{Amount, Currency};
use crate::screen::format::{self, Grain};
use crate::screen::said::Lasts;
use crate::screen::words::{EN, TokenWords};
use crate::time::Day;

/// The phrases.
pub(super) const TOKENS: TokenWords = TokenWords {
    hits_of_input: "Hits of input",
    output_of_tokens: "Output of tokens",
    thinking: "More than your prompts suggest? Thinking is billed as output, also where only the answer is shown, and each call sends what came before again as input.",
    no_prices: "The export told no prices that come to its costs, so what would have cost less is not known.",
    cheaper: "What would have cost less, each by itself:",
    advice: |Advice { model, what, .. }, saving| match what {
        What::Cached { hits } => format!(
            "{model}: {} of input was cache hits; at {GOAL_OF_HITS}% the same calls would have cost about {saving} less.",
            share(*hits)
        ),
        What::Shorter { output } => format!(
            "{model}: output, thinking included, was {output}% of the cost; {SHORTER}% less of it would have cost about {saving} less."
        ),
        What::Other { model: other, cost, requests } => format!(
            "{model}: {cost}% of the cost for {} of the requests; at the prices of {other} the same tokens would have cost about {saving} less.",
            share(*requests)
        ),
    },
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
};

/// A share that was rounded down, so that something is not told to be nothing.
fn share(percent: u64) -> String {
    if percent == 0 { "less than 1%".to_owned() } else { format!("{percent}%") }
}

/// What a text and its answer would cost, at which prices, and what of it is not counted.
pub(super) fn estimated(estimate: &Estimate) -> String {
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
pub(super) fn lasts(Lasts { more, left, pace, until, before }: &Lasts) -> String {
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
pub(super) fn grown(percent: i32, [landing, next]: &[Figure; 2], currency: Currency) -> String {
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
    (EN.date_with_year)(day)
}
