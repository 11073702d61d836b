//! Days and lines as JSON: one document, written in one part per month. Amounts are strings, so that no reader turns them into
//! floats.
//!
//! ```text
//!   {"format": "drawdown-days-and-lines", "version": 1, "exported_at": "...", "months": [
//!   {"month": "2026-11", "currency": "USD", "total": "31.5", "mark": "at_least", "reasons": ["open"], "spend": "11.5",
//!    "subscriptions": "20", "not_converted": [{"currency": "CNY", "amount": "3", ...}],
//!    "rows": [{"date": "2026-11-01", "account": "DeepSeek", ...}]}
//!   ]}
//! ```

use crate::books::figure::Figure;
use crate::features::export::choice::Part;
use crate::features::export::row::{Row, Rows, mark, reasons};
use crate::money::Amount;
use crate::time::Timestamp;

/// The version of the format. It rises when the meaning of a field changes.
const VERSION: u32 = 1;

/// A JSON object that is being written.
struct Object(String);

impl Object {
    fn new() -> Object {
        Object("{".to_owned())
    }

    /// Adds a field whose value is JSON.
    fn with(mut self, name: &str, json: &str) -> Object {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        for part in ["\"", name, "\":", json] {
            self.0.push_str(part);
        }
        self
    }

    /// Adds a text; an empty one is `null`.
    fn text(self, name: &str, text: &str) -> Object {
        let json = if text.is_empty() { None } else { serde_json::to_string(text).ok() };
        self.with(name, json.as_deref().unwrap_or("null"))
    }

    fn amount(self, name: &str, amount: Option<Amount>) -> Object {
        self.text(name, &amount.map(|amount| amount.to_string()).unwrap_or_default())
    }

    /// Adds an amount under this name, its mark and its reasons.
    fn figure(self, name: &str, figure: &Figure) -> Object {
        let marked = self.amount(name, figure.amount).text("mark", mark(figure.mark));
        marked.with("reasons", &reasons(figure.reasons))
    }

    fn end(self) -> String {
        self.0 + "}"
    }
}

/// A month of the document; the first part opens it and the last one closes it.
pub(super) fn write(rows: &Rows<'_>, part: Part) -> String {
    let begins = if part.is_first { open(rows.now) } else { ",\n".to_owned() };
    let ends = if part.is_last { "\n]}\n" } else { "" };
    begins + &month(rows) + ends
}

fn open(now: Timestamp) -> String {
    format!(
        "{{\"format\":\"drawdown-days-and-lines\",\"version\":{VERSION},\"exported_at\":\"{now}\",\"months\":[\n"
    )
}

fn month(rows: &Rows<'_>) -> String {
    let sum = &rows.of.sum;
    let foreign = sum.not_converted.iter().map(|(currency, figure)| {
        Object::new().text("currency", currency.code()).figure("amount", figure).end()
    });
    Object::new()
        .text("month", &rows.of.month.to_string())
        .text("currency", &rows.total_currency())
        .figure("total", &sum.total())
        .amount("spend", sum.spend.amount)
        .amount("subscriptions", Some(sum.plans))
        .with("not_converted", &list(foreign))
        .with("rows", &list(rows.all().map(|row| of_row(&row))))
        .end()
}

fn of_row(row: &Row) -> String {
    Object::new()
        .text("date", &row.day.to_string())
        .text("account", &row.account)
        .text("provider", &row.provider)
        .text("model", &row.model)
        .text("for", row.purpose.name())
        .figure("amount", &row.figure)
        .text("currency", row.currency.code())
        .amount("in_total", row.total)
        .text("source", row.source)
        .text("client", &row.client)
        .end()
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(",\n"))
}
