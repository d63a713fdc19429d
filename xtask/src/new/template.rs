//! Templates: text with `{{names}}` that stand for values.

use super::name::{article, capital, kebab, pascal, plural, words};

/// What the names in a template stand for.
#[derive(Default)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Those of an area.
    pub fn of_area(area: &str) -> Self {
        Self::default()
            .with("area", area)
            .with("package", &package(area))
            .with("library", &package(area).replace('-', "_"))
            .with("Area words", &capital(&words(area)))
    }

    /// Those of a noun, too.
    pub fn and_noun(self, noun: &str) -> Self {
        let nouns = plural(noun);
        self.with("noun", noun)
            .with("nouns", &nouns)
            .with("Noun", &pascal(noun))
            .with("noun words", &words(noun))
            .with("Noun words", &capital(&words(noun)))
            .with("nouns words", &words(&nouns))
            .with("Nouns words", &capital(&words(&nouns)))
            .with("a", article(noun))
            .with("A", &capital(article(noun)))
    }

    /// One more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((format!("{{{{{name}}}}}"), value.to_owned()));
        self
    }

    /// A template with its names replaced.
    pub fn fill(&self, template: &str) -> String {
        self.0.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

/// The package of an area.
pub fn package(area: &str) -> String {
    format!("g8-{}", kebab(area))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_also_within_braces_of_code() {
        let values = Values::of_area("cost_center").and_noun("entry");
        let text =
            values.fill("use {{{Noun}}View}; {{package}} {{library}}: {{A}} {{noun}}, {{nouns}} {uuid}");
        assert_eq!(text, "use {EntryView}; g8-cost-center g8_cost_center: An entry, entries {uuid}");
    }
}
