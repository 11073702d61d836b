//! Keys: connecting an account with a key, replacing an account's key, and the day on which a key expires.

mod expiry;
mod replace;
mod trial;
mod view;
mod words;

pub(crate) use expiry::{expires, expires_soon, expiry_form, set_expiry};
pub(crate) use replace::{drop_key, replace_key, take_key};
pub(crate) use view::{connect_form, new_key, replaced};

use crate::app::alarm;
use crate::app::driver::A_YEAR;
use crate::app::google_token;
use crate::app::refresh::keep;
use crate::app::session::{hold_keys, make_name};
use crate::app::tx::{Step, note};
use crate::app::{App, Done, Outcome, Rejected, Spot};
use crate::books::reading::{AccountId, Counter, Reading, Role};
use crate::features::keys::trial::{Tried, pasted, still_holds, try_key};
use crate::features::keys::words::words;
use crate::host::Host;
use crate::money::Money;
use crate::provider::{Provider, Report};
use crate::providers;
use crate::store::{Account, Ended, LoadScope, Outgoing};
use crate::time::{Day, Month};
use crate::ui::Form;
use crate::vault::Secret;

/// What was entered to connect an account.
struct Connect {
    provider: &'static Provider,
    label: String,
    key: Secret,
    settings: Vec<(String, String)>,
    expires: Option<Day>,
}

impl Connect {
    fn parse(form: &Form) -> Result<Connect, Rejected> {
        Ok(Connect {
            expires: form.day("key_expires")?,
            provider: providers::find(form.text("provider")).ok_or(Rejected::NoAccount)?,
            label: form.label(),
            key: pasted(form),
            settings: form.settings(),
        })
    }
}

/// Tries a key. If it works, stores the account; the report of that read is its baseline (rule L2).
pub(crate) async fn connect<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let Connect { provider, label, key, settings, expires } = Connect::parse(form)?;
    let id = AccountId(make_name(app));
    let mut out = Outgoing::new(provider.card.id);
    let tried = try_key(app, provider, &id, &settings, &key, A_YEAR, &mut out).await;
    let held = hold_keys(app).await?;
    let Tried { credential, provider, report, .. } = match still_holds(app, &id, tried).await {
        Ok(tried) => tried,
        Err(rejected) => {
            google_token::forget(app, &[id]).await;
            note(app, out).await?;
            return Err(rejected);
        }
    };
    out.of.clone_from(&id.0);
    let left: Vec<Money> = report.readings.iter().filter_map(Reading::left).collect();
    let spent = spent(&report, app.host.now().month());
    let reach = LoadScope::of_bills(&id, report.bills.iter());
    let connected = Step::within(&reach).noting(vec![out]).commit(app, |state, now| {
        let mut account = Account::new(id.clone(), provider.card.id, label, credential);
        account.settings = settings;
        account.key_expires = expires;
        account.end(now, Ended::Read);
        account.pulse.read_at = Some(now);
        state.accounts.push(account);
        keep(state, &id, now, Role::Baseline, report);
    });
    connected.await?;
    drop(held);
    alarm::arm(app).await;
    let connected = Done::says(move |language| (words(language).connected)(&left, &spent));
    Ok(connected.opening(Spot::Account(id)))
}

/// A report's spend of the current month, by currency.
fn spent(report: &Report, month: Month) -> Vec<Money> {
    let bills = || report.bills.iter().filter(|bill| bill.day.month() == month);
    let counted = report.readings.iter().filter_map(|reading| match reading {
        Reading::Counter(Counter { currency, this_month, .. }) => {
            this_month.map(|amount| Money { amount, currency: *currency })
        }
        Reading::Balance(_) => None,
    });
    let billed = bills().map(|bill| Money { amount: bill.amount(), currency: bill.currency });
    let mut spent: Vec<Money> = Vec::new();
    for money in counted.chain(billed) {
        match spent.iter_mut().find(|known| known.currency == money.currency) {
            Some(known) => known.amount = known.amount + money.amount,
            None => spent.push(money),
        }
    }
    // A sum without the unpriced amounts would look exact.
    for bill in bills().filter(|bill| bill.has_unpriced) {
        spent.retain(|known| known.currency != bill.currency);
    }
    spent
}
