//! The pages of a read, kept as they arrive: the browser may stop the worker after 30 s, and a read that takes longer
//! would never end. The next attempt goes on from the last page that was kept.
//!
//! They are kept in the browser's session, which no disk holds and whose end they need not outlive: one value an account,
//! without its key, and without any header. Each time one is kept, the browser lets the worker go on for longer, too.
//!
//! ```text
//!   page, cursor -> kept -> page, cursor -> kept -> ... -> last page -> committed -> forgotten
//!                            stopped here -> an alarm within a minute -> goes on from that cursor
//!                            no network, too many requests -> goes on when the account is due
//!                            refused for good -> forgotten, and begun anew
//! ```
//!
//! A read goes on only on its own UTC day, with the same key and settings, and while nothing was read in between (see
//! [`Pages::new`]). Its report counts as of the moment at which it began.

use crate::app::alarm;
use crate::app::context::App;
use crate::app::session::data_key;
use crate::app::tx;
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::Host;
use crate::provider::{Problem, Report, Request};
use crate::store::{Account, Ended};
use crate::time::{SECOND, Timestamp};
use crate::vault::Secret;

/// The most bytes that are kept of all accounts together. A session holds 10 MB in all, and a file may wait there too.
const MOST_KEPT: usize = 4 << 20;
/// After so many milliseconds a read may well be stopped before it ends.
const SLOW: u64 = 5 * SECOND;

/// A read that is under way.
pub(crate) struct Progress {
    /// When it began: what the provider is asked for ends then.
    pub(crate) began: Timestamp,
    /// Every request so far, and the one to be sent next.
    pub(crate) asked: Vec<Request>,
    /// What each answer so far held.
    pub(crate) pages: Vec<Report>,
}

/// A request as it is kept: where to, its body, its count, what it carries, whether it is optional, and how many headers it has.
type StoredRequest = (String, Option<String>, u64, Vec<String>, bool, usize);

/// Where the pages of one attempt are kept.
pub(crate) struct Pages<'a> {
    account: &'a Account,
    /// When the attempt began.
    attempt: Timestamp,
    /// Billing one read from another.
    mark: String,
    most: usize,
}

impl Pages<'_> {
    /// Those of an account, one of so many, whose attempt began then.
    pub(crate) fn new(account: &Account, accounts: usize, attempt: Timestamp) -> Pages<'_> {
        let Account { credential, settings, pulse, .. } = account;
        let read = serde_json::to_string(&(credential, settings, pulse.read_at, attempt.day()));
        let mark = digest(&read.unwrap_or_default());
        Pages { account, attempt, mark, most: MOST_KEPT / accounts.max(1) }
    }

    /// The read that was cut off, where it may go on. Its requests take their headers from the `first` of its moment.
    pub(crate) async fn recall<H: Host>(
        &self,
        app: &App<'_, H>,
        first: impl FnOnce(Timestamp) -> Request,
    ) -> Option<Progress> {
        let kept = app.host.recall(&name(&self.account.id)).await?;
        // EXPOSE: it holds what a provider answered, and no key.
        let (line, text) = kept.expose().split_once('\n')?;
        if line.split_once(' ')?.1 != self.mark {
            return None;
        }
        let (began, asked, pages): (Timestamp, Vec<StoredRequest>, Vec<Report>) =
            serde_json::from_str(text).ok()?;
        let Request { auth, headers, .. } = first(began);
        let asked = asked.into_iter().map(|(url, body, count, carried, is_optional, length)| {
            let headers = headers.get(..length)?;
            Some(Request { url, auth, headers, body, count, carried, is_optional })
        });
        Some(Progress { began, asked: asked.collect::<Option<_>>()?, pages })
    }

    /// Keeps a read as far as it has come, unless the vault was locked or the account has changed in the meantime. One that
    /// cannot be kept goes on without.
    ///
    /// Whether it may be kept is asked before and after, so that no lock is held: the reads of many accounts would wait for
    /// each other. Whoever locks the vault or changes the key later forgets what is kept.
    pub(crate) async fn keep<H: Host>(&self, app: &App<'_, H>, progress: &Progress) {
        let Some(pages) = write(progress).filter(|pages| pages.len() <= self.most) else { return };
        let text = format!("{}\n{pages}", line(self.attempt, &self.mark));
        if self.goes_on(app).await {
            let _ = app.host.remember(&name(&self.account.id), &Secret::from(text)).await;
            if !self.goes_on(app).await {
                forget(app, &self.account.id).await;
            }
        }
        if app.host.now().since(self.attempt) >= SLOW {
            alarm::ring_soon(app).await;
        }
    }

    /// Whether the vault is open and the account still has the key that it is read with.
    async fn goes_on<H: Host>(&self, app: &App<'_, H>) -> bool {
        let account = tx::look_at(app, &self.account.id).await;
        data_key(app).await.is_some() && account.is_some_and(|account| account.has_key_of(self.account))
    }

    /// Forgets them, unless the next attempt may go on from them after this end.
    pub(crate) async fn end<H: Host>(&self, app: &App<'_, H>, ended: Option<&Ended>) {
        let Account { id, .. } = self.account;
        let goes_on = match ended {
            Some(Ended::Failed { problem, .. }) => match problem {
                // A page that never comes is not waited for all day.
                Problem::ProviderDown => has_kept_page(app, id, self.attempt).await,
                problem => may_pass(problem),
            },
            _ => false,
        };
        if !goes_on {
            forget(app, id).await;
        }
    }
}

/// Whether a problem may pass by itself, so that the same request can be sent again. Any other is the answer to it.
pub(crate) fn may_pass(problem: &Problem) -> bool {
    match problem {
        Problem::Offline | Problem::HostWithheld | Problem::RateLimited { .. } | Problem::ProviderDown => {
            true
        }
        Problem::KeyRefused
        | Problem::NotPermitted
        | Problem::Barred { .. }
        | Problem::Unreadable { .. }
        | Problem::Unsupported
        | Problem::Retired => false,
    }
}

/// Whether the attempt that began then has kept a page. It is then followed up at once, where others are backed off.
pub(crate) async fn has_kept_page<H: Host>(app: &App<'_, H>, id: &AccountId, attempt: Timestamp) -> bool {
    let kept = app.host.recall(&name(id)).await;
    // EXPOSE: only its first word is looked at.
    kept.is_some_and(|kept| kept.expose().starts_with(&line(attempt, "")))
}

/// Forgets the pages of an account.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, id: &AccountId) {
    app.host.forget(&name(id)).await;
}

/// The text that is kept. `None` where the headers of a request could not be found again.
fn write(Progress { began, asked, pages }: &Progress) -> Option<String> {
    let Request { auth, headers, .. } = asked.first()?;
    let kept = asked.iter().map(|ask| {
        let is_found = ask.auth == *auth && headers.starts_with(ask.headers);
        is_found.then_some((&ask.url, &ask.body, ask.count, &ask.carried, ask.is_optional, ask.headers.len()))
    });
    serde_json::to_string(&(began, kept.collect::<Option<Vec<_>>>()?, pages)).ok()
}

fn line(attempt: Timestamp, mark: &str) -> String {
    format!("{} {mark}", attempt.ms())
}

fn name(id: &AccountId) -> String {
    format!("pages-{}", id.0)
}
