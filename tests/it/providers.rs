//! Every provider against its fixtures: text files with the answers of one refresh and the expected report. Most of
//! them are failures, and the file names say what is wrong. The grammar is in `src/providers/README.md`.

use std::fs;
use std::path::Path;

use drawdown::books::bill::{Bill, Wallet};
use drawdown::books::reading::{Balance, Counter, Pools, Reading};
use drawdown::money::{Amount, Currency, Money};
use drawdown::provider::{Answer, Problem, Provider, Query, Report, Step, WrongKey};
use drawdown::providers::{self, anthropic, deepseek, openai, openrouter};
use drawdown::time::Day;

use crate::builders::{amount, at};

/// One file.
struct Fixture {
    /// Its path from the root.
    path: String,
    settings: Vec<(String, String)>,
    from: Option<Day>,
    now: String,
    /// Each answer, and the required end of its request's URL if the file gives one.
    answers: Vec<(Option<String>, Answer)>,
    /// The expected lines, each with its line number in the file.
    expect: Vec<(usize, String)>,
}

fn fixtures(provider: &Provider) -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider.card.id);
    let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is missing", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Fixture {
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
    let mut line_number = 0;
    let mut fixture = Fixture {
        path,
        settings: Vec::new(),
        from: None,
        now: "2026-11-22T07:00:00Z".to_owned(),
        answers: Vec::new(),
        expect: Vec::new(),
    };
    for part in text.split("\n---\n") {
        let (head, body) = part
            .split_once("\n\n")
            .unwrap_or_else(|| panic!("{}: a blank line must end the head", fixture.path));
        let lines_before = line_number;
        line_number += part.lines().count() + 1;
        let body = body.trim_end_matches('\n').to_owned();
        let (mut answer, mut request) = (Answer::new(0, body), None);
        for (line, place) in head.lines().zip(lines_before + 1..) {
            let at = format!("{}:{place}", fixture.path);
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{at}: no NAME: VALUE"));
            match name {
                "comment" => {}
                "status" => answer.status = value.parse().unwrap_or_else(|_| panic!("{at}: no status")),
                "retry-after" => answer.retry_after = Some(value.to_owned()),
                "request" => request = Some(value.to_owned()),
                "now" => value.clone_into(&mut fixture.now),
                "from" => fixture.from = Some(Day::parse(value).unwrap_or_else(|| panic!("{at}: no day"))),
                "setting" => {
                    let (name, value) =
                        value.split_once('=').unwrap_or_else(|| panic!("{at}: no NAME=VALUE"));
                    fixture.settings.push((name.to_owned(), value.to_owned()));
                }
                "expect" => fixture.expect.push((place, value.to_owned())),
                other => panic!("{at}: no header is called {other}"),
            }
        }
        fixture.answers.push((request, answer));
    }
    assert!(!fixture.expect.is_empty(), "{}: no expect line", fixture.path);
    fixture.expect.sort_by(|one, other| one.1.cmp(&other.1));
    fixture
}

#[test]
fn every_fixture_gives_its_expected_result() {
    let mut wrong = Vec::new();
    for provider in providers::ALL {
        for fixture in fixtures(provider) {
            let got = run(provider, &fixture);
            let expected: Vec<_> = fixture.expect.iter().map(|(_, text)| text.clone()).collect();
            if got != expected {
                let (line, _) =
                    fixture.expect.iter().find(|(_, text)| !got.contains(text)).unwrap_or(&fixture.expect[0]);
                let missing = expected.iter().filter(|text| !got.contains(text));
                let unexpected = got.iter().filter(|text| !expected.contains(text));
                let missing = missing.map(|text| format!("\n    expected  {text}"));
                let unexpected = unexpected.map(|text| format!("\n    got       {text}"));
                let differences: String = missing.chain(unexpected).collect();
                let differences =
                    if differences.is_empty() { format!("\n    got twice {got:?}") } else { differences };
                wrong.push(format!("{}:{line}{differences}", fixture.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The report of the answers as sorted lines, or the problem.
fn run(provider: &Provider, fixture: &Fixture) -> Vec<String> {
    let now = at(&fixture.now);
    let from = fixture.from.unwrap_or(now.month().previous().day(1));
    let query = Query { settings: &fixture.settings, from, now };
    if let Err(problem) = provider.card.setup.check(&fixture.settings) {
        return vec![in_words_of(&problem)];
    }
    let mut request = (provider.first)(&query);
    let (mut pages, mut lines) = (Vec::new(), Vec::new());
    let mut answers = fixture.answers.iter();
    let problem = loop {
        let Some((expected, answer)) = answers.next() else {
            lines.push(format!("next request {}", request.url));
            break None;
        };
        if let Some(expected) = expected.as_ref().filter(|end| !request.url.ends_with(end.as_str())) {
            lines.push(format!("next request {}, not {expected}", request.url));
            break None;
        }
        match provider.step(&query, &request, answer) {
            Ok(Step::Done(last)) => {
                pages.push(last);
                break None;
            }
            Ok(Step::More(more, next)) => {
                pages.push(more);
                request = next;
            }
            Err(problem) => break Some(problem),
        }
    };
    if answers.next().is_some() {
        lines.push("stops before the last answer".to_owned());
    }
    // Pages before a problem are never published.
    let report = problem.map_or_else(|| Report::from_pages(pages), Err);
    lines.extend(report.map_or_else(|problem| vec![in_words_of(&problem)], in_words));
    if lines.is_empty() {
        lines.push("nothing".to_owned());
    }
    lines.sort();
    lines
}

fn in_words_of(problem: &Problem) -> String {
    format!("problem {}", serde_json::to_string(problem).unwrap())
}

/// A report as `expect` lines.
fn in_words(report: Report) -> Vec<String> {
    let Report { readings, mut bills, limit, byok, scope, at: _ } = report;
    let mut words: Vec<String> = readings.iter().map(one_reading).collect();
    words.extend(limit.map(|limit| format!("{} at most {} a month", limit.currency, limit.amount)));
    words.extend(byok.map(|money| format!("{} byok {}", money.currency, money.amount)));
    words.extend(scope.map(|scope| format!("of the {}", format!("{scope:?}").to_lowercase())));
    bills.sort_by_key(|bill| (bill.currency, bill.day));
    // Consecutive days without a line are one line.
    let is_nothing = |bill: &Bill| bill.lines.is_empty() && !bill.has_unpriced;
    let runs = bills
        .chunk_by(|a, b| (a.currency, a.day.next()) == (b.currency, b.day) && is_nothing(a) && is_nothing(b));
    words.extend(runs.map(|run| match run {
        [first, .., last] => format!("{} {} to {} billed nothing", first.currency, first.day, last.day),
        [bill] if is_nothing(bill) => format!("{} {} billed nothing", bill.currency, bill.day),
        run => run.iter().map(one_day).collect(),
    }));
    words
}

fn one_reading(reading: &Reading) -> String {
    match reading {
        Reading::Balance(Balance { currency, pools: Pools::Total(total) }) => {
            format!("{currency} total {}", total.to_stored())
        }
        Reading::Balance(Balance { currency, pools: Pools::Split { granted, topped_up } }) => {
            format!("{currency} granted {} topped-up {}", granted.to_stored(), topped_up.to_stored())
        }
        Reading::Counter(Counter { currency, total, this_month }) => {
            let month = this_month.map(|amount| format!(", {} this month", amount.to_stored()));
            format!("{currency} counted {}{}", total.to_stored(), month.unwrap_or_default())
        }
    }
}

fn one_day(bill: &Bill) -> String {
    let lines = bill.lines.iter().map(|line| {
        let wallet = match line.wallet {
            None => "",
            Some(Wallet::Granted) => " of granted",
            Some(Wallet::ToppedUp) => " of topped-up",
        };
        format!("{} {}{wallet}", line.amount.to_stored(), line.name)
    });
    let lines = lines.collect::<Vec<_>>().join(" + ");
    let at_least = if bill.has_unpriced { "at least " } else { "" };
    let lines = if lines.is_empty() { lines } else { format!(" = {lines}") };
    format!("{} {} billed {at_least}{}{lines}", bill.currency, bill.day, bill.amount().to_stored())
}

fn query() -> Query<'static> {
    let now = at("2026-11-22T07:00:00Z");
    Query { settings: &[], from: now.month().previous().day(1), now }
}

#[test]
fn a_wrong_kind_of_key_is_recognized_before_any_request() {
    let check = |key: &str| deepseek::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-0123456789abcdef0123456789abcdef"), Ok(()));
    assert_eq!(check(""), Err(WrongKey::Empty));
    assert_eq!(check("sk-ant-api03-x"), Err(WrongKey::Of("Anthropic")));
    assert_eq!(check("sk-or-v1-x"), Err(WrongKey::Of("OpenRouter")));
    assert_eq!(check("sk-proj-x"), Err(WrongKey::Of("OpenAI")));
    assert_eq!(check("AIzaSyX"), Err(WrongKey::Of("Google")));
    assert_eq!(check("zzz_x"), Err(WrongKey::OtherPrefix));
    assert_eq!(check("sk-with a space"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-with\r\nX-Header: 1"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-кириллица"), Err(WrongKey::Garbled));
    let check = |key: &str| openai::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-admin-x"), Ok(()));
    assert_eq!(check("sk-x"), Err(WrongKey::OtherPrefix));
    assert_eq!(check("sk-ant-admin01-x"), Err(WrongKey::Of("Anthropic")));
    let check = |key: &str| openrouter::WHOLE_ACCOUNT.card.check_key(key);
    assert_eq!(check("sk-or-v1-x"), Ok(()));
    let check = |key: &str| anthropic::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-ant-admin01-x"), Ok(()));
}

#[test]
fn a_key_that_cannot_read_costs_is_answered_with_the_kind_that_can() {
    let instead = |provider: &Provider, key: &str| match provider.card.check_key(key) {
        Err(WrongKey::Kind(instead)) => (instead.en, instead.zh),
        other => panic!("{key}: {other:?}"),
    };
    for (provider, key, needed) in [
        (openai::PROVIDER, "sk-proj-x", "sk-admin-…"),
        (openai::PROVIDER, "sk-svcacct-x", "sk-admin-…"),
        (anthropic::PROVIDER, "sk-ant-api03-x", "sk-ant-admin…"),
        (anthropic::PROVIDER, "sk-ant-oat01-x", "sk-ant-admin…"),
    ] {
        let (english, chinese) = instead(&provider, key);
        assert!(english.contains(needed) && chinese.contains(needed), "{key}: {english} {chinese}");
    }
}

#[test]
fn a_first_request_goes_to_an_origin_on_the_card() {
    for provider in providers::ALL {
        let fields = provider.card.setup.fields.iter();
        let settings: Vec<_> =
            fields.map(|field| (field.name.to_owned(), field.example.to_owned())).collect();
        assert_eq!(
            provider.card.setup.check(&settings),
            Ok(()),
            "{} takes its own examples",
            provider.card.name
        );
        let request = (provider.first)(&Query { settings: &settings, ..query() });
        assert!(provider.card.origins.contains(&request.origin()), "{} is not on the card", request.origin());
    }
}

#[test]
fn pages_become_one_report_or_contradict_each_other() {
    let money =
        |text: &str, code: &str| Money { amount: amount(text), currency: Currency::parse(code).unwrap() };
    let balance = |code: &str| {
        let Money { amount, currency } = money("12.40", code);
        Reading::Balance(Balance { currency, pools: Pools::Total(amount) })
    };
    let counter = |code: &str| {
        let Money { amount, currency } = money("60.63", code);
        Reading::Counter(Counter { currency, total: amount, this_month: None })
    };
    let of = |readings: &[Reading]| Report { readings: readings.to_vec(), ..Report::default() };
    let all = [balance("USD"), counter("USD"), balance("CNY")];
    assert_eq!(Report::from_pages(all.iter().map(|one| of(std::slice::from_ref(one)))), Ok(of(&all)));
    for twice in [balance("USD"), counter("USD")] {
        let refused = Err(Problem::unreadable("one figure per currency"));
        assert_eq!(
            Report::from_pages([of(&all), of(std::slice::from_ref(&twice))]),
            refused,
            "{twice:?} on two pages"
        );
        assert_eq!(
            Report::from_pages([of(&[twice.clone(), twice.clone()])]),
            refused,
            "{twice:?} on one page"
        );
    }
    let byok = |text, code| Report { byok: Some(money(text, code)), ..Report::default() };
    let sum = Report::from_pages([byok("1.20", "USD"), Report::default(), byok("0.05", "USD")]);
    assert_eq!(sum, Ok(byok("1.25", "USD")));
    let two = Report::from_pages([byok("1.20", "USD"), byok("7", "CNY")]);
    assert_eq!(two, Err(Problem::unreadable("one currency of BYOK use")), "never a part of the sum");
    let limit = |text| Report { limit: Some(money(text, "USD")), ..Report::default() };
    assert_eq!(Report::from_pages([limit("100"), limit("50"), Report::default()]), Ok(limit("50")));
}

#[test]
fn lines_are_limited_for_the_whole_day_and_not_for_each_page() {
    let day = Day::parse("2026-11-10").unwrap();
    let page = |names: std::ops::Range<u32>| {
        let bills = names.map(|n| Bill::item(Currency::USD, day, &format!("m{n}"), Some(Amount::whole(1))));
        Report { bills: bills.collect(), ..Report::default() }
    };
    let whole = Report::from_pages([page(0..1_200)]).unwrap();
    assert_eq!(Report::from_pages([page(0..400), page(400..900), page(900..1_200)]), Ok(whole.clone()));
    assert_eq!((whole.bills.len(), whole.bills[0].amount()), (1, Amount::whole(1_200)));
}
