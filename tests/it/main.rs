//! All native tests, in one binary. Each checks a rule at the outermost boundary that is fast: a provider by its
//! fixtures, the ledger by its properties, the worker by stories on a fake Host.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod alerts;
mod backtest;
mod balance;
mod files;
mod billed;
mod bills;
mod corrections;
mod deaths;
mod dependencies;
mod driver;
mod forecast;
mod google;
mod history;
mod import;
mod interruptions;
mod keyless;
mod ledger;
mod lasting;
mod limits;
mod make;
mod money;
mod own;
mod overlaps;
mod pages;
mod plan;
mod pointing;
mod providers;
mod races;
mod ranges;
mod replays;
mod requests;
mod rules;
mod stories;
mod spending;
mod story;
mod submissions;
mod tidy;
mod tokens;
mod topups;
mod truth;
mod twins;
mod vault;
mod versions;
mod whole_days;
