//! The driver: follows a provider's answers from one page to the next, and says what they come to.

use crate::app::context::App;
use crate::app::google_token;
use crate::app::http::{failed, refused, send, sign};
use crate::app::pages::{Pages, Progress};
use crate::books::bill::by_book_and_day;
use crate::books::reading::{AccountId, Reading};
use crate::host::Host;
use crate::provider::{Answer, Auth, Billing, Problem, Provider, Query, Request, Step};
use crate::store::{Ended, Outgoing};
use crate::time::Timestamp;
use crate::vault::Secret;

/// More answers than this are no refresh but a loop.
const MOST_ANSWERS: usize = 200;
/// What every refresh asks for, in months before this one: restatements of the month before still come.
pub(crate) const LATELY: u32 = 1;
/// What a new account is asked for, so that pace, range and chart are there at once.
pub(crate) const A_YEAR: u32 = 12;

/// A provider with an account's settings and its opened key.
pub(crate) struct Connection<'a> {
    pub(crate) provider: &'a Provider,
    pub(crate) id: &'a AccountId,
    pub(crate) settings: &'a [(String, String)],
    pub(crate) key: &'a Secret,
}

/// Asks as far back, where a provider bills; where so much is refused, for what every refresh asks for.
pub(crate) async fn ask_back<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Vec<Reading>, Ended> {
    if whom.provider.card.billing == Billing::Bills && months_back > LATELY {
        match ask(app, whom, months_back, out).await {
            Err(Ended::Failed {
                problem: Problem::Unreadable { .. } | Problem::Unsupported | Problem::ProviderDown,
                ..
            }) => {}
            told => return told,
        }
    }
    ask(app, whom, LATELY, out).await
}

/// Asks a provider to the end, for bills from the beginning of the month that lies so many months back. What it told, or
/// how it ended; what went out is added to `out` either way.
pub(crate) async fn ask<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Vec<Reading>, Ended> {
    let begun = start(whom, months_back, app.host.now());
    follow(app, whom, months_back, begun, None, out).await
}

pub(crate) fn query<'a>(whom: &Connection<'a>, months_back: u32, now: Timestamp) -> Query<'a> {
    let first = (0..months_back).fold(now.month(), |month, _| month.previous());
    Query { settings: whom.settings, from: first.day(1), now }
}

pub(crate) fn start(whom: &Connection<'_>, months_back: u32, now: Timestamp) -> Progress {
    let first = (whom.provider.first)(&query(whom, months_back, now));
    Progress { began: now, asked: vec![first], told: Vec::new() }
}

/// Follows a provider's answers from one page to the next, and keeps them as they come where there are `pages`.
pub(crate) async fn follow<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    months_back: u32,
    mut progress: Progress,
    pages: Option<&Pages<'_>>,
    out: &mut Outgoing,
) -> Result<Vec<Reading>, Ended> {
    let Connection { provider, settings, .. } = *whom;
    provider.card.setup.check(settings).map_err(failed)?;
    let query = query(whom, months_back, progress.began);
    while progress.asked.len() <= MOST_ANSWERS
        && let Some(ask) = progress.asked.last()
    {
        // Leave can be taken back in between, and whenever the browser is asked it lets the worker go on for longer.
        if !app.host.may_reach(provider.card.origins).await {
            return Err(failed(Problem::HostWithheld));
        }
        let answer = match fetch(app, whom, ask, out).await {
            Err(Ended::Failed { .. }) if ask.is_optional => return together(progress.told),
            answer => answer?,
        };
        let step = provider.step(&query, ask, &answer);
        match step.map_err(|problem| refused(problem, &answer, app.host.now()))? {
            Step::More(told, next) => {
                progress.told.extend(told);
                // A cursor that repeats would lead round and round, and add up the same money again.
                if progress.asked.contains(&next) {
                    break;
                }
                progress.asked.push(next);
            }
            Step::Done(told) => {
                progress.told.extend(told);
                return together(progress.told);
            }
        }
        if let Some(pages) = pages {
            pages.keep(app, &progress).await;
        }
    }
    Err(failed(Problem::unreadable("the last page")))
}

/// All that was told, with the bills of one day and book added up. Two balances or counters of one book contradict each
/// other.
fn together(told: Vec<Reading>) -> Result<Vec<Reading>, Ended> {
    let (mut bills, mut others) = (Vec::new(), Vec::<Reading>::new());
    for reading in told {
        let is_same = |known: &&Reading| match (known, &reading) {
            (Reading::Balance(known), Reading::Balance(balance)) => known.currency == balance.currency,
            (Reading::Counter(known), Reading::Counter(counter)) => known.currency == counter.currency,
            _ => false,
        };
        match (others.iter().find(is_same), reading) {
            (_, Reading::Bill(bill)) => bills.push(bill),
            (None, reading) => others.push(reading),
            (Some(_), _) => return Err(failed(Problem::unreadable("one figure per currency"))),
        }
    }
    Ok(by_book_and_day(bills).into_iter().map(Reading::Bill).chain(others).collect())
}

/// Sends one request with what its auth asks for.
async fn fetch<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    ask: &Request,
    out: &mut Outgoing,
) -> Result<Answer, Ended> {
    let Connection { provider: Provider { card, .. }, id, key, .. } = *whom;
    let signed = |credential: &Secret| sign(card, ask, credential).ok_or(failed(Problem::Unsupported));
    let Auth::GoogleToken(scope) = ask.auth else { return send(app, &signed(key)?, out).await };
    if let Some(token) = google_token::recall(app, id, key).await {
        let answer = send(app, &signed(&token)?, out).await?;
        // A token can be withdrawn before its time. When a new one is refused too, that is the answer.
        if answer.status != 401 {
            return Ok(answer);
        }
    }
    let token = google_token::renew(app, card, id, key, scope, out).await?;
    send(app, &signed(&token)?, out).await
}
