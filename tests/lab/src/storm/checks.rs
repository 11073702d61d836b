//! What must hold after every step of a storm.

use std::collections::{BTreeMap, BTreeSet};

use drawdown::app::{detailed_statement, statement};
use drawdown::books::reading::Observation;
use drawdown::books::statement::{AccountStatement, Statement};
use drawdown::host::{SPARE, Values};
use drawdown::money::Amount;
use drawdown::pages::PUBLISHER;
use drawdown::store::{Backup, LoadScope, Loaded, State, root_keys, section_key};
use drawdown::time::{DAY, Timestamp};
use serde_json::{Value, json};

use crate::fake::{Fake, save};
use crate::on_message;
use crate::storm::figures::{Seen, same_figures};
use crate::storm::secrets::Secrets;
use crate::storm::step::{Act, Call, Step, Stored};
use crate::storm::stored::StoredReadings;
use crate::storm::world::{Done, World};

/// Readings are thinned after 62 days (rule L13).
const KEPT_FOR: u64 = 60 * DAY;

/// The facts seen so far that must remain true.
#[derive(Default)]
pub struct Checks {
    secrets: Secrets,
    stored: StoredReadings,
    /// The readings of each account, by its id: their times and contents.
    readings: BTreeMap<String, BTreeSet<(Timestamp, String)>>,
    /// The accounts that the user asked to erase.
    erased: BTreeSet<String>,
    /// The accounts that lost readings because a stored value without a second copy was lost.
    holed: BTreeSet<String>,
    /// The accounts with a file that was imported by a wrong clock: it covers other hours than it states.
    misdated: BTreeSet<String>,
    /// Whether a damaged value has not been restored by a commit yet.
    is_damaged: bool,
    /// Whether a value was lost together with its second copy: then anything may be lost.
    is_all_lost: bool,
    /// The number of figures of accounts compared with an exact truth, and with a bound.
    pub figures: [usize; 2],
    /// The number of steps that left everything published.
    settled: usize,
    /// The amounts that the budget may have.
    budgets: Vec<Option<Amount>>,
    /// Those that it might have when a backup was made. A restore adds a budget where there is none.
    backed_up: Vec<Option<Amount>>,
}

/// Every figure of a storm after a step, as the log prints it.
pub type Figures = Vec<String>;

impl Checks {
    pub fn new() -> Checks {
        Checks { budgets: vec![None], ..Checks::default() }
    }

    /// Records what the next step may remove.
    pub fn before(&mut self, world: &World, step: &Step) {
        match &step.act {
            Act::Damage { value, .. } => self.before_damage(world, value),
            Act::Call(call) => {
                let calls = [Some(call), step.meanwhile.as_ref().map(|(_, call)| call)];
                for call in calls.into_iter().flatten() {
                    self.before_call(world, call);
                }
            }
            _ => {}
        }
    }

    fn before_damage(&mut self, world: &World, value: &Stored) {
        if let Stored::Readings(place) = value {
            self.holed.extend(world.account_of(*place));
        }
        let copy = world.host.spare.borrow();
        let read = |copy: &String| serde_json::from_str::<Value>(copy).is_ok_and(|copy| copy.is_object());
        let is_copied = copy.as_ref().is_some_and(read);
        self.is_all_lost |= match value {
            Stored::Readings(_) => false,
            Stored::Spare => self.is_damaged,
            _ => !is_copied,
        };
        self.is_damaged = true;
    }

    fn before_call(&mut self, world: &World, call: &Call) {
        let Call::Form { command, fields, .. } = call else { return };
        let field =
            |name: &str| fields.iter().find(|(of, _)| of == name).and_then(|(_, field)| world.field(field));
        match command.as_str() {
            "erase" => self.erased.extend(field("account")),
            "import" | "answer_import" if world.ahead != 0 => {
                self.holed.extend(world.account_of(0));
                self.misdated.extend(world.account_of(0));
            }
            "erase_all" => self.is_all_lost = true,
            "back_up" => self.backed_up.extend_from_slice(&self.budgets),
            "restore_backup" => self.budgets.extend_from_slice(&self.backed_up),
            "budget" => self.budgets.push(field("amount").and_then(|text| Amount::parse(&text).ok())),
            _ => {}
        }
    }

    /// Runs all checks. The figures are for the log.
    pub fn after(&mut self, world: &World, step: &Step, done: &Done) -> Result<Figures, String> {
        if is_far_away(&step.act) {
            return Ok(Vec::new());
        }
        self.secrets.check(world, done)?;
        let host = &*world.host;
        if self.is_all_lost {
            return Ok(vec!["all lost".to_owned()]);
        }
        let now = host.time();
        let state = load(host, &LoadScope::Answerable)?;
        self.committed(world, &state, now)?;
        self.budget(&state, done)?;
        let lately = load(host, &LoadScope::Lately)?;
        let figures = statement(&lately, now);
        let is_settled = is_settled(step, done) && !host.is_full.get();
        self.is_damaged &= !is_settled;
        if !self.is_damaged {
            same_figures(&figures, &detailed_statement(&state, now).statement)?;
        }
        let shown = self.check_figures(world, &state, &figures, now)?;
        if is_settled {
            frame_is_page(host)?;
            // This check takes longest.
            self.settled += 1;
            if self.settled.is_multiple_of(4) {
                round_trip(host, now)?;
            }
        }
        Ok(shown)
    }

    /// Committed data is still there.
    fn committed(&mut self, world: &World, state: &State, now: Timestamp) -> Result<(), String> {
        let ids = state.accounts.iter().map(|account| &account.id);
        let changed: BTreeSet<&str> =
            ids.filter(|id| self.stored.read(&world.host, id)).map(|id| id.0.as_str()).collect();
        let removed: BTreeSet<&str> = state.removed().map(|(account, _)| account.id.0.as_str()).collect();
        for (id, seen) in &self.readings {
            if self.erased.contains(id) || removed.contains(id.as_str()) {
                continue;
            }
            let Some(account) = state.accounts.iter().find(|account| account.id.0 == *id) else {
                return Err(format!("lost: account {id}"));
            };
            if !changed.contains(id.as_str()) {
                continue;
            }
            let kept = contents(self.stored.of(&account.id));
            let is_kept = |(at, _): &&(Timestamp, String)| at.plus(KEPT_FOR) > now;
            let lost = seen.iter().filter(is_kept).find(|reading| !kept.contains(reading));
            if let (Some((at, text)), false) = (lost, self.holed.contains(id)) {
                return Err(format!("lost: a reading of {id} at {at}: {text}"));
            }
        }
        for account in state.accounts.iter() {
            if !world.places.contains_key(&account.id.0) && account.source.is_key() {
                return Err(format!("account {} is of nobody", account.id.0));
            }
            if changed.contains(account.id.0.as_str()) || !self.readings.contains_key(&account.id.0) {
                self.readings.insert(account.id.0.clone(), contents(self.stored.of(&account.id)));
            }
        }
        Ok(())
    }

    fn budget(&mut self, state: &State, done: &Done) -> Result<(), String> {
        let budget = state.settings.budget.map(|money| money.amount);
        if !self.budgets.contains(&budget) {
            return Err(format!("lost: the budget is {budget:?}, not one of {:?}", self.budgets));
        }
        if done.replies.iter().any(|(command, reply)| command == "budget" && reply.ok)
            && done.replies.len() == 1
        {
            let last = self.budgets.last().copied().flatten();
            if budget != last {
                return Err(format!("lost: the budget is {budget:?} after {last:?} was saved"));
            }
            self.budgets = vec![budget];
        }
        Ok(())
    }

    fn check_figures(
        &mut self,
        world: &World,
        state: &State,
        figures: &Statement,
        now: Timestamp,
    ) -> Result<Figures, String> {
        let remotes = world.remotes.borrow();
        let mut shown = Vec::new();
        for (account, figures) in state.accounts.iter().zip(&figures.accounts) {
            let Some(place) = world.places.get(&account.id.0) else { continue };
            let is_whole = !self.holed.contains(&account.id.0);
            let observed = self.stored.of(&account.id).to_vec();
            let is_misdated = self.misdated.contains(&account.id.0);
            let remote = &remotes[*place];
            let seen = Seen { state, account, observed, figures, remote, now, is_whole, is_misdated };
            let (spent, mark, is_exact) =
                seen.check().map_err(|why| format!("r{place} ({}): {why}", remotes[*place].card.id))?;
            self.figures[usize::from(!is_exact)] += 1;
            shown.push(format!("r{place} {spent} {mark:?}"));
        }
        let counted = figures.accounts.iter().flat_map(AccountStatement::counted);
        let sum: Amount = counted.filter_map(|book| book.spend.amount).sum();
        let total = figures.total.spend.amount.unwrap_or(Amount::ZERO);
        if sum != total {
            return Err(format!("doubled: the total is {total}, and the accounts' sum is {sum}"));
        }
        Ok(shown)
    }
}

/// Whether a step happens entirely outside of the browser.
fn is_far_away(act: &Act) -> bool {
    matches!(act, Act::Spend { .. } | Act::TopUp { .. } | Act::Restate { .. } | Act::Fault { .. })
}

/// Whether a step leaves everything published: an event that ran to completion.
fn is_settled(step: &Step, done: &Done) -> bool {
    let is_event = matches!(&step.act, Act::Call(Call::Event(name)) if name == "alarm" || name == "start");
    is_event && !done.is_dead && step.meanwhile.is_none()
}

/// The contents of readings, each with its time.
fn contents(observed: &[Observation]) -> BTreeSet<(Timestamp, String)> {
    let text = |reading| serde_json::to_string(reading).unwrap_or_default();
    observed
        .iter()
        .flat_map(|observed| observed.readings.iter().map(|one| (observed.at, text(one))))
        .collect()
}

/// The loaded state is stored as the same values, and its backup restores them.
fn round_trip(host: &Fake, now: Timestamp) -> Result<(), String> {
    let mut state = load(host, &LoadScope::Whole(Vec::new()))?;
    let backup = state.to_backup(&[], now);
    let changes = save(&mut state);
    if let Some((key, text)) = changes.iter().next() {
        return Err(format!("load(save(x)) differs from x in {key}: {text:?}"));
    }
    let Some(text) = backup else { return Ok(()) };
    let again =
        Backup::parse(text.as_bytes(), &[], now).map_err(|why| format!("the backup is refused: {why:?}"))?;
    if again.state().to_backup(&[], now).as_ref() != Some(&text) {
        return Err("the backup of a backup differs".to_owned());
    }
    Ok(())
}

/// The popup's stored first frame equals what the worker draws.
fn frame_is_page(host: &Fake) -> Result<(), String> {
    let writes = host.writes.get();
    let frame: String = {
        let stored = host.stored.borrow();
        PUBLISHER.sections.iter().filter_map(|id| stored.get(&section_key(id)).cloned()).collect()
    };
    let message = json!({"page": "popup", "do": "show"}).to_string();
    let page = host.run(on_message(host, &message));
    if host.writes.get() != writes {
        return Err("to show the popup writes something".to_owned());
    }
    if host.session.borrow().contains_key("unsaved") || frame == page.html {
        return Ok(());
    }
    let at = frame.bytes().zip(page.html.bytes()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        text.get(at.saturating_sub(60)..(at + 60).min(text.len())).unwrap_or_default().to_owned()
    };
    Err(format!("the frame is not the page: {:?} and {:?}", around(&frame), around(&page.html)))
}

/// Loads the stored state within `scope`.
pub fn load(host: &Fake, scope: &LoadScope) -> Result<State, String> {
    let stored = host.stored.borrow();
    let mut values = Values::default();
    let mut keys = root_keys();
    loop {
        for key in keys {
            let text = if key == SPARE { host.spare.borrow().clone() } else { stored.get(&key).cloned() };
            values.set(key, text);
        }
        match State::load(&values, host.time(), scope) {
            Loaded::Complete(state) => return Ok(*state),
            Loaded::Needs(more) => keys = more,
            Loaded::Unusable(why) => return Err(format!("lost: what is stored cannot be used: {why:?}")),
        }
    }
}
