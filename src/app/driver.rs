//! The driver: follows a provider's answers from one page to the next, and makes one report of them.

use crate::app::context::App;
use crate::app::google_token;
use crate::app::http::{failed, refused, send, sign};
use crate::app::pages::{Pages, Progress};
use crate::books::bill::join_neighbours;
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::provider::{Answer, Auth, Billing, Problem, Provider, Query, Report, Request, Step};
use crate::store::{Ended, Outgoing};
use crate::time::Timestamp;
use crate::vault::Secret;

/// A read with more answers than this is a loop.
const MOST_ANSWERS: usize = 200;
/// How far back every refresh reads, in months before this one: the month before may still be restated.
pub(crate) const LATELY: u32 = 1;
/// How far back a new account is read, so that pace, range and chart are there at once.
pub(crate) const A_YEAR: u32 = 12;

/// A provider with an account's settings and its opened key.
pub(crate) struct Connection<'a> {
    pub(crate) provider: &'a Provider,
    pub(crate) id: &'a AccountId,
    pub(crate) settings: &'a [(String, String)],
    pub(crate) key: &'a Secret,
}

/// Reads `months_back` months of bills from a provider that bills. If that is refused, reads as far back as every refresh.
pub(crate) async fn read_months<H: Host>(
    app: &App<'_, H>,
    connection: &Connection<'_>,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Report, Ended> {
    if connection.provider.card.billing == Billing::Bills && months_back > LATELY {
        match read(app, connection, months_back, out).await {
            Err(Ended::Failed {
                problem: Problem::Unreadable { .. } | Problem::Unsupported | Problem::ProviderDown,
                ..
            }) => {}
            report => return report,
        }
    }
    read(app, connection, LATELY, out).await
}

/// Reads all answers of a provider, with bills from the beginning of the month that is `months_back` months ago. Adds every
/// request to `out`, even if the read fails.
pub(crate) async fn read<H: Host>(
    app: &App<'_, H>,
    connection: &Connection<'_>,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Report, Ended> {
    let begun = start(connection, months_back, app.host.now());
    follow(app, connection, months_back, begun, None, out).await
}

pub(crate) fn query<'a>(connection: &Connection<'a>, months_back: u32, now: Timestamp) -> Query<'a> {
    let first = (0..months_back).fold(now.month(), |month, _| month.previous());
    Query { settings: connection.settings, from: first.day(1), now }
}

pub(crate) fn start(connection: &Connection<'_>, months_back: u32, now: Timestamp) -> Progress {
    let first = (connection.provider.first)(&query(connection, months_back, now));
    Progress { began: now, asked: vec![first], pages: Vec::new() }
}

/// Follows a provider's answers from one page to the next. With a `store`, keeps each page as it arrives.
pub(crate) async fn follow<H: Host>(
    app: &App<'_, H>,
    connection: &Connection<'_>,
    months_back: u32,
    mut progress: Progress,
    store: Option<&Pages<'_>>,
    out: &mut Outgoing,
) -> Result<Report, Ended> {
    let Connection { provider, settings, .. } = *connection;
    provider.card.setup.check(settings).map_err(failed)?;
    let query = query(connection, months_back, progress.began);
    while progress.asked.len() <= MOST_ANSWERS
        && let Some(ask) = progress.asked.last()
    {
        // The user can withdraw the permission at any time. Each such call also extends the worker's life.
        if !app.host.may_reach(provider.card.origins).await {
            return Err(failed(Problem::HostWithheld));
        }
        let answer = match fetch(app, connection, ask, out).await {
            Err(Ended::Failed { .. }) if ask.is_optional => return report(progress),
            answer => answer?,
        };
        let now = app.host.now();
        let arrived = answer.arrived(now);
        let step = provider.step(&query, ask, &answer);
        match step.map_err(|problem| refused(problem, &answer, now))? {
            Step::More(mut page, next) => {
                // Pages are kept as text, which is shorter with one bill for all items of a day.
                join_neighbours(&mut page.bills);
                progress.pages.push(page);
                // A repeated cursor would loop, and the same money would be counted again.
                if progress.asked.contains(&next) {
                    break;
                }
                progress.asked.push(next);
            }
            Step::Done(page) => {
                progress.pages.push(page);
                let at = (arrived != now).then_some(arrived);
                return report(progress).map(|report| Report { at, ..report });
            }
        }
        if let Some(store) = store {
            store.keep(app, &progress).await;
        }
    }
    Err(failed(Problem::unreadable("the last page")))
}

/// Checks that the key still has the scope of the account's card: figures of different scopes are never subtracted (rule L16).
pub(crate) fn in_scope(provider: &Provider, report: Report) -> Result<Report, Ended> {
    let is_other = report.scope.is_some() && report.scope != provider.card.scope;
    if is_other { Err(failed(Problem::NotPermitted)) } else { Ok(report) }
}

/// The report of all pages of a finished read.
fn report(progress: Progress) -> Result<Report, Ended> {
    Report::from_pages(progress.pages).map_err(failed)
}

/// Sends one request with the credential that its auth needs.
async fn fetch<H: Host>(
    app: &App<'_, H>,
    connection: &Connection<'_>,
    ask: &Request,
    out: &mut Outgoing,
) -> Result<Answer, Ended> {
    let Connection { provider: Provider { card, .. }, id, key, .. } = *connection;
    let signed = |credential: &Secret| sign(card, ask, credential).ok_or(failed(Problem::Unsupported));
    let Auth::GoogleToken(scope) = ask.auth else { return send(app, &signed(key)?, out).await };
    if let Some(token) = google_token::recall(app, id, key).await {
        let answer = send(app, &signed(&token)?, out).await?;
        // A token can be withdrawn before it expires. If a new one is refused too, that answer stands.
        if answer.status != 401 {
            return Ok(answer);
        }
    }
    let token = google_token::renew(app, card, id, key, scope, out).await?;
    send(app, &signed(&token)?, out).await
}
