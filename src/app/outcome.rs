//! The outcome of a command: done or rejected, each with a sentence for the user.
//!
//! Knows neither features nor words: a sentence is a function of the language, made by a feature.
//!
//! ```
//! use drawdown::app::{Done, Outcome, Rejected};
//! use drawdown::text::Language;
//!
//! let kept: Outcome = Ok(Done::says(|_| "Saved."));
//! let refused: Outcome = Err(Rejected::says(|_| "Give it a name."));
//! assert_eq!(kept.unwrap().sentence.unwrap().write(Language::English), "Saved.");
//! assert!(refused.is_err());
//! ```

use core::cell::Cell;
use core::fmt;
use std::rc::Rc;

use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::place::{Place, Spot};
use crate::host::StorageError;
use crate::text::Language;
use crate::vault::Secret;

/// The outcome of a command.
pub type Outcome = Result<Done, Rejected>;

/// One sentence, written when the language of the page is known.
#[derive(Clone)]
pub struct Sentence(Rc<dyn Fn(Language) -> String>);

/// The command was carried out.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The sentence about it. `None` if the page itself shows the change.
    pub sentence: Option<Sentence>,
    /// Values for fields of the page, by name. They are never in the HTML, so that no document contains a suggested password.
    pub fill: Vec<(&'static str, Secret)>,
    /// The place of the dashboard to open next. `None` to stay.
    pub opens: Option<Place>,
    /// The command that undoes it, offered next to the sentence. `None` if none does.
    pub undo: Option<Undo>,
    /// A file, or a part of one, that the page saves.
    pub file: Option<FilePart>,
    /// The section that shows the sentence, if it is not the one that shows rejections.
    pub section: Option<&'static str>,
}

/// A file that a page saves, or a part of one: the page asks for the next part until there is none, and joins them.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FilePart {
    /// The name of the file.
    pub name: String,
    /// The text of this part.
    pub text: String,
    /// The `part` that the page sends, with the same form, to get the next part. `None` for the last one.
    pub next: Option<String>,
}

impl fmt::Debug for FilePart {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} ({} bytes)", self.name, self.text.len())
    }
}

/// A command that undoes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Its name.
    pub command: &'static str,
    /// The fields of its form.
    pub fields: Vec<(&'static str, String)>,
}

/// The command changed nothing.
#[derive(Clone, Debug)]
pub enum Rejected {
    /// For a reason that the user can act on; shown next to the form.
    Because(Sentence),
    /// For a reason at one field of the form, by its name; shown at the field.
    AtField(String, Sentence),
    /// The text of a field can be read in two ways. `sentence` says how it is read; the form confirms that by sending the same
    /// text again, and once more as `FIELD.read`.
    Unclear {
        /// The field's name.
        field: String,
        /// What was entered.
        text: String,
        /// How it is read.
        sentence: Sentence,
    },
    /// The account of the form is gone, and the form with it: shown at the top of the page.
    NoAccount,
    /// The stored values could not be read or written.
    Failed(Failure),
    /// A newer command of the same page replaced it. There is nothing to show.
    Superseded,
}

/// The outcome of a command, and the section of the page that shows it.
#[derive(Clone, Debug)]
pub struct Note {
    /// The section's id.
    pub section: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the page has shown it.
    pub is_shown: Cell<bool>,
}

impl Sentence {
    /// A sentence from a function of the language.
    pub fn new<S: Into<String>>(write: impl Fn(Language) -> S + 'static) -> Sentence {
        Sentence(Rc::new(move |language| write(language).into()))
    }

    /// The sentence in one language.
    pub fn write(&self, language: Language) -> String {
        (self.0)(language)
    }
}

impl fmt::Debug for Sentence {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(Language::default()).fmt(to)
    }
}

impl Done {
    /// Done, without a sentence.
    pub fn silently() -> Done {
        Done::default()
    }

    /// Done, with a sentence.
    pub fn says<S: Into<String>>(write: impl Fn(Language) -> S + 'static) -> Done {
        Done { sentence: Some(Sentence::new(write)), ..Done::default() }
    }

    /// Done, with one phrase of a feature's words.
    pub fn of<W>(words: fn(Language) -> &'static W, phrase: fn(&W) -> &'static str) -> Done {
        Done::says(move |language| phrase(words(language)))
    }

    /// Also opens another place of the dashboard.
    #[must_use]
    pub fn opening(self, spot: Spot) -> Done {
        Done { opens: Some(Place::at(spot)), ..self }
    }

    /// Shows the sentence in this section.
    #[must_use]
    pub fn in_section(self, section: &'static str) -> Done {
        Done { section: Some(section), ..self }
    }

    /// Offers this command with these fields to undo it.
    #[must_use]
    pub fn undone_by(
        self,
        command: &'static str,
        fields: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Done {
        Done { undo: Some(Undo { command, fields: fields.into_iter().collect() }), ..self }
    }
}

impl Rejected {
    /// Rejected, with the reason.
    pub fn says<S: Into<String>>(write: impl Fn(Language) -> S + 'static) -> Rejected {
        Rejected::Because(Sentence::new(write))
    }

    /// Rejected, with one phrase of a feature's words.
    pub fn of<W>(words: fn(Language) -> &'static W, phrase: fn(&W) -> &'static str) -> Rejected {
        Rejected::says(move |language| phrase(words(language)))
    }

    /// Moves the reason to one field of the form.
    #[must_use]
    pub fn at(self, field: &str) -> Rejected {
        match self {
            Rejected::Because(sentence) => Rejected::AtField(field.to_owned(), sentence),
            other => other,
        }
    }

    /// The field to correct.
    pub fn field(&self) -> Option<&str> {
        match self {
            Rejected::AtField(field, _) | Rejected::Unclear { field, .. } => Some(field),
            Rejected::Because(_) | Rejected::NoAccount | Rejected::Failed(_) | Rejected::Superseded => None,
        }
    }
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Rejected {
        Rejected::Failed(failure)
    }
}

impl From<StorageError> for Rejected {
    fn from(error: StorageError) -> Rejected {
        Rejected::Failed(error.into())
    }
}
