//! The shared texts of a workbook, which cells refer to by number.

use crate::files::workbook::xml::{Step, walk};

/// The texts, one behind the other: kept apart, short ones would take a multiple of the part.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// Where each begins.
    begins: Vec<usize>,
}

impl Strings {
    /// Reads the part, in its order. How a text is pronounced is no part of it. `None` if it is damaged.
    pub(super) fn read(part: &str) -> Option<Strings> {
        let mut strings = Strings::default();
        let (mut is_text, mut is_sound) = (false, false);
        walk(part, &mut |step| {
            match step {
                Step::Open(element) => match element.local_name().as_ref() {
                    "si" => strings.begins.push(strings.text.len()),
                    "rPh" => is_sound = true,
                    "t" => is_text = !is_sound,
                    _ => {}
                },
                Step::Text(_) if is_text && strings.begins.is_empty() => return None,
                Step::Text(part) if is_text => strings.text.push_str(part),
                Step::Close("t") => is_text = false,
                Step::Close("rPh") => is_sound = false,
                Step::Text(_) | Step::Close(_) => {}
            }
            Some(())
        })?;
        Some(strings)
    }

    /// The text of this number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let begin = *self.begins.get(number)?;
        let end = self.begins.get(number.checked_add(1)?).copied().unwrap_or(self.text.len());
        self.text.get(begin..end)
    }
}
