//! The features, one folder each: its commands, its forms, its view and its words.
//!
//! A feature is complete in its folder, and no feature imports another: [`crate::route`] has a line for each command, and
//! [`crate::pages`] put the views together. A new switch takes one folder with its `pub mod` below, a line in `route`, a
//! line in each page that shows it, and a line in the table of `tests/it/interruptions.rs`, which interrupts every command.
//!
//! ```text
//!   NAME.rs           the commands: parse the form once, change the state, return the outcome
//!   NAME/view.rs      the forms, and the sections of pages
//!   NAME/words.rs     every phrase: a missing one does not compile
//!   NAME/setting.rs   its setting, as a `Setting` with a value that the store does not interpret (see rates/setting.rs);
//!                     a setting that a rule of the books reads is a field of the store's own
//! ```

pub mod accounts;
pub mod alerts;
pub mod appearance;
pub mod backup;
pub mod budget;
pub mod clients;
pub mod corrections;
pub mod credits;
pub mod diagnostics;
pub mod estimate;
pub mod export;
pub mod forecast_record;
pub mod imports;
pub mod invoices;
pub mod keys;
pub mod manual;
pub mod peak_hours;
pub mod privacy;
pub mod rates;
pub mod reloads;
pub mod removal;
pub mod requests;
pub mod sample;
pub mod settings;
pub mod snooze;
pub mod statement;
pub mod storage_loss;
pub mod subscriptions;
pub mod sync;
pub mod untracked;
pub mod vault;
pub mod whats_new;

/// The names of the settings that belong to this browser. No backup holds them.
pub(crate) fn device_settings() -> Vec<&'static str> {
    vault::device_settings()
        .into_iter()
        .chain([whats_new::device_setting()])
        .chain(sync::device_settings())
        .collect()
}
