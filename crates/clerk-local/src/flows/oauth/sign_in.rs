//! Signing in with an account at a provider.

use super::{
    Journey, failed,
    found::{self, Found},
    in_hand, is_under_way, to_transfer, transferable, verified,
};
use crate::{
    error::{LocalError, Result},
    flows::{nobody_signed_in, sign_in, signed_in, turn},
    provider::Provider,
    state::{
        Client, ExternalProfile, OauthPurpose, SignIn, SignInDetail, SignInStatus, State, User,
        account_claimed, account_not_found,
    },
};

/// Begins a sign-in; the browser goes to the provider next.
///
/// # Errors
/// `session_exists` where somebody is signed in.
pub async fn start(state: &State, client: &Client, journey: &Journey) -> Result<SignIn> {
    nobody_signed_in(state, client).await?;
    let detail = SignInDetail {
        identifier: journey.login_hint.clone(),
        ..SignInDetail::default()
    };
    let mut sign_in = state.create_sign_in(&client.id, detail).await?;
    let purpose = OauthPurpose::SignIn(sign_in.id.clone());
    sign_in.detail.first_factor = Some(journey.begin(state, client, purpose).await?);
    state.save_sign_in(&sign_in).await
}

/// Begins a sign-in with the account that the sign-up of this browser has found to have a person.
///
/// # Errors
/// 400 `account_transfer_invalid` when there is none.
pub async fn transfer(state: &State, client: &Client) -> Result<SignIn> {
    let _turn = turn().await;
    nobody_signed_in(state, client).await?;
    let sign_up = state.sign_up_of_client(client).await?;
    let detail = sign_up.map(|it| it.detail).unwrap_or_default();
    let proof = detail.external_verification.as_ref();
    let profile = to_transfer(proof, detail.external, state.now_ms())?;
    let detail = SignInDetail {
        first_factor: Some(in_hand(state, &profile)),
        ..SignInDetail::default()
    };
    let sign_in = state.create_sign_in(&client.id, detail).await?;
    recognise(state, client, sign_in, profile).await
}

/// The browser is back. Whether the sign-in is complete.
///
/// # Errors
/// When the database fails.
pub(super) async fn land(
    state: &State,
    client: &Client,
    id: &str,
    provider: Provider,
    profile: Result<ExternalProfile>,
) -> Result<bool> {
    let waits = |it: &SignIn| {
        it.client_id == client.id && is_under_way(it.detail.first_factor.as_ref(), provider)
    };
    let Some(mut sign_in) = state.sign_in(id).await?.filter(waits) else {
        return Ok(false);
    };
    let sign_in = match profile {
        Ok(profile) => recognise(state, client, sign_in, profile).await?,
        Err(error) => {
            if let Some(verification) = &mut sign_in.detail.first_factor {
                failed(verification, &error);
            }
            state.save_sign_in(&sign_in).await?
        }
    };
    Ok(sign_in.detail.status == SignInStatus::Complete)
}

/// Goes on with the person whose account it is.
async fn recognise(
    state: &State,
    client: &Client,
    mut sign_in: SignIn,
    profile: ExternalProfile,
) -> Result<SignIn> {
    let mut verification = sign_in
        .detail
        .first_factor
        .take()
        .unwrap_or_else(|| in_hand(state, &profile));
    match found::find(state, &profile).await? {
        Found::Linked(user) | Found::SameAddress(user) => {
            match admit(state, client, &user, &profile).await {
                Ok(()) => {
                    verified(&mut verification);
                    sign_in.detail.first_factor = Some(verification);
                    sign_in.detail.user_id = Some(user.id.clone());
                    sign_in.detail.identifier = Some(profile.email_address);
                    let strategy = profile.provider.strategy();
                    return sign_in::first_factor_done(state, client, sign_in, &user, strategy)
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
            return state.save_sign_in(&sign_in).await;
        }
        Found::Claimed => failed(&mut verification, &account_claimed()),
        Found::Nobody => {
            transferable(state, &mut verification, &account_not_found());
            sign_in.detail.external = Some(profile);
        }
    }
    sign_in.detail.first_factor = Some(verification);
    state.save_sign_in(&sign_in).await
}

/// Links the account, if the person may sign in here.
///
/// # Errors
/// `identifier_already_signed_in` with `meta.session_id`, `session_exists`, `user_locked`, or those of
/// the link.
async fn admit(
    state: &State,
    client: &Client,
    user: &User,
    profile: &ExternalProfile,
) -> Result<()> {
    if let Some((session, present)) = signed_in(state, client).await?
        && present.id == user.id
    {
        return Err(LocalError::with_meta(
            400,
            "identifier_already_signed_in",
            "You're already signed in.",
            serde_json::json!({ "session_id": session.id }),
        ));
    }
    nobody_signed_in(state, client).await?;
    state.check_not_locked(user)?;
    found::link(state, user, profile).await
}
