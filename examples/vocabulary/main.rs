//! Packs DeepSeek's vocabulary for the exact count of tokens, from the crate `splintr-vocab-deepseek`:
//!
//! ```text
//! cargo run --example vocabulary
//! ```
//!
//! It writes `extension/deepseek-v3.vocabulary`. A test checks that the file is what this writes.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a command line tool")]

use drawdown_lab::vocabulary;

fn main() {
    let packed = vocabulary::packed();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/deepseek-v3.vocabulary");
    std::fs::write(path, &packed).expect("the folder is part of the repository");
    println!("{} bytes in {path}", packed.len());
}
