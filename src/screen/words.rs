//! Every phrase that people read, one constant per language: a missing phrase does not compile. What only one
//! provider needs is on its card.
//!
//! A hole `{}` is filled with markup in order; a phrase that needs figures or plurals is a function.

mod alerts;
mod english;
mod imports;
mod own;
mod plans;
mod tokens;
mod vault;

pub(super) use alerts::AlertWords;
pub(super) use english::EN;
pub(super) use imports::ImportWords;
pub(super) use own::OwnWords;
pub(super) use plans::PlanWords;
pub(super) use tokens::TokenWords;
pub(super) use vault::VaultWords;

use crate::books::bill::Unit;
use crate::books::correction::Kind;
use crate::books::figure::{Mark, Reason};
use crate::files::Question;
use crate::host::FetchError;
use crate::provider::Problem;
use crate::screen::said::Said;
use crate::text::Text;
use crate::time::{Day, Month, Timestamp};

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
    pub(super) range: fn(&str, &str) -> String,
    pub(super) range_assumes: &'static str,
    pub(super) how_it_lands: fn(&str, &str, &str, Option<&str>) -> String,
    pub(super) how_next: fn(&str, u32, Option<&str>) -> String,
    pub(super) how_range: fn(u32) -> String,
    pub(super) no_range: fn(u32, u32) -> String,
    pub(super) no_range_gathering: &'static str,
    pub(super) no_range_early: &'static str,
    pub(super) leaves_out: fn(&str) -> String,
    pub(super) pace_change: fn(u64) -> String,
    pub(super) pace_change_on: &'static str,
    pub(super) chart_title: fn(&str, &str, Option<(&str, &str)>) -> String,
    pub(super) reason: fn(Reason) -> &'static str,
    pub(super) spoken_figure: fn(Mark, &str) -> String,

    // The rows.
    pub(super) left: fn(&str) -> String,
    pub(super) pools: fn(&str, &str) -> String,
    pub(super) dry_about: fn(&str) -> String,
    pub(super) dry_between: fn(&str, Option<&str>) -> String,
    pub(super) open_windows: fn(usize) -> String,
    pub(super) second_reading: &'static str,
    pub(super) not_read_yet: &'static str,
    pub(super) read: &'static str,
    pub(super) figures_of: &'static str,
    pub(super) set_aside: fn(usize) -> String,
    pub(super) typed: &'static str,
    pub(super) typed_left: &'static str,
    pub(super) file_ends: fn(&str) -> String,
    pub(super) type_balance: &'static str,
    pub(super) type_bill: &'static str,
    pub(super) bring_newer: fn(&str) -> String,
    pub(super) bring_first: &'static str,
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
    pub(super) paste_file: &'static str,
    pub(super) choose_file: &'static str,
    pub(super) label_of_account: &'static str,
    pub(super) browser_asks: fn(&str) -> String,
    pub(super) connect: &'static str,
    pub(super) if_stolen: &'static str,
    pub(super) what_counts: &'static str,
    pub(super) how_late: &'static str,
    pub(super) proof: &'static str,
    pub(super) seen_live: fn(&str) -> String,
    pub(super) from_documents: &'static str,
    pub(super) with_key: &'static str,
    pub(super) key_risk: fn(u32, &str) -> String,
    pub(super) with_file: &'static str,
    pub(super) file_risk: &'static str,
    pub(super) by_hand: &'static str,
    pub(super) by_hand_how: &'static str,
    pub(super) by_file: &'static str,
    pub(super) by_file_how: &'static str,
    pub(super) name_of_it: &'static str,
    pub(super) tells_balance: &'static str,
    pub(super) tells_bill: &'static str,
    pub(super) first_figure: &'static str,
    pub(super) add: &'static str,
    pub(super) pin_title: &'static str,
    pub(super) pin_how: &'static str,

    // The vault.
    pub(super) vault: VaultWords,

    // Bringing an export.
    pub(super) import_title: &'static str,
    pub(super) import_how: fn(&str) -> String,
    pub(super) import_any: &'static str,
    pub(super) import_keeps: &'static str,
    pub(super) import_into: &'static str,
    pub(super) import_drop: &'static str,
    pub(super) import: &'static str,
    pub(super) point_title: &'static str,
    pub(super) point_how: fn(&str, &str) -> String,
    pub(super) point_ask: fn(&Question) -> &'static str,
    pub(super) point_keeps: &'static str,
    pub(super) point_choose: &'static str,
    pub(super) point_date: &'static str,
    pub(super) point_amount: &'static str,
    pub(super) point_currency: &'static str,
    pub(super) point_one_code: &'static str,
    pub(super) point_code: &'static str,
    pub(super) point_line: &'static str,
    pub(super) point_no_line: &'static str,
    pub(super) point_order: &'static str,
    pub(super) point_orders: [&'static str; 2],
    pub(super) point_decimals: &'static str,
    pub(super) point_unnamed: fn(usize) -> String,
    pub(super) point_read: &'static str,
    pub(super) point_drop: &'static str,
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
    pub(super) balance_title: fn(&str, Option<&str>) -> String,
    pub(super) balance_table: &'static str,
    pub(super) left_on: fn(&str, &str) -> String,
    pub(super) came_in: fn(Kind, &str) -> String,
    pub(super) came_in_short: fn(Kind) -> &'static str,
    pub(super) pace: &'static str,
    pub(super) lands: &'static str,
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
    pub(super) typed_line: fn(&str) -> String,
    pub(super) left_line: fn(&str) -> String,
    pub(super) undo: &'static str,
    pub(super) balance_now: fn(&str) -> String,
    pub(super) bill_so_far: fn(&str) -> String,
    pub(super) keep: &'static str,
    pub(super) earlier: &'static str,
    pub(super) earlier_hint: &'static str,
    pub(super) type_left: &'static str,
    pub(super) type_left_hint: &'static str,
    pub(super) remind: &'static str,
    pub(super) remind_after: &'static str,
    pub(super) granted_expires: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) expires_hint: &'static str,
    pub(super) granted_expires_on: fn(&str, &str) -> String,
    pub(super) from_granted: &'static str,
    pub(super) from_paid: &'static str,
    pub(super) expired: &'static str,
    pub(super) grant: &'static str,
    pub(super) add_key: &'static str,
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
    pub(super) keep_figures: &'static str,
    pub(super) erase_figures: &'static str,
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
    pub(super) data: &'static str,
    pub(super) data_leaves: &'static str,
    pub(super) data_kept: &'static str,
    pub(super) list_requests: fn(usize) -> String,
    pub(super) no_requests: &'static str,
    pub(super) requests_listed: fn(usize) -> String,
    pub(super) requests_of: &'static str,
    pub(super) account: &'static str,
    pub(super) host: &'static str,
    pub(super) path: &'static str,
    pub(super) status: &'static str,
    pub(super) bytes: &'static str,
    pub(super) unreached: fn(FetchError) -> &'static str,
    pub(super) said: fn(&Said) -> String,

    // Plans, budget and currencies.
    pub(super) plans: PlanWords,

    // What only an account's user knows of it.
    pub(super) own: OwnWords,

    // Files that were imported.
    pub(super) imports: ImportWords,

    // Alerts.
    pub(super) alerts: AlertWords,
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
