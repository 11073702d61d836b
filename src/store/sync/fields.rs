//! The fields of the settings and of accounts: reading them out of a state, and giving them the values that another computer
//! gave them.

use serde_json::{Map, Value};

use crate::books::correction::ManualFigure;
use crate::books::reading::AccountId;
use crate::store::account::{Account, AccountStatus, Source};
use crate::store::json::{read, write};
use crate::store::settings::Settings;
use crate::store::state::State;
use crate::store::sync::field::{
    Field, REMOVED, SETTINGS, VAULT, figure_of, of_account, owner_of, path_of_figure, same_of,
};
use crate::time::{Timestamp, in_order};
use crate::vault::Vault;

/// The lists among the settings whose entries are fields of their own, with what names an entry. An entry that is a text is
/// named by its first two words: a rate by its currencies.
const LISTS: [(&str, &str); 4] =
    [("plans", "name"), ("untracked", "name"), ("rates", ""), ("currency_budgets", "currency")];
/// Settings of one screen.
const OF_SCREEN: [&str; 1] = ["is_hidden"];
/// The fields of an account that its user chooses. Its readings, its statements and what follows from them are united in
/// other ways.
const OF_ACCOUNT: [&str; 16] = [
    "provider",
    "source",
    "label",
    "settings",
    "life",
    REMOVED,
    "credential",
    "remind_days",
    "expires",
    "budgets",
    "key_expires",
    "reloads",
    "clients",
    "features",
    "left",
    "invoices",
];

impl State {
    /// Every field that has another value than it begins with.
    pub(super) fn fields(&self, device: &[&str]) -> Vec<(String, Value)> {
        let vault = self.vault.as_ref().and_then(write);
        let mut fields: Vec<_> = vault.into_iter().map(|vault| (VAULT.to_owned(), vault)).collect();
        let begun = as_object(&Settings::default());
        for (name, value) in as_object(&self.settings) {
            if device.contains(&name.as_str()) || OF_SCREEN.contains(&name.as_str()) {
                continue;
            }
            match list_of(&name) {
                Some(by) => {
                    for entry in value.as_array().into_iter().flatten() {
                        fields.push((format!("{SETTINGS}/{name}/{}", name_of(entry, by)), entry.clone()));
                    }
                }
                None if begun.get(&name) == Some(&value) => {}
                None => fields.push((format!("{SETTINGS}/{name}"), value)),
            }
        }
        for account in self.stored_accounts() {
            let stored = as_object(account);
            for name in OF_ACCOUNT {
                let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                if let Some(value) = stored.get(name).filter(|value| !is_empty(value)) {
                    fields.push((of_account(&account.id, name), value.clone()));
                }
            }
            if account.source.currency().is_some() && account.removed.is_none() {
                for typed in self.typed_figures(account).0 {
                    fields.extend(write(&typed).map(|value| (path_of_figure(&account.id, typed.at), value)));
                }
            }
        }
        fields
    }

    /// Gives fields the values that other computers gave them, and notes them. One that cannot be read here, because a newer
    /// Drawdown wrote it, is left as it is.
    pub(super) fn set_fields(&mut self, mut fields: Vec<Field>, now: Timestamp) {
        // Which accounts are one comes first: one that became another does not come back.
        let same: Vec<Field> = fields.extract_if(.., |field| same_of(&field.path).is_some()).collect();
        if let Some(sync) = &mut self.sync {
            same.iter().for_each(|field| sync.note(field));
        }
        let mut noted = Vec::new();
        for field in fields {
            let is_set = match field.path.split_once('/') {
                Some((SETTINGS, name)) => self.set_setting(name, &field.value),
                // Below, all fields of an account at once.
                Some(_) => true,
                None if field.path == VAULT => {
                    let vault: Option<Vault> = read(&field.value);
                    let is_read = vault.is_some();
                    self.vault = vault.or(self.vault.take());
                    is_read
                }
                None => false,
            };
            if is_set {
                noted.push(field);
            }
        }
        let mut ids: Vec<AccountId> = Vec::new();
        for (id, _) in noted.iter().filter_map(|field| field.path.split_once('/')) {
            if id != SETTINGS && !ids.iter().any(|known| known.0 == id) {
                ids.push(AccountId(id.to_owned()));
            }
        }
        for id in ids {
            let given = noted.iter().filter(|field| owner_of(&field.path) == id.0).collect::<Vec<_>>();
            if !self.set_account(&id, &given, now) {
                noted.retain(|field| owner_of(&field.path) != id.0);
            }
        }
        if let Some(sync) = &mut self.sync {
            noted.iter().for_each(|field| sync.note(field));
        }
    }

    fn set_setting(&mut self, name: &str, value: &Value) -> bool {
        let mut settings = as_object(&self.settings);
        match name.split_once('/').and_then(|(list, entry)| Some((list, list_of(list)?, entry))) {
            Some((list, by, entry)) => {
                let entries = settings.entry(list).or_insert_with(|| Value::Array(Vec::new()));
                let Some(entries) = entries.as_array_mut() else { return false };
                let place = entries.iter().position(|known| name_of(known, by) == entry);
                match (place, value) {
                    (Some(place), Value::Null) => drop(entries.remove(place)),
                    (None, Value::Null) => {}
                    (Some(place), value) => {
                        entries.get_mut(place).into_iter().for_each(|known| known.clone_from(value));
                    }
                    (None, value) => entries.push(value.clone()),
                }
            }
            None if value.is_null() => drop(settings.remove(name)),
            None => drop(settings.insert(name.to_owned(), value.clone())),
        }
        let Some(settings) = read(&Value::Object(settings)) else { return false };
        self.settings = settings;
        true
    }

    /// Gives fields of an account their values. An account that is not here begins with them.
    fn set_account(&mut self, id: &AccountId, fields: &[&Field], now: Timestamp) -> bool {
        let known = self.stored_accounts().find(|account| account.id == *id);
        let is_new = known.is_none();
        let begun = || Account::without_key(id.clone(), "", String::new(), Source::Key);
        let (mut stored, credential) = (
            known.map_or_else(|| as_object(&begun()), as_object),
            known.and_then(|account| account.credential.clone()),
        );
        for field in fields {
            let Some((_, name)) = field.path.split_once('/') else { continue };
            if !OF_ACCOUNT.contains(&name) {
                continue;
            }
            match &field.value {
                Value::Null => drop(stored.remove(name)),
                value => drop(stored.insert(name.to_owned(), value.clone())),
            }
        }
        // Fields that are never left out in storage.
        for (name, value) in as_object(&begun()) {
            stored.entry(name).or_insert(value);
        }
        let Some(mut account) = read::<Account>(&Value::Object(stored)).filter(|account| account.id == *id)
        else {
            return false;
        };
        if let Some(known) = self.stored_accounts().find(|account| account.id == *id) {
            account.pulse = known.pulse.clone();
        }
        if account.credential != credential {
            account.pulse.is_key_lost = false;
            account.pulse.problem = None;
        }
        let is_removed = account.removed.is_some();
        if is_removed {
            account.lose_key();
            account.life = AccountStatus::Ended;
        }
        match (is_new, is_removed) {
            // Of an account that was removed before it came here, nothing is kept.
            (true, true) => {}
            (true, false) if self.sync.as_ref().is_some_and(|sync| sync.is_gone(id)) => {}
            (true, false) if !fields.iter().any(|field| field.path == of_account(id, "provider")) => {
                return false;
            }
            (true, false) => self.accounts.push(account),
            (false, _) => {
                if is_removed && self.account(id).is_some() {
                    self.remove(id, now);
                }
                self.replace_account(account);
            }
        }
        self.set_figures(id, fields, now);
        true
    }

    /// Has what was typed of an account be what these fields say. Figures are typed in the order of their times, so those after
    /// the first that is another are taken back, and typed again.
    fn set_figures(&mut self, id: &AccountId, fields: &[&Field], now: Timestamp) {
        let known = self.account(id).map(|account| self.typed_figures(account).0).unwrap_or_default();
        let mut figures = known.clone();
        for (at, field) in fields.iter().filter_map(|field| Some((figure_of(&field.path)?.1, field))) {
            figures.retain(|figure| figure.at != at);
            figures.extend(read::<ManualFigure>(&field.value));
        }
        let figures = in_order(figures, |one, other| one.at.cmp(&other.at));
        let same = known.iter().zip(&figures).take_while(|(one, other)| one == other).count();
        for figure in known.iter().skip(same).rev() {
            // What is thinned stays.
            let _ = self.untype(id, figure, now);
        }
        for ManualFigure { amount, at, .. } in figures.iter().skip(same) {
            let _ = self.type_in(id, *amount, *at, now);
        }
    }

    fn replace_account(&mut self, account: Account) {
        if let Some(known) = self.account_mut(&account.id) {
            *known = account;
        } else if let Some(known) = self.removed.iter_mut().find(|known| known.id == account.id) {
            // Where it was restored, it is among the accounts when it is loaded next.
            if account.removed.is_none() {
                *known = Account { life: AccountStatus::Active, ..account };
            } else {
                *known = account;
            }
        }
    }
}

fn list_of(name: &str) -> Option<&'static str> {
    LISTS.iter().find(|(list, _)| *list == name).map(|(_, names)| *names)
}

/// What tells an entry of a list from the others, on one line.
fn name_of(entry: &Value, by: &str) -> String {
    let name = match (entry, entry.get(by)) {
        (Value::String(text), _) => text.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" "),
        (_, Some(Value::String(name))) => name.clone(),
        (other, _) => other.to_string(),
    };
    name.replace(['\n', '\r'], " ")
}

fn as_object<T: serde::Serialize>(value: &T) -> Map<String, Value> {
    match write(value) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}
