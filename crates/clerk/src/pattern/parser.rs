//! Tokens put together to the parts of a pattern.

use std::{iter::Peekable, vec::IntoIter};

use fancy_regex::escape;

use super::{
    DELIMITERS, PatternError,
    lexer::{Modifier, Token, tokens},
};

/// One part of a pattern.
pub(super) enum Part {
    Text(String),
    Param(Param),
}

/// A parameter, or a group of text without one.
pub(super) struct Param {
    /// Its name; a number if it has none of its own.
    pub(super) name: String,
    /// Text that belongs to it, before and after.
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// What it takes; none in a group without a parameter.
    pub(super) expression: Option<String>,
    pub(super) modifier: Option<Modifier>,
}

/// The parts of a pattern, in order.
pub(super) fn parse(pattern: &str) -> Result<Vec<Part>, PatternError> {
    let mut parser = Parser {
        tokens: tokens(pattern)?.into_iter().peekable(),
        end: pattern.len(),
        parts: Vec::new(),
        text: String::new(),
        nameless: 0,
    };
    while parser.tokens.peek().is_some() {
        parser.part()?;
    }
    parser.finish_text();
    Ok(parser.parts)
}

struct Parser {
    tokens: Peekable<IntoIter<(usize, Token)>>,
    /// The pattern's length.
    end: usize,
    parts: Vec<Part>,
    /// Text that no part has yet.
    text: String,
    /// How many parameters had no name so far.
    nameless: usize,
}

impl Parser {
    fn part(&mut self) -> Result<(), PatternError> {
        let char = self.char();
        let name = self.name();
        let expression = self.expression();
        if name.is_some() || expression.is_some() {
            // A slash or dot directly before a parameter comes and goes with it.
            let mut prefix = String::new();
            match char {
                Some(char @ ('/' | '.')) => prefix.push(char),
                Some(other) => self.text.push(other),
                None => {}
            }
            self.finish_text();
            return self.param(prefix, name, expression, String::new());
        }
        if let Some(char) = char.or_else(|| self.escaped()) {
            self.text.push(char);
            return Ok(());
        }
        self.finish_text();
        self.take(|token| matches!(token, Token::Open).then_some(()))
            .ok_or_else(|| self.unexpected())?;
        let prefix = self.chars();
        let name = self.name();
        let expression = self.expression();
        let suffix = self.chars();
        self.take(|token| matches!(token, Token::Close).then_some(()))
            .ok_or_else(|| self.unexpected())?;
        self.param(prefix, name, expression, suffix)
    }

    fn param(
        &mut self,
        prefix: String,
        name: Option<String>,
        expression: Option<String>,
        suffix: String,
    ) -> Result<(), PatternError> {
        let expression = match (&name, expression) {
            (Some(_), None) => Some(self.one_segment(&prefix)?),
            (_, expression) => expression,
        };
        let name = match name {
            Some(name) => name,
            None if expression.is_some() => {
                self.nameless += 1;
                (self.nameless - 1).to_string()
            }
            None => String::new(),
        };
        let modifier = self.take(|token| match token {
            Token::Modifier(modifier) => Some(*modifier),
            _ => None,
        });
        self.parts.push(Part::Param(Param {
            name,
            prefix,
            suffix,
            expression,
            modifier,
        }));
        Ok(())
    }

    /// What a parameter takes that does not say it: up to the end of the segment, or up to
    /// the text that stood before it if that is within a segment.
    fn one_segment(&self, prefix: &str) -> Result<String, PatternError> {
        let before = match self.parts.last() {
            _ if !prefix.is_empty() => prefix,
            Some(Part::Text(text)) => text,
            Some(Part::Param(param)) => return Err(PatternError::Adjacent(param.name.clone())),
            None => "",
        };
        if before.is_empty() || before.contains(|c| DELIMITERS.contains(c)) {
            Ok(format!("[^{DELIMITERS}]+?"))
        } else {
            Ok(format!("(?:(?!{})[^{DELIMITERS}])+?", escape(before)))
        }
    }

    fn finish_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.parts.push(Part::Text(text));
        }
    }

    fn unexpected(&mut self) -> PatternError {
        let at = self.tokens.peek().map_or(self.end, |(at, _)| *at);
        PatternError::Unexpected(at)
    }

    fn take<T>(&mut self, wanted: impl Fn(&Token) -> Option<T>) -> Option<T> {
        let found = wanted(&self.tokens.peek()?.1)?;
        self.tokens.next();
        Some(found)
    }

    fn char(&mut self) -> Option<char> {
        self.take(|token| match token {
            Token::Char(char) => Some(*char),
            _ => None,
        })
    }

    fn escaped(&mut self) -> Option<char> {
        self.take(|token| match token {
            Token::Escaped(char) => Some(*char),
            _ => None,
        })
    }

    fn chars(&mut self) -> String {
        std::iter::from_fn(|| self.char().or_else(|| self.escaped())).collect()
    }

    fn name(&mut self) -> Option<String> {
        self.take(|token| match token {
            Token::Name(name) => Some(name.clone()),
            _ => None,
        })
    }

    fn expression(&mut self) -> Option<String> {
        self.take(|token| match token {
            Token::Expression(expression) => Some(expression.clone()),
            _ => None,
        })
    }
}
