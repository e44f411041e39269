//! The claims of a session token, after its signature.

use super::{Inner, TokenError, TokenVerifier};
use crate::claims::RawClaims;

impl TokenVerifier {
    /// Checks every claim but the times.
    pub(super) fn check_claims(&self, claims: &RawClaims<'_>) -> Result<(), TokenError> {
        let Inner {
            issuer,
            authorized_parties,
            audience,
            ..
        } = &*self.0;
        if claims.sub.as_str().is_none() {
            return Err(TokenError::Claim("sub"));
        }
        let is_ours = match claims.iss.as_str() {
            Some(iss) => iss == issuer || self.0.other_issuers.iter().any(|other| iss == other),
            None => self.0.accept_missing_issuer && claims.iss.is_absent(),
        };
        if !is_ours {
            return Err(TokenError::Issuer {
                expected: issuer.clone(),
            });
        }
        if let Some(aud) = &claims.aud
            && !audience.is_empty()
            && !aud.is_empty()
            && !aud.intersects(audience)
        {
            return Err(TokenError::Audience);
        }
        if !authorized_parties.is_empty() {
            let known = |azp: &str| authorized_parties.iter().any(|party| party == azp);
            if !claims.azp.as_str().is_some_and(known) {
                return Err(TokenError::AuthorizedParty);
            }
        }
        Ok(())
    }
}
