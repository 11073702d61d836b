//! What the dashboard and the popup let the user state: top-ups, gifts, expiries, refunds, and taking them back.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::session::make_name;
use crate::app::tx::{commit, commit_once, commit_within, look_within};
use crate::books::correction::{Correction, Declared, Fact, Kind, ManualFigure, standing};
use crate::books::ledger::{Contradiction, derive};
use crate::books::reading::AccountId;
use crate::command::{Maybe, Submission};
use crate::host::Host;
use crate::money::Currency;
use crate::screen::{Field, Said};
use crate::store::{CorrectionError, LoadScope, State};
use crate::time::{Day, Timestamp};

/// Keeps a statement, unless it would make a spend negative (rule L5). The same one twice is one: a click may come
/// twice.
pub async fn declare<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    declared: Maybe<Declared>,
    at: Maybe<Timestamp>,
    submission: &Submission,
) -> Result<Said, Failure> {
    let Maybe::Is(declared) = declared else { return Ok(Said::BadField(Field::Amount)) };
    let at = match at {
        Maybe::Is(at) => at,
        Maybe::Empty => app.host.now(),
        Maybe::Unreadable => return Ok(Said::BadField(Field::Time)),
    };
    // That nothing expired or was paid back is an answer; that nothing came in is none.
    if declared.amount.is_zero() && matches!(declared.kind, Kind::TopUp | Kind::Gift) {
        return Ok(Said::BadField(Field::Amount));
    }
    let correction = Correction { id: make_name(app), at, fact: Fact::Declared(declared) };
    commit_once(app, &LoadScope::Answerable, submission, Said::Declared, |state, now| {
        if is_stated(state, id, &correction) {
            return Said::Declared;
        }
        match misfit(state, id, &correction, now) {
            Some(misfit) => Said::Contradiction(misfit, declared.currency),
            None => said(state.correct(id, correction, now), Said::Declared),
        }
    })
    .await
}

/// Takes a statement, a typed figure or a whole import back. A statement and an import go by their names, a typed figure by
/// its text as it is stored.
pub async fn undo<H: Host>(app: &App<'_, H>, id: &AccountId, correction: &str) -> Result<Said, Failure> {
    let reach = look_within(app, &LoadScope::Accounts, |state, _| {
        let account = state.account(id)?;
        Some(LoadScope::of_import(account, account.import_of(correction)?))
    });
    if let Some(reach) = reach.await? {
        let undo = |state: &mut State, now| said(state.undo_import(id, correction, now), Said::Undone);
        return commit_within(app, &reach, undo).await;
    }
    let name = make_name(app);
    commit_within(app, &LoadScope::Answerable, |state, now| {
        if let Ok(typed) = ManualFigure::try_from(correction.to_owned()) {
            return said(state.untype(id, &typed, now), Said::Undone);
        }
        let undone = Correction { id: name, at: now, fact: Fact::Undone(correction.to_owned()) };
        said(state.correct(id, undone, now), Said::Undone)
    })
    .await
}

/// Notes the day on which granted credit expires, or forgets it.
pub(super) async fn expiry_day<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    currency: Maybe<Currency>,
    day: Maybe<Day>,
) -> Result<Said, Failure> {
    let Maybe::Is(currency) = currency else { return Ok(Said::BadField(Field::Currency)) };
    if day == Maybe::Unreadable {
        return Ok(Said::BadField(Field::Day));
    }
    commit(app, |state, _| {
        let Some(account) = state.account_mut(id) else {
            return Said::NotKept(CorrectionError::NoSuchAccount);
        };
        account.expires.retain(|(known, _)| *known != currency);
        if let Maybe::Is(day) = day {
            account.expires.push((currency, day));
        }
        Said::ExpiryNoted
    })
    .await
}

fn said(kept: Result<(), CorrectionError>, done: Said) -> Said {
    kept.map_or_else(Said::NotKept, |()| done)
}

fn is_stated(state: &State, id: &AccountId, correction: &Correction) -> bool {
    let Some(account) = state.account(id) else { return false };
    let told = state.told(account);
    let mut standing = standing(told.corrections.iter().copied());
    standing.any(|(known, _)| known.at == correction.at && known.fact == correction.fact)
}

/// Whether the window that it belongs to would have a negative spend with it.
fn misfit(state: &State, id: &AccountId, correction: &Correction, now: Timestamp) -> Option<Contradiction> {
    let Fact::Declared(Declared { currency, .. }) = correction.fact else { return None };
    let mut told = state.told(state.account(id)?);
    told.corrections.push(correction);
    let ledger = derive(&told, now);
    let windows = &ledger.book_of(currency)?.windows;
    let place = windows.partition_point(|window| window.span.to < correction.at);
    windows.get(place).filter(|window| window.span.from < correction.at)?.contradiction
}
