//! Google's tokens: a service account's key signs a statement, and Google returns a token for an hour.
//!
//! Knows where tokens are requested and how long one is used. A token is remembered for the browser's session, and only with
//! its key: another key of the account requests its own.
//!
//! ```text
//!   remembered for this key, and not near its end -> used; if refused -> one new token, and once more
//!   otherwise -> statement -> signed by the host -> sent to Google's token address -> remembered
//! ```

use crate::app::context::App;
use crate::app::http::{failed, on_card, refused, send};
use crate::app::sealing::remember_unlocked;
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::{Body, Host, HttpRequest};
use crate::provider::service_account::{ServiceAccount, signed};
use crate::provider::{Answer, Card, Parts, Problem};
use crate::store::{Ended, Outgoing};
use crate::time::{MINUTE, SECOND, Timestamp};
use crate::vault::Secret;

/// Where tokens are requested, whatever the key file says.
const ADDRESS: &str = "https://oauth2.googleapis.com/token";
/// A token is not used in its last minutes, so that it does not expire on the way.
const MARGIN: u64 = 5 * MINUTE;

/// A token, and the end of its use.
struct Token {
    token: Secret,
    until: Timestamp,
}

/// The token that the session remembers for an account and this key.
pub(crate) async fn recall<H: Host>(app: &App<'_, H>, id: &AccountId, key: &Secret) -> Option<Secret> {
    let kept = app.host.recall(&name(id)).await?;
    // EXPOSE: it is split as `renew` joined it.
    let mut parts = kept.expose().splitn(3, ' ');
    let (until, of, token) = (parts.next()?, parts.next()?, parts.next()?);
    let is_good = of == mark(key) && app.host.now() < Timestamp::from_ms(until.parse().ok()?);
    is_good.then(|| Secret::new(token))
}

/// Requests a token, and remembers it.
pub(crate) async fn renew<H: Host>(
    app: &App<'_, H>,
    card: &Card,
    id: &AccountId,
    key: &Secret,
    scope: &str,
    out: &mut Outgoing,
) -> Result<Secret, Ended> {
    if !on_card(card, ADDRESS) {
        return Err(failed(Problem::Unsupported));
    }
    let account = ServiceAccount::parse(key).map_err(|_| failed(Problem::KeyRefused))?;
    let statement = account.statement(scope, ADDRESS, app.host.now());
    let signature = app.host.sign(account.key(), statement.as_bytes()).await;
    let signature = signature.ok_or_else(|| failed(Problem::KeyRefused))?;
    // EXPOSE: the signed statement goes to Google's own token address.
    let assertion = signed(&statement, &signature);
    let form = format!(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={}",
        assertion.expose()
    );
    let body = Some(Body::Form(Secret::from(form)));
    let request = HttpRequest { url: ADDRESS.to_owned(), headers: Vec::new(), body };
    let answer = send(app, &request, out).await?;
    let now = app.host.now();
    let Token { token, until } = read(&answer, now).map_err(|problem| refused(problem, &answer, now))?;
    // EXPOSE: the session keeps it in memory, and never writes it to disk.
    let kept = format!("{} {} {}", until.ms(), mark(key), token.expose());
    // A token that could not be remembered is still used now.
    let _ = remember_unlocked(app, &name(id), &Secret::from(kept)).await;
    Ok(token)
}

/// Forgets the tokens of these accounts.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, ids: &[AccountId]) {
    for id in ids {
        app.host.forget(&name(id)).await;
    }
}

/// Reads Google's answer. A refusal with 400 concerns the statement: its times, or else the key.
fn read(answer: &Answer, now: Timestamp) -> Result<Token, Problem> {
    if answer.status == 400 {
        // Google says that the token must be "in a reasonable timeframe" if the times are far from its own.
        let is_of_time = answer.body.contains("timeframe");
        return Err(if is_of_time { Problem::barred("clock") } else { Problem::KeyRefused });
    }
    let fields = answer.json(now, "a token")?;
    let lasts = fields.needed::<u64>("expires_in")?.saturating_mul(SECOND);
    let token = fields.needed::<&str>("access_token")?;
    // It becomes a header, which takes only these characters.
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let token = is_token.then(|| Secret::new(token)).ok_or_else(|| Problem::unreadable("access_token"))?;
    Ok(Token { token, until: now.plus(lasts).minus(MARGIN) })
}

/// The session's key for an account's token.
fn name(id: &AccountId) -> String {
    format!("token-{}", id.0)
}

/// A digest that distinguishes one key from another, and reveals neither.
fn mark(key: &Secret) -> String {
    // EXPOSE: only its hash is kept.
    digest(key.expose())
}
