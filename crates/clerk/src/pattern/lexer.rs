//! A pattern cut into tokens.

use super::PatternError;

/// What stands at one place of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Char(char),
    /// A character after a backslash.
    Escaped(char),
    /// `:name`
    Name(String),
    /// `(expression)`
    Expression(String),
    Modifier(Modifier),
    Open,
    Close,
}

/// How often a parameter may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modifier {
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    Several,
}

impl Modifier {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Optional => "?",
            Self::Any => "*",
            Self::Several => "+",
        }
    }

    pub(super) const fn repeats(self) -> bool {
        matches!(self, Self::Any | Self::Several)
    }

    pub(super) const fn is_optional(self) -> bool {
        matches!(self, Self::Any | Self::Optional)
    }
}

/// The tokens of a pattern, each with the byte it begins at.
pub(super) fn tokens(pattern: &str) -> Result<Vec<(usize, Token)>, PatternError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = pattern[at..].chars().next() {
        let rest = &pattern[at + first.len_utf8()..];
        let (token, length) = match first {
            '?' => (Token::Modifier(Modifier::Optional), 0),
            '*' => (Token::Modifier(Modifier::Any), 0),
            '+' => (Token::Modifier(Modifier::Several), 0),
            '{' => (Token::Open, 0),
            '}' => (Token::Close, 0),
            '\\' => {
                let escaped = rest.chars().next().ok_or(PatternError::Unexpected(at))?;
                (Token::Escaped(escaped), escaped.len_utf8())
            }
            ':' => {
                let name = name(rest).ok_or(PatternError::MissingName(at))?;
                (Token::Name(name.to_owned()), name.len())
            }
            '(' => {
                let expression = expression(rest, at)?;
                (
                    Token::Expression(expression.to_owned()),
                    expression.len() + 1,
                )
            }
            other => (Token::Char(other), 0),
        };
        tokens.push((at, token));
        at += first.len_utf8() + length;
    }
    Ok(tokens)
}

/// The name at the start of `text`.
fn name(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// What stands before the parenthesis that closes the one at `at`.
fn expression(text: &str, at: usize) -> Result<&str, PatternError> {
    if text.starts_with('?') {
        return Err(PatternError::QuestionMark(at + 1));
    }
    let mut depth = 1;
    let mut bytes = text.bytes().enumerate();
    while let Some((index, byte)) = bytes.next() {
        match byte {
            // The next byte has no meaning of its own; the rest of a longer character never has.
            b'\\' => drop(bytes.next()),
            b'(' if text.as_bytes().get(index + 1) != Some(&b'?') => {
                return Err(PatternError::CapturingGroup(at + 1 + index));
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return match index {
                0 => Err(PatternError::EmptyGroup(at)),
                _ => Ok(&text[..index]),
            };
        }
    }
    Err(PatternError::Unbalanced(at))
}
