//! The providers, one file each. A new one is its file, its line here and a folder of fixtures; the tests then name
//! what else is missing.

pub mod anthropic;
pub mod deepseek;
pub mod google;
pub mod openai;
pub mod openrouter;

use crate::provider::Provider;

/// All providers, in the order in which the pages offer them.
pub const ALL: &[Provider] = &[
    deepseek::PROVIDER,
    anthropic::PROVIDER,
    openai::PROVIDER,
    google::PROVIDER,
    openrouter::PROVIDER,
    openrouter::MANAGEMENT,
];

/// The provider of that id.
pub fn find(id: &str) -> Option<&'static Provider> {
    ALL.iter().find(|provider| provider.card.id == id)
}
