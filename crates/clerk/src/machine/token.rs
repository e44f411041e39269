use serde_json::Value;

use super::TokenType;
use crate::{
    ids::{OrganizationId, UserId},
    models::{ApiKey, M2mToken, OAuthAccessToken},
};

/// A machine token that Clerk vouches for. Roles and permissions belong to sessions: a
/// machine token has scopes instead, which the application has to check.
#[derive(Debug, Clone, PartialEq)]
pub enum MachineToken {
    /// A key that acts for a user or an organization.
    ApiKey(ApiKey),
    /// One machine calling another.
    M2m(M2mToken),
    /// An OAuth application acting for a user.
    OAuth(OAuthAccessToken),
}

impl MachineToken {
    /// Which kind it is; never a session.
    pub const fn token_type(&self) -> TokenType {
        match self {
            Self::ApiKey(_) => TokenType::ApiKey,
            Self::M2m(_) => TokenType::M2m,
            Self::OAuth(_) => TokenType::OAuth,
        }
    }

    /// The token's identifier, which is no secret, for logs.
    pub fn id(&self) -> &str {
        match self {
            Self::ApiKey(key) => &key.id,
            Self::M2m(token) => &token.id,
            Self::OAuth(token) => &token.id,
        }
    }

    /// For whom it speaks: `user_…`, `org_…` or `mch_…`.
    pub fn subject(&self) -> &str {
        match self {
            Self::ApiKey(key) => &key.subject,
            Self::M2m(token) => &token.subject,
            Self::OAuth(token) => &token.subject,
        }
    }

    /// What it may be used for. For an M2M token these are the machines that it may call.
    pub fn scopes(&self) -> &[String] {
        match self {
            Self::ApiKey(key) => &key.scopes,
            Self::M2m(token) => &token.scopes,
            Self::OAuth(token) => &token.scopes,
        }
    }

    /// Whether this scope, letter by letter, is among [`MachineToken::scopes`].
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().iter().any(|known| known == scope)
    }

    /// The application's own claims, an object, if there are any. OAuth tokens have none.
    pub fn claims(&self) -> Option<&Value> {
        match self {
            Self::ApiKey(key) => key.claims.as_ref(),
            Self::M2m(token) => token.claims.as_ref(),
            Self::OAuth(_) => None,
        }
    }

    /// The user it acts for: an API key of a user's, or an OAuth token.
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::ApiKey(key) => key.subject.starts_with("user_").then_some(&key.subject),
            Self::OAuth(token) => Some(&token.subject),
            Self::M2m(_) => None,
        }
        .map(UserId::new)
    }

    /// The organization it acts for: an API key of an organization's.
    pub fn organization_id(&self) -> Option<OrganizationId> {
        let Self::ApiKey(key) = self else {
            return None;
        };
        let subject = key.subject.starts_with("org_").then_some(&key.subject);
        subject.map(OrganizationId::new)
    }

    /// The machine that calls: an M2M token's `mch_…`.
    pub fn machine_id(&self) -> Option<&str> {
        match self {
            Self::M2m(token) => Some(&token.subject),
            Self::ApiKey(_) | Self::OAuth(_) => None,
        }
    }

    /// The OAuth application that got the token.
    pub fn client_id(&self) -> Option<&str> {
        match self {
            Self::OAuth(token) => Some(&token.client_id),
            Self::ApiKey(_) | Self::M2m(_) => None,
        }
    }

    /// Whether Clerk says that it was taken back or that its time is over.
    pub(crate) const fn is_over(&self) -> bool {
        match self {
            Self::ApiKey(key) => key.revoked || key.expired,
            Self::M2m(token) => token.revoked || token.expired,
            Self::OAuth(token) => token.revoked || token.expired,
        }
    }
}
