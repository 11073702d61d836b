//! The vault as its user sees it: locking, unlocking, and changing or forgetting the password.

use drawdown::host::Tone;
use drawdown::route::Event;

use crate::story::{KEY, PASSWORD, Story, shows, text_of};

#[test]
fn a_locked_vault_reads_nothing_and_unlocking_catches_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    story.host.close_browser();
    story.sent();
    story.clock("2026-11-22T18:00:00Z").set_books(KEY, "USD 0+17").event(Event::Start).event(Event::Alarm);
    assert_eq!(story.sent(), 0);
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Grey), "the figure stays");
    shows(
        &story.popup(),
        "November8 days left
         [Dashboard]
         Password
         [Unlock]
         Drawdown doesn't refresh while locked. You still see the last figures.
         ≥ $1.00
         ≥ $1.00 a day · Not up to date
         since 2026-11-22T10:00:00Z
         November forecast
         ≥ $9.25
         Less than a day of data
         December forecast
         ≥ $31.00
         Less than a day of data
         DDeepSeek $1.00*
         ≥ $1.00 a day · $19.00 left · last updated 2026-11-22T10:15:00Z
         Updated 2026-11-22T10:15:00Z · locked",
    );
    assert!(story.title().contains("Locked. Figures are from the last refresh."));

    let wrong = story.click("unlock", &[("password", "correct horse batterz")]);
    assert!(text_of(&wrong.html).contains("Wrong password. Try again."));
    assert_eq!(story.sent(), 0);
    story.click("unlock", &[("password", PASSWORD)]);
    assert_eq!(story.sent(), 1);
    assert_eq!(story.badge(), ("$3.0".to_owned(), Tone::Neutral));
    story.click("lock", &[]);
    assert_eq!(story.badge().1, Tone::Grey);
}

#[test]
fn the_same_password_unlocks_from_any_keyboard() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    let composed = "Pâßwörd ﬁrst №1";
    story.send("seal", &[("password", composed), ("again", composed)]);
    story.host.close_browser();
    let decomposed = "Pa\u{302}ßwo\u{308}rd first No1";
    let unlocked = story.click("unlock", &[("password", decomposed)]);
    assert!(!text_of(&unlocked.html).contains("Password"), "it is open");
}

#[test]
fn only_the_changed_password_unlocks() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let change = |current: &str, password: &str, again: &str| {
        text_of(
            &story
                .send("change_password", &[("current", current), ("password", password), ("again", again)])
                .html,
        )
    };
    assert!(
        change("nothing of the kind", "another password", "another password").contains("Wrong password.")
    );
    assert!(change(PASSWORD, "short", "short").contains("Use at least 12 characters."));
    assert!(change(PASSWORD, "another password", "another passwrd").contains("Passwords don't match."));
    assert!(change(PASSWORD, "another password", "another password").contains("Password changed."));
    story.host.close_browser();
    assert!(text_of(&story.click("unlock", &[("password", PASSWORD)]).html).contains("Wrong password."));
    story
        .clock("2026-11-22T10:15:00Z")
        .set_books(KEY, "USD 0+19")
        .click("unlock", &[("password", "another password")]);
    assert_eq!(story.badge().0, "$1.0", "no key had to be pasted again");
}

#[test]
fn a_forgotten_password_loses_only_the_keys() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    story.host.close_browser();
    let page = story.dashboard();
    assert!(page.contains("Without it, your saved keys can't be recovered. Your accounts and history stay."));
    story.send("forget_password", &[]);
    assert!(story.popup().contains("Add the key again"), "{}", story.popup());
    assert_eq!(story.badge(), ("$2.0".to_owned(), Tone::Red), "the figure stays, and something must be done");
    story.send("seal", &[("password", "another password"), ("again", "another password")]);
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+15");
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    story.send("take_key", &[("account", &story.id(0)), ("books", "go_on")]);
    assert_eq!(story.badge(), ("$5.0".to_owned(), Tone::Neutral), "its books go on");
}

#[test]
fn a_password_is_suggested_outside_of_the_page() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    let suggested = story.send("suggest_password", &[]);
    let [(first, password), (second, again)] = suggested.fill.as_slice() else {
        panic!("{:?}", suggested.fill)
    };
    assert_eq!((first.as_str(), second.as_str(), password), ("password", "again", again));
    assert!(!suggested.html.contains(password.as_str()), "a document must not hold it");
    assert!(story.send("seal", &[("password", password), ("again", again)]).ok);
}

#[test]
fn locking_after_idle_is_off_by_default() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let is_locked = |event| {
        story.event(event);
        story.popup().contains("[Unlock]")
    };
    assert!(!is_locked(Event::Idle) && !is_locked(Event::Locked));
    story.send("settings", &[("lock_after_minutes", "10"), ("lock_with_computer", "on")]);
    assert_eq!(story.host.idle_minutes.get(), Some(10));
    assert!(is_locked(Event::Idle));
    story.click("unlock", &[("password", PASSWORD)]);
    assert!(is_locked(Event::Locked));
    story.host.idle_minutes.set(None);
    story.event(Event::Start);
    assert_eq!(story.host.idle_minutes.get(), Some(10), "the browser forgets it with the worker");
}
