//! The accounts on the dashboard: what each told, what stands in its way, and what can be done with it.

use maud::{Markup, html};

use crate::books::reading::Reading;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::screen::ahead::{dry, of_book, pace};
use crate::screen::alerts::unusual;
use crate::screen::balance_chart::balance;
use crate::screen::connect::{key_field, link, origins};
use crate::screen::format::Grain;
use crate::screen::keyless::{known_until, next_figure, remind, reminder, type_left};
use crate::screen::lines::lines;
use crate::screen::overlap::imports;
use crate::screen::own::{beside_key, key_expires, key_expiry, reloads};
use crate::screen::pieces::{As, action, figure, fill, note, time};
use crate::screen::popup::{granted_expires, is_withheld, left, pools, trouble, twin};
use crate::screen::questions::{expiry, questions, state_it, stated};
use crate::screen::{View, card, name};
use crate::store::{Account, AccountStatus, Replacement};

/// All accounts.
pub(super) fn accounts(view: &View<'_>) -> Markup {
    html! {
        h2 { (view.words().accounts) }
        (note(view, "accounts"))
        @for (account, statement) in view.accounts() { (one(view, account, statement)) }
    }
}

fn one(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let section = format!("account-{}", account.id.0);
    html! {
        article id=(section) {
            h3 { (name(account)) }
            (note(view, &section))
            (trouble_of(view, account))
            @if let Some(replacement) = &account.replacement { (replaced(view, account, replacement)) }
            @if let Some(reminder) = reminder(view, account, statement) { p.note { (reminder) } }
            @else if let Some(known) = known_until(view, account, statement) { p.soft { (known) } }
            @if statement.set_aside > 0 { p.soft { ((view.words().set_aside)(statement.set_aside)) } }
            @if account.life != AccountStatus::Ended { (next_figure(view, account, true)) }
            @if let Some(twin) = twin(view, statement) { p.note.bad { ((view.words().twin_text)(&twin)) } }
            (beside_key(view, account))
            (unusual(view, account, statement))
            @if let Some(expires) = key_expires(view, account) { p.soft { (expires) } }
            (questions(view, account, statement))
            @for book in statement.counted() {
                (book_facts(view, account, book))
                @if account.life != AccountStatus::Ended { @if let Some(drawn) = balance(view, account, book) { (drawn) } }
                (lines(view, account, book))
            }
            (stated(view, account))
            (imports(view, account))
            @if account.life == AccountStatus::Ended { p.soft { (view.words().removed_text) } }
            @else { (what_to_do(view, account, statement)) }
        }
    }
}

fn trouble_of(view: &View<'_>, account: &Account) -> Markup {
    let Some(trouble) = trouble(view, account) else { return html! {} };
    let help = match (&account.problem, card(account)) {
        (Some(problem), card) => {
            let own = card.and_then(|card| card.says(problem));
            Some(own.map_or_else(|| (view.words().what_to_do)(problem), |text| view.text(text)))
        }
        _ => None,
    };
    html! {
        p.note.bad { b { (trouble) } @if let Some(help) = help { " " (help) } }
        @if let (true, Some(card)) = (is_withheld(account), card(account)) {
            form data-do="refresh" data-origins=(origins(card)) { button.go { (view.words().grant) } }
        }
    }
}

fn book_facts(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    let words = view.words();
    let id = |what: &str| format!("{what}-{}-{}", account.id.0, book.currency);
    let currency = Some(book.currency);
    html! {
        dl.facts {
            dt { (words.this_month) } dd { (figure(view, &id("spend"), &book.spend, currency, Grain::Cents)) }
            @if let Some(left) = left(view, account, book) {
                dt { (words.balance) } dd {
                    (left)
                    @if let Some(pools) = pools(view, book) { " (" (pools) ")" }
                    @if let Some(expires) = granted_expires(view, account, book) { ", " (expires) }
                    @if let Some(runway) = book.runway { ", " (dry(view, &runway)) }
                }
            }
            @if let Some(burn) = &book.burn {
                dt { (words.pace) }
                dd { (pace(view, &id("pace"), book, burn)) }
            }
            @if account.life != AccountStatus::Ended { (of_book(view, account, book)) }
            @if let (Some(granted), Some(spend)) = (book.from_granted.filter(|_| has_granted(book)), book.spend.amount) {
                dt { (words.from_granted) } dd { (view.money(granted, book.currency)) }
                dt { (words.from_paid) } dd { (view.money(spend - granted, book.currency)) }
            }
            @if !book.expired.is_zero() { dt { (words.expired) } dd { (view.money(book.expired, book.currency)) } }
            @if !book.money_in.is_zero() { dt { (words.money_in) } dd { (view.money(book.money_in, book.currency)) } }
            @if let Some(card) = card(account).filter(|_| account.source.is_key()) {
                dt { (words.own.covers) } dd { (view.text(&card.covers)) }
            }
            @if let Some(byok) = byok(view, account, book) { dt { (words.own.byok) } dd { (byok) ", " (words.own.byok_why) } }
            dt { (words.tracked) } dd { (fill(words.since, &[time(book.since, As::Moment)])) }
        }
    }
}

/// What was paid to others through an account this month.
fn byok(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let (month, money) = account.byok?;
    let is_told = month == view.statement.month && money.currency == book.currency;
    is_told.then(|| view.money(money.amount, money.currency))
}

/// Whether granted credit was used or is left, so that it is told apart.
fn has_granted(book: &BookStatement) -> bool {
    [book.from_granted, book.granted, Some(book.expired)]
        .into_iter()
        .flatten()
        .any(|amount| !amount.is_zero())
}

/// The question of rule L12, once another key was tried.
fn replaced(view: &View<'_>, account: &Account, replacement: &Replacement) -> Markup {
    let words = view.words();
    let told: Vec<String> = replacement
        .observed
        .readings
        .iter()
        .filter_map(Reading::left)
        .map(|left| view.money(left.amount, left.currency))
        .collect();
    let goes_on = account.continues(&replacement.observed);
    html! {
        form.panel data-do="take_key" {
            input type="hidden" name="account" value=(account.id.0);
            p { ((words.replacement_told)(&told.join(", "))) }
            label.choice { input type="radio" name="books" value="go_on" checked[goes_on]; (words.same_account) }
            label.choice { input type="radio" name="books" value="begin_anew" checked[!goes_on]; (words.other_account) }
            button.go { (words.take_key) }
        }
        (action("drop_key", &[("account", &account.id.0)], &html! { button { (words.drop_key) } }))
    }
}

/// Another key, or a first one for an account that files told of: its bills go on.
fn new_key(view: &View<'_>, account: &Account) -> Markup {
    let words = view.words();
    let field = format!("key-{}", account.id.0);
    html! {
        details {
            summary.button { (if account.source.is_key() { words.replace_key } else { words.add_key }) }
            form data-do="replace_key" data-origins=[card(account).map(origins)] {
                input type="hidden" name="account" value=(account.id.0);
                @if let Some(card) = card(account) {
                    p { (fill(words.make_key, &[link(card.key.page)])) }
                    (key_field(view, card, &field, words.new_key))
                }
                button.go { (words.try_key) }
            }
        }
    }
}

fn what_to_do(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = view.words();
    let id = account.id.0.as_str();
    let field = |what: &str| format!("{what}-{id}");
    let is_key = account.source.is_key();
    let (keep, erase) = if is_key {
        (words.keep_history, words.erase_history)
    } else {
        (words.keep_figures, words.erase_figures)
    };
    let (pause, label) =
        if account.life == AccountStatus::Paused { ("resume", words.resume) } else { ("pause", words.pause) };
    html! {
        div.acts {
        (state_it(view, account, statement))
        (type_left(view, account, statement))
        (expiry(view, account, statement))
        (key_expiry(view, account))
        (reloads(view, account, statement))
        @if is_key || card(account).is_some() { (new_key(view, account)) }
        @if !is_key { (remind(view, account)) }
        details {
            summary.button { (words.rename) }
            form data-do="rename" {
                input type="hidden" name="account" value=(id);
                label for=(field("label")) { (words.label_of_account) }
                input id=(field("label")) type="text" name="label" value=(account.label) autocomplete="off" maxlength="40";
                button { (words.save) }
            }
        }
        (action(pause, &[("account", id)], &html! { button { (label) } }))
        details {
            summary.button { (words.remove) }
            form data-do="remove" {
                input type="hidden" name="account" value=(id);
                label.choice { input type="radio" name="history" value="keep" checked; (keep) }
                label.choice { input type="radio" name="history" value="erase"; (erase) }
                button.danger { ((words.remove_account)(&name(account))) }
            }
        }
        }
    }
}
