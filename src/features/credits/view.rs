//! The forms for credit, the list of purchases, and the sentences about credit that expires.

use maud::{Markup, html};

use crate::app::View;
use crate::books::alert::{LATER, SOON};
use crate::books::correction::{Declared, Kind, standing};
use crate::books::credit::{Credit, CreditLeft, Purchase};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::credits::words::words;
use crate::money::{Amount, Currency};
use crate::order::in_order;
use crate::store::Account;
use crate::time::Day;
use crate::ui::components::{account_form, action};

/// The form for the day on which granted credit expires.
pub(crate) fn granted_form(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let granted = |book: &&BookStatement| book.granted.is_some_and(|granted| !granted.is_zero());
    html! {
        @for book in statement.counted().filter(granted) {
            @let field = format!("expires-{}-{}", account.id.0, book.currency);
            (account_form(account, "expiry_day", words.granted_expires, &html! {
                input type="hidden" name="currency" value=(book.currency);
                (end_date(view, &field, account.granted_expires(book.currency), words.granted_hint))
                button { (view.words().save) }
            }))
        }
    }
}

/// The form for a new purchase.
pub(crate) fn purchase_form(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let terms = account.card().and_then(|card| card.terms.credit_months);
    let is_prepaid = |book: &&BookStatement| book.balance.is_some() || terms.is_some();
    let currencies: Vec<Currency> =
        statement.counted().filter(is_prepaid).map(|book| book.currency).collect();
    let Some(first) = currencies.first().filter(|_| !view.state.settings.is_hidden) else { return html! {} };
    let id = |what: &str| format!("credit-{}-{what}", account.id.0);
    let today = view.statement.now.day();
    account_form(
        account,
        "credit",
        words.add,
        &html! {
            @if currencies.len() > 1 {
                label for=(id("currency")) { (view.words().in_currency) }
                select id=(id("currency")) name="currency" {
                    @for currency in &currencies { option value=(currency) { (currency) } }
                }
            } @else { input type="hidden" name="currency" value=(first); }
            label for=(id("amount")) { (view.words().amount) }
            input id=(id("amount")) type="text" inputmode="decimal" name="amount" autocomplete="off" required;
            label for=(id("on")) { (words.bought_on) }
            input id=(id("on")) type="date" name="on" max=(today) value=(today);
            (end_date(view, &id("day"), None, &terms.map_or(words.purchase_hint.to_owned(), words.usual_end)))
            button.go { (view.words().save) }
        },
    )
}

fn end_date(view: &View<'_>, id: &str, known: Option<Day>, hint: &str) -> Markup {
    html! {
        label for=(id) { (words(view.language).expires_on) }
        input id=(id) type="date" name="day" value=[known.map(|day| day.to_string())];
        p.soft { (hint) }
    }
}

/// The purchases of an account, and the declared top-ups that can get an end date.
pub(crate) fn purchases(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let is_current = !account.is_ended();
    let bought = |credit: &Credit| credit.purchase.as_ref().map(|purchase| purchase.on);
    let known = account.expires.iter().filter(|credit| credit.purchase.is_some());
    let top_ups = if is_current { top_ups(view, account) } else { Vec::new() };
    let new = top_ups.iter().filter(|top_up| !account.expires.iter().any(|known| known.is_same(top_up)));
    let credits: Vec<&Credit> = in_order(known.chain(new), |one, other| bought(other).cmp(&bought(one)));
    if !account.expires.iter().any(|credit| credit.purchase.is_some()) {
        return html! {};
    }
    html! {
        details.credits open {
            summary { (words.purchases) }
            ul.stated { @for credit in credits { (one(view, account, statement, credit)) } }
            @for book in statement.counted() { @if let Some(rest) = not_explained(view, book) { p.soft { (rest) } } }
        }
    }
}

/// The declared top-ups of the last weeks, as purchases without an end date.
fn top_ups(view: &View<'_>, account: &Account) -> Vec<Credit> {
    let history = view.state.history(account);
    let top_ups = standing(history.corrections.iter().copied());
    let top_ups = top_ups.filter(|(_, declared)| declared.kind == Kind::TopUp);
    let credit = |currency: Currency, purchase| Credit { currency, expires: None, purchase: Some(purchase) };
    top_ups
        .map(|(known, Declared { currency, amount, .. })| {
            credit(*currency, Purchase { id: known.id.clone(), on: known.at.day(), amount: *amount })
        })
        .collect()
}

fn one(view: &View<'_>, account: &Account, statement: &AccountStatement, credit: &Credit) -> Markup {
    let words = words(view.language);
    let Some(Purchase { id, on, amount }) = &credit.purchase else { return html! {} };
    let is_known = account.expires.iter().any(|known| known.is_same(credit));
    let is_current = !account.is_ended();
    let money = |amount: Amount| view.money(amount, credit.currency);
    let parts = statement.books.iter().flat_map(|book| &book.credits.each);
    let part = parts.into_iter().find(|part| part.credit == *credit);
    let end = match credit.expires {
        Some(day) if day < view.statement.now.day() => (words.expired_on)(&view.date(day)),
        Some(day) => (words.expires_day)(&view.date(day)),
        None => words.no_end.to_owned(),
    };
    let left = part.and_then(|part| part.left).map(|left| (words.left)(&money(left)));
    let unused = part.and_then(|part| unused(view, part));
    html! {
        li {
            span {
                b { (money(*amount)) } " "
                span.soft {
                    ((words.bought)(&view.date(*on))) " · " (end)
                    @for detail in left.into_iter().chain(unused) { " · " (detail) }
                }
            }
            @if is_current && !view.state.settings.is_hidden {
                (account_form(account, "credit", if credit.expires.is_some() { words.change } else { words.add_end }, &html! {
                    @for (name, value) in [("purchase", id.clone()), ("currency", credit.currency.to_string()), ("amount", amount.to_string()), ("amount.read", amount.to_string()), ("on", on.to_string())] {
                        input type="hidden" name=(name) value=(value);
                    }
                    (end_date(view, &format!("credit-{}-{id}", account.id.0), credit.expires, words.end_hint))
                    button { (view.words().save) }
                }))
            }
            @if is_current && is_known {
                (action("drop_credit", &[("account", &account.id.0), ("purchase", id)], &html! { button { (view.words().remove) } }))
            }
        }
    }
}

/// The part of a balance that no purchase explains, if there are purchases.
fn not_explained(view: &View<'_>, book: &BookStatement) -> Option<String> {
    let has_purchase = book.credits.each.iter().any(|part| part.credit.purchase.is_some());
    let rest = book.credits.rest;
    (has_purchase && !rest.is_zero()).then(|| (words(view.language).rest)(&view.money(rest, book.currency)))
}

/// A reminder of credit that expires within a week, or within 30 days if some of it will not be used.
pub(crate) fn expires_soon(view: &View<'_>, book: &BookStatement) -> Option<String> {
    let part = first_to_expire(book)?;
    let (_, day) = left_until(part)?;
    let is_within = |ms: u64| day.span().from <= view.statement.now.plus(ms);
    let has_unused = part.unused.is_some_and(|unused| !unused.is_zero());
    (is_within(SOON) || (has_unused && is_within(LATER))).then(|| sentence(view, part)).flatten()
}

/// What is left of a credit, and the last day on which it can be used. `None` if nothing is left or it never expires.
pub(crate) fn left_until(part: &CreditLeft) -> Option<(Amount, Day)> {
    part.left.filter(|left| !left.is_zero()).zip(part.credit.expires)
}

/// The first credit to expire, as a sentence: how much is left, and how much of that will not be used.
pub(crate) fn expires(view: &View<'_>, book: &BookStatement) -> Option<String> {
    sentence(view, first_to_expire(book)?)
}

fn first_to_expire(book: &BookStatement) -> Option<&CreditLeft> {
    let parts = book.credits.each.iter().filter(|part| left_until(part).is_some());
    parts.min_by_key(|part| part.credit.expires)
}

fn sentence(view: &View<'_>, part: &CreditLeft) -> Option<String> {
    let (left, day) = left_until(part)?;
    let left = view.money(left, part.credit.currency);
    let expires =
        (words(view.language).credit_expires_on)(part.credit.purchase.is_some(), &left, &view.date(day));
    Some(match unused(view, part) {
        Some(unused) => (words(view.language).with_unused)(&expires, &unused),
        None => expires,
    })
}

/// The part of a credit that will expire unused, if any.
fn unused(view: &View<'_>, part: &CreditLeft) -> Option<String> {
    let smallest = part.credit.currency.smallest();
    let unused = part.unused.filter(|unused| *unused >= smallest)?;
    Some((words(view.language).unused)(&view.money(unused, part.credit.currency)))
}
