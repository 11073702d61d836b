//! Simulated histories with a known future, and the forecasts for them: Drawdown's and those of three simple rules.
//!
//! ```text
//!   seed, kind -> life: spend of each day -> readings of a balance -> derive, Statement -> forecast: amount and range
//!                   |                                                                             |
//!                   +-> days up to the origin -> rivals: three simple rules    ------------+      |
//!                   +-> truth: the month, and the next                                     +------+-> score
//! ```
//!
//! The example runs many, and the tests run fewer.

#![allow(clippy::float_arithmetic, clippy::as_conversions, reason = "shares and scores of simulations")]

pub mod life;
pub mod forecast;
pub mod rivals;
pub mod score;
pub mod previous;
pub mod real;
pub mod traces;
