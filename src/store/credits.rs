//! The prepaid credit that the user entered for an account.

use crate::books::credit::Credit;
use crate::money::Currency;
use crate::store::Account;
use crate::time::Day;

impl Account {
    /// The day on which a book's granted credit expires, if the user entered one.
    pub fn granted_expires(&self, currency: Currency) -> Option<Day> {
        let is_it = |credit: &&Credit| credit.currency == currency && credit.purchase.is_none();
        self.expires.iter().find(is_it)?.expires
    }

    /// Adds credit that is unknown here. Known credit keeps its end date.
    pub(super) fn add_credits(&mut self, credits: &[Credit]) {
        for credit in credits {
            if !self.expires.iter().any(|known| known.is_same(credit)) {
                self.expires.push(credit.clone());
            }
        }
    }
}
