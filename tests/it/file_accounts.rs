//! Accounts without a key whose figures come from imported files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::host::Tone;
use drawdown::route::Event;

use crate::builders::at;
use crate::manual::{manual_account, type_balance};
use crate::story::{KEY, PASSWORD, Story, has, lacks, text_of};

/// A DeepSeek export with this number of days at $2.
pub(crate) fn days(from: &str, count: u64) -> String {
    let first = at(&format!("{from}T00:00:00Z"));
    let days = (0..count).map(|day| first.plus(day * drawdown::time::DAY).day());
    let rows: String = days.map(|day| format!("{day},chat,Paid,2,USD\n")).collect();
    format!("utc_date,model,wallet_type,cost,currency\n{rows}")
}

pub(crate) fn import_days(story: &Story, from: &str, count: u64) -> String {
    let file = STANDARD.encode(days(from, count));
    let fields = [("account", story.id(0)), ("file.0", file), ("file.0.name", "cost.csv".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text_of(&story.send("import", &fields).html)
}

#[test]
fn a_file_account_shows_figures_after_its_first_import() {
    let story = Story::begin("2026-11-12T09:00:00Z");
    story.event(Event::Start);
    has(&text_of(&story.send("by_file", &[("provider", "deepseek"), ("label", "lab")]).html), "Added.");
    let popup = story.popup();
    has(&popup, "DDeepSeek lab –\nImport your first file");
    has(&popup, "Not up to date");
    lacks(&popup, "Add the key again");
    lacks(&popup, "[Refresh]");
    let dashboard = story.dashboard();
    has(&dashboard, "DeepSeek: download your usage at platform.deepseek.com/usage.");
    has(&dashboard, "Settings");
    lacks(&dashboard, "Create a password");

    has(&import_days(&story, "2026-11-01", 10), "Imported $20.00 for Nov 1–10.");
    let popup = story.popup();
    has(&popup, "\n$20.00\n$2.00 a day · Up to date");
    has(&popup, "November forecast\n$60.00");
    has(&popup, "DDeepSeek lab $20.00\n$2.00 a day · data ends Nov 10\n");
    has(&story.card(0), "This month\n$20.00\n$2.00 a day · same as last week\n");
    assert_eq!(story.badge(), ("$20".to_owned(), Tone::Neutral));

    // An older file does not change the account's age; a day without a file is missing.
    story.clock("2026-11-16T09:00:00Z");
    import_days(&story, "2026-11-12", 3);
    has(&story.popup(), "≥ $26.00\n");
    import_days(&story, "2026-11-11", 1);
    has(&story.popup(), "DDeepSeek lab $28.00\n$2.00 a day · data ends Nov 14\n");
    has(&story.popup(), "\n$28.00\n");

    story.clock("2026-11-22T09:00:00Z").event(Event::Alarm);
    let popup = story.popup();
    has(&popup, "≥ $28.00\n$2.00 a day · Not up to date");
    has(&popup, "data ends Nov 14. Import a newer file");
    assert_eq!(story.badge().1, Tone::Grey);
    assert_eq!(story.sent(), 0, "no password is requested");

    // A key can be added later: the figures of the files remain.
    story.set_books(KEY, "USD 0+40");
    let id = story.id(0);
    story.send("replace_key", &[("account", &id), ("key", KEY)]);
    has(&text_of(&story.send("take_key", &[("account", &id), ("books", "go_on")]).html), "Your key works.");
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.clock("2026-11-22T09:30:00Z").set_books(KEY, "USD 0+39").event(Event::Alarm);
    has(&story.popup(), "DDeepSeek lab $29.00*\n≥ $1.00 a day · $39.00 left");
}

#[test]
fn a_reminder_appears_after_the_chosen_days() {
    let story = manual_account("2026-11-02T09:00:00Z", "bill", "3");
    let id = story.id(0);
    let remind = |days: &str| text_of(&story.send("remind", &[("account", &id), ("days", days)]).html);
    let reminder = "entered 2026-11-02T09:00:00Z. Update bill";
    let comes = |now: &str| {
        let popup = story.clock(now).popup();
        assert_eq!(popup.contains(reminder), popup.contains("Not up to date"), "{popup}");
        assert_eq!(popup.contains(reminder), story.dashboard().contains(reminder));
        popup.contains(reminder)
    };
    assert!(!comes("2026-11-09T09:00:00Z"));
    assert!(comes("2026-11-09T09:01:00Z"));
    for wrong in ["0", "367", "a week"] {
        has(&remind(wrong), "Enter a whole number from 1 to 366");
        assert!(comes("2026-11-09T09:01:00Z"));
    }
    has(&remind("20"), "Saved.");
    assert!(!comes("2026-11-22T09:00:00Z"));
    assert!(comes("2026-11-22T09:01:00Z"));
    remind("");
    assert!(!comes("2026-11-29T09:01:00Z"));
    remind("1");
    story.send("pause", &[("account", &id)]);
    lacks(&story.popup(), reminder);
}

#[test]
fn accounts_without_a_key_need_no_password_and_are_no_duplicates() {
    let story = manual_account("2026-11-02T12:00:00Z", "balance", "30");
    let other = [("label", "Lambda"), ("currency", "USD"), ("tells", "balance"), ("amount", "30")];
    story.send("by_hand", &other);
    for (day, amount) in [("03", "29.5"), ("04", "27"), ("05", "26"), ("06", "21")] {
        story.clock(&format!("2026-11-{day}T12:00:00Z"));
        for place in [0, 1] {
            story.send("figure", &[("account", &story.id(place)), ("amount", amount)]);
        }
    }
    lacks(&story.popup(), "possible duplicate");
    // A key that does not work leaves nothing to encrypt.
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    lacks(&story.dashboard(), "Create a password");

    // With another account's key, they continue while the vault is locked.
    story.set_books(KEY, "USD 5+15");
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    has(&story.dashboard(), "Create a password");
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    story.send("lock", &[]);
    has(&type_balance(&story, "2026-11-07T12:00:00Z", "20"), "Saved: $20.00.");
    has(&story.at("accounts/add"), "By hand");
    has(&story.at("accounts/add/manual"), "Current amount\n[Add account]");
    lacks(&story.at("accounts/add/deepseek"), "Connect with an API key");
    // An account with a key is stored as before.
    let accounts = story.host.accounts();
    for new in ["source", "remind_days", "typed", "left"] {
        assert!(accounts[2].get(new).is_none(), "{new}");
        assert!(accounts[0].get("source").is_some());
    }
}
