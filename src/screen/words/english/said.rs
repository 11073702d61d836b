//! English: what came of a command, one sentence each.

use crate::books::correction::Kind;
use crate::books::ledger::Contradiction;
use crate::files::{RefusalReason, Refused, RowCounts};
use crate::money::{Currency, Money};
use crate::provider::service_account::KeyFileError;
use crate::provider::{Billing, Problem, WrongKey};
use crate::screen::format;
use crate::screen::said::{Field, ImportSummary, Said};
use crate::screen::words::EN;
use crate::screen::words::english::tokens;
use crate::store::{CorrectionError, Unusable};
use crate::vault::SHORTEST_PASSWORD;

/// What came of a command.
pub(super) fn said(said: &Said) -> String {
    let text = match said {
        Said::Connected { left, spent } => return connected(left, spent),
        Said::Sealed => "Sealed. The password is asked for once after each start of the browser.",
        Said::PasswordChanged => "Changed. The new password counts from now on.",
        Said::KeyReplaced => "The new key is in use.",
        Said::KeptByHand => "Added. Type its figure again now and then; you are reminded after a week.",
        Said::KeptByFile => {
            "Added. Now bring its first file, above; you are reminded of a newer one after a week."
        }
        Said::ManualFigure => "Kept; the figures follow.",
        Said::Saved => "Saved.",
        Said::WrongKey(wrong, card) => {
            return match wrong {
                WrongKey::Empty => format!("Paste a key of {}; nothing was sent.", card.name),
                WrongKey::Garbled => "A key has no spaces and only plain signs; nothing was sent.".to_owned(),
                WrongKey::Of(other) => {
                    format!("This is a key of {other}, not of {}; nothing was sent.", card.name)
                }
                WrongKey::OtherPrefix => {
                    format!(
                        "The {} key for this begins with {}; nothing was sent.",
                        card.name, card.key.prefix
                    )
                }
                WrongKey::NotServiceAccount(what) => {
                    let what = match what {
                        KeyFileError::ApiKey => {
                            "This is a key of the Gemini API, to which Google tells no costs"
                        }
                        KeyFileError::NoJson => "This is not a whole JSON file",
                        KeyFileError::OAuthClient => "This is the JSON of an OAuth client or of a login",
                        KeyFileError::OtherJson => "This JSON lacks the key of a service account",
                    };
                    format!("{what}. Bring the key file of a service account; nothing was sent.")
                }
            };
        }
        Said::Problem(problem, card) => {
            return match problem {
                Problem::KeyRefused => {
                    format!("{} refused the key. Copy it again, whole, or make a new one.", card.name)
                }
                Problem::NotPermitted | Problem::Barred { .. } => {
                    card.says(problem).unwrap_or(&card.not_permitted).en.to_owned()
                }
                Problem::HostWithheld => format!(
                    "The browser may not reach {}; allow it and try again. Nothing was sent.",
                    card.name
                ),
                Problem::RateLimited { .. } => {
                    format!("{} was asked too often. Try again in a while.", card.name)
                }
                Problem::ProviderDown => {
                    format!("{} has a fault or did not answer in time. Try again in a while.", card.name)
                }
                Problem::Offline => {
                    format!("{} could not be reached. See the network and try again.", card.name)
                }
                Problem::Unreadable { what } => {
                    format!("{} answered, but {what} could not be found in it. Please report it.", card.name)
                }
                Problem::Unsupported => format!("{} no longer offers this. Please report it.", card.name),
                Problem::Retired => {
                    format!("{} ended this API. Add the account by hand or by file instead.", card.name)
                }
            };
        }
        Said::Declared => "Kept; the figures follow. It can be undone below.",
        Said::Undone => "Taken back.",
        Said::ExpiryNoted => "Noted.",
        Said::Imported(told, by_key, rows) => return imported(told, *by_key, rows),
        Said::NoFile => "No file came through. Choose the zip or its CSV files again; nothing was changed.",
        Said::FileRefused(refused) => return refusal(refused),
        Said::FileGone => {
            "The browser no longer has the file. Choose it again and point at its columns; nothing was changed."
        }
        Said::Contradiction(misfit, currency) => return misfit_of(misfit, *currency),
        Said::NotKept(why) => match why {
            CorrectionError::NoSuchAccount => "That account is no longer there.",
            CorrectionError::TooOld => {
                "That is over 62 days ago: its readings have been thinned out, and no statement can change them. Nothing was kept."
            }
            CorrectionError::BeforeTracking => {
                "That lies before the first reading, of which nothing is claimed. Nothing was kept."
            }
            CorrectionError::InFuture => "That lies in the future. Nothing was kept.",
            CorrectionError::NotLater => "Something later was typed before. Nothing was kept.",
            CorrectionError::NoSuchCorrection => "That was taken back already.",
        },
        Said::Estimated(estimate) => return tokens::estimated(estimate),
        Said::NothingToPrice => "Paste a text, or enter the length of an answer.",
        Said::TextTooLong => {
            "The text is longer than 1 MB: take a part of it, and multiply. Nothing was worked out."
        }
        Said::NoPrices => {
            "Choose a model of your export, or enter what a million tokens of input and of output cost."
        }
        Said::Lasts(would) => return tokens::lasts(would),
        Said::Grown(percent, figures, currency) => return tokens::grown(*percent, figures, *currency),
        Said::NoPace => {
            "The pace of use is not known before a second reading, so nothing follows from it yet."
        }
        Said::BadField(Field::Tokens) => {
            "The length of an answer is a whole number of tokens, such as 800. Nothing was worked out."
        }
        Said::BadField(Field::Prices) => {
            "Enter both prices, input and output, each a number such as 0.28. Nothing was worked out."
        }
        Said::BadField(Field::Percent) => {
            "Growth is a whole number of percent from -100 to 10000. Nothing was worked out."
        }
        Said::BadField(Field::Amount) => {
            "An amount is a number above zero, such as 10 or 7.50. Nothing was kept."
        }
        Said::BadField(Field::Time) => "That time cannot be read. Nothing was kept.",
        Said::BadField(Field::Name) => "Give it a name. Nothing was kept.",
        Said::BadField(Field::Figure) => {
            "Type a plain number, such as 0 or 12.50; a bill is never below zero. Nothing was kept."
        }
        Said::BadField(Field::Days) => {
            "Days are a whole number from 1 to 366, or nothing for none. Nothing was changed."
        }
        Said::BadField(Field::Hour) => "Silence takes two different hours from 0 to 23. Nothing was changed.",
        Said::BadField(Field::Rate) => "A rate is a number above zero, such as 0.14. Nothing was kept.",
        Said::RatesWithheld => "The browser may not ask for the rates; allow it and try again.",
        Said::NoRates => {
            "The rates were not told; the last ones stay, and they are asked for again tomorrow."
        }
        Said::BadField(Field::Day) => "That day cannot be read. Nothing was kept.",
        Said::WrongPassword => "That is not the password. Nothing was changed.",
        Said::VaultDamaged => {
            "The sealed vault is damaged and cannot be opened. Nothing was changed; the keys can be pasted into a new one."
        }
        Said::VaultUnsupported => {
            "This vault was made by another version of Drawdown. Nothing was changed; update, then unlock."
        }
        Said::PasswordTooShort => return format!("A password has {SHORTEST_PASSWORD} characters or more."),
        Said::PasswordsDiffer => "The two passwords differ. Type the same twice.",
        Said::Already(name) => return format!("This key is connected already, as {name}."),
        Said::UnlockFirst => "Unlock first: this needs the keys.",
        Said::NoSuchAccount => "That account is no longer there.",
        Said::BadField(Field::Period) => {
            "The refresh period is a whole number of minutes from 5 to 1440. Nothing was changed."
        }
        Said::BadField(Field::Currency) => "A currency has three letters, such as USD. Nothing was changed.",
        Said::BadField(Field::LockAfter) => {
            "Locking takes a whole number of minutes from 1 to 1440. Nothing was changed."
        }
        Said::NotSaved => {
            "The browser could not save; its disk may be full. What was stored before is unchanged."
        }
        Said::KeyNotTaken => "That key was dropped or replaced on another page. Nothing was changed.",
        Said::NotUnderstood => "This page sent something unexpected. Reload it and try again.",
        Said::NotReadable => {
            "This could not be stored in a form that can be read again, so nothing was changed. Please report it."
        }
        Said::Unusable(Unusable::Newer) => {
            "What is stored was written by a newer Drawdown. Nothing was changed; update this one."
        }
        Said::Unusable(Unusable::Damaged(key)) => {
            return format!(
                "What the browser stored under \"{key}\" cannot be read. Nothing was changed, and nothing is written until it can."
            );
        }
    };
    text.to_owned()
}

/// The arithmetic of a statement that cannot be.
fn misfit_of(misfit: &Contradiction, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let changed = if misfit.change.is_negative() {
        format!("fell by {}", money(-misfit.change))
    } else {
        format!("rose by {}", money(misfit.change))
    };
    let declared = match misfit.kind {
        Kind::TopUp | Kind::Gift => format!("{} came in", money(misfit.declared)),
        Kind::Expiry | Kind::Refund => format!("{} went without being spent", money(-misfit.declared)),
    };
    format!(
        "That cannot be: if {declared} while the balance {changed}, {} would have been spent. Nothing was kept.",
        money(misfit.spend())
    )
}

fn imported(told: &[ImportSummary], by_key: Option<Billing>, rows: &RowCounts) -> String {
    let books = told.iter().map(|told| {
        let sum = format::money(told.sum.amount, told.sum.currency);
        let (from, to) = (EN.imports.days)(told.from, told.to);
        format!("{sum} from {from} to {to}")
    });
    let rows = (EN.imports.rows)(rows);
    match told {
        [] => format!("The file tells nothing of any day that has begun, so nothing was changed. {rows}"),
        _ => {
            let beside = match by_key {
                Some(Billing::Balances | Billing::Counters) => {
                    " For these days the file counts, and not what the key told."
                }
                Some(Billing::Bills) => {
                    " It takes the place of what the key told of these days, until that tells them anew."
                }
                None => "",
            };
            format!("Imported: {}.{beside} {rows}", books.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Where a file is not what it says, and what to do.
fn refusal(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file}, row {row}, column {column}"),
        (Some(row), None) => format!("{file}, row {row}"),
        (None, Some(column)) => format!("{file}, column {column}"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "there is nothing in it",
        (RefusalReason::Unknown, _, _) => {
            "this is no export that Drawdown knows; of any other, choose one CSV alone, with the names of its columns in the first row"
        }
        (RefusalReason::Mixed, _, _) => {
            "this is an export of another provider than the other files; import them one by one"
        }
        (RefusalReason::NoCosts, _, _) => {
            "it tells tokens and no costs; bring the cost table too, or the whole zip"
        }
        (RefusalReason::Unreadable, None, _) => "the column must be there, and once only",
        (RefusalReason::Unreadable, Some(_), None) => "the row has more or fewer cells than the head",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "this is not what the column should hold",
        (RefusalReason::Packed, _, _) => "it is encrypted, or packed in an unusual way",
        (RefusalReason::Damaged, _, _) => "the archive is incomplete or was altered; export it again",
        (RefusalReason::TooMuch, _, _) => {
            "this is more than can be read at once: 10 MB unpacked, 100 files, 200,000 rows, ten years or 1,000 names"
        }
        (RefusalReason::TooLong, _, _) => {
            "this is longer than the 3 MB that can wait while you point at columns; export a shorter time"
        }
    };
    format!("{place}: {what}. Nothing was changed.")
}

fn connected(left: &[Money], spent: &[Money]) -> String {
    let all = |told: &[Money]| {
        let told: Vec<_> = told.iter().map(|money| format::money(money.amount, money.currency)).collect();
        told.join(" and ")
    };
    match (left, spent) {
        ([], []) => "Connected. Spend is counted as it is told.".to_owned(),
        (left, []) => format!("Connected. Balance {}; tracking starts now.", all(left)),
        ([], spent) => format!("Connected. {} so far this month.", all(spent)),
        (left, spent) => format!("Connected. {} so far this month; balance {}.", all(spent), all(left)),
    }
}
