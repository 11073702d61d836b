//! The only way out: a request is signed for an origin on its provider's card, sent, and added to the log.

use crate::app::context::App;
use crate::host::{Body, FetchError, Host, HttpRequest};
use crate::provider::{Answer, Auth, Card, Problem, Request};
use crate::store::{Ended, Outgoing};
use crate::time::Timestamp;
use crate::vault::Secret;

/// Sends one request and logs it, whatever its result. Every request passes through here; an answer that would take too much
/// memory is refused.
pub(crate) async fn send<H: Host>(
    app: &App<'_, H>,
    request: &HttpRequest,
    out: &mut Outgoing,
) -> Result<Answer, Ended> {
    let at = app.host.now();
    let answer = app.host.fetch(request).await;
    out.add(at, &request.url, &answer);
    match answer {
        Ok(answer) if answer.takes_too_much() => {
            Err(failed(Problem::unreadable("an answer of fewer values")))
        }
        answer => answer.map_err(|unreached| failed(problem_of(unreached))),
    }
}

/// Whether an address belongs to an origin of the card.
pub(crate) fn on_card(card: &Card, url: &str) -> bool {
    card.origins.contains(&Request::get(url.to_owned(), Auth::Bearer).origin())
}

/// Attaches the credential, or the token that replaces it. `None` if the address is at no origin of the card.
pub(crate) fn sign(card: &Card, ask: &Request, credential: &Secret) -> Option<HttpRequest> {
    if !on_card(card, &ask.url) {
        return None;
    }
    let plain = ask.headers.iter().map(|(name, value)| (*name, Secret::new(value)));
    // EXPOSE: the provider's own key goes to the provider's own origin.
    let signed = match ask.auth {
        Auth::Bearer | Auth::GoogleToken(_) => {
            ("Authorization", Secret::from(format!("Bearer {}", credential.expose())))
        }
        Auth::Header(name) => (name, credential.clone()),
        Auth::Scheme(name) => ("Authorization", Secret::from(format!("{name} {}", credential.expose()))),
    };
    let headers = [signed].into_iter().chain(plain).collect();
    Some(HttpRequest { url: ask.url.clone(), headers, body: ask.body.clone().map(Body::Json) })
}

pub(crate) fn failed(problem: Problem) -> Ended {
    Ended::Failed { problem, wait: None }
}

pub(crate) fn refused(problem: Problem, answer: &Answer, now: Timestamp) -> Ended {
    Ended::Failed { problem, wait: answer.wait(now) }
}

pub(crate) fn problem_of(unreached: FetchError) -> Problem {
    match unreached {
        FetchError::Offline => Problem::Offline,
        FetchError::TimedOut => Problem::ProviderDown,
        FetchError::TooLong => Problem::unreadable("an answer of under 8 MiB"),
        // A request that one account cannot send differs only in its key.
        FetchError::Unsendable => Problem::KeyRefused,
    }
}
