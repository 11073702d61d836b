//! The form of the settings.

use maud::{Markup, html};

use crate::app::View;
use crate::features::settings::words::words;
use crate::text::Language;
use crate::ui::components::note;
use crate::ui::currency_select::currency_select;

/// The form with all settings.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let settings = &view.state.settings;
    let period = settings.period_minutes.map(|minutes| minutes.to_string());
    let lock_after = settings.lock_after_minutes.map(|minutes| minutes.to_string());
    html! {
        h2 { (words.title) }
        (note(view, "settings"))
        form data-do="settings" {
            label for="period" { (words.period) }
            input id="period" type="text" inputmode="numeric" name="period_minutes" value=[period] placeholder=(words.period_usual);
            label for="currency" { (words.currency) }
            (currency_select(view, "currency", settings.currency, Some(words.currency_usual)))
            label for="language" { (words.language) }
            select id="language" name="language" {
                option value="" selected[settings.language.is_none()] { (words.language_automatic) }
                @for (language, name) in [(Language::English, "English"), (Language::Chinese, "简体中文")] {
                    option value=(language.code()) lang=(language.tag()) selected[settings.language == Some(language)] { (name) }
                }
            }
            label for="lock-after" { (words.lock_after) }
            input id="lock-after" type="text" inputmode="numeric" name="lock_after_minutes" value=[lock_after] placeholder=(view.words().never);
            label.choice { input type="checkbox" name="lock_with_computer" checked[settings.is_locked_with_computer]; (words.lock_with_computer) }
            p.soft { (view.words().locked_why) }
            button.go { (view.words().save) }
        }
    }
}
