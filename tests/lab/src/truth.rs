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

pub mod habits;
pub mod life;
pub mod notes;
pub mod trial;
pub mod requirements;
pub mod shares;
