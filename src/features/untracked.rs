//! Untracked services: a list that the user keeps, with the expected monthly cost of each.
//!
//! ```text
//!   this month's forecast of the tracked accounts
//!   ----------------------------------------------------------------  =  the share of the bill that has a source
//!   the same + the expected cost of the services on the list
//! ```
//!
//! The list is never added to spend or to a forecast.

mod view;
mod words;

pub(crate) use view::{kind_chip, listed_too, rows, section, share_line};

use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::untracked::UntrackedService;
use crate::features::untracked::words::words;
use crate::host::Host;
use crate::money::Money;
use crate::store::{LoadScope, State};
use crate::ui::Form;

/// The maximum length of a name and of a note, in characters.
const LONGEST_NAME: usize = 40;
const LONGEST_NOTE: usize = 80;

/// A service as it was entered.
struct Entered {
    position: Position,
    service: UntrackedService,
}

/// The position of an entered service in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Replaces this one.
    InPlaceOf(usize),
    /// Before this one: its position before it was removed.
    Before(usize),
    /// At the end, as a new one.
    Last,
}

impl Entered {
    fn parse(form: &Form) -> Result<Entered, Rejected> {
        let trimmed = |field: &str, longest: usize| form.text(field).trim().chars().take(longest).collect();
        let name: String = trimmed("name", LONGEST_NAME);
        if name.is_empty() {
            return Err(Rejected::phrase(|words| words.bad_name).at("name"));
        }
        let currency = form.needed_currency("currency")?;
        let input = form.needed_amount("amount")?;
        if input.is_zero() {
            return Err(Rejected::phrase(|words| words.bad_amount).at("amount"));
        }
        let expected = Money { amount: input.amount_in(currency)?, currency };
        let place = |name: &str| form.text(name).parse().ok();
        let position = match (place("place"), place("before")) {
            (Some(place), _) => Position::InPlaceOf(place),
            (None, Some(place)) => Position::Before(place),
            (None, None) => Position::Last,
        };
        let service = UntrackedService { name, expected, note: trimmed("note", LONGEST_NOTE) };
        Ok(Entered { position, service })
    }
}

/// Stores a service.
pub(crate) async fn keep<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Entered { position, service } = Entered::parse(form)?;
    let change = move |state: &mut State, _| {
        let saved = Done::saved_money(state, Some(service.expected));
        let services = &mut state.settings.untracked;
        let is_same = |(place, known): (usize, &UntrackedService)| {
            position != Position::InPlaceOf(place) && known.name.eq_ignore_ascii_case(&service.name)
        };
        if services.iter().enumerate().any(is_same) {
            return Err(Rejected::of(words, |words| words.listed_already).at("name"));
        }
        let place = match position {
            Position::InPlaceOf(place) => {
                if let Some(known) = services.get_mut(place) {
                    let before = core::mem::replace(known, service);
                    return Ok(saved.undone_by("untracked", fields_of(&before, ("place", place))));
                }
                services.len()
            }
            Position::Before(place) => place.min(services.len()),
            Position::Last => services.len(),
        };
        let undo = [("place", place.to_string()), ("name", service.name.clone())];
        services.insert(place, service);
        Ok(saved.undone_by("drop_untracked", undo))
    };
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), change).await
}

/// Removes a service from the list by its position and its name: a click may arrive twice.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let place: usize = form.text("place").parse().map_err(|_| Rejected::unexpected())?;
    let name = form.text("name");
    let removed = Done::of(words, |words| words.removed);
    let done = removed.clone();
    let change = move |state: &mut State, _| {
        if state.settings.untracked.get(place).is_none_or(|service| service.name != name) {
            return Ok(removed);
        }
        let service = state.settings.untracked.remove(place);
        Ok(removed.undone_by("untracked", fields_of(&service, ("before", place))))
    };
    commit_once(app, &LoadScope::Lately, &form.submission(), done, change).await
}

/// The fields of a form that restores a service at its position.
fn fields_of(
    service: &UntrackedService,
    (position, place): (&'static str, usize),
) -> [(&'static str, String); 6] {
    let amount = service.expected.amount.to_string();
    [
        (position, place.to_string()),
        ("name", service.name.clone()),
        ("amount", amount.clone()),
        ("amount.read", amount),
        ("currency", service.expected.currency.to_string()),
        ("note", service.note.clone()),
    ]
}
