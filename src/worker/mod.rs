//! The worker: what happens on each event, as functions over a [`Host`].
//!
//! Knows the order of things: load, decide, commit, show. Does not know a browser, nor any rule about money. It keeps
//! nothing between two events, and may die at any await: what was committed stays, and nothing is half done.
//!
//! ```text
//!   start    -> settle what the last worker left, set the alarm, show
//!   alarm    -> read what is due, show
//!   message  -> do one command, answer with the page's sections
//!   idle     -> lock, where the user wants it
//! ```

mod alarm;
mod commit;
mod keys;
mod manage;
mod refresh;

use serde::Serialize;

use crate::command::{Command, Message, Page};
use crate::host::{Host, Unsaved};
use crate::period::Timestamp;
use crate::screen::{self, Lock, Note, Said};
use crate::state::{State, Unusable};

pub use commit::statement;
pub use refresh::{Which, refresh};

/// Why a command or an event came to nothing, apart from what its own sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser could not keep it.
    Unsaved,
    /// What rests cannot be used.
    Unusable(Unusable),
}

impl From<Unsaved> for Trouble {
    fn from(_: Unsaved) -> Trouble {
        Trouble::Unsaved
    }
}

impl From<Trouble> for Said {
    fn from(trouble: Trouble) -> Said {
        match trouble {
            Trouble::Unsaved => Said::NotSaved,
            Trouble::Unusable(unusable) => Said::Unusable(unusable),
        }
    }
}

/// The answer to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The commit that it shows.
    pub rev: u64,
    /// The sections.
    pub html: String,
    /// Values for fields, by name: never in the HTML, so that a suggested password is in no document.
    pub fill: Vec<(String, String)>,
    /// Whether the command did what it says.
    pub ok: bool,
}

/// The worker woke up. Settles attempts that died with the last one, sets the alarm, shows how things stand.
pub async fn on_start<H: Host>(host: &H) {
    let settled = commit::commit(host, |state, _| {
        state.accounts.iter_mut().for_each(|account| account.cut_short());
        state.settings.lock_after_minutes
    });
    // Unsaved or unusable: there is nothing to settle, and the page says why when it is opened.
    if let Ok(Some(minutes)) = settled.await {
        host.watch_idle(minutes).await;
    }
    alarm::arm(host).await;
}

/// The alarm rang: reads what is due, and shows how things stand, also when nothing is.
pub async fn on_alarm<H: Host>(host: &H) {
    // What could not be saved is tried again at the next alarm.
    let _ = refresh(host, Which::Due).await;
    alarm::arm(host).await;
}

/// The browser gave or took leave to reach an origin: what was withheld is due again.
pub async fn on_permission<H: Host>(host: &H) {
    let _ = refresh(host, Which::Withheld).await;
}

/// What the browser says of the person at the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nobody touched it for the time that [`Host::watch_idle`] asked for.
    Idle,
    /// The computer is locked.
    Locked,
}

/// Locks the vault where the user wants that.
pub async fn on_presence<H: Host>(host: &H, presence: Presence) {
    let wants = |state: &State| match presence {
        Presence::Idle => state.settings.lock_after_minutes.is_some(),
        Presence::Locked => state.settings.is_locked_with_computer,
    };
    if commit::look(host, |state, _| wants(state)).await == Ok(true) {
        let _ = keys::lock(host).await;
    }
}

/// Does what a page asks for, and answers with its sections.
pub async fn on_message<H: Host>(host: &H, text: &str) -> Reply {
    let Ok(Message { page, command }) = serde_json::from_str(text) else {
        return show(host, Page::Popup, None).await;
    };
    if command == Command::SuggestPassword {
        return keys::suggest(host, page).await;
    }
    let section = section(&command);
    let said = run(host, command).await;
    let note = said.map(|said| Note { section, said });
    show(host, page, note).await
}

/// The section that a command comes from, and whose note tells what came of it.
fn section(command: &Command) -> String {
    match command {
        Command::Connect { .. } => "connect".to_owned(),
        Command::Unlock { .. } => "unlock".to_owned(),
        Command::Seal { .. } => "seal".to_owned(),
        Command::ChangePassword { .. } | Command::ForgetPassword => "password".to_owned(),
        Command::Settings { .. } => "settings".to_owned(),
        Command::ReplaceKey { account, .. }
        | Command::TakeKey { account, .. }
        | Command::DropKey { account }
        | Command::Pause { account }
        | Command::Resume { account }
        | Command::Rename { account, .. } => format!("account-{}", account.0),
        Command::Remove { .. } => "accounts".to_owned(),
        Command::Show
        | Command::Refresh
        | Command::Hide { .. }
        | Command::Lock
        | Command::SuggestPassword => "note".to_owned(),
    }
}

async fn run<H: Host>(host: &H, command: Command) -> Option<Said> {
    let done = match command {
        Command::Show | Command::SuggestPassword => return None,
        Command::Refresh => refresh(host, Which::All).await.map(|()| None),
        Command::Lock => keys::lock(host).await.map(|()| None),
        Command::Hide { hidden } => manage::hide(host, hidden).await.map(|()| None),
        Command::Unlock { password } => keys::unlock(host, &password).await,
        Command::Seal { password, again } => keys::seal(host, &password, &again).await.map(Some),
        Command::ChangePassword { current, password, again } => {
            keys::change_password(host, &current, &password, &again).await.map(Some)
        }
        Command::ForgetPassword => keys::forget_password(host).await.map(|()| None),
        Command::Connect { provider, label, key, settings } => {
            manage::connect(host, &provider, &label, &key, settings).await.map(Some)
        }
        Command::ReplaceKey { account, key } => manage::replace_key(host, &account, &key).await,
        Command::TakeKey { account, books } => manage::take_key(host, &account, books).await.map(Some),
        Command::DropKey { account } => manage::drop_key(host, &account).await,
        Command::Pause { account } => manage::pause(host, &account).await,
        Command::Resume { account } => manage::resume(host, &account).await,
        Command::Rename { account, label } => manage::rename(host, &account, &label).await,
        Command::Remove { account, history } => manage::remove(host, &account, history).await,
        Command::Settings { period_minutes, currency, lock_after_minutes, lock_with_computer } => {
            let chosen = manage::Chosen { period_minutes, currency, lock_after_minutes, lock_with_computer };
            manage::settings(host, &chosen).await.map(Some)
        }
    };
    done.unwrap_or_else(|trouble| Some(Said::from(trouble)))
}

/// The sections of a page as things stand. What rests and cannot be used is said in place of any figure.
async fn show<H: Host>(host: &H, page: Page, note: Option<Note>) -> Reply {
    let is_key_known = keys::data_key(host).await.is_some();
    let ok = note.as_ref().is_none_or(|note| note.said.is_good());
    let shown = commit::look(host, |state, now| render(state, now, page, is_key_known, note.as_ref()));
    match shown.await {
        Ok((rev, html)) => Reply { rev, html, fill: Vec::new(), ok },
        Err(trouble) => {
            let nothing = State::default();
            let said = Note { section: "note".to_owned(), said: Said::from(trouble) };
            let (_, html) = render(&nothing, host.now(), page, is_key_known, Some(&said));
            // Whatever the page holds is older than this.
            Reply { rev: u64::MAX, html, fill: Vec::new(), ok: false }
        }
    }
}

fn render(
    state: &State,
    now: Timestamp,
    page: Page,
    is_key_known: bool,
    note: Option<&Note>,
) -> (u64, String) {
    let statement = statement(state, now);
    let lock = Lock::of(state, is_key_known);
    let view = screen::View { state, statement: &statement, lock, note };
    let html = match page {
        Page::Popup => screen::popup(&view),
        Page::Dashboard => screen::dashboard(&view),
    };
    (state.rev, html)
}
