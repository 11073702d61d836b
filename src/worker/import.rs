//! Booking what a provider's own export tells.

use crate::bill::Bill;
use crate::command::File;
use crate::host::Host;
use crate::import;
use crate::money::Money;
use crate::reading::AccountId;
use crate::screen::{Imported, Said};
use crate::state::{Reach, Refusal};
use crate::worker::Trouble;
use crate::worker::commit::commit_within;

/// Reads files and books the days that they cover, in place of all that was known of those days (rule L11). A file that
/// is not what it says changes nothing.
pub async fn import<H: Host>(host: &H, id: &AccountId, files: Vec<File>) -> Result<Said, Trouble> {
    let mut whole = Vec::new();
    for File { name, bytes } in &files {
        let Some(bytes) = bytes else { return Ok(Said::NoFile) };
        whole.push((name.as_str(), bytes.as_slice()));
    }
    if whole.is_empty() {
        return Ok(Said::NoFile);
    }
    let (bills, prices) = match import::read_all(&whole) {
        Ok(imported) => (imported.bills, imported.prices),
        Err(refused) => return Ok(Said::FileRefused(refused)),
    };
    let told = told(&bills);
    commit_within(host, &Reach::of_bills(id, bills.iter()), |state, now| {
        let is_kept = state.bill(id, bills, now);
        if let Some(account) = state.account_mut(id).filter(|_| is_kept) {
            account.learn_prices(prices);
        }
        if is_kept { Said::Imported(told) } else { Said::NotKept(Refusal::NoSuchAccount) }
    })
    .await
}

/// What the bills of each book come to. They come by currency and day.
fn told(bills: &[Bill]) -> Vec<Imported> {
    let mut told: Vec<Imported> = Vec::new();
    for bill in bills {
        match told.last_mut().filter(|told| told.sum.currency == bill.currency) {
            Some(told) => (told.sum.amount, told.to) = (told.sum.amount + bill.amount(), bill.day),
            None => {
                let sum = Money { amount: bill.amount(), currency: bill.currency };
                told.push(Imported { sum, from: bill.day, to: bill.day });
            }
        }
    }
    told
}
