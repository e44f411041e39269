//! Signed claims that leave the instance in links and come back: tickets, links in mails.
//!
//! They carry Clerk's short claim names (`iid`, `sid`, `st`, `eat`) and neither `sub` nor `exp`, so
//! that nobody takes one of them for a session token.

use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Serialize, de::DeserializeOwned};

use super::State;
use crate::error::Result;

impl State {
    /// Claims as a token, signed with the instance's key.
    ///
    /// # Errors
    /// When the signature fails.
    pub(crate) fn sign_claims(&self, claims: &impl Serialize) -> Result<String> {
        let signing = self.instance().signing()?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(signing.kid.clone());
        Ok(jsonwebtoken::encode(&header, claims, &signing.encoding)?)
    }

    /// The claims of a token signed here, whatever its time; none for anything else.
    pub(crate) fn read_claims<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let signing = self.instance().signing().ok()?;
        jsonwebtoken::decode(token, &signing.decoding, &rules)
            .ok()
            .map(|token| token.claims)
    }
}
