//! `/v1/me/change_password` and `/v1/me/remove_password`.

use axum::{Router, response::Response, routing::post};

use super::{context::BrowserContext, me};
use crate::{LocalState, error::Result};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/change_password", post(change))
        .route("/v1/me/remove_password", post(remove))
}

/// Sets a password, or another one. `sign_out_of_other_sessions` ends all sessions but this one.
async fn change(context: BrowserContext) -> Result<Response> {
    let (session, user) = (context.session().await?, context.user().await?);
    let form = &context.form;
    let keep = (form.get("sign_out_of_other_sessions") == Some("true")).then_some(&*session.id);
    let new = form.required("new_password")?;
    let user = context
        .state
        .change_own_password(&user, form.text("current_password"), new, keep)
        .await?;
    me::answer(&context, &user).await
}

async fn remove(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let current = context.form.text("current_password");
    let user = context.state.remove_own_password(&user, current).await?;
    me::answer(&context, &user).await
}
