//! Diagnostics: one file that shows another person what goes wrong. It contains no keys and no names, and no real amounts unless
//! the user chooses them. `cargo run --release --example replay < FILE` computes the same figures from it.
//!
//! The page first shows the file in a text field; the text of that field is what it saves.
//!
//! ```text
//!   diagnose          -> the field shows the file
//!   save_diagnostics  -> the page saves the text of the field
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

/// Writes the file into the field.
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

/// Saves the text of the field.
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
