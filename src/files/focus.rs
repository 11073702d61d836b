//! FOCUS, the FinOps Open Cost and Usage Specification, versions 1.0 to 1.4: rows of usage cost become bills.
//!
//! Reads `ChargePeriodStart` and `ChargePeriodEnd` (UTC, the end is exclusive), `BilledCost`, `BillingCurrency`,
//! `ChargeCategory`, `ServiceName`, and `ProviderName` or, from 1.3 on, `ServiceProviderName`. `EffectiveCost` is read if
//! present: a row of usage that was billed zero was paid earlier, by a purchase, so its effective cost counts. Rows of purchases,
//! credits, adjustments and taxes are not usage: they are skipped, and each kind is reported with its number and sum. A row of
//! usage that corrects an earlier one counts with its sign.
//! Source: <https://focus.finops.org>, 2026-11.
//!
//! ```
//! use drawdown::files::read_focus;
//!
//! let table = b"ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ChargeCategory,ServiceName,ProviderName\n\
//!     2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,1.25,USD,Usage,Chat,Acme\n";
//! assert!(read_focus("focus.csv", table, 10).unwrap().is_some());
//! assert!(read_focus("other.csv", b"day,cost\n", 10).unwrap().is_none());
//! ```

use crate::files::row_counts::RowCounts;
use crate::files::table::{Table, amount, currency, delimiter, is_plausible, name};
use crate::files::{Item, ItemKind, ParsedTable, RefusalReason, Refused, Skip, SkippedSum};
use crate::money::{Amount, Money};
use crate::time::{Month, Span, Timestamp};

const START: &str = "ChargePeriodStart";
const END: &str = "ChargePeriodEnd";
const BILLED: &str = "BilledCost";
const EFFECTIVE: &str = "EffectiveCost";
const CURRENCY: &str = "BillingCurrency";
const CATEGORY: &str = "ChargeCategory";
const SERVICE: &str = "ServiceName";
const PROVIDER: &str = "ProviderName";
/// The name of the provider column from version 1.3 on.
const SERVICE_PROVIDER: &str = "ServiceProviderName";
/// A column of Drawdown's own exports.
const SOURCE: &str = "x_Source";
/// The text of `x_Source` in the rows of subscriptions. They belong to no account, and are listed where they were entered.
const OWN_SUBSCRIPTION: &str = "subscription";
const COLUMNS: [&str; 10] =
    [START, END, BILLED, EFFECTIVE, CURRENCY, CATEGORY, SERVICE, PROVIDER, SERVICE_PROVIDER, SOURCE];

/// Reads a table. `None` if its columns are not those of FOCUS.
pub fn read_focus(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    if !(table.has(BILLED) && (table.has(START) || table.has(CATEGORY))) {
        return Ok(None);
    }
    let provider = if table.has(SERVICE_PROVIDER) { SERVICE_PROVIDER } else { PROVIDER };
    let needed = [START, END, BILLED, CURRENCY, CATEGORY, SERVICE, provider];
    needed.into_iter().try_for_each(|column| table.require(column))?;
    let (mut items, mut sums) = (Vec::new(), Sums::default());
    let mut providers: Vec<String> = Vec::new();
    while table.next_row()? {
        let currency = table.read(CURRENCY, currency)?;
        let is_subscription = table.cell(SOURCE)? == OWN_SUBSCRIPTION;
        let of_category = table.read(CATEGORY, skip)?;
        if let Some(skip) = is_subscription.then_some(Skip::Subscription).or(of_category) {
            let sum = Money { amount: table.read(BILLED, amount)?, currency };
            sums.add(skip, table.read(START, time)?.month(), sum);
            table.skip_read(skip);
            continue;
        }
        let span = Span { from: table.read(START, time)?, to: table.read(END, time)? };
        if !is_plausible(span) {
            return Err(table.refuse(END));
        }
        let is_left_out = table.cell(provider)?.is_empty() && table.has(PROVIDER);
        let sold_by = table.read(if is_left_out { PROVIDER } else { provider }, name)?;
        if !providers.contains(&sold_by) {
            providers.push(sold_by.clone());
        }
        items.push((
            sold_by,
            Item {
                currency: Some(currency),
                name: table.read(SERVICE, name)?,
                kind: ItemKind::Wallet(None),
                span,
                amount: cost(&mut table)?,
                price: None,
            },
        ));
    }
    if items.is_empty() && sums.is_empty() {
        return Err(Refused::file(file, RefusalReason::Empty));
    }
    let is_of_several = providers.len() > 1;
    let items = items.into_iter().map(|(sold_by, item)| match is_of_several {
        true if item.name != sold_by => Item { name: format!("{sold_by}: {}", item.name), ..item },
        _ => item,
    });
    let rows = sums.in_samples(table.rows());
    Ok(Some(ParsedTable::CostsAndSkipped(items.collect(), sums.0, rows)))
}

/// The cost of a row of usage.
fn cost(table: &mut Table<'_>) -> Result<Amount, Refused> {
    let is_known = table.has(EFFECTIVE) && !table.cell(EFFECTIVE)?.is_empty();
    let effective = if is_known { table.read(EFFECTIVE, amount)? } else { Amount::ZERO };
    // A billed charge of zero would be counted as no charge, but here the row has a cost.
    if !effective.is_zero() && table.read(BILLED, amount)?.is_zero() {
        return Ok(effective);
    }
    table.charge(BILLED, amount)
}

/// The reason for skipping a row of this category; `Some(None)` for a row that is read.
fn skip(category: &str) -> Option<Option<Skip>> {
    match category.to_ascii_lowercase().as_str() {
        "usage" => Some(None),
        "purchase" => Some(Some(Skip::Purchase)),
        "credit" => Some(Some(Skip::Credit)),
        "adjustment" => Some(Some(Skip::Adjustment)),
        "tax" => Some(Some(Skip::Tax)),
        _ => None,
    }
}

/// Parses a UTC time, with a space or a `T`.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.replacen(' ', "T", 1);
    let midnight = || Timestamp::parse(&format!("{text}T00:00:00Z"));
    Timestamp::parse(&text).or_else(|| Timestamp::parse(&format!("{text}Z"))).or_else(midnight)
}

/// The sums of the skipped rows, by kind, month and currency.
#[derive(Default)]
struct Sums(Vec<SkippedSum>);

impl Sums {
    fn add(&mut self, why: Skip, month: Month, Money { amount, currency }: Money) {
        let is_it =
            |known: &&mut SkippedSum| (known.why, known.month, known.sum.currency) == (why, month, currency);
        match self.0.iter_mut().find(is_it) {
            Some(known) => known.sum.amount = known.sum.amount + amount,
            None => self.0.push(SkippedSum { why, month, sum: Money { amount, currency } }),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The counts, with the sums of all months as samples.
    fn in_samples(&self, mut rows: RowCounts) -> RowCounts {
        for skipped in &mut rows.skipped {
            let mut sums: Vec<Money> = Vec::new();
            for SkippedSum { sum, .. } in self.0.iter().filter(|known| known.why == skipped.why) {
                match sums.iter_mut().find(|known| known.currency == sum.currency) {
                    Some(known) => known.amount = known.amount + sum.amount,
                    None => sums.push(*sum),
                }
            }
            let sums: Vec<String> = sums
                .iter()
                .map(|Money { amount, currency }| {
                    format!("{} {currency}", amount.to_fixed(currency.decimals()))
                })
                .collect();
            if !sums.is_empty() {
                skipped.sample = sums.join(" + ");
            }
        }
        rows
    }
}
