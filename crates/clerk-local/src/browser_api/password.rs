//! `/v1/me/change_password` and `/v1/me/remove_password`.

use axum::{Router, response::Response, routing::post};

use super::{context::BrowserContext, me};
use crate::{
    LocalState,
    error::Result,
    state::{CurrentPassword, User},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/change_password", post(change))
        .route("/v1/me/remove_password", post(remove))
}

/// Sets a password, or another one. `sign_out_of_other_sessions` ends all sessions but this one.
async fn change(context: BrowserContext) -> Result<Response> {
    let (user, current) = owner(&context).await?;
    let session = context.session().await?;
    let form = &context.form;
    let keep = (form.get("sign_out_of_other_sessions") == Some("true")).then_some(&*session.id);
    let new = form.required("new_password")?;
    let user = context
        .state
        .change_own_password(&user, current, new, keep)
        .await?;
    me::answer(&context, &user).await
}

async fn remove(context: BrowserContext) -> Result<Response> {
    let (user, current) = owner(&context).await?;
    let user = context.state.remove_own_password(&user, current).await?;
    me::answer(&context, &user).await
}

/// The person, and how they show that the account is theirs: by the password, or, where the request
/// names none, by a factor shown in the last ten minutes.
async fn owner(context: &BrowserContext) -> Result<(User, CurrentPassword<'_>)> {
    Ok(match context.form.get("current_password") {
        Some(_) => {
            let typed = context.form.text("current_password");
            (context.user().await?, CurrentPassword::Named(typed))
        }
        None => (context.verified_user().await?, CurrentPassword::Reverified),
    })
}
