//! Clients: an account or one of its lines can have a client, the spend by client sums to the total, files and backups contain
//! it, and it can be undone.

use drawdown::money::Amount;

use crate::backup::back_up;
use crate::billed_accounts::connected;
use crate::builders::amount;
use crate::export::{export, shown, table};
use crate::story::{Story, has, lacks, text_of};

const NOW: &str = "2026-11-22T07:00:00Z";

/// An account with two models, and one kept by hand.
fn two_accounts() -> Story {
    let story =
        connected(NOW, &["2026-11-20 gpt-large 4", "2026-11-21 gpt-small 1", "2026-11-21 gpt-large 2"]);
    story.send("by_hand", &[("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")]);
    story
}

#[track_caller]
fn set(story: &Story, account: usize, line: &str, client: &str) -> String {
    let id = story.id(account);
    let reply = story.send("client", &[("account", &id), ("line", line), ("client", client)]);
    assert!(reply.ok, "{}", text_of(&reply.html));
    text_of(&reply.html)
}

#[test]
fn without_a_client_nothing_is_shown_or_stored() {
    let story = two_accounts();
    lacks(&story.at("overview"), "By client");
    lacks(&story.at("overview"), "No client");
    assert!(!story.stored(&format!("account.{}", story.id(0))).contains("clients"));
}

#[test]
fn spend_by_client_sums_to_the_total() {
    let story = two_accounts();
    set(&story, 0, "", "Acme");
    set(&story, 0, "gpt-small", "  Globex ");
    has(&story.card(0), "Client: Acme, Globex (gpt-small)");
    has(
        &story.at("overview"),
        "By client\nClient\nShare\nSpent\nAcme\n42%\n$6.00\nGlobex\n7%\n$1.00\nNo client\n50%\n$7.00*",
    );
}

#[test]
fn a_line_keeps_its_client_in_every_row_of_a_file() {
    let story = two_accounts();
    set(&story, 0, "", "Acme");
    set(&story, 0, "gpt-small", "=Globex");
    let spent = |rows: &crate::export::Table, column: &str, of: &str, value: &str| -> Amount {
        let rows = rows.iter().filter(|row| row[column] == value && !row[of].is_empty());
        rows.map(|row| amount(&row[of])).sum()
    };
    let csv = table(&export(&story, "csv", "2026-11").1);
    assert_eq!(spent(&csv, "client", "in_total", "Acme"), Amount::whole(6));
    assert_eq!(spent(&csv, "client", "in_total", "'=Globex"), Amount::whole(1), "no name is a formula");
    let whole: Amount =
        ["Acme", "'=Globex", ""].map(|client| spent(&csv, "client", "in_total", client)).into_iter().sum();
    assert_eq!(whole, shown(&story, "2026-11").0);
    let focus = table(&export(&story, "focus", "2026-11").1);
    assert_eq!(spent(&focus, "x_Client", "EffectiveCost", "Acme"), Amount::whole(6));
    has(&export(&story, "json", "2026-11").1, "\"client\":\"=Globex\"");
}

#[test]
fn a_client_is_removed_by_an_empty_name_and_each_change_can_be_undone() {
    let story = two_accounts();
    let id = story.id(0);
    set(&story, 0, "", "Acme");
    has(&set(&story, 0, "", ""), "Saved.\n[Undo]");
    lacks(&story.card(0), "Client: ");
    let undo = [("account", id.as_str()), ("line", ""), ("client", "Acme"), ("undoes", "account-0")];
    assert!(story.send("client", &undo).ok);
    has(&story.card(0), "Client: Acme");
    set(&story, 0, "gpt-small", "Globex");
    let undo = [("account", id.as_str()), ("line", "gpt-small"), ("client", ""), ("undoes", "account-0")];
    assert!(story.send("client", &undo).ok);
    lacks(&story.card(0), "Globex");
}

#[test]
fn a_name_that_is_too_long_or_a_line_that_is_unknown_is_refused_at_its_field() {
    let story = two_accounts();
    let id = story.id(0);
    let long = "é".repeat(41);
    let refused = |line: &str, client: &str| {
        let reply = story.send("client", &[("account", &id), ("line", line), ("client", client)]);
        assert!(!reply.ok);
        (text_of(&reply.html), reply.field.unwrap())
    };
    let (text, field) = refused("", &long);
    has(&text, "A client name can have up to 40 characters.");
    assert_eq!(field, "client");
    let (text, field) = refused("gpt-tiny", "Acme");
    has(&text, "This account has no model or project called gpt-tiny. Choose one from the list.");
    assert_eq!(field, "line");
    lacks(&story.card(0), "Client: ");
    set(&story, 0, "", &"é".repeat(40));
}

#[test]
fn accounts_are_found_by_client_and_the_tables_can_be_filtered_by_it() {
    let story = two_accounts();
    let page = |place: &str| story.send("show", &[("open", place)]).html;
    assert!(!page("accounts").contains("data-filter=\"account-list\""));
    set(&story, 1, "", "Acme");
    let rows = |html: &str| html.matches("Acme\"").count();
    let accounts = page("accounts");
    assert!(
        accounts.contains("data-filter=\"account-list\"") && accounts.contains("data-text=\"Modal Acme\"")
    );
    let overview = page("overview");
    assert!(
        overview.contains("data-filter=\"account-rows\"") && overview.contains("data-filter=\"model-rows\"")
    );
    assert!(rows(&overview) >= 2, "the row of the account and that of its line");
}

#[test]
fn clients_come_back_from_a_backup_and_those_that_are_set_here_stay() {
    let one = two_accounts();
    set(&one, 0, "", "Acme");
    set(&one, 0, "gpt-small", "Globex");
    set(&one, 1, "", "Initech");
    let file = back_up(&one);
    set(&one, 0, "", "Umbrella");
    set(&one, 0, "gpt-small", "");
    set(&one, 1, "", "Hooli");
    crate::backup::restored(&one, &file, crate::story::PASSWORD);
    has(&one.card(0), "Client: Umbrella, Globex (gpt-small)");
    has(&one.card(1), "Client: Hooli");

    let other = crate::backup::fresh(NOW);
    crate::backup::restored(&other, &file, "");
    has(&other.at("accounts"), "Modal");
    let cards: String = (0..2).map(|place| other.card(place)).collect();
    has(&cards, "Client: Acme, Globex (gpt-small)");
    has(&cards, "Client: Initech");
}
