//! Every provider against its fixtures: text files that hold the answers of one refresh and what it comes to. Most of
//! them are failures, and their names say what is wrong.
//! The grammar is in `src/providers/README.md`.

use std::fs;
use std::path::{Path, PathBuf};

use drawdown::books::bill::{Bill, Wallet, by_book_and_day};
use drawdown::books::reading::{Pools, Reading};
use drawdown::provider::{Answer, Problem, Provider, Query, Step, WrongKey};
use drawdown::providers::{self, deepseek, openai, openrouter};
use drawdown::time::Day;

use crate::make::at;

/// One file.
struct Fixture {
    /// Where it is, as seen from the root.
    path: String,
    settings: Vec<(String, String)>,
    from: Option<Day>,
    now: String,
    /// Each answer, and how the address ends that it is for, where that is said.
    answers: Vec<(Option<String>, Answer)>,
    /// What the answers hold, in the order of its text, each with its line in the file.
    expect: Vec<(usize, String)>,
}

fn fixtures(provider: &Provider) -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider.card.id);
    let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is missing", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(read).collect()
}

fn read(path: PathBuf) -> Fixture {
    let text = fs::read_to_string(&path).unwrap();
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
        let (mut answer, mut asked) = (Answer { status: 0, retry_after: None, body }, None);
        for (line, place) in head.lines().zip(lines_before + 1..) {
            let at = format!("{}:{place}", fixture.path);
            let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("{at}: no NAME: VALUE"));
            match name {
                "comment" => {}
                "status" => answer.status = value.parse().unwrap_or_else(|_| panic!("{at}: no status")),
                "retry-after" => answer.retry_after = Some(value.to_owned()),
                "asked" => asked = Some(value.to_owned()),
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
        fixture.answers.push((asked, answer));
    }
    assert!(!fixture.expect.is_empty(), "{}: no expect line", fixture.path);
    fixture.expect.sort_by(|one, other| one.1.cmp(&other.1));
    fixture
}

#[test]
fn every_fixture_reads_as_it_says() {
    let mut wrong = Vec::new();
    for provider in providers::ALL {
        for fixture in fixtures(provider) {
            let got = tell(provider, &fixture);
            let expected: Vec<_> = fixture.expect.iter().map(|(_, text)| text.clone()).collect();
            let missing = fixture.expect.iter().filter(|(_, text)| !got.contains(text));
            let missing: Vec<_> = missing.collect();
            if let Some((line, _)) =
                missing.first().copied().or(fixture.expect.first()).filter(|_| got != expected)
            {
                let missing = missing.iter().map(|(_, text)| format!("\n    expected  {text}"));
                let unexpected = got.iter().filter(|text| !expected.contains(text));
                let unexpected = unexpected.map(|text| format!("\n    got       {text}"));
                let differences: String = missing.chain(unexpected).collect();
                wrong.push(format!("{}:{line}{differences}", fixture.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What the answers told, line by line, in the order of their texts.
fn tell(provider: &Provider, fixture: &Fixture) -> Vec<String> {
    let now = at(&fixture.now);
    let from = fixture.from.unwrap_or(now.month().previous().day(1));
    let query = Query { settings: &fixture.settings, from, now };
    if let Err(problem) = provider.card.setup.check(&fixture.settings) {
        return vec![in_words_of(&problem)];
    }
    let mut ask = (provider.first)(&query);
    let (mut told, mut said) = (Vec::new(), Vec::new());
    let mut answers = fixture.answers.iter();
    let problem = loop {
        let Some((asked, answer)) = answers.next() else {
            said.push(format!("asks {}", ask.url));
            break None;
        };
        if let Some(asked) = asked.as_ref().filter(|asked| !ask.url.ends_with(asked.as_str())) {
            said.push(format!("asks {}, not {asked}", ask.url));
            break None;
        }
        match provider.step(&query, &ask, answer) {
            Ok(Step::Done(readings)) => {
                told.extend(readings);
                break None;
            }
            Ok(Step::More(readings, next)) => {
                told.extend(readings);
                ask = next;
            }
            Err(problem) => break Some(problem),
        }
    };
    if answers.next().is_some() {
        said.push("stops before the last answer".to_owned());
    }
    // What came before a problem is never published.
    let told = if let Some(problem) = problem { vec![in_words_of(&problem)] } else { in_words(&told) };
    said.extend(told);
    if said.is_empty() {
        said.push("nothing".to_owned());
    }
    said.sort();
    said
}

fn in_words_of(problem: &Problem) -> String {
    format!("problem {}", serde_json::to_string(problem).unwrap())
}

/// Readings as the driver keeps them: bills of one day and book are added up.
fn in_words(readings: &[Reading]) -> Vec<String> {
    let (mut words, mut bills) = (Vec::new(), Vec::new());
    for reading in readings {
        match reading {
            Reading::Balance(balance) => words.push(match balance.pools {
                Pools::Total(total) => format!("{} total {}", balance.currency, total.to_stored()),
                Pools::Split { granted, topped_up } => {
                    let (granted, topped_up) = (granted.to_stored(), topped_up.to_stored());
                    format!("{} granted {granted} topped-up {topped_up}", balance.currency)
                }
            }),
            Reading::Counter(counter) => {
                let month = counter.this_month.map(|amount| format!(", {} this month", amount.to_stored()));
                let (currency, total) = (counter.currency, counter.total.to_stored());
                words.push(format!("{currency} counted {total}{}", month.unwrap_or_default()));
            }
            Reading::Byok(money) => words.push(format!("{} apart {}", money.currency, money.amount)),
            Reading::Limit(limit) => {
                words.push(format!("{} at most {} a month", limit.currency, limit.amount));
            }
            Reading::Bill(bill) => bills.push(bill.clone()),
        }
    }
    let mut bills = by_book_and_day(bills);
    bills.sort_by_key(|bill| (bill.currency, bill.day));
    // Days without a line that follow each other are one line.
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
    format!("{} {} billed {at_least}{} = {lines}", bill.currency, bill.day, bill.amount().to_stored())
}

fn query() -> Query<'static> {
    let now = at("2026-11-22T07:00:00Z");
    Query { settings: &[], from: now.month().previous().day(1), now }
}

#[test]
fn a_wrong_kind_of_key_is_told_before_any_call() {
    let check = |key: &str| deepseek::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-0123456789abcdef0123456789abcdef"), Ok(()));
    assert_eq!(check(""), Err(WrongKey::Empty));
    assert_eq!(check("sk-ant-api03-x"), Err(WrongKey::Of("Anthropic")));
    assert_eq!(check("sk-or-v1-x"), Err(WrongKey::Of("OpenRouter")));
    assert_eq!(check("sk-proj-x"), Err(WrongKey::Of("OpenAI")));
    assert_eq!(check("AIzaSyX"), Err(WrongKey::Of("Google")));
    assert_eq!(check("ghp_x"), Err(WrongKey::OtherPrefix));
    assert_eq!(check("sk-with a space"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-with\r\nX-Header: 1"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-кириллица"), Err(WrongKey::Garbled));
    let check = |key: &str| openai::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-admin-x"), Ok(()));
    for ordinary in ["sk-proj-x", "sk-svcacct-x", "sk-x"] {
        assert_eq!(check(ordinary), Err(WrongKey::OtherPrefix), "a key of OpenAI that is no Admin key");
    }
    assert_eq!(check("sk-ant-admin01-x"), Err(WrongKey::Of("Anthropic")));
    let check = |key: &str| openrouter::MANAGEMENT.card.check_key(key);
    assert_eq!(check("sk-or-v1-x"), Ok(()));
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
        let ask = (provider.first)(&Query { settings: &settings, ..query() });
        assert!(provider.card.origins.contains(&ask.origin()), "{} is not on the card", ask.origin());
    }
}
