//! Which readings of this month and the last a computer shares: as few as preserve every fall and rise.
//!
//! ```text
//!   read      20.00  19.90  19.80  19.70 | 27.60  27.50  27.40 | 27.40     a top-up of 8 in the second hour
//!   shared    20.00                19.70   27.60         27.40   27.40
//! ```
//!
//! It shares the first and the last reading of a UTC day, the first of an hour, each reading where a book changes direction,
//! the readings around each statement of the user, and every reading with a role other than `Follows`. Between two shared
//! readings a book only fell or only rose, so its sum stays exact.

use crate::books::correction::Correction;
use crate::books::reading::{AccountId, Balance, Counter, Observation, Pools, Reading, Role};
use crate::money::{Amount, Currency};
use crate::store::merge::by_time;
use crate::store::month_totals::MonthTotals;
use crate::store::shard::Shard;
use crate::store::state::State;
use crate::store::sync::imported::ImportedFile;
use crate::time::{Day, HOUR, Timestamp};

/// The data of one account that a computer shares in addition to its fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Checkpoints {
    readings: Vec<Observation>,
    /// The totals of its months, as they are stored.
    pub(super) totals: Option<String>,
    pub(super) files: Vec<ImportedFile>,
    /// The import times of the files that were undone.
    pub(super) undone: Vec<Timestamp>,
    pub(super) corrections: Vec<Correction>,
}

impl State {
    /// The readings of this month and the last, and the user's statements.
    pub(super) fn checkpoints(&self, id: &AccountId, now: Timestamp) -> Checkpoints {
        let Some(state) = self.accounts.get(id) else { return Checkpoints::default() };
        if state.account.source.currency().is_some() {
            // Typed figures are synced as fields.
            return Checkpoints::default();
        }
        let from = now.month().previous().span().from;
        let readings = by_time(state.shards.iter().flat_map(Shard::every_reading));
        let counts = |observed: &Observation| observed.role != Role::Aside && observed.at >= from;
        let corrections = state.account.corrections.iter().filter(|correction| correction.at >= from);
        let (files, undone) = self.imported_files(id, from);
        Checkpoints {
            totals: state.totals.as_ref().filter(|totals| !totals.is_empty()).and_then(MonthTotals::text),
            files,
            undone,
            readings: readings.into_iter().filter(counts).collect(),
            corrections: corrections.cloned().collect(),
        }
    }
}

/// The shared readings, then shorter and shorter versions of them: first the oldest day reduced to its turns, then the oldest
/// two, and so on; then without the oldest day, without the oldest two, and so on.
pub(super) fn cut(checkpoints: &Checkpoints) -> impl Iterator<Item = Vec<Observation>> {
    let Checkpoints { readings, corrections, .. } = checkpoints;
    let stated: Vec<Timestamp> = corrections.iter().map(|correction| correction.at).collect();
    let mut days: Vec<Day> = readings.iter().map(|observed| observed.at.day()).collect();
    days.dedup();
    let first = days.first().copied().unwrap_or(Day::FIRST);
    let after = |day: &Day| day.span().to.day();
    let until: Vec<Day> = [first].into_iter().chain(days.iter().map(after)).collect();
    let last = until.last().copied().unwrap_or(Day::FIRST);
    let thinned = until.clone().into_iter().map(|until| (Day::FIRST, until));
    let shortened = until.into_iter().skip(1).map(move |from| (from, last));
    thinned.chain(shortened).map(move |(from, fine_from)| select(readings, &stated, from, fine_from))
}

/// The shared readings from a day on; the days before `fine_from` without one reading an hour.
fn select(readings: &[Observation], stated: &[Timestamp], from: Day, fine_from: Day) -> Vec<Observation> {
    let mut selected: Vec<Observation> = Vec::new();
    let mut turns = Turns::default();
    for (place, observed) in readings.iter().enumerate() {
        let day = observed.at.day();
        let (before, after) =
            (place.checked_sub(1).and_then(|place| readings.get(place)), readings.get(place + 1));
        // Before the other conditions, because it must see every reading.
        let is_turn = turns.turns_at(observed, after);
        let is_edge = [before, after].iter().any(|other| other.is_none_or(|other| other.at.day() != day));
        let is_plain = |other: &Observation| other.role == Role::Follows;
        let is_other = !is_plain(observed) || after.is_some_and(|after| !is_plain(after));
        let is_between = |one: Option<&Observation>, other: Option<&Observation>| {
            let ends = one.zip(other);
            ends.is_some_and(|(one, other)| stated.iter().any(|at| one.at < *at && *at <= other.at))
        };
        let is_near_statement = is_between(before, Some(observed)) || is_between(Some(observed), after);
        let hour = |observed: &Observation| observed.at.ms() / HOUR;
        let is_new_hour = day >= fine_from && selected.last().is_none_or(|last| hour(last) != hour(observed));
        if day >= from && (is_turn || is_edge || is_other || is_near_statement || is_new_hour) {
            selected.push(observed.clone());
        }
    }
    selected
}

/// The direction in which each amount of each book last changed.
#[derive(Default)]
struct Turns(Vec<((Currency, bool, usize), bool)>);

impl Turns {
    /// Whether a book changes direction at a reading, or is missing from it or from the next one.
    fn turns_at(&mut self, observed: &Observation, after: Option<&Observation>) -> bool {
        let Some(after) = after else { return true };
        let (here, next) = (amounts(observed), amounts(after));
        let mut is_turn = here.len() != next.len();
        for (of, amount) in &here {
            let Some((_, then)) = next.iter().find(|(known, _)| known == of) else {
                is_turn = true;
                continue;
            };
            if then == amount {
                continue;
            }
            let rises = then > amount;
            match self.0.iter_mut().find(|(known, _)| known == of) {
                Some((_, known)) => is_turn |= core::mem::replace(known, rises) != rises,
                None => self.0.push((*of, rises)),
            }
        }
        is_turn
    }
}

fn amounts(observed: &Observation) -> Vec<((Currency, bool, usize), Amount)> {
    let mut amounts = Vec::new();
    for reading in &observed.readings {
        match *reading {
            Reading::Balance(Balance { currency, pools: Pools::Total(total) }) => {
                amounts.push(((currency, false, 0), total));
            }
            Reading::Balance(Balance { currency, pools: Pools::Split { granted, topped_up } }) => {
                amounts.push(((currency, false, 1), granted));
                amounts.push(((currency, false, 2), topped_up));
            }
            Reading::Counter(Counter { currency, total, this_month }) => {
                amounts.push(((currency, true, 0), total));
                amounts.extend(this_month.map(|this_month| ((currency, true, 1), this_month)));
            }
        }
    }
    amounts
}
