//! The settings of the appearance.

use serde::{Deserialize, Serialize};

use crate::app::View;
use crate::store::GlobalSetting;

/// The colors of the pages.
pub(super) const THEME: GlobalSetting<Theme> = GlobalSetting::new("appearance.theme", Theme::System);
/// The figure on the badge.
pub(super) const BADGE: GlobalSetting<BadgeFigure> =
    GlobalSetting::new("appearance.badge", BadgeFigure::Month);

/// The colors of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Theme {
    /// The system's colors.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The figure on the badge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BadgeFigure {
    /// This month's spend so far.
    #[default]
    Month,
    /// Today's spend (UTC).
    Today,
    /// The balance that runs out first.
    LowestBalance,
    /// The share of the budget that is spent.
    BudgetShare,
    /// No figure.
    Nothing,
}

impl Theme {
    pub(super) const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in forms and in the stylesheet.
    pub(super) fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

impl BadgeFigure {
    pub(super) const ALL: [BadgeFigure; 5] = [
        BadgeFigure::Month,
        BadgeFigure::Today,
        BadgeFigure::LowestBalance,
        BadgeFigure::BudgetShare,
        BadgeFigure::Nothing,
    ];

    /// Its name in forms.
    pub(super) fn name(self) -> &'static str {
        match self {
            BadgeFigure::Month => "month",
            BadgeFigure::Today => "today",
            BadgeFigure::LowestBalance => "lowest_balance",
            BadgeFigure::BudgetShare => "budget_share",
            BadgeFigure::Nothing => "nothing",
        }
    }

    pub(super) fn parse(name: &str) -> Option<BadgeFigure> {
        BadgeFigure::ALL.into_iter().find(|figure| figure.name() == name)
    }
}

/// The name of the theme for the page's head; the stylesheet reads it there.
pub(crate) fn theme(view: &View<'_>) -> &'static str {
    THEME.get(&view.state.settings).name()
}

/// The figure that the badge shows.
pub(crate) fn badge_figure(view: &View<'_>) -> BadgeFigure {
    BADGE.get(&view.state.settings)
}
