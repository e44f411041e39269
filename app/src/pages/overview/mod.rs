//! `/app/{slug}`: what happened in an organization, and the ways on.

mod sections;

use leptos::prelude::*;
use store::{Action, Member, OrganizationView, Project, Role};

use crate::{
    components::toast::Toast,
    context::{request_context, tenant},
    error::AppError,
    pages::{organization::organization_page, page, slug_of_address},
    redirects,
};
use sections::{Members, Projects};

/// How many projects are shown.
const PROJECTS: u64 = 6;
/// How many members are shown.
const MEMBERS: u64 = 8;

/// The address of an organization's overview.
pub fn overview_of(slug: &str) -> String {
    format!("/app/{}", redirects::segment(slug))
}

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let session = context.session()?.clone();
        let data = load(&slug).await?;
        let (organization, role) = (data.organization.clone(), data.role);
        let content = view! { <Content data=data/> }.into_any();
        let title = organization.name.clone();
        organization_page(&context, &session, &title, &organization, role, content).await
    })
}

/// What the page shows, read in one scope.
struct Data {
    organization: OrganizationView,
    role: Role,
    /// Those that changed last.
    projects: Vec<Project>,
    may_create: bool,
    /// One more than are shown, if there are more; none for who may not see them.
    members: Option<Vec<Member>>,
}

async fn load(slug: &str) -> Result<Data, AppError> {
    let tenant = tenant(slug).await?;
    let members = if tenant.can(Action::MemberRead) {
        Some(tenant.members().list(MEMBERS + 1).await?)
    } else {
        None
    };
    Ok(Data {
        organization: tenant.organization().clone(),
        role: tenant.membership().role(),
        projects: tenant.projects().recent(PROJECTS).await?,
        may_create: tenant.can(Action::ProjectCreate),
        members,
    })
}

#[component]
fn Content(data: Data) -> impl IntoView {
    let slug = data.organization.slug;
    view! {
        <Toast/>
        <div class="page-head">
            <h1 dir="auto">{data.organization.name}</h1>
        </div>
        <div class="overview">
            <Projects slug=slug.clone() projects=data.projects may_create=data.may_create/>
            {data.members.map(|members| view! { <Members slug=slug members=members/> })}
        </div>
    }
    .into_any()
}
