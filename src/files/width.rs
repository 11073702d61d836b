//! Checks whether a text has more columns than a table may have.
//!
//! Reads the text field by field and keeps none, so that the check can run before the rows are split into cells. Does not know
//! the meaning of a column.

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::files::MOST_COLUMNS;
use crate::files::table::DELIMITERS;

/// Whether any row has more columns than [`MOST_COLUMNS`], with any of the delimiters.
pub(super) fn is_too_wide(text: &[u8]) -> bool {
    DELIMITERS.into_iter().any(|delimiter| has_wide_row(text, delimiter))
}

fn has_wide_row(text: &[u8], delimiter: u8) -> bool {
    // Most texts have fewer delimiters in total.
    if text.iter().filter(|byte| **byte == delimiter).count() < MOST_COLUMNS {
        return false;
    }
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut rest, mut columns, mut cell) = (text, 0, [0; 1024]);
    loop {
        let (result, read, _) = reader.read_field(rest, &mut cell);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            ReadFieldResult::Field { record_end } => {
                columns += 1;
                if columns > MOST_COLUMNS {
                    return true;
                }
                if record_end {
                    columns = 0;
                }
            }
            // An empty rest means that the text has ended.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return false,
        }
    }
}
