//! [`Provider`]: who is played.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// A provider of accounts that the instance plays itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Google.
    #[sea_orm(string_value = "google")]
    Google,
    /// GitHub.
    #[sea_orm(string_value = "github")]
    Github,
    /// Discord.
    #[sea_orm(string_value = "discord")]
    Discord,
}

impl Provider {
    /// All of them, in the order in which pages offer them.
    pub const ALL: [Self; 3] = [Self::Google, Self::Github, Self::Discord];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Github => "github",
            Self::Discord => "discord",
        }
    }

    /// Clerk's name for signing in with it.
    pub fn strategy(self) -> &'static str {
        match self {
            Self::Google => "oauth_google",
            Self::Github => "oauth_github",
            Self::Discord => "oauth_discord",
        }
    }

    /// How an address is verified by it (Clerk: `verification.strategy` of an email address).
    pub fn address_strategy(self) -> &'static str {
        match self {
            Self::Google => "from_oauth_google",
            Self::Github => "from_oauth_github",
            Self::Discord => "from_oauth_discord",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Github => "GitHub",
            Self::Discord => "Discord",
        }
    }

    /// The provider with this name in addresses.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|provider| provider.slug() == slug)
    }

    /// The provider with this strategy, `oauth_google`.
    pub fn from_strategy(strategy: &str) -> Option<Self> {
        Self::from_slug(strategy.strip_prefix("oauth_")?)
    }

    /// What Clerk always asks for (Clerk docs: the default scopes of each connection).
    pub fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Google => &[
                "email",
                "https://www.googleapis.com/auth/userinfo.email",
                "https://www.googleapis.com/auth/userinfo.profile",
                "openid",
                "profile",
            ],
            Self::Github => &["read:user", "user:email"],
            Self::Discord => &["email", "identify"],
        }
    }

    /// How long its access tokens are good for (milliseconds); GitHub's do not expire.
    pub fn token_life_ms(self) -> Option<i64> {
        match self {
            Self::Google => Some(60 * 60 * 1000),
            Self::Github => None,
            Self::Discord => Some(7 * 24 * 60 * 60 * 1000),
        }
    }

    /// Whether its people have user names.
    pub fn has_usernames(self) -> bool {
        self != Self::Google
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for provider in Provider::ALL {
            assert_eq!(Provider::from_slug(provider.slug()), Some(provider));
            assert_eq!(Provider::from_strategy(provider.strategy()), Some(provider));
            let address = provider.address_strategy().strip_prefix("from_");
            assert_eq!(address, Some(provider.strategy()));
        }
        assert_eq!(Provider::from_strategy("google"), None);
        assert_eq!(Provider::from_strategy("oauth_apple"), None);
    }
}
