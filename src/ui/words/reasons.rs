//! English: why a figure has its mark, and what stands in an account's way.

use crate::books::figure::Reason;
use crate::provider::{Card, Problem};
use crate::text::Language;

/// Why a figure has its mark.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Derived => "From the falls of a balance.",
        Reason::Declared => "Derived with what you stated.",
        Reason::EmptiedPool => "A balance that fell to nothing counts as spent until you say otherwise.",
        Reason::Reset => "A counter began anew, so what it counted just before is missing.",
        Reason::NotBilled => "Nothing is billed for this month yet.",
        Reason::Open => "Money came in that may hide spend; say how much it was.",
        Reason::Spread => "What was spent across an edge of the month or day is shared evenly over its time.",
        Reason::Converted => "From more than one currency.",
        Reason::NotConverted => "A currency without a rate is left beside it.",
        Reason::Lost => "Some stored readings were damaged.",
        Reason::Stale => "An account was not read lately, so newer spend is missing.",
        Reason::Unread => "No two readings enclose any of this time yet.",
        Reason::Missing => "Of an account nothing is known yet.",
        Reason::Early => "Less than a day was observed, so it can only be low.",
        Reason::Gathering => "The pace of an account is not known before its second reading.",
        Reason::ManualFigure => "As you typed it, less what was billed since.",
        Reason::Gap => "Some days are in no file and no typed figure, so their spend is missing.",
        Reason::Unpriced => {
            "The provider names something it billed without an amount, so its cost is missing."
        }
        Reason::Assumed => "The pace assumes a usual top-up behind a rise of the balance.",
    }
}

/// What stands in the way, in a few words.
pub(super) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::KeyRefused => "key refused: replace it",
        Problem::NotPermitted => "the key has no right to read this",
        Problem::Barred { .. } => "the provider bars this",
        Problem::HostWithheld => "the browser withholds access: grant it",
        Problem::RateLimited { .. } => "asked too often: waiting",
        Problem::ProviderDown => "the provider has a fault",
        Problem::Offline => "no connection",
        Problem::Unreadable { .. } => "the answer could not be read",
        Problem::Unsupported => "the provider does not offer this",
        Problem::Retired => "the provider ended this API",
    }
    .to_owned()
}

/// Why a key that was tried brought no figures.
pub(super) fn tried_key(problem: &Problem, card: &Card) -> String {
    match problem {
        Problem::KeyRefused => {
            format!("{} refused the key. Copy it again, whole, or make a new one.", card.name)
        }
        Problem::NotPermitted | Problem::Barred { .. } => {
            card.says(problem).unwrap_or(&card.not_permitted).pick(Language::English).to_owned()
        }
        Problem::HostWithheld => {
            format!("The browser may not reach {}; allow it and try again. Nothing was sent.", card.name)
        }
        Problem::RateLimited { .. } => {
            format!("{} was asked too often. Try again in a while.", card.name)
        }
        Problem::ProviderDown => {
            format!("{} has a fault or did not answer in time. Try again in a while.", card.name)
        }
        Problem::Offline => {
            format!("{} could not be reached. See the network and try again.", card.name)
        }
        Problem::Unreadable { what } => {
            format!("{} answered, but {what} could not be found in it. Please report it.", card.name)
        }
        Problem::Unsupported => format!("{} no longer offers this. Please report it.", card.name),
        Problem::Retired => {
            format!("{} ended this API. Add the account by hand or by file instead.", card.name)
        }
    }
}
