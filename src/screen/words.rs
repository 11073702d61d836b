//! Every phrase that people read, one constant per language: a missing phrase does not compile. What only one
//! provider needs is on its card.
//!
//! A hole `{}` is filled with markup in order; a phrase that needs figures or plurals is a function.

mod english;
mod plans;
mod tokens;

pub(super) use english::EN;
pub(super) use plans::PlanWords;
pub(super) use tokens::TokenWords;

use crate::bill::Unit;
use crate::correction::Kind;
use crate::figure::{Mark, Reason};
use crate::period::{Day, Month, Timestamp};
use crate::provider::{Problem, Text};
use crate::screen::said::Said;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) pick: fn(&Text) -> &'static str,
    pub(super) month: fn(Month) -> &'static str,
    pub(super) date: fn(Day) -> String,
    pub(super) date_with_year: fn(Day) -> String,

    // The head of a page.
    pub(super) days_left: fn(u32) -> String,
    pub(super) utc_month: &'static str,
    pub(super) hide_amounts: &'static str,
    pub(super) show_amounts: &'static str,
    pub(super) lock: &'static str,
    pub(super) dashboard: &'static str,

    // The figures.
    pub(super) a_day: &'static str,
    pub(super) up_to_date: fn(usize, usize) -> String,
    pub(super) plans_in: fn(&str) -> String,
    pub(super) beside: &'static str,
    pub(super) since: &'static str,
    pub(super) lands_at: fn(&str) -> String,
    pub(super) at_this_pace: fn(&str) -> String,
    pub(super) gathering: &'static str,
    pub(super) early: &'static str,
    pub(super) from_days: fn(u64) -> String,
    pub(super) from_a_week: &'static str,
    pub(super) chart_title: fn(&str, &str) -> String,
    pub(super) reason: fn(Reason) -> &'static str,
    pub(super) spoken_figure: fn(Mark, &str) -> String,

    // The rows.
    pub(super) left: fn(&str) -> String,
    pub(super) pools: fn(&str, &str) -> String,
    pub(super) dry_about: fn(&str) -> String,
    pub(super) open_windows: fn(usize) -> String,
    pub(super) second_reading: &'static str,
    pub(super) not_read_yet: &'static str,
    pub(super) read: &'static str,
    pub(super) figures_of: &'static str,
    pub(super) twin: fn(&str) -> String,
    pub(super) twin_text: fn(&str) -> String,
    pub(super) paused: &'static str,
    pub(super) removed: &'static str,
    pub(super) paste_again: &'static str,
    pub(super) cut_short: &'static str,
    pub(super) problem: fn(&Problem) -> String,
    pub(super) what_to_do: fn(&Problem) -> &'static str,

    // The foot.
    pub(super) refresh: &'static str,
    pub(super) refreshing: fn(usize, usize) -> String,
    pub(super) updated: &'static str,
    pub(super) next: &'static str,
    pub(super) locked: &'static str,

    // First run and connecting.
    pub(super) welcome: &'static str,
    pub(super) welcome_text: &'static str,
    pub(super) what_leaves: &'static str,
    pub(super) connect_first: &'static str,
    pub(super) connect_title: &'static str,
    pub(super) unlock_to_connect: &'static str,
    pub(super) make_key: &'static str,
    pub(super) paste_key: fn(&str) -> String,
    pub(super) label_of_account: &'static str,
    pub(super) browser_asks: fn(&str) -> String,
    pub(super) connect: &'static str,
    pub(super) if_stolen: &'static str,
    pub(super) what_counts: &'static str,
    pub(super) how_late: &'static str,
    pub(super) proof: &'static str,
    pub(super) seen_live: fn(&str) -> String,
    pub(super) from_documents: &'static str,
    pub(super) pin_title: &'static str,
    pub(super) pin_how: &'static str,

    // The vault.
    pub(super) seal_title: &'static str,
    pub(super) seal_why: &'static str,
    pub(super) seal_lost: &'static str,
    pub(super) password_advice: &'static str,
    pub(super) seal: &'static str,
    pub(super) suggest: &'static str,
    pub(super) new_password: &'static str,
    pub(super) again: &'static str,
    pub(super) unsealed: &'static str,
    pub(super) lost: &'static str,
    pub(super) unlock_label: &'static str,
    pub(super) unlock: &'static str,
    pub(super) locked_why: &'static str,
    pub(super) change_password: &'static str,
    pub(super) current_password: &'static str,
    pub(super) change: &'static str,
    pub(super) forgot_password: &'static str,
    pub(super) forgot_text: &'static str,
    pub(super) forgot_summary: &'static str,
    pub(super) give_up_vault: &'static str,

    // Bringing an export.
    pub(super) import_title: &'static str,
    pub(super) import_how: &'static str,
    pub(super) import_keeps: &'static str,
    pub(super) import_into: &'static str,
    pub(super) import_drop: &'static str,
    pub(super) import: &'static str,
    pub(super) by_model: &'static str,
    pub(super) model: &'static str,
    pub(super) by_account: &'static str,
    pub(super) not_split: &'static str,
    pub(super) only_balance: &'static str,
    pub(super) only_total: &'static str,
    pub(super) unit: fn(Unit) -> &'static str,

    // The dashboard.
    pub(super) days_table: &'static str,
    pub(super) day: &'static str,
    pub(super) spent: &'static str,
    pub(super) accounts: &'static str,
    pub(super) this_month: &'static str,
    pub(super) balance: &'static str,
    pub(super) pace: &'static str,
    pub(super) next_month: &'static str,
    pub(super) money_in: &'static str,
    pub(super) tracked: &'static str,
    pub(super) rose_between: &'static str,
    pub(super) granted_between: &'static str,
    pub(super) gone_between: fn(Kind) -> &'static str,
    pub(super) top_up_then: fn(&str, &str) -> String,
    pub(super) gift_of: fn(&str) -> String,
    pub(super) all_spent: &'static str,
    pub(super) all_gone: fn(Kind) -> &'static str,
    pub(super) another_amount: &'static str,
    pub(super) amount_of: fn(Kind, &str) -> String,
    pub(super) confirm: &'static str,
    pub(super) something_to_ask: &'static str,
    pub(super) more: &'static str,
    pub(super) habit: &'static str,
    pub(super) i_topped_up: &'static str,
    pub(super) what_happened: &'static str,
    pub(super) kind: fn(Kind) -> &'static str,
    pub(super) in_currency: &'static str,
    pub(super) amount: &'static str,
    pub(super) when: &'static str,
    pub(super) when_hint: &'static str,
    pub(super) state_it: &'static str,
    pub(super) stated: fn(usize) -> String,
    pub(super) stated_line: fn(Kind, &str) -> String,
    pub(super) undo: &'static str,
    pub(super) granted_expires: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) expires_hint: &'static str,
    pub(super) granted_expires_on: fn(&str, &str) -> String,
    pub(super) from_granted: &'static str,
    pub(super) from_paid: &'static str,
    pub(super) expired: &'static str,
    pub(super) grant: &'static str,
    pub(super) replace_key: &'static str,
    pub(super) new_key: &'static str,
    pub(super) try_key: &'static str,
    pub(super) replacement_told: fn(&str) -> String,
    pub(super) same_account: &'static str,
    pub(super) other_account: &'static str,
    pub(super) take_key: &'static str,
    pub(super) drop_key: &'static str,
    pub(super) rename: &'static str,
    pub(super) pause: &'static str,
    pub(super) resume: &'static str,
    pub(super) remove: &'static str,
    pub(super) keep_history: &'static str,
    pub(super) erase_history: &'static str,
    pub(super) remove_account: fn(&str) -> String,
    pub(super) removed_text: &'static str,
    pub(super) settings: &'static str,
    pub(super) period: &'static str,
    pub(super) period_usual: &'static str,
    pub(super) currency: &'static str,
    pub(super) currency_usual: &'static str,
    pub(super) lock_after: &'static str,
    pub(super) lock_never: &'static str,
    pub(super) lock_with_computer: &'static str,
    pub(super) save: &'static str,
    pub(super) said: fn(&Said) -> String,

    // Plans, budget and currencies.
    pub(super) plans: PlanWords,

    // Tokens, and what something would cost.
    pub(super) tokens: TokenWords,

    // The tooltip.
    pub(super) title_empty: &'static str,
    pub(super) title_total: fn(&str, &str) -> String,
    pub(super) title_beside: fn(&str) -> String,
    pub(super) title_forecast: fn(&str, &str, &str) -> String,
    pub(super) title_locked: &'static str,
    pub(super) title_read_at: fn(Timestamp) -> String,
}
