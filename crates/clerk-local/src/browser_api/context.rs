//! [`BrowserContext`]: who is asking, from which page, with which fields; and the way to answer.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use serde_json::{Value, json};

pub(crate) use super::form::Form;
use super::{
    cookies, device,
    request::{cookie_value, dev_browser_token, is_form, request_origin},
};
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::{passkey::origin_missing, reverification::require_fresh},
    shapes,
    state::{Client, Limited, Session, User},
};

/// One request of a browser.
pub(crate) struct BrowserContext {
    /// The instance.
    pub(crate) state: LocalState,
    /// The browser, when its dev browser token is known.
    pub(crate) client: Option<Client>,
    /// The origin of the page that asks; becomes `azp` of the tokens in the answer.
    pub(crate) origin: Option<String>,
    /// Fields of the query string.
    pub(crate) query: Form,
    /// Fields of the form body.
    pub(crate) form: Form,
    /// The address of the machine that asks.
    ip_address: Option<String>,
    /// The method after `_method` was applied.
    method: Method,
    /// Whether the request carries a dev browser token at all.
    has_token: bool,
    /// What the browser sent as its refresh token.
    refresh_token: Option<String>,
}

impl FromRequest<LocalState> for BrowserContext {
    type Rejection = LocalError;

    async fn from_request(request: Request, state: &LocalState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let body = Request::from_parts(Parts::clone(&parts), body);
        let form = match is_form(&parts.headers) {
            true => Bytes::from_request(body, state)
                .await
                .map(|bytes| Form::parse(&bytes))
                .map_err(|_| {
                    LocalError::api(400, "request_body_invalid", "The body is invalid.")
                })?,
            false => Form::default(),
        };
        let device = device::of(&parts.headers, &parts.extensions);
        let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let token = dev_browser_token(state, &parts, &query);
        let client = match &token {
            Some(token) => state.client_for_token(token).await?,
            None => None,
        };
        if let (Some(client), false) = (&client, parts.method == Method::GET) {
            state.note_device(&client.id, &device).await?;
        }
        let refresh_name = cookies::refresh_name(state);
        Ok(Self {
            client,
            ip_address: device.ip_address,
            origin: request_origin(state, &parts.headers),
            query,
            form,
            method: parts.method,
            has_token: token.is_some(),
            refresh_token: cookie_value(&parts.headers, &refresh_name),
            state: state.clone(),
        })
    }
}

impl BrowserContext {
    /// The browser's client.
    ///
    /// # Errors
    /// 401 `dev_browser_unauthenticated` without a known dev browser token.
    pub(crate) fn client(&self) -> Result<&Client> {
        self.client
            .as_ref()
            .ok_or_else(LocalError::dev_browser_unauthenticated)
    }

    /// Whether the browser sent a token that this instance does not know (any more).
    pub(crate) fn has_unknown_token(&self) -> bool {
        self.has_token && self.client.is_none()
    }

    /// The live session the browser works with: `_clerk_session_id` when given, else the client's
    /// active one.
    ///
    /// # Errors
    /// 401 `signed_out` when there is none.
    pub(crate) async fn session(&self) -> Result<Session> {
        let client = self.client()?;
        let session = match self.query.text("_clerk_session_id") {
            Some(id) => self.state.session(id).await?,
            None => self.state.active_session(client).await?,
        };
        let now = self.state.now_ms();
        session
            .filter(|session| session.client_id == client.id && session.is_active(now))
            .ok_or_else(LocalError::signed_out)
    }

    /// The person of [`BrowserContext::session`].
    ///
    /// # Errors
    /// 401 `signed_out` when there is none.
    pub(crate) async fn user(&self) -> Result<User> {
        let session = self.session().await?;
        self.state
            .user(&session.user_id)
            .await?
            .ok_or_else(LocalError::signed_out)
    }

    /// The person of [`BrowserContext::session`], who has shown who they are in the last ten minutes:
    /// for what Clerk asks a reverification for (Clerk docs: "Sensitive actions that require
    /// reverification"): password, addresses, passkeys, second factors, external accounts, revoking a
    /// session, deleting oneself.
    ///
    /// # Errors
    /// 401 `signed_out`; 403 `session_reverification_required` when it is longer ago.
    pub(crate) async fn verified_user(&self) -> Result<User> {
        let session = self.session().await?;
        let user = self.state.user(&session.user_id).await?;
        let user = user.ok_or_else(LocalError::signed_out)?;
        require_fresh(&session, &user, self.state.now_ms())?;
        Ok(user)
    }

    /// The origin of the page that asks, for what only works on that page.
    ///
    /// # Errors
    /// 400 `origin_missing` for a request that does not tell.
    pub(crate) fn origin(&self) -> Result<&str> {
        self.azp().ok_or_else(origin_missing)
    }

    /// Counts this request of its machine, where the instance limits them.
    ///
    /// # Errors
    /// 429 `too_many_requests`.
    pub(crate) fn limit(&self, what: Limited) -> Result<()> {
        self.state.limit(what, self.ip_address.as_deref())
    }

    /// The origin of the page that asks.
    pub(crate) fn azp(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Answers in Clerk's envelope. After a change (any method but GET) the client goes along as it
    /// now is, and the refresh cookie is brought in step with its session.
    ///
    /// # Errors
    /// When the database or a signature fails.
    pub(crate) async fn respond(&self, response: Value) -> Result<Response> {
        match self.method {
            Method::GET => self.envelope(response, None).await,
            _ => self.respond_with_client(response).await,
        }
    }

    /// Like [`BrowserContext::respond`] after a change: for reads of what another browser may have
    /// changed in this one.
    ///
    /// # Errors
    /// As there.
    pub(crate) async fn respond_with_client(&self, response: Value) -> Result<Response> {
        let client = match &self.client {
            Some(client) => self.state.client(&client.id).await?,
            None => None,
        };
        let mut answer = self.envelope(response, client.as_ref()).await?;
        if let Some(client) = &client {
            self.sync_refresh_cookie(client, answer.headers_mut())
                .await?;
        }
        Ok(answer)
    }

    /// Like [`BrowserContext::respond`], with a client made by this very request.
    ///
    /// # Errors
    /// As there.
    pub(crate) async fn envelope(
        &self,
        response: Value,
        client: Option<&Client>,
    ) -> Result<Response> {
        let client = match client {
            Some(client) => shapes::browser::load_client(&self.state, client, self.azp()).await?,
            None => Value::Null,
        };
        Ok(Json(json!({ "response": response, "client": client })).into_response())
    }

    /// Sets a `__refresh_<suffix>` cookie when the browser's one is not the live session's newest,
    /// and takes it away when the browser is signed out.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn sync_refresh_cookie(
        &self,
        client: &Client,
        headers: &mut HeaderMap,
    ) -> Result<()> {
        let held = self.refresh_token.as_deref();
        let line = match (self.state.active_session(client).await?, held) {
            (Some(session), held) => {
                if let Some(token) = held
                    && self
                        .state
                        .is_current_refresh_token(&session.id, token)
                        .await?
                {
                    return Ok(());
                }
                let token = self.state.mint_refresh_token(&session.id).await?;
                cookies::refresh(&self.state, &token)
            }
            (None, Some(_)) => cookies::expired_refresh(&self.state),
            (None, None) => return Ok(()),
        };
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(header::SET_COOKIE, line);
        }
        Ok(())
    }
}
