//! A name in both languages. A missing language does not compile.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The languages of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    En,
    Ja,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Ja];

    /// Its name in options and in HTML.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The language of a locale name such as `ja_JP.UTF-8`; English for all others.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        Self::named(locale).unwrap_or_default()
    }

    /// The language of a name such as `ja`, `JA` or `ja-JP`; `None` if the program does not speak it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.split(['_', '-', '.']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "ja" => Some(Self::Ja),
            _ => None,
        }
    }
}

/// One name, in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    pub en: Cow<'static, str>,
    pub ja: Cow<'static, str>,
}

/// A name that is constant at compile time.
#[must_use]
pub const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en: Cow::Borrowed(en), ja: Cow::Borrowed(ja) }
}

impl Words {
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}
