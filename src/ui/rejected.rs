//! The sentences of a rejected command that several features share.

use core::cell::Cell;

use crate::app::{Done, Failure, Note, Outcome, Rejected};
use crate::money::Money;
use crate::provider::{Card, Problem};
use crate::store::{CorrectionError, State, Unusable};
use crate::text::Language;
use crate::ui::format;
use crate::ui::words::{Words, words};

impl Rejected {
    /// Rejected with a shared phrase.
    pub(crate) fn phrase(phrase: fn(&Words) -> &'static str) -> Rejected {
        Rejected::of(words, phrase)
    }

    /// The reason, in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Rejected::Because(sentence)
            | Rejected::AtField(_, sentence)
            | Rejected::Unclear { sentence, .. } => sentence.write(language),
            Rejected::NoAccount => words(language).no_account.to_owned(),
            Rejected::Failed(failure) => failed(failure, language),
            Rejected::Superseded => String::new(),
        }
    }

    /// The page sent something that no page of this version sends.
    pub(crate) fn unexpected() -> Rejected {
        Rejected::phrase(|words| words.unexpected)
    }

    /// The keys are locked, and the command needs them.
    pub(crate) fn unlock_first() -> Rejected {
        Rejected::phrase(|words| words.unlock_first)
    }

    /// A tried key brought no figures from the provider.
    pub(crate) fn problem(problem: Problem, card: &'static Card) -> Rejected {
        Rejected::says(move |language| (words(language).tried_key)(&problem, card))
    }
}

impl From<CorrectionError> for Rejected {
    fn from(error: CorrectionError) -> Rejected {
        Rejected::phrase(match error {
            CorrectionError::NoSuchAccount => return Rejected::NoAccount,
            CorrectionError::TooOld => |words| words.too_old,
            CorrectionError::BeforeTracking => |words| words.before_tracking,
            CorrectionError::InFuture => |words| words.in_future,
            CorrectionError::NotLater => |words| words.not_later,
            CorrectionError::NoSuchCorrection => |words| words.undone_already,
        })
    }
}

/// The message of an outcome, if it has one.
pub(crate) fn sentence(outcome: &Outcome, language: Language) -> Option<String> {
    match outcome {
        Ok(done) => done.sentence.as_ref().map(|sentence| sentence.write(language)),
        Err(rejected) => Some(rejected.sentence(language)),
    }
}

/// The message about stored values that could not be read or written.
pub(crate) fn failed(failure: &Failure, language: Language) -> String {
    let words = words(language);
    match failure {
        Failure::StorageError => words.not_saved.to_owned(),
        Failure::Unreadable => words.not_readable.to_owned(),
        Failure::Unusable(Unusable::Newer) => words.stored_by_newer.to_owned(),
        Failure::Unusable(Unusable::Damaged(key)) => (words.stored_damaged)(key),
    }
}

impl Note {
    /// A command's outcome, for the section of its form. If the account is gone, its section is gone too.
    pub(crate) fn new(section: String, outcome: Outcome) -> Note {
        let section = match &outcome {
            Err(Rejected::NoAccount) => "note".to_owned(),
            Ok(Done { section: Some(other), .. }) => (*other).to_owned(),
            _ => section,
        };
        Note { section, outcome, is_shown: Cell::new(false) }
    }

    /// The note for the top of the page if no section showed it, because its own section may be empty now.
    pub(crate) fn unshown(&self) -> Option<Note> {
        let has_sentence = !matches!(self.outcome, Ok(Done { sentence: None, .. }));
        let again = || Note { section: "note".to_owned(), ..self.clone() };
        (has_sentence && !self.is_shown.get()).then(again)
    }
}

impl Done {
    /// Done: saved.
    pub(crate) fn saved() -> Done {
        Done::says(|language| words(language).saved)
    }

    /// Done: this amount is saved as it was read. The message has no amount while amounts are hidden.
    pub(crate) fn saved_money(state: &State, money: Option<Money>) -> Done {
        match money.filter(|_| !state.settings.is_hidden) {
            None => Done::saved(),
            Some(Money { amount, currency }) => {
                Done::says(move |language| (words(language).saved_as)(&format::exact(amount, currency)))
            }
        }
    }

    /// Done: a command was undone.
    pub(crate) fn undone() -> Done {
        Done::says(|language| words(language).undone)
    }
}
