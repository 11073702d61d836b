//! The vocabulary: which pair of tokens merges into which token.
//!
//! Knows the packed format in the extension, and finds a merge by its pair. The packed bytes are not trusted: a file that was cut
//! or changed is refused, because a wrong vocabulary would miscount without any sign.
//!
//! ```text
//!   magic, 8 bytes
//!   alphabet, 256 bytes: the byte of each of the first tokens, from FIRST_BYTE on
//!   the left token of each merge, then the right one; the n-th merge makes token FIRST_MERGE + n
//!     each as three planes: all low bytes, all middle bytes, all high bytes; like bytes together compress well
//!   CRC-32 of everything before, 4 bytes, little-endian
//! ```
//!
//! A merge that makes a lower token comes first, so the ids are also the ranks.

use core::error::Error;
use core::fmt;

use crc::{CRC_32_ISO_HDLC, Crc, Table};

/// The beginning of a packed vocabulary. The digit is the version of the format.
const MAGIC: &[u8; 8] = b"DDVOCAB1";
/// The tokens before this one are special.
const FIRST_BYTE: u32 = 3;
/// The tokens from this one on are merges. The tokens in between are single bytes.
const FIRST_MERGE: u32 = FIRST_BYTE + 256;
/// The most bits of a token.
const BITS: u32 = 17;
/// The number of slots in the table of merges is 2 to this power: twice the number of merges.
const SLOT_BITS: u32 = 18;
/// A checksum with a table of 1 KiB.
const CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// Every merge by its pair.
#[derive(Debug)]
pub struct Vocabulary {
    /// The token of each byte.
    bytes: Vec<u32>,
    /// The pair and the result as one number, in the first free slot from the hash of the pair on. 0 is free.
    slots: Vec<u64>,
}

/// The reason why a packed vocabulary is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyError {
    /// The bytes are not a packed vocabulary of this version.
    Format,
    /// The file was cut or changed.
    Checksum,
    /// The content is impossible: a byte twice, a pair twice, or a merge of tokens that come after it.
    Contradiction,
}

impl fmt::Display for VocabularyError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            VocabularyError::Format => "not a packed vocabulary of this version",
            VocabularyError::Checksum => "the packed vocabulary was cut or changed",
            VocabularyError::Contradiction => "the packed vocabulary contradicts itself",
        })
    }
}

impl Error for VocabularyError {}

impl Vocabulary {
    /// Parses a packed vocabulary.
    pub fn parse(packed: &[u8]) -> Result<Vocabulary, VocabularyError> {
        let content = packed.strip_prefix(MAGIC).ok_or(VocabularyError::Format)?;
        let (content, sum) = content.split_last_chunk::<4>().ok_or(VocabularyError::Format)?;
        let (whole, _) = packed.split_last_chunk::<4>().ok_or(VocabularyError::Format)?;
        if CHECKSUM.checksum(whole) != u32::from_le_bytes(*sum) {
            return Err(VocabularyError::Checksum);
        }
        let (alphabet, planes) = content.split_first_chunk::<256>().ok_or(VocabularyError::Format)?;
        let mut vocabulary = Vocabulary { bytes: tokens_of_bytes(alphabet)?, slots: vec![0; 1 << SLOT_BITS] };
        for (token, (left, right)) in (FIRST_MERGE..).zip(pairs(planes)?) {
            // If every slot were taken, a search would never end.
            if left.max(right) >= token || left.min(right) < FIRST_BYTE || token >> BITS != 0 {
                return Err(VocabularyError::Contradiction);
            }
            vocabulary.insert(left, right, token)?;
        }
        Ok(vocabulary)
    }

    /// The token of a byte.
    pub(super) fn byte(&self, byte: u8) -> u32 {
        self.bytes.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// The token that two tokens merge into.
    pub(super) fn merged(&self, left: u32, right: u32) -> Option<u32> {
        let pair = pair(left, right);
        let mut slot = first_slot(pair);
        loop {
            match self.slots.get(slot).copied()? {
                0 => return None,
                taken if taken >> BITS == pair => return u32::try_from(taken & ((1 << BITS) - 1)).ok(),
                _ => slot = next_slot(slot),
            }
        }
    }

    fn insert(&mut self, left: u32, right: u32, token: u32) -> Result<(), VocabularyError> {
        let pair = pair(left, right);
        let mut slot = first_slot(pair);
        while let Some(at) = self.slots.get_mut(slot) {
            match *at {
                0 => {
                    *at = pair << BITS | u64::from(token);
                    return Ok(());
                }
                taken if taken >> BITS == pair => return Err(VocabularyError::Contradiction),
                _ => slot = next_slot(slot),
            }
        }
        Err(VocabularyError::Contradiction)
    }
}

/// The token of each byte, from the byte of each token.
fn tokens_of_bytes(alphabet: &[u8; 256]) -> Result<Vec<u32>, VocabularyError> {
    let mut tokens = vec![0; 256];
    for (token, byte) in (FIRST_BYTE..).zip(alphabet) {
        match tokens.get_mut(usize::from(*byte)) {
            Some(free) if *free == 0 => *free = token,
            _ => return Err(VocabularyError::Contradiction),
        }
    }
    Ok(tokens)
}

/// The pairs of all merges, in order.
fn pairs(planes: &[u8]) -> Result<impl Iterator<Item = (u32, u32)>, VocabularyError> {
    let merges = planes.len() / 6;
    if merges == 0 || merges * 6 != planes.len() {
        return Err(VocabularyError::Format);
    }
    let mut planes = planes.chunks_exact(merges);
    let mut tokens = || {
        let [low, middle, high] = [planes.next(), planes.next(), planes.next()];
        let bytes =
            low.into_iter().flatten().zip(middle.into_iter().flatten()).zip(high.into_iter().flatten());
        bytes.map(|((low, middle), high)| u32::from_le_bytes([*low, *middle, *high, 0]))
    };
    let left = tokens();
    Ok(left.zip(tokens()))
}

fn pair(left: u32, right: u32) -> u64 {
    u64::from(left) << BITS | u64::from(right)
}

/// The first slot to search: the high bits of a product, which depend on all bits of the pair.
fn first_slot(pair: u64) -> usize {
    let hash = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(hash >> (u64::BITS - SLOT_BITS)).unwrap_or_default()
}

fn next_slot(slot: usize) -> usize {
    (slot + 1) & ((1 << SLOT_BITS) - 1)
}
