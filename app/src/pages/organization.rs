//! The frame of every page of an organization.

use leptos::prelude::*;
use leptos_meta::Title;
use store::{Action, OrganizationView, Role, Tenant};

use crate::{
    clerk::session_keeper::KeepSession,
    components::{
        header::{self, AppHeader, Crumb, OrganizationLink},
        layout::{MAIN, Manners},
    },
    context::request_context,
    error::AppError,
    forms, identity,
    language::texts,
    live::{
        place::Place,
        shown::{Following, Here, Wire},
    },
    pages::overview::overview_of,
};

/// The organization that a page is of, and its reader's role there.
#[derive(Debug, Clone)]
pub struct Frame {
    pub organization: OrganizationView,
    pub role: Role,
    /// What of the changes of others concerns the page.
    pub following: Following,
    /// Whether they may open the insights.
    insights: bool,
}

impl Frame {
    /// Of the organization entered.
    pub fn of(tenant: &Tenant) -> Self {
        Self {
            organization: tenant.organization().clone(),
            role: tenant.membership().role(),
            following: Following::since(tenant),
            insights: tenant.can(Action::InsightsRead),
        }
    }

    /// The same, as the page of this place, which follows what others change.
    pub fn at(self, place: Place) -> Self {
        let following = self.following.at(place);
        Self { following, ..self }
    }

    /// The same for a page that shows who is there.
    pub fn with(self, place: Place, here: &Here) -> Self {
        let following = self.following.with(place, here);
        Self { following, ..self }
    }

    /// A page right below its organization: header with switcher and navigation, one main region.
    ///
    /// # Errors
    /// What [`identity::organizations`] says.
    pub async fn page(self, title: &str, content: AnyView) -> Result<AnyView, AppError> {
        self.page_below(&[], title, content).await
    }

    /// The same for a page that stands below others, such as a project's below the list: `above`
    /// is the way to it from the organization.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub async fn page_below(
        self,
        above: &[Crumb],
        title: &str,
        content: AnyView,
    ) -> Result<AnyView, AppError> {
        let context = request_context()?;
        let session = context.session()?;
        let Self {
            organization,
            role,
            following,
            insights,
        } = self;
        let organizations = identity::organizations(&context, session)
            .await?
            .into_iter()
            .map(|mine| OrganizationLink {
                slug: mine.slug,
                name: mine.name,
                logo: mine.logo_url,
                role: role_name(mine.role),
            })
            .collect();
        let current = OrganizationLink {
            slug: organization.slug.clone(),
            name: organization.name.clone(),
            logo: organization.logo_url.clone(),
            role: role_name(role),
        };
        let home = overview_of(&organization.slug);
        let path = forms::own_path();
        let slug = organization.slug.clone();
        // The organization's own page is the way's first step.
        let mut crumbs = Vec::new();
        if path != home {
            crumbs.push(Crumb {
                name: organization.name.clone(),
                href: home,
            });
        }
        crumbs.extend_from_slice(above);
        crumbs.push(Crumb {
            name: title.to_owned(),
            href: path,
        });
        let title = if title == organization.name {
            title.to_owned()
        } else {
            format!("{title} · {}", organization.name)
        };
        let place = header::Place {
            current,
            organizations,
            crumbs,
            insights,
        };
        Ok(view! {
            <Title text=title/>
            <AppHeader place=place/>
            <main id=MAIN tabindex="-1" data-live=following.concerns()>{content}</main>
            <Wire slug=slug following=following/>
            <Manners/>
            <KeepSession context=&context session=session/>
        }
        .into_any())
    }
}

/// How a role is called.
pub fn role_name(role: Role) -> String {
    let texts = texts();
    match role {
        Role::Admin => texts.role_admin(),
        Role::Member => texts.role_member(),
        Role::Custom => texts.role_guest(),
    }
}
