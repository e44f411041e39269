//! `/styleguide/clerk`: the components of `app/src/clerk`, each at work.

use clerk::keys::InstanceKind;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    clerk::{
        CreateOrganization, Load, OrganizationList, OrganizationProfile, OrganizationSwitcher,
        Protect, RedirectToSignIn, SignedIn, SignedOut, UserButton, UserProfile, organization,
        session, user_id,
    },
    components::layout::PublicPage,
    context::request_context,
    error::AppError,
    pages::page,
};

/// Those that decide what is shown, by the session of whoever looks; and Clerk's own, which load
/// when they are asked for. With `?sign-in` it wants a session.
#[component]
pub fn ClerkStyleguide() -> impl IntoView {
    page(async {
        let context = request_context()?;
        if context.config.publishable_key.instance_kind() != InstanceKind::Development {
            return Err(AppError::NotFound);
        }
        if crate::forms::query_value("sign-in").is_some() && session().is_none() {
            return Ok(view! { <RedirectToSignIn/> }.into_any());
        }
        let load = Load::WhenAsked;
        Ok(view! {
            <Title text="Clerk's components"/>
            <PublicPage class="styleguide">
                <h1>"Clerk's components"</h1>
                <p class="page-note">"They stand in app/src/clerk."</p>
                <h2>"On the server"</h2>
                <SignedOut><p>"Nobody is signed in."</p></SignedOut>
                <SignedIn>
                    <p>
                        "Signed in: " {user_id().map(|id| id.to_string())} ", working in "
                        {organization().map_or_else(|| "no organization".to_owned(), |it| it.id.to_string())}
                    </p>
                </SignedIn>
                <Protect
                    role="org:admin"
                    fallback=|| view! { <p>"Not an admin of the active organization."</p> }
                >
                    <p>"An admin of the active organization."</p>
                </Protect>
                <h2>"In the browser, once clerk-js is loaded"</h2>
                <p>
                    "User: " <output data-clerk-user=""></output> "; organization: "
                    <output data-clerk-organization=""></output>
                </p>
                <UserButton config=&context.config show_name=true load=load/>
                <OrganizationSwitcher config=&context.config load=load/>
                <UserProfile config=&context.config load=load/>
                <OrganizationProfile config=&context.config load=load/>
                <OrganizationList config=&context.config load=load/>
                <CreateOrganization config=&context.config skip_invitations=true load=load/>
            </PublicPage>
        }
        .into_any())
    })
}
