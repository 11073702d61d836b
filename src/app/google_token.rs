//! Google's tokens: a service account's key signs a statement, and Google gives a token of an hour for it.
//!
//! Knows where tokens are asked for and how long one is used. It is remembered for the browser's session, and only for
//! the key that it was given to: another key of the account asks for its own.
//!
//! ```text
//!   remembered, for this key, not near its end -> used; refused all the same -> one new token, and once more
//!   else -> statement -> signed by the host -> asked at the token address of the card -> remembered
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

/// Where tokens are asked for, whatever the key file says.
const ADDRESS: &str = "https://oauth2.googleapis.com/token";
/// A token is not used in its last minutes, so that it does not end on the way.
const MARGIN: u64 = 5 * MINUTE;

/// A token, and when it is used no longer.
struct Token {
    token: Secret,
    until: Timestamp,
}

/// The token that the session remembers for this key of an account.
pub(crate) async fn recall<H: Host>(app: &App<'_, H>, id: &AccountId, key: &Secret) -> Option<Secret> {
    let kept = app.host.recall(&name(id)).await?;
    // EXPOSE: it is taken apart as `renew` put it together.
    let mut parts = kept.expose().splitn(3, ' ');
    let (until, of, token) = (parts.next()?, parts.next()?, parts.next()?);
    let is_good = of == mark(key) && app.host.now() < Timestamp::from_ms(until.parse().ok()?);
    is_good.then(|| Secret::new(token))
}

/// Asks for a token, and remembers it.
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
    // EXPOSE: what the key signed goes to Google's own address for tokens.
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
    // EXPOSE: the session's memory keeps it, and never touches a disk.
    let kept = format!("{} {} {}", until.ms(), mark(key), token.expose());
    // One that could not be remembered serves this time.
    let _ = remember_unlocked(app, &name(id), &Secret::from(kept)).await;
    Ok(token)
}

/// Forgets the tokens of these accounts.
pub(crate) async fn forget<H: Host>(app: &App<'_, H>, ids: &[AccountId]) {
    for id in ids {
        app.host.forget(&name(id)).await;
    }
}

/// What Google answered. A refusal with 400 is of the statement: of its times, or else of the key.
fn read(answer: &Answer, now: Timestamp) -> Result<Token, Problem> {
    if answer.status == 400 {
        // Google says that the token must be "in a reasonable timeframe" when the times are not near its own.
        let is_of_time = answer.body.contains("timeframe");
        return Err(if is_of_time { Problem::barred("clock") } else { Problem::KeyRefused });
    }
    let fields = answer.json(now, "a token")?;
    let lasts = fields.needed::<u64>("expires_in")?.saturating_mul(SECOND);
    let token = fields.needed::<&str>("access_token")?;
    // It goes into a header, which holds nothing else.
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let token = is_token.then(|| Secret::new(token)).ok_or_else(|| Problem::unreadable("access_token"))?;
    Ok(Token { token, until: now.plus(lasts).minus(MARGIN) })
}

/// Under which name the session remembers an account's token.
fn name(id: &AccountId) -> String {
    format!("token-{}", id.0)
}

/// Billing one key from another, and nothing of either.
fn mark(key: &Secret) -> String {
    // EXPOSE: only its hash is kept.
    digest(key.expose())
}
