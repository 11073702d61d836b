//! The crates of the extension's module: none reads the clock or random bytes, because both come from
//! Host.

use std::process::Command;

/// Each crate of the browser's module, with its features.
fn crates() -> Vec<(String, Vec<String>)> {
    let asked = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p} features:{f}"];
    let tree = Command::new(env!("CARGO"))
        .args(asked)
        .args(["--package", "drawdown", "--target", "wasm32-unknown-unknown"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    let parse = |line: &str| {
        let (package, features) = line.split_once(" features:")?;
        let features = features.trim_end_matches(" (*)").split(',').map(str::to_owned).collect();
        Some((package.split(' ').next()?.to_owned(), features))
    };
    text.lines().filter_map(parse).collect()
}

#[test]
fn no_crate_asks_for_the_time_or_for_random_bytes() {
    let crates = crates();
    let has = |name: &str| crates.iter().any(|(of, _)| of == name);
    assert!(has("chrono") && has("aes-gcm") && has("wasm-bindgen"), "{crates:?}");
    for name in ["getrandom", "rand", "rand_core", "iana-time-zone", "web-time", "instant"] {
        assert!(
            !has(name),
            "{name} is among the dependencies: see `cargo tree --target wasm32-unknown-unknown -i {name}`"
        );
    }
    for (name, features) in &crates {
        for feature in ["getrandom", "clock", "now", "wasmbind", "os_rng", "sys_rng"] {
            assert!(!features.iter().any(|on| on == feature), "{name} has the feature {feature}");
        }
    }
}
