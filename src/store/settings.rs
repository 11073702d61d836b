//! What the user chose, as it is stored.

use serde::{Deserialize, Serialize};

use crate::books::alert::AlertSettings;
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::untracked::UntrackedService;
use crate::money::{Currency, Money};
use crate::store::feature_values::FeatureValues;
use crate::text::Language;

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Minutes between two refreshes; where it is not set, what each card holds usual.
    pub period_minutes: Option<u32>,
    /// The currency of the totals; where it is not set, the one in use.
    pub currency: Option<Currency>,
    /// The language of the pages; where it is not set, the browser's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What currencies are worth in others.
    pub rates: Vec<ExchangeRate>,
    /// The most that a month shall cost.
    pub budget: Option<Money>,
    /// The most that shall be spent in a month in each of these currencies, before anything is converted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub currency_budgets: Vec<Money>,
    /// Fixed subscriptions.
    pub plans: Vec<Plan>,
    /// The services that nothing tells of, with what each is expected to cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub untracked: Vec<UntrackedService>,
    /// Lock when nobody touched the computer for so many minutes.
    pub lock_after_minutes: Option<u32>,
    /// Lock when the computer locks.
    pub is_locked_with_computer: bool,
    /// Which alerts are wanted.
    pub alerts: AlertSettings,
    /// Show no amounts: somebody else sees the screen.
    pub is_hidden: bool,
    /// The settings that one feature alone knows.
    #[serde(flatten)]
    pub(super) features: FeatureValues,
}
