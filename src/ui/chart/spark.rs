//! The small line of an account's last days. It adds nothing to the figures next to it, so screen readers skip it.

use maud::{Markup, html};

use crate::money::Amount;
use crate::ui::chart::plot::Px;
use crate::ui::chart::stack::Hue;

/// The width of the drawing in tenths of a pixel.
const WIDTH: u32 = 900;
const HEIGHT: u32 = 240;
/// The margin that keeps the stroke from being cut off.
const PAD: u32 = 20;

/// The line of these days, the oldest first. An unknown day is a gap.
pub fn spark(days: &[Option<Amount>], hue: Hue) -> Markup {
    let top = days.iter().flatten().copied().fold(Amount::ZERO, Amount::max);
    let steps = u32::try_from(days.len().saturating_sub(1)).unwrap_or_default();
    let mut runs: Vec<String> = Vec::new();
    let mut is_broken = true;
    for (place, day) in (0..).zip(days) {
        let Some(amount) = day else {
            is_broken = true;
            continue;
        };
        let x = PAD + ((WIDTH - 2 * PAD) * place).checked_div(steps).unwrap_or_default();
        let y = HEIGHT - PAD - amount.along(top, HEIGHT - 2 * PAD);
        if is_broken {
            // A single day is a line of zero length, which the stroke's round ends make a point.
            runs.push(format!("M{} {}h0", Px(x), Px(y)));
        } else if let Some(run) = runs.last_mut() {
            run.push_str(&format!("L{} {}", Px(x), Px(y)));
        }
        is_broken = false;
    }
    html! {
        svg.spark viewBox="0 0 90 24" aria-hidden="true" {
            @for run in &runs { path class={ "line " (hue.class()) } d=(run) {} }
        }
    }
}
