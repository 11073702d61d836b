//! The phrases of plans, budget and currencies.

use crate::books::rates::RateSource;

/// See the module.
#[derive(Debug)]
pub(in crate::screen) struct PlanWords {
    pub(in crate::screen) title: &'static str,
    pub(in crate::screen) hidden: &'static str,
    pub(in crate::screen) budget: fn(&str) -> String,
    pub(in crate::screen) no_budget: &'static str,
    pub(in crate::screen) of_budget: fn(&str, &str) -> String,
    pub(in crate::screen) lands_above: &'static str,
    pub(in crate::screen) other_currency: fn(&str) -> String,
    pub(in crate::screen) limit: fn(&str, &str) -> String,
    pub(in crate::screen) take_limit: &'static str,
    pub(in crate::screen) title_budget: fn(&str, &str) -> String,
    pub(in crate::screen) plans: &'static str,
    pub(in crate::screen) why: &'static str,
    pub(in crate::screen) add: &'static str,
    pub(in crate::screen) change: &'static str,
    pub(in crate::screen) name: &'static str,
    pub(in crate::screen) price: &'static str,
    pub(in crate::screen) every: &'static str,
    pub(in crate::screen) monthly: &'static str,
    pub(in crate::screen) yearly: &'static str,
    pub(in crate::screen) day: &'static str,
    pub(in crate::screen) since: &'static str,
    pub(in crate::screen) until_day: &'static str,
    pub(in crate::screen) each_month: fn(u32) -> String,
    pub(in crate::screen) each_year: fn(&str) -> String,
    pub(in crate::screen) until: fn(&str) -> String,
    pub(in crate::screen) currencies: &'static str,
    pub(in crate::screen) why_rates: fn(&str) -> String,
    pub(in crate::screen) one_is_worth: fn(&str, &str) -> String,
    pub(in crate::screen) rate_of: fn(RateSource, &str) -> String,
    pub(in crate::screen) converted_at: fn(&str, &str, &str, RateSource, &str) -> String,
    pub(in crate::screen) ecb_offer: &'static str,
    pub(in crate::screen) ecb_take: &'static str,
    pub(in crate::screen) ecb_on: &'static str,
    pub(in crate::screen) ecb_stop: &'static str,
    pub(in crate::screen) set_rate: &'static str,
}
