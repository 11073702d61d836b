//! Checks that a secret is only where it belongs: a key in a request to its own provider, the data key in the session.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::host::Body;

use crate::storm::world::{Done, PASSWORD, World};

/// Searches for the secrets of a storm. Stored values are searched when they change, and when the secrets do.
#[derive(Default)]
pub struct Secrets {
    seen: BTreeMap<String, String>,
    search: Option<Search>,
}

/// One search for all secrets, as they are and in Base64.
struct Search {
    secrets: Vec<String>,
    finder: AhoCorasick,
}

impl Search {
    fn new(secrets: Vec<String>) -> Result<Search, String> {
        let forms = secrets.iter().flat_map(|secret| [secret.clone(), STANDARD.encode(secret)]);
        let finder = AhoCorasick::new(forms).map_err(|why| why.to_string())?;
        Ok(Search { secrets, finder })
    }

    /// Fails with the number of the secret that a text contains.
    fn find(&self, place: &str, text: &str) -> Result<(), String> {
        match self.finder.find(text) {
            Some(found) => Err(format!("secret {} is in {place}", found.pattern().as_usize() / 2)),
            None => Ok(()),
        }
    }
}

impl Secrets {
    /// Fails with the place of the secret that is found.
    pub fn check(&mut self, world: &World, done: &Done) -> Result<(), String> {
        let host = &*world.host;
        let mut secrets: Vec<String> =
            world.remotes.borrow().iter().flat_map(|remote| remote.keys.clone()).collect();
        secrets.push(PASSWORD.to_owned());
        let data_key = host.session.borrow().get("data-key").cloned();
        secrets.extend(data_key);
        let search = match self.search.take().filter(|search| search.secrets == secrets) {
            Some(search) => search,
            None => {
                self.seen.clear();
                Search::new(secrets)?
            }
        };
        let find = |place: &str, text: &str| search.find(place, text);
        self.stored(world, &find)?;
        for (name, text) in host.session.borrow().iter().filter(|(name, _)| *name != "data-key") {
            find(&format!("the session's {name}"), text)?;
        }
        for (command, reply) in &done.replies {
            find(&format!("the page after {command}"), &reply.html)?;
            if let Some(part) = &reply.file {
                find(&format!("the file of {command}"), &part.text)?;
            }
        }
        for badge in host.badge.borrow().iter() {
            find("the badge", &format!("{} {}", badge.text, badge.title))?;
        }
        for notification in host.notified.borrow().iter() {
            find("a notification", &format!("{} {}", notification.title, notification.message))?;
        }
        for progress in host.progress.borrow().iter() {
            find("the progress", &progress.html)?;
        }
        requests(world, &find)?;
        self.search = Some(search);
        Ok(())
    }

    fn stored(
        &mut self,
        world: &World,
        find: &dyn Fn(&str, &str) -> Result<(), String>,
    ) -> Result<(), String> {
        let stored = world.host.stored.borrow();
        let copy = world.host.spare.borrow();
        let copy = copy.iter().map(|copy| ("second copy", copy));
        for (key, text) in stored.iter().map(|(key, text)| (key.as_str(), text)).chain(copy) {
            if self.seen.get(key) != Some(text) {
                find(&format!("the stored {key}"), text)?;
                self.seen.insert(key.to_owned(), text.clone());
            }
        }
        Ok(())
    }
}

/// A request may contain the key of its own provider in a header, and no other secret.
fn requests(world: &World, find: &dyn Fn(&str, &str) -> Result<(), String>) -> Result<(), String> {
    let remotes = world.remotes.borrow();
    for request in world.host.sent.borrow_mut().drain(..) {
        let host = request.url.split('/').nth(2).unwrap_or_default().to_owned();
        find("an address", &request.url)?;
        match &request.body {
            Some(Body::Json(text)) => find("a request's body", text)?,
            Some(Body::Form(text)) => find("a request's form", text.expose())?,
            None => {}
        }
        for (_, value) in &request.headers {
            let of_host = remotes.iter().filter(|remote| remote.card.host == host);
            let own = of_host.filter_map(|remote| remote.key_in(value.expose())).next();
            let rest = own.map_or(value.expose(), |key| value.expose().trim_end_matches(key));
            find(&format!("a header to {host}"), rest)?;
        }
    }
    Ok(())
}
