//! SQL taken apart as far as the inspection needs it.

/// A piece of a statement. What it does not know it calls a sign: the inspection then finds
/// no predicate there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'s> {
    /// A quoted name, without its quotes.
    Name(&'s str),
    /// A bound value, by its place among them from 0.
    Value(usize),
    /// A keyword, a number or a name without quotes.
    Word(&'s str),
    /// What stands in parentheses.
    Group(Vec<Token<'s>>),
    /// A constant text.
    Text,
    /// Any other character.
    Sign(char),
}

impl Token<'_> {
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(other) if other.eq_ignore_ascii_case(word))
    }
}

/// The pieces of a statement; none if its parentheses or quotes do not fit, or if it has a comment,
/// in which anything might stand.
pub(super) fn parse(sql: &str) -> Option<Vec<Token<'_>>> {
    let mut levels = vec![Vec::new()];
    let mut values = 0;
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("--") || rest.starts_with("/*") {
            return None;
        }
        let (token, length) = match first {
            '(' => {
                levels.push(Vec::new());
                rest = rest[1..].trim_start();
                continue;
            }
            ')' => {
                let group = levels.pop()?;
                (Token::Group(group), 1)
            }
            '"' => {
                let end = 1 + rest[1..].find('"')?;
                // A quote within a name is written twice: none of ours has one.
                if rest[end + 1..].starts_with('"') {
                    return None;
                }
                (Token::Name(&rest[1..end]), end + 1)
            }
            '\'' => (Token::Text, text_length(rest)?),
            '?' => {
                values += 1;
                (Token::Value(values - 1), 1)
            }
            '$' => {
                let number = word(&rest[1..]);
                let place: usize = number.parse().ok()?;
                (Token::Value(place.checked_sub(1)?), 1 + number.len())
            }
            first if first.is_alphanumeric() || first == '_' => {
                let word = word(rest);
                (Token::Word(word), word.len())
            }
            first => (Token::Sign(first), first.len_utf8()),
        };
        levels.last_mut()?.push(token);
        rest = rest[length..].trim_start();
    }
    let whole = levels.pop()?;
    levels.is_empty().then_some(whole)
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The bytes of a text constant, in which `''` stands for a quote.
fn text_length(text: &str) -> Option<usize> {
    let mut end = 1;
    loop {
        end += text[end..].find('\'')? + 1;
        if !text[end..].starts_with('\'') {
            return Some(end);
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Token::*, *};

    #[test]
    fn statements_come_apart() {
        let sql = "SELECT \"a\".\"b\" FROM \"a\" WHERE (\"x\" = $2) AND y = 'it''s (' OR ?";
        let tokens = parse(sql).unwrap();
        assert_eq!(
            tokens,
            [
                Word("SELECT"),
                Name("a"),
                Sign('.'),
                Name("b"),
                Word("FROM"),
                Name("a"),
                Word("WHERE"),
                Group(vec![Name("x"), Sign('='), Value(1)]),
                Word("AND"),
                Word("y"),
                Sign('='),
                Text,
                Word("OR"),
                Value(0),
            ]
        );
        for odd in [
            "(",
            ")",
            "\"a",
            "'a",
            "\"a\"\"b\"",
            "$x",
            "$0",
            "a (b))",
            "a -- b",
            "a /* b */",
        ] {
            assert_eq!(parse(odd), None, "{odd}");
        }
    }
}
