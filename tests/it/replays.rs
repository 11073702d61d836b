//! Recorded scenarios, run through the real driver to the statement. Each is `NAME.json`, with its expected statement in
//! `NAME.expected.json`. A bug report becomes a file here.

use std::fs;
use std::path::Path;

use drawdown_lab::replay::replay;

#[test]
fn every_scenario_gives_its_expected_statement() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replay");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| !path.display().to_string().ends_with(".expected.json"));
    assert!(!names.is_empty());
    for path in names {
        let statement = replay(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let expected = path.with_extension("expected.json");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, format!("{statement}\n")).unwrap();
        }
        let expected =
            fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{} is missing", expected.display()));
        assert_eq!(statement.trim_end(), expected.trim_end(), "{}", path.display());
    }
}

#[test]
fn an_invalid_scenario_is_refused_with_its_place() {
    for (text, where_) in [
        ("", "line 1 column 0"),
        ("{}", "missing field `now`"),
        (r#"{"now":"yesterday"}"#, "no time: yesterday"),
        (r#"{"now":"2026-11-22T07:00:00Z","events":[{"at":"x","account":"a"}]}"#, "no time: x"),
        (
            r#"{"now":"2026-11-22T07:00:00Z","events":[{"at":"2026-11-22T07:00:00Z"}]}"#,
            "missing field `account`",
        ),
        (r#"{"now":"2026-11-22T07:00:00Z","settings":{"rates":{"yuan":"1"}}}"#, "line 1 column"),
    ] {
        let why = replay(text).unwrap_err().to_string();
        assert!(why.contains(where_) && !why.contains('\n'), "{text}: {why}");
    }
}
