//! A provider's export: its files become bills and prices.
//!
//! Knows how archives and tables combine. Does not know how a provider writes its tables: each provides its own reader.

use crate::files::archive::{self, Remaining};
use crate::files::merge::Merged;
use crate::files::row_counts::{LONGEST_SAMPLE, shorten};
use crate::files::width::is_too_wide;
use crate::files::{
    Imported, MOST_BYTES, MOST_FILES, MOST_ROWS, ParsedTable, RefusalReason, Refused, RowCounts, Skip,
    Skipped, TableReader, merge,
};
use crate::time::Timestamp;

/// Reads a provider's export: archives and single tables, each file with its name. The kind of a file is decided by its content,
/// not its name. `readers` has one reader per provider, with the provider's id; the reader of a format that many providers use
/// has no id.
///
/// `now` decides which rows are for a time that is not over yet. Fails at the first flaw, for all files. Files of unknown kinds
/// are skipped if at least one file has costs.
pub fn read_export(
    readers: &[(Option<&'static str>, TableReader)],
    files: &[(&str, &[u8])],
    now: Timestamp,
) -> Result<Imported, Refused> {
    let name = files.first().map_or("", |(name, _)| *name);
    let mut remaining = Remaining { files: MOST_FILES, bytes: MOST_BYTES };
    let (mut costs, mut counts, mut provider, mut rows) =
        (Vec::new(), Vec::new(), None, RowCounts::default());
    let (mut packed, mut is_empty, mut count) = (None, true, 0);
    let mut skipped_sums = Vec::new();
    for (name, bytes) in files {
        archive::unpack(name, bytes, &mut remaining, |name, bytes| {
            (count, is_empty) = (count + 1, is_empty && bytes.trim_ascii().is_empty());
            let most_rows = MOST_ROWS.saturating_sub(rows.read);
            let Some((owner, table)) = parse_table(readers, name, bytes, most_rows)? else {
                if packed.is_none() && archive::is_archive(bytes) {
                    packed = Some(name.to_owned());
                }
                let sample = shorten(name, LONGEST_SAMPLE);
                rows.skip(Skipped { why: Skip::File, count: 1, row: 0, sample });
                return Ok(());
            };
            if provider.is_some_and(|known| known != owner) {
                return Err(Refused::file(name, RefusalReason::Mixed));
            }
            provider = Some(owner);
            let (items, counted, into) = match table {
                ParsedTable::Costs(items, counted) => (items, counted, &mut costs),
                ParsedTable::CostsAndSkipped(items, sums, counted) => {
                    skipped_sums.extend(sums);
                    (items, counted, &mut costs)
                }
                ParsedTable::Counts(items, counted) => (items, counted, &mut counts),
            };
            into.push(items);
            rows.add(counted);
            Ok(())
        })?;
    }
    if costs.is_empty() {
        return Err(match packed {
            Some(packed) => Refused::file(&packed, RefusalReason::Packed),
            None if !counts.is_empty() => Refused::file(name, RefusalReason::NoCosts),
            None if is_empty => Refused::file(name, RefusalReason::Empty),
            None => Refused::file(name, RefusalReason::Unknown),
        });
    }
    // If rows were skipped, the page shows which and why.
    if costs.iter().all(Vec::is_empty) && rows.skipped.is_empty() {
        return Err(Refused::file(name, RefusalReason::Empty));
    }
    let read = costs.len() + counts.len();
    let Merged { bills, prices, peak } =
        merge::merged(costs, counts, now).ok_or_else(|| Refused::file(name, RefusalReason::TooMuch))?;
    let provider = provider.flatten();
    Ok(Imported { provider, bills, prices, peak, files: read, skipped: count - read, rows, skipped_sums })
}

/// Reads a table with the first reader that knows its column names. `None` if none does, or if the table has too many columns.
fn parse_table(
    readers: &[(Option<&'static str>, TableReader)],
    file: &str,
    bytes: &[u8],
    most_rows: usize,
) -> Result<Option<(Option<&'static str>, ParsedTable)>, Refused> {
    if is_too_wide(bytes) {
        return Ok(None);
    }
    for (provider, read) in readers {
        if let Some(table) = read(file, bytes, most_rows)? {
            return Ok(Some((*provider, table)));
        }
    }
    Ok(None)
}
