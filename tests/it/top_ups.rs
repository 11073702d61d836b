//! Top-ups, gifts and refunds: from the question to the answer, and the undo.

use drawdown::route::Event;

use crate::story::{KEY, Story, has, lacks, text_of};

/// An account whose balance rose between ten o'clock and a quarter past, which may hide spend.
fn risen() -> Story {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 0+5");
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+3").event(Event::Alarm);
    story.clock("2026-11-20T10:15:00Z").set_books(KEY, "USD 0+11.6").event(Event::Alarm);
    story
}

/// Sends a correction and returns the reply's sentence.
fn state(story: &Story, kind: &str, amount: &str, at: &str) -> String {
    let account = story.id(0);
    let fields =
        [("account", account.as_str()), ("currency", "USD"), ("kind", kind), ("amount", amount), ("at", at)];
    text_of(&story.send("declare", &fields).html)
}

/// The correction of the dashboard's first Undo button.
fn undoable(story: &Story) -> String {
    let html = story.card_html(0);
    let (_, rest) = html.split_once("name=\"correction\" value=\"").expect("something to undo");
    rest.split('"').next().unwrap().to_owned()
}

/// All stored readings and corrections.
fn kept(story: &Story) -> Vec<(String, String)> {
    let stored = story.host.stored.borrow();
    let of_accounts = stored.iter().filter(|(key, _)| key.starts_with("readings."));
    of_accounts.map(|(key, text)| (key.clone(), text.clone())).collect()
}

#[test]
fn one_click_answers_an_open_window_and_one_undoes_it() {
    let story = risen();
    let popup = story.popup();
    has(&popup, "≥ $2.00");
    has(&popup, "I topped up $10.00 (so $1.40 was spent)");
    has(&popup, "[Confirm]");
    let dashboard = story.dashboard();
    has(
        &dashboard,
        "Your balance went up by $8.60 between 2026-11-20T10:00:00Z and 2026-11-20T10:15:00Z. How much did you top up?",
    );
    has(&dashboard, "Tip: refresh just before and after you top up, and we won't have to ask.");

    has(&state(&story, "top_up", "10", "2026-11-20T10:15:00Z"), "Saved: $10.00.");
    let popup = story.popup();
    has(&popup, "$3.40*");
    assert!(!popup.contains("Confirm"), "{popup}");
    assert_eq!(story.badge().0, "$3.4");
    has(&story.dashboard(), "Top-up of $10.00 · 2026-11-20T10:15:00Z\n[Undo]");

    let correction = undoable(&story);
    let undone = story.send("undo", &[("account", &story.id(0)), ("correction", &correction)]);
    has(&text_of(&undone.html), "Undone.");
    has(&story.popup(), "≥ $2.00");
    let again = story.send("undo", &[("account", &story.id(0)), ("correction", &correction)]);
    has(&text_of(&again.html), "Already undone.");
}

#[test]
fn a_double_click_counts_once() {
    let story = risen();
    state(&story, "top_up", "10", "2026-11-20T10:15:00Z");
    has(&state(&story, "top_up", "10", "2026-11-20T10:15:00Z"), "Saved.");
    has(&story.popup(), "$3.40*");
}

#[test]
fn an_impossible_correction_is_refused_with_its_arithmetic() {
    let story = risen();
    has(
        &state(&story, "top_up", "5", "2026-11-20T10:15:00Z"),
        "These amounts don't add up. If $5.00 was added while the balance went up by $8.60, spend would be -$3.60.",
    );
    has(
        &state(&story, "refund", "4", "2026-11-20T10:00:00Z"),
        "These amounts don't add up. If $4.00 expired or was refunded while the balance went down by $2.00, spend would be -$2.00.",
    );
    has(&story.popup(), "≥ $2.00");
}

#[test]
fn an_unreadable_correction_gives_one_sentence_and_stores_nothing() {
    let story = risen();
    let before = kept(&story);
    for amount in ["", "ten", "-5", "0", "1e99"] {
        has(&state(&story, "top_up", amount, ""), "Enter an amount above 0");
    }
    has(&state(&story, "top_up", "5", "yesterday"), "Enter a valid date and time.");
    has(&state(&story, "top_up", "5", "2026-11-21T00:00:00Z"), "That's in the future.");
    has(&state(&story, "top_up", "5", "2026-11-20T08:00:00Z"), "That's before tracking started");
    assert_eq!(kept(&story), before);
    let gone = [("account", "unknown"), ("currency", "USD"), ("kind", "top_up"), ("amount", "5")];
    has(&text_of(&story.send("declare", &gone).html), "This account no longer exists.");
}

#[test]
fn a_top_up_is_declared_before_any_rise_and_later_a_habit() {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 0+5");
    story.clock("2026-11-20T09:20:00Z");
    has(&state(&story, "top_up", "25", ""), "Saved: $25.00.");
    // The spend hides it: 5 + 25 - 4.
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+4").event(Event::Alarm);
    has(&story.popup(), "$26.00*");
    // For the next rise, this user's usual amounts are proposed first, then common amounts.
    story.clock("2026-11-20T11:00:00Z").set_books(KEY, "USD 0+23").event(Event::Alarm);
    has(&story.popup(), "I topped up $25.00 (so $6.00 was spent)");
    has(&story.dashboard(), "[I topped up $20.00 (so $1.00 was spent)]");
}

#[test]
fn an_undone_top_up_is_no_habit() {
    let story = risen();
    state(&story, "top_up", "9", "2026-11-20T10:15:00Z");
    let undo = || story.send("undo", &[("account", &story.id(0)), ("correction", &undoable(&story))]);
    undo();
    has(&story.popup(), "I topped up $10.00 (so $1.40 was spent)");

    // Of two with the same amount, the other one remains.
    state(&story, "top_up", "9", "2026-11-20T10:10:00Z");
    state(&story, "top_up", "9", "2026-11-20T10:14:00Z");
    undo();
    story.clock("2026-11-20T10:30:00Z").set_books(KEY, "USD 0+19.6").event(Event::Alarm);
    has(&story.popup(), "I topped up $9.00 (so $1.00 was spent)");
}

#[test]
fn missing_granted_credit_asks_for_its_reason() {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 5+15");
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+14").event(Event::Alarm);
    let dashboard = story.dashboard();
    has(
        &dashboard,
        "$5.00 of credit was gone between 2026-11-20T09:00:00Z and 2026-11-20T10:00:00Z. Used or expired?",
    );
    has(&dashboard, "From credit\n$5.00");
    has(&story.popup(), "$6.00*");
    state(&story, "expiry", "5", "2026-11-20T10:00:00Z");
    has(&story.popup(), "$1.00*");
    let dashboard = story.dashboard();
    has(&dashboard, "From credit\n$0.00");
    has(&dashboard, "From paid balance\n$1.00");
    has(&dashboard, "Expired\n$5.00");
    story.send("undo", &[("account", &story.id(0)), ("correction", &undoable(&story))]);
    state(&story, "expiry", "0", "2026-11-20T10:00:00Z");
    has(&story.popup(), "$6.00*");
    assert!(!story.dashboard().contains("Used or expired?"));
}

#[test]
fn a_refund_is_not_spend() {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 0+15");
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+0").event(Event::Alarm);
    has(&story.dashboard(), "The last $15.00 of your paid balance was gone between");
    state(&story, "refund", "14.5", "2026-11-20T10:00:00Z");
    has(&story.popup(), "$0.50*");
}

#[test]
fn granted_credit_that_expires_within_a_week_is_shown() {
    let story = Story::connected("2026-11-01T09:00:00Z", "USD 5+15");
    let account = story.id(0);
    let noted = |day: &str| {
        text_of(&story.send("expiry_day", &[("account", &account), ("currency", "USD"), ("day", day)]).html)
    };
    has(&noted("2026-11-30"), "Saved.");
    assert!(!story.popup().contains("expires"), "weeks before, it is not shown");
    story.clock("2026-11-23T09:00:00Z").event(Event::Alarm);
    has(&story.popup(), "$5.00 credit expires Nov 30");
    has(&noted("2026-13-40"), "Enter a valid date.");
    has(&story.popup(), "$5.00 credit expires Nov 30");
    story.clock("2026-12-01T00:00:00Z").event(Event::Alarm);
    assert!(!story.popup().contains("expires"), "it is over");
    story.clock("2026-11-29T09:00:00Z");
    has(&noted(""), "Saved.");
    assert!(!story.popup().contains("expires"), "it is forgotten");
}

#[test]
fn amounts_of_questions_are_hidden_with_the_others() {
    let story = risen();
    story.send("hide", &[("hidden", "on")]);
    for screen in [story.popup(), story.dashboard()] {
        assert!(
            !screen.contains("8.60") && !screen.contains("10.00") && !screen.contains("1.40"),
            "{screen}"
        );
    }
}

#[test]
fn readings_of_a_clock_that_ran_ahead_keep_their_place_and_are_shown() {
    // 50 at ten by a clock that was ahead. Then, by the right clock, 49 at nine and 48 at five past ten.
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+50");
    story.clock("2026-11-20T09:00:00Z").set_books(KEY, "USD 0+49").click("refresh", &[]);
    has(&story.popup(), "\n$1.00*\n");
    story.clock("2026-11-20T10:05:00Z").set_books(KEY, "USD 0+48").event(Event::Alarm);
    has(&story.popup(), "\n$2.00*\n");
    let dashboard = story.dashboard();
    assert!(!dashboard.contains("How much did you top up?"), "{dashboard}");
    has(&dashboard, "1 reading wasn't used because your computer's clock was ahead.");
    has(&dashboard, "since 2026-11-20T08:59:59.999Z");
    // This holds for further readings and after loading.
    story.clock("2026-11-20T10:20:00Z").set_books(KEY, "USD 0+47.5").event(Event::Alarm);
    has(&story.popup(), "\n$2.50*\n");
}

#[test]
fn a_clock_months_ahead_loses_no_spend_or_top_up() {
    let story = Story::connected("2026-11-20T08:00:00Z", "USD 0+20");
    // Five months ahead: 5 spent, then a top-up of 10 that hides nothing, then 1 spent.
    for (now, left) in [
        ("2027-04-20T08:15:00Z", "USD 0+15"),
        ("2027-04-20T08:30:00Z", "USD 0+25"),
        ("2027-04-20T08:45:00Z", "USD 0+24"),
    ] {
        story.clock(now).set_books(KEY, left).click("refresh", &[]);
    }
    story.clock("2026-11-20T09:00:00Z").set_books(KEY, "USD 0+23").click("refresh", &[]);
    // 5 + 1 + 1, and the spend that the rise may hide.
    has(&story.popup(), "≥ $7.00\n");
    has(&story.dashboard(), "Your balance went up by $10.00 between");
    has(&story.dashboard(), "3 readings weren't used because your computer's clock was ahead.");
    // When that time comes, the wrong readings still do not count.
    for month in ["2027-03", "2027-04", "2027-05"] {
        let now = format!("{month}-25T09:00:00Z");
        story.clock(&now).set_books(KEY, "USD 0+23").event(Event::Alarm);
    }
    has(&story.popup(), "\n$0.00*\n");
    has(&story.popup(), "$23.00 left");
}

#[test]
fn a_pace_that_assumes_a_top_up_is_approximate_in_a_month_that_is_a_floor() {
    let story = risen();
    // $2, and a rise of $8.60: a usual top-up of $10 would hide $1.40.
    has(&story.popup(), "≥ $2.00\n$3.40* a day");
    has(&story.click("show", &[]).html, "Assumes your last balance increase was a typical top-up.");
}

/// Presses a button of the popup: sends its form, and returns the popup's text afterwards.
fn press(story: &Story, html: &str, button: &str) -> String {
    let (before, _) = html.split_once(&format!("<button>{button}</button>")).expect(button);
    let (_, form) = before.rsplit_once("<form ").expect("its form");
    let value = |tag: &str, name: &str| -> String {
        let (_, rest) = tag.split_once(&format!("{name}=\"")).expect(name);
        rest.split('"').next().unwrap().to_owned()
    };
    let inputs = form.split("<input").skip(1);
    let fields: Vec<(String, String)> = inputs.map(|tag| (value(tag, "name"), value(tag, "value"))).collect();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    story.click(&value(form, "data-do"), &fields).html
}

#[test]
fn the_popup_answers_that_credit_expired_or_was_used_with_one_click() {
    for (button, said, spent) in
        [("All expired", "Saved: $5.00.", "$0.00*"), ("All used", "Saved.", "$5.00*")]
    {
        let story = Story::connected("2026-11-20T09:00:00Z", "USD 5+10");
        story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
        let asked = story.click("show", &[]).html;
        has(&text_of(&asked), "$5.00 of credit is gone.\n[All used]\n[All expired]");
        let answered = press(&story, &asked, button);
        has(&text_of(&answered), &format!("{said}\n[Undo]"));
        has(&text_of(&answered), &format!("DeepSeek {spent}"));
        lacks(&text_of(&answered), "is gone");
        has(&text_of(&press(&story, &answered, "Undo")), "is gone");
    }
}

#[test]
fn the_questions_of_a_window_follow_one_another_in_the_popup() {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 0+10");
    // Credit came in, and the paid balance is gone.
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 5+0").event(Event::Alarm);
    let first = story.click("show", &[]).html;
    has(&text_of(&first), "$5.00 of credit was added (none used yet)\n[Confirm]");
    let second = press(&story, &first, "Confirm");
    has(&text_of(&second), "The last $10.00 is gone.\n[All used]\n[All refunded]");
    let refunded = text_of(&press(&story, &second, "All refunded"));
    lacks(&refunded, "is gone");
    has(&refunded, "DeepSeek $0.00*");
}
