//! The fields of the settings and of accounts: reads them from a state, and sets the values that another computer wrote.

use serde_json::{Map, Value};

use crate::books::correction::ManualFigure;
use crate::books::reading::AccountId;
use crate::order::in_order;
use crate::store::account::{Account, AccountStatus, Source};
use crate::store::json::{read, write};
use crate::store::settings::Settings;
use crate::store::state::State;
use crate::store::sync::field::{
    Field, REMOVED, SETTINGS, VAULT, figure_of, of_account, owner_of, path_of_figure, same_of,
};
use crate::time::Timestamp;
use crate::vault::Vault;

/// Lists that are synced entry by entry, so that entries added on two computers at the same time both stay; each with the rule
/// that names its entries.
const LISTS: [(&str, Naming); 8] = [
    ("plans", Naming::Field("name")),
    ("untracked", Naming::Field("name")),
    ("currency_budgets", Naming::Field("currency")),
    ("budgets", Naming::Field("currency")),
    ("rates", Naming::Words(2)),
    ("invoices", Naming::Words(2)),
    ("left", Naming::Words(1)),
    ("expires", Naming::Parts(0, 2)),
];
/// Settings that hold for one screen only.
const OF_SCREEN: [&str; 1] = ["is_hidden"];
/// The fields of an account that its user chooses. Readings, statements and the values derived from them are united in other
/// ways.
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
    /// Every field whose value differs from its default.
    pub(super) fn fields(&self, device: &[&str]) -> Vec<(String, Value)> {
        let vault = self.vault.as_ref().and_then(write);
        let mut fields: Vec<_> = vault.into_iter().map(|vault| (VAULT.to_owned(), vault)).collect();
        let begun = as_object(&Settings::default());
        for (name, value) in as_object(&self.settings) {
            if device.contains(&name.as_str()) || OF_SCREEN.contains(&name.as_str()) {
                continue;
            }
            if list_of(&name).is_some() || begun.get(&name) != Some(&value) {
                add_fields(&mut fields, format!("{SETTINGS}/{name}"), &name, &value);
            }
        }
        for account in self.stored_accounts() {
            let stored = as_object(account);
            for name in OF_ACCOUNT {
                let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                if let Some(value) = stored.get(name).filter(|value| !is_empty(value)) {
                    add_fields(&mut fields, of_account(&account.id, name), name, value);
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

    /// Sets fields to the values of other computers, and stamps them. A field that cannot be read here, because a newer
    /// Drawdown wrote it, stays unchanged.
    pub(super) fn set_fields(&mut self, mut fields: Vec<Field>, now: Timestamp) {
        // Account merges come first: an account that became another one must not come back.
        let same: Vec<Field> = fields.extract_if(.., |field| same_of(&field.path).is_some()).collect();
        if let Some(sync) = &mut self.sync {
            same.iter().for_each(|field| sync.note(field));
        }
        let mut noted = Vec::new();
        for field in fields {
            let is_set = match field.path.split_once('/') {
                Some((SETTINGS, name)) => self.set_setting(name, &field.value),
                // All fields of an account are set together below. A field of a newer Drawdown is not stamped: it is missing here,
                // and would count as removed.
                Some((_, name)) => is_of_account(name) || figure_of(&field.path).is_some(),
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
        if noted.is_empty() {
            return;
        }
        // Stamps the values as they are here: a newer Drawdown may have written more than is understood, which is no change.
        let here = self.fields(&[]);
        let Some(sync) = &mut self.sync else { return };
        for field in noted {
            let value = here.iter().find(|(path, _)| *path == field.path).map(|(_, value)| value.clone());
            sync.note(&Field { value: value.unwrap_or_default(), ..field });
        }
    }

    fn set_setting(&mut self, name: &str, value: &Value) -> bool {
        let mut settings = as_object(&self.settings);
        if !set_field(&mut settings, name, value) {
            return false;
        }
        let Some(settings) = read(&Value::Object(settings)) else { return false };
        self.settings = settings;
        true
    }

    /// Sets fields of an account. An account that is not here is created with them.
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
            if is_of_account(name) && !set_field(&mut stored, name, &field.value) {
                return false;
            }
        }
        // Adds the fields that storage always has.
        for (name, value) in as_object(&begun()) {
            stored.entry(name).or_insert(value);
        }
        let Some(mut account) = read::<Account>(&Value::Object(stored)).filter(|account| account.id == *id)
        else {
            return false;
        };
        account.invoices = in_order(account.invoices.drain(..), |one, other| one.month.cmp(&other.month));
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
            // An account that was removed before it came here is not kept.
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

    /// Makes the typed figures of an account match these fields. Figures are typed in order of time, so those from the first
    /// difference on are taken back and typed again.
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
            // Thinned figures stay.
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
            // A restored account is among the accounts after the next load.
            if account.removed.is_none() {
                *known = Account { life: AccountStatus::Active, ..account };
            } else {
                *known = account;
            }
        }
    }
}

/// How an entry of a list is named.
#[derive(Clone, Copy)]
enum Naming {
    /// By one of its fields.
    Field(&'static str),
    /// By the first words of its text: this many.
    Words(usize),
    /// By two of its parts.
    Parts(usize, usize),
}

impl Naming {
    /// The name of an entry, on one line.
    fn name(self, entry: &Value) -> String {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let name = match self {
            Naming::Field(field) => text(entry.get(field)),
            Naming::Words(count) => text(Some(entry)).split(' ').take(count).collect::<Vec<_>>().join(" "),
            Naming::Parts(one, other) => [one, other].map(|place| text(entry.get(place))).join(" "),
        };
        name.replace(['\n', '\r'], " ")
    }
}

/// Whether a field, or the list that it is an entry of, is synced for accounts.
fn is_of_account(name: &str) -> bool {
    OF_ACCOUNT.contains(&name.split_once('/').map_or(name, |(list, _)| list))
}

fn list_of(name: &str) -> Option<Naming> {
    LISTS.iter().find(|(list, _)| *list == name).map(|(_, naming)| *naming)
}

/// Adds a stored value as one field, or each entry of a list as its own field.
fn add_fields(fields: &mut Vec<(String, Value)>, path: String, name: &str, value: &Value) {
    match list_of(name) {
        Some(naming) => {
            let entries = value.as_array().into_iter().flatten();
            fields.extend(entries.map(|entry| (format!("{path}/{}", naming.name(entry)), entry.clone())));
        }
        None => fields.push((path, value.clone())),
    }
}

/// Sets a field, or an entry of a list. `false` if there is no such list.
fn set_field(stored: &mut Map<String, Value>, name: &str, value: &Value) -> bool {
    let Some((list, entry)) = name.split_once('/') else {
        match value {
            Value::Null => drop(stored.remove(name)),
            value => drop(stored.insert(name.to_owned(), value.clone())),
        }
        return true;
    };
    let entries = stored.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    let (Some(naming), Some(entries)) = (list_of(list), entries.as_array_mut()) else { return false };
    let place = entries.iter().position(|known| naming.name(known) == entry);
    match (place, value) {
        (Some(place), Value::Null) => drop(entries.remove(place)),
        (None, Value::Null) => {}
        (Some(place), value) => entries.get_mut(place).into_iter().for_each(|known| known.clone_from(value)),
        (None, value) => entries.push(value.clone()),
    }
    true
}

fn as_object<T: serde::Serialize>(value: &T) -> Map<String, Value> {
    match write(value) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}
