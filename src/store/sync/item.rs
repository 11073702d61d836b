//! One item of the synced area: what a computer tells of its settings, or of one account.
//!
//! Knows its form and how it is cut to a size. Does not know what counts of it.
//!
//! ```text
//!   {"fields":      [["1a2b3c4d/label", 1795330800000, "9f8e7d6c", "Main"]],     path, time, computer, value
//!    "since":       [["USD", 1795330800000]],
//!    "days":        [["2026-11-22", "a day's readings"]],
//!    "corrections": [["a1", 1795330800000, {"declared": ["USD", "top_up", "10.00"]}]]}
//! ```

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::books::correction::Correction;
use crate::books::reading::{AccountId, Observation, parse_day, write_next};
use crate::money::Currency;
use crate::store::json::{text, write};
use crate::store::sync::checkpoints::{Checkpoints, cut};
use crate::store::sync::field::{Field, REMOVED, SETTINGS, VAULT, owner_of};
use crate::time::{Day, Timestamp};
use crate::vault::Vault;

/// What the key of every item begins with.
const PREFIX: &str = "drawdown";
/// The longest part of a key.
const LONGEST: usize = 32;

/// What an item is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// The vault.
    Vault,
    /// The settings.
    Settings,
    /// One account.
    Account(AccountId),
}

/// An item of another computer, opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    #[serde(skip)]
    account: Option<AccountId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<(String, Timestamp, String, Value)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) since: Vec<(Currency, Timestamp)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<(Day, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) corrections: Vec<Correction>,
}

/// An item of this computer, to be sealed and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnItem {
    /// What it is of.
    pub kind: ItemKind,
    /// What it says.
    pub text: String,
    /// Whether some of it was left out, because it was too long.
    pub is_cut: bool,
}

/// The key of an item of a computer.
pub fn item_key(computer: &str, kind: &ItemKind) -> String {
    let of = match kind {
        ItemKind::Vault => VAULT,
        ItemKind::Settings => SETTINGS,
        ItemKind::Account(AccountId(id)) => id,
    };
    format!("{PREFIX}.{computer}.{of}")
}

/// The computer and the kind of an item, by its key. `None` for what Drawdown did not write.
pub fn parse_key(key: &str) -> Option<(&str, ItemKind)> {
    let mut parts = key.split('.');
    let (prefix, computer, of) = (parts.next()?, parts.next()?, parts.next()?);
    let is_name = |part: &str| {
        (1..=LONGEST).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if prefix != PREFIX || parts.next().is_some() || !is_name(computer) || !is_name(of) {
        return None;
    }
    let kind = match of {
        VAULT => ItemKind::Vault,
        SETTINGS => ItemKind::Settings,
        id => ItemKind::Account(AccountId(id.to_owned())),
    };
    Some((computer, kind))
}

impl Item {
    /// Reads what an item says. `None` where it is not an item of this kind.
    pub fn parse(kind: &ItemKind, text: &str) -> Option<Item> {
        let item: Item = serde_json::from_str(text).ok()?;
        let account = match kind {
            ItemKind::Vault => return None,
            ItemKind::Settings => None,
            ItemKind::Account(id) => Some(id.clone()),
        };
        // A vault comes with its proof only.
        let is_vault = item.fields.iter().any(|(path, ..)| path == VAULT);
        (!is_vault).then_some(Item { account, ..item })
    }

    /// A vault as a field, from an item whose writer proved that it had the data key.
    pub fn of_vault(vault: &Vault, at: Timestamp, by: &str) -> Option<Item> {
        let field = (VAULT.to_owned(), at, by.to_owned(), write(vault)?);
        Some(Item { fields: vec![field], ..Item::default() })
    }

    /// The fields of settings, and of each account that was removed.
    pub(super) fn of_settings(fields: &[Field], accounts: &[AccountId]) -> Item {
        let is_removed = |field: &Field| {
            let owner = owner_of(&field.path);
            !accounts.iter().any(|id| id.0 == owner) && field.path.ends_with(REMOVED)
        };
        let is_its = |field: &&Field| owner_of(&field.path) == SETTINGS || is_removed(field);
        Item { fields: fields.iter().filter(is_its).map(stored).collect(), ..Item::default() }
    }

    pub(super) fn of_account(id: &AccountId, fields: &[Field], since: Vec<(Currency, Timestamp)>) -> Item {
        let fields = fields.iter().filter(|field| owner_of(&field.path) == id.0).map(stored).collect();
        Item { account: Some(id.clone()), fields, since, ..Item::default() }
    }

    /// The account that it is of.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.account.clone()
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = Field> {
        let field = |(path, at, by, value): &(String, Timestamp, String, Value)| Field {
            path: path.clone(),
            at: *at,
            by: by.clone(),
            value: value.clone(),
        };
        self.fields.iter().map(field)
    }

    /// Its readings, in the order of their times; a day that cannot be read is left out.
    pub(super) fn readings(&self) -> Vec<Observation> {
        self.days.iter().filter_map(|(day, text)| parse_day(*day, text).ok()).flatten().collect()
    }

    /// Its text, with as many checkpoints as fit: where they do not, the oldest days are thinned first, then left out.
    pub(super) fn write(mut self, checkpoints: &Checkpoints, most: usize) -> Option<OwnItem> {
        let kind = self.account.clone().map_or(ItemKind::Settings, ItemKind::Account);
        self.corrections.clone_from(&checkpoints.corrections);
        let mut is_cut = false;
        for readings in cut(checkpoints) {
            self.days = days_of(&readings);
            let text = text(&self)?;
            if text.len() <= most {
                return Some(OwnItem { kind, text, is_cut });
            }
            is_cut = true;
        }
        self.days.clear();
        Some(OwnItem { kind, text: text(&self)?, is_cut })
    }
}

fn stored(field: &Field) -> (String, Timestamp, String, Value) {
    let Field { path, at, by, value } = field.clone();
    (path, at, by, value)
}

fn days_of(readings: &[Observation]) -> Vec<(Day, String)> {
    let (mut days, mut before): (Vec<(Day, String)>, Option<&Observation>) = (Vec::new(), None);
    for observed in readings {
        let day = observed.at.day();
        if days.last().is_none_or(|(last, _)| *last != day) {
            days.push((day, String::new()));
            before = None;
        }
        if let Some((_, text)) = days.last_mut() {
            write_next(text, day, before, observed);
        }
        before = Some(observed);
    }
    days
}
