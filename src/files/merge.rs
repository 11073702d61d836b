//! Merges the rows of several tables into bills: each time counts once, and quantities are added to the money of their time.
//!
//! Knows how to combine tables that overlap in time. Does not know how a table is written.
//!
//! Two tables contradict each other if both have the same model (in one currency and wallet, or one unit) in the time that both
//! cover. They are then the same export twice, or an older and a newer one. The newer table replaces all rows of the older one in
//! the time that the newer covers, like a restated bill (rule L10). The newer table is the one that ends later or, if both end
//! together, the later one in the archive. Tables that overlap in time without a common model are added.

use crate::books::bill::{Bill, Line, Row, Unit, Usage, Wallet, by_day};
use crate::books::peak::PeakUse;
use crate::books::tokens::Price;
use crate::files::prices::Prices;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Span, Timestamp};

/// The most bills of one import: ten years in two currencies.
const MOST_BILLS: u64 = 7_320;
/// The most models of one import.
const MOST_NAMES: usize = 1_000;

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Item {
    /// The currency, if this is money.
    pub currency: Option<Currency>,
    /// The model.
    pub name: String,
    /// Whether it is money or a quantity.
    pub kind: ItemKind,
    /// The time of the row; never empty.
    pub span: Span,
    /// The amount of money, or the quantity.
    pub amount: Amount,
    /// The price in the table for one unit or for a million, if this is a quantity.
    pub price: Option<Amount>,
}

/// Whether an amount is money or a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Money, and the pool that paid if the table names it.
    Wallet(Option<Wallet>),
    /// A quantity of this unit.
    Unit(Unit),
}

impl Item {
    /// A zero: nothing was billed in this time.
    pub(super) fn zero(currency: Currency, span: Span) -> Item {
        let (currency, name, kind) = (Some(currency), String::new(), ItemKind::Wallet(None));
        Item { currency, name, kind, span, amount: Amount::ZERO, price: None }
    }

    /// The key by which the rows of a table are sorted and summed.
    fn key(&self) -> (Option<Currency>, &str, ItemKind, Timestamp, Timestamp, Option<Amount>) {
        (self.currency, &self.name, self.kind, self.span.from, self.span.to, self.price)
    }

    /// Whether both are for the same item, at any time. A missing pool matches any pool.
    fn is_of(&self, other: &Item) -> bool {
        let is_same = match (self.kind, other.kind) {
            (ItemKind::Wallet(one), ItemKind::Wallet(two)) => one.is_none() || two.is_none() || one == two,
            (one, two) => one == two,
        };
        is_same && self.currency == other.currency && self.name == other.name
    }

    /// The parts outside `out`, and a zero for the part inside, because its table still covers that time.
    fn without(self, out: Span) -> impl Iterator<Item = Item> {
        let inside = self.span.overlap(out);
        let before = Span { from: self.span.from, to: inside.from.min(self.span.to) };
        let after = Span { from: inside.to, to: self.span.to };
        let kept = [before, after].map(|part| (part, self.span.share(self.amount, part)));
        let zero = (inside, Amount::ZERO);
        let parts = kept.into_iter().chain([zero]).filter(|(part, _)| part.ms() > 0);
        parts.map(move |(span, amount)| Item { span, amount, ..self.clone() })
    }
}

/// The merged rows of several tables.
pub(super) struct Merged {
    /// The bills of the days and parts of days that the costs cover, with their quantities.
    pub(super) bills: Vec<Bill>,
    /// The prices that agree with the costs.
    pub(super) prices: Vec<Price>,
    /// The use in peak hours at these prices.
    pub(super) peak: Vec<PeakUse>,
}

/// Merges the rows of all tables, which were exported before `now`. A row for a time that is not over yet, such as the bill of
/// the current month, covers the days until today. `None` if the rows are more than an account can have.
pub(super) fn merged(costs: Vec<Vec<Item>>, counts: Vec<Vec<Item>>, now: Timestamp) -> Option<Merged> {
    let until = now.day().span().to;
    let [costs, counts] = [costs, counts].map(|mut tables| {
        let running = |item: &&mut Item| item.span.from < until && item.span.to > until;
        tables.iter_mut().flatten().filter(running).for_each(|item| item.span.to = until);
        tables
    });
    let row = |item: Item| match item {
        Item { currency: Some(currency), name, kind: ItemKind::Wallet(wallet), span, amount, price: _ } => {
            Some(Row { currency, span, line: Line { name, wallet, amount } })
        }
        _ => None,
    };
    let costs =
        without_duplicates(costs)?.into_iter().map(|table| table.into_iter().filter_map(row).collect());
    let mut bills = by_day(costs.collect());
    let mut currencies: Vec<Currency> = bills.iter().map(|bill| bill.currency).collect();
    currencies.dedup();
    let mut prices = Prices::default();
    for item in without_duplicates(counts)?.into_iter().flatten() {
        count(&mut bills, &currencies, &item, &mut prices);
    }
    let (prices, peak) = prices.confirmed(&bills);
    Some(Merged { bills, prices, peak })
}

/// Adds zeros for times without a charge, in each currency of the table, or in `default` if the table has none. `false` if
/// there is no currency at all.
pub fn add_zeros(items: &mut Vec<Item>, zeros: Vec<Span>, default: Option<Currency>) -> bool {
    let mut currencies: Vec<Currency> = Vec::new();
    for currency in items.iter().filter_map(|item| item.currency).chain(default.filter(|_| items.is_empty()))
    {
        if !currencies.contains(&currency) {
            currencies.push(currency);
        }
    }
    let is_added = zeros.is_empty() || !currencies.is_empty();
    for span in zeros {
        items.extend(currencies.iter().map(|currency| Item::zero(*currency, span)));
    }
    is_added
}

/// Adds a quantity to the bills of its time.
///
/// A quantity that spans two UTC days is divided like its money, so that each day keeps the price that was paid. A quantity has
/// no currency and must not count twice: if a day has bills in several currencies, the quantity goes to the first that names its
/// model.
fn count(bills: &mut [Bill], currencies: &[Currency], item: &Item, prices: &mut Prices) {
    let ItemKind::Unit(unit) = item.kind else { return };
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

/// The tables, split by currency, without rows that a newer table replaces. `None` if there are too many.
fn without_duplicates(tables: Vec<Vec<Item>>) -> Option<Vec<Vec<Item>>> {
    let until = |table: &[Item]| covered(table).map(|covered| covered.to);
    let mut of_books: Vec<Vec<Item>> = Vec::new();
    for table in tables.into_iter().map(summed) {
        let mut table = table;
        while let Some(last) = table.last() {
            let first = table.iter().position(|item| item.currency == last.currency).unwrap_or(0);
            // The rest of the table is moved, not copied, because it may be long.
            let of_book = if first == 0 { core::mem::take(&mut table) } else { table.split_off(first) };
            let place = of_books.partition_point(|other| until(other) <= until(&of_book));
            of_books.insert(place, of_book);
        }
    }
    is_bounded(&of_books).then_some(())?;
    let mut newer = of_books.into_iter();
    let mut kept = Vec::new();
    while let Some(older) = newer.next() {
        kept.push(newer.as_slice().iter().fold(older, |older, newer| replaced(older, newer)));
    }
    Some(kept)
}

/// The sorted rows of a table, with the rows of one item and time added up: an export has one for each API key.
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

/// Whether the names and bills of these tables are within the limits.
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

/// The time from the first row to the last. `None` if there is no row.
fn covered(table: &[Item]) -> Option<Span> {
    table.iter().map(|item| item.span).reduce(Span::hull)
}

/// An older table without the time that a newer one covers, if the two contradict each other.
fn replaced(older: Vec<Item>, newer: &[Item]) -> Vec<Item> {
    let (Some(of_older), Some(of_newer)) = (covered(&older), covered(newer)) else { return older };
    let both = of_older.overlap(of_newer);
    // The items of the newer table in that time, each once. They are sorted by currency, then by name.
    let mut items: Vec<&Item> = newer.iter().filter(|other| other.span.meets(both)).collect();
    items.dedup_by_key(|other| (other.currency, &other.name, other.kind));
    let is_replaced = |item: &Item| {
        let first =
            items.partition_point(|other| (other.currency, &other.name) < (item.currency, &item.name));
        let mut others = items.iter().skip(first).take_while(|other| other.name == item.name);
        item.span.meets(both) && others.any(|other| other.is_of(item))
    };
    if older.iter().any(is_replaced) {
        older.into_iter().flat_map(|item| item.without(of_newer)).collect()
    } else {
        older
    }
}
