//! Fixed subscriptions: a fixed charge, counted on the day on which it is charged.

mod view;
mod words;

pub(crate) use view::section;

use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::plan::{Every, Plan};
use crate::features::subscriptions::words::words;
use crate::host::Host;
use crate::money::Money;
use crate::store::LoadScope;
use crate::ui::Form;

/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 40;

/// A subscription as it was entered.
struct Entered {
    position: Position,
    plan: Plan,
}

/// The position of an entered subscription in the list.
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
        let bad_day = |field: &str| Rejected::phrase(|words| words.bad_day).at(field);
        let name = form.text("name").trim();
        if name.is_empty() {
            return Err(Rejected::phrase(|words| words.bad_name).at("name"));
        }
        let currency = form.needed_currency("currency")?;
        let plan = Plan {
            name: name.chars().take(LONGEST_NAME).collect(),
            amount: form.needed_amount("amount")?.amount_in(currency)?,
            currency,
            every: if form.text("every") == "year" { Every::Year } else { Every::Month },
            day: form.number("day", 1..=31, || bad_day("day"))?.ok_or_else(|| bad_day("day"))?,
            since: form.day("since")?.ok_or_else(|| bad_day("since"))?,
            until: form.day("until")?,
        };
        let place = |name: &str| form.text(name).parse().ok();
        let position = match (place("place"), place("before")) {
            (Some(place), _) => Position::InPlaceOf(place),
            (None, Some(place)) => Position::Before(place),
            (None, None) => Position::Last,
        };
        Ok(Entered { position, plan })
    }
}

/// Stores a subscription.
pub(crate) async fn keep<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Entered { position, plan } = Entered::parse(form)?;
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), |state, _| {
        let money = Money { amount: plan.amount, currency: plan.currency };
        let saved = Done::saved_money(state, Some(money));
        let plans = &mut state.settings.plans;
        let place = match position {
            Position::InPlaceOf(place) => {
                if let Some(known) = plans.get_mut(place) {
                    let before = core::mem::replace(known, plan);
                    return Ok(saved.undone_by("plan", fields_of(&before, ("place", place))));
                }
                plans.len()
            }
            Position::Before(place) => place.min(plans.len()),
            Position::Last => plans.len(),
        };
        let undo = [("place", place.to_string()), ("name", plan.name.clone())];
        plans.insert(place, plan);
        Ok(saved.undone_by("drop_plan", undo))
    })
    .await
}

/// Removes a subscription by its position and its name: a click may arrive twice.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let place: usize = form.text("place").parse().map_err(|_| Rejected::unexpected())?;
    let name = form.text("name");
    let removed = Done::of(words, |words| words.removed);
    commit_once(app, &LoadScope::Lately, &form.submission(), removed.clone(), |state, _| {
        if state.settings.plans.get(place).is_none_or(|plan| plan.name != name) {
            return Ok(removed);
        }
        let plan = state.settings.plans.remove(place);
        Ok(removed.undone_by("plan", fields_of(&plan, ("before", place))))
    })
    .await
}

/// The fields of a form that restores a subscription at its position.
fn fields_of(plan: &Plan, (position, place): (&'static str, usize)) -> [(&'static str, String); 9] {
    let amount = plan.amount.to_string();
    let every = if plan.every == Every::Year { "year" } else { "month" };
    [
        (position, place.to_string()),
        ("name", plan.name.clone()),
        ("amount", amount.clone()),
        ("amount.read", amount),
        ("currency", plan.currency.to_string()),
        ("every", every.to_owned()),
        ("day", plan.day.to_string()),
        ("since", plan.since.to_string()),
        ("until", plan.until.map(|until| until.to_string()).unwrap_or_default()),
    ]
}
