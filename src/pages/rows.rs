//! The rows of accounts, for the popup and the dashboard's list: a name with its spend, and one short status line.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::snooze::Item;
use crate::features::{credits, keys, manual, reloads};
use crate::order::in_order;
use crate::pages::attention::{Urgency, asking, asks, duplicate, urgency};
use crate::pages::badge::is_short;
use crate::pages::month::{left, separated};
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::time::DAY;
use crate::ui::components::{figure, fill, trouble};
use crate::ui::forecast::run_out;
use crate::ui::format::Grain;
use crate::ui::month_parts::MonthParts;

/// An account and its figures.
pub(crate) type Row<'a> = (&'a Account, &'a AccountStatement);

/// The accounts as listed: those that need attention first, then by spend.
pub(crate) fn by_urgency<'a>(view: &View<'a>, parts: &MonthParts<'_>) -> Vec<Row<'a>> {
    let rows = view.accounts().map(|(account, statement)| {
        let rank = (urgency(view, account, statement), !account.is_ended(), parts.share(statement));
        (rank, (account, statement))
    });
    let rows = in_order(rows, |(one, _), (other, _)| other.cmp(one));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The accounts in the user's order, ended ones last.
pub(crate) fn in_own_order<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let (ended, mut current): (Vec<_>, Vec<_>) = view.accounts().partition(|(account, _)| account.is_ended());
    current.extend(ended);
    current
}

/// The first letter of an account's name, as its icon.
pub(crate) fn initial(account: &Account) -> Markup {
    let first: String = account.names().0.chars().take(1).collect();
    html! { span.initial aria-hidden="true" { (first) } }
}

/// The two lines of a row: a name with its spend, and its status with a chip.
pub(crate) fn two_lines(name: &Markup, spent: &Markup, status: &Markup) -> Markup {
    html! { span.line { (name) " " (spent) } span.line { (status) } }
}

/// The name of an account: the provider's, followed by its own.
pub(crate) fn name(view: &View<'_>, account: &Account) -> Markup {
    let (provider, label) = account.names();
    html! { span.name { b { (provider) } (own_name(label)) (scope(view, account)) } }
}

/// The names of an account, within a line of text.
pub(crate) fn names(view: &View<'_>, account: &Account) -> Markup {
    let (provider, label) = account.names();
    html! { (provider) (own_name(label)) (scope(view, account)) }
}

/// What an account's spend covers, if the page must say so.
fn scope(view: &View<'_>, account: &Account) -> Markup {
    html! { @if let Some(scope) = view.scope(account) { " " span.soft { (scope) } } }
}

/// The user's name for an account, shown after the provider's.
fn own_name(label: &str) -> Markup {
    html! { @if !label.is_empty() { " " span.soft { (label) } } }
}

/// An account's spend this month, each currency separately.
pub(crate) fn spent(
    view: &View<'_>,
    parts: &MonthParts<'_>,
    account: &Account,
    statement: &AccountStatement,
) -> Markup {
    let books: Vec<&BookStatement> = statement.counted().collect();
    html! {
        b.amount {
            @if books.is_empty() { "–" }
            @for (place, book) in books.into_iter().enumerate() {
                @if place > 0 { " + " }
                (figure(view, &format!("{}-{}", account.id.0, book.currency), &parts.spent(book), Some(book.currency), Grain::Cents))
            }
        }
    }
}

/// The status line under an account's name, with a chip for the days that its balance lasts. What needs attention comes first, in
/// its color.
pub(crate) fn status(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let class = match urgency(view, account, statement) {
        Urgency::None => "soft",
        Urgency::Soon => "warn",
        Urgency::Now => "bad",
    };
    let asks = pending_action(view, account, statement);
    // A pending action leaves no room for the pace.
    let rest = match asks {
        Some(_) => last_known(view, account, statement),
        None => normal_status(view, account, statement),
    };
    html! {
        small.status {
            @if let Some(asks) = &asks { span class=(class) { (asks) } }
            @if asks.is_some() && !rest.is_empty() { " · " }
            span.soft { (separated(&rest)) }
        }
        (days_left(view, account, statement))
    }
}

/// The pending action of an account in a few words, with a link to the account.
fn pending_action(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Option<Markup> {
    let words = words(view.language);
    if account.life != AccountStatus::Active {
        return None;
    }
    let text = |text: String| html! { (text) };
    let asks = |item: Item| asks(view, account, item);
    let questions = || statement.counted().flat_map(|book| asking(view, account, book));
    let open = questions().filter(|window| window.open.is_some()).count();
    let has_question = questions().next().is_some();
    let asked = trouble(view, account)
        .map(text)
        .or_else(|| keys::expires_soon(view, account).filter(|_| asks(Item::KeyExpires)).map(text))
        .or_else(|| manual::reminder(view, account, statement).filter(|_| asks(Item::Reminder)))
        .or_else(|| (open > 0).then(|| text((view.words().open_windows)(open))))
        .or_else(|| has_question.then(|| text(words.question.to_owned())))
        .or_else(|| {
            let other = duplicate(view, statement).filter(|_| asks(Item::Duplicate))?;
            Some(text((words.duplicate)(&other)))
        })
        .or_else(|| {
            let mut books = statement.counted().filter(|book| asks(Item::CreditExpires(book.currency)));
            books.find_map(|book| credits::expires_soon(view, book)).map(text)
        })
        .or_else(|| {
            let is_asked = reloads::is_asked(account, statement) && asks(Item::Reload);
            is_asked.then(|| text(reloads::question_in_short(view).to_owned()))
        })?;
    let to = format!("dashboard.html#{}", Spot::Account(account.id.clone()));
    Some(html! { a href=(to) data-tab { (asked) } })
}

/// The normal status of an account: its pace, its balance, its age.
fn normal_status(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Vec<Markup> {
    let words = words(view.language);
    let mut parts: Vec<Markup> = Vec::new();
    match account.life {
        AccountStatus::Paused => parts.push(html! { (words.paused) }),
        AccountStatus::Ended => return vec![html! { (words.removed) }],
        AccountStatus::Active => {}
    }
    let text = |text: String| html! { (text) };
    let is_single = statement.counted().count() == 1;
    for book in statement.counted() {
        if let Some(outlook) = book.outlook.as_ref().filter(|_| is_single && trouble(view, account).is_none())
        {
            let per_day = format!("pace-{}-{}", account.id.0, book.currency);
            let pace = figure(view, &per_day, &outlook.pace.figure(DAY), Some(book.currency), Grain::Cents);
            parts.push(fill(view.words().a_day, &[pace]));
        }
        parts.extend(left(view, account, book));
        parts.extend(reloads::mention(view, account, book).map(text));
    }
    let is_unknown = |book: &BookStatement| book.spend.amount.is_none();
    if account.life == AccountStatus::Active && statement.counted().any(is_unknown) {
        let is_new = statement.counted().any(|book| book.since >= view.statement.month.span().from);
        parts.push(html! { (if is_new { words.second_reading } else { words.not_read_yet }) });
    }
    // No refresh brings a newer figure to an account without a key.
    if parts.is_empty() || !account.source.is_key() || !is_fresh(view, account, statement) {
        parts.extend(manual::known_until(view, account, statement));
    }
    parts
}

/// The last figures of an account that needs attention: its balance, and the age of that.
fn last_known(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Vec<Markup> {
    let mut parts: Vec<Markup> = statement.counted().filter_map(|book| left(view, account, book)).collect();
    let has_age = manual::reminder(view, account, statement).is_some();
    if !has_age && !is_fresh(view, account, statement) {
        parts.extend(manual::known_until(view, account, statement));
    }
    parts
}

fn is_fresh(view: &View<'_>, account: &Account, statement: &AccountStatement) -> bool {
    statement.read_at.is_some() && !statement.is_stale && trouble(view, account).is_none()
}

/// The number of days until the first balance runs out.
fn days_left(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let shortest = statement.counted().filter_map(|book| book.runway).min_by_key(|runway| runway.date);
    let Some(runway) = shortest.filter(|_| account.life == AccountStatus::Active) else { return html! {} };
    let urgency = urgency(view, account, statement);
    let is_short = statement.counted().any(is_short);
    let class = match urgency {
        Urgency::Now if is_short => "chip bad",
        _ if is_short => "chip warn",
        _ => "chip",
    };
    let days = runway.days.of_whole(1).unwrap_or_default();
    let why = run_out(view, &runway);
    html! { span class=(class) title=(why) { ((words(view.language).days)(days)) } }
}

/// An account's share of the spend, in percent, as a bar.
pub(crate) fn share(percent: u32) -> Markup {
    html! {
        svg.bar aria-hidden="true" {
            rect.rest width="100%" height="3" {}
            rect.part width={ (percent) "%" } height="3" {}
        }
    }
}
