//! Export: days and lines as CSV or JSON, and as FOCUS 1.2, the FinOps Open Cost and Usage Specification.
//!
//! A file is made month by month, because the whole may be large: each reply brings a part and names the next. The page joins the
//! parts and saves them; nothing leaves the browser. A month's amounts sum exactly to its total on the pages.
//!
//! ```text
//!   page: month = all   -> part of the first month, next 2026-02 -> part = 2026-02 -> ... -> last part, no next -> saved
//! ```

mod choice;
mod csv;
mod focus;
mod json;
mod row;
mod view;
mod words;

pub(crate) use view::section;

use crate::app::tx::look_within;
use crate::app::{App, Done, FilePart, Outcome, Rejected, detailed_statement};
use crate::books::statement::Period;
use crate::features::export::choice::{ALL, Format, Part, first_month};
use crate::features::export::row::Rows;
use crate::features::export::words::words;
use crate::host::Host;
use crate::store::LoadScope;
use crate::time::Month;
use crate::ui::Form;

/// Makes a file, or the part that the page asks for.
pub(crate) async fn export<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let format = Format::parse(form.text("format")).ok_or_else(Rejected::unexpected)?;
    let chosen = form.text("month").to_owned();
    let first = look_within(app, &LoadScope::Accounts, |state, now| first_month(state, now.month())).await?;
    let this = app.host.now().month();
    let (first, last) = match Month::parse(&chosen) {
        Some(month) => (month, month),
        None if chosen == ALL => (first, this),
        None => return Err(Rejected::unexpected()),
    };
    let month = Month::parse(form.text("part")).unwrap_or(first).clamp(first, last);
    let part = Part { month, is_first: month == first, is_last: month == last };
    let scope = LoadScope::Overview(Period::Month(month));
    let text = look_within(app, &scope, |state, now| {
        let detail = detailed_statement(state, now);
        write(format, &Rows::new(state, detail.entries(month), now), part)
    });
    let text = text.await?;
    let next = (!part.is_last).then(|| month.next().to_string());
    let name = format.file(&chosen);
    let done = match next {
        Some(_) => Done::says(move |language| (words(language).progress)(&month.to_string())),
        None => {
            let name = name.clone();
            Done::says(move |language| (words(language).saved)(&name))
        }
    };
    Ok(Done { file: Some(FilePart { name, text, next }), ..done })
}

fn write(format: Format, rows: &Rows<'_>, part: Part) -> String {
    match format {
        Format::Csv => csv::write(rows, part),
        Format::Json => json::write(rows, part),
        Format::Focus => focus::write(rows, part),
    }
}
