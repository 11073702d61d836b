//! What a diagnostics file says in place of names and amounts.
//!
//! Every amount is multiplied by one number, so that a fall, a rise and the share of a day stay what they are to each other.
//! Names are numbered in the order in which they occur.

use crate::money::Amount;

/// How a file is disguised.
#[derive(Debug)]
pub(super) struct Disguise {
    /// What amounts are multiplied by, in hundredths. `None` where they stay.
    hundredths: Option<u64>,
    names: Vec<String>,
}

impl Disguise {
    /// Names alone.
    pub(super) fn of_names() -> Disguise {
        Disguise { hundredths: None, names: Vec::new() }
    }

    /// Names and amounts. A random number chooses what amounts are multiplied by: 0.20 to 4.99.
    pub(super) fn of_names_and_amounts(random: u16) -> Disguise {
        Disguise { hundredths: Some(20 + u64::from(random) % 480), names: Vec::new() }
    }

    /// Whether amounts are those that were read.
    pub(super) fn keeps_amounts(&self) -> bool {
        self.hundredths.is_none()
    }

    /// An amount as the file says it. What would have too many digits is rounded to those that fit.
    pub(super) fn amount(&self, amount: Amount) -> Amount {
        let scaled = self.hundredths.and_then(|hundredths| amount.times(hundredths, 100));
        scaled.unwrap_or(amount)
    }

    /// The name that stands for a model, product or project.
    pub(super) fn name(&mut self, name: &str) -> String {
        let place = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        format!("name {}", place + 1)
    }
}
