//! The shared phrases in English.

use core::cmp::Ordering;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::{Mark, Reason};
use crate::books::rates::RateSource;
use crate::books::tokens::{Advice, GOAL_OF_HITS, SHORTER, What};
use crate::provider::{Card, Problem, Scope};
use crate::text::Language;
use crate::ui::words::phrases::Words;

pub(super) const ENGLISH: Words = Words {
    month: |month| Language::English.month(month),
    a_day: "{} a day",
    lands_at: |month| format!("{month} forecast"),
    at_this_pace: |month| format!("{month} forecast"),
    gathering: "Needs one more refresh",
    early: "Less than a day of data",
    from_days: |days| if days == 1 { "Based on 1 day".to_owned() } else { format!("Based on {days} days") },
    from_a_week: "Based on the last 7 days",
    range: |low, high| format!("Likely {low}–{high}"),
    how_it_lands: |so_far, ahead, pace, plans| {
        let plans = plans.map(|plans| format!(" + {plans} in subscriptions")).unwrap_or_default();
        format!("{so_far} so far + {ahead} expected at {pace} a day{plans}.")
    },
    how_next: |pace, days, plans| {
        let plans = plans.map(|plans| format!(" + {plans} in subscriptions")).unwrap_or_default();
        format!("{pace} a day over the last 7 days × {days} days{plans}.")
    },
    spike_counts_less: |day| format!("A spike on {day} counts less in this month's forecast."),
    earlier_weeks_cost_more: "Earlier weeks cost more, and this month's forecast counts them too.",
    earlier_weeks_cost_less: "Earlier weeks cost less, and this month's forecast counts them too.",
    latest_days_cost_more: "The latest days cost more, and this month's forecast counts them most.",
    latest_days_cost_less: "The latest days cost less, and this month's forecast counts them most.",
    of_account: |account, sentence| format!("{account}: {sentence}"),
    how_range: |days| format!("Range based on your last {days} days."),
    no_range: |least, days| format!("We'll show a range after {least} full days ({days} so far)."),
    no_range_gathering: "We need one more refresh to forecast.",
    no_range_early: "Less than a day of data, so the forecast may be low.",
    leaves_out: |names| format!("Doesn't include {names}: not enough data yet."),
    forecast_said: |day, amount, range| match range {
        Some((low, high)) => format!("On {day}, the forecast said {amount} ({low}–{high})."),
        None => format!("On {day}, the forecast said {amount}."),
    },
    month_came_to: |month, amount, share, order| match (share, order) {
        (None, _) => format!("{month} came to {amount}."),
        (Some(_), Ordering::Equal) => format!("{month} came to {amount}, as forecast."),
        (Some(share), Ordering::Less) => format!("{month} came to {amount} ({share} less)."),
        (Some(share), Ordering::Greater) => format!("{month} came to {amount} ({share} more)."),
    },
    above_range: "That's above the range.",
    below_range: "That's below the range.",
    month_incomplete: |month| format!("Some data for {month} is missing, so we can't compare."),
    accounts_changed: |month| {
        format!("Your accounts have changed since, so we can't compare it with {month}.")
    },
    range_held: |held, of| format!("{held} of the last {of} months ended within the range."),
    pace_change: |percent| match percent {
        100 => "same as last week".to_owned(),
        percent @ 1_000.. => format!("{}× last week", percent / 100),
        percent @ 101.. => format!("up {}%", percent - 100),
        percent => format!("down {}%", 100 - percent),
    },
    pace_change_on: "compared with the 7 days before",
    chart_title: |so_far, landing, range| {
        let range = range.map(|(low, high)| format!(", likely {low}–{high}")).unwrap_or_default();
        format!("Spend this month by day: {so_far} so far, forecast {landing}{range}")
    },
    reason,
    spoken_figure: |mark, digits| match mark {
        Mark::Exact => digits.to_owned(),
        Mark::Approximate => format!("about {digits}"),
        Mark::Floor => format!("at least {digits}"),
        Mark::Unknown => "not known yet".to_owned(),
    },
    left: |left| format!("{left} left"),
    runs_out_around: |date| format!("runs out around {date}"),
    next_charge: |date| format!("next automatic charge around {date}"),
    runs_out_between: |about, range| format!("{about} ({range})"),
    at_the_earliest: |date| format!("{date} at the earliest"),
    open_windows: |count| match count {
        1 => "top-up to confirm".to_owned(),
        count => format!("{count} top-ups to confirm"),
    },
    paste_again: "Add the key again",
    cut_short: "The last refresh was interrupted",
    problem: |problem| in_short(problem).to_owned(),
    balance: "Balance",
    balance_title: |left, ahead| match ahead {
        Some(ahead) => format!("Balance this month: {left} now, {ahead}"),
        None => format!("Balance this month: {left} now"),
    },
    left_on: |left, day| format!("about {left} left on {day}"),
    after_expiry: |left, expires| format!("{left} after about {expires} expires unused"),
    came_in: |kind, is_declared, amount| {
        let what = match kind {
            Kind::TopUp | Kind::Refund => "Topped up",
            Kind::Gift | Kind::Expiry => "Credit added",
        };
        match (amount, is_declared) {
            (None, _) => what.to_owned(),
            (Some(amount), true) => format!("{what} {amount}"),
            (Some(amount), false) => format!("{what} {amount} or more"),
        }
    },
    by_model: "By model",
    model: "Model",
    not_split: "Not broken down (estimated from balance)",
    unit: |unit| match unit {
        Unit::CacheHit => "Cache hits",
        Unit::CacheMiss => "Cache misses",
        Unit::Input => "Input",
        Unit::Output => "Output",
        Unit::Requests => "Requests",
        Unit::Other => "Other",
    },
    hits_of_input: "Cache hit rate",
    output_of_tokens: "Output share",
    thinking: "More than you expected? Thinking tokens are billed as output, and each call resends the conversation as input.",
    no_prices: "Your export has no prices that match its costs, so we can't suggest ways to save.",
    cheaper: "Ways to save (each on its own):",
    advice: |Advice { model, what, .. }, saving| match what {
        What::Cached { hits } => format!(
            "{model}: {} of input tokens were cache hits. At {GOAL_OF_HITS}%, the same calls would have cost about {saving} less.",
            share(*hits)
        ),
        What::Shorter { output } => format!(
            "{model}: output (including thinking) was {output}% of the cost. {SHORTER}% less output would have cost about {saving} less."
        ),
        What::Other { model: other, cost, requests } => format!(
            "{model}: {cost}% of the cost for {} of the requests. At the prices of {other}, the same tokens would have cost about {saving} less.",
            share(*requests)
        ),
    },
    spent: "Spent",
    converted_at: |rate, other, main, source, day| match source {
        RateSource::Hand => format!("Converted at 1 {other} = {rate} {main} (entered {day})."),
        RateSource::Ecb => format!("Converted at 1 {other} = {rate} {main} (European Central Bank, {day})."),
    },
    currencies: "Exchange rates",
    amounts_hidden: "Amounts are hidden. Show them to make changes.",
    amount: "Amount",
    when: "Date and time",
    in_currency: "Currency",
    label_of_account: "Account name (optional)",
    never: "Never",
    locked_why: "Drawdown doesn't refresh while locked. You still see the last figures.",
    undo: "Undo",
    scope: |scope| match scope {
        Scope::Key => "one key",
        Scope::User => "one user",
        Scope::Account => "whole account",
    },
    remove: "Remove",
    save: "Save",
    saved: "Saved.",
    saved_as: |amount| format!("Saved: {amount}."),
    undone: "Undone.",
    bad_amount: "Enter an amount above 0, such as 10 or 7.50.",
    other_currency: |written, currency| {
        format!("This amount is in {currency}, but you wrote {written}. Enter it in {currency}.")
    },
    is_it: |amount| format!("Is this {amount}? Save again to confirm, or correct it."),
    bad_time: "Enter a valid date and time.",
    bad_name: "Enter a name.",
    bad_days: "Enter a whole number from 1 to 366, or leave it blank.",
    bad_day: "Enter a valid date.",
    bad_currency: "Enter a three-letter currency code, such as USD.",
    unexpected: "Something went wrong. Reload this page and try again.",
    unlock_first: "Unlock Drawdown first.",
    no_account: "This account no longer exists.",
    tried_key,
    too_old: "You can only change the last 62 days.",
    before_tracking: "That's before tracking started.",
    in_future: "That's in the future.",
    not_later: "You already entered a later figure.",
    undone_already: "Already undone.",
    not_saved: "Couldn't save. Your disk may be full. Your earlier data is safe.",
    not_readable: "Couldn't save this safely, so your data stays as it was. Please report this.",
    stored_by_newer: "Your data was saved by a newer version of Drawdown. Update Drawdown to continue.",
    stored_damaged: |key| {
        format!(
            "Your browser can't read the stored \"{key}\". To protect your data, Drawdown won't save anything until it can."
        )
    },
};

/// A share that was rounded down. A nonzero share is never shown as zero.
fn share(percent: u64) -> String {
    if percent == 0 { "less than 1%".to_owned() } else { format!("{percent}%") }
}

/// Why a figure has its mark.
fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Derived => "Estimated from changes in your balance.",
        Reason::Declared => "Includes amounts you confirmed.",
        Reason::EmptiedPool => "A balance dropped to zero. We count that as spend until you say otherwise.",
        Reason::Reset => "The provider's counter reset, so some spend is missing.",
        Reason::NotBilled => "Nothing has been billed this month yet.",
        Reason::Open => "A top-up may hide some spend. Confirm the amount.",
        Reason::Spread => "Spend across midnight or month end is split evenly.",
        Reason::Converted => "Converted from more than one currency.",
        Reason::NotConverted => "Doesn't include a currency without an exchange rate.",
        Reason::Lost => "Some stored data was damaged.",
        Reason::Stale => "An account hasn't updated lately, so recent spend is missing.",
        Reason::Unread => "Not enough data for this period yet.",
        Reason::Missing => "One account has no data yet.",
        Reason::Early => "Less than a day of data, so the forecast may be low.",
        Reason::Gathering => "One account needs another refresh before we can forecast.",
        Reason::ManualFigure => "The amount you entered, minus what's been billed since.",
        Reason::Gap => "Some days have no data.",
        Reason::Unpriced => "The provider listed an item without an amount, so its cost is missing.",
        Reason::BesideBill => {
            "A bill covers part of the time between two readings, so the rest is an estimate."
        }
        Reason::Assumed => "Assumes your last balance increase was a typical top-up.",
    }
}

/// An account's problem, in a few words.
fn in_short(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "Key rejected",
        Problem::NotPermitted => "Key lacks permission",
        Problem::Barred { .. } => "Not allowed by the provider",
        Problem::HostWithheld => "Access blocked",
        Problem::RateLimited { .. } => "Rate limited, retrying",
        Problem::ProviderDown => "Provider error, retrying",
        Problem::Offline => "No connection",
        Problem::Unreadable { .. } => "Unexpected answer",
        Problem::Unsupported => "Not available at this provider",
        Problem::Retired => "API discontinued",
    }
}

/// Why a tried key brought no figures.
fn tried_key(problem: &Problem, card: &Card) -> String {
    let name = card.name;
    match problem {
        Problem::KeyRefused => {
            format!("{name} rejected this key. Copy the full key again, or create a new one.")
        }
        Problem::NotPermitted | Problem::Barred { .. } => {
            card.advice_for(problem).unwrap_or(&card.not_permitted).en.to_owned()
        }
        Problem::HostWithheld => format!("Your browser blocked access to {name}. Allow it and try again."),
        Problem::RateLimited { .. } => format!("{name} is limiting requests. Try again in a few minutes."),
        Problem::ProviderDown => format!("{name} isn't responding. Try again in a few minutes."),
        Problem::Offline => format!("Can't reach {name}. Check your connection and try again."),
        Problem::Unreadable { what } => {
            format!("{name} sent an answer we don't understand ({what} is missing). Please report this.")
        }
        Problem::Unsupported => format!("{name} no longer offers this. Please report this."),
        Problem::Retired => {
            format!("{name} discontinued this API. Add the account manually or from a file instead.")
        }
    }
}
