//! [`Visit`]: one request to a page of the portal, and the ways on from it.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::{HeaderMap, request::Parts},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::{
    PortalError,
    destination::{leave, onward, own_page, see_other, step},
    visitor::Visitor,
};
use crate::{
    BASE_PATH, LocalState,
    browser_api::device,
    error::{LocalError, Result},
    flows,
    state::{Limited, Session, User},
};

/// Who asks for a page, and where they want to go when the flow is done.
pub struct Visit {
    /// The instance.
    pub state: LocalState,
    /// The browser, if the instance knows it.
    pub visitor: Option<Visitor>,
    /// The page of the app to return to.
    back: Option<Url>,
    /// The part of the page whose form was just taken.
    saved: Option<String>,
    /// The address of the machine that sent a form.
    ip_address: Option<String>,
}

/// A visit with the form that was sent. The hidden `redirect_url` is the visit's own.
pub struct Sent<T>(pub Visit, pub T);

/// A form of buttons only.
#[derive(Debug, Default, Deserialize)]
pub struct NoFields {}

#[derive(Deserialize)]
struct Asked<T> {
    redirect_url: Option<String>,
    saved: Option<String>,
    #[serde(flatten)]
    own: T,
}

impl FromRequestParts<LocalState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &LocalState) -> Result<Self, Response> {
        let Query(asked) = Query::<Asked<NoFields>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let visit = Self::begin(state, &parts.headers, asked.redirect_url.as_deref())
            .await
            .map_err(|error| PortalError(error).into_response())?;
        Ok(Self {
            saved: asked.saved,
            ..visit
        })
    }
}

impl<T: DeserializeOwned + Send> FromRequest<LocalState> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &LocalState) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let device = device::of(&headers, request.extensions());
        let Form(asked) = Form::<Asked<T>>::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let mut visit = Visit::begin(state, &headers, asked.redirect_url.as_deref())
            .await
            .map_err(|error| PortalError(error).into_response())?;
        if let Some(visitor) = &visit.visitor {
            let noted = state.note_device(&visitor.client.id, &device).await;
            noted.map_err(|error| PortalError(error).into_response())?;
        }
        visit.ip_address = device.ip_address;
        Ok(Self(visit, asked.own))
    }
}

impl Visit {
    async fn begin(
        state: &LocalState,
        headers: &HeaderMap,
        redirect_url: Option<&str>,
    ) -> Result<Self> {
        Ok(Self {
            visitor: Visitor::find(state, headers).await?,
            back: own_page(state.options(), redirect_url),
            saved: None,
            ip_address: None,
            state: state.clone(),
        })
    }

    /// The browser; it becomes known if it was not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visitor_or_new(&self) -> Result<Visitor> {
        match &self.visitor {
            Some(visitor) => Ok(visitor.clone()),
            None => Visitor::create(&self.state).await,
        }
    }

    /// Who is signed in in this browser.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn signed_in(&self) -> Result<Option<(&Visitor, Session, User)>> {
        let Some(visitor) = &self.visitor else {
            return Ok(None);
        };
        let found = flows::signed_in(&self.state, &visitor.client).await?;
        Ok(found.map(|(session, user)| (visitor, session, user)))
    }

    /// Counts this form of its machine, where the instance limits them.
    ///
    /// # Errors
    /// 429 `too_many_requests`.
    pub fn limit(&self, what: Limited) -> Result<()> {
        self.state.limit(what, self.ip_address.as_deref())
    }

    /// A link to another page of the portal.
    pub fn link(&self, page: &str) -> String {
        step(page, self.back.as_ref())
    }

    /// Sends the browser to another page of the portal.
    pub fn go_to(&self, page: &str) -> Response {
        see_other(&self.link(page))
    }

    /// Sends the browser to a page, which then says that the form of this part was taken.
    pub fn go_to_saved(&self, page: &str, part: &str) -> Response {
        let link = self.link(page);
        let sign = if link.contains('?') { '&' } else { '?' };
        see_other(&format!("{link}{sign}saved={part}"))
    }

    /// Says so.
    pub fn saved(&self, part: &str) -> Markup {
        html! {
            @if self.saved.as_deref() == Some(part) { p.notice role="status" { "Saved." } }
        }
    }

    /// Signed-out people sign in and come back to this page.
    pub fn sign_in_first(&self, page: &str) -> Response {
        let here = own_page(self.state.options(), Some(&self.link(page)));
        see_other(&step("sign-in", here.as_ref()))
    }

    /// The page of the app to return to, without any token on it.
    pub fn end(&self) -> String {
        let end = self.back.as_ref();
        end.unwrap_or(&self.state.options().public_url).to_string()
    }

    /// The way back to the app, with the browser's token on it.
    pub fn onward(&self, visitor: &Visitor) -> String {
        onward(
            &self.state.options().public_url,
            self.back.as_ref(),
            &visitor.client.token,
        )
    }

    /// The flow is done: back to the app.
    pub fn finish(&self, visitor: &Visitor) -> Response {
        leave(
            &self.state.options().public_url,
            self.back.as_ref(),
            &visitor.client.token,
        )
    }

    /// A form with fields that posts to a page of the portal; the server checks it, not the browser.
    pub fn form(&self, page: &str, content: &Markup) -> Markup {
        html! {
            form method="post" action={ (BASE_PATH) "/portal/" (page) } novalidate {
                (self.way_back())
                (content)
            }
        }
    }

    /// A form of buttons that posts to a page of the portal.
    pub fn buttons(&self, page: &str, content: &Markup) -> Markup {
        html! {
            form method="post" action={ (BASE_PATH) "/portal/" (page) } {
                (self.way_back())
                (content)
            }
        }
    }

    /// The hidden field that keeps the way back through every step.
    fn way_back(&self) -> Markup {
        html! {
            @if let Some(url) = &self.back {
                input type="hidden" name="redirect_url" value=(url.as_str());
            }
        }
    }
}

/// Tells what a person can correct in the form (the inner error, shown with the same step again)
/// from what ends the walk (the outer one).
///
/// # Errors
/// Everything but [`LocalError::Api`].
pub fn correctable<T>(outcome: Result<T>) -> Result<Result<T>> {
    match outcome {
        Err(error) if !matches!(error, LocalError::Api { .. }) => Err(error),
        outcome => Ok(outcome),
    }
}
