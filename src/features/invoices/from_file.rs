//! Invoices from a file: the charges of an export or a FOCUS file for each month that is over.
//!
//! ```text
//!   usage + adjustments + tax + credits (negative in a file)  =  the total of a month
//! ```
//!
//! Purchases are left out: a top-up is money paid in, not spend. A month that has an invoice keeps it.

use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected, detailed_statement};
use crate::books::invoice::Invoice;
use crate::books::reading::AccountId;
use crate::features::invoices::words::words;
use crate::features::invoices::{InvoiceKey, LONGEST_NOTE, key_of, known_already, put};
use crate::files::{self, Imported, RefusalReason, Skip, SkippedSum, shorten};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::providers;
use crate::store::{LoadScope, State};
use crate::time::{Day, Month, Timestamp};
use crate::ui::chosen_files::{opened, refused};
use crate::ui::format::money;
use crate::ui::{File, Form};

/// An invoice from a file, with the first and last day that it covers.
struct Found {
    invoice: Invoice,
    days: Option<(Day, Day)>,
}

/// Reads files and stores an invoice for each month that is over and has none yet.
pub(crate) async fn import<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let chosen = form.files("file");
    let imported = read(&chosen, app.host.now()).map_err(|why| why.at("file"))?;
    let note = chosen.first().map_or(String::new(), |file| shorten(&file.name, LONGEST_NOTE));
    let (found, id) = (found(&imported, &note), form.account());
    let change = move |state: &mut State, now: Timestamp| add_all(state, &id, found, now);
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), change).await
}

fn read(chosen: &[File], now: Timestamp) -> Result<Imported, Rejected> {
    let whole = opened(chosen)?;
    let tables = files::tables(&whole).map_err(refused)?;
    providers::read_export(&files::borrowed(&tables), now).map_err(|why| match why.why {
        RefusalReason::Unknown => Rejected::of(words, |words| words.not_an_export),
        _ => refused(why),
    })
}

/// The invoices of a file, ordered by month.
fn found(imported: &Imported, note: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for bill in &imported.bills {
        let Some(Found { invoice, days }) = find(&mut all, bill.day.month(), bill.currency, note) else {
            continue;
        };
        invoice.total = invoice.total + bill.amount();
        // A file has a bill for each day between its first and last, with zero for a day without charges.
        if !bill.amount().is_zero() {
            let (first, last) = days.unwrap_or((bill.day, bill.day));
            *days = Some((first.min(bill.day), last.max(bill.day)));
        }
    }
    for SkippedSum { why, month, sum: Money { amount, currency } } in imported.skipped_sums.iter().copied() {
        if !matches!(why, Skip::Credit | Skip::Tax | Skip::Adjustment) {
            continue;
        }
        let Some(Found { invoice, .. }) = find(&mut all, month, currency, note) else { continue };
        invoice.total = invoice.total + amount;
        match why {
            Skip::Credit if amount.is_negative() => invoice.credits = invoice.credits - amount,
            Skip::Tax if !amount.is_negative() => invoice.tax = invoice.tax + amount,
            _ => {}
        }
    }
    in_order(all, |one, other| one.invoice.month.cmp(&other.invoice.month))
}

/// The invoice of a month and currency, added without charges if it does not exist yet.
fn find<'a>(all: &'a mut Vec<Found>, month: Month, currency: Currency, note: &str) -> Option<&'a mut Found> {
    let is_it = |found: &Found| found.invoice.is_of(month, currency);
    if !all.iter().any(is_it) {
        let [total, credits, tax] = [Amount::ZERO; 3];
        let note = note.to_owned();
        let invoice = Invoice { month, currency, total, credits, tax, note, counted: None };
        all.push(Found { invoice, days: None });
    }
    all.iter_mut().find(|found| is_it(found))
}

fn add_all(state: &mut State, id: &AccountId, mut found: Vec<Found>, now: Timestamp) -> Outcome {
    let account = state.account(id).ok_or(Rejected::NoAccount)?;
    let has_book = |of: Currency| account.since.iter().any(|(currency, _)| *currency == of);
    found.retain(|Found { invoice, .. }| {
        let is_below_zero = invoice.total.is_negative() || invoice.charges().is_negative();
        invoice.month < now.month() && has_book(invoice.currency) && !is_below_zero
    });
    let is_kept = |Found { invoice, .. }: &Found| {
        account.invoices.iter().any(|known| known.is_of(invoice.month, invoice.currency))
    };
    let (kept, mut new): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_kept);
    let kept: Vec<Month> = kept.iter().map(|found| found.invoice.month).collect();
    if new.is_empty() {
        let none = || Rejected::of(words, |words| words.no_invoice_in_file);
        return Err(kept.first().map_or_else(none, |month| known_already(*month)).at("file"));
    }
    let detail = detailed_statement(state, now);
    for Found { invoice, .. } in &mut new {
        invoice.counted = detail.month_figure(id, invoice.month, invoice.currency).amount;
    }
    let is_hidden = state.settings.is_hidden;
    let account = state.account_mut(id).ok_or(Rejected::NoAccount)?;
    new.iter().for_each(|found| put(account, found.invoice.clone()));
    let names: Vec<String> = new.iter().map(|found| InvoiceKey::new(&found.invoice).to_text()).collect();
    let done = Done::says(move |language| {
        let words = words(language);
        let one = |Found { invoice, days }: &Found| {
            let month = language.month_with_year(invoice.month);
            let total = (!is_hidden).then(|| money(invoice.total, invoice.currency));
            let days = days.map(|(first, last)| language.dates(first, last, first.month()));
            (words.added_one)(&month, total.as_deref(), days.as_deref())
        };
        let added: Vec<String> = new.iter().map(one).collect();
        let kept: Vec<String> = kept.iter().map(|month| language.month_with_year(*month)).collect();
        let kept = (!kept.is_empty()).then(|| language.list(&kept));
        (words.added)(&language.list(&added), kept.as_deref())
    });
    Ok(done.undone_by("drop_invoice", key_of(id, &names.join(","))))
}
