//! What several pages and features share: components, charts, formats, forms, and words.
//!
//! Knows how a figure is written and how a form is read. Does not know how a figure came about, a feature, or the browser:
//! times are left as `<time>` elements that the page fills in the reader's zone, and no style or script is inlined,
//! because the content policy refuses both.
//!
//! A page is a row of sections, each with an id; the page replaces those that changed. A section with nothing to show
//! is there, empty and hidden.

mod amount_input;
pub(crate) mod balance_chart;
pub(crate) mod breakdown;
pub mod chart;
pub(crate) mod components;
pub(crate) mod currency_select;
mod form;
pub(crate) mod forecast;
pub(crate) mod format;
pub(crate) mod links;
pub(crate) mod parts;
pub(crate) mod rejected;
pub(crate) mod words;

pub use amount_input::AmountInput;
pub(crate) use amount_input::field_text;
pub use form::{File, Form};

use crate::app::View;
use crate::books::figure::{Figure, Mark};
use crate::books::reading::AccountId;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::money::{Amount, Currency};
use crate::store::Account;
use crate::text::Text;
use crate::time::Day;
use crate::ui::words::Words;

impl View<'_> {
    /// The phrases that several features share.
    pub(crate) fn words(&self) -> &'static Words {
        words::words(self.language)
    }

    /// A card's prose in the reader's language.
    pub(crate) fn text(&self, text: &Text) -> &'static str {
        text.pick(self.language)
    }

    /// An amount in full, unless amounts are hidden.
    pub(crate) fn money(&self, amount: Amount, currency: Currency) -> String {
        if self.state.settings.is_hidden {
            format::HIDDEN.to_owned()
        } else {
            format::money(amount, currency)
        }
    }

    /// What a book spent this month, as it is shown, see [`Self::month_parts`].
    pub(crate) fn spent(&self, book: &BookStatement) -> Figure {
        let found = self.month_parts().0.into_iter().find(|(other, _)| core::ptr::eq(*other, book));
        found.map_or(book.spend, |(_, shown)| shown)
    }

    /// The books whose spend the month's total holds, and the subscriptions charged, each as it is shown: together they add
    /// up to the total. No such claim is made where an amount is converted.
    pub(crate) fn month_parts(&self) -> (Vec<(&BookStatement, Figure)>, Figure) {
        let total = &self.statement.total;
        let is_apart = |book: &&BookStatement| total.not_converted.iter().any(|(of, _)| *of == book.currency);
        let books = self.statement.accounts.iter().flat_map(AccountStatement::counted);
        let books: Vec<&BookStatement> = books.filter(|book| !is_apart(book)).collect();
        let plans = Figure::new(total.plans, Mark::Exact, []);
        let mut parts: Vec<Figure> = books.iter().map(|book| book.spend).chain([plans]).collect();
        let is_converted = books.iter().any(|book| Some(book.currency) != total.currency);
        if let Some(currency) = total.currency.filter(|_| !is_converted) {
            parts = parts::shown(&total.so_far(), &parts, currency);
        }
        let plans = parts.pop().unwrap_or(plans);
        (books.into_iter().zip(parts).collect(), plans)
    }

    /// An amount that a person chose, without cents where it has none.
    pub(crate) fn round_money(&self, amount: Amount, currency: Currency) -> String {
        let money = self.money(amount, currency);
        let is_whole = amount.rounded(0) == amount;
        money.strip_suffix(".00").filter(|_| is_whole).map_or_else(|| money.clone(), str::to_owned)
    }

    /// An account's name in full, by its id, with what its spend covers.
    pub(crate) fn name_of(&self, id: &AccountId) -> String {
        self.state.account(id).map(|account| self.name(account)).unwrap_or_default()
    }

    /// An account's name in full, with what its spend covers.
    pub(crate) fn name(&self, account: &Account) -> String {
        let name = account.name();
        self.scope(account).map(|scope| format!("{name} {scope}")).unwrap_or(name)
    }

    /// What the spend of an account covers, where its provider's keys differ in it (rule L16).
    pub(crate) fn scope(&self, account: &Account) -> Option<&'static str> {
        let scope = account.card()?.scope.filter(|_| account.source.is_key())?;
        Some((self.words().scope)(scope))
    }

    /// A day, with its year where that is another than this.
    pub(crate) fn date(&self, day: Day) -> String {
        self.language.date_near(day, self.statement.month)
    }
}
