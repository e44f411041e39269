use std::{fmt, str::FromStr};

/// What a token is for (Clerk: `tokenType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenType {
    /// A person's session.
    Session,
    /// A key that acts for a user or an organization: `ak_…`.
    ApiKey,
    /// A token by which one machine calls another: `mt_…`, or a JWT whose subject is a machine.
    M2m,
    /// A token that an OAuth application got for a user: `oat_…`, or a JWT of the type `at+jwt`.
    OAuth,
}

impl TokenType {
    /// Every type.
    pub const ALL: [Self; 4] = [Self::Session, Self::ApiKey, Self::M2m, Self::OAuth];

    /// Clerk's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session_token",
            Self::ApiKey => "api_key",
            Self::M2m => "m2m_token",
            Self::OAuth => "oauth_token",
        }
    }
}

impl fmt::Display for TokenType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is none of Clerk's token types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token type of Clerk's")]
pub struct UnknownTokenType;

impl FromStr for TokenType {
    type Err = UnknownTokenType;

    fn from_str(word: &str) -> Result<Self, UnknownTokenType> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        known.ok_or(UnknownTokenType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for kind in TokenType::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("machine_token".parse::<TokenType>(), Err(UnknownTokenType));
    }
}
