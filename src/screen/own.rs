//! What only an account's user knows of it, and it does not tell: when its key expires, and that it is filled up by
//! itself.

use maud::{Markup, html};

use crate::books::statement::AccountStatement;
use crate::provider::Card;
use crate::screen::pieces::action;
use crate::screen::{View, card, name};
use crate::store::{Account, AccountStatus, Source};
use crate::time::{DAY, Day};

/// How long before a key expires it is told.
const REMINDED_BEFORE: u64 = 7 * DAY;

/// How to make a key that expires, and when it does; where a key of this provider can.
pub(super) fn key_expiry_field(view: &View<'_>, card: &Card, id: &str) -> Markup {
    let words = &view.words().own;
    html! {
        @if let Some((how, command)) = &card.setup.expiry {
            details {
                summary { (words.make_expire) }
                p { (view.text(how)) }
                pre { code { (command) } }
            }
            (day_field(words.key_expires, id, None))
        }
    }
}

fn day_field(label: &str, id: &str, known: Option<Day>) -> Markup {
    html! {
        label for={ (id) "-expires" } { (label) }
        input id={ (id) "-expires" } type="date" name="key_expires" value=[known.map(|day| day.to_string())];
    }
}

/// Changing when an account's key expires.
pub(super) fn key_expiry(view: &View<'_>, account: &Account) -> Markup {
    let words = &view.words().own;
    let can_expire = card(account).is_some_and(|card| card.setup.expiry.is_some());
    html! {
        @if account.source.is_key() && (can_expire || account.key_expires.is_some()) {
            details {
                summary.button { (words.key_expires_title) }
                form data-do="key_expiry" {
                    input type="hidden" name="account" value=(account.id.0);
                    (day_field(words.key_expires, &format!("key-{}", account.id.0), account.key_expires))
                    button { (view.words().save) }
                }
            }
        }
    }
}

/// When an account's key expires, where that is known.
pub(super) fn key_expires(view: &View<'_>, account: &Account) -> Option<String> {
    let day = account.key_expires?;
    let words = &view.words().own;
    let is_over = day.span().to <= view.statement.now;
    Some((if is_over { words.key_expired_on } else { words.key_expires_on })(&view.date(day)))
}

/// The same, from a week before.
pub(super) fn key_expires_soon(view: &View<'_>, account: &Account) -> Option<String> {
    let is_soon = account.key_expires?.span().from <= view.statement.now.plus(REMINDED_BEFORE);
    key_expires(view, account).filter(|_| is_soon)
}

/// Another account of the provider that files are brought for, which is read by key: their money may be the same.
pub(super) fn beside_key(view: &View<'_>, account: &Account) -> Markup {
    let is_it = |other: &&Account| {
        other.provider == account.provider && other.source.is_key() && other.life != AccountStatus::Ended
    };
    let other = view.state.accounts.iter().find(is_it);
    let other = other.filter(|_| account.source == Source::File && account.life != AccountStatus::Ended);
    html! { @if let Some(other) = other { p.note.bad { ((view.words().own.beside_key)(&name(other))) } } }
}

/// The switch for a balance that is filled up by itself: it does not run out.
pub(super) fn reloads(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = &view.words().own;
    let label = if account.reloads { words.reloads_off } else { words.reloads_on };
    let is_on = if account.reloads { "" } else { "on" };
    html! {
        @if statement.counted().any(|book| book.balance.is_some()) {
            (action("reloads", &[("account", &account.id.0), ("on", is_on)], &html! { button { (label) } }))
        }
    }
}
