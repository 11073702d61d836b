//! What a page can ask for where no key tells: accounts kept by hand or by files, and figures that are typed.

use crate::books::reading::AccountId;
use crate::command::{Fields, Maybe};
use crate::money::{Amount, Currency};
use crate::time::Timestamp;

/// One thing to do without a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keyless {
    /// Keep an account whose user types its figures.
    ByHand {
        /// What it is called.
        label: String,
        /// In which currency.
        currency: Maybe<Currency>,
        /// What is typed.
        tells: Tells,
        /// The first figure.
        amount: Maybe<Amount>,
    },
    /// Keep an account whose user brings its files.
    ByFile {
        /// The provider's id; empty for none that is known.
        provider: String,
        /// What it is called; may be empty where the provider is known.
        label: String,
    },
    /// Keep a figure of an account kept by hand.
    Figure {
        /// Of which.
        account: AccountId,
        /// The figure.
        amount: Maybe<Amount>,
        /// As of when; empty for now.
        at: Maybe<Timestamp>,
    },
    /// Keep what is left of a balance that only bills tell of.
    Left {
        /// Of which account.
        account: AccountId,
        /// In which book.
        currency: Maybe<Currency>,
        /// How much.
        amount: Maybe<Amount>,
    },
    /// Choose when to be reminded of an account.
    Remind {
        /// Of which.
        account: AccountId,
        /// After how many days; empty for never.
        days: Maybe<u32>,
    },
}

/// What a user types of an account kept by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// What is left.
    Balance,
    /// What the month's bill has come to.
    Bill,
}

impl Fields {
    pub(super) fn keyless(&self) -> Option<Keyless> {
        let amount = || Maybe::parse(self.text("amount"), |text| Amount::parse(text).ok());
        let currency = || Maybe::parse(self.text("currency"), Currency::parse);
        Some(match self.text("do") {
            "by_hand" => Keyless::ByHand {
                label: self.owned("label"),
                currency: currency(),
                tells: match self.text("tells") {
                    "balance" => Tells::Balance,
                    "bill" => Tells::Bill,
                    _ => return None,
                },
                amount: amount(),
            },
            "by_file" => Keyless::ByFile { provider: self.owned("provider"), label: self.owned("label") },
            "figure" => Keyless::Figure { account: self.account(), amount: amount(), at: self.at() },
            "left" => Keyless::Left { account: self.account(), currency: currency(), amount: amount() },
            "remind" => Keyless::Remind {
                account: self.account(),
                days: Maybe::parse(self.text("days"), |text| text.parse().ok()),
            },
            _ => return None,
        })
    }
}
