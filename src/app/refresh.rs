//! Reading accounts: the driver that sends a provider's requests, and the refresh that reads many at once.
//!
//! The only place where a key meets a request, and only for an origin on its provider's card.

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::app::Failure;
use crate::app::context::App;
use crate::app::google_token;
use crate::app::keys::data_key;
use crate::app::pages::{self, Pages, Progress};
use crate::app::tx::{Step, commit, look_within};
use crate::books::bill::by_book_and_day;
use crate::books::reading::{AccountId, Observation, Reading, Role};
use crate::host::{Body, FetchError, Host, HttpRequest};
use crate::provider::{self, Answer, Auth, Billing, Card, Problem, Provider, Query, Request};
use crate::providers;
use crate::store::{Account, Ended, LoadScope, Outgoing, State, months_of};
use crate::time::Timestamp;
use crate::vault::{DataKey, Secret};

/// More answers than this are no refresh but a loop.
const MOST_ANSWERS: usize = 200;
/// What every refresh asks for, in months before this one: restatements of the month before still come.
pub(super) const LATELY: u32 = 1;
/// What a new account is asked for, so that pace, range and chart are there at once.
pub(super) const A_YEAR: u32 = 12;

/// Which accounts to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshScope<'a> {
    /// Those whose time has come.
    Due,
    /// All but those whose provider asked for patience.
    All,
    /// Those that the browser kept from being reached.
    Withheld,
    /// This one.
    Only(&'a AccountId),
}

/// Reads accounts, all at once. Answers that are there together are committed together, and none waits for another.
///
/// One refresh at a time: a second one waits, and finds read what it came for. Locked, it reads nothing and shows how
/// things stand.
pub async fn refresh<H: Host>(app: &App<'_, H>, which: RefreshScope<'_>) -> Result<(), Failure> {
    let within = &LoadScope::Accounts;
    if which == RefreshScope::Withheld
        && !look_within(app, within, |state, _| state.accounts.iter().any(is_withheld)).await?
    {
        return Ok(());
    }
    let asked = app.host.now();
    let _held = app.host.hold("refresh").await?;
    let Some(key) = data_key(app).await else { return commit(app, |_, _| ()).await };
    let resumable = if which == RefreshScope::Due { resumable(app).await? } else { Vec::new() };
    let begun = commit(app, |state, now| (begin(state, which, &resumable, asked, now), state.accounts.len()));
    let (batch, accounts) = begun.await?;
    let reads: FuturesUnordered<_> =
        batch.iter().map(|account| read_one(app, &key, account, accounts)).collect();
    let mut reads = reads.ready_chunks(batch.len().max(1));
    let mut done = Ok(());
    while let Some(read) = reads.next().await {
        done = done.and(commit_reads(app, read).await);
    }
    done
}

/// The accounts whose last attempt was cut short, but kept a page: the next one goes on from there.
async fn resumable<H: Host>(app: &App<'_, H>) -> Result<Vec<AccountId>, Failure> {
    let cut_short = look_within(app, &LoadScope::Accounts, |state, _| {
        let accounts = state.accounts.iter().filter(|account| account.is_cut_short);
        accounts.map(|account| (account.id.clone(), account.asked_at)).collect::<Vec<_>>()
    });
    let mut resumable = Vec::new();
    for (id, attempt) in cut_short.await? {
        if pages::has_kept_page(app, &id, attempt).await {
            resumable.push(id);
        }
    }
    Ok(resumable)
}

fn is_withheld(account: &Account) -> bool {
    account.problem == Some(Problem::HostWithheld)
}

/// Marks the accounts to read, so that a death on the way shows.
fn begin(
    state: &mut State,
    which: RefreshScope<'_>,
    resumable: &[AccountId],
    asked: Timestamp,
    now: Timestamp,
) -> Vec<Account> {
    for account in state.accounts.iter_mut().filter(|account| resumable.contains(&account.id)) {
        account.resume_at_once();
    }
    let settings = state.settings.clone();
    let is_wanted = |account: &Account| match which {
        RefreshScope::Due => account.is_due(&settings, now),
        // Whoever waited for another refresh finds that it was asked since.
        RefreshScope::All => !account.must_wait(now) && !account.was_asked_in(asked..=now),
        RefreshScope::Only(id) => account.id == *id,
        RefreshScope::Withheld => is_withheld(account),
    };
    let wanted = state.accounts.iter_mut().filter(|account| account.is_askable() && is_wanted(account));
    wanted
        .map(|account| {
            account.begin(now);
            account.clone()
        })
        .collect()
}

/// What reading one account came to, until it is committed.
struct Read<'a> {
    account: &'a Account,
    pages: Pages<'a>,
    out: Outgoing,
    /// Its readings, and as of when, where that is not now.
    answer: Result<(Option<Timestamp>, Vec<Reading>), Ended>,
}

async fn read_one<'a, H: Host>(
    app: &App<'_, H>,
    key: &DataKey,
    account: &'a Account,
    accounts: usize,
) -> Read<'a> {
    let mut out = Outgoing::new(&account.id.0);
    let pages = Pages::new(account, accounts, app.host.now());
    let answer = match open(key, account) {
        Some((provider, credential)) => {
            let connection =
                Connection { provider, id: &account.id, settings: &account.settings, key: &credential };
            go_on(app, &connection, &pages, &mut out).await
        }
        None => Err(Ended::KeyLost),
    };
    Read { account, pages, out, answer }
}

/// Commits answers that arrived together.
async fn commit_reads<H: Host>(app: &App<'_, H>, reads: Vec<Read<'_>>) -> Result<(), Failure> {
    let months = reads.iter().map(|read| {
        let readings = read.answer.iter().flat_map(|(_, readings)| readings);
        (read.account.id.clone(), months_of(readings.filter_map(Reading::bill)))
    });
    let scope = LoadScope::of_months(months);
    let ids: Vec<AccountId> = reads.iter().map(|read| read.account.id.clone()).collect();
    let (mut out, mut answers, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for Read { account, pages, out: sent, answer } in reads {
        ends.push((pages, answer.as_ref().err().cloned()));
        out.push(sent);
        answers.push((account, answer));
    }
    let recorded = Step::within(&scope).only(&ids).noting(out).commit(app, |state, now| {
        answers.into_iter().for_each(|(account, answer)| record(state, account, now, answer));
    });
    recorded.await?;
    // Only now: what could not be saved can be told again.
    for (pages, ended) in ends {
        pages.end(app, ended.as_ref()).await;
    }
    Ok(())
}

/// Goes on with the read that was cut off, or begins one. What it told, and as of when, where that is not now.
async fn go_on<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    pages: &Pages<'_>,
    out: &mut Outgoing,
) -> Result<(Option<Timestamp>, Vec<Reading>), Ended> {
    let first = |began| (whom.provider.first)(&query(whom, LATELY, began));
    if let Some(cut_off) = pages.recall(app, first).await {
        let began = cut_off.began;
        match follow(app, whom, LATELY, cut_off, Some(pages), out).await {
            // A cursor serves for a while only. Whatever else it is, a new read meets it too.
            Err(Ended::Failed { problem, .. }) if !pages::may_pass(&problem) => {}
            told => return told.map(|readings| (Some(began), readings)),
        }
    }
    let begun = start(whom, LATELY, app.host.now());
    follow(app, whom, LATELY, begun, Some(pages), out).await.map(|readings| (None, readings))
}

fn open(key: &DataKey, account: &Account) -> Option<(&'static Provider, Secret)> {
    let sealed = account.credential.as_ref()?;
    let provider = providers::find(&account.provider)?;
    let credential = key.open(sealed, &account.id.0, &account.provider).ok()?;
    Some((provider, credential))
}

/// Keeps what an attempt brought, unless the account has got another key, or has gone, in the meantime.
fn record(
    state: &mut State,
    asked: &Account,
    now: Timestamp,
    told: Result<(Option<Timestamp>, Vec<Reading>), Ended>,
) {
    let is_same = |account: &&mut Account| account.is_in_attempt_of(asked);
    let Some(account) = state.account_mut(&asked.id).filter(is_same) else { return };
    match told {
        Ok((began, readings)) => {
            account.end(now, Ended::Read);
            let at = began.unwrap_or(now);
            keep(state, &asked.id, Observation { at, role: Role::Follows, readings });
        }
        Err(ended) => account.end(now, ended),
    }
}

/// Keeps an observation, and when it was made.
pub(super) fn keep(state: &mut State, id: &AccountId, observed: Observation) {
    let at = observed.at;
    if state.observe(id, observed)
        && let Some(account) = state.account_mut(id)
    {
        account.read_at = Some(at);
    }
}

/// Whom to ask, and with what.
pub(super) struct Connection<'a> {
    pub(super) provider: &'a Provider,
    pub(super) id: &'a AccountId,
    pub(super) settings: &'a [(String, String)],
    pub(super) key: &'a Secret,
}

/// Asks as far back, where a provider bills; where so much is refused, for what every refresh asks for.
pub(super) async fn ask_back<H: Host>(
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
pub(super) async fn ask<H: Host>(
    app: &App<'_, H>,
    whom: &Connection<'_>,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Vec<Reading>, Ended> {
    let begun = start(whom, months_back, app.host.now());
    follow(app, whom, months_back, begun, None, out).await
}

fn query<'a>(whom: &Connection<'a>, months_back: u32, now: Timestamp) -> Query<'a> {
    let first = (0..months_back).fold(now.month(), |month, _| month.previous());
    Query { settings: whom.settings, from: first.day(1), now }
}

fn start(whom: &Connection<'_>, months_back: u32, now: Timestamp) -> Progress {
    let first = (whom.provider.first)(&query(whom, months_back, now));
    Progress { began: now, asked: vec![first], told: Vec::new() }
}

/// Follows a provider's answers from one page to the next, and keeps them as they come where there are `pages`.
async fn follow<H: Host>(
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
            provider::Step::More(told, next) => {
                progress.told.extend(told);
                // A cursor that repeats would lead round and round, and add up the same money again.
                if progress.asked.contains(&next) {
                    break;
                }
                progress.asked.push(next);
            }
            provider::Step::Done(told) => {
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

/// Sends one request and notes it, whatever comes of it. Nothing goes out but through here.
pub(super) async fn send<H: Host>(
    app: &App<'_, H>,
    request: &HttpRequest,
    out: &mut Outgoing,
) -> Result<Answer, Ended> {
    let at = app.host.now();
    let answer = app.host.fetch(request).await;
    out.add(at, &request.url, &answer);
    answer.map_err(|unreached| failed(problem_of(unreached)))
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

/// Whether an address leads to an origin of the card.
pub(super) fn on_card(card: &Card, url: &str) -> bool {
    card.origins.contains(&Request::get(url.to_owned(), Auth::Bearer).origin())
}

/// Attaches the credential, or the token that stands for it. `None` when the request leads anywhere but to an origin of the card.
fn sign(card: &Card, ask: &Request, credential: &Secret) -> Option<HttpRequest> {
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
    };
    let headers = [signed].into_iter().chain(plain).collect();
    Some(HttpRequest { url: ask.url.clone(), headers, body: ask.body.clone().map(Body::Json) })
}

pub(super) fn failed(problem: Problem) -> Ended {
    Ended::Failed { problem, wait: None }
}

pub(super) fn refused(problem: Problem, answer: &Answer, now: Timestamp) -> Ended {
    Ended::Failed { problem, wait: answer.wait(now) }
}

pub(super) fn problem_of(unreached: FetchError) -> Problem {
    match unreached {
        FetchError::Offline => Problem::Offline,
        FetchError::TimedOut => Problem::ProviderDown,
        FetchError::TooLong => Problem::unreadable("an answer of under 8 MiB"),
        // What differs from one account to the next is the key.
        FetchError::Unsendable => Problem::KeyRefused,
    }
}
