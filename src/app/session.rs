//! The vault's part of the browser session: the data key, while the vault is unlocked.

use crate::app::attempts::ATTEMPTS;
use crate::app::context::App;
use crate::app::foresight;
use crate::app::unsaved::UNSAVED;
use crate::host::{Host, StorageError};
use crate::vault::{DataKey, Random};

/// The session's key for the data key while the vault is unlocked.
pub(crate) const DATA_KEY: &str = "data-key";
/// The lock held while the vault, the session's data key or a credential changes.
const KEYS_LOCK: &str = "keys";

/// Gets ready what nearly every event recalls.
pub(crate) async fn prepare<H: Host>(app: &App<'_, H>) {
    app.host.prepare(&[DATA_KEY, ATTEMPTS, UNSAVED, &foresight::name(app.host.now().month())]).await;
}

/// Waits until nobody else changes the vault, the session's data key or a credential. Values read while this is held are still
/// valid at the commit. It is never held during a fetch.
pub(crate) async fn hold_keys<H: Host>(app: &App<'_, H>) -> Result<H::Held, StorageError> {
    app.host.hold(KEYS_LOCK).await
}

/// The data key, if the session knows it.
pub(crate) async fn data_key<H: Host>(app: &App<'_, H>) -> Option<DataKey> {
    let text = app.host.recall(DATA_KEY).await?;
    // EXPOSE: it is parsed into the form that opens credentials.
    DataKey::parse(text.expose())
}

/// Passes the host's randomness to `make`.
pub(crate) fn with_random<H: Host, T>(app: &App<'_, H>, make: impl FnOnce(Random<'_>) -> T) -> T {
    make(&mut |bytes| app.host.random(bytes))
}

/// A short random name.
pub(crate) fn make_name<H: Host>(app: &App<'_, H>) -> String {
    let mut bytes = [0; 4];
    app.host.random(&mut bytes);
    format!("{:08x}", u32::from_be_bytes(bytes))
}
