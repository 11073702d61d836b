//! The area that the browser syncs: its size, Drawdown's items in it, and their removal.
//!
//! Knows the format of a vault in it. Does not know the content of the other items.

use serde::{Deserialize, Serialize};

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::digest::digest;
use crate::host::{Host, StorageError, Values};
use crate::order::distinct;
use crate::store::{ItemKind, item_key, parse_key};
use crate::time::Timestamp;
use crate::vault::{DataKey, Sealed, Vault};

/// The size of the area in bytes: `QUOTA_BYTES` of storage.sync.
pub(crate) const QUOTA: usize = 102_400;

/// A vault in the area. It is no secret: its content is sealed under the password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct VaultItem {
    /// The vault. `None` if its computer gave up its keys with the password.
    pub(crate) vault: Option<Vault>,
    /// When the password was set, or the keys were given up.
    pub(crate) at: Timestamp,
    /// The name of the computer that did that.
    pub(super) by: String,
    /// Made with the data key, so that nobody else can replace the vault.
    pub(super) proof: Option<Sealed>,
}

impl VaultItem {
    pub(super) fn claim(&self) -> String {
        let vault = serde_json::to_string(&self.vault).unwrap_or_default();
        format!("{} {} {}", self.at.ms(), self.by, digest(&vault))
    }

    /// Whether the writer had this data key.
    pub(crate) fn is_of(&self, data: &DataKey, key: &str) -> bool {
        self.proof
            .as_ref()
            .is_some_and(|proof| data.open_item(proof, key).is_ok_and(|text| text == self.claim()))
    }
}

/// The content of the area.
pub(crate) struct Area {
    /// Each item that Drawdown wrote: its key, its computer, its kind, and its text.
    pub(super) items: Vec<(String, String, ItemKind, String)>,
    /// The bytes in use in the whole area.
    pub(crate) used: usize,
}

impl Area {
    /// Reads the area.
    pub(crate) async fn read<H: Host>(app: &App<'_, H>) -> Result<Area, StorageError> {
        let values = app.host.synced().await?;
        let mut area = Area { items: Vec::new(), used: 0 };
        for (key, text) in values.iter() {
            let Some(text) = text else { continue };
            area.used += size(key, text);
            if let Some((computer, kind)) = parse_key(key) {
                area.items.push((key.to_owned(), computer.to_owned(), kind, text.to_owned()));
            }
        }
        Ok(area)
    }

    /// The vaults in it, each with its key and its computer.
    pub(crate) fn vaults(&self) -> impl Iterator<Item = (&str, &str, VaultItem)> {
        let vaults = self.items.iter().filter(|(_, _, kind, _)| *kind == ItemKind::Vault);
        vaults.filter_map(|(key, computer, _, text)| {
            Some((key.as_str(), computer.as_str(), serde_json::from_str(text).ok()?))
        })
    }

    /// The keys of the items of one computer, or of all.
    pub(crate) fn keys(&self, of: Option<&str>) -> Vec<String> {
        let of_it = self.items.iter().filter(|(_, computer, ..)| of.is_none_or(|of| of == computer));
        of_it.map(|(key, ..)| key.clone()).collect()
    }

    /// The bytes of the items of one computer.
    pub(super) fn used_by(&self, of: &str) -> usize {
        let own = self.items.iter().filter(|(_, computer, ..)| computer == of);
        own.map(|(key, .., text)| size(key, text)).sum()
    }

    /// The number of computers with items, and of `me`.
    pub(super) fn computers_with(&self, me: &str) -> usize {
        let computers = self.items.iter().map(|(_, computer, ..)| computer.as_str());
        distinct(computers.chain([me])).len()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.items.iter().find(|(known, ..)| known == key).map(|(.., text)| text.as_str())
    }
}

/// Removes items from the area: those of a computer, or all of Drawdown's.
pub(crate) async fn clear<H: Host>(app: &App<'_, H>, of: Option<&str>) -> Result<(), Failure> {
    let mut gone = Values::default();
    Area::read(app).await?.keys(of).into_iter().for_each(|key| gone.set(key, None));
    if !gone.is_empty() {
        app.host.write_synced(&gone).await?;
    }
    Ok(())
}

/// Replaces this computer's items with a notice that it gave up its keys. The other computers need it, because a missing item
/// means nothing.
pub(crate) async fn announce_reset<H: Host>(app: &App<'_, H>, me: &str) -> Result<(), Failure> {
    clear(app, Some(me)).await?;
    let item = VaultItem { vault: None, at: app.host.now(), by: me.to_owned(), proof: None };
    let mut items = Values::default();
    items.set(item_key(me, &ItemKind::Vault), serde_json::to_string(&item).ok());
    Ok(app.host.write_synced(&items).await?)
}

/// The bytes that count for an item: those of its key, and of its text as JSON.
pub(super) fn size(key: &str, text: &str) -> usize {
    key.len() + text.len() + 2 + text.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count()
}
