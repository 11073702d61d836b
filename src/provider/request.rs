//! One request of a provider, and how the driver attaches the credential.
//!
//! Builds URLs. Holds no key and sends nothing.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::provider::{Problem, is_cursor};

/// All characters except the unreserved ones of RFC 3986, 2.3.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One request, without its credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The URL. Its origin must be on the card.
    pub url: String,
    /// How the driver attaches the credential.
    pub auth: Auth,
    /// Other headers, none of them secret.
    pub headers: &'static [(&'static str, &'static str)],
    /// The JSON body of a POST. `None` for a GET.
    pub body: Option<String>,
    /// A number that the provider carries from one answer to the next, such as the rows so far. It is not sent.
    pub count: u64,
    /// Texts that the provider carries from one answer to the next, such as the projects that are still to be read. They are not
    /// sent.
    pub carried: Vec<String>,
    /// Whether the refresh succeeds even if this request fails.
    pub is_optional: bool,
}

impl Request {
    /// A plain GET.
    pub fn get(url: String, auth: Auth) -> Request {
        Request { url, auth, headers: &[], body: None, count: 0, carried: Vec::new(), is_optional: false }
    }

    /// Makes this request optional. It must be the last one.
    #[must_use]
    pub fn optional(self) -> Request {
        Request { is_optional: true, ..self }
    }

    /// Sets one parameter of the URL, and replaces its old value.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Request {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && value_of(pair, name).is_none());
        let escaped = utf8_percent_encode(value, ESCAPED);
        let query: Vec<_> = others.map(str::to_owned).chain([format!("{name}={escaped}")]).collect();
        Request { url: format!("{path}?{}", query.join("&")), ..self.clone() }
    }

    /// The value of a parameter, percent-encoded as in the URL.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.url.split(['?', '&']).skip(1).find_map(|pair| value_of(pair, name))
    }

    /// The request for the next page, by the cursor in the answer. Fails without a cursor, because the total would be short
    /// (rule L10).
    pub fn page(&self, cursor: Option<&str>) -> Result<Request, Problem> {
        let cursor = cursor.filter(|cursor| is_cursor(cursor)).ok_or(Problem::unreadable("the next page"))?;
        Ok(self.with("page", cursor))
    }

    /// The scheme and host of the URL, as on a card.
    pub fn origin(&self) -> &str {
        let host = self
            .url
            .strip_prefix("https://")
            .map_or(0, |rest| rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        self.url.get(.."https://".len() + host).unwrap_or_default()
    }
}

fn value_of<'a>(pair: &'a str, name: &str) -> Option<&'a str> {
    pair.split_once('=').filter(|(known, _)| *known == name).map(|(_, value)| value)
}

/// How the driver attaches the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// `NAME: KEY`.
    Header(&'static str),
    /// `Authorization: NAME KEY`, for a provider with its own scheme.
    Scheme(&'static str),
    /// `Authorization: Bearer TOKEN`. The key is the file of a Google service account, and Google issues the token for this
    /// scope.
    GoogleToken(&'static str),
}
