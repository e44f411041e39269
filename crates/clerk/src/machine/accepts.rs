use super::TokenType;

/// Which kinds of token are taken (Clerk: `acceptsToken`).
///
/// Machine tokens are read from the `Authorization` header only. Cookies are looked at only
/// where sessions are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptsToken {
    /// One kind.
    One(TokenType),
    /// Any of these. It differs from [`AcceptsToken::One`] in what a refusal says: a kind
    /// that is not listed is refused without naming a type.
    AnyOf(Vec<TokenType>),
    /// Every kind.
    Any,
}

impl AcceptsToken {
    /// Whether tokens of this kind are taken.
    pub fn contains(&self, kind: TokenType) -> bool {
        match self {
            Self::One(one) => *one == kind,
            Self::AnyOf(several) => several.contains(&kind),
            Self::Any => true,
        }
    }
}

impl Default for AcceptsToken {
    /// Sessions.
    fn default() -> Self {
        Self::One(TokenType::Session)
    }
}

impl From<TokenType> for AcceptsToken {
    fn from(kind: TokenType) -> Self {
        Self::One(kind)
    }
}

impl<const N: usize> From<[TokenType; N]> for AcceptsToken {
    fn from(kinds: [TokenType; N]) -> Self {
        Self::AnyOf(kinds.into())
    }
}
