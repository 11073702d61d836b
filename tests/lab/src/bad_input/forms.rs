//! Forms of a page, one message per line.

use drawdown::provider::Answer;
use drawdown::ui::Form;
use drawdown::vault::Secret;

use crate::bad_input::{browser, draw};
use crate::on_message;

/// The maximum number of messages in one input.
const MOST: usize = 8;
/// Deriving a key from a password would take a second of the fuzzer's time. The vault has its own tests and vectors.
const SLOW: [&str; 1] = ["seal"];

/// Sends any messages to a browser with one account, and draws the result.
pub(super) fn forms(bytes: &[u8]) -> bool {
    let host = browser("deepseek", Vec::new());
    let balance = r#"{"is_available":true,"balance_infos":[{"currency":"USD","total_balance":"9","granted_balance":"0","topped_up_balance":"9"}]}"#;
    host.answers(move |_| Ok(Answer::new(200, balance)));
    let mut is_accepted = false;
    let text = String::from_utf8_lossy(bytes);
    for message in text.lines().take(MOST) {
        let form = Form::read(Secret::new(message));
        if form.is_some_and(|form| SLOW.contains(&form.command())) {
            continue;
        }
        let reply = host.run(on_message(&host, message));
        serde_json::to_string(&reply).expect("lib.rs can answer with it");
        is_accepted |= reply.ok;
    }
    draw(&host);
    is_accepted
}
