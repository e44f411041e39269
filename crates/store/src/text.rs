//! What people write: checked once, when it comes in.

use std::fmt;

/// Why a text is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The most characters (Unicode scalar values) it may have.
        max: usize,
    },
    /// A control character; in one line also a line break or a tab.
    #[error("the text contains a control character")]
    ControlCharacter,
}

/// A text of one line: a name, a title.
macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters (Unicode scalar values) it may have.
            pub const MAX: usize = $max;

            /// Trims the text and checks it.
            ///
            /// # Errors
            /// The first [`TextError`] that applies.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                checked_line(text, Self::MAX).map(Self)
            }
        }

        accessors!($name);
    };
}

/// A text of several lines, in Markdown.
macro_rules! markdown {
    ($(#[$doc:meta])* $name:ident, $max:literal, $may_be_empty:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters (Unicode scalar values) it may have.
            pub const MAX: usize = $max;

            /// Takes white space off the end, writes line breaks as `\n` (forms send `\r\n`),
            /// and checks it.
            ///
            /// # Errors
            /// The first [`TextError`] that applies.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                let text = checked_text(text, Self::MAX)?;
                match text.trim().is_empty() && !$may_be_empty {
                    true => Err(TextError::Empty),
                    false => Ok(Self(text)),
                }
            }
        }

        accessors!($name);
    };
}

macro_rules! accessors {
    ($name:ident) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

line! {
    /// A project's name: 1 to 100 characters, none of them a control character, no white space
    /// at either end.
    ProjectName, 100
}
line! {
    /// A task's title: 1 to 200 characters, none of them a control character, no white space at
    /// either end.
    TaskTitle, 200
}
line! {
    /// What an item of a checklist says: 1 to 200 characters, none of them a control character,
    /// no white space at either end.
    ItemText, 200
}
line! {
    /// A label's name: 1 to 40 characters, none of them a control character, no white space at
    /// either end.
    LabelName, 40
}
markdown! {
    /// A task's description, as Markdown: up to 20,000 characters, or none.
    Description, 20_000, true
}
markdown! {
    /// A comment, as Markdown: 1 to 10,000 characters.
    CommentBody, 10_000, false
}

impl Description {
    /// Nothing is described.
    pub fn none() -> Self {
        Self(String::new())
    }
}

fn checked_line(text: &str, max: usize) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(TextError::ControlCharacter);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text.to_owned())
}

fn checked_text(text: &str, max: usize) -> Result<String, TextError> {
    let text = text.trim_end().replace("\r\n", "\n");
    let allowed = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if !text.chars().all(allowed) {
        return Err(TextError::ControlCharacter);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_checked() {
        let name = |text: &str| ProjectName::parse(text).map(|name| name.0);
        assert_eq!(name("  Zürich 中文 🚀 ").unwrap(), "Zürich 中文 🚀");
        assert_eq!(name(&"é".repeat(100)).unwrap().chars().count(), 100);
        assert_eq!(name(" \t\n"), Err(TextError::Empty));
        assert_eq!(name(""), Err(TextError::Empty));
        assert_eq!(name(&"x".repeat(101)), Err(TextError::TooLong { max: 100 }));
        assert_eq!(name(&"x".repeat(300)), Err(TextError::TooLong { max: 100 }));
        assert_eq!(name("a\nb"), Err(TextError::ControlCharacter));
        assert_eq!(name("a\0b"), Err(TextError::ControlCharacter));
        assert_eq!(name("a\u{85}b"), Err(TextError::ControlCharacter));
    }

    #[test]
    fn longer_texts_keep_their_lines() {
        let text = Description::parse("  indented\r\n\tcode \n\n").unwrap();
        assert_eq!(text.as_str(), "  indented\n\tcode");
        assert_eq!(Description::parse(" \n").unwrap().as_str(), "");
        assert_eq!(CommentBody::parse(" \r\n"), Err(TextError::Empty));
        assert_eq!(CommentBody::parse("a\0b"), Err(TextError::ControlCharacter));
        assert!(CommentBody::parse(&"é".repeat(10_000)).is_ok());
        assert_eq!(
            CommentBody::parse(&"x".repeat(10_001)),
            Err(TextError::TooLong { max: 10_000 })
        );
        assert_eq!(
            Description::parse(&"x".repeat(20_001)),
            Err(TextError::TooLong { max: 20_000 })
        );
    }
}
