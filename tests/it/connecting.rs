//! From the first message to a connected account: what is stored, shown and sent.

use drawdown::host::{FetchError, Host, Tone};
use drawdown::route::Event;
use drawdown_lab::on_message;

use crate::story::{AccountAnswer, KEY, OTHER_KEY, PASSWORD, Story, shows, text_of};

#[test]
fn an_unknown_message_is_answered_with_one_sentence() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    for text in ["", "not json", r#"{"page":"dashboard","do":"fly"}"#, r#"{"page":"nowhere","do":"show"}"#] {
        let reply = story.host.run(on_message(&*story.host, text));
        assert_eq!(text_of(&reply.html).trim(), "Something went wrong. Reload this page and try again.");
        assert_eq!((reply.ok, reply.rev), (false, None), "{text}");
    }
}

#[test]
fn the_first_day() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.event(Event::Start);
    assert_eq!(story.badge(), (String::new(), Tone::Neutral), "empty before the first account");
    shows(
        &story.popup(),
        "November8 days left [Dashboard]
         See what AI costs you this month
         Connect an account with an API key to see what you've spent this month, where the month will end, \
         and what next month may cost.
         Connect an account
         [DeepSeek]
         [Anthropic]
         [OpenAI]
         [Gemini and Google Cloud]
         [OpenRouter]
         [Moonshot AI (Kimi)]
         [All providers]
         [By hand]
         [From a file]",
    );

    story.set_books(KEY, "USD 5+15");
    let connected = story.send("connect", &[("provider", "deepseek"), ("label", "main"), ("key", KEY)]);
    assert!(text_of(&connected.html).contains("Connected. Balance: $20.00. Tracking starts now."));
    assert!(text_of(&connected.html).contains("Create a password to protect your keys"));
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Neutral), "unknown, and never zero");

    let sealed = story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(sealed.ok);
    assert!(text_of(&sealed.html).contains("Pin Drawdown to your toolbar"));
    shows(
        &story.popup(),
        "November8 days left
         [Dashboard]
         –
         Up to date
         since 2026-11-22T10:00:00Z
         November forecast
         –
         Needs one more refresh
         December forecast
         –
         Needs one more refresh
         DDeepSeek main –
         $20.00 left · spend appears after the next refresh
         Updated 2026-11-22T10:00:00Z · next 2026-11-22T10:05:00Z
         [Refresh]",
    );

    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 3.75+15").event(Event::Alarm);
    assert_eq!(story.badge(), ("$1.2".to_owned(), Tone::Neutral));
    assert_eq!(story.first_frame(), story.popup(), "the first frame is what the worker would say");
    shows(
        &story.popup(),
        "November8 days left
         [Dashboard]
         $1.25*
         ≥ $1.25 a day · Up to date
         since 2026-11-22T10:00:00Z
         November forecast
         ≥ $11.96
         Less than a day of data
         December forecast
         ≥ $38.75
         Less than a day of data
         DDeepSeek main $1.25*
         ≥ $1.25 a day · $18.75 left
         Updated 2026-11-22T10:15:00Z · next 2026-11-22T10:30:00Z
         [Refresh]",
    );
    assert_eq!(
        story.title(),
        "Drawdown. November so far: about $1.25\n\
         Forecast: at least $11.96. December forecast: at least $38.75\n\
         DeepSeek main · $18.75 left"
    );
}

#[test]
fn a_refused_key_is_reported_and_not_stored() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let connect = |key: &str| text_of(&story.send("connect", &[("provider", "deepseek"), ("key", key)]).html);
    assert!(connect("sk-ant-api03-abc").contains("This is a key from Anthropic, not from DeepSeek."));
    assert!(connect("").contains("Paste your DeepSeek key."));
    assert!(connect("zzz_abc").contains("A DeepSeek key for this starts with sk-."));
    assert_eq!(story.sent(), 0);
    assert!(
        connect(KEY).contains("DeepSeek rejected this key. Copy the full key again, or create a new one.")
    );
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    assert!(connect(KEY).contains("Can't reach DeepSeek. Check your connection and try again."));
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::TimedOut));
    assert!(connect(KEY).contains("DeepSeek isn't responding."));
    story.set_answer(KEY, AccountAnswer::Text("<html>".to_owned()));
    assert!(connect(KEY).contains("DeepSeek sent an answer we don't understand (balance_infos is missing)."));
    story.set_answer(KEY, AccountAnswer::Status(402, None));
    assert!(connect(KEY).contains("DeepSeek accepts this key but doesn't show its balance."));
    story.host.is_withheld.set(true);
    story.sent();
    assert!(connect(KEY).contains("Your browser blocked access to DeepSeek. Allow it and try again."));
    assert_eq!(story.sent(), 0);
    assert_eq!(story.stored("accounts"), "[]", "nothing is kept of a key that was not taken");
    assert!(connect(&format!("  {KEY}\n")).contains("Your browser blocked access to DeepSeek."));
}

#[test]
fn a_key_is_connected_only_once() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let again = story.send("connect", &[("provider", "deepseek"), ("label", "again"), ("key", KEY)]);
    assert!(text_of(&again.html).contains("This key is already connected as DeepSeek."));
    assert_eq!(story.host.accounts().len(), 1);
}

#[test]
fn withheld_host_access_is_requested() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.host.is_withheld.set(true);
    story.sent();
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 0, "no request without leave");
    assert!(story.popup().contains("Access blocked"));
    assert!(story.dashboard().contains("[Allow access]"));
    story.host.is_withheld.set(false);
    story.set_books(KEY, "USD 0+19").event(Event::Permission);
    assert_eq!(story.badge().0, "$1.0", "it is read as soon as it may be");
    assert!(!story.dashboard().contains("[Allow access]"));
}

#[test]
fn a_browser_that_closes_before_the_password_is_chosen_loses_only_the_key() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert!(story.popup().contains("Set a password, or your key is discarded when you close the browser."));
    story.host.close_browser();
    assert!(
        story.popup().contains("Your keys are gone. Create a password and add them again."),
        "{}",
        story.popup()
    );
    assert!(story.dashboard().contains("Create a password to protect your keys"));
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    assert!(story.popup().contains("Add the key again"));
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+17");
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    story.send("take_key", &[("account", &story.id(0)), ("books", "go_on")]);
    assert_eq!(story.badge().0, "$3.0");
}

#[test]
fn secrets_appear_only_in_their_request() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    let mut replies = Vec::new();
    story.set_books(KEY, "USD 0+20").set_books(OTHER_KEY, "USD 0+19");
    let mut send = |command: &str, fields: &[(&str, &str)]| {
        replies.push(serde_json::to_string(&story.send(command, fields)).unwrap());
    };
    send("connect", &[("provider", "deepseek"), ("label", "main"), ("key", KEY)]);
    send("connect", &[("provider", "deepseek"), ("key", "sk-wrong-key-of-somebody-0123456789")]);
    send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    send("replace_key", &[("account", &story.id(0)), ("key", OTHER_KEY)]);
    send("unlock", &[("password", "an attempt that fails")]);
    send("refresh", &[]);
    let mut everywhere = replies.join("\n");
    everywhere.push_str(&format!("{:?}\n{:?}", story.host.stored.borrow(), story.host.session.borrow()));
    everywhere.push_str(&story.title());
    for request in story.host.sent.borrow().iter() {
        everywhere.push_str(&format!("{} {request:?}\n", request.url));
    }
    for secret in [KEY, OTHER_KEY, PASSWORD, "sk-wrong-key-of-somebody-0123456789", "an attempt that fails"] {
        assert!(!everywhere.contains(secret), "{secret}");
    }
    let host = &story.host;
    let key = host.run(host.recall("data-key")).expect("the session knows the data key");
    assert!(!host.stored.borrow().values().any(|text| text.contains(key.expose())), "and the disk does not");
}

#[test]
fn a_message_no_page_sends_has_no_effect() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let before = story.host.stored.borrow().clone();
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"page":"popup"}"#,
        r#"{"page":"x","do":"lock"}"#,
        r#"{"page":"popup","do":"x"}"#,
        r#"{"page":"popup","do":"remove","account":"1"}"#,
        r#"{"page":"popup","do":{"lock":1}}"#,
    ] {
        story.host.run(on_message(&*story.host, text));
    }
    for (command, fields) in [
        ("pause", vec![("account", "unknown")]),
        ("take_key", vec![("account", "unknown"), ("books", "go_on")]),
    ] {
        assert!(!story.send(command, &fields).ok);
    }
    let popup = |stored: &std::collections::BTreeMap<String, String>| {
        stored
            .iter()
            .filter(|(key, _)| !key.starts_with("popup") && *key != "meta")
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(popup(&story.host.stored.borrow()), popup(&before));
}
