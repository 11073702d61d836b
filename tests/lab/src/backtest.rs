//! Histories whose future is known, and what the real forecast and three rules of others made of them at the time.
//!
//! ```text
//!   seed, kind -> life: spend of each day -> readings of a balance -> derive, Statement -> forecast: amount and range
//!                   |                                                                             |
//!                   +-> days up to the origin -> rivals: three rules of others ------------+      |
//!                   +-> truth: the month, and the next                                     +------+-> score
//! ```
//!
//! Shared by the example, which runs many, and the tests, which run fewer.

#![allow(
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "shares and scores of what was simulated"
)]

pub mod life;
pub mod forecast;
pub mod rivals;
pub mod score;
pub mod trace;
