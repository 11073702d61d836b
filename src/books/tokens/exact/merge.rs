//! Byte-pair merging of one piece: repeatedly merges the neighbors of the lowest rank, the leftmost first, until the vocabulary
//! merges no more.
//!
//! Uses a list of nodes and a heap of candidates, so that a piece of a million bytes takes a million steps and not a million
//! times as many. Each merge adds at most two candidates; outdated ones stay in the heap and are skipped.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::vocabulary::Vocabulary;

/// The value for no node and for no token.
const NONE: u32 = u32::MAX;

/// Merges one piece after the other, reusing its memory.
#[derive(Debug, Default)]
pub struct Merging {
    nodes: Vec<Node>,
    /// Each candidate as one number, to be compared in one step: the lowest is next.
    candidates: BinaryHeap<Reverse<u64>>,
    /// The number of nodes that remain.
    tokens: u64,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    token: u32,
    before: u32,
    after: u32,
    /// The token that this node and the next one merge into.
    merged: u32,
}

impl Merging {
    /// Starts a piece.
    pub fn begin(&mut self, vocabulary: &Vocabulary, piece: &[u8]) {
        self.nodes.clear();
        self.candidates.clear();
        self.tokens = 0;
        let mut candidates = core::mem::take(&mut self.candidates).into_vec();
        for (place, byte) in (0..NONE).zip(piece) {
            let token = vocabulary.byte(*byte);
            let before = place.checked_sub(1).unwrap_or(NONE);
            if let Some(last) = self.nodes.last_mut() {
                last.after = place;
                if let Some(merged) = vocabulary.merged(last.token, token) {
                    last.merged = merged;
                    candidates.push(candidate(merged, before));
                }
            }
            self.nodes.push(Node { token, before, after: NONE, merged: NONE });
            self.tokens += 1;
        }
        self.candidates = candidates.into();
    }

    /// Continues for this many steps. Returns the number of steps left when the piece is done, and `None` before.
    pub fn advance(&mut self, vocabulary: &Vocabulary, mut steps: usize) -> Option<usize> {
        while let Some(Reverse(candidate)) = self.candidates.pop() {
            let [merged, left] = [candidate >> u32::BITS, candidate & u64::from(u32::MAX)]
                .map(|half| u32::try_from(half).unwrap_or(NONE));
            if self.node(left).is_some_and(|node| node.merged == merged) {
                self.merge(vocabulary, left, merged);
            }
            steps = steps.checked_sub(1)?;
        }
        // A piece without a merge costs a step too.
        steps.checked_sub(1)
    }

    /// The tokens of the piece.
    pub fn tokens(&self) -> impl Iterator<Item = u32> {
        core::iter::successors(self.nodes.first(), |node| self.node(node.after)).map(|node| node.token)
    }

    /// Returns the number of tokens of the piece, and resets it.
    pub(super) fn take_tokens(&mut self) -> u64 {
        core::mem::take(&mut self.tokens)
    }

    fn node(&self, place: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(place).ok()?)
    }

    fn node_mut(&mut self, place: u32) -> Option<&mut Node> {
        self.nodes.get_mut(usize::try_from(place).ok()?)
    }

    /// Merges a node with the next one.
    fn merge(&mut self, vocabulary: &Vocabulary, left: u32, merged: u32) {
        let Some(Node { before, after, .. }) = self.node(left).copied() else { return };
        let Some(right) = self.node_mut(after) else { return };
        right.merged = NONE;
        let next = right.after;
        if let Some(next) = self.node_mut(next) {
            next.before = left;
        }
        if let Some(node) = self.node_mut(left) {
            (node.token, node.after) = (merged, next);
        }
        self.tokens = self.tokens.saturating_sub(1);
        self.pair_up(vocabulary, before);
        self.pair_up(vocabulary, left);
    }

    /// Records the token that a node and the next one merge into now.
    fn pair_up(&mut self, vocabulary: &Vocabulary, left: u32) {
        let Some(node) = self.node(left) else { return };
        let merged = self.node(node.after).and_then(|after| vocabulary.merged(node.token, after.token));
        if let Some(node) = self.node_mut(left) {
            node.merged = merged.unwrap_or(NONE);
        }
        if let Some(merged) = merged {
            self.candidates.push(candidate(merged, left));
        }
    }
}

/// The token that a pair merges into, then the place of its left node.
fn candidate(merged: u32, left: u32) -> Reverse<u64> {
    Reverse(u64::from(merged) << u32::BITS | u64::from(left))
}
