//! Text of elements that Leptos writes into a page as it is: `<title>` and `<textarea>`.

/// `text` so that nothing in it ends the element or stands for another character.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_the_element() {
        assert_eq!(
            escaped("a &lt; b</textarea><script>"),
            "a &amp;lt; b&lt;/textarea>&lt;script>"
        );
    }
}
