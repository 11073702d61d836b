//! One day or month of a chart: its link, its name, and its shapes.

use maud::{Markup, html};

use crate::ui::chart::plot::{ACROSS, Across, READOUT, TOP};

/// A vertical slice of a chart.
pub(crate) struct Slot<'a> {
    /// Its index among `count` slices of equal width.
    pub(crate) index: u32,
    pub(crate) count: u32,
    /// Its link. A day to come has none, but can still be read.
    pub(crate) href: Option<String>,
    /// Its full text, for a screen reader and the pointer.
    pub(crate) name: &'a str,
    /// The text above the plot while the slice is hovered or focused.
    pub(crate) readout: &'a str,
    /// Whether the tab key stops here; the arrow keys reach the others.
    pub(crate) is_tab_stop: bool,
    /// The height of the plot in pixels.
    pub(crate) height: u32,
}

impl Slot<'_> {
    /// Its left edge.
    pub(crate) fn x(&self) -> Across {
        Across::part(self.index, self.count)
    }

    /// Its width.
    pub(crate) fn width(&self) -> Across {
        Across(Across::part(self.index + 1, self.count).0 - self.x().0)
    }

    /// The left edge and width of its bar, which takes `share` hundredths of the slice.
    pub(crate) fn bar(&self, share: u32) -> (Across, Across) {
        let width = self.width().0 * share / 100;
        (Across(self.x().0 + (self.width().0 - width) / 2), Across(width))
    }

    /// The slice with its shapes.
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

    /// The readout above the middle of the slice, or flush with the nearer edge if it would be cut off.
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
