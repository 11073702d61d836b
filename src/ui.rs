//! Code that several pages and features share: components, charts, formats, forms, and words.
//!
//! Knows how to write a figure and read a form. Does not know how a figure was computed, nor any feature or the browser: times
//! are `<time>` elements that the page fills in the reader's zone, and no style or script is inline, because the content policy
//! refuses both.
//!
//! A page is a list of sections, each with an id; the page replaces those that changed. A section with nothing to show is
//! present, empty and hidden.

mod amount_input;
pub(crate) mod balance_chart;
pub(crate) mod breakdown;
pub mod chart;
pub(crate) mod chosen_files;
pub(crate) mod components;
pub(crate) mod currency_select;
mod form;
pub(crate) mod forecast;
pub(crate) mod format;
pub(crate) mod links;
pub(crate) mod month_parts;
pub(crate) mod parts;
pub(crate) mod rejected;
pub(crate) mod words;

pub use amount_input::AmountInput;
pub(crate) use amount_input::field_text;
pub use form::{File, Form};

use crate::app::View;
use crate::books::reading::AccountId;
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

    /// An amount that the user chose, without cents if it has none.
    pub(crate) fn round_money(&self, amount: Amount, currency: Currency) -> String {
        let money = self.money(amount, currency);
        let is_whole = amount.rounded(0) == amount;
        money.strip_suffix(".00").filter(|_| is_whole).map_or_else(|| money.clone(), str::to_owned)
    }

    /// The full name of the account with this id, including what its spend covers.
    pub(crate) fn name_of(&self, id: &AccountId) -> String {
        self.state.account(id).map(|account| self.name(account)).unwrap_or_default()
    }

    /// The full name of an account, including what its spend covers.
    pub(crate) fn name(&self, account: &Account) -> String {
        let name = account.name();
        self.scope(account).map(|scope| format!("{name} {scope}")).unwrap_or(name)
    }

    /// What an account's spend covers, if the provider's keys differ in that (rule L16).
    pub(crate) fn scope(&self, account: &Account) -> Option<&'static str> {
        let scope = account.card()?.scope.filter(|_| account.source.is_key())?;
        Some((self.words().scope)(scope))
    }

    /// A day, with its year unless it is this year.
    pub(crate) fn date(&self, day: Day) -> String {
        self.language.date_near(day, self.statement.month)
    }
}
