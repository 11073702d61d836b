//! A provider whose pages take longer than a worker may run: each attempt continues after the last stored page, and the figure
//! equals that of an uninterrupted read.

use std::cell::RefCell;
use std::rc::Rc;

use drawdown::app::statement;
use drawdown::host::{FetchError, HttpRequest};
use drawdown::money::Amount;
use drawdown::provider::Answer;
use drawdown::route::{Event, on_event};
use drawdown::time::{DAY, MINUTE, Timestamp};
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;
use drawdown_lab::replay::look;
use serde_json::json;

use crate::builders::{amount, at};
use crate::rest::Rest;
use crate::story::{PASSWORD, message, text_of};

const KEY: &str = "sk-ant-admin01-0123456789abcdef";
const OTHER_KEY: &str = "sk-ant-admin01-fedcba9876543210";
const PAGES: u64 = 5;
const BEGUN: &str = "2026-11-22T10:00:00Z";
/// The total of 22 days from 1 November, five days per page and a dollar a day.
const TRUTH: &str = "22";

/// How the provider answers, and the pages that were requested, in order.
struct Slow {
    asked: Vec<u64>,
    /// The cost of a day.
    cents: u64,
    /// The answer to every page but the first, if it is not the page.
    instead: Option<Result<u16, FetchError>>,
}

struct Browser {
    host: Rc<Fake>,
    slow: Rc<RefCell<Slow>>,
}

/// Answers like Anthropic for an organization without analytics: a report in pages.
fn answer(slow: &mut Slow, request: &HttpRequest) -> Result<Answer, FetchError> {
    let reply = |status, body: String| Ok(Answer::new(status, body));
    let names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
    if request.url.contains("/analytics/") {
        return reply(403, String::new());
    }
    assert!(!names.contains(&"anthropic-beta"), "a page is asked for as it was without an interruption");
    let page = request.url.split_once("&page=").map_or(0, |(_, page)| page.parse().unwrap());
    slow.asked.push(page);
    match slow.instead {
        Some(Ok(status)) if page > 0 => return reply(status, String::new()),
        Some(Err(unreached)) if page > 0 => return Err(unreached),
        _ => {}
    }
    let first = at("2026-11-01T00:00:00Z");
    let day = |place: u64| first.plus(place * DAY).to_string();
    let buckets = (page * 5..(page + 1) * 5).filter(|place| *place < 22).map(|place| {
        let cost = json!({"currency": "USD", "amount": slow.cents.to_string(), "description": "tokens"});
        json!({"starting_at": day(place), "ending_at": day(place + 1), "results": [cost]})
    });
    let buckets: Vec<_> = buckets.collect();
    let next = (page + 1 < PAGES).then(|| (page + 1).to_string());
    reply(200, json!({"data": buckets, "has_more": next.is_some(), "next_page": next}).to_string())
}

impl Browser {
    /// A browser with one account, connected while a day cost nothing.
    fn begin() -> Browser {
        let slow = Rc::new(RefCell::new(Slow { asked: Vec::new(), cents: 0, instead: None }));
        let host = Rc::new(Fake::new("2026-11-22T09:00:00Z"));
        let answering = Rc::clone(&slow);
        host.answers(move |request| answer(&mut answering.borrow_mut(), request));
        let browser = Browser { host, slow };
        browser.host.run(on_event(&*browser.host, Event::Start));
        let connected = browser.send("connect", &[("provider", "anthropic"), ("key", KEY)]);
        assert!(connected.contains("Connected."), "{connected}");
        browser.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
        browser.slow.borrow_mut().cents = 100;
        browser.host.set_clock(BEGUN);
        browser.requested_pages();
        browser
    }

    fn send(&self, command: &str, fields: &[(&str, &str)]) -> String {
        text_of(&self.host.run(on_message(&*self.host, &message("dashboard", command, fields))).html)
    }

    /// The pages that were requested since the last call.
    fn requested_pages(&self) -> Vec<u64> {
        std::mem::take(&mut self.slow.borrow_mut().asked)
    }

    fn spend(&self) -> Option<Amount> {
        look(&self.host, statement).total.spend.amount
    }

    fn id(&self) -> String {
        self.host.accounts()[0]["id"].as_str().unwrap().to_owned()
    }

    fn kept(&self) -> Option<String> {
        let session = self.host.session.borrow();
        session.iter().find(|(name, _)| name.starts_with("pages-")).map(|(_, text)| text.clone())
    }

    /// An alarm whose worker is killed after this number of further requested pages, then a restart.
    fn alarm_until(&self, pages: usize) {
        let host = &*self.host;
        let rest = Rest::of(host);
        let before = self.slow.borrow().asked.len();
        // The last await before the next page would be requested.
        let dies_at = (1..)
            .find(|dies_at| {
                rest.restore(host);
                self.slow.borrow_mut().asked.truncate(before);
                let is_over = host.run_dying(on_event(host, Event::Alarm), *dies_at).is_some();
                is_over || self.slow.borrow().asked.len() > before + pages
            })
            .unwrap();
        rest.restore(host);
        self.slow.borrow_mut().asked.truncate(before);
        assert!(host.run_dying(on_event(host, Event::Alarm), dies_at - 1).is_none(), "it is stopped");
        host.run(on_event(host, Event::Start));
    }

    fn alarm(&self) {
        self.host.run(on_event(&*self.host, Event::Alarm));
    }

    /// Advances the clock by this number of minutes.
    fn wait(&self, minutes: u64) -> Timestamp {
        let now = drawdown::host::Host::now(&*self.host).plus(minutes * MINUTE);
        self.host.set_now(now);
        now
    }
}

#[test]
fn a_worker_killed_after_each_page_still_reads_the_whole_account() {
    for pages in 1..4 {
        let browser = Browser::begin();
        let mut attempts = 0;
        while browser.slow.borrow().asked.len() + pages < 5 {
            browser.alarm_until(pages);
            browser.wait(1);
            attempts += 1;
            assert_eq!(browser.spend(), Some(Amount::ZERO), "nothing counts before all pages are read");
            assert!(attempts < 10, "it gets on");
        }
        browser.alarm();
        assert_eq!(
            browser.requested_pages(),
            [0, 1, 2, 3, 4],
            "each page is asked for once, {pages} at a time"
        );
        assert_eq!(browser.spend(), Some(amount(TRUTH)));
        assert_eq!(browser.kept(), None);
    }
}

#[test]
fn a_kill_at_any_await_loses_nothing_and_counts_nothing_twice() {
    let browser = Browser::begin();
    let (host, rest) = (&*browser.host, Rest::of(&browser.host));
    for dies_at in 1.. {
        rest.restore(host);
        host.set_clock(BEGUN);
        browser.requested_pages();
        if host.run_dying(on_event(host, Event::Alarm), dies_at).is_some() {
            assert!(dies_at > 50, "a read of five pages has many awaits");
            break;
        }
        assert!([Some(Amount::ZERO), Some(amount(TRUTH))].contains(&browser.spend()), "await {dies_at}");
        host.run(on_event(host, Event::Start));
        browser.wait(30);
        browser.alarm();
        assert_eq!(browser.spend(), Some(amount(TRUTH)), "await {dies_at}");
        let asked = browser.requested_pages();
        // A page in flight is requested again; a committed account is read again when it is due.
        let first_again = asked.iter().skip(1).position(|page| *page == 0).map(|place| place + 1);
        let is_anew = first_again.is_some_and(|place| asked[..place] == [0] || asked[..place].len() == 5);
        let mut once = asked.clone();
        once.dedup();
        assert!(is_anew || once == [0, 1, 2, 3, 4], "await {dies_at}: {asked:?}");
    }
}

#[test]
fn a_cut_off_read_is_followed_up_within_a_minute_and_one_without_a_page_is_not() {
    let browser = Browser::begin();
    browser.alarm_until(2);
    browser.wait(1);
    browser.alarm_until(1);
    assert_eq!(browser.requested_pages(), [0, 1, 2]);
    // Killed before any page: the account waits for its interval and does not restart.
    browser.wait(1);
    browser.alarm_until(0);
    browser.wait(1);
    browser.alarm();
    assert_eq!(browser.requested_pages(), [0_u64; 0]);
    browser.wait(30);
    browser.alarm();
    assert_eq!(browser.requested_pages(), [3, 4]);
    assert_eq!(browser.spend(), Some(amount(TRUTH)));
}

#[test]
fn a_slow_read_sets_the_alarm_before_the_worker_is_killed() {
    let browser = Browser::begin();
    let (host, slow) = (Rc::downgrade(&browser.host), Rc::clone(&browser.slow));
    browser.host.answers(move |request| {
        // Every answer takes eight seconds.
        let host = host.upgrade().unwrap();
        host.set_now(drawdown::host::Host::now(&*host).plus(8_000));
        answer(&mut slow.borrow_mut(), request)
    });
    browser.alarm_until(2);
    let rings = browser.host.alarm.get().expect("an alarm");
    let now = drawdown::host::Host::now(&*browser.host);
    assert!(rings.at <= now.plus(MINUTE), "{} is not soon after {now}", rings.at);
}

#[test]
fn pages_of_different_hours_are_put_together_only_if_the_provider_asked_to_wait() {
    for (instead, asked) in [(None, &[0, 1, 0, 1, 2, 3, 4][..]), (Some(Ok(429)), &[0, 1, 2, 2, 3, 4])] {
        let browser = Browser::begin();
        browser.alarm_until(2);
        if instead.is_some() {
            browser.wait(1);
            browser.slow.borrow_mut().instead = instead;
            browser.alarm();
            browser.slow.borrow_mut().instead = None;
        }
        browser.wait(61);
        browser.alarm();
        assert_eq!(browser.requested_pages(), asked);
        assert_eq!(browser.spend(), Some(amount(TRUTH)));
    }
}

#[test]
fn a_read_that_could_not_be_saved_starts_again() {
    let browser = Browser::begin();
    browser.host.is_full.set(true);
    browser.alarm();
    assert_eq!((browser.requested_pages(), browser.kept()), (vec![0, 1, 2, 3, 4], None));
    browser.host.is_full.set(false);
    browser.wait(31);
    browser.alarm();
    assert_eq!(browser.requested_pages(), [0, 1, 2, 3, 4]);
    assert_eq!(browser.spend(), Some(amount(TRUTH)));
}

#[test]
fn a_network_failure_loses_no_page() {
    for instead in [Err(FetchError::Offline), Ok(429)] {
        let browser = Browser::begin();
        browser.alarm_until(2);
        browser.wait(1);
        browser.slow.borrow_mut().instead = Some(instead);
        browser.alarm();
        browser.slow.borrow_mut().instead = None;
        browser.wait(31);
        browser.alarm();
        assert_eq!(browser.requested_pages(), [0, 1, 2, 2, 3, 4], "{instead:?}");
        assert_eq!(browser.spend(), Some(amount(TRUTH)));
    }
}

#[test]
fn a_refused_cursor_restarts_the_read() {
    for status in [400, 404, 410] {
        let browser = Browser::begin();
        browser.alarm_until(2);
        browser.wait(1);
        browser.slow.borrow_mut().instead = Some(Ok(status));
        browser.alarm();
        assert_eq!(browser.requested_pages(), [0, 1, 2, 0, 1], "{status}");
        assert_eq!(browser.kept(), None, "what was refused for good is not gone on with");
        assert_eq!(browser.spend(), Some(Amount::ZERO), "no short total");
    }
}

#[test]
fn pages_of_another_day_key_version_or_earlier_read_are_not_continued() {
    let on_the_next_day = |browser: &Browser| {
        browser.host.set_clock("2026-11-23T00:01:00Z");
        browser.alarm();
    };
    let with_another_key = |browser: &Browser| {
        let id = browser.id();
        browser.send("replace_key", &[("account", &id), ("key", OTHER_KEY)]);
        browser.send("take_key", &[("account", &id), ("books", "go_on")]);
        assert_eq!(browser.kept(), None);
        browser.requested_pages();
        browser.wait(31);
        browser.alarm();
    };
    let after_a_later_read = |browser: &Browser| {
        // The worker was killed after the commit and before the pages were removed.
        let kept = browser.host.session.borrow().clone();
        browser.alarm();
        browser.requested_pages();
        *browser.host.session.borrow_mut() = kept;
        browser.wait(31);
        browser.alarm();
    };
    let in_the_form_of_an_earlier_version = |browser: &Browser| {
        for (_, text) in
            browser.host.session.borrow_mut().iter_mut().filter(|(name, _)| name.starts_with("pages-"))
        {
            let (line, pages) = text.split_once('\n').unwrap();
            let mut pages: serde_json::Value = serde_json::from_str(pages).unwrap();
            let bills =
                pages[2].as_array().unwrap().iter().filter_map(|page| page["bills"].as_array()).flatten();
            pages[2] = bills.map(|bill| json!({ "bill": bill })).collect();
            assert_ne!(pages[2], json!([]));
            *text = format!("{line}\n{pages}");
        }
        browser.alarm();
    };
    let others: [&dyn Fn(&Browser); 4] =
        [&on_the_next_day, &with_another_key, &after_a_later_read, &in_the_form_of_an_earlier_version];
    for (place, other) in others.into_iter().enumerate() {
        let browser = Browser::begin();
        browser.alarm_until(3);
        browser.requested_pages();
        // The content of the pages was restated meanwhile.
        browser.slow.borrow_mut().cents = 200;
        browser.wait(1);
        other(&browser);
        assert_eq!(browser.requested_pages(), [0, 1, 2, 3, 4], "{place}");
        assert_eq!(browser.spend(), Some(amount("44")), "{place}");
    }
}

#[test]
fn removal_a_new_key_and_locking_forget_the_pages_which_hold_no_key() {
    let commands: [(&str, &[(&str, &str)]); 4] = [
        ("remove", &[("account", "#"), ("history", "remove")]),
        ("remove", &[("account", "#"), ("history", "keep")]),
        ("forget_password", &[]),
        ("lock", &[]),
    ];
    for (command, fields) in commands {
        let browser = Browser::begin();
        browser.alarm_until(2);
        let kept = browser.kept().expect("two pages");
        assert!(!kept.contains("sk-ant"), "{kept}");
        let id = browser.id();
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| (*name, if *value == "#" { &*id } else { *value })).collect();
        browser.send(command, &fields);
        assert_eq!(browser.kept(), None, "{command}");
    }
}
