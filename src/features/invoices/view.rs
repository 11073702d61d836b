//! An account's invoices with the deviation of its figures, and the form for an invoice.

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::Mark;
use crate::books::invoice::{Cause, Claim, Invoice, InvoiceCheck, InvoiceRecord, Reach, broken_claim};
use crate::books::statement::{AccountStatement, BookStatement, DetailedStatement};
use crate::features::invoices::InvoiceKey;
use crate::features::invoices::words::words;
use crate::files::MOST_BYTES;
use crate::money::{Amount, Currency};
use crate::provider::Scope;
use crate::store::Account;
use crate::time::Month;
use crate::ui::components::{account_form, action};
use crate::ui::field_text;
use crate::ui::format::percent;

/// The number of past months for which an invoice can be entered.
const MONTHS: usize = 24;

/// The invoices of an account, each compared with its month, and the form for another. Empty before there is a book.
pub(crate) fn section(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    account: &Account,
    statement: &AccountStatement,
) -> Markup {
    let words = words(view.language);
    if statement.books.is_empty() {
        return html! {};
    }
    let this = view.statement.month;
    let checks = checks(view, detail, account);
    let is_hidden = view.state.settings.is_hidden;
    html! {
        details {
            summary { (words.title) }
            p.soft { (words.why) (view.language.space()) ((words.later)(view.language.month(this), &view.language.date(this.next().day(1)))) }
            @if !checks.is_empty() {
                ul.invoices { @for check in checks.iter().rev() { (one(view, account, statement, check)) } }
            }
            @if is_hidden { p.soft { (view.words().amounts_hidden) } }
            @else if !closed_months(view, statement).is_empty() {
                div.acts {
                    (account_form(account, "invoice", words.add, &fields(view, account, statement, None)))
                    (account_form(account, "invoice_file", words.add_file, &file_fields(view, account)))
                }
            }
        }
    }
}

/// How close a book's figures were to its last invoices, for the tile of its month.
pub(crate) fn tile_line(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    account: &Account,
    book: &BookStatement,
) -> Markup {
    let checks = checks(view, detail, account);
    let of_book = || checks.iter().filter(|check| check.invoice.currency == book.currency);
    html! {
        @if let Some(record) = InvoiceRecord::new(of_book()) { small { (record_text(view, None, record)) } }
        @if let Some(broken) = broken_claim(of_book()) { small.warn { (broken_text(view, broken)) } }
    }
}

/// The same as a sentence for each account with an approximate figure this month. These sentences explain the total.
pub(crate) fn records(view: &View<'_>, detail: &DetailedStatement<'_>) -> Vec<String> {
    let words = words(view.language);
    let mut sentences = Vec::new();
    for (account, statement) in view.accounts().filter(|(account, _)| !account.invoices.is_empty()) {
        let checks = checks(view, detail, account);
        for book in statement.counted().filter(|book| book.spend.mark == Mark::Approximate) {
            let of_book = checks.iter().filter(|check| check.invoice.currency == book.currency);
            if let Some(record) = InvoiceRecord::new(of_book) {
                let record = record_text(view, Some(&account.name()), record);
                sentences.push((words.record_sentence)(&record));
            }
        }
    }
    sentences
}

/// The record as a sentence, with the account's name if the context does not show it.
fn record_text(view: &View<'_>, account: Option<&str>, record: InvoiceRecord) -> String {
    (words(view.language).record)(account, record.invoices, record.within)
}

fn broken_text(view: &View<'_>, check: &InvoiceCheck) -> String {
    let Invoice { month, currency, .. } = check.invoice;
    let figure = check.figure.amount.unwrap_or_default();
    let money = |amount: Amount| view.money(amount, currency);
    (words(view.language).broken)(
        &view.language.month_with_year(month),
        &money(figure),
        &money(check.invoice.charges()),
    )
}

fn checks(view: &View<'_>, detail: &DetailedStatement<'_>, account: &Account) -> Vec<InvoiceCheck> {
    detail.check_invoices(&account.id, &account.invoices, reach(view, account))
}

/// How much of the provider's account this account covers, judged by its card and the other accounts.
fn reach(view: &View<'_>, account: &Account) -> Reach {
    let is_other =
        |other: &Account| other.id != account.id && other.provider == account.provider && !other.is_ended();
    let is_of_part = account.card().is_some_and(|card| matches!(card.scope, Some(Scope::Key | Scope::User)));
    if is_of_part && account.source.is_key() {
        Reach::OneKey
    } else if !account.provider.is_empty() && view.state.accounts.iter().any(is_other) {
        Reach::OneOfSeveral
    } else {
        Reach::Whole
    }
}

fn one(view: &View<'_>, account: &Account, statement: &AccountStatement, check: &InvoiceCheck) -> Markup {
    let words = words(view.language);
    let invoice = &check.invoice;
    let money = |amount: Amount| view.money(amount, invoice.currency);
    let parts = [(words.credits_of, invoice.credits), (words.tax_of, invoice.tax)];
    let parts = parts.into_iter().filter(|(_, amount)| !amount.is_zero());
    html! {
        li {
            p {
                b { (view.language.month_with_year(invoice.month)) } " " (money(invoice.total))
                @for (phrase, amount) in parts { span.soft { " · " ((phrase)(&money(amount))) } }
                @if !invoice.note.is_empty() { span.soft { " · " (invoice.note) } }
            }
            p class=[check.is_broken().then_some("warn")] { (comparison(view, check)) }
            @if !check.causes.is_empty() {
                p.soft { (words.causes) }
                ul.advice { @for cause in &check.causes { li { (cause_text(view, account, invoice.currency, *cause)) } } }
            }
            @if !view.state.settings.is_hidden {
                div.acts {
                    (account_form(account, "invoice", words.edit, &fields(view, account, statement, Some(invoice))))
                    (action("drop_invoice", &[("account", &account.id.0), ("invoice", &InvoiceKey::new(invoice).to_text())], &html! { button { (view.words().remove) } }))
                }
            }
        }
    }
}

/// The month's figure and its deviation from the invoice.
fn comparison(view: &View<'_>, check: &InvoiceCheck) -> String {
    let words = words(view.language);
    let (invoice, charges) = (&check.invoice, check.invoice.charges());
    let money = |amount: Amount| view.money(amount, invoice.currency);
    let Some((figure, deviation)) = check.figure.amount.zip(check.deviation) else {
        return (words.nothing_known)(&view.language.month_with_year(invoice.month));
    };
    if check.is_broken() {
        return broken_text(view, check);
    }
    let counted = match check.claim {
        Claim::AtLeast => (words.at_least)(&money(figure)),
        Claim::Full | Claim::Part | Claim::Unsettled | Claim::Unknown => money(figure),
    };
    if check.is_match() {
        return (words.matches)(&counted);
    }
    let size = deviation.amount.max(-deviation.amount);
    // Rounded up like the record, so that both agree.
    let share = deviation.percent.map(|raised| match percent(size, charges) {
        below_one if raised == 1 => below_one,
        _ => format!("{raised}%"),
    });
    let phrase = if deviation.amount.is_negative() { words.less } else { words.more };
    (phrase)(&counted, &money(size), share.as_deref(), &money(charges))
}

fn cause_text(view: &View<'_>, account: &Account, currency: Currency, cause: Cause) -> String {
    let words = words(view.language);
    let money = |amount: Amount| view.money(amount, currency);
    match cause {
        Cause::TrackingBegan(at) => (words.tracking_began)(&view.date(at.day())),
        Cause::Open => words.open.to_owned(),
        Cause::Reset => words.reset.to_owned(),
        Cause::Lost => words.lost.to_owned(),
        Cause::Gap => words.gap.to_owned(),
        Cause::Unpriced => words.unpriced.to_owned(),
        Cause::EmptiedPool => words.emptied.to_owned(),
        Cause::NotUse => words.not_use.to_owned(),
        Cause::Granted(amount) => (words.granted)(&money(amount)),
        Cause::TopUps(amount) => (words.top_ups)(&money(amount)),
        Cause::Restated(amount) => (words.restated)(&money(amount)),
        Cause::Unsettled => words.unsettled.to_owned(),
        Cause::OneKey => words.one_key.to_owned(),
        Cause::OtherAccount => (words.other_account)(account.names().0),
        Cause::Spread => words.spread.to_owned(),
        Cause::NoTax => words.no_tax.to_owned(),
        Cause::NoCredits => words.no_credits.to_owned(),
        Cause::BillingPeriod => words.billing_period.to_owned(),
    }
}

/// The months since tracking began that are over, latest first.
fn closed_months(view: &View<'_>, statement: &AccountStatement) -> Vec<Month> {
    let this = view.statement.month;
    let first = statement.books.iter().map(|book| book.since.month()).min().unwrap_or(this);
    let months = core::iter::successors(Some(this.previous()), |month| Some(month.previous()));
    months.take_while(|month| *month >= first).take(MONTHS).collect()
}

/// The fields that bring invoices from a file.
fn file_fields(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let id = format!("invoice-file-{}", account.id.0);
    html! {
        p.soft { (words.file_how) }
        label for=(id) { (words.file) }
        input.drop id=(id) type="file" name="file" accept=".zip,.csv,.xlsx" multiple required data-most=(MOST_BYTES);
        button.go { (words.read_file) }
    }
}

/// The fields of a stored or new invoice.
fn fields(
    view: &View<'_>,
    account: &Account,
    statement: &AccountStatement,
    known: Option<&Invoice>,
) -> Markup {
    let words = words(view.language);
    let key =
        known.map_or_else(|| "new".to_owned(), |known| InvoiceKey::new(known).to_text().replace(' ', "-"));
    let id = |what: &str| format!("invoice-{}-{key}-{what}", account.id.0);
    let currencies: Vec<Currency> = statement.books.iter().map(|book| book.currency).collect();
    let counted = || statement.counted().map(|book| book.currency).next();
    let currency = known.map(|known| known.currency).or_else(counted).unwrap_or(Currency::USD);
    let mut months = closed_months(view, statement);
    months.extend(known.map(|known| known.month).filter(|month| !months.contains(month)));
    let is_entered = |month: &Month| account.invoices.iter().any(|invoice| invoice.is_of(*month, currency));
    let chosen =
        known.map(|known| known.month).or_else(|| months.iter().copied().find(|month| !is_entered(month)));
    let text = |amount: Option<Amount>| amount.map(|amount| field_text(amount, currency));
    let part = |of: fn(&Invoice) -> Amount| text(known.map(of).filter(|amount| !amount.is_zero()));
    let amount = |name: &str, label: &str, value: Option<String>, is_needed: bool| {
        html! {
            label for=(id(name)) { (label) }
            input id=(id(name)) type="text" inputmode="decimal" name=(name) value=[value] autocomplete="off" required[is_needed];
        }
    };
    html! {
        input type="hidden" name="replaces" value=[known.map(|known| InvoiceKey::new(known).to_text())];
        @if currencies.len() > 1 {
            label for=(id("currency")) { (view.words().in_currency) }
            select id=(id("currency")) name="currency" {
                @for code in &currencies { option value=(code) selected[*code == currency] { (code) } }
            }
        } @else { input type="hidden" name="currency" value=(currency); }
        label for=(id("month")) { (words.month) }
        select id=(id("month")) name="month" {
            @for month in &months { option value=(month) selected[Some(*month) == chosen] { (view.language.month_with_year(*month)) } }
        }
        (amount("total", &(words.total)(currency.code()), text(known.map(|known| known.total)), true))
        (amount("credits", words.credits, part(|known| known.credits), false))
        (amount("tax", words.tax, part(|known| known.tax), false))
        label for=(id("note")) { (words.note) }
        input id=(id("note")) type="text" name="note" value=[known.map(|known| known.note.as_str())] maxlength="80" autocomplete="off";
        p.soft { (words.what_is_compared) }
        button.go { (view.words().save) }
    }
}
