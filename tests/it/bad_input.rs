//! The committed corpus of each boundary, run through the same entries as the fuzz targets of `tests/fuzz`.
//!
//! An input that ever made the product panic, hang or take too much memory stays in the corpus.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use drawdown_lab::bad_input::BOUNDARIES;

use crate::tidy::{all_empty, root};

fn entries(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|_| panic!("{folder} is missing"));
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn no_input_of_the_corpus_makes_a_boundary_panic() {
    let mut wrong = Vec::new();
    for boundary in BOUNDARIES {
        let folder = format!("tests/fuzz/corpus/{}", boundary.name);
        let mut accepted = 0;
        for path in entries(&folder) {
            let bytes = fs::read(&path).unwrap();
            match catch_unwind(AssertUnwindSafe(|| (boundary.read)(&bytes))) {
                Ok(is_accepted) => accepted += usize::from(is_accepted),
                Err(_) => wrong.push(format!("{} panics", path.display())),
            }
        }
        // Otherwise the corpus tests nothing behind the boundary.
        if accepted == 0 {
            wrong.push(format!("{folder} has no input that is accepted"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn each_boundary_has_a_fuzz_target_of_its_name() {
    let stem = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let targets: BTreeSet<_> = entries("tests/fuzz/fuzz_targets").iter().map(stem).collect();
    let boundaries: BTreeSet<_> = BOUNDARIES.iter().map(|boundary| boundary.name.to_owned()).collect();
    assert_eq!(targets, boundaries);
}
