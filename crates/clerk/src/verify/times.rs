//! When a token holds.

use super::TokenError;
use crate::token::Number;

/// `exp`, `nbf` and `iat`, in unix seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) exp: Number,
    pub(crate) nbf: Number,
    pub(crate) iat: Number,
}

impl Times {
    /// Whether the token holds at `now_ms` on a clock that may be `skew_ms` off.
    ///
    /// # Errors
    /// [`TokenError::Expired`], [`TokenError::NotActiveYet`] or
    /// [`TokenError::IssuedInTheFuture`], in this order; [`TokenError::Claim`] where a time
    /// is no number. `nbf` and `iat` may be absent.
    pub(crate) fn check(self, now_ms: i64, skew_ms: i64) -> Result<(), TokenError> {
        #[allow(clippy::cast_precision_loss)] // exact for any date before the year 200,000
        let (earliest, latest) = (
            now_ms.saturating_sub(skew_ms) as f64,
            now_ms.saturating_add(skew_ms) as f64,
        );
        let now = now_ms.div_euclid(1_000);
        let Number::Is(exp) = self.exp else {
            return Err(TokenError::Claim("exp"));
        };
        if exp * 1_000.0 <= earliest {
            let at = whole(exp);
            return Err(TokenError::Expired { at, now });
        }
        match self.nbf {
            Number::Is(nbf) if nbf * 1_000.0 > latest => {
                let at = whole(nbf);
                return Err(TokenError::NotActiveYet { at, now });
            }
            Number::Wrong => return Err(TokenError::Claim("nbf")),
            _ => {}
        }
        match self.iat {
            Number::Is(iat) if iat * 1_000.0 > latest => {
                let at = whole(iat);
                Err(TokenError::IssuedInTheFuture { at, now })
            }
            Number::Wrong => Err(TokenError::Claim("iat")),
            _ => Ok(()),
        }
    }
}

fn whole(seconds: f64) -> i64 {
    Number::Is(seconds).seconds().unwrap_or(0)
}
