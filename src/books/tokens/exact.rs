//! The exact count: tokens by DeepSeek's own tokenizer, offline.
//!
//! Knows the steps (split a text into pieces, merge the bytes of each piece by the vocabulary) and does them in small portions,
//! so that a long text does not block a worker. The vocabulary is passed in as bytes: this module does no I/O, and knows no
//! price.
//!
//! A text that spells a special token, such as `<｜end▁of▁sentence｜>`, is counted as ordinary text. Only [`chat`] adds special
//! tokens.

pub mod chat;
mod merge;
mod split;
mod vocabulary;

pub use merge::Merging;
pub use split::pieces;
pub use vocabulary::{Vocabulary, VocabularyError};

/// A count of one or more texts, each counted separately. Each call of [`Counting::advance`] continues it.
#[derive(Debug)]
pub struct Counting {
    /// The texts that remain; the last one is in progress.
    texts: Vec<String>,
    /// The number of bytes of the last text that are split off.
    at: usize,
    /// The number of bytes of the completed texts.
    before: usize,
    /// The tokens of all completed pieces.
    tokens: u64,
    /// The piece that is being merged.
    merging: Merging,
}

impl Counting {
    /// Starts a count.
    pub fn new(mut texts: Vec<String>) -> Counting {
        texts.reverse();
        Counting { texts, at: 0, before: 0, tokens: 0, merging: Merging::default() }
    }

    /// Continues for about this many steps, each about as long as a merge. Returns the count when it is complete.
    pub fn advance(&mut self, vocabulary: &Vocabulary, mut steps: usize) -> Option<u64> {
        loop {
            steps = self.merging.advance(vocabulary, steps)?;
            self.tokens = self.tokens.saturating_add(self.merging.take_tokens());
            if !self.begin_piece(vocabulary) {
                return Some(self.tokens);
            }
        }
    }

    /// The number of bytes done. A piece counts as soon as it is begun.
    pub fn done(&self) -> usize {
        self.before.saturating_add(self.at)
    }

    /// Begins to merge the next piece. Returns whether there is one.
    fn begin_piece(&mut self, vocabulary: &Vocabulary) -> bool {
        while let Some(text) = self.texts.last() {
            if let Some(piece) = text.get(self.at..).and_then(|rest| pieces(rest).next()) {
                self.at = self.at.saturating_add(piece.len());
                self.merging.begin(vocabulary, piece.as_bytes());
                return true;
            }
            self.before = self.before.saturating_add(text.len());
            self.at = 0;
            self.texts.pop();
        }
        false
    }
}
