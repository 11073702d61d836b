//! Budgets of one account and of one currency: the month's progress against them, their alerts, and their undo.

use drawdown::route::Event;

use crate::story::{KEY, OTHER_KEY, PLAN, Story, has, lacks, text_of};

/// A dollar account that has spent $8 in two days and another with ¥30, and a subscription of ¥20.
fn begin() -> Story {
    let story = Story::connected("2026-11-20T00:00:00Z", "USD 0+40");
    story.set_books(OTHER_KEY, "CNY 0+90");
    story.send("connect", &[("provider", "deepseek"), ("label", "other"), ("key", OTHER_KEY)]);
    story.send("settings", &[("currency", "USD")]);
    let plan = [("name", "Qwen"), ("currency", "CNY")];
    let rest: Vec<_> =
        PLAN.iter().copied().filter(|(name, _)| *name != "name" && *name != "currency").collect();
    story.send("plan", &[&plan[..], &rest].concat());
    story.clock("2026-11-22T00:00:00Z").set_books(KEY, "USD 0+32").set_books(OTHER_KEY, "CNY 0+60");
    story.event(Event::Alarm);
    story
}

#[test]
fn an_account_has_a_budget_of_its_own() {
    let story = begin();
    let of = format!("account USD {}", story.id(0));
    let saved = story.send("budget", &[("of", &of), ("amount", "$20")]).html;
    has(&text_of(&saved), "Saved: $20.00.");
    // $8 in two days make $36 in the nine days that remain.
    has(&story.at("budget"), "DeepSeek (USD)\n40% of your $20 budget · likely over around Nov 24");
    lacks(&story.stored("settings"), r#""amount":"20.00","currency":"USD"},"currency_budgets""#);
    story.send("budget", &[("of", &of), ("amount", "8")]);
    has(&story.at("budget"), "DeepSeek (USD)\n100% of your $8 budget");
    story.send("budget", &[("of", &of), ("amount", "")]);
    lacks(&story.at("budget"), "of your $8 budget");
}

#[test]
fn a_currency_has_a_budget_before_anything_is_converted() {
    let story = begin();
    let set = |amount: &str| story.send("budget", &[("of", "currency CNY"), ("amount", amount)]);
    // ¥30 of the balance and ¥20 of the subscription.
    set("¥200");
    has(&story.at("budget"), "All spend in CNY\n25% of your ¥200 budget");
    let refused = set("$200");
    has(&text_of(&refused.html), "This amount is in CNY, but you wrote $. Enter it in CNY.");
    set("50");
    has(&story.at("budget"), "All spend in CNY\n100% of your ¥50 budget");
}

#[test]
fn the_undo_of_a_scoped_budget_gives_back_the_one_before() {
    let story = begin();
    story.send("budget", &[("of", "currency CNY"), ("amount", "200")]);
    let before = story.stored("settings");
    let changed = story.send("budget", &[("of", "currency CNY"), ("amount", "300")]).html;
    has(
        &changed,
        r#"<input type="hidden" name="of" value="currency CNY"><input type="hidden" name="amount" value="200">"#,
    );
    story.send(
        "budget",
        &[("undoes", "plans"), ("of", "currency CNY"), ("amount", "200"), ("amount.read", "200")],
    );
    assert_eq!(story.stored("settings"), before);
}

#[test]
fn an_alert_comes_once_when_an_account_has_spent_its_budget() {
    let story = begin();
    let of = format!("account USD {}", story.id(0));
    story.send("budget", &[("of", &of), ("amount", "100")]);
    story.send("refresh", &[]);
    story.host.notified.borrow_mut().clear();
    story
        .clock("2026-11-23T00:00:00Z")
        .set_books(KEY, "USD 0+2")
        .send("budget", &[("of", &of), ("amount", "36")]);
    story.event(Event::Alarm).clock("2026-11-23T00:20:00Z").event(Event::Alarm);
    let notified = story.host.notified.borrow();
    let messages: Vec<_> = notified.iter().map(|notification| notification.message.as_str()).collect();
    let spent = messages
        .iter()
        .filter(|message| message.contains("DeepSeek has used 105% of its $36.00 monthly budget."));
    assert_eq!(spent.count(), 1, "{messages:?}");
}

#[test]
fn an_alert_comes_once_when_the_budget_of_a_currency_is_spent_and_again_next_month() {
    let story = begin();
    let set = |amount: &str| story.send("budget", &[("of", "currency CNY"), ("amount", amount)]);
    // ¥30 of the balance and ¥20 of the subscription.
    set("600");
    story.event(Event::Alarm);
    let notified = || {
        let shown: Vec<_> = story.host.notified.borrow_mut().drain(..).collect();
        let lines = shown.iter().flat_map(|one| one.message.lines().map(str::to_owned).collect::<Vec<_>>());
        let of_currency: Vec<String> = lines.filter(|line| line.contains("all spend in CNY")).collect();
        (of_currency, shown.first().map(|one| one.place.clone()))
    };
    notified();
    set("85");
    story.clock("2026-11-23T00:00:00Z").set_books(OTHER_KEY, "CNY 0+30").event(Event::Alarm);
    // ¥60 in three days and ¥20 are ¥80, 94%; ¥20 a day for eight more days lands far above.
    let (lines, place) = notified();
    assert_eq!(
        lines,
        [
            "This month's forecast for all spend in CNY is ¥240.00, over your budget of ¥85.00.",
            "You've spent 94% of your ¥85.00 monthly budget for all spend in CNY.",
        ]
    );
    assert_eq!(place.as_deref(), Some("budget"));
    story.clock("2026-11-23T06:00:00Z").event(Event::Alarm);
    assert_eq!(notified().0, Vec::<String>::new(), "once");
    story.clock("2026-11-24T00:00:00Z").set_books(OTHER_KEY, "CNY 0+10").event(Event::Alarm);
    assert_eq!(notified().0, ["You've spent 117% of your ¥85.00 monthly budget for all spend in CNY."]);
    // No alert comes without budget alerts turned on, or without a budget.
    story.send("alerts", &[("keys", "on")]);
    set("1000");
    story.clock("2026-11-24T06:00:00Z").event(Event::Alarm);
    set("50");
    story.clock("2026-11-24T12:00:00Z").event(Event::Alarm);
    assert_eq!(notified().0, Vec::<String>::new(), "not wanted");
    story.send("alerts", &[("budget", "on")]);
    story.clock("2026-12-05T00:00:00Z").set_books(OTHER_KEY, "CNY 0+500").event(Event::Alarm);
    story.clock("2026-12-07T00:00:00Z").set_books(OTHER_KEY, "CNY 0+400").event(Event::Alarm);
    assert!(notified().0.iter().any(|line| line.contains("of your ¥50.00 monthly budget")), "a new month");
}
