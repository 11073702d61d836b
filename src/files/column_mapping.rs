//! Any table with a head: a day, an amount and a currency, by the columns that the user points at.
//!
//! Knows which columns are likely, and what a file leaves open, which is asked and never guessed. A refusal names what a
//! column is for, and never what its head or a cell says. Does not know where the table waits while it is pointed at.

use crate::files::archive::is_archive;
use crate::files::column_guess::{is_value, layout};
use crate::files::merge::{self, Item, ItemKind};
use crate::files::number_formats::{
    ColumnHints, Decimals, Hint, Order, amount, currency, day, hint_of_amount, hint_of_day, is_bare,
    is_midnight, is_no_charge,
};
use crate::files::question::MEANS;
use crate::files::row_counts::cut;
use crate::files::table::Table;
use crate::files::{Charges, Imported, Question, RefusalReason, Refused, Skip};
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Span};

/// The most columns that can be pointed at.
const MOST_COLUMNS: usize = 60;
/// The most letters of a column's name.
const LONGEST_NAME: usize = 60;
/// The most letters of the name of a line.
const LONGEST_LINE: usize = 60;
/// What the settings of an account keep of a pointing is under names that begin so.
const KEPT: &str = "columns.";

pub(super) const DATE: &str = "date";
pub(super) const END: &str = "end";
pub(super) const AMOUNT: &str = "amount";
pub(super) const CURRENCY: &str = "currency";
pub(super) const LINE: &str = "line";

/// What a column can be for.
const ROLES: [&str; 5] = [DATE, END, AMOUNT, CURRENCY, LINE];
/// The longest time that a row can span.
const LONGEST_ROW: u64 = 366 * DAY;
/// The most letters of the name of a currency.
const LONGEST_CURRENCY: usize = 20;

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

/// What came of reading a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedTable {
    /// It is read.
    Read(Imported),
    /// It cannot be yet.
    Asks(Question),
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

    fn is_whole(&self) -> bool {
        let has_currency = self.place(CURRENCY).is_some() || of_code(&self.code).is_some();
        self.place(DATE).is_some() && self.place(AMOUNT).is_some() && has_currency
    }

    /// The currency that a name in the file means, by itself or as it was said.
    fn means(&self, name: &str) -> Option<Currency> {
        let said = self.named.iter().find(|(known, _)| known == &cut(name, LONGEST_CURRENCY));
        currency(name).or_else(|| of_code(&said?.1))
    }
}

/// The currency that a person names: any code of three letters, if it is no other name.
fn of_code(code: &str) -> Option<Currency> {
    currency(code).or_else(|| Currency::parse(code))
}

/// The only column of that name.
fn place_of(head: &[String], name: &str) -> Option<usize> {
    let mut named = head.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(name));
    named.next().filter(|_| named.next().is_none()).map(|(place, _)| place)
}

/// The names of a table's columns, shortened. `None` where it is no table with a head and a row below it: a row with a day
/// or an amount in it is no head.
pub fn head(bytes: &[u8]) -> Option<Vec<String>> {
    let is_other = is_archive(bytes) || bytes.trim_ascii().starts_with(b"<") || bytes.contains(&0);
    let mut table = Table::at("", bytes, layout(bytes), Vec::new());
    let names = table.cells().filter(|names| names.len() > 1 && !is_other)?;
    if names.iter().all(|name| name.is_empty()) || names.iter().any(|name| is_value(name)) {
        return None;
    }
    let names = names.into_iter().take(MOST_COLUMNS).map(|name| cut(name, LONGEST_NAME)).collect();
    table.next().ok().filter(|is_row| *is_row).map(|_| names)
}

/// Reads a table by a pointing, or says what it leaves open.
pub fn read_pointed(file: &str, bytes: &[u8], pointing: &ColumnMapping) -> Result<MappedTable, Refused> {
    if !pointing.is_whole() {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let hints = hints(&mut open(file, bytes, pointing), pointing)?;
    if let Some(name) = hints.unknown {
        return Ok(MappedTable::Asks(Question::Currency(name)));
    }
    let Some(order) = pointing.order.or(hints.of_days.way(Order::DayFirst)) else {
        return Ok(MappedTable::Asks(Question::Order));
    };
    let Some(decimals) = pointing.decimals.or(hints.of_amounts.way(Decimals::Point)) else {
        return Ok(MappedTable::Asks(Question::Decimals));
    };
    let ends_after = pointing.place(END).is_some() && end_after(&mut open(file, bytes, pointing), order)?;
    let mut table = open(file, bytes, pointing);
    let (mut items, mut nothing) = (Vec::new(), Vec::new());
    while table.next()? {
        if is_sum(&table, &items, decimals) {
            table.skip_read(Skip::Total);
            continue;
        }
        let span = span(&table, order, ends_after)?;
        let of_row = table.cell(CURRENCY)?.to_owned();
        if pointing.place(CURRENCY).is_some() && of_row.is_empty() && is_no_charge(table.cell(AMOUNT)?) {
            table.charge(AMOUNT, |_| None)?;
            nothing.push(span);
            continue;
        }
        let currency = match pointing.place(CURRENCY) {
            Some(_) => pointing.means(&of_row),
            None => of_code(&pointing.code),
        };
        let Some(currency) = currency else { return Err(table.refuse(CURRENCY)) };
        let line = cut(table.cell(LINE)?, LONGEST_LINE);
        items.push(Item {
            currency: Some(currency),
            name: if line.is_empty() { "other".to_owned() } else { line },
            of: ItemKind::Wallet(None),
            span,
            amount: table.charge(AMOUNT, |text| amount(text, decimals, currency))?,
            price: None,
        });
    }
    if items.is_empty() && nothing.is_empty() {
        return Err(Refused::file(file, RefusalReason::Empty));
    }
    let Some(charges) = pointing.charges.or(sign(&items)) else {
        let is_debits = items.iter().all(|item| item.amount <= Amount::ZERO);
        return Ok(MappedTable::Asks(if is_debits { Question::Debits } else { Question::Sign }));
    };
    if charges == Charges::Negative {
        items.iter_mut().for_each(|item| item.amount = -item.amount);
    }
    if !merge::add_nothing(&mut items, nothing, of_code(&pointing.code)) {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let rows = table.rows();
    let (bills, prices) =
        merge::bills(vec![items], Vec::new()).ok_or_else(|| Refused::file(file, RefusalReason::TooMuch))?;
    Ok(MappedTable::Read(Imported { provider: None, bills, prices, files: 1, skipped: 0, rows }))
}

/// The time of the row in hand: its day, or from that to its end.
fn span(table: &Table<'_>, order: Order, ends_after: bool) -> Result<Span, Refused> {
    let first = table.read(DATE, |text| day(text, order))?;
    let text = table.cell(END)?;
    if text.is_empty() {
        return Ok(first.span());
    }
    let end = table.read(END, |text| day(text, order))?;
    let is_after = first < end && (is_midnight(text) || (ends_after && is_bare(text)));
    let to = if is_after { end.span().from } else { end.span().to };
    let span = Span { from: first.span().from, to };
    if first <= end && span.ms() <= LONGEST_ROW { Ok(span) } else { Err(table.refuse(END)) }
}

/// Whether the dates at the ends of rows are the days after their last days: all are later than their beginnings, and
/// another row begins there, or all begin and end on the 1st of a month.
fn end_after(table: &mut Table<'_>, order: Order) -> Result<bool, Refused> {
    // Each day once: a table has many rows of few days.
    let (mut starts, mut ends): (Vec<Day>, Vec<Day>) = Default::default();
    let mut are_first = true;
    while table.next()? {
        let one =
            |column| table.cell(column).ok().filter(|text| is_bare(text)).and_then(|text| day(text, order));
        let (Some(first), Some(end)) = (one(DATE), one(END)) else { continue };
        if end <= first {
            return Ok(false);
        }
        are_first &= first.number() == 1 && end.number() == 1;
        for (days, day) in [(&mut starts, first), (&mut ends, end)] {
            if let Err(place) = days.binary_search(&day) {
                days.insert(place, day);
            }
        }
    }
    let begins = |day: &Day| starts.binary_search(day).is_ok();
    Ok(!ends.is_empty() && (are_first || ends.iter().any(begins)))
}

/// The sign of charges, where no amount is below zero.
fn sign(items: &[Item]) -> Option<Charges> {
    let is_negative = |item: &Item| item.amount.is_negative();
    (!items.iter().any(is_negative)).then_some(Charges::Positive)
}

/// Whether the row in hand is a sum without a word for it: it has no day, and the amount of all rows before.
fn is_sum(table: &Table<'_>, items: &[Item], decimals: Decimals) -> bool {
    let Some(first) = items.first().filter(|_| matches!(table.cell(DATE), Ok(""))) else { return false };
    let is_one_book = items.iter().all(|item| item.currency == first.currency);
    let told = first.currency.and_then(|currency| amount(table.cell(AMOUNT).ok()?, decimals, currency));
    is_one_book && told == Some(items.iter().map(|item| item.amount).sum())
}

pub(super) fn open<'a>(file: &'a str, bytes: &'a [u8], pointing: &ColumnMapping) -> Table<'a> {
    Table::at(file, bytes, layout(bytes), pointing.columns.clone())
}

/// What the whole file says of how it is written.
struct Hints {
    of_days: ColumnHints<Order>,
    of_amounts: ColumnHints<Decimals>,
    /// The first name in the column of currencies that is of none.
    unknown: Option<String>,
}

fn hints(table: &mut Table<'_>, pointing: &ColumnMapping) -> Result<Hints, Refused> {
    let mut hints = Hints { of_days: ColumnHints::NONE, of_amounts: ColumnHints::NONE, unknown: None };
    while table.next()? {
        for column in [DATE, END] {
            hints.of_days.add(table.cell(column).map_or(Hint::Nothing, hint_of_day));
        }
        hints.of_amounts.add(table.cell(AMOUNT).map_or(Hint::Nothing, hint_of_amount));
        let name = table.cell(CURRENCY).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().count() <= LONGEST_CURRENCY;
        if is_name && hints.unknown.is_none() && pointing.means(name).is_none() {
            hints.unknown = Some(cut(name, LONGEST_CURRENCY));
        }
    }
    Ok(hints)
}
