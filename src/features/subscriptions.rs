//! Fixed subscriptions: what is paid anyway, on the day on which it is charged.

mod view;
mod words;

pub(crate) use view::section;

use crate::app::tx::commit_once;
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::plan::{Every, Plan};
use crate::host::Host;
use crate::store::LoadScope;
use crate::ui::Form;

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// A subscription as it was entered.
struct Entered {
    /// In place of this one; `None` for a new one.
    place: Option<usize>,
    plan: Plan,
}

impl Entered {
    fn parse(form: &Form) -> Result<Entered, Rejected> {
        let bad_day = || Rejected::phrase(|words| words.bad_day);
        let name = form.text("name").trim();
        if name.is_empty() {
            return Err(Rejected::phrase(|words| words.bad_name).at("name"));
        }
        let plan = Plan {
            name: name.chars().take(LONGEST_NAME).collect(),
            amount: form.needed_amount("amount")?,
            currency: form.needed_currency("currency")?,
            every: if form.text("every") == "year" { Every::Year } else { Every::Month },
            day: form.number("day", 1..=31, bad_day)?.ok_or_else(bad_day)?,
            since: form.day("since")?.ok_or_else(bad_day)?,
            until: form.day("until")?,
        };
        Ok(Entered { place: form.text("place").parse().ok(), plan })
    }
}

/// Keeps a subscription.
pub(crate) async fn keep<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Entered { place, plan } = Entered::parse(form)?;
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), |state, _| {
        match place.and_then(|place| state.settings.plans.get_mut(place)) {
            Some(known) => *known = plan,
            None => state.settings.plans.push(plan),
        }
        Ok(Done::saved())
    })
    .await
}

/// Forgets a subscription, by its place and its name: a click may come twice.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let place: usize = form.text("place").parse().map_err(|_| Rejected::unexpected())?;
    let name = form.text("name");
    commit_once(app, &LoadScope::Lately, &form.submission(), Done::saved(), |state, _| {
        if state.settings.plans.get(place).is_some_and(|plan| plan.name == name) {
            state.settings.plans.remove(place);
        }
        Ok(Done::saved())
    })
    .await
}
