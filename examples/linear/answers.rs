//! Answers with many names of one day, of each provider that bills.

use std::time::{Duration, Instant};

use drawdown::provider::{Answer, Provider, Query, Report, Step};
use drawdown::providers::{anthropic, google, openai, openrouter};
use drawdown::time::Timestamp;

use crate::Case;

const NAMES: usize = 40_000;

/// The body of an answer with so many names.
type Body = fn(usize) -> String;

const BODIES: [(&Provider, Body); 4] = [
    (&openai::PROVIDER, |names| {
        let cost =
            |place| format!(r#"{{"amount":{{"value":1,"currency":"usd"}},"line_item":"name {place}"}}"#);
        let costs = rows(names, cost);
        format!(
            r#"{{"data":[{{"start_time":1795219200,"end_time":1795305600,"results":[{costs}]}}],"has_more":false}}"#
        )
    }),
    (&anthropic::PROVIDER, |names| {
        let row = |place| {
            format!(
                r#"{{"starting_at":"2026-11-21T00:00:00Z","ending_at":"2026-11-22T00:00:00Z","group":{{"model":"name {place}"}},"cost":{{"amount":"100","currency":"USD"}}}}"#
            )
        };
        format!(r#"{{"data":[{}],"has_more":false}}"#, rows(names, row))
    }),
    (&openrouter::WHOLE_ACCOUNT, |names| {
        let row = |place| format!(r#"{{"date":"2026-11-21","model":"name {place}","usage":1}}"#);
        format!(r#"{{"data":[{}]}}"#, rows(names, row))
    }),
    (&google::PROVIDER, |names| {
        let row = |place: usize| {
            let cells = [
                "2026-11-21",
                "2026-11-21",
                "2026-11-21",
                "Gemini API",
                &format!("name {place}"),
                "USD",
                "1",
            ];
            format!(r#"{{"f":[{}]}}"#, cells.map(|cell| format!(r#"{{"v":"{cell}"}}"#)).join(","))
        };
        format!(r#"{{"jobComplete":true,"totalRows":"{names}","rows":[{}]}}"#, rows(names, row))
    }),
];

pub(crate) fn cases() -> Vec<Case> {
    let case = |(provider, body): (&'static Provider, Body)| {
        let prepare = move |names| -> Box<dyn Fn() -> Duration> {
            let body = body(names);
            Box::new(move || read(provider, &body))
        };
        Case { name: provider.card.name.to_owned(), size: NAMES, prepare: Box::new(prepare) }
    };
    BODIES.into_iter().map(case).collect()
}

fn rows(names: usize, row: impl Fn(usize) -> String) -> String {
    (0..names).map(row).collect::<Vec<_>>().join(",")
}

/// From the text of an answer to the bills that are kept.
fn read(provider: &Provider, body: &str) -> Duration {
    let now = Timestamp::from_ms(1_795_330_800_000);
    let settings = [("table".to_owned(), "project.dataset.table".to_owned())];
    let query = Query { settings: &settings, from: now.month().day(1), now };
    let answer = Answer::new(200, body);
    let ask = (provider.first)(&query);
    let begin = Instant::now();
    let (Ok(Step::More(page, _)) | Ok(Step::Done(page))) = provider.step(&query, &ask, &answer) else {
        panic!("{} cannot read its answer", provider.card.name);
    };
    let report = Report::from_pages([page]);
    let time = begin.elapsed();
    assert!(
        report.is_ok_and(|report| report.bills.iter().any(|bill| bill.lines.len() > 1)),
        "nothing was read"
    );
    time
}
