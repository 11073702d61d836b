//! The record of forecasts: the forecasts of about the tenth of a month are stored and later compared with the month's result
//! (rule F7).
//!
//! The last step of a refresh. It writes once a month for the total and for each book, and otherwise nothing.

use crate::app::tx::Step;
use crate::app::{App, Failure};
use crate::books::past_forecast::{PastForecast, is_known, remember};
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::State;
use crate::time::Timestamp;

/// The forecasts to store.
struct News {
    total: Option<PastForecast>,
    books: Vec<(AccountId, PastForecast)>,
}

impl News {
    fn is_empty(&self) -> bool {
        self.total.is_none() && self.books.is_empty()
    }
}

/// Stores this month's forecasts if it is time and they are not stored yet.
pub(crate) async fn after_refresh<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    if !PastForecast::is_day(app.host.now().day()) {
        return Ok(());
    }
    let is_nothing_new = Step::lately().only(&[]).look(app, |state, now| news(app, state, now).is_empty());
    if is_nothing_new.await? {
        return Ok(());
    }
    let kept = Step::lately().only(&[]).commit(app, |state, now| {
        let News { total, books } = news(app, state, now);
        remember(&mut state.forecasts, total, now.month());
        for (id, forecast) in books {
            if let Some(account) = state.account_mut(&id) {
                remember(&mut account.forecasts, [forecast], now.month());
            }
        }
    });
    kept.await
}

fn news<H: Host>(app: &App<'_, H>, state: &State, now: Timestamp) -> News {
    let statement = app.statement(state, now);
    let is_new =
        |kept: &[PastForecast], forecast: &PastForecast| !is_known(kept, forecast.month(), forecast.currency);
    let current = state.accounts.iter().zip(&statement.accounts).filter(|(_, account)| !account.is_ended);
    let books = current.flat_map(|(account, known)| {
        let forecast = known.counted().filter_map(|book| book.past_forecast(now));
        let new = forecast.filter(|forecast| is_new(&account.forecasts, forecast));
        new.map(|forecast| (account.id.clone(), forecast)).collect::<Vec<_>>()
    });
    News {
        total: statement.past_forecast().filter(|forecast| is_new(&state.forecasts, forecast)),
        books: books.collect(),
    }
}
