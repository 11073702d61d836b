//! The files of a form: opening them, and explaining why one cannot be read.

use crate::app::Rejected;
use crate::files::{RefusalReason, Refused};
use crate::text::{Language, Text};
use crate::ui::File;

/// The names and bytes of the chosen files. Rejected if there is none, or one did not arrive or is too large.
pub(crate) fn opened(files: &[File]) -> Result<Vec<(&str, &[u8])>, Rejected> {
    let mut whole = Vec::new();
    for File { name, bytes, is_too_large } in files {
        if *is_too_large {
            return Err(refused(Refused::file(name, RefusalReason::TooMuch)));
        }
        let bytes = bytes.as_ref().ok_or_else(no_file)?;
        whole.push((name.as_str(), bytes.as_slice()));
    }
    if whole.is_empty() { Err(no_file()) } else { Ok(whole) }
}

fn no_file() -> Rejected {
    let sentence =
        Text { en: "We didn't get a file. Choose it again.", zh: "没有收到文件，请重新选择。" };
    Rejected::says(move |language| sentence.pick(language))
}

/// The reason why a file cannot be read.
pub(crate) fn refused(why: Refused) -> Rejected {
    Rejected::says(move |language| match language {
        Language::English => in_english(&why),
        Language::Chinese => in_chinese(&why),
    })
}

fn in_english(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file}, row {row}, column {column}"),
        (Some(row), None) => format!("{file}, row {row}"),
        (None, Some(column)) => format!("{file}, column {column}"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "this file is empty",
        (RefusalReason::Unknown, _, _) => {
            "we don't recognize this file. Choose a provider export, or one CSV or Excel file with a header row"
        }
        (RefusalReason::Mixed, _, _) => "these files are from different providers. Import them separately",
        (RefusalReason::NoCosts, _, _) => {
            "this file has tokens but no costs. Add the cost table, or import the whole ZIP"
        }
        (RefusalReason::Unreadable, None, _) => "this column is missing or appears twice",
        (RefusalReason::Unreadable, Some(_), None) => "this row has more or fewer cells than the header",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "we can't read this value",
        (RefusalReason::Packed, _, _) => "this archive is encrypted or in an unusual format",
        (RefusalReason::Damaged, _, _) => "this archive is damaged. Export it again",
        (RefusalReason::TooMuch, _, _) => {
            "this file is too large. The limits are 10 MB unpacked, 100 files, 200,000 rows, 16,384 columns, ten years and 1,000 names"
        }
        (RefusalReason::TooLong, _, _) => {
            "this file is over 3 MB, too large to match its columns. Export a shorter period"
        }
    };
    format!("{place}: {what}.")
}

fn in_chinese(Refused { file, row, column, why }: &Refused) -> String {
    let place = match (row, column) {
        (Some(row), Some(column)) => format!("{file} 第 {row} 行的 {column} 列"),
        (Some(row), None) => format!("{file} 第 {row} 行"),
        (None, Some(column)) => format!("{file} 的 {column} 列"),
        (None, None) => file.clone(),
    };
    let what = match (why, row, column) {
        (RefusalReason::Empty, _, _) => "文件是空的",
        (RefusalReason::Unknown, _, _) => {
            "无法识别此文件。请选择服务商的导出文件，或一个带表头的 CSV 或 Excel 文件"
        }
        (RefusalReason::Mixed, _, _) => "这些文件来自不同的服务商，请分别导入",
        (RefusalReason::NoCosts, _, _) => "文件中只有 token 数，没有费用。请加上费用表，或导入整个 ZIP",
        (RefusalReason::Unreadable, None, _) => "缺少此列，或此列出现了两次",
        (RefusalReason::Unreadable, Some(_), None) => "此行的单元格数与表头不符",
        (RefusalReason::Unreadable, Some(_), Some(_)) => "无法读取此内容",
        (RefusalReason::Packed, _, _) => "压缩包已加密，或格式不常见",
        (RefusalReason::Damaged, _, _) => "压缩包已损坏，请重新导出",
        (RefusalReason::TooMuch, _, _) => {
            "文件过大。上限为解压后 10 MB、100 个文件、200,000 行、16,384 列、十年和 1,000 个名称"
        }
        (RefusalReason::TooLong, _, _) => "文件超过 3 MB，无法匹配列。请导出较短的时间段",
    };
    format!("{place}：{what}。")
}
