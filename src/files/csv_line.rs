//! Writes comma-separated values (RFC 4180).
//!
//! Knows when a cell needs quotes. Does not know what is in it.
//!
//! ```
//! use drawdown::files::add_line;
//!
//! let mut text = String::new();
//! add_line(&mut text, &["plain", "one, two", "say \"hi\""].map(str::to_owned));
//! add_line(&mut text, &[String::new()]);
//! assert_eq!(text, "plain,\"one, two\",\"say \"\"hi\"\"\"\r\n\"\"\r\n");
//! ```

/// Adds a line of cells, quoted where needed. A line of one empty cell gets quotes, because readers skip an empty line.
///
/// The `csv` crate's writer would bring ten times the code, and a parser of floats with tables of 10 KiB.
pub fn add_line(text: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        let is_blank_line = cell.is_empty() && cells.len() == 1;
        if is_blank_line || cell.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}
