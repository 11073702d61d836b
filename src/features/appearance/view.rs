//! The form of the appearance.

use maud::{Markup, html};

use crate::app::View;
use crate::features::appearance::setting::{BADGE, BadgeFigure, THEME, Theme};
use crate::features::appearance::words::words;
use crate::ui::components::note;

/// The theme, and the figure on the badge.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let settings = &view.state.settings;
    let (theme, badge) = (THEME.get(settings), BADGE.get(settings));
    html! {
        h2 { (words.title) }
        (note(view, "appearance"))
        form data-do="appearance" {
            label for="theme" { (words.theme) }
            select id="theme" name="theme" {
                @for known in Theme::ALL { option value=(known.name()) selected[known == theme] { ((words.theme_name)(known)) } }
            }
            label for="badge" { (words.badge) }
            select id="badge" name="badge" {
                @for known in BadgeFigure::ALL { option value=(known.name()) selected[known == badge] { ((words.badge_name)(known)) } }
            }
            button.go { (view.words().save) }
        }
    }
}
