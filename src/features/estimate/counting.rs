//! Counts the text of a form in two ways: by the vocabulary, in slices, and by the rule.
//!
//! ```text
//!   count -> a slice, progress, a break -> a slice, progress, a break -> ... -> the count
//!               a newer text of the same page arrived in a break -> superseded, and nothing is shown
//! ```
//!
//! The first count loads the vocabulary, and it stays in memory as long as the worker lives. If it cannot be loaded, only the
//! rule counts, and the page says so.

use std::rc::Rc;

use crate::app::{App, Rejected};
use crate::books::tokens::exact::chat::{Message, Part, Role, render, specials};
use crate::books::tokens::exact::{Counting, Vocabulary};
use crate::books::tokens::{Count, Method, count};
use crate::features::estimate::view::progress;
use crate::features::estimate::words::{Counted, words};
use crate::host::{Host, Memory, Progress};
use crate::text::Language;
use crate::ui::Form;

/// The packed vocabulary, as a file of the package.
const VOCABULARY: &str = "deepseek-v3.vocabulary";
/// The number of steps between two breaks: they take some hundredths of a second.
const STEPS: usize = 100_000;

/// A text as it was entered, followed by the content of a file.
pub(super) struct Text {
    text: String,
    /// The role of its sender, if it is a message of a chat.
    role: Option<Role>,
    /// Its number of tokens by the rule.
    by_rule: Count,
}

impl Text {
    pub(super) fn parse(form: &Form) -> Result<Text, Rejected> {
        let too_long = || Rejected::of(words, |words| words.too_long);
        let mut text = form.owned("text");
        for file in form.files("file") {
            if file.is_too_large {
                return Err(too_long());
            }
            let content = file.bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            text.push_str(&content.ok_or_else(|| Rejected::of(words, |words| words.not_text))?);
        }
        let by_rule = count(&text).ok_or_else(too_long)?;
        let role = match form.text("as") {
            "system" => Some(Role::System),
            "user" => Some(Role::User),
            "assistant" => Some(Role::Assistant),
            _ => None,
        };
        Ok(Text { text, role, by_rule })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Counts the text.
    pub(super) async fn count<H: Host>(
        self,
        app: &App<'_, H>,
        turn: &Turn,
        language: Language,
    ) -> Result<Counted, Rejected> {
        let Text { text, role, mut by_rule } = self;
        let parts = match role {
            Some(role) => render(&[Message { role, text }]),
            None => vec![Part::Text(text)],
        };
        let specials = specials(&parts);
        let texts = parts.into_iter().filter_map(|part| match part {
            Part::Text(text) => Some(text),
            Part::Special(_) => None,
        });
        let exact = count_exactly(app, turn, texts.collect(), language).await?;
        by_rule.tokens = by_rule.tokens.saturating_add(specials);
        let exact = exact.map(|tokens| tokens.saturating_add(specials));
        Ok(Counted { exact, by_rule, specials })
    }
}

impl Counted {
    /// The count for a model, and the method that was used in the end.
    pub(super) fn by(self, method: Method) -> (Count, Method) {
        match self.exact.filter(|_| method == Method::Vocabulary) {
            Some(tokens) => (Count { tokens, unknown: 0 }, Method::Vocabulary),
            None => (self.by_rule, Method::Rule),
        }
    }
}

/// A running count. A newer count of the same page uses the same id and so supersedes it.
pub(super) struct Turn {
    /// Empty for a form that is sent by its button; nothing supersedes it.
    id: String,
    memory: Rc<Memory>,
}

impl Turn {
    /// Starts a count and supersedes the previous one.
    pub(super) fn begin<H: Host>(app: &App<'_, H>, form: &Form) -> Turn {
        let (id, memory) = (form.owned("id"), app.host.memory());
        memory.counts.borrow_mut().remove(form.text("instead"));
        memory.counts.borrow_mut().insert(id.clone());
        Turn { id, memory }
    }

    fn is_superseded(&self) -> bool {
        !self.id.is_empty() && !self.memory.counts.borrow().contains(&self.id)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.memory.counts.borrow_mut().remove(&self.id);
    }
}

/// Counts by the vocabulary. `None` if it cannot be loaded.
async fn count_exactly<H: Host>(
    app: &App<'_, H>,
    turn: &Turn,
    texts: Vec<String>,
    language: Language,
) -> Result<Option<u64>, Rejected> {
    let bytes = texts.iter().map(String::len).sum::<usize>().max(1);
    let Some(vocabulary) = vocabulary(app).await else { return Ok(None) };
    let mut counting = Counting::new(texts);
    loop {
        if turn.is_superseded() {
            return Err(Rejected::Superseded);
        }
        if let Some(tokens) = counting.advance(&vocabulary, STEPS) {
            return Ok(Some(tokens));
        }
        let html = progress(counting.done().saturating_mul(100) / bytes, language).into_string();
        app.host.show_progress(&Progress { id: turn.id.clone(), section: "counting", html });
        app.host.give_way().await;
    }
}

/// The vocabulary, from memory or else from the package. `None` if it is missing or damaged.
async fn vocabulary<H: Host>(app: &App<'_, H>) -> Option<Rc<Vocabulary>> {
    let memory = app.host.memory();
    let known = memory.vocabulary.borrow().clone();
    if known.is_some() {
        return known;
    }
    let packed = app.host.asset(VOCABULARY).await?;
    let vocabulary = Rc::new(Vocabulary::parse(&packed).ok()?);
    *memory.vocabulary.borrow_mut() = Some(Rc::clone(&vocabulary));
    Some(vocabulary)
}
