//! Signs session tokens, tokens made from templates, and handshake tokens.

mod shortcodes;
mod template;

mod organization;

use jsonwebtoken::{Algorithm, Header, Validation};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes::factor_age,
    state::{Machine, OrganizationChoice, Session, ids},
};

/// Life of a session token in seconds.
pub const SESSION_TOKEN_LIFE_S: i64 = 60;

/// Clerk's token class for session tokens (header member `cat`).
const SESSION_CATEGORY: &str = "cl_B7d4PD111AAA";
/// The one for tokens between machines.
const M2M_CATEGORY: &str = "cl_B7d4PD333AAA";
/// That for tokens of templates, which nobody takes for a session's.
const TEMPLATE_CATEGORY: &str = "cl_B7d4PD222AAA";

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

    /// Like [`Self::mint_session_token`], for a backend and with a life of so many seconds.
    ///
    /// # Errors
    /// As there.
    pub(crate) async fn mint_session_token_with_life(
        &self,
        session: &Session,
        life_s: i64,
    ) -> Result<String> {
        self.mint(session, None, OrganizationChoice::Keep, life_s)
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
        self.mint(session, azp, organization, SESSION_TOKEN_LIFE_S)
            .await
    }

    /// Like [`Self::mint_session_token`], of a session that still has a task to be done (Clerk:
    /// `sts` is `pending`), which no session of this instance has by itself: for tests of
    /// applications, which must take it for signed out.
    ///
    /// # Errors
    /// As there.
    pub(crate) async fn mint_pending_session_token(
        &self,
        session: &Session,
        azp: Option<&str>,
    ) -> Result<String> {
        let choice = OrganizationChoice::Keep;
        let claims = self.claims(session, azp, choice, SESSION_TOKEN_LIFE_S);
        let mut claims = claims.await?;
        claims["sts"] = json!("pending");
        self.sign(&claims, SESSION_CATEGORY)
    }

    async fn mint(
        &self,
        session: &Session,
        azp: Option<&str>,
        organization: OrganizationChoice<'_>,
        life_s: i64,
    ) -> Result<String> {
        let claims = self.claims(session, azp, organization, life_s).await?;
        self.sign(&claims, SESSION_CATEGORY)
    }

    async fn claims(
        &self,
        session: &Session,
        azp: Option<&str>,
        organization: OrganizationChoice<'_>,
        life_s: i64,
    ) -> Result<Value> {
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
            "exp": iat + life_s,
            "jti": ids::alphanumeric(20),
            "fva": factor_age(session, now_ms),
            "sts": "active",
        });
        if let Value::Object(claims) = &mut claims {
            if let Some(azp) = azp {
                claims.insert("azp".to_owned(), json!(azp));
            }
            if let Some(membership) = membership {
                claims.extend(organization::claims(&membership));
            }
        }
        Ok(claims)
    }

    /// A handshake token: the `Set-Cookie` lines a backend is to send (Clerk: handshake without
    /// `format=nonce`).
    ///
    /// # Errors
    /// When the signature fails.
    pub fn mint_handshake_token(&self, directives: &[String]) -> Result<String> {
        self.sign(&json!({ "handshake": directives }), SESSION_CATEGORY)
    }

    /// A token between machines that nobody stores (Clerk: M2M tokens of the format `jwt`), and
    /// when it was issued (unix seconds). Claims of the application never replace Clerk's own.
    ///
    /// # Errors
    /// When the signature fails.
    pub(crate) fn mint_m2m_token(
        &self,
        machine: &Machine,
        id: &str,
        life_s: i64,
        claims: Option<&Map<String, Value>>,
    ) -> Result<(String, i64)> {
        let iat = self.now_ms().div_euclid(1000);
        let called = machine.scoped_machines.iter();
        let scopes: Vec<&str> = called.map(|called| called.id.as_str()).collect();
        let mut all = claims.cloned().unwrap_or_default();
        for (name, value) in [
            ("iss", json!(self.instance().publishable_key.issuer())),
            ("sub", json!(machine.id)),
            ("aud", json!(scopes)),
            ("scopes", json!(scopes.join(" "))),
            ("iat", json!(iat)),
            ("nbf", json!(iat - 10)),
            ("exp", json!(iat + life_s)),
            ("jti", json!(id)),
        ] {
            all.insert(name.to_owned(), value);
        }
        Ok((self.sign(&all, M2M_CATEGORY)?, iat))
    }

    /// Whether a token, expired or not, was signed here for this session.
    pub(crate) fn is_own_token(&self, token: &str, session_id: &str) -> bool {
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let Ok(signing) = self.instance().signing() else {
            return false;
        };
        let claims = jsonwebtoken::decode::<Value>(token, &signing.decoding, &rules);
        claims.is_ok_and(|token| token.claims["sid"] == session_id)
    }

    fn sign(&self, claims: &impl Serialize, category: &str) -> Result<String> {
        let signing = self.instance().signing()?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(signing.kid.clone());
        header.extras.insert("cat", category);
        Ok(jsonwebtoken::encode(&header, claims, &signing.encoding)?)
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
