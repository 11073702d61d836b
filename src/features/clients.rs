//! The client or project of an account's spend, or of the spend of one of its models, projects or products.
//!
//! ```text
//!   account  Acme            all of its lines
//!     line   gpt-5.5  Globex     except this one, in every month
//! ```

mod grouping;
mod lines;
mod view;
mod words;

pub(crate) use grouping::by_client;
pub(crate) use view::{filter, form, heading, named, searched_text, table};

use crate::app::account::change_account;
use crate::app::tx::look_within;
use crate::app::{App, Done, Outcome, Rejected};
use crate::features::clients::lines::is_known;
use crate::features::clients::words::words;
use crate::host::Host;
use crate::store::{Clients, LoadScope};
use crate::ui::Form;

/// Sets the client of an account or of one of its lines. An empty name removes it.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_name =
        |name: &str| name.chars().count() <= Clients::LONGEST_NAME && !name.contains(char::is_control);
    let read = |name: &str| is_name(name).then(|| name.to_owned());
    let client = form.parse("client", read, || Rejected::of(words, |words| words.too_long))?;
    let (id, line) = (form.account(), form.text("line").trim().to_owned());
    // An undo restores a name that was accepted before, and its bill may no longer be loaded.
    if !line.is_empty() && form.text("undoes").is_empty() {
        let is_line = look_within(app, &LoadScope::Answerable, |state, _| {
            state.account(&id).is_none_or(|account| is_known(state, account, &line))
        });
        if !is_line.await? {
            return Err(Rejected::says(move |language| (words(language).no_line)(&line)).at("line"));
        }
    }
    change_account(app, &id, |account, _| {
        let of = Some(line.as_str()).filter(|line| !line.is_empty());
        let before = account.clients.set(of, client).unwrap_or_default();
        let undo = [("account", account.id.0.clone()), ("line", line.clone()), ("client", before)];
        Ok(Done::saved().undone_by("client", undo))
    })
    .await
}
