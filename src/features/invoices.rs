//! Invoices: a provider's charges for a month, from the user or a file, compared with the month's figure.
//!
//! ```text
//!   the invoice's total - its tax + its credits   is compared with   the spend of the same book in the same UTC month
//! ```
//!
//! One file can bring several invoices: see [`from_file`].

mod from_file;
mod view;
mod words;

pub(crate) use from_file::import;
pub(crate) use view::{records, section, tile_line};

use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected, detailed_statement};
use crate::books::invoice::Invoice;
use crate::books::reading::AccountId;
use crate::features::invoices::words::words;
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::store::{Account, LoadScope, State};
use crate::time::{Month, Timestamp};
use crate::ui::Form;

/// The maximum length of a note, in characters.
const LONGEST_NOTE: usize = 80;

/// The month and the currency of an invoice. They identify it within its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct InvoiceKey {
    month: Month,
    currency: Currency,
}

/// An invoice as it was entered.
struct Entered {
    account: AccountId,
    /// The invoice that it replaces, if the user edits one.
    replaces: Option<InvoiceKey>,
    invoice: Invoice,
}

impl InvoiceKey {
    fn new(invoice: &Invoice) -> InvoiceKey {
        InvoiceKey { month: invoice.month, currency: invoice.currency }
    }

    /// Parses the text of [`InvoiceKey::to_text`]: `2026-10 USD`.
    fn parse(text: &str) -> Option<InvoiceKey> {
        let (month, currency) = text.split_once(' ')?;
        Some(InvoiceKey { month: Month::parse(month)?, currency: Currency::parse(currency)? })
    }

    fn to_text(self) -> String {
        format!("{} {}", self.month, self.currency)
    }

    fn is(self, invoice: &Invoice) -> bool {
        invoice.is_of(self.month, self.currency)
    }
}

impl Entered {
    fn parse(form: &Form) -> Result<Entered, Rejected> {
        let bad_month = || Rejected::of(words, |words| words.bad_month).at("month");
        let month = form.parse("month", Month::parse, bad_month)?.ok_or_else(bad_month)?;
        let currency = form.needed_currency("currency")?;
        let bad_total = || Rejected::of(words, |words| words.bad_total).at("total");
        let total = not_negative(form, "total", currency, bad_total)?.ok_or_else(bad_total)?;
        let bad_part = |field: &str| Rejected::of(words, |words| words.bad_part).at(field);
        let part = |field: &str| not_negative(form, field, currency, || bad_part(field));
        let credits = part("credits")?.unwrap_or_default();
        let tax = part("tax")?.unwrap_or_default();
        let note = form.text("note").trim().chars().take(LONGEST_NOTE).collect();
        let invoice = Invoice { month, currency, total, credits, tax, note, counted: None };
        if invoice.charges().is_negative() {
            return Err(Rejected::of(words, |words| words.too_much_tax).at("tax"));
        }
        Ok(Entered { account: form.account(), replaces: InvoiceKey::parse(form.text("replaces")), invoice })
    }
}

/// A field's amount, which may be zero. `None` if the field is empty.
fn not_negative(
    form: &Form,
    field: &str,
    currency: Currency,
    rejected: impl Fn() -> Rejected,
) -> Result<Option<Amount>, Rejected> {
    let input = form.signed_amount(field, &rejected)?;
    let amount = input.map(|input| input.amount_in(currency)).transpose()?;
    if amount.is_some_and(Amount::is_negative) { Err(rejected()) } else { Ok(amount) }
}

/// Stores an invoice.
pub(crate) async fn keep<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Entered { account, replaces, invoice } = Entered::parse(form)?;
    let change = move |state: &mut State, now: Timestamp| add(state, &account, replaces, invoice, now);
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), change).await
}

fn add(
    state: &mut State,
    id: &AccountId,
    replaces: Option<InvoiceKey>,
    mut invoice: Invoice,
    now: Timestamp,
) -> Outcome {
    let (which, month) = (InvoiceKey::new(&invoice), invoice.month);
    if month >= now.month() {
        return Err(Rejected::says(move |language| {
            (words(language).not_over)(language.month(month), &language.date(month.next().day(1)))
        })
        .at("month"));
    }
    let account = state.account(id).ok_or(Rejected::NoAccount)?;
    if !account.since.iter().any(|(currency, _)| *currency == invoice.currency) {
        return Err(Rejected::unexpected());
    }
    let before = account.invoices.iter().find(|known| replaces.is_some_and(|which| which.is(known))).cloned();
    let is_kept_apart = |known: &&Invoice| Some(*known) != before.as_ref() && which.is(known);
    if account.invoices.iter().any(|known| is_kept_apart(&known)) {
        return Err(known_already(month).at("month"));
    }
    let kept = before.as_ref().filter(|before| which.is(before)).and_then(|before| before.counted);
    let counted = || detailed_statement(state, now).month_figure(id, month, invoice.currency).amount;
    invoice.counted = kept.or_else(counted);
    let saved = Done::saved_money(state, Some(Money { amount: invoice.total, currency: invoice.currency }));
    let account = state.account_mut(id).ok_or(Rejected::NoAccount)?;
    account.invoices.retain(|known| Some(known) != before.as_ref());
    put(account, invoice);
    Ok(match before {
        Some(before) => saved.undone_by("invoice", fields_of(id, &before, Some(which))),
        None => saved.undone_by("drop_invoice", key_of(id, &which.to_text())),
    })
}

/// Adds an invoice in the order of months.
fn put(account: &mut Account, invoice: Invoice) {
    account.invoices.push(invoice);
    account.invoices = in_order(account.invoices.drain(..), |one, other| one.month.cmp(&other.month));
}

fn known_already(month: Month) -> Rejected {
    Rejected::says(move |language| (words(language).known_already)(&language.month_with_year(month)))
}

/// Removes an invoice, or all invoices of a file. Removing twice is no error: a click may arrive twice.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let which: Option<Vec<InvoiceKey>> = form.text("invoice").split(',').map(InvoiceKey::parse).collect();
    let which = which.ok_or_else(Rejected::unexpected)?;
    let removed = Done::of(words, |words| words.removed);
    let (id, done) = (form.account(), removed.clone());
    let change = move |state: &mut State, _| {
        let account = state.account_mut(&id).ok_or(Rejected::NoAccount)?;
        let is_gone = |known: &mut Invoice| which.iter().any(|which| which.is(known));
        let gone: Vec<Invoice> = account.invoices.extract_if(.., is_gone).collect();
        Ok(match gone.as_slice() {
            [gone] => removed.undone_by("invoice", fields_of(&id, gone, None)),
            _ => removed,
        })
    };
    commit_once(app, &LoadScope::Lately, &form.submission(), done, change).await
}

/// The fields of a form that removes these invoices, which are separated by commas.
fn key_of(AccountId(id): &AccountId, which: &str) -> [(&'static str, String); 2] {
    [("account", id.clone()), ("invoice", which.to_owned())]
}

/// The fields of a form that restores an invoice, in place of another if there is one.
fn fields_of(
    AccountId(id): &AccountId,
    invoice: &Invoice,
    replaces: Option<InvoiceKey>,
) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("account", id.clone()),
        ("month", invoice.month.to_string()),
        ("currency", invoice.currency.to_string()),
        ("note", invoice.note.clone()),
    ];
    for (name, read, amount) in [
        ("total", "total.read", invoice.total),
        ("credits", "credits.read", invoice.credits),
        ("tax", "tax.read", invoice.tax),
    ] {
        fields.extend([(name, amount.to_string()), (read, amount.to_string())]);
    }
    fields.extend(replaces.map(|which| ("replaces", which.to_text())));
    fields
}
