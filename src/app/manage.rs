//! What the dashboard does with accounts and settings.

use core::slice;

use crate::app::alarm;
use crate::app::context::App;
use crate::app::driver::{A_YEAR, Connection, LATELY, ask, ask_back};
use crate::app::failure::Failure;
use crate::app::google_token;
use crate::app::pages;
use crate::app::refresh::{RefreshScope, keep, refresh};
use crate::app::sealing::sealing_key;
use crate::app::session::{data_key, hold_keys, make_name, with_random};
use crate::app::tx::{commit_noting, look, note};
use crate::books::reading::{AccountId, Counter, Observation, Reading, Role};
use crate::command::{Books, History, Maybe};
use crate::host::Host;
use crate::money::Money;
use crate::provider::{Card, Problem, Provider, Report};
use crate::providers;
use crate::screen::{self, Field, Said};
use crate::store::{Account, AccountStatus, Ended, LoadScope, Outgoing, Replacement, Source, State};
use crate::time::{Day, Month};
use crate::vault::{DataKey, Sealed, Secret};

/// The longest name of an account, in characters.
const LONGEST_LABEL: usize = 40;

/// What was entered to connect an account.
pub(super) struct NewAccount<'a> {
    pub(super) label: &'a str,
    pub(super) key: &'a Secret,
    pub(super) settings: Vec<(String, String)>,
    pub(super) expires: Maybe<Day>,
}

/// Tries a key. If it works, adds the account, with the report of that read as its baseline (rule L2).
pub(super) async fn connect<H: Host>(
    app: &App<'_, H>,
    provider: &str,
    entered: NewAccount<'_>,
) -> Result<Said, Failure> {
    let NewAccount { label, key, settings, expires } = entered;
    let expires = match expires {
        Maybe::Is(day) => Some(day),
        Maybe::Empty => None,
        Maybe::Unreadable => return Ok(Said::BadField(Field::Day)),
    };
    let Some(provider) = providers::find(provider) else { return Ok(Said::NoSuchAccount) };
    let id = AccountId(make_name(app));
    let mut out = Outgoing::new(provider.card.id);
    let tried = try_key(app, provider, &id, &settings, key, A_YEAR, &mut out).await?;
    let held = hold_keys(app).await?;
    let Tried { credential, report, .. } = match still_holds(app, &id, tried).await? {
        Ok(tried) => tried,
        Err(said) => {
            google_token::forget(app, &[id]).await;
            return note(app, out).await.map(|()| said);
        }
    };
    out.of.clone_from(&id.0);
    let left = report.readings.iter().filter_map(Reading::left).collect();
    let spent = spent(&report, app.host.now().month());
    let label = short(label);
    let reach = LoadScope::of_bills(&id, report.bills.iter());
    commit_noting(app, &reach, out, |state, now| {
        let mut account = Account::new(id.clone(), provider.card.id, label, credential);
        account.settings = settings;
        account.key_expires = expires;
        account.end(now, Ended::Read);
        account.read_at = Some(now);
        state.accounts.push(account);
        keep(state, &id, now, Role::Baseline, report);
    })
    .await?;
    drop(held);
    alarm::arm(app).await;
    Ok(Said::Connected { left, spent })
}

/// The spend of the current month in a report, by currency.
fn spent(report: &Report, month: Month) -> Vec<Money> {
    let bills = || report.bills.iter().filter(|bill| bill.day.month() == month);
    let counted = report.readings.iter().filter_map(|reading| match reading {
        Reading::Counter(Counter { currency, this_month, .. }) => {
            this_month.map(|amount| Money { amount, currency: *currency })
        }
        Reading::Balance(_) => None,
    });
    let billed = bills().map(|bill| Money { amount: bill.amount(), currency: bill.currency });
    let mut spent: Vec<Money> = Vec::new();
    for money in counted.chain(billed) {
        match spent.iter_mut().find(|known| known.currency == money.currency) {
            Some(known) => known.amount = known.amount + money.amount,
            None => spent.push(money),
        }
    }
    // A sum that lacks an amount would be shown as if it were exact.
    for bill in bills().filter(|bill| bill.has_unpriced) {
        spent.retain(|known| known.currency != bill.currency);
    }
    spent
}

/// A key that works.
struct Tried {
    key: Secret,
    /// The data key that it is sealed under.
    sealing: DataKey,
    credential: Sealed,
    report: Report,
}

/// Whether a key that was tried may still be stored, now that its provider has answered: its data key is still the one in
/// use, and no other account has taken the key in the meantime. To be asked while the keys are held.
async fn still_holds<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    tried: Result<Tried, Said>,
) -> Result<Result<Tried, Said>, Failure> {
    let Ok(Tried { key, sealing, .. }) = &tried else { return Ok(tried) };
    if data_key(app).await.as_ref() != Some(sealing) {
        return Ok(Err(Said::UnlockFirst));
    }
    let known = look(app, |state, _| name_of_key(state, sealing, id, key)).await?;
    Ok(known.map_or(tried, |name| Err(Said::Already(name))))
}

/// Asks with a key, as far back.
async fn try_key<H: Host>(
    app: &App<'_, H>,
    provider: &'static Provider,
    id: &AccountId,
    settings: &[(String, String)],
    key: &Secret,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Result<Tried, Said>, Failure> {
    // EXPOSE: spaces around a pasted key are dropped, and its first letters are looked at.
    let key = Secret::new(key.expose().trim());
    if let Err(wrong) = provider.card.check_key(key.expose()) {
        return Ok(Err(Said::WrongKey(wrong, &provider.card)));
    }
    let Some(sealing) = sealing_key(app).await? else { return Ok(Err(Said::UnlockFirst)) };
    if let Some(name) = look(app, |state, _| name_of_key(state, &sealing, id, &key)).await? {
        return Ok(Err(Said::Already(name)));
    }
    match ask_back(app, &Connection { provider, id, settings, key: &key }, months_back, out).await {
        Ok(report) => {
            let credential = with_random(app, |random| sealing.seal(&key, &id.0, provider.card.id, random));
            Ok(Ok(Tried { key, sealing, credential, report }))
        }
        Err(ended) => Ok(Err(said_of(ended, &provider.card))),
    }
}

/// The name of another account that has this key. Counting one twice would double its spend.
fn name_of_key(state: &State, sealing: &DataKey, id: &AccountId, key: &Secret) -> Option<String> {
    let has_key = |account: &&Account| {
        let sealed = account.credential.as_ref().filter(|_| account.id != *id);
        sealed
            .and_then(|sealed| sealing.open(sealed, &account.id.0, &account.provider).ok())
            .is_some_and(|of| of == *key)
    };
    state.accounts.iter().find(has_key).map(screen::name)
}

fn said_of(ended: Ended, card: &'static Card) -> Said {
    match ended {
        Ended::Failed { problem, .. } => Said::Problem(problem, card),
        Ended::Read | Ended::KeyLost => Said::UnlockFirst,
    }
}

/// Tries another key for an account, and asks how its books go on (rule L12).
pub(super) async fn replace_key<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    key: &Secret,
) -> Result<Option<Said>, Failure> {
    let Some((provider, settings)) = look(app, |state, _| of_account(state, id)).await? else {
        return Ok(Some(Said::NoSuchAccount));
    };
    let mut out = Outgoing::new(&id.0);
    let tried = try_key(app, provider, id, &settings, key, LATELY, &mut out).await?;
    let _held = hold_keys(app).await?;
    let Tried { credential, report, .. } = match still_holds(app, id, tried).await? {
        Ok(tried) => tried,
        Err(said) => return note(app, out).await.map(|()| Some(said)),
    };
    with_state(app, id, out, |state, now| {
        if let Some(account) = state.account_mut(id) {
            let observed = Observation { at: now, role: Role::Follows, readings: report.readings };
            account.replacement = Some(Replacement { credential, observed });
        }
    })
    .await
}

/// Takes the key that was tried. It is asked once more, so that what it tells is of this moment.
pub(super) async fn take_key<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    books: Books,
) -> Result<Said, Failure> {
    let found = look(app, |state, _| {
        let replacement = state.account(id)?.replacement.clone()?;
        of_account(state, id).map(|(provider, settings)| (provider, settings, replacement.credential))
    });
    let Some((provider, settings, credential)) = found.await? else { return Ok(Said::NoSuchAccount) };
    let Some(key) = data_key(app).await else { return Ok(Said::UnlockFirst) };
    let Ok(secret) = key.open(&credential, &id.0, provider.card.id) else { return Ok(Said::UnlockFirst) };
    let mut out = Outgoing::new(&id.0);
    let whom = Connection { provider, id, settings: &settings, key: &secret };
    let report = match ask(app, &whom, LATELY, &mut out).await {
        Ok(report) => report,
        Err(ended) => return note(app, out).await.map(|()| said_of(ended, &provider.card)),
    };
    let _held = hold_keys(app).await?;
    if data_key(app).await != Some(key) {
        return note(app, out).await.map(|()| Said::UnlockFirst);
    }
    let role = match books {
        Books::GoOn => Role::Follows,
        Books::BeginAnew => Role::Baseline,
    };
    let mut is_taken = false;
    let taken = with_state(app, id, out, |state, now| {
        // Another page may have dropped it, or tried another key, in the meantime.
        let is_tried = |account: &&mut Account| {
            account.replacement.as_ref().is_some_and(|tried| tried.credential == credential)
        };
        is_taken = state.account_mut(id).filter(is_tried).is_some();
        if !is_taken {
            return;
        }
        if let Some(account) = state.account_mut(id) {
            account.credential = Some(credential);
            account.source = Source::Key;
            account.replacement = None;
            account.key_expires = None;
            account.end(now, Ended::Read);
        }
        keep(state, id, now, role, report);
    });
    let missing = taken.await?;
    pages::forget(app, id).await;
    Ok(missing.unwrap_or(if is_taken { Said::KeyReplaced } else { Said::KeyNotTaken }))
}

/// Drops the key that was tried.
pub(super) async fn drop_key<H: Host>(app: &App<'_, H>, id: &AccountId) -> Result<Option<Said>, Failure> {
    with_account(app, id, &mut |account, _| account.replacement = None).await
}

/// Stops refreshing an account.
pub(super) async fn pause<H: Host>(app: &App<'_, H>, id: &AccountId) -> Result<Option<Said>, Failure> {
    with_account(app, id, &mut |account, _| account.life = AccountStatus::Paused).await
}

/// Refreshes it again, from now on.
pub(super) async fn resume<H: Host>(app: &App<'_, H>, id: &AccountId) -> Result<Option<Said>, Failure> {
    let resume = &mut |account: &mut Account, _| {
        account.life = AccountStatus::Active;
        // Whoever resumes it wants to try once more.
        account.problem.take_if(|problem| *problem == Problem::Retired);
    };
    let said = with_account(app, id, resume).await?;
    refresh(app, RefreshScope::Due).await?;
    Ok(said)
}

/// Changes what an account is called. One of no known provider has no other name.
pub(super) async fn rename<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    label: &str,
) -> Result<Option<Said>, Failure> {
    let (label, mut is_nameless) = (short(label), false);
    let mut rename = |account: &mut Account, _| {
        is_nameless = label.is_empty() && account.provider.is_empty();
        if !is_nameless {
            account.label.clone_from(&label);
        }
    };
    let said = with_account(app, id, &mut rename).await?;
    Ok(if is_nameless { Some(Said::BadField(Field::Name)) } else { said })
}

/// Notes the day on which a key expires, or forgets it.
pub(super) async fn key_expiry<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    day: Maybe<Day>,
) -> Result<Option<Said>, Failure> {
    let day = match day {
        Maybe::Is(day) => Some(day),
        Maybe::Empty => None,
        Maybe::Unreadable => return Ok(Some(Said::BadField(Field::Day))),
    };
    with_account(app, id, &mut |account, _| account.key_expires = day).await
}

/// Notes whether a balance is filled up by itself.
pub(super) async fn reloads<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    is_on: bool,
) -> Result<Option<Said>, Failure> {
    with_account(app, id, &mut |account, _| account.reloads = is_on).await
}

/// Removes an account and its key, and its history where the user wants that.
pub(super) async fn remove<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    history: History,
) -> Result<Option<Said>, Failure> {
    let _held = hold_keys(app).await;
    let removed = with_state(app, id, Outgoing::new(&id.0), |state, _| match history {
        History::Erase => state.erase(id),
        History::Keep => {
            if let Some(account) = state.account_mut(id) {
                account.life = AccountStatus::Ended;
                account.lose_key();
            }
        }
    });
    google_token::forget(app, slice::from_ref(id)).await;
    pages::forget(app, id).await;
    removed.await
}

fn of_account(state: &State, id: &AccountId) -> Option<(&'static Provider, Vec<(String, String)>)> {
    let account = state.account(id).filter(|account| account.life != AccountStatus::Ended)?;
    Some((providers::find(&account.provider)?, account.settings.clone()))
}

async fn with_account<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    change: &mut dyn FnMut(&mut Account, crate::time::Timestamp),
) -> Result<Option<Said>, Failure> {
    with_state(app, id, Outgoing::new(&id.0), |state, now| {
        if let Some(account) = state.account_mut(id) {
            change(account, now);
        }
    })
    .await
}

/// Changes the state where that account goes on, and sets the alarm by what it is then. What went out for it is noted
/// either way.
async fn with_state<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    out: Outgoing,
    change: impl FnOnce(&mut State, crate::time::Timestamp),
) -> Result<Option<Said>, Failure> {
    let changed = commit_noting(app, &LoadScope::Lately, out, |state, now| {
        let goes_on = state.account(id).is_some_and(|account| account.life != AccountStatus::Ended);
        if goes_on {
            change(state, now);
        }
        goes_on
    });
    let goes_on = changed.await?;
    alarm::arm(app).await;
    Ok((!goes_on).then_some(Said::NoSuchAccount))
}

/// A name without spaces around it, and not too long.
pub(super) fn short(label: &str) -> String {
    label.trim().chars().take(LONGEST_LABEL).collect()
}
