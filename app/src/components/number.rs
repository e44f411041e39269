//! Whole numbers, as the reader's language writes them.

use crate::language::Texts;

/// `1234567` as `1,234,567` or `1.234.567`.
pub fn number(value: u64, texts: &Texts) -> String {
    let digits = value.to_string();
    let separator = texts.number_group();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push_str(&separator);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn thousands_are_set_apart() {
        let (english, german) = (Language::En.texts(), Language::De.texts());
        assert_eq!(number(0, english), "0");
        assert_eq!(number(999, english), "999");
        assert_eq!(number(1_000, english), "1,000");
        assert_eq!(number(1_234_567, english), "1,234,567");
        assert_eq!(number(1_234_567, german), "1.234.567");
    }
}
