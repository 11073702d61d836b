//! The settings of features: each declares a name, a type and a default, and the store keeps the value without knowing it.
//! A [`GlobalSetting`] has one value for the whole extension, an [`AccountSetting`] has one for each account.
//!
//! A name consists of the feature's folder and its own, such as `rates.is_daily`. A new type takes a new name: a value that
//! cannot be read counts as never set.
//!
//! A setting that a rule of the books reads is a field of [`Settings`] or [`Account`] instead.
//!
//! ```
//! use drawdown::store::{GlobalSetting, Settings};
//!
//! const IS_COMPACT: GlobalSetting<bool> = GlobalSetting::new("charts.is_compact", false);
//!
//! let mut settings = Settings::default();
//! assert!(!IS_COMPACT.get(&settings));
//! IS_COMPACT.set(&mut settings, &true);
//! assert!(IS_COMPACT.get(&settings));
//! ```
//!
//! The types differ, so that a setting of an account cannot be read for the whole extension:
//!
//! ```compile_fail,E0308
//! use drawdown::store::{AccountSetting, Settings};
//!
//! const IS_PINNED: AccountSetting<bool> = AccountSetting::new("accounts.is_pinned", false);
//!
//! IS_PINNED.get(&Settings::default());
//! ```

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::account::Account;
use crate::store::json::{read, write};
use crate::store::settings::Settings;

/// A setting that one feature declares, with one value for the whole extension.
#[derive(Clone, Copy, Debug)]
pub struct GlobalSetting<T> {
    name: &'static str,
    /// The name in earlier versions.
    former: Option<&'static str>,
    default: T,
}

impl<T: Clone + Serialize + DeserializeOwned> GlobalSetting<T> {
    /// A setting with a unique name, and its value until it is set.
    pub const fn new(name: &'static str, default: T) -> GlobalSetting<T> {
        GlobalSetting { name, former: None, default }
    }

    /// The same setting, which had another name in earlier versions.
    #[must_use]
    pub const fn formerly(self, former: &'static str) -> GlobalSetting<T>
    where
        T: Copy,
    {
        GlobalSetting { former: Some(former), ..self }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its value. The default, if it was never set or cannot be read.
    pub fn get(&self, settings: &Settings) -> T {
        let mut names = [self.name].into_iter().chain(self.former);
        names.find_map(|name| settings.features.get(name)).unwrap_or_else(|| self.default.clone())
    }

    /// Sets it.
    pub fn set(&self, settings: &mut Settings, value: &T) {
        if let Some(former) = self.former {
            settings.features.remove(former);
        }
        settings.features.set(self.name, value);
    }
}

/// A setting that one feature declares, with one value for each account.
#[derive(Clone, Copy, Debug)]
pub struct AccountSetting<T> {
    name: &'static str,
    /// The prefix of its fields in [`Account::settings`] in earlier versions.
    former: Option<&'static str>,
    default: T,
}

impl<T: Clone + Serialize + DeserializeOwned> AccountSetting<T> {
    /// A setting with a unique name, and its value until it is set.
    pub const fn new(name: &'static str, default: T) -> AccountSetting<T> {
        AccountSetting { name, former: None, default }
    }

    /// A setting that earlier versions stored as fields of [`Account::settings`] with a prefix. They are read as a list of
    /// texts by their names without the prefix.
    pub const fn new_with_former(name: &'static str, default: T, prefix: &'static str) -> AccountSetting<T> {
        AccountSetting { name, former: Some(prefix), default }
    }

    /// Its value for an account. The default, if it was never set or cannot be read.
    pub fn get(&self, account: &Account) -> T {
        let known = account.features.get(self.name).or_else(|| self.former(account));
        known.unwrap_or_else(|| self.default.clone())
    }

    /// Sets it for an account.
    pub fn set(&self, account: &mut Account, value: &T) {
        if let Some(prefix) = self.former {
            account.settings.retain(|(name, _)| !name.starts_with(prefix));
        }
        account.features.set(self.name, value);
    }

    fn former(&self, account: &Account) -> Option<T> {
        let prefix = self.former?;
        let fields = account.settings.iter();
        let fields: Vec<_> =
            fields.filter_map(|(name, text)| Some((name.strip_prefix(prefix)?, text))).collect();
        if fields.is_empty() { None } else { read(&write(&fields)?) }
    }
}
