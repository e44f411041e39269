//! `/v1/organizations`: organizations, and who is in them or invited.
//!
//! What somebody may do in an organization follows from the permissions of the role, not from its
//! name.

mod domains;
mod invitations;
mod logo;
mod memberships;
mod mine;
mod roles;

pub(crate) use invitations::statuses;

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use serde_json::json;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{
        DELETE_ORGANIZATION, MANAGE_ORGANIZATION, Membership, Organization, OrganizationChanges,
    },
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations", post(create))
        .route(
            "/v1/organizations/{id}",
            get(read).patch(update).delete(delete),
        )
        .merge(domains::router())
        .merge(invitations::router())
        .merge(logo::router())
        .merge(memberships::router())
        .merge(mine::router())
        .merge(roles::router())
}

async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let name = context.form.required("name")?;
    let slug = context.form.text("slug");
    let made = context
        .state
        .create_organization(name, slug, &user.id)
        .await?;
    answer(&context, &made).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    answer(&context, &mine.organization).await
}

async fn update(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, MANAGE_ORGANIZATION).await?;
    let owned = |key: &str| context.form.get(key).map(str::to_owned);
    let changes = OrganizationChanges {
        name: owned("name"),
        slug: owned("slug"),
        ..OrganizationChanges::default()
    };
    let id = &mine.organization.id;
    let changed = context.state.update_organization(id, changes).await?;
    answer(&context, &changed).await
}

async fn delete(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = allowed(&context, &id, DELETE_ORGANIZATION).await?;
    if !mine.organization.admin_delete_enabled {
        return Err(LocalError::api(
            403,
            "organization_admin_delete_not_enabled",
            "Deletion by admin is not enabled for this organization.",
        ));
    }
    let id = &mine.organization.id;
    context.state.delete_organization(id).await?;
    context.respond(shapes::deleted("organization", id)).await
}

async fn answer(context: &BrowserContext, organization: &Organization) -> Result<Response> {
    let body = shapes::browser::organization(organization, context.state.options());
    context.respond(body).await
}

/// The person's own membership; no membership and no such organization are the same answer.
async fn membership(context: &BrowserContext, id: &str) -> Result<Membership> {
    let user = context.user().await?;
    let found = context.state.membership(&user.id, id).await?;
    found.ok_or_else(crate::mint::organization_not_found)
}

/// The person's own membership if it gives a permission.
///
/// # Errors
/// Those of [`membership`]; 403 `missing_organization_permission`.
async fn allowed(context: &BrowserContext, id: &str, permission: &str) -> Result<Membership> {
    let mine = membership(context, id).await?;
    check(&mine, permission)?;
    Ok(mine)
}

/// 403 `missing_organization_permission` for a member who may not do this.
pub(crate) fn check(member: &Membership, permission: &str) -> Result<()> {
    if member.may(permission) {
        return Ok(());
    }
    Err(LocalError::with_meta(
        403,
        "missing_organization_permission",
        "Current user is missing an organization permission.",
        json!({ "permissions": [permission] }),
    ))
}
