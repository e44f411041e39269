//! The step after the first factor, for people who have a second one.

use super::{complete, fresh, nobody_signed_in, person};
use crate::{
    error::Result,
    flows::second_factor,
    state::{Client, ShownFactors, SignIn, SignInStatus, State},
};

/// Takes a code of the authenticator app or a backup code, and completes the sign-in with a new
/// session if it is right.
///
/// # Errors
/// Those of [`second_factor::check`]; `verification_already_verified` for an attempt that does not
/// stand at this step.
pub async fn attempt(
    state: &State,
    client: &Client,
    sign_in: SignIn,
    strategy: &str,
    answer: &str,
) -> Result<SignIn> {
    let unit = state.unit().await?;
    let mut sign_in = fresh(&unit, &sign_in.id, SignInStatus::NeedsSecondFactor).await?;
    let user = person(&unit, &sign_in).await?;
    nobody_signed_in(&unit, client).await?;
    let verification = &mut sign_in.detail.second_factor;
    if let Err(error) = second_factor::check(&unit, &user, verification, strategy, answer).await {
        unit.save_sign_in(&sign_in).await?;
        unit.commit().await?;
        return Err(error);
    }
    let first = sign_in.detail.first_factor.as_ref();
    let first = first.map_or_else(String::new, |factor| factor.strategy.clone());
    let sign_in = complete(&unit, client, sign_in, &user, &first).await?;
    if let Some(session_id) = &sign_in.detail.created_session_id {
        let shown = ShownFactors {
            second: true,
            ..ShownFactors::default()
        };
        unit.note_factors(session_id, shown).await?;
    }
    unit.commit().await?;
    Ok(sign_in)
}
