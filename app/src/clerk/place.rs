//! Where a component of Clerk's is mounted: the place, a skeleton until it is there, what is said
//! when it does not come, and the way that works without JavaScript.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::{appearance::Appearance, mount::ClerkMount};
use crate::{context::AppConfig, language::texts, redirects, ticket::Ticket};

/// When a page loads clerk-js for a component.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Load {
    /// With the page.
    #[default]
    AtOnce,
    /// When a button is pressed that stands in the component's place.
    WhenAsked,
}

/// A component to be mounted.
pub struct Mount<'a> {
    pub config: &'a AppConfig,
    /// Clerk's name for it: `UserProfile`, of `mountUserProfile`.
    pub component: &'static str,
    /// Its properties, as clerk-js takes them.
    pub props: Value,
    pub load: Load,
    /// Where the sign-in and the sign-up are.
    pub sign_in: String,
    pub sign_up: String,
    /// The page of Clerk's that needs no JavaScript here, and how the link to it reads.
    pub portal: String,
    pub portal_name: String,
}

impl<'a> Mount<'a> {
    /// A component for whoever is signed in, whose place the account portal's `page` takes without
    /// JavaScript.
    pub fn of(
        config: &'a AppConfig,
        component: &'static str,
        page: &str,
        props: Value,
        load: Load,
    ) -> Self {
        Self {
            config,
            component,
            props,
            load,
            sign_in: "/sign-in".to_owned(),
            sign_up: "/sign-up".to_owned(),
            portal: portal_page(config, page),
            portal_name: texts().clerk_portal_account(),
        }
    }

    /// The place.
    pub fn view(self) -> AnyView {
        let Self { config, portal, .. } = self;
        let load = json!({
            "telemetry": { "disabled": true },
            "appearance": Appearance::default(),
            "signInUrl": self.sign_in,
            "signUpUrl": self.sign_up,
            "afterSignOutUrl": "/",
        });
        let texts = texts();
        let asked = self.load == Load::WhenAsked;
        view! {
            <div
                class="clerk"
                data-clerk=self.component
                data-publishable-key=config.publishable_key.to_string()
                data-proxy-url=config.clerk_proxy_url.as_ref().map(ToString::to_string)
                data-clerk-js=config.clerk_js_url.clone()
                data-clerk-ui=config.clerk_ui_url.clone()
                data-clerk-load=load.to_string()
                data-clerk-props=self.props.to_string()
            >
                <div data-clerk-target=""></div>
                {asked.then(|| view! {
                    <button class="button" type="button" data-clerk-ask="">
                        {texts.clerk_ask()} " " <span translate="no">{self.component}</span>
                    </button>
                })}
                <div class="clerk-skeleton" data-clerk-skeleton="" role="status" hidden=asked>
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
                <a href=portal>{self.portal_name}</a>
            </p>
            <ClerkMount/>
        }
        .into_any()
    }
}

/// Clerk's hosted page `name` (`user`, `create-organization`), beside its sign-in page.
pub fn portal_page(config: &AppConfig, name: &str) -> String {
    let portal = &config.account_portal_url;
    match portal.rsplit_once('/') {
        Some((base, _)) => format!("{base}/{name}"),
        None => portal.clone(),
    }
}

/// Clerk's hosted sign-in page, with the way back, which it wants as an absolute address, and with
/// the ticket that the page brought.
pub fn portal_sign_in(config: &AppConfig, then: &str) -> String {
    let back = config
        .public_url
        .join(then)
        .map_or_else(|_| config.public_url.to_string(), Into::into);
    let ticket = Ticket::of_request();
    let mut pairs = vec![("redirect_url", back.as_str())];
    pairs.extend(ticket.iter().flat_map(Ticket::pairs));
    redirects::with_query(&config.account_portal_url, &pairs)
}
