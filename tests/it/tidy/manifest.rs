//! Rules for manifest.json: as few permissions as possible, and an identity that both browsers accept.

use serde_json::{Value, json};

use crate::tidy::read;

fn manifest() -> Value {
    serde_json::from_str(&read("manifest.json")).unwrap()
}

#[test]
fn the_manifest_requests_only_needed_permissions() {
    let manifest = manifest();
    assert_eq!(manifest["permissions"], json!(["storage", "alarms", "notifications", "idle"]));
    for absent in
        ["host_permissions", "content_scripts", "web_accessible_resources", "externally_connectable"]
    {
        assert!(manifest[absent].is_null(), "manifest.json must not have {absent}");
    }
    assert_eq!(manifest["incognito"], "not_allowed", "nothing of a private window is stored");
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.split(';').any(|kept| kept.trim() == part), "the content policy lacks {part}");
    }
}

/// `build.sh` writes the version of Cargo.toml there. Chrome accepts one to four numbers and nothing else.
#[test]
fn the_version_is_that_of_cargo_toml_and_one_that_browsers_accept() {
    assert_eq!(manifest()["version"], "VERSION", "build.sh replaces VERSION by the version in Cargo.toml");
    let parts: Vec<_> = env!("CARGO_PKG_VERSION").split('.').collect();
    assert_eq!(parts.len(), 3);
    for part in parts {
        assert_eq!(part.parse::<u16>().map(|number| number.to_string()).as_deref(), Ok(part));
    }
}

#[test]
fn the_id_in_firefox_is_a_uuid_in_braces() {
    let manifest = manifest();
    let id = manifest["browser_specific_settings"]["gecko"]["id"].as_str().unwrap();
    let uuid = id.strip_prefix('{').and_then(|id| id.strip_suffix('}')).unwrap();
    let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
    assert!(uuid.chars().all(|sign| sign == '-' || sign.is_ascii_hexdigit()), "{uuid}");
}

/// Firefox for Android has no `chrome.commands`, which the worker listens to when it starts.
#[test]
fn android_is_left_out_while_the_worker_needs_what_it_lacks() {
    let needs_commands = read("extension/worker.js").contains("chrome.commands.");
    let declares_android = !manifest()["browser_specific_settings"]["gecko_android"].is_null();
    assert!(needs_commands != declares_android, "declare gecko_android only if the worker starts there");
}
