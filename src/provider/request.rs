//! One request of a provider, and how the driver attaches the credential.
//!
//! Builds URLs. Holds no key and sends nothing.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::provider::{Problem, is_cursor};

/// All but the unreserved characters of RFC 3986, 2.3.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One request, without its credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where to; its origin must be on the card.
    pub url: String,
    /// How the driver attaches the credential.
    pub auth: Auth,
    /// Further headers, none of them secret.
    pub headers: &'static [(&'static str, &'static str)],
    /// The JSON to send by POST. Without it the request is a GET.
    pub body: Option<String>,
    /// What the provider counts from one answer to the next, such as the rows told so far. It is not sent.
    pub count: u64,
    /// Whether the refresh stands without its answer: a failure of it takes nothing of what was told before.
    pub is_optional: bool,
}

impl Request {
    /// A plain GET.
    pub fn get(url: String, auth: Auth) -> Request {
        Request { url, auth, headers: &[], body: None, count: 0, is_optional: false }
    }

    /// The same as one that the refresh can do without. It must be the last.
    #[must_use]
    pub fn optional(self) -> Request {
        Request { is_optional: true, ..self }
    }

    /// The same with another value of one parameter, in place of any that it has.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Request {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && value_of(pair, name).is_none());
        let escaped = utf8_percent_encode(value, ESCAPED);
        let query: Vec<_> = others.map(str::to_owned).chain([format!("{name}={escaped}")]).collect();
        Request { url: format!("{path}?{}", query.join("&")), ..self.clone() }
    }

    /// The value of a parameter, as it stands in the address.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.url.split(['?', '&']).skip(1).find_map(|pair| value_of(pair, name))
    }

    /// The page after this one, by the cursor that its answer told. Fails without one: what is left out then would make
    /// the total short (rule L10).
    pub fn page(&self, cursor: Option<&str>) -> Result<Request, Problem> {
        let cursor = cursor.filter(|cursor| is_cursor(cursor)).ok_or(Problem::unreadable("the next page"))?;
        Ok(self.with("page", cursor))
    }

    /// Its scheme and host, as they stand on a card.
    pub fn origin(&self) -> &str {
        let host = self
            .url
            .strip_prefix("https://")
            .map_or(0, |rest| rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        self.url.get(.."https://".len() + host).unwrap_or_default()
    }
}

fn value_of<'a>(pair: &'a str, name: &str) -> Option<&'a str> {
    pair.split_once('=').filter(|(of, _)| *of == name).map(|(_, value)| value)
}

/// How a credential is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// `NAME: KEY`.
    Header(&'static str),
    /// `Authorization: Bearer TOKEN`, with a token for this scope that Google gives to the service account whose file the
    /// key is.
    GoogleToken(&'static str),
}
