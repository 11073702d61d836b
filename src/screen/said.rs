//! What comes of a command, to be said in the section that it came from.

use crate::books::figure::Figure;
use crate::books::ledger::Contradiction;
use crate::books::tokens::Estimate;
use crate::files::{Refused, RowCounts};
use crate::money::{Amount, Currency, Money};
use crate::provider::{Billing, Card, Problem, WrongKey};
use crate::store::{CorrectionError, Unusable};
use crate::time::Day;

/// One sentence for one section.
#[derive(Clone, Debug)]
pub struct Note {
    /// The section's id.
    pub section: String,
    /// What to say in it.
    pub said: Said,
}

/// What there is to say.
#[derive(Clone, Debug)]
pub enum Said {
    /// An account is connected.
    Connected {
        /// What is left in it.
        left: Vec<Money>,
        /// What it cost this month, where that is told.
        spent: Vec<Money>,
    },
    /// The password seals the keys now.
    Sealed,
    /// Another password seals them now.
    PasswordChanged,
    /// The account has its new key.
    KeyReplaced,
    /// An account is kept by hand.
    KeptByHand,
    /// An account is kept by its files.
    KeptByFile,
    /// A figure that was typed is kept.
    ManualFigure,
    /// The settings are kept.
    Saved,
    /// The pasted key cannot be one of this provider; nothing was sent.
    WrongKey(WrongKey, &'static Card),
    /// The key is that of an account which is connected, of this name.
    Already(String),
    /// The provider did not tell.
    Problem(Problem, &'static Card),
    /// The password opens nothing.
    WrongPassword,
    /// The vault is not what was stored.
    VaultDamaged,
    /// The vault was made by a newer version, or with parameters that this one does not take.
    VaultUnsupported,
    /// Fewer characters than the shortest password.
    PasswordTooShort,
    /// The two fields differ.
    PasswordsDiffer,
    /// It needs the keys, and they are locked.
    UnlockFirst,
    /// The account is no longer there.
    NoSuchAccount,
    /// What the user stated is kept, and this is the window's spend with it.
    Declared,
    /// A statement is taken back.
    Undone,
    /// The day is noted, or forgotten.
    ExpiryNoted,
    /// What the user stated cannot be: the spend would be below zero.
    Contradiction(Contradiction, Currency),
    /// What the user stated cannot be kept.
    NotKept(CorrectionError),
    /// A file was booked: how many days of it, of which book, and their sum. With what the account's key tells, where it
    /// has one, and what became of the rows.
    Imported(Vec<ImportSummary>, Option<Billing>, RowCounts),
    /// Nothing was chosen, or it did not arrive whole.
    NoFile,
    /// A file is not what it says.
    FileRefused(Refused),
    /// The session forgot the file whose columns were pointed at.
    FileGone,
    /// What a text and its answer would cost.
    Estimated(Estimate),
    /// There is nothing to price: no text, and no answer.
    NothingToPrice,
    /// The text is too long to be counted.
    TextTooLong,
    /// The prices are neither known nor entered.
    NoPrices,
    /// How long a balance would last with more in it.
    Lasts(Lasts),
    /// Where this month lands and what the next costs, in the currency of the totals, if use grows by so many percent.
    Grown(i32, [Figure; 2], Currency),
    /// There is no pace yet that could grow.
    NoPace,
    /// A field of the settings cannot be read.
    BadField(Field),
    /// The browser may not ask for the rates.
    RatesWithheld,
    /// The rates were not told; the last ones stay.
    NoRates,
    /// The browser could not keep it.
    NotSaved,
    /// It would not have been read back as it is, so nothing was written.
    NotReadable,
    /// What rests cannot be used.
    Unusable(Unusable),
    /// The key that was tried is not there any more.
    KeyNotTaken,
    /// The page sent something that is no command.
    NotUnderstood,
}

/// How long a balance would last with more in it.
#[derive(Clone, Debug)]
pub struct Lasts {
    /// How much more.
    pub more: Money,
    /// What would be in it then.
    pub left: Amount,
    /// What is spent in a day.
    pub pace: Figure,
    /// Until when; `None` where nothing was spent lately, or less than a day was observed.
    pub until: Option<Day>,
    /// Until when it lasts as it is.
    pub before: Option<Day>,
}

/// What a file told of one book.
#[derive(Clone, Debug)]
pub struct ImportSummary {
    /// How much, of which currency.
    pub sum: Money,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// A field that takes only some texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Minutes between two refreshes.
    Period,
    /// The currency of the totals.
    Currency,
    /// Minutes without a touch.
    LockAfter,
    /// An amount.
    Amount,
    /// A moment.
    Time,
    /// A day.
    Day,
    /// A name that something must have.
    Name,
    /// What a currency is worth.
    Rate,
    /// A count of days.
    Days,
    /// An hour of the day.
    Hour,
    /// A figure that is typed.
    Figure,
    /// A number of tokens.
    Tokens,
    /// Prices of input and output.
    Prices,
    /// A change in percent.
    Percent,
}

impl Said {
    /// Whether it speaks of an account that is no longer there.
    pub fn is_of_no_account(&self) -> bool {
        matches!(self, Said::NoSuchAccount | Said::NotKept(CorrectionError::NoSuchAccount))
    }

    /// Whether it went well.
    pub fn is_good(&self) -> bool {
        matches!(
            self,
            Said::Connected { .. }
                | Said::Sealed
                | Said::PasswordChanged
                | Said::KeyReplaced
                | Said::KeptByHand
                | Said::KeptByFile
                | Said::ManualFigure
                | Said::Saved
                | Said::Declared
                | Said::Undone
                | Said::ExpiryNoted
                | Said::Imported(..)
                | Said::Estimated(_)
                | Said::Lasts(_)
                | Said::Grown(..)
        )
    }
}
