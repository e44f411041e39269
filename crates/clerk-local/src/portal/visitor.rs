//! Whose browser it is: the dev browser cookie that Clerk's own client uses too.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use cookie::{Cookie, SameSite, time::Duration};

use crate::{
    error::Result,
    state::{Client, State},
};

/// Name of the dev browser cookie; with `_<suffix>` it belongs to one publishable key.
const DEV_BROWSER: &str = "__clerk_db_jwt";

/// The browser behind a request.
pub struct Visitor {
    /// Its client.
    pub client: Client,
    /// Whether the browser has still to be told its token.
    is_new: bool,
}

impl Visitor {
    /// The browser that the request's cookies name, if the instance knows it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(state: &State, headers: &HeaderMap) -> Result<Option<Self>> {
        let suffixed = suffixed(state);
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

    /// The browser behind the request; it becomes known if it was not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_or_create(state: &State, headers: &HeaderMap) -> Result<Self> {
        match Self::find(state, headers).await? {
            Some(visitor) => Ok(visitor),
            None => Ok(Self {
                client: state.create_client().await?,
                is_new: true,
            }),
        }
    }

    /// Tells a new browser its token along with the answer.
    pub fn remember(&self, state: &State, mut response: Response) -> Response {
        if self.is_new {
            for name in [DEV_BROWSER.to_owned(), suffixed(state)] {
                let cookie = Cookie::build((name, self.client.token.clone()))
                    .path("/")
                    .max_age(Duration::days(365))
                    .same_site(SameSite::Lax)
                    .secure(state.options().public_url.scheme() == "https")
                    .build();
                if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                    response.headers_mut().append(header::SET_COOKIE, value);
                }
            }
        }
        response
    }
}

fn suffixed(state: &State) -> String {
    let suffix = state.instance().publishable_key.cookie_suffix().to_owned();
    format!("{DEV_BROWSER}_{suffix}")
}
