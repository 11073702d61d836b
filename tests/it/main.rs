//! All native tests, in one binary. Each checks a rule at the outermost boundary that is fast: a provider by its
//! fixtures, the ledger by its properties, the worker by stories on a fake Host.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod fake;
mod billed;
mod bills;
mod corrections;
mod deaths;
mod driver;
mod forecast;
mod history;
mod import;
#[path = "../../examples/truth/lab/mod.rs"]
mod lab;
mod ledger;
mod make;
mod money;
mod plan;
mod providers;
mod replays;
#[path = "../../examples/replay/report.rs"]
mod report;
#[path = "../../examples/replay/scenario.rs"]
mod scenario;
mod stories;
mod spending;
mod story;
mod tidy;
mod tokens;
mod topups;
mod truth;
mod twins;
mod vault;
