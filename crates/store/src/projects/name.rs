use std::fmt;

/// A project's name: 1 to 100 characters, none of them a control character, no white space
/// at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectName(String);

/// Why a text can't be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but white space.
    #[error("the name is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the name is longer than {max} characters")]
    TooLong {
        /// The most characters (Unicode scalar values) a name may have.
        max: usize,
    },
    /// A line break, tab or other control character inside.
    #[error("the name contains a control character")]
    ControlCharacter,
}

impl ProjectName {
    /// The most characters (Unicode scalar values) a name may have.
    pub const MAX: usize = 100;

    /// Trims the text and checks it.
    ///
    /// # Errors
    /// The first [`NameError`] that applies.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(NameError::ControlCharacter);
        }
        if text.chars().count() > Self::MAX {
            return Err(NameError::TooLong { max: Self::MAX });
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_checked() {
        let name = |text: &str| ProjectName::parse(text).map(|name| name.0);
        assert_eq!(name("  Zürich 中文 🚀 ").unwrap(), "Zürich 中文 🚀");
        assert_eq!(name(&"é".repeat(100)).unwrap().chars().count(), 100);
        assert_eq!(name(" \t\n"), Err(NameError::Empty));
        assert_eq!(name(""), Err(NameError::Empty));
        assert_eq!(name(&"x".repeat(101)), Err(NameError::TooLong { max: 100 }));
        assert_eq!(name(&"x".repeat(300)), Err(NameError::TooLong { max: 100 }));
        assert_eq!(name("a\nb"), Err(NameError::ControlCharacter));
        assert_eq!(name("a\0b"), Err(NameError::ControlCharacter));
        assert_eq!(name("a\u{85}b"), Err(NameError::ControlCharacter));
    }
}
