//! A failure of an alarm or a refresh to save is shown until one succeeds: on the badge, in its tooltip and on the pages. It is
//! remembered in the browser's session, because the failing storage cannot keep it.

use crate::app::badge;
use crate::app::context::App;
use crate::app::failure::Failure;
use crate::host::Host;
use crate::vault::Secret;

/// The session's key for the failure.
pub(super) const UNSAVED: &str = "unsaved";

/// The failure, while it lasts.
pub(crate) async fn failure<H: Host>(app: &App<'_, H>) -> Option<Failure> {
    let name = app.host.recall(UNSAVED).await?;
    // EXPOSE: it is the name of a failure, and no secret.
    Some(if name.expose() == "unreadable" { Failure::Unreadable } else { Failure::StorageError })
}

/// Shows that the work of an event failed.
pub(crate) async fn show<H: Host>(app: &App<'_, H>, failure: &Failure) {
    let name = match failure {
        Failure::StorageError => Some("unsaved"),
        Failure::Unreadable => Some("unreadable"),
        // Every commit fails then, so none paints over the badge, and each page shows the failure itself.
        Failure::Unusable(_) => None,
    };
    if let Some(name) = name {
        // If even that fails, the badge is still painted.
        let _ = app.host.remember(UNSAVED, &Secret::new(name)).await;
    }
    badge::paint(app, &(app.publisher.unsaved)(failure, app.host.language())).await;
}

/// Ends the failure, after a refresh that could save all of its work. Returns whether it had been shown.
pub(crate) async fn end<H: Host>(app: &App<'_, H>) -> bool {
    let was_shown = app.host.recall(UNSAVED).await.is_some();
    if was_shown {
        app.host.forget(UNSAVED).await;
    }
    was_shown
}
