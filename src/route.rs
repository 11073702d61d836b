//! The one list of everything that can happen: each event with its steps, and each command of a page with its feature and the
//! section that shows its outcome.
//!
//! ```text
//!   start    -> settle attempts of the last worker, open a vault that stays unlocked and refresh what is due, set the alarm,
//!               show; the first start of a day settles history
//!   alarm    -> refresh what is due, show; the first alarm of a day settles history
//!   idle     -> lock, if the user wants that
//!   synced   -> merge the items of other computers, write new ones
//!   message  -> do one command, answer with the page's sections
//! ```
//!
//! ```
//! use drawdown::route::COMMANDS;
//!
//! assert!(COMMANDS.contains(&"refresh"));
//! ```

mod commands;

use serde::Serialize;

use crate::app::attempts::Attempts;
use crate::app::refresh::hold_refresh;
use crate::app::tx::{Step, commit_within, look_within};
use crate::app::{
    App, Done, Failure, FilePart, Lock, Note, Place, RefreshScope, Rejected, Spot, Tab, View, alarm,
    detailed_statement, refresh, session, unsaved,
};
use crate::books::statement::Period;
use crate::features::{
    alerts, device_settings, forecast_record, imports, privacy, rates, sample, sync, vault, whats_new,
};
use crate::host::Host;
use crate::pages::{self, PUBLISHER};
use crate::route::commands::{at, run, show_saved};
use crate::store::{Account, LoadScope, State, keys_with_whole_log, root_keys};
use crate::time::Timestamp;
use crate::ui::Form;

pub use commands::COMMANDS;

/// An event of the worker, apart from messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The worker woke up.
    Start,
    /// The alarm rang.
    Alarm,
    /// The browser gave or took permission to reach an origin.
    Permission,
    /// Nobody used the computer for the time that [`Host::watch_idle`] asked for.
    Idle,
    /// The computer is locked.
    Locked,
    /// The browser brought items from another computer.
    Synced,
    /// A message was answered.
    Answered,
    /// The shortcut that hides amounts was pressed.
    Hide,
}

/// The answer to a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The commit that it shows. `None` if it shows no commit: it is painted, and the next answer replaces it.
    pub rev: Option<u64>,
    /// The sections.
    pub html: String,
    /// Values for fields, by name: never in the HTML, so that a suggested password is in no document.
    pub fill: Vec<(String, String)>,
    /// A file, or a part of one, that the page saves.
    pub file: Option<FilePart>,
    /// Whether the command succeeded.
    pub ok: bool,
    /// The place of the dashboard that it shows, in the form of an address.
    pub open: String,
    /// The field to correct, by its name.
    pub field: Option<String>,
    /// The language of the sections, for the page's `lang`.
    pub lang: &'static str,
}

/// A page of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// The small page under the toolbar button.
    Popup,
    /// The full page in a tab.
    Dashboard,
}

impl Page {
    fn parse(name: &str) -> Option<Page> {
        match name {
            "popup" => Some(Page::Popup),
            "dashboard" => Some(Page::Dashboard),
            _ => None,
        }
    }
}

impl Event {
    /// Parses an event's name. The browser's idle API also sends `active`, which is no event here.
    pub fn parse(name: &str) -> Option<Event> {
        match name {
            "start" => Some(Event::Start),
            "alarm" => Some(Event::Alarm),
            "permission" => Some(Event::Permission),
            "idle" => Some(Event::Idle),
            "locked" => Some(Event::Locked),
            "synced" => Some(Event::Synced),
            "answered" => Some(Event::Answered),
            "hide-amounts" => Some(Event::Hide),
            _ => None,
        }
    }
}

/// The context of an event, for a host.
pub fn app<H: Host>(host: &H) -> App<'_, H> {
    App::new(host, PUBLISHER)
}

/// Runs the steps of an event.
pub async fn on_event<H: Host>(host: &H, event: Event) {
    handle_event(&app(host), event).await;
}

/// Runs a page's command, and answers with the page's sections. `None` stands for a message that no page sends.
pub async fn on_form<H: Host>(host: &H, form: Option<Form>) -> Reply {
    handle_form(&app(host), form).await
}

/// Like [`on_event`]. A failure to save is shown, and saving is tried again at the next event.
pub async fn handle_event<H: Host>(app: &App<'_, H>, event: Event) {
    session::prepare(app).await;
    let done = match event {
        Event::Start => start(app).await.and(sync::run(app, &device_settings()).await),
        Event::Alarm => refresh_due(app).await.and(sync::run(app, &device_settings()).await),
        Event::Synced => sync::run(app, &device_settings()).await,
        // The page already has its answer, and needs nothing from this.
        Event::Answered => return drop(sync::share(app, &device_settings()).await),
        Event::Permission => refresh(app, RefreshScope::Withheld).await,
        Event::Idle => vault::lock_when_idle(app).await,
        Event::Locked => vault::lock_with_computer(app).await,
        Event::Hide => privacy::toggle(app).await,
    };
    if let Err(failure) = done {
        unsaved::show(app, &failure).await;
    }
    alarm::arm(app).await;
}

/// Settles the attempts of the last worker. Opens a vault that stays unlocked, and refreshes what is due.
async fn start<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let settled = settle(app).await;
    let is_reopened = vault::reopen(app).await?;
    settled.and(if is_reopened { refresh_due(app).await } else { settle_history(app).await })
}

/// Refreshes what is due, including exchange rates, and raises the alerts that follow.
async fn refresh_due<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let refreshed = refresh(app, RefreshScope::Due).await.and(settle_history(app).await);
    let refreshed = refreshed.and(rates::on_alarm(app).await).and(forecast_record::after_refresh(app).await);
    refreshed.and(alerts::after_refresh(app).await)?;
    show_saved(app).await
}

/// Settles attempts that died with the last worker, and shows the present state.
async fn settle<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    // The message that woke the worker may have begun a refresh, whose attempts are not cut off.
    let _held = hold_refresh(app).await?;
    let cut_off = Attempts::recall(app).await;
    let settled = Step::lately().with_copies(app).commit(app, |state, now| {
        cut_off.iter().for_each(|attempts| attempts.mark(state, now));
        state.accounts.iter_mut().for_each(Account::cut_short);
        whats_new::remember_first(&mut state.settings);
        state.settings.lock_after_minutes
    });
    let minutes = settled.await?;
    if cut_off.is_some() {
        Attempts::forget(app).await;
    }
    if let Some(minutes) = minutes {
        app.host.watch_idle(minutes).await;
    }
    Ok(())
}

/// Settles the history of accounts, once a day (rule L13).
async fn settle_history<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    if look_within(app, &LoadScope::Accounts, State::is_settling_due).await? {
        commit_within(app, &LoadScope::Answerable, |state, now| state.settle(now)).await?;
    }
    Ok(())
}

/// Like [`on_form`].
pub async fn handle_form<H: Host>(app: &App<'_, H>, form: Option<Form>) -> Reply {
    let asked = form.as_ref().and_then(|form| Some((Page::parse(form.text("page"))?, form)));
    let Some((page, form)) = asked else { return not_understood(app) };
    session::prepare(app).await;
    let Some(mut note) = run(app, form).await else { return not_understood(app) };
    if matches!(note.outcome, Err(Rejected::Superseded)) {
        return Reply::default();
    }
    let section = form.text("undoes");
    if !section.is_empty() {
        // Shown in the section of the command that it undoes.
        note = Note::new(at(section), note.outcome.map(|done| Done { opens: done.opens, ..Done::undone() }));
    }
    let (ok, mut place) = (note.outcome.is_ok(), Place::parse(form.text("open")));
    let field = note.outcome.as_ref().err().and_then(Rejected::field).map(str::to_owned);
    let (mut fill, mut file) = (Vec::new(), None);
    if let Ok(done) = &mut note.outcome {
        fill = core::mem::take(&mut done.fill);
        file = done.file.take();
        if let Some(opens) = done.opens.take() {
            place = opens;
            // Its form is on a place that is closed.
            note.section = at("note");
        }
    }
    let is_silent = matches!(&note.outcome, Ok(Done { sentence: None, .. }));
    let note = if is_silent {
        let failure = unsaved::failure(app).await;
        failure.map(|failure| Note::new(at("note"), Err(Rejected::Failed(failure))))
    } else {
        Some(note)
    };
    let shown = show(app, page, place, note.as_ref()).await;
    // EXPOSE: the user who chooses a suggested password must see it.
    let fill = fill.into_iter().map(|(name, value)| (name.to_owned(), value.expose().to_owned()));
    Reply { fill: fill.collect(), file, ok: ok && shown.ok, field, ..shown }
}

/// The answer to a message that no page sends. It contains nothing of any page, because the sender is unknown.
fn not_understood<H: Host>(app: &App<'_, H>) -> Reply {
    let language = app.host.language();
    let html = pages::only_sentence(&Err(Rejected::unexpected()), language);
    Reply { html, lang: language.tag(), ..Reply::default() }
}

/// The scope that a page needs.
fn scope(page: Page, place: &Place, now: Timestamp) -> LoadScope {
    match (page, place.spot.tab()) {
        (Page::Popup, _) => LoadScope::Lately,
        // The chart of an account's balance shows every reading.
        (Page::Dashboard, Tab::Accounts) => LoadScope::Answerable,
        (Page::Dashboard, _) => LoadScope::Overview(match place.day() {
            Some(day) => Period::Day(day),
            None => Period::Month(place.month().unwrap_or(now.month())),
        }),
    }
}

/// Draws a page with the outcome of its last command: at the top if the section for it is gone.
fn saying(note: Option<&Note>, draw: impl Fn(Option<&Note>) -> String) -> String {
    let html = draw(note);
    note.and_then(Note::unshown).map_or(html, |note| draw(Some(&note)))
}

/// The sections of a page with the present state. If the stored values cannot be used, the page says so in place of any figure.
async fn show<H: Host>(app: &App<'_, H>, page: Page, place: Place, note: Option<&Note>) -> Reply {
    let is_key_known = session::data_key(app).await.is_some();
    let waiting = if place.spot.tab() == Tab::Data { imports::waiting(app).await } else { None };
    let scope = scope(page, &place, app.host.now());
    let draw = |state: &State, now: Timestamp, note: Option<&Note>| {
        let language = app.language(&state.settings);
        let sample = if page == Page::Dashboard { sample::sample_of(state, now) } else { None };
        let state = sample.as_ref().unwrap_or(state);
        let lock = Lock::new(state, is_key_known);
        let view = |statement| View { state, statement, lock, language, place: &place, note: None };
        let html = match page {
            Page::Popup => {
                let statement = app.statement(state, now);
                saying(note, |note| pages::popup(&View { note, ..view(&statement) }))
            }
            Page::Dashboard => {
                let detail = detailed_statement(state, now);
                saying(note, |note| {
                    let view = View { note, ..view(&detail.statement) };
                    pages::dashboard(&view, &detail, waiting.as_ref())
                })
            }
        };
        (html, language.tag())
    };
    let keys = if place.spot == Spot::Requests { keys_with_whole_log() } else { root_keys() };
    let step = Step::within(&scope).keys(keys);
    // A dashboard draws the history itself.
    let step = if page == Page::Popup { step.only(&[]) } else { step };
    match step.look_with_progress(app, |state, now| (state.rev, draw(state, now, note))).await {
        Ok((rev, (html, lang))) => {
            Reply { rev: Some(rev), html, ok: true, lang, open: place.to_string(), ..Reply::default() }
        }
        Err(failure) => {
            let note = Note::new(at("note"), Err(Rejected::Failed(failure)));
            let (html, lang) = draw(&State::default(), app.host.now(), Some(&note));
            Reply { html, lang, open: place.to_string(), ..Reply::default() }
        }
    }
}
