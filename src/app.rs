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
mod commit;
mod correct;
mod estimate;
mod google_token;
mod import;
mod keyless;
mod keys;
mod manage;
mod overlap;
mod pages;
mod refresh;
mod settings;
mod spending;
mod unsaved;

use serde::Serialize;

use crate::command::{Command, Keyless, Message, Page, Submission};
use crate::host::{Host, StorageError};
use crate::screen::{self, Lock, Note, Said, Waiting};
use crate::store::{LoadScope, Settings, State, Unusable, keys_with_log, root_keys};
use crate::time::Timestamp;

pub use commit::statement;
pub use correct::{declare, undo};
pub use import::{import, waiting};
pub use keyless::keyless;
pub use refresh::{RefreshScope, refresh};

/// Why a command or an event came to nothing, apart from what its own sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser could not keep it.
    StorageError,
    /// It would not have been read back as it is, so nothing was written.
    Unreadable,
    /// What rests cannot be used.
    Unusable(Unusable),
}

impl From<StorageError> for Failure {
    fn from(_: StorageError) -> Failure {
        Failure::StorageError
    }
}

impl From<Failure> for Said {
    fn from(trouble: Failure) -> Said {
        match trouble {
            Failure::StorageError => Said::NotSaved,
            Failure::Unreadable => Said::NotReadable,
            Failure::Unusable(unusable) => Said::Unusable(unusable),
        }
    }
}

/// The answer to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The commit that it shows. `None` where it shows none: it is painted, and whatever comes next replaces it.
    pub rev: Option<u64>,
    /// The sections.
    pub html: String,
    /// Values for fields, by name: never in the HTML, so that a suggested password is in no document.
    pub fill: Vec<(String, String)>,
    /// Whether the command did what it says.
    pub ok: bool,
}

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

/// Does what an event asks for. What could not be saved is shown, and tried again at the next one.
pub async fn on_event<H: Host>(host: &H, event: Event) {
    let done = match event {
        Event::Start => settle(host).await.and(settle_history(host).await),
        Event::Alarm => {
            let refreshed = refresh(host, RefreshScope::Due).await.and(settle_history(host).await);
            refreshed.and(spending::update_rates(host).await.map(|_| ())).and(alerts::tell(host).await)
        }
        Event::Permission => refresh(host, RefreshScope::Withheld).await,
        Event::Idle => lock_if(host, |settings| settings.lock_after_minutes.is_some()).await,
        Event::Locked => lock_if(host, |settings| settings.is_locked_with_computer).await,
    };
    let shown = match done {
        Ok(()) if event == Event::Alarm => unsaved::end(host).await,
        done => done,
    };
    if let Err(trouble) = shown {
        unsaved::show(host, &trouble).await;
    }
    alarm::arm(host).await;
}

/// Settles attempts that died with the last worker, and shows how things stand.
async fn settle<H: Host>(host: &H) -> Result<(), Failure> {
    let settled = commit::commit_with_spare(host, |state, _| {
        state.accounts.iter_mut().for_each(|account| account.cut_short());
        state.settings.lock_after_minutes
    });
    if let Some(minutes) = settled.await? {
        host.watch_idle(minutes).await;
    }
    Ok(())
}

/// Settles the history of accounts, once a day (rule L13).
async fn settle_history<H: Host>(host: &H) -> Result<(), Failure> {
    if commit::look_within(host, &LoadScope::Accounts, State::is_settling_due).await? {
        commit::commit_within(host, &LoadScope::Answerable, |state, now| state.settle(now)).await?;
    }
    Ok(())
}

/// Locks the vault where the user wants that.
async fn lock_if<H: Host>(host: &H, is_wanted: fn(&Settings) -> bool) -> Result<(), Failure> {
    // Where that cannot be told any more, it is.
    let look = |state: &State, _| is_wanted(&state.settings) || state.is_damaged("settings");
    if commit::look_within(host, &LoadScope::Accounts, look).await.unwrap_or(true) {
        keys::lock(host).await?;
    }
    Ok(())
}

/// Does what a page asks for, and answers with its sections.
pub async fn on_message<H: Host>(host: &H, text: &str) -> Reply {
    let Some(Message { page, command, submission }) = Message::parse(text) else {
        // Which page asked is not known, so the answer holds nothing of any page.
        let html = screen::sentence(&Said::NotUnderstood);
        return Reply { rev: None, html, fill: Vec::new(), ok: false };
    };
    if command == Command::SuggestPassword {
        return keys::suggest(host, page).await;
    }
    let keys = if matches!(command, Command::Requests) { keys_with_log() } else { root_keys() };
    let section = section(&command);
    let entered = entered(&command);
    let said = run(host, command, &submission).await;
    let note = said.map(|said| Note {
        // The section of an account that is gone is gone with it.
        section: if said.is_of_no_account() { "note".to_owned() } else { section },
        said,
    });
    let note = match note {
        None => unsaved::said(host).await.map(|said| Note { section: "note".to_owned(), said }),
        note => note,
    };
    let shown = show(host, page, keys, note).await;
    Reply { fill: if shown.ok { Vec::new() } else { entered }, ..shown }
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
async fn refresh_all<H: Host>(host: &H) -> Result<(), Failure> {
    refresh(host, RefreshScope::All).await.and(alerts::tell(host).await)?;
    unsaved::end(host).await
}

async fn run<H: Host>(host: &H, command: Command, submission: &Submission) -> Option<Said> {
    let done = match command {
        Command::Show | Command::Requests | Command::SuggestPassword => return None,
        Command::Refresh => refresh_all(host).await.map(|()| None),
        Command::Noted => commit::commit(host, |state, _| state.forget_troubles()).await.map(|()| None),
        Command::Lock => keys::lock(host).await.map(|()| None),
        Command::Hide { is_hidden } => settings::hide(host, is_hidden).await.map(|()| None),
        Command::Unlock { password } => keys::unlock(host, &password).await,
        Command::Seal { password, again } => keys::seal(host, &password, &again).await.map(Some),
        Command::ChangePassword { current, password, again } => {
            keys::change_password(host, &current, &password, &again).await.map(Some)
        }
        Command::ForgetPassword => keys::forget_password(host).await.map(|()| None),
        Command::Connect { provider, label, key, settings, expires } => {
            let entered = manage::NewAccount { label: &label, key: &key, settings, expires };
            manage::connect(host, &provider, entered).await.map(Some)
        }
        Command::ReplaceKey { account, key } => manage::replace_key(host, &account, &key).await,
        Command::TakeKey { account, books } => manage::take_key(host, &account, books).await.map(Some),
        Command::DropKey { account } => manage::drop_key(host, &account).await,
        Command::Pause { account } => manage::pause(host, &account).await,
        Command::Resume { account } => manage::resume(host, &account).await,
        Command::Rename { account, label } => manage::rename(host, &account, &label).await,
        Command::Remove { account, history } => manage::remove(host, &account, history).await,
        Command::Declare { account, declared, at } => {
            declare(host, &account, declared, at, submission).await.map(Some)
        }
        Command::Undo { account, correction } => undo(host, &account, &correction).await.map(Some),
        Command::ExpiryDay { account, currency, day } => {
            correct::expiry_day(host, &account, currency, day).await.map(Some)
        }
        Command::Import { account, files } => import(host, &account, files, None, submission).await,
        Command::Point { chosen } => import::point(host, &chosen, submission).await,
        Command::WhatIf(asked) => estimate::estimate(host, asked).await.map(Some),
        Command::KeyExpiry { account, day } => manage::key_expiry(host, &account, day).await,
        Command::Reloads { account, is_on } => manage::reloads(host, &account, is_on).await,
        Command::Keyless(command) => keyless(host, command, submission).await.map(Some),
        Command::Plan { place, plan } => spending::plan(host, place, plan, submission).await.map(Some),
        Command::DropPlan { place, name } => {
            spending::drop_plan(host, place, &name, submission).await.map(Some)
        }
        Command::Alerts { wanted } => alerts::wanted(host, wanted).await.map(Some),
        Command::Budget { amount } => spending::budget(host, amount).await.map(Some),
        Command::Rate { currency, rate } => spending::rate(host, currency, rate).await.map(Some),
        Command::EcbRates { is_on } => spending::ecb_rates(host, is_on).await.map(Some),
        Command::Settings { period_minutes, currency, lock_after_minutes, is_locked_with_computer } => {
            let chosen =
                settings::Chosen { period_minutes, currency, lock_after_minutes, is_locked_with_computer };
            settings::change(host, &chosen).await.map(Some)
        }
    };
    done.unwrap_or_else(|trouble| Some(Said::from(trouble)))
}

/// The sections of a page as things stand, by those keys; with the log it is listed. What rests and cannot be used is
/// said in place of any figure.
async fn show<H: Host>(host: &H, page: Page, keys: Vec<String>, note: Option<Note>) -> Reply {
    let is_key_known = keys::data_key(host).await.is_some();
    let ok = note.as_ref().is_none_or(|note| note.said.is_good());
    let reach = match page {
        Page::Popup => LoadScope::Lately,
        Page::Dashboard => LoadScope::Answerable,
    };
    let waiting = match page {
        Page::Popup => None,
        Page::Dashboard => waiting(host).await,
    };
    let told = Told { note: note.as_ref(), waiting: waiting.as_ref() };
    let draw = |state: &State, now| render(state, now, page, is_key_known, told);
    let shown = commit::look_from(host, keys, &reach, draw);
    match shown.await {
        Ok((rev, html)) => Reply { rev: Some(rev), html, fill: Vec::new(), ok },
        Err(trouble) => {
            let nothing = State::default();
            let said = Note { section: "note".to_owned(), said: Said::from(trouble) };
            let told = Told { note: Some(&said), waiting: None };
            let (_, html) = render(&nothing, host.now(), page, is_key_known, told);
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

fn render(
    state: &State,
    now: Timestamp,
    page: Page,
    is_key_known: bool,
    Told { note, waiting }: Told<'_>,
) -> (u64, String) {
    let statement = statement(state, now);
    let lock = Lock::new(state, is_key_known);
    let view = screen::View { state, statement: &statement, lock, note, waiting };
    let html = match page {
        Page::Popup => screen::popup(&view),
        Page::Dashboard => screen::dashboard(&view),
    };
    (state.rev, html)
}
