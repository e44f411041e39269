//! `/app/{slug}/settings`: the organization's name and address, and the ways out of it.

mod actions;
mod export;
mod sections;

use leptos::prelude::*;
use store::{Action, Grants, Member, OrganizationView};

use crate::{
    components::toast::{Alert, Toast},
    context::{RequestContext, request_context},
    error::AppError,
    forms::Refusal,
    pages::{members::CHOICES, organization::organization_page, page, slug_of_address},
    redirects,
};
pub use actions::RestoreOrganization;
pub use export::ExportPage;
use sections::{DeleteSection, ExportSection, LeaveSection, RenameSection, TransferSection};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let session = context.session()?.clone();
        let data = load(&context, &slug).await?;
        let (organization, role) = (data.organization.clone(), data.own.role());
        let content = view! { <Content data=data/> }.into_any();
        organization_page(&context, &session, "Settings", &organization, role, content).await
    })
}

/// The address of an organization's settings.
pub fn settings_of(slug: &str) -> String {
    format!("/app/{}/settings", redirects::segment(slug))
}

/// What the page shows.
struct Data {
    organization: OrganizationView,
    own: Grants,
    /// Whom the organization can be handed over to.
    others: Vec<Member>,
    /// For how many days a deleted organization can be brought back.
    grace_days: u32,
}

async fn load(context: &RequestContext, slug: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(slug).await?;
    let mut others = Vec::new();
    if tenant.can(Action::OrganizationTransfer) {
        others = tenant.members().list(CHOICES).await?;
        others.retain(|member| member.user_id != tenant.membership().user_id);
    }
    Ok(Data {
        organization: tenant.organization().clone(),
        own: tenant.membership().grants.clone(),
        others,
        grace_days: context.config.grace_days,
    })
}

#[component]
fn Content(data: Data) -> impl IntoView {
    let refusal = Refusal::from_request();
    let organization = &data.organization;
    let own = &data.own;
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>"Settings"</h1>
        </div>
        <div class="settings">
            {own.can(Action::OrganizationRename).then(|| view! {
                <RenameSection organization=organization refusal=&refusal/>
            })}
            {own.can(Action::OrganizationExport).then(|| view! {
                <ExportSection organization=organization/>
            })}
            {own.can(Action::OrganizationTransfer).then(|| view! {
                <TransferSection organization=organization others=&data.others/>
            })}
            <LeaveSection organization=organization/>
            {own.can(Action::OrganizationDelete).then(|| view! {
                <DeleteSection
                    organization=organization
                    grace_days=data.grace_days
                    refusal=&refusal
                />
            })}
        </div>
    }
    .into_any()
}
