//! Fragments that several sections share: a figure with its explanation, a time, an icon, a form.

use maud::{Markup, PreEscaped, html};

use crate::app::{Note, Place, Rejected, Undo, View};
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::rates::ExchangeRate;
use crate::money::Currency;
use crate::store::{Account, AccountStatus};
use crate::time::Timestamp;
use crate::ui::format::{self, Grain};
use crate::ui::rejected::sentence;

/// A section; hidden if it has no content.
pub(crate) fn section(id: &str, class: &str, content: Option<Markup>) -> Markup {
    html! {
        section id=(id) class=(class) hidden[content.is_none()] { @if let Some(content) = content { (content) } }
    }
}

/// A figure with its mark. If the mark has a reason, the figure is a button that explains it.
///
/// `id` is the figure's id on its page.
pub(crate) fn figure(
    view: &View<'_>,
    id: &str,
    figure: &Figure,
    currency: Option<Currency>,
    grain: Grain,
) -> Markup {
    figure_with(view, id, figure, currency, grain, &[])
}

/// A figure with more sentences after the reasons of its mark.
pub(crate) fn figure_with(
    view: &View<'_>,
    id: &str,
    figure: &Figure,
    currency: Option<Currency>,
    grain: Grain,
    more: &[String],
) -> Markup {
    let words = view.words();
    let is_hidden = view.state.settings.is_hidden && figure.amount.is_some();
    let digits = if is_hidden { format::HIDDEN.to_owned() } else { format::figure(figure, currency, grain) };
    let mut reasons: Vec<String> =
        figure.reasons.iter().map(|reason| (words.reason)(reason).to_owned()).collect();
    if figure.reasons.iter().any(|reason| reason == Reason::Converted) {
        reasons.extend(rates(view));
    }
    reasons.extend_from_slice(more);
    let shown = html! {
        @if figure.mark == Mark::Floor { span.mark { "≥" } " " }
        (digits)
        @if figure.mark == Mark::Approximate { span.mark { "*" } }
    };
    if reasons.is_empty() {
        return html! { span.figure { (shown) } };
    }
    let spoken = (words.spoken_figure)(figure.mark, &digits);
    explained(&format!("why-{id}"), &shown, &reasons, Some(&spoken))
}

/// Content with an explanation on hover, focus or click, whose sentences begin on lines of their own. `id` is the explanation's id
/// on its page; `spoken` replaces content that a screen reader cannot read.
pub(crate) fn explained(id: &str, shown: &Markup, why: &[String], spoken: Option<&str>) -> Markup {
    html! {
        button.figure type="button" popovertarget=(id) title=(why.join("\n")) aria-label=[spoken] { (shown) }
        span.why id=(id) popover { @for sentence in why { span { (sentence) } } }
    }
}

/// The rates that were used to convert amounts.
fn rates(view: &View<'_>) -> impl Iterator<Item = String> {
    let main = view.statement.total.currency;
    let rates = view.state.settings.rates.iter().filter(move |exchange| Some(exchange.to) == main);
    rates.map(move |ExchangeRate { from, to, rate, on, source }| {
        // Six decimals, or as many as a nonzero text needs.
        let short = Some(rate.to_text(6)).filter(|short| short != "0").unwrap_or_else(|| rate.to_text(15));
        (view.words().converted_at)(&short, from.code(), to.code(), *source, &view.date(*on))
    })
}

/// How the page writes a time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum As {
    /// How long ago.
    Age,
    /// Day and time.
    Moment,
    /// Day and time; the page's content is valid until then and is drawn again after it.
    Until,
}

/// A time, written by the page in the reader's zone and language.
pub(crate) fn time(at: Timestamp, written: As) -> Markup {
    let kind = match written {
        As::Age => "age",
        As::Moment | As::Until => "moment",
    };
    html! { time datetime=(at) data-as=(kind) data-until[matches!(written, As::Until)] { (at) } }
}

/// A time from the pulse of accounts, which the page reads from storage, so that the popup's frame stays the same when only this
/// changes.
pub(crate) fn pulse<'a>(accounts: impl Iterator<Item = &'a Account>, time: Beat) -> Markup {
    let ids: Vec<&str> = accounts.map(|account| account.id.0.as_str()).collect();
    let (name, kind) = match time {
        Beat::Read => ("read_at", "age"),
        Beat::Due => ("due_at", "clock"),
    };
    html! { time data-of=(ids.join(" ")) data-at=(name) data-as=(kind) {} }
}

/// Which time of a pulse to show.
#[derive(Clone, Copy)]
pub(crate) enum Beat {
    /// The last time that one of the accounts was read.
    Read,
    /// The next time that one of the accounts is due.
    Due,
}

/// Replaces the placeholders `{}` of a phrase with markup.
pub(crate) fn fill(phrase: &str, with: &[Markup]) -> Markup {
    let mut parts = phrase.split('{');
    html! {
        @if let Some(first) = parts.next() { (first) }
        @for (part, filling) in parts.zip(with) { (filling) (part.trim_start_matches('}')) }
    }
}

/// The outcome message of a command of this section. If no section shows it, the top of the page does.
pub(crate) fn note(view: &View<'_>, section: &str) -> Markup {
    let Some(Note { section: of, outcome, is_shown }) = view.note else { return html! {} };
    let said = sentence(outcome, view.language).filter(|_| of == section);
    is_shown.set(is_shown.get() || said.is_some());
    let class = if outcome.is_ok() { "said note good" } else { "said note bad" };
    // Sending the form again confirms this reading: the page moves the note into the form, next to its field.
    let read = match outcome {
        Err(Rejected::Unclear { field, text, .. }) => Some((field, text)),
        _ => None,
    };
    let undo = outcome.as_ref().ok().and_then(|done| done.undo.as_ref());
    html! {
        @if let Some(said) = said {
            div class=(class) tabindex="-1" {
                span data-say { (said) }
                @if let Some((field, text)) = read { input type="hidden" name={ (field) ".read" } value=(text); }
                @if let Some(undo) = undo { " " (undo_button(view, undo, section)) }
            }
        }
    }
}

/// Withholds the outcome message of this section while amounts are hidden, also from the top of the page.
pub(crate) fn withhold(view: &View<'_>, section: &str) {
    if let Some(note) = view.note.filter(|note| note.section == section) {
        note.is_shown.set(true);
    }
}

/// The button that undoes a command.
fn undo_button(view: &View<'_>, Undo { command, fields }: &Undo, section: &str) -> Markup {
    html! {
        form.undo data-do=(command) {
            input type="hidden" name="undoes" value=(section);
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button { (view.words().undo) }
        }
    }
}

/// One of several ways to see the same data: a link to the place that shows it.
///
/// `id` is the link's id on its page, so that it keeps the focus.
pub(crate) fn choice(id: &str, label: &str, to: &Place, is_chosen: bool) -> Markup {
    html! { a id=(id) href={ "#" (to) } aria-current=[is_chosen.then_some("true")] { (label) } }
}

/// A group of such links.
pub(crate) fn choices(label: &str, choices: &[Markup]) -> Markup {
    html! { div.choices role="group" aria-label=(label) { @for choice in choices { (choice) } } }
}

/// A small icon in the text's color.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Icon {
    /// Amounts are shown.
    Eye,
    /// Amounts are hidden.
    EyeShut,
    /// Something is locked.
    Padlock,
    /// The overview.
    Bars,
    /// Accounts.
    Card,
    /// Upcoming events.
    Clock,
    /// Imported and exported files.
    Download,
    /// Settings.
    Gear,
}

impl Icon {
    /// The SVG. This is the only markup that is not made by `html!`: the drawings are constants.
    pub(crate) fn draw(self) -> Markup {
        PreEscaped(
            match self {
                Icon::Eye => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z"/><circle cx="8" cy="8" r="2"/></svg>"#,
                Icon::EyeShut => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z"/><path d="M3 13 13 3"/></svg>"#,
                Icon::Bars => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 14V8m4 6V3m4 11V6m4 8V9"/></svg>"#,
                Icon::Card => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="M2 6.5h12"/></svg>"#,
                Icon::Clock => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/></svg>"#,
                Icon::Download => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8m0 0 3-3m-3 3L5 7M2.5 13.5h11"/></svg>"#,
                Icon::Gear => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="2.2"/><path d="M8 1.5v2m0 9v2M1.5 8h2m9 0h2M3.4 3.4l1.4 1.4m6.4 6.4 1.4 1.4m0-9.2-1.4 1.4M4.8 11.2l-1.4 1.4"/></svg>"#,
                Icon::Padlock => r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/></svg>"#,
            }
            .to_owned(),
        )
    }
}

/// A form about an account with these fields, opened by a button of this name.
pub(crate) fn account_form(account: &Account, command: &str, name: &str, fields: &Markup) -> Markup {
    html! {
        details {
            summary.button { (name) }
            form data-do=(command) {
                input type="hidden" name="account" value=(account.id.0);
                (fields)
            }
        }
    }
}

/// A button for one action, with only these hidden fields as input.
pub(crate) fn action(command: &str, fields: &[(&str, &str)], button: &Markup) -> Markup {
    html! {
        form data-do=(command) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            (button)
        }
    }
}

/// A switch. `on` is the command's field for its new position.
pub(crate) fn switch(command: &str, fields: &[(&str, &str)], label: &str, position: Switch) -> Markup {
    let (checked, to) = match position {
        Switch::On => ("true", ""),
        Switch::Off => ("false", "on"),
    };
    let fields: Vec<_> = fields.iter().copied().chain([("on", to)]).collect();
    action(command, &fields, &html! { button role="switch" aria-checked=(checked) { (label) } })
}

/// The position of a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// The feature is on.
    On,
    /// The feature is off.
    Off,
}

impl From<bool> for Switch {
    fn from(is_on: bool) -> Switch {
        if is_on { Switch::On } else { Switch::Off }
    }
}

/// The problem of an account, in a few words.
pub(crate) fn trouble(view: &View<'_>, account: &Account) -> Option<String> {
    let words = view.words();
    match &account.pulse.problem {
        _ if account.life != AccountStatus::Active => None,
        _ if account.lacks_key() => Some(words.paste_again.to_owned()),
        Some(problem) => Some((words.problem)(problem)),
        None => account.pulse.is_cut_short.then(|| words.cut_short.to_owned()),
    }
}
