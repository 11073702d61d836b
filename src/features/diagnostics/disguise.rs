//! The disguise of names and amounts in a diagnostics file.
//!
//! Every amount is multiplied by the same number, so the proportions of falls, rises and daily shares stay the same. Names are
//! numbered in the order in which they occur.

use crate::money::Amount;

/// How a file is disguised.
#[derive(Debug)]
pub(super) struct Disguise {
    /// The factor for amounts, in hundredths. `None` keeps amounts as they are.
    hundredths: Option<u64>,
    names: Vec<String>,
}

impl Disguise {
    /// Disguises names only.
    pub(super) fn of_names() -> Disguise {
        Disguise { hundredths: None, names: Vec::new() }
    }

    /// Disguises names and amounts. A random number chooses the factor, from 0.20 to 4.99.
    pub(super) fn of_names_and_amounts(random: u16) -> Disguise {
        Disguise { hundredths: Some(20 + u64::from(random) % 480), names: Vec::new() }
    }

    /// Whether the file contains the real amounts.
    pub(super) fn keeps_amounts(&self) -> bool {
        self.hundredths.is_none()
    }

    /// An amount as the file shows it, rounded if it has too many digits.
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
