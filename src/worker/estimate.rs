//! What something would cost: a text, a top-up, more use. Nothing of it is stored.

use crate::command::Maybe;
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::period::DAY;
use crate::reading::AccountId;
use crate::screen::{Field, Lasts, Said};
use crate::state::{Reach, State};
use crate::statement::AccountStatement;
use crate::tokens::{Count, Estimate, Terms};
use crate::worker::Trouble;
use crate::worker::commit::{look, look_within, statement};

/// A book of an account, and what of it.
type Book = (AccountId, Currency, String);

/// The least and the most by which use may grow, in percent.
const GROWTH: core::ops::RangeInclusive<i32> = -100..=10_000;

/// Prices as the user entered them, for a million tokens.
pub(super) struct Typed {
    pub(super) input: Maybe<Amount>,
    pub(super) output: Maybe<Amount>,
    pub(super) currency: Maybe<Currency>,
}

/// What a text and its answer would cost: at the prices that are entered, else at those of a model.
pub(super) async fn estimate<H: Host>(
    host: &H,
    count: Option<Count>,
    answer: Maybe<u32>,
    of: Option<Book>,
    typed: Typed,
) -> Result<Said, Trouble> {
    let Some(count) = count else { return Ok(Said::TextTooLong) };
    let answer = match answer {
        Maybe::Empty => 0,
        Maybe::Is(answer) => u64::from(answer),
        Maybe::Unreadable => return Ok(Said::BadField(Field::Tokens)),
    };
    if (count.tokens, count.unknown, answer) == (0, 0, 0) {
        return Ok(Said::NothingToPrice);
    }
    let terms = match typed.terms() {
        Ok(None) => {
            let known = |state: &State, _| {
                let (id, currency, name) = of?;
                Terms::of(&state.account(&id)?.prices, &name, currency)
            };
            look_within(host, &Reach::Accounts, known).await?
        }
        Ok(typed) => typed,
        Err(field) => return Ok(Said::BadField(field)),
    };
    Ok(terms.map_or(Said::NoPrices, |terms| Said::Estimated(Estimate { count, answer, terms })))
}

impl Typed {
    /// The terms, where there are any; or what of them cannot be read.
    fn terms(&self) -> Result<Option<Terms>, Field> {
        match (self.input, self.output, self.currency) {
            (Maybe::Empty, Maybe::Empty, _) => Ok(None),
            (Maybe::Is(input), Maybe::Is(output), Maybe::Is(currency)) => {
                Ok(Some(Terms { currency, input, cached: None, output, on: None }))
            }
            (Maybe::Is(_), Maybe::Is(_), _) => Err(Field::Currency),
            _ => Err(Field::Prices),
        }
    }
}

/// How long a balance would last with more in it.
pub(super) async fn top_up<H: Host>(
    host: &H,
    of: Option<Book>,
    amount: Maybe<Amount>,
) -> Result<Said, Trouble> {
    let more = match amount {
        Maybe::Is(more) if more > Amount::ZERO => more,
        _ => return Ok(Said::BadField(Field::Amount)),
    };
    look(host, |state, now| {
        let statement = statement(state, now);
        let lasts = of.and_then(|(id, currency, _)| {
            let account = statement.accounts.iter().find(|account| account.id == id)?;
            let book = account.counted().find(|book| book.currency == currency)?;
            let pace = book.burn.as_ref()?.figure(DAY);
            Some(Said::Lasts(Lasts {
                more: Money { amount: more, currency },
                left: book.balance? + more,
                pace,
                until: book.lasts_with(more, now).map(|runway| runway.date),
                before: book.runway.map(|runway| runway.date),
            }))
        });
        lasts.unwrap_or(Said::NoPace)
    })
    .await
}

/// Where the month lands, and the next, if use grows.
pub(super) async fn growth<H: Host>(host: &H, percent: Maybe<i32>) -> Result<Said, Trouble> {
    let percent = match percent {
        Maybe::Is(percent) if GROWTH.contains(&percent) => percent,
        _ => return Ok(Said::BadField(Field::Percent)),
    };
    look(host, |state, now| {
        let statement = statement(state, now);
        let has_pace =
            statement.accounts.iter().flat_map(AccountStatement::counted).any(|book| book.burn.is_some());
        match statement.total.currency.filter(|_| has_pace) {
            Some(currency) => Said::Grown(percent, statement.grown(percent), currency),
            None => Said::NoPace,
        }
    })
    .await
}
