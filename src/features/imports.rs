//! Importing files: a provider's own export, or any table whose columns the user chooses.
//!
//! ```text
//!   import -> a known kind, or a table whose columns were chosen before -> booked
//!          -> any other table                                           -> it waits, and the page asks for its columns
//!   choose -> booked, and the choice is stored; or the page asks again; or the table is dropped
//! ```
//!
//! If the account of a file is uncertain, the page shows the first rows and asks. This is the case for a FOCUS file, which can be
//! of any provider, for a workbook, and before there is an account.
//!
//! Booking asks too if the same days already have other figures: see [`booking`].
//!
//! A file waits in the browser's session: it is never written to the disk, and a new one replaces it. The part that a page shows
//! is stored apart from the rows, which are megabytes, so that drawing the page does not read them.

mod booking;
mod columns_view;
mod overlap_view;
mod preview_view;
mod setting;
mod view;
mod waiting;
mod words;

pub(crate) use overlap_view::{all_imports, imports};
pub(crate) use view::{how, section};
pub(crate) use waiting::{Waiting, waiting};

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::app::session::make_name;
use crate::app::tx::look;
use crate::app::{App, Done, Outcome, Rejected, Submission};
use crate::books::bill::Overlap;
use crate::books::reading::AccountId;
use crate::features::imports::booking::{Read, book};
use crate::features::imports::preview_view::NEW;
use crate::features::imports::setting::COLUMNS;
use crate::features::imports::waiting::{
    Asks, BILLS, Columns, MOST_WAITING, Preview, PreviewRow, TABLE, forget, recall, remember_rows,
    remember_shown,
};
use crate::features::imports::words::words;
use crate::files::{self, ColumnMapping, Imported, MappedTable, Question, RefusalReason, Refused};
use crate::host::Host;
use crate::money::Money;
use crate::order::in_order;
use crate::providers;
use crate::store::{Account, Source};
use crate::ui::Form;
use crate::ui::chosen_files::{opened, refused};

/// The number of lines of a file that are previewed.
const PREVIEWED: usize = 5;

/// Reads files and books the days that they cover (rule L11). An unreadable file changes nothing. The outcome has no message if
/// the page asks a question.
pub async fn import<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, files) = (form.account(), form.files("file"));
    forget(app).await;
    let whole = opened(&files)?;
    let first = whole.first().map_or("", |(name, _)| *name);
    let tables = files::tables(&whole).map_err(refused)?;
    let has_workbook = tables.iter().any(|(_, bytes)| matches!(bytes, Cow::Owned(_)));
    let tables = files::borrowed(&tables);
    let of_one = if whole.len() == 1 { tables.as_slice() } else { &[] };
    let table = of_one.iter().find(|(_, bytes)| files::head(bytes).is_some());
    match (providers::read_export(&tables, app.host.now()), table) {
        (Ok(imported), _) => {
            let is_sure = imported.provider.is_some() && !has_workbook;
            take(app, read_of(&id, first, imported, None), is_sure, &form.submission()).await
        }
        (Err(Refused { why: RefusalReason::Unknown, .. }), Some(table)) => {
            read_table(app, &id, *table, &form.submission()).await
        }
        (Err(why), _) => Err(refused(why)),
    }
}

/// Books what was read of a file. If its account is uncertain or gone, shows a preview first.
async fn take<H: Host>(app: &App<'_, H>, read: Read, is_sure: bool, submission: &Submission) -> Outcome {
    let has_account = look(app, |state, _| state.account(&read.account).is_some()).await?;
    if is_sure && has_account {
        book(app, read, None, submission).await
    } else {
        show_preview(app, read).await
    }
}

/// Stores what was read of a file in the session, with its first rows for the page.
async fn show_preview<H: Host>(app: &App<'_, H>, read: Read) -> Outcome {
    let is_right = |account: &Account| {
        let is_of_provider = read.provider.as_deref().is_some_and(|id| account.provider == id);
        account.source == Source::File || is_of_provider
    };
    let is_sure = look(app, |state, _| state.account(&read.account).is_some_and(is_right)).await?;
    let lines = read.bills.iter().flat_map(|bill| {
        bill.lines.iter().map(|line| PreviewRow {
            day: bill.day,
            name: line.name.clone(),
            sum: Money { amount: line.amount, currency: bill.currency },
        })
    });
    let first = in_order(lines, |one, other| one.day.cmp(&other.day)).into_iter().take(PREVIEWED).collect();
    let preview = Preview { first, rows: read.rows.clone(), is_sure };
    let waiting =
        Waiting { account: read.account.clone(), file: read.file.clone(), asks: Asks::Preview(preview) };
    remember_rows(app, BILLS, serde_json::to_string(&read).map_err(|_| Rejected::unexpected())?).await?;
    remember_shown(app, &waiting).await?;
    Ok(Done::silently())
}

/// The previewed content, for the account that the user chose.
async fn for_account<H: Host>(
    app: &App<'_, H>,
    form: &Form,
    account: &str,
) -> Result<Option<Read>, Rejected> {
    let Some(read) = recall(app, BILLS).await.and_then(|text| Read::parse(&text)) else { return Ok(None) };
    if account != NEW {
        return Ok(Some(Read { account: AccountId(account.to_owned()), ..read }));
    }
    let label = form.label();
    if label.is_empty() {
        return Err(Rejected::of(words, |words| words.name_account).at("label"));
    }
    Ok(Some(Read { account: AccountId(make_name(app)), new_account: Some(label), ..read }))
}

/// Reads a table by the column mapping stored for its columns, or asks the user for one.
async fn read_table<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    (file, bytes): (&str, &[u8]),
    submission: &Submission,
) -> Outcome {
    let head = files::head(bytes).unwrap_or_default();
    let found = look(app, |state, _| {
        let known = state.account(id).map(|account| COLUMNS.get(account));
        let code = state.settings.currency.map_or(String::new(), |currency| currency.to_string());
        let known = known.and_then(|names| ColumnMapping::from_names(&names, &head));
        (known, ColumnMapping::likely(bytes, &code))
    });
    let (known, likely) = found.await?;
    let question = match known.as_ref().map(|known| files::read_mapped(file, bytes, known, app.host.now())) {
        Some(Ok(MappedTable::Read(imported))) => {
            return take(app, read_of(id, file, imported, None), true, submission).await;
        }
        Some(Ok(MappedTable::Asks(question))) => question,
        Some(Err(_)) | None => Question::Columns,
    };
    if bytes.len() > MOST_WAITING {
        return Err(refused(Refused::file(file, RefusalReason::TooLong)));
    }
    let columns = Columns { head, chosen: known.unwrap_or(likely), question };
    let waiting = Waiting { account: id.clone(), file: file.to_owned(), asks: Asks::Columns(columns) };
    remember_rows(app, TABLE, STANDARD.encode(bytes)).await?;
    remember_shown(app, &waiting).await?;
    Ok(Done::silently())
}

/// The user's answer about the file that waits: its columns, whether it replaces or adds, or that it is dropped.
pub async fn answer<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let chosen = form.settings();
    let find = |name: &str| chosen.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    if find("drop").is_some() {
        forget(app).await;
        return Ok(Done::silently());
    }
    let waiting = waiting(app).await.ok_or_else(file_gone)?;
    let overlap = find("overlap").and_then(Overlap::parse);
    let read = match (&waiting.asks, overlap) {
        (Asks::Preview(_) | Asks::Overlap(_), None) => {
            for_account(app, form, find("account").unwrap_or_default()).await?
        }
        (Asks::Overlap(_), Some(_)) => recall(app, BILLS).await.and_then(|text| Read::parse(&text)),
        (Asks::Columns(columns), None) => {
            let table = recall(app, TABLE).await.and_then(|table| STANDARD.decode(table).ok());
            let bytes = table.ok_or_else(file_gone)?;
            match read_chosen(app, &waiting, columns, ColumnMapping::parse(&chosen), &bytes).await? {
                Some(read) => return finish(app, take(app, read, true, &form.submission()).await).await,
                None => return Ok(Done::silently()),
            }
        }
        _ => None,
    };
    finish(app, book(app, read.ok_or_else(file_gone)?, overlap, &form.submission()).await).await
}

/// The outcome for a file that waited. The file is forgotten once it was booked or refused.
async fn finish<H: Host>(app: &App<'_, H>, booked: Outcome) -> Outcome {
    // After a failed commit the user can try again, also for another account. A further question waits in place of this one.
    let is_over = match &booked {
        Ok(done) => done.sentence.is_some(),
        Err(rejected) => !matches!(rejected, Rejected::Failed(_) | Rejected::NoAccount),
    };
    if is_over {
        forget(app).await;
    }
    booked
}

/// Reads the table that waits by the chosen columns. `None` if the page must ask again.
async fn read_chosen<H: Host>(
    app: &App<'_, H>,
    waiting: &Waiting,
    columns: &Columns,
    chosen: ColumnMapping,
    bytes: &[u8],
) -> Result<Option<Read>, Rejected> {
    let (question, rejected) = match files::read_mapped(&waiting.file, bytes, &chosen, app.host.now()) {
        Ok(MappedTable::Read(imported)) => {
            let kept = chosen.to_names(&columns.head);
            return Ok(Some(read_of(&waiting.account, &waiting.file, imported, kept)));
        }
        Ok(MappedTable::Asks(question)) => (question, None),
        Err(why) => (Question::Columns, Some(refused(why))),
    };
    let asks = Asks::Columns(Columns { head: columns.head.clone(), chosen, question });
    remember_shown(app, &Waiting { asks, ..waiting.clone() }).await?;
    rejected.map_or(Ok(None), Err)
}

fn read_of(account: &AccountId, file: &str, imported: Imported, kept: Option<Vec<(String, String)>>) -> Read {
    let file = files::shorten(file, files::LONGEST_SAMPLE);
    let Imported { provider, bills, mut prices, peak, rows, .. } = imported;
    // Only a price per token can be stored.
    prices.retain(|price| price.to_text().is_some());
    let (account, provider) = (account.clone(), provider.map(str::to_owned));
    Read { account, file, provider, bills, prices, peak, rows, kept, new_account: None }
}

fn file_gone() -> Rejected {
    Rejected::of(words, |words| words.file_gone)
}
