//! The data that computers exchange through the browser's synced area, and how it is merged.
//!
//! Knows which data goes into which item, and which value wins if two computers differ. Does not know the area, nor how an item
//! is sealed. Each computer writes only its own items, so that no write overwrites another computer's; a missing item means
//! nothing.
//!
//! ```text
//!   drawdown.ME.vault     the vault, and when its password was set         as it is, with a proof under the data key
//!   drawdown.ME.settings  each setting with the time of its last change    sealed under the data key
//!   drawdown.ME.ACCOUNT   an account's fields, likewise; its checkpoints;  sealed under the data key
//!                         what its user stated
//! ```
//!
//! Readings and statements are united. If two computers changed a field, the later change wins; of two changes at the same
//! time, the one of the computer with the greater id. A field that has its default here and was never changed is in no item, so
//! a new computer overwrites nothing.

mod checkpoints;
mod field;
mod fields;
mod imported;
mod item;
mod record;
mod union;

pub use item::{Item, ItemKind, OwnItem, item_key, parse_key, written, written_at};
pub use record::{SyncRecord, SyncTrouble};

use crate::books::ledger::is_past;
use crate::books::reading::AccountId;
use crate::store::account::Account;
use crate::store::load_scope::cut_of_thinning;
use crate::store::month_totals::MonthTotals;
use crate::store::shard::Shard;
use crate::store::state::State;
use crate::store::sync::checkpoints::Checkpoints;
use crate::store::sync::field::{Field, VAULT, figure_of};
use crate::time::Timestamp;
use crate::vault::Vault;

impl State {
    /// Stamps the synced fields that the user changed: each field that differs from its last stamp was changed now. `device`
    /// names the settings that stay in this browser.
    pub fn stamp(&mut self, device: &[&str], now: Timestamp) {
        let fields = self.fields(device);
        let cut = cut_of_thinning(now).month().span().from.day();
        let fixed: Vec<_> =
            self.accounts.iter().map(|account| (account.id.clone(), account.thinned().max(cut))).collect();
        if let Some(sync) = &mut self.sync {
            fixed.iter().for_each(|(id, cut)| sync.forget_figures(id, *cut));
            sync.stamp(&fields, now);
        }
    }

    /// Merges the items that other computers wrote; needs [`crate::store::LoadScope::Answerable`]. `false` if some of their
    /// data lies in the future by this computer's clock: those items must be merged again later.
    pub fn take_in(&mut self, items: &[Item], device: &[&str], now: Timestamp) -> bool {
        if self.sync.as_ref().is_some_and(|sync| !sync.is_joining) {
            self.stamp(device, now);
        }
        // The newest value of each field first: the fields say which accounts exist.
        let mut newer: Vec<Field> = Vec::new();
        for field in items.iter().flat_map(|item| &item.fields) {
            let known = newer.iter().position(|known| known.path == field.path);
            match known.and_then(|place| newer.get_mut(place)) {
                Some(known) if known.is_before(field) => known.clone_from(field),
                Some(_) => {}
                None => newer.push(field.clone()),
            }
        }
        if let Some(sync) = &self.sync {
            newer.retain(|field| sync.is_news(field));
        }
        let is_to_come = |field: &Field| figure_of(&field.path).is_some_and(|(_, at)| at > now);
        let is_all = !newer.iter().any(is_to_come);
        newer.retain(|field| !is_to_come(field));
        self.set_fields(newer, now);
        if let Some(sync) = self.sync.as_mut().filter(|sync| sync.is_joining) {
            sync.is_joining = false;
            self.stamp(device, now);
        }
        for (id, item) in items.iter().filter_map(|item| Some((item.account.as_ref()?, item))) {
            let id = if self.account(id).is_some() { id.clone() } else { self.successor(id) };
            self.unite(&id, item, now);
        }
        self.remove_with_successors(now);
        is_all && !items.iter().any(|item| item.readings().iter().any(|observed| !is_past(observed.at, now)))
    }

    /// The name of this computer in the synced area. `None` if syncing is off.
    pub fn computer(&self) -> Option<String> {
        self.sync.as_ref().map(|sync| sync.me.clone())
    }

    /// Pairs of accounts to merge: an account here that became another one on some computer, and that one if it is here too.
    pub fn to_absorb(&self) -> Vec<(AccountId, AccountId)> {
        let became = self.accounts.iter().map(|account| (account.id.clone(), self.successor(&account.id)));
        became.filter(|(from, into)| from != into && self.account(into).is_some()).collect()
    }

    fn successor(&self, id: &AccountId) -> AccountId {
        self.sync.as_ref().map_or_else(|| id.clone(), |sync| sync.successor(id))
    }

    /// Removes each account that became one that was removed.
    fn remove_with_successors(&mut self, now: Timestamp) {
        let ids: Vec<AccountId> = self.accounts.iter().map(|account| account.id.clone()).collect();
        for id in ids {
            let into = self.successor(&id);
            if into != id && self.sync.as_ref().is_some_and(|sync| sync.is_removed(&into)) {
                self.remove(&id, now);
            }
        }
    }

    /// Merges two accounts: `from` becomes part of `into`, and the key of `into` stays. Does nothing if either is not here.
    /// Needs [`crate::store::LoadScope::Whole`].
    pub fn absorb(&mut self, into: &AccountId, from: &AccountId, now: Timestamp) {
        if into == from || self.account(into).is_none() {
            return;
        }
        self.settle_account(from, now);
        let found = self.accounts.0.extract_if(.., |state| state.account.id == *from).collect::<Vec<_>>();
        for other in found {
            let keys = Shard::all_keys(&other.account).chain(MonthTotals::all_keys(from));
            self.erased.extend(keys.chain([Account::key(from)]).map(|key| (key, None)));
            self.merge(into, other, now);
        }
        self.alerts.forget(from);
        if let Some(sync) = &mut self.sync {
            sync.note_same(from, into, now);
        }
    }

    /// The vault, with the time and the computer of its last change of password.
    pub fn synced_vault(&self) -> Option<(Vault, Timestamp, String)> {
        let (at, by) = self.sync.as_ref()?.stamp_of(VAULT)?;
        Some((self.vault.clone()?, at, by.to_owned()))
    }

    /// The items of this computer, except the vault's; needs [`crate::store::LoadScope::Answerable`]. An item has at most
    /// `most` bytes before it is sealed, as far as its fields allow that.
    pub fn own_items(&self, device: &[&str], most: usize, now: Timestamp) -> Vec<OwnItem> {
        let Some(sync) = &self.sync else { return Vec::new() };
        let stamped = sync.stamped(&self.fields(device));
        let ids: Vec<AccountId> = self.accounts.iter().map(|account| account.id.clone()).collect();
        let mut items = Vec::new();
        items.extend(Item::of_settings(&stamped, &ids).write(&Checkpoints::default(), most));
        for account in self.accounts.iter() {
            let item = Item::of_account(&account.id, &stamped, account.since.clone());
            items.extend(item.write(&self.checkpoints(&account.id, now), most));
        }
        items
    }
}
