//! The phrases of auto-reload.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) reloads: &'static str,
    pub(super) turn_on: &'static str,
    pub(super) turn_off: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words =
    Words { reloads: "auto-reload on", turn_on: "Turn on auto-reload", turn_off: "Turn off auto-reload" };

const CHINESE: Words =
    Words {
        reloads: "已开启自动充值", turn_on: "标记为自动充值", turn_off: "取消自动充值标记"
    };
