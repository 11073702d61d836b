//! Identifies the sending of a form, so that a form sent twice does its work once.

/// The random name that a page gives to the sending of a form, and repeats if no answer came. Empty if none is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission(String);

impl Submission {
    /// The most characters of a name.
    const LONGEST: usize = 40;

    /// Parses a name. Empty if no page would give it.
    pub fn parse(text: &str) -> Submission {
        let is_name = text.len() <= Submission::LONGEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Submission(if is_name { text.to_owned() } else { String::new() })
    }

    /// The name, if there is one.
    pub fn name(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|name| !name.is_empty())
    }
}
