//! A scenario: accounts, and their events in time. It runs through the real driver on a fake Host.

mod report;
mod scenario;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::app::{Outcome, RefreshScope, refresh, statement};
use drawdown::books::bill::{Bill, Overlap};
use drawdown::books::correction::{Correction, Declared, standing};
use drawdown::books::reading::{AccountId, Observation};
use drawdown::features::{corrections, imports, manual};
use drawdown::host::{Decision, FetchError, Host, HttpRequest, Values};
use drawdown::provider::{Answer, Shape};
use drawdown::providers;
use drawdown::route::app;
use drawdown::store::{Account, Import, LoadScope, Loaded, State, root_keys};
use drawdown::text::Language;
use drawdown::time::Timestamp;
use drawdown::ui::Form;
use drawdown::vault::{DataKey, Secret};
use serde_json::Value;

use crate::fake::{Fake, save};
use crate::replay::report::{Refused, report};
use crate::replay::scenario::{Connected, Event, Imported, Recorded, Scenario, Sum};

/// The URL from which a service account requests a token.
pub(crate) const TOKENS: &str = "https://oauth2.googleapis.com/token";
const DUMMY_SERVICE_ACCOUNT: &str = r#"{"type":"service_account","client_email":"dummy","private_key":"-----BEGIN PRIVATE KEY-----MAA=-----END PRIVATE KEY-----"}"#;

/// Runs a scenario and gives the statement as JSON text.
pub fn replay(text: &str) -> Result<String, serde_json::Error> {
    let scenario: Scenario = serde_json::from_str(text)?;
    let host = Fake::new("2026-01-01T00:00:00Z");
    prepare(&host, &scenario);
    let mut refused = Vec::new();
    let mut in_order: Vec<(usize, Event)> = scenario.events.iter().cloned().enumerate().collect();
    // Declarations come last, when all readings that they may contradict are known.
    in_order.sort_by_key(|(_, event)| (event.undo.is_some(), event.declared().is_some(), event.at));
    for (place, event) in in_order {
        if let Err(why) = happen(&host, &scenario, event) {
            refused.push(Refused { event: place, why });
        }
    }
    refused.sort_by_key(|refused| refused.event);
    host.set_now(scenario.now);
    finish(&host, &scenario);
    let (statement, problems) = look(&host, |state, now| {
        let problems: Vec<_> = state.accounts.iter().map(|account| account.pulse.problem.clone()).collect();
        (statement(state, now), problems)
    });
    serde_json::to_string_pretty(&report(&statement, &problems, &refused))
}

/// A credential in the form that the provider expects. It is not valid anywhere.
pub(crate) fn dummy(provider: &str) -> Secret {
    let shape = providers::find(provider).map(|provider| provider.card.setup.shape);
    Secret::new(match shape {
        Some(Shape::ServiceAccount) => DUMMY_SERVICE_ACCOUNT,
        Some(Shape::Word) | None => "dummy",
    })
}

/// Connects the accounts, each with a dummy key, in an unlocked vault.
fn prepare(host: &Fake, scenario: &Scenario) {
    let key = DataKey::make(&mut |bytes| host.random(bytes));
    host.run(host.remember("data-key", &key.to_text())).expect("memory is large enough");
    change(host, |state| {
        state.settings.currency = scenario.settings.currency;
        state.settings.rates = scenario.settings.exchanges(scenario.now.day());
        state.settings.budget = scenario.settings.budget();
        state.settings.period_minutes = scenario.settings.period_minutes;
        state.settings.plans = scenario.plans.iter().map(|plan| plan.plan(&scenario.settings)).collect();
        for Connected { id, provider, label, source, settings, .. } in &scenario.accounts {
            let mut account = Account::without_key(id.clone(), provider, label.clone(), *source);
            account.credential = source
                .is_key()
                .then(|| key.seal(&dummy(provider), &id.0, provider, &mut |bytes| host.random(bytes)));
            account.settings = settings.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            state.accounts.push(account);
        }
    });
}

/// Stores the final status that a scenario gives its accounts.
fn finish(host: &Fake, scenario: &Scenario) {
    change(host, |state| {
        for Connected { id, read_at, problem, .. } in &scenario.accounts {
            if let Some(account) = state.account_mut(id) {
                account.pulse.read_at = account.pulse.read_at.max(*read_at);
                if problem.is_some() {
                    account.pulse.problem.clone_from(problem);
                }
            }
        }
    });
}

fn happen(host: &Fake, scenario: &Scenario, event: Event) -> Result<(), String> {
    if event.at > scenario.now {
        return Err("later than now".to_owned());
    }
    let Some(account) = scenario.accounts.iter().find(|account| account.id == event.account) else {
        return Err("no such account".to_owned());
    };
    if account.source.is_key() && providers::find(&account.provider).is_none() {
        let name = &account.provider;
        return Err(format!("{name:?} is no provider that is known"));
    }
    match event.actions() {
        0 => return Err("it says nothing".to_owned()),
        1 => {}
        _ => return Err("it says more than one thing".to_owned()),
    }
    let id = &account.id;
    if let Some(Declared { currency, kind, amount }) = event.declared() {
        host.set_now(scenario.now);
        let (amount, at) = (amount.to_string(), event.at.to_string());
        let fields = [("currency", currency.code()), ("kind", kind.name()), ("amount", &amount), ("at", &at)];
        return check_accepted(host.run(corrections::declare(&app(host), &form(id, &fields))));
    }
    if let Some(place) = event.undo {
        host.set_now(scenario.now);
        let undone = scenario.events.get(place).ok_or("nothing that was stated there is in effect")?;
        let correction = match undone.declared() {
            _ if undone.import.is_some() => import_at(host, id, undone.at),
            Some(declared) => name_of(host, id, undone.at, declared),
            None => None,
        };
        let what = if undone.import.is_some() { "imported" } else { "stated" };
        let correction = correction.ok_or_else(|| format!("nothing that was {what} there is in effect"))?;
        return check_accepted(
            host.run(corrections::undo(&app(host), &form(id, &[("correction", &correction)]))),
        );
    }
    host.set_now(event.at);
    if let Some(imported) = event.import {
        return import(host, id, &imported);
    }
    if let Some((role, readings)) = event.reading {
        return observe(host, id, Observation { at: event.at, role, readings });
    }
    if let Some(bill) = event.bill {
        return take_bill(host, id, bill);
    }
    if let Some(amount) = event.typed {
        let amount = amount.to_string();
        return check_accepted(host.run(manual::keep_figure(&app(host), &form(id, &[("amount", &amount)]))));
    }
    if let Some(Sum { amount, currency }) = event.left {
        let fields = [("currency", currency.code()), ("amount", &amount.to_string())];
        return check_accepted(host.run(manual::keep_left(&app(host), &form(id, &fields))));
    }
    let answers = Rc::new(RefCell::new(event.answers.unwrap_or_default()));
    host.answers(move |request| answer(&mut answers.borrow_mut(), request));
    let is_late = look(host, |state, now| {
        state.account(&account.id).is_some_and(|account| account.last.iter().any(|last| last.at >= now))
    });
    host.run(refresh(&app(host), RefreshScope::Only(id))).map_err(|trouble| format!("{trouble:?}"))?;
    // A failed refresh shows its problem; only a successful reading can be too late.
    let is_read = look(host, |state, _| {
        state.account(&account.id).is_some_and(|account| account.pulse.problem.is_none())
    });
    if is_late && is_read { Err("not later than the last reading".to_owned()) } else { Ok(()) }
}

/// Records a stored reading, as the refresh that read it did.
fn observe(host: &Fake, id: &AccountId, observed: Observation) -> Result<(), String> {
    let at = observed.at;
    let is_taken = change(host, |state| {
        let is_taken = state.observe(id, observed);
        if let Some(account) = state.account_mut(id) {
            account.pulse.read_at = account.pulse.read_at.max(Some(at));
        }
        is_taken
    });
    if is_taken { Ok(()) } else { Err("not later than the last reading".to_owned()) }
}

/// Records a stored bill, from an API or a file, for its day.
fn take_bill(host: &Fake, id: &AccountId, bill: Bill) -> Result<(), String> {
    let scope = LoadScope::of_bills(id, [&bill].into_iter());
    let is_taken = change_at(host, &scope, |state, now| state.bill(id, vec![bill], now), true);
    if is_taken { Ok(()) } else { Err("its month is not loaded".to_owned()) }
}

/// The form of a command about an account.
fn form(id: &AccountId, fields: &[(&str, &str)]) -> Form {
    let fields: Vec<_> = [("account", id.0.as_str())].into_iter().chain(fields.iter().copied()).collect();
    Form::new("", &fields)
}

/// Fails with the reason if a command was rejected.
fn check_accepted(outcome: Outcome) -> Result<(), String> {
    outcome.map(|_| ()).map_err(|rejected| rejected.sentence(Language::English))
}

/// Imports a file. It replaces other files' bills for its days, unless the scenario says otherwise. A file of another provider is
/// imported only if the scenario says how.
fn import(host: &Fake, id: &AccountId, Imported { name, text, overlap }: &Imported) -> Result<(), String> {
    let is_known = |name: &str| Overlap::parse(name).is_some();
    if !overlap.as_deref().is_none_or(is_known) {
        return Err("an overlap is \"replace\" or \"add\"".to_owned());
    }
    let file = [("file.0", STANDARD.encode(text)), ("file.0.name", name.clone())];
    let file = file.each_ref().map(|(name, value)| (*name, value.as_str()));
    check_accepted(host.run(imports::import(&app(host), &form(id, &file))))?;
    // If the file waits, the page now shows its question.
    let Some(waiting) = host.session.borrow().get("waiting-file").cloned() else { return Ok(()) };
    let waiting: Value = serde_json::from_str(&waiting).expect("it is JSON");
    let Some(asked) = waiting["asks"].get("Overlap") else {
        return Err("the page asks which columns are meant".to_owned());
    };
    if overlap.is_none() && !asked["other_provider"].is_null() {
        return Err("it is of another provider".to_owned());
    }
    let overlap = overlap.as_deref().unwrap_or("replace");
    check_accepted(host.run(imports::answer(&app(host), &form(id, &[("settings.overlap", overlap)]))))
}

/// The id of the import at this time, if it was not undone.
fn import_at(host: &Fake, id: &AccountId, at: Timestamp) -> Option<String> {
    look(host, |state, _| {
        let mut standing = state.account(id)?.standing_imports();
        standing.find(|import| import.at == at).map(Import::id)
    })
}

/// The id of a declaration that was not undone.
fn name_of(host: &Fake, id: &AccountId, at: Timestamp, declared: Declared) -> Option<String> {
    look_within(host, &LoadScope::Answerable, |state, _| {
        let history = state.history(state.account(id)?);
        let mut standing = standing(history.corrections.iter().copied());
        let is_it = |(known, fact): &(&Correction, &Declared)| known.at == at && **fact == declared;
        standing.find(is_it).map(|(known, _)| known.id.clone())
    })
}

/// The first unused answer whose URL is contained in the request's, otherwise the last used one, otherwise a 404.
fn answer(recorded: &mut [Recorded], request: &HttpRequest) -> Result<Answer, FetchError> {
    // A scenario may leave out the answer with a service account's token.
    if request.url == TOKENS && !recorded.iter().any(|recorded| request.url.contains(&recorded.url)) {
        let body = r#"{"access_token":"dummy","expires_in":3600}"#.to_owned();
        return Ok(Answer::new(200, body));
    }
    let times = recorded.iter().filter_map(|recorded| recorded.used).max().unwrap_or(0);
    let fitting = recorded.iter_mut().filter(|recorded| request.url.contains(&recorded.url));
    // The first unused one, or else the used one that was taken last.
    let Some(taken) = fitting.min_by_key(|recorded| (recorded.used.is_some(), Reverse(recorded.used))) else {
        return Ok(Answer::new(404, ""));
    };
    taken.used = Some(times + 1);
    if let Some(error) = &taken.error {
        return Err(if error == "timeout" { FetchError::TimedOut } else { FetchError::Offline });
    }
    let retry_after = taken.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
    Ok(Answer {
        status: taken.status.unwrap_or(200),
        retry_after: retry_after.map(|(_, value)| text(value)),
        date: None,
        body: text(&taken.body),
    })
}

/// A string as it is, any other value as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads the stored state, at the host's time.
pub fn look<T>(host: &Fake, look: impl FnOnce(&State, Timestamp) -> T) -> T {
    look_within(host, &LoadScope::Lately, look)
}

/// Reads the stored state with these months and days loaded.
pub fn look_within<T>(host: &Fake, reach: &LoadScope, look: impl FnOnce(&State, Timestamp) -> T) -> T {
    change_at(host, reach, |state, now| look(state, now), false)
}

/// Changes the stored state.
pub fn change<T>(host: &Fake, change: impl FnOnce(&mut State) -> T) -> T {
    change_at(host, &LoadScope::Lately, |state, _| change(state), true)
}

fn change_at<T>(
    host: &Fake,
    reach: &LoadScope,
    change: impl FnOnce(&mut State, Timestamp) -> T,
    is_kept: bool,
) -> T {
    let (mut change, mut value) = (Some(change), None);
    let mut step = |stored: &Values| {
        let mut state = match State::load(stored, host.now(), reach) {
            Loaded::Needs(keys) => return Decision::Need(keys),
            Loaded::Complete(state) => *state,
            Loaded::Unusable(unusable) => panic!("{unusable:?}"),
        };
        value = change.take().map(|change| change(&mut state, host.now()));
        if is_kept { Decision::Write(save(&mut state)) } else { Decision::Leave }
    };
    host.run(host.change(root_keys(), &mut step)).expect("memory is large enough");
    value.expect("it was loaded")
}
