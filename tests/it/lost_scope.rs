//! A key whose reach becomes smaller: its account says so, and never shows the smaller figure as the whole.

use std::rc::Rc;

use drawdown::host::{FetchError, HttpRequest};
use drawdown::provider::Answer;
use drawdown::route::{Event, Reply, on_event};
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;

use crate::story::{message, text_of};

/// Fireworks as an administrator's key reads it, or any other key.
fn fireworks(request: &HttpRequest, is_admin: bool) -> Result<Answer, FetchError> {
    let is_whole = request.body.as_ref().is_some_and(|body| format!("{body:?}").contains("ACCOUNT"));
    let (status, body) = if !request.url.ends_with("usageCosts:query") {
        (200, r#"{"accounts":[{"name":"accounts/acme"}],"nextPageToken":""}"#)
    } else if is_whole && !is_admin {
        (403, r#"{"code":7,"message":"permission denied"}"#)
    } else {
        (200, r#"{"rows":[],"subtotal":{"currencyCode":"USD","units":"0","nanos":0}}"#)
    };
    Ok(Answer { status, retry_after: None, body: body.to_owned() })
}

fn send(host: &Fake, command: &str, fields: &[(&str, &str)]) -> Reply {
    host.run(on_message(host, &message("dashboard", command, fields)))
}

/// A browser in which a key of Fireworks was connected.
fn connected(is_admin: bool) -> Rc<Fake> {
    let host = Rc::new(Fake::new("2026-11-22T07:00:00Z"));
    host.answers(move |request| fireworks(request, is_admin));
    host.run(on_event(&*host, Event::Start));
    let said = send(&host, "connect", &[("provider", "fireworks"), ("key", "fw_0123456789abcdef")]);
    assert!(text_of(&said.html).contains("Connected"));
    host
}

#[test]
fn the_first_answers_say_which_scope_it_is() {
    assert_eq!(connected(true).accounts()[0]["provider"], "fireworks");
    assert_eq!(connected(false).accounts()[0]["provider"], "fireworks-user");
}

#[test]
fn a_key_that_loses_the_account_is_a_problem() {
    let host = connected(true);
    host.answers(|request| fireworks(request, false));
    host.set_clock("2026-11-22T09:00:00Z");
    host.run(on_event(&*host, Event::Alarm));
    let accounts = host.accounts();
    let place = format!("accounts/{}", accounts[0]["id"].as_str().expect("an account"));
    let shown = text_of(&send(&host, "show", &[("open", &place)]).html);
    assert!(shown.contains("This key can't read the account's costs any more."), "{shown}");
}
