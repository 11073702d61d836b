//! The card of a provider: what the connect page shows and what the driver needs to know.
//!
//! Knows what a pasted key looks like, so that a wrong one is recognized before any request. Does no I/O.

use core::fmt;

use crate::books::reading::DrawOrder;
use crate::files::TableReader;
use crate::provider::service_account::{KeyFileError, ServiceAccount};
use crate::provider::{Problem, Scope, Setup, Shape, Terms};
use crate::text::Text;
use crate::vault::Secret;

/// The facts of a provider, for the connect page and for the driver.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// The short name in storage and in file names: lowercase letters.
    pub id: &'static str,
    /// The name on the pages.
    pub name: &'static str,
    /// What it sells: where it stands in the gallery.
    pub kind: Kind,
    /// The origins of its requests, the only ones that its key may be sent to: `https://host`.
    pub origins: &'static [&'static str],
    /// Its kind of key.
    pub key: KeyKind,
    /// What connecting needs besides the key.
    pub setup: Setup,
    /// What it reports, which decides what counts as spend.
    pub billing: Billing,
    /// What is counted and what is not.
    pub counts: Text,
    /// The scope of each figure: one key, one team, the account (rule L16).
    pub covers: Text,
    /// The same in a word, shown with the figures, where the keys of this provider differ in it. Otherwise `None`.
    pub scope: Option<Scope>,
    /// What to do if a good key may not read: see [`Problem::NotPermitted`].
    pub not_permitted: Text,
    /// Errors of this provider alone, by name, each with what to do: see [`Problem::Barred`].
    pub known_errors: &'static [(&'static str, Text)],
    /// How long it takes until spend shows, in words.
    pub lag: Text,
    /// Hours after the end of a day until its bill no longer changes; 0 for a provider without bills.
    pub settles_after_hours: u32,
    /// The shortest sensible time between two refreshes, in minutes.
    pub shortest_minutes: u32,
    /// The default time between two refreshes, in minutes.
    pub usual_minutes: u32,
    /// Which pool the provider spends first.
    pub draw_order: DrawOrder,
    /// On which terms it sells credit.
    pub terms: Terms,
    /// More about the key, for those who want to know.
    pub more: Option<Text>,
    /// Its export file of bills, if it offers one.
    pub export: Option<Export>,
    /// Whether a user has seen it work.
    pub proof: Proof,
}

/// What a provider sells. One that sells several is of the kind that most people know it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Models of its own, by the token.
    Models,
    /// Models of others on its own machines.
    Hosting,
    /// Models of others at their makers or hosts, with one key for all.
    Gateway,
    /// Voice, images and video.
    Media,
    /// Machines, storage and whole clouds.
    Compute,
    /// Tools that developers work with.
    Tools,
}

impl Kind {
    /// All of them, in the order of the gallery.
    pub const ALL: [Kind; 6] =
        [Kind::Models, Kind::Gateway, Kind::Hosting, Kind::Media, Kind::Compute, Kind::Tools];
}

/// A provider's export file of bills.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The page to download it from.
    pub page: &'static str,
    /// What to do on that page.
    pub how: Text,
    /// Reads one table of it.
    pub read: TableReader,
}

/// What a provider reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// Money left: its falls are the spend.
    Balances,
    /// A total that only grows: its increase is the spend. A balance of the same account is only shown (rule L9).
    Counters,
    /// Bills per day: nothing else is spend. A balance of the same account is only shown (rule L10).
    Bills,
}

/// The kind of key that a provider accepts.
#[derive(Clone, Copy, Debug)]
pub struct KeyKind {
    /// The page that creates it.
    pub page: &'static str,
    /// How it starts.
    pub prefix: &'static str,
    /// Other kinds of key of this provider that cannot read costs, by how they start, each with what to do instead.
    pub wrong_kinds: &'static [(&'static str, Text)],
    /// What to create: the kind of key with the least privilege that works.
    pub least: Text,
    /// What a thief could do with it.
    pub if_stolen: Text,
}

/// What the card is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A user reported that it worked on this day.
    SeenLive(&'static str),
    /// From the provider's documents only.
    FromDocuments,
}

/// How keys of known providers start, so that a key in the wrong field is recognized before any request. The longest
/// match decides.
const KNOWN_PREFIXES: [(&str, &str); 15] = [
    ("sk-ant-", "Anthropic"),
    ("sk-or-", "OpenRouter"),
    ("sk-proj-", "OpenAI"),
    ("sk-admin-", "OpenAI"),
    ("sk-svcacct-", "OpenAI"),
    ("AIza", "Google"),
    ("gsk_", "Groq"),
    ("fw_", "Fireworks"),
    ("xai-", "xAI"),
    ("rpa_", "RunPod"),
    ("sk-api-", "MiniMax"),
    ("vck_", "Vercel"),
    ("github_pat_", "GitHub"),
    ("ghp_", "GitHub"),
    ("dop_v1_", "DigitalOcean"),
];

/// What is wrong with a pasted key, found without a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKey {
    /// Nothing was pasted.
    Empty,
    /// It has spaces or characters that no key has.
    Garbled,
    /// It starts like another kind of key of this provider, which cannot read costs. What to do instead.
    Kind(Text),
    /// It starts like a key of another provider.
    Of(&'static str),
    /// It does not start like a key of this provider.
    OtherPrefix,
    /// It is not the key file of a service account.
    NotServiceAccount(KeyFileError),
}

impl Card {
    /// The card's own text about a problem, if it has one.
    pub fn says(&self, problem: &Problem) -> Option<&Text> {
        match problem {
            Problem::NotPermitted => Some(&self.not_permitted),
            Problem::Barred { by } => {
                self.known_errors.iter().find(|(name, _)| name == by).map(|(_, text)| text)
            }
            _ => None,
        }
    }

    /// Checks a pasted key without sending it.
    pub fn check_key(&self, key: &str) -> Result<(), WrongKey> {
        if self.setup.shape == Shape::ServiceAccount && !key.is_empty() {
            return ServiceAccount::parse(&Secret::new(key)).map(|_| ()).map_err(WrongKey::NotServiceAccount);
        }
        let is_ours = key.starts_with(self.key.prefix);
        let other = KNOWN_PREFIXES
            .iter()
            .filter(|(prefix, name)| key.starts_with(prefix) && !self.name.starts_with(name))
            .max_by_key(|(prefix, _)| prefix.len());
        let mut wrong_kinds = self.key.wrong_kinds.iter();
        let wrong_kind = wrong_kinds.find(|(prefix, _)| key.starts_with(prefix)).map(|(_, instead)| *instead);
        match other {
            _ if key.is_empty() => Err(WrongKey::Empty),
            _ if !key.bytes().all(|byte| byte.is_ascii_graphic()) => Err(WrongKey::Garbled),
            _ if wrong_kind.is_some() => wrong_kind.map_or(Ok(()), |instead| Err(WrongKey::Kind(instead))),
            Some((prefix, name)) if !is_ours || prefix.len() > self.key.prefix.len() => {
                Err(WrongKey::Of(name))
            }
            _ if !is_ours => Err(WrongKey::OtherPrefix),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for WrongKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongKey::Empty => to.write_str("the key is empty"),
            WrongKey::Garbled => to.write_str("the key has characters that no key has"),
            WrongKey::Kind(_) => to.write_str("the key is of another kind of this provider"),
            WrongKey::Of(name) => write!(to, "the key starts like a key of {name}"),
            WrongKey::OtherPrefix => to.write_str("the key does not start like a key of this provider"),
            WrongKey::NotServiceAccount(why) => why.fmt(to),
        }
    }
}

impl core::error::Error for WrongKey {}
