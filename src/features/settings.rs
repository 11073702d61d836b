//! General settings: the refresh interval, the main currency, the language, and when the vault locks by itself.

mod view;
mod words;

pub(crate) use view::section;

use crate::app::alarm;
use crate::app::tx::commit;
use crate::app::{App, Done, Outcome, Rejected};
use crate::features::settings::words::words;
use crate::host::Host;
use crate::money::Currency;
use crate::store::Settings;
use crate::text::Language;
use crate::ui::Form;

/// The maximum of both intervals: a day, in minutes.
const A_DAY: u32 = 1_440;

/// The settings as they were entered.
struct Entered {
    period_minutes: Option<u32>,
    currency: Option<Currency>,
    language: Option<Language>,
    lock_after_minutes: Option<u32>,
    is_locked_with_computer: bool,
}

impl Entered {
    fn parse(form: &Form) -> Result<Entered, Rejected> {
        let bad_period = || Rejected::of(words, |words| words.bad_period);
        let bad_lock_after = || Rejected::of(words, |words| words.bad_lock_after);
        Ok(Entered {
            period_minutes: form.number("period_minutes", 5..=A_DAY, bad_period)?,
            lock_after_minutes: form.number("lock_after_minutes", 1..=A_DAY, bad_lock_after)?,
            currency: form.currency("currency")?,
            language: form.parse("language", Language::parse, Rejected::unexpected)?,
            is_locked_with_computer: form.is_on("lock_with_computer"),
        })
    }
}

/// Changes all settings, or none.
pub(crate) async fn change<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Entered { period_minutes, currency, language, lock_after_minutes, is_locked_with_computer } =
        Entered::parse(form)?;
    let before = commit(app, |state, _| {
        let before = fields_of(&state.settings);
        state.settings.period_minutes = period_minutes;
        state.settings.currency = currency;
        state.settings.language = language;
        state.settings.lock_after_minutes = lock_after_minutes;
        state.settings.is_locked_with_computer = is_locked_with_computer;
        before
    });
    let before = before.await?;
    if let Some(minutes) = lock_after_minutes {
        app.host.watch_idle(minutes).await;
    }
    alarm::arm(app).await;
    Ok(Done::saved().undone_by("settings", before))
}

/// The fields of a form that restores these settings.
fn fields_of(settings: &Settings) -> [(&'static str, String); 5] {
    let number = |minutes: Option<u32>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    [
        ("period_minutes", number(settings.period_minutes)),
        ("currency", settings.currency.map(|currency| currency.to_string()).unwrap_or_default()),
        ("language", settings.language.map(Language::code).unwrap_or_default().to_owned()),
        ("lock_after_minutes", number(settings.lock_after_minutes)),
        ("lock_with_computer", if settings.is_locked_with_computer { "on" } else { "" }.to_owned()),
    ]
}
