//! The question that an import may ask: to replace what is known of its days, or to be added to it (rule L11).
//!
//! ```text
//!   import -> nothing else is known of its days, or the same -> booked
//!          -> something else is, or it is of another provider -> it waits, and the page asks
//!   point  -> booked as chosen, or dropped
//! ```
//!
//! An import waits in the session, in the place of a table that waits until its columns are matched. What waits is what
//! was read of the file, and never the file.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::import::{BILLS, remember_waiting};
use crate::app::tx::{commit_within, once};
use crate::books::bill::{Bill, Overlap};
use crate::books::reading::AccountId;
use crate::books::tokens::Price;
use crate::command::Submission;
use crate::files::{ColumnMapping, Question, RowCounts};
use crate::host::Host;
use crate::money::{Amount, Currency};
use crate::provider::Billing;
use crate::providers;
use crate::screen::{self, Overlapping, Said, Waiting};
use crate::store::{CorrectionError, ImportConflict, ImportedPeriod, Importing, LoadScope, State};
use crate::time::{Day, Timestamp};

/// What the text of such an import begins with. That of a table begins with JSON.
const BEGINS: &str = "overlap\n";

/// What was read of a file, for one account.
pub(super) struct Read {
    pub(super) account: AccountId,
    pub(super) file: String,
    /// The provider whose export it is, where that is known.
    pub(super) provider: Option<&'static str>,
    pub(super) bills: Vec<Bill>,
    pub(super) prices: Vec<Price>,
    /// What became of its rows.
    pub(super) rows: RowCounts,
    /// What the account shall keep of the columns that were matched.
    pub(super) kept: Option<Vec<(String, String)>>,
}

/// What came of booking: also whether the file is of another provider.
enum Booked {
    Asks(Vec<ImportConflict>, bool),
    Said(Said),
}

/// Books what was read, or has it wait and says nothing: the page then asks.
pub(super) async fn book<H: Host>(
    app: &App<'_, H>,
    read: Read,
    overlap: Option<Overlap>,
    submission: &Submission,
) -> Result<Option<Said>, Failure> {
    let reach = LoadScope::of_importing(&read.account, &read.bills);
    let is_good = |booked: &Booked| matches!(booked, Booked::Said(said) if said.is_good());
    let booked = commit_within(app, &reach, |state, now| {
        once(state, submission, Booked::Said(Said::Saved), is_good, |state| take(state, &read, overlap, now))
    });
    match booked.await? {
        Booked::Said(said) => Ok(Some(said)),
        Booked::Asks(clashes, is_of_other) => wait(app, &read, (clashes, is_of_other)).await,
    }
}

fn take(state: &mut State, read: &Read, overlap: Option<Overlap>, now: Timestamp) -> Booked {
    let Some(account) = state.account(&read.account) else {
        return Booked::Said(Said::NotKept(CorrectionError::NoSuchAccount));
    };
    let of = providers::find(&account.provider).map(|provider| provider.card);
    let by_key = of.as_ref().filter(|_| account.credential.is_some()).map(|card| card.billing);
    let is_of_other = read.provider.zip(of).is_some_and(|(told, card)| told != card.id);
    let importing = Importing { file: read.file.clone(), bills: read.bills.clone(), is_of_other };
    if overlap.is_none() {
        let clashes = state.clashes(&read.account, &importing, now);
        if !clashes.is_empty() {
            return Booked::Asks(clashes, is_of_other);
        }
    }
    let overlap = overlap.unwrap_or(Overlap::Replace);
    let Some(brought) = state.import(&read.account, importing, overlap, now) else {
        return Booked::Said(Said::NotKept(CorrectionError::NoSuchAccount));
    };
    if let Some(account) = state.account_mut(&read.account) {
        if let Some(kept) = read.kept.clone() {
            ColumnMapping::keep(&mut account.settings, kept);
        }
        account.learn_prices(read.prices.clone());
    }
    Booked::Said(said(&brought, by_key.filter(|_| overlap == Overlap::Replace), read.rows.clone()))
}

fn said(brought: &[ImportedPeriod], by_key: Option<Billing>, rows: RowCounts) -> Said {
    let told = brought.iter().map(|ImportedPeriod { sum, span, .. }| screen::ImportSummary {
        sum: *sum,
        from: span.from.day(),
        to: span.to.minus(1).day(),
    });
    Said::Imported(told.collect(), by_key, rows)
}

/// One line of what is asked, as the fields of a form are, and the bills below.
async fn wait<H: Host>(
    app: &App<'_, H>,
    read: &Read,
    (clashes, is_of_other): (Vec<ImportConflict>, bool),
) -> Result<Option<Said>, Failure> {
    let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut fields = vec![one("account", &read.account.0), one("file", &read.file)];
    fields.extend(read.provider.map(|provider| one("provider", provider)));
    fields.extend(is_of_other.then(|| one("other", "")));
    fields.extend(clashes.iter().map(|ImportConflict { currency, from, to, known, told }| {
        let known = known.map_or_else(String::new, |known| known.to_string());
        ("clash".to_owned(), format!("{currency} {from} {to} {told} {known}"))
    }));
    fields.extend(read.prices.iter().filter_map(|price| Some(("price".to_owned(), price.to_text()?))));
    fields.extend(read.rows.fields());
    fields.extend(read.kept.iter().map(|_| one("kept", "")));
    fields.extend(read.kept.iter().flatten().cloned());
    let (fields, bills) = (serde_json::to_string(&fields), serde_json::to_string(&read.bills));
    let shown = format!("{BEGINS}{}", fields.unwrap_or_default());
    remember_waiting(app, &shown, Some((BILLS, bills.unwrap_or_default()))).await
}

/// The fields of what waits. `None` for a table.
fn fields(shown: &str) -> Option<Vec<(String, String)>> {
    serde_json::from_str(shown.strip_prefix(BEGINS)?).ok()
}

fn clash(text: &str) -> Option<ImportConflict> {
    let mut parts = text.split(' ');
    let mut part = || parts.next();
    Some(ImportConflict {
        currency: Currency::parse(part()?)?,
        from: Day::parse(part()?)?,
        to: Day::parse(part()?)?,
        told: Amount::parse_stored(part()?).ok()?,
        known: Amount::parse_stored(part()?).ok(),
    })
}

/// What waits, without what was read of the file. `None` for a table.
pub(super) fn waiting(shown: &str) -> Option<Waiting> {
    let fields = fields(shown)?;
    let all =
        |name: &'static str| fields.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.as_str());
    let provider = all("provider").next().and_then(providers::find).map(|provider| provider.card.name);
    let (is_of_other, clashes) = (all("other").next().is_some(), all("clash").filter_map(clash).collect());
    Some(Waiting {
        account: AccountId(all("account").next()?.to_owned()),
        file: all("file").next()?.to_owned(),
        head: Vec::new(),
        pointing: ColumnMapping::default(),
        ask: Question::Columns,
        overlap: Some(Overlapping { provider, is_of_other, clashes }),
    })
}

/// What was read of the file that waits. `None` for a table.
pub(super) fn read(shown: &str, bills: &str) -> Option<Read> {
    let mut fields = fields(shown)?;
    let bills = serde_json::from_str(bills).ok()?;
    let kept = fields.iter().position(|(name, _)| name == "kept");
    let kept = kept.map(|place| fields.split_off(place).into_iter().skip(1).collect());
    let all =
        |name: &'static str| fields.iter().filter(move |(of, _)| of == name).map(|(_, text)| text.as_str());
    let provider = all("provider").next().and_then(providers::find).map(|provider| provider.card.id);
    let prices = all("price").filter_map(Price::parse).collect();
    let (account, file) = (AccountId(all("account").next()?.to_owned()), all("file").next()?.to_owned());
    let rows = RowCounts::parse_fields(&fields);
    Some(Read { account, file, provider, bills, prices, rows, kept })
}
