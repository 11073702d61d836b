//! The worker: what happens on each event, as functions over a [`Host`].
//!
//! Knows the order of things: load, decide, commit, show. Does not know a browser, nor any rule about money. It keeps
//! nothing between two events, and may die at any await: what was committed stays, and nothing is half done.
//!
//! ```text
//!   start    -> settle what the last worker left, set the alarm, show; the first of a day settles history
//!   alarm    -> read what is due, show; the same
//!   message  -> do one command, answer with the page's sections
//!   idle     -> lock, where the user wants it
//! ```

mod alarm;
mod alerts;
mod attempts;
mod badge;
mod context;
mod correct;
mod driver;
mod estimate;
mod failure;
mod google_token;
mod http;
mod import;
mod keyless;
mod keys;
mod manage;
mod overlap;
mod pages;
mod refresh;
mod reply;
mod sealing;
mod session;
mod settings;
mod spending;
mod tx;
mod unsaved;

use crate::app::attempts::Attempts;
use crate::app::session::with_random;
use crate::command::{Command, Keyless, Message, Page, Submission};
use crate::host::Host;
use crate::screen::{self, Lock, Note, Said, Waiting};
use crate::store::{Account, LoadScope, Settings, State, keys_with_whole_log, root_keys};
use crate::time::Timestamp;
use crate::vault::make_password;

pub use context::{App, statement};
pub use correct::{declare, undo};
pub use failure::Failure;
pub use import::{import, waiting};
pub use keyless::keyless;
pub use refresh::{RefreshScope, refresh};
pub use reply::Reply;

/// What happens to the worker, apart from messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It woke up.
    Start,
    /// The alarm rang.
    Alarm,
    /// The browser gave or took leave to reach an origin.
    Permission,
    /// Nobody touched the computer for the time that [`Host::watch_idle`] asked for.
    Idle,
    /// The computer is locked.
    Locked,
}

impl Event {
    /// Reads an event by its name. The idle API of the browser says `active` too, which is no event here.
    pub fn parse(name: &str) -> Option<Event> {
        match name {
            "start" => Some(Event::Start),
            "alarm" => Some(Event::Alarm),
            "permission" => Some(Event::Permission),
            "idle" => Some(Event::Idle),
            "locked" => Some(Event::Locked),
            _ => None,
        }
    }
}

/// Does what an event asks for.
pub async fn on_event<H: Host>(host: &H, event: Event) {
    handle_event(&App::new(host), event).await;
}

/// Does what a page asks for, and answers with its sections.
pub async fn on_message<H: Host>(host: &H, text: &str) -> Reply {
    handle_message(&App::new(host), text).await
}

/// The same as [`on_event`]. What could not be saved is shown, and tried again at the next event.
pub async fn handle_event<H: Host>(app: &App<'_, H>, event: Event) {
    let done = match event {
        Event::Start => settle(app).await.and(settle_history(app).await),
        Event::Alarm => {
            let refreshed = refresh(app, RefreshScope::Due).await.and(settle_history(app).await);
            refreshed.and(spending::update_rates(app).await.map(|_| ())).and(alerts::tell(app).await)
        }
        Event::Permission => refresh(app, RefreshScope::Withheld).await,
        Event::Idle => lock_if(app, |settings| settings.lock_after_minutes.is_some()).await,
        Event::Locked => lock_if(app, |settings| settings.is_locked_with_computer).await,
    };
    let shown = match done {
        Ok(()) if event == Event::Alarm => show_saved(app).await,
        done => done,
    };
    if let Err(trouble) = shown {
        unsaved::show(app, &trouble).await;
    }
    alarm::arm(app).await;
}

/// Shows the figures again, after a refresh that could save all of its work.
async fn show_saved<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    if unsaved::end(app).await { tx::commit(app, |_, _| ()).await } else { Ok(()) }
}

/// Settles attempts that died with the last worker, and shows how things stand.
async fn settle<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    // The message that woke the worker may have begun a refresh, whose attempts are not cut off.
    let _held = refresh::hold_refresh(app).await?;
    let cut_off = Attempts::recall(app).await;
    let settled = tx::Step::lately().with_copies().commit(app, |state, now| {
        cut_off.iter().for_each(|attempts| attempts.mark(state, now));
        state.accounts.iter_mut().for_each(Account::cut_short);
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
    if tx::look_within(app, &LoadScope::Accounts, State::is_settling_due).await? {
        tx::commit_within(app, &LoadScope::Answerable, |state, now| state.settle(now)).await?;
    }
    Ok(())
}

/// Locks the vault where the user wants that.
async fn lock_if<H: Host>(app: &App<'_, H>, is_wanted: fn(&Settings) -> bool) -> Result<(), Failure> {
    // Where that cannot be told any more, it is.
    let look = |state: &State, _| is_wanted(&state.settings) || state.is_damaged("settings");
    if tx::look_within(app, &LoadScope::Accounts, look).await.unwrap_or(true) {
        keys::lock(app).await?;
    }
    Ok(())
}

/// The same as [`on_message`].
pub async fn handle_message<H: Host>(app: &App<'_, H>, text: &str) -> Reply {
    let Some(Message { page, command, submission }) = Message::parse(text) else {
        // Which page asked is not known, so the answer holds nothing of any page.
        let html = screen::sentence(&Said::NotUnderstood);
        return Reply { rev: None, html, fill: Vec::new(), ok: false };
    };
    if command == Command::SuggestPassword {
        return suggest(app, page).await;
    }
    let keys = if matches!(command, Command::Requests) { keys_with_whole_log() } else { root_keys() };
    let section = section(&command);
    let entered = entered(&command);
    let said = run(app, command, &submission).await;
    let note = said.map(|said| Note {
        // The section of an account that is gone is gone with it.
        section: if said.is_of_no_account() { "note".to_owned() } else { section },
        said,
    });
    let note = match note {
        None => unsaved::said(app).await.map(|said| Note { section: "note".to_owned(), said }),
        note => note,
    };
    let shown = show(app, page, keys, note).await;
    Reply { fill: if shown.ok { Vec::new() } else { entered }, ..shown }
}

/// Fills in a password that nobody has to think of.
async fn suggest<H: Host>(app: &App<'_, H>, page: Page) -> Reply {
    let password = with_random(app, make_password);
    // EXPOSE: the person who chooses it has to see it.
    let field = |name: &str| (name.to_owned(), password.expose().to_owned());
    let shown = show(app, page, root_keys(), None).await;
    Reply { fill: vec![field("password"), field("again")], ..shown }
}

/// What was entered that no key is, by the names of its fields: where it came to nothing, it is filled in again.
fn entered(command: &Command) -> Vec<(String, String)> {
    let Command::Connect { settings, .. } = command else { return Vec::new() };
    settings.iter().map(|(name, value)| (format!("settings.{name}"), value.clone())).collect()
}

/// The section that a command comes from, and whose note tells what came of it.
fn section(command: &Command) -> String {
    match command {
        Command::Connect { .. } | Command::Keyless(Keyless::ByHand { .. } | Keyless::ByFile { .. }) => {
            "connect".to_owned()
        }
        Command::Unlock { .. } => "unlock".to_owned(),
        Command::Seal { .. } => "seal".to_owned(),
        Command::ChangePassword { .. } | Command::ForgetPassword => "password".to_owned(),
        Command::Settings { .. } => "settings".to_owned(),
        Command::Alerts { .. } => "alerts".to_owned(),
        Command::Declare { account, .. }
        | Command::Undo { account, .. }
        | Command::ExpiryDay { account, .. }
        | Command::KeyExpiry { account, .. }
        | Command::Reloads { account, .. }
        | Command::ReplaceKey { account, .. }
        | Command::TakeKey { account, .. }
        | Command::DropKey { account }
        | Command::Pause { account }
        | Command::Resume { account }
        | Command::Rename { account, .. }
        | Command::Keyless(
            Keyless::Figure { account, .. } | Keyless::Left { account, .. } | Keyless::Remind { account, .. },
        ) => format!("account-{}", account.0),
        Command::Remove { .. } => "accounts".to_owned(),
        Command::Import { .. } | Command::Point { .. } => "import".to_owned(),
        Command::WhatIf(_) => "estimate".to_owned(),
        Command::Plan { .. } | Command::DropPlan { .. } | Command::Budget { .. } => "plans".to_owned(),
        Command::Rate { .. } | Command::EcbRates { .. } => "currencies".to_owned(),
        Command::Show
        | Command::Requests
        | Command::Refresh
        | Command::Hide { .. }
        | Command::Lock
        | Command::Noted
        | Command::SuggestPassword => "note".to_owned(),
    }
}

/// Reads every account, and tells what crossed a line.
async fn refresh_all<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    refresh(app, RefreshScope::All).await.and(alerts::tell(app).await)?;
    show_saved(app).await
}

async fn run<H: Host>(app: &App<'_, H>, command: Command, submission: &Submission) -> Option<Said> {
    let done = match command {
        Command::Show | Command::Requests | Command::SuggestPassword => return None,
        Command::Refresh => refresh_all(app).await.map(|()| None),
        Command::Noted => tx::commit(app, |state, _| state.forget_troubles()).await.map(|()| None),
        Command::Lock => keys::lock(app).await.map(|()| None),
        Command::Hide { is_hidden } => settings::hide(app, is_hidden).await.map(|()| None),
        Command::Unlock { password } => keys::unlock(app, &password).await,
        Command::Seal { password, again } => keys::seal(app, &password, &again).await.map(Some),
        Command::ChangePassword { current, password, again } => {
            keys::change_password(app, &current, &password, &again).await.map(Some)
        }
        Command::ForgetPassword => keys::forget_password(app).await.map(|()| None),
        Command::Connect { provider, label, key, settings, expires } => {
            let entered = manage::NewAccount { label: &label, key: &key, settings, expires };
            manage::connect(app, &provider, entered).await.map(Some)
        }
        Command::ReplaceKey { account, key } => manage::replace_key(app, &account, &key).await,
        Command::TakeKey { account, books } => manage::take_key(app, &account, books).await.map(Some),
        Command::DropKey { account } => manage::drop_key(app, &account).await,
        Command::Pause { account } => manage::pause(app, &account).await,
        Command::Resume { account } => manage::resume(app, &account).await,
        Command::Rename { account, label } => manage::rename(app, &account, &label).await,
        Command::Remove { account, history } => manage::remove(app, &account, history).await,
        Command::Declare { account, declared, at } => {
            declare(app, &account, declared, at, submission).await.map(Some)
        }
        Command::Undo { account, correction } => undo(app, &account, &correction).await.map(Some),
        Command::ExpiryDay { account, currency, day } => {
            correct::expiry_day(app, &account, currency, day).await.map(Some)
        }
        Command::Import { account, files } => import(app, &account, files, None, submission).await,
        Command::Point { chosen } => import::point(app, &chosen, submission).await,
        Command::WhatIf(asked) => estimate::estimate(app, asked).await.map(Some),
        Command::KeyExpiry { account, day } => manage::key_expiry(app, &account, day).await,
        Command::Reloads { account, is_on } => manage::reloads(app, &account, is_on).await,
        Command::Keyless(command) => keyless(app, command, submission).await.map(Some),
        Command::Plan { place, plan } => spending::plan(app, place, plan, submission).await.map(Some),
        Command::DropPlan { place, name } => {
            spending::drop_plan(app, place, &name, submission).await.map(Some)
        }
        Command::Alerts { wanted } => alerts::wanted(app, wanted).await.map(Some),
        Command::Budget { amount } => spending::budget(app, amount).await.map(Some),
        Command::Rate { currency, rate } => spending::rate(app, currency, rate).await.map(Some),
        Command::EcbRates { is_on } => spending::ecb_rates(app, is_on).await.map(Some),
        Command::Settings { period_minutes, currency, lock_after_minutes, is_locked_with_computer } => {
            let chosen =
                settings::Chosen { period_minutes, currency, lock_after_minutes, is_locked_with_computer };
            settings::change(app, &chosen).await.map(Some)
        }
    };
    done.unwrap_or_else(|trouble| Some(Said::from(trouble)))
}

/// The sections of a page as things stand, by those keys; with the log it is listed. What rests and cannot be used is
/// said in place of any figure.
async fn show<H: Host>(app: &App<'_, H>, page: Page, keys: Vec<String>, note: Option<Note>) -> Reply {
    let is_key_known = session::data_key(app).await.is_some();
    let ok = note.as_ref().is_none_or(|note| note.said.is_good());
    let reach = match page {
        Page::Popup => LoadScope::Lately,
        Page::Dashboard => LoadScope::Answerable,
    };
    let waiting = match page {
        Page::Popup => None,
        Page::Dashboard => waiting(app).await,
    };
    let told = Told { note: note.as_ref(), waiting: waiting.as_ref() };
    let draw = |state: &State, now| render(app, state, now, page, is_key_known, told);
    // A dashboard draws the history itself.
    let step = tx::Step::within(&reach).keys(keys);
    let step = if page == Page::Popup { step.only(&[]) } else { step };
    let shown = step.look(app, draw);
    match shown.await {
        Ok((rev, html)) => Reply { rev: Some(rev), html, fill: Vec::new(), ok },
        Err(trouble) => {
            let nothing = State::default();
            let said = Note { section: "note".to_owned(), said: Said::from(trouble) };
            let told = Told { note: Some(&said), waiting: None };
            let (_, html) = render(app, &nothing, app.host.now(), page, is_key_known, told);
            Reply { rev: None, html, fill: Vec::new(), ok: false }
        }
    }
}

/// What a page shows beside the state.
#[derive(Clone, Copy)]
struct Told<'a> {
    note: Option<&'a Note>,
    waiting: Option<&'a Waiting>,
}

fn render<H: Host>(
    app: &App<'_, H>,
    state: &State,
    now: Timestamp,
    page: Page,
    is_key_known: bool,
    Told { note, waiting }: Told<'_>,
) -> (u64, String) {
    let statement = app.statement(state, now);
    let lock = Lock::new(state, is_key_known);
    let view = screen::View { state, statement: &statement, lock, note, waiting };
    let html = match page {
        Page::Popup => screen::popup(&view),
        Page::Dashboard => screen::dashboard(&view),
    };
    (state.rev, html)
}
