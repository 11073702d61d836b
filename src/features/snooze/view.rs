//! The button that snoozes an item, and the note while it is snoozed.

use maud::{Markup, html};

use crate::app::View;
use crate::features::snooze::words::words;
use crate::features::snooze::{Item, until};
use crate::store::Account;
use crate::ui::components::action;

/// The button that snoozes an item for a week.
pub(crate) fn button(view: &View<'_>, account: &Account, item: Item) -> Markup {
    let (of, label) = (item.to_string(), words(view.language).ask_later);
    let fields = [("account", account.id.0.as_str()), ("of", &of), ("on", "on")];
    action("snooze", &fields, &html! { button.later { (label) } })
}

/// Until when an item is snoozed, and the button that ends the snooze. `None` if it is not snoozed.
pub(crate) fn mention(view: &View<'_>, account: &Account, item: Item) -> Option<Markup> {
    let words = words(view.language);
    let (of, until) = (item.to_string(), until(account, item, view.statement.now)?);
    let fields = [("account", account.id.0.as_str()), ("of", &of), ("on", "")];
    Some(html! {
        span.soft { ((words.snoozed_until)(&view.date(until.day()))) }
        (action("snooze", &fields, &html! { button.later { (words.ask_now) } }))
    })
}
