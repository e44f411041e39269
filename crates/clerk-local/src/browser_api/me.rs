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
    state::{MembershipQuery, User, UserChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me", get(read).patch(update))
        .route("/v1/me/organization_memberships", get(memberships))
        .route("/v1/me/organization_invitations", get(nothing_waiting))
        .route("/v1/me/organization_suggestions", get(nothing_waiting))
        .route(
            "/v1/me/organization_creation_defaults",
            get(creation_defaults),
        )
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

async fn memberships(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let (limit, offset) = context.query.page()?;
    let query = MembershipQuery {
        user_id: Some(user.id.clone()),
        limit,
        offset,
        ..MembershipQuery::default()
    };
    let (memberships, total) = context.state.memberships(&query).await?;
    let options = context.state.options();
    let body = shapes::browser::membership_page(&memberships, total, options);
    context.respond(body).await
}

/// The instance invites nobody and suggests nothing, so these lists are empty.
async fn nothing_waiting(context: BrowserContext) -> Result<Response> {
    context.user().await?;
    context.respond(shapes::page(Vec::new(), 0)).await
}

/// What a form for a new organization starts with.
async fn creation_defaults(context: BrowserContext) -> Result<Response> {
    context.user().await?;
    let defaults = json!({
        "object": "organization_creation_defaults",
        "advisory": null,
        "form": { "name": "", "slug": "", "logo": null, "blur_hash": null },
    });
    context.respond(defaults).await
}

async fn answer(context: &BrowserContext, user: &User) -> Result<Response> {
    let memberships = context.state.memberships_of_user(&user.id).await?;
    let body = shapes::browser::user(user, &memberships, context.state.options());
    context.respond(body).await
}
