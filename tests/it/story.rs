//! A story: a browser with the extension, a provider with scripted answers, and a settable clock.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use drawdown::host::{FetchError, HttpRequest, Tone};
use drawdown::pages::PUBLISHER;
use drawdown::provider::Answer;
use drawdown::route::{COMMANDS, Event, Reply, on_event};
use drawdown::store::section_key;
use drawdown::time::Timestamp;
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;
use drawdown_lab::storm::world::seal;
use serde_json::json;

use crate::builders::observed;

pub(crate) use drawdown_lab::PLAN;
pub(crate) use drawdown_lab::storm::world::PASSWORD;

pub(crate) const KEY: &str = "sk-0123456789abcdef0123456789abcdef";
pub(crate) const OTHER_KEY: &str = "sk-fedcba9876543210fedcba9876543210";

/// The answer for each key; an unknown key is refused.
type Accounts = Rc<RefCell<BTreeMap<String, AccountAnswer>>>;

/// The answer for one account.
#[derive(Clone, Debug)]
pub(crate) enum AccountAnswer {
    /// Its books, as `USD 5+15, CNY 0+7`.
    Books(String),
    /// This status, with a `Retry-After` if there is one.
    Status(u16, Option<String>),
    /// This text.
    Text(String),
    /// No answer.
    Nothing(FetchError),
}

pub(crate) struct Story {
    pub(crate) host: Rc<Fake>,
    accounts: Accounts,
}

impl Story {
    pub(crate) fn begin(now: &str) -> Story {
        let host = Rc::new(Fake::new(now));
        let accounts = Accounts::default();
        let answering = Rc::clone(&accounts);
        host.answers(move |request| answer(&answering.borrow(), request));
        Story { host, accounts }
    }

    /// A story with one account that was read once. Its vault is unlocked, with [`PASSWORD`].
    pub(crate) fn connected(now: &str, books: &str) -> Story {
        let story = Story::begin(now);
        story.set_books(KEY, books);
        story.event(Event::Start);
        seal(&story.host);
        story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
        story
    }

    pub(crate) fn clock(&self, now: &str) -> &Story {
        self.host.set_clock(now);
        self
    }

    /// Sets the balances of the key's account from now on.
    pub(crate) fn set_books(&self, key: &str, books: &str) -> &Story {
        self.set_answer(key, AccountAnswer::Books(books.to_owned()))
    }

    pub(crate) fn set_answer(&self, key: &str, answer: AccountAnswer) -> &Story {
        self.accounts.borrow_mut().insert(key.to_owned(), answer);
        self
    }

    /// Makes the provider refuse the key from now on.
    pub(crate) fn refuse(&self, key: &str) -> &Story {
        self.accounts.borrow_mut().remove(key);
        self
    }

    pub(crate) fn event(&self, event: Event) -> &Story {
        self.host.run(on_event(&*self.host, event));
        self
    }

    /// Sends a form of the dashboard.
    pub(crate) fn send(&self, command: &str, fields: &[(&str, &str)]) -> Reply {
        self.reply("dashboard", command, fields)
    }

    /// Sends a form of the popup.
    pub(crate) fn click(&self, command: &str, fields: &[(&str, &str)]) -> Reply {
        self.reply("popup", command, fields)
    }

    /// Checks every reply: the page has its sections, and the worker accepts its forms.
    fn reply(&self, page: &str, command: &str, fields: &[(&str, &str)]) -> Reply {
        let place = place_of(command, fields);
        let fields: Vec<_> = [("open", place.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let reply = self.host.run(on_message(&*self.host, &message(page, command, &fields)));
        fits(page, &reply.html);
        reply
    }

    /// The id of the n-th account.
    pub(crate) fn id(&self, place: usize) -> String {
        self.host.accounts()[place]["id"].as_str().expect("an account").to_owned()
    }

    pub(crate) fn stored(&self, key: &str) -> String {
        self.host.stored.borrow().get(key).cloned().unwrap_or_default()
    }

    /// The popup's text before the worker is awake.
    pub(crate) fn first_frame(&self) -> String {
        let sections = PUBLISHER.sections.iter().map(|id| self.stored(&section_key(id)));
        text_of(&self.with_times(&sections.collect::<String>()))
    }

    /// The popup's text once the worker has answered.
    pub(crate) fn popup(&self) -> String {
        text_of(&self.with_times(&self.click("show", &[]).html))
    }

    /// The dashboard's text: every view, and every account's card.
    pub(crate) fn dashboard(&self) -> String {
        self.places().iter().map(|place| self.at(place)).collect()
    }

    /// The text of one place of the dashboard.
    pub(crate) fn at(&self, place: &str) -> String {
        text_of(&self.with_times(&self.send("show", &[("open", place)]).html))
    }

    /// The card of the n-th account, as HTML.
    pub(crate) fn card_html(&self, place: usize) -> String {
        self.send("show", &[("open", &format!("accounts/{}", self.id(place)))]).html
    }

    /// The card of the n-th account, as text.
    pub(crate) fn card(&self, place: usize) -> String {
        text_of(&self.with_times(&self.card_html(place)))
    }

    /// The HTML of every view and every card of the dashboard.
    pub(crate) fn dashboard_html(&self) -> String {
        self.places().iter().map(|place| self.send("show", &[("open", place)]).html).collect()
    }

    /// The overview chart's table: each day with its total, as `Nov 1 $2.00`.
    pub(crate) fn spent_by_day(&self) -> Vec<String> {
        let html = self.send("show", &[("open", "overview")]).html;
        let (_, table) = html.split_once("id=\"spend-table\"").expect("a table of days");
        let (table, _) = table.split_once("</table>").expect("its end");
        let rows = table.split("<tr").map(|row| text_of(&format!("<tr{row}")));
        let rows = rows.filter(|row| !row.contains("forecast") && !row.contains("UTC"));
        let rows = rows.filter_map(|row| {
            let cells: Vec<&str> = row.lines().collect();
            let total = cells.len().checked_sub(2)?;
            Some(format!("{} {}", cells.first()?, cells[total]))
        });
        rows.collect()
    }

    /// The addresses of all views and of every account's card.
    fn places(&self) -> Vec<String> {
        let cards = self.host.accounts().into_iter();
        let cards = cards.map(|account| format!("accounts/{}", account["id"].as_str().expect("an account")));
        let views = ["overview", "accounts", "budget", "data", "settings"].map(str::to_owned);
        views.into_iter().chain(cards).collect()
    }

    /// HTML with the pulse times filled in, as page.js does.
    fn with_times(&self, html: &str) -> String {
        let accounts = self.host.accounts();
        let mut parts = html.split("<time data-of=\"");
        let mut written = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (tag, rest) = part.split_once("></time>").unwrap();
            let (ids, tag) = tag.split_once('"').unwrap();
            let name = values(tag, " data-at=\"").next().unwrap();
            let of = accounts.iter().filter(|account| ids.contains(account["id"].as_str().unwrap()));
            let times = of.filter_map(|account| account[name].as_u64());
            let at = if name == "due_at" { times.min() } else { times.max() };
            let at = at.map(|at| Timestamp::from_ms(at).to_string()).unwrap_or_default();
            written.push_str(&format!("<time>{at}</time>{rest}"));
        }
        written
    }

    /// The badge's text and tone.
    pub(crate) fn badge(&self) -> (String, Tone) {
        let badge = self.host.badge.borrow();
        badge.as_ref().map(|badge| (badge.text.clone(), badge.tone)).expect("a badge")
    }

    pub(crate) fn title(&self) -> String {
        self.host.badge.borrow().as_ref().map(|badge| badge.title.clone()).unwrap_or_default()
    }

    /// The number of requests since the last call.
    pub(crate) fn sent(&self) -> usize {
        self.host.sent.borrow_mut().drain(..).count()
    }
}

/// The dashboard's place with a command's form, unless `fields` name another.
fn place_of(command: &str, fields: &[(&str, &str)]) -> String {
    let field = |name: &str| fields.iter().find(|(of, _)| *of == name).map(|(_, value)| *value);
    match command {
        "show" => field("open").unwrap_or("overview").to_owned(),
        "connect" => format!("accounts/add/{}", field("provider").unwrap_or_default()),
        "by_hand" => "accounts/add/manual".to_owned(),
        "by_file" => "accounts/add/file".to_owned(),
        "import" | "answer_import" | "export" | "back_up" | "restore_backup" => "data".to_owned(),
        "plan" | "drop_plan" | "untracked" | "drop_untracked" | "budget" | "rate" | "ecb_rates" => {
            "budget".to_owned()
        }
        "erase" | "move" => "accounts".to_owned(),
        "erase_all" | "settings" | "appearance" | "alerts" | "change_password" | "forget_password" => {
            "settings".to_owned()
        }
        _ => field("account").map(|id| format!("accounts/{id}")).unwrap_or_default(),
    }
}

pub(crate) fn message(page: &str, command: &str, fields: &[(&str, &str)]) -> String {
    let mut message = json!({"page": page, "do": command});
    for (name, value) in fields {
        message[*name] = json!(value);
    }
    message.to_string()
}

/// Checks that each section of the popup has an element in its file for the first frame, and that each form sends a known
/// command.
#[track_caller]
fn fits(page: &str, html: &str) {
    let file = include_str!("../../extension/popup.html");
    for id in values(html, "<section id=\"").filter(|_| page == "popup") {
        assert!(file.contains(&format!("<section id=\"{id}\"")), "extension/popup.html has no section {id}");
    }
    for command in values(html, "data-do=\"") {
        assert!(COMMANDS.contains(&command), "{command} is no command");
    }
}

/// The values after each `before` in HTML, up to the next quote.
fn values<'a>(html: &'a str, before: &str) -> impl Iterator<Item = &'a str> {
    html.split(before).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0))
}

fn answer(accounts: &BTreeMap<String, AccountAnswer>, request: &HttpRequest) -> Result<Answer, FetchError> {
    let key = request.headers.iter().find(|(name, _)| *name == "Authorization");
    let key = key.and_then(|(_, value)| value.expose().strip_prefix("Bearer ")).unwrap_or_default();
    let reply = |status, retry_after, body| Ok(Answer { retry_after, ..Answer::new(status, body) });
    match accounts.get(key) {
        None => reply(401, None, String::new()),
        Some(AccountAnswer::Nothing(unreached)) => Err(*unreached),
        Some(AccountAnswer::Status(status, retry_after)) => {
            reply(*status, retry_after.clone(), String::new())
        }
        Some(AccountAnswer::Text(text)) => reply(200, None, text.clone()),
        Some(AccountAnswer::Books(books)) => reply(200, None, body(books)),
    }
}

/// DeepSeek's answer with these balances.
pub(crate) fn body(books: &str) -> String {
    let observed = observed("2026-01-01T00:00:00Z", books);
    let infos = observed.readings.iter().map(|reading| {
        let drawdown::books::reading::Reading::Balance(balance) = reading else { panic!("{reading:?}") };
        let total = balance.pools.total();
        let granted = balance.pools.granted();
        json!({
            "currency": balance.currency,
            "total_balance": total,
            "granted_balance": granted,
            "topped_up_balance": granted.map(|granted| total - granted),
        })
    });
    json!({"is_available": true, "balance_infos": infos.collect::<Vec<_>>()}).to_string()
}

/// HTML as a user sees it: one line per block, buttons in brackets, fields by their labels, without anything hidden, drawn, or
/// shown only on demand.
pub(crate) fn text_of(html: &str) -> String {
    let mut lines = vec![String::new()];
    let mut hidden: Option<(String, usize)> = None;
    let (mut is_figure, mut is_link) = (false, false);
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        if hidden.is_none() {
            lines.last_mut().unwrap().push_str(&unescape(text));
        }
        let (tag, after) = tag.split_once('>').unwrap_or(("", ""));
        rest = after;
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default().to_owned();
        if let Some((of, depth)) = &mut hidden {
            if *of == name {
                *depth = if is_end { *depth - 1 } else { *depth + 1 };
            }
            if *depth == 0 {
                hidden = None;
            }
            continue;
        }
        let is_unseen = tag.contains(" hidden")
            || tag.contains(" popover>")
            || tag.ends_with(" popover")
            || name == "svg";
        let is_void = matches!(name.as_str(), "input" | "br");
        if is_unseen && !is_end && !is_void {
            hidden = Some((name, 1));
            continue;
        }
        match (name.as_str(), is_end) {
            ("button", false) if tag.contains("class=\"figure\"") => is_figure = true,
            ("button", true) if is_figure => is_figure = false,
            ("button", false) if tag.contains(" aria-disabled") => {
                lines.last_mut().unwrap().push_str(" [wait: ");
            }
            ("button" | "summary", false) => lines.last_mut().unwrap().push_str(" ["),
            ("button" | "summary", true) => lines.last_mut().unwrap().push_str("] "),
            ("a", false) if tag.contains("class=\"button") => {
                is_link = true;
                lines.last_mut().unwrap().push_str(" [");
            }
            ("a", true) if std::mem::take(&mut is_link) => lines.last_mut().unwrap().push_str("] "),
            ("span" | "b" | "a" | "time" | "em" | "input" | "i" | "", _) => {}
            _ => lines.push(String::new()),
        }
    }
    let squeezed = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let squeezed = squeezed.map(|line| line.replace("[]", "").replace("[ ", "[").trim().to_owned());
    squeezed.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Checks that a text contains a part.
#[track_caller]
pub(crate) fn has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

/// Checks that a text does not contain a part.
#[track_caller]
pub(crate) fn lacks(text: &str, part: &str) {
    assert!(!text.contains(part), "{part}\nis in\n{text}");
}

/// Compares a screen with the expected text, line by line.
#[track_caller]
pub(crate) fn shows(screen: &str, expected: &str) {
    let expected: Vec<_> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(screen.lines().collect::<Vec<_>>(), expected, "\n{screen}\n");
}
