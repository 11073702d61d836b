//! The open place of the dashboard: one of its five views, and its options. A page names it after the `#` of its address, so
//! that links, back and forward work, and only that place is rendered.
//!
//! ```text
//!   overview                    overview/2026-10           overview/2026-10-12
//!   overview?chart=sum          overview?models=week       overview/2026-10?chart=sum&models=yesterday
//!   overview?year=account       statement/2026-10
//!   accounts                    accounts/ID                accounts/add      accounts/add/deepseek
//!   budget                      data                       data/requests     settings
//! ```
//!
//! ```
//! use drawdown::app::{Place, Spot};
//!
//! let place = Place::parse("overview/2026-10?models=week");
//! assert_eq!(place.to_string(), "overview/2026-10?models=week");
//! assert_eq!(Place::parse("nowhere").spot, Spot::Overview(None));
//! ```

use core::fmt;

use crate::books::reading::AccountId;
use crate::time::{Day, Month};

/// A place of the dashboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The open part.
    pub spot: Spot,
    /// How the month's chart is drawn.
    pub chart: ChartMode,
    /// The period of the table of models.
    pub models: ModelTime,
    /// How the chart of the last months is drawn.
    pub year: YearMode,
}

/// A part of the dashboard with its own address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The overview of this month, or of another one, or with one day opened.
    Overview(Option<Shown>),
    /// The statement of a month that is over.
    Statement(Month),
    /// The list of accounts.
    Accounts,
    /// One account.
    Account(AccountId),
    /// The gallery of providers.
    AddAccount,
    /// The page of one provider, or of a way to add an account without one, by its name.
    AddFrom(String),
    /// Budget, subscriptions and exchange rates.
    Budget,
    /// Import and export.
    Data,
    /// Import and export, with the log of requests.
    Requests,
    /// The settings.
    Settings,
}

/// The part of the overview that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A month.
    Month(Month),
    /// The month of a day, with the day opened.
    Day(Day),
}

/// How the month's chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartMode {
    /// The spend of each day.
    #[default]
    Daily,
    /// The spend since the month began.
    Cumulative,
}

/// How the chart of the last months is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YearMode {
    /// The total of each month.
    #[default]
    Total,
    /// The spend of each account, stacked.
    ByAccount,
}

/// The period of the table of models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModelTime {
    /// The month on the page.
    #[default]
    Month,
    /// The last seven days.
    Week,
    /// The day before today, by UTC.
    Yesterday,
}

/// One of the five views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The cost of the month.
    Overview,
    /// The accounts.
    Accounts,
    /// Budget, subscriptions and exchange rates.
    Budget,
    /// Import and export.
    Data,
    /// The settings.
    Settings,
}

impl Default for Spot {
    fn default() -> Spot {
        Spot::Overview(None)
    }
}

impl Tab {
    /// All views, in the order of the navigation.
    pub const ALL: [Tab; 5] = [Tab::Overview, Tab::Accounts, Tab::Budget, Tab::Data, Tab::Settings];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Tab::Overview => "overview",
            Tab::Accounts => "accounts",
            Tab::Budget => "budget",
            Tab::Data => "data",
            Tab::Settings => "settings",
        }
    }
}

impl Spot {
    /// The view of this part.
    pub fn tab(&self) -> Tab {
        match self {
            Spot::Overview(_) | Spot::Statement(_) => Tab::Overview,
            Spot::Accounts | Spot::Account(_) | Spot::AddAccount | Spot::AddFrom(_) => Tab::Accounts,
            Spot::Budget => Tab::Budget,
            Spot::Data | Spot::Requests => Tab::Data,
            Spot::Settings => Tab::Settings,
        }
    }

    fn parse(path: &str) -> Spot {
        let (section, rest) = path.split_once('/').unwrap_or((path, ""));
        match (section, rest.split_once('/').unwrap_or((rest, ""))) {
            ("accounts", ("", _)) => Spot::Accounts,
            ("accounts", ("add", "")) => Spot::AddAccount,
            ("accounts", ("add", from)) => Spot::AddFrom(from.to_owned()),
            ("accounts", _) => Spot::Account(AccountId(rest.to_owned())),
            ("budget", _) => Spot::Budget,
            ("data", ("requests", _)) => Spot::Requests,
            ("data", _) => Spot::Data,
            ("settings", _) => Spot::Settings,
            ("statement", _) => Month::parse(rest).map_or(Spot::Overview(None), Spot::Statement),
            ("overview", _) => Spot::Overview(
                Day::parse(rest).map(Shown::Day).or_else(|| Month::parse(rest).map(Shown::Month)),
            ),
            _ => Spot::default(),
        }
    }
}

impl Place {
    /// Parses the text after the `#` of an address. Anything unknown is the overview.
    pub fn parse(address: &str) -> Place {
        let (path, options) = address.split_once('?').unwrap_or((address, ""));
        let mut place = Place { spot: Spot::parse(path), ..Place::default() };
        for option in options.split('&') {
            match option {
                "chart=sum" => place.chart = ChartMode::Cumulative,
                "year=account" => place.year = YearMode::ByAccount,
                "models=week" => place.models = ModelTime::Week,
                "models=yesterday" => place.models = ModelTime::Yesterday,
                _ => {}
            }
        }
        place
    }

    /// A part of the dashboard, with default options.
    pub fn at(spot: Spot) -> Place {
        Place { spot, ..Place::default() }
    }

    /// The same options in another part.
    #[must_use]
    pub fn with_spot(&self, spot: Spot) -> Place {
        Place { spot, ..self.clone() }
    }

    /// Sets how the month's chart is drawn.
    #[must_use]
    pub fn with_chart(&self, chart: ChartMode) -> Place {
        Place { chart, ..self.clone() }
    }

    /// Sets the period of the table of models.
    #[must_use]
    pub fn with_models(&self, models: ModelTime) -> Place {
        Place { models, ..self.clone() }
    }

    /// Sets how the chart of the last months is drawn.
    #[must_use]
    pub fn with_year(&self, year: YearMode) -> Place {
        Place { year, ..self.clone() }
    }

    /// The open day.
    pub fn day(&self) -> Option<Day> {
        match self.spot {
            Spot::Overview(Some(Shown::Day(day))) => Some(day),
            _ => None,
        }
    }

    /// The month of the overview; `None` for the present one.
    pub fn month(&self) -> Option<Month> {
        match self.spot {
            Spot::Overview(Some(Shown::Day(day))) => Some(day.month()),
            Spot::Overview(Some(Shown::Month(month))) | Spot::Statement(month) => Some(month),
            _ => None,
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Spot::Statement(month) = self {
            return write!(to, "statement/{month}");
        }
        to.write_str(self.tab().name())?;
        match self {
            Spot::Overview(Some(Shown::Month(month))) => write!(to, "/{month}"),
            Spot::Overview(Some(Shown::Day(day))) => write!(to, "/{day}"),
            Spot::Account(AccountId(id)) => write!(to, "/{id}"),
            Spot::AddAccount => to.write_str("/add"),
            Spot::AddFrom(from) => write!(to, "/add/{from}"),
            Spot::Requests => to.write_str("/requests"),
            Spot::Overview(None)
            | Spot::Statement(_)
            | Spot::Accounts
            | Spot::Budget
            | Spot::Data
            | Spot::Settings => Ok(()),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spot.fmt(to)?;
        let chart = (self.chart == ChartMode::Cumulative).then_some("chart=sum");
        let models = match self.models {
            ModelTime::Month => None,
            ModelTime::Week => Some("models=week"),
            ModelTime::Yesterday => Some("models=yesterday"),
        };
        let year = (self.year == YearMode::ByAccount).then_some("year=account");
        let mut separator = "?";
        for option in [chart, models, year].into_iter().flatten() {
            write!(to, "{separator}{option}")?;
            separator = "&";
        }
        Ok(())
    }
}
