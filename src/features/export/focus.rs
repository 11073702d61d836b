//! A month as FOCUS 1.2 CSV (FinOps Open Cost and Usage Specification, focus.finops.org).
//!
//! ```text
//!   Usage       what accounts cost          EffectiveCost: the amount. BilledCost: the amount, or 0 if a prepaid balance
//!                                           paid it, because that was billed at its top-up
//!   Purchase    top-ups, subscriptions      BilledCost: the amount. EffectiveCost: 0, because it covers usage: a subscription
//!                                           has a usage row on the day of its charge, as on the pages
//!   Credit      granted money that came in  both 0: nobody is billed, and usage spends it. x_Amount has the amount
//!   Adjustment  refunds, expired money, unexplained rises, undone declarations: EffectiveCost 0
//! ```
//!
//! So, for each currency, EffectiveCost sums to the month's spend and subscriptions, and BilledCost to what was paid.
//! x_CostInTotal sums to the total in the main currency. Spend and total are those of the pages.
//!
//! ServiceProviderName and HostProviderName are for readers of FOCUS 1.3. An unknown cost has no row, because FOCUS allows no
//! empty cost.

use crate::books::correction::Kind;
use crate::books::figure::Mark;
use crate::books::statement::{Movement, MovementKind};
use crate::features::export::choice::Part;
use crate::features::export::csv::{amount, head, name};
use crate::features::export::row::{Purpose, Row, Rows, mark};
use crate::files::add_line;
use crate::money::{Amount, Currency};
use crate::time::{Day, Month};

/// The columns in alphabetical order, with this product's own at the end.
const COLUMNS: &str = "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,\
    ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,\
    ContractedCost,EffectiveCost,HostProviderName,InvoiceId,InvoiceIssuerName,ListCost,PricingQuantity,\
    PricingUnit,ProviderName,PublisherName,ServiceCategory,ServiceName,ServiceProviderName,\
    ServiceSubcategory,x_Amount,x_Client,x_CostInTotal,x_Estimated,x_Mark,x_Source,x_TotalCurrency";

/// The account id of subscriptions, which belong to no account.
const SUBSCRIPTIONS: &str = "subscriptions";

/// One charge: the values that differ between rows.
#[derive(Clone)]
struct Charge {
    day: Day,
    id: String,
    account: String,
    provider: String,
    currency: Currency,
    category: &'static str,
    frequency: &'static str,
    description: String,
    amount: Amount,
    billed: Amount,
    effective: Amount,
    in_total: Option<Amount>,
    mark: Mark,
    source: &'static str,
    client: String,
}

/// A month as CSV; the first part begins with the column names.
pub(super) fn write(rows: &Rows<'_>, part: Part) -> String {
    let mut text = head(COLUMNS, part);
    let total = rows.total_currency();
    let moved = rows.of.movements.iter().map(|movement| of_movement(rows, movement));
    for charge in rows.all().flat_map(of_row).chain(moved) {
        add_line(&mut text, &cells(charge, rows.of.month, &total));
    }
    text
}

fn of_row(row: Row) -> Vec<Charge> {
    let Some(amount) = row.figure.amount else { return Vec::new() };
    let is_charge = row.purpose == Purpose::Subscription;
    let description = match row.purpose {
        Purpose::Usage => row.model,
        Purpose::NotBrokenDown => "Usage, not broken down".to_owned(),
        Purpose::Subscription => "Subscription".to_owned(),
    };
    let usage = Charge {
        day: row.day,
        id: if is_charge { SUBSCRIPTIONS.to_owned() } else { row.id },
        provider: if row.provider.is_empty() { row.account.clone() } else { row.provider },
        account: row.account,
        currency: row.currency,
        category: "Usage",
        frequency: if is_charge { "Recurring" } else { "Usage-Based" },
        description,
        amount,
        billed: if row.is_prepaid || is_charge { Amount::ZERO } else { amount },
        effective: amount,
        in_total: row.total,
        mark: row.figure.mark,
        source: row.source,
        client: row.client,
    };
    let purchase = is_charge.then(|| Charge {
        category: "Purchase",
        billed: amount,
        effective: Amount::ZERO,
        in_total: None,
        ..usage.clone()
    });
    purchase.into_iter().chain([usage]).collect()
}

fn of_movement(rows: &Rows<'_>, movement: &Movement) -> Charge {
    let (category, description, kind) = match movement.kind {
        MovementKind::Known(Kind::TopUp) => ("Purchase", "Top-up", Kind::TopUp),
        MovementKind::Known(Kind::Gift) => ("Credit", "Granted credit", Kind::Gift),
        MovementKind::Known(Kind::Expiry) => ("Adjustment", "Expired credit", Kind::Expiry),
        MovementKind::Known(Kind::Refund) => ("Adjustment", "Refund or transfer", Kind::Refund),
        MovementKind::Unexplained => ("Adjustment", "Unexplained rise of the balance", Kind::TopUp),
        MovementKind::Undone(kind) => ("Adjustment", undone(kind), kind),
        MovementKind::Undoing(kind) => ("Adjustment", undoing(kind), kind),
    };
    let is_paid = matches!(kind, Kind::TopUp | Kind::Refund);
    let (account, provider) = rows.names(movement);
    Charge {
        day: movement.day,
        id: movement.account.0.clone(),
        provider: if provider.is_empty() { account.clone() } else { provider },
        account,
        currency: movement.currency,
        category,
        frequency: "One-Time",
        description: description.to_owned(),
        amount: movement.amount,
        billed: if is_paid { movement.amount } else { Amount::ZERO },
        effective: Amount::ZERO,
        in_total: None,
        mark: if movement.kind == MovementKind::Unexplained { Mark::Floor } else { Mark::Approximate },
        source: "balance",
        client: rows.client(movement),
    }
}

fn undone(kind: Kind) -> &'static str {
    match kind {
        Kind::TopUp => "Top-up, undone later",
        Kind::Gift => "Granted credit, undone later",
        Kind::Expiry => "Expired credit, undone later",
        Kind::Refund => "Refund or transfer, undone later",
    }
}

fn undoing(kind: Kind) -> &'static str {
    match kind {
        Kind::TopUp => "Top-up undone",
        Kind::Gift => "Granted credit undone",
        Kind::Expiry => "Expired credit undone",
        Kind::Refund => "Refund or transfer undone",
    }
}

fn cells(charge: Charge, month: Month, total: &str) -> [String; 33] {
    let (period, day) = (month.span(), charge.day.span());
    let provider = name(&charge.provider);
    let list = if charge.effective.is_zero() { charge.billed } else { charge.effective };
    let digits = |of: Amount| amount(Some(of));
    [
        digits(charge.billed),
        charge.id,
        name(&charge.account),
        charge.currency.to_string(),
        period.to.to_string(),
        period.from.to_string(),
        charge.category.to_owned(),
        String::new(),
        name(&charge.description),
        charge.frequency.to_owned(),
        day.to.to_string(),
        day.from.to_string(),
        digits(list),
        digits(charge.effective),
        provider.clone(),
        String::new(),
        provider.clone(),
        digits(list),
        digits(charge.amount),
        charge.currency.to_string(),
        provider.clone(),
        provider.clone(),
        "AI and Machine Learning".to_owned(),
        provider.clone(),
        provider,
        "Generative AI".to_owned(),
        digits(charge.amount),
        name(&charge.client),
        amount(charge.in_total),
        (charge.mark != Mark::Exact).to_string(),
        mark(charge.mark).to_owned(),
        charge.source.to_owned(),
        if charge.in_total.is_some() { total.to_owned() } else { String::new() },
    ]
}
