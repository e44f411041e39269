//! `/select-organization`: choose one of your organizations, accept an invitation to another, or
//! create one.

mod create;
mod invitations;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_meta::Title;
use store::DeletedOrganization;

use crate::{
    clerk::session_keeper::KeepSession,
    components::{
        header::{AppHeader, Avatar},
        icons,
        layout::{MAIN, Manners},
        time::Time,
        toast::Toast,
    },
    context::request_context,
    forms::Refusal,
    identity,
    language::texts,
    pages::{organization::role_name, overview::overview_of, page, settings::RestoreOrganization},
};

pub use create::{checked_name, checked_slug, invalid, refused};

use create::CreateForm;
use invitations::Invitations;

/// The page's path.
pub const SELECT_ORGANIZATION: &str = "/select-organization";
/// The page.
#[component]
pub fn SelectOrganization() -> impl IntoView {
    page(async {
        let context = request_context()?;
        let session = context.session()?.clone();
        let organizations = identity::organizations(&context, &session).await?;
        let deleted = context.store.deleted_organizations_of(&session).await?;
        let invitations = invitations::pending(&context, &session).await;
        let refusal = Refusal::from_request();
        let is_new = organizations.is_empty();
        let texts = texts();
        let heading = if is_new {
            texts.organizations_welcome()
        } else {
            texts.organizations_choose()
        };
        let links = organizations
            .into_iter()
            .map(|organization| {
                view! {
                    <li>
                        <a class="organization-link" href=overview_of(&organization.slug)>
                            <Avatar name=organization.name.clone() logo=organization.logo_url/>
                            <span class="menu-item-text">
                                <span class="truncate">{organization.name}</span>
                                <span class="menu-item-note">{role_name(organization.role)}</span>
                            </span>
                            {icons::arrow_right()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        Ok(view! {
            <Title text=heading.clone()/>
            <AppHeader/>
            <main id=MAIN class="choose" tabindex="-1">
                <Toast/>
                <h1>{heading}</h1>
                {if is_new {
                    view! {
                        <p class="page-note">{texts.organizations_welcome_text()}</p>
                    }
                    .into_any()
                } else {
                    view! {
                        <p class="page-note">{texts.organizations_choose_text()}</p>
                        <section aria-labelledby="yours">
                            <h2 id="yours">{texts.organizations_yours()}</h2>
                            <ul class="organization-list">{links}</ul>
                        </section>
                    }
                    .into_any()
                }}
                <div data-part="invitations"><Invitations pending=invitations/></div>
                <Deleted organizations=deleted/>
                <CreateForm refusal=&refusal/>
            </main>
            <Manners/>
            <KeepSession context=&context session=&session/>
        })
    })
}

/// What can be brought back.
#[component]
fn Deleted(organizations: Vec<DeletedOrganization>) -> impl IntoView {
    let texts = texts();
    let rows = organizations
        .into_iter()
        .map(|organization| {
            view! {
                <li class="row">
                    <span class="row-name">
                        <span class="row-title">{organization.name.clone()}</span>
                    </span>
                    <span class="row-time">{texts.organizations_gone()} " " <Time at_ms=organization.purge_at/></span>
                    <form method="post" action=RestoreOrganization::PATH>
                        <input type="hidden" name="org" value=organization.slug/>
                        <button class="button" type="submit">
                            {texts.organizations_restore()}
                            <span class="visually-hidden">" " {organization.name}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    (!rows.is_empty())
        .then(|| {
            view! {
                <section aria-labelledby="deleted">
                    <h2 id="deleted">{texts.organizations_deleted()}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
        .into_any()
}
