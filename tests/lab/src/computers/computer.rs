//! One computer, with a browser that asks the same providers as the others.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use drawdown::host::HttpRequest;
use drawdown::provider::Answer;
use drawdown::time::{HOUR, Timestamp};
use drawdown::vault::Secret;

use crate::chance::Chance;
use crate::fake::Fake;
use crate::storm::remote::Remote;
use crate::storm::world::PASSWORD;

/// One computer.
pub(super) struct Computer {
    pub(super) host: Rc<Fake>,
    /// Its clock minus the true time, in seconds.
    pub(super) off_by: i64,
    /// When it is switched on again; it is on if that is past.
    pub(super) on_at: Timestamp,
    pub(super) password: &'static str,
    /// When it last wrote to the area, by its own clock, and the number of writes.
    pub(super) wrote: (Timestamp, usize),
}

impl Computer {
    /// Resets its clock, and the count of its writes.
    pub(super) fn set_clock_anew(&mut self, off_by: i64) {
        self.off_by = off_by;
        self.wrote.0 = Timestamp::from_ms(0);
    }
}

/// How many seconds a clock is off. A clock that is off by less than three seconds counts as right, and its readings keep their
/// times.
pub(super) fn off_by(chance: &mut Chance) -> i64 {
    let off_by = i64::try_from(chance.below(480)).expect("few") - 240;
    if chance.percent(50) || off_by.abs() < 5 { 0 } else { off_by }
}

/// A computer with a fresh browser.
pub(super) fn computer(
    seed: u64,
    began: Timestamp,
    off_by: i64,
    remotes: &Rc<RefCell<Vec<Remote>>>,
    clock: &Rc<Cell<Timestamp>>,
) -> Computer {
    let host = Rc::new(Fake::new("2026-11-01T00:00:00Z"));
    host.set_now(began);
    host.seed(seed | 1);
    let (asked, clock) = (Rc::clone(remotes), Rc::clone(clock));
    host.answers(move |request| {
        let mut remotes = asked.borrow_mut();
        let at = clock.get();
        let Some(remote) = remotes.iter_mut().find(|remote| is_of(remote, request)) else {
            return Ok(Answer::new(401, "{}"));
        };
        let answer = remote.answer(request, at, at)?;
        Ok(Answer { date: Some(http_date(at)), ..answer })
    });
    Computer { host, off_by, on_at: began, password: PASSWORD, wrote: (began, 0) }
}

fn is_of(remote: &Remote, request: &HttpRequest) -> bool {
    let host = request.url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let has_key = |(_, value): &(&str, Secret)| remote.key_in(value.expose()).is_some();
    Some(remote.card.host) == host && request.headers.iter().any(has_key)
}

/// A time in the format of the header `Date`.
fn http_date(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = |number: u64| usize::try_from(number).expect("few");
    let text = at.to_string();
    let month: u64 = text[5..7].parse().expect("a month");
    let day = DAYS[place(at.ms() / (24 * HOUR) % 7)];
    format!("{day}, {} {} {} {} GMT", &text[8..10], MONTHS[place(month - 1)], &text[..4], &text[11..19])
}
