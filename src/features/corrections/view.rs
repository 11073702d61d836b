//! The questions that windows ask, the form for a declaration at any time, and the list of what can be undone.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::correction::{Declared, Kind, ManualFigure, standing};
use crate::books::ledger::{EmptiedPool, Open, Window};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::corrections::words::words;
use crate::money::{Amount, Currency};
use crate::order::in_order;
use crate::store::Account;
use crate::ui::components::{As, account_form, action, fill, time};
use crate::ui::field_text;

/// One answer: a button that declares an amount of a window.
struct Answer<'a> {
    account: &'a Account,
    currency: Currency,
    window: &'a Window,
}

impl Answer<'_> {
    fn button(&self, kind: Kind, amount: Amount, label: &str) -> Markup {
        let (amount, at) = (amount.to_string(), self.window.span.to.to_string());
        let fields = [
            ("account", self.account.id.0.as_str()),
            ("currency", self.currency.code()),
            ("kind", kind.name()),
            ("amount", &amount),
            ("amount.read", &amount),
            ("at", &at),
        ];
        action("declare", &fields, &html! { button { (label) } })
    }

    fn other(&self, view: &View<'_>, kind: Kind) -> Markup {
        let words = words(view.language);
        let id = format!(
            "other-{}-{}-{}-{}",
            kind.name(),
            self.account.id.0,
            self.currency,
            self.window.span.to.ms()
        );
        html! {
            (account_form(self.account, "declare", words.another_amount, &html! {
                input type="hidden" name="currency" value=(self.currency);
                input type="hidden" name="kind" value=(kind.name());
                input type="hidden" name="at" value=(self.window.span.to);
                label for=(id) { ((words.amount_of)(kind, self.currency.code())) }
                div.actions {
                    input id=(id) type="text" inputmode="decimal" name="amount" autocomplete="off" required;
                    button { (words.confirm) }
                }
            }))
        }
    }
}

/// A question shown to the user.
pub(crate) struct Asked<'a> {
    /// The currency of the book.
    pub(crate) currency: Currency,
    /// The window that the question is about.
    pub(crate) window: &'a Window,
    /// The button that postpones the question.
    pub(crate) later: Markup,
}

/// The questions of an account, for the dashboard.
pub(crate) fn questions(view: &View<'_>, account: &Account, asked: &[Asked<'_>]) -> Markup {
    if asked.is_empty() {
        return html! {};
    }
    html! {
        div.asks {
            @for Asked { currency, window, later } in asked {
                (question(view, account, *currency, window))
                div.put-off { (later) }
            }
            p.soft { (words(view.language).habit) }
        }
    }
}

fn question(view: &View<'_>, account: &Account, currency: Currency, window: &Window) -> Markup {
    let words = words(view.language);
    let answer = Answer { account, currency, window };
    let between = |phrase, amount: Amount| {
        let amount = html! { (view.money(amount, currency)) };
        fill(phrase, &[amount, time(window.span.from, As::Moment), time(window.span.to, As::Moment)])
    };
    html! {
        @if let Some(open) = &window.open {
            @let paid = open.rise - open.granted;
            @if !paid.is_zero() {
                div.ask {
                    p { (between(words.rose_between, paid)) }
                    @for proposal in &open.propose {
                        (answer.button(Kind::TopUp, proposal.top_up, &top_up(view, currency, proposal.top_up, proposal.spend)))
                    }
                    (answer.other(view, Kind::TopUp))
                }
            }
            @if !open.granted.is_zero() {
                div.ask {
                    p { (between(words.granted_between, open.granted)) }
                    (answer.button(Kind::Gift, open.granted, &(words.gift_of)(&view.money(open.granted, currency))))
                    (answer.other(view, Kind::Gift))
                }
            }
        }
        @for EmptiedPool { kind, fall } in &window.emptied {
            div.ask {
                p { (between((words.gone_between)(*kind), *fall)) }
                (answer.button(*kind, Amount::ZERO, words.all_spent))
                (answer.button(*kind, *fall, (words.all_gone)(*kind)))
                (answer.other(view, *kind))
            }
        }
    }
}

fn top_up(view: &View<'_>, currency: Currency, top_up: Amount, spend: Amount) -> String {
    (words(view.language).top_up_then)(&view.money(top_up, currency), &view.money(spend, currency))
}

/// A window's question as a row of the popup: one click answers it, and the line above links to the other answers. After the
/// answer the next question follows.
pub(crate) fn short_question(
    view: &View<'_>,
    account: &Account,
    book: &BookStatement,
    window: &Window,
) -> Markup {
    let words = words(view.language);
    let answer = Answer { account, currency: book.currency, window };
    let money = |amount: Amount| view.money(amount, book.currency);
    let top_up = |open: &Open| {
        let first = open.propose.first().filter(|_| open.rise > open.granted)?;
        let asked = top_up(view, book.currency, first.top_up, first.spend);
        Some((asked, answer.button(Kind::TopUp, first.top_up, words.confirm)))
    };
    let gift = |open: &Open| {
        let asked = (words.gift_of)(&money(open.granted));
        (!open.granted.is_zero()).then(|| (asked, answer.button(Kind::Gift, open.granted, words.confirm)))
    };
    let emptied = |EmptiedPool { kind, fall }: &EmptiedPool| {
        let answers = html! {
            (answer.button(*kind, Amount::ZERO, words.all_spent_short))
            (answer.button(*kind, *fall, (words.all_gone_short)(*kind)))
        };
        ((words.gone)(*kind, &money(*fall)), answers)
    };
    let open = window.open.as_ref().and_then(|open| top_up(open).or_else(|| gift(open)));
    let asked = open.or_else(|| window.emptied.first().map(emptied));
    html! {
        div.ask {
            @if let Some((asked, answers)) = asked { span { (asked) } (answers) }
            @else {
                span { (words.something_to_ask) }
                a.button href={ "dashboard.html#" (Spot::Account(account.id.clone())) } data-tab { (words.more) }
            }
        }
    }
}

/// The form for a declaration at any time, for a prepaid account. It is needed where spend hid a rise.
pub(crate) fn state_form(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let prepaid: Vec<_> =
        statement.books.iter().filter(|book| book.balance.is_some() && book.typed.is_none()).collect();
    let Some(first) = prepaid.first().filter(|_| !account.is_ended()) else {
        return html! {};
    };
    let id = |what: &str| format!("{what}-{}", account.id.0);
    html! {
        (account_form(account, "declare", words.i_topped_up, &html! {
            label for=(id("kind")) { (words.what_happened) }
            select id=(id("kind")) name="kind" {
                @for kind in Kind::ALL {
                    option value=(kind.name()) selected[kind == Kind::TopUp] { ((words.kind)(kind)) }
                }
            }
            @if prepaid.len() > 1 {
                label for=(id("book")) { (view.words().in_currency) }
                select id=(id("book")) name="currency" {
                    @for book in &prepaid {
                        option value=(book.currency) selected[book.currency == first.currency] { (book.currency) }
                    }
                }
            } @else { input type="hidden" name="currency" value=(first.currency); }
            label for=(id("amount")) { (view.words().amount) }
            input id=(id("amount")) type="text" inputmode="decimal" name="amount" autocomplete="off" required;
            label for=(id("at")) { (view.words().when) }
            input id=(id("at")) type="datetime-local" name="at";
            p.soft { (words.when_hint) (view.language.space()) (words.habit) }
            button.go { (words.state_it) }
        }))
    }
}

/// The form that changes a typed figure.
fn edit_form(view: &View<'_>, account: &Account, typed: ManualFigure) -> Markup {
    let words = words(view.language);
    let id = format!("edit-{}-{}-{}", account.id.0, typed.currency, typed.at.ms());
    account_form(
        account,
        "edit_figure",
        words.edit,
        &html! {
            input type="hidden" name="figure" value=(String::from(typed));
            label for=(id) { (view.words().amount) " (" (typed.currency) ")" }
            div.actions {
                input id=(id) type="text" inputmode="decimal" name="amount" autocomplete="off" required
                    value=(field_text(typed.amount, typed.currency));
                button { (view.words().save) }
            }
        },
    )
}

/// The declarations and typed figures that can be undone.
pub(crate) fn stated(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let history = view.state.history(account);
    let stated = standing(history.corrections.iter().copied());
    let stated = in_order(stated, |(one, _), (other, _)| one.at.cmp(&other.at));
    let (figures, left) = view.state.typed_figures(account);
    let typed = figures.into_iter().map(|typed| (words.typed_line, typed));
    let typed: Vec<_> = typed.chain(left.into_iter().map(|left| (words.left_line, left))).collect();
    // The figures of an ended account cannot change, so they cannot be undone.
    let typed = if account.is_ended() { Vec::new() } else { typed };
    let is_hidden = view.state.settings.is_hidden;
    if stated.is_empty() && typed.is_empty() {
        return html! {};
    }
    let undo = |name: &str| {
        let fields = [("account", account.id.0.as_str()), ("correction", name)];
        action("undo", &fields, &html! { button { (view.words().undo) } })
    };
    html! {
        details {
            summary { ((words.stated)(stated.len() + typed.len())) }
            ul.stated {
                @for (line, typed) in typed.into_iter().rev() {
                    li {
                        ((line)(&view.money(typed.amount, typed.currency))) " · " (time(typed.at, As::Moment)) " "
                        @if !is_hidden { (edit_form(view, account, typed)) }
                        (undo(&String::from(typed)))
                    }
                }
                @for (correction, Declared { currency, kind, amount }) in stated.iter().rev() {
                    li {
                        ((words.stated_line)(*kind, &view.money(*amount, *currency))) " · " (time(correction.at, As::Moment)) " "
                        (undo(&correction.id))
                    }
                }
            }
        }
    }
}
