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

use serde::{Deserialize, Serialize};

use crate::bill::{Bill, Overlap};
use crate::host::Host;
use crate::import::{Ask, Pointing};
use crate::period::Timestamp;
use crate::provider::Tells;
use crate::providers;
use crate::reading::AccountId;
use crate::screen::{self, Overlapping, Said, Waiting};
use crate::state::{Brought, Clash, Importing, Reach, Refusal, State};
use crate::tokens::Price;
use crate::vault::Secret;
use crate::worker::commit::commit_within;
use crate::worker::import::WAITING;
use crate::worker::{Trouble, settle_history};

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
    /// What the account shall keep of the columns that were matched.
    pub(super) kept: Option<Vec<(String, String)>>,
}

/// The question as it waits: `[account, file, provider, whether the account is of another, clashes]`.
type Question = (AccountId, String, Option<String>, bool, Vec<Clash>);

/// What waits with it.
#[derive(Serialize, Deserialize)]
struct Kept(Vec<Bill>, Vec<String>, Option<Vec<(String, String)>>);

/// What came of booking: also whether the file is of another provider.
enum Booked {
    Asks(Vec<Clash>, bool),
    Said(Said),
}

/// Books what was read, or has it wait and says nothing: the page then asks.
pub(super) async fn book<H: Host>(
    host: &H,
    read: Read,
    overlap: Option<Overlap>,
) -> Result<Option<Said>, Trouble> {
    let reach = Reach::of_importing(&read.account, &read.bills);
    match commit_within(host, &reach, |state, now| take(state, &read, overlap, now)).await? {
        // Days that were settled may have to be settled anew.
        Booked::Said(said) => settle_history(host).await.map(|()| Some(said)),
        Booked::Asks(clashes, is_of_other) => wait(host, &read, (clashes, is_of_other)).await.map(|()| None),
    }
}

fn take(state: &mut State, read: &Read, overlap: Option<Overlap>, now: Timestamp) -> Booked {
    let Some(account) = state.account(&read.account) else {
        return Booked::Said(Said::NotKept(Refusal::NoSuchAccount));
    };
    let of = providers::find(&account.provider).map(|provider| provider.card);
    let by_key = of.as_ref().filter(|_| account.credential.is_some()).map(|card| card.tells);
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
        return Booked::Said(Said::NotKept(Refusal::NoSuchAccount));
    };
    if let Some(account) = state.account_mut(&read.account) {
        if let Some(kept) = read.kept.clone() {
            Pointing::keep(&mut account.settings, kept);
        }
        account.learn_prices(read.prices.clone());
    }
    Booked::Said(said(&brought, by_key.filter(|_| overlap == Overlap::Replace)))
}

fn said(brought: &[Brought], by_key: Option<Tells>) -> Said {
    let told = brought.iter().map(|Brought { sum, span, .. }| screen::Imported {
        sum: *sum,
        from: span.from.day(),
        to: span.to.minus(1).day(),
    });
    Said::Imported(told.collect(), by_key)
}

async fn wait<H: Host>(
    host: &H,
    read: &Read,
    (clashes, is_of_other): (Vec<Clash>, bool),
) -> Result<(), Trouble> {
    let provider = read.provider.map(str::to_owned);
    let question: Question = (read.account.clone(), read.file.clone(), provider, is_of_other, clashes);
    let prices = read.prices.iter().filter_map(Price::to_text).collect();
    let kept = Kept(read.bills.clone(), prices, read.kept.clone());
    let (question, kept) = (serde_json::to_string(&question), serde_json::to_string(&kept));
    let text = format!("{BEGINS}{}\n{}", question.unwrap_or_default(), kept.unwrap_or_default());
    Ok(host.remember(WAITING, &Secret::from(text)).await?)
}

/// What waits, without what was read of the file. `None` for a table.
pub(super) fn waiting(text: &str) -> Option<Waiting> {
    let (account, file, provider, is_of_other, clashes): Question =
        serde_json::from_str(text.strip_prefix(BEGINS)?.lines().next()?).ok()?;
    let provider = provider.and_then(|provider| providers::find(&provider));
    let provider = provider.map(|provider| provider.card.name);
    let overlap = Some(Overlapping { provider, is_of_other, clashes });
    let (head, pointing, ask) = (Vec::new(), Pointing::default(), Ask::Columns);
    Some(Waiting { account, file, head, pointing, ask, overlap })
}

/// Books what waits as chosen. `None` where a table waits, or nothing.
pub(super) async fn choose<H: Host>(
    host: &H,
    text: &str,
    overlap: Overlap,
) -> Option<Result<Option<Said>, Trouble>> {
    let (question, kept) = text.strip_prefix(BEGINS)?.split_once('\n')?;
    let (account, file, provider, ..): Question = serde_json::from_str(question).ok()?;
    let Kept(bills, prices, kept) = serde_json::from_str(kept).ok()?;
    let prices = prices.iter().filter_map(|price| Price::read(price)).collect();
    let provider = provider.and_then(|provider| providers::find(&provider)).map(|provider| provider.card.id);
    let read = Read { account, file, provider, bills, prices, kept };
    Some(match book(host, read, Some(overlap)).await {
        Ok(said) => {
            host.forget(WAITING).await;
            Ok(said)
        }
        Err(trouble) => Err(trouble),
    })
}
