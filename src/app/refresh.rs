//! The refresh: reads many accounts at once, and commits their answers as they arrive.

use core::future::poll_fn;
use core::mem;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::app::attempts::{Attempts, Progress};
use crate::app::badge;
use crate::app::context::App;
use crate::app::driver::{Connection, LATELY, follow, in_scope, query, start};
use crate::app::failure::Failure;
use crate::app::pages::{self, Pages};
use crate::app::session::data_key;
use crate::app::tx::{Step, commit, look_within};
use crate::books::reading::{AccountId, Role};
use crate::host::{Host, StorageError};
use crate::provider::{Provider, Report};
use crate::providers;
use crate::store::{Account, Ended, LoadScope, Outgoing, State, months_of};
use crate::time::Timestamp;
use crate::vault::{DataKey, Secret};

/// Which accounts to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshScope<'a> {
    /// The accounts that are due.
    Due,
    /// All accounts, except those whose provider asked to wait.
    All,
    /// The accounts that the browser kept from being reached.
    Withheld,
    /// One account.
    Only(&'a AccountId),
}

/// Reads accounts, all at once. Commits together the answers that have arrived, and no answer waits for another.
///
/// Refreshes run one at a time: a second one waits, and finds its accounts already read. If the vault is locked, it reads
/// nothing and shows the present state.
pub async fn refresh<H: Host>(app: &App<'_, H>, which: RefreshScope<'_>) -> Result<(), Failure> {
    let within = &LoadScope::Accounts;
    if which == RefreshScope::Withheld
        && !look_within(app, within, |state, _| state.accounts.iter().any(Account::is_withheld)).await?
    {
        return Ok(());
    }
    let asked = app.host.now();
    let _held = hold_refresh(app).await?;
    let Some(key) = data_key(app).await else { return commit(app, |_, _| ()).await };
    if which == RefreshScope::Due {
        resume(app).await?;
    }
    let begun =
        look_within(app, within, |state, now| (choose(state, which, asked, now), state.accounts.len(), now));
    let (batch, accounts, began) = begun.await?;
    // A badge of the previous month must not stay until answers arrive.
    if batch.is_empty() || !badge::is_of(app, began.month()).await {
        commit(app, |_, _| ()).await?;
    }
    if batch.is_empty() {
        return Ok(());
    }
    let progress = if which == RefreshScope::All { Progress::Shown } else { Progress::Hidden };
    let ids = batch.iter().map(|account| account.id.clone()).collect();
    Attempts::new(began, ids, progress).remember(app).await;
    let done = read_all(app, &key, &batch, accounts, began, progress).await;
    Attempts::forget(app).await;
    done
}

/// Reads these accounts, of `accounts` in all, and commits their answers. What arrives during a commit is committed together by
/// the next one.
async fn read_all<H: Host>(
    app: &App<'_, H>,
    key: &DataKey,
    batch: &[Account],
    accounts: usize,
    began: Timestamp,
    progress: Progress,
) -> Result<(), Failure> {
    let mut reads: FuturesUnordered<_> =
        batch.iter().map(|account| read_one(app, key, account, accounts, began)).collect();
    let mut arrived = Vec::new();
    // The requests do not wait for the page that shows the progress.
    let shown = async {
        if progress == Progress::Shown {
            Step::lately().only(&[]).commit(app, |_, _| ()).await
        } else {
            Ok(())
        }
    };
    let mut done = commit_while_reading(&mut reads, &mut arrived, pin!(shown)).await;
    // The log is written once, with the last answers.
    let mut sent = Vec::new();
    loop {
        if arrived.is_empty() {
            match reads.next().await {
                Some(read) => arrived.push(read),
                None => return done,
            }
        }
        poll_fn(|context| {
            take_ended(&mut reads, &mut arrived, context);
            Poll::Ready(())
        })
        .await;
        let together = mem::take(&mut arrived).into_iter().map(|Read { out, end }| {
            sent.push(out);
            end
        });
        let ends = together.collect();
        let out = if reads.is_empty() { mem::take(&mut sent) } else { Vec::new() };
        let commit = pin!(commit_reads(app, ends, out));
        done = done.and(commit_while_reading(&mut reads, &mut arrived, commit).await);
    }
}

/// Waits for a commit. The reads continue meanwhile, because one of them may hold a lock that the commit waits for.
async fn commit_while_reading<F: Future>(
    reads: &mut FuturesUnordered<F>,
    arrived: &mut Vec<F::Output>,
    mut commit: Pin<&mut dyn Future<Output = Result<(), Failure>>>,
) -> Result<(), Failure> {
    poll_fn(|context| {
        take_ended(reads, arrived, context);
        commit.as_mut().poll(context)
    })
    .await
}

/// Takes every read that has ended.
fn take_ended<F: Future>(
    reads: &mut FuturesUnordered<F>,
    arrived: &mut Vec<F::Output>,
    context: &mut Context<'_>,
) {
    while let Poll::Ready(Some(read)) = reads.poll_next_unpin(context) {
        arrived.push(read);
    }
}

/// Waits until no refresh is running, and blocks the next one. An attempt found while this is held was cut off.
pub(crate) async fn hold_refresh<H: Host>(app: &App<'_, H>) -> Result<H::Held, StorageError> {
    app.host.hold("refresh").await
}

/// Makes accounts due whose last attempt was cut short but kept a page: the next attempt continues there.
async fn resume<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let cut_short = look_within(app, &LoadScope::Accounts, |state, _| {
        let accounts = state.accounts.iter().filter(|account| account.pulse.is_cut_short);
        let asked = accounts.filter_map(|account| Some((account.id.clone(), account.pulse.asked_at?)));
        asked.collect::<Vec<_>>()
    });
    let mut resumable = Vec::new();
    for (id, attempt) in cut_short.await? {
        if pages::has_kept_page(app, &id, attempt).await {
            resumable.push(id);
        }
    }
    if resumable.is_empty() {
        return Ok(());
    }
    commit(app, |state, _| {
        let accounts = state.accounts.iter_mut().filter(|account| resumable.contains(&account.id));
        accounts.for_each(Account::resume_at_once);
    })
    .await
}

/// The accounts to read.
fn choose(state: &State, which: RefreshScope<'_>, asked: Timestamp, now: Timestamp) -> Vec<Account> {
    let is_wanted = |account: &Account| match which {
        RefreshScope::Due => account.is_due(&state.settings, now),
        // A refresh that waited for another finds that the account was asked since.
        RefreshScope::All => !account.must_wait(now) && !account.was_asked_in(asked..=now),
        RefreshScope::Only(id) => account.id == *id,
        RefreshScope::Withheld => account.is_withheld(),
    };
    let wanted = state.accounts.iter().filter(|account| account.is_askable() && is_wanted(account));
    wanted.cloned().collect()
}

/// The result of reading one account, until it is committed.
struct Read<'a> {
    out: Outgoing,
    end: End<'a>,
}

/// The end of reading one account.
struct End<'a> {
    account: &'a Account,
    pages: Pages<'a>,
    /// The report, and when the read began if that was in an earlier attempt.
    answer: Result<(Option<Timestamp>, Report), Ended>,
}

async fn read_one<'a, H: Host>(
    app: &App<'_, H>,
    key: &DataKey,
    account: &'a Account,
    accounts: usize,
    began: Timestamp,
) -> Read<'a> {
    let mut out = Outgoing::new(&account.id.0);
    let pages = Pages::new(account, accounts, began);
    let answer = match open(key, account) {
        Some((provider, credential)) => {
            let connection =
                Connection { provider, id: &account.id, settings: &account.settings, key: &credential };
            go_on(app, &connection, &pages, &mut out).await
        }
        None => Err(Ended::KeyLost),
    };
    Read { out, end: End { account, pages, answer } }
}

/// Commits answers that arrived together, and logs the requests.
async fn commit_reads<H: Host>(
    app: &App<'_, H>,
    ends: Vec<End<'_>>,
    out: Vec<Outgoing>,
) -> Result<(), Failure> {
    let months = ends.iter().map(|end| {
        let bills = end.answer.iter().flat_map(|(_, report)| &report.bills);
        (end.account.id.clone(), months_of(bills))
    });
    let scope = LoadScope::of_months(months);
    let ids: Vec<AccountId> = ends.iter().map(|end| end.account.id.clone()).collect();
    let (mut answers, mut kept) = (Vec::new(), Vec::new());
    for End { account, pages, answer } in ends {
        kept.push((pages, answer.as_ref().err().cloned()));
        answers.push((account, answer));
    }
    let recorded = Step::within(&scope).only(&ids).noting(out).commit(app, |state, now| {
        answers.into_iter().for_each(|(account, answer)| record(state, account, now, answer));
    });
    let recorded = recorded.await;
    // Only now: a worker that is killed before continues with these pages.
    for (pages, ended) in kept {
        pages.end(app, ended.as_ref().filter(|_| recorded.is_ok())).await;
    }
    recorded
}

/// Continues the read that was cut off, or starts one. Returns the report, and when the read began if it was cut off.
async fn go_on<H: Host>(
    app: &App<'_, H>,
    connection: &Connection<'_>,
    pages: &Pages<'_>,
    out: &mut Outgoing,
) -> Result<(Option<Timestamp>, Report), Ended> {
    let first = |began| (connection.provider.first)(&query(connection, LATELY, began));
    if let Some(cut_off) = pages.recall(app, first).await {
        let began = cut_off.began;
        match follow(app, connection, LATELY, cut_off, Some(pages), out).await {
            // The cursor may have expired. Any other cause will stop a new read too.
            Err(Ended::Failed { problem, .. }) if !pages::may_pass(&problem) => {}
            report => return Ok((Some(began), in_scope(connection.provider, report?)?)),
        }
    }
    let begun = start(connection, LATELY, app.host.now());
    let report = follow(app, connection, LATELY, begun, Some(pages), out).await?;
    Ok((None, in_scope(connection.provider, report)?))
}

fn open(key: &DataKey, account: &Account) -> Option<(&'static Provider, Secret)> {
    Some((providers::find(&account.provider)?, account.open_key(key)?))
}

/// Records the result of an attempt, unless the account has a new key or is gone by now.
fn record(
    state: &mut State,
    asked: &Account,
    now: Timestamp,
    answer: Result<(Option<Timestamp>, Report), Ended>,
) {
    let is_same = |account: &&mut Account| account.has_key_of(asked);
    let Some(account) = state.account_mut(&asked.id).filter(is_same) else { return };
    match answer {
        Ok((began, report)) => {
            account.end(now, Ended::Read);
            // A continued read began with answers of another time.
            let report = Report { at: report.at.filter(|_| began.is_none()), ..report };
            keep(state, &asked.id, began.unwrap_or(now), Role::Follows, report);
        }
        Err(ended) => account.end(now, ended),
    }
}

/// Records a report, and when the account was read: at `at`, unless the answer shows that the clock is off.
pub(crate) fn keep(state: &mut State, id: &AccountId, at: Timestamp, role: Role, report: Report) {
    let at = report.at.unwrap_or(at);
    if state.record(id, at, role, report)
        && let Some(account) = state.account_mut(id)
    {
        account.pulse.read_at = Some(at);
    }
}
