//! `/app/{slug}/members`: who belongs to the organization. Who may, changes that here: at Clerk,
//! which is asked to by [`changes`].

mod actions;
pub mod changes;
mod invitations;
mod list;
mod roles;

use clerk::{
    api::{ListOrganizationInvitations, OrganizationInvitation},
    ids::OrganizationId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Action, Grants, Member, OrganizationView};

use crate::{
    components::toast::{Alert, Toast},
    context::{RequestContext, request_context},
    error::AppError,
    forms::Refusal,
    pages::{organization::organization_page, page},
    redirects,
};
use invitations::Invitations;
use list::MemberList;
pub use list::called;
use roles::{Choice, default_roles};

/// The most members that are shown.
pub const SHOWN: u64 = 500;
/// The most invitations that are shown: Clerk's largest page.
const SHOWN_INVITATIONS: u32 = 500;

/// The page.
#[component]
pub fn MembersPage() -> impl IntoView {
    let slug = use_params_map()
        .read_untracked()
        .get("slug")
        .unwrap_or_default();
    page(async move {
        let context = request_context()?;
        let session = context.session()?.clone();
        let data = load(&context, &slug).await?;
        let (organization, role) = (data.organization.clone(), data.own.role());
        let content = view! { <Content data=data/> }.into_any();
        organization_page(&context, &session, "Members", &organization, role, content).await
    })
}

/// The address of an organization's members.
pub fn members_of(slug: &str) -> String {
    format!("/app/{}/members", redirects::segment(slug))
}

/// What the page shows.
struct Data {
    organization: OrganizationView,
    own: Grants,
    members: Vec<Member>,
    /// For those who may change something.
    clerk: Option<FromClerk>,
}

/// What only Clerk knows.
struct FromClerk {
    /// The roles that one may give.
    choices: Vec<Choice>,
    /// Those who are invited; none while Clerk does not answer.
    invitations: Option<Vec<OrganizationInvitation>>,
}

async fn load(context: &RequestContext, slug: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(slug).await?;
    let organization = tenant.organization().clone();
    let own = tenant.membership().grants.clone();
    let members = tenant.members().list(SHOWN).await?;
    // Nobody waits for Clerk with a transaction open.
    drop(tenant);
    let clerk = if own.can(Action::MemberInvite) || own.can(Action::MemberChangeRole) {
        Some(ask_clerk(context, &organization.id, &own).await)
    } else {
        None
    };
    Ok(Data {
        organization,
        own,
        members,
        clerk,
    })
}

async fn ask_clerk(
    context: &RequestContext,
    organization: &OrganizationId,
    own: &Grants,
) -> FromClerk {
    let pending = ListOrganizationInvitations {
        status: vec!["pending".to_owned()],
        limit: Some(SHOWN_INVITATIONS),
        ..ListOrganizationInvitations::default()
    };
    let roles = roles::roles(&context.clerk).await;
    let (roles, invitations) = match roles {
        Ok(roles) => {
            let organizations = context.clerk.organizations();
            let invitations = organizations.list_invitations(organization, &pending).await;
            (roles, invitations.map(|page| page.data))
        }
        Err(error) => (default_roles(), Err(error)),
    };
    if let Err(error) = &invitations {
        tracing::warn!(%error, "Clerk does not tell about roles and invitations");
    }
    FromClerk {
        choices: roles
            .into_iter()
            .filter(|role| own.cover(&role.grants))
            .collect(),
        invitations: invitations.ok(),
    }
}

#[component]
fn Content(data: Data) -> impl IntoView {
    let refusal = Refusal::from_request();
    let slug = data.organization.slug.clone();
    let cut = data.members.len() as u64 == SHOWN;
    let choices = data.clerk.as_ref().map_or(&[][..], |clerk| &clerk.choices);
    let list =
        view! { <MemberList slug=&slug own=&data.own members=data.members choices=choices/> };
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>"Members"</h1>
        </div>
        {data.own.can(Action::MemberInvite).then(|| view! {
            <invitations::InviteForm slug=&slug choices=choices refusal=&refusal/>
        })}
        {list}
        {cut.then(|| view! {
            <p class="page-note">"These are the first " {SHOWN} " members."</p>
        })}
        {data.own.can(Action::MemberInvite).then(|| {
            let invitations = data.clerk.and_then(|clerk| clerk.invitations);
            view! { <Invitations slug=&slug invitations=invitations/> }
        })}
    }
    .into_any()
}
