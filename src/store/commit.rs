//! The values that a commit writes: those that differ from the stored ones, and the number of the commit.

use crate::books::reading::AccountId;
use crate::host::{SPARE, Values};
use crate::store::account::Account;
use crate::store::json::{is_read_from, text, write};
use crate::store::keys::{
    ACCOUNTS, ALERTS, FORECASTS, META, PULSE, SETTINGS, SYNC, VAULT, VERSION, append_damaged, damaged_key,
    is_record,
};
use crate::store::month_totals::MonthTotals;
use crate::store::pulse::{Pulse, Pulses};
use crate::store::recovery::SecondCopy;
use crate::store::root::Meta;
use crate::store::shard::Shard;
use crate::store::state::{Frame, State};
use crate::time::Timestamp;

impl State {
    /// Adds the commit's number to `values`, and records the popup's first frame. `false` if there is nothing to write, because
    /// only the number would differ.
    pub fn number(&mut self, values: &mut Values, frame: Frame) -> bool {
        self.frame = frame;
        let before = text(&self.meta());
        if values.is_empty() && self.stored.get(META) == Some(before.as_deref()) {
            return false;
        }
        self.rev += 1;
        values.set(META.to_owned(), text(&self.meta()));
        true
    }

    fn meta(&self) -> Meta {
        Meta {
            version: VERSION,
            rev: self.rev,
            has_vault: self.vault.is_some(),
            troubles: self.troubles.clone(),
            done: self.done.clone(),
            sections: self.frame.clone(),
        }
    }

    /// The values that differ from the stored ones, without the number of the commit.
    pub fn changes(&mut self) -> Values {
        let root = [
            (SETTINGS, text(&self.settings)),
            (VAULT, self.vault.as_ref().and_then(text)),
            (ACCOUNTS, text(&self.stored_ids())),
            (PULSE, (!self.accounts.is_empty()).then(|| text(&self.pulses())).flatten()),
            (ALERTS, (!self.alerts.is_empty()).then(|| text(&self.alerts)).flatten()),
            (FORECASTS, (!self.forecasts.is_empty()).then(|| text(&self.forecasts)).flatten()),
            (SYNC, self.sync.as_ref().and_then(text)),
        ];
        let accounts = self.stored_accounts().map(|account| (Account::key(&account.id), text(account)));
        let root = root.into_iter().map(|(key, text)| (key.to_owned(), text)).chain(accounts);
        let mut values = Values::default();
        for (key, text) in root {
            if self.stored.get(&key) != Some(text.as_deref()) {
                values.set(key, text);
            }
        }
        for (key, damaged) in self.unreadable.drain(..) {
            let key = damaged_key(&key);
            let text = append_damaged(self.kept_damaged.get(&key).flatten(), &damaged);
            values.set(key, Some(text));
        }
        if let Some(copy) = self.new_copy(&values) {
            values.set(SPARE.to_owned(), copy);
        }
        for state in &self.accounts.0 {
            state.shards.iter().for_each(|shard| shard.save(&mut values));
            state.totals.iter().for_each(|totals| totals.save(&mut values));
        }
        self.log.iter_mut().for_each(|log| log.save(&mut values));
        self.erased.drain(..).for_each(|(key, left)| values.set(key, left));
        values
    }

    /// The second copy, if it differs from the stored one. `values` are the changed values that it copies, among others.
    fn new_copy(&self, values: &Values) -> Option<Option<String>> {
        let is_copied = |key: &str| [SETTINGS, VAULT, ACCOUNTS].contains(&key) || is_record(key);
        let before = match &self.spare {
            Some(read) => read.clone(),
            None if !values.iter().any(|(key, _)| is_copied(key)) => return None,
            None => {
                let before = State::load_root(&self.stored, Timestamp::from_ms(0));
                before.ok().and_then(|before| SecondCopy::text(&before))
            }
        };
        Some(SecondCopy::text(self)).filter(|copy| *copy != before)
    }

    /// Whether the values to be written read back as the values they were written from. Checks only those that change.
    pub fn is_read_from(&self, values: &Values) -> bool {
        let accounts = |account: &Account| {
            values.get(&Account::key(&account.id)).is_none_or(|text| {
                let read = text.and_then(|text| serde_json::from_str::<Account>(text).ok());
                read.is_some_and(|read| Account { pulse: account.pulse.clone(), ..read } == *account)
            })
        };
        is_read_from(values, SETTINGS, Some(&self.settings))
            && is_read_from(values, VAULT, self.vault.as_ref())
            && is_read_from(values, SYNC, self.sync.as_ref())
            && is_read_from(values, ACCOUNTS, Some(&self.stored_ids()))
            && is_read_from(values, PULSE, Some(&self.pulses()).filter(|pulses| !pulses.is_empty()))
            && is_read_from(values, ALERTS, Some(&self.alerts).filter(|alerts| !alerts.is_empty()))
            && is_read_from(values, FORECASTS, Some(&self.forecasts).filter(|kept| !kept.is_empty()))
            && self.stored_accounts().all(accounts)
            && self.accounts.0.iter().all(|state| {
                let shards = state.shards.iter().all(|shard: &Shard| shard.is_read_from(values));
                shards && state.totals.iter().all(|totals: &MonthTotals| totals.is_read_from(values))
            })
            && self.log.iter().all(|log| log.is_read_from(values))
    }

    fn stored_ids(&self) -> Vec<AccountId> {
        self.stored_accounts().map(|account| account.id.clone()).collect()
    }

    /// The pulses as they are stored: with the time of the next refresh, and without an attempt in progress.
    fn pulses(&self) -> Pulses {
        let pulse = |account: &Account| {
            let due_at = account.due_at(&self.settings);
            let pulse = Pulse { due_at, attempt: None, ..account.pulse.clone() };
            Some((account.id.0.clone(), write(&pulse)?))
        };
        let mut pulses = Pulses::new();
        pulses.extend(self.accounts.iter().filter_map(pulse));
        pulses
    }
}
