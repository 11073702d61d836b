//! Booking what a file tells: a provider's own export, or any table whose columns the user points at.
//!
//! ```text
//!   import -> a known kind, or a table of a shape that was pointed at -> booked
//!          -> any other table                                         -> it waits, and the page asks
//!   point  -> booked, and the shape is kept; or the page asks again; or the table is let go
//! ```
//!
//! Booking may ask too, where something else is known of the same days: see [`overlap`].
//!
//! A table waits in the browser's session, under one name: it never rests on the disk, and a new one takes its place.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::bill::Overlap;
use crate::command::{File, Submission};
use crate::host::Host;
use crate::import::{self, Ask, Imported, Pointed, Pointing, Refused, Why};
use crate::reading::AccountId;
use crate::screen::{Said, Waiting};
use crate::state::Refusal;
use crate::vault::Secret;
use crate::worker::Trouble;
use crate::worker::commit::look;
use crate::worker::keys::remember_unlocked;
use crate::worker::overlap::{self, Read, book};

/// Under which name the session remembers a table.
pub(super) const WAITING: &str = "waiting-file";
/// The most bytes that wait, 4 MB as base64: a browser's session keeps 10 MB in all.
const MOST_WAITING: usize = 3 << 20;
/// The most letters of a file's name that are kept.
const LONGEST_NAME: usize = 60;

/// Reads files and books the days that they cover, in place of all that was known of those days (rule L11). A file that
/// is not what it says changes nothing. Says nothing where the page is to ask.
///
/// `overlap` says what is done where something else is known of those days, or where the file is of another provider;
/// without it, the page is to ask.
pub async fn import<H: Host>(
    host: &H,
    id: &AccountId,
    files: Vec<File>,
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Result<Option<Said>, Trouble> {
    host.forget(WAITING).await;
    let mut whole = Vec::new();
    for File { name, bytes } in &files {
        let Some(bytes) = bytes else { return Ok(Some(Said::NoFile)) };
        whole.push((name.as_str(), bytes.as_slice()));
    }
    let Some((first, _)) = whole.first() else { return Ok(Some(Said::NoFile)) };
    match (import::read_all(&whole), whole.as_slice()) {
        (Ok(imported), _) => book(host, read_of(id, first, imported, None), overlap, submission).await,
        (Err(Refused { why: Why::Unknown, .. }), [(name, bytes)]) if import::head(bytes).is_some() => {
            table(host, id, (name, bytes), overlap, submission).await
        }
        (Err(refused), _) => Ok(Some(Said::FileRefused(refused))),
    }
}

/// Reads a table as those of its shape were read before, or has it wait.
async fn table<H: Host>(
    host: &H,
    id: &AccountId,
    (file, bytes): (&str, &[u8]),
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Result<Option<Said>, Trouble> {
    let head = import::head(bytes).unwrap_or_default();
    let found = look(host, |state, _| {
        let account = state.account(id)?;
        let code = state.settings.currency.map_or(String::new(), |currency| currency.to_string());
        Some((Pointing::known(&account.settings, &head), Pointing::likely(bytes, &code)))
    });
    let Some((known, likely)) = found.await? else {
        return Ok(Some(Said::NotKept(Refusal::NoSuchAccount)));
    };
    let ask = match known.as_ref().map(|known| import::read_pointed(file, bytes, known)) {
        Some(Ok(Pointed::Read(imported))) => {
            return book(host, read_of(id, file, imported, None), overlap, submission).await;
        }
        Some(Ok(Pointed::Asks(ask))) => ask,
        Some(Err(_)) | None => Ask::Columns,
    };
    if bytes.len() > MOST_WAITING {
        let (row, column) = (None, None);
        return Ok(Some(Said::FileRefused(Refused {
            file: file.to_owned(),
            row,
            column,
            why: Why::TooLong,
        })));
    }
    let pointing = known.unwrap_or(likely);
    let waiting = Waiting { account: id.clone(), file: file.to_owned(), head, pointing, ask, overlap: None };
    wait(host, &waiting, bytes).await
}

/// Reads the table that waits by what was pointed at.
pub(super) async fn point<H: Host>(
    host: &H,
    chosen: &[(String, String)],
    submission: &Submission,
) -> Result<Option<Said>, Trouble> {
    if chosen.iter().any(|(name, _)| name == "drop") {
        host.forget(WAITING).await;
        return Ok(None);
    }
    let Some(text) = recall(host).await else { return Ok(Some(Said::FileGone)) };
    let overlap = chosen.iter().find(|(name, _)| name == "overlap");
    let overlap = overlap.and_then(|(_, name)| Overlap::read(name));
    let read = match overlap.and_then(|_| overlap::read(&text)) {
        Some(read) => read,
        None => {
            let Some((mut waiting, bytes)) = read(&text, true) else { return Ok(Some(Said::FileGone)) };
            waiting.pointing = Pointing::of(chosen);
            let said = match import::read_pointed(&waiting.file, &bytes, &waiting.pointing) {
                Ok(Pointed::Read(imported)) => {
                    let kept = waiting.pointing.kept(&waiting.head);
                    Ok(read_of(&waiting.account, &waiting.file, imported, kept))
                }
                Ok(Pointed::Asks(ask)) => {
                    waiting.ask = ask;
                    Err(None)
                }
                Err(refused) => {
                    waiting.ask = Ask::Columns;
                    Err(Some(Said::FileRefused(refused)))
                }
            };
            match said {
                Ok(read) => read,
                Err(said) => return wait(host, &waiting, &bytes).await.map(|locked| locked.or(said)),
            }
        }
    };
    let said = book(host, read, overlap, submission).await?;
    // Only now: what could not be saved can be tried again. What asks once more waits in its place.
    if said.is_some() {
        host.forget(WAITING).await;
    }
    Ok(said)
}

/// The file that waits, without its rows.
pub async fn waiting<H: Host>(host: &H) -> Option<Waiting> {
    let text = recall(host).await?;
    overlap::waiting(&text).or_else(|| read(&text, false).map(|(waiting, _)| waiting))
}

fn read_of(account: &AccountId, file: &str, imported: Imported, kept: Option<Vec<(String, String)>>) -> Read {
    let file = file.chars().filter(|sign| !sign.is_control()).take(LONGEST_NAME).collect();
    let Imported { provider, bills, prices, rows, .. } = imported;
    Read { account: account.clone(), file, provider, bills, prices, rows, kept }
}

async fn wait<H: Host>(host: &H, waiting: &Waiting, bytes: &[u8]) -> Result<Option<Said>, Trouble> {
    remember_waiting(host, &Secret::from(write(waiting, bytes))).await
}

/// Remembers what waits for an answer of the user. Locking forgets it, so it says to unlock where the vault is locked.
pub(super) async fn remember_waiting<H: Host>(host: &H, text: &Secret) -> Result<Option<Said>, Trouble> {
    let is_remembered = remember_unlocked(host, WAITING, text).await?;
    Ok((!is_remembered).then_some(Said::UnlockFirst))
}

async fn recall<H: Host>(host: &H) -> Option<String> {
    let text = host.recall(WAITING).await?;
    // EXPOSE: it is no key, and what is shown of it are the names of columns.
    Some(text.expose().to_owned())
}

/// One line of what is known of a table, and its bytes as base64 below.
fn write(Waiting { account, file, head, pointing, ask, .. }: &Waiting, bytes: &[u8]) -> String {
    let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut fields = vec![one("account", &account.0), one("file", file), one("ask", &ask.to_text())];
    fields.extend(head.iter().map(|name| one("head", name)));
    fields.extend(pointing.fields());
    let line = serde_json::to_string(&fields).unwrap_or_default();
    format!("{line}\n{}", STANDARD.encode(bytes))
}

fn read(text: &str, with_bytes: bool) -> Option<(Waiting, Vec<u8>)> {
    let (line, bytes) = text.split_once('\n')?;
    let fields: Vec<(String, String)> = serde_json::from_str(line).ok()?;
    let all =
        |name: &'static str| fields.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.clone());
    let waiting = Waiting {
        account: AccountId(all("account").next()?),
        file: all("file").next()?,
        head: all("head").collect(),
        pointing: Pointing::of(&fields),
        ask: Ask::read(&all("ask").next()?),
        overlap: None,
    };
    let bytes = if with_bytes { STANDARD.decode(bytes).ok()? } else { Vec::new() };
    Some((waiting, bytes))
}
