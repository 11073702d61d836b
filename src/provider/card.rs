//! The card of a provider: the content of its connect page and the facts that the driver needs.
//!
//! Knows the format of a key, so that a wrong one is recognized before any request. Does no I/O.

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
    /// The kind of product, which decides its place in the gallery.
    pub kind: Kind,
    /// The origins of the requests, the only ones that the key may be sent to: `https://host`.
    pub origins: &'static [&'static str],
    /// The kind of key.
    pub key: KeyKind,
    /// The setup that connecting needs besides the key.
    pub setup: Setup,
    /// The kind of data that the provider reports, which decides what counts as spend.
    pub billing: Billing,
    /// A text about which costs are counted and which are not.
    pub counts: Text,
    /// The scope of each figure: one key, one team, the account (rule L16).
    pub covers: Text,
    /// The scope in a word, shown with the figures, if keys of this provider have different scopes. Otherwise `None`.
    pub scope: Option<Scope>,
    /// The advice if a good key has no permission: see [`Problem::NotPermitted`].
    pub not_permitted: Text,
    /// Errors of this provider only, each with its name and advice: see [`Problem::Barred`].
    pub known_errors: &'static [(&'static str, Text)],
    /// The delay until spend appears, in words.
    pub lag: Text,
    /// The hours after the end of a day until its bill no longer changes; 0 for a provider without bills.
    pub settles_after_hours: u32,
    /// The shortest sensible time between two refreshes, in minutes.
    pub shortest_minutes: u32,
    /// The default time between two refreshes, in minutes.
    pub usual_minutes: u32,
    /// The pool that the provider uses first.
    pub draw_order: DrawOrder,
    /// The terms on which the provider sells credit.
    pub terms: Terms,
    /// More about the key, as an optional detail.
    pub more: Option<Text>,
    /// The export file of bills, if the provider offers one.
    pub export: Option<Export>,
    /// Whether a user has confirmed that it works.
    pub proof: Proof,
}

/// The kind of product that a provider sells. A provider with several has the kind that it is best known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its own models, priced by the token.
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
    /// All kinds, in the order of the gallery.
    pub const ALL: [Kind; 6] =
        [Kind::Models, Kind::Gateway, Kind::Hosting, Kind::Media, Kind::Compute, Kind::Tools];
}

/// A provider's export file of bills.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The page to download it from.
    pub page: &'static str,
    /// The steps on that page.
    pub how: Text,
    /// Reads one table of the export.
    pub read: TableReader,
}

/// The kind of data that a provider reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// Money left: its falls are the spend.
    Balances,
    /// A total that only grows: its increase is the spend. A balance of the same account is only shown (rule L9).
    Counters,
    /// Bills per day: only they are spend. A balance of the same account is only shown (rule L10).
    Bills,
}

/// The kind of key that a provider accepts.
#[derive(Clone, Copy, Debug)]
pub struct KeyKind {
    /// The page that creates the key.
    pub page: &'static str,
    /// The prefix of the key.
    pub prefix: &'static str,
    /// Prefixes of other kinds of key of this provider that cannot read costs, each with advice.
    pub wrong_kinds: &'static [(&'static str, Text)],
    /// The kind of key to create: the one with the least privilege that works.
    pub least: Text,
    /// The damage that a thief could do with the key.
    pub if_stolen: Text,
}

/// The evidence for the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A user reported that it worked on this day.
    SeenLive(&'static str),
    /// From the provider's documentation only.
    FromDocuments,
}

/// The prefixes of known providers' keys, so that a key in the wrong field is recognized before any request. The longest match
/// decides.
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

/// An error in a pasted key, found without a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKey {
    /// Nothing was pasted.
    Empty,
    /// The key has spaces or characters that no key has.
    Garbled,
    /// The key has the prefix of another kind of key of this provider, which cannot read costs; with advice.
    Kind(Text),
    /// The key has the prefix of another provider's keys.
    Of(&'static str),
    /// The key does not have the prefix of this provider's keys.
    OtherPrefix,
    /// The text is not the key file of a service account.
    NotServiceAccount(KeyFileError),
}

impl Card {
    /// The card's own advice about a problem, if it has one.
    pub fn advice_for(&self, problem: &Problem) -> Option<&Text> {
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
