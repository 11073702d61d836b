//! Simulated accounts with known real spend, and the ledger's figures derived from their readings.
//!
//! ```text
//!   seed -> habits -> life: use and money, moment by moment -> answers, rounded as by a provider
//!                      |                                        |
//!                      |                                        +-> notes: what the driver stores (rule L8)
//!                      |                                        |       |
//!                      +-> truth of the month                   +-------+-> derive -> trial: booked and true spend
//! ```
//!
//! The example runs ten thousand months, and the tests run three hundred.

pub mod habits;
pub mod life;
pub mod notes;
pub mod trial;
pub mod requirements;
pub mod shares;
