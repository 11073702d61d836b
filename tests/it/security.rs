//! Claims of SECURITY.md that no other test checks, and that each claim there names an existing test.

use drawdown_lab::bad_input::find;

use crate::story::{Story, lacks};
use crate::tidy::{all_empty, read};

/// The tests that a text names as `tests/FILE: NAME` in backticks.
fn named(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('`').filter(|part| part.starts_with("tests/")).filter_map(|part| part.split_once(": "))
}

#[test]
fn each_claim_names_a_test_that_exists() {
    let (text, mut wrong, mut claims) = (read("SECURITY.md"), Vec::new(), 0);
    for row in text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| Claim") && !line.starts_with("| ---"))
    {
        claims += 1;
        if named(row).next().is_none() {
            wrong.push(format!("SECURITY.md names no test for: {row}"));
        }
    }
    for (file, name) in named(&text) {
        let code = read(file);
        let is_there = match file.ends_with(".rs") {
            // Below `#[test]` or `#[wasm_bindgen_test]`.
            true => ["", "async "].iter().any(|kind| code.contains(&format!("test]\n{kind}fn {name}()"))),
            false => code.contains(&format!("test(\"{name}\"")),
        };
        if !is_there {
            wrong.push(format!("SECURITY.md names a test that {file} does not have: {name}"));
        }
    }
    assert!(claims > 20, "SECURITY.md has {claims} claims: has its form changed?");
    all_empty(&wrong);
}

/// The entry itself checks where each request goes.
#[test]
fn no_cursor_of_an_answer_leads_a_key_to_another_origin() {
    let answers = find("answers").unwrap();
    for cursor in [
        "https://evil.example/",
        "//evil.example/",
        "@evil.example/",
        ".evil.example/",
        "a&page=https://evil.example",
        "a#@evil.example",
        "../../..//evil.example",
        "\\\\evil.example",
        "a\\r\\nHost: evil.example",
    ] {
        for (provider, name) in
            [("openai", "next_page"), ("anthropic", "next_page"), ("together", "next_cursor")]
        {
            let page = format!(r#"{{"data":[],"has_more":true,"{name}":"{cursor}"}}"#);
            let last = r#"{"data":[],"has_more":false}"#;
            (answers.read)(format!("{provider}\n\n\n{page}\n---\n\n\n{last}").as_bytes());
        }
    }
}

#[test]
fn a_name_in_an_answer_or_a_file_is_text_and_no_html() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let name = "<img src=x onerror=alert(1)>";
    let file = format!("utc_date,model,cost,currency\n2026-11-21,\"{name}\",1,USD\n");
    let id = story.id(0);
    story.send("rename", &[("account", &id), ("label", "<script>alert(1)</script>")]);
    let file = [("file.0", STANDARD.encode(file)), ("file.0.name", "<b>.csv".to_owned())];
    let file = file.each_ref().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<_> = [("account", id.as_str())].into_iter().chain(file).collect();
    story.send("import", &fields);
    let shown = story.dashboard_html() + &story.click("show", &[]).html;
    assert!(shown.contains("&lt;img src=x onerror=alert(1)&gt;"), "the model is shown");
    assert!(shown.contains("&lt;script&gt;"), "the name is shown");
    for bad in ["<img src=x", "<script>", "<b>.csv"] {
        lacks(&shown, bad);
    }
}

#[test]
fn the_worker_hears_its_own_pages_only() {
    let worker = read("extension/worker.js");
    assert!(
        worker.contains(
            "sender.id === chrome.runtime.id && sender.url?.startsWith(chrome.runtime.getURL(\"\"))"
        )
    );
    for other in ["onMessageExternal", "onConnect", "onUserScript", "onfetch", "addEventListener(\"message\""]
    {
        assert!(!worker.contains(other), "worker.js hears {other}");
    }
}

#[test]
fn no_code_comes_from_outside_the_package() {
    let manifest: serde_json::Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert_eq!(scripts.trim(), "script-src 'self' 'wasm-unsafe-eval'");
    for page in
        ["extension/popup.html", "extension/dashboard.html", "extension/worker.js", "extension/page.js"]
    {
        let text = read(page);
        for from in ["src=\"http", "src=\"//", "from \"http", "importScripts", "import("] {
            assert!(!text.contains(from), "{page} loads code by {from}");
        }
    }
}
