//! Answers of a provider, for every card.
//!
//! An input has the form of a fixture after a line with the provider: headers as `NAME: VALUE`, a blank line and a body, with
//! `---` between answers. Missing parts have defaults, so that most inputs get far.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use drawdown::app::{RefreshScope, refresh};
use drawdown::books::reading::AccountId;
use drawdown::provider::{Answer, Auth, Request};
use drawdown::providers;
use drawdown::route::app;
use drawdown::time::HOUR;

use crate::bad_input::{ACCOUNT, NOW, browser, draw_outcome};
use crate::fake::moment;
use crate::replay::{TOKENS, look};

/// The maximum number of refreshes for one input, an hour apart.
const MOST_REFRESHES: u64 = 4;

#[derive(Default)]
struct Input {
    settings: Vec<(String, String)>,
    answers: VecDeque<Answer>,
    /// The answer to a service account's request for a token, if the input has one.
    token: Option<Answer>,
}

/// Refreshes an account of the input's provider until its answers are used up, and draws the result. Whatever the answers, the
/// key goes only to an origin on the card.
pub(super) fn answers(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (provider, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let Some(provider) = providers::find(provider) else { return false };
    let input = read(rest);
    let host = browser(provider.card.id, input.settings);
    let (answers, token) = (Rc::new(RefCell::new(input.answers)), input.token);
    let left = Rc::clone(&answers);
    host.answers(move |request| {
        if request.url == TOKENS {
            let body = r#"{"access_token":"dummy","expires_in":3600}"#.to_owned();
            return Ok(token.clone().unwrap_or(Answer::new(200, body)));
        }
        let none = || Answer::new(404, "");
        Ok(left.borrow_mut().pop_front().unwrap_or_else(none))
    });
    let id = AccountId(ACCOUNT.to_owned());
    for hour in 0..MOST_REFRESHES {
        host.set_now(moment(NOW).plus(hour * HOUR));
        host.run(refresh(&app(&host), RefreshScope::Only(&id))).expect("the fake can store it");
        if answers.borrow().is_empty() {
            break;
        }
    }
    for request in host.sent.borrow().iter() {
        let origin = Request::get(request.url.clone(), Auth::Bearer).origin().to_owned();
        assert!(provider.card.origins.contains(&origin.as_str()), "a key was sent to {}", request.url);
    }
    let is_read =
        look(&host, |state, _| state.accounts.iter().any(|account| account.pulse.read_at.is_some()));
    draw_outcome(&host, is_read)
}

fn read(text: &str) -> Input {
    let mut input = Input::default();
    for part in text.split("\n---\n") {
        let (head, body) = part.split_once("\n\n").unwrap_or(("", part));
        let mut answer = Answer::new(200, body);
        let mut is_token = false;
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            match name {
                "status" => answer.status = value.parse().unwrap_or(answer.status),
                "retry-after" => answer.retry_after = Some(value.to_owned()),
                "request" => is_token = value == "token",
                "setting" => {
                    let setting =
                        value.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
                    input.settings.extend(setting);
                }
                _ => {}
            }
        }
        if is_token { input.token = Some(answer) } else { input.answers.push_back(answer) }
    }
    input
}
