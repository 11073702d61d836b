//! English.

mod plans;
mod said;
mod tokens;

use crate::bill::Unit;
use crate::correction::Kind;
use crate::figure::{Mark, Reason};
use crate::period::Month;
use crate::provider::Problem;
use crate::screen::words::Words;

/// The phrases.
pub(in crate::screen) const EN: Words = Words {
    pick: |text| text.en,
    month: english_month,
    date: |day| format!("{} {}", day.number(), short(day.month())),
    date_with_year: |day| format!("{} {} {}", day.number(), short(day.month()), day.month().year()),

    days_left: |days| match days {
        0 => "last day".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    },
    utc_month: "UTC month",
    hide_amounts: "Hide amounts",
    show_amounts: "Show amounts",
    lock: "Lock",
    dashboard: "Dashboard",

    a_day: "{} a day",
    up_to_date: |fresh, of| format!("{fresh} of {of} up to date"),
    plans_in: |plans| format!("plans {plans} in"),
    beside: "and {} without a rate",
    since: "since {}",
    lands_at: |month| format!("{month} lands at"),
    at_this_pace: |month| format!("{month} at this pace"),
    gathering: "after two readings",
    early: "early, under a day",
    from_days: |days| format!("from {days} {}", if days == 1 { "day" } else { "days" }),
    from_a_week: "from the last 7 days",
    chart_title: |so_far, landing| {
        format!("Use so far this month by day, {so_far}, and where it lands, {landing}")
    },
    reason: |reason| match reason {
        Reason::Derived => "From the falls of a balance.",
        Reason::Declared => "Derived with what you stated.",
        Reason::Gone => "A balance that fell to nothing counts as spent until you say otherwise.",
        Reason::Reset => "A counter began anew, so what it counted just before is missing.",
        Reason::NotBilled => "Nothing is billed for this month yet.",
        Reason::Open => "Money came in that may hide spend; say how much it was.",
        Reason::Spread => "What was spent across an edge of the month or day is shared evenly over its time.",
        Reason::Converted => "From more than one currency.",
        Reason::NotConverted => "A currency without a rate is left beside it.",
        Reason::Lost => "Some stored readings were damaged.",
        Reason::Stale => "An account was not read lately, so newer spend is missing.",
        Reason::Unread => "No two readings enclose any of this time yet.",
        Reason::Missing => "Of an account nothing is known yet.",
        Reason::Early => "Less than a day was observed, so it can only be low.",
        Reason::Gathering => "The pace of an account is not known before its second reading.",
        Reason::Assumed => "The pace assumes a usual top-up behind a rise of the balance.",
    },
    spoken_figure: |mark, digits| match mark {
        Mark::Exact => digits.to_owned(),
        Mark::Approximate => format!("about {digits}"),
        Mark::Floor => format!("at least {digits}"),
        Mark::Unknown => "not known yet".to_owned(),
    },

    left: |left| format!("{left} left"),
    pools: |granted, paid| format!("granted {granted}, topped up {paid}"),
    dry_about: |date| format!("dry about {date}"),
    open_windows: |count| match count {
        1 => "a rise may hide spend".to_owned(),
        count => format!("{count} rises may hide spend"),
    },
    second_reading: "spend from the second reading on",
    not_read_yet: "not read this month yet",
    read: "read {}",
    figures_of: "figures of {}",
    twin: |other| format!("probably the same as {other}"),
    twin_text: |other| {
        format!(
            "It moves exactly like {other}: probably one account with two keys, counted twice. Remove one with all its history, unless they are two."
        )
    },
    paused: "paused",
    removed: "removed",
    paste_again: "paste its key again",
    cut_short: "the last refresh was cut short",
    problem: |problem| {
        match problem {
            Problem::KeyRefused => "key refused: replace it",
            Problem::NotPermitted => "the key has no right to read this",
            Problem::Barred { .. } => "the provider bars this",
            Problem::HostWithheld => "the browser withholds access: grant it",
            Problem::RateLimited { .. } => "asked too often: waiting",
            Problem::ProviderDown => "the provider has a fault",
            Problem::Offline => "no connection",
            Problem::Unreadable { .. } => "the answer could not be read",
            Problem::Unsupported => "the provider does not offer this",
        }
        .to_owned()
    },
    what_to_do: |problem| match problem {
        Problem::KeyRefused => "Make a new key on the provider's page and replace this one.",
        Problem::NotPermitted | Problem::Barred { .. } => "See the provider's console.",
        Problem::HostWithheld => "Press the button and allow it; without that no figure can be read.",
        Problem::RateLimited { .. } => "It is asked again when the provider allows it.",
        Problem::ProviderDown => "Nothing to do here; it is asked again, less and less often.",
        Problem::Offline => "Figures stay as they are; it is asked again with the next refresh.",
        Problem::Unreadable { .. } => "The provider may have changed its answers: please report it.",
        Problem::Unsupported => "The address that told the figures is gone: please report it.",
    },

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
    make_key: "Make a key at {}.",
    paste_key: |name| format!("{name} key"),
    label_of_account: "Name, if you have several (may be empty)",
    browser_asks: |host| {
        format!("The browser will ask whether Drawdown may reach {host}. Allow it; the key is tried at once.")
    },
    connect: "Connect",
    if_stolen: "If it is stolen",
    what_counts: "What is counted",
    how_late: "How late",
    proof: "Proof",
    seen_live: |day| format!("Seen live on {day}."),
    from_documents: "From the provider's documents only; nobody has reported yet that it works.",
    pin_title: "Keep it in sight",
    pin_how: "The toolbar does not show Drawdown yet. Open the puzzle piece beside the address bar and press the pin next to Drawdown.",

    seal_title: "Choose the password that seals your keys",
    seal_why: "The key works. Until a password seals it, it is forgotten when the browser closes.",
    seal_lost: "The browser closed before a password was chosen, or the vault was given up, so the keys are gone. Choose a password, then paste each key again; all figures are kept.",
    password_advice: "12 characters or more. It cannot be recovered: forget it, and the keys must be pasted again.",
    seal: "Seal",
    suggest: "Suggest one",
    new_password: "New password",
    again: "The same again",
    unsealed: "Choose a password, or the key is forgotten when the browser closes.",
    lost: "The keys are gone: choose a password and paste them again.",
    unlock_label: "Password",
    unlock: "Unlock",
    locked_why: "While locked, nothing is refreshed; figures stay with their age.",
    change_password: "Change the password",
    current_password: "Present password",
    change: "Change",
    forgot_password: "Forgotten the password?",
    forgot_text: "The keys cannot be opened without it and are lost; all accounts, figures and history are kept.",
    forgot_summary: "Give up the keys and begin with a new password",
    give_up_vault: "Give up the sealed keys",

    import_title: "This month from the 1st, per model",
    import_how: "Get the export at {}.",
    import_keeps: "It is read here and goes nowhere. Names of keys and users in it are not kept. What it says of a day replaces what the balance said.",
    import_into: "Of which account",
    import_drop: "The zip, or its CSV files: drop them here or choose them",
    import: "Import",
    by_model: "By model",
    model: "Model",
    by_account: "By account and model",
    not_split: "Not split: derived from the balance",
    only_balance: "Not split: the provider tells only a balance",
    only_total: "Not split: the provider tells only a total",
    unit: |unit| match unit {
        Unit::CacheHit => "Cache hit",
        Unit::CacheMiss => "Cache miss",
        Unit::Input => "Input",
        Unit::Output => "Output",
        Unit::Requests => "Requests",
    },

    days_table: "Day by day",
    day: "Day (UTC)",
    spent: "Spent",
    accounts: "Accounts",
    this_month: "This month",
    balance: "Balance",
    pace: "Pace",
    next_month: "Next month",
    money_in: "Money in",
    tracked: "Tracked",
    rose_between: "The balance rose {} between {} and {}. What was paid in?",
    granted_between: "Granted credit rose {} between {} and {}. How much was given?",
    gone_between: |kind| match kind {
        Kind::Expiry | Kind::Gift => "{} of granted credit was gone between {} and {}. Used, or expired?",
        Kind::Refund | Kind::TopUp => {
            "The last {} of paid balance was gone between {} and {}. Spent, or paid back?"
        }
    },
    top_up_then: |top_up, spent| format!("A top-up of {top_up}: then {spent} was spent"),
    gift_of: |gift| format!("A gift of {gift}: nothing of it was used yet"),
    all_spent: "All of it was used",
    all_gone: |kind| match kind {
        Kind::Expiry | Kind::Gift => "All of it expired",
        Kind::Refund | Kind::TopUp => "All of it was paid back",
    },
    another_amount: "Another amount",
    amount_of: |kind, currency| {
        let what = match kind {
            Kind::TopUp => "Paid in",
            Kind::Gift => "Given",
            Kind::Expiry => "Expired",
            Kind::Refund => "Paid back",
        };
        format!("{what}, in {currency}")
    },
    confirm: "Confirm",
    something_to_ask: "A question about this balance",
    more: "More",
    habit: "So that nothing has to be asked: refresh, top up, refresh.",
    i_topped_up: "I topped up",
    what_happened: "What happened",
    kind: |kind| match kind {
        Kind::TopUp => "I topped up",
        Kind::Gift => "Credit was given to me",
        Kind::Expiry => "Granted credit expired",
        Kind::Refund => "Money was paid back or moved",
    },
    in_currency: "In which currency",
    amount: "Amount",
    when: "When",
    when_hint: "Left empty, it is now.",
    state_it: "Keep it",
    stated: |count| format!("Stated by you: {count}"),
    stated_line: |kind, amount| match kind {
        Kind::TopUp => format!("Topped up {amount}"),
        Kind::Gift => format!("Given {amount}"),
        Kind::Expiry => format!("Expired {amount}"),
        Kind::Refund => format!("Paid back {amount}"),
    },
    undo: "Undo",
    granted_expires: "Granted credit expires",
    expires_on: "Day on which it expires",
    expires_hint: "The provider's billing page tells it. You are reminded in the week before; empty forgets it.",
    granted_expires_on: |granted, day| format!("granted {granted} expires {day}"),
    from_granted: "From granted credit",
    from_paid: "From paid balance",
    expired: "Expired",
    grant: "Grant access",
    replace_key: "Replace the key",
    new_key: "New key",
    try_key: "Try it",
    replacement_told: |told| match told {
        "" => "The new key works.".to_owned(),
        told => format!("The new key works and tells {told}."),
    },
    same_account: "The same account: what happened since the last reading counts",
    other_account: "Another account: begin with a new baseline",
    take_key: "Use the new key",
    drop_key: "Keep the old key",
    rename: "Rename",
    pause: "Pause",
    resume: "Resume",
    remove: "Remove",
    keep_history: "Delete the key and keep what it cost in the totals",
    erase_history: "Delete the key and all its history",
    remove_account: |name| format!("Remove {name}"),
    removed_text: "Removed; what it cost stays in the totals.",
    settings: "Settings",
    period: "Minutes between two refreshes",
    period_usual: "as usual for each provider",
    currency: "Currency of the totals",
    currency_usual: "the one in use",
    lock_after: "Lock after so many minutes without a touch",
    lock_never: "never",
    lock_with_computer: "Lock together with the computer",
    save: "Save",
    said: said::said,

    plans: plans::PLANS,

    tokens: tokens::TOKENS,

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
