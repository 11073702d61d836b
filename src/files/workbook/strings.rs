//! The shared texts of a workbook, which cells refer to by number.

use crate::files::workbook::xml::{Step, walk};

/// The texts, joined into one: stored separately, short texts would take many times the size of the part.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// The beginning of each text.
    begins: Vec<usize>,
}

impl Strings {
    /// Reads the texts of the part, in order. Phonetic guides are left out. `None` if the part is damaged.
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

    /// The text with this number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let begin = *self.begins.get(number)?;
        let end = self.begins.get(number.checked_add(1)?).copied().unwrap_or(self.text.len());
        self.text.get(begin..end)
    }
}
