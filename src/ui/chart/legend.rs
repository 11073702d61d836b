//! The legend of a chart: the meaning of each color, hatching and line, in the order of the stack.

use maud::{Markup, html};

/// The swatch before a name in a legend.
pub(crate) enum Swatch<'a> {
    /// A class of the chart's own shapes.
    Filled(&'a str),
    /// The same, for a dashed line.
    Dashed(&'a str),
    /// The pattern with this id.
    Hatched(&'a str),
}

/// The legend.
pub(crate) fn legend(entries: &[(Swatch<'_>, &str)]) -> Markup {
    html! {
        ul.legend {
            @for (swatch, name) in entries {
                li {
                    svg.swatch width="11" height="11" aria-hidden="true" {
                        @match swatch {
                            Swatch::Filled(class) => { rect class=(class) width="11" height="11" rx="2.5" {} }
                            Swatch::Dashed(class) => { path class={ "line dashed " (class) } d="M0 5.5H11" {} }
                            Swatch::Hatched(id) => {
                                rect.forecast x=".5" y=".5" width="10" height="10" rx="2" fill={ "url(#" (id) ")" } {}
                            }
                        }
                    }
                    (name)
                }
            }
        }
    }
}
