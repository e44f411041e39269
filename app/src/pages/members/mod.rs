//! `/app/{slug}/members`: who belongs to the organization. Who may, changes that here: at Clerk,
//! which is asked to by [`changes`].

mod actions;
mod addresses;
pub mod changes;
mod choosing;
mod filter;
mod invitations;
mod inviting;
mod list;
mod roles;
mod view_state;

use clerk::{
    api::{ListOrganizationInvitations, OrganizationInvitation},
    ids::{OrganizationId, UserId},
};
use leptos::prelude::*;
use store::{Action, Grants, Member, MemberPage};

use crate::{
    components::{
        pagination::Pagination,
        toast::{Alert, Toast},
    },
    context::{RequestContext, request_context},
    error::AppError,
    forms::{Refusal, query_value},
    language::texts,
    live::place::Place,
    pages::{organization::Frame, page, slug_of_address},
    redirects,
};
pub use choosing::ToChoose;
use filter::FilterForm;
use invitations::Invitations;
pub use list::called;
use list::{MemberList, REMOVING};
use roles::{Choice, default_roles};
use view_state::ViewState;

/// The most invitations that are shown: Clerk's largest page.
const SHOWN_INVITATIONS: u32 = 500;

/// The page.
#[component]
pub fn MembersPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, ViewState::of_request(slug)).await?;
        let frame = data.frame.clone();
        let content = view! { <Content data=data/> }.into_any();
        let title = texts().members_title();
        frame.page(&title, content).await
    })
}

/// The address of an organization's members.
pub fn members_of(slug: &str) -> String {
    format!("/app/{}/members", redirects::segment(slug))
}

/// What the page shows.
struct Data {
    view: ViewState,
    frame: Frame,
    own: Grants,
    page: MemberPage,
    /// The roles that somebody has, and how many have each.
    roles: Vec<(String, i64)>,
    /// Who is to be removed, if that is asked.
    removing: Option<Member>,
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

async fn load(context: &RequestContext, view: ViewState) -> Result<Data, AppError> {
    let tenant = context.tenant(&view.slug).await?;
    let frame = Frame::of(&tenant).at(Place::Members);
    let own = tenant.membership().grants.clone();
    let members = tenant.members();
    let page = members.page(&view.filter, view.after.as_ref()).await?;
    let roles = members.roles().await?;
    let removing = match query_value(REMOVING).filter(|_| own.can(Action::MemberRemove)) {
        Some(id) => members.get(&UserId::new(id)).await.ok(),
        None => None,
    };
    // Nobody waits for Clerk with a transaction open.
    drop(tenant);
    let clerk = if own.can(Action::MemberInvite) || own.can(Action::MemberChangeRole) {
        Some(ask_clerk(context, &frame.organization.id, &own).await)
    } else {
        None
    };
    Ok(Data {
        view,
        frame,
        own,
        page,
        roles,
        removing,
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
    let slug = data.frame.organization.slug.clone();
    let state = &data.view;
    let choices = data.clerk.as_ref().map_or(&[][..], |clerk| &clerk.choices);
    let first = state.after.is_some().then(|| state.at(None));
    let next = data.page.next.map(|after| state.at(Some(after)));
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>{texts().members_title()}</h1>
        </div>
        {data.own.can(Action::MemberInvite).then(|| view! {
            <invitations::InviteForm slug=&slug choices=choices refusal=&refusal/>
        })}
        <FilterForm state=state roles=&data.roles choices=choices/>
        <MemberList
            state=state
            own=&data.own
            members=data.page.members
            choices=choices
            removing=data.removing
        />
        <Pagination newest=first older=next by_name=true/>
        {data.own.can(Action::MemberInvite).then(|| {
            let invitations = data.clerk.and_then(|clerk| clerk.invitations);
            view! { <Invitations slug=&slug invitations=invitations/> }
        })}
    }
    .into_any()
}
