//! Money added to and removed from a book without being spent, day by day.
//!
//! Knows which rises were declared, which were not, and which declarations were undone. Does not know spend.

use crate::books::correction::{Correction, Declared, Fact, Kind, standing};
use crate::books::reading::AccountId;
use crate::books::statement::detail::BookDetail;
use crate::money::{Amount, Currency};
use crate::time::{Day, Span};

/// Money added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The UTC day. Money added between two readings has the day of the second.
    pub day: Day,
    /// The account.
    pub account: AccountId,
    /// The currency of the book.
    pub currency: Currency,
    /// The amount added; negative if it was removed.
    pub amount: Amount,
    /// The kind of movement.
    pub kind: MovementKind,
}

/// The kind of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovementKind {
    /// Paid or granted money added, or money removed, as the readings show it or the user declared it.
    Known(Kind),
    /// A rise of a balance in an open window without a declaration, so more may have been added (rule L4).
    Unexplained,
    /// A declaration that was undone later. The undo is a separate movement.
    Undone(Kind),
    /// The undo of a declaration, on the day of the undo.
    Undoing(Kind),
}

/// The movements of a book in `span`, by day.
pub(super) fn movements(book: &BookDetail<'_>, span: Span) -> Vec<Movement> {
    let mut movements = Vec::new();
    let of = |day: Day, kind: MovementKind, amount: Amount| Movement {
        day,
        account: book.account.id.clone(),
        currency: book.book.currency,
        amount,
        kind,
    };
    let corrections = || book.input.history.corrections.iter().copied();
    let of_book = |declared: &Declared| declared.currency == book.book.currency;
    for day in span.days() {
        let came_in = book.book.money_in(day.span());
        let Some((granted, unexplained)) = split(book, day, came_in) else { continue };
        let paid = came_in - granted - unexplained;
        let kinds = [
            (MovementKind::Known(Kind::TopUp), paid),
            (MovementKind::Known(Kind::Gift), granted),
            (MovementKind::Unexplained, unexplained),
        ];
        let kinds = kinds.into_iter().filter(|(_, amount)| !amount.is_zero());
        movements.extend(kinds.map(|(kind, amount)| of(day, kind, amount)));
    }
    let is_in = |correction: &Correction| span.days().any(|day| day == correction.at.day());
    for (correction, declared) in standing(corrections()).filter(|(_, declared)| of_book(declared)) {
        let is_out = matches!(declared.kind, Kind::Expiry | Kind::Refund) && !declared.amount.is_zero();
        if is_out && is_in(correction) {
            movements.push(of(correction.at.day(), MovementKind::Known(declared.kind), -declared.amount));
        }
    }
    for undoing in corrections() {
        let Fact::Undone(id) = &undoing.fact else { continue };
        let Some((undone, declared)) = corrections().find_map(|correction| match &correction.fact {
            Fact::Declared(declared) if correction.id == *id && of_book(declared) => {
                Some((correction, declared))
            }
            _ => None,
        }) else {
            continue;
        };
        let is_out = matches!(declared.kind, Kind::Expiry | Kind::Refund);
        let amount = if is_out { -declared.amount } else { declared.amount };
        let pair = [
            (undone, MovementKind::Undone(declared.kind), amount),
            (undoing, MovementKind::Undoing(declared.kind), -amount),
        ];
        let pair = pair.into_iter().filter(|(at, _, amount)| is_in(at) && !amount.is_zero());
        movements.extend(pair.map(|(at, kind, amount)| of(at.at.day(), kind, amount)));
    }
    movements
}

/// The granted part and the unexplained part of the money added on a day. `None` if none was added. On a day without stored
/// readings, money that was not declared as granted counts as paid.
fn split(book: &BookDetail<'_>, day: Day, came_in: Amount) -> Option<(Amount, Amount)> {
    if came_in.is_zero() {
        return None;
    }
    let ends = |at| day.span().from < at && at <= day.span().to;
    let windows = || book.book.windows_in(day.span()).filter(|window| ends(window.span.to));
    let open = || windows().filter_map(|window| window.open.as_ref());
    let granted_open: Amount = open().map(|open| open.granted).sum();
    let risen: Amount = open().map(|open| open.rise).sum();
    let is_in_window = |declared: &Correction| {
        let in_any = windows().any(|window| window.span.from < declared.at && declared.at <= window.span.to);
        in_any || (windows().next().is_none() && declared.at.day() == day)
    };
    let gifts = standing(book.input.history.corrections.iter().copied()).filter(|(correction, declared)| {
        declared.currency == book.book.currency && declared.kind == Kind::Gift && is_in_window(correction)
    });
    let gifts: Amount = gifts.map(|(_, declared)| declared.amount).sum();
    let granted = (granted_open + gifts).min(came_in);
    let unexplained = (risen - granted_open).min(came_in - granted).or_zero();
    Some((granted, unexplained))
}
