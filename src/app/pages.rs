//! Keeps the pages of a read as they arrive: the browser may stop the worker after 30 s, so a longer read would never end. The
//! next attempt continues after the last page that was kept.
//!
//! They are kept in the browser's session, which is never on disk: one value for each account, without its key, and without any
//! header. They need not outlive the session. Each write also extends the worker's life.
//!
//! ```text
//!   page, cursor -> kept -> page, cursor -> kept -> ... -> last page -> committed -> forgotten
//!                            stopped here -> an alarm within a minute -> continues from that cursor
//!                            no network, too many requests -> continues when the account is due
//!                            refused for good -> forgotten, and started again
//! ```
//!
//! A read continues only on its own UTC day, with the same key and settings, and if nothing was read in between (see
//! [`Pages::new`]). Its report counts as of the start of the read. Pages of different hours may show a day that is still growing
//! at different times, and their sum is no figure of any time: so a read continues within an hour, unless the provider asked to
//! wait, and one whose result could not be saved starts again.

use crate::app::alarm;
use crate::app::context::App;
use crate::app::session::data_key;
use crate::app::tx;
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::Host;
use crate::provider::{Problem, Report, Request};
use crate::store::{Account, Ended};
use crate::time::{HOUR, SECOND, Timestamp};
use crate::vault::Secret;

/// The most bytes kept for all accounts together. A session holds 10 MB in all, and a file may wait there too.
const MOST_KEPT: usize = 4 << 20;
/// A read that began longer ago starts again, in milliseconds.
const LONGEST: u64 = HOUR;
/// After this many milliseconds, the worker is likely to be stopped before a read ends.
const SLOW: u64 = 5 * SECOND;

/// A read in progress.
pub(crate) struct Progress {
    /// When it began: the end of the requested period.
    pub(crate) began: Timestamp,
    /// Every request so far, and the next one to send.
    pub(crate) asked: Vec<Request>,
    /// The content of each answer so far.
    pub(crate) pages: Vec<Report>,
}

/// A request as it is kept: its URL, its body, its count, what it carries, whether it is optional, and how many headers it has.
type StoredRequest = (String, Option<String>, u64, Vec<String>, bool, usize);

/// Stores the pages of one attempt.
pub(crate) struct Pages<'a> {
    account: &'a Account,
    /// When the attempt began.
    attempt: Timestamp,
    /// A digest that distinguishes one read from another.
    mark: String,
    most: usize,
}

impl Pages<'_> {
    /// The pages of an account's attempt, which began at `attempt`; `accounts` share the space.
    pub(crate) fn new(account: &Account, accounts: usize, attempt: Timestamp) -> Pages<'_> {
        let Account { credential, settings, pulse, .. } = account;
        let read = serde_json::to_string(&(credential, settings, pulse.read_at, attempt.day()));
        let mark = digest(&read.unwrap_or_default());
        Pages { account, attempt, mark, most: MOST_KEPT / accounts.max(1) }
    }

    /// The read that was cut off, if it may continue. Its requests take their headers from the `first` request of its time.
    pub(crate) async fn recall<H: Host>(
        &self,
        app: &App<'_, H>,
        first: impl FnOnce(Timestamp) -> Request,
    ) -> Option<Progress> {
        let kept = app.host.recall(&name(&self.account.id)).await?;
        // EXPOSE: it holds a provider's answers, and no key.
        let (line, text) = kept.expose().split_once('\n')?;
        if line.split_once(' ')?.1 != self.mark {
            return None;
        }
        let (began, asked, pages): (Timestamp, Vec<StoredRequest>, Vec<Report>) =
            serde_json::from_str(text).ok()?;
        let had_to_wait = matches!(self.account.pulse.problem, Some(Problem::RateLimited { .. }));
        if self.attempt.since(began) > LONGEST && !had_to_wait {
            return None;
        }
        let Request { auth, headers, .. } = first(began);
        let asked = asked.into_iter().map(|(url, body, count, carried, is_optional, length)| {
            let headers = headers.get(..length)?;
            Some(Request { url, auth, headers, body, count, carried, is_optional })
        });
        Some(Progress { began, asked: asked.collect::<Option<_>>()?, pages })
    }

    /// Keeps a read as far as it has come, unless the vault was locked or the account has changed in the meantime. A read that
    /// cannot be kept continues anyway.
    ///
    /// The condition is checked before and after, so that no lock is held: the reads of many accounts would wait for each
    /// other. Whoever locks the vault or changes the key later forgets the kept pages.
    pub(crate) async fn keep<H: Host>(&self, app: &App<'_, H>, progress: &Progress) {
        let Some(pages) = write(progress).filter(|pages| pages.len() <= self.most) else { return };
        let text = format!("{}\n{pages}", line(self.attempt, &self.mark));
        if self.may_continue(app).await {
            let _ = app.host.remember(&name(&self.account.id), &Secret::from(text)).await;
            if !self.may_continue(app).await {
                forget(app, &self.account.id).await;
            }
        }
        if app.host.now().since(self.attempt) >= SLOW {
            alarm::ring_soon(app).await;
        }
    }

    /// Whether the vault is open and the account still has the key of this read.
    async fn may_continue<H: Host>(&self, app: &App<'_, H>) -> bool {
        let account = tx::look_at(app, &self.account.id).await;
        data_key(app).await.is_some() && account.is_some_and(|account| account.has_key_of(self.account))
    }

    /// Forgets the pages, unless the next attempt may continue from them after this end.
    pub(crate) async fn end<H: Host>(&self, app: &App<'_, H>, ended: Option<&Ended>) {
        let Account { id, .. } = self.account;
        let may_continue = match ended {
            Some(Ended::Failed { problem, .. }) => match problem {
                // A page that never comes must not be retried all day.
                Problem::ProviderDown => has_kept_page(app, id, self.attempt).await,
                problem => may_pass(problem),
            },
            _ => false,
        };
        if !may_continue {
            forget(app, id).await;
        }
    }
}

/// Whether a problem may pass by itself, so that the same request can be sent again. Any other problem is the final answer.
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

/// Whether the attempt that began then has kept a page. It is then continued at once, without a backoff.
pub(crate) async fn has_kept_page<H: Host>(app: &App<'_, H>, id: &AccountId, attempt: Timestamp) -> bool {
    let kept = app.host.recall(&name(id)).await;
    // EXPOSE: only its first word is compared.
    kept.is_some_and(|kept| kept.expose().starts_with(&line(attempt, "")))
}

/// Forgets the pages of an account.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, id: &AccountId) {
    app.host.forget(&name(id)).await;
}

/// The text to keep. `None` if the headers of a request could not be rebuilt.
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
