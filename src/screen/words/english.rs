//! English.

mod alerts;
mod imports;
mod own;
mod plans;
mod reasons;
mod said;
mod tokens;
mod vault;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::Mark;
use crate::host::FetchError;
use crate::screen::words::Words;
use crate::time::Month;

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
    range: |low, high| format!("80%: {low} to {high}"),
    range_assumes: "A range holds 80 of 100 outcomes and assumes the present pace: of a change of pace it knows nothing.",
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
    pools: |granted, paid| format!("granted {granted}, topped up {paid}"),
    dry_about: |date| format!("dry about {date}"),
    dry_between: |soonest, latest| match latest {
        Some(latest) => format!("{soonest} to {latest}"),
        None => format!("{soonest} or later"),
    },
    open_windows: |count| match count {
        1 => "a rise may hide spend".to_owned(),
        count => format!("{count} rises may hide spend"),
    },
    second_reading: "spend from the second reading on",
    not_read_yet: "not read this month yet",
    read: "read {}",
    figures_of: "figures of {}",
    set_aside: reasons::set_aside,
    typed: "typed {}",
    typed_left: "{} left",
    file_ends: |date| format!("the file ends on {date}"),
    type_balance: "typed {}: type today's balance",
    type_bill: "typed {}: type the month's bill so far",
    bring_newer: |date| format!("the file ends on {date}: bring a newer one"),
    bring_first: "no file yet: bring the first one",
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
    problem: reasons::problem,
    what_to_do: reasons::what_to_do,

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
    paste_file: "paste the whole file",
    choose_file: "Or choose it",
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
    with_key: "With a key",
    key_risk: |minutes, if_stolen| {
        format!("Read by itself every {minutes} minutes. A key can be stolen: {if_stolen}")
    },
    with_file: "With its file, without a key",
    file_risk: "There is no key to steal, and nothing leaves this browser; but the figures are only as new as the last file that you bring.",
    by_hand: "An account without a key: by hand",
    by_hand_how: "For whatever has no key and no file. You type what is left, or what the month's bill has come to, now and then; between two figures the spend is spread evenly.",
    by_file: "An account without a key: by file",
    by_file_how: "For a provider that is not in this list and gives a table of its costs. The figures are only as new as the last file that you bring.",
    name_of_it: "Name, such as RunPod",
    tells_balance: "I type what is left of a balance",
    tells_bill: "I type what the month's bill has come to so far",
    first_figure: "What it is now",
    add: "Add",
    pin_title: "Keep it in sight",
    pin_how: "The toolbar does not show Drawdown yet. Open the puzzle piece beside the address bar and press the pin next to Drawdown; in Firefox, the cog there, then Pin to Toolbar.",

    vault: vault::VAULT,

    import_title: "This month from the 1st, per model",
    import_how: |provider| format!("{provider}: get the export at {{}}."),
    import_any: "Any other CSV with a day, an amount and a currency can be read too: you point at its columns.",
    import_keeps: "It is read here and goes nowhere. Names of keys and users in it are not kept. What it says of a day replaces what the balance said.",
    import_into: "Of which account",
    import_drop: "The zip, or its CSV files: drop them here or choose them",
    import: "Import",
    point_title: "Point at the columns",
    point_how: |file, account| format!("{file} is of no kind that is known. It is for {account}."),
    point_ask: imports::ask,
    point_keeps: "Nothing but these columns is read. The file waits until the browser closes, and never rests on the disk; what you point at is kept, so that the next such file is read at once.",
    point_choose: "Choose a column",
    point_date: "Day",
    point_amount: "Amount",
    point_currency: "Currency",
    point_one_code: "The same in all rows:",
    point_code: "Currency of all rows, such as USD",
    point_line: "What it was for (may be left out)",
    point_no_line: "Not told",
    point_order: "Dates such as 03/11/2026",
    point_orders: ["3 November: the day comes first", "11 March: the month comes first"],
    point_decimals: "Before the decimals stands",
    point_unnamed: |place| format!("Column {place}, without a name"),
    point_read: "Read the file",
    point_drop: "Let go of it",
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
        Unit::Other => "Other",
    },

    days_table: "Day by day",
    day: "Day (UTC)",
    spent: "Spent",
    accounts: "Accounts",
    this_month: "This month",
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
    pace: "Pace",
    lands: "Lands at",
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
    typed_line: |amount| format!("Entered {amount}"),
    left_line: |amount| format!("Prepaid balance {amount}"),
    undo: "Undo",
    balance_now: |currency| format!("What is left now, in {currency}"),
    bill_so_far: |currency| format!("This month's bill so far, in {currency}"),
    keep: "Keep",
    earlier: "As of an earlier time",
    earlier_hint: "Left empty, it is now. It must be later than the figure before.",
    type_left: "Type what is left",
    type_left_hint: "For the run-out date: what is billed from now on is taken from it. It is never counted as spend; type it again after a top-up.",
    remind: "Remind me",
    remind_after: "Days without a newer figure or file",
    granted_expires: "Granted credit expires",
    expires_on: "Day on which it expires",
    expires_hint: "The provider's billing page tells it. You are reminded in the week before; empty forgets it.",
    granted_expires_on: |granted, day| format!("granted {granted} expires {day}"),
    from_granted: "From granted credit",
    from_paid: "From paid balance",
    expired: "Expired",
    grant: "Grant access",
    add_key: "Add its key",
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
    keep_figures: "Keep what it cost in the totals",
    erase_figures: "Delete all its history",
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
    data: "Data",
    data_leaves: "Drawdown sends requests to these hosts and nothing else, and to each no key but its own. The browser itself refuses every other host: the extension's manifest names these alone (connect-src).",
    data_kept: "Of each request its time, account, host, path, status and size are kept, in this browser; never a header, a body or what follows a question mark.",
    list_requests: |most| format!("List the last {most} requests"),
    no_requests: "No request was sent yet.",
    requests_listed: |count| match count {
        1 => "1 request was sent".to_owned(),
        count => format!("{count} requests were sent, the newest first"),
    },
    requests_of: "As of {}; list them again to see newer ones. A refresh that the browser cut short is not among them.",
    account: "Account",
    host: "Host",
    path: "Path",
    status: "Status",
    bytes: "Bytes",
    unreached: |unreached| match unreached {
        FetchError::Offline => "no connection",
        FetchError::TimedOut => "no answer in time",
        FetchError::TooLong => "answer too long",
        FetchError::Unsendable => "not sent: the browser refused the request",
    },
    said: said::said,

    plans: plans::PLANS,
    own: own::OWN,
    imports: imports::IMPORTS,
    alerts: alerts::ALERTS,

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
