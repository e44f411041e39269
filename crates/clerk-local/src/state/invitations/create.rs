//! Making invitations, one or many at once.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::Value;

use super::{
    Invitation, InvitationStatus,
    check::{
        check_into_organization, check_redirect_url, check_to_application, expires_at,
        refuse_duplicates,
    },
    entity,
    load::load,
    mail,
};
use crate::{
    error::Result,
    shapes,
    state::{MetadataMode, State, Write, check_email_form, ids, users},
};

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
    /// Makes an invitation and mails its link; emits `organizationInvitation.created` for one into
    /// an organization.
    ///
    /// # Errors
    /// `form_param_format_invalid` (`email_address`, `redirect_url`), `form_param_value_invalid`
    /// (`expires_in_days`), `resource_not_found` for the organization and the role (`role`);
    /// `already_a_member_in_organization`, `organization_invitation_not_unique`,
    /// `organization_membership_quota_exceeded`; `form_identifier_exists` and `duplicate_record`
    /// for one to the application.
    pub async fn create_invitation(&self, new: NewInvitation) -> Result<Invitation> {
        let mut write = self.write().await?;
        let invitation = create(&mut write, new).await?;
        write.commit().await?;
        Ok(invitation)
    }

    /// Makes all of these invitations or none; else as [`State::create_invitation`].
    ///
    /// # Errors
    /// As there; `duplicate_record`, with all the addresses it is about, for those who are invited
    /// already.
    pub async fn create_invitations(&self, new: Vec<NewInvitation>) -> Result<Vec<Invitation>> {
        let mut write = self.write().await?;
        refuse_duplicates(&write, &new).await?;
        let mut made = Vec::with_capacity(new.len());
        for new in new {
            made.push(create(&mut write, new).await?);
        }
        write.commit().await?;
        Ok(made)
    }
}

async fn create(write: &mut Write, new: NewInvitation) -> Result<Invitation> {
    let email = new.email_address.trim().to_owned();
    check_email_form(&email, "email_address")?;
    let expires_at = expires_at(write.now, new.expires_in_days)?;
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
    let metadata = |given: Option<Value>, param_name| {
        MetadataMode::Replace.apply(&Value::Null, given.unwrap_or_default(), param_name)
    };
    let id = ids::prefixed(prefix);
    let row = entity::ActiveModel {
        id: Set(id.clone()),
        organization_id: Set(some(target.organization_id)),
        role: Set(some(target.role)),
        inviter_id: Set(target.inviter_id),
        email_address: Set(email),
        lookup_key: Set(lookup_key),
        status: Set(InvitationStatus::Pending),
        public_metadata: Set(metadata(new.public_metadata, "public_metadata")?),
        private_metadata: Set(metadata(new.private_metadata, "private_metadata")?),
        redirect_url: Set(new.redirect_url),
        user_id: Set(None),
        expires_at: Set(expires_at),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    row.insert(write.db()).await?;
    let invitation = load(write, &id).await?;
    if !new.silent {
        mail::send(write, &invitation).await?;
    }
    if invitation.organization.is_some() {
        let data = shapes::invitations::backend(&invitation, &write.state, write.now)?;
        write.emit("organizationInvitation.created", data).await?;
    }
    Ok(invitation)
}
