//! Whose browser it is: the dev browser cookie that Clerk's own client uses too.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use cookie::Cookie;

use crate::{
    browser_api::cookies::{self, DEV_BROWSER},
    error::Result,
    state::{Client, State},
};

/// The browser behind a request.
#[derive(Clone)]
pub struct Visitor {
    /// Its client.
    pub client: Client,
    /// Whether the browser has still to be told its token.
    is_new: bool,
}

/// The client of the browser that the request's cookies name, if the instance knows it.
///
/// # Errors
/// When the database fails.
pub async fn visiting_client(state: &State, headers: &HeaderMap) -> Result<Option<Client>> {
    let visitor = Visitor::find(state, headers).await?;
    Ok(visitor.map(|visitor| visitor.client))
}

impl Visitor {
    /// The browser that the request's cookies name, if the instance knows it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(state: &State, headers: &HeaderMap) -> Result<Option<Self>> {
        let suffixed = cookies::suffixed(state, DEV_BROWSER);
        let cookies: Vec<Cookie<'_>> = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(std::result::Result::ok)
            .collect();
        for name in [suffixed.as_str(), DEV_BROWSER] {
            for cookie in cookies.iter().filter(|cookie| cookie.name() == name) {
                if let Some(client) = state.client_for_token(cookie.value()).await? {
                    let is_new = false;
                    return Ok(Some(Self { client, is_new }));
                }
            }
        }
        Ok(None)
    }

    /// A browser that the instance meets for the first time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create(state: &State) -> Result<Self> {
        Ok(Self {
            client: state.create_client().await?,
            is_new: true,
        })
    }

    /// Tells a new browser its token along with the answer.
    pub fn remember(&self, state: &State, mut response: Response) -> Response {
        if self.is_new {
            for line in cookies::both(state, DEV_BROWSER, Some(&self.client.token)) {
                if let Ok(value) = HeaderValue::from_str(&line) {
                    response.headers_mut().append(header::SET_COOKIE, value);
                }
            }
        }
        response
    }
}
