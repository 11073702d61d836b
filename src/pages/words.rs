//! The phrases of both pages: the month, its rows and the account cards.

use crate::provider::{Billing, Problem};
use crate::text::Language;
use crate::time::Timestamp;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) days_left: fn(u32) -> String,
    pub(super) utc_month: &'static str,
    pub(super) dashboard: &'static str,
    pub(super) up_to_date: fn(usize, usize) -> String,
    pub(super) plans_in: fn(&str) -> String,
    pub(super) beside: &'static str,
    pub(super) since: &'static str,
    pub(super) accounts: &'static str,
    pub(super) this_month: &'static str,
    pub(super) pace: &'static str,
    pub(super) money_in: &'static str,
    pub(super) tracked: &'static str,
    pub(super) expired: &'static str,
    pub(super) from_granted: &'static str,
    pub(super) from_paid: &'static str,
    pub(super) grant: &'static str,
    pub(super) removed_text: &'static str,
    pub(super) set_aside: fn(usize) -> String,
    pub(super) twin: fn(&str) -> String,
    pub(super) attention: &'static str,
    pub(super) question: &'static str,
    pub(super) days: fn(u64) -> String,
    pub(super) search: &'static str,
    pub(super) search_providers: fn(usize) -> String,
    pub(super) no_match: &'static str,
    pub(super) model_apis: &'static str,
    pub(super) platforms: &'static str,
    pub(super) anything_else: &'static str,
    pub(super) by_hand: &'static str,
    pub(super) by_hand_short: &'static str,
    pub(super) from_file: &'static str,
    pub(super) from_file_short: &'static str,
    pub(super) bills_how: fn(Billing) -> &'static str,
    pub(super) all_providers: &'static str,
    pub(super) twin_text: fn(&str) -> String,
    pub(super) paused: &'static str,
    pub(super) removed: &'static str,
    pub(super) second_reading: &'static str,
    pub(super) not_read_yet: &'static str,
    pub(super) pools: fn(&str, &str) -> String,
    pub(super) refresh: &'static str,
    pub(super) refreshing: fn(usize, usize) -> String,
    pub(super) updated: &'static str,
    pub(super) next: &'static str,
    pub(super) locked: &'static str,
    pub(super) welcome: &'static str,
    pub(super) welcome_text: &'static str,
    pub(super) what_leaves: &'static str,
    pub(super) connect_first: &'static str,
    pub(super) connect_title: &'static str,
    pub(super) unlock_to_connect: &'static str,
    pub(super) with_key: &'static str,
    pub(super) key_risk: fn(u32, &str) -> String,
    pub(super) pin_title: &'static str,
    pub(super) pin_how: &'static str,
    pub(super) days_table: &'static str,
    pub(super) range_assumes: &'static str,
    pub(super) what_to_do: fn(&Problem) -> &'static str,
    pub(super) covers: &'static str,
    pub(super) byok: &'static str,
    pub(super) byok_why: &'static str,
    pub(super) plans: &'static str,
    pub(super) set_rate: &'static str,
    pub(super) title_empty: &'static str,
    pub(super) title_total: fn(&str, &str) -> String,
    pub(super) title_beside: fn(&str) -> String,
    pub(super) title_forecast: fn(&str, &str, &str) -> String,
    pub(super) title_locked: &'static str,
    pub(super) title_read_at: fn(Timestamp) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    days_left: |days| match days {
        0 => "last day".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    },
    utc_month: "UTC month",
    dashboard: "Dashboard",
    up_to_date: |fresh, of| format!("{fresh} of {of} up to date"),
    plans_in: |plans| format!("plans {plans} in"),
    beside: "and {} without a rate",
    since: "since {}",
    accounts: "Accounts",
    this_month: "This month",
    pace: "Pace",
    money_in: "Money in",
    tracked: "Tracked",
    expired: "Expired",
    from_granted: "From granted credit",
    from_paid: "From paid balance",
    grant: "Grant access",
    removed_text: "Removed; what it cost stays in the totals.",
    set_aside,
    twin: |other| format!("probably the same as {other}"),
    attention: "Needs your attention",
    question: "balance change to confirm",
    days: |days| match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    },
    search: "Search providers",
    search_providers: |count| format!("Search {count} providers"),
    no_match: "No provider has this name. You can add it by hand or from a file.",
    model_apis: "Model APIs",
    platforms: "Platforms",
    anything_else: "Anything else",
    by_hand: "By hand",
    by_hand_short: "Enter a balance or a bill",
    from_file: "From a file",
    from_file_short: "Any CSV of costs",
    bills_how: |billing| match billing {
        Billing::Balances => "Prepaid balance",
        Billing::Counters => "Balance and spend",
        Billing::Bills => "Bills per model",
    },
    all_providers: "All providers",
    twin_text: |other| {
        format!(
            "It moves exactly like {other}: probably one account with two keys, counted twice. Remove one with all its history, unless they are two."
        )
    },
    paused: "paused",
    removed: "removed",
    second_reading: "spend from the second reading on",
    not_read_yet: "not read this month yet",
    pools: |granted, paid| format!("granted {granted}, topped up {paid}"),
    refresh: "Refresh",
    refreshing: |done, of| format!("Refreshing, {done} of {of} done"),
    updated: "Updated {}",
    next: "next {}",
    locked: "locked",
    welcome: "See what this month costs",
    welcome_text: "Connect an account with a key. Drawdown reads its balance or its bills and tells what was spent, where the month lands and what the next one costs; from a balance, it does so after two readings.",
    what_leaves: "Your key goes to its provider and nowhere else, and the browser enforces that. Keys rest sealed under your password, in this browser. There is no server.",
    connect_first: "Connect an account",
    connect_title: "Connect an account",
    unlock_to_connect: "Unlock first: a new key is sealed together with the others.",
    with_key: "With a key",
    key_risk: |minutes, if_stolen| {
        format!("Read by itself every {minutes} minutes. A key can be stolen: {if_stolen}")
    },
    pin_title: "Keep it in sight",
    pin_how: "The toolbar does not show Drawdown yet. Open the puzzle piece beside the address bar and press the pin next to Drawdown; in Firefox, the cog there, then Pin to Toolbar.",
    days_table: "Day by day",
    range_assumes: "A range holds 80 of 100 outcomes and assumes the present pace: of a change of pace it knows nothing.",
    what_to_do,
    covers: "Covers",
    byok: "With your own keys",
    byok_why: "paid to the providers behind, and not counted here",
    plans: "Plans and budget",
    set_rate: "set a rate",
    title_empty: "Drawdown: no account is connected yet",
    title_total: |month, total| format!("Drawdown. {month} so far: {total}"),
    title_beside: |beside| format!("and {beside} without a rate"),
    title_forecast: |landing, next, next_month| {
        format!("Landing: {landing}. {next} at this pace: {next_month}")
    },
    title_locked: "Locked: figures are as of the last refresh",
    title_read_at: |at| {
        let text = at.to_string();
        format!("read {} UTC", text.get(..16).unwrap_or(&text).replace('T', " "))
    },
};

/// What to do about it.
fn what_to_do(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "Make a new key on the provider's page and replace this one.",
        Problem::NotPermitted | Problem::Barred { .. } => "See the provider's console.",
        Problem::HostWithheld => "Press the button and allow it; without that no figure can be read.",
        Problem::RateLimited { .. } => "It is asked again when the provider allows it.",
        Problem::ProviderDown => "Nothing to do here; it is asked again, less and less often.",
        Problem::Offline => "Figures stay as they are; it is asked again with the next refresh.",
        Problem::Unreadable { .. } => "The provider may have changed its answers: please report it.",
        Problem::Unsupported => "The address that told the figures is gone: please report it.",
        Problem::Retired => {
            "Its history stays, and it is not called again. To go on, add it by hand or by file; to try once more, pause and resume it."
        }
    }
}

/// Readings that a clock that ran ahead took.
fn set_aside(count: usize) -> String {
    let (readings, were) = match count {
        1 => ("1 reading".to_owned(), "it was"),
        count => (format!("{count} readings"), "they were"),
    };
    format!(
        "{readings} set aside: your computer's clock was ahead when {were} taken. Spend around that time is approximate."
    )
}
