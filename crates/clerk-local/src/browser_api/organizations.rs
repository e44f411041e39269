//! `/v1/organizations`: making, reading and renaming organizations, and who is in them.

use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{ADMIN, MEMBER, Membership, MembershipQuery, OrganizationChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/organizations", post(create))
        .route("/v1/organizations/{id}", get(read).patch(update))
        .route("/v1/organizations/{id}/memberships", get(memberships))
        .route("/v1/organizations/{id}/roles", get(roles))
}

async fn create(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let name = context.form.required("name")?;
    let slug = context.form.text("slug");
    let made = context
        .state
        .create_organization(name, slug, &user.id)
        .await?;
    let body = shapes::browser::organization(&made, context.state.options());
    context.respond(body).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    let body = shapes::browser::organization(&mine.organization, context.state.options());
    context.respond(body).await
}

async fn update(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    if mine.role != ADMIN {
        return Err(LocalError::with_meta(
            403,
            "missing_organization_permission",
            "Missing permission.",
            json!({ "permissions": ["org:sys_profile:manage"] }),
        ));
    }
    let owned = |key: &str| context.form.get(key).map(str::to_owned);
    let changes = OrganizationChanges {
        name: owned("name"),
        slug: owned("slug"),
        ..OrganizationChanges::default()
    };
    let id = &mine.organization.id;
    let changed = context.state.update_organization(id, changes).await?;
    let body = shapes::browser::organization(&changed, context.state.options());
    context.respond(body).await
}

async fn memberships(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    let (limit, offset) = context.query.page()?;
    let query = MembershipQuery {
        organization_id: Some(mine.organization.id.clone()),
        roles: context.query.all("role"),
        query: context.query.text("query").map(str::to_owned),
        limit,
        offset,
        ..MembershipQuery::default()
    };
    let (memberships, total) = context.state.memberships(&query).await?;
    let options = context.state.options();
    let body = shapes::browser::membership_page(&memberships, total, options);
    context.respond(body).await
}

async fn roles(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let mine = membership(&context, &id).await?;
    let made_at = mine.organization.created_at;
    let data = vec![
        role(ADMIN, "Role with elevated permissions", made_at),
        role(MEMBER, "Role with non-privileged permissions", made_at),
    ];
    let total = data.len();
    let body = json!({
        "data": data,
        "total_count": total,
        "has_role_set_migration": false,
    });
    context.respond(body).await
}

/// One of Clerk's two default roles.
fn role(key: &str, description: &str, made_at: i64) -> Value {
    let permissions: Vec<Value> = shapes::system_permissions(key)
        .iter()
        .map(|permission| {
            json!({
                "object": "permission",
                "id": permission.replace(':', "_").replacen("org_", "perm_", 1),
                "name": permission,
                "key": permission,
                "description": "",
                "type": "system",
                "created_at": made_at,
                "updated_at": made_at,
            })
        })
        .collect();
    json!({
        "object": "role",
        "id": key.replacen("org:", "role_", 1),
        "name": shapes::role_name(key),
        "key": key,
        "description": description,
        "is_creator_eligible": key == ADMIN,
        "permissions": permissions,
        "created_at": made_at,
        "updated_at": made_at,
    })
}

/// The person's own membership; no membership and no such organization are the same answer.
async fn membership(context: &BrowserContext, id: &str) -> Result<Membership> {
    let user = context.user().await?;
    let found = context.state.membership(&user.id, id).await?;
    found.ok_or_else(crate::mint::organization_not_found)
}
