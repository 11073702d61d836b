//! One day or month of a chart that can be pointed at: its link, its name, and the shapes in it.

use maud::{Markup, html};

use crate::ui::chart::plot::{ACROSS, Across, READOUT, TOP};

/// A part of a chart, from top to bottom.
pub(crate) struct Slot<'a> {
    /// Its place among `count` parts of the width.
    pub(crate) index: u32,
    pub(crate) count: u32,
    /// Where it leads. A day to come leads nowhere, and can be read all the same.
    pub(crate) href: Option<String>,
    /// Everything about it, for a screen reader and the pointer.
    pub(crate) name: &'a str,
    /// What is shown above the plot while it has the pointer or the focus.
    pub(crate) readout: &'a str,
    /// Whether the tab key leads here; the arrow keys lead to the others.
    pub(crate) is_tab_stop: bool,
    /// The height of the plot in pixels.
    pub(crate) height: u32,
}

impl Slot<'_> {
    /// Where it begins.
    pub(crate) fn x(&self) -> Across {
        Across::part(self.index, self.count)
    }

    /// How wide it is.
    pub(crate) fn width(&self) -> Across {
        Across(Across::part(self.index + 1, self.count).0 - self.x().0)
    }

    /// Where its bar begins and how wide it is, if that takes so many hundredths of the slot.
    pub(crate) fn bar(&self, share: u32) -> (Across, Across) {
        let width = self.width().0 * share / 100;
        (Across(self.x().0 + (self.width().0 - width) / 2), Across(width))
    }

    /// The part with its shapes.
    pub(crate) fn draw(&self, shapes: &Markup) -> Markup {
        let tab = if self.is_tab_stop { "0" } else { "-1" };
        let inside = html! {
            title { (self.name) }
            rect.hit x=(self.x()) y=(TOP) width=(self.width()) height=(self.height) {}
            (shapes)
            (self.readout())
        };
        html! {
            @if let Some(href) = &self.href {
                a.day href=(href) tabindex=(tab) aria-label=(self.name) { (inside) }
            } @else {
                g.day role="img" tabindex=(tab) aria-label=(self.name) { (inside) }
            }
        }
    }

    /// Above the middle of the part, or flush with the nearer edge where it would be cut.
    fn readout(&self) -> Markup {
        const NEAR: u32 = ACROSS * 3 / 10;
        let middle = Across(self.x().0 + self.width().0 / 2);
        let (x, class) = match middle.0 {
            ..NEAR => (Across(0), "readout"),
            at if at > ACROSS - NEAR => (Across(ACROSS), "readout before"),
            _ => (middle, "readout middle"),
        };
        html! { text class=(class) x=(x) y=(READOUT) aria-hidden="true" { (self.readout) } }
    }
}
