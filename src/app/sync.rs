//! Syncs with the user's other computers, through the area that the browser syncs.
//!
//! Knows when the area is read and written, and how items are opened and sealed. Does not know which of their data wins: that
//! is decided in [`crate::store`].
//!
//! ```text
//!   the area -> items of others, opened -> one commit: merged with the state, own items made -> the area
//! ```
//!
//! A worker that is killed in between has done one step, both or none, and the next one continues: the committed state is
//! compared with the area.

mod area;

pub(crate) use area::{Area, QUOTA, VaultItem, announce_reset, clear};

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::session::{data_key, make_name, with_random};
use crate::app::sync::area::size;
use crate::app::tx::{Step, commit_within, look_within};
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::{Host, Values};
use crate::store::{
    Item, ItemKind, LoadScope, OwnItem, State, SyncRecord, SyncTrouble, item_key, keys_with_whole_log,
    written, written_at,
};
use crate::time::{MINUTE, Timestamp};
use crate::vault::{DataKey, Random, Secret};

/// The largest item with its key, in bytes: `QUOTA_BYTES_PER_ITEM`.
const ITEM_QUOTA: usize = 8_192;
/// The most bytes of an item before it is sealed: sealing turns three bytes into four, and adds its own.
const LONGEST: usize = 5_900;
/// The sizes that items are cut to, one after the other, until all of them fit.
const CUTS: [usize; 6] = [LONGEST, 4_200, 3_000, 2_000, 1_200, 600];
/// The most bytes of the item of a vault.
const VAULT_SIZE: usize = 1_024;
/// The bytes that all computers leave free: room for the vaults of two new ones.
const FOR_NEW: usize = 2 * VAULT_SIZE;
/// The shortest time between two writes of the area. Chrome allows 120 writes a minute and 1,800 an hour.
const BETWEEN_WRITES: u64 = MINUTE;

/// The new items of other computers, opened.
#[derive(Default)]
struct News {
    items: Vec<Item>,
    vaults: Vec<VaultItem>,
    /// The digests of these items, by their keys.
    seen: Vec<(String, String)>,
    reset_at: Option<Timestamp>,
    /// Whether another computer writes under the name of this one, because a profile was copied.
    has_copy: bool,
}

/// Merges the items of other computers, and writes this computer's items, if syncing is on and the vault is unlocked. `device`
/// names the settings that stay in this browser; `may_have_news` is whether the area may hold something new.
pub(crate) async fn sync<H: Host>(
    app: &App<'_, H>,
    device: &[&str],
    may_have_news: bool,
) -> Result<(), Failure> {
    if !look_within(app, &LoadScope::Accounts, |state, _| state.sync.is_some()).await? {
        return Ok(());
    }
    let Some(data) = data_key(app).await else { return Ok(()) };
    // The area is read only now: another event may just have written it.
    let _held = app.host.hold("sync").await?;
    let look = |state: &State, now| {
        let sync = state.sync.clone()?;
        let is_soon =
            sync.wrote_at().is_some_and(|at: Timestamp| at <= now && now.since(at) < BETWEEN_WRITES);
        Some((sync, state.rev, is_soon))
    };
    let Some((known, rev, is_soon)) = look_within(app, &LoadScope::Accounts, look).await? else {
        return Ok(());
    };
    let synced = app.host.memory().synced.get();
    if !may_have_news && synced.is_some_and(|(synced, _)| synced == rev) {
        return Ok(());
    }
    let Ok(area) = Area::read(app).await else { return note_refusal(app).await };
    let news = open_news(&area, &known, &data);
    let is_quiet = news.seen.is_empty() && !news.has_copy;
    if is_quiet && (is_soon || synced == Some((rev, area.used))) {
        return Ok(());
    }
    let step = Step::within(&LoadScope::Answerable).keys(keys_with_whole_log());
    let (written, duplicates) = step
        .commit(app, |state, now| {
            if let Some(sync) = state.sync.as_mut().filter(|_| news.has_copy) {
                sync.rename(make_name(app));
            }
            take_in(state, &news, device, now);
            let duplicates = duplicates(state, &data);
            let is_settled = duplicates.is_empty() && !is_soon;
            (
                if is_settled { changes(app, state, &area, &data, device, now) } else { Values::default() },
                duplicates,
            )
        })
        .await?;
    if !duplicates.is_empty() {
        let absorb =
            |state: &mut State, now| duplicates.iter().for_each(|(from, into)| state.absorb(into, from, now));
        return commit_within(app, &LoadScope::Whole(Vec::new()), absorb).await;
    }
    if !written.is_empty() && app.host.write_synced(&written).await.is_err() {
        return note_refusal(app).await;
    }
    if !is_soon {
        let (rev, used) = look_within(app, &LoadScope::Accounts, |state, _| {
            (state.rev, state.sync.as_ref().map(|sync| sync.used))
        })
        .await?;
        app.host.memory().synced.set(used.map(|used| (rev, used)));
    }
    Ok(())
}

/// Records that the browser refused to read or to write the area. Nothing here depends on it: the settings say so, and the next
/// event tries again.
async fn note_refusal<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let noted = Step::lately().only(&[]).commit(app, |state, _| {
        if let Some(sync) = &mut state.sync {
            sync.trouble = Some(SyncTrouble::Refused);
            sync.wrote.clear();
        }
    });
    noted.await
}

/// The content of an item of this computer.
enum Content {
    /// Is sealed when it is written.
    Sealed(String),
    /// Gets its proof when it is written.
    Vault(VaultItem),
}

impl Content {
    /// The digest of the content, without its random parts.
    fn digest(&self) -> String {
        match self {
            Content::Sealed(text) => digest(text),
            Content::Vault(item) => digest(&item.claim()),
        }
    }

    /// The text to write under a key at a time.
    fn text(&self, data: &DataKey, key: &str, now: Timestamp, random: Random<'_>) -> Option<String> {
        match self {
            Content::Sealed(text) => {
                serde_json::to_string(&data.seal_item(&written(text, now), key, random)).ok()
            }
            Content::Vault(item) => {
                let proof = Some(data.seal_item(&item.claim(), key, random));
                serde_json::to_string(&VaultItem { proof, ..item.clone() }).ok()
            }
        }
    }
}

fn open_news(area: &Area, known: &SyncRecord, data: &DataKey) -> News {
    let mut news = News::default();
    for (key, computer, kind, text) in &area.items {
        let digest = digest(text);
        let is_own = known.wrote.iter().any(|(own, wrote)| own == key && wrote.ends_with(&digest));
        if is_own || known.seen.iter().any(|(known, of)| known == key && *of == digest) {
            continue;
        }
        if *computer == known.me {
            let written = open_text(text, key, data).and_then(|text| written_at(&text));
            news.has_copy |= written.is_some_and(|at| known.is_of_copy(at));
        } else if *kind == ItemKind::Vault {
            let Ok(item) = serde_json::from_str::<VaultItem>(text) else { continue };
            match item.vault {
                None => news.reset_at = news.reset_at.max(Some(item.at)),
                Some(_) if item.is_of(data, key) => news.vaults.push(item),
                // Sealed under another data key: the user is asked for its password.
                Some(_) => continue,
            }
        } else {
            let opened = open_text(text, key, data);
            let Some(item) = opened.and_then(|text| Item::parse(kind, &text)) else { continue };
            news.items.push(item);
        }
        if *computer != known.me {
            news.seen.push((key.clone(), digest));
        }
    }
    news
}

/// The content of a sealed item. `None` if it is not sealed under this data key and storage key.
fn open_text(sealed: &str, key: &str, data: &DataKey) -> Option<String> {
    data.open_item(&serde_json::from_str(sealed).ok()?, key).ok()
}

fn take_in(state: &mut State, news: &News, device: &[&str], now: Timestamp) {
    let vaults =
        news.vaults.iter().filter_map(|item| Item::of_vault(item.vault.as_ref()?, item.at, &item.by));
    let items: Vec<Item> = news.items.iter().cloned().chain(vaults).collect();
    let is_all = state.take_in(&items, device, now);
    let Some(sync) = &mut state.sync else { return };
    sync.reset_at = sync.reset_at.max(news.reset_at);
    for (key, digest) in news.seen.iter().filter(|_| is_all) {
        sync.seen.retain(|(known, _)| known != key);
        sync.seen.push((key.clone(), digest.clone()));
    }
}

/// The items to write or to remove.
fn changes<H: Host>(
    app: &App<'_, H>,
    state: &mut State,
    area: &Area,
    data: &DataKey,
    device: &[&str],
    now: Timestamp,
) -> Values {
    let Some(me) = state.sync.as_ref().map(|sync| sync.me.clone()) else { return Values::default() };
    let (items, is_full) = fitting(state, &me, room(area, &me), device, now);
    let mut own: Vec<(String, Content)> = Vec::new();
    for OwnItem { kind, text, .. } in items {
        own.push((item_key(&me, &kind), Content::Sealed(text)));
    }
    if let Some((vault, at, by)) = state.synced_vault() {
        let item = VaultItem { vault: Some(vault), at, by, proof: None };
        own.push((item_key(&me, &ItemKind::Vault), Content::Vault(item)));
    }
    let mut values = Values::default();
    let Some(sync) = &mut state.sync else { return values };
    for (key, content) in &own {
        let new_digest = content.digest();
        let known = sync.wrote.iter().find(|(known, _)| known == key).map(|(_, wrote)| wrote.clone());
        let there = area.text(key).map(digest);
        // Compares the content, and the sealed text of the last write.
        if there.is_some_and(|there| known == Some(format!("{new_digest} {there}"))) {
            continue;
        }
        let Some(text) = with_random(app, |random| content.text(data, key, now, random)) else { continue };
        sync.wrote.retain(|(known, _)| known != key);
        sync.wrote.push((key.clone(), format!("{new_digest} {}", digest(&text))));
        values.set(key.clone(), Some(text));
    }
    for key in area.keys(Some(&me)) {
        if !own.iter().any(|(known, _)| *known == key) {
            sync.wrote.retain(|(known, _)| *known != key);
            values.set(key, None);
        }
    }
    if !values.is_empty() {
        sync.note_write(now);
    }
    sync.trouble = is_full.then_some(SyncTrouble::Full);
    let new = |(key, text): (&str, Option<&str>)| text.map_or(0, |text| size(key, text));
    let old = |(key, _): (&str, Option<&str>)| area.text(key).map_or(0, |text| size(key, text));
    sync.used = area.used - values.iter().map(old).sum::<usize>() + values.iter().map(new).sum::<usize>();
    values
}

/// The bytes that the sealed items of this computer may take: an equal share for each computer, including this one if it is new,
/// and at least two shares. A new computer has only what the others left free, until they see its vault and write less.
fn room(area: &Area, me: &str) -> usize {
    let share = (QUOTA - FOR_NEW) / area.computers_with(me).max(2);
    share.min(QUOTA.saturating_sub(area.used - area.used_by(me))).saturating_sub(VAULT_SIZE)
}

/// Duplicate accounts, each with the one that stays: accounts that became another one on some computer, and accounts with the
/// same key, which two computers connected before they synced. Every computer keeps the same one.
fn duplicates(state: &State, data: &DataKey) -> Vec<(AccountId, AccountId)> {
    let mut known: Vec<(&AccountId, &str, Secret)> = Vec::new();
    for account in state.accounts.iter() {
        known.extend(account.open_key(data).map(|key| (&account.id, account.provider.as_str(), key)));
    }
    let (became, mut duplicates) = (state.to_absorb(), Vec::new());
    for (id, provider, key) in &known {
        if became.iter().any(|(from, _)| from == *id) {
            continue;
        }
        let same = known.iter().filter(|(_, of, other)| of == provider && other == key);
        let first = same.map(|(id, ..)| *id).min();
        duplicates.extend(first.filter(|first| first != id).map(|first| ((*id).clone(), first.clone())));
    }
    duplicates.extend(became);
    duplicates
}

/// This computer's items, cut until they fit, and whether anything had to be left out.
fn fitting(state: &State, me: &str, room: usize, device: &[&str], now: Timestamp) -> (Vec<OwnItem>, bool) {
    let mut items = Vec::new();
    for most in CUTS {
        items = state.own_items(device, most, now);
        if items.iter().map(|item| sealed_size(me, item)).sum::<usize>() <= room {
            break;
        }
    }
    let (mut used, count) = (0, items.len());
    items.retain(|item| {
        let size = sealed_size(me, item);
        let fits = size <= ITEM_QUOTA && used + size <= room;
        used += if fits { size } else { 0 };
        fits
    });
    let is_full = items.len() < count || items.iter().any(|item| item.is_cut);
    (items, is_full)
}

/// The bytes of an item once it is sealed.
fn sealed_size(me: &str, item: &OwnItem) -> usize {
    // The nonce, the version and the names, with their quotes escaped.
    const AROUND: usize = 80;
    // The line with the time of writing, and the tag.
    const MORE: usize = 24 + 16;
    item_key(me, &item.kind).len() + AROUND + (item.text.len() + MORE).div_ceil(3) * 4
}
