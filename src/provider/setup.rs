//! What connecting an account takes besides a pasted key: steps at the provider's, what the user chooses, and what the
//! key looks like. The page draws it from here and knows no provider.

use crate::provider::Problem;
use crate::text::Text;

/// What connecting takes.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// What to do at the provider's, in order; each with its page.
    pub steps: &'static [(Text, &'static str)],
    /// What the user enters or chooses, besides the key.
    pub fields: &'static [Field],
    /// What the key looks like.
    pub shape: Shape,
    /// How to make a key that expires, and the command that does, where one can.
    pub expiry: Option<(Text, &'static str)>,
}

/// What a key looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One word of plain signs.
    Word,
    /// The JSON file of a Google service account.
    ServiceAccount,
}

/// A setting of an account.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name among the settings; also that of the card's sentence on a value that it does not take.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// A value that it takes, shown while nothing is entered.
    pub example: &'static str,
    /// What there is to choose from, the usual first; nothing where any text can be entered.
    pub choices: &'static [(&'static str, Text)],
    /// Whether it takes a value, as entered.
    pub takes: fn(&str) -> bool,
}

impl Setup {
    /// A key is pasted, and that is all.
    pub const KEY_ONLY: Setup = Setup { steps: &[], fields: &[], shape: Shape::Word, expiry: None };

    /// Looks at an account's settings before anything is asked. What only this provider takes, its card explains.
    pub fn check(&self, settings: &[(String, String)]) -> Result<(), Problem> {
        match self.fields.iter().find(|field| !(field.takes)(setting(settings, field.name))) {
            Some(field) => Err(Problem::barred(field.name)),
            None => Ok(()),
        }
    }
}

/// A setting of that name; empty where there is none.
pub fn setting<'a>(settings: &'a [(String, String)], name: &str) -> &'a str {
    settings.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.trim())
}
