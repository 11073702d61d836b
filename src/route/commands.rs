//! Every command of a page, with its feature and the section that shows its outcome.

use core::future::ready;
use core::pin::Pin;

use crate::app::tx::commit;
use crate::app::{App, Done, Failure, Note, Outcome, RefreshScope, refresh, unsaved};
use crate::features::{
    self, accounts, alerts, appearance, backup, budget, clients, corrections, credits, diagnostics, estimate,
    export, forecast_record, imports, invoices, keys, manual, peak_hours, privacy, rates, reloads, removal,
    sample, settings, snooze, statement, storage_loss, subscriptions, sync, untracked, vault, whats_new,
};
use crate::host::Host;
use crate::ui::Form;

/// What a command does.
type Doing<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// The command of a page that opens, or that notices a change.
const SHOW: &str = "show";

/// Runs a command. `None` for a command that no page sends.
pub(super) async fn run<H: Host>(app: &App<'_, H>, form: &Form) -> Option<Note> {
    if form.command() == SHOW {
        return Some(Note::new(at("note"), Ok(Done::silently())));
    }
    let (section, doing) = command(app, form)?;
    Some(Note::new(section, doing.await))
}

/// Declares every other command: its name, the section that shows its outcome, and its function.
///
/// Each command is a function of its own in the module, because the browser compiles a function when it is called first.
macro_rules! commands {
    ($app:ident, $form:ident: $($name:literal, $section:expr => $doing:expr;)*) => {
        /// The name of every command. The forms of pages send only these (`data-do`).
        pub const COMMANDS: &[&str] = &[SHOW, $($name),*];

        fn command<'a, H: Host>($app: &'a App<'_, H>, $form: &'a Form) -> Option<(String, Doing<'a>)> {
            Some(match $form.command() {
                $($name => ($section, Box::pin($doing)),)*
                _ => return None,
            })
        }
    };
}

commands! { app, form:
    "refresh", at("note") => refresh_all(app);
    "hide", at("note") => privacy::hide(app, form);
    "dismiss_summary", at("note") => statement::dismiss(app, form);
    "noted", at("note") => storage_loss::noted(app);
    "close_news", at("note") => whats_new::close(app);
    "lock", at("note") => vault::lock_now(app);
    "unlock", at("unlock") => vault::unlock(app, form);
    "seal", at("seal") => vault::seal(app, form);
    "suggest_password", at("note") => ready(Ok(vault::suggest_password(app)));
    "stay_unlocked", at("password") => vault::stay_unlocked(app, form);
    "change_password", at("password") => vault::change_password(app, form);
    "forget_password", at("password") => vault::forget_password(app);
    "connect", at("connect") => keys::connect(app, form);
    "replace_key", at_account(form) => keys::replace_key(app, form);
    "take_key", at_account(form) => keys::take_key(app, form);
    "drop_key", at_account(form) => keys::drop_key(app, form);
    "key_expiry", at_account(form) => keys::set_expiry(app, form);
    "pause", at_account(form) => accounts::pause(app, form);
    "resume", at_account(form) => accounts::resume(app, form);
    "rename", at_account(form) => accounts::rename(app, form);
    "client", at_account(form) => clients::set(app, form);
    "move", at("accounts") => accounts::shift(app, form);
    "join", at_account(form) => accounts::join(app, form);
    "remove", at("accounts") => accounts::remove(app, form);
    "restore", at("removed") => removal::restore(app, form);
    "erase", at("removed") => removal::erase(app, form);
    "erase_all", at("erase") => removal::erase_all(app, form);
    "snooze", at_account(form) => snooze::set(app, form);
    "reloads", at_account(form) => reloads::set(app, form);
    "expiry_day", at_account(form) => credits::set_granted(app, form);
    "credit", at_account(form) => credits::keep(app, form);
    "drop_credit", at_account(form) => credits::forget(app, form);
    "peak_hours", at_account(form) => peak_hours::set(app, form);
    "declare", at_account(form) => corrections::declare(app, form);
    "undo", at_account(form) => corrections::undo(app, form);
    "by_hand", at("connect") => manual::by_hand(app, form);
    "by_file", at("connect") => manual::by_file_account(app, form);
    "figure", at_account(form) => manual::keep_figure(app, form);
    "edit_figure", at_account(form) => manual::edit_figure(app, form);
    "left", at_account(form) => manual::keep_left(app, form);
    "remind", at_account(form) => manual::remind(app, form);
    "invoice", at_account(form) => invoices::keep(app, form);
    "invoice_file", at_account(form) => invoices::import(app, form);
    "drop_invoice", at_account(form) => invoices::forget(app, form);
    "import", at("import") => imports::import(app, form);
    "answer_import", at("import") => imports::answer(app, form);
    "back_up", at("backup") => async { backup::back_up(app, &features::device_settings()).await };
    "restore_backup", at("backup") => async { backup::restore(app, form, &features::device_settings()).await };
    "sync_on", at("sync") => async { sync::turn_on(app, &features::device_settings()).await };
    "sync_join", at(if form.text("open") == "settings" { "sync" } else { "join" }) => async { sync::join(app, form, &features::device_settings()).await };
    "sync_off", at("sync") => sync::turn_off(app, form);
    "export", at("export") => export::export(app, form);
    "diagnose", at("diagnostics") => diagnostics::diagnose(app, form);
    "save_diagnostics", at("diagnostics") => ready(diagnostics::save(app, form));
    "count", at("count") => estimate::live(app, form);
    "what_if_text", at("estimate") => estimate::text(app, form);
    "what_if_top_up", at("estimate") => estimate::top_up(app, form);
    "what_if_growth", at("estimate") => estimate::growth(app, form);
    "plan", at("subscriptions") => subscriptions::keep(app, form);
    "drop_plan", at("subscriptions") => subscriptions::forget(app, form);
    "untracked", at("untracked") => untracked::keep(app, form);
    "drop_untracked", at("untracked") => untracked::forget(app, form);
    "budget", at("plans") => budget::set(app, form);
    "rate", at("currencies") => rates::set(app, form);
    "ecb_rates", at("currencies") => rates::set_daily(app, form);
    "alerts", at("alerts") => alerts::set(app, form);
    "appearance", at("appearance") => appearance::change(app, form);
    "sample", at("note") => sample::set(app, form);
    "settings", at("settings") => settings::change(app, form);
}

/// A section, by its id.
pub(super) fn at(section: &str) -> String {
    section.to_owned()
}

/// The card of the account that a form is about.
fn at_account(form: &Form) -> String {
    format!("account-{}", form.account().0)
}

/// Shows the figures again, after a refresh that could save all of its work.
pub(super) async fn show_saved<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    if unsaved::end(app).await { commit(app, |_, _| ()).await } else { Ok(()) }
}

/// Reads every account, and raises the alerts that follow.
async fn refresh_all<H: Host>(app: &App<'_, H>) -> Outcome {
    let refreshed = refresh(app, RefreshScope::All).await.and(forecast_record::after_refresh(app).await);
    refreshed.and(alerts::after_refresh(app).await)?;
    show_saved(app).await?;
    Ok(Done::silently())
}
