//! English: plans, budget and currencies.

use crate::books::rates::RateSource;
use crate::screen::words::PlanWords;

/// The phrases.
pub(super) const PLANS: PlanWords = PlanWords {
    title: "Plans and budget",
    hidden: "Amounts are hidden; show them to change this.",
    budget: |currency| format!("Budget for a month, in {currency}"),
    no_budget: "none",
    of_budget: |percent, budget| format!("{percent} of the budget of {budget}"),
    lands_above: "and the month lands above it",
    other_currency: |currency| format!("The budget is in {currency}, the total is not: set it anew."),
    limit: |account, limit| format!("{account} stops at {limit} a month, as set there."),
    take_limit: "Take as budget",
    title_budget: |percent, budget| format!("Budget: {percent} of {budget}"),
    plans: "Plans",
    why: "Fixed subscriptions count whole on the day they are charged, apart from use.",
    add: "Add a plan",
    change: "Change",
    name: "Name",
    price: "Price of one charge",
    every: "Charged",
    monthly: "every month",
    yearly: "every year",
    day: "On this day of the month (the last, where a month is shorter)",
    since: "Since",
    until_day: "Until (empty while it goes on)",
    each_month: |day| format!("every month on day {day}"),
    each_year: |day| format!("every year on {day}"),
    until: |day| format!("until {day}"),
    currencies: "Currencies",
    why_rates: |main| {
        format!("Totals are in {main}. What has no rate stands beside them, and is never dropped.")
    },
    one_is_worth: |other, main| format!("1 {other} in {main}"),
    rate_of: |source, day| match source {
        RateSource::Hand => format!("Entered on {day}."),
        RateSource::Ecb => format!("Reference rate of the European Central Bank of {day}."),
    },
    converted_at: |rate, other, main, source, day| {
        let source = match source {
            RateSource::Hand => "entered",
            RateSource::Ecb => "European Central Bank",
        };
        format!("Converted at {rate} {main} for 1 {other} ({source}, {day}).")
    },
    ecb_offer: "Once a day the reference rates of the European Central Bank can be asked for at {}, without a key. It learns which currencies are in use, and nothing else.",
    ecb_take: "Take daily rates",
    ecb_on: "The European Central Bank's reference rates are asked for once a day. When they cannot be had, the last ones stay.",
    ecb_stop: "Stop daily rates",
    set_rate: "set a rate",
};
