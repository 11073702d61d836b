//! The setup of an account besides a pasted key: steps in the provider's console, settings, and the form of the key. The connect
//! page shows it and knows no provider.

use crate::provider::Problem;
use crate::text::Text;

/// The requirements for connecting besides the key.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// The steps in the provider's console, in order, each with its page.
    pub steps: &'static [(Text, &'static str)],
    /// The settings that the user enters or chooses.
    pub fields: &'static [Field],
    /// The form of the key.
    pub shape: Shape,
    /// How to create a key that expires, and the command for it, if the provider offers that.
    pub expiry: Option<(Text, &'static str)>,
}

/// The form of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One word of printable ASCII.
    Word,
    /// The JSON file of a Google service account.
    ServiceAccount,
}

/// A setting of an account.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name of the setting. The card's text about an invalid value has the same name in `known_errors`.
    pub name: &'static str,
    /// The label.
    pub label: Text,
    /// A valid value, shown while the field is empty.
    pub example: &'static str,
    /// The choices, the default first. Empty for a text field.
    pub choices: &'static [(&'static str, Text)],
    /// Whether a value is valid, as entered. A field that accepts an empty text may be left empty.
    pub accepts: fn(&str) -> bool,
}

impl Setup {
    /// A setup with only a pasted key.
    pub const KEY_ONLY: Setup = Setup { steps: &[], fields: &[], shape: Shape::Word, expiry: None };

    /// Checks an account's settings before any request. Fails with the [`Problem::Barred`] of the first invalid field.
    pub fn check(&self, settings: &[(String, String)]) -> Result<(), Problem> {
        match self.fields.iter().find(|field| !(field.accepts)(setting(settings, field.name))) {
            Some(field) => Err(Problem::barred(field.name)),
            None => Ok(()),
        }
    }
}

/// The setting with this name; empty if there is none.
pub fn setting<'a>(settings: &'a [(String, String)], name: &str) -> &'a str {
    settings.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}
