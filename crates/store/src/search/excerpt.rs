//! What of a text to show, and which words of it were looked for.

use super::{
    Piece,
    words::{Wanted, words},
};

/// How much of a text is shown before the first word that was looked for, and from it on
/// (characters).
const BEFORE: usize = 60;
const FROM: usize = 140;

/// The whole text.
pub(super) fn marked(text: &str, wanted: &Wanted) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: &str, found: bool| {
        if !text.is_empty() {
            let text = text.to_owned();
            pieces.push(Piece { text, found });
        }
    };
    let mut shown = 0;
    for (place, word) in words(text) {
        if wanted.has(&word) {
            add(&text[shown..place.start], false);
            add(&text[place.clone()], true);
            shown = place.end;
        }
    }
    add(&text[shown..], false);
    pieces
}

/// The part of the text around the first word that was looked for, or its beginning, in one line.
pub(super) fn excerpt(text: &str, wanted: &Wanted) -> Vec<Piece> {
    let first = words(text).find(|(_, word)| wanted.has(word));
    let first = first.map_or(0, |(place, _)| place.start);
    let (before, from) = text.split_at(first);
    let begin = before.char_indices().rev().take(BEFORE).last();
    let begin = begin.map_or(first, |(at, _)| at);
    let end = from.char_indices().nth(FROM);
    let end = end.map_or(text.len(), |(at, _)| first + at);
    let line: Vec<&str> = text[begin..end].split_whitespace().collect();
    let cut = |is: bool| if is { "…" } else { "" };
    let line = format!(
        "{}{}{}",
        cut(begin > 0),
        line.join(" "),
        cut(end < text.len())
    );
    marked(&line, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece.found {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let wanted = Wanted::parse("zur <b>");
        assert_eq!(
            shown(&marked("In Zürich, <b>bold</b>, züri", &wanted)),
            "In [Zürich], <[b]>[bold]</[b]>, [züri]"
        );
        assert_eq!(shown(&marked("nothing", &wanted)), "nothing");
        assert_eq!(marked("", &wanted), []);
    }

    #[test]
    fn long_texts_are_cut_around_it() {
        let text = format!("{}\n\n the needle, {}", "é ".repeat(200), "x ".repeat(200));
        let excerpt = shown(&excerpt(&text, &Wanted::parse("needle")));
        assert!(excerpt.starts_with("…é é"), "{excerpt}");
        assert!(excerpt.contains("é the [needle], x"), "{excerpt}");
        assert!(excerpt.ends_with("x x…"), "{excerpt}");
        assert!(excerpt.chars().count() < 210, "{excerpt}");
        let beginning = super::excerpt("Short.", &Wanted::parse("other"));
        assert_eq!(shown(&beginning), "Short.");
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in any::<String>(), query in any::<String>()) {
            let wanted = Wanted::parse(&query);
            let whole: String = marked(&text, &wanted).iter().map(|piece| &*piece.text).collect();
            prop_assert_eq!(whole, text.clone());
            excerpt(&text, &wanted);
        }
    }
}
