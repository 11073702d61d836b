//! Alerts: at the end of a refresh, one notification lists every limit that was crossed since the last one.

mod view;
mod words;

pub(crate) use view::{section, unusual};

use crate::app::session;
use crate::app::tx::{Step, commit};
use crate::app::{App, Done, Failure, Lock, Outcome, Place, Rejected, View};
use crate::books::alert::{Alert, AlertSettings, Subject, judged};
use crate::books::statement::{Budget, Statement};
use crate::features::alerts::view::notification;
use crate::features::alerts::words::words;
use crate::host::{Host, Notification};
use crate::provider::Problem;
use crate::store::State;
use crate::time::Timestamp;
use crate::ui::Form;

/// Stores which alerts are on.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let wanted = parse(form)?;
    let before = commit(app, |state, _| core::mem::replace(&mut state.settings.alerts, wanted)).await?;
    Ok(Done::saved().undone_by("alerts", fields_of(&before)))
}

/// The fields of a form that restores these settings.
fn fields_of(wanted: &AlertSettings) -> [(&'static str, String); 11] {
    let switch = |is_on: bool| if is_on { "on" } else { "" }.to_owned();
    let amount = wanted.low_balance.map(|amount| amount.to_string()).unwrap_or_default();
    let hour = |hour: Option<u32>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    [
        ("budget", switch(wanted.budget)),
        ("low_balance", amount.clone()),
        ("low_balance.read", amount),
        ("run_out_days", wanted.run_out_days.map(|days| days.to_string()).unwrap_or_default()),
        ("keys", switch(wanted.keys)),
        ("granted_expires", switch(wanted.granted_expires)),
        ("unusual", switch(wanted.unusual)),
        ("rise", switch(wanted.rise)),
        ("month_summary", switch(wanted.month_summary)),
        ("quiet_from", hour(wanted.quiet.map(|(from, _)| from))),
        ("quiet_to", hour(wanted.quiet.map(|(_, to)| to))),
    ]
}

fn parse(form: &Form) -> Result<AlertSettings, Rejected> {
    let bad_hour = || Rejected::of(words, |words| words.bad_hour);
    let hour = |name: &str| form.parse(name, full_hour, bad_hour);
    let quiet = match (hour("quiet_from")?, hour("quiet_to")?) {
        (None, None) => None,
        (Some(from), Some(to)) if from != to => Some((from, to)),
        _ => return Err(bad_hour()),
    };
    Ok(AlertSettings {
        budget: form.is_on("budget"),
        low_balance: form.amount("low_balance")?.map(|input| input.amount()).transpose()?,
        run_out_days: form.number("run_out_days", 1..=366, || Rejected::phrase(|words| words.bad_days))?,
        keys: form.is_on("keys"),
        granted_expires: form.is_on("granted_expires"),
        unusual: form.is_on("unusual"),
        rise: form.is_on("rise"),
        month_summary: form.is_on("month_summary"),
        quiet,
    })
}

/// Parses the hour of a time picker, `22:00`.
fn full_hour(text: &str) -> Option<u32> {
    let hour =
        text.split_once(':').map_or(Some(text), |(hour, minutes)| (minutes == "00").then_some(hour))?;
    hour.parse().ok().filter(|hour| *hour <= 23)
}

/// The last step of a refresh: checks every alert that is on, stores the result, and shows one notification of all new alerts. An
/// alert found during quiet hours is found again after them. The result is stored first, so no alert is shown twice.
pub(crate) async fn after_refresh<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let (hour, is_key_known) = (app.host.hour(), session::data_key(app).await.is_some());
    let is_silent = Step::lately()
        .only(&[])
        .look(app, |state, now| state.settings.alerts.is_quiet(hour) || !is_news(app, state, now));
    if is_silent.await? {
        return Ok(());
    }
    let judged = Step::lately().only(&[]).commit(app, |state, now| judge(app, state, now, is_key_known));
    if let Some(notification) = judged.await? {
        app.host.notify(&notification).await;
    }
    Ok(())
}

fn is_news<H: Host>(app: &App<'_, H>, state: &State, now: Timestamp) -> bool {
    let mut memory = state.alerts.clone();
    memory.judge(now.month(), judge_all(state, &app.statement(state, now)));
    memory != state.alerts
}

fn judge<H: Host>(
    app: &App<'_, H>,
    state: &mut State,
    now: Timestamp,
    is_key_known: bool,
) -> Option<Notification> {
    let statement = app.statement(state, now);
    let judged = judge_all(state, &statement);
    let alerts = state.alerts.judge(now.month(), judged);
    let lock = Lock::new(state, is_key_known);
    let language = app.language(&state.settings);
    let place = Place::default();
    let view = View { state, statement: &statement, lock, language, place: &place, note: None };
    notification(&view, &alerts)
}

fn judge_all(state: &State, statement: &Statement) -> Vec<(Alert, bool)> {
    let subjects: Vec<Subject<'_>> = state
        .accounts
        .iter()
        .zip(&statement.accounts)
        .filter(|(account, _)| account.is_askable())
        .map(|(account, statement)| Subject {
            statement,
            key_expires: account.key_expires,
            budgets: &account.budgets,
            is_key_refused: account.pulse.problem == Some(Problem::KeyRefused),
        })
        .collect();
    let settings = &state.settings;
    let currencies = settings.currency_budgets.iter().map(|money| {
        let budget = Budget::of_currency(*money, &statement.accounts, &settings.plans, statement.now);
        (money.currency, budget)
    });
    judged(&settings.alerts, statement, &currencies.collect::<Vec<_>>(), &subjects)
}
