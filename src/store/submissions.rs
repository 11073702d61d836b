//! The forms whose work is done: the last of them, by the names that pages gave to their submissions.

use crate::store::State;

/// The number of remembered forms. A page repeats within minutes, and nobody sends as many forms in that time.
const MOST: usize = 64;

impl State {
    /// Whether the work of this form is done.
    pub fn has_done(&self, submission: Option<&str>) -> bool {
        submission.is_some_and(|name| self.done.iter().any(|done| done == name))
    }

    /// Remembers, with the next commit, that the work of this form is done.
    pub fn note_done(&mut self, submission: Option<&str>) {
        self.done.extend(submission.map(str::to_owned));
        self.done.drain(..self.done.len().saturating_sub(MOST));
    }
}
