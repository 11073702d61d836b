//! Rows of several tables become bills: each time counts once, and quantities stand beside the money they cost.
//!
//! Knows what to do where two tables tell of one time. Does not know how a table is written.
//!
//! Two tables contradict each other where, in the time that both cover, both tell of the same model (in one currency and
//! wallet, or of one unit): they are one export taken twice, or an older and a newer one. The newer one then replaces
//! all that the older says of the time that the newer covers, as a restated bill does (rule L10). Newer is the one that
//! reaches further; of two that reach equally far, the later in the archive. Tables that share a time and no model of it
//! add up.

use crate::books::bill::{Bill, Line, Row, Unit, Usage, Wallet, by_day};
use crate::books::tokens::Price;
use crate::files::prices::Prices;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Span, Timestamp};

/// The most bills that one import makes: ten years in two currencies.
const MOST_BILLS: u64 = 7_320;
/// The most models that it names.
const MOST_NAMES: usize = 1_000;

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Item {
    /// For money: in which currency.
    pub currency: Option<Currency>,
    /// The model.
    pub name: String,
    /// What of it.
    pub of: ItemKind,
    /// Over which time; never empty.
    pub span: Span,
    /// Money or a quantity.
    pub amount: Amount,
    /// For a quantity: what its table says that one of them costs, or a million.
    pub price: Option<Amount>,
}

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Money from a pool, where it is told which.
    Wallet(Option<Wallet>),
    /// A quantity.
    Unit(Unit),
}

impl Item {
    /// A time in which nothing was billed.
    pub fn nothing(currency: Currency, span: Span) -> Item {
        let (currency, name, of) = (Some(currency), String::new(), ItemKind::Wallet(None));
        Item { currency, name, of, span, amount: Amount::ZERO, price: None }
    }

    /// What tells it from the others of its table, and orders them.
    fn key(&self) -> (Option<Currency>, &str, ItemKind, Timestamp, Timestamp, Option<Amount>) {
        (self.currency, &self.name, self.of, self.span.from, self.span.to, self.price)
    }

    /// What it is about, whatever its time: the pool is left out where it may be the other's.
    fn is_of(&self, other: &Item) -> bool {
        let is_same = match (self.of, other.of) {
            (ItemKind::Wallet(one), ItemKind::Wallet(two)) => one.is_none() || two.is_none() || one == two,
            (one, two) => one == two,
        };
        is_same && self.currency == other.currency && self.name == other.name
    }

    /// Its parts outside of a time, and nothing for the part inside: that still says that its table covers it.
    fn cut(self, out: Span) -> impl Iterator<Item = Item> {
        let inside = self.span.overlap(out);
        let before = Span { from: self.span.from, to: inside.from.min(self.span.to) };
        let after = Span { from: inside.to, to: self.span.to };
        let kept = [before, after].map(|part| (part, self.span.share(self.amount, part)));
        let nothing = (inside, Amount::ZERO);
        let parts = kept.into_iter().chain([nothing]).filter(|(part, _)| part.ms() > 0);
        parts.map(move |(span, amount)| Item { span, amount, ..self.clone() })
    }
}

/// The bills of the days, and parts of days, that the costs cover, with the quantities of their time; and the prices that
/// they bear out. `None` where that is more than an account can have.
pub(super) fn bills(costs: Vec<Vec<Item>>, counts: Vec<Vec<Item>>) -> Option<(Vec<Bill>, Vec<Price>)> {
    let row = |item: Item| match item {
        Item { currency: Some(currency), name, of: ItemKind::Wallet(wallet), span, amount, price: _ } => {
            Some(Row { currency, span, line: Line { name, wallet, amount } })
        }
        _ => None,
    };
    let costs = settled(costs)?.into_iter().map(|table| table.into_iter().filter_map(row).collect());
    let mut bills = by_day(costs.collect());
    let mut currencies: Vec<Currency> = bills.iter().map(|bill| bill.currency).collect();
    currencies.dedup();
    let mut prices = Prices::default();
    for item in settled(counts)?.into_iter().flatten() {
        count(&mut bills, &currencies, &item, &mut prices);
    }
    let prices = prices.borne_out(&bills);
    Some((bills, prices))
}

/// Adds times in which nothing was billed to each book of a table; to this one where the table tells no other. `false`
/// where there is none to add them to.
pub fn add_nothing(items: &mut Vec<Item>, nothing: Vec<Span>, usual: Option<Currency>) -> bool {
    let mut currencies: Vec<Currency> = Vec::new();
    for currency in items.iter().filter_map(|item| item.currency).chain(usual.filter(|_| items.is_empty())) {
        if !currencies.contains(&currency) {
            currencies.push(currency);
        }
    }
    let is_told = nothing.is_empty() || !currencies.is_empty();
    for span in nothing {
        items.extend(currencies.iter().map(|currency| Item::nothing(*currency, span)));
    }
    is_told
}

/// Puts a quantity beside the money of its time.
///
/// One that spans two UTC days is shared as its money is, and not given to the day it begins on: so each day keeps the
/// price that was paid. Where a day has bills in several currencies, it goes to the first that names its model: it has
/// no currency of its own, and must not count twice.
fn count(bills: &mut [Bill], currencies: &[Currency], item: &Item, prices: &mut Prices) {
    let ItemKind::Unit(unit) = item.of else { return };
    for day in item.span.days() {
        let part = item.span.overlap(day.span());
        let of_day = currencies.iter().filter_map(|currency| {
            let ends = |bill: &Bill| (bill.currency, bill.span().to);
            let place = bills.partition_point(|bill| ends(bill) <= (*currency, part.from));
            let is_it = |bill: &&Bill| bill.currency == *currency && bill.span().meets(part);
            bills.get(place).filter(is_it).map(|_| place)
        });
        let names_it = |place: &usize| {
            bills.get(*place).is_some_and(|bill| bill.lines.iter().any(|line| line.name == item.name))
        };
        let place = of_day.min_by_key(|place| !names_it(place));
        if let Some(bill) = place.and_then(|place| bills.get_mut(place)) {
            let quantity = item.span.share(item.amount, bill.span());
            if let Some(price) =
                item.price.filter(|_| !matches!(unit, Unit::Requests | Unit::Other) && !quantity.is_zero())
            {
                prices.add((&item.name, unit), (bill.currency, day), quantity, price);
            }
            bill.count(Usage { name: item.name.clone(), unit, quantity });
        }
    }
}

/// The tables, each of one book, without what is told twice.
fn settled(tables: Vec<Vec<Item>>) -> Option<Vec<Vec<Item>>> {
    let until = |table: &[Item]| covered(table).map(|covered| covered.to);
    let mut of_books: Vec<Vec<Item>> = Vec::new();
    for table in tables.into_iter().map(summed) {
        let mut table = table;
        while let Some(last) = table.last() {
            let first = table.iter().position(|item| item.currency == last.currency).unwrap_or(0);
            // What is left of the table is not copied: it may be long.
            let of_book = if first == 0 { core::mem::take(&mut table) } else { table.split_off(first) };
            let place = of_books.partition_point(|other| until(other) <= until(&of_book));
            of_books.insert(place, of_book);
        }
    }
    is_bounded(&of_books).then_some(())?;
    let mut newer = of_books.into_iter();
    let mut settled = Vec::new();
    while let Some(older) = newer.next() {
        settled.push(newer.as_slice().iter().fold(older, |older, newer| replaced(older, newer)));
    }
    Some(settled)
}

/// One item for each thing and time, where an export has one for each key; in an order of its own.
fn summed(mut table: Vec<Item>) -> Vec<Item> {
    table.sort_unstable_by(|one, two| one.key().cmp(&two.key()));
    table.dedup_by(|next, kept| {
        let is_same = next.key() == kept.key();
        if is_same {
            kept.amount = kept.amount + next.amount;
        }
        is_same
    });
    table
}

/// Whether what comes of them can be held, and gone through in a moment.
fn is_bounded(tables: &[Vec<Item>]) -> bool {
    let (mut names, mut books): (Vec<&str>, Vec<(Option<Currency>, Span)>) = Default::default();
    for item in tables.iter().flatten() {
        if let Err(place) = names.binary_search(&item.name.as_str()) {
            names.insert(place, &item.name);
        }
        match books.iter_mut().find(|(currency, _)| *currency == item.currency) {
            Some((_, covered)) => *covered = covered.hull(item.span),
            None => books.push((item.currency, item.span)),
        }
        if names.len() > MOST_NAMES {
            return false;
        }
    }
    books.iter().map(|(_, covered)| covered.ms().div_ceil(DAY)).sum::<u64>() <= MOST_BILLS
}

/// From its first row to its last. `None` where there is no row.
fn covered(table: &[Item]) -> Option<Span> {
    table.iter().map(|item| item.span).reduce(Span::hull)
}

/// An older table of a book, less what a newer one says of the same time, if the two contradict each other.
fn replaced(older: Vec<Item>, newer: &[Item]) -> Vec<Item> {
    let (Some(of_older), Some(of_newer)) = (covered(&older), covered(newer)) else { return older };
    let both = of_older.overlap(of_newer);
    // What the newer table tells of that time, each once. It is in the order of this: currency, then name.
    let mut told: Vec<&Item> = newer.iter().filter(|other| other.span.meets(both)).collect();
    told.dedup_by_key(|other| (other.currency, &other.name, other.of));
    let is_told_again = |item: &Item| {
        let first = told.partition_point(|other| (other.currency, &other.name) < (item.currency, &item.name));
        let mut others = told.iter().skip(first).take_while(|other| other.name == item.name);
        item.span.meets(both) && others.any(|other| other.is_of(item))
    };
    if older.iter().any(is_told_again) {
        older.into_iter().flat_map(|item| item.cut(of_newer)).collect()
    } else {
        older
    }
}
