//! The table behind a chart.

use maud::{Markup, html};

use crate::ui::chart::words::Words;

/// A row: its heading and its cells.
pub(crate) struct Row {
    pub(crate) head: String,
    pub(crate) cells: Vec<String>,
    /// Whether it is only a forecast.
    pub(crate) is_forecast: bool,
}

/// The table, closed at first. `id` is its id on the page, `label` is the chart's name.
pub(crate) fn table(id: &str, label: &str, words: &Words, heads: &[&str], rows: &[Row]) -> Markup {
    html! {
        details.behind id={ (id) "-table" } {
            summary { (words.show_table) }
            div.scrolled tabindex="0" role="region" aria-label=(label) {
                table {
                    thead { tr { @for head in heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in rows {
                            tr class=[row.is_forecast.then_some("expected")] {
                                th scope="row" { (row.head) }
                                @for cell in &row.cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
