//! `/v1/me`: the signed-in person.

use axum::{
    Json, Router,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::Result,
    flows::sign_up::name_or_none,
    shapes,
    state::{User, UserChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me", get(read).patch(update))
        .route("/v1/me/sessions/active", get(active_sessions))
}

async fn read(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    answer(&context, &user).await
}

/// Changes names; an empty name clears it, an absent one stays.
async fn update(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let name = |param: &str| {
        let given = context.form.get(param);
        given.map(|name| name_or_none(name, param)).transpose()
    };
    let changes = UserChanges {
        first_name: name("first_name")?,
        last_name: name("last_name")?,
        ..UserChanges::default()
    };
    let user = context.state.update_user(&user.id, changes).await?;
    answer(&context, &user).await
}

/// The person's live sessions in all browsers; a bare array.
async fn active_sessions(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let mut sessions = Vec::new();
    for session in context.state.sessions_of_user(&user.id).await? {
        let mut body = shapes::browser::session(
            &session,
            &user,
            &[],
            None,
            context.state.now_ms(),
            context.state.options(),
        );
        body["latest_activity"] = json!({
            "object": "session_activity",
            "id": session.id.replacen("sess_", "sess_activity_", 1),
            "device_type": null,
            "is_mobile": false,
            "browser_name": null,
            "browser_version": null,
            "ip_address": null,
            "city": null,
            "country": null,
        });
        sessions.push(body);
    }
    Ok(Json(Value::Array(sessions)).into_response())
}

async fn answer(context: &BrowserContext, user: &User) -> Result<Response> {
    let memberships = context.state.memberships_of_user(&user.id).await?;
    let body = shapes::browser::user(user, &memberships, context.state.options());
    context.respond(body).await
}
