//! Changing who belongs to an organization: at Clerk first, then here, one change at a time.

use clerk::{
    api::{ApiError, CreateOrganizationInvitation},
    ids::UserId,
};
use store::{Action, MemberChange, Role, Told, Turn};
use tracing::Instrument as _;

use super::roles::given_by;
use crate::{
    context::{AppConfig, RequestContext, request_context},
    error::{AppError, Problem},
    pages::invited::invited_to,
};

/// What a form asks for.
#[derive(Debug, Clone)]
pub enum Change {
    /// Take this invitation back.
    Revoke { invitation: String },
    /// Take this invitation back and send another like it.
    Resend { invitation: String },
    /// Give this member this role.
    GiveRole { user: UserId, role: String },
    /// Remove this member.
    Remove { user: UserId },
    /// End one's own membership.
    Leave,
    /// Make this member an admin in one's own place.
    Transfer { to: UserId },
}

impl Change {
    /// What has to be allowed for it.
    fn action(&self) -> Action {
        match self {
            Self::Revoke { .. } | Self::Resend { .. } => Action::MemberInvite,
            Self::GiveRole { .. } => Action::MemberChangeRole,
            Self::Remove { .. } => Action::MemberRemove,
            Self::Leave => Action::OrganizationLeave,
            Self::Transfer { .. } => Action::OrganizationTransfer,
        }
    }
}

/// Makes the change in the organization `slug`, if the person may and Clerk agrees.
///
/// # Errors
/// Those of [`RequestContext::tenant`]; [`AppError::Forbidden`], [`AppError::AboveOneself`] and
/// [`AppError::LastAdmin`] by our rules; [`AppError::Invalid`] for what Clerk does not like;
/// [`AppError::Unavailable`] when Clerk does not answer.
pub async fn carry_out(slug: &str, change: Change) -> Result<(), AppError> {
    let action = change.action();
    let context = request_context()?;
    in_turn(context, slug, action, |context, turn| async move {
        make(&context, turn, &change).await
    })
    .await
}

/// Does `work` in one's turn to change the members of the organization `slug`, to its end, even if
/// the browser is gone by then: Clerk's answer has to arrive here.
///
/// # Errors
/// Those of [`RequestContext::tenant`], [`AppError::Forbidden`] unless one may do `action`, and
/// those of `work`.
pub async fn in_turn<T, Work, Worked>(
    context: RequestContext,
    slug: &str,
    action: Action,
    work: Work,
) -> Result<T, AppError>
where
    T: Send + 'static,
    Work: FnOnce(RequestContext, Turn) -> Worked,
    Worked: Future<Output = Result<T, AppError>> + Send + 'static,
{
    // Clerk is not troubled, and nobody kept waiting, for somebody who may not.
    context.may(slug, action).await?;
    let turn = context.take_turn(slug).await?;
    let done = tokio::spawn(work(context, turn).in_current_span()).await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "changing members broke off");
        Err(AppError::Internal)
    })
}

async fn make(context: &RequestContext, turn: Turn, change: &Change) -> Result<(), AppError> {
    let organizations = context.clerk.organizations();
    let id = turn.organization().id.clone();
    let me = turn.user_id().clone();
    match change {
        Change::Revoke { invitation } => {
            turn.decide(MemberChange::Revoke)?;
            let revoked = organizations.revoke_invitation(&id, invitation, None).await;
            let revoked = revoked.map_err(refused)?;
            turn.finish(&[Told::Revoked(&revoked)]).await?;
        }
        Change::Resend { invitation } => {
            turn.decide(MemberChange::Revoke)?;
            let old = organizations.get_invitation(&id, invitation).await;
            let old = old.map_err(refused)?;
            let given = given_by(&context.clerk, &old.role).await?;
            turn.decide(MemberChange::Invite { given: &given })?;
            let revoked = organizations.revoke_invitation(&id, invitation, None).await;
            let revoked = revoked.map_err(refused)?;
            let again = invitation_of(&context.config, &turn, &old.email_address, &old.role);
            match organizations.create_invitation(&id, &again).await {
                Ok(invited) => {
                    let told = [Told::Revoked(&revoked), Told::Invited(&invited)];
                    turn.finish(&told).await?;
                }
                // Nobody is invited now, which is recorded; it can be done again by the form.
                Err(error) => {
                    turn.finish(&[Told::Revoked(&revoked)]).await?;
                    return Err(refused(error));
                }
            }
        }
        Change::GiveRole { user, role } => {
            let given = given_by(&context.clerk, role).await?;
            let given = &given;
            turn.decide(MemberChange::GiveRole { user, given })?;
            if turn.member(user)?.role == *role {
                return Ok(());
            }
            let changed = organizations.update_membership(&id, user, role).await;
            let changed = changed.map_err(refused)?;
            turn.finish(&[Told::RoleGiven(&changed)]).await?;
        }
        Change::Remove { user } => {
            turn.decide(MemberChange::Remove { user })?;
            let ended = organizations.delete_membership(&id, user).await;
            let ended = ended.map_err(refused)?;
            turn.finish(&[Told::Removed(&ended)]).await?;
        }
        Change::Leave => {
            turn.decide(MemberChange::Leave)?;
            let ended = organizations.delete_membership(&id, &me).await;
            let ended = ended.map_err(refused)?;
            turn.finish(&[Told::Removed(&ended)]).await?;
        }
        Change::Transfer { to } => {
            turn.decide(MemberChange::Transfer { to })?;
            let risen = organizations.update_membership(&id, to, Role::ADMIN).await;
            let risen = risen.map_err(refused)?;
            let stepped_down = organizations.update_membership(&id, &me, Role::MEMBER);
            match stepped_down.await {
                Ok(stepped_down) => {
                    let told = [Told::RoleGiven(&risen), Told::RoleGiven(&stepped_down)];
                    turn.finish(&told).await?;
                }
                // Two admins now, which is recorded; stepping down can be tried again.
                Err(error) => {
                    turn.finish(&[Told::RoleGiven(&risen)]).await?;
                    return Err(refused(error));
                }
            }
        }
    }
    tracing::info!(organization.id = %id, user.id = %me, action = ?change.action(), "members changed");
    Ok(())
}

/// An invitation to a role in the organization whose turn it is, in one's own name. Who accepts it
/// by its mail comes back to us.
pub fn invitation_of(
    config: &AppConfig,
    turn: &Turn,
    email: &str,
    role: &str,
) -> CreateOrganizationInvitation {
    let page = config
        .public_url
        .join(&invited_to(&turn.organization().slug));
    CreateOrganizationInvitation {
        email_address: email.to_owned(),
        role: role.to_owned(),
        inviter_user_id: Some(turn.user_id().clone()),
        // Without one Clerk leads to the start page.
        redirect_url: page.ok().map(String::from),
        ..CreateOrganizationInvitation::default()
    }
}

/// What Clerk's refusal means here (Clerk: API error codes).
fn refused(error: ApiError) -> AppError {
    match error.code() {
        Some("organization_minimum_permissions_needed") => AppError::LastAdmin,
        _ if error.is_not_found() => AppError::NotFound,
        _ => error.into(),
    }
}

/// What is wrong with an address that Clerk does not invite, by its code.
pub fn problem_of(code: &str) -> Option<Problem> {
    Some(match code {
        "duplicate_record" | "organization_invitation_not_unique" => Problem::Invited,
        "already_a_member_in_organization" | "form_identifier_exists" => Problem::Member,
        "organization_membership_quota_exceeded" => Problem::NoPlaceLeft,
        "form_param_nil" | "form_param_missing" => Problem::Empty,
        code if code.starts_with("form_param_") => Problem::Malformed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(status: u16, code: &str) -> ApiError {
        ApiError::Answer {
            status,
            errors: vec![serde_json::from_value(json!({ "code": code, "message": "m" })).unwrap()],
            trace_id: None,
            retry_after: None,
        }
    }

    #[test]
    fn what_clerk_says_about_an_address_is_understood() {
        for (code, problem) in [
            ("duplicate_record", Some(Problem::Invited)),
            ("already_a_member_in_organization", Some(Problem::Member)),
            (
                "organization_membership_quota_exceeded",
                Some(Problem::NoPlaceLeft),
            ),
            ("form_param_format_invalid", Some(Problem::Malformed)),
            ("internal_clerk_error", None),
        ] {
            assert_eq!(problem_of(code), problem, "{code}");
        }
    }

    #[test]
    fn clerks_own_rule_for_the_last_admin_reads_like_ours() {
        let needed = answer(400, "organization_minimum_permissions_needed");
        assert_eq!(refused(needed), AppError::LastAdmin);
        let gone = answer(404, "resource_not_found");
        assert_eq!(refused(gone), AppError::NotFound);
    }
}
