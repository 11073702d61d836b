//! The laboratory: an account whose real spend is known, and what the ledger makes of the readings its user would have.
//!
//! ```text
//!   seed -> habits -> life: use and money, moment by moment -> answers, as a provider rounds them
//!                      |                                        |
//!                      |                                        +-> notes: what the driver keeps (rule L8)
//!                      |                                        |       |
//!                      +-> truth of the month                   +-------+-> derive -> trial: booked against true
//! ```
//!
//! Shared by the example, which runs ten thousand months, and the tests, which run three hundred.

#![allow(dead_code, reason = "each of its users needs another part")]

pub(crate) mod chance;
pub(crate) mod habits;
pub(crate) mod life;
pub(crate) mod notes;
pub(crate) mod trial;
pub(crate) mod requirements;
pub(crate) mod shares;
