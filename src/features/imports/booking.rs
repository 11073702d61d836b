//! Books what was read of a file, or asks first. If its days already have other figures, or the file is of another provider, the
//! user says whether it replaces those figures or is added to them (rule L11).
//!
//! Until the answer, the session holds what was read of the file, never the file.

use serde::{Deserialize, Serialize};

use crate::app::tx::Step;
use crate::app::{App, Done, Outcome, Rejected, Submission};
use crate::books::bill::{Bill, Overlap};
use crate::books::peak::PeakUse;
use crate::books::reading::AccountId;
use crate::books::tokens::Price;
use crate::features::imports::setting::COLUMNS;
use crate::features::imports::waiting::{Asks, BILLS, Overlapping, Waiting, remember_rows, remember_shown};
use crate::features::imports::words::{ImportSummary, words};
use crate::files::RowCounts;
use crate::host::Host;
use crate::provider::Billing;
use crate::providers;
use crate::store::{Account, ImportConflict, ImportedPeriod, Importing, LoadScope, Source, State};
use crate::time::Timestamp;

/// The content of a file for one account.
#[derive(Serialize, Deserialize)]
pub(super) struct Read {
    pub(super) account: AccountId,
    pub(super) file: String,
    /// The id of the provider that made the export, if known.
    pub(super) provider: Option<String>,
    pub(super) bills: Vec<Bill>,
    pub(super) prices: Vec<Price>,
    #[serde(default)]
    pub(super) peak: Vec<PeakUse>,
    /// How many rows were read and skipped.
    pub(super) rows: RowCounts,
    /// The column mapping to store for the account.
    pub(super) kept: Option<Vec<(String, String)>>,
    /// The user's name for the account, if it is new.
    #[serde(default)]
    pub(super) new_account: Option<String>,
}

impl Read {
    /// Parses the content that waited in the session.
    pub(super) fn parse(text: &str) -> Option<Read> {
        serde_json::from_str(text).ok()
    }
}

/// The result of booking.
enum Booked {
    /// The page must ask about these days.
    Asks(Overlapping),
    Done(Done),
}

/// Books what was read. If the page must ask first, the content waits in the session and the outcome has no message.
pub(super) async fn book<H: Host>(
    app: &App<'_, H>,
    read: Read,
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Outcome {
    let scope = LoadScope::of_importing(&read.account, &read.bills);
    let take = |state: &mut State, now: Timestamp| {
        if state.has_done(submission.name()) {
            return Ok(Booked::Done(Done::saved()));
        }
        if let (None, Some(label)) = (state.account(&read.account), &read.new_account) {
            let (id, label) = (read.account.clone(), label.clone());
            state.accounts.push(Account::without_key(id, "", label, Source::File));
        }
        let booked = take(state, &read, overlap, now)?;
        // A submission that led to a question is not done yet.
        if matches!(booked, Booked::Done(_)) {
            state.note_done(submission.name());
        }
        Ok(booked)
    };
    match Step::within(&scope).try_commit(app, take).await? {
        Booked::Done(done) => Ok(done),
        Booked::Asks(overlapping) => {
            let rows = serde_json::to_string(&read).map_err(|_| Rejected::unexpected())?;
            remember_rows(app, BILLS, rows).await?;
            let Read { account, file, .. } = read;
            remember_shown(app, &Waiting { account, file, asks: Asks::Overlap(overlapping) }).await?;
            Ok(Done::silently())
        }
    }
}

fn take(
    state: &mut State,
    read: &Read,
    overlap: Option<Overlap>,
    now: Timestamp,
) -> Result<Booked, Rejected> {
    let account = state.account(&read.account).ok_or(Rejected::NoAccount)?;
    let card = account.card();
    let by_key = card.filter(|_| account.credential.is_some()).map(|card| card.billing);
    let other = read.provider.as_deref().filter(|id| card.is_some_and(|card| card.id != *id));
    let importing =
        Importing { file: read.file.clone(), bills: read.bills.clone(), is_of_other: other.is_some() };
    if overlap.is_none() {
        let conflicts: Vec<ImportConflict> = state.clashes(&read.account, &importing, now);
        if !conflicts.is_empty() {
            let other = other.and_then(providers::find).map(|provider| provider.card.name.to_owned());
            return Ok(Booked::Asks(Overlapping { other_provider: other, conflicts }));
        }
    }
    let overlap = overlap.unwrap_or(Overlap::Replace);
    let imported = state.import(&read.account, importing, overlap, now).ok_or(Rejected::NoAccount)?;
    if let Some(account) = state.account_mut(&read.account) {
        if let Some(kept) = read.kept.clone() {
            COLUMNS.set(account, &kept);
        }
        account.learn_prices(read.prices.clone());
        if !imported.is_empty() {
            account.learn_peak_use(&read.peak, overlap);
        }
    }
    let done = says(&imported, by_key.filter(|_| overlap == Overlap::Replace), read.rows.clone());
    let import = state.account(&read.account).and_then(|account| account.imports.last());
    Ok(Booked::Done(match import {
        Some(import) if !imported.is_empty() => {
            let undo = [("account", read.account.0.clone()), ("correction", import.id())];
            done.undone_by("undo", undo)
        }
        _ => done,
    }))
}

fn says(imported: &[ImportedPeriod], by_key: Option<Billing>, rows: RowCounts) -> Done {
    let summary = |ImportedPeriod { sum, span, .. }: &ImportedPeriod| ImportSummary {
        sum: *sum,
        from: span.from.day(),
        to: span.to.minus(1).day(),
    };
    let summaries: Vec<ImportSummary> = imported.iter().map(summary).collect();
    Done::says(move |language| (words(language).imported)(&summaries, by_key, &rows))
}
