//! Words of the pages.

use maud::{Markup, html};

/// How long ago, in words that need no time zone.
pub(crate) fn age(elapsed_ms: i64) -> String {
    let minutes = elapsed_ms.max(0) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1 => "1 minute ago".to_owned(),
        2..60 => format!("{minutes} minutes ago"),
        60..120 => "1 hour ago".to_owned(),
        120..2880 => format!("{} hours ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

/// A text in which web addresses are links.
pub(crate) fn linked(text: &str) -> Markup {
    let is_link = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    html! {
        @for word in text.split_inclusive(char::is_whitespace) {
            @let end = word.trim_end().len();
            @if is_link(word) { a href=(word[..end]) { (word[..end]) } (word[end..]) }
            @else { (word) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{age, linked};

    #[test]
    fn addresses_are_links_and_all_else_is_text() {
        let text = linked("By <this>:\n\nhttps://a.example/?b=1&c\n\njavascript:alert(1) it.");
        assert_eq!(
            text.into_string(),
            "By &lt;this&gt;:\n\n<a href=\"https://a.example/?b=1&amp;c\">https://a.example/?b=1&amp;c\
             </a>\n\njavascript:alert(1) it."
        );
    }

    #[test]
    fn ages_read_well() {
        for (ms, text) in [
            (-5, "just now"),
            (59_999, "just now"),
            (60_000, "1 minute ago"),
            (3_540_000, "59 minutes ago"),
            (3_600_000, "1 hour ago"),
            (7_200_000, "2 hours ago"),
            (172_800_000, "2 days ago"),
        ] {
            assert_eq!(age(ms), text);
        }
    }
}
