//! Accounts with a key: replacing the key, pausing, removal, several currencies, an empty balance.

use drawdown::host::Tone;
use drawdown::route::Event;

use crate::story::{KEY, OTHER_KEY, Story, has, lacks, text_of};

#[test]
fn two_currencies_are_never_added() {
    let story = Story::connected("2026-11-22T10:00:00Z", "CNY 0+100, USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18, CNY 0+93").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n≥ $2.00\n"), "{popup}");
    assert!(popup.contains("plus ¥7.00* not converted"), "{popup}");
    assert!(popup.contains("DDeepSeek ¥7.00* + $2.00*\n¥93.00 left · $18.00 left"), "{popup}");
}

#[test]
fn an_empty_book_next_to_a_funded_one_is_no_problem() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+0, CNY 0+100");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "CNY 0+93, USD 0+0").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n¥7.00*\n"), "{popup}");
    assert!(!popup.contains('$'), "{popup}");
    assert_eq!(story.badge(), ("¥7.0".to_owned(), Tone::Neutral));
}

#[test]
fn a_balance_that_runs_out_is_red_and_one_that_soon_will_is_amber() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
    assert_eq!(story.badge(), ("$10".to_owned(), Tone::Amber));
    has(&story.popup(), "$10.00 left\n2 days\n");
    has(
        &story.click("show", &[]).html,
        "<span class=\"chip warn\" title=\"runs out around Nov 24\">2 days</span>",
    );
    has(&story.card(0), "Balance\n$10.00 left\nruns out around Nov 24\n");
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+-0.02").event(Event::Alarm);
    assert_eq!(story.badge().1, Tone::Red);
}

#[test]
fn a_replaced_key_continues_or_restarts_the_books() {
    let replaced = |answer: &str, books: &str| {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").refuse(KEY).event(Event::Alarm);
        story.clock("2026-11-22T10:30:00Z").set_books(OTHER_KEY, answer);
        let asked = story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
        let goes_on = asked.html.contains(r#"value="go_on" checked"#);
        let taken = story.send("take_key", &[("account", &story.id(0)), ("books", books)]);
        assert!(text_of(&taken.html).contains("New key saved."));
        story.clock("2026-11-22T10:45:00Z").set_books(OTHER_KEY, "USD 0+10").event(Event::Alarm);
        (goes_on, story.badge().0)
    };
    assert_eq!(
        replaced("USD 0+18", "go_on"),
        (true, "$10".to_owned()),
        "ten since the old key's last reading"
    );
    assert_eq!(
        replaced("USD 0+18", "begin_anew"),
        (true, "$8.0".to_owned()),
        "eight since the new key's first"
    );
    assert!(!replaced("USD 0+60", "begin_anew").0, "a balance that rose looks like another account");
    assert!(!replaced("USD 0+2", "begin_anew").0, "so does one that fell by most of it");
}

#[test]
fn a_replacement_can_be_discarded() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+60");
    let asked = story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    assert!(text_of(&asked.html).contains("New key works. Balance: $60.00."));
    let dropped = story.send("drop_key", &[("account", &story.id(0))]);
    assert!(!text_of(&dropped.html).contains("New key works"));
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.badge().0, "$1.0", "the old key goes on");
}

#[test]
fn a_key_tried_by_an_earlier_version_can_still_be_accepted() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+60");
    story.send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    let balance = r#"{"balance":["USD","0","60"]}"#;
    let others = r#"{"bill":{"c":"USD","d":"2026-11-20"}},{"limit":{"amount":"9","currency":"USD"}},{"byok":{"amount":"1","currency":"USD"}}"#;
    let key = format!("account.{}", story.id(0));
    let account = story.stored(&key);
    assert!(account.contains(balance), "{account}");
    let earlier = account.replace(balance, &format!("{others},{balance}"));
    story.host.stored.borrow_mut().insert(key, earlier);
    assert!(story.dashboard().contains("New key works. Balance: $60.00."));
    story.clock("2026-11-22T10:05:00Z");
    story.send("take_key", &[("account", &story.id(0)), ("books", "begin_anew")]);
    assert!(story.popup().contains("$60.00 left"), "{}", story.popup());
}

#[test]
fn a_paused_account_is_not_read_and_resuming_catches_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.send("pause", &[("account", &id)]);
    story.sent();
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.sent(), 0);
    assert!(
        story.popup().contains("paused · $20.00 left · last updated 2026-11-22T10:00:00Z"),
        "{}",
        story.popup()
    );
    story.send("resume", &[("account", &id)]);
    assert_eq!(story.badge().0, "$1.0");
}

/// Three accounts kept by hand; the first costs most.
fn three() -> Story {
    let story = Story::begin("2026-11-20T10:00:00Z");
    for (label, amount) in [("Modal", "30"), ("Lambda", "20"), ("RunPod", "10")] {
        let fields = [("label", label), ("currency", "USD"), ("tells", "bill"), ("amount", amount)];
        story.send("by_hand", &fields);
    }
    story
}

/// These names in the order in which they occur in a text.
fn in_order(text: &str, mut names: Vec<&'static str>) -> Vec<&'static str> {
    names.sort_by_key(|name| text.find(name).unwrap_or_else(|| panic!("{name} is not in\n{text}")));
    names
}

#[test]
fn accounts_can_be_moved_up_and_down() {
    let story = three();
    let id = |name: &str| {
        let accounts = story.host.accounts();
        let account = accounts.iter().find(|account| account["label"] == name).expect("an account");
        account["id"].as_str().expect("an id").to_owned()
    };
    let names = || {
        let list = story.at("accounts");
        let (list, _) = list.split_once("Connect an account").expect("the gallery");
        in_order(&list.replace("Accounts", ""), vec!["Modal", "Lambda", "RunPod"])
    };
    assert_eq!(names(), ["Modal", "Lambda", "RunPod"], "as they were added");
    let (modal, runpod) = (id("Modal"), id("RunPod"));
    let moved = story.send("move", &[("account", &runpod), ("to", "up")]);
    assert!(moved.ok);
    has(&text_of(&moved.html), "RunPod is now 2 of 3.");
    assert_eq!(moved.open, "accounts");
    assert_eq!(names(), ["Modal", "RunPod", "Lambda"]);
    story.send("move", &[("account", &runpod), ("to", "up")]);
    assert_eq!(names(), ["RunPod", "Modal", "Lambda"]);
    let first = story.send("show", &[("open", "accounts")]).html;
    let button = |to: &str, id: &str| {
        let (_, tag) = first.split_once(&format!("id=\"{to}-{id}\"")).expect("a button");
        tag.split_once('>').expect("its end").0.to_owned()
    };
    has(&button("up", &runpod), "aria-disabled");
    lacks(&button("down", &runpod), "aria-disabled");
    has(&button("down", &runpod), "aria-label=\"Move RunPod down\"");
    // The first stays the first.
    has(&text_of(&story.send("move", &[("account", &runpod), ("to", "up")]).html), "RunPod is now 1 of 3.");
    story.send("move", &[("account", &modal), ("to", "down")]);
    assert_eq!(names(), ["RunPod", "Lambda", "Modal"]);

    // Lists without their own order follow it; the popup shows the most expensive account first.
    let data = story.at("data");
    let (_, choice) = data.split_once("Account").expect("the choice of an account");
    assert_eq!(in_order(choice, vec!["Modal", "Lambda", "RunPod"]), ["RunPod", "Lambda", "Modal"]);
    assert_eq!(in_order(&story.popup(), vec!["Modal", "Lambda", "RunPod"]), ["Modal", "Lambda", "RunPod"]);

    // Removed accounts are last and cannot be moved.
    story.send("remove", &[("account", &id("Lambda")), ("history", "keep")]);
    assert_eq!(names(), ["RunPod", "Modal", "Lambda"]);
    has(&text_of(&story.send("move", &[("account", &runpod), ("to", "down")]).html), "RunPod is now 2 of 2.");
    assert_eq!(names(), ["Modal", "RunPod", "Lambda"]);
    assert!(!story.send("move", &[("account", &id("Lambda")), ("to", "up")]).ok);
}

#[test]
fn a_move_that_is_sent_twice_moves_once() {
    let story = three();
    let id = story.id(2);
    for _ in 0..2 {
        let fields =
            [("account", id.as_str()), ("to", "up"), ("submission", "01234567-89ab-cdef-0123-456789abcdef")];
        assert!(story.send("move", &fields).ok);
    }
    assert_eq!(story.id(1), id);
}

#[test]
fn a_removed_account_keeps_its_cost_or_takes_it_along() {
    let removed = |history: &str| {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
        story.send("remove", &[("account", &story.id(0)), ("history", history)]);
        story.clock("2026-11-24T10:15:00Z").event(Event::Alarm);
        story
    };
    let kept = removed("keep");
    assert_eq!(kept.badge(), ("$2.0".to_owned(), Tone::Neutral), "nothing more is expected of it");
    assert!(kept.popup().contains("November forecast\n$2.00*"), "{}", kept.popup());
    let removed = removed("remove");
    assert_eq!(removed.badge().0, "", "its cost is in no total");
}
