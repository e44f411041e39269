//! Making invitations, one or many at once.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};
use url::Url;

use super::{Invitation, InvitationStatus, entity, load::load, mail};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::{State, Write, check_email_form, ids, memberships, organizations, roles, users},
};

/// Clerk's default life of an invitation, in days.
const LIFE_DAYS: i64 = 30;
/// Clerk's longest one.
const MOST_DAYS: i64 = 365;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What an invitation is made from.
#[derive(Debug, Clone, Default)]
pub struct NewInvitation {
    /// Who is invited.
    pub email_address: String,
    /// Into which organization; none: to the application.
    pub organization: Option<OrganizationTarget>,
    /// Becomes the membership's, or the person's; `{}` when none.
    pub public_metadata: Option<Value>,
    /// Becomes the membership's; `{}` when none.
    pub private_metadata: Option<Value>,
    /// The page that the accept link leads to; the account portal when none.
    pub redirect_url: Option<String>,
    /// Clerk's default of 30 days when none.
    pub expires_in_days: Option<i64>,
    /// Whether no mail tells of it.
    pub silent: bool,
    /// To the application: also for somebody who has an account or was invited before.
    pub ignore_existing: bool,
}

/// What an invitation into an organization leads to.
#[derive(Debug, Clone, Default)]
pub struct OrganizationTarget {
    /// The organization's id.
    pub organization_id: String,
    /// The key of the role to have there.
    pub role: String,
    /// Who invites, if a person does.
    pub inviter_id: Option<String>,
}

impl State {
    /// Makes all of these invitations or none, and mails their links; emits
    /// `organizationInvitation.created` for each into an organization.
    ///
    /// # Errors
    /// `form_param_format_invalid` (`email_address`, `redirect_url`), `form_param_value_invalid`
    /// (`expires_in_days`), `resource_not_found` for the organization and the role (`role`); `already_a_member_in_organization`,
    /// `organization_invitation_not_unique`, `organization_membership_quota_exceeded`;
    /// `form_identifier_exists` and `duplicate_record` for one to the application.
    pub async fn create_invitations(&self, new: Vec<NewInvitation>) -> Result<Vec<Invitation>> {
        let mut write = self.write().await?;
        let mut made = Vec::with_capacity(new.len());
        let mut mailed = Vec::new();
        for new in new {
            let silent = new.silent;
            let invitation = create(&mut write, new).await?;
            if !silent {
                mailed.push(mail::compose(self, &invitation)?);
            }
            made.push(invitation);
        }
        write.commit().await?;
        for mail in mailed {
            mail.send(self).await?;
        }
        Ok(made)
    }
}

async fn create(write: &mut Write, new: NewInvitation) -> Result<Invitation> {
    let email = new.email_address.trim().to_owned();
    check_email_form(&email, "email_address")?;
    let days = checked_days(new.expires_in_days)?;
    check_redirect_url(new.redirect_url.as_deref())?;
    let lookup_key = users::lookup_key(&email);
    let prefix = match &new.organization {
        Some(target) => {
            check_into_organization(write, target, &lookup_key).await?;
            "orginv"
        }
        None if new.ignore_existing => "inv",
        None => {
            check_to_application(write, &lookup_key).await?;
            "inv"
        }
    };
    let target = new.organization.unwrap_or_default();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let object = |value: Option<Value>| value.unwrap_or_else(|| json!({}));
    let id = ids::prefixed(prefix);
    let row = entity::ActiveModel {
        id: Set(id.clone()),
        organization_id: Set(some(target.organization_id)),
        role: Set(some(target.role)),
        inviter_id: Set(target.inviter_id),
        email_address: Set(email),
        lookup_key: Set(lookup_key),
        status: Set(InvitationStatus::Pending),
        public_metadata: Set(object(new.public_metadata)),
        private_metadata: Set(object(new.private_metadata)),
        redirect_url: Set(new.redirect_url),
        user_id: Set(None),
        expires_at: Set(write.now + days * DAY_MS),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    row.insert(write.db()).await?;
    let invitation = load(write, &id).await?;
    if invitation.organization.is_some() {
        let data = shapes::invitations::backend(&invitation, &write.state, write.now)?;
        write.emit("organizationInvitation.created", data).await?;
    }
    Ok(invitation)
}

fn checked_days(days: Option<i64>) -> Result<i64> {
    match days {
        None => Ok(LIFE_DAYS),
        Some(days) if (1..=MOST_DAYS).contains(&days) => Ok(days),
        Some(_) => Err(LocalError::form(
            422,
            "form_param_value_invalid",
            &format!("expires_in_days must be between 1 and {MOST_DAYS}."),
            "expires_in_days",
        )),
    }
}

/// A whole address of a web page.
fn check_redirect_url(url: Option<&str>) -> Result<()> {
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
async fn check_into_organization(
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
async fn check_to_application(write: &Write, lookup_key: &str) -> Result<()> {
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
    if same.count(write.db()).await? > 0 {
        return Err(LocalError::form(
            400,
            "duplicate_record",
            "There are already pending invitations for the following email addresses.",
            "email_address",
        ));
    }
    Ok(())
}

fn pending(write: &Write) -> sea_orm::Select<entity::Entity> {
    entity::Entity::find()
        .filter(entity::Column::Status.eq(InvitationStatus::Pending))
        .filter(entity::Column::ExpiresAt.gt(write.now))
}
