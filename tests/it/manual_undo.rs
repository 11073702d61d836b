//! Undoing a typed figure: the earlier ones apply again.

use drawdown::route::Event;

use crate::billed_accounts;
use crate::builders::amount;
use crate::manual::{billed_sum, manual_account, type_balance, type_balance_at};
use crate::story::{Story, has, lacks, text_of};
use crate::undo::undo_of;

/// The ids of the entries that can be undone, the newest first.
fn undoable(story: &Story) -> Vec<String> {
    let html = story.card_html(0);
    let names = html.split("name=\"correction\" value=\"").skip(1);
    names.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn undo(story: &Story, name: &str) -> String {
    text_of(&story.send("undo", &[("account", &story.id(0)), ("correction", name)]).html)
}

#[test]
fn a_wrong_balance_is_undone_and_entered_again() {
    // 500 instead of 50, and 45 a day later: 455 were never spent.
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "60");
    type_balance(&story, "2026-11-03T09:00:00Z", "500");
    let dashboard = type_balance(&story, "2026-11-04T09:00:00Z", "45");
    has(&story.popup(), "≥ $455.00\n");
    has(
        &dashboard,
        "[Your entries (3)]\nEntered $45.00 · 2026-11-04T09:00:00Z\n[Edit]\nAmount (USD)\n[Save]\n[Undo]\nEntered $500.00 · 2026-11-03T09:00:00Z\n[Edit]\nAmount (USD)\n[Save]\n[Undo]\nEntered $60.00 · 2026-11-02T09:00:00Z\n[Edit]\nAmount (USD)\n[Save]\n[Undo]",
    );
    let names = undoable(&story);
    let dashboard = undo(&story, &names[1]);
    has(&dashboard, "Undone.");
    lacks(&dashboard, "Your balance went up");
    has(&story.popup(), "\n$15.00*\n");
    has(&undo(&story, &names[1]), "Already undone.");
    // The right figure for that time is accepted only after the last one is undone, because that is later.
    has(&type_balance_at(&story, "2026-11-03T09:00:00Z", "50"), "You already entered a later figure.");

    // The last one is undone: the balance and its time are the previous ones.
    undo(&story, &names[0]);
    let popup = story.popup();
    has(&popup, "$60.00 left");
    has(&popup, "entered 2026-11-02T09:00:00Z");
    type_balance(&story, "2026-11-04T10:00:00Z", "58");
    has(&story.popup(), "\n$2.00*\n");

    // The first one is undone: tracking begins with the next.
    undo(&story, &names[2]);
    has(&story.popup(), "RRunPod –\n$58.00 left");
    has(&story.popup(), "since 2026-11-04T10:00:00Z");
    let last = undoable(&story);
    undo(&story, &last[0]);
    lacks(&story.popup(), "left ·");
    assert_eq!(undoable(&story), Vec::<String>::new());
    has(&type_balance(&story, "2026-11-05T10:00:00Z", "50"), "Saved: $50.00.");
}

#[test]
fn a_balance_undone_in_the_next_month_leaves_no_trace() {
    let lived = |has_typo: bool| {
        let story = manual_account("2026-10-20T00:00:00Z", "balance", "100");
        type_balance(&story, "2026-10-28T00:00:00Z", "92");
        if has_typo {
            type_balance(&story, "2026-10-31T00:00:00Z", "890");
        }
        type_balance(&story, "2026-11-02T00:00:00Z", "87");
        // By then, the days around the end of the month are settled.
        story.clock("2026-12-02T00:00:00Z").event(Event::Alarm);
        type_balance(&story, "2026-12-02T12:00:00Z", "48");
        if has_typo {
            let names = undoable(&story);
            has(&undo(&story, names.iter().find(|name| name.ends_with(" 890")).unwrap()), "Undone.");
        }
        // A day later it is settled, and loaded from storage.
        story.clock("2026-12-03T00:10:00Z").event(Event::Alarm);
        let id = story.id(0);
        (story.popup(), story.stored(&format!("months.{id}")))
    };
    let (popup, months) = lived(false);
    has(&popup, "November: $");
    let (popup_undone, months_undone) = lived(true);
    assert_eq!((popup_undone, months_undone), (popup, months));
}

#[test]
fn undoing_a_wrong_bill_restores_the_earlier_ones() {
    let story = manual_account("2026-11-03T12:00:00Z", "bill", "5");
    type_balance(&story, "2026-11-05T12:00:00Z", "90");
    let before = (story.popup(), billed_sum(&story, "2026-11"));
    // 9 instead of 90: less than the previous entry, so the month was spread again.
    type_balance(&story, "2026-11-05T18:00:00Z", "9");
    assert_eq!(billed_sum(&story, "2026-11"), amount("9"));
    let names = undoable(&story);
    has(&undo(&story, &names[0]), "Undone.");
    assert_eq!(billed_sum(&story, "2026-11"), amount("90"));
    assert_eq!(story.clock("2026-11-05T12:00:00Z").popup(), before.0);
    // 90 instead of 9: the days after the remaining entries are no longer billed.
    undo(&story, &names[1]);
    assert_eq!(billed_sum(&story, "2026-11"), amount("5"));
    has(&story.popup(), "\n$5.00*\n");
    assert_eq!(story.spent_by_day()[2..], ["Nov 3 $1.00*", "Nov 4 –", "Nov 5 –"]);
    undo(&story, &names[2]);
    has(&story.popup(), "RRunPod –");
    has(&type_balance(&story, "2026-11-06T12:00:00Z", "9"), "Saved: $9.00.");
    has(&story.popup(), "\n$9.00*\n");
}

/// The ids of the entries that can be edited, the newest first.
fn editable(story: &Story) -> Vec<String> {
    let html = story.card_html(0);
    let names = html.split("name=\"figure\" value=\"").skip(1);
    names.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// All stored figures of the account.
fn stored(story: &Story) -> Vec<(String, String)> {
    let id = story.id(0);
    let of = |key: &str| ["readings.", "months."].iter().any(|kind| key.starts_with(&format!("{kind}{id}")));
    let stored = story.host.stored.borrow();
    stored
        .iter()
        .filter(|(key, _)| of(key))
        .map(|(key, text)| (key.clone(), text.replace(&id, "ID")))
        .collect()
}

#[test]
fn an_older_figure_is_edited_as_if_it_had_been_typed_so() {
    for kind in ["balance", "bill"] {
        let amounts = if kind == "balance" { ["60", "48", "45", "30"] } else { ["5", "11", "14", "20"] };
        let lived = |wrong: Option<(usize, &str)>| {
            let typed = |place: usize| match wrong {
                Some((of, text)) if of == place => text.to_owned(),
                _ => amounts[place].to_owned(),
            };
            let story = manual_account("2026-10-30T09:00:00Z", kind, &typed(0));
            for (place, day) in (1..).zip(["2026-10-31", "2026-11-03", "2026-11-05"]) {
                type_balance(&story, &format!("{day}T09:00:00Z"), &typed(place));
            }
            story.clock("2026-11-06T09:00:00Z").event(Event::Alarm);
            if let Some((place, _)) = wrong {
                let figures = editable(&story);
                assert_eq!(figures.len(), 4, "{kind}: each can be edited");
                let figure = &figures[3 - place];
                let edited = story.send(
                    "edit_figure",
                    &[("account", &story.id(0)), ("figure", figure), ("amount", amounts[place])],
                );
                has(&text_of(&edited.html), &format!("Saved: ${}.00.", amounts[place]));
                // Undone and edited once more: nothing is left of it.
                let (command, fields) = undo_of(&edited.html);
                let fields: Vec<_> =
                    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                has(&text_of(&story.send(&command, &fields).html), "Undone.");
                assert_eq!(editable(&story), figures, "{kind}: the undo gives back what was typed");
                story.send(
                    "edit_figure",
                    &[("account", &story.id(0)), ("figure", figure), ("amount", amounts[place])],
                );
            }
            // A day later it is settled, and loaded from storage.
            story.clock("2026-11-07T00:10:00Z").event(Event::Alarm);
            (story.popup(), story.spent_by_day(), stored(&story))
        };
        let right = lived(None);
        for wrong in [(0, "52"), (1, "480"), (1, "0"), (2, "4.5"), (3, "3")] {
            assert_eq!(lived(Some(wrong)), right, "{kind}: {wrong:?}");
        }
    }
}

#[test]
fn an_edited_bill_is_never_below_zero_and_the_figures_stay() {
    let story = manual_account("2026-11-03T12:00:00Z", "bill", "5");
    type_balance(&story, "2026-11-05T12:00:00Z", "90");
    let figures = editable(&story);
    let edit = [("account", &*story.id(0)), ("figure", &figures[1]), ("amount", "-1")];
    let refused = story.send("edit_figure", &edit);
    assert_eq!((refused.ok, refused.field.as_deref()), (false, Some("amount")));
    assert_eq!((editable(&story), billed_sum(&story, "2026-11")), (figures, amount("90")));
}

#[test]
fn a_typed_balance_of_a_billed_account_can_be_undone() {
    let story = billed_accounts::connected("2026-11-11T12:00:00Z", &["2026-11-10 chat 2"]);
    let id = story.id(0);
    story.send("left", &[("account", &id), ("currency", "USD"), ("amount", "500")]);
    has(&story.popup(), "$500.00* left");
    has(
        &story.dashboard(),
        "[Your entries (1)]\nPrepaid balance $500.00 · 2026-11-11T12:00:00Z\n[Edit]\nAmount (USD)\n[Save]\n[Undo]",
    );
    undo(&story, &undoable(&story)[0]);
    lacks(&story.popup(), "* left");
}
