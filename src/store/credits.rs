//! The prepaid credit of an account that its user entered.

use crate::books::credit::Credit;
use crate::money::Currency;
use crate::store::Account;
use crate::time::Day;

impl Account {
    /// The day on which a book's granted credit expires, where its user entered one.
    pub fn granted_expires(&self, currency: Currency) -> Option<Day> {
        let is_it = |credit: &&Credit| credit.currency == currency && credit.purchase.is_none();
        self.expires.iter().find(is_it)?.expires
    }

    /// Adds the credit that is not known here. A known one keeps its end date.
    pub(super) fn add_credits(&mut self, credits: &[Credit]) {
        for credit in credits {
            if !self.expires.iter().any(|known| known.is_same(credit)) {
                self.expires.push(credit.clone());
            }
        }
    }
}
