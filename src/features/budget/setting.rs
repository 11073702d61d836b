//! The budgets of one currency and of one account. That of the whole month is a setting that the books read.

use crate::money::Money;
use crate::store::{AccountSetting, GlobalSetting};

/// The most that a month shall cost in each of these currencies.
pub(super) const BY_CURRENCY: GlobalSetting<Vec<Money>> =
    GlobalSetting::new("budget.by_currency", Vec::new());
/// The most that a month of one account shall cost, in each of its currencies.
pub(super) const OF_ACCOUNT: AccountSetting<Vec<Money>> = AccountSetting::new("budget.amounts", Vec::new());
