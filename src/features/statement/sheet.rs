//! The statement of a month, as one printable page.

use core::iter::successors;

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::figure::{Figure, Mark, Reasons};
use crate::books::statement::{BookMonth, DetailedStatement, LineName, Period, Spending};
use crate::features::statement::changes::{Status, restatements};
use crate::features::statement::words::words;
use crate::money::Amount;
use crate::time::Month;
use crate::ui::components::figure;
use crate::ui::format::Grain;
use crate::ui::parts;

/// The maximum number of lines in the table of models.
const MOST_LINES: usize = 10;
/// The maximum number of months with a link.
const MOST_MONTHS: usize = 13;
/// An amount that is zero at this number of decimals is a rounding remainder.
const DECIMALS: u32 = 9;

/// A link to the statement of a month.
pub(crate) fn link(view: &View<'_>, month: Month) -> Markup {
    html! { a href={ "dashboard.html#" (Spot::Statement(month)) } data-tab { (words(view.language).see_statement) } }
}

/// Links to the statements of the last months. `None` before a month is over.
pub(crate) fn list(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let first = view.state.first_month().filter(|first| *first < view.statement.month)?;
    let months = successors(Some(view.statement.month.previous()), |month| Some(month.previous()));
    let months = months.take_while(|month| *month >= first).take(MOST_MONTHS);
    Some(html! {
        h2 { (words.statements) }
        p { (words.how) }
        ul.names.months { @for month in months { li { a href={ "#" (Spot::Statement(month)) } { (view.language.month_with_year(month)) } } } }
    })
}

/// The statement of a month that is over. `by_client` is the table of clients, if there are any.
pub(crate) fn sheet(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    month: Month,
    by_client: Option<Markup>,
) -> Markup {
    let words = words(view.language);
    let spending = detail.spending(Period::Month(month));
    let books = books(view, detail, month);
    let restated = restatements(view, month);
    html! {
        div.panel-head {
            h2 { ((words.title)(&view.language.month_with_year(month))) }
            button.screen type="button" data-print { (words.print) }
        }
        p.soft { (Status::new(view, month, &books).sentence(view)) " " (words.utc) }
        (accounts(view, &spending, &books))
        div.columns {
            div {
                h3 { (words.by_model) }
                (models(view, &spending))
            }
            @if let Some(by_client) = by_client { div { (by_client) } }
            @if !spending.charges.is_empty() { div { h3 { (words.subscriptions) } (subscriptions(view, &spending)) } }
        }
        (questions(view, &books))
        @if !restated.is_empty() {
            h3 { (words.changes) }
            ul { @for (name, sentence) in &restated { li { b { (name) } " " (sentence) } } }
        }
        (notes(view, &spending, &books))
    }
}

/// The books of a month. If a balance can no longer be derived, the one stored when its month was closed is used.
fn books(view: &View<'_>, detail: &DetailedStatement<'_>, month: Month) -> Vec<BookMonth> {
    let mut books = detail.book_months(month);
    for book in &mut books {
        let Some(account) = view.state.account(&book.account) else { continue };
        let kept = |month: Month| account.closings.balance(month, book.currency);
        book.opening = book.opening.or_else(|| kept(month.previous()));
        book.closing = book.closing.or_else(|| kept(month));
    }
    books
}

/// One row of the table of accounts, with its rounded amounts.
struct Row<'a> {
    book: &'a BookMonth,
    opening: Option<Amount>,
    money_in: Amount,
    unexplained: Amount,
    spend: Figure,
    money_out: Amount,
    difference: Amount,
    closing: Option<Amount>,
}

impl<'a> Row<'a> {
    /// The amounts of a row, rounded so that they sum to the displayed opening balance.
    fn new(book: &'a BookMonth) -> Row<'a> {
        let exact = |amount: Amount| Figure::new(amount, Mark::Exact, []);
        let (spend, difference) = (book.spend, book.difference().unwrap_or_default());
        let difference = if difference.rounded(DECIMALS).is_zero() { Amount::ZERO } else { difference };
        let BookMonth { opening, money_in, unexplained, money_out, closing, .. } = *book;
        let plain = Row { book, opening, money_in, unexplained, spend, money_out, difference, closing };
        let (Some(opening), Some(closing)) = (opening, closing) else { return plain };
        let parts = [closing, money_out, -money_in, -unexplained, -difference].map(exact);
        let parts: Vec<Figure> = parts.into_iter().chain([spend]).collect();
        let shown = parts::shown(&exact(opening), &parts, book.currency);
        let amounts: Vec<Amount> = shown.iter().filter_map(|figure| figure.amount).collect();
        let [closing, money_out, money_in, unexplained, difference, spent] = amounts.as_slice() else {
            return plain;
        };
        Row {
            money_in: -*money_in,
            unexplained: -*unexplained,
            spend: Figure { amount: Some(*spent), ..spend },
            money_out: *money_out,
            difference: -*difference,
            closing: Some(*closing),
            ..plain
        }
    }
}

/// A row for each account and currency, and the total.
fn accounts(view: &View<'_>, spending: &Spending, books: &[BookMonth]) -> Markup {
    let words = words(view.language);
    let rows: Vec<Row<'_>> = books.iter().map(Row::new).collect();
    let has = |amount: fn(&Row<'_>) -> Amount| rows.iter().any(|row| !amount(row).is_zero());
    let has_balance = books.iter().any(BookMonth::has_balance);
    let columns = Columns {
        money_in: has_balance && has(|row| row.money_in),
        unexplained: has_balance && has(|row| row.unexplained),
        money_out: has_balance && has(|row| row.money_out),
        difference: has_balance && has(|row| row.difference),
    };
    let before =
        1 + usize::from(has_balance) + usize::from(columns.money_in) + usize::from(columns.unexplained);
    let after = usize::from(columns.money_out) + usize::from(columns.difference) + usize::from(has_balance);
    let sum_row = |name: &str, amount: &Markup| {
        html! {
            tr {
                th scope="row" colspan=(before) { (name) }
                td { (amount) }
                @for _ in 0..after { td {} }
            }
        }
    };
    let sum = &spending.sum;
    html! {
        div.wide {
            table.figures.sheet {
                thead {
                    tr {
                        th scope="col" { (words.account) }
                        @if has_balance { th.number scope="col" { (words.opening) } }
                        @if columns.money_in { th.number scope="col" { "+ " (words.money_in) } }
                        @if columns.unexplained { th.number scope="col" { "+ " (words.to_confirm) } }
                        th.number scope="col" { @if has_balance { "− " } (words.spent) }
                        @if columns.money_out { th.number scope="col" { "− " (words.money_out) } }
                        @if columns.difference { th.number scope="col" { "+ " (words.difference) } }
                        @if has_balance { th.number scope="col" { "= " (words.closing) } }
                    }
                }
                tbody { @for row in &rows { (account_row(view, row, &columns, has_balance.into())) } }
                tfoot {
                    @if !sum.plans.is_zero() {
                        @if let Some(currency) = spending.currency { (sum_row(words.subscriptions, &html! { (view.money(sum.plans, currency)) })) }
                    }
                    (sum_row(words.total, &html! { b { (figure(view, "statement-total", &sum.total(), spending.currency, Grain::Cents)) } }))
                    @for (currency, spend) in &sum.not_converted {
                        (sum_row(words.not_converted, &figure(view, &format!("statement-{currency}"), spend, Some(*currency), Grain::Cents)))
                    }
                }
            }
        }
    }
}

/// Which columns have amounts.
struct Columns {
    money_in: bool,
    unexplained: bool,
    money_out: bool,
    difference: bool,
}

fn account_row(view: &View<'_>, row: &Row<'_>, columns: &Columns, has_balance: Balances) -> Markup {
    let book = row.book;
    let money = |amount: Amount| view.money(amount, book.currency);
    let moved = |is_shown: bool, amount: Amount| {
        let text = if amount.is_zero() { String::new() } else { money(amount) };
        html! { @if is_shown { td { (text) } } }
    };
    let balance = |balance: Option<Amount>| {
        let text = match balance {
            Some(balance) => money(balance),
            None if book.has_balance() => "–".to_owned(),
            None => String::new(),
        };
        html! { @if has_balance == Balances::Shown { td { (text) } } }
    };
    let client = view.state.account(&book.account).and_then(|account| account.clients.client_of(None));
    let id = format!("statement-{}-{}", book.account.0, book.currency);
    html! {
        tr {
            th scope="row" { (view.name_of(&book.account)) @if let Some(client) = client { " " span.soft { (client) } } }
            (balance(row.opening))
            (moved(columns.money_in, row.money_in))
            (moved(columns.unexplained, row.unexplained))
            td { (figure(view, &id, &row.spend, Some(book.currency), Grain::Cents)) }
            (moved(columns.money_out, row.money_out))
            (moved(columns.difference, row.difference))
            (balance(row.closing))
        }
    }
}

/// Whether a table has columns of balances.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Balances {
    Shown,
    Hidden,
}

impl From<bool> for Balances {
    fn from(has_balance: bool) -> Balances {
        if has_balance { Balances::Shown } else { Balances::Hidden }
    }
}

/// The accounts' spend by model, largest amounts first.
fn models(view: &View<'_>, spending: &Spending) -> Markup {
    let words = words(view.language);
    let Some(currency) = spending.currency.filter(|_| !spending.lines.is_empty()) else {
        return html! { p.soft { (words.nothing_spent) } };
    };
    let (shown, rest) = spending.lines.split_at(spending.lines.len().min(MOST_LINES));
    let rest = (!rest.is_empty()).then(|| rest.iter().map(|line| line.amount).sum::<Amount>());
    let amounts = shown.iter().map(|line| line.amount).chain(rest);
    let amounts: Vec<Figure> = amounts.map(|amount| Figure::new(amount, Mark::Exact, [])).collect();
    let amounts = parts::shown(&spending.sum.spend, &amounts, currency);
    let names = shown.iter().map(|line| name(view, &line.name));
    let names = names.chain(rest.map(|_| html! { (words.other_models) }));
    html! {
        table.figures {
            tbody {
                @for (name, amount) in names.zip(&amounts) {
                    tr { th scope="row" { (name) } td { (view.money(amount.amount.unwrap_or_default(), currency)) } }
                }
            }
        }
    }
}

fn name(view: &View<'_>, line: &LineName) -> Markup {
    let words = words(view.language);
    match line {
        LineName::Named(id, name) => html! { (name) " " span.soft { (view.name_of(id)) } },
        LineName::NotBrokenDown(id) => html! { (words.not_broken_down) " " span.soft { (view.name_of(id)) } },
        LineName::Other(_) => html! { (words.other_models) },
    }
}

fn subscriptions(view: &View<'_>, spending: &Spending) -> Markup {
    html! {
        table.figures {
            tbody {
                @for charge in &spending.charges {
                    tr { th scope="row" { (charge.plan) " " span.soft { (view.date(charge.day)) } } td { (view.money(charge.price.amount, charge.price.currency)) } }
                }
            }
        }
    }
}

/// The open questions about the month, and its unexplained changes.
fn questions(view: &View<'_>, books: &[BookMonth]) -> Markup {
    let words = words(view.language);
    let unexplained = |book: &BookMonth| {
        let difference = book.difference().filter(|amount| !amount.rounded(DECIMALS).is_zero())?;
        Some((words.unexplained)(&view.money(difference, book.currency)))
    };
    let asking: Vec<&BookMonth> =
        books.iter().filter(|book| book.questions > 0 || unexplained(book).is_some()).collect();
    html! {
        @if !asking.is_empty() {
            h3 { (words.open_questions) }
            ul {
                @for book in asking {
                    li {
                        a href={ "#" (Spot::Account(book.account.clone())) } { b { (view.name_of(&book.account)) } }
                        @if book.questions > 0 { " " ((words.questions)(book.questions)) }
                        @if let Some(sentence) = unexplained(book) { " " (sentence) }
                    }
                }
            }
        }
    }
}

/// One sentence for each reason of a mark.
fn notes(view: &View<'_>, spending: &Spending, books: &[BookMonth]) -> Markup {
    let words = words(view.language);
    let of_books = books.iter().map(|book| book.spend.reasons);
    let reasons = of_books.fold(spending.sum.total().reasons, Reasons::and);
    let reasons: Vec<&str> = reasons.iter().map(|reason| (view.words().reason)(reason)).collect();
    html! {
        @if !reasons.is_empty() {
            h3 { (words.notes) }
            p.soft { (words.marks) }
            ul.soft { @for reason in reasons { li { (reason) } } }
        }
    }
}
