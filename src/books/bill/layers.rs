//! Overlapping bills of one day: the part that a file covers at the moment of its import, and the bills that remain when another
//! file covers the same time (rule L11).
//!
//! ```text
//!   replace      |###### a ######|               the later bill replaces the time that it covers;
//!                         |## b ##|              the rest of the earlier one stays, divided evenly over its time
//!                |## a ##||## b ##|              parts that touch become one
//!   add          both amounts, over the time of both
//! ```
//!
//! ```
//! use drawdown::books::bill::{Bill, Line, Overlap, lay};
//! use drawdown::money::{Amount, Currency};
//! use drawdown::time::Day;
//!
//! let mut day = Bill::empty(Currency::parse("USD").unwrap(), Day::parse("2026-11-10").unwrap());
//! day.add(Line { name: "chat".to_owned(), wallet: None, amount: Amount::whole(3) });
//! let mut standing = vec![day.clone()];
//! lay(&mut standing, &day, Overlap::Replace);
//! assert_eq!(standing[0].amount(), Amount::whole(3));
//! lay(&mut standing, &day, Overlap::Add);
//! assert_eq!(standing[0].amount(), Amount::whole(6));
//! ```

use core::cmp::Ordering;

use crate::books::bill::Bill;
use crate::order::in_order;
use crate::time::{Span, Timestamp};

/// The effect of a file on the bills that earlier files have for the same days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The file replaces them.
    Replace,
    /// The file is added to them.
    Add,
}

impl Overlap {
    /// Parses an overlap from its name in forms.
    pub fn parse(name: &str) -> Option<Overlap> {
        match name {
            "replace" => Some(Overlap::Replace),
            "add" => Some(Overlap::Add),
            _ => None,
        }
    }
}

impl Bill {
    /// The part that a file covers at the moment of its import (rule L11). A day that is complete then stays as it is. A later
    /// day is covered up to that moment. `None` if that part is zero, because a zero says nothing about it.
    pub fn known_at(self, moment: Timestamp, settles_after: u64) -> Option<Bill> {
        let Span { from, to } = self.span();
        if to.plus(settles_after) <= moment {
            return Some(self);
        }
        if to <= moment {
            return Some(Bill { as_of: Some(moment), ..self });
        }
        let is_nothing = self.amount().is_zero() && self.usage.is_empty();
        // A day that has not begun in UTC is covered for its first millisecond only.
        let part = Some(Span { from, to: moment.max(from.plus(1)) });
        (!is_nothing).then_some(Bill { part, as_of: Some(moment), ..self })
    }

    /// Appends the parts of this bill outside `other` to `parts`, with the money divided evenly. If a clock that ran ahead gave
    /// this bill a later import time, the bill says nothing about the time after `other`.
    fn outside(self, other: &Bill, parts: &mut Vec<Bill>) {
        let (span, out) = (self.span(), other.span());
        if !span.meets(out) {
            parts.push(self);
            return;
        }
        let is_ahead = other.as_of.is_some_and(|moment| self.as_of > Some(moment));
        let to = if is_ahead { span.to.min(out.to) } else { span.to };
        for part in [Span { to: out.from, ..span }, Span { from: out.to, to }] {
            if part.from < part.to {
                parts.push(self.clone().within(span, part));
            }
        }
    }

    fn within(mut self, whole: Span, part: Span) -> Bill {
        self.part = Some(part);
        for line in &mut self.lines {
            line.amount = whole.share(line.amount, part);
        }
        for usage in &mut self.usage {
            usage.quantity = whole.share(usage.quantity, part);
        }
        self
    }

    /// Adds another bill of the same day and book. The result covers the time of both.
    fn join(&mut self, other: Bill) {
        let both = self.span().hull(other.span());
        self.part = (both != self.day.span()).then_some(both);
        self.as_of = self.as_of.max(other.as_of);
        self.is_additional &= other.is_additional;
        self.extend(other);
    }
}

/// Lays a bill over the `standing` ones of the same day and book, which do not overlap.
///
/// A bill for a part of a day never replaces a bill for the whole day.
pub fn lay(standing: &mut Vec<Bill>, over: &Bill, overlap: Overlap) {
    let is_replaced = overlap == Overlap::Replace;
    if is_replaced && over.part.is_some() && standing.iter().any(|bill| bill.part.is_none()) {
        return;
    }
    let mut parts = vec![over.clone()];
    for bill in core::mem::take(standing) {
        if is_replaced {
            bill.outside(over, &mut parts);
        } else {
            parts.push(bill);
        }
    }
    for part in in_order(parts, by_time) {
        match standing.last_mut().filter(|last| part.span().from <= last.span().to) {
            Some(last) => last.join(part),
            None => standing.push(part),
        }
    }
}

/// The order of bills: by currency, then by time.
pub fn by_time(one: &Bill, other: &Bill) -> Ordering {
    (one.currency, one.span().from).cmp(&(other.currency, other.span().from))
}
