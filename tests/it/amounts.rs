//! Amounts as people write them, in the forms that accept them: how each is read, confirmed, saved and undone.

use crate::story::{KEY, PLAN, Story, has, lacks, text_of};

fn begin() -> Story {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+40");
    story.set_books(KEY, "USD 0+30").clock("2026-11-21T10:00:00Z").send("refresh", &[]);
    story
}

/// The fields of a reply's Undo button.
fn undo_of(html: &str) -> (String, Vec<(String, String)>) {
    let form = html.split_once("<form class=\"undo\" data-do=\"").expect("an undo button").1;
    let (command, rest) = form.split_once('"').unwrap();
    let (fields, _) = rest.split_once("</form>").unwrap();
    let value = |text: &str, before: &str| {
        text.split_once(before).and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
    };
    let fields = fields
        .split("<input")
        .skip(1)
        .filter_map(|input| Some((value(input, "name=\"")?, value(input, "value=\"").unwrap_or_default())));
    (command.to_owned(), fields.collect())
}

/// Presses a reply's Undo button.
fn undo(story: &Story, html: &str) -> String {
    let (command, fields) = undo_of(html);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let reply = story.send(&command, &fields);
    assert!(reply.ok, "{command}: {}", text_of(&reply.html));
    has(&text_of(&reply.html), "Undone.");
    reply.html
}

#[test]
fn an_unclear_amount_is_asked_about_once_and_then_saved_as_it_was_read() {
    let story = begin();
    let asked = story.send("budget", &[("amount", "1,500")]);
    assert!(!asked.ok);
    assert_eq!(asked.field.as_deref(), Some("amount"));
    has(&text_of(&asked.html), "Is this $1,500.00? Save again to confirm, or correct it.");
    has(&asked.html, r#"<input type="hidden" name="amount.read" value="1,500">"#);
    lacks(&story.stored("settings"), "1500");
    let saved = story.send("budget", &[("amount", "1,500"), ("amount.read", "1,500")]);
    has(&text_of(&saved.html), "Saved: $1,500.00.");
    has(&story.stored("settings"), r#""budget":{"amount":"1500","currency":"USD"}"#);
}

#[test]
fn an_amount_in_another_currency_is_refused_at_its_field() {
    let story = begin();
    let reply = story.send("budget", &[("amount", "150 €")]);
    assert_eq!((reply.ok, reply.field.as_deref()), (false, Some("amount")));
    has(&text_of(&reply.html), "This amount is in USD, but you wrote €. Enter it in USD.");
}

#[test]
fn a_changed_budget_is_undone_with_one_click() {
    let story = begin();
    story.send("budget", &[("amount", "$70")]);
    let changed = story.send("budget", &[("amount", "90,50")]).html;
    has(&text_of(&changed), "Saved: $90.50.");
    undo(&story, &changed);
    has(&story.stored("settings"), r#""budget":{"amount":"70","currency":"USD"}"#);
    let given_up = story.send("budget", &[("amount", "")]).html;
    undo(&story, &given_up);
    has(&story.stored("settings"), r#""budget":{"amount":"70","currency":"USD"}"#);
}

#[test]
fn a_declared_top_up_is_undone_from_what_is_said_of_it() {
    let story = begin();
    let id = story.id(0);
    let account = format!("accounts/{id}");
    let top_up = [("account", id.as_str()), ("kind", "top_up"), ("currency", "USD"), ("amount", "US$ 5,00")];
    let declared = story.send("declare", &top_up).html;
    has(&text_of(&declared), "Saved: $5.00.");
    has(&story.at(&account), "Top-up of $5.00");
    undo(&story, &declared);
    lacks(&story.at(&account), "Top-up of $5.00");
}

#[test]
fn a_typed_figure_is_read_shown_and_undone() {
    let story = begin();
    story.send(
        "by_hand",
        &[("label", "RunPod"), ("currency", "EUR"), ("tells", "bill"), ("amount", "12,50 €")],
    );
    let id = story.id(1);
    story.clock("2026-11-22T10:00:00Z");
    let typed = story.send("figure", &[("account", &id), ("amount", "1 020,50")]).html;
    has(&text_of(&typed), "Saved: €1,020.50.");
    has(&story.at(&format!("accounts/{id}")), "Entered €1,020.50");
    undo(&story, &typed);
    lacks(&story.at(&format!("accounts/{id}")), "Entered €1,020.50");
    has(&story.at(&format!("accounts/{id}")), "Entered €12.50");
}

#[test]
fn the_last_typed_figure_is_edited_as_of_its_own_moment() {
    for (tells, left) in [("balance", "$25.50"), ("bill", "$25.50")] {
        let story = begin();
        let hand = [("label", "RunPod"), ("currency", "USD"), ("tells", tells), ("amount", "12")];
        story.send("by_hand", &hand);
        let id = story.id(1);
        story.clock("2026-11-22T10:00:00Z").send("figure", &[("account", &id), ("amount", "52.50")]);
        let card =
            story.clock("2026-11-23T10:00:00Z").send("show", &[("open", &format!("accounts/{id}"))]).html;
        let (_, figure) = card.split_once(r#"name="figure" value=""#).expect("a form to edit it");
        let figure = figure.split('"').next().unwrap();
        let edited =
            story.send("edit_figure", &[("account", &id), ("figure", figure), ("amount", "25,50")]).html;
        has(&text_of(&edited), "Saved: $25.50.");
        let card = story.at(&format!("accounts/{id}"));
        has(&card, &format!("Entered {left} · 2026-11-22T10:00:00Z"));
        lacks(&card, "Entered $52.50");
        undo(&story, &edited);
        has(&story.at(&format!("accounts/{id}")), "Entered $52.50 · 2026-11-22T10:00:00Z");
    }
}

#[test]
fn settings_are_undone() {
    let story = begin();
    story.send("settings", &[("period_minutes", "20"), ("currency", "EUR"), ("language", "en")]);
    let before = story.stored("settings");
    let changed = story.send("settings", &[("lock_after_minutes", "5"), ("lock_with_computer", "on")]).html;
    undo(&story, &changed);
    assert_eq!(story.stored("settings"), before);
}

#[test]
fn a_rate_is_undone_with_its_source_and_its_day() {
    let story = begin();
    story.send("by_hand", &[("label", "RunPod"), ("currency", "EUR"), ("tells", "bill"), ("amount", "7")]);
    let first = story.send("rate", &[("currency", "EUR"), ("rate", "1,0845")]).html;
    has(&text_of(&first), "Saved: 1 EUR = 1.0845 USD.");
    story.clock("2026-11-25T10:00:00Z");
    let second = story.send("rate", &[("currency", "EUR"), ("rate", "1.085")]).html;
    has(&text_of(&second), "Saved: 1 EUR = 1.085 USD.");
    undo(&story, &second);
    has(&story.stored("settings"), "EUR USD 1.0845 2026-11-21 hand");
    undo(&story, &first);
    has(&story.stored("settings"), r#""rates":[]"#);
}

#[test]
fn a_removed_subscription_comes_back_in_its_place() {
    let story = begin();
    for name in ["Claude", "Cursor", "Copilot"] {
        story.send("plan", &[&[("name", name)], &PLAN[1..]].concat());
    }
    let before = story.stored("settings");
    let removed = story.send("drop_plan", &[("place", "1"), ("name", "Cursor")]).html;
    lacks(&story.stored("settings"), "Cursor");
    undo(&story, &removed);
    assert_eq!(story.stored("settings"), before);
    let edited = story.send("plan", &[&[("place", "1"), ("name", "Cursor Pro")], &PLAN[1..]].concat()).html;
    undo(&story, &edited);
    assert_eq!(story.stored("settings"), before);
}

#[test]
fn a_new_name_is_undone() {
    let story = begin();
    let id = story.id(0);
    story.send("rename", &[("account", &id), ("label", "work")]);
    let renamed = story.send("rename", &[("account", &id), ("label", "wrok")]).html;
    undo(&story, &renamed);
    assert_eq!(story.host.accounts()[0]["label"], "work");
}
