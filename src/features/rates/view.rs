//! The currencies other than the main one, and their rates.

use maud::{Markup, html};

use crate::app::View;
use crate::books::rates::between;
use crate::features::rates::setting::IS_DAILY;
use crate::features::rates::words::words;
use crate::money::Currency;
use crate::order::in_order;
use crate::provider::ecb::ORIGIN;
use crate::ui::components::{fill, note};
use crate::ui::links::link;

/// The currencies other than the main one, and their rates. `None` if there is none.
pub(crate) fn section(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let main = view.statement.total.currency?;
    let others = others(view, main);
    if others.is_empty() {
        return None;
    }
    let settings = &view.state.settings;
    let is_daily = IS_DAILY.get(settings);
    Some(html! {
        h2 { (view.words().currencies) }
        (note(view, "currencies"))
        p { ((words.why_rates)(main.code())) }
        @for other in others {
            @let known = between(&settings.rates, other, main);
            @let field = format!("rate-{other}");
            form data-do="rate" {
                input type="hidden" name="currency" value=(other);
                label for=(field) { ((words.one_is_worth)(other.code(), main.code())) }
                div.actions {
                    input id=(field) type="text" inputmode="decimal" name="rate" autocomplete="off"
                        value=[known.map(|known| known.rate.to_text(10))];
                    button { (view.words().save) }
                }
                @if let Some(known) = known { p.soft { ((words.rate_of)(known.source, &view.date(known.on))) } }
            }
        }
        form data-do="ecb_rates" data-origins=[(!is_daily).then(|| format!("{ORIGIN}/*"))] {
            @if !is_daily { input type="hidden" name="on" value="on"; }
            button role="switch" aria-checked=(is_daily) { (words.ecb_take) }
            @if is_daily { p { (words.ecb_on) } } @else { p { (fill(words.ecb_offer, &[link("https://frankfurter.dev")])) } }
        }
    })
}

fn others(view: &View<'_>, main: Currency) -> Vec<Currency> {
    let books = view.statement.accounts.iter().flat_map(|account| account.counted());
    let plans = view.state.settings.plans.iter().map(|plan| plan.currency);
    let known = view.state.settings.rates.iter().map(|exchange| exchange.from);
    let all = books.map(|book| book.currency).chain(plans).chain(known);
    let mut others = in_order(all.filter(|other| *other != main), Currency::cmp);
    others.dedup();
    others
}
