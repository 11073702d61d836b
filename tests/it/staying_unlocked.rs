//! Staying unlocked on this computer: what a browser restart opens, and what it does not. A restart keeps the stored values and
//! the device key, and loses the session.

use drawdown::host::Tone;
use drawdown::route::{Event, on_event};
use drawdown_lab::on_message;

use crate::rest::Rest;
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, message, text_of};

/// A story that stays unlocked. Its next reading shows a spend of one dollar.
fn begin() -> Story {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    assert!(story.send("stay_unlocked", &[("on", "on")]).ok);
    story.clock("2026-11-22T18:00:00Z").set_books(KEY, "USD 0+19").sent();
    story
}

/// Restarts the browser. Returns whether it unlocked by itself.
fn restart(story: &Story) -> bool {
    story.host.close_browser();
    story.event(Event::Start);
    !story.host.is_locked()
}

/// The position of the switch on the page: `true` or `false`.
fn switch(story: &Story) -> String {
    let html = story.send("show", &[("open", "settings")]).html;
    let (_, form) = html.split_once(r#"data-do="stay_unlocked""#).expect("the form");
    let (_, after) = form.split_once(r#"role="switch" aria-checked=""#).expect("the switch");
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn the_browser_starts_unlocked_and_refreshes_without_a_click() {
    let story = begin();
    assert!(restart(&story));
    assert_eq!(story.sent(), 1, "the account was due");
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Neutral));
    assert!(!story.popup().contains("[Unlock]"));
    story.event(Event::Start);
    assert_eq!(story.sent(), 0, "it is read once");
}

#[test]
fn it_is_off_until_it_is_turned_on_and_after_it_is_turned_off() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    assert_eq!(switch(&story), "false");
    assert_eq!(story.host.device_key.get(), None);
    assert!(!restart(&story));
    story.click("unlock", &[("password", PASSWORD)]);
    story.send("stay_unlocked", &[("on", "on")]);
    assert_eq!(switch(&story), "true");
    assert!(restart(&story));
    story.send("stay_unlocked", &[("on", "")]);
    assert_eq!(switch(&story), "false");
    assert_eq!(story.host.device_key.get(), None);
    let settings: serde_json::Value = serde_json::from_str(&story.stored("settings")).unwrap();
    assert!(settings["features"]["vault.wrap"].is_null(), "the wrap is deleted: {settings}");
    assert!(!story.host.is_locked(), "only the next start is locked");
    assert!(!restart(&story));
    story.click("unlock", &[("password", PASSWORD)]);
    assert!(!restart(&story), "unlocking does not turn it on");
}

#[test]
fn what_is_locked_stays_locked_until_the_password_is_entered() {
    let story = begin();
    story.send("settings", &[("lock_after_minutes", "10"), ("lock_with_computer", "on")]);
    let lock: [(&str, &dyn Fn()); 3] = [
        ("by the button", &|| {
            story.click("lock", &[]);
        }),
        ("after idling", &|| {
            story.event(Event::Idle);
        }),
        ("with the computer", &|| {
            story.event(Event::Locked);
        }),
    ];
    for (how, lock) in lock {
        lock();
        assert_eq!(story.host.device_key.get(), None, "{how}");
        assert!(!restart(&story), "{how}");
        assert!(story.popup().contains("[Unlock]"), "{how}");
        story.click("unlock", &[("password", PASSWORD)]);
        assert!(restart(&story), "{how}: unlocking seals the key to this device again");
    }
}

#[test]
fn another_password_keeps_it_and_a_forgotten_one_ends_it() {
    let story = begin();
    let another = "another password";
    story.send("change_password", &[("current", PASSWORD), ("password", another), ("again", another)]);
    assert!(restart(&story));
    story.click("lock", &[]);
    story.click("unlock", &[("password", another)]);
    assert!(restart(&story));
    story.click("lock", &[]);
    story.send("forget_password", &[]);
    assert_eq!(story.host.device_key.get(), None);
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    story.send("take_key", &[("account", &story.id(0)), ("books", "go_on")]);
    story.send("seal", &[("password", another), ("again", another)]);
    assert_eq!(switch(&story), "false");
    assert!(!restart(&story));
}

#[test]
fn a_wrap_that_does_not_open_is_dropped() {
    let story = begin();
    story.host.device_key.set(None);
    assert!(!restart(&story));
    assert!(story.popup().contains("[Unlock]"));
    assert_eq!(story.badge().1, Tone::Grey);
    story.click("unlock", &[("password", PASSWORD)]);
    assert!(restart(&story), "the next unlock makes another");
}

#[test]
fn no_stored_text_holds_the_data_key() {
    let story = begin();
    let data_key = story.host.session.borrow()["data-key"].clone();
    assert!(story.host.stored.borrow().values().all(|text| !text.contains(&data_key)));
    assert!(!story.host.spare.borrow().as_ref().is_some_and(|text| text.contains(&data_key)));
}

#[test]
fn keys_without_a_password_are_not_sealed_to_the_device() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    assert!(!story.send("stay_unlocked", &[("on", "on")]).ok);
    assert_eq!(story.host.device_key.get(), None);
}

#[test]
fn it_needs_an_unlocked_vault() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.click("lock", &[]);
    assert!(!story.send("stay_unlocked", &[("on", "on")]).ok);
    assert_eq!(story.host.device_key.get(), None);
}

#[test]
fn the_second_unlock_offers_it_once() {
    const OFFER: &str = r#"turn on "Stay unlocked on this computer" in Settings"#;
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let unlock = || {
        story.host.close_browser();
        text_of(&story.click("unlock", &[("password", PASSWORD)]).html)
    };
    assert!(!unlock().contains(OFFER));
    assert!(!text_of(&story.click("unlock", &[("password", "correct horse batterz")]).html).contains(OFFER));
    let second = unlock();
    assert!(second.contains(OFFER), "{second}");
    assert!(!unlock().contains(OFFER));
}

/// A worker killed while it locks leaves a vault that is either still open or stays locked.
#[test]
fn a_lock_that_is_cut_off_is_not_undone_by_the_next_start() {
    let story = begin();
    let (host, rest) = (&*story.host, Rest::of(&story.host));
    let key = host.device_key.get();
    for dies_at in 1.. {
        rest.restore(host);
        host.device_key.set(key);
        let lock = message("popup", "lock", &[]);
        let is_over = host.run_dying(on_message(host, &lock), dies_at).is_some();
        let was_locked = !host.session.borrow().contains_key("data-key");
        assert_eq!(!restart(&story), was_locked, "await {dies_at}");
        if is_over {
            assert!(was_locked && dies_at > 5);
            break;
        }
    }
}

/// Locking while the browser starts wins, in either order.
#[test]
fn a_lock_during_a_start_holds() {
    let story = begin();
    story.set_books(OTHER_KEY, "USD 0+5");
    story.host.close_browser();
    let (host, rest) = (&*story.host, Rest::of(&story.host));
    let key = host.device_key.get();
    for turns in 0..40 {
        rest.restore(host);
        host.device_key.set(key);
        let lock = message("popup", "lock", &[]);
        let both = futures_util::future::join(
            on_event(host, Event::Start),
            drawdown_lab::fake::later(turns, on_message(host, &lock)),
        );
        host.run(both);
        assert!(host.is_locked(), "after {turns} turns");
        assert!(!restart(&story), "after {turns} turns");
    }
}
