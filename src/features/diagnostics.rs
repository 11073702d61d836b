//! Diagnostics: one file that shows somebody else what goes wrong, without keys, names and, unless its user wants them, the
//! real amounts. `cargo run --release --example replay < FILE` computes the same figures from it.
//!
//! The page shows the file in a text field before it is saved, and what is saved is the text of that field.
//!
//! ```text
//!   diagnose          -> the field holds the file
//!   save_diagnostics  -> the page saves what the field holds
//! ```

mod disguise;
mod file;
mod view;
mod words;

pub(crate) use view::section;

use crate::app::tx::look_within;
use crate::app::{App, Done, FilePart, Outcome, Rejected};
use crate::features::diagnostics::disguise::Disguise;
use crate::features::diagnostics::words::words;
use crate::host::Host;
use crate::store::LoadScope;
use crate::ui::Form;
use crate::vault::Secret;

/// The name of the field that holds the file.
const FIELD: &str = "diagnostics";

/// Writes the file into its field.
pub(crate) async fn diagnose<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let disguise = if form.is_on("amounts") {
        Disguise::of_names()
    } else {
        let mut random = [0; 2];
        app.host.random(&mut random);
        Disguise::of_names_and_amounts(u16::from_le_bytes(random))
    };
    let text =
        look_within(app, &LoadScope::Answerable, |state, now| file::write(state, disguise, now)).await?;
    let done = Done::of(words, |words| words.shown);
    Ok(Done { fill: vec![(FIELD, Secret::new(&text))], ..done })
}

/// Saves the file that its field holds.
pub(crate) fn save<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let text = form.text(FIELD).to_owned();
    if text.is_empty() {
        return Err(Rejected::of(words, |words| words.nothing_to_save).at(FIELD));
    }
    let name = format!("drawdown-diagnostics-{}.json", app.host.now().day());
    let said = name.clone();
    let done = Done::says(move |language| (words(language).saved)(&said));
    Ok(Done { file: Some(FilePart { name, text, next: None }), ..done })
}
