//! The phrases about files that were imported, in English.

use crate::screen::words::{EN, ImportWords};

pub(super) const IMPORTS: ImportWords = ImportWords {
    title: "Replace or add?",
    question: |file, account, provider| match provider {
        Some(provider) => format!(
            "{file} is an export of {provider}, but {account} is not. Should it replace what {account} shows for these days, or be added to it?"
        ),
        None => format!(
            "{account} already has imported figures for some days in {file}. Should the file replace them, or be added to them?"
        ),
    },
    both: |(from, to), known, told| {
        let date = |day| (EN.date)(day);
        let days = if from == to { date(from) } else { format!("{} to {}", date(from), date(to)) };
        format!("{days}: {} so far, {told} in the file.", known.unwrap_or("nothing"))
    },
    replace: "Replace",
    add: "Add",
    count: |count| match count {
        1 => "1 imported file".to_owned(),
        count => format!("{count} imported files"),
    },
};
