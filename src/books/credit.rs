//! Prepaid credit with an end date: the remainder of each credit, and the part that will expire unused.
//!
//! Knows the order in which credits are used. Does not know a pace, nor who entered a credit.
//!
//! A book has at most one credit for all of its granted money, and one for each purchase that the user entered. The credit with
//! the earliest end is used first, and purchases without an end last. So the remaining balance belongs to the purchases with the
//! latest ends. Money that no credit explains has no known end.
//!
//! ```text
//!   bought   Jan 10, ends Jan 10      Jun 3, ends Jun 3         balance 14
//!            +---- 10 -----+          +------ 10 ------+
//!   left     . . . . . 4 left         10 left                   0 not explained
//! ```
//!
//! ```
//! use drawdown::books::credit::{Credit, Held, left_of};
//! use drawdown::books::reading::DrawOrder;
//! use drawdown::time::Day;
//!
//! let stored = r#"[["USD","2027-01-10","a","2026-01-10","10"],["USD","2027-06-03","b","2026-06-03","10"]]"#;
//! let credits: Vec<Credit> = serde_json::from_str(stored).unwrap();
//! let held = Held { balance: drawdown::money::Amount::parse("14").ok(), granted: None };
//! let left = left_of(&credits, held, DrawOrder::InAnyOrder, Day::parse("2026-11-20").unwrap());
//! let each: Vec<_> = left.each.iter().map(|part| part.left.unwrap().to_string()).collect();
//! assert_eq!((each, left.rest.to_string()), (vec!["4".to_owned(), "10".to_owned()], "0".to_owned()));
//! ```

use core::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::books::reading::DrawOrder;
use crate::money::{Amount, Currency, ParseAmountError};
use crate::order::in_order;
use crate::time::{Day, Timestamp};

/// Prepaid credit of one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Credit {
    /// The book's currency.
    pub currency: Currency,
    /// The last UTC day on which it can be used. `None` if it does not expire.
    pub expires: Option<Day>,
    /// The purchase. `None` for all granted money of the book.
    pub purchase: Option<Purchase>,
}

impl Credit {
    /// Whether both are the same purchase, or both are all granted money of one book.
    pub fn is_same(&self, other: &Credit) -> bool {
        let id = |credit: &Credit| credit.purchase.as_ref().map(|purchase| purchase.id.clone());
        self.currency == other.currency && id(self) == id(other)
    }
}

/// Credit that the user bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// A short id: that of the declared top-up, if the purchase is one.
    pub id: String,
    /// The UTC day of the purchase.
    pub on: Day,
    /// The amount bought.
    pub amount: Amount,
}

/// The money of a book, if it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// The whole balance.
    pub balance: Option<Amount>,
    /// The granted part of the balance.
    pub granted: Option<Amount>,
}

/// The remainder of a book's credits.
#[derive(Clone, Debug, Default)]
pub struct CreditsLeft {
    /// The credits that have not expired, in the order in which they are used.
    pub each: Vec<CreditLeft>,
    /// The part of the balance that no credit explains. It has no known end.
    pub rest: Amount,
    /// Granted money without an end date that is used before all purchases.
    used_before: Amount,
}

/// The remainder of one credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditLeft {
    /// The credit.
    pub credit: Credit,
    /// The remaining amount. `None` if the balance is not known.
    pub left: Option<Amount>,
    /// The part of `left` that will expire unused at the present pace. `None` if that is not known.
    pub unused: Option<Amount>,
}

/// Computes the remainder of each credit from the order in which credits are used.
pub fn left_of(credits: &[Credit], held: Held, order: DrawOrder, today: Day) -> CreditsLeft {
    let in_use = credits.iter().filter(|credit| credit.expires.is_none_or(|end| end >= today));
    let in_use = in_order(in_use, |one, other| in_order_of_use(one, other, order));
    let granted = held.granted.map(Amount::or_zero);
    let mut paid = held.balance.map(|balance| (balance - granted.unwrap_or_default()).or_zero());
    let mut each = Vec::new();
    // The credit that is used last is full while the balance covers it.
    for credit in in_use.into_iter().rev() {
        let left = match &credit.purchase {
            None => granted,
            Some(purchase) => paid.map(|paid| purchase.amount.min(paid)),
        };
        if credit.purchase.is_some() {
            paid = paid.zip(left).map(|(paid, left)| paid - left);
        }
        each.push(CreditLeft { credit: credit.clone(), left, unused: None });
    }
    each.reverse();
    let is_granted = |part: &CreditLeft| part.credit.purchase.is_none();
    let open_granted = granted.filter(|_| !each.iter().any(is_granted)).unwrap_or_default();
    let used_before = if order == DrawOrder::GrantedFirst { open_granted } else { Amount::ZERO };
    CreditsLeft { each, rest: paid.unwrap_or_default() + open_granted, used_before }
}

impl CreditsLeft {
    /// Computes the part of each credit that expires unused. `lasts` returns for how many milliseconds from `now` an amount
    /// lasts, and `spends` returns the cost of a number of milliseconds. Where `lasts` returns `None`, the part stays unknown.
    pub fn forecast(
        &mut self,
        now: Timestamp,
        lasts: impl Fn(Amount) -> Option<u64>,
        spends: impl Fn(u64) -> Amount,
    ) {
        let Some(first) = lasts(self.used_before) else { return };
        let mut free_from = now.plus(first);
        for part in &mut self.each {
            let Some((left, lasts)) = part.left.and_then(|left| Some((left, lasts(left)?))) else { return };
            let Some(end) = part.credit.expires.map(|day| day.span().to) else {
                part.unused = Some(Amount::ZERO);
                free_from = free_from.plus(lasts);
                continue;
            };
            let unused = (left - spends(end.since(free_from))).or_zero();
            part.unused = Some(unused);
            free_from = if unused.is_zero() { free_from.plus(lasts).min(end) } else { end.max(free_from) };
        }
    }

    /// The total that expires unused, as far as it is known.
    pub fn unused(&self) -> Amount {
        self.each.iter().filter_map(|part| part.unused).sum()
    }

    /// The last day on which any of the balance can be used. `None` if a part of it has no known end.
    pub fn last_day(&self) -> Option<Day> {
        let left = || self.each.iter().filter(|part| part.left.is_some_and(|left| !left.is_zero()));
        let has_end = self.rest.is_zero() && left().all(|part| part.credit.expires.is_some());
        left().filter_map(|part| part.credit.expires).max().filter(|_| has_end)
    }
}

/// Granted money first if the provider says so, then the earliest end, then the earliest purchase.
fn in_order_of_use(one: &Credit, other: &Credit, order: DrawOrder) -> Ordering {
    let rank = |credit: &Credit| order != DrawOrder::GrantedFirst || credit.purchase.is_some();
    let bought = |credit: &Credit| credit.purchase.as_ref().map(|purchase| purchase.on);
    let end = |credit: &Credit| (credit.expires.is_none(), credit.expires);
    (rank(one), end(one), bought(one)).cmp(&(rank(other), end(other), bought(other)))
}

/// A stored credit is a list of texts: `["USD", end]` for granted money, and `["USD", end, id, day, amount]` for a purchase. The
/// end is empty if there is none.
impl TryFrom<Vec<String>> for Credit {
    type Error = ParseAmountError;

    fn try_from(stored: Vec<String>) -> Result<Credit, ParseAmountError> {
        let mut parts = stored.into_iter();
        let mut part = || parts.next().ok_or(ParseAmountError);
        let currency = Currency::parse(&part()?).ok_or(ParseAmountError)?;
        let expires = match part()?.as_str() {
            "" => None,
            day => Some(Day::parse(day).ok_or(ParseAmountError)?),
        };
        let purchase = match part() {
            Err(_) => None,
            Ok(id) => {
                let on = Day::parse(&part()?).ok_or(ParseAmountError)?;
                Some(Purchase { id, on, amount: Amount::parse_stored(&part()?)? })
            }
        };
        Ok(Credit { currency, expires, purchase })
    }
}

impl From<Credit> for Vec<String> {
    fn from(Credit { currency, expires, purchase }: Credit) -> Vec<String> {
        let end = expires.map(|day| day.to_string()).unwrap_or_default();
        let mut stored = vec![currency.to_string(), end];
        if let Some(Purchase { id, on, amount }) = purchase {
            stored.extend([id, on.to_string(), amount.to_stored()]);
        }
        stored
    }
}
