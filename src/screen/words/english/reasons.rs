//! English: why a figure has its mark, what stands in an account's way and what to do about it.

use crate::books::figure::Reason;
use crate::provider::Problem;

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

/// What to do about it.
pub(super) fn what_to_do(problem: &Problem) -> &'static str {
    match problem {
        Problem::KeyRefused => "Make a new key on the provider's page and replace this one.",
        Problem::NotPermitted | Problem::Barred { .. } => "See the provider's console.",
        Problem::HostWithheld => "Press the button and allow it; without that no figure can be read.",
        Problem::RateLimited { .. } => "It is asked again when the provider allows it.",
        Problem::ProviderDown => "Nothing to do here; it is asked again, less and less often.",
        Problem::Offline => "Figures stay as they are; it is asked again with the next refresh.",
        Problem::Unreadable { .. } => "The provider may have changed its answers: please report it.",
        Problem::Unsupported => "The address that told the figures is gone: please report it.",
        Problem::Retired => {
            "Its history stays, and it is not called again. To go on, add it by hand or by file; to try once more, pause and resume it."
        }
    }
}

/// Readings that a clock that ran ahead took.
pub(super) fn set_aside(count: usize) -> String {
    let (readings, were) = match count {
        1 => ("1 reading".to_owned(), "it was"),
        count => (format!("{count} readings"), "they were"),
    };
    format!(
        "{readings} set aside: your computer's clock was ahead when {were} taken. Spend around that time is approximate."
    )
}
