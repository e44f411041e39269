//! The server's half of Clerk's components: a place to mount them, a skeleton until they are
//! there, and the way that works without JavaScript.

use leptos::prelude::*;

use crate::{clerk::mount::ClerkMount, context::AppConfig, language::texts, redirects};

/// Clerk's sign-in, then on to `then`, a path of our own.
#[component]
pub fn SignIn<'a>(config: &'a AppConfig, #[prop(into)] then: String) -> impl IntoView + use<> {
    clerk_component("mountSignIn", "/sign-up", config, then)
}

/// Clerk's sign-up, then on to `then`, a path of our own.
#[component]
pub fn SignUp<'a>(config: &'a AppConfig, #[prop(into)] then: String) -> impl IntoView + use<> {
    clerk_component("mountSignUp", "/sign-in", config, then)
}

fn clerk_component(
    mount: &'static str,
    other_page: &'static str,
    config: &AppConfig,
    then: String,
) -> impl IntoView + use<> {
    let other = redirects::with_query(other_page, &[("redirect_url", &then)]);
    let portal = portal_url(config, &then);
    let texts = texts();
    view! {
        <div
            class="clerk"
            data-clerk=mount
            data-publishable-key=config.publishable_key.to_string()
            data-proxy-url=config.clerk_proxy_url.as_ref().map(ToString::to_string)
            data-clerk-js=config.clerk_js_url.clone()
            data-clerk-ui=config.clerk_ui_url.clone()
            data-then=then
            data-other-page=other
        >
            <div data-clerk-target=""></div>
            <div class="clerk-skeleton" data-clerk-skeleton="" role="status">
                <span class="visually-hidden">{texts.clerk_loading()}</span>
                <span class="skeleton"></span>
                <span class="skeleton"></span>
                <span class="skeleton"></span>
            </div>
            <div class="alert" role="alert" data-clerk-failed="" hidden>
                <p class="alert-title">{texts.clerk_failed()}</p>
                <p>
                    {texts.clerk_failed_text()} " "
                    <a href=portal.clone()>{texts.clerk_failed_link()}</a>
                </p>
            </div>
        </div>
        <noscript>
            <p>{texts.clerk_no_script()}</p>
        </noscript>
        <p class="no-js-way">
            <a href=portal>{texts.clerk_portal()}</a>
        </p>
        <ClerkMount/>
    }
    .into_any()
}

/// Clerk's hosted page, with the way back: it wants an absolute address.
fn portal_url(config: &AppConfig, then: &str) -> String {
    let back = config
        .public_url
        .join(then)
        .map_or_else(|_| config.public_url.to_string(), Into::into);
    redirects::with_query(&config.account_portal_url, &[("redirect_url", &back)])
}
