//! What the settings form does, and the switch that hides amounts.

use crate::app::alarm;
use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::tx::commit;
use crate::command::Maybe;
use crate::host::Host;
use crate::money::Currency;
use crate::screen::{Field, Said};

/// Shows amounts, or hides them.
pub(super) async fn hide<H: Host>(app: &App<'_, H>, is_hidden: bool) -> Result<(), Failure> {
    commit(app, |state, _| state.settings.is_hidden = is_hidden).await
}

/// The settings as entered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) period_minutes: Maybe<u32>,
    pub(super) currency: Maybe<Currency>,
    pub(super) lock_after_minutes: Maybe<u32>,
    pub(super) is_locked_with_computer: bool,
}

/// Changes the settings, all or none.
pub(super) async fn change<H: Host>(app: &App<'_, H>, chosen: &Chosen) -> Result<Said, Failure> {
    let within = |entered: Maybe<u32>, least: u32| match entered {
        Maybe::Empty => Some(None),
        Maybe::Is(minutes) if (least..=1_440).contains(&minutes) => Some(Some(minutes)),
        Maybe::Is(_) | Maybe::Unreadable => None,
    };
    let Some(period_minutes) = within(chosen.period_minutes, 5) else {
        return Ok(Said::BadField(Field::Period));
    };
    let Some(lock_after_minutes) = within(chosen.lock_after_minutes, 1) else {
        return Ok(Said::BadField(Field::LockAfter));
    };
    let currency = match chosen.currency {
        Maybe::Empty => None,
        Maybe::Is(currency) => Some(currency),
        Maybe::Unreadable => return Ok(Said::BadField(Field::Currency)),
    };
    commit(app, |state, _| {
        state.settings.period_minutes = period_minutes;
        state.settings.currency = currency;
        state.settings.lock_after_minutes = lock_after_minutes;
        state.settings.is_locked_with_computer = chosen.is_locked_with_computer;
    })
    .await?;
    if let Some(minutes) = lock_after_minutes {
        app.host.watch_idle(minutes).await;
    }
    alarm::arm(app).await;
    Ok(Said::Saved)
}
