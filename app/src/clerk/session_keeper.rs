//! Keeps the 60-second session cookie fresh while a page is open and visible, as clerk-js does,
//! without its weight. So a form that is sent after minutes of typing still has a session.

use leptos::prelude::*;

/// Renews the session token shortly before its end. Reads what it needs from the page's
/// `[data-session]` element.
#[island]
pub fn SessionKeeper() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}

#[cfg(feature = "ssr")]
pub use server::KeepSession;

#[cfg(feature = "ssr")]
mod server {
    use clerk::session::Session;
    use leptos::prelude::*;

    use super::SessionKeeper;
    use crate::context::RequestContext;

    /// The keeper with what it needs to know: which session, until when, and whom to ask.
    #[component]
    pub fn KeepSession<'a>(
        context: &'a RequestContext,
        session: &'a Session,
    ) -> impl IntoView + use<> {
        let config = &context.config;
        let left_ms = session.expires_at_ms() - context.clock.now_ms();
        let organization = session
            .organization()
            .map(|organization| organization.id.to_string())
            .unwrap_or_default();
        view! {
            <span
                hidden
                data-session=session.id().to_string()
                data-left-ms=left_ms.to_string()
                data-cookie-suffix=config.publishable_key.cookie_suffix().to_owned()
                data-frontend-api=config.frontend_api.to_string()
                data-organization=organization
            ></span>
            <SessionKeeper/>
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::Cell, rc::Rc};

    use js_sys::{Date, Reflect};
    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{RequestCredentials, RequestInit, Response, UrlSearchParams, VisibilityState};

    use crate::browser::{attribute, complain, cookie, document, find, listen, set_cookie, window};

    /// How long before a token's end it is renewed, in milliseconds.
    const MARGIN_MS: f64 = 15_000.0;
    /// How long a renewed token is good for, in milliseconds (Clerk: session tokens live 60 s).
    const LIFETIME_MS: f64 = 60_000.0;
    /// How often to look at the clock, in milliseconds. A page's timers may stand still for
    /// hours, so one long timer would not do.
    const TICK_MS: i32 = 5_000;
    /// The frontend API version spoken here.
    const API_VERSION: &str = "2026-05-12";

    struct Keeper {
        session: String,
        organization: String,
        frontend_api: String,
        suffix: String,
        due_at: Cell<f64>,
        busy: Cell<bool>,
    }

    pub fn start() {
        let (Some(place), Some(window), Some(document)) =
            (find("[data-session]"), window(), document())
        else {
            return;
        };
        let left: f64 = attribute(&place, "data-left-ms").parse().unwrap_or(0.0);
        let keeper = Rc::new(Keeper {
            session: attribute(&place, "data-session"),
            organization: attribute(&place, "data-organization"),
            frontend_api: attribute(&place, "data-frontend-api"),
            suffix: attribute(&place, "data-cookie-suffix"),
            due_at: Cell::new(Date::now() + left - MARGIN_MS),
            busy: Cell::new(false),
        });
        let ticking = Rc::clone(&keeper);
        let tick = Closure::<dyn FnMut()>::new(move || look(&ticking));
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
            tick.as_ref().unchecked_ref(),
            TICK_MS,
        );
        tick.forget();
        listen(&document, "visibilitychange", move |_| look(&keeper));
    }

    fn look(keeper: &Rc<Keeper>) {
        let visible = document()
            .is_some_and(|document| document.visibility_state() == VisibilityState::Visible);
        if !visible || keeper.busy.get() || Date::now() < keeper.due_at.get() {
            return;
        }
        keeper.busy.set(true);
        let keeper = Rc::clone(keeper);
        spawn_local(async move {
            match keeper.renew().await {
                Ok(true) => keeper.due_at.set(Date::now() + LIFETIME_MS - MARGIN_MS),
                // The session is over. The next request shows the sign-in page.
                Ok(false) => keeper.due_at.set(f64::INFINITY),
                // Most likely offline: the next tick tries again.
                Err(error) => complain("The session could not be renewed:", &error),
            }
            keeper.busy.set(false);
        });
    }

    impl Keeper {
        /// `false` when Clerk refuses: the session has ended.
        async fn renew(&self) -> Result<bool, JsValue> {
            let body = UrlSearchParams::new()?;
            body.append("organization_id", &self.organization);
            let options = RequestInit::new();
            options.set_method("POST");
            options.set_credentials(RequestCredentials::Include);
            options.set_body(&body);
            let answer = window()
                .ok_or(JsValue::NULL)?
                .fetch_with_str_and_init(&self.url()?, &options);
            let answer: Response = JsFuture::from(answer).await?.dyn_into()?;
            if !answer.ok() {
                if answer.status() >= 500 || answer.status() == 429 {
                    return Err(JsValue::from(answer.status()));
                }
                return Ok(false);
            }
            let token = JsFuture::from(answer.json()?).await?;
            let Some(token) = Reflect::get(&token, &"jwt".into())?.as_string() else {
                return Ok(false);
            };
            set_cookie("__session", &token);
            set_cookie(&["__session_", &self.suffix].concat(), &token);
            Ok(true)
        }

        fn url(&self) -> Result<String, JsValue> {
            let query = UrlSearchParams::new()?;
            query.append("__clerk_api_version", API_VERSION);
            // Development instances know a browser by this; production ones by their own cookie.
            let browser = cookie(&["__clerk_db_jwt_", &self.suffix].concat())
                .or_else(|| cookie("__clerk_db_jwt"));
            if let Some(browser) = browser {
                query.append("__clerk_db_jwt", &browser);
            }
            Ok([
                &self.frontend_api,
                "/v1/client/sessions/",
                &self.session,
                "/tokens?",
                &String::from(query.to_string()),
            ]
            .concat())
        }
    }
}
