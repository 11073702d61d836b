//! The accounts on the dashboard: what each told, what stands in its way, and what can be done with it.

use maud::{Markup, html};

use crate::reading::Reading;
use crate::screen::connect::{link, origins};
use crate::screen::format::Grain;
use crate::screen::lines::lines;
use crate::screen::pieces::{As, action, figure, fill, note, time};
use crate::screen::popup::{granted_expires, is_withheld, left, pools, trouble, twin};
use crate::screen::questions::{expiry, questions, state_it, stated};
use crate::screen::{View, card, name};
use crate::state::{Account, Life, Replacement};
use crate::statement::{AccountStatement, BookStatement};

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
            @if let Some(read_at) = statement.read_at { p.soft { (fill(view.words().read, &[time(read_at, As::Age)])) } }
            @if let Some(twin) = twin(view, statement) { p.note.bad { ((view.words().twin_text)(&twin)) } }
            (questions(view, account, statement))
            @for book in statement.counted() { (book_facts(view, account, book)) (lines(view, account, book)) }
            (stated(view, account))
            @if account.life == Life::Ended { p.soft { (view.words().removed_text) } }
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
            @if let Some(left) = left(view, book) {
                dt { (words.balance) } dd {
                    (left)
                    @if let Some(pools) = pools(view, book) { " (" (pools) ")" }
                    @if let Some(expires) = granted_expires(view, account, book) { ", " (expires) }
                    @if let Some(runway) = book.runway { ", " ((words.dry_about)(&view.date(runway.date))) }
                }
            }
            @if let Some(burn) = &book.burn {
                dt { (words.pace) }
                dd { (fill(words.a_day, &[figure(view, &id("pace"), &burn.figure(crate::period::DAY), currency, Grain::Cents)])) }
            }
            dt { (words.next_month) } dd { (figure(view, &id("next"), &book.next_month.figure, currency, Grain::Rough)) }
            @if let (Some(granted), Some(spend)) = (book.from_granted.filter(|_| has_granted(book)), book.spend.amount) {
                dt { (words.from_granted) } dd { (view.money(granted, book.currency)) }
                dt { (words.from_paid) } dd { (view.money(spend - granted, book.currency)) }
            }
            @if !book.expired.is_zero() { dt { (words.expired) } dd { (view.money(book.expired, book.currency)) } }
            @if !book.money_in.is_zero() { dt { (words.money_in) } dd { (view.money(book.money_in, book.currency)) } }
            dt { (words.tracked) } dd { (fill(words.since, &[time(book.since, As::Moment)])) }
        }
    }
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

fn what_to_do(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = view.words();
    let id = account.id.0.as_str();
    let field = |what: &str| format!("{what}-{id}");
    let (pause, label) =
        if account.life == Life::Paused { ("resume", words.resume) } else { ("pause", words.pause) };
    html! {
        div.acts {
        (state_it(view, account, statement))
        (expiry(view, account, statement))
        details {
            summary.button { (words.replace_key) }
            form data-do="replace_key" data-origins=[card(account).map(origins)] {
                input type="hidden" name="account" value=(id);
                @if let Some(card) = card(account) { p { (fill(words.make_key, &[link(card.key.page)])) } }
                label for=(field("key")) { (words.new_key) }
                input id=(field("key")) type="password" name="key" autocomplete="off" spellcheck="false" required;
                button.go { (words.try_key) }
            }
        }
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
                label.choice { input type="radio" name="history" value="keep" checked; (words.keep_history) }
                label.choice { input type="radio" name="history" value="erase"; (words.erase_history) }
                button.danger { ((words.remove_account)(&name(account))) }
            }
        }
        }
    }
}
