//! The statement as JSON: amounts as decimal strings without trailing zeros, shares to 12 decimals, forecasts to 6,
//! unknown as null.

use drawdown::books::figure::Figure;
use drawdown::books::statement::{AccountStatement, BookStatement, Forecast, RunOut, Statement};
use drawdown::money::{Amount, Rate};
use drawdown::provider::Problem;
use drawdown::time::{DAY, Month};
use serde_json::{Value, json};

/// Decimals of a forecast.
const FORECAST: u32 = 6;
/// Decimals of a share.
const SHARE: u32 = 12;

/// The reason why an event was refused, by its index in the scenario.
pub(crate) struct Refused {
    pub(crate) event: usize,
    pub(crate) why: String,
}

/// Writes the statement. `problems` are those of the accounts, in the order of the statement.
pub(crate) fn report(statement: &Statement, problems: &[Option<Problem>], refused: &[Refused]) -> Value {
    let total = &statement.total;
    let not_converted = total.not_converted.iter();
    let not_converted: Vec<_> =
        not_converted.map(|(code, spend)| json!({"currency": code, "spend": amount(spend)})).collect();
    let refused: Vec<_> =
        refused.iter().map(|Refused { event, why }| json!({"event": event, "why": why})).collect();
    let mut accounts: Vec<_> = statement.accounts.iter().zip(problems).collect();
    accounts.sort_by_key(|(account, _)| &account.id);
    json!({
        "month": statement.month,
        "total": {
            "currency": total.currency,
            "spend": amount(&total.spend),
            "plans": total.plans.to_string(),
            "mark": total.spend.mark,
            "reasons": total.spend.reasons,
            "not_converted": not_converted,
        },
        "landing": forecast(&statement.landing),
        "next_month": forecast(&statement.next_month),
        "accounts": accounts.into_iter().map(|(one, problem)| account(one, problem.as_ref(), statement.month)).collect::<Vec<_>>(),
        "refused": refused,
    })
}

fn amount(figure: &Figure) -> Value {
    figure.amount.map_or(Value::Null, |amount| amount.to_string().into())
}

fn rounded(amount: Amount) -> String {
    amount.rounded(FORECAST).to_string()
}

fn forecast(forecast: &Forecast) -> Value {
    let mut left_out = forecast.left_out.clone();
    left_out.sort();
    json!({
        "amount": forecast.figure.amount.map(rounded),
        "low": forecast.range.map(|range| rounded(range.low)),
        "high": forecast.range.map(|range| rounded(range.high)),
        "state": forecast.state,
        "days_observed": Rate::ratio(forecast.observed, DAY).map(|days| days.to_text(FORECAST)),
        "left_out": left_out,
        "mark": forecast.figure.mark,
    })
}

fn account(account: &AccountStatement, problem: Option<&Problem>, month: Month) -> Value {
    // A problem is named by its kind, without its details.
    let kind = problem.map(|problem| match json!(problem) {
        Value::Object(fields) => fields.keys().next().cloned().unwrap_or_default(),
        name => name.as_str().unwrap_or_default().to_owned(),
    });
    json!({"id": account.id, "problem": kind, "books": account.books.iter().map(|one| book(one, month)).collect::<Vec<_>>()})
}

fn book(book: &BookStatement, month: Month) -> Value {
    let in_month = book.asking.iter().filter(|window| window.span.meets(month.span()));
    let open = in_month.filter_map(|window| {
        let open = window.open.as_ref()?;
        let propose: Vec<_> = open.propose.iter().map(|proposal| proposal.top_up.to_string()).collect();
        let (from, to) = (window.span.from.to_string(), window.span.to.to_string());
        Some(json!({"from": from, "to": to, "rise": open.rise.to_string(), "propose": propose}))
    });
    let lines = book.lines.iter();
    let lines = lines.map(|(name, spend)| json!({"model": name, "spend": spend.to_string()}));
    let days = book.days.iter();
    let days = days.map(|(day, spend)| json!({"day": day, "spend": amount(spend), "mark": spend.mark}));
    let runway = book.runway.map(|runway| {
        let days = |end: Option<RunOut>| end.map(|end| end.days.to_text(FORECAST));
        let (low, high) = (days(runway.soonest), days(runway.latest));
        json!({"days": runway.days.to_text(FORECAST), "date": runway.date, "low": low, "high": high})
    });
    json!({
        "currency": book.currency,
        "spend": amount(&book.spend),
        "mark": book.spend.mark,
        "reasons": book.spend.reasons,
        "since": book.since.to_string(),
        "balance": book.balance.map(|balance| balance.to_string()),
        "granted": book.granted.map(|granted| granted.to_string()),
        "money_in": book.money_in.to_string(),
        "expired": book.expired.to_string(),
        "coverage": book.coverage.map(|coverage| coverage.to_text(SHARE)),
        "burn_per_day": book.outlook.as_ref().map(|outlook| rounded(outlook.burn.over(DAY))),
        "pace_per_day": book.outlook.as_ref().map(|outlook| rounded(outlook.pace.over(DAY))),
        "landing": forecast(&book.landing),
        "runway": runway,
        "open": open.collect::<Vec<_>>(),
        "days": days.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
    })
}
