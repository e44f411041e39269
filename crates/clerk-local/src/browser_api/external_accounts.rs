//! `/v1/me/external_accounts`: the person's accounts at providers.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{delete, patch, post},
};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::Result,
    flows::{
        oauth::{Journey, connect},
        unknown_strategy,
    },
    provider::Provider,
    shapes::{self, external},
    state::ExternalAccount,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/external_accounts", post(create))
        .route("/v1/me/external_accounts/{id}", delete(remove))
        .route(
            "/v1/me/external_accounts/{id}/reauthorize",
            patch(reauthorize),
        )
        .route(
            "/v1/me/external_accounts/{id}/tokens",
            delete(remove_tokens),
        )
}

impl BrowserContext {
    /// The way to a provider that the form asks for; none if the strategy is another one.
    ///
    /// # Errors
    /// Those of [`Journey::new`].
    pub(super) fn journey(&self, strategy: Option<&str>) -> Result<Option<Journey>> {
        let Some(provider) = strategy.and_then(Provider::from_strategy) else {
            return Ok(None);
        };
        self.journey_to(provider).map(Some)
    }

    fn journey_to(&self, provider: Provider) -> Result<Journey> {
        let form = &self.form;
        let mut journey = Journey::new(
            &self.state,
            provider,
            form.text("redirect_url"),
            form.text("action_complete_redirect_url"),
            &form.all("additional_scope"),
        )?;
        let hint = ["oidc_login_hint", "identifier", "email_address"];
        let hint = hint.into_iter().find_map(|key| form.text(key));
        journey.login_hint = hint
            .filter(|hint| hint.len() <= 256)
            .map(|hint| hint.trim().to_owned());
        Ok(journey)
    }
}

async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let strategy = context.form.required("strategy")?;
    let journey = context.journey(Some(strategy))?;
    let journey = journey.ok_or_else(unknown_strategy)?;
    let account = connect::start(&context.state, context.client()?, &user, &journey).await?;
    answer(&context, &account).await
}

async fn reauthorize(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let account = user.external_account(&id)?;
    let journey = context.journey_to(account.provider)?;
    let account = connect::renew(&context.state, context.client()?, account, &journey).await?;
    answer(&context, &account).await
}

async fn remove(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let account = context.state.remove_account(&user.id, &id).await?;
    let body = shapes::deleted("external_account", &account.id);
    context.respond(body).await
}

/// Takes the provider's tokens away; the account stays.
async fn remove_tokens(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let account = user.external_account(&id)?;
    let account = context.state.revoke_tokens(account).await?;
    answer(&context, &account).await
}

async fn answer(context: &BrowserContext, account: &ExternalAccount) -> Result<Response> {
    let body = external::account(account, context.state.options());
    context.respond(body).await
}
