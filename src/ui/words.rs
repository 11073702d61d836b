//! The phrases that several features share, one file a language.

mod chinese;
mod english;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::{Mark, Reason};
use crate::books::rates::RateSource;
use crate::books::tokens::Advice;
use crate::provider::{Card, Problem};
use crate::text::Language;
use crate::time::{Day, Month};
use crate::ui::words::chinese::CHINESE;
use crate::ui::words::english::ENGLISH;

/// The phrases of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) month: fn(Month) -> &'static str,
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
    /// When a balance runs out, with the range of that.
    pub(crate) dry_between: fn(&str, &str) -> String,
    pub(crate) at_the_earliest: fn(&str) -> String,
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
    pub(crate) by_model: &'static str,
    pub(crate) model: &'static str,
    pub(crate) not_split: &'static str,
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
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}
