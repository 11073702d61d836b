//! Invoices from a file: what an export or a FOCUS file charges for each month that is over.
//!
//! ```text
//!   usage + adjustments + tax + credits (negative in a file)  =  the total of a month
//! ```
//!
//! Purchases are left out: a top-up is paid in and not used. A month that has an invoice keeps it.

use crate::app::tx::{Change, commit_once};
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::invoice::Invoice;
use crate::books::reading::AccountId;
use crate::features::invoices::words::words;
use crate::features::invoices::{LONGEST_NOTE, Which, counted, key_of};
use crate::files::{self, Imported, RefusalReason, Skip, shorten};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::providers;
use crate::store::{LoadScope, State};
use crate::time::{Day, Month, Timestamp, in_order};
use crate::ui::chosen_files::{opened, refused};
use crate::ui::format::money;
use crate::ui::{File, Form};

/// An invoice of a file, with the first and last day that it charges for.
struct Found {
    invoice: Invoice,
    days: Option<(Day, Day)>,
}

/// Reads files and keeps an invoice for each month that is over and has none yet.
pub(crate) async fn import<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let chosen = form.files("file");
    let imported = read(&chosen, app.host.now()).map_err(|why| why.at("file"))?;
    let note = chosen.first().map_or(String::new(), |file| shorten(&file.name, LONGEST_NOTE));
    let (found, id) = (found(&imported, &note), form.account());
    let change: Change<'_> = Box::new(move |state, now| add_all(state, &id, found, now));
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), change).await
}

fn read(chosen: &[File], now: Timestamp) -> Result<Imported, Rejected> {
    let whole = opened(chosen)?;
    let tables = files::tables(&whole).map_err(refused)?;
    let tables: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    providers::read_export(&tables, now).map_err(|why| match why.why {
        RefusalReason::Unknown => Rejected::of(words, |words| words.not_an_export),
        _ => refused(why),
    })
}

/// The invoices of a file, by month and currency.
fn found(imported: &Imported, note: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut of = |month: Month, currency: Currency, change: &dyn Fn(&mut Found)| {
        if let Some(known) = all.iter_mut().find(|known| known.invoice.is_of(month, currency)) {
            return change(known);
        }
        let [total, credits, tax] = [Amount::ZERO; 3];
        let invoice = Invoice { month, currency, total, credits, tax, note: note.to_owned(), counted: None };
        let mut new = Found { invoice, days: None };
        change(&mut new);
        all.push(new);
    };
    for bill in &imported.bills {
        of(bill.day.month(), bill.currency, &|Found { invoice, days }| {
            invoice.total = invoice.total + bill.amount();
            // Between its first and last day, a file has a bill for each day, of zero where nothing was charged.
            if !bill.amount().is_zero() {
                let (first, last) = days.unwrap_or((bill.day, bill.day));
                *days = Some((first.min(bill.day), last.max(bill.day)));
            }
        });
    }
    for skipped in &imported.skipped_sums {
        let Money { amount, currency } = skipped.sum;
        let is_charged = matches!(skipped.why, Skip::Credit | Skip::Tax | Skip::Adjustment);
        if is_charged {
            of(skipped.month, currency, &|Found { invoice, .. }| {
                invoice.total = invoice.total + amount;
                match skipped.why {
                    Skip::Credit if amount.is_negative() => invoice.credits = invoice.credits - amount,
                    Skip::Tax if !amount.is_negative() => invoice.tax = invoice.tax + amount,
                    _ => {}
                }
            });
        }
    }
    in_order(all, |one, other| one.invoice.month.cmp(&other.invoice.month))
}

fn add_all(state: &mut State, id: &AccountId, found: Vec<Found>, now: Timestamp) -> Outcome {
    let account = state.account(id).ok_or(Rejected::NoAccount)?;
    let has_book = |of: Currency| account.since.iter().any(|(currency, _)| *currency == of);
    let is_kept = |invoice: &Invoice| account.invoices.iter().any(|known| Which::of(known).is(invoice));
    let is_whole =
        |Invoice { total, .. }: &Invoice, charges: Amount| !total.is_negative() && !charges.is_negative();
    let is_over = |found: &Found| {
        let invoice = &found.invoice;
        invoice.month < now.month() && has_book(invoice.currency) && is_whole(invoice, invoice.charges())
    };
    let (of_past, _): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_over);
    if of_past.is_empty() {
        return Err(Rejected::of(words, |words| words.no_invoice_in_file).at("file"));
    }
    let (kept, new): (Vec<Found>, Vec<Found>) =
        of_past.into_iter().partition(|found| is_kept(&found.invoice));
    let kept: Vec<Month> = kept.iter().map(|found| found.invoice.month).collect();
    if let ([month, ..], []) = (kept.as_slice(), new.as_slice()) {
        let month = *month;
        return Err(Rejected::says(move |language| {
            (words(language).known_already)(&language.month_with_year(month))
        })
        .at("file"));
    }
    let mut added = Vec::new();
    for Found { mut invoice, days } in new {
        let which = Which::of(&invoice);
        invoice.counted = counted(state, id, which, now);
        added.push((which, Money { amount: invoice.total, currency: invoice.currency }, days));
        let account = state.account_mut(id).ok_or(Rejected::NoAccount)?;
        account.invoices.push(invoice);
        account.invoices = in_order(account.invoices.drain(..), |one, other| one.month.cmp(&other.month));
    }
    let names: Vec<String> = added.iter().map(|(which, ..)| which.to_text()).collect();
    let is_hidden = state.settings.is_hidden;
    let done = Done::says(move |language| {
        let words = words(language);
        let one = |(which, sum, days): &(Which, Money, Option<(Day, Day)>)| {
            let month = language.month_with_year(which.month);
            let sum = money(sum.amount, sum.currency);
            let days = days.map(|(first, last)| language.dates(first, last, first.month()));
            (words.added_one)(&month, Some(sum.as_str()).filter(|_| !is_hidden), days.as_deref())
        };
        let of_months: Vec<String> = added.iter().map(one).collect();
        let kept: Vec<String> = kept.iter().map(|month| language.month_with_year(*month)).collect();
        (words.added)(
            &language.list(&of_months),
            Some(language.list(&kept)).filter(|_| !kept.is_empty()).as_deref(),
        )
    });
    Ok(done.undone_by("drop_invoice", key_of(id, &names.join(","))))
}
