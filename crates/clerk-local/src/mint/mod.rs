//! Signs session tokens, tokens made from templates, and handshake tokens.

mod shortcodes;
mod template;

use jsonwebtoken::{Algorithm, Header, Validation};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes::factor_age,
    state::{OrganizationChoice, Session, ids},
};

/// Life of a session token in seconds.
pub const SESSION_TOKEN_LIFE_S: i64 = 60;

/// Clerk's token class for session tokens (header member `cat`).
const SESSION_CATEGORY: &str = "cl_B7d4PD111AAA";

impl LocalState {
    /// A session token (Clerk: session tokens, version 2) for the session's active organization.
    ///
    /// `azp` is the origin of the page that asked. The organization is left out when the person is
    /// no longer a member.
    ///
    /// # Errors
    /// When the database or the signature fails.
    pub async fn mint_session_token(&self, session: &Session, azp: Option<&str>) -> Result<String> {
        self.mint_session_token_for(session, azp, OrganizationChoice::Keep)
            .await
    }

    /// Like [`Self::mint_session_token`], for an organization other than the session's active one.
    ///
    /// # Errors
    /// 404 `organization_not_found_or_unauthorized` when the person is not a member there.
    pub async fn mint_session_token_for(
        &self,
        session: &Session,
        azp: Option<&str>,
        organization: OrganizationChoice<'_>,
    ) -> Result<String> {
        let membership = match (organization, &session.active_organization_id) {
            (OrganizationChoice::Clear, _) | (OrganizationChoice::Keep, None) => None,
            (OrganizationChoice::Keep, Some(id)) => self.membership(&session.user_id, id).await?,
            (OrganizationChoice::Set(wanted), _) => Some(
                self.membership(&session.user_id, wanted)
                    .await?
                    .ok_or_else(organization_not_found)?,
            ),
        };
        let client = self.client(&session.client_id).await?;
        let now_ms = self.now_ms();
        // A token older than `client_uat` would make the backend ask for a handshake for ever.
        let iat = now_ms
            .div_euclid(1000)
            .max(client.map_or(0, |client| client.client_uat));
        let mut claims = json!({
            "v": 2,
            "iss": self.instance().publishable_key.issuer(),
            "sub": session.user_id,
            "sid": session.id,
            "iat": iat,
            "nbf": iat - 10,
            "exp": iat + SESSION_TOKEN_LIFE_S,
            "jti": ids::alphanumeric(20),
            "fva": factor_age(session, now_ms),
            "sts": "active",
        });
        if let Value::Object(claims) = &mut claims {
            if let Some(azp) = azp {
                claims.insert("azp".to_owned(), json!(azp));
            }
            if let Some(membership) = membership {
                let role = membership.role.strip_prefix("org:");
                let mut o = Map::new();
                o.insert("id".to_owned(), json!(membership.organization.id));
                o.insert("slg".to_owned(), json!(membership.organization.slug));
                o.insert("rol".to_owned(), json!(role.unwrap_or(&membership.role)));
                claims.insert("o".to_owned(), Value::Object(o));
            }
        }
        self.sign(&claims)
    }

    /// A handshake token: the `Set-Cookie` lines a backend is to send (Clerk: handshake without
    /// `format=nonce`).
    ///
    /// # Errors
    /// When the signature fails.
    pub fn mint_handshake_token(&self, directives: &[String]) -> Result<String> {
        self.sign(&json!({ "handshake": directives }))
    }

    /// Whether a token, expired or not, was signed here for this session.
    pub(crate) fn is_own_token(&self, token: &str, session_id: &str) -> bool {
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Value>(token, &self.instance().decoding_key, &rules);
        claims.is_ok_and(|token| token.claims["sid"] == session_id)
    }

    fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.instance().id.clone());
        header.extras.insert("cat", SESSION_CATEGORY);
        Ok(jsonwebtoken::encode(
            &header,
            claims,
            &self.instance().signing_key,
        )?)
    }
}

/// 404: the same words for an organization that is not there and one without this member.
pub(crate) fn organization_not_found() -> LocalError {
    LocalError::form(
        404,
        "organization_not_found_or_unauthorized",
        "Given organization not found, or you don't have permission to access it.",
        "organization_id",
    )
}
