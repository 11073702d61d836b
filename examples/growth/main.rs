//! Measures how the work of an event grows with the number of accounts.
//!
//! ```text
//! cargo run --release --example growth
//! ```
//!
//! Prints, for 1 to 100 accounts of balances and of bills, what a refresh, the popup's `show`, the start of a worker
//! and an alarm with nothing due take: how often the figures of an account are derived, how often stored values are
//! loaded, the bytes read and written, and the time. Each balance has 28 days of readings, 15 minutes apart; each bill
//! has two months of days. The rows `100 : 20` give the ratio of 100 accounts to 20. Fails if a refresh of 20 accounts
//! takes more than 60 derivations, or writes 10 KB without a change; if an alarm with nothing due writes anything; and
//! if 100 accounts take more than 6 times of anything that 20 take.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a command line tool, and its figures are no money"
)]

mod accounts;

use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use drawdown::app::App;
use drawdown::route::{Event, app, handle_event, handle_form};
use drawdown::ui::Form;
use drawdown_lab::fake::Fake;

use crate::accounts::{Kind, build, pass};

const COUNTS: [u64; 5] = [1, 5, 20, 50, 100];
/// The most that 100 accounts may take of what 20 take.
const MOST_GROWTH: f64 = 6.0;
/// The most derivations of a refresh of 20 accounts.
const MOST_DERIVED: usize = 60;
/// The most bytes that a refresh of 20 accounts writes if no answer changed.
const MOST_WRITTEN: usize = 10_000;

/// A tenth of the milliseconds that a refresh of 20 balances took when each answer was committed by itself.
const TENTH: f64 = 109.0;

/// How often each event is run.
const RUNS: usize = 25;

/// What one event took.
#[derive(Clone, Copy)]
struct Work {
    derived: usize,
    loads: usize,
    read: usize,
    written: usize,
    ms: f64,
}

/// Runs one event several times from the same state, and measures it. The shortest time counts: a longer one
/// was interrupted by other programs.
fn measure(host: &Fake, event: &impl AsyncFn(&App<'_, Fake>)) -> Work {
    let loads = || host.read.borrow().iter().filter(|key| *key == "meta").count();
    let [stored, session] = [&host.stored, &host.session].map(|values| values.borrow().clone());
    let spare = host.spare.borrow().clone();
    let mut works = Vec::new();
    for _ in 0..RUNS {
        host.stored.borrow_mut().clone_from(&stored);
        host.session.borrow_mut().clone_from(&session);
        host.spare.borrow_mut().clone_from(&spare);
        // Like a worker that has just started.
        *host.memory.borrow_mut() = Rc::default();
        let (before, [read, written]) = (loads(), host.bytes.get());
        let app = app(host);
        let begun = Instant::now();
        host.run(event(&app));
        let ms = begun.elapsed().as_secs_f64() * 1_000.0;
        let [now_read, now_written] = host.bytes.get();
        works.push(Work {
            derived: app.derived(),
            loads: loads() - before,
            read: now_read - read,
            written: now_written - written,
            ms,
        });
    }
    let shortest = works.iter().map(|work| work.ms).fold(f64::INFINITY, f64::min);
    Work { ms: shortest, ..*works.last().expect("it ran") }
}

fn main() -> ExitCode {
    let mut is_good = true;
    println!(
        "{:10} {:>8} {:24} {:>8} {:>6} {:>10} {:>10} {:>9}",
        "accounts", "", "event", "derived", "loads", "read", "written", "ms"
    );
    for kind in [Kind::Balances, Kind::Bills] {
        let mut of_twenty: Vec<(&str, Work)> = Vec::new();
        for count in COUNTS {
            let host = build(kind, count);
            let mut works = Vec::new();
            works.push(("start", measure(&host, &async |app| handle_event(app, Event::Start).await)));
            // Bills are due after 30 minutes.
            pass(&host, 31);
            works.push(("refresh that changes all", measure_alarm(&host)));
            works.push(("alarm with nothing due", measure_alarm(&host)));
            pass(&host, 0);
            let show = async |app: &App<'_, Fake>| {
                drop(handle_form(app, Some(Form::new("show", &[("page", "popup")]))).await);
            };
            works.push(("show", measure(&host, &show)));
            accounts::rest(&host);
            // A month without use: there is no pace any more, and no figure moves with the time.
            for _ in 0..30 {
                pass(&host, 24 * 60);
                let app = app(&host);
                host.run(handle_event(&app, Event::Alarm));
            }
            pass(&host, 31);
            works.push(("refresh without change", measure_alarm(&host)));
            for (name, work) in &works {
                let Work { derived, loads, read, written, ms } = work;
                println!(
                    "{count:10} {kind:>8} {name:24} {derived:>8} {loads:>6} {read:>10} {written:>10} {ms:>9.1}"
                );
            }
            let of = |name: &str| works.iter().find(|(known, _)| *known == name).expect("it was measured").1;
            is_good &= of("alarm with nothing due").written == 0;
            if count == 20 {
                is_good &= of("refresh that changes all").derived <= MOST_DERIVED;
                is_good &= of("refresh without change").written < MOST_WRITTEN;
                if kind == Kind::Balances {
                    let ms = of("refresh that changes all").ms;
                    println!(
                        "a refresh of 20 balances: {ms:.1} ms, and a tenth of what it once took: {TENTH} ms"
                    );
                    is_good &= ms <= TENTH;
                }
                of_twenty.clone_from(&works);
            }
            if count == 100 {
                for (name, work) in &works {
                    let before =
                        of_twenty.iter().find(|(known, _)| known == name).expect("it was measured").1;
                    let ratio = |now: usize, then: usize| {
                        let [now, then] =
                            [now, then.max(1)].map(|number| f64::from(u32::try_from(number).expect("small")));
                        now / then
                    };
                    let ratios = [
                        ratio(work.derived, before.derived),
                        ratio(work.read, before.read),
                        ratio(work.written, before.written),
                        work.ms / before.ms,
                    ];
                    println!(
                        "{:>10} {kind:>8} {name:24} {:>8.1} {:>6} {:>10.1} {:>10.1} {:>9.1}",
                        "100 : 20", ratios[0], "", ratios[1], ratios[2], ratios[3]
                    );
                    is_good &= ratios.iter().all(|ratio| *ratio <= MOST_GROWTH);
                }
            }
        }
    }
    println!("{}", if is_good { "all within the limits" } else { "over a limit" });
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure_alarm(host: &Fake) -> Work {
    measure(host, &async |app| handle_event(app, Event::Alarm).await)
}
