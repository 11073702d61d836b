//! Storms: a browser in which everything happens at once, driven by one seed and checked after every step.
//!
//! ```text
//!   seed -> plan: steps -> world: browser, providers, user -> checks after each step -> tally
//!                              |                                  |
//!                              +-- the truth: the real spend ---------+--> failure -> reduce -> a case to commit
//! ```
//!
//! The same seed gives the same log on every machine. A case is a storm as JSON: its steps keep their meaning if others are
//! dropped, so a failing storm can be reduced to the few that matter.

pub mod cards;
pub mod remote;
pub mod step;
pub mod world;
pub mod plan;
pub mod truth;
pub mod stored;
pub mod figures;
pub mod secrets;
pub mod checks;
pub mod reduce;

use std::fmt::Write;

use crate::storm::checks::Checks;
use crate::storm::plan::Storm;
use crate::storm::step::{Act, Fault};
use crate::storm::world::World;

/// The events of one or many storms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of steps that had an effect.
    pub steps: usize,
    /// How many times the worker was killed.
    pub deaths: usize,
    /// The number of faults in the browser or in a provider's answers.
    pub faults: usize,
    /// The number of requests sent.
    pub requests: usize,
    /// The number of figures compared with an exact truth, and with a bound.
    pub figures: [usize; 2],
}

impl Tally {
    /// Adds the tally of another storm.
    pub fn add(&mut self, other: Tally) {
        self.steps += other.steps;
        self.deaths += other.deaths;
        self.faults += other.faults;
        self.requests += other.requests;
        self.figures = [self.figures[0] + other.figures[0], self.figures[1] + other.figures[1]];
    }
}

/// A step after which a check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its index.
    pub step: usize,
    pub why: String,
}

/// Runs a storm. Each step is added to the log.
pub fn run(storm: &Storm, log: &mut String) -> Result<Tally, Failure> {
    let mut world = World::new(storm.seed, &storm.began, storm.is_sealed);
    let (mut checks, mut tally) = (Checks::new(), Tally::default());
    for (place, step) in storm.steps.iter().enumerate() {
        checks.before(&world, step);
        let Some(done) = world.step(step) else { continue };
        tally.steps += 1;
        tally.deaths += usize::from(done.is_dead);
        tally.faults += usize::from(is_fault(&step.act));
        tally.requests += world.host.sent.borrow().len();
        let outcome = if done.is_dead { "killed" } else { "" };
        let replies: Vec<String> =
            done.replies.iter().map(|(command, reply)| format!("{command} {}", reply.ok)).collect();
        let _ = write!(log, "{place} {} {step} {outcome} {}", world.host.time(), replies.join(" "));
        match checks.after(&world, step, &done) {
            Ok(figures) => {
                let _ = writeln!(log, " | {}", figures.join(", "));
            }
            Err(why) => {
                let _ = writeln!(log, "\nFAILED: {why}");
                return Err(Failure { step: place, why });
            }
        }
    }
    tally.figures = checks.figures;
    Ok(tally)
}

fn is_fault(act: &Act) -> bool {
    match act {
        Act::Fault { fault, .. } => *fault != Fault::None,
        Act::Clock { seconds } => *seconds != 0,
        Act::Full { is_full } => *is_full,
        Act::Withheld { is_withheld } => *is_withheld,
        Act::CloseBrowser | Act::LoseSession | Act::Damage { .. } => true,
        Act::Call(_) | Act::Spend { .. } | Act::TopUp { .. } | Act::Restate { .. } | Act::Unlock => false,
    }
}
