//! What has to hold for a new invitation.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use url::Url;

use super::{InvitationStatus, NewInvitation, OrganizationTarget, entity};
use crate::{
    error::{LocalError, Result},
    state::{Write, memberships, organizations, roles, users},
};

/// Clerk's default life of an invitation, in days.
const LIFE_DAYS: i64 = 30;
/// Clerk's longest one.
const MOST_DAYS: i64 = 365;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The end of an invitation made now (unix milliseconds).
pub(super) fn expires_at(now: i64, days: Option<i64>) -> Result<i64> {
    let days = days.unwrap_or(LIFE_DAYS);
    if (1..=MOST_DAYS).contains(&days) {
        return Ok(now + days * DAY_MS);
    }
    Err(LocalError::form(
        422,
        "form_param_value_invalid",
        &format!("expires_in_days must be between 1 and {MOST_DAYS}."),
        "expires_in_days",
    ))
}

/// A whole address of a web page.
pub(super) fn check_redirect_url(url: Option<&str>) -> Result<()> {
    let is_page = |url: &str| {
        Url::parse(url).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
    };
    match url {
        Some(url) if !is_page(url) => Err(LocalError::form(
            422,
            "form_param_format_invalid",
            "redirect_url must be a valid url.",
            "redirect_url",
        )),
        _ => Ok(()),
    }
}

/// Refuses members, people invited already, and one more than the organization may have.
pub(super) async fn check_into_organization(
    write: &Write,
    target: &OrganizationTarget,
    lookup_key: &str,
) -> Result<()> {
    roles::named(write.db(), &target.role).await?;
    let organization = organizations::load(write, &target.organization_id).await?;
    if let Some(member) = memberships::of_address_in(write, lookup_key, &organization.id).await? {
        return Err(memberships::already_a_member(&member, "email_address"));
    }
    let pending = pending(write).filter(entity::Column::OrganizationId.eq(&*organization.id));
    let same = pending
        .clone()
        .filter(entity::Column::LookupKey.eq(lookup_key));
    if same.count(write.db()).await? > 0 {
        return Err(LocalError::api(
            400,
            "organization_invitation_not_unique",
            "Organizations cannot have duplicate pending invitations for an email address.",
        ));
    }
    // Each takes a place (Clerk: the quota includes outstanding invitations).
    let expected = pending.count(write.db()).await?;
    memberships::check_quota(&organization, expected)
}

/// Refuses somebody who has an account, or an invitation.
pub(super) async fn check_to_application(write: &Write, lookup_key: &str) -> Result<()> {
    if users::address_taken(write.db(), lookup_key).await? {
        return Err(LocalError::form(
            422,
            "form_identifier_exists",
            "That email address is taken. Please try another.",
            "email_address",
        ));
    }
    let same = pending(write)
        .filter(entity::Column::OrganizationId.is_null())
        .filter(entity::Column::LookupKey.eq(lookup_key));
    match same.one(write.db()).await? {
        Some(invitation) => Err(duplicates(&[invitation.email_address])),
        None => Ok(()),
    }
}

/// Refuses a list with addresses that are invited already, or named twice.
pub(super) async fn refuse_duplicates(write: &Write, new: &[NewInvitation]) -> Result<()> {
    let mut seen = HashSet::new();
    let mut again = Vec::new();
    for one in new.iter().filter(|one| !one.ignore_existing) {
        let lookup_key = users::lookup_key(one.email_address.trim());
        let into = one.organization.as_ref();
        let into = into.map(|target| target.organization_id.as_str());
        let same = pending(write)
            .filter(entity::Column::LookupKey.eq(&*lookup_key))
            .filter(match into {
                Some(id) => entity::Column::OrganizationId.eq(id),
                None => entity::Column::OrganizationId.is_null(),
            });
        if !seen.insert((lookup_key, into)) || same.count(write.db()).await? > 0 {
            again.push(one.email_address.clone());
        }
    }
    match again.is_empty() {
        true => Ok(()),
        false => Err(duplicates(&again)),
    }
}

/// 400 `duplicate_record`; Clerk's components read the addresses from `meta.email_addresses`.
fn duplicates(email_addresses: &[String]) -> LocalError {
    LocalError::with_meta(
        400,
        "duplicate_record",
        &format!(
            "There are already pending invitations for the following email addresses: {}",
            email_addresses.join(", ")
        ),
        json!({ "param_name": "email_address", "email_addresses": email_addresses }),
    )
}

fn pending(write: &Write) -> sea_orm::Select<entity::Entity> {
    entity::Entity::find()
        .filter(entity::Column::Status.eq(InvitationStatus::Pending))
        .filter(entity::Column::ExpiresAt.gt(write.now))
}
