//! What every fuzz target does with an input: the boundary's own entry, with 64 MB of memory.
//!
//! libFuzzer's `-rss_limit_mb` counts its own corpus and coverage too, so it says nothing about the product. The limit here is
//! for what Rust code allocates for one input: the product, the fake Host and the message that a page sends. An input that
//! takes more ends the run, as a panic does. The memory of the code itself, and of the browser around it, is not in it.

use std::alloc::System;
use std::sync::atomic::{AtomicUsize, Ordering};

use cap::Cap;
use drawdown_lab::bad_input::find;

/// The most bytes that are allocated at a time for one input.
const MOST: usize = 64 << 20;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);
/// The most MB that were allocated at a time so far.
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Reads an input at a boundary. Prints each new peak of the memory.
pub fn check(boundary: &str, bytes: &[u8]) {
    let boundary = find(boundary).expect("a boundary of that name");
    HEAP.set_limit(HEAP.allocated().saturating_add(MOST)).expect("the limit is above what is in use");
    let _ = (boundary.read)(bytes);
    HEAP.set_limit(usize::MAX).expect("no limit");
    let peak = HEAP.max_allocated().div_ceil(1 << 20);
    if PEAK.fetch_max(peak, Ordering::Relaxed) < peak {
        eprintln!("most memory so far: {peak} MB");
    }
}
