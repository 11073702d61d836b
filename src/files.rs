//! Imported files: a table or an archive of tables becomes bills (rule L11).
//!
//! Knows archives, workbooks, tables, number formats, the columns that the user chooses, and how rows become bills. One flaw
//! refuses the whole file. Knows no provider: each provides a [`TableReader`] for its own export, see
//! [`read_export`](crate::providers::read_export). Does not know the source of a file, nor the account it is for.
//!
//! Some columns hold keys, their names and the user's id. Readers skip them: no result holds them, and a [`Refused`] names
//! places, never the text there. Rows that are skipped as a whole, such as totals, are returned as a count with one sample.
//!
//! ```
//! use drawdown::files::{ColumnMapping, MappedTable, read_mapped};
//! use drawdown::time::Timestamp;
//!
//! let table = b"Day,Cost\n2026-11-01,1.25\n";
//! let now = Timestamp::parse("2026-11-02T09:00:00Z").unwrap();
//! let mapping = ColumnMapping::likely(table, "USD");
//! let Ok(MappedTable::Read(imported)) = read_mapped("costs.csv", table, &mapping, now) else { panic!() };
//! assert_eq!(imported.bills[0].amount().to_string(), "1.25");
//! ```

mod archive;
mod column_guess;
mod column_mapping;
mod csv_line;
mod export;
mod focus;
mod imported;
mod layout;
mod mapped_table;
mod merge;
mod number_formats;
mod peak;
mod prices;
mod question;
mod refusal;
mod row_counts;
mod table;
mod width;
mod workbook;

pub use column_mapping::ColumnMapping;
pub use csv_line::add_line;
pub use export::read_export;
pub use focus::read_focus;
pub use imported::{Imported, ParsedTable, SkippedSum, TableReader};
pub use mapped_table::{MappedTable, head, read_mapped};
pub use merge::{Item, ItemKind, add_zeros};
pub use number_formats::{Decimals, Order};
pub use question::{Charges, Question};
pub use refusal::{MOST_BYTES, MOST_COLUMNS, MOST_FILES, MOST_ROWS, RefusalReason, Refused};
pub use row_counts::{LONGEST_SAMPLE, RowCounts, Skip, Skipped, shorten};
pub use table::{Table, amount, currency, delimiter, is_plausible, name};
pub use workbook::{NamedFile, borrowed, tables};
