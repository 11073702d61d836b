//! The user's choices, as they are stored.

use serde::{Deserialize, Serialize};

use crate::books::alert::AlertSettings;
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::untracked::UntrackedService;
use crate::money::{Currency, Money};
use crate::store::feature_values::FeatureValues;
use crate::text::Language;

/// The user's choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Minutes between two refreshes; if not set, each card's usual interval.
    pub period_minutes: Option<u32>,
    /// The currency of the totals; if not set, the one in use.
    pub currency: Option<Currency>,
    /// The language of the pages; if not set, the browser's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Exchange rates.
    pub rates: Vec<ExchangeRate>,
    /// The monthly budget.
    pub budget: Option<Money>,
    /// The monthly budget in each of these currencies, before conversion.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub currency_budgets: Vec<Money>,
    /// Fixed subscriptions.
    pub plans: Vec<Plan>,
    /// Services without a source of figures, with the expected cost of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub untracked: Vec<UntrackedService>,
    /// Lock after this many minutes without input.
    pub lock_after_minutes: Option<u32>,
    /// Lock when the computer locks.
    pub is_locked_with_computer: bool,
    /// The alerts that the user wants.
    pub alerts: AlertSettings,
    /// Show no amounts, because somebody else sees the screen.
    pub is_hidden: bool,
    /// Settings that only one feature uses.
    #[serde(flatten)]
    pub(super) features: FeatureValues,
}
