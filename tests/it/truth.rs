//! The simulation's requirements on three hundred months. `tests/lab/src/truth/requirements.rs` explains the requirements and
//! their bounds.

use drawdown::books::ledger::{AccountHistory, Book, derive};
use drawdown::books::reading::{AccountId, DrawOrder, Observation, Role};
use drawdown::store::{Account, State};
use drawdown::time::Day;
use drawdown::vault::{DataKey, Secret};
use drawdown_lab::truth::habits::Schedule;
use drawdown_lab::truth::life::simulate;
use drawdown_lab::truth::notes::{answers, kept};
use drawdown_lab::truth::shares::{edge_error, percentile, too_little};
use drawdown_lab::truth::trial::{Outcome, run};

#[test]
fn three_hundred_months_meet_every_requirement() {
    let results: Vec<_> = (0..300).map(run).collect();
    let broken: Vec<_> = results.iter().filter_map(|result| result.as_ref().err().cloned()).collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    let outcomes: Vec<Outcome> = results.into_iter().filter_map(|result| result.unwrap()).collect();
    assert_eq!(too_little(&outcomes), None);
    assert!(outcomes.iter().all(|outcome| outcome.billed_error == 0));
    assert!(outcomes.iter().all(|outcome| outcome.is_misdated || !outcome.is_misplaced));
    // The only false spend without a question: a refund, and a smaller top-up before the next reading.
    let unasked: usize = outcomes.iter().map(|outcome| outcome.unasked).sum();
    assert!(unasked * 50 <= outcomes.len(), "{unasked} hidden refunds");
    // The driver's alarm reads at midnight of the first, so a browser that is always on loses almost nothing at the edge.
    let always = outcomes.iter().filter(|outcome| outcome.schedule == Schedule::Always);
    let edge = percentile(always.filter_map(edge_error).collect(), 50);
    assert!(edge.is_some_and(|hundredths| hundredths <= 10), "{edge:?}");
    // Each of these cases must occur: without it, a requirement would check nothing.
    let has = |what: &str, is_so: fn(&Outcome) -> bool| {
        let months = outcomes.iter().filter(|outcome| is_so(outcome)).count();
        assert!(months >= 3, "only {months} months {what}");
    };
    has("have a top-up that no rise shows", |outcome| outcome.has_hidden_top_up);
    has("have money that expired or was refunded", |outcome| outcome.has_out);
    has("have readings set aside", |outcome| outcome.set_aside > 0);
    has("are without a top-up, expiry or refund", |outcome| !outcome.has_top_up && !outcome.has_out);
    has("have no window across an edge", |outcome| !outcome.is_spread);
    has("are misled by the order of currencies", |outcome| outcome.naive[0] > 2 * outcome.truth);
}

/// The simulation keeps every answer, the driver one reading per change: every day has the same figures, and every question is
/// asked.
#[test]
fn the_simulation_matches_the_real_driver() {
    let (mut aside, mut refused) = (0, 0);
    for seed in 0..60 {
        let life = simulate(seed);
        let all = answers(&life, seed);
        let mut state = State::default();
        let id = AccountId("lab".to_owned());
        state.accounts.push(connected(&id));
        for note in &all {
            state.observe(&id, note.observed.clone());
        }
        let account = state.account(&id).unwrap();
        let real = AccountHistory { bills: Vec::new(), ..state.history(account) };
        let count = all.len();
        let notes = kept(all);
        refused += count - notes.iter().filter(|note| note.observed.role != Role::Aside).count();
        let lab: Vec<&Observation> = notes.iter().map(|note| &note.observed).collect();
        let lab = derive(&AccountHistory::from_readings(lab, DrawOrder::GrantedFirst), life.end());
        let real = derive(&real, life.end());
        assert_eq!(real.books.len(), lab.books.len(), "seed {seed}");
        for (real, lab) in real.books.iter().zip(&lab.books) {
            assert_eq!((real.span(), real.left), (lab.span(), lab.left), "seed {seed}");
            assert!(real.asking().eq(lab.asking()), "seed {seed}");
            for day in lab.span().days().map(Day::span) {
                let figures =
                    |book: &Book| (book.spend(day), book.money_in(day), book.observed(day, |_| true));
                assert_eq!(figures(real), figures(lab), "seed {seed}, {:?}", day.from);
            }
        }
        aside += usize::from(lab.set_aside > 0);
    }
    assert!(aside >= 3 && refused > 0, "{aside} with readings set aside, {refused} refused");
}

fn connected(id: &AccountId) -> Account {
    let mut random = |bytes: &mut [u8]| bytes.fill(7);
    let key = DataKey::make(&mut random);
    let credential = key.seal(&Secret::new("dummy"), &id.0, "deepseek", &mut random);
    Account::new(id.clone(), "deepseek", String::new(), credential)
}
