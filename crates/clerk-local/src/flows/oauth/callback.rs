//! Coming back: the answer of a provider is checked, and handed to whoever waits for it.

use super::{connect, sign_in, sign_up};
use crate::{
    error::{LocalError, Result},
    provider,
    state::{Client, ExternalProfile, OauthAttempt, OauthPurpose, State, Unit},
};

/// What a browser brings along.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival<'a> {
    /// The secret it set out with.
    pub state: Option<&'a str>,
    /// What can be exchanged for a profile.
    pub code: Option<&'a str>,
    /// Why there is no code.
    pub error: Option<&'a str>,
}

/// Where the browser goes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Onward {
    /// The flow goes on, or has failed there.
    Continue(String),
    /// Nothing is left to do: the application learns of the session by the browser's token.
    Done(String),
}

/// Ends the journey of this browser.
///
/// # Errors
/// 400 `oauth_callback_invalid` for a `state` that is missing, unknown, used, or another browser's:
/// whoever sent the browser here is not the one it asked. All else is told to the flow.
pub async fn arrive(
    state: &State,
    client: Option<&Client>,
    arrival: Arrival<'_>,
) -> Result<Onward> {
    let (Some(client), Some(secret)) = (client, arrival.state) else {
        return Err(invalid());
    };
    let unit = state.unit().await?;
    let attempt = unit.take_oauth(secret, &client.id).await?;
    let attempt = attempt.ok_or_else(invalid)?;
    let profile = match profile(&unit, &attempt, arrival).await {
        Err(error) if !matches!(error, LocalError::Api { .. }) => return Err(error),
        answered => answered,
    };
    let provider = attempt.provider;
    let complete = match &attempt.purpose {
        OauthPurpose::SignIn(id) => sign_in::land(&unit, client, id, provider, profile).await?,
        OauthPurpose::SignUp(id) => sign_up::land(&unit, client, id, provider, profile).await?,
        OauthPurpose::Connect(id) | OauthPurpose::Reauthorize(id) => {
            connect::land(&unit, client, id, profile).await?;
            false
        }
    };
    unit.commit().await?;
    Ok(match attempt.action_complete_redirect_url {
        Some(url) if complete => Onward::Done(url),
        _ if complete => Onward::Done(attempt.redirect_url),
        _ => Onward::Continue(attempt.redirect_url),
    })
}

/// The profile behind the answer.
async fn profile(
    unit: &Unit,
    attempt: &OauthAttempt,
    arrival: Arrival<'_>,
) -> Result<ExternalProfile> {
    if attempt.expire_at <= unit.now_ms() {
        return Err(LocalError::api(
            400,
            "verification_expired",
            "This verification has expired. You must start a new one.",
        ));
    }
    match (arrival.error, arrival.code) {
        (Some("access_denied"), _) => {
            let name = attempt.provider.name();
            let text = format!("You did not grant access to your {name} account");
            Err(LocalError::api(403, "oauth_access_denied", &text))
        }
        (None, Some(code)) => {
            let callback = provider::callback(unit);
            let verifier = &attempt.code_verifier;
            let profile = unit
                .exchange_provider_code(attempt.provider, code, verifier, &callback)
                .await?;
            profile.ok_or_else(exchange_failed)
        }
        (Some(_), _) => Err(exchange_failed()),
        (None, None) => Err(invalid()),
    }
}

fn exchange_failed() -> LocalError {
    LocalError::api(400, "oauth_token_exchange_error", "Token exchange error")
}

fn invalid() -> LocalError {
    LocalError::api(
        400,
        "oauth_callback_invalid",
        "This browser did not ask for what it comes back with. Please start again.",
    )
}
