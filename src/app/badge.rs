//! Paints the badge, if it differs from what the browser shows.
//!
//! The browser's session remembers the painted badge, and ends together with it.

use crate::app::context::App;
use crate::digest::digest;
use crate::host::{Badge, Host};
use crate::time::Month;
use crate::vault::Secret;

/// The session's key for the painted badge: its month, and its digest.
const PAINTED: &str = "badge";

/// Paints the badge unless it is painted already.
pub(crate) async fn paint<H: Host>(app: &App<'_, H>, badge: &Badge) {
    let drawn = digest(&format!("{} {} {:?}", badge.text, badge.title, badge.tone));
    let painted = format!("{} {drawn}", app.host.now().month());
    if recall(app).await.as_deref() != Some(&painted) {
        app.host.badge(badge).await;
        // If it cannot be remembered, it is painted again.
        let _ = app.host.remember(PAINTED, &Secret::from(painted)).await;
    }
}

/// Whether the badge was painted in this month. An older badge must be replaced before anything else is done.
pub(crate) async fn is_of<H: Host>(app: &App<'_, H>, month: Month) -> bool {
    recall(app).await.is_some_and(|painted| painted.starts_with(&month.to_string()))
}

async fn recall<H: Host>(app: &App<'_, H>) -> Option<String> {
    // EXPOSE: it is a month and a digest, and no secret.
    Some(app.host.recall(PAINTED).await?.expose().to_owned())
}
