//! Verification of machine tokens that are JWTs.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Times, TokenError, TokenVerifier, cache::Recalled};
use crate::{
    claims::Audience,
    machine::{MachineToken, MachineTokenError, TokenType, check_oauth_audience},
    token::{Category, DecodedToken, HeaderType, Number},
};

impl TokenVerifier {
    /// Verifies a machine's JWT of a kind that was told by its unverified parts.
    ///
    /// `iss` and `azp` are not looked at, as in Clerk's SDK: a machine is bound to no origin,
    /// and the instance's key alone says whose token it is.
    pub(crate) async fn verify_machine_jwt(
        &self,
        kind: TokenType,
        token: &DecodedToken<'_>,
    ) -> Result<MachineToken, MachineTokenError> {
        let skew_ms = self.0.clock_skew_ms;
        match self.recall(&self.0.machines, &token.text, skew_ms)? {
            Recalled::Known(machine) => Ok(machine),
            Recalled::New(candidate) => {
                let (machine, times) = self.verify_new_machine_jwt(kind, token).await?;
                self.0.machines.insert(candidate, &machine, times);
                Ok(machine)
            }
        }
    }

    async fn verify_new_machine_jwt(
        &self,
        kind: TokenType,
        token: &DecodedToken<'_>,
    ) -> Result<(MachineToken, Times), MachineTokenError> {
        if kind == TokenType::M2m && token.has_category && token.category != Category::Machine {
            return Err(MachineTokenError::Category);
        }
        let claims: Map<String, Value> =
            serde_json::from_str(&token.payload).map_err(|_| MachineTokenError::Malformed)?;
        let times = self.check_machine_jwt(kind, token, &claims).await?;
        if kind == TokenType::OAuth {
            check_oauth_audience(claims.get("aud"), &self.0.audience)?;
            return Ok((MachineToken::from_oauth_claims(&claims), times));
        }
        Ok((MachineToken::from_m2m_claims(claims), times))
    }

    async fn check_machine_jwt(
        &self,
        kind: TokenType,
        token: &DecodedToken<'_>,
        claims: &Map<String, Value>,
    ) -> Result<Times, TokenError> {
        if kind == TokenType::OAuth {
            let is_access_token = |typ| typ == HeaderType::AccessToken;
            self.check_signature_of(token, is_access_token).await?;
        } else {
            self.check_signature(token).await?;
        }
        if !claims.get("sub").is_some_and(Value::is_string) {
            return Err(TokenError::Claim("sub"));
        }
        if kind == TokenType::M2m {
            self.check_audience(claims.get("aud"))?;
        }
        let time = |name| match claims.get(name) {
            None => Number::Absent,
            Some(value) => value.as_f64().map_or(Number::Wrong, Number::Is),
        };
        let times = Times {
            exp: time("exp"),
            nbf: time("nbf"),
            iat: time("iat"),
        };
        times.check(self.0.clock.now_ms(), self.0.clock_skew_ms)?;
        Ok(times)
    }

    /// As for sessions: only if an audience is configured and the token names one. A list
    /// that is not all names does not get around it, as it does with Clerk's SDK.
    fn check_audience(&self, aud: Option<&Value>) -> Result<(), TokenError> {
        let aud = aud.map(Audience::deserialize);
        let matches = match aud.and_then(Result::ok) {
            Some(aud) if !self.0.audience.is_empty() && !aud.is_empty() => {
                aud.intersects(&self.0.audience)
            }
            _ => true,
        };
        if matches {
            Ok(())
        } else {
            Err(TokenError::Audience)
        }
    }
}
