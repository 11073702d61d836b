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

/// The outcome of a command. `None` for a command that no page sends.
type Doing<'a> = Pin<Box<dyn Future<Output = Option<Note>> + 'a>>;

/// The command of a page that opens, or that notices a change.
const SHOW: &str = "show";

/// Runs a command.
///
/// All commands together are one function, which the browser compiles at the first call. A page that only opens does not wait
/// for that.
pub(super) fn run<'a, H: Host>(app: &'a App<'_, H>, form: &'a Form) -> Doing<'a> {
    if form.command() == SHOW {
        return Box::pin(ready(Some(Note::new(at("note"), Ok(Done::silently())))));
    }
    Box::pin(run_any(app, form))
}

/// Declares every other command: its name, the section that shows its outcome, and its function.
macro_rules! commands {
    ($app:ident, $form:ident: $($name:literal, $section:expr => $done:expr;)*) => {
        /// The name of every command. The forms of pages send only these (`data-do`).
        pub const COMMANDS: &[&str] = &[SHOW, $($name),*];

        async fn run_any<H: Host>($app: &App<'_, H>, $form: &Form) -> Option<Note> {
            Some(match $form.command() {
                $($name => Note::new($section, $done),)*
                _ => return None,
            })
        }
    };
}

commands! { app, form:
    "refresh", at("note") => refresh_all(app).await;
    "hide", at("note") => privacy::hide(app, form).await;
    "dismiss_summary", at("note") => statement::dismiss(app, form).await;
    "noted", at("note") => storage_loss::noted(app).await;
    "close_news", at("note") => whats_new::close(app).await;
    "lock", at("note") => vault::lock_now(app).await;
    "unlock", at("unlock") => vault::unlock(app, form).await;
    "seal", at("seal") => vault::seal(app, form).await;
    "suggest_password", at("note") => Ok(vault::suggest_password(app));
    "stay_unlocked", at("password") => vault::stay_unlocked(app, form).await;
    "change_password", at("password") => vault::change_password(app, form).await;
    "forget_password", at("password") => vault::forget_password(app).await;
    "connect", at("connect") => keys::connect(app, form).await;
    "replace_key", at_account(form) => keys::replace_key(app, form).await;
    "take_key", at_account(form) => keys::take_key(app, form).await;
    "drop_key", at_account(form) => keys::drop_key(app, form).await;
    "key_expiry", at_account(form) => keys::set_expiry(app, form).await;
    "pause", at_account(form) => accounts::pause(app, form).await;
    "resume", at_account(form) => accounts::resume(app, form).await;
    "rename", at_account(form) => accounts::rename(app, form).await;
    "client", at_account(form) => clients::set(app, form).await;
    "move", at("accounts") => accounts::shift(app, form).await;
    "join", at_account(form) => accounts::join(app, form).await;
    "remove", at("accounts") => accounts::remove(app, form).await;
    "restore", at("removed") => removal::restore(app, form).await;
    "erase", at("removed") => removal::erase(app, form).await;
    "erase_all", at("erase") => removal::erase_all(app, form).await;
    "snooze", at_account(form) => snooze::set(app, form).await;
    "reloads", at_account(form) => reloads::set(app, form).await;
    "expiry_day", at_account(form) => credits::set_granted(app, form).await;
    "credit", at_account(form) => credits::keep(app, form).await;
    "drop_credit", at_account(form) => credits::forget(app, form).await;
    "peak_hours", at_account(form) => peak_hours::set(app, form).await;
    "declare", at_account(form) => corrections::declare(app, form).await;
    "undo", at_account(form) => corrections::undo(app, form).await;
    "by_hand", at("connect") => manual::by_hand(app, form).await;
    "by_file", at("connect") => manual::by_file_account(app, form).await;
    "figure", at_account(form) => manual::keep_figure(app, form).await;
    "edit_figure", at_account(form) => manual::edit_figure(app, form).await;
    "left", at_account(form) => manual::keep_left(app, form).await;
    "remind", at_account(form) => manual::remind(app, form).await;
    "invoice", at_account(form) => invoices::keep(app, form).await;
    "invoice_file", at_account(form) => invoices::import(app, form).await;
    "drop_invoice", at_account(form) => invoices::forget(app, form).await;
    "import", at("import") => imports::import(app, form).await;
    "answer_import", at("import") => imports::answer(app, form).await;
    "back_up", at("backup") => backup::back_up(app, &features::device_settings()).await;
    "restore_backup", at("backup") => backup::restore(app, form, &features::device_settings()).await;
    "sync_on", at("sync") => sync::turn_on(app, &features::device_settings()).await;
    "sync_join", at(if form.text("open") == "settings" { "sync" } else { "join" }) => sync::join(app, form, &features::device_settings()).await;
    "sync_off", at("sync") => sync::turn_off(app, form).await;
    "export", at("export") => export::export(app, form).await;
    "diagnose", at("diagnostics") => diagnostics::diagnose(app, form).await;
    "save_diagnostics", at("diagnostics") => diagnostics::save(app, form);
    "count", at("count") => estimate::live(app, form).await;
    "what_if_text", at("estimate") => estimate::text(app, form).await;
    "what_if_top_up", at("estimate") => estimate::top_up(app, form).await;
    "what_if_growth", at("estimate") => estimate::growth(app, form).await;
    "plan", at("subscriptions") => subscriptions::keep(app, form).await;
    "drop_plan", at("subscriptions") => subscriptions::forget(app, form).await;
    "untracked", at("untracked") => untracked::keep(app, form).await;
    "drop_untracked", at("untracked") => untracked::forget(app, form).await;
    "budget", at("plans") => budget::set(app, form).await;
    "rate", at("currencies") => rates::set(app, form).await;
    "ecb_rates", at("currencies") => rates::set_daily(app, form).await;
    "alerts", at("alerts") => alerts::set(app, form).await;
    "appearance", at("appearance") => appearance::change(app, form).await;
    "sample", at("note") => sample::set(app, form).await;
    "settings", at("settings") => settings::change(app, form).await;
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
