//! The words of a text, as they are looked for.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut off here (characters).
const LONGEST: usize = 64;
/// The most words of one query; more are left out.
const MOST: usize = 8;

/// The words that are looked for, or beginnings of words: small letters and digits alone.
#[derive(Debug)]
pub(super) struct Wanted(Vec<String>);

impl Wanted {
    /// The words of a query.
    pub(super) fn parse(query: &str) -> Self {
        let mut wanted: Vec<String> = Vec::new();
        for (_, word) in words(query) {
            if wanted.len() < MOST && !wanted.contains(&word) {
                wanted.push(word);
            }
        }
        Self(wanted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a word of a text is one of these, or begins with one.
    pub(super) fn has(&self, word: &str) -> bool {
        self.iter().any(|wanted| word.starts_with(wanted))
    }
}

/// A text's words with spaces between.
pub(super) fn normal(text: &str) -> String {
    let words: Vec<String> = words(text).map(|(_, word)| word).collect();
    words.join(" ")
}

/// A text's words: where each stands (bytes), and how it is looked for.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let belongs = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let begin = rest + text[rest..].find(belongs)?;
            let length = text[begin..].find(|c| !belongs(c));
            let end = length.map_or(text.len(), |length| begin + length);
            rest = end;
            let word = folded(&text[begin..end]);
            // A mark by itself is nothing to look for.
            if !word.is_empty() {
                return Some((begin..end, word));
            }
        }
    })
}

/// In small letters, without accents.
fn folded(word: &str) -> String {
    word.nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(
            normal("  Über-Größe: #12, (ﬁx) it!"),
            "uber große 12 fix it"
        );
        assert_eq!(
            normal("Zu\u{308}rich Zürich İstanbul"),
            "zurich zurich istanbul"
        );
        assert_eq!(normal("中文 a_b ada@acme.test"), "中文 a b ada acme test");
        assert_eq!(normal("\" ' * ( : ^ - \0 \u{301}"), "");
        assert_eq!(normal(&"x".repeat(1000)).len(), LONGEST);
    }

    #[test]
    fn a_query_has_few_words_each_once() {
        let wanted = Wanted::parse("b B a 1 2 3 4 5 6 7 8");
        assert_eq!(
            wanted.iter().collect::<Vec<_>>(),
            ["b", "a", "1", "2", "3", "4", "5", "6"]
        );
        assert!(Wanted::parse("-- ' \"").is_empty());
    }

    proptest! {
        /// Whatever is asked for, what is sent is letters, digits and spaces.
        #[test]
        fn nothing_but_words_remains(text in any::<String>()) {
            prop_assert!(normal(&text).chars().all(|c| c == ' ' || c.is_alphanumeric()));
            for (place, _) in words(&text) {
                prop_assert!(text.get(place).is_some());
            }
        }
    }
}
