//! The program's own sentences, in every language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::model::{Lang, Text};

/// The messages of one language, as they are written.
#[must_use]
pub fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("en.ftl"),
        Lang::Ja => include_str!("ja.ftl"),
    }
}

/// Says sentences in one language.
pub struct Speech {
    pub lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Speech {
    /// # Panics
    /// If the messages inside the program are broken; a test reads them all.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let id = match lang {
            Lang::En => "en-US",
            Lang::Ja => "ja-JP",
        };
        let id: LanguageIdentifier = id.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![id]);
        bundle.set_use_isolating(false);
        let messages = FluentResource::try_new(source(lang).to_owned()).unwrap_or_else(|(messages, _)| messages);
        if let Err(errors) = bundle.add_resource(messages) {
            debug_assert!(errors.is_empty(), "a message is written twice");
        }
        Self { lang, bundle }
    }

    /// Says a sentence.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        self.with(text.id, &text.args)
    }

    /// Says a sentence that has no gaps to fill.
    #[must_use]
    pub fn plain(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// Says a sentence. Whole numbers among the arguments choose the plural form.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&str, String)]) -> String {
        self.get(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// The sentence of this id, if there is one.
    #[must_use]
    pub fn get(&self, id: &str, args: &[(&str, String)]) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, argument(value));
        }
        let mut problems = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&filled), &mut problems).into_owned())
    }
}

/// Only a small whole number is a number to Fluent: an account id or an amount is text.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) if value.len() <= 6 => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}
