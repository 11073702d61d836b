//! The key file of a Google service account, and the signed statement (a JSON Web Token) that requests a token.
//!
//! Knows the file of Google's console, and RFC 7515 and 7519. Does not sign (the host does) or send anything (the driver does).
//! Ignores the file's own `token_uri`, because a forged file could send the statement anywhere.
//!
//! It belongs to the contract and not to `providers/google`, because [`Auth::GoogleToken`](crate::provider::Auth) and
//! [`Shape::ServiceAccount`](crate::provider::Shape) do: the driver requests the tokens, the card checks a pasted file, and the
//! pages have a sentence for each [`KeyFileError`].
//!
//! ```
//! use drawdown::provider::service_account::{KeyFileError, ServiceAccount};
//! use drawdown::vault::Secret;
//!
//! let read = |text: &str| ServiceAccount::parse(&Secret::new(text)).map(|_| ());
//! assert_eq!(read("AIzaSy0123456789"), Err(KeyFileError::ApiKey));
//! assert_eq!(read(r#"{"installed":{"client_id":"1.apps.googleusercontent.com"}}"#), Err(KeyFileError::OAuthClient));
//! ```

use core::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::time::{SECOND, Timestamp};
use crate::vault::Secret;

/// The lifetime of a statement in seconds: the longest that Google accepts.
const LIFETIME: u64 = 3_600;

/// The content of a key file.
pub struct ServiceAccount {
    email: String,
    key_id: Option<String>,
    key: Zeroizing<Vec<u8>>,
}

/// The reason why a text is not the key file of a service account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFileError {
    /// The text is a key of the Gemini API.
    ApiKey,
    /// The text is not JSON, or not complete.
    NoJson,
    /// The text is the file of an OAuth client or of a login.
    OAuthClient,
    /// The text is other JSON, or a required value is missing.
    OtherJson,
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            KeyFileError::ApiKey => "this is a key of the Gemini API",
            KeyFileError::NoJson => "this is not a whole JSON file",
            KeyFileError::OAuthClient => "this is the file of an OAuth client or a login",
            KeyFileError::OtherJson => "this file has no key of a service account",
        })
    }
}

impl core::error::Error for KeyFileError {}

impl ServiceAccount {
    /// Parses the text of the file.
    pub fn parse(file: &Secret) -> Result<ServiceAccount, KeyFileError> {
        // EXPOSE: the file is parsed. The key that is kept is wiped when it is dropped.
        let text = file.expose().trim_start_matches('\u{feff}').trim();
        if ["AIza", "AQ."].iter().any(|prefix| text.starts_with(prefix)) {
            return Err(KeyFileError::ApiKey);
        }
        let mut file: Value = serde_json::from_str(text).map_err(|_| KeyFileError::NoJson)?;
        let text_of = |file: &Value, name: &str| file.get(name).and_then(Value::as_str).map(str::to_owned);
        let kind = text_of(&file, "type");
        let is_client = |file: &Value| ["installed", "web"].iter().any(|name| file.get(name).is_some());
        if is_client(&file) || kind.as_deref() == Some("authorized_user") {
            return Err(KeyFileError::OAuthClient);
        }
        let email = text_of(&file, "client_email").filter(|_| kind.as_deref() == Some("service_account"));
        let key_id = text_of(&file, "private_key_id");
        let Some(Value::String(pem)) = file.get_mut("private_key").map(Value::take) else {
            return Err(KeyFileError::OtherJson);
        };
        let key = parse_pem(&Zeroizing::new(pem)).ok_or(KeyFileError::OtherJson)?;
        Ok(ServiceAccount { email: email.ok_or(KeyFileError::OtherJson)?, key_id, key })
    }

    /// The private key, as PKCS#8 in DER.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The statement to sign. It requests a token for this scope from the server at `audience`.
    pub fn statement(&self, scope: &str, audience: &str, now: Timestamp) -> String {
        let head = match &self.key_id {
            Some(id) => json!({ "alg": "RS256", "typ": "JWT", "kid": id }),
            None => json!({ "alg": "RS256", "typ": "JWT" }),
        };
        let from = now.ms() / SECOND;
        let claims = json!({ "iss": self.email, "scope": scope, "aud": audience, "iat": from, "exp": from + LIFETIME });
        let [head, claims] = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        format!("{head}.{claims}")
    }
}

/// A statement with its signature. Until it expires it is as powerful as the key.
pub fn signed(statement: &str, signature: &[u8]) -> Secret {
    Secret::from(format!("{statement}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// The DER of a PKCS#8 key in PEM. `None` for anything else.
fn parse_pem(pem: &str) -> Option<Zeroizing<Vec<u8>>> {
    let rest = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?;
    let body = rest.strip_suffix("-----END PRIVATE KEY-----")?;
    let body: Zeroizing<String> =
        Zeroizing::new(body.chars().filter(|character| !character.is_whitespace()).collect());
    let key = Zeroizing::new(STANDARD.decode(body.as_bytes()).ok()?);
    (key.first() == Some(&0x30)).then_some(key)
}
