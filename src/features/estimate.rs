//! What something would cost: a text, a top-up, more use. Nothing of it is stored.

mod view;
mod words;

pub(crate) use view::section;

use core::ops::RangeInclusive;

use crate::app::tx::look;
use crate::app::{App, Done, Outcome, Rejected, statement};
use crate::books::reading::AccountId;
use crate::books::statement::AccountStatement;
use crate::books::tokens::{Count, Estimate, TokenPrices, count};
use crate::features::estimate::words::{Lasts, words};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::store::State;
use crate::time::{DAY, Timestamp};
use crate::ui::Form;

/// By how many percent use may grow.
const GROWTH: RangeInclusive<i32> = -100..=10_000;

/// A text and its answer, as they were entered.
struct Text {
    count: Count,
    /// Tokens of the answer.
    answer: u64,
    /// The prices that were typed; `None` for those that an export reported.
    prices: Option<TokenPrices>,
    /// The model whose prices an export reported.
    model: Option<BookOf>,
}

/// A book, and which of its models.
struct BookOf {
    account: AccountId,
    currency: Currency,
    model: String,
}

impl Text {
    fn parse(form: &Form) -> Result<Text, Rejected> {
        let count = count(form.text("text")).ok_or_else(|| Rejected::of(words, |words| words.too_long))?;
        let bad_tokens = || Rejected::of(words, |words| words.bad_tokens);
        let answer = form.parse("answer", |text| text.parse::<u32>().ok(), bad_tokens)?.map_or(0, u64::from);
        if (count.tokens, count.unknown, answer) == (0, 0, 0) {
            return Err(Rejected::of(words, |words| words.nothing_to_price));
        }
        Ok(Text { count, answer, prices: typed_prices(form)?, model: BookOf::parse(form) })
    }
}

impl BookOf {
    /// `ID CURRENCY MODEL`.
    fn parse(form: &Form) -> Option<BookOf> {
        let (account, rest) = form.text("of").split_once(' ')?;
        let (currency, model) = rest.split_once(' ')?;
        let account = AccountId(account.to_owned());
        Some(BookOf { account, currency: Currency::parse(currency)?, model: model.to_owned() })
    }
}

/// The prices that were typed: both, or none.
fn typed_prices(form: &Form) -> Result<Option<TokenPrices>, Rejected> {
    let bad_prices = || Rejected::of(words, |words| words.bad_prices);
    let price = |name: &str| match form.signed_amount(name, bad_prices)? {
        Some(price) if price.is_negative() => Err(bad_prices().at(name)),
        price => Ok(price),
    };
    match (price("input")?, price("output")?) {
        (None, None) => Ok(None),
        (Some(input), Some(output)) => {
            let currency = form.needed_currency("currency")?;
            let (input, output) = (input.amount_in(currency)?, output.amount_in(currency)?);
            Ok(Some(TokenPrices { currency, input, cached: None, output, on: None }))
        }
        _ => Err(bad_prices()),
    }
}

/// What a text and its answer would cost: at the prices that were typed, else at those of a model.
pub(crate) async fn text<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Text { count, answer, prices, model } = Text::parse(form)?;
    let known = |state: &State, _| {
        let BookOf { account, currency, model } = model?;
        TokenPrices::find(&state.account(&account)?.prices, &model, currency)
    };
    let prices = if prices.is_some() { prices } else { look(app, known).await? };
    let terms = prices.ok_or_else(|| Rejected::of(words, |words| words.no_prices_entered))?;
    let estimate = Estimate { count, answer, terms };
    Ok(Done::says(move |language| (words(language).estimated)(&estimate)))
}

/// How long a balance would last with more in it.
pub(crate) async fn top_up<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let more = form.amount("amount")?.filter(|amount| !amount.is_zero());
    let more = more.ok_or_else(|| Rejected::phrase(|words| words.bad_amount).at("amount"))?;
    let no_pace = || Rejected::of(words, |words| words.no_pace);
    let book = BookOf::parse(form).ok_or_else(no_pace)?;
    let more = more.amount_in(book.currency)?;
    let lasts = look(app, |state, now| lasts(state, now, &book, more)).await?.ok_or_else(no_pace)?;
    Ok(Done::says(move |language| (words(language).lasts)(&lasts)))
}

/// `None` where the balance has no pace yet.
fn lasts(state: &State, now: Timestamp, of: &BookOf, more: Amount) -> Option<Lasts> {
    let statement = statement(state, now);
    let account = statement.accounts.iter().find(|account| account.id == of.account)?;
    let book = account.counted().find(|book| book.currency == of.currency)?;
    Some(Lasts {
        more: Money { amount: more, currency: of.currency },
        left: book.balance? + more,
        pace: book.balance_outlook.as_ref()?.pace.figure(DAY),
        until: book.lasts_with(more, now).map(|run_out| run_out.date),
        before: book.runway.map(|runway| runway.date),
    })
}

/// This month's forecast and next month's, if use grows.
pub(crate) async fn growth<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let read = |text: &str| text.strip_suffix('%').unwrap_or(text).trim().parse().ok();
    let bad_percent = || Rejected::of(words, |words| words.bad_percent);
    let percent = form.parse("percent", read, bad_percent)?.filter(|percent| GROWTH.contains(percent));
    let percent = percent.ok_or_else(bad_percent)?;
    let grown = look(app, |state, now| {
        let statement = statement(state, now);
        let mut books = statement.accounts.iter().flat_map(AccountStatement::counted);
        let currency = statement.total.currency.filter(|_| books.any(|book| book.outlook.is_some()))?;
        Some((statement.grown(percent), currency))
    });
    let (figures, currency) = grown.await?.ok_or_else(|| Rejected::of(words, |words| words.no_pace))?;
    Ok(Done::says(move |language| (words(language).grown)(percent, &figures, currency)))
}
