//! The state that a killed worker leaves.

use std::collections::BTreeMap;

use drawdown::host::Notification;
use drawdown_lab::fake::Fake;

/// Everything that survives a worker.
#[derive(Clone, PartialEq)]
pub(crate) struct Rest {
    pub(crate) stored: BTreeMap<String, String>,
    spare: Option<String>,
    session: BTreeMap<String, String>,
    synced: BTreeMap<String, String>,
    notified: Vec<Notification>,
}

impl Rest {
    pub(crate) fn of(host: &Fake) -> Rest {
        Rest {
            stored: host.stored.borrow().clone(),
            spare: host.spare.borrow().clone(),
            session: host.session.borrow().clone(),
            synced: host.synced.borrow().clone(),
            notified: host.notified.borrow().clone(),
        }
    }

    pub(crate) fn restore(&self, host: &Fake) {
        host.stored.borrow_mut().clone_from(&self.stored);
        host.spare.borrow_mut().clone_from(&self.spare);
        host.session.borrow_mut().clone_from(&self.session);
        host.synced.borrow_mut().clone_from(&self.synced);
        host.notified.borrow_mut().clone_from(&self.notified);
    }
}

/// The states left by workers that were killed at one await after the other. Most are equal to the previous one: what follows is
/// the same, and is tested once.
#[derive(Default)]
pub(crate) struct Left(Vec<Rest>);

impl Left {
    /// Whether no earlier worker left this state.
    pub(crate) fn is_new(&mut self, host: &Fake) -> bool {
        let rest = Rest::of(host);
        let is_new = !self.0.contains(&rest);
        if is_new {
            self.0.push(rest);
        }
        is_new
    }
}
