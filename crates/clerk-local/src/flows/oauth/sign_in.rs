//! Signing in with an account at a provider.

use super::{
    Journey, failed,
    found::{self, Found},
    in_hand, is_under_way, to_transfer, transferable, verified,
};
use crate::{
    error::{LocalError, Result},
    flows::{nobody_signed_in, sign_in, signed_in},
    provider::Provider,
    state::{
        Client, ExternalProfile, OauthPurpose, SignIn, SignInDetail, SignInStatus, State, Unit,
        User, account_claimed, account_not_found,
    },
};

/// Begins a sign-in; the browser goes to the provider next.
///
/// # Errors
/// `session_exists` where somebody is signed in.
pub async fn start(state: &State, client: &Client, journey: &Journey) -> Result<SignIn> {
    let unit = state.unit().await?;
    nobody_signed_in(&unit, client).await?;
    let detail = SignInDetail {
        identifier: journey.login_hint.clone(),
        ..SignInDetail::default()
    };
    let mut sign_in = unit.create_sign_in(&client.id, detail).await?;
    let purpose = OauthPurpose::SignIn(sign_in.id.clone());
    sign_in.detail.first_factor = Some(journey.begin(&unit, client, purpose).await?);
    let sign_in = unit.save_sign_in(&sign_in).await?;
    unit.commit().await?;
    Ok(sign_in)
}

/// Begins a sign-in with the account that the sign-up of this browser has found to have a person.
///
/// # Errors
/// 400 `account_transfer_invalid` when there is none.
pub async fn transfer(state: &State, client: &Client) -> Result<SignIn> {
    let unit = state.unit().await?;
    nobody_signed_in(&unit, client).await?;
    let sign_up = unit.sign_up_of_client(client).await?;
    let detail = sign_up.map(|it| it.detail).unwrap_or_default();
    let proof = detail.external_verification.as_ref();
    let profile = to_transfer(proof, detail.external, unit.now_ms())?;
    let detail = SignInDetail {
        first_factor: Some(in_hand(state, &profile)),
        ..SignInDetail::default()
    };
    let sign_in = unit.create_sign_in(&client.id, detail).await?;
    let sign_in = recognise(&unit, client, sign_in, profile).await?;
    unit.commit().await?;
    Ok(sign_in)
}

/// The browser is back. Whether the sign-in is complete.
///
/// # Errors
/// When the database fails.
pub(super) async fn land(
    unit: &Unit,
    client: &Client,
    id: &str,
    provider: Provider,
    profile: Result<ExternalProfile>,
) -> Result<bool> {
    let waits = |it: &SignIn| {
        it.client_id == client.id && is_under_way(it.detail.first_factor.as_ref(), provider)
    };
    let Some(mut sign_in) = unit.sign_in(id).await?.filter(waits) else {
        return Ok(false);
    };
    let sign_in = match profile {
        Ok(profile) => recognise(unit, client, sign_in, profile).await?,
        Err(error) => {
            if let Some(verification) = &mut sign_in.detail.first_factor {
                failed(verification, &error);
            }
            unit.save_sign_in(&sign_in).await?
        }
    };
    Ok(sign_in.detail.status == SignInStatus::Complete)
}

/// Goes on with the person whose account it is.
async fn recognise(
    unit: &Unit,
    client: &Client,
    mut sign_in: SignIn,
    profile: ExternalProfile,
) -> Result<SignIn> {
    let mut verification = sign_in
        .detail
        .first_factor
        .take()
        .unwrap_or_else(|| in_hand(unit, &profile));
    match found::find(unit, &profile).await? {
        Found::Linked(user) | Found::SameAddress(user) => {
            match admit(unit, client, &user, &profile).await {
                Ok(()) => {
                    verified(&mut verification);
                    sign_in.detail.first_factor = Some(verification);
                    sign_in.detail.user_id = Some(user.id.clone());
                    sign_in.detail.identifier = Some(profile.email_address);
                    let strategy = profile.provider.strategy();
                    return sign_in::first_factor_done(unit, client, sign_in, &user, strategy)
                        .await;
                }
                Err(error) if matches!(error, LocalError::Api { .. }) => {
                    failed(&mut verification, &error);
                }
                Err(error) => return Err(error),
            }
        }
        Found::Unproven(user) => {
            sign_in.detail.user_id = Some(user.id.clone());
            sign_in.detail.identifier = Some(profile.email_address);
            sign_in.detail.status = SignInStatus::NeedsFirstFactor;
            return unit.save_sign_in(&sign_in).await;
        }
        Found::Claimed => failed(&mut verification, &account_claimed()),
        Found::Nobody => {
            transferable(unit, &mut verification, &account_not_found());
            sign_in.detail.external = Some(profile);
        }
    }
    sign_in.detail.first_factor = Some(verification);
    unit.save_sign_in(&sign_in).await
}

/// Links the account, if the person may sign in here.
///
/// # Errors
/// `identifier_already_signed_in` with `meta.session_id`, `session_exists`, or those of
/// [`State::admit`] and of the link.
async fn admit(unit: &Unit, client: &Client, user: &User, profile: &ExternalProfile) -> Result<()> {
    if let Some((session, present)) = signed_in(unit, client).await?
        && present.id == user.id
    {
        return Err(LocalError::with_meta(
            400,
            "identifier_already_signed_in",
            "You're already signed in.",
            serde_json::json!({ "session_id": session.id }),
        ));
    }
    nobody_signed_in(unit, client).await?;
    unit.admit(user)?;
    found::link(unit, user, profile).await
}
