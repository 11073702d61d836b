//! Subscriptions, the budget, and several currencies.

use std::cell::RefCell;
use std::rc::Rc;

use drawdown::host::{FetchError, Tone};
use drawdown::provider::Answer;
use drawdown::route::Event;

use crate::chart_text::texts;
use crate::story::{KEY, PASSWORD, Story, body, has, lacks, text_of};

/// Three days of $2 a day, read on the 4th.
fn spending() -> Story {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    for (day, left) in [(2, 48), (3, 46), (4, 44)] {
        story.set_books(KEY, &format!("USD 0+{left}"));
        story.clock(&format!("2026-11-0{day}T00:00:00Z")).event(Event::Alarm);
    }
    story
}

const CLAUDE: [(&str, &str); 6] = [
    ("name", "Claude Pro"),
    ("amount", "20.00"),
    ("currency", "usd"),
    ("every", "month"),
    ("day", "3"),
    ("since", "2026-01-03"),
];

#[test]
fn a_plan_counts_on_its_day_and_fully_next_month() {
    let story = spending();
    story.send("plan", &CLAUDE);
    let popup = story.popup();
    has(&popup, "$26.00*\n");
    has(&popup, "Subscriptions $20.00\nClaude Pro");
    // $26 so far and 27 days of $2; next month 31 days of $2 and the plan.
    has(&popup, "November forecast\n$80.00*");
    has(&popup, "December forecast\n$82.00*");
    has(&story.dashboard(), "Claude Pro $20.00 · monthly on day 3");

    // It is charged on the 20th, which is in the future.
    story.send("plan", &[&CLAUDE[..4], &[("day", "20"), ("since", "2026-01-03"), ("place", "0")]].concat());
    has(&story.popup(), "$6.00*\n");
    has(&story.popup(), "November forecast\n$80.00*");
    story.send("drop_plan", &[("place", "0"), ("name", "Another")]);
    has(&story.dashboard(), "Claude Pro");
    story.send("drop_plan", &[("place", "0"), ("name", "Claude Pro")]);
    has(&story.popup(), "November forecast\n$60.00*");
}

#[test]
fn a_yearly_plan_is_charged_once_a_year_until_it_ends() {
    let story = spending();
    let yearly =
        [("name", "Copilot"), ("amount", "100"), ("currency", "USD"), ("every", "year"), ("day", "4")];
    story.send("plan", &[&yearly[..], &[("since", "2025-11-04")]].concat());
    has(&story.popup(), "$106.00*\n");
    has(&story.dashboard(), "yearly on Nov 4");
    story.send("plan", &[&yearly[..], &[("since", "2025-10-04"), ("place", "0")]].concat());
    has(&story.popup(), "$6.00*\n");
    let ended = [("since", "2025-11-04"), ("until", "2026-11-03"), ("place", "0")];
    story.send("plan", &[&yearly[..], &ended].concat());
    has(&story.popup(), "$6.00*\n");
}

#[test]
fn an_unreadable_field_adds_no_plan() {
    let story = spending();
    for (field, value, said) in [
        ("name", " ", "Enter a name."),
        ("amount", "twenty", "Enter an amount above 0"),
        ("amount", "-1", "Enter an amount above 0"),
        ("currency", "dollars", "Enter a three-letter currency code"),
        ("day", "32", "Enter a valid date."),
        ("since", "soon", "Enter a valid date."),
        ("until", "later", "Enter a valid date."),
    ] {
        let mut fields: Vec<_> = CLAUDE.into_iter().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        let reply = story.send("plan", &fields);
        assert!(!reply.ok, "{field}");
        has(&text_of(&reply.html), said);
    }
    assert!(!story.dashboard().contains("Claude Pro $"));
}

#[test]
fn a_budget_turns_amber_and_then_red() {
    let story = spending();
    story.send("budget", &[("amount", "100")]);
    has(&story.popup(), "6% of your $100 budget · on track\n");
    assert_eq!(story.badge().1, Tone::Neutral);
    has(&story.title(), "Budget: 6% of $100.00");

    story.send("budget", &[("amount", "50")]);
    has(&story.popup(), "12% of your $50 budget · likely over around Nov 25");
    assert_eq!(story.badge().1, Tone::Amber);

    story.send("budget", &[("amount", "6")]);
    has(&story.popup(), "100% of your $6 budget\n");
    assert_eq!(story.badge().1, Tone::Red);

    for wrong in ["0", "-5", "much"] {
        assert!(!story.send("budget", &[("amount", wrong)]).ok);
    }
    has(&story.popup(), "of your $6 budget");
    story.send("budget", &[("amount", "")]);
    assert!(!story.popup().contains("budget"));
}

#[test]
fn a_first_day_colours_nothing() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    story.send("budget", &[("amount", "20")]);
    story.set_books(KEY, "USD 0+49").clock("2026-11-01T12:00:00Z").event(Event::Alarm);
    has(&story.popup(), "5% of your $20 budget\n");
    assert_eq!(story.badge().1, Tone::Neutral);
}

#[test]
fn hidden_amounts_hide_plans_and_budget() {
    let story = spending();
    story.send("plan", &CLAUDE);
    story.send("budget", &[("amount", "71.93")]);
    story.send("hide", &[("hidden", "on")]);
    for shown in [story.dashboard_html(), story.click("show", &[]).html, story.title()] {
        for amount in ["71.93", "$20", "value=\"20.00\""] {
            lacks(&shown, amount);
        }
    }
}

/// A browser with one account in dollars and one in yuan, and a bank that answers with this cell's content.
fn two_currencies() -> (Story, Rc<RefCell<Option<String>>>) {
    let story = Story::begin("2026-11-01T00:00:00Z");
    let bank = Rc::new(RefCell::new(None));
    let answer = Rc::clone(&bank);
    let left = Rc::new(RefCell::new("USD 0+50, CNY 0+100".to_owned()));
    let books = Rc::clone(&left);
    story.host.answers(move |request| {
        let answer = answer.borrow().clone();
        let body = if request.url.starts_with("https://api.frankfurter.dev/") {
            assert!(request.headers.is_empty(), "no key goes to the bank");
            assert!(request.url.ends_with("/v1/latest?base=USD&symbols=CNY"), "{}", request.url);
            answer.ok_or(FetchError::Offline)?
        } else {
            body(&books.borrow())
        };
        Ok(Answer::new(200, body))
    });
    story.event(Event::Start);
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    *left.borrow_mut() = "USD 0+47, CNY 0+60".to_owned();
    story.clock("2026-11-02T00:00:00Z").event(Event::Alarm);
    (story, bank)
}

#[test]
fn a_currency_without_a_rate_is_shown_next_to_the_total() {
    let (story, _) = two_currencies();
    has(&story.popup(), "≥ $3.00\n");
    has(&story.popup(), "plus ¥40.00* not converted");
    has(&story.dashboard(), "1 CNY in USD");

    story.send("rate", &[("currency", "CNY"), ("rate", "0.15")]);
    has(&story.popup(), "$9.00*\n");
    has(&story.click("show", &[]).html, "Converted at 1 CNY = 0.15 USD (entered Nov 2).");
    story.send("rate", &[("currency", "CNY"), ("rate", "0.0000004")]);
    has(&story.click("show", &[]).html, "Converted at 1 CNY = 0.0000004 USD");
    story.send("rate", &[("currency", "CNY"), ("rate", "0.15")]);
    for wrong in ["0", "-1", "x"] {
        let reply = story.send("rate", &[("currency", "CNY"), ("rate", wrong)]);
        has(&text_of(&reply.html), "Enter a rate above 0");
    }
    has(&story.popup(), "$9.00*\n");
    story.send("rate", &[("currency", "CNY"), ("rate", "")]);
    has(&story.popup(), "≥ $3.00\n");
}

fn rates(on: &str, yuan: &str) -> Option<String> {
    Some(format!(r#"{{"amount":1.0,"base":"USD","date":"{on}","rates":{{"CNY":{yuan}}}}}"#))
}

#[test]
fn daily_rates_are_fetched_once_a_day_and_kept_after_a_failure() {
    let (story, bank) = two_currencies();
    *bank.borrow_mut() = rates("2026-10-30", "8");
    story.sent();
    assert!(story.send("ecb_rates", &[("on", "on")]).ok);
    has(&story.popup(), "$8.00*\n");
    has(&story.click("show", &[]).html, "Converted at 1 CNY = 0.125 USD (European Central Bank, Oct 30).");
    has(&story.dashboard(), "European Central Bank, Oct 30");
    let asked = |story: &Story| {
        let sent: Vec<_> = story.host.sent.borrow_mut().drain(..).collect();
        sent.iter().filter(|request| request.url.contains("frankfurter")).count()
    };
    assert_eq!(asked(&story), 1);
    let log = story.stored("requests");
    assert!(log.contains("\tapi.frankfurter.dev\t"), "what leaves the browser is in the log: {log}");
    story.clock("2026-11-02T12:00:00Z").event(Event::Alarm);
    assert_eq!(asked(&story), 0, "once a day");

    *bank.borrow_mut() = rates("2026-11-03", "10");
    story.clock("2026-11-03T12:00:00Z").event(Event::Alarm);
    assert_eq!(asked(&story), 1);
    has(&story.popup(), "$7.00*\n");
    // No answer, an HTML page, another base, a rate of zero: the last rate is kept, with its day.
    let wrong = [
        None,
        Some("<html>".to_owned()),
        Some(r#"{"base":"EUR","date":"2026-11-04","rates":{"CNY":7}}"#.to_owned()),
        rates("2026-11-05", "0"),
        rates("soon", "7"),
    ];
    for (day, wrong) in (4..).zip(wrong) {
        *bank.borrow_mut() = wrong;
        story.clock(&format!("2026-11-0{day}T12:00:00Z")).event(Event::Alarm);
        has(&story.popup(), "$7.00*\n");
        has(&story.dashboard(), "European Central Bank, Nov 3");
    }
    story.send("ecb_rates", &[]);
    story.sent();
    story.clock("2026-11-10T12:00:00Z").event(Event::Alarm);
    assert_eq!(asked(&story), 0);
}

#[test]
fn a_budget_in_another_currency_than_the_total_says_so() {
    let (story, _) = two_currencies();
    story.send("budget", &[("amount", "100")]);
    has(&story.popup(), "of your $100 budget");
    story.send("settings", &[("currency", "CNY")]);
    has(&story.popup(), "Your budget is in USD, but the total isn't. Set it again.");
}

#[test]
fn a_providers_spending_limit_is_offered_as_the_budget() {
    let story = Story::begin("2026-11-05T10:00:00Z");
    story.event(Event::Start);
    story.host.answers(|request| {
        let body = match request.url.contains("spend_limit") {
            true => r#"{"threshold_amount":10000,"currency":"USD","interval":"month"}"#.to_owned(),
            false => {
                r#"{"data":[{"start_time":1793491200,"end_time":1793577600,"results":[]}],"has_more":false}"#
                    .to_owned()
            }
        };
        Ok(Answer::new(200, body))
    });
    story.send("connect", &[("provider", "openai"), ("key", "sk-admin-0123456789abcdef")]);
    story.send("seal", &[("password", PASSWORD), ("again", PASSWORD)]);
    has(&story.dashboard(), "OpenAI has a spending limit of $100.00 a month.\n[Use as budget]");
    story.send("budget", &[("amount", "100")]);
    has(&story.dashboard(), "0% of your $100 budget");
    assert!(!story.dashboard().contains("Use as budget"));
}

#[test]
fn a_small_share_of_a_budget_is_not_shown_as_zero() {
    let story = Story::connected("2026-11-01T00:00:00Z", "USD 0+50");
    story.set_books(KEY, "USD 0+49").clock("2026-11-02T00:00:00Z").event(Event::Alarm);
    story.send("budget", &[("amount", "1000")]);
    has(&story.popup(), "<1% of your $1,000 budget");
    has(&story.title(), "Budget: <1% of $1,000.00");
}

#[test]
fn the_chart_of_the_popup_has_an_axis_dates_and_the_budget_by_name() {
    let story = spending();
    story.send("budget", &[("amount", "50")]);
    let chart = |story: &Story| {
        let html = story.click("show", &[]).html;
        let (_, rest) = html.split_once("<section id=\"chart\"").expect("a chart");
        rest.split("</section>").next().unwrap().to_owned()
    };
    let html = chart(&story);
    assert_eq!(texts(&html, "amount"), ["$0", "$20", "$40", "$60"]);
    assert_eq!(texts(&html, "date"), ["1", "5", "10", "15", "20", "25", "30"]);
    assert_eq!(texts(&html, "over"), ["Budget $50.00"]);
    has(&html, "<title id=\"chart-title\">Spend this month by day: $6.00 so far, forecast $60.00");
    // A budget far above would make everything else flat.
    story.send("budget", &[("amount", "500")]);
    assert_eq!(texts(&chart(&story), "over"), [""; 0]);
    story.send("hide", &[("hidden", "on")]);
    assert!(!chart(&story).contains('$'));
}
