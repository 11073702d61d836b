//! The settings of the daily rates.

use crate::store::Setting;
use crate::time::Day;

/// Whether the European Central Bank's reference rates are asked for once a day.
pub(super) const IS_DAILY: Setting<bool> = Setting::new("takes_ecb_rates", false);
/// The day on which they were last asked for.
pub(super) const ASKED_ON: Setting<Option<Day>> = Setting::new("rates_asked_on", None);
