//! Estimates of cost: of a text, of a top-up, of more use. None is stored.
//!
//! While the user enters a text, it is counted again after each change, and its cost is shown if the prices are known. A form
//! that is sent also shows what is missing.

mod counting;
mod view;
mod words;

pub(crate) use view::{counted, section};

use core::ops::RangeInclusive;

use crate::app::tx::look;
use crate::app::{App, Done, Outcome, Rejected, statement};
use crate::books::reading::AccountId;
use crate::books::statement::AccountStatement;
use crate::books::tokens::{Count, Estimate, Method, TokenPrices};
use crate::features::estimate::counting::{Text, Turn};
use crate::features::estimate::words::{Found, Lasts, words};
use crate::host::Host;
use crate::money::{Amount, Currency, Money};
use crate::store::State;
use crate::time::{DAY, Timestamp};
use crate::ui::Form;

/// The provider whose models use the vocabulary.
const DEEPSEEK: &str = "deepseek";
/// The growth of use that can be entered, in percent.
const GROWTH: RangeInclusive<i32> = -100..=10_000;

/// A book and one of its models.
struct BookOf {
    account: AccountId,
    currency: Currency,
    model: String,
}

impl BookOf {
    /// Parses `ID CURRENCY MODEL`.
    fn parse(form: &Form) -> Option<BookOf> {
        let (account, rest) = form.text("of").split_once(' ')?;
        let (currency, model) = rest.split_once(' ')?;
        let account = AccountId(account.to_owned());
        Some(BookOf { account, currency: Currency::parse(currency)?, model: model.to_owned() })
    }
}

/// The prices that were typed: both or none.
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

/// The number of tokens of the answer, as entered.
fn answer(form: &Form) -> Result<u64, Rejected> {
    let bad_tokens = || Rejected::of(words, |words| words.bad_tokens);
    Ok(form.parse("answer", |text| text.parse::<u32>().ok(), bad_tokens)?.map_or(0, u64::from))
}

/// The cost of a text and its answer, at the prices entered or else at a model's prices.
pub(crate) async fn text<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (text, answer, prices) = (Text::parse(form)?, answer(form)?, typed_prices(form)?);
    if text.is_empty() && answer == 0 {
        return Err(Rejected::of(words, |words| words.nothing_to_price));
    }
    let found = find(app, form, text, answer, prices).await?;
    if found.estimate.is_none() {
        return Err(Rejected::of(words, |words| words.no_prices_entered));
    }
    Ok(Done::says(move |language| (words(language).found)(&found)).in_section("count"))
}

/// The same while the text is being entered: shows what can be computed from the fields so far.
pub(crate) async fn live<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let text = Text::parse(form)?;
    let (answer, prices) = (answer(form).unwrap_or_default(), typed_prices(form).unwrap_or_default());
    if text.is_empty() && answer == 0 {
        return Ok(Done::silently());
    }
    let found = find(app, form, text, answer, prices).await?;
    Ok(if found.counted.is_none() && found.estimate.is_none() {
        Done::silently()
    } else {
        Done::says(move |language| (words(language).found)(&found))
    })
}

/// Counts a text, and prices it and its answer if a price is known.
async fn find<H: Host>(
    app: &App<'_, H>,
    form: &Form,
    text: Text,
    answer: u64,
    prices: Option<TokenPrices>,
) -> Result<Found, Rejected> {
    let (turn, of) = (Turn::begin(app, form), BookOf::parse(form));
    let known = |state: &State, _| {
        let exported = of.and_then(|BookOf { account, currency, model }| {
            let account = state.account(&account)?;
            let method = if account.provider == DEEPSEEK { Method::Vocabulary } else { Method::Rule };
            Some((TokenPrices::find(&account.prices, &model, currency)?, method))
        });
        (exported, app.language(&state.settings))
    };
    let (exported, language) = look(app, known).await?;
    let method = if form.text("by") == "other" { Method::Rule } else { Method::Vocabulary };
    let terms = prices.map(|prices| (prices, method)).or(exported);
    let counted = if text.is_empty() { None } else { Some(text.count(app, &turn, language).await?) };
    let estimate = terms.map(|(terms, method)| {
        let (count, method) = counted.map_or((Count::NONE, method), |counted| counted.by(method));
        Estimate { count, method, answer, terms }
    });
    Ok(Found { counted, estimate })
}

/// How long a balance lasts after a top-up.
pub(crate) async fn top_up<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let more = form.amount("amount")?.filter(|amount| !amount.is_zero());
    let more = more.ok_or_else(|| Rejected::phrase(|words| words.bad_amount).at("amount"))?;
    let no_pace = || Rejected::of(words, |words| words.no_pace);
    let book = BookOf::parse(form).ok_or_else(no_pace)?;
    let more = more.amount_in(book.currency)?;
    let lasts = look(app, |state, now| lasts(state, now, &book, more)).await?.ok_or_else(no_pace)?;
    Ok(Done::says(move |language| (words(language).lasts)(&lasts)))
}

/// `None` if the balance has no pace yet.
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

/// This month's and next month's forecast if use grows.
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
