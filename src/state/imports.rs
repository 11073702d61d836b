//! The files that an account's user imported: what each brought, what it replaces or is added to, and taking it back.
//!
//! Knows an import as a fact beside the bills that it brought (rule L11). Does not know how a file is read.
//!
//! ```text
//!   import 1      |### Nov 1 - 10 ###|                 the bills of each rest in the shards of their months, under
//!   import 2                  |### Nov 8 - 20 ###|     its number: undone, it leaves what was there without it
//! ```

use serde::{Deserialize, Serialize};

use crate::bill::{Bill, Overlap};
use crate::ledger::derive;
use crate::money::{Amount, Currency, Money};
use crate::period::{Day, Month, Span, Timestamp};
use crate::reading::AccountId;
use crate::state::reach::months_of;
use crate::state::shards::Shard;
use crate::state::{Account, Reach, Refusal, Source, State};

/// What the name of an import begins with, where corrections have names too.
const NAMED: &str = "import-";

/// A file that was imported. In storage it is `[number, at, file, undone, books]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Import {
    /// Its number among those of its account.
    number: u32,
    /// When it was imported.
    pub at: Timestamp,
    /// The name of the file, or of the first of several.
    pub file: String,
    /// When it was undone.
    pub undone: Option<Timestamp>,
    /// What it brought, by book.
    pub books: Vec<Brought>,
}

/// What an import brought of one book. In storage it is `[currency, span, amount, when the book began before]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredBook", into = "StoredBook")]
pub struct Brought {
    /// The time that it covers, and nothing outside.
    pub span: Span,
    /// How much.
    pub sum: Money,
    /// When the book began before the import; `None` where there was none.
    began: Option<Timestamp>,
}

type Stored = (u32, Timestamp, String, Option<Timestamp>, Vec<Brought>);
type StoredBook = (Currency, Span, Amount, Option<Timestamp>);

/// What is to be imported.
#[derive(Clone, Debug)]
pub struct Importing {
    /// The name of the file.
    pub file: String,
    /// What it tells.
    pub bills: Vec<Bill>,
    /// Whether the file is of another provider than the account.
    pub is_of_other: bool,
}

/// What an account and a file say of the same days of one book, where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredClash", into = "StoredClash")]
pub struct Clash {
    /// In which currency.
    pub currency: Currency,
    /// The first of those days.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// What the account says of them; `None` where it says nothing.
    pub known: Option<Amount>,
    /// What the file says of them.
    pub told: Amount,
}

type StoredClash = (Currency, Timestamp, Timestamp, Option<Amount>, Amount);

impl Import {
    /// The name under which it is undone.
    pub fn id(&self) -> String {
        format!("{NAMED}{}", self.number)
    }

    /// The months of which it told.
    fn months(&self) -> Vec<Month> {
        let mut months: Vec<Month> = Vec::new();
        for month in self.books.iter().flat_map(|book| book.span.days()).map(Day::month) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
        months
    }
}

impl Account {
    /// The imports that stand and can be undone, in order.
    pub fn standing_imports(&self) -> impl Iterator<Item = &Import> {
        let can_be = |import: &&Import| !import.months().iter().any(|month| self.has_merged(*month));
        self.imports.iter().filter(|import| import.undone.is_none()).filter(can_be)
    }

    /// Whether the lines of a month are kept once for all of it, so that no import is told from another (rule L13).
    fn has_merged(&self, month: Month) -> bool {
        self.upkeep.merged.is_some_and(|merged| month < merged)
    }
}

impl Reach {
    /// What undoing an import needs.
    pub fn of_import(account: &Account, import: &Import) -> Reach {
        Reach::Months(account.id.clone(), import.months())
    }
}

impl State {
    /// The days of which an account says something else than a file that is to be imported, as far as that is to be
    /// asked; needs [`Reach::of_bills`]. Of another provider's file that is all it tells. A day that was not over when
    /// it was imported may say more by now, and a part of a day that is known as a whole says nothing.
    pub fn clashes(&self, id: &AccountId, importing: &Importing, now: Timestamp) -> Vec<Clash> {
        let Some(account) = self.account(id) else { return Vec::new() };
        let bills = self.known_of(account, importing, now);
        let ledger = derive(&self.told(account), now);
        let mut clashes: Vec<(Clash, bool)> = Vec::new();
        for bill in &bills {
            let known: Vec<&Bill> = self.filed_on(account, bill);
            let of_book = ledger.book_of(bill.currency);
            let spend = of_book.and_then(|book| book.spend(bill.span()).amount);
            let is_asked = importing.is_of_other || known.iter().any(|known| differs(known, bill));
            if known.is_empty() && !importing.is_of_other {
                continue;
            }
            let clash = Clash {
                currency: bill.currency,
                from: bill.day,
                to: bill.day,
                known: spend,
                told: bill.amount(),
            };
            match clashes.last_mut().filter(|(last, _)| last.currency == clash.currency) {
                Some((last, is_any_asked)) => {
                    last.to = clash.to;
                    last.known = last.known.into_iter().chain(clash.known).reduce(|sum, one| sum + one);
                    last.told = last.told + clash.told;
                    *is_any_asked |= is_asked;
                }
                None => clashes.push((clash, is_asked)),
            }
        }
        let is_any_asked = clashes.iter().any(|(_, is_asked)| *is_asked);
        clashes.into_iter().map(|(clash, _)| clash).filter(|_| is_any_asked).collect()
    }

    /// Books what a file tells (rule L11), as an import that can be undone; needs [`Reach::of_bills`]. What it booked by
    /// book. `None`, and nothing is booked, where a month of it is not looked at.
    pub fn import(
        &mut self,
        id: &AccountId,
        importing: Importing,
        overlap: Overlap,
        now: Timestamp,
    ) -> Option<Vec<Brought>> {
        let account = self.account(id)?;
        let mut bills = self.known_of(account, &importing, now);
        if !months_of(importing.bills.iter()).iter().all(|month| self.is_at_hand(id, *month)) {
            return None;
        }
        let is_beside = importing.is_of_other && overlap == Overlap::Add;
        bills.iter_mut().for_each(|bill| bill.is_beside = is_beside);
        let number = account.imports.iter().map(|import| import.number + 1).max().unwrap_or(1);
        let began = |currency: Currency| {
            account.since.iter().find(|(known, _)| *known == currency).map(|(_, since)| *since)
        };
        let mut books: Vec<Brought> = Vec::new();
        for bill in &bills {
            let (currency, span) = (bill.currency, bill.span());
            match books.last_mut().filter(|book| book.sum.currency == currency) {
                Some(book) => {
                    book.span = book.span.hull(span);
                    book.sum.amount = book.sum.amount + bill.amount();
                }
                None => {
                    let sum = Money { amount: bill.amount(), currency };
                    books.push(Brought { span, sum, began: began(currency) });
                }
            }
        }
        let import = Import { number, at: now, file: importing.file, undone: None, books: books.clone() };
        let (months, parts) = (months_of(bills.iter()), parts(bills.iter()));
        for month in &months {
            let of_month = bills.extract_if(.., |bill| bill.day.month() == *month).collect();
            if let Some(shard) = self.shard_mut(id, *month) {
                shard.file(number, overlap, of_month);
            }
        }
        if let Some(account) = self.account_mut(id) {
            for book in &books {
                account.begin_book(book.sum.currency, book.span.from);
            }
            account.imports.push(import);
        }
        self.follow_import(id, &parts, &months, now);
        Some(books)
    }

    /// Takes back all that an import brought. What was there without it stands again.
    pub fn undo_import(&mut self, id: &AccountId, name: &str, now: Timestamp) -> Result<(), Refusal> {
        let account = self.account(id).ok_or(Refusal::NoSuchAccount)?;
        let import = account.import_of(name).ok_or(Refusal::NoSuchCorrection)?.clone();
        let months = import.months();
        // Of a day that is thinned the rest beside a part of it was settled.
        let is_part = |edge: Timestamp| edge != edge.day().span().from && edge.day() < account.thinned();
        let has_part = import.books.iter().any(|book| is_part(book.span.from) || is_part(book.span.to));
        if months.iter().any(|month| account.has_merged(*month)) || (has_part && !account.is_billed()) {
            return Err(Refusal::TooOld);
        }
        if !months.iter().all(|month| self.is_at_hand(id, *month)) {
            return Err(Refusal::NoSuchCorrection);
        }
        let mut brought = Vec::new();
        for shard in self.shards.iter_mut().filter(|shard| shard.account == *id) {
            brought.extend(shard.take_back(import.number));
        }
        let parts = parts(brought.iter());
        if let Some(account) = self.account_mut(id) {
            account.undo(&import, now);
        }
        self.follow_import(id, &parts, &months, now);
        Ok(())
    }

    /// What a file can know at this moment. A part of a day whose readings are thinned is left to what was settled of it.
    fn known_of(&self, account: &Account, importing: &Importing, now: Timestamp) -> Vec<Bill> {
        let (settles_after, is_billed) = (account.settles_after(), account.is_billed());
        let bills = importing.bills.iter().cloned();
        let known = bills.filter_map(|bill| bill.known_at(now, settles_after));
        let is_left = |bill: &Bill| bill.part.is_some() && !is_billed && bill.day < account.thinned();
        known.filter(|bill| !is_left(bill)).collect()
    }

    /// What files say of the time of a bill. Where no provider tells bills, all of them are out of files.
    fn filed_on(&self, account: &Account, bill: &Bill) -> Vec<&Bill> {
        let of = (bill.currency, bill.day);
        let is_filed = match account.source {
            Source::File => true,
            Source::Key => !account.is_billed(),
            Source::Balance(_) | Source::Bill(_) => false,
        };
        let shards = self.shards.iter().filter(|shard| shard.account == account.id);
        let shards = shards.filter(|shard| shard.month == bill.day.month());
        let on_day = |known: &&Bill| (known.currency, known.day) == of && known.span().meets(bill.span());
        let known: Vec<&Bill> = match is_filed {
            true => shards.flat_map(Shard::bills).filter(on_day).collect(),
            false => shards.flat_map(|shard| shard.filed_on(of)).filter(on_day).collect(),
        };
        known.into_iter().filter(|known| bill.part.is_none() || known.part.is_some()).collect()
    }

    /// Has all follow an import, or its undoing, that is worked out once: months, settled days that are told in part, and
    /// up to when an account of files is known.
    fn follow_import(&mut self, id: &AccountId, parts: &[(Currency, Day)], months: &[Month], now: Timestamp) {
        let shards = self.shards.iter().filter(|shard| shard.account == *id);
        let ends = shards.flat_map(Shard::bills).map(|bill| bill.span().to).max();
        if let Some(account) = self.account_mut(id) {
            if account.source == Source::File {
                let imports = account.imports.iter().filter(|import| import.undone.is_none());
                let imported = imports.flat_map(|import| &import.books).map(|book| book.span.to);
                account.read_at = imported.chain(ends).max().map(|ends| ends.min(now));
            }
            let thinned = account.thinned();
            for (currency, day) in parts.iter().filter(|(_, day)| *day >= thinned) {
                if *day < account.settled_until(*currency) {
                    account.set_settled_until(*currency, *day);
                    account.upkeep.on = None;
                }
            }
        }
        self.show(id, now);
        self.sum_up_months(id, months, now);
    }
}

/// The days of which bills tell a part: what windows say of the rest is settled apart from it.
fn parts<'a>(bills: impl Iterator<Item = &'a Bill>) -> Vec<(Currency, Day)> {
    bills.filter(|bill| bill.part.is_some()).map(|bill| (bill.currency, bill.day)).collect()
}

impl Account {
    /// The import of that name, if it stands.
    pub fn import_of(&self, name: &str) -> Option<&Import> {
        let number: u32 = name.strip_prefix(NAMED)?.parse().ok()?;
        self.imports.iter().find(|import| import.number == number && import.undone.is_none())
    }

    /// Notes that an import is undone. A book that began with it begins where it did without it.
    fn undo(&mut self, undone: &Import, now: Timestamp) {
        for import in self.imports.iter_mut().filter(|import| import.number == undone.number) {
            import.undone = Some(now);
        }
        for Brought { span, sum, began } in &undone.books {
            let currency = sum.currency;
            let of_book = self.imports.iter_mut().filter(|import| import.undone.is_none());
            let mut others = Vec::new();
            for book in
                of_book.flat_map(|import| &mut import.books).filter(|book| book.sum.currency == currency)
            {
                // Whatever was imported later knows the book as it began without this.
                if book.began == Some(span.from) {
                    book.began = *began;
                }
                others.push(book.span.from);
            }
            if !self.since.iter().any(|since| *since == (currency, span.from)) {
                continue;
            }
            self.since.retain(|(known, _)| *known != currency);
            let read =
                self.last.iter().filter(|last| last.readings.iter().any(|told| told.currency() == currency));
            let begins = others.into_iter().chain(*began).chain(read.map(|last| last.at)).min();
            self.since.extend(begins.map(|begins| (currency, begins)));
        }
    }
}

/// Whether a bill says something else of its time than one that was imported before, which was complete by then.
fn differs(known: &Bill, told: &Bill) -> bool {
    let has = |bill: &Bill, line| bill.lines.contains(line);
    let is_same = known.part == told.part
        && known.lines.len() == told.lines.len()
        && told.lines.iter().all(|line| has(known, line));
    let is_completed = known.as_of.is_some() || (known.part.is_some() && told.part.is_none());
    !is_completed && !is_same
}

impl From<Stored> for Import {
    fn from((number, at, file, undone, books): Stored) -> Import {
        Import { number, at, file, undone, books }
    }
}

impl From<Import> for Stored {
    fn from(Import { number, at, file, undone, books }: Import) -> Stored {
        (number, at, file, undone, books)
    }
}

impl From<StoredBook> for Brought {
    fn from((currency, span, amount, began): StoredBook) -> Brought {
        Brought { span, sum: Money { amount, currency }, began }
    }
}

impl From<Brought> for StoredBook {
    fn from(Brought { span, sum, began }: Brought) -> StoredBook {
        (sum.currency, span, sum.amount, began)
    }
}

impl From<StoredClash> for Clash {
    fn from((currency, from, to, known, told): StoredClash) -> Clash {
        Clash { currency, from: from.day(), to: to.day(), known, told }
    }
}

impl From<Clash> for StoredClash {
    fn from(Clash { currency, from, to, known, told }: Clash) -> StoredClash {
        (currency, from.span().from, to.span().from, known, told)
    }
}
