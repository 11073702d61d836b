//! Any table with a head: a day, an amount and a currency, by the columns that the user points at.
//!
//! Knows which columns are likely, and what a file leaves open, which is asked and never guessed. A refusal names what a
//! column is for, and never what its head or a cell says. Does not know where the table waits while it is pointed at.

use crate::import::archive::is_archive;
use crate::import::notation::{Decimals, Hint, Order, Told, amount, day, hint_of_amount, hint_of_day};
use crate::import::settle::{self, Item, Of};
use crate::import::table::{Table, between};
use crate::import::{Imported, Refused, Why};
use crate::money::Currency;

/// The most columns that can be pointed at.
const MOST_COLUMNS: usize = 60;
/// The most letters of a column's name.
const LONGEST_NAME: usize = 60;
/// The most letters of the name of a line.
const LONGEST_LINE: usize = 60;
/// What the settings of an account keep of a pointing is under names that begin so.
const KEPT: &str = "columns.";

const DATE: &str = "date";
const AMOUNT: &str = "amount";
const CURRENCY: &str = "currency";
const LINE: &str = "line";

/// What a column can be for, with words that its name is likely to have, the likeliest first. What is found first is
/// not looked at again: a currency is found before the amount that it is of.
const ROLES: [(&str, &[&str]); 4] = [
    (DATE, &["date", "day", "time", "period", "日期", "时间"]),
    (CURRENCY, &["currency", "币种", "货币"]),
    (AMOUNT, &["amount", "cost", "total", "price", "charge", "spend", "金额", "费用"]),
    (LINE, &["model", "service", "product", "description", "item", "sku", "slug", "模型", "产品"]),
];

/// Which columns are what, as far as it was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointing {
    /// What a column is for (`date`, `amount`, `currency` or `line`, the name of what was paid for), and its place.
    columns: Vec<(&'static str, usize)>,
    /// The currency of all rows, where no column tells it.
    code: String,
    /// Where it is said.
    order: Option<Order>,
    /// Where it is said.
    decimals: Option<Decimals>,
}

/// What has to be said before a table can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Where the day, the amount and the currency are.
    Columns,
    /// Whether day or month comes first: every date can be read in both ways.
    Order,
    /// What stands before decimals: every amount can be read in both ways.
    Decimals,
}

/// What came of reading a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// It is read.
    Read(Imported),
    /// It cannot be yet.
    Asks(Ask),
}

impl Pointing {
    /// By the fields of a form, or what [`Pointing::fields`] gave.
    pub fn of(fields: &[(String, String)]) -> Pointing {
        let text =
            |name: &str| fields.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str());
        let place = |(role, _): (&'static str, _)| Some((role, text(role).parse().ok()?));
        Pointing {
            columns: ROLES.into_iter().filter_map(place).collect(),
            code: text("code").trim().chars().take(3).collect(),
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
        let others = [("code", Some(self.code.as_str())), ("order", order), ("decimals", decimals)];
        let others = others.into_iter().filter_map(|(name, text)| Some((name, text?.to_owned())));
        columns.chain(others).map(|(name, text)| (name.to_owned(), text)).collect()
    }

    /// The likely one for a head, with the currency that its amounts name, else this one.
    pub fn likely(head: &[String], code: &str) -> Pointing {
        let names: Vec<String> = head.iter().map(|name| name.to_ascii_lowercase()).collect();
        let mut columns: Vec<(&'static str, usize)> = Vec::new();
        for (role, likely) in ROLES {
            let find = |is: &dyn Fn(&str, &str) -> bool| {
                let is_free = |place: &usize| !columns.iter().any(|(_, taken)| taken == place);
                likely.iter().find_map(|word| {
                    // Of tokens and for one unit is no total; a cost in some currency is a cost.
                    let is_count = |name: &str| name.contains("token") || name.contains("unit");
                    let is_cost = |name: &str| name.contains(" in ") || name.contains("costin");
                    let fits = |(_, name): &(usize, &String)| {
                        is(name, word) && !is_count(name) && (role != CURRENCY || !is_cost(name))
                    };
                    names.iter().enumerate().filter(fits).map(|(place, _)| place).find(is_free)
                })
            };
            let is_word = |name: &str, word: &str| {
                name.split(|sign: char| !sign.is_ascii_alphanumeric()).any(|one| one == word)
            };
            let found = find(&is_word).or_else(|| find(&|name, word| name.contains(word)));
            columns.extend(found.map(|place| (role, place)));
        }
        let mut pointing = Pointing { columns, code: code.to_owned(), ..Pointing::default() };
        let of_amount = pointing.place(AMOUNT).and_then(|place| names.get(place));
        let mut words =
            of_amount.into_iter().flat_map(|name| name.split(|sign: char| !sign.is_ascii_alphanumeric()));
        if let Some(code) = words.find(|word| ["usd", "eur", "cny", "gbp", "jpy"].contains(word)) {
            pointing.code = code.to_ascii_uppercase();
        }
        pointing
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
    pub fn known(settings: &[(String, String)], head: &[String]) -> Option<Pointing> {
        let kept =
            |(name, text): &(String, String)| Some((name.strip_prefix(KEPT)?.to_owned(), text.clone()));
        let mut fields: Vec<(String, String)> = settings.iter().filter_map(kept).collect();
        for (_, text) in fields.iter_mut().filter(|(of, _)| ROLES.iter().any(|(role, _)| of == role)) {
            *text = place_of(head, text)?.to_string();
        }
        let pointing = Pointing::of(&fields);
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

    /// Whether day or month comes first, where it is said.
    pub fn order(&self) -> Option<Order> {
        self.order
    }

    /// What stands before decimals, where it is said.
    pub fn decimals(&self) -> Option<Decimals> {
        self.decimals
    }

    fn is_whole(&self) -> bool {
        let has_currency = self.place(CURRENCY).is_some() || Currency::read(&self.code).is_some();
        self.place(DATE).is_some() && self.place(AMOUNT).is_some() && has_currency
    }
}

/// The only column of that name.
fn place_of(head: &[String], name: &str) -> Option<usize> {
    let mut named = head.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(name));
    named.next().filter(|_| named.next().is_none()).map(|(place, _)| place)
}

/// The names of a table's columns, shortened. `None` where it is no table with a head and a row below it: a first row
/// with a day or an amount in it is no head.
pub fn head(bytes: &[u8]) -> Option<Vec<String>> {
    let is_other = is_archive(bytes) || bytes.trim_ascii().starts_with(b"<") || bytes.contains(&0);
    let mut table = Table::at("", bytes, between(bytes), Vec::new());
    let names = table.cells().filter(|names| names.len() > 1 && !is_other)?;
    let is_value = |name: &&str| {
        let is_day = day(name, Order::DayFirst).or_else(|| day(name, Order::MonthFirst)).is_some();
        is_day || crate::import::table::amount(name).is_some() || name.starts_with(['{', '['])
    };
    if names.iter().all(|name| name.is_empty()) || names.iter().any(is_value) {
        return None;
    }
    let names = names.into_iter().take(MOST_COLUMNS).map(|name| cut(name, LONGEST_NAME)).collect();
    table.next().ok().filter(|is_row| *is_row).map(|_| names)
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().filter(|sign| !sign.is_control()).take(letters).collect()
}

/// Reads a table by a pointing, or says what it leaves open.
pub fn read_pointed(file: &str, bytes: &[u8], pointing: &Pointing) -> Result<Pointed, Refused> {
    if !pointing.is_whole() {
        return Ok(Pointed::Asks(Ask::Columns));
    }
    let (of_days, of_amounts) = hints(&mut open(file, bytes, pointing))?;
    let Some(order) = pointing.order.or(of_days.way(Order::DayFirst)) else {
        return Ok(Pointed::Asks(Ask::Order));
    };
    let Some(decimals) = pointing.decimals.or(of_amounts.way(Decimals::Point)) else {
        return Ok(Pointed::Asks(Ask::Decimals));
    };
    let mut table = open(file, bytes, pointing);
    let mut items = Vec::new();
    while table.next()? {
        let currency = match pointing.place(CURRENCY) {
            Some(_) => Some(table.read(CURRENCY, Currency::read)?),
            None => Currency::read(&pointing.code),
        };
        let Some(currency) = currency else { return Err(table.refuse(CURRENCY)) };
        let line = cut(table.cell(LINE)?, LONGEST_LINE);
        items.push(Item {
            currency: Some(currency),
            name: if line.is_empty() { "other".to_owned() } else { line },
            of: Of::Wallet(None),
            span: table.read(DATE, |text| day(text, order))?.span(),
            amount: table.read(AMOUNT, |text| amount(text, decimals, currency))?,
            price: None,
        });
    }
    let rows = items.len();
    if rows == 0 {
        return Err(Refused::file(file, Why::Empty));
    }
    let (bills, prices) =
        settle::bills(vec![items], Vec::new()).ok_or_else(|| Refused::file(file, Why::TooMuch))?;
    Ok(Pointed::Read(Imported { provider: None, bills, prices, files: 1, skipped: 0, rows }))
}

fn open<'a>(file: &'a str, bytes: &'a [u8], pointing: &Pointing) -> Table<'a> {
    Table::at(file, bytes, between(bytes), pointing.columns.clone())
}

/// What the whole file says of how its days and its amounts are written.
fn hints(table: &mut Table<'_>) -> Result<(Told<Order>, Told<Decimals>), Refused> {
    let (mut of_days, mut of_amounts) = (Told::NOTHING, Told::NOTHING);
    while table.next()? {
        of_days.add(table.cell(DATE).map_or(Hint::Nothing, hint_of_day));
        of_amounts.add(table.cell(AMOUNT).map_or(Hint::Nothing, hint_of_amount));
    }
    Ok((of_days, of_amounts))
}
