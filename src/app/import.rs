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
//! A file waits in the browser's session: it never rests on the disk, and a new one takes its place. What a page shows of
//! it is kept apart from its rows, which are megabytes, so that drawing the page does not read them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::overlap::{self, Read, book};
use crate::app::sealing::remember_unlocked;
use crate::app::tx::look;
use crate::books::bill::Overlap;
use crate::books::reading::AccountId;
use crate::command::{File, Submission};
use crate::files::{self, ColumnMapping, Imported, MappedTable, Question, RefusalReason, Refused};
use crate::host::Host;
use crate::providers;
use crate::screen::{Said, Waiting};
use crate::store::CorrectionError;
use crate::vault::Secret;

/// Under which name the session remembers what is shown of the file that waits. Written after its rows.
const WAITING: &str = "waiting-file";
/// Under which name it remembers the rows of a table whose columns are to be pointed at.
const TABLE: &str = "waiting-table";
/// Under which name it remembers what was read of a file, until it is said whether it replaces.
pub(super) const BILLS: &str = "waiting-bills";
/// The most bytes that wait, 4 MB as base64: a browser's session keeps 10 MB in all.
const MOST_WAITING: usize = 3 << 20;

/// Reads files and books the days that they cover, in place of all that was known of those days (rule L11). A file that
/// is not what it says changes nothing. Says nothing where the page is to ask.
///
/// `overlap` says what is done where something else is known of those days, or where the file is of another provider;
/// without it, the page is to ask.
pub async fn import<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    files: Vec<File>,
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Result<Option<Said>, Failure> {
    forget(app).await;
    let mut whole = Vec::new();
    for File { name, bytes, is_too_large } in &files {
        if *is_too_large {
            return Ok(Some(Said::FileRefused(Refused::file(name, RefusalReason::TooMuch))));
        }
        let Some(bytes) = bytes else { return Ok(Some(Said::NoFile)) };
        whole.push((name.as_str(), bytes.as_slice()));
    }
    let Some((first, _)) = whole.first() else { return Ok(Some(Said::NoFile)) };
    match (providers::read_export(&whole), whole.as_slice()) {
        (Ok(imported), _) => book(app, read_of(id, first, imported, None), overlap, submission).await,
        (Err(Refused { why: RefusalReason::Unknown, .. }), [(name, bytes)])
            if files::head(bytes).is_some() =>
        {
            table(app, id, (name, bytes), overlap, submission).await
        }
        (Err(refused), _) => Ok(Some(Said::FileRefused(refused))),
    }
}

/// Reads a table as those of its shape were read before, or has it wait.
async fn table<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    (file, bytes): (&str, &[u8]),
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Result<Option<Said>, Failure> {
    let head = files::head(bytes).unwrap_or_default();
    let found = look(app, |state, _| {
        let account = state.account(id)?;
        let code = state.settings.currency.map_or(String::new(), |currency| currency.to_string());
        Some((ColumnMapping::known(&account.settings, &head), ColumnMapping::likely(bytes, &code)))
    });
    let Some((known, likely)) = found.await? else {
        return Ok(Some(Said::NotKept(CorrectionError::NoSuchAccount)));
    };
    let ask = match known.as_ref().map(|known| files::read_mapped(file, bytes, known)) {
        Some(Ok(MappedTable::Read(imported))) => {
            return book(app, read_of(id, file, imported, None), overlap, submission).await;
        }
        Some(Ok(MappedTable::Asks(ask))) => ask,
        Some(Err(_)) | None => Question::Columns,
    };
    if bytes.len() > MOST_WAITING {
        return Ok(Some(Said::FileRefused(Refused::file(file, RefusalReason::TooLong))));
    }
    let pointing = known.unwrap_or(likely);
    let waiting = Waiting { account: id.clone(), file: file.to_owned(), head, pointing, ask, overlap: None };
    wait(app, &waiting, bytes).await
}

/// Reads the table that waits by what was pointed at.
pub(super) async fn point<H: Host>(
    app: &App<'_, H>,
    chosen: &[(String, String)],
    submission: &Submission,
) -> Result<Option<Said>, Failure> {
    if chosen.iter().any(|(name, _)| name == "drop") {
        forget(app).await;
        return Ok(None);
    }
    let Some(shown) = recall(app, WAITING).await else { return Ok(Some(Said::FileGone)) };
    let overlap = chosen.iter().find(|(name, _)| name == "overlap");
    let overlap = overlap.and_then(|(_, name)| Overlap::parse(name));
    let bills = if overlap.is_some() { recall(app, BILLS).await } else { None };
    let read = match bills.and_then(|bills| overlap::read(&shown, &bills)) {
        Some(read) => read,
        None => {
            let bytes = recall(app, TABLE).await.and_then(|table| STANDARD.decode(table).ok());
            let Some((mut waiting, bytes)) = read(&shown).zip(bytes) else {
                return Ok(Some(Said::FileGone));
            };
            waiting.pointing = ColumnMapping::parse(chosen);
            let said = match files::read_mapped(&waiting.file, &bytes, &waiting.pointing) {
                Ok(MappedTable::Read(imported)) => {
                    let kept = waiting.pointing.kept(&waiting.head);
                    Ok(read_of(&waiting.account, &waiting.file, imported, kept))
                }
                Ok(MappedTable::Asks(ask)) => {
                    waiting.ask = ask;
                    Err(None)
                }
                Err(refused) => {
                    waiting.ask = Question::Columns;
                    Err(Some(Said::FileRefused(refused)))
                }
            };
            match said {
                Ok(read) => read,
                Err(said) => {
                    let locked = remember_waiting(app, &write(&waiting), None).await?;
                    return Ok(locked.or(said));
                }
            }
        }
    };
    let said = book(app, read, overlap, submission).await?;
    // Only now: what could not be saved can be tried again. What asks once more waits in its place.
    if said.is_some() {
        forget(app).await;
    }
    Ok(said)
}

/// The file that waits, without its rows.
pub async fn waiting<H: Host>(app: &App<'_, H>) -> Option<Waiting> {
    let shown = recall(app, WAITING).await?;
    overlap::waiting(&shown).or_else(|| read(&shown))
}

async fn forget<H: Host>(app: &App<'_, H>) {
    for name in [WAITING, TABLE, BILLS] {
        app.host.forget(name).await;
    }
}

fn read_of(account: &AccountId, file: &str, imported: Imported, kept: Option<Vec<(String, String)>>) -> Read {
    let file = files::shorten(file, files::LONGEST_SAMPLE);
    let Imported { provider, bills, prices, rows, .. } = imported;
    Read { account: account.clone(), file, provider, bills, prices, rows, kept }
}

async fn wait<H: Host>(app: &App<'_, H>, waiting: &Waiting, bytes: &[u8]) -> Result<Option<Said>, Failure> {
    let table = (TABLE, STANDARD.encode(bytes));
    remember_waiting(app, &write(waiting), Some(table)).await
}

/// Remembers what waits for an answer of the user: what is shown of it, and its rows under their name, where they changed.
/// Locking forgets it, so it says to unlock where the vault is locked.
pub(super) async fn remember_waiting<H: Host>(
    app: &App<'_, H>,
    shown: &str,
    rows: Option<(&str, String)>,
) -> Result<Option<Said>, Failure> {
    let rows = rows.map(|(name, rows)| (name, Secret::from(rows)));
    for (name, text) in rows.into_iter().chain([(WAITING, Secret::new(shown))]) {
        if !remember_unlocked(app, name, &text).await? {
            return Ok(Some(Said::UnlockFirst));
        }
    }
    Ok(None)
}

async fn recall<H: Host>(app: &App<'_, H>, name: &str) -> Option<String> {
    let text = app.host.recall(name).await?;
    // EXPOSE: it is no key, and what is shown of it are the names of columns.
    Some(text.expose().to_owned())
}

/// What is known of a table, without its rows.
fn write(Waiting { account, file, head, pointing, ask, .. }: &Waiting) -> String {
    let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut fields = vec![one("account", &account.0), one("file", file), one("ask", &ask.to_text())];
    fields.extend(head.iter().map(|name| one("head", name)));
    fields.extend(pointing.fields());
    serde_json::to_string(&fields).unwrap_or_default()
}

fn read(text: &str) -> Option<Waiting> {
    let fields: Vec<(String, String)> = serde_json::from_str(text).ok()?;
    let all =
        |name: &'static str| fields.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.clone());
    Some(Waiting {
        account: AccountId(all("account").next()?),
        file: all("file").next()?,
        head: all("head").collect(),
        pointing: ColumnMapping::parse(&fields),
        ask: Question::parse(&all("ask").next()?),
        overlap: None,
    })
}
