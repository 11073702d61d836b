//! The settings of the daily rates.

use crate::store::GlobalSetting;
use crate::time::Day;

/// Whether the European Central Bank's reference rates are fetched once a day.
pub(super) const IS_DAILY: GlobalSetting<bool> =
    GlobalSetting::new("rates.is_daily", false).formerly("takes_ecb_rates");
/// The day of the last fetch.
pub(super) const ASKED_ON: GlobalSetting<Option<Day>> =
    GlobalSetting::new("rates.asked_on", None).formerly("rates_asked_on");
