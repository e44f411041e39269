//! The server functions of the members page.

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::Action;

use super::{
    addresses,
    changes::{Change, carry_out},
    inviting::{Invited, invite_all},
    members_of,
    view_state::ViewState,
};
use crate::{
    context::may,
    error::{AppError, Problem},
    forms::{Done, Posted},
    notice::Notice,
};

/// Invites everybody whose address stands in `email` into the organization `org`. Who could not be
/// invited stands in the form again, with the reasons, one for each, in `why`.
#[server(endpoint = "members/invite")]
pub async fn invite_member(org: String, email: String, role: String) -> Result<(), AppError> {
    let typed = addresses::split(&email);
    let invited = match typed.len() {
        0 => Err(addresses::refused(Problem::Empty, &email)),
        count if count > addresses::MOST => {
            let max = addresses::MOST as u32;
            Err(addresses::refused(Problem::TooMany { max }, &email))
        }
        _ => Ok(()),
    };
    let invited = match invited {
        Ok(()) => invite_all(&org, &typed, &role).await,
        // Who may not invite is told so, and not what is wrong with the addresses.
        Err(error) => may(&org, Action::MemberInvite).await.and(Err(error)),
    };
    let (kept, why, outcome) = match invited {
        Ok(invited) => {
            let outcome = outcome(&org, &invited, typed.len());
            (invited.not_invited(), invited.reasons(), outcome)
        }
        Err(error) => (email, String::new(), Err(error)),
    };
    Posted {
        function: InviteMember::PATH,
        page: members_of(&org),
        kept: &[("email", &kept), ("role", &role), ("why", &why)],
    }
    .answer(outcome)
}

fn outcome(org: &str, invited: &Invited, asked: usize) -> Result<Done, AppError> {
    let refused = invited.refused.len();
    match invited.refused.first() {
        None => Ok(Done {
            page: members_of(org),
            notice: Some(match asked {
                1 => Notice::MemberInvited,
                _ => Notice::MembersInvited,
            }),
        }),
        Some((address, problem)) if asked == 1 => Err(addresses::refused(*problem, address)),
        Some(_) => {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let problem = Problem::SomeRefused {
                invited: count(asked - refused),
                refused: count(refused),
            };
            Err(addresses::refused(problem, &invited.not_invited()))
        }
    }
}

/// Takes back the invitation `id`.
#[server(endpoint = "members/revoke")]
pub async fn revoke_invitation(org: String, id: String) -> Result<(), AppError> {
    let change = Change::Revoke { invitation: id };
    let page = members_of(&org);
    answer(
        RevokeInvitation::PATH,
        &org,
        page,
        change,
        Notice::InvitationRevoked,
    )
    .await
}

/// Invites whom the invitation `id` is for anew: the old one ends, and another mail goes out.
#[server(endpoint = "members/resend")]
pub async fn resend_invitation(org: String, id: String) -> Result<(), AppError> {
    let change = Change::Resend { invitation: id };
    let page = members_of(&org);
    answer(
        ResendInvitation::PATH,
        &org,
        page,
        change,
        Notice::InvitationResent,
    )
    .await
}

/// Gives the member `id` another role. `view` is the page's query.
#[server(endpoint = "members/role")]
pub async fn change_role(
    org: String,
    id: String,
    role: String,
    #[server(default)] view: String,
) -> Result<(), AppError> {
    let user = UserId::new(id);
    let change = Change::GiveRole { user, role };
    let page = ViewState::parse(org.clone(), &view).url();
    answer(ChangeRole::PATH, &org, page, change, Notice::RoleChanged).await
}

/// Removes the member `id`. `view` is the page's query.
#[server(endpoint = "members/remove")]
pub async fn remove_member(
    org: String,
    id: String,
    #[server(default)] view: String,
) -> Result<(), AppError> {
    let user = UserId::new(id);
    let page = ViewState::parse(org.clone(), &view).url();
    let change = Change::Remove { user };
    answer(
        RemoveMember::PATH,
        &org,
        page,
        change,
        Notice::MemberRemoved,
    )
    .await
}

/// Makes a change and returns to `page`.
async fn answer(
    function: &'static str,
    org: &str,
    page: String,
    change: Change,
    notice: Notice,
) -> Result<(), AppError> {
    let outcome = carry_out(org, change).await.map(|()| Done {
        page: page.clone(),
        notice: Some(notice),
    });
    Posted {
        function,
        page,
        kept: &[],
    }
    .answer(outcome)
}
