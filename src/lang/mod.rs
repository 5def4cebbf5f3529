//! The program's messages, in every language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::model::{Argument, Lang, Text};

/// The source of the messages of one language.
#[must_use]
pub fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("en.ftl"),
        Lang::Ja => include_str!("ja.ftl"),
    }
}

/// Localizes messages in one language.
pub struct Speech {
    pub lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Speech {
    /// # Panics
    /// The messages inside the program are invalid; a test parses them all.
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

    /// Localizes a sentence.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        self.with(text.id, &text.args)
    }

    /// The message with this id, which has no arguments.
    #[must_use]
    pub fn plain(&self, id: &str) -> String {
        self.get(id).unwrap_or_else(|| id.to_owned())
    }

    /// The message with this id and arguments: texts, or numbers, which choose the plural form.
    #[must_use]
    pub fn with<A: Clone + Into<Argument>>(&self, id: &str, args: &[(&str, A)]) -> String {
        let args = args.iter().map(|(name, value)| (*name, value.clone().into()));
        self.fill(id, args).unwrap_or_else(|| id.to_owned())
    }

    /// The message with this id, if it exists; it has no arguments.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<String> {
        self.fill(id, std::iter::empty())
    }

    fn fill<'a>(&self, id: &str, args: impl Iterator<Item = (&'a str, Argument)>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> = args.map(|(name, value)| (name, fluent(value))).collect();
        let mut problems = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut problems).into_owned())
    }
}

fn fluent(value: Argument) -> FluentValue<'static> {
    match value {
        Argument::Text(text) => FluentValue::from(text),
        Argument::Count(count) => FluentValue::from(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_as_it_is_even_where_it_looks_like_a_number() {
        let speech = Speech::new(Lang::En);
        for name in ["007", "1", "0042", "1e3", "-0", "1.50", "123456789012"] {
            let text = Text::new("error-resource-unknown").with("resource", name);
            assert_eq!(speech.say(&text), format!("there is no resource type \"{name}\""));
        }
        // As text, `1` chooses no plural form.
        assert_eq!(speech.with("sweep-safe", &[("regions", "1")]), "Nothing costs money in 1 regions.");
    }

    #[test]
    fn a_count_chooses_the_plural_form() {
        let speech = Speech::new(Lang::En);
        let said = |count: usize| speech.say(&Text::new("sweep-safe").count("regions", count));
        assert_eq!(said(1), "Nothing costs money in 1 region.");
        assert_eq!(said(0), "Nothing costs money in 0 regions.");
        assert_eq!(said(1_234_567), "Nothing costs money in 1234567 regions.");
        let mixed = [("done", 3.into()), ("all", 17.into()), ("findings", Argument::from("2"))];
        assert_eq!(speech.with("sweep-progress", &mixed), "3 of 17 questions answered, 2 found");
    }
}
