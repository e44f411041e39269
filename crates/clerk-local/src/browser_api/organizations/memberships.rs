//! `/v1/organizations/{id}/memberships`.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, patch},
};

use super::allowed;
use crate::{
    LocalState,
    browser_api::context::BrowserContext,
    error::Result,
    shapes,
    state::{MANAGE_MEMBERS, Membership, MembershipQuery, MembershipTexts, READ_MEMBERS},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations/{id}/memberships", get(list).post(add))
        .route(
            "/v1/organizations/{id}/memberships/{user_id}",
            patch(update).delete(remove),
        )
}

async fn list(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, READ_MEMBERS).await?;
    let (limit, offset) = context.query.page()?;
    let query = MembershipQuery {
        organization_id: Some(mine.organization.id.clone()),
        roles: context.query.all("role"),
        texts: MembershipTexts {
            any: context.query.text("query").map(str::to_owned),
            ..MembershipTexts::default()
        },
        limit,
        offset,
        ..MembershipQuery::default()
    };
    let (memberships, total) = context.state.memberships(&query).await?;
    let options = context.state.options();
    let body = shapes::browser::membership_page(&memberships, total, options);
    context.respond(body).await
}

async fn add(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let user_id = context.form.required("user_id")?;
    let role = context.form.required("role")?;
    let id = &mine.organization.id;
    let added = context.state.add_member(id, user_id, role).await?;
    answer(&context, &added).await
}

async fn update(
    Path((id, user_id)): Path<(String, String)>,
    context: BrowserContext,
) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let role = context.form.required("role")?;
    let id = &mine.organization.id;
    let changed = context.state.update_role(id, &user_id, role).await?;
    answer(&context, &changed).await
}

/// Answers with the membership as it was.
async fn remove(
    Path((id, user_id)): Path<(String, String)>,
    context: BrowserContext,
) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_MEMBERS).await?;
    let id = &mine.organization.id;
    let gone = context.state.remove_member(id, &user_id).await?;
    answer(&context, &gone).await
}

async fn answer(context: &BrowserContext, membership: &Membership) -> Result<Response> {
    let body = shapes::browser::membership(membership, context.state.options());
    context.respond(body).await
}
