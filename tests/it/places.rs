//! Places of the dashboard: their addresses, the month picker, a day, the badge's figure, and the times of the models.

use drawdown::app::{ChartMode, ModelTime, Place, Shown, Spot, YearMode};
use drawdown::books::reading::AccountId;
use drawdown::host::Tone;
use drawdown::money::Amount;
use drawdown::route::Event;
use drawdown::time::{Day, Month};
use proptest::prelude::*;

use crate::billed_accounts;
use crate::builders::amount;
use crate::story::{KEY, OTHER_KEY, Story, has, lacks};

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9]{1,12}".prop_filter("a name of its own", |name| name != "add")
}

fn day() -> impl Strategy<Value = Day> {
    (2020_i32..2100, 1_u32..=12, 1_u32..=28)
        .prop_map(|(year, month, day)| Day::parse(&format!("{year}-{month:02}-{day:02}")).expect("a day"))
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        Just(Spot::Overview(None)),
        day().prop_map(|day| Spot::Overview(Some(Shown::Day(day)))),
        day().prop_map(|day| Spot::Overview(Some(Shown::Month(day.month())))),
        Just(Spot::Accounts),
        name().prop_map(|id| Spot::Account(AccountId(id))),
        Just(Spot::AddAccount),
        name().prop_map(Spot::AddFrom),
        Just(Spot::Budget),
        Just(Spot::Data),
        Just(Spot::Requests),
        Just(Spot::Settings),
    ]
}

proptest! {
    #[test]
    fn an_address_leads_to_the_place_that_it_is_written_for(
        spot in spot(),
        chart in prop_oneof![Just(ChartMode::Daily), Just(ChartMode::Cumulative)],
        models in prop_oneof![Just(ModelTime::Month), Just(ModelTime::Week), Just(ModelTime::Yesterday)],
        year in prop_oneof![Just(YearMode::Total), Just(YearMode::ByAccount)],
    ) {
        let place = Place { spot, chart, models, year };
        prop_assert_eq!(Place::parse(&place.to_string()), place);
    }

    #[test]
    fn any_address_leads_somewhere(address in ".{0,40}") {
        let place = Place::parse(&address);
        prop_assert_eq!(Place::parse(&place.to_string()), place);
    }
}

#[test]
fn an_address_that_is_not_known_is_the_overview() {
    for address in ["", "nowhere", "overview/2026-13", "overview/2026-02-30", "overview/soon", "Accounts"] {
        assert_eq!(Place::parse(address).spot, Spot::Overview(None), "{address}");
    }
    assert_eq!(Place::parse("overview?chart=pie&models=year"), Place::default());
    let day = Place::parse("overview/2026-10-12?models=week&chart=sum");
    assert_eq!(day.month(), Month::parse("2026-10"));
    assert_eq!(day.to_string(), "overview/2026-10-12?chart=sum&models=week", "one order of choices");
}

#[test]
fn an_unknown_account_or_provider_shows_the_gallery() {
    let story = Story::connected("2026-11-05T10:00:00Z", "USD 0+20");
    for address in ["accounts/unknown", "accounts/add/unknown", "accounts/add"] {
        let shown = story.at(address);
        has(&shown, "Connect an account");
        has(&shown, "By hand");
    }
}

#[test]
fn the_gallery_lists_each_provider_under_what_it_sells() {
    let shown = Story::begin("2026-11-05T10:00:00Z").at("accounts/add");
    let (_, gallery) = shown.split_once("Search providers").expect("the gallery");
    let place = |text: &str| gallery.find(text).unwrap_or_else(|| panic!("{text} is not in\n{gallery}"));
    let kinds = [
        "Models",
        "Gateways and relays",
        "Model hosting",
        "Voice, images and video",
        "Clouds and compute",
        "Developer tools",
        "Anything else",
    ];
    let kinds = kinds.map(|kind| format!("\n{kind}\n"));
    let providers = [
        vec![
            "DeepSeek",
            "Anthropic",
            "OpenAI",
            "Moonshot AI",
            "Kimi (moonshot.cn)",
            "xAI",
            "Z.ai",
            "Mistral AI",
            "Cohere",
        ],
        vec!["OpenRouter", "Vercel AI Gateway", "Cloudflare AI Gateway"],
        vec!["Ollama Cloud", "DeepInfra", "Groq", "SiliconFlow"],
        vec!["ElevenLabs"],
        vec!["Gemini and Google Cloud", "RunPod"],
        vec!["GitHub and Copilot"],
    ];
    for (between, names) in kinds.windows(2).zip(providers) {
        for name in names {
            assert_eq!(gallery.matches(name).count(), 1, "{name} once");
            assert!((place(&between[0])..place(&between[1])).contains(&place(name)), "{name} in\n{gallery}");
        }
    }
}

#[test]
fn a_provider_without_an_api_leads_to_an_account_by_hand_or_by_file() {
    let story = Story::begin("2026-11-05T10:00:00Z");
    let shown = story.at("accounts/add/groq");
    has(
        &shown,
        "Groq has no API for costs or balances. You can see your costs at console.groq.com/settings/billing.",
    );
    has(&shown, "Enter your figures");
    has(&shown, "Import a file instead");
    let shown = story.at("accounts/add/siliconflow");
    has(&shown, "SiliconFlow ended its API for balances in August 2026.");
}

#[test]
fn the_badge_shows_the_figure_that_was_chosen() {
    let story = Story::connected("2026-11-20T00:00:00Z", "USD 0+100");
    let badge = |figure: &str| {
        assert!(story.send("appearance", &[("theme", "dark"), ("badge", figure)]).ok, "{figure}");
        story.badge().0
    };
    assert_eq!(badge("budget_share"), "–", "there is no budget");
    assert_eq!(badge("lowest_balance"), "$100", "one that does not run out yet");
    story.clock("2026-11-22T00:00:00Z").set_books(KEY, "USD 0+60").event(Event::Alarm);
    story.clock("2026-11-22T10:00:00Z").set_books(KEY, "USD 0+52.5").event(Event::Alarm);
    assert_eq!(badge("month"), "$48");
    assert_eq!(badge("today"), "$7.5");
    assert_eq!(badge("lowest_balance"), "$52");
    story.send("budget", &[("amount", "200")]);
    assert_eq!(badge("budget_share"), "23%", "a share never shows more than is spent");
    assert_eq!(badge("nothing"), "");
    assert!(story.title().contains("$47.50"), "the tooltip still says it: {}", story.title());
    assert_eq!(story.badge().1, Tone::Amber, "and so does the color");

    // Another balance is lower, but lasts longer.
    story.set_books(OTHER_KEY, "USD 0+9").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    assert_eq!(badge("lowest_balance"), "$52");
    // A new day has no figure until it is read, and the month keeps its own.
    story.host.close_browser();
    story.clock("2026-11-23T00:00:00Z").event(Event::Alarm);
    story.send("hide", &[("hidden", "on")]);
    assert_eq!(story.badge().0, "•", "no figure while amounts are hidden");
}

#[test]
fn an_unknown_look_changes_nothing() {
    let story = Story::connected("2026-11-20T00:00:00Z", "USD 0+100");
    story.send("appearance", &[("theme", "dark"), ("badge", "today")]);
    let before = story.stored("settings");
    for fields in [[("theme", "pink"), ("badge", "month")], [("theme", "light"), ("badge", "weight")]] {
        assert!(!story.send("appearance", &fields).ok);
        assert_eq!(story.stored("settings"), before);
    }
    has(&story.send("show", &[]).html, "<header id=\"head\" data-theme=\"dark\">");
    has(&story.click("show", &[]).html, "<header id=\"head\" data-theme=\"dark\">");
}

/// An account with bills in three months.
fn billed() -> Story {
    let story = billed_accounts::connected(
        "2026-11-22T10:00:00Z",
        &[
            "2026-09-30 chat 4",
            "2026-10-02 chat 9",
            "2026-10-03 images 0.75",
            "2026-11-10 chat 1",
            "2026-11-16 chat 2.5",
            "2026-11-20 images 0.5",
            "2026-11-21 chat 0.25",
            "2026-11-21 images 3",
        ],
    );
    story.send(
        "plan",
        &[
            ("name", "Pro"),
            ("amount", "20"),
            ("currency", "USD"),
            ("every", "month"),
            ("day", "3"),
            ("since", "2026-10-01"),
        ],
    );
    story
}

#[test]
fn a_month_that_is_over_is_shown_as_it_ended() {
    let story = billed();
    let october = story.at("overview/2026-10");
    has(&october, "October 2026");
    has(&october, "Spent\n$29.75\n");
    has(&october, "Daily average\n$0.31\n");
    has(&october, "Subscriptions\n$20.00\n");
    has(&october, "chat OpenAI\n30%\n$9.00\n");
    for of_the_present in ["forecast\n", "days left", "Runs out", "7 days"] {
        lacks(&october, of_the_present);
    }
    let html = story.send("show", &[("open", "overview/2026-10?chart=sum")]).html;
    has(&html, "id=\"month-before\" href=\"#overview/2026-09?chart=sum\"");
    has(&html, "id=\"month-after\" href=\"#overview?chart=sum\"");
    // There is no month before the first one or after the current one.
    lacks(&story.send("show", &[("open", "overview")]).html, "id=\"month-after\"");
    has(&story.at("overview/2027-03"), "Spent so far\n");
}

#[test]
fn the_models_of_each_time_sum_to_its_total() {
    let story = billed();
    let models = |place: &str| {
        let text = story.at(place);
        let (_, table) = text.split_once("By model\n").expect("a table of models");
        let (table, _) = table.split_once("Last 12 months").expect("what follows it");
        table.lines().filter_map(|line| line.strip_prefix('$')).map(amount).collect::<Vec<_>>()
    };
    let month = models("overview");
    assert_eq!(month, ["3.75", "3.5"].map(amount));
    // The account has its own row, and so have subscriptions.
    assert_eq!(month.into_iter().sum::<Amount>(), amount("7.25"));
    has(&story.at("overview"), "OpenAI\n+200%\n26%\n$7.25\nSubscriptions Pro\n73%\n$20.00\n");
    has(&story.at("overview"), "Spent so far\n$27.25\n");
    assert_eq!(models("overview?models=week"), ["3.5", "2.75"].map(amount));
    assert_eq!(models("overview?models=yesterday"), ["3", "0.25"].map(amount));
}

#[test]
fn a_day_shows_what_its_spend_is_made_of() {
    let story = billed();
    let day = story.at("overview/2026-11-21");
    has(&day, "Nov 21: $3.25\n");
    has(&day, "images OpenAI\n92%\n$3.00\nchat OpenAI\n7%\n$0.25\n");
    has(&story.at("overview/2026-11-03"), "Pro: $20.00\n");
    let html = story.send("show", &[("open", "overview/2026-11-21?models=week")]).html;
    has(&html, "id=\"day-before\" href=\"#overview/2026-11-20?models=week\"");
    has(&html, "id=\"day-after\" href=\"#overview/2026-11-22?models=week\"");
    lacks(&story.send("show", &[("open", "overview/2026-11-22")]).html, "id=\"day-after\"");

    // For a balance, its readings and the windows between them.
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.clock("2026-11-20T18:00:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
    let day = story.at("overview/2026-11-20");
    has(&day, "Nov 20: $3.00*\n");
    has(&day, "2026-11-20T10:00:00Z\n$20.00\n2026-11-20T18:00:00Z\n$17.00\n");
    has(&day, "2026-11-20T10:00:00Z to 2026-11-20T18:00:00Z\n$3.00*\n");
}
