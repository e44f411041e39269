//! What an organization demands of the sessions it is entered with.

use crate::{
    StoreError,
    entities::organization::{Column, Entity},
    worker::Worker,
};
use clerk::session::Session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// What an organization demands of its members' sessions, beyond being signed in. Decided on
/// entering it, by the session token's claim about its factors (Clerk: `fva`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SecurityPolicy {
    /// Whether the session must have shown a second factor.
    pub second_factor: bool,
    /// For how many hours a sign-in is good; none for as long as Clerk says.
    pub sign_in_hours: Option<u32>,
}

impl SecurityPolicy {
    /// Whether a session meets the policy. A token that does not tell when its factors were shown
    /// meets none.
    ///
    /// # Errors
    /// [`StoreError::SecondFactorNeeded`] or [`StoreError::SignInTooOld`].
    pub fn check(self, session: &Session) -> Result<(), StoreError> {
        let age = session.claims().factor_age;
        if self.second_factor && age.is_none_or(|age| age.second.is_none()) {
            return Err(StoreError::SecondFactorNeeded);
        }
        if let Some(hours) = self.sign_in_hours {
            let most = hours.saturating_mul(60);
            let first = age.and_then(|age| age.first);
            if first.is_none_or(|minutes| minutes >= most) {
                return Err(StoreError::SignInTooOld { hours });
            }
        }
        Ok(())
    }
}

/// Writes a policy down. The worker acts for the organization.
pub(crate) async fn set_security(
    worker: &Worker,
    organization: &str,
    policy: SecurityPolicy,
) -> Result<(), StoreError> {
    let since = policy.second_factor.then(|| worker.now_ms());
    Entity::update_many()
        .col_expr(Column::SecondFactorSince, Expr::value(since))
        .col_expr(
            Column::SignInHours,
            Expr::value(policy.sign_in_hours.map(i64::from)),
        )
        .filter(Column::Id.eq(organization))
        .exec(worker.transaction())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clerk::test_util::session_with_claims;
    use serde_json::json;

    fn outcome(policy: SecurityPolicy, fva: Option<[i64; 2]>) -> &'static str {
        let mut claims = json!({
            "v": 2, "sub": "user_ann", "sid": "sess_1", "sts": "active",
            "iss": "https://clerk.test.lcl.dev", "iat": 1_700_000_000, "exp": 4_102_444_800_i64,
        });
        if let Some(fva) = fva {
            claims["fva"] = json!(fva);
        }
        match policy.check(&session_with_claims(&claims)) {
            Ok(()) => "enters",
            Err(StoreError::SecondFactorNeeded) => "second factor",
            Err(StoreError::SignInTooOld { .. }) => "sign in again",
            Err(_) => "something else",
        }
    }

    #[test]
    fn a_policy_goes_by_the_ages_of_the_factors() {
        let none = SecurityPolicy::default();
        let two = SecurityPolicy {
            second_factor: true,
            ..none
        };
        let daily = SecurityPolicy {
            sign_in_hours: Some(24),
            ..none
        };
        for fva in [None, Some([0, -1]), Some([9999, -1]), Some([-1, -1])] {
            assert_eq!(outcome(none, fva), "enters");
            assert_eq!(outcome(two, fva), "second factor");
        }
        assert_eq!(outcome(two, Some([5000, 5000])), "enters");
        assert_eq!(outcome(daily, Some([24 * 60 - 1, -1])), "enters");
        for fva in [None, Some([24 * 60, 0]), Some([-1, 0])] {
            assert_eq!(outcome(daily, fva), "sign in again");
        }
    }
}
