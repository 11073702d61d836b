//! DeepSeek's vocabulary, packed for the extension, and another author's tokenizer to compare counts with.
//!
//! The vocabulary comes from the crate `splintr-vocab-deepseek`, under the MIT license of DeepSeek. It contains the bytes of each
//! token, in the order of the merges, but not the two tokens that make it. They can be derived: merging a token's bytes with the
//! earlier tokens leaves the pair that makes it.

use std::collections::HashMap;

use crc::{CRC_32_ISO_HDLC, Crc};
use splintr::Tokenizer;
use splintr::pretrained::{DEEPSEEK_V3_VOCAB_PACKED, deepseek_v3_special_tokens};

/// The first token of a single byte, the first merge, and the end of the merges.
const FIRST_BYTE: u32 = 3;
const FIRST_MERGE: u32 = FIRST_BYTE + 256;
const END: u32 = 128_000;

/// The tokenizer to compare counts with.
pub fn oracle() -> Tokenizer {
    let special = deepseek_v3_special_tokens();
    let patterns = splintr::DEEPSEEK_V3_PATTERNS;
    Tokenizer::from_packed_byte_level_chain(DEEPSEEK_V3_VOCAB_PACKED, patterns, special)
        .expect("it is built in")
}

/// The vocabulary as packed in the extension; `src/books/tokens/exact/vocabulary.rs` describes the format.
pub fn packed() -> Vec<u8> {
    let oracle = oracle();
    let bytes = |token: u32| oracle.decode_bytes(&[token]).expect("every token stands for bytes");
    let alphabet: Vec<u8> = (FIRST_BYTE..FIRST_MERGE).map(|token| bytes(token)[0]).collect();
    let of_byte: HashMap<u8, u32> = alphabet.iter().copied().zip(FIRST_BYTE..).collect();
    let (mut merges, mut pairs) = (HashMap::new(), Vec::new());
    for token in FIRST_MERGE..END {
        let mut parts: Vec<u32> = bytes(token).iter().map(|byte| of_byte[byte]).collect();
        while parts.len() > 2 {
            let merged = |pair: &[u32]| merges.get(&(pair[0], pair[1])).copied();
            let all = parts.windows(2).enumerate();
            let best = all.filter_map(|(place, pair)| Some((merged(pair)?, place))).min();
            let (merged, place) = best.expect("its parts are tokens before it");
            parts.splice(place..place + 2, [merged]);
        }
        assert!(merges.insert((parts[0], parts[1]), token).is_none(), "{token} is made of a pair of its own");
        pairs.push((parts[0], parts[1]));
    }
    let mut packed = [b"DDVOCAB1", alphabet.as_slice()].concat();
    for tokens in
        [pairs.iter().map(|pair| pair.0).collect::<Vec<_>>(), pairs.iter().map(|pair| pair.1).collect()]
    {
        for plane in 0..3 {
            packed.extend(tokens.iter().map(|token| token.to_le_bytes()[plane]));
        }
    }
    let sum = Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(&packed);
    packed.extend(sum.to_le_bytes());
    packed
}
