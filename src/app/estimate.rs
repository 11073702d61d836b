//! What something would cost: a text, a top-up, more use. Nothing of it is stored.

use core::ops::RangeInclusive;

use crate::app::context::App;
use crate::app::context::statement;
use crate::app::failure::Failure;
use crate::app::tx::look;
use crate::books::statement::AccountStatement;
use crate::books::tokens::{Count, Estimate, TokenPrices};
use crate::command::{BookOf, Maybe, WhatIf};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::screen::{Field, Lasts, Said};
use crate::store::State;
use crate::time::{DAY, Timestamp};

/// By how many percent use may grow.
const GROWTH: RangeInclusive<i32> = -100..=10_000;

/// Works it out, from what is known now.
pub(super) async fn estimate<H: Host>(app: &App<'_, H>, asked: WhatIf) -> Result<Said, Failure> {
    look(app, |state, now| match asked {
        WhatIf::Text { count, answer, of, input, output, currency } => {
            let typed = typed(input, output, currency);
            text(count, answer, typed, || of.and_then(|of| terms(state, &of)))
        }
        WhatIf::TopUp { of, amount: Maybe::Is(more) } if more > Amount::ZERO => {
            let lasts = of.and_then(|of| top_up(state, now, &of, more));
            lasts.map_or(Said::NoPace, Said::Lasts)
        }
        WhatIf::TopUp { .. } => Said::BadField(Field::Amount),
        WhatIf::Growth(Maybe::Is(percent)) if GROWTH.contains(&percent) => growth(state, now, percent),
        WhatIf::Growth(_) => Said::BadField(Field::Percent),
    })
    .await
}

/// What a text and its answer would cost: at the prices that are typed, else at those that are known.
fn text(
    count: Option<Count>,
    answer: Maybe<u32>,
    typed: Result<Option<TokenPrices>, Field>,
    known: impl FnOnce() -> Option<TokenPrices>,
) -> Said {
    let Some(count) = count else { return Said::TextTooLong };
    let answer = match answer {
        Maybe::Empty => 0,
        Maybe::Is(answer) => u64::from(answer),
        Maybe::Unreadable => return Said::BadField(Field::Tokens),
    };
    if (count.tokens, count.unknown, answer) == (0, 0, 0) {
        return Said::NothingToPrice;
    }
    match typed {
        Ok(typed) => {
            let terms = typed.or_else(known);
            terms.map_or(Said::NoPrices, |terms| Said::Estimated(Estimate { count, answer, terms }))
        }
        Err(field) => Said::BadField(field),
    }
}

/// The terms that are typed, where any are; or what of them cannot be read.
fn typed(
    input: Maybe<Amount>,
    output: Maybe<Amount>,
    currency: Maybe<Currency>,
) -> Result<Option<TokenPrices>, Field> {
    match (input, output, currency) {
        (Maybe::Empty, Maybe::Empty, _) => Ok(None),
        (Maybe::Is(input), Maybe::Is(output), Maybe::Is(currency)) => {
            Ok(Some(TokenPrices { currency, input, cached: None, output, on: None }))
        }
        (Maybe::Is(_), Maybe::Is(_), _) => Err(Field::Currency),
        _ => Err(Field::Prices),
    }
}

/// The terms that an export told.
fn terms(state: &State, BookOf { account, currency, model }: &BookOf) -> Option<TokenPrices> {
    TokenPrices::find(&state.account(account)?.prices, model, *currency)
}

/// How long a balance would last with more in it. `None` where it has no pace yet.
fn top_up(state: &State, now: Timestamp, of: &BookOf, more: Amount) -> Option<Lasts> {
    let statement = statement(state, now);
    let account = statement.accounts.iter().find(|account| account.id == of.account)?;
    let book = account.counted().find(|book| book.currency == of.currency)?;
    Some(Lasts {
        more: Money { amount: more, currency: of.currency },
        left: book.balance? + more,
        pace: book.balance_burn.as_ref()?.figure(DAY),
        until: book.lasts_with(more, now).map(|dry| dry.date),
        before: book.runway.map(|runway| runway.date),
    })
}

/// Where the month lands, and the next, if use grows.
fn growth(state: &State, now: Timestamp, percent: i32) -> Said {
    let statement = statement(state, now);
    let mut books = statement.accounts.iter().flat_map(AccountStatement::counted);
    match statement.total.currency.filter(|_| books.any(|book| book.burn.is_some())) {
        Some(currency) => Said::Grown(percent, statement.grown(percent), currency),
        None => Said::NoPace,
    }
}
