//! The phrases of alerts.

/// See the module.
#[derive(Debug)]
pub(in crate::screen) struct AlertWords {
    pub(in crate::screen) title: &'static str,
    pub(in crate::screen) once: &'static str,
    pub(in crate::screen) never: &'static str,
    pub(in crate::screen) want_budget: &'static str,
    pub(in crate::screen) want_keys: &'static str,
    pub(in crate::screen) want_granted: &'static str,
    pub(in crate::screen) want_unusual: &'static str,
    pub(in crate::screen) want_rise: &'static str,
    pub(in crate::screen) want_run_out: &'static str,
    pub(in crate::screen) want_low: &'static str,
    pub(in crate::screen) quiet_from: &'static str,
    pub(in crate::screen) quiet_to: &'static str,
    pub(in crate::screen) digest: fn(usize) -> String,
    pub(in crate::screen) budget: fn(&str, &str) -> String,
    pub(in crate::screen) lands_above: fn(&str, &str) -> String,
    pub(in crate::screen) key_refused: fn(&str) -> String,
    pub(in crate::screen) key_expires: fn(&str, &str) -> String,
    pub(in crate::screen) runs_out: fn(&str, &str) -> String,
    pub(in crate::screen) low_balance: fn(&str, &str) -> String,
    pub(in crate::screen) granted_expires: fn(&str, &str) -> String,
    pub(in crate::screen) unusual: fn(&str, bool, &str, &str) -> String,
    pub(in crate::screen) rise: fn(&str) -> String,
}
