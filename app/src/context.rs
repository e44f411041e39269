//! What every page and server function knows of its request: who asks, the store, Clerk, the
//! configuration and the response's nonce.

use std::sync::Arc;

use clerk::{
    api::ApiClient,
    axum::Auth,
    clock::SharedClock,
    keys::{FrontendApi, ProxyUrl, PublishableKey},
    session::Session,
};
use leptos::prelude::{provide_context, use_context};
use store::{Action, Origin, Store, Tenant, TenantMut, Turn};
use url::Url;

use crate::{error::AppError, identity, language::Language, preferences::Preferences};

pub use crate::{export::Exports, identity::IdentityReads, live::presence::Live};

/// The one context value of a request. The server makes it; [`RequestContext::provide`] hands it
/// to pages and server functions.
#[derive(Clone)]
pub struct RequestContext {
    /// Who asks, as the Clerk layer found out.
    pub auth: Auth,
    /// From where, for the audit log.
    pub origin: Arc<Origin>,
    /// The tenant-aware repositories.
    pub store: Store,
    /// Clerk's backend API.
    pub clerk: ApiClient,
    /// The reads of Clerk's backend API that requests make before a webhook came.
    pub identity_reads: IdentityReads,
    /// How far the exports of this process are.
    pub exports: Exports,
    /// Who is here, by this process's open streams.
    pub live: Live,
    /// What is the same for all requests.
    pub config: Arc<AppConfig>,
    /// What time it is.
    pub clock: SharedClock,
    /// The nonce that this response's Content-Security-Policy allows.
    pub nonce: Nonce,
}

/// What the pages need to know of the deployment. Holds nothing secret: all of it may reach the
/// browser.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The origin people use, for example `http://localhost:3000`.
    pub public_url: Url,
    /// Clerk's publishable key.
    pub publishable_key: PublishableKey,
    /// The proxy through which browsers reach the frontend API, if there is one.
    pub clerk_proxy_url: Option<ProxyUrl>,
    /// Where browsers reach the frontend API.
    pub frontend_api: FrontendApi,
    /// clerk-js (`…/clerk.browser.js`).
    pub clerk_js_url: String,
    /// Clerk's UI components (`…/ui.browser.js`).
    pub clerk_ui_url: String,
    /// Clerk's hosted sign-in page: works without JavaScript.
    pub account_portal_url: String,
    /// For how many days a deleted organization can be brought back.
    pub grace_days: u32,
    /// The browser's files, by their public URLs.
    pub assets: Assets,
    /// JavaScript that reloads the page when the development build changed; none in production.
    pub reload_script: Option<String>,
}

/// URLs of the files that the build made.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The module that wasm-bindgen wrote.
    pub js: String,
    /// The WebAssembly file it loads.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

/// A Content-Security-Policy nonce: 128 random bits, made once a response by the security layer.
///
/// Leptos writes scripts of its own into a page and takes their nonce from its own type, which
/// nobody else can construct; so this wraps that type, and both agree.
#[derive(Clone)]
pub struct Nonce(leptos::nonce::Nonce);

impl Nonce {
    /// A fresh nonce.
    pub fn generate() -> Self {
        Self(leptos::nonce::Nonce::new())
    }

    /// The value for the header and for `nonce` attributes (nowhere else: browsers hide that
    /// attribute from scripts and style sheets, and no other).
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nonce(…)")
    }
}

impl RequestContext {
    /// Makes this context visible to the pages and server functions that run under the current
    /// reactive owner. Call it in the `additional_context` of every `leptos_axum` handler.
    pub fn provide(self) {
        provide_context(self.nonce.0.clone());
        provide_context(Language::of_request());
        provide_context(self);
        Preferences::provide_from_cookies();
    }

    /// The verified session, or [`AppError::SignedOut`].
    pub fn session(&self) -> Result<&Session, AppError> {
        self.auth.session().ok_or(AppError::SignedOut)
    }

    /// Enters the organization `slug` to read.
    ///
    /// # Errors
    /// As [`tenant`].
    pub async fn tenant(&self, slug: &str) -> Result<Tenant, AppError> {
        let session = self.session()?;
        let tenant = match self.store.enter(session, slug).await {
            Ok(tenant) => tenant,
            Err(error) if identity::may_be_behind(self, session, slug, &error).await? => {
                identity::catch_up(self, session).await?;
                self.store.enter(session, slug).await?
            }
            Err(error) => return Err(error.into()),
        };
        Preferences::take_over(tenant.preferences());
        Ok(tenant)
    }

    /// Whether the person may do `action` in the organization `slug`.
    ///
    /// # Errors
    /// As [`tenant`], and [`AppError::Forbidden`].
    pub async fn may(&self, slug: &str, action: Action) -> Result<(), AppError> {
        if self.tenant(slug).await?.can(action) {
            Ok(())
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// Enters the organization `slug` to do `action`.
    ///
    /// # Errors
    /// As [`tenant_for`].
    pub async fn tenant_for(&self, slug: &str, action: Action) -> Result<TenantMut, AppError> {
        let session = self.session()?;
        let enter = || {
            self.store
                .enter_for(session, slug, action, (*self.origin).clone())
        };
        match enter().await {
            Ok(tenant) => Ok(tenant),
            Err(error) if identity::may_be_behind(self, session, slug, &error).await? => {
                identity::catch_up(self, session).await?;
                Ok(enter().await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for one's turn to change who belongs to the organization `slug`.
    ///
    /// # Errors
    /// As [`tenant`], and [`AppError::Unavailable`] when others take too long.
    pub async fn take_turn(&self, slug: &str) -> Result<Turn, AppError> {
        let origin = (*self.origin).clone();
        Ok(self.store.take_turn(self.session()?, slug, origin).await?)
    }
}

/// The request's context.
///
/// # Errors
/// [`AppError::Internal`] outside of a request: a server that forgot to provide it.
pub fn request_context() -> Result<RequestContext, AppError> {
    use_context::<RequestContext>().ok_or_else(|| {
        tracing::error!("no RequestContext: the handler did not provide it");
        AppError::Internal
    })
}

/// The scope of the organization that session and URL agree on, to read.
///
/// # Errors
/// - [`AppError::SignedOut`] without a session
/// - [`AppError::NotFound`] for a slug that is unknown or not the person's: the same answer
/// - [`AppError::OrganizationSwitched`] when another of the person's organizations is active
pub async fn tenant(slug: &str) -> Result<Tenant, AppError> {
    request_context()?.tenant(slug).await
}

/// Whether the person may do `action` in the organization that session and URL agree on.
///
/// # Errors
/// As [`tenant`], and [`AppError::Forbidden`].
pub async fn may(slug: &str, action: Action) -> Result<(), AppError> {
    request_context()?.may(slug, action).await
}

/// The scope of the organization that session and URL agree on, to do `action` in it.
///
/// # Errors
/// As [`tenant`], and [`AppError::Forbidden`] when the person's role lacks `action`.
pub async fn tenant_for(slug: &str, action: Action) -> Result<TenantMut, AppError> {
    request_context()?.tenant_for(slug, action).await
}
