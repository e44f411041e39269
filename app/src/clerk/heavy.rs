//! Clerk's own components, with their properties (Clerk docs: "UI components").

use leptos::prelude::*;
use serde_json::json;

use super::place::{Load, Mount, portal_sign_in};
use crate::{
    context::AppConfig, language::texts, pages::select_organization::SELECT_ORGANIZATION, redirects,
};

/// Where an organization is opened; clerk-js puts the slug in.
const ORGANIZATION: &str = "/app/:slug";

/// Clerk's sign-in, then on to `then`, a path of our own.
#[component]
pub fn SignIn<'a>(config: &'a AppConfig, #[prop(into)] then: String) -> impl IntoView + use<> {
    let sign_up = redirects::with_query("/sign-up", &[("redirect_url", &then)]);
    auth(config, "SignIn", then, "/sign-in".to_owned(), sign_up)
}

/// Clerk's sign-up, then on to `then`, a path of our own.
#[component]
pub fn SignUp<'a>(config: &'a AppConfig, #[prop(into)] then: String) -> impl IntoView + use<> {
    let sign_in = redirects::with_query("/sign-in", &[("redirect_url", &then)]);
    auth(config, "SignUp", then, sign_in, "/sign-up".to_owned())
}

fn auth(
    config: &AppConfig,
    component: &'static str,
    then: String,
    sign_in: String,
    sign_up: String,
) -> AnyView {
    let props = json!({
        "routing": "hash",
        "signInUrl": sign_in,
        "signUpUrl": sign_up,
        "forceRedirectUrl": then,
        "signUpForceRedirectUrl": then,
        "signInForceRedirectUrl": then,
    });
    Mount {
        config,
        component,
        props,
        load: Load::AtOnce,
        sign_in,
        sign_up,
        portal: portal_sign_in(config, &then),
        portal_name: texts().clerk_portal(),
    }
    .view()
}

/// The person's picture, with a menu: the account page, signing out. The header has a light one of
/// ours.
#[component]
pub fn UserButton<'a>(
    config: &'a AppConfig,
    /// Whether the name stands beside the picture.
    #[prop(optional)]
    show_name: bool,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({
        "showName": show_name,
        "userProfileMode": "navigation",
        "userProfileUrl": "/user",
    });
    Mount::of(config, "UserButton", "user", props, load).view()
}

/// All about an account: profile, addresses, password, passkeys, second factors, devices, connected
/// accounts. Its parts have addresses of their own after a `#`, which the server never sees.
#[component]
pub fn UserProfile<'a>(
    config: &'a AppConfig,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({ "routing": "hash" });
    Mount::of(config, "UserProfile", "user", props, load).view()
}

/// The active organization, with a menu of the others. The header has a light one of ours.
#[component]
pub fn OrganizationSwitcher<'a>(
    config: &'a AppConfig,
    /// Whether there is no work outside of organizations, as here.
    #[prop(default = true)]
    hide_personal: bool,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({
        "hidePersonal": hide_personal,
        "afterSelectOrganizationUrl": ORGANIZATION,
        "afterCreateOrganizationUrl": ORGANIZATION,
        "afterLeaveOrganizationUrl": SELECT_ORGANIZATION,
        "createOrganizationMode": "navigation",
        "createOrganizationUrl": SELECT_ORGANIZATION,
    });
    Mount::of(config, "OrganizationSwitcher", "organization", props, load).view()
}

/// The active organization's profile and members.
#[component]
pub fn OrganizationProfile<'a>(
    config: &'a AppConfig,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({
        "routing": "hash",
        "afterLeaveOrganizationUrl": SELECT_ORGANIZATION,
    });
    Mount::of(config, "OrganizationProfile", "organization", props, load).view()
}

/// The person's organizations, invitations and suggestions, to choose from.
#[component]
pub fn OrganizationList<'a>(
    config: &'a AppConfig,
    /// Whether there is no work outside of organizations, as here.
    #[prop(default = true)]
    hide_personal: bool,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({
        "hidePersonal": hide_personal,
        "afterSelectOrganizationUrl": ORGANIZATION,
        "afterCreateOrganizationUrl": ORGANIZATION,
    });
    Mount::of(config, "OrganizationList", "organization", props, load).view()
}

/// A new organization, then on to it.
#[component]
pub fn CreateOrganization<'a>(
    config: &'a AppConfig,
    /// Whether to go on without asking whom to invite.
    #[prop(optional)]
    skip_invitations: bool,
    #[prop(optional)] load: Load,
) -> impl IntoView + use<> {
    let props = json!({
        "routing": "hash",
        "afterCreateOrganizationUrl": ORGANIZATION,
        "skipInvitationScreen": skip_invitations,
    });
    Mount::of(
        config,
        "CreateOrganization",
        "create-organization",
        props,
        load,
    )
    .view()
}
