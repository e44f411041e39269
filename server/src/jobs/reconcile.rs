//! Reconciliation: walks all of Clerk's users, organizations and memberships and mends what the
//! local copy has otherwise, because a webhook was lost or never came.
//!
//! The walk shares the requests' client, so it keeps to the same budget of calls; a page has 500
//! objects. Nothing is removed unless all three lists came to their end *and* Clerk, asked for the
//! very object, does not know it: a list may skip what moved from one page to another while it was
//! read.

use clerk::api::{
    ApiClient, ApiError, ListOrganizationMemberships, ListOrganizations, ListRoles, ListUsers,
};
use futures::TryStreamExt as _;
use store::{KnownMembership, Reconciliation, Repairs, Store, StoreError};

/// Why a reconciliation did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// Clerk refused, failed or did not answer.
    #[error(
        "Clerk could not be walked to the end: {0}. What it told until then was taken over, and \
         nothing more was removed; run this again"
    )]
    Clerk(#[from] ApiError),
    /// The database refused or did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys are those of another instance than the database's.
    #[error(
        "Clerk knows none of the users and organizations of this database: CLERK_SECRET_KEY \
         seems to be another instance's. Nothing was removed"
    )]
    AnotherInstance,
}

/// Makes the local copy what Clerk has, and tells what that took. Safe beside webhooks.
///
/// # Errors
/// [`ReconcileError`]; what was mended until then stays.
pub async fn reconcile(clerk: &ApiClient, store: &Store) -> Result<Repairs, ReconcileError> {
    let mut local = store.reconcile().await?;
    walk(clerk, &mut local).await?;
    if local.is_another_instance() {
        return Err(ReconcileError::AnotherInstance);
    }
    remove_what_is_gone(clerk, &mut local).await?;
    let repairs = local.repairs();
    tracing::info!(%repairs, mended = repairs.total(), "reconciled with Clerk");
    Ok(repairs)
}

/// Reads what every role gives, for all who have it: Clerk tells of a permission that is renamed or
/// deleted, but not of the roles that gave it. `as_of_ms` is when it did (unix milliseconds).
///
/// # Errors
/// [`ReconcileError`]; what was taken over until then stays.
pub async fn reread_roles(
    clerk: &ApiClient,
    store: &Store,
    as_of_ms: i64,
) -> Result<(), ReconcileError> {
    let mut roles = clerk.organization_roles().stream(&ListRoles::default());
    while let Some(role) = roles.try_next().await? {
        store.identity().sync_role(&role, as_of_ms).await?;
    }
    Ok(())
}

/// Users and organizations first, so that memberships need no stubs of them.
async fn walk(clerk: &ApiClient, local: &mut Reconciliation<'_>) -> Result<(), ReconcileError> {
    let mut users = clerk.users().stream(&ListUsers::default());
    while let Some(user) = users.try_next().await? {
        local.user(&user).await?;
    }
    let organizations = clerk.organizations();
    let mut listed = organizations.stream(&ListOrganizations::default());
    while let Some(organization) = listed.try_next().await? {
        local.organization(&organization).await?;
    }
    let mut roles = clerk.organization_roles().stream(&ListRoles::default());
    while let Some(role) = roles.try_next().await? {
        local.role(&role).await?;
    }
    let mut listed = organizations.stream_instance_memberships(&Default::default());
    while let Some(membership) = listed.try_next().await? {
        local.membership(&membership).await?;
    }
    Ok(())
}

async fn remove_what_is_gone(
    clerk: &ApiClient,
    local: &mut Reconciliation<'_>,
) -> Result<(), ReconcileError> {
    for id in local.unseen().users {
        match unless_missing(clerk.users().get(&id).await)? {
            Some(user) => local.user(&user).await?,
            None => local.user_gone(&id).await?,
        }
    }
    for id in local.unseen().organizations {
        match unless_missing(clerk.organizations().get(&id).await)? {
            Some(organization) => local.organization(&organization).await?,
            None => local.organization_gone(&id).await?,
        }
    }
    // Those of whoever was just removed ended with them.
    for known in local.unseen().memberships {
        let listed = memberships_of_one(clerk, &known).await?;
        match listed.iter().find(|membership| membership.id == known.id) {
            Some(membership) => local.membership(membership).await?,
            None => local.membership_gone(&known).await?,
        }
    }
    Ok(())
}

/// What Clerk has of this user in this organization: one membership, or none.
async fn memberships_of_one(
    clerk: &ApiClient,
    known: &KnownMembership,
) -> Result<Vec<clerk::api::OrganizationMembership>, ApiError> {
    let params = ListOrganizationMemberships {
        user_id: vec![known.user_id.clone()],
        ..ListOrganizationMemberships::default()
    };
    let organizations = clerk.organizations();
    let page = organizations.list_memberships(&known.organization_id, &params);
    let page = unless_missing(page.await)?;
    Ok(page.map(|page| page.data).unwrap_or_default())
}

fn unless_missing<T>(answer: Result<T, ApiError>) -> Result<Option<T>, ApiError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
