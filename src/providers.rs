//! The list of providers, one file or folder each.
#![doc = include_str!("providers/README.md")]

pub mod ai302;
pub mod aihubmix;
pub mod anthropic;
pub mod cloudflare;
pub mod deepgram;
pub mod deepinfra;
pub mod deepseek;
pub mod digitalocean;
pub mod elevenlabs;
pub mod fal;
pub mod featherless;
pub mod fireworks;
pub mod github;
pub mod google;
mod mimo;
pub mod minimax;
pub mod moonshot;
pub mod nanogpt;
pub mod novita;
pub mod ollama;
pub mod openai;
pub mod openrouter;
pub mod poe;
pub mod railway;
pub mod runpod;
pub mod stepfun;
pub mod together;
pub mod vast;
pub mod venice;
pub mod vercel;
pub mod xai;
pub mod zhipu;

use crate::files::{self, Imported, Refused, TableReader};
use crate::provider::Provider;
use crate::time::Timestamp;

/// All providers, in the order in which the pages offer them.
pub const ALL: &[Provider] = &[
    deepseek::PROVIDER,
    anthropic::PROVIDER,
    openai::PROVIDER,
    google::PROVIDER,
    openrouter::PROVIDER,
    moonshot::PROVIDER,
    moonshot::MAINLAND,
    xai::PROVIDER,
    zhipu::PROVIDER,
    zhipu::ZAI,
    runpod::PROVIDER,
    minimax::PROVIDER,
    minimax::MAINLAND,
    ollama::PROVIDER,
    github::PROVIDER,
    vercel::PROVIDER,
    novita::PROVIDER,
    novita::PPIO,
    stepfun::PROVIDER,
    stepfun::MAINLAND,
    deepinfra::PROVIDER,
    elevenlabs::PROVIDER,
    nanogpt::PROVIDER,
    together::PROVIDER,
    fal::PROVIDER,
    fireworks::PROVIDER,
    deepgram::PROVIDER,
    cloudflare::PROVIDER,
    cloudflare::AI_GATEWAY,
    venice::PROVIDER,
    aihubmix::PROVIDER,
    aihubmix::ACCOUNT,
    ai302::PROVIDER,
    featherless::PROVIDER,
    poe::PROVIDER,
    vast::PROVIDER,
    digitalocean::PROVIDER,
    railway::PROVIDER,
];

/// The provider with this id, including those for keys of other scopes.
pub fn find(id: &str) -> Option<&'static Provider> {
    let all = ALL.iter().flat_map(|provider| core::iter::once(provider).chain(provider.others));
    all.into_iter().find(|provider| provider.card.id == id)
}

/// Reads a provider's export, or a FOCUS file of any provider: archives and single tables, each file with its name. The provider
/// is recognized by the content.
///
/// `now` decides which rows are for a time that is not over yet. Fails at the first flaw, for all files. Files of unknown kinds
/// are skipped if at least one file has costs.
pub fn read_export(files: &[(&str, &[u8])], now: Timestamp) -> Result<Imported, Refused> {
    let of_cards = ALL.iter().map(|provider| &provider.card);
    let readers = of_cards.filter_map(|card| Some((Some(card.id), card.export?.read)));
    let others: [TableReader; 2] = [mimo::read, files::read_focus];
    let readers: Vec<_> = readers.chain(others.map(|read| (None, read))).collect();
    files::read_export(&readers, files, now)
}
