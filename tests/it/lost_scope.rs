//! A key whose scope shrinks: its account says so, and never shows the smaller figure as the whole.

use drawdown::host::{FetchError, HttpRequest};
use drawdown::provider::Answer;
use drawdown::route::Event;

use crate::story::{PASSWORD, Story, has, text_of};

/// Fireworks' answers to an administrator's key, or to any other key.
fn fireworks(request: &HttpRequest, is_admin: bool) -> Result<Answer, FetchError> {
    let is_whole = request.body.as_ref().is_some_and(|body| format!("{body:?}").contains("ACCOUNT"));
    let (status, body) = if !request.url.ends_with("usageCosts:query") {
        (200, r#"{"accounts":[{"name":"accounts/acme"}],"nextPageToken":""}"#)
    } else if is_whole && !is_admin {
        (403, r#"{"code":7,"message":"permission denied"}"#)
    } else {
        (200, r#"{"rows":[],"subtotal":{"currencyCode":"USD","units":"0","nanos":0}}"#)
    };
    Ok(Answer::new(status, body))
}

/// A browser with a connected Fireworks key.
fn connected(is_admin: bool) -> Story {
    let story = Story::begin("2026-11-22T07:00:00Z");
    story.host.answers(move |request| fireworks(request, is_admin));
    story.event(Event::Start);
    let said = story.send("connect", &[("provider", "fireworks"), ("key", "fw_0123456789abcdef")]);
    has(&text_of(&said.html), "Connected");
    story
}

#[test]
fn the_first_answers_say_which_scope_it_is() {
    assert_eq!(connected(true).host.accounts()[0]["provider"], "fireworks");
    assert_eq!(connected(false).host.accounts()[0]["provider"], "fireworks-user");
}

#[test]
fn a_key_that_loses_the_account_is_a_problem() {
    let story = connected(true);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.host.answers(|request| fireworks(request, false));
    story.clock("2026-11-22T09:00:00Z").event(Event::Alarm);
    let shown = story.card(0);
    has(&shown, "This key can't read the account's costs any more.");
}
