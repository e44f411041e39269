//! The server functions of the members page.

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::Action;

use super::{
    changes::{Change, carry_out},
    members_of,
};
use crate::{
    context::may,
    error::{AppError, Field, Problem},
    forms::{Done, Posted},
    notice::Notice,
};

/// The longest address (RFC 5321, section 4.5.3.1.3, without the brackets).
const MAX_EMAIL: u32 = 254;

/// Invites somebody into the organization `org`.
#[server(endpoint = "members/invite")]
pub async fn invite_member(org: String, email: String, role: String) -> Result<(), AppError> {
    let outcome = match checked_email(&email) {
        Ok(address) => {
            let change = Change::Invite {
                email: address,
                role: role.clone(),
            };
            done(&org, change, Notice::MemberInvited).await
        }
        // Who may not invite is told so, and not what is wrong with the address.
        Err(error) => may(&org, Action::MemberInvite).await.and(Err(error)),
    };
    Posted {
        function: InviteMember::PATH,
        page: members_of(&org),
        kept: &[("email", &email), ("role", &role)],
    }
    .answer(outcome)
}

/// Takes back the invitation `id`.
#[server(endpoint = "members/revoke")]
pub async fn revoke_invitation(org: String, id: String) -> Result<(), AppError> {
    let change = Change::Revoke { invitation: id };
    let outcome = done(&org, change, Notice::InvitationRevoked).await;
    posted(RevokeInvitation::PATH, &org).answer(outcome)
}

/// Gives the member `id` another role.
#[server(endpoint = "members/role")]
pub async fn change_role(org: String, id: String, role: String) -> Result<(), AppError> {
    let user = UserId::new(id);
    let change = Change::GiveRole { user, role };
    let outcome = done(&org, change, Notice::RoleChanged).await;
    posted(ChangeRole::PATH, &org).answer(outcome)
}

/// Removes the member `id`.
#[server(endpoint = "members/remove")]
pub async fn remove_member(org: String, id: String) -> Result<(), AppError> {
    let user = UserId::new(id);
    let outcome = done(&org, Change::Remove { user }, Notice::MemberRemoved).await;
    posted(RemoveMember::PATH, &org).answer(outcome)
}

async fn done(org: &str, change: Change, notice: Notice) -> Result<Done, AppError> {
    carry_out(org, change).await?;
    Ok(Done {
        page: members_of(org),
        notice: Some(notice),
    })
}

fn posted(function: &'static str, org: &str) -> Posted<'static> {
    Posted {
        function,
        page: members_of(org),
        kept: &[],
    }
}

/// An address without white space around it. Whether it can be invited is for Clerk to say.
fn checked_email(typed: &str) -> Result<String, AppError> {
    let email = typed.trim();
    let problem = if email.is_empty() {
        Problem::Empty
    } else if email.chars().count() > MAX_EMAIL as usize {
        Problem::TooLong { max: MAX_EMAIL }
    } else if email.contains(|c: char| c.is_whitespace() || c.is_control())
        || !email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
    {
        Problem::Malformed
    } else {
        return Ok(email.to_owned());
    };
    Err(AppError::Invalid {
        field: Field::Email,
        problem,
        value: typed.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_or_refused_as_typed() {
        assert_eq!(checked_email(" ada@acme.test ").unwrap(), "ada@acme.test");
        let long = format!("{}@acme.test", "x".repeat(300));
        for (typed, problem) in [
            (" ", Problem::Empty),
            ("ada", Problem::Malformed),
            ("@acme.test", Problem::Malformed),
            ("ada@", Problem::Malformed),
            ("a da@acme.test", Problem::Malformed),
            ("ada@acme.test\0", Problem::Malformed),
            (long.as_str(), Problem::TooLong { max: 254 }),
        ] {
            let expected = AppError::Invalid {
                field: Field::Email,
                problem,
                value: typed.to_owned(),
            };
            assert_eq!(checked_email(typed), Err(expected));
        }
    }
}
