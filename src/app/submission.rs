//! Which sending of a form a message is, so that a form that is sent twice does its work once.

/// The random name that a page gives to the sending of a form, and repeats where no answer came. Empty where nothing needs
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission(String);

impl Submission {
    /// The most letters of a name.
    const LONGEST: usize = 40;

    /// Reads a name. One that no page gives is none.
    pub fn parse(text: &str) -> Submission {
        let is_name = text.len() <= Submission::LONGEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Submission(if is_name { text.to_owned() } else { String::new() })
    }

    /// The name, where there is one.
    pub fn name(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|name| !name.is_empty())
    }
}
