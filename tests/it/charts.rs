//! The month's spend as a chart, and the properties of every chart.

use drawdown::books::figure::{Figure, Mark};
use drawdown::money::{Amount, Currency};
use drawdown::time::{Day, Month, Span};
use drawdown::ui::chart::{
    Amounts, CHINESE, DayAhead, ENGLISH, Expected, Hue, Mode, Scale, Series, SeriesKind, SpendChart, hues,
};

use crate::builders::amount;
use crate::chart_text::{
    USD, attribute, date, elements, exact, href, legend, names, november, of_class, readable, table, texts,
};
use crate::charts_of_time::{at, balance, months, year};

/// A series from 1 November, one amount per day.
fn account(name: &str, days: &[&str]) -> Series {
    let day = |(number, text): (u32, &&str)| (november().day(number), exact(text));
    Series { name: name.to_owned(), kind: SeriesKind::Account, days: (1..).zip(days).map(day).collect() }
}

fn subscriptions(days: &[&str]) -> Series {
    Series { kind: SeriesKind::Subscriptions, ..account("Subscriptions", days) }
}

fn chart(series: &[Series]) -> SpendChart<'_> {
    let known = series.iter().flat_map(|series| series.days.iter().map(|(day, _)| *day)).max();
    SpendChart {
        id: "spend",
        label: "Spend by day",
        month: november(),
        today: known,
        mode: Mode::Daily,
        amounts: USD,
        series,
        ahead: &[],
        budget: None,
        href: &href,
        date: &date,
        words: &ENGLISH,
    }
}

fn drawn(chart: &SpendChart<'_>) -> String {
    chart.draw().into_string()
}

#[test]
fn a_scale_has_round_steps_and_holds_both_ends() {
    let ticks = |low: &str, high: &str| {
        let scale = Scale::new(amount(low), amount(high));
        scale.ticks().iter().map(Amount::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ticks("0", "12.60"), "0 5 10 15");
    assert_eq!(ticks("0", "10"), "0 2 4 6 8 10");
    assert_eq!(ticks("0", "10.01"), "0 5 10 15");
    assert_eq!(ticks("0", "221"), "0 50 100 150 200 250");
    assert_eq!(ticks("0", "0.03"), "0 0.01 0.02 0.03");
    assert_eq!(ticks("0", "0.00000042"), "0 0.0000001 0.0000002 0.0000003 0.0000004 0.0000005");
    assert_eq!(
        ticks("0", "999999999999999"),
        "0 200000000000000 400000000000000 600000000000000 800000000000000 1000000000000000"
    );
    assert_eq!(ticks("-3.5", "10"), "-5 0 5 10");
    assert_eq!(ticks("-3", "0"), "-3 -2 -1 0");
    assert_eq!(ticks("0", "0"), "0 0.2 0.4 0.6 0.8 1");
}

#[test]
fn a_day_is_stacked_by_account_from_zero_up() {
    let series = [account("Anthropic", &["4", "1"]), account("OpenAI", &["2", "9"])];
    let html = drawn(&chart(&series));
    // The scale ends at $10 and is 180 px high; its upper end is at 34 px and zero at 214 px.
    assert_eq!(texts(&html, "amount"), ["$0", "$2", "$4", "$6", "$8", "$10"]);
    assert_eq!(of_class(&html, "rect", "s0", "y"), ["142", "196"]);
    assert_eq!(of_class(&html, "rect", "s0", "height")[..2], ["72", "18"]);
    assert_eq!(of_class(&html, "rect", "s1", "y"), ["106", "34"]);
    assert_eq!(of_class(&html, "rect", "s1", "height")[..2], ["36", "162"]);
    assert_eq!(texts(&html, "date"), ["1", "5", "10", "15", "20", "25", "30"]);
    assert_eq!(legend(&html), ["Anthropic", "OpenAI"]);
}

#[test]
fn each_day_is_reached_and_says_its_figures() {
    let series = [account("Anthropic", &["4.10", "0", "1"]), account("OpenAI", &["2", "0", "0"])];
    let html = drawn(&chart(&series));
    let names = names(&html);
    assert_eq!(names.len(), 30);
    assert_eq!(names[0], "Nov 1: $6.10. Anthropic $4.10, OpenAI $2.00");
    assert_eq!(names[1], "Nov 2: $0.00");
    assert_eq!(names[2], "Nov 3: $1.00. Anthropic $1.00");
    assert_eq!(names[3], "Nov 4: no data");
    // The three known days are links. One of all days is a tab stop: the last known one.
    let links: Vec<_> = elements(&html, "a").into_iter().map(|(link, _)| link).collect();
    let hrefs: Vec<_> = links.iter().filter_map(|link| attribute(link, "href")).collect();
    assert_eq!(hrefs, ["#day/2026-11-01", "#day/2026-11-02", "#day/2026-11-03"]);
    let stops: Vec<_> = links.iter().filter_map(|link| attribute(link, "tabindex")).collect();
    assert_eq!(stops, ["-1", "-1", "0"]);
    assert_eq!(html.matches("tabindex=\"0\" aria-label=\"Nov").count(), 1);
    assert_eq!(html.matches("<title>Nov").count(), 30);
    assert!(html.contains("role=\"group\" aria-label=\"Spend by day\" data-roving"));
}

#[test]
fn today_is_marked_between_what_is_known_and_what_is_expected() {
    let series = [account("Anthropic", &["1"; 15])];
    let ahead: Vec<DayAhead> = (16..=30).map(|number| ahead(number, "1", "15")).collect();
    let html = drawn(&SpendChart { ahead: &ahead, ..chart(&series) });
    assert_eq!(of_class(&html, "line", "today", "x1"), ["50.00%"]);
    let marks: Vec<_> =
        texts(&html, "tick").into_iter().filter(|text| text.starts_with(char::is_alphabetic)).collect();
    assert_eq!(marks, ["Today", "Forecast"]);
    assert_eq!(legend(&html), ["Anthropic", "Forecast"]);
    let closed = drawn(&SpendChart { today: None, ..chart(&series) });
    assert!(!closed.contains("Today"));
}

/// A future day, with a range from half its spend to double.
fn ahead(number: u32, spend: &str, total: &str) -> DayAhead {
    let around = |text: &str| {
        let middle = amount(text);
        Expected { amount: middle, range: Some((middle.times(1, 2).unwrap(), middle + middle)) }
    };
    DayAhead {
        day: november().day(number),
        spend: around(spend),
        charges: Amount::ZERO,
        total: around(total),
    }
}

#[test]
fn what_is_expected_is_hatched_with_its_range() {
    let series = [account("Anthropic", &["5"])];
    let later = DayAhead { charges: amount("2"), ..ahead(2, "4", "11") };
    let html = drawn(&SpendChart { ahead: &[later], ..chart(&series) });
    // The scale ends at $10: $4 are 72 px, the charge of $2 on them 36 px, and the whisker is from $2 + $2 to $8 + $2.
    assert_eq!(of_class(&html, "rect", "forecast", "height")[..2], ["72", "36"]);
    assert_eq!(of_class(&html, "rect", "forecast", "y")[..2], ["142", "106"]);
    assert!(html.contains("<pattern id=\"spend-hatch\""));
    assert_eq!(of_class(&html, "rect", "forecast", "fill")[0], "url(#spend-hatch)");
    assert_eq!(of_class(&html, "line", "whisker", "y1"), ["34"]);
    assert_eq!(of_class(&html, "line", "whisker", "y2"), ["142"]);
    assert_eq!(names(&html)[1], "Nov 2: forecast $6.00 ($4.00–$10.00)");
}

#[test]
fn the_rest_of_today_is_on_top_of_what_today_cost() {
    let series = [account("Anthropic", &["5"])];
    let html = drawn(&SpendChart { ahead: &[ahead(1, "2", "7")], ..chart(&series) });
    // $5 of $10 are 90 px, from 124 px down. The $2 are the 36 px above.
    assert_eq!(of_class(&html, "rect", "s0", "y"), ["124"]);
    assert_eq!(of_class(&html, "rect", "forecast", "y")[0], "88");
    assert_eq!(of_class(&html, "rect", "forecast", "height")[0], "36");
}

#[test]
fn cumulative_days_are_areas_that_grow_with_a_band_and_the_budget() {
    let series = [account("Anthropic", &["2", "3"]), account("OpenAI", &["1", "0"])];
    let later = [ahead(3, "2", "8"), ahead(4, "1", "9")];
    let html = drawn(&SpendChart {
        mode: Mode::Cumulative,
        ahead: &later,
        budget: Some(amount("20")),
        ..chart(&series)
    });
    assert_eq!(texts(&html, "amount"), ["$0", "$5", "$10", "$15", "$20"]);
    let paths = |class| of_class(&html, "path", class, "d");
    // A day is 333 hundredths of a percent wide; $20 are 1800 tenths of a pixel.
    assert_eq!(
        paths("area"),
        [
            "M0 1800L333 1620L666 1350L666 1800L333 1800L0 1800Z",
            "M0 1800L333 1530L666 1260L666 1350L333 1620L0 1800Z"
        ]
    );
    assert_eq!(paths("band"), ["M666 1260L1000 360L1333 180L1333 1395L1000 1440Z"]);
    assert_eq!(paths("expected"), ["M666 1260L1000 1080L1333 990"]);
    assert_eq!(of_class(&html, "line", "budget", "y1"), ["34"]);
    assert_eq!(texts(&html, "over"), ["Budget $20.00"]);
    assert_eq!(names(&html)[1], "Nov 2: $3.00 ($6.00 so far). Anthropic $3.00");
    assert_eq!(names(&html)[3], "Nov 4: forecast $9.00 ($4.50–$18.00)");
}

#[test]
fn a_budget_far_above_does_not_flatten_the_month() {
    let series = [account("Anthropic", &["2"])];
    let draw =
        |budget: &str, mode| drawn(&SpendChart { mode, budget: Some(amount(budget)), ..chart(&series) });
    assert!(draw("4", Mode::Cumulative).contains("Budget"));
    assert!(!draw("4.01", Mode::Cumulative).contains("Budget"));
    assert!(!draw("2", Mode::Daily).contains("Budget"));
}

#[test]
fn at_most_eight_series_are_told_apart_and_the_rest_is_summed() {
    let sizes = ["9", "1", "8", "2", "7", "3", "6", "4", "5"];
    let mut series: Vec<_> = sizes.iter().map(|size| account(&format!("A{size}"), &[size])).collect();
    let html = drawn(&chart(&series));
    assert_eq!(legend(&html), ["A9", "A8", "A7", "A3", "A6", "A4", "A5", "Other (2 accounts)"]);
    let classes = |series: &[Series]| hues(series).into_iter().map(Hue::class).collect::<Vec<_>>().join(" ");
    assert_eq!(classes(&series), "s0 s7 s1 s7 s2 s3 s4 s5 s6");

    series.push(subscriptions(&["20"]));
    let html = drawn(&chart(&series));
    assert_eq!(legend(&html), ["A9", "A8", "A7", "A6", "A4", "A5", "Other (3 accounts)", "Subscriptions"]);
    assert_eq!(classes(&series), "s0 s6 s1 s6 s2 s6 s3 s4 s5 s7");
    let sum = "A9 $9.00, A8 $8.00, A7 $7.00, A6 $6.00, A4 $4.00, A5 $5.00, Other (3 accounts) $6.00, Subscriptions $20.00";
    assert_eq!(names(&html)[0], format!("Nov 1: $65.00. {sum}"));

    // Eight accounts fit as they are, seven with subscriptions.
    assert_eq!(classes(&series[..8]), "s0 s1 s2 s3 s4 s5 s6 s7");
    let seven = [&series[..7], &series[9..]].concat();
    assert_eq!(classes(&seven), "s0 s1 s2 s3 s4 s5 s6 s7");
}

#[test]
fn a_table_lists_what_the_chart_shows() {
    let series = [account("Anthropic", &["4", "1"]), account("OpenAI", &["2.5", "0"])];
    let html = drawn(&SpendChart { ahead: &[ahead(3, "2", "9.5")], ..chart(&series) });
    let expected: [&[&str]; 4] = [
        &["Day (UTC)", "Anthropic", "OpenAI", "Total", "So far"],
        &["Nov 1", "$4.00", "$2.50", "$6.50", "$6.50"],
        &["Nov 2", "$1.00", "$0.00", "$1.00", "$7.50"],
        &["Nov 3", "", "", "forecast $2.00 ($1.00–$4.00)", "forecast $9.50 ($4.75–$19.00)"],
    ];
    assert_eq!(table(&html), expected);
    assert!(html.contains("<summary>Show as table</summary>"));
}

#[test]
fn figures_keep_their_marks_and_unknown_is_not_zero() {
    let mut first = account("Anthropic", &["4", "1", "2"]);
    first.days[0].1 = Figure::new(amount("4"), Mark::Approximate, []);
    first.days[1].1 = Figure::unknown([]);
    // The second account was tracked from the third: before that, it is not part of the total.
    let second = Series { days: vec![(november().day(3), exact("1"))], ..account("OpenAI", &[]) };
    let series = [first, second];
    let html = drawn(&chart(&series));
    let rows: [&[&str]; 3] = [
        &["Nov 1", "$4.00*", "", "$4.00*", "$4.00*"],
        &["Nov 2", "–", "", "–", "≥ $4.00"],
        &["Nov 3", "$2.00", "$1.00", "$3.00", "≥ $7.00"],
    ];
    assert_eq!(table(&html)[1..], rows);
    assert_eq!(names(&html)[0], "Nov 1: $4.00*. Anthropic $4.00*");
    assert_eq!(names(&html)[1], "Nov 2: –. Anthropic –");
    assert_eq!(of_class(&html, "rect", "s0", "y").len(), 2);
}

#[test]
fn hidden_amounts_leave_shapes_alone() {
    let series = [account("Anthropic", &["7.31"; 12]), subscriptions(&["20"; 12])];
    let later: Vec<DayAhead> = (13..=30).map(|number| ahead(number, "7.77", "400")).collect();
    for mode in [Mode::Daily, Mode::Cumulative] {
        let shown = SpendChart { mode, ahead: &later, budget: Some(amount("555")), ..chart(&series) };
        let html = drawn(&SpendChart { amounts: Amounts::Hidden, ..shown.clone() });
        assert_eq!(names(&html).last(), Some(&"Nov 30"));
        assert_eq!(texts(&html, "amount"), [""; 0]);
        assert!(html.contains("room-0") && !html.contains("<table"));
        let text = format!("{}|{}", readable(&html), names(&html).join("|"));
        let numbers: Vec<_> =
            text.split(|sign: char| !sign.is_ascii_digit() && !"$.,".contains(sign)).collect();
        let is_day = |word: &&str| word.is_empty() || word.parse::<u32>().is_ok_and(|day| day <= 30);
        assert!(numbers.iter().all(is_day), "{text}");
        // The shapes are the same.
        let shapes = |html: &str| -> Vec<String> {
            ["rect", "path"]
                .iter()
                .flat_map(|name| elements(html, name))
                .map(|(shape, _)| shape.to_owned())
                .collect()
        };
        assert_eq!(shapes(&html), shapes(&drawn(&shown)));
    }
}

#[test]
fn a_month_without_spend_has_an_axis_and_no_bars() {
    let series = [account("Anthropic", &["0", "0"])];
    let html = drawn(&chart(&series));
    assert_eq!(texts(&html, "amount"), ["$0", "$0.20", "$0.40", "$0.60", "$0.80", "$1.00"]);
    assert_eq!(of_class(&html, "rect", "s0", "y"), [""; 0]);
    assert_eq!(names(&html)[1], "Nov 2: $0.00");

    let nothing = drawn(&chart(&[]));
    assert_eq!(names(&nothing).len(), 30);
    assert_eq!(legend(&nothing), [""; 0]);
    assert_eq!(
        nothing.matches("tabindex=\"0\" aria-label=\"Nov").count(),
        1,
        "the first day is the tab stop"
    );
}

#[test]
fn the_first_day_of_a_month_is_drawn_in_both_modes() {
    let series = [account("Anthropic", &["3"])];
    for mode in [Mode::Daily, Mode::Cumulative] {
        let html = drawn(&SpendChart { mode, ..chart(&series) });
        assert_eq!(texts(&html, "amount"), ["$0", "$1", "$2", "$3"]);
        assert!(html.contains(">Today</text>"));
        assert_eq!(table(&html).len(), 2);
    }
    let february = SpendChart { month: Month::parse("2027-02").unwrap(), ..chart(&[]) };
    assert_eq!(names(&drawn(&february)).len(), 28);
}

#[test]
fn a_refund_hangs_below_zero() {
    let series = [account("OpenAI", &["-4", "5"]), account("Anthropic", &["1", "5"])];
    let html = drawn(&chart(&series));
    // From -$5 to $10 are 180 px, so zero is at 154 px.
    assert_eq!(texts(&html, "amount"), ["-$5", "$0", "$5", "$10"]);
    assert_eq!(of_class(&html, "rect", "s0", "y"), ["154", "94"]);
    assert_eq!(of_class(&html, "rect", "s0", "height")[..2], ["48", "60"]);
    assert_eq!(of_class(&html, "rect", "s1", "y"), ["142", "34"]);
    assert_eq!(names(&html)[0], "Nov 1: -$3.00. OpenAI -$4.00, Anthropic $1.00");
    let cumulative = drawn(&SpendChart { mode: Mode::Cumulative, ..chart(&series) });
    assert_eq!(texts(&cumulative, "amount"), ["-$5", "$0", "$5", "$10"]);
}

#[test]
fn amounts_of_every_size_have_short_labels_and_show() {
    let axis = |text: &str| {
        let series = [account("A", &[text])];
        texts(&drawn(&chart(&series)), "amount").into_iter().map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(axis("0.0042"), "$0 $0.001 $0.002 $0.003 $0.004 $0.005");
    assert_eq!(axis("2.5"), "$0 $0.50 $1.00 $1.50 $2.00 $2.50");
    assert_eq!(axis("4800"), "$0 $1,000 $2,000 $3,000 $4,000 $5,000");
    assert_eq!(axis("24000"), "$0 $5k $10k $15k $20k $25k");
    assert_eq!(axis("1200000"), "$0 $0.5M $1M $1.5M");
    assert_eq!(axis("999999999999999"), "$0 $200T $400T $600T $800T $1,000T");

    let yen = Amounts::Shown(Currency::parse("JPY").unwrap());
    let francs = Amounts::Shown(Currency::parse("CHF").unwrap());
    let series = [account("A", &["30000"])];
    let labels = |amounts| texts(&drawn(&SpendChart { amounts, ..chart(&series) }), "amount").join(" ");
    assert_eq!(labels(yen), "JP¥0 JP¥10k JP¥20k JP¥30k");
    assert_eq!(labels(francs), "0 CHF 10k CHF 20k CHF 30k CHF");

    // A day next to one a million times larger is a pixel high.
    let series = [account("A", &["0.0001", "100"])];
    assert_eq!(of_class(&drawn(&chart(&series)), "rect", "s0", "height")[..2], ["1", "180"]);
}

#[test]
fn a_chart_is_written_in_chinese() {
    let series = [account("Anthropic", &["4.10"])];
    let chinese = |day: Day| format!("11月{}日", day.number());
    let later = [ahead(2, "4", "8")];
    let html = drawn(&SpendChart { words: &CHINESE, date: &chinese, ahead: &later, ..chart(&series) });
    assert_eq!(names(&html)[..2], ["11月1日：$4.10。Anthropic $4.10", "11月2日：预测 $4.00（$2.00–$8.00）"]);
    assert_eq!(legend(&html), ["Anthropic", "预测"]);
}

#[test]
fn ids_begin_with_the_id_of_the_chart_and_nothing_has_a_style() {
    let series = [account("Anthropic", &["4"; 3])];
    let readings = [(at(1, 0), amount("20"))];
    let open = [Span { from: at(7, 0), to: at(10, 0) }];
    let later = [ahead(4, "1", "13")];
    let drawings = [
        ("spend", drawn(&SpendChart { mode: Mode::Cumulative, ahead: &later, ..chart(&series) })),
        ("left", balance(&readings, &[], &open).draw().into_string()),
        ("year", year(&months(&[Some("1")]), USD)),
    ];
    for (id, html) in drawings {
        let ids: Vec<_> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(ids.iter().all(|found| *found == id || found.starts_with(&format!("{id}-"))), "{ids:?}");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{ids:?}");
        assert!(!html.contains(" style=") && !html.contains("<style"));
    }
}
