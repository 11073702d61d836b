//! The rules of `src/books/RULES.md`, and the comments that refer to them by number.

use std::collections::BTreeSet;
use std::fs;

use crate::tidy::{File, all_empty, files, root};

/// A rule's number: L1 to L99 or F1 to F99.
fn is_rule(word: &str) -> bool {
    let number = word.strip_prefix(['L', 'F']).unwrap_or_default();
    (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
}

/// The rule numbers of RULES.md, from the start of each paragraph `**L1. Title.** ...`.
fn stated() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("src/books/RULES.md")).unwrap();
    let names: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("**")?.split_once('.')).collect();
    let unique: BTreeSet<_> = names.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(unique.len(), names.len(), "RULES.md states a rule twice");
    assert!(unique.iter().all(|name| is_rule(name)), "{unique:?}");
    unique
}

#[test]
fn every_rule_that_a_comment_names_is_stated_and_every_rule_is_named() {
    let stated = stated();
    let (mut named, mut wrong) = (BTreeSet::new(), Vec::new());
    for File { path, text } in files("src", &[".rs"]) {
        for (place, line) in text.lines().enumerate() {
            let Some((_, comment)) = line.split_once("//") else { continue };
            for rule in words(comment).filter(|word| is_rule(word)) {
                if !stated.contains(rule) {
                    wrong.push(format!("{path}:{}: {rule} is not in src/books/RULES.md", place + 1));
                }
                named.insert(rule.to_owned());
            }
        }
    }
    for rule in stated.difference(&named) {
        wrong.push(format!("{rule} of src/books/RULES.md: name it in a comment where the code keeps it"));
    }
    all_empty(&wrong);
}
