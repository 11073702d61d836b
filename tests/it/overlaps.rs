//! Files with the same days, and imports that are undone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::Reply;

use crate::story::{Story, has, text_of};

const HEAD: &str = "utc_date,model,wallet_type,cost,currency\n";

/// A file with these days of November, such as `2 1.50`.
fn costs(days: &[&str]) -> String {
    let row = |day: &&str| {
        let (day, cost) = day.split_once(' ').unwrap();
        format!("2026-11-{day:0>2},deepseek-chat,Paid,{cost},USD\n")
    };
    HEAD.to_owned() + &days.iter().map(row).collect::<String>()
}

fn import(story: &Story, name: &str, content: &str) -> Reply {
    let (id, file) = (story.id(0), STANDARD.encode(content));
    story.send("import", &[("account", &id), ("file.0", &file), ("file.0.name", name)])
}

fn choose(story: &Story, overlap: &str) -> Reply {
    story.send("answer_import", &[("settings.overlap", overlap)])
}

fn undo(story: &Story, import: &str) -> Reply {
    story.send("undo", &[("account", &story.id(0)), ("correction", import)])
}

/// An account that was read once, and an imported file with the two days before.
fn imported() -> Story {
    let story = Story::connected("2026-11-05T10:00:00Z", "USD 0+20");
    has(&text_of(&import(&story, "first.csv", &costs(&["2 1", "3 2"])).html), "Imported $3.00 for Nov 2–3.");
    story
}

#[test]
fn a_contradicting_file_asks_with_both_totals_before_anything_changes() {
    let story = imported();
    let asked = import(&story, "second.csv", &costs(&["3 5", "4 7"]));
    let text = text_of(&asked.html);
    has(&text, "Replace or add?");
    has(&text, "DeepSeek already has imported figures for some days in second.csv.");
    has(&text, "Nov 3: $2.00 so far, $5.00 in the file.");
    assert!(asked.ok, "nothing is wrong");
    has(&story.popup(), "$3.00");
    // The question stays when the page is opened again.
    has(&story.dashboard(), "Nov 3: $2.00 so far, $5.00 in the file.");

    has(&text_of(&choose(&story, "replace").html), "Imported $12.00 for Nov 3–4.");
    has(&story.popup(), "$13.00");
    assert!(!story.dashboard().contains("Replace or add?"));
    assert!(story.host.session.borrow().keys().all(|name| name != "waiting-file"));
}

#[test]
fn an_added_file_counts_once_in_addition_to_the_other() {
    let story = imported();
    import(&story, "second.csv", &costs(&["3 5", "4 7"]));
    has(&text_of(&choose(&story, "add").html), "Imported $12.00 for Nov 3–4.");
    has(&story.popup(), "$15.00");
    // A second click gets the reply that nothing waits.
    assert!(!choose(&story, "add").ok);
    has(&story.popup(), "$15.00");
}

#[test]
fn a_question_that_is_dropped_changes_nothing() {
    let story = imported();
    import(&story, "second.csv", &costs(&["3 5"]));
    story.send("answer_import", &[("settings.drop", "on")]);
    has(&story.popup(), "$3.00");
    assert!(!story.dashboard().contains("Replace or add?"));
    assert!(!choose(&story, "replace").ok);
}

#[test]
fn a_file_with_equal_or_additional_days_does_not_ask() {
    let story = imported();
    has(&text_of(&import(&story, "first.csv", &costs(&["2 1", "3 2"])).html), "Imported $3.00");
    has(&text_of(&import(&story, "more.csv", &costs(&["2 1", "3 2", "4 4"])).html), "Imported $7.00");
    has(&story.popup(), "$7.00");
    // The day of an import was incomplete; the next file has all of it.
    has(&text_of(&import(&story, "today.csv", &costs(&["4 4", "5 1"])).html), "Imported $5.00");
    story.clock("2026-11-06T10:00:00Z");
    has(&text_of(&import(&story, "tomorrow.csv", &costs(&["4 4", "5 3"])).html), "Imported $7.00");
    has(&story.popup(), "$10.00");
}

#[test]
fn undoing_an_import_restores_what_it_replaced() {
    let story = imported();
    import(&story, "second.csv", &costs(&["1 3", "2 1", "3 5", "4 7"]));
    choose(&story, "replace");
    has(&story.popup(), "$16.00");
    has(&story.card(0), "2 imported files");
    has(&story.card(0), "second.csv · $16.00 · 2026-11-05T10:00:00Z");
    has(&story.card_html(0), r#"<input type="hidden" name="correction" value="import-2">"#);
    has(&story.card(0), "Tracking\nsince 2026-11-01T00:00:00Z");

    assert!(undo(&story, "import-2").ok);
    has(&story.popup(), "$3.00");
    has(&story.dashboard(), "1 imported file");
    has(&story.dashboard(), "Tracking\nsince 2026-11-02T00:00:00Z");
    assert!(!undo(&story, "import-2").ok, "it is undone already");
    assert!(!undo(&story, "import-9").ok, "there never was one");

    assert!(undo(&story, "import-1").ok);
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
    assert!(!story.dashboard().contains("imported file"));
}

#[test]
fn the_first_can_be_undone_before_the_second() {
    let story = imported();
    import(&story, "second.csv", &costs(&["3 2", "4 7"]));
    has(&story.popup(), "$10.00");
    assert!(undo(&story, "import-1").ok);
    // A day with equal amounts in both files is still covered by the second.
    has(&story.popup(), "$9.00");
    has(&story.dashboard(), "Tracking\nsince 2026-11-03T00:00:00Z");
    assert!(undo(&story, "import-2").ok);
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
}

#[test]
fn a_file_of_future_days_without_costs_is_no_import() {
    let story = imported();
    let reply = import(&story, "zeros.csv", &costs(&["6 0", "7 0"]));
    has(&text_of(&reply.html), "Nothing imported, because the file has no data up to today.");
    has(&story.popup(), "$3.00");
    has(&story.dashboard(), "1 imported file");
}

#[test]
fn amounts_of_the_question_and_of_the_list_are_hidden_with_the_others() {
    let story = imported();
    import(&story, "second.csv", &costs(&["3 5"]));
    story.send("hide", &[("hidden", "on")]);
    let page = story.dashboard();
    has(&page, "Nov 3: ••• so far, ••• in the file.");
    has(&page, "first.csv · •••");
    assert!(!page.contains("5.00") && !page.contains("3.00"), "{page}");
}
