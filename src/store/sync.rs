//! What this computer and others tell one another through the browser's synced area, and how both become one.
//!
//! Knows which facts go into which item, and what counts where two computers differ. Does not know the area, nor how an item
//! is sealed. Each computer writes items of its own only, so that no write loses another's; a missing item means nothing.
//!
//! ```text
//!   drawdown.ME.vault     the vault, and when its password was set         as it is, with a proof under the data key
//!   drawdown.ME.settings  each setting with the time of its last change    sealed under the data key
//!   drawdown.ME.ACCOUNT   an account's fields, likewise; its checkpoints;  sealed under the data key
//!                         what its user stated
//! ```
//!
//! Readings and statements are united. Of a field that two computers changed, the later change counts; of two at one time,
//! that of the greater id. A field that has its default here and was never changed is in no item: a computer that is new
//! overwrites nothing.

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
    /// Notes when the user changed what is synced: each field that differs from what was last noted was changed now.
    /// `device` names the settings that stay in this browser.
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

    /// Takes in what other computers wrote; needs [`crate::store::LoadScope::Answerable`]. `false` where some of it is of a
    /// time that has not come yet by this computer's clock: it is to be taken in again.
    pub fn take_in(&mut self, items: &[Item], device: &[&str], now: Timestamp) -> bool {
        if self.sync.as_ref().is_some_and(|sync| !sync.is_joining) {
            self.stamp(device, now);
        }
        // What is known of each field first: it says which accounts there are.
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

    /// The name of this computer among those that sync. `None` while it does not.
    pub fn computer(&self) -> Option<String> {
        self.sync.as_ref().map(|sync| sync.me.clone())
    }

    /// The accounts here that became another one on some computer, each with that one, where it is here too.
    pub fn to_absorb(&self) -> Vec<(AccountId, AccountId)> {
        let became = self.accounts.iter().map(|account| (account.id.clone(), self.successor(&account.id)));
        became.filter(|(from, into)| from != into && self.account(into).is_some()).collect()
    }

    fn successor(&self, id: &AccountId) -> AccountId {
        self.sync.as_ref().map_or_else(|| id.clone(), |sync| sync.successor(id))
    }

    /// An account that became one that was removed is removed with it.
    fn remove_with_successors(&mut self, now: Timestamp) {
        let ids: Vec<AccountId> = self.accounts.iter().map(|account| account.id.clone()).collect();
        for id in ids {
            let into = self.successor(&id);
            if into != id && self.sync.as_ref().is_some_and(|sync| sync.is_removed(&into)) {
                self.remove(&id, now);
            }
        }
    }

    /// Makes one account of two: `from` becomes part of `into`, whose key stays. Nothing is done where one of them is not here.
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

    /// The vault, with when and on which computer its password was set.
    pub fn synced_vault(&self) -> Option<(Vault, Timestamp, String)> {
        let (at, by) = self.sync.as_ref()?.stamp_of(VAULT)?;
        Some((self.vault.clone()?, at, by.to_owned()))
    }

    /// The items of this computer, but for its vault's; needs [`crate::store::LoadScope::Answerable`]. None is longer than
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
