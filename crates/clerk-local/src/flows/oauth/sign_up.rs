//! Signing up with an account at a provider.

use super::{
    Journey, failed,
    found::{self, Found},
    in_hand, is_under_way, to_transfer, transferable, verified,
};
use crate::{
    error::{LocalError, Result},
    flows::{
        nobody_signed_in,
        sign_up::{self, Given, Wishes},
    },
    provider::Provider,
    state::{
        Client, ExternalProfile, OauthPurpose, SignUp, SignUpDetail, State, Unit, Verification,
        VerificationStatus, account_claimed,
    },
};

/// Begins a sign-up, or goes on with one; the browser goes to the provider next.
///
/// # Errors
/// Those of [`sign_up::start`] and [`sign_up::update`].
pub async fn start(
    state: &State,
    client: &Client,
    begun: Option<SignUp>,
    wishes: Wishes,
    journey: &Journey,
) -> Result<SignUp> {
    let given = Given::new(state, wishes).await?;
    let unit = state.unit().await?;
    let mut sign_up = match begun {
        Some(begun) => sign_up::update_in(&unit, client, &begun.id, given).await?,
        None => sign_up::start_in(&unit, client, given).await?,
    };
    if sign_up.detail.created_user_id.is_none() {
        let purpose = OauthPurpose::SignUp(sign_up.id.clone());
        let verification = journey.begin(&unit, client, purpose).await?;
        sign_up.detail.external_verification = Some(verification);
        sign_up.detail.external = None;
        sign_up = unit.save_sign_up(&sign_up).await?;
    }
    unit.commit().await?;
    Ok(sign_up)
}

/// Begins a sign-up with the account that the sign-in of this browser has found to have no person.
///
/// # Errors
/// 400 `account_transfer_invalid` when there is none; those of [`sign_up::start`].
pub async fn transfer(state: &State, client: &Client, wishes: Wishes) -> Result<SignUp> {
    let given = Given::new(state, wishes).await?;
    let unit = state.unit().await?;
    let sign_in = unit.sign_in_of_client(client).await?;
    let detail = sign_in.map(|it| it.detail).unwrap_or_default();
    let proof = detail.first_factor.as_ref();
    let profile = to_transfer(proof, detail.external, unit.now_ms())?;
    let sign_up = sign_up::start_in(&unit, client, given).await?;
    let sign_up = recognise(&unit, client, sign_up, profile).await?;
    unit.commit().await?;
    Ok(sign_up)
}

/// The browser is back. Whether the sign-up is complete.
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
    let waits = |it: &SignUp| {
        it.client_id == client.id
            && it.detail.created_user_id.is_none()
            && is_under_way(it.detail.external_verification.as_ref(), provider)
    };
    let Some(mut sign_up) = unit.sign_up(id).await?.filter(waits) else {
        return Ok(false);
    };
    let sign_up = match profile {
        Ok(profile) => recognise(unit, client, sign_up, profile).await?,
        Err(error) => {
            if let Some(verification) = &mut sign_up.detail.external_verification {
                failed(verification, &error);
            }
            unit.save_sign_up(&sign_up).await?
        }
    };
    Ok(sign_up.detail.created_user_id.is_some())
}

/// Goes on with what the provider tells, unless the account has a person.
async fn recognise(
    unit: &Unit,
    client: &Client,
    mut sign_up: SignUp,
    profile: ExternalProfile,
) -> Result<SignUp> {
    let mut verification = sign_up
        .detail
        .external_verification
        .take()
        .unwrap_or_else(|| in_hand(unit, &profile));
    match found::find(unit, &profile).await? {
        Found::Linked(_) | Found::SameAddress(_) | Found::Unproven(_) => {
            transferable(unit, &mut verification, &found::exists());
            sign_up.detail.external = Some(profile);
        }
        Found::Claimed => failed(&mut verification, &account_claimed()),
        Found::Nobody => match nobody_signed_in(unit, client).await {
            Ok(()) => {
                verified(&mut verification);
                sign_up.detail.external_verification = Some(verification);
                fill(&mut sign_up.detail, profile);
                return sign_up::finish(unit, client, sign_up).await;
            }
            Err(error) if matches!(error, LocalError::Api { .. }) => {
                failed(&mut verification, &error);
            }
            Err(error) => return Err(error),
        },
    }
    sign_up.detail.external_verification = Some(verification);
    unit.save_sign_up(&sign_up).await
}

/// Fills in what the provider tells; names that were typed stay.
fn fill(detail: &mut SignUpDetail, profile: ExternalProfile) {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    detail.first_name = detail.first_name.take().or(text(&profile.first_name));
    detail.last_name = detail.last_name.take().or(text(&profile.last_name));
    let typed = detail.email_address.as_deref();
    let same = typed.is_some_and(|typed| typed.eq_ignore_ascii_case(&profile.email_address));
    if !same {
        detail.email_address = Some(profile.email_address.clone());
        detail.email_verification = None;
        detail.invitation_id = None;
    }
    if profile.email_verified {
        detail.email_verification = Some(Verification {
            status: VerificationStatus::Verified,
            strategy: profile.provider.address_strategy().to_owned(),
            ..Verification::default()
        });
    }
    detail.external = Some(profile);
}
