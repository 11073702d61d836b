//! The phrases that several features share.

mod reasons;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::{Mark, Reason};
use crate::books::rates::RateSource;
use crate::books::tokens::{Advice, GOAL_OF_HITS, SHORTER, What};
use crate::provider::{Card, Problem};
use crate::text::Language;
use crate::time::{Day, Month};

/// The phrases of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) month: fn(Month) -> &'static str,
    pub(crate) date: fn(Day) -> String,
    pub(crate) date_with_year: fn(Day) -> String,
    pub(crate) a_day: &'static str,
    pub(crate) lands_at: fn(&str) -> String,
    pub(crate) at_this_pace: fn(&str) -> String,
    pub(crate) gathering: &'static str,
    pub(crate) early: &'static str,
    pub(crate) from_days: fn(u64) -> String,
    pub(crate) from_a_week: &'static str,
    pub(crate) range: fn(&str, &str) -> String,
    pub(crate) how_it_lands: fn(&str, &str, &str, Option<&str>) -> String,
    pub(crate) how_next: fn(&str, u32, Option<&str>) -> String,
    pub(crate) how_range: fn(u32) -> String,
    pub(crate) no_range: fn(u32, u32) -> String,
    pub(crate) no_range_gathering: &'static str,
    pub(crate) no_range_early: &'static str,
    pub(crate) leaves_out: fn(&str) -> String,
    pub(crate) lands: &'static str,
    pub(crate) next_month: &'static str,
    pub(crate) pace_change: fn(u64) -> String,
    pub(crate) pace_change_on: &'static str,
    pub(crate) chart_title: fn(&str, &str, Option<(&str, &str)>) -> String,
    pub(crate) reason: fn(Reason) -> &'static str,
    pub(crate) spoken_figure: fn(Mark, &str) -> String,
    pub(crate) left: fn(&str) -> String,
    pub(crate) dry_about: fn(&str) -> String,
    pub(crate) dry_between: fn(&str, Option<&str>) -> String,
    pub(crate) open_windows: fn(usize) -> String,
    pub(crate) paste_again: &'static str,
    pub(crate) cut_short: &'static str,
    pub(crate) problem: fn(&Problem) -> String,
    pub(crate) balance: &'static str,
    pub(crate) balance_title: fn(&str, Option<&str>) -> String,
    pub(crate) balance_table: &'static str,
    pub(crate) left_on: fn(&str, &str) -> String,
    pub(crate) came_in: fn(Kind, &str) -> String,
    pub(crate) came_in_short: fn(Kind) -> &'static str,
    pub(crate) by_account: &'static str,
    pub(crate) by_model: &'static str,
    pub(crate) model: &'static str,
    pub(crate) not_split: &'static str,
    pub(crate) only_balance: &'static str,
    pub(crate) only_total: &'static str,
    pub(crate) unit: fn(Unit) -> &'static str,
    pub(crate) hits_of_input: &'static str,
    pub(crate) output_of_tokens: &'static str,
    pub(crate) thinking: &'static str,
    pub(crate) no_prices: &'static str,
    pub(crate) cheaper: &'static str,
    pub(crate) advice: fn(&Advice, &str) -> String,
    pub(crate) day: &'static str,
    pub(crate) spent: &'static str,
    pub(crate) converted_at: fn(&str, &str, &str, RateSource, &str) -> String,
    pub(crate) currencies: &'static str,
    pub(crate) amounts_hidden: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) when: &'static str,
    pub(crate) in_currency: &'static str,
    pub(crate) label_of_account: &'static str,
    pub(crate) never: &'static str,
    pub(crate) locked_why: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) bad_amount: &'static str,
    pub(crate) bad_time: &'static str,
    pub(crate) bad_name: &'static str,
    pub(crate) bad_days: &'static str,
    pub(crate) bad_day: &'static str,
    pub(crate) bad_currency: &'static str,
    pub(crate) unexpected: &'static str,
    pub(crate) unlock_first: &'static str,
    pub(crate) no_account: &'static str,
    pub(crate) tried_key: fn(&Problem, &Card) -> String,
    pub(crate) too_old: &'static str,
    pub(crate) before_tracking: &'static str,
    pub(crate) in_future: &'static str,
    pub(crate) not_later: &'static str,
    pub(crate) undone_already: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) not_readable: &'static str,
    pub(crate) stored_by_newer: &'static str,
    pub(crate) stored_damaged: fn(&str) -> String,
}

/// The phrases of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    month: english_month,
    date: |day| format!("{} {}", day.number(), short(day.month())),
    date_with_year: |day| format!("{} {} {}", day.number(), short(day.month()), day.month().year()),
    a_day: "{} a day",
    lands_at: |month| format!("{month} lands at"),
    at_this_pace: |month| format!("{month} at this pace"),
    gathering: "after two readings",
    early: "early, under a day",
    from_days: |days| format!("from {days} {}", if days == 1 { "day" } else { "days" }),
    from_a_week: "from the last 7 days",
    range: |low, high| format!("80%: {low} to {high}"),
    how_it_lands: |so_far, ahead, pace, plans| {
        let plans = plans.map(|plans| format!(" + {plans} of plans to come")).unwrap_or_default();
        format!("{so_far} so far + {ahead} to come at {pace} a day{plans}")
    },
    how_next: |pace, days, plans| {
        let plans = plans.map(|plans| format!(" + {plans} of plans")).unwrap_or_default();
        format!("{pace} a day × {days} days{plans}")
    },
    how_range: |days| format!("80% range from how {days} days varied, assumes the present pace"),
    no_range: |least, days| {
        format!("assumes the present pace; no range before {least} whole days are read, {days} so far")
    },
    no_range_gathering: "no pace before two readings",
    no_range_early: "under a day was observed, so it can only be low and has no range",
    leaves_out: |names| format!("leaves out {names}, whose pace is not known"),
    lands: "Lands at",
    next_month: "Next month",
    pace_change: |percent| match percent {
        100 => "as the week before".to_owned(),
        percent @ 1_000.. => format!("{} times the week before", percent / 100),
        percent @ 101.. => format!("up {}%", percent - 100),
        percent => format!("down {}%", 100 - percent),
    },
    pace_change_on: "against the seven days before",
    chart_title: |so_far, landing, range| {
        let range = range.map(|(low, high)| format!(", 80% between {low} and {high}")).unwrap_or_default();
        format!("The month so far by day, {so_far}, and where it lands, {landing}{range}")
    },
    reason: reasons::reason,
    spoken_figure: |mark, digits| match mark {
        Mark::Exact => digits.to_owned(),
        Mark::Approximate => format!("about {digits}"),
        Mark::Floor => format!("at least {digits}"),
        Mark::Unknown => "not known yet".to_owned(),
    },
    left: |left| format!("{left} left"),
    dry_about: |date| format!("dry about {date}"),
    dry_between: |soonest, latest| match latest {
        Some(latest) => format!("{soonest} to {latest}"),
        None => format!("{soonest} or later"),
    },
    open_windows: |count| match count {
        1 => "a rise may hide spend".to_owned(),
        count => format!("{count} rises may hide spend"),
    },
    paste_again: "paste its key again",
    cut_short: "the last refresh was cut short",
    problem: reasons::problem,
    balance: "Balance",
    balance_title: |left, ahead| match ahead {
        Some(ahead) => format!("The balance this month: {left} now, {ahead}"),
        None => format!("The balance this month: {left} now"),
    },
    balance_table: "Balance by day",
    left_on: |left, day| format!("about {left} left on {day}"),
    came_in: |kind, day| match kind {
        Kind::TopUp | Kind::Refund => format!("Topped up by {day}"),
        Kind::Gift | Kind::Expiry => format!("Credit granted by {day}"),
    },
    came_in_short: |kind| match kind {
        Kind::TopUp | Kind::Refund => "topped up",
        Kind::Gift | Kind::Expiry => "granted",
    },
    by_account: "By account and model",
    by_model: "By model",
    model: "Model",
    not_split: "Not split: derived from the balance",
    only_balance: "Not split: the provider tells only a balance",
    only_total: "Not split: the provider tells only a total",
    unit: |unit| match unit {
        Unit::CacheHit => "Cache hit",
        Unit::CacheMiss => "Cache miss",
        Unit::Input => "Input",
        Unit::Output => "Output",
        Unit::Requests => "Requests",
        Unit::Other => "Other",
    },
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
    day: "Day (UTC)",
    spent: "Spent",
    converted_at: |rate, other, main, source, day| {
        let source = match source {
            RateSource::Hand => "entered",
            RateSource::Ecb => "European Central Bank",
        };
        format!("Converted at {rate} {main} for 1 {other} ({source}, {day}).")
    },
    currencies: "Currencies",
    amounts_hidden: "Amounts are hidden; show them to change this.",
    amount: "Amount",
    when: "When",
    in_currency: "In which currency",
    label_of_account: "Name, if you have several (may be empty)",
    never: "never",
    locked_why: "While locked, nothing is refreshed; figures stay with their age.",
    undo: "Undo",
    remove: "Remove",
    save: "Save",
    saved: "Saved.",
    bad_amount: "An amount is a number above zero, such as 10 or 7.50. Nothing was kept.",
    bad_time: "That time cannot be read. Nothing was kept.",
    bad_name: "Give it a name. Nothing was kept.",
    bad_days: "Days are a whole number from 1 to 366, or nothing for none. Nothing was changed.",
    bad_day: "That day cannot be read. Nothing was kept.",
    bad_currency: "A currency has three letters, such as USD. Nothing was changed.",
    unexpected: "This page sent something unexpected. Reload it and try again.",
    unlock_first: "Unlock first: this needs the keys.",
    no_account: "That account is no longer there.",
    tried_key: reasons::tried_key,
    too_old: "That is over 62 days ago: its readings have been thinned out, and no statement can change them. Nothing was kept.",
    before_tracking: "That lies before the first reading, of which nothing is claimed. Nothing was kept.",
    in_future: "That lies in the future. Nothing was kept.",
    not_later: "Something later was typed before. Nothing was kept.",
    undone_already: "That was taken back already.",
    not_saved: "The browser could not save; its disk may be full. What was stored before is unchanged.",
    not_readable: "This could not be stored in a form that can be read again, so nothing was changed. Please report it.",
    stored_by_newer: "What is stored was written by a newer Drawdown. Nothing was changed; update this one.",
    stored_damaged: |key| {
        format!(
            "What the browser stored under \"{key}\" cannot be read. Nothing was changed, and nothing is written until it can."
        )
    },
};

/// A share that was rounded down. One above zero is never shown as zero.
fn share(percent: u64) -> String {
    if percent == 0 { "less than 1%".to_owned() } else { format!("{percent}%") }
}

fn english_month(month: Month) -> &'static str {
    match month.number() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn short(month: Month) -> &'static str {
    english_month(month).get(..3).unwrap_or_default()
}
