//! An account's settings: its name, its place in the list, pausing, joining a duplicate, and removing it.

mod view;
mod words;

pub(crate) use view::{counted_twice, join_form, move_buttons, pause_button, remove_form, rename_form};

use core::slice;

use crate::app::account::{change_account, change_with_log};
use crate::app::alarm;
use crate::app::google_token;
use crate::app::pages;
use crate::app::session::hold_keys;
use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, RefreshScope, Rejected, Spot, refresh};
use crate::books::reading::AccountId;
use crate::features::accounts::words::{Words, words};
use crate::host::Host;
use crate::provider::Problem;
use crate::store::{Account, AccountStatus, Direction, LoadScope, Outgoing};
use crate::ui::Form;

/// Stops refreshing an account.
pub(crate) async fn pause<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    change_account(app, &form.account(), |account, _| {
        account.life = AccountStatus::Paused;
        Ok(Done::silently())
    })
    .await
}

/// Refreshes a paused account again, from now on.
pub(crate) async fn resume<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let id = form.account();
    let resumed = change_account(app, &id, |account, _| {
        account.life = AccountStatus::Active;
        // A user who resumes a retired account wants to try once more.
        account.pulse.problem.take_if(|problem| *problem == Problem::Retired);
        Ok(Done::silently())
    });
    let resumed = resumed.await?;
    refresh(app, RefreshScope::Due).await?;
    Ok(resumed)
}

/// Renames an account. An account without a known provider must have a name.
pub(crate) async fn rename<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let label = form.label();
    change_account(app, &form.account(), |account, _| {
        if label.is_empty() && account.provider.is_empty() {
            return Err(Rejected::phrase(|words| words.bad_name).at("label"));
        }
        let before = core::mem::replace(&mut account.label, label);
        let undo = [("account", account.id.0.clone()), ("label", before)];
        Ok(Done::saved().undone_by("rename", undo))
    })
    .await
}

/// Moves an account up or down in the list.
pub(crate) async fn shift<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let direction = match form.text("to") {
        "up" => Direction::Up,
        "down" => Direction::Down,
        _ => return Err(Rejected::unexpected()),
    };
    let id = form.account();
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), |state, _| {
        let (place, of) = state.accounts.shift(&id, direction).ok_or(Rejected::NoAccount)?;
        let name = state.account(&id).map(Account::name).unwrap_or_default();
        Ok(Done::says(move |language| (words(language).moved)(&name, place, of)))
    })
    .await
}

/// Joins two accounts that the user says are the same: the history of both is kept, and the key of one (rule L12).
pub(crate) async fn join<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (from, into) = (form.account(), AccountId(form.text("into").to_owned()));
    let _held = hold_keys(app).await;
    let (scope, submission) = (LoadScope::Whole(Vec::new()), form.submission());
    let joined = commit_once(app, &scope, &submission, Done::silently(), |state, now| {
        let of = |id: &AccountId| {
            state.account(id).filter(|account| account.source.is_key() && !account.is_ended())
        };
        let (one, other) = of(&from).zip(of(&into)).ok_or(Rejected::NoAccount)?;
        if one.id == other.id || one.provider != other.provider {
            return Err(Rejected::unexpected());
        }
        let name = other.name();
        state.absorb(&into, &from, now);
        Ok(Done::says(move |language| (words(language).joined)(&name)).opening(Spot::Account(into.clone())))
    });
    let joined = joined.await?;
    google_token::forget(app, slice::from_ref(&from)).await;
    pages::forget(app, &from).await;
    alarm::arm(app).await;
    Ok(joined)
}

/// Removes an account and its key. Its history stays in the totals or is removed too; either can be undone.
pub(crate) async fn remove<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_history_kept = match form.text("history") {
        "keep" => true,
        "remove" => false,
        _ => return Err(Rejected::unexpected()),
    };
    let id = form.account();
    let _held = hold_keys(app).await;
    let removed = change_with_log(app, &id, Outgoing::new(&id.0), |state, now| {
        if !is_history_kept {
            state.remove(&id, now);
        } else if let Some(account) = state.account_mut(&id) {
            account.life = AccountStatus::Ended;
            account.lose_key();
        }
    });
    google_token::forget(app, slice::from_ref(&id)).await;
    pages::forget(app, &id).await;
    removed.await?;
    let phrase: fn(&Words) -> &'static str =
        if is_history_kept { |words| words.removed } else { |words| words.removed_with_history };
    Ok(Done::of(words, phrase).opening(Spot::Accounts).undone_by("restore", [("account", id.0)]))
}
