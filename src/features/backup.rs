//! Backup and restore: one file with everything that is stored. It contains keys only in sealed form.
//!
//! ```text
//!   fresh browser                 everything is restored; the backup's password opens its keys
//!   accounts here, no vault here  the same, next to the accounts that are here
//!   a vault here                  with the backup's password, its keys are sealed again under the vault that is here;
//!                                 without it, the accounts are restored without keys
//! ```
//!
//! The same account is recognized by its id, by its key if both keys are open, and by its books (rule L12).

mod setting;
mod view;
mod words;

pub(crate) use view::{other_computers, section};

use crate::app::sealing::open_vault;
use crate::app::session::{data_key, hold_keys, with_random};
use crate::app::tx::{Step, look};
use crate::app::{App, Done, FilePart, Outcome, Rejected, Spot, alarm, input};
use crate::books::reading::AccountId;
use crate::books::statement::move_alike;
use crate::features::backup::setting::MADE_AT;
use crate::features::backup::words::words;
use crate::host::Host;
use crate::store::{Account, Backup, BackupError, LoadScope, Restored, State};
use crate::time::Timestamp;
use crate::ui::{File, Form};
use crate::vault::{DataKey, Secret, Vault, VaultError};

/// The maximum size of a backup, in bytes. Ten years of twenty accounts take a quarter of it.
pub(crate) const MOST_BYTES: usize = 32 << 20;

/// The file, for the page to save. `device` names the settings that are not backed up.
pub(crate) async fn back_up<H: Host>(app: &App<'_, H>, device: &[&str]) -> Outcome {
    let scope = LoadScope::Whole(Vec::new());
    let written = Step::within(&scope).try_commit(app, |state, now| {
        MADE_AT.set(&mut state.settings, &Some(now));
        let text =
            state.to_backup(device, now).ok_or_else(|| Rejected::of(words, |words| words.unwritable))?;
        Ok((text, now))
    });
    let (text, now) = written.await?;
    let name = format!("drawdown-backup-{}.json", now.day());
    let file = FilePart { name, text, next: None };
    Ok(Done { file: Some(file), ..Done::of(words, |words| words.made) })
}

/// Where the keys of a backup come from.
enum Keys {
    /// This browser has no keys: the backup's keys are restored with their vault, still sealed.
    Vault(Vault),
    /// The restored keys are sealed under the data key that is in use here.
    Here {
        key: DataKey,
        /// The backup's data key, if its password was given.
        theirs: Option<DataKey>,
    },
    /// The vault here is locked: only keys that this vault sealed itself are kept.
    Locked,
}

/// Restores a backup, completely or not at all.
pub(crate) async fn restore<H: Host>(app: &App<'_, H>, form: &Form, device: &[&str]) -> Outcome {
    let bytes = bytes_of(form)?;
    let mut backup = Backup::parse(&bytes, device, app.host.now()).map_err(|why| refused(why).at("file"))?;
    drop(bytes);
    let _held = hold_keys(app).await?;
    let data = data_key(app).await;
    let (vault, has_keys) = look(app, |state, _| {
        (state.vault.clone(), state.accounts.iter().any(|account| account.credential.is_some()))
    })
    .await?;
    // EXPOSE: the browser normalizes the password; nothing keeps it.
    let password = Secret::from(app.host.nfkc(form.secret("password").expose()));
    // EXPOSE: only whether one was entered.
    let has_password = !password.expose().is_empty();
    let keys = match (backup.vault(), data) {
        (Some(theirs), None) if vault.is_none() && !has_keys => Keys::Vault(theirs.clone()),
        (_, None) if has_password => return Err(Rejected::of(words, |words| words.unlock_first)),
        (Some(theirs), Some(key)) if has_password => {
            let opened = open_vault(app, theirs, &password).await;
            let theirs = opened.map_err(|why| not_opened(why).at("password"))?;
            Keys::Here { key, theirs: Some(theirs) }
        }
        (_, Some(key)) => Keys::Here { key, theirs: None },
        (_, None) => Keys::Locked,
    };
    let is_same_vault = vault.is_some() && vault.as_ref() == backup.vault();
    let scope = backup.scope();
    let restored = Step::within(&scope).try_commit(app, |state, now| {
        let same = same_accounts(state, &backup, &keys, now);
        for account in backup.accounts_mut() {
            let (from, is_key) = (account.id.clone(), account.credential.is_some());
            let to = same.iter().find(|(there, _)| *there == from).map_or(&from, |(_, here)| here);
            if is_key && !seal(app, account, to, &keys) && !(is_same_vault && *to == from) {
                account.lose_key();
            }
            let is_other = state.account(to).is_some_and(|here| here.provider != account.provider);
            if is_other {
                return Err(refused(BackupError::Damaged).at("file"));
            }
        }
        let is_adopted = matches!(keys, Keys::Vault(_));
        if !is_adopted && state.is_fresh() {
            // A backup without a vault.
            backup.accounts_mut().for_each(Account::lose_key);
        }
        let restored = state.restore(backup, &same, now);
        if let Keys::Vault(vault) = keys {
            state.vault = Some(vault);
        }
        Ok((restored, is_adopted))
    });
    let (restored, is_adopted) = restored.await?;
    alarm::arm(app).await;
    let Restored { added, merged, keyless } = restored;
    let done = Done::says(move |language| (words(language).restored)(added, &merged, keyless, is_adopted));
    Ok(done.opening(Spot::Overview(None)))
}

fn bytes_of(form: &Form) -> Result<Vec<u8>, Rejected> {
    let no_file = || Rejected::of(words, |words| words.no_file).at("file");
    let File { bytes, is_too_large, .. } = form.files("file").into_iter().next().ok_or_else(no_file)?;
    let too_large = || Rejected::of(words, |words| words.too_large).at("file");
    if is_too_large {
        return Err(too_large());
    }
    let bytes = bytes.ok_or_else(no_file)?;
    if bytes.len() > MOST_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// Seals the key of a backup's account again, for the account `to`. Returns `false` if the key cannot be opened.
fn seal<H: Host>(app: &App<'_, H>, account: &mut Account, to: &AccountId, keys: &Keys) -> bool {
    if account.credential.is_none() {
        return false;
    }
    let Keys::Here { key, .. } = keys else {
        return matches!(keys, Keys::Vault(_)) && *to == account.id;
    };
    // A key that the data key in use opens is kept as it is sealed.
    if *to == account.id && account.open_key(key).is_some() {
        return true;
    }
    let Some(opened) = opened(account, keys) else { return false };
    account.credential = Some(with_random(app, |random| key.seal(&opened, &to.0, &account.provider, random)));
    true
}

/// The opened key of a backup's account.
fn opened(account: &Account, keys: &Keys) -> Option<Secret> {
    let Keys::Here { key, theirs } = keys else { return None };
    [Some(key), theirs.as_ref()].into_iter().flatten().find_map(|key| account.open_key(key))
}

/// The backup's accounts that exist here under another id: those with the same key, or with books that move identically. Each is
/// matched with one account.
fn same_accounts(state: &State, backup: &Backup, keys: &Keys, now: Timestamp) -> Vec<(AccountId, AccountId)> {
    let theirs = backup.state();
    let mut same: Vec<(AccountId, AccountId)> = Vec::new();
    for there in theirs.accounts.iter().filter(|there| state.account(&there.id).is_none()) {
        let is_free = |here: &&Account| {
            let is_taken = same.iter().any(|(_, taken)| *taken == here.id);
            here.provider == there.provider && theirs.account(&here.id).is_none() && !is_taken
        };
        let key = opened(there, keys);
        let has_key = |here: &Account| key.is_some() && opened(here, keys) == key;
        let moves = |here: &Account| move_alike(&input(state, here), &input(theirs, there), now);
        let free: Vec<&Account> = state.accounts.iter().filter(is_free).collect();
        let found = free.iter().find(|here| has_key(here)).or_else(|| free.iter().find(|here| moves(here)));
        let found = found.map(|here| here.id.clone());
        same.extend(found.map(|here| (there.id.clone(), here)));
    }
    same
}

fn refused(why: BackupError) -> Rejected {
    Rejected::of(
        words,
        match why {
            BackupError::Foreign => |words| words.foreign,
            BackupError::Damaged => |words| words.damaged,
            BackupError::Newer => |words| words.newer,
        },
    )
}

fn not_opened(why: VaultError) -> Rejected {
    Rejected::of(
        words,
        match why {
            VaultError::WrongPassword => |words| words.wrong_password,
            VaultError::Damaged | VaultError::Unsupported => |words| words.vault_unusable,
        },
    )
}
