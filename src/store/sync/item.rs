//! One item of the synced area: a computer's settings, or its data about one account.
//!
//! Knows the format of an item, and how it is cut to a size. Does not know which of its data wins.
//!
//! ```text
//!   field ["1a2b3c4d/label",1795330800000,"9f8e7d6c","Main"]     path, time, computer, value
//!   since USD 1795330800000
//!   day 2026-11-22 f00g0!,USD:5.00/15.00;6fhc,1e                 a day's readings
//!   totals [["2026-10","USD","12.34",1]]                         the totals of months
//!   file [1795330800000,false,"cost.csv",[{"c":"USD","d":"2026-11-21","l":[["","","1.25"]]}]]
//!   undone 1795330900000                                         the import time of an undone file
//!   written 1795330900000                                        the time of writing, in the first line
//!   stated ["a1",1795330800000,{"declared":["USD","top_up","10.00"]}]
//! ```
//!
//! A line of another kind was written by a newer Drawdown and is ignored.

use crate::books::correction::Correction;
use crate::books::reading::{AccountId, Observation, parse_day, write_next};
use crate::money::Currency;
use crate::store::json::{text, write};
use crate::store::sync::checkpoints::{Checkpoints, cut};
use crate::store::sync::field::{Field, REMOVED, SETTINGS, VAULT, figure_of, owner_of, same_of};
use crate::store::sync::imported::ImportedFile;
use crate::time::{Day, Timestamp};
use crate::vault::Vault;

/// The first part of every item's key.
const PREFIX: &str = "drawdown";
/// The first word of every item.
const WRITTEN: &str = "written";
/// The greatest length of a part of a key.
const LONGEST: usize = 32;

/// The subject of an item.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The account that the item is about.
    pub(super) account: Option<AccountId>,
    pub(super) fields: Vec<Field>,
    pub(super) since: Vec<(Currency, Timestamp)>,
    days: Vec<(Day, String)>,
    pub(super) corrections: Vec<Correction>,
    /// The totals of the account's months, as they are stored.
    pub(super) totals: Option<String>,
    pub(super) files: Vec<ImportedFile>,
    /// The import times of the files that were undone.
    pub(super) undone: Vec<Timestamp>,
}

/// An item of this computer, to be sealed and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnItem {
    /// The subject of the item.
    pub kind: ItemKind,
    /// Its text.
    pub text: String,
    /// Whether a part was left out because the text was too long.
    pub is_cut: bool,
}

/// The key of a computer's item.
pub fn item_key(computer: &str, kind: &ItemKind) -> String {
    let of = match kind {
        ItemKind::Vault => VAULT,
        ItemKind::Settings => SETTINGS,
        ItemKind::Account(AccountId(id)) => id,
    };
    format!("{PREFIX}.{computer}.{of}")
}

/// Parses a key into the computer and the kind of its item. `None` for a key that Drawdown did not write.
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

/// An item's text with the time of writing.
pub fn written(text: &str, now: Timestamp) -> String {
    format!("{WRITTEN} {}\n{text}", now.ms())
}

/// When a text was written. `None` if it has no time.
pub fn written_at(text: &str) -> Option<Timestamp> {
    let (word, at) = text.lines().next()?.split_once(' ')?;
    (word == WRITTEN).then(|| at.parse().ok().map(Timestamp::from_ms))?
}

impl Item {
    /// Parses an item. `None` if the text is not an item of this kind.
    pub fn parse(kind: &ItemKind, text: &str) -> Option<Item> {
        let account = match kind {
            ItemKind::Vault => return None,
            ItemKind::Settings => None,
            ItemKind::Account(id) => Some(id.clone()),
        };
        let mut item = Item { account, ..Item::default() };
        for line in text.lines() {
            let (kind, rest) = line.split_once(' ')?;
            match kind {
                "field" => item.fields.push(Field::parse(rest)?),
                "since" => {
                    let (currency, at) = rest.split_once(' ')?;
                    item.since.push((Currency::parse(currency)?, Timestamp::from_ms(at.parse().ok()?)));
                }
                "day" => {
                    let (day, text) = rest.split_once(' ')?;
                    item.days.push((Day::parse(day)?, text.to_owned()));
                }
                "stated" => item.corrections.push(serde_json::from_str(rest).ok()?),
                "totals" => item.totals = Some(rest.to_owned()),
                "file" => item.files.push(ImportedFile::parse(rest)?),
                "undone" => item.undone.push(Timestamp::from_ms(rest.parse().ok()?)),
                _ => {}
            }
        }
        // A vault comes only with its proof.
        (!item.fields.iter().any(|field| field.path == VAULT)).then_some(item)
    }

    fn text(&self) -> Option<String> {
        let mut lines = String::new();
        for field in &self.fields {
            lines += &format!("field {}\n", field.to_text());
        }
        for (currency, at) in &self.since {
            lines += &format!("since {currency} {}\n", at.ms());
        }
        for (day, text) in &self.days {
            lines += &format!("day {day} {text}\n");
        }
        for correction in &self.corrections {
            lines += &format!("stated {}\n", text(correction)?);
        }
        if let Some(totals) = &self.totals {
            lines += &format!("totals {totals}\n");
        }
        for file in &self.files {
            lines += &format!("file {}\n", file.to_text()?);
        }
        for at in &self.undone {
            lines += &format!("undone {}\n", at.ms());
        }
        Some(lines)
    }

    /// An item with the vault as a field, from a writer that proved that it had the data key.
    pub fn of_vault(vault: &Vault, at: Timestamp, by: &str) -> Option<Item> {
        let field = Field { path: VAULT.to_owned(), at, by: by.to_owned(), value: write(vault)? };
        Some(Item { fields: vec![field], ..Item::default() })
    }

    /// The fields of the settings, and those of removed or merged accounts.
    pub(super) fn of_settings(fields: &[Field], accounts: &[AccountId]) -> Item {
        let is_gone = |field: &Field| {
            let owner = owner_of(&field.path);
            let is_removed = !accounts.iter().any(|id| id.0 == owner) && field.path.ends_with(REMOVED);
            is_removed || same_of(&field.path).is_some()
        };
        let is_its = |field: &&Field| owner_of(&field.path) == SETTINGS || is_gone(field);
        Item { fields: fields.iter().filter(is_its).cloned().collect(), ..Item::default() }
    }

    pub(super) fn of_account(id: &AccountId, fields: &[Field], since: Vec<(Currency, Timestamp)>) -> Item {
        let fields = fields.iter().filter(|field| owner_of(&field.path) == id.0).cloned().collect();
        Item { account: Some(id.clone()), fields, since, ..Item::default() }
    }

    /// Its readings, in order of time; a day that cannot be read is left out.
    pub(super) fn readings(&self) -> Vec<Observation> {
        self.days.iter().filter_map(|(day, text)| parse_day(*day, text).ok()).flatten().collect()
    }

    /// Its text, with as many checkpoints as fit: to make it fit, the oldest days are first thinned, then left out.
    pub(super) fn write(mut self, checkpoints: &Checkpoints, most: usize) -> Option<OwnItem> {
        let kind = self.account.clone().map_or(ItemKind::Settings, ItemKind::Account);
        self.corrections.clone_from(&checkpoints.corrections);
        self.totals.clone_from(&checkpoints.totals);
        self.files.clone_from(&checkpoints.files);
        self.undone.clone_from(&checkpoints.undone);
        let mut is_cut = false;
        for readings in cut(checkpoints) {
            self.days = days_of(&readings);
            let text = self.text()?;
            if text.len() <= most {
                return Some(OwnItem { kind, text, is_cut });
            }
            is_cut = true;
        }
        self.days.clear();
        self.files.clear();
        while self.text()?.len() > most {
            // Then the oldest typed figures are left out.
            let typed = |(place, field): (usize, &Field)| Some((figure_of(&field.path)?.1, place));
            let Some((_, first)) = self.fields.iter().enumerate().filter_map(typed).min() else { break };
            self.fields.remove(first);
        }
        Some(OwnItem { kind, text: self.text()?, is_cut })
    }
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
