//! What the columns of a table mean, as the user chose it: the form that it is entered with, and what an account keeps of
//! it for the next file.
//!
//! Does not read tables.

use crate::files::number_formats::{Decimals, Order, currency};
use crate::files::question::{Charges, MEANS};
use crate::files::row_counts::cut;
use crate::money::Currency;

/// What the settings of an account keep of a pointing is under names that begin so.
const KEPT: &str = "columns.";

pub(super) const DATE: &str = "date";
pub(super) const END: &str = "end";
pub(super) const AMOUNT: &str = "amount";
pub(super) const CURRENCY: &str = "currency";
pub(super) const LINE: &str = "line";

/// What a column can be for.
const ROLES: [&str; 5] = [DATE, END, AMOUNT, CURRENCY, LINE];
/// The most letters of the name of a currency.
pub(super) const LONGEST_CURRENCY: usize = 20;

/// Which columns are what, as far as it was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMapping {
    /// What a column is for (`date`, `end`, `amount`, `currency` or `line`, the name of what was paid for), and its place.
    columns: Vec<(&'static str, usize)>,
    /// The currency of all rows, where no column tells it.
    code: String,
    /// What is not the usual name of any currency in the file, and the code of the currency that it means.
    named: Vec<(String, String)>,
    /// Where it is said.
    charges: Option<Charges>,
    /// Where it is said.
    order: Option<Order>,
    /// Where it is said.
    decimals: Option<Decimals>,
}

impl ColumnMapping {
    /// By the fields of a form, or what [`ColumnMapping::fields`] gave.
    pub fn parse(fields: &[(String, String)]) -> ColumnMapping {
        let text =
            |name: &str| fields.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str());
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

    /// What a form's fields would have for it to be read as this.
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

    /// With these columns, and a currency of all rows.
    pub(super) fn of_columns(columns: Vec<(&'static str, usize)>, code: &str) -> ColumnMapping {
        ColumnMapping { columns, code: code.to_owned(), ..ColumnMapping::default() }
    }

    /// What the settings of an account shall keep of it: the names of its columns. `None` where a name is not the only
    /// one of its kind.
    pub fn kept(&self, head: &[String]) -> Option<Vec<(String, String)>> {
        let mut fields = self.fields();
        for (role, place) in &self.columns {
            let name =
                head.get(*place).filter(|name| !name.is_empty() && place_of(head, name) == Some(*place))?;
            let (_, text) = fields.iter_mut().find(|(of, _)| of == role)?;
            text.clone_from(name);
        }
        Some(fields.into_iter().map(|(name, text)| (format!("{KEPT}{name}"), text)).collect())
    }

    /// What the settings of an account keep, for a table with all those columns. `None` for any other.
    pub fn known(settings: &[(String, String)], head: &[String]) -> Option<ColumnMapping> {
        let kept =
            |(name, text): &(String, String)| Some((name.strip_prefix(KEPT)?.to_owned(), text.clone()));
        let mut fields: Vec<(String, String)> = settings.iter().filter_map(kept).collect();
        for (_, text) in fields.iter_mut().filter(|(of, _)| ROLES.iter().any(|role| of == role)) {
            *text = place_of(head, text)?.to_string();
        }
        let pointing = ColumnMapping::parse(&fields);
        pointing.is_whole().then_some(pointing)
    }

    /// Puts it in place of another among the settings of an account.
    pub fn keep(settings: &mut Vec<(String, String)>, kept: Vec<(String, String)>) {
        settings.retain(|(name, _)| !name.starts_with(KEPT));
        settings.extend(kept);
    }

    /// What each chosen column is for, and its place.
    pub(super) fn columns(&self) -> &[(&'static str, usize)] {
        &self.columns
    }

    /// The column that is for this.
    pub fn place(&self, role: &str) -> Option<usize> {
        self.columns.iter().find(|(of, _)| *of == role).map(|(_, place)| *place)
    }

    /// The currency of all rows, as it was entered.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Which sign a charge has, where it is said.
    pub fn charges(&self) -> Option<Charges> {
        self.charges
    }

    /// The names of currencies in the file that are not usual, and the code that each means.
    pub fn named(&self) -> &[(String, String)] {
        &self.named
    }

    /// Whether day or month comes first, where it is said.
    pub fn order(&self) -> Option<Order> {
        self.order
    }

    /// What stands before decimals, where it is said.
    pub fn decimals(&self) -> Option<Decimals> {
        self.decimals
    }

    pub(super) fn is_whole(&self) -> bool {
        let has_currency = self.place(CURRENCY).is_some() || of_code(&self.code).is_some();
        self.place(DATE).is_some() && self.place(AMOUNT).is_some() && has_currency
    }

    /// The currency that a name in the file means, by itself or as it was said.
    pub(super) fn means(&self, name: &str) -> Option<Currency> {
        let said = self.named.iter().find(|(known, _)| known == &cut(name, LONGEST_CURRENCY));
        currency(name).or_else(|| of_code(&said?.1))
    }
}

/// The currency that a person names: any code of three letters, if it is no other name.
pub(super) fn of_code(code: &str) -> Option<Currency> {
    currency(code).or_else(|| Currency::parse(code))
}

/// The only column of that name.
fn place_of(head: &[String], name: &str) -> Option<usize> {
    let mut named = head.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(name));
    named.next().filter(|_| named.next().is_none()).map(|(place, _)| place)
}
