//! `/app/{slug}/settings`: the organization's name and address, and the ways out of it.

mod actions;
pub mod audit;
mod export;
pub(crate) mod logo;
mod sections;
mod security;

use leptos::prelude::*;
use store::{Action, Grants, SecurityPolicy};

use crate::{
    components::toast::{Alert, Toast},
    context::{RequestContext, request_context},
    error::AppError,
    forms::Refusal,
    language::texts,
    pages::{members::ToChoose, organization::Frame, page, slug_of_address},
    redirects,
};
pub use actions::RestoreOrganization;
pub use audit::AuditPage;
pub use export::ExportPage;
use logo::LogoSection;
use sections::{
    AuditSection, DeleteSection, ExportSection, LeaveSection, RenameSection, TransferSection,
};
use security::SecuritySection;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, &slug).await?;
        let frame = data.frame.clone();
        let content = view! { <Content data=data/> }.into_any();
        let title = texts().settings_title();
        frame.page(&title, content).await
    })
}

/// The address of an organization's settings.
pub fn settings_of(slug: &str) -> String {
    format!("/app/{}/settings", redirects::segment(slug))
}

/// What the page shows.
struct Data {
    frame: Frame,
    own: Grants,
    security: SecurityPolicy,
    /// Whom the organization can be handed over to.
    others: ToChoose,
    /// For how many days a deleted organization can be brought back.
    grace_days: u32,
}

async fn load(context: &RequestContext, slug: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(slug).await?;
    let mut others = ToChoose::default();
    if tenant.can(Action::OrganizationTransfer) {
        others = ToChoose::of(&tenant).await?;
        others
            .members
            .retain(|member| member.user_id != tenant.membership().user_id);
    }
    Ok(Data {
        frame: Frame::of(&tenant),
        own: tenant.membership().grants.clone(),
        security: tenant.security(),
        others,
        grace_days: context.config.grace_days,
    })
}

#[component]
fn Content(data: Data) -> impl IntoView {
    let refusal = Refusal::from_request();
    let organization = &data.frame.organization;
    let own = &data.own;
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>{texts().settings_title()}</h1>
        </div>
        <div class="settings">
            {own.can(Action::OrganizationRename).then(|| view! {
                <RenameSection organization=organization refusal=&refusal/>
            })}
            {own.can(Action::OrganizationRename).then(|| view! {
                <LogoSection organization=organization refusal=&refusal/>
            })}
            {own.can(Action::OrganizationSecure).then(|| view! {
                <SecuritySection
                    organization=organization
                    policy=data.security
                    refusal=&refusal
                />
            })}
            {own.can(Action::OrganizationExport).then(|| view! {
                <ExportSection organization=organization/>
            })}
            {own.can(Action::AuditRead).then(|| view! {
                <AuditSection organization=organization/>
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
