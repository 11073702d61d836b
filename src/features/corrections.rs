//! Corrections: money that came in or left without being spent, which only the user knows. The user declares it at any time or in
//! answer to a window's question, and can undo it.

mod view;
mod words;

pub(crate) use view::{Asked, questions, short_question, state_form, stated};

use crate::app::session::make_name;
use crate::app::tx::{Step, commit_once, look_within};
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::correction::{Correction, Declared, Fact, Kind, ManualFigure, standing};
use crate::books::ledger::{Contradiction, derive};
use crate::books::reading::AccountId;
use crate::features::corrections::words::words;
use crate::host::Host;
use crate::money::{Currency, Money};
use crate::store::{LoadScope, State};
use crate::time::Timestamp;
use crate::ui::Form;

/// A declaration as it was entered.
struct Declare {
    account: AccountId,
    declared: Declared,
    /// `None` for now.
    at: Option<Timestamp>,
}

impl Declare {
    fn parse(form: &Form) -> Result<Declare, Rejected> {
        let currency = Currency::parse(form.text("currency")).ok_or_else(Rejected::unexpected)?;
        let kind = Kind::parse(form.text("kind")).ok_or_else(Rejected::unexpected)?;
        let amount = form.needed_amount("amount")?.amount_in(currency)?;
        let at = form.time("at")?;
        // Zero expired or zero refunded is an answer; a top-up of zero is not.
        if amount.is_zero() && matches!(kind, Kind::TopUp | Kind::Gift) {
            return Err(Rejected::phrase(|words| words.bad_amount).at("amount"));
        }
        Ok(Declare { account: form.account(), declared: Declared { currency, kind, amount }, at })
    }
}

/// Stores a declaration, unless it makes a spend negative (rule L5). The same declaration twice counts once: a click may arrive
/// twice.
pub async fn declare<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Declare { account: id, declared, at } = Declare::parse(form)?;
    let at = at.unwrap_or_else(|| app.host.now());
    let correction = Correction { id: make_name(app), at, fact: Fact::Declared(declared) };
    commit_once(app, &LoadScope::Answerable, &form.submission(), Done::saved(), |state, now| {
        if is_stated(state, &id, &correction) {
            return Ok(Done::saved());
        }
        // "Nothing expired" is an answer without an amount.
        let money = Money { amount: declared.amount, currency: declared.currency };
        let done = Done::saved_money(state, Some(money).filter(|money| !money.amount.is_zero()));
        let undo = [("account", id.0.clone()), ("correction", correction.id.clone())];
        if let Some(contradiction) = contradiction(state, &id, &correction, now) {
            let currency = declared.currency;
            return Err(Rejected::says(move |language| {
                (words(language).contradiction)(&contradiction, currency)
            }));
        }
        state.correct(&id, correction, now)?;
        Ok(done.undone_by("undo", undo))
    })
    .await
}

/// Undoes a declaration, a typed figure or a whole import. Declarations and imports are identified by their names, a typed figure
/// by its stored text.
pub async fn undo<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (id, correction) = (&form.account(), form.text("correction"));
    let done = Done::undone();
    let scope = look_within(app, &LoadScope::Accounts, |state, _| {
        let account = state.account(id)?;
        Some(LoadScope::of_import(account, account.import_of(correction)?))
    });
    if let Some(scope) = scope.await? {
        let undo = |state: &mut State, now| Ok(state.undo_import(id, correction, now)?);
        return Step::within(&scope).try_commit(app, undo).await.map(|()| done);
    }
    let name = make_name(app);
    let undo = |state: &mut State, now| {
        if let Ok(typed) = ManualFigure::try_from(correction.to_owned()) {
            return Ok(state.untype(id, &typed, now)?);
        }
        let undone = Correction { id: name, at: now, fact: Fact::Undone(correction.to_owned()) };
        Ok(state.correct(id, undone, now)?)
    };
    Step::within(&LoadScope::Answerable).try_commit(app, undo).await.map(|()| done)
}

fn is_stated(state: &State, id: &AccountId, correction: &Correction) -> bool {
    let Some(account) = state.account(id) else { return false };
    let history = state.history(account);
    let mut standing = standing(history.corrections.iter().copied());
    standing.any(|(known, _)| known.at == correction.at && known.fact == correction.fact)
}

/// The contradiction if the declaration would make its window's spend negative.
fn contradiction(
    state: &State,
    id: &AccountId,
    correction: &Correction,
    now: Timestamp,
) -> Option<Contradiction> {
    let Fact::Declared(Declared { currency, .. }) = correction.fact else { return None };
    let mut history = state.history(state.account(id)?);
    history.corrections.push(correction);
    let ledger = derive(&history, now);
    let windows = &ledger.book_of(currency)?.windows;
    let place = windows.partition_point(|window| window.span.to < correction.at);
    windows.get(place).filter(|window| window.span.from < correction.at)?.contradiction
}
