//! The payload of a session token as it is on the wire.

use serde::Deserialize;

use super::{
    Actor, Audience, SessionClaims, SessionStatus, factor_age::RawFactorAge, permissions,
    with_org_prefix,
};
use crate::{
    ids::{OrganizationId, SessionId, UserId},
    session::ActiveOrganization,
    token::{Number, Text, object},
    verify::{Times, TokenError},
};

/// Claims of either version, unverified.
#[derive(Deserialize)]
pub(crate) struct RawClaims<'a> {
    #[serde(borrow, default)]
    pub(crate) iss: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) sub: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) azp: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) aud: Option<Audience<'a>>,
    #[serde(default)]
    iat: Number,
    #[serde(default)]
    nbf: Number,
    #[serde(default)]
    exp: Number,
    #[serde(borrow, default)]
    sid: Text<'a>,
    #[serde(borrow, default)]
    jti: Text<'a>,
    #[serde(default)]
    v: Number,
    #[serde(default)]
    fva: RawFactorAge,
    #[serde(default)]
    sts: Option<SessionStatus>,
    #[serde(default)]
    act: Option<Actor>,
    #[serde(borrow, default)]
    pla: Text<'a>,
    #[serde(borrow, default)]
    fea: Text<'a>,
    #[serde(borrow, default)]
    o: Option<RawOrganization<'a>>,
    #[serde(borrow, default)]
    org_id: Text<'a>,
    #[serde(borrow, default)]
    org_slug: Text<'a>,
    #[serde(borrow, default)]
    org_role: Text<'a>,
    #[serde(default)]
    org_permissions: Option<Vec<String>>,
}

/// `o` of version 2.
#[derive(Deserialize)]
struct RawOrganization<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    slg: Text<'a>,
    #[serde(borrow, default)]
    rol: Text<'a>,
    #[serde(borrow, default)]
    per: Text<'a>,
    #[serde(borrow, default)]
    fpm: Text<'a>,
}

impl<'a> RawClaims<'a> {
    /// Reads a payload.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] if it is not a JSON object, or if one of Clerk's own
    /// structured claims has another shape.
    pub(crate) fn parse(payload: &'a str) -> Result<Self, TokenError> {
        object(payload).ok_or(TokenError::Malformed("Clerk's claims"))
    }

    /// When the token holds.
    pub(crate) fn times(&self) -> Times {
        Times {
            exp: self.exp,
            nbf: self.nbf,
            iat: self.iat,
        }
    }

    /// The claims in their public shape; call it after every check.
    ///
    /// # Errors
    /// [`TokenError::Claim`] if `sub` or `exp` is missing after all.
    pub(crate) fn into_claims(self, payload: &str) -> Result<SessionClaims, TokenError> {
        let features = comma_list(&self.fea);
        let organization = if self.v == Number::Is(2.0) {
            self.o.as_ref().and_then(|o| o.resolve(&features))
        } else {
            self.first_version_organization()
        };
        Ok(SessionClaims {
            user_id: UserId::new(self.sub.as_str().ok_or(TokenError::Claim("sub"))?),
            session_id: self.sid.as_str().map(SessionId::new),
            issuer: self.iss.to_owned().unwrap_or_default(),
            authorized_party: self.azp.to_owned(),
            issued_at: self.iat.seconds().unwrap_or(0),
            not_before: self.nbf.seconds().unwrap_or(0),
            expires_at: self.exp.seconds().ok_or(TokenError::Claim("exp"))?,
            token_id: self.jti.to_owned(),
            factor_age: self.fva.0,
            status: self.sts.unwrap_or_default(),
            actor: self.act,
            plans: comma_list(&self.pla),
            features,
            organization,
            payload: payload.into(),
        })
    }

    fn first_version_organization(&self) -> Option<ActiveOrganization> {
        Some(ActiveOrganization {
            id: OrganizationId::new(self.org_id.as_str().filter(|id| !id.is_empty())?),
            slug: self.org_slug.to_owned(),
            role: self.org_role.as_str().map(role).unwrap_or_default(),
            permissions: self.org_permissions.clone().unwrap_or_default(),
        })
    }
}

impl RawOrganization<'_> {
    fn resolve(&self, features: &[String]) -> Option<ActiveOrganization> {
        Some(ActiveOrganization {
            id: OrganizationId::new(self.id.as_str().filter(|id| !id.is_empty())?),
            slug: self.slg.to_owned(),
            role: self.rol.as_str().map(role).unwrap_or_default(),
            permissions: permissions::decode(
                features,
                self.per.as_str().unwrap_or_default(),
                self.fpm.as_str().unwrap_or_default(),
            ),
        })
    }
}

fn role(key: &str) -> String {
    match key {
        "" => String::new(),
        key => with_org_prefix(key).into_owned(),
    }
}

/// The elements of a comma list, trimmed. Empty ones are kept, since they spoil the list.
fn comma_list(text: &Text<'_>) -> Vec<String> {
    match text.as_str().unwrap_or_default() {
        "" => Vec::new(),
        list => list
            .split(',')
            .map(|element| element.trim().to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::FactorAge;

    fn claims(json: &str) -> SessionClaims {
        RawClaims::parse(json).unwrap().into_claims(json).unwrap()
    }

    #[test]
    fn version_2() {
        let claims = claims(
            r#"{"v":2,"sub":"user_1","sid":"sess_1","iss":"https://clerk.a.com","iat":10,"exp":70,
            "nbf":0,"jti":"j","azp":"https://a.com","fva":[3,-1],"sts":"pending","pla":"o:pro",
            "fea":"o:dashboard,u:extra,uo:teams","act":{"sub":"user_9","iss":"x","sid":"s"},
            "o":{"id":"org_1","slg":"acme","rol":"admin","per":"manage,read","fpm":"3,2"},
            "plan_of_mine":"gold"}"#,
        );
        assert_eq!(claims.user_id.as_str(), "user_1");
        assert_eq!(claims.session_id, Some(SessionId::new("sess_1")));
        assert_eq!(claims.expires_at, 70);
        assert_eq!(
            claims.factor_age,
            Some(FactorAge {
                first: Some(3),
                second: None
            })
        );
        assert_eq!(claims.status, SessionStatus::Pending);
        assert_eq!(claims.actor.as_ref().unwrap().sub, "user_9");
        assert_eq!(claims.plans, ["o:pro"]);
        let organization = claims.organization.clone().unwrap();
        assert_eq!(organization.slug.as_deref(), Some("acme"));
        assert_eq!(organization.role, "org:admin");
        assert_eq!(
            organization.permissions,
            [
                "org:dashboard:manage",
                "org:dashboard:read",
                "org:teams:read"
            ]
        );
        #[derive(Deserialize)]
        struct Mine {
            plan_of_mine: String,
        }
        assert_eq!(claims.custom::<Mine>().unwrap().plan_of_mine, "gold");
    }

    #[test]
    fn version_2_without_permissions_or_organization() {
        let claims1 = claims(r#"{"v":2,"sub":"u","exp":1,"o":{"id":"org_1","rol":"member"}}"#);
        let organization = claims1.organization.unwrap();
        assert_eq!(organization.role, "org:member");
        assert_eq!(
            (organization.slug, organization.permissions.len()),
            (None, 0)
        );
        // The version decides: an organization in the other version's claims is not read.
        assert_eq!(
            claims(r#"{"v":2,"sub":"u","exp":1,"org_id":"org_1","org_role":"org:admin"}"#)
                .organization,
            None
        );
        assert_eq!(
            claims(r#"{"sub":"u","exp":1,"o":{"id":"org_1","rol":"admin"}}"#).organization,
            None
        );
    }

    #[test]
    fn version_1() {
        let claims = claims(
            r#"{"sub":"user_1","exp":70,"org_id":"org_1","org_slug":"acme","org_role":"org:admin",
            "org_permissions":["org:dashboard:read"]}"#,
        );
        let organization = claims.organization.unwrap();
        assert_eq!(organization.role, "org:admin");
        assert_eq!(organization.permissions, ["org:dashboard:read"]);
        assert_eq!(claims.status, SessionStatus::Active);
    }

    #[test]
    fn an_unknown_status_is_no_session() {
        assert!(RawClaims::parse(r#"{"sub":"u","exp":1,"sts":"frozen"}"#).is_err());
    }
}
