//! Accounts without a key: kept by hand or by files, and the figures that their users type.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::manage::short;
use crate::app::session::make_name;
use crate::app::tx::commit_once;
use crate::books::correction::ManualFigure;
use crate::books::reading::AccountId;
use crate::command::{Keyless, Maybe, Submission, Tells};
use crate::host::Host;
use crate::money::{Amount, Currency};
use crate::providers;
use crate::screen::{Field, Said};
use crate::store::{Account, CorrectionError, LoadScope, Source, State};
use crate::time::Timestamp;

/// The longest time without a reminder that can be chosen, in days.
const LONGEST: u32 = 366;

/// Does it. A field that is wrong is said, and nothing is kept.
pub async fn keyless<H: Host>(
    app: &App<'_, H>,
    command: Keyless,
    submission: &Submission,
) -> Result<Said, Failure> {
    let id = AccountId(make_name(app));
    let done = match command {
        Keyless::ByHand { .. } => Said::KeptByHand,
        Keyless::ByFile { .. } => Said::KeptByFile,
        Keyless::Figure { .. } | Keyless::Left { .. } => Said::ManualFigure,
        Keyless::Remind { .. } => Said::Saved,
    };
    commit_once(app, &LoadScope::Answerable, submission, done, |state, now| {
        change(state, now, id, command).unwrap_or_else(|refused| refused)
    })
    .await
}

/// `id` is for a new account.
fn change(state: &mut State, now: Timestamp, id: AccountId, command: Keyless) -> Result<Said, Said> {
    match command {
        Keyless::ByHand { label, currency, tells, amount } => {
            let (label, currency, amount) = (needed(&label)?, known(currency)?, figure(amount)?);
            let source = match tells {
                Tells::Balance => Source::Balance(currency),
                Tells::Bill => Source::Bill(currency),
            };
            not_below_zero(source, amount)?;
            state.accounts.push(Account::without_key(id.clone(), "", label, source));
            // Of a balance it is the baseline (rule L2).
            state.type_in(&id, amount, now, now).map_err(Said::NotKept)?;
            Ok(Said::KeptByHand)
        }
        Keyless::ByFile { provider, label } => {
            let provider = providers::find(&provider).map(|provider| provider.card.id);
            let label = if provider.is_some() { short(&label) } else { needed(&label)? };
            state.accounts.push(Account::without_key(id, provider.unwrap_or_default(), label, Source::File));
            Ok(Said::KeptByFile)
        }
        Keyless::Figure { account, amount, at } => {
            let amount = figure(amount)?;
            let at = match at {
                Maybe::Is(at) => at,
                Maybe::Empty => now,
                Maybe::Unreadable => return Err(Said::BadField(Field::Time)),
            };
            if let Some(account) = state.account(&account) {
                not_below_zero(account.source, amount)?;
            }
            state.type_in(&account, amount, at, now).map_err(Said::NotKept)?;
            Ok(Said::ManualFigure)
        }
        Keyless::Left { account, currency, amount } => {
            let left = ManualFigure { currency: known(currency)?, at: now, amount: figure(amount)? };
            state.type_left(&account, left).map_err(Said::NotKept)?;
            Ok(Said::ManualFigure)
        }
        Keyless::Remind { account, days } => {
            let days = match days {
                Maybe::Empty => None,
                Maybe::Is(days) if (1..=LONGEST).contains(&days) => Some(days),
                Maybe::Is(_) | Maybe::Unreadable => return Err(Said::BadField(Field::Days)),
            };
            let account = state.account_mut(&account).ok_or(Said::NotKept(CorrectionError::NoSuchAccount))?;
            account.remind_days = days;
            Ok(Said::Saved)
        }
    }
}

fn needed(label: &str) -> Result<String, Said> {
    Some(short(label)).filter(|label| !label.is_empty()).ok_or(Said::BadField(Field::Name))
}

fn known(currency: Maybe<Currency>) -> Result<Currency, Said> {
    if let Maybe::Is(currency) = currency { Ok(currency) } else { Err(Said::BadField(Field::Currency)) }
}

fn figure(amount: Maybe<Amount>) -> Result<Amount, Said> {
    if let Maybe::Is(amount) = amount { Ok(amount) } else { Err(Said::BadField(Field::Figure)) }
}

/// A balance may be overdrawn; a bill cannot be below zero.
fn not_below_zero(source: Source, amount: Amount) -> Result<(), Said> {
    let is_wrong = matches!(source, Source::Bill(_)) && amount.is_negative();
    if is_wrong { Err(Said::BadField(Field::Figure)) } else { Ok(()) }
}
