//! Accounts without a key: kept by hand or by files, and the figures that their users type.

use crate::command::{Keyless, Maybe, Tells};
use crate::correction::Left;
use crate::host::Host;
use crate::money::{Amount, Currency};
use crate::period::Timestamp;
use crate::providers;
use crate::reading::AccountId;
use crate::screen::{Field, Said};
use crate::state::{Account, Reach, Refusal, Source};
use crate::worker::Trouble;
use crate::worker::commit::{commit, commit_within};
use crate::worker::keys::make_name;
use crate::worker::manage::short;

/// The longest time without a reminder that can be chosen, in days.
const LONGEST: u32 = 366;

/// Does it.
pub(super) async fn run<H: Host>(host: &H, command: Keyless) -> Result<Said, Trouble> {
    match command {
        Keyless::ByHand { label, currency, tells, amount } => {
            by_hand(host, &label, currency, tells, amount).await
        }
        Keyless::ByFile { provider, label } => by_file(host, &provider, &label).await,
        Keyless::Figure { account, amount, at } => figure(host, &account, amount, at).await,
        Keyless::Left { account, currency, amount } => left(host, &account, currency, amount).await,
        Keyless::Remind { account, days } => remind(host, &account, days).await,
    }
}

/// Keeps an account whose first figure its user typed: of a balance it is the baseline (rule L2).
async fn by_hand<H: Host>(
    host: &H,
    label: &str,
    currency: Maybe<Currency>,
    tells: Tells,
    amount: Maybe<Amount>,
) -> Result<Said, Trouble> {
    let label = short(label);
    if label.is_empty() {
        return Ok(Said::BadField(Field::Name));
    }
    let Maybe::Is(currency) = currency else { return Ok(Said::BadField(Field::Currency)) };
    let Maybe::Is(amount) = amount else { return Ok(Said::BadField(Field::Figure)) };
    let source = match tells {
        Tells::Balance => Source::Balance(currency),
        Tells::Bill if amount.is_negative() => return Ok(Said::BadField(Field::Figure)),
        Tells::Bill => Source::Bill(currency),
    };
    let account = Account::without_key(AccountId(make_name(host)), "", label, source);
    commit(host, |state, now| {
        let id = account.id.clone();
        state.accounts.push(account);
        said(state.type_in(&id, amount, now, now), Said::KeptByHand)
    })
    .await
}

/// Keeps an account that tells nothing before its first file is brought.
async fn by_file<H: Host>(host: &H, provider: &str, label: &str) -> Result<Said, Trouble> {
    let label = short(label);
    let card = providers::find(provider).map(|provider| &provider.card);
    if card.is_none() && label.is_empty() {
        return Ok(Said::BadField(Field::Name));
    }
    let id = AccountId(make_name(host));
    let account = Account::without_key(id, card.map_or("", |card| card.id), label, Source::File);
    commit(host, |state, _| {
        state.accounts.push(account);
        Said::KeptByFile
    })
    .await
}

/// Keeps a figure of an account kept by hand. A bill cannot be below zero; an overdrawn balance can.
pub async fn figure<H: Host>(
    host: &H,
    id: &AccountId,
    amount: Maybe<Amount>,
    at: Maybe<Timestamp>,
) -> Result<Said, Trouble> {
    let Maybe::Is(amount) = amount else { return Ok(Said::BadField(Field::Figure)) };
    if at == Maybe::Unreadable {
        return Ok(Said::BadField(Field::Time));
    }
    commit_within(host, &Reach::Answerable, |state, now| {
        let is_bill = |account: &Account| matches!(account.source, Source::Bill(_));
        if amount.is_negative() && state.account(id).is_some_and(is_bill) {
            return Said::BadField(Field::Figure);
        }
        let at = if let Maybe::Is(at) = at { at } else { now };
        said(state.type_in(id, amount, at, now), Said::Typed)
    })
    .await
}

/// Keeps what is left of a balance, as of now.
pub async fn left<H: Host>(
    host: &H,
    id: &AccountId,
    currency: Maybe<Currency>,
    amount: Maybe<Amount>,
) -> Result<Said, Trouble> {
    let Maybe::Is(currency) = currency else { return Ok(Said::BadField(Field::Currency)) };
    let Maybe::Is(amount) = amount else { return Ok(Said::BadField(Field::Figure)) };
    commit(host, |state, now| said(state.type_left(id, Left { currency, at: now, amount }), Said::Typed))
        .await
}

async fn remind<H: Host>(host: &H, id: &AccountId, days: Maybe<u32>) -> Result<Said, Trouble> {
    let days = match days {
        Maybe::Empty => None,
        Maybe::Is(days) if (1..=LONGEST).contains(&days) => Some(days),
        Maybe::Is(_) | Maybe::Unreadable => return Ok(Said::BadField(Field::Days)),
    };
    commit(host, |state, _| match state.account_mut(id) {
        Some(account) => {
            account.remind_days = days;
            Said::Saved
        }
        None => Said::NotKept(Refusal::NoSuchAccount),
    })
    .await
}

fn said(kept: Result<(), Refusal>, done: Said) -> Said {
    kept.map_or_else(Said::NotKept, |()| done)
}
