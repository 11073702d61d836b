//! Untracked services: the list, the share of the bill that has a source, and the kinds of sources.

use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::rates::ExchangeRate;
use drawdown::books::untracked::{Precision, SourceShare, UntrackedService, is_same_service};
use drawdown::money::{Currency, Money};
use drawdown::route::Event;

use crate::backup;
use crate::builders::{amount, usd};
use crate::story::{KEY, PLAN, Story, has, lacks, text_of};
use crate::undo::is_undone;

fn service(name: &str, expected: &str, currency: &str) -> UntrackedService {
    let expected = Money { amount: amount(expected), currency: Currency::parse(currency).unwrap() };
    UntrackedService { name: name.to_owned(), expected, note: String::new() }
}

#[test]
fn the_share_says_in_which_direction_it_may_be_off() {
    let rates: [ExchangeRate; 1] = [serde_json::from_str(r#""CNY USD 0.125 2026-11-20 ecb""#).unwrap()];
    let approximate = Figure::new(amount("92"), Mark::Approximate, [Reason::Derived]);
    let floor = Figure::new(amount("92"), Mark::Floor, [Reason::Stale]);
    let share = |tracked: &Figure, services: &[UntrackedService], rates: &[ExchangeRate]| {
        SourceShare::new(tracked, usd(), services, rates).map(|share| (share.percent, share.precision))
    };
    let [dollars, yuan] = [service("A", "8", "USD"), service("B", "64", "CNY")];
    assert_eq!(share(&approximate, std::slice::from_ref(&dollars), &[]), Some((92, Precision::About)));
    assert_eq!(share(&approximate, std::slice::from_ref(&yuan), &rates), Some((92, Precision::About)));
    assert_eq!(share(&floor, std::slice::from_ref(&dollars), &[]), Some((92, Precision::AtLeast)));
    let both = [dollars.clone(), yuan.clone()];
    assert_eq!(share(&approximate, &both, &[]), Some((92, Precision::AtMost)), "one has no rate");
    assert_eq!(share(&floor, &both, &[]), Some((92, Precision::About)));
    assert_eq!(share(&approximate, &both, &rates), Some((85, Precision::About)), "rounded down");
    assert_eq!(share(&approximate, &[], &rates), None);
    assert_eq!(
        share(&Figure::unknown([Reason::Gathering]), std::slice::from_ref(&dollars), &rates),
        None,
        "unknown is not zero"
    );
}

#[test]
fn names_of_the_same_service_are_found() {
    for (one, other) in
        [("OpenAI", "openai"), ("Gemini", "Gemini and Google Cloud"), ("月之暗面", "月之暗面")]
    {
        assert!(is_same_service(one, other) && is_same_service(other, one), "{one} and {other}");
    }
    for (one, other) in [("OpenAI", "OpenRouter"), ("Runway", "RunPod"), ("", "OpenAI"), ("-", "OpenAI")] {
        assert!(!is_same_service(one, other), "{one} and {other}");
    }
}

/// An account with a forecast of $92 for November: $2 a day, read on the 15th, and $34 in a subscription.
fn forecast_of_92() -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+200");
    story.set_books(KEY, "USD 0+170").clock("2026-11-16T00:00:00Z").event(Event::Alarm);
    let plan: Vec<_> = PLAN.iter().copied().filter(|(name, _)| *name != "amount").collect();
    story.send("plan", &[&plan[..], &[("amount", "32")]].concat());
    story
}

fn add(story: &Story, fields: &[(&str, &str)]) -> (bool, String, Option<String>) {
    let reply = story.send("untracked", fields);
    (reply.ok, text_of(&reply.html), reply.field)
}

const RUNWAY: [(&str, &str); 3] = [("name", "Runway"), ("amount", "8"), ("currency", "USD")];

#[test]
fn the_total_says_how_much_of_the_expected_bill_has_a_source_and_counts_nothing_of_the_rest() {
    let story = forecast_of_92();
    let before = story.popup();
    lacks(&before, "has a source");
    let (ok, said, _) = add(&story, &[&RUNWAY[..], &[("note", "video")]].concat());
    assert!(ok, "{said}");
    has(&said, "Saved: $8.00.");
    has(
        &said,
        "About 92% of the expected bill has a source\nThis month's forecast for everything tracked is $92.00. You expect $8.00 for services that aren't.",
    );
    has(&said, "Runway $8 a month expected · video Not tracked");
    let line = "About 92% of the expected bill has a source";
    let popup = story.popup();
    has(&popup, line);
    has(&story.at("overview"), line);
    let without: String =
        popup.lines().filter(|shown| *shown != line).map(|shown| format!("{shown}\n")).collect();
    assert_eq!(without.trim_end(), before.trim_end(), "no figure has changed");
    has(&story.at("accounts"), "RRunway\n$8 a month expected\nNot tracked");
    story.click("hide", &[("hidden", "on")]);
    lacks(&story.dashboard(), "$8");
}

#[test]
fn an_expected_cost_without_a_rate_makes_the_share_at_most() {
    let story = forecast_of_92();
    let yuan = [("name", "Kling"), ("amount", "64"), ("currency", "CNY")];
    let (_, said, _) = add(&story, &yuan);
    has(&said, "Some services aren't tracked. Set a rate to see their share");
    let (_, said, _) = add(&story, &RUNWAY);
    has(&said, "At most 92% of the expected bill has a source");
    has(&said, "Doesn't include ¥64: there's no exchange rate.");
    story.send("rate", &[("currency", "CNY"), ("rate", "0.125")]);
    has(&story.at("budget"), "About 85% of the expected bill has a source");
}

#[test]
fn without_a_forecast_there_is_no_share() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+200");
    let (_, said, _) = add(&story, &RUNWAY);
    has(&said, "We'll show how much of your bill has a source once there's a forecast.");
    lacks(&story.popup(), "has a source");
}

#[test]
fn every_bad_entry_gets_its_sentence_at_its_field() {
    let story = forecast_of_92();
    let refused = |fields: &[(&str, &str)], field: &str, sentence: &str| {
        let before = story.stored("settings");
        let (ok, said, at) = add(&story, fields);
        assert_eq!((ok, at.as_deref()), (false, Some(field)), "{said}");
        has(&said, sentence);
        assert_eq!(story.stored("settings"), before);
    };
    let with =
        |name: &'static str, amount: &'static str| [("name", name), ("amount", amount), ("currency", "USD")];
    refused(&with(" ", "8"), "name", "Enter a name.");
    for wrong in ["", "0", "-8", "eight"] {
        refused(&with("Runway", wrong), "amount", "Enter an amount above 0, such as 10 or 7.50.");
    }
    refused(
        &[("name", "Runway"), ("amount", "8"), ("currency", "dollars")],
        "currency",
        "Enter a three-letter",
    );
    assert!(add(&story, &RUNWAY).0);
    refused(&with("runway", "9"), "name", "This name is already on the list. Edit that entry.");
    assert!(
        add(&story, &[&with("Runway", "9")[..], &[("place", "0")]].concat()).0,
        "its own entry may keep it"
    );
}

#[test]
fn adding_editing_and_removing_can_be_undone() {
    let story = forecast_of_92();
    is_undone(&story, "untracked", &RUNWAY);
    assert!(add(&story, &RUNWAY).0);
    assert!(add(&story, &[("name", "Kling"), ("amount", "5.5"), ("currency", "EUR"), ("note", "x")]).0);
    is_undone(&story, "untracked", &[&RUNWAY[..], &[("place", "0"), ("note", "y")]].concat());
    is_undone(&story, "drop_untracked", &[("place", "0"), ("name", "Runway")]);
    is_undone(&story, "drop_untracked", &[("place", "1"), ("name", "Kling")]);
    // A second click removes nothing else.
    let first = [("place", "0"), ("name", "Runway")];
    assert!(story.send("drop_untracked", &first).ok && story.send("drop_untracked", &first).ok);
    has(&story.at("budget"), "Kling");
}

#[test]
fn an_account_of_a_listed_service_offers_to_remove_the_entry_and_never_does_so_itself() {
    let story = forecast_of_92();
    assert!(add(&story, &[("name", "deepseek"), ("amount", "8"), ("currency", "USD")]).0);
    has(
        &story.card(0),
        "You still list deepseek as not tracked. Remove it from that list?\n[Remove from list]",
    );
    has(&story.at("budget"), "You track DeepSeek now.\n[Remove from list]");
    assert!(add(&story, &[("name", "Pro"), ("amount", "8"), ("currency", "USD")]).0);
    has(&story.at("budget"), "Pro is one of your subscriptions.\n[Remove from list]");
    story.clock("2026-11-17T00:00:00Z").event(Event::Alarm);
    has(&story.at("budget"), "deepseek $8 a month expected");
    story.send("drop_untracked", &[("place", "0"), ("name", "deepseek")]);
    lacks(&story.card(0), "not tracked");
}

#[test]
fn each_account_says_what_kind_of_source_it_has() {
    let story = forecast_of_92();
    story.send("by_file", &[("label", "Lambda")]);
    story.send("by_hand", &[("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")]);
    for (place, heading) in ["DeepSeek Live", "Lambda Imported", "Modal Entered"].into_iter().enumerate() {
        has(&story.card(place), &format!("\n{heading}\n"));
    }
    story.send("pause", &[("account", &story.id(0))]);
    lacks(&story.card(0), "Live");
}

#[test]
fn the_list_comes_back_with_a_backup_and_no_entry_twice() {
    let story = forecast_of_92();
    assert!(add(&story, &RUNWAY).0);
    let file = backup::back_up(&story);
    let other = backup::fresh("2026-11-16T00:00:00Z");
    assert!(add(&other, &[("name", "Kling"), ("amount", "5"), ("currency", "USD")]).0);
    assert!(add(&other, &[("name", "Runway"), ("amount", "9"), ("currency", "USD")]).0);
    backup::restored(&other, &file, "");
    let list = other.at("budget");
    has(&list, "Kling $5 a month expected");
    has(&list, "Runway $9 a month expected");
    assert_eq!(list.matches("a month expected").count(), 2, "what is here stays, once");
}
