//! The roles of a table's columns, as the user chose them: as form fields, and with column names for the next file.
//!
//! Does not read tables.

use serde::{Deserialize, Serialize};

use crate::files::number_formats::{Decimals, Order, currency};
use crate::files::question::{Charges, MEANS};
use crate::files::row_counts::shorten;
use crate::money::Currency;

pub(super) const DATE: &str = "date";
pub(super) const END: &str = "end";
pub(super) const AMOUNT: &str = "amount";
pub(super) const CURRENCY: &str = "currency";
pub(super) const LINE: &str = "line";

/// The roles of a column.
const ROLES: [&str; 5] = [DATE, END, AMOUNT, CURRENCY, LINE];
/// The most characters of the name of a currency.
pub(super) const LONGEST_CURRENCY: usize = 20;

/// The roles of columns and the formats that the user chose.
///
/// It is stored as its form fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(String, String)>", into = "Vec<(String, String)>")]
pub struct ColumnMapping {
    /// The role of a column (`date`, `end`, `amount`, `currency`, or `line`, the item that was paid for), and its index.
    columns: Vec<(&'static str, usize)>,
    /// The currency of all rows, if there is no currency column.
    code: String,
    /// Unusual names of currencies in the file, each with its code.
    named: Vec<(String, String)>,
    /// The sign of charges, if chosen.
    charges: Option<Charges>,
    /// The order of day and month, if chosen.
    order: Option<Order>,
    /// The decimal separator, if chosen.
    decimals: Option<Decimals>,
}

impl From<Vec<(String, String)>> for ColumnMapping {
    fn from(fields: Vec<(String, String)>) -> ColumnMapping {
        ColumnMapping::parse(&fields)
    }
}

impl From<ColumnMapping> for Vec<(String, String)> {
    fn from(mapping: ColumnMapping) -> Vec<(String, String)> {
        mapping.fields()
    }
}

impl ColumnMapping {
    /// Parses the fields of a form, or the result of [`ColumnMapping::fields`]. Unknown fields are skipped.
    pub fn parse(fields: &[(String, String)]) -> ColumnMapping {
        let text =
            |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
        let place = |role: &'static str| Some((role, text(role).parse().ok()?));
        let named = |(name, code): &(String, String)| {
            let name = name.strip_prefix(MEANS).filter(|_| !code.trim().is_empty())?;
            Some((name.to_owned(), code.trim().to_owned()))
        };
        ColumnMapping {
            columns: ROLES.into_iter().filter_map(place).collect(),
            code: text("code").trim().chars().take(LONGEST_CURRENCY).collect(),
            named: fields.iter().filter_map(named).collect(),
            charges: match text("charges") {
                "positive" => Some(Charges::Positive),
                "negative" => Some(Charges::Negative),
                _ => None,
            },
            order: match text("order") {
                "day" => Some(Order::DayFirst),
                "month" => Some(Order::MonthFirst),
                _ => None,
            },
            decimals: match text("decimals") {
                "point" => Some(Decimals::Point),
                "comma" => Some(Decimals::Comma),
                _ => None,
            },
        }
    }

    /// The form fields of this mapping.
    pub fn fields(&self) -> Vec<(String, String)> {
        let columns = self.columns.iter().map(|(role, place)| (*role, place.to_string()));
        let order = self.order.map(|order| match order {
            Order::DayFirst => "day",
            Order::MonthFirst => "month",
        });
        let decimals = self.decimals.map(|decimals| match decimals {
            Decimals::Point => "point",
            Decimals::Comma => "comma",
        });
        let charges = self.charges.map(|charges| match charges {
            Charges::Positive => "positive",
            Charges::Negative => "negative",
        });
        let code = Some(self.code.as_str());
        let others = [("code", code), ("order", order), ("decimals", decimals), ("charges", charges)];
        let others = others.into_iter().filter_map(|(name, text)| Some((name, text?.to_owned())));
        let others = columns.chain(others).map(|(name, text)| (name.to_owned(), text));
        let named = self.named.iter().map(|(name, code)| (format!("{MEANS}{name}"), code.clone()));
        others.chain(named).collect()
    }

    /// A mapping with these columns, and the currency of all rows.
    pub(super) fn of_columns(columns: Vec<(&'static str, usize)>, code: &str) -> ColumnMapping {
        ColumnMapping { columns, code: code.to_owned(), ..ColumnMapping::default() }
    }

    /// The form fields of this mapping with the names of its columns instead of their indices, to be stored. `None` if a
    /// name is empty or not unique.
    pub fn to_names(&self, head: &[String]) -> Option<Vec<(String, String)>> {
        let mut fields = self.fields();
        for (role, place) in &self.columns {
            let name =
                head.get(*place).filter(|name| !name.is_empty() && place_of(head, name) == Some(*place))?;
            let (_, text) = fields.iter_mut().find(|(known, _)| known == role)?;
            text.clone_from(name);
        }
        Some(fields)
    }

    /// The stored mapping, for a table with all of its columns. `None` for another table.
    pub fn from_names(fields: &[(String, String)], head: &[String]) -> Option<ColumnMapping> {
        let mut fields = fields.to_vec();
        for (_, text) in fields.iter_mut().filter(|(known, _)| ROLES.iter().any(|role| known == role)) {
            *text = place_of(head, text)?.to_string();
        }
        let mapping = ColumnMapping::parse(&fields);
        mapping.is_complete().then_some(mapping)
    }

    /// The role and the index of each chosen column.
    pub(super) fn columns(&self) -> &[(&'static str, usize)] {
        &self.columns
    }

    /// The index of the column with this role.
    pub fn place(&self, role: &str) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == role).map(|(_, place)| *place)
    }

    /// The currency of all rows, as entered.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sign of charges, if chosen.
    pub fn charges(&self) -> Option<Charges> {
        self.charges
    }

    /// Unusual names of currencies in the file, each with its code.
    pub fn named(&self) -> &[(String, String)] {
        &self.named
    }

    /// The order of day and month, if chosen.
    pub fn order(&self) -> Option<Order> {
        self.order
    }

    /// The decimal separator, if chosen.
    pub fn decimals(&self) -> Option<Decimals> {
        self.decimals
    }

    pub(super) fn is_complete(&self) -> bool {
        let has_currency = self.place(CURRENCY).is_some() || parse_code(&self.code).is_some();
        self.place(DATE).is_some() && self.place(AMOUNT).is_some() && has_currency
    }

    /// The currency for a name in the file: a usual name, or one that the user explained.
    pub(super) fn currency_of(&self, name: &str) -> Option<Currency> {
        let explained = self.named.iter().find(|(known, _)| known == &shorten(name, LONGEST_CURRENCY));
        currency(name).or_else(|| parse_code(&explained?.1))
    }
}

/// The currency that the user entered: a usual name, or any code of three letters.
pub(super) fn parse_code(code: &str) -> Option<Currency> {
    currency(code).or_else(|| Currency::parse(code))
}

/// The index of the only column with this name. `None` if there is none, or more than one.
fn place_of(head: &[String], name: &str) -> Option<usize> {
    let mut named = head.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(name));
    named.next().filter(|_| named.next().is_none()).map(|(place, _)| place)
}
