//! The form of a client, the spend by client, and the field that filters a table by it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::{Figure, Mark};
use crate::books::statement::Spending;
use crate::features::clients::grouping::ClientTotal;
use crate::features::clients::lines::offered;
use crate::features::clients::words::words;
use crate::store::{Account, Clients};
use crate::ui::components::{account_form, figure};
use crate::ui::format::Grain;
use crate::ui::parts;

/// The form that sets the client of an account or of one of its lines.
pub(crate) fn form(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let id = |field: &str| format!("{field}-{}", account.id.0);
    let lines = offered(view.state, account);
    html! {
        (account_form(account, "client", words.client, &html! {
            p.soft { (words.how) }
            label for=(id("client")) { (words.name) }
            input id=(id("client")) type="text" name="client" list=(id("clients")) value=[account.clients.client_of(None)]
                placeholder=(words.example) maxlength=(Clients::LONGEST_NAME) autocomplete="off";
            datalist id=(id("clients")) { @for client in view.state.clients() { option value=(client) {} } }
            @if !lines.is_empty() {
                label for=(id("client-line")) { (words.applies_to) }
                input id=(id("client-line")) type="text" name="line" list=(id("client-lines")) placeholder=(words.whole_account) autocomplete="off";
                datalist id=(id("client-lines")) { @for line in &lines { option value=(line) {} } }
            }
            button { (view.words().save) }
        }))
    }
}

/// The clients of an account and of its lines. `None` without any.
pub(crate) fn named(view: &View<'_>, account: &Account) -> Option<String> {
    let words = words(view.language);
    let of_lines = account.clients.lines().map(|(line, client)| (words.of_line)(line, client));
    let all: Vec<String> =
        account.clients.client_of(None).map(str::to_owned).into_iter().chain(of_lines).collect();
    (!all.is_empty()).then(|| (words.clients)(&view.language.list(&all)))
}

/// The text in which a search looks for an account: its name and its clients.
pub(crate) fn searched_text(view: &View<'_>, account: &Account) -> String {
    account.clients.names().fold(view.name(account), |text, client| text + " " + client)
}

/// The field that filters a list's rows by name and by client. `None` if there is no client.
pub(crate) fn filter(view: &View<'_>, list: &str) -> Option<Markup> {
    let words = words(view.language);
    let (clients, id) = (view.state.clients(), format!("filter-{list}"));
    (!clients.is_empty()).then(|| {
        html! {
            input.search type="search" id=(id) data-filter=(list) list={ (id) "-clients" } placeholder=(words.filter) aria-label=(words.filter) autocomplete="off";
            datalist id={ (id) "-clients" } { @for client in clients { option value=(client) {} } }
        }
    })
}

/// The rows of the spend by client and of the subscriptions. They sum to the total.
pub(crate) fn table(view: &View<'_>, spending: &Spending, totals: &[ClientTotal], id: &str) -> Markup {
    let words = words(view.language);
    let plans = Figure::new(spending.sum.plans, Mark::Exact, []);
    let all: Vec<Figure> = totals.iter().map(|total| total.spend).chain([plans]).collect();
    let all = match spending.currency {
        Some(currency) => parts::shown(&spending.sum.total(), &all, currency),
        None => all,
    };
    let percent = |spend: &Figure| {
        let percent = spend.amount.and_then(|amount| spending.percent(amount));
        percent.map_or_else(String::new, |percent| format!("{percent}%"))
    };
    let row = |name: &str, place: usize, spend: &Figure| {
        html! {
            tr {
                th scope="row" { (name) }
                td.soft { (percent(spend)) }
                td { b { (figure(view, &format!("{id}-{place}"), spend, spending.currency, Grain::Cents)) } }
            }
        }
    };
    html! {
        table.figures {
            thead.unseen { tr { th scope="col" { (words.client) } th scope="col" { (words.share) } th scope="col" { (view.words().spent) } } }
            tbody {
                @for (place, (total, spend)) in totals.iter().zip(&all).enumerate() {
                    (row(total.client.as_deref().unwrap_or(words.none), place, spend))
                }
                @if let Some(plans) = all.last().filter(|plans| plans.amount.is_some_and(|amount| !amount.is_zero())) {
                    (row(words.subscriptions, totals.len(), plans))
                }
            }
        }
    }
}

/// The heading of the spend by client.
pub(crate) fn heading(view: &View<'_>) -> &'static str {
    words(view.language).by_client
}
