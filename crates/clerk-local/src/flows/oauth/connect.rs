//! Connecting an account at a provider to somebody who is signed in, and renewing it.

use super::{Journey, failed};
use crate::{
    error::{LocalError, Result},
    state::{Client, ExternalAccount, ExternalProfile, OauthPurpose, State, Unit, User},
};

/// Begins to connect an account; the browser goes to the provider next.
///
/// # Errors
/// `oauth_account_already_connected` when the person has an account there.
pub async fn start(
    state: &State,
    client: &Client,
    user: &User,
    journey: &Journey,
) -> Result<ExternalAccount> {
    let unit = state.unit().await?;
    let account = unit.begin_connection(user, journey.provider).await?;
    let purpose = OauthPurpose::Connect(account.id.clone());
    let verification = journey.begin(&unit, client, purpose).await?;
    let account = unit.save_connection(&account.id, verification).await?;
    unit.commit().await?;
    Ok(account)
}

/// Begins to renew an account, say with more scopes. What is answered shows the way to the provider;
/// the account stays linked meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn renew(
    state: &State,
    client: &Client,
    account: &ExternalAccount,
    journey: &Journey,
) -> Result<ExternalAccount> {
    let unit = state.unit().await?;
    let purpose = OauthPurpose::Reauthorize(account.id.clone());
    let verification = journey.begin(&unit, client, purpose).await?;
    let account = match account.is_linked() {
        true => ExternalAccount {
            verification,
            ..account.clone()
        },
        false => unit.save_connection(&account.id, verification).await?,
    };
    unit.commit().await?;
    Ok(account)
}

/// The browser is back. Nothing happens if the person has removed the account meanwhile, or is no
/// longer signed in here: it would be connected for whoever sits there now.
///
/// # Errors
/// When the database fails.
pub(super) async fn land(
    unit: &Unit,
    client: &Client,
    id: &str,
    profile: Result<ExternalProfile>,
) -> Result<()> {
    let Some(account) = unit.external_account(id).await? else {
        return Ok(());
    };
    let sessions = unit.sessions_of_client(&client.id).await?;
    if !sessions.iter().any(|it| it.user_id == account.user_id) {
        return Ok(());
    }
    let outcome = match profile {
        Ok(profile) => unit.renew_account(id, &profile).await,
        Err(error) => Err(error),
    };
    match outcome {
        Err(error) if matches!(error, LocalError::Api { .. }) => {
            let mut verification = account.verification.clone();
            if !account.is_linked() {
                failed(&mut verification, &error);
            } else {
                // The person still has the account; the page learns why it was not renewed.
                verification.error = error.object();
            }
            unit.save_connection(id, verification).await?;
            Ok(())
        }
        outcome => outcome,
    }
}
