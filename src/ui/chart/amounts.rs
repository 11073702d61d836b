//! The amounts of a chart as text, or none while amounts are hidden.

use crate::books::figure::{Figure, Mark};
use crate::money::{Amount, Currency};
use crate::ui::format::{self, Grain};

/// Whether a chart shows its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amounts {
    /// On the axis, in names and in the table, in this currency.
    Shown(Currency),
    /// Nowhere: only shapes are drawn.
    Hidden,
}

/// A forecast amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The forecast.
    pub amount: Amount,
    /// The low and the high end, if there is a range.
    pub range: Option<(Amount, Amount)>,
}

impl Expected {
    /// The high end of the range.
    pub(crate) fn most(&self) -> Amount {
        self.range.map_or(self.amount, |(_, most)| most.max(self.amount))
    }

    /// The forecast without its range.
    pub(crate) fn without_range(self) -> Expected {
        Expected { range: None, ..self }
    }

    /// The forecast plus a certain amount.
    pub(crate) fn plus(self, certain: Amount) -> Expected {
        Expected {
            amount: self.amount + certain,
            range: self.range.map(|(least, most)| (least + certain, most + certain)),
        }
    }
}

impl Amounts {
    /// An amount to the cent.
    pub(crate) fn money(self, amount: Amount) -> Option<String> {
        self.currency().map(|currency| format::money(amount, currency))
    }

    /// A figure to the cent, with its mark.
    pub(crate) fn figure(self, figure: &Figure) -> Option<String> {
        self.currency().map(|currency| format::marked(figure, Some(currency), Grain::Cents))
    }

    /// An amount with the precision of a forecast.
    pub(crate) fn rough(self, amount: Amount) -> Option<String> {
        let figure = Figure::new(amount, Mark::Exact, []);
        self.currency().map(|currency| format::figure(&figure, Some(currency), Grain::Rough))
    }

    /// The ends of a forecast's range.
    pub(crate) fn range(self, expected: &Expected) -> Option<(String, String)> {
        let range = expected.range?;
        self.currency().map(|currency| format::range(expected.amount, range, currency, Grain::Rough))
    }

    /// The currency, unless amounts are hidden.
    pub(crate) fn currency(self) -> Option<Currency> {
        match self {
            Amounts::Shown(currency) => Some(currency),
            Amounts::Hidden => None,
        }
    }
}
