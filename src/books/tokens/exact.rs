//! The exact count: tokens as DeepSeek's own tokenizer makes them, offline.
//!
//! Knows the steps (split a text into pieces, merge the bytes of each piece by the vocabulary) and how to do them little
//! by little, so that a long text does not hold up a worker. The vocabulary comes in as bytes: this module does no I/O,
//! and knows no price.
//!
//! Text that spells a special token, such as `<｜end▁of▁sentence｜>`, is counted as the ordinary text that it is. Only
//! [`chat`] adds special tokens.

pub mod chat;
mod merge;
mod split;
mod vocabulary;

pub use merge::Merging;
pub use split::pieces;
pub use vocabulary::{Vocabulary, VocabularyError};

/// The count of one or more texts, each by itself. It goes on with every call of [`Counting::advance`].
#[derive(Debug)]
pub struct Counting {
    /// The texts that are left; the last one is under way.
    texts: Vec<String>,
    /// How many bytes of the last text are split off.
    at: usize,
    /// How many bytes of the texts before are done.
    before: usize,
    /// The tokens of all pieces that are done.
    tokens: u64,
    /// The piece that is being merged.
    merging: Merging,
}

impl Counting {
    /// Begins.
    pub fn new(mut texts: Vec<String>) -> Counting {
        texts.reverse();
        Counting { texts, at: 0, before: 0, tokens: 0, merging: Merging::default() }
    }

    /// Goes on for about so many steps, each about as long as a merge. Returns the count when it is complete.
    pub fn advance(&mut self, vocabulary: &Vocabulary, mut steps: usize) -> Option<u64> {
        loop {
            steps = self.merging.advance(vocabulary, steps)?;
            self.tokens = self.tokens.saturating_add(self.merging.take_tokens());
            if !self.begin_piece(vocabulary) {
                return Some(self.tokens);
            }
        }
    }

    /// How many bytes are done, counting a piece as soon as it is begun.
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
