//! Secret texts, and the source of randomness.

use core::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use zeroize::Zeroizing;

/// A source of randomness: fills the given bytes.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A key or a password in clear. Its memory is wiped when it is dropped, and no debug output shows it. We do not use `secrecy`:
/// its type cannot be compared, and its conversion from a `String` may leave a copy in memory.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Secret(SecretString);

impl Secret {
    /// Copies a text into a secret.
    pub fn new(text: &str) -> Secret {
        Secret(SecretString::from(text))
    }

    /// The text itself. Each use says why in a comment that begins with `EXPOSE:`.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        // EXPOSE: only the result of the comparison leaves.
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        // Into a box of its exact size: shrinking the text in place could move it without wiping the old memory.
        Secret::new(&Zeroizing::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("[secret]")
    }
}

/// A generated password: 100 random bits in four groups, without characters that look alike.
pub fn make_password(random: Random<'_>) -> Secret {
    const CHARACTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = Zeroizing::new([0; 20]);
    random(&mut *bytes);
    let character =
        |byte: &u8| CHARACTERS.iter().cycle().nth(usize::from(*byte)).map_or('a', |found| char::from(*found));
    let groups: Vec<String> = bytes.chunks(5).map(|group| group.iter().map(character).collect()).collect();
    Secret::from(groups.join("-"))
}
