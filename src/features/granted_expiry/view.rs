//! The form for the day, and what pages say about it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::alert::SOON;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::granted_expiry::words::words;
use crate::money::Amount;
use crate::store::Account;
use crate::time::Day;
use crate::ui::components::account_form;

/// The day on which granted credit expires: nothing but its user knows it.
pub(crate) fn form(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let granted = |book: &&BookStatement| book.granted.is_some_and(|granted| !granted.is_zero());
    html! {
        @for book in statement.counted().filter(granted) {
            @let field = format!("expires-{}-{}", account.id.0, book.currency);
            @let known = account.granted_expires(book.currency);
            (account_form(account, "expiry_day", words.granted_expires, &html! {
                input type="hidden" name="currency" value=(book.currency);
                label for=(field) { (words.expires_on) }
                input id=(field) type="date" name="day" value=[known.map(|day| day.to_string())];
                p.soft { (words.expires_hint) }
                button { (view.words().save) }
            }))
        }
    }
}

/// A reminder of granted credit that expires within a week.
pub(crate) fn expires_soon(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let day = account.granted_expires(book.currency)?;
    let is_soon = day.span().from <= view.statement.now.plus(SOON);
    expires(view, account, book).filter(|_| is_soon)
}

/// How much granted credit is left, and the day on which it expires, until it has.
pub(crate) fn left_until(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<(Amount, Day)> {
    let granted = book.granted.filter(|granted| *granted > Amount::ZERO)?;
    let day = account.granted_expires(book.currency).filter(|day| day.span().to > view.statement.now)?;
    Some((granted, day))
}

/// The same in words.
pub(crate) fn expires(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let (granted, day) = left_until(view, account, book)?;
    Some((words(view.language).granted_expires_on)(&view.money(granted, book.currency), &view.date(day)))
}
