//! One damaged value affects nothing else, and a lost value is recovered from the second copy.

use drawdown::route::Event;
use drawdown::time::DAY;

use crate::builders::at;
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story};

/// A browser with an account, unlocked, $1 spent.
fn spending() -> Story {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.send("settings", &[("lock_after_minutes", "9"), ("currency", "USD")]);
    story.send("budget", &[("amount", "50"), ("currency", "USD")]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.badge().0, "$1.0");
    story
}

fn put(story: &Story, key: &str, text: &str) {
    story.host.stored.borrow_mut().insert(key.to_owned(), text.to_owned());
}

#[test]
fn a_lost_value_is_recovered_from_the_second_copy_and_reported() {
    for lost in
        [&["accounts"][..], &["vault"], &["settings"], &["meta"], &["meta", "settings", "vault", "accounts"]]
    {
        let story = spending();
        let before = story.host.stored.borrow().clone();
        lost.iter().for_each(|key| drop(story.host.stored.borrow_mut().remove(*key)));
        story.host.close_browser();
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0", "{lost:?}");
        for key in lost {
            let said = format!("lost or damaged the stored \"{key}\". We restored it");
            assert!(story.popup().contains(&said) && story.dashboard().contains(&said), "{lost:?}");
        }
        for key in ["vault", "settings"] {
            assert_eq!(story.stored(key), before[key], "{lost:?}");
        }
        // The key can still be decrypted, and the next reading continues from the last.
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17");
        story.send("unlock", &[("password", PASSWORD)]);
        assert_eq!(story.badge().0, "$3.0", "{lost:?}");
        story.send("noted", &[]);
        assert!(!story.popup().contains("lost or damaged"), "{lost:?}");
    }
}

#[test]
fn a_lost_or_damaged_account_is_recovered_and_the_others_stay() {
    for damaged in [None, Some("{\"cut"), Some("[]")] {
        let story = spending();
        story
            .set_books(OTHER_KEY, "USD 0+5")
            .send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
        let key = format!("account.{}", story.id(0));
        let before = story.host.accounts();
        match damaged {
            None => drop(story.host.stored.borrow_mut().remove(&key)),
            Some(text) => put(&story, &key, text),
        }
        story.event(Event::Start);
        let said = format!("lost or damaged the stored \"{key}\". We restored it");
        assert!(story.popup().contains(&said), "{}", story.popup());
        assert_eq!(story.badge().0, "$1.0");
        let after = story.host.accounts();
        for (after, before) in after.iter().zip(&before) {
            assert_eq!([&after["id"], &after["credential"]], [&before["id"], &before["credential"]]);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), damaged.unwrap_or_default());
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
        assert_eq!(story.badge().0, "$3.0", "the next reading goes on from the last");
    }
}

#[test]
fn a_lost_pulse_loses_ages_and_no_figure() {
    let story = spending();
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    for damaged in [None, Some("{\"cut")] {
        match damaged {
            None => drop(story.host.stored.borrow_mut().remove("pulse")),
            Some(text) => put(&story, "pulse", text),
        }
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0");
        assert!(!story.popup().contains("lost or damaged"));
        assert!(story.popup().contains("Updated 2026-11-22T10:15:00Z"), "{}", story.popup());
    }
}

#[test]
fn a_value_that_may_be_recovered_later_is_not_overwritten() {
    for key in ["accounts", "vault", "settings", "meta"] {
        let story = spending();
        let copy = story.host.spare.replace(Some(String::new()));
        story.host.stored.borrow_mut().remove(key);
        let before = story.host.stored.borrow().clone();
        story.event(Event::Start).event(Event::Alarm);
        story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
        assert!(story.popup().contains(&format!("can't read the stored \"{key}\"")), "{}", story.popup());
        assert_eq!(*story.host.stored.borrow(), before, "{key}");
        // Locking sends nothing.
        assert!(!story.host.is_locked());
        story.event(Event::Locked);
        assert!(story.host.is_locked(), "{key}");
        story.host.spare.replace(copy);
        story.event(Event::Start);
        assert_eq!(story.badge().0, "$1.0", "{key}");
    }
}

#[test]
fn a_profile_without_a_second_copy_gets_one_and_stays_as_it_is() {
    let story = spending();
    story.host.spare.replace(None);
    let accounts = story.stored("accounts");
    put(&story, "meta", "{\"version\":2,\"rev\":9}");
    story.event(Event::Start);
    assert_eq!(story.stored("accounts"), accounts);
    assert!(story.host.spare.borrow().is_some());
    assert!(!story.popup().contains("lost or damaged"), "{}", story.popup());
}

#[test]
fn the_guard_against_newer_versions_survives_the_loss_of_meta() {
    let story = spending();
    let copy = story.host.spare.borrow().clone().unwrap();
    let newer = copy.replacen("\"version\":5,", "\"version\":99,", 1);
    assert_ne!(newer, copy);
    story.host.spare.replace(Some(newer));
    story.host.stored.borrow_mut().remove("meta");
    assert!(story.popup().contains("saved by a newer version of Drawdown"), "{}", story.popup());
}

#[test]
fn the_second_copy_is_written_before_the_reply() {
    let story = spending();
    let copy = || story.host.spare.borrow().clone().unwrap();
    let (before, vault) = (copy(), story.stored("vault"));
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    assert_eq!(copy(), before, "a refresh changes nothing in it");
    assert!(before.contains(&vault));
    let other = "another long password";
    story.send("change_password", &[("current", PASSWORD), ("password", other), ("again", other)]);
    assert!(!copy().contains(&vault) && copy().contains(&story.stored("vault")));
    story.send("remove", &[("account", &story.id(0)), ("history", "remove")]);
    assert!(copy().contains("\"removed\":"), "{}", copy());
}

#[test]
fn one_damaged_value_stops_nothing_else_and_every_copy_is_kept() {
    for key in ["alerts", "meta", "settings", "vault", "accounts"] {
        let story = spending();
        for damaged in ["{\"cut", "[[["] {
            put(&story, key, damaged);
            story.event(Event::Start);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), "{\"cut\n[[[");
        assert_eq!(story.badge().0, "$1.0", "{key}");
        story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
        assert_eq!(story.badge().0, "$3.0", "{key}");
        story.click("lock", &[]);
        assert!(story.host.is_locked(), "{key}");
    }
}

#[test]
fn only_the_damaged_field_of_settings_and_accounts_gets_its_default() {
    let story = spending();
    story.host.spare.replace(None);
    let settings =
        story.stored("settings").replace("\"lock_after_minutes\":9", "\"lock_after_minutes\":\"x\"");
    put(&story, "settings", &settings);
    let key = format!("account.{}", story.id(0));
    let account = story.stored(&key).replace("\"habits\":[]", "\"habits\":\"x\"");
    put(&story, &key, &account);
    let pulse = story.stored("pulse");
    put(&story, "pulse", &pulse.replace("\"asked_at\":1", "\"failures\":\"x\",\"asked_at\":1"));
    // Without a readable setting, the vault locks.
    story.event(Event::Idle);
    assert!(story.host.is_locked());
    assert!(story.stored("settings").contains("\"lock_after_minutes\":null"), "{}", story.stored("settings"));
    assert!(
        story.stored("settings").contains("\"budget\":{\"amount\":\"50\""),
        "{}",
        story.stored("settings")
    );
    assert_eq!(story.stored(&key), account.replace("\"habits\":\"x\"", "\"habits\":[]"));
    assert_eq!(story.stored(&format!("damaged.{key}")), account);
    assert_eq!(story.stored("pulse"), pulse);
    assert_eq!(story.stored("damaged.settings"), settings);
    assert!(
        story.popup().contains("the stored \"settings\". We use what could still be read"),
        "{}",
        story.popup()
    );
}

#[test]
fn a_key_that_cannot_be_opened_now_is_kept() {
    let story = spending();
    let sealed = |story: &Story| story.host.accounts()[0]["credential"].clone();
    let credential = sealed(&story);
    // Both copies of the vault are lost, and the session too.
    story.host.spare.replace(None);
    story.host.stored.borrow_mut().remove("vault");
    story.host.close_browser();
    story.event(Event::Start);
    story.set_books(OTHER_KEY, "USD 0+5");
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.clock("2026-11-22T11:45:00Z").event(Event::Alarm);
    assert_eq!(sealed(&story), credential);
    assert!(story.popup().contains("Add the key again · $"), "{}", story.popup());
}

#[test]
fn a_second_damaged_copy_is_kept_next_to_the_first() {
    let story = spending();
    story.clock("2026-12-01T10:15:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
    let id = story.id(0);
    let mut day = 1;
    for key in [format!("readings.{id}.2026-12"), format!("months.{id}"), "requests".to_owned()] {
        for damaged in ["{\"cut", "[[["] {
            day += 1;
            put(&story, &key, damaged);
            story.host.set_now(at("2026-12-01T10:00:00Z").plus(day * DAY));
            story.set_books(KEY, "USD 0+16").event(Event::Start).event(Event::Alarm);
        }
        assert_eq!(story.stored(&format!("damaged.{key}")), "{\"cut\n[[[", "{key}");
    }
}

#[test]
fn an_erased_account_is_in_no_damaged_text() {
    let story = spending();
    story.set_books(OTHER_KEY, "USD 0+5").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    let id = story.id(0);
    let (key, damaged) = (format!("account.{id}"), format!("damaged.account.{id}"));
    put(&story, &key, &story.stored(&key).replace("\"label\":\"\"", "\"label\":7"));
    story.event(Event::Start);
    put(&story, "accounts", &format!("[\"{id}\", 7]"));
    story.event(Event::Start);
    put(&story, "accounts", "{\"cut");
    story.event(Event::Start);
    assert!(story.stored(&damaged).contains(&id) && story.stored("damaged.accounts").contains(&id));
    story.send("remove", &[("account", &id), ("history", "remove")]);
    assert_eq!((&*story.stored(&damaged), &*story.stored("damaged.accounts")), ("", "{\"cut"));
    story.send("erase", &[("account", &id), ("word", "erase")]);
    assert!(!story.host.spare.borrow().as_ref().unwrap().contains(&id));
}
