//! Charts of a balance, of the last months, and the small line of an account.

use drawdown::books::figure::Figure;
use drawdown::money::Amount;
use drawdown::time::{HOUR, Month, Span, Timestamp};
use drawdown::ui::chart::{
    Amounts, BalanceChart, ENGLISH, Hue, MoneyIn, MonthBar, RunsOut, Series, SeriesKind, YearChart, spark,
};

use crate::builders::amount;
use crate::chart_text::{
    USD, attribute, date, elements, exact, expected, href, legend, names, november, of_class, table, texts,
};

pub(crate) fn months(amounts: &[Option<&str>]) -> Vec<MonthBar> {
    let mut month = Month::parse("2025-12").unwrap();
    let bar = |text: &Option<&str>| {
        let spent = text.map_or(Figure::unknown([]), exact);
        let bar = MonthBar { month, spent, expected: None };
        month = month.next();
        bar
    };
    amounts.iter().map(bar).collect()
}

pub(crate) fn year(months: &[MonthBar], amounts: Amounts) -> String {
    year_of(months, &[], amounts)
}

fn year_of(months: &[MonthBar], series: &[Series], amounts: Amounts) -> String {
    let short = |month: Month| month.to_string()[5..].to_owned();
    let chart = YearChart {
        id: "year",
        label: "Last 12 months",
        months,
        series,
        amounts,
        href: &|month| format!("#overview/{month}"),
        short: &short,
        full: &|month| month.to_string(),
        words: &ENGLISH,
    };
    chart.draw().into_string()
}

#[test]
fn months_are_bars_with_their_amounts_and_the_running_one_has_its_forecast() {
    let mut months = months(&[None, Some("0"), Some("100"), Some("1234"), Some("50")]);
    months[4].expected = Some(expected("617", "500", "700"));
    let html = year(&months, USD);
    assert_eq!(texts(&html, "value"), ["–", "0", "100", "1.2k", "617"]);
    assert_eq!(texts(&html, "date"), ["12", "01", "02", "03", "04"]);
    // The highest month is 100 px; its forecast of half that is an outline of 50 px around the spend.
    assert_eq!(of_class(&html, "rect", "closed", "height"), ["8.2", "100"]);
    assert_eq!(of_class(&html, "rect", "outline", "height"), ["50"]);
    assert_eq!(of_class(&html, "rect", "running", "height"), ["4.1"]);
    let names = names(&html);
    assert_eq!(names[0], "2025-12: no data");
    assert_eq!(names[1], "2026-01: $0.00");
    assert_eq!(names[4], "2026-04: $50.00 so far, forecast $617 ($500–$700)");
    let links: Vec<_> = elements(&html, "a").into_iter().map(|(link, _)| link).collect();
    assert_eq!(attribute(links[4], "href"), Some("#overview/2026-04"));
    let stops: Vec<_> = links.iter().filter_map(|link| attribute(link, "tabindex")).collect();
    assert_eq!(stops, ["-1", "-1", "-1", "-1", "0"]);
    assert_eq!(table(&html)[5], ["2026-04", "$50.00", "forecast $617 ($500–$700)"]);
    let hidden = year(&months, Amounts::Hidden);
    assert_eq!(texts(&hidden, "value"), [""; 0]);
    assert!(!hidden.contains('$') && !hidden.contains("<table"));
}

#[test]
fn the_months_of_each_account_are_stacked_and_add_up() {
    let months = months(&[None, Some("100.01"), Some("50")]);
    let first = |month: usize| months[month].month.day(1);
    let series = |name: &str, kind, days: &[(usize, &str)]| {
        let days = days.iter().map(|(month, text)| (first(*month), exact(text))).collect();
        Series { name: name.to_owned(), kind, days }
    };
    let series = [
        series("OpenAI", SeriesKind::Account, &[(1, "60.005"), (2, "40")]),
        series("DeepSeek", SeriesKind::Account, &[(1, "30.005"), (2, "-10")]),
        series("Subscriptions", SeriesKind::Subscriptions, &[(1, "10"), (2, "20")]),
    ];
    let html = year_of(&months, &series, USD);
    assert_eq!(legend(&html), ["OpenAI", "DeepSeek", "Subscriptions"]);
    // The highest month is 100 px. A refund is not drawn.
    let heights = |hue: &str| of_class(&html, "rect", hue, "height");
    assert_eq!(
        (heights("s0"), heights("s1"), heights("s7")),
        (vec!["60", "40", "11"], vec!["30.1", "11"], vec!["9.9", "20", "11"])
    );
    assert_eq!(table(&html)[0], ["Month", "OpenAI", "DeepSeek", "Subscriptions", "Spent", "Forecast"]);
    assert_eq!(table(&html)[2], ["2026-01", "$60.01", "$30.00", "$10.00", "$100.01", ""]);
    assert_eq!(names(&html)[1], "2026-01: $100.01. OpenAI $60.01, DeepSeek $30.00, Subscriptions $10.00");
    assert_eq!(names(&html)[0], "2025-12: no data");
    assert_eq!(texts(&html, "value"), ["–", "100", "50"]);
    let hidden = year_of(&months, &series, Amounts::Hidden);
    assert!(!hidden.contains('$') && !hidden.contains("<table"));
}

pub(crate) fn at(day: u32, hours: u64) -> Timestamp {
    november().day(day).span().from.plus(hours * HOUR)
}

pub(crate) fn balance<'a>(
    readings: &'a [(Timestamp, Amount)],
    money_in: &'a [MoneyIn],
    open: &'a [Span],
) -> BalanceChart<'a> {
    BalanceChart {
        id: "left",
        label: "Balance this month",
        hue: Hue::default(),
        month: november(),
        now: at(16, 0),
        amounts: USD,
        readings,
        left: amount("10"),
        money_in,
        open,
        to_come: None,
        expires: &[],
        runs_out: None,
        href: &href,
        date: &date,
        words: &ENGLISH,
    }
}

#[test]
fn a_balance_falls_evenly_and_rises_upright() {
    let readings = [(at(1, 0), amount("20")), (at(7, 0), amount("5")), (at(10, 0), amount("15"))];
    let money_in = [MoneyIn { at: at(10, 0), label: "Topped up $10.00".to_owned() }];
    let html = balance(&readings, &money_in, &[]).draw().into_string();
    assert_eq!(texts(&html, "amount"), ["$0", "$5", "$10", "$15", "$20"]);
    // $20 are 1500 tenths of a pixel, and a day is 333.3 hundredths of a percent.
    assert_eq!(of_class(&html, "path", "line", "d")[0], "M0 0L2000 1125L3000 1125L3000 375L5000 750");
    assert_eq!(texts(&html, "arrow").len(), 1);
    assert!(html.contains(">Topped up $10.00</text>"));
    let names = names(&html);
    assert_eq!(names[0], "Nov 1: $20.00 left");
    assert_eq!(names[9], "Nov 10: $15.00 left. Topped up $10.00");
    assert_eq!(names[15], "Nov 16: $10.00 left");
    assert_eq!(names[16], "Nov 17");
    assert_eq!(legend(&html), ["Balance"]);
    assert_eq!(table(&html)[10], ["Nov 10", "$15.00", "Topped up $10.00"]);
    assert_eq!(table(&html).len(), 17);
}

#[test]
fn a_balance_heads_for_zero_with_its_range_and_its_day() {
    let readings = [(at(1, 0), amount("20")), (at(16, 0), amount("10"))];
    let runs_out =
        RunsOut { day: "Nov 23".to_owned(), sentence: "Runs out around Nov 23 (Nov 21–30)".to_owned() };
    let chart = BalanceChart {
        to_come: Some(expected("20", "8", "40")),
        runs_out: Some(runs_out),
        ..balance(&readings, &[], &[])
    };
    let html = chart.draw().into_string();
    assert_eq!(of_class(&html, "path", "dashed", "d")[0], "M5000 750L7500 1500L10000 1500");
    assert_eq!(of_class(&html, "path", "fainter", "d"), ["M5000 750L10000 1350L10000 1500L6250 1500Z"]);
    assert_eq!(texts(&html, "strong"), ["Nov 23"]);
    assert_eq!(legend(&html), ["Balance", "Runs out around Nov 23 (Nov 21–30)"]);
    // Without the expected spend there is no forecast line.
    assert_eq!(of_class(&balance(&readings, &[], &[]).draw().into_string(), "path", "dashed", "d"), [""; 0]);
}

#[test]
fn where_spend_may_hide_a_balance_is_hatched() {
    let readings = [(at(4, 0), amount("20"))];
    let open = [Span { from: at(7, 0), to: at(10, 0) }];
    let html = balance(&readings, &[], &open).draw().into_string();
    assert_eq!(of_class(&html, "rect", "forecast", "x")[0], "20.00%");
    assert_eq!(of_class(&html, "rect", "forecast", "width")[0], "10.00%");
    assert_eq!(legend(&html), ["Balance", "Top-up to confirm"]);
    assert_eq!(names(&html)[0], "Nov 1: no data");
}

#[test]
fn a_hidden_balance_has_no_number() {
    let readings = [(at(1, 0), amount("20"))];
    let html = BalanceChart { amounts: Amounts::Hidden, ..balance(&readings, &[], &[]) }.draw().into_string();
    assert!(!html.contains('$') && !html.contains("<table"));
    assert_eq!(names(&html)[0], "Nov 1");
}

#[test]
fn readings_every_quarter_of_an_hour_stay_few_points() {
    let quarter = 15 * 60 * 1000;
    let readings: Vec<_> = (0_u32..1440)
        .map(|place| (at(1, 0).plus(u64::from(place) * quarter), Amount::whole(2000 - place)))
        .collect();
    let chart = BalanceChart { left: amount("561"), ..balance(&readings, &[], &[]) };
    let html = chart.draw().into_string();
    let line = of_class(&html, "path", "line", "d")[0];
    assert!(line.matches('L').count() < 800, "{}", line.matches('L').count());
    assert!(line.starts_with("M0 0L") && line.ends_with("L5000 1079"), "{line}");
}

#[test]
fn a_small_line_has_a_gap_where_nothing_is_known() {
    let day = |text: &str| Some(amount(text));
    let html = spark(&[day("0"), day("2"), None, day("1"), day("2")], Hue::default()).into_string();
    assert_eq!(of_class(&html, "path", "s0", "d"), ["M2 22h0L23.5 2", "M66.5 12h0L88 2"]);
    assert!(html.contains("aria-hidden"));
    assert_eq!(elements(&spark(&[None; 30], Hue::default()).into_string(), "path"), [("", ""); 0]);
    let idle = spark(&[day("0"), day("0")], Hue::default()).into_string();
    assert_eq!(of_class(&idle, "path", "s0", "d"), ["M2 22h0L88 22"], "a measured zero is on the ground");
}

#[test]
fn the_label_of_a_top_up_is_clear_of_the_line() {
    let place = |day: u32, readings: &[(Timestamp, Amount)]| {
        let money_in = [MoneyIn { at: at(day, 0), label: "Topped up $20.00".to_owned() }];
        let html = balance(readings, &money_in, &[]).draw().into_string();
        let label =
            elements(&html, "text").into_iter().find(|(_, text)| text.contains("Topped up")).unwrap().0;
        let y: f64 = attribute(label, "y").unwrap().parse().unwrap();
        (y, label.contains("before"))
    };
    let of = |day, text: &str| (at(day, 0), amount(text));
    // The plot ends at 184 px with $0 and is 150 px high, for $80. A label to the left of its arrow is below the line, whose
    // lowest point there is $40 at 109 px.
    let (y, is_before) = place(15, &[of(1, "75"), of(14, "40"), of(15, "60"), of(16, "59")]);
    assert!(is_before && (115.0..184.0).contains(&y), "{y}");
    // Or above it, if nothing was left: $75 is at 43 px.
    let (y, is_before) = place(15, &[of(1, "75"), of(14, "1"), of(15, "60"), of(16, "59")]);
    assert!(is_before && y < 40.0, "{y}");
    // A label to the right is above the line, which falls from $60, the highest point here, at 34 px.
    let (y, is_before) = place(2, &[of(1, "50"), of(2, "60"), of(16, "59")]);
    assert!(!is_before && (20.0..34.0).contains(&y), "{y}");
}
