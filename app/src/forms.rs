//! How a server function answers a native form: a browser is always sent back to a page, with a
//! notice or with the error and everything that was typed; a program gets status and JSON.
//!
//! What is too long for an address (a description, a comment) is not sent through one: then the page
//! itself is the answer to the form ([`InPlace`]).
//!
//! The error travels as Leptos's own pair `__path` (which function) and `__err` (what), the typed
//! fields as `kept.<name>`. Reading is forgiving: a hand-made query shows at worst one of our own
//! messages.

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderValue, Request, StatusCode, header, request::Parts};
use leptos::{prelude::use_context, server_fn::error::ServerFnUrlError};
use leptos_axum::ResponseOptions;
use url::{Url, form_urlencoded};

use crate::{
    error::AppError,
    notice::{self, Notice},
    pages::select_organization::SELECT_ORGANIZATION,
    redirects,
};

/// The most characters of one field that are carried back to its page.
const MAX_KEPT: usize = 5000;

/// One posted form: where it came from and what was typed into it.
pub struct Posted<'a> {
    /// The server function's path.
    pub function: &'static str,
    /// The page to return to, a path of our own.
    pub page: String,
    /// What was typed, by field.
    pub kept: &'a [(&'static str, &'a str)],
}

/// Where a form leads when it worked.
pub struct Done {
    /// A path of our own.
    pub page: String,
    /// What to tell the person there.
    pub notice: Option<Notice>,
}

impl Done {
    /// The address of that page, with the notice.
    pub fn location(self) -> String {
        match self.notice {
            Some(notice) => append(&self.page, &[(notice::QUERY, notice.key())]),
            None => self.page,
        }
    }
}

impl Posted<'_> {
    /// Answers the request. A browser is redirected whatever happened (303, so that a reload does
    /// not post again); for other callers the error passes through with its status.
    pub fn answer(self, outcome: Result<Done, AppError>) -> Result<(), AppError> {
        self.answer_with(outcome.map(|done| (done, ())))
    }

    /// The same for a function that also tells programs something.
    pub fn answer_with<T: Default>(
        self,
        outcome: Result<(Done, T), AppError>,
    ) -> Result<T, AppError> {
        let browser = is_browser();
        match outcome {
            Ok((done, told)) => {
                if browser {
                    see_other(&done.location());
                }
                Ok(told)
            }
            Err(error) => {
                // The message, not the value: what people type stays out of the log.
                tracing::info!(function = self.function, %error, "form refused");
                if browser {
                    if !self.refuse_in_place(&error) {
                        see_other(&self.refused(&error));
                    }
                    return Ok(T::default());
                }
                set_status(error.status());
                Err(error)
            }
        }
    }

    /// Leaves the refusal to be shown by the page itself, if it is too long for an address.
    fn refuse_in_place(&self, error: &AppError) -> bool {
        let fits = |(_, value): &(_, &str)| value.chars().count() <= MAX_KEPT;
        if self.kept.iter().all(fits) {
            return false;
        }
        let Some(place) = use_context::<InPlace>() else {
            return false;
        };
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        place.put(Refused {
            page: self.page.clone(),
            status: error.status(),
            refusal: Refusal {
                function: self.function.to_owned(),
                error: Some(clipped(error)),
                kept: self.kept.iter().map(own).collect(),
            },
        });
        true
    }

    /// Where a browser is sent that was refused: back to the page, or to what has to be done
    /// first.
    pub fn refused(&self, error: &AppError) -> String {
        let mut pairs = Vec::new();
        for (field, value) in self.kept {
            pairs.push((format!("kept.{field}"), clip(value)));
        }
        if *error == AppError::SignedOut {
            // No error any more once they are back, only what they had typed and where.
            pairs.push(("__path".to_owned(), self.function.to_owned()));
            return redirects::sign_in(&append(&self.page, &borrowed(&pairs)));
        }
        if *error == AppError::NoActiveOrganization {
            return SELECT_ORGANIZATION.to_owned();
        }
        let url = ServerFnUrlError::new(self.function, clipped(error));
        // Only the query of this URL is used.
        if let Ok(url) = url.to_url("https://own.invalid/") {
            pairs.extend(
                url.query_pairs()
                    .map(|(k, v)| (k.into_owned(), v.into_owned())),
            );
        }
        append(&self.page, &borrowed(&pairs))
    }
}

/// What a page finds in its query after one of its forms was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    function: String,
    error: Option<AppError>,
    kept: Vec<(String, String)>,
}

impl Refusal {
    /// What this page is the answer to, or else what its query says.
    pub fn from_request() -> Self {
        if let Some(refusal) = use_context::<Self>() {
            return refusal;
        }
        use_context::<Parts>()
            .and_then(|parts| parts.uri.query().map(Self::from_query))
            .unwrap_or_default()
    }

    /// Reads a query string.
    pub fn from_query(query: &str) -> Self {
        let mut refusal = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match key.as_ref() {
                "__path" => refusal.function = value.into_owned(),
                "__err" => refusal.error = Some(clipped(&ServerFnUrlError::decode_err(&value))),
                other => {
                    if let Some(field) = other.strip_prefix("kept.") {
                        refusal.kept.push((field.to_owned(), value.into_owned()));
                    }
                }
            }
        }
        refusal
    }

    /// The error, if `function` is what refused.
    pub fn of(&self, function: &str) -> Option<&AppError> {
        self.error.as_ref().filter(|_| self.is_about(function))
    }

    /// The error to show above the page: one that belongs to no field.
    pub fn general(&self) -> Option<&AppError> {
        self.error
            .as_ref()
            .filter(|error| !matches!(error, AppError::Invalid { .. }))
    }

    /// Whether this is about a form that posts to `function`, refused or interrupted by a sign-in.
    pub fn is_about(&self, function: &str) -> bool {
        self.function == function
    }

    /// Everything that had been typed.
    pub fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().map(|(_, value)| value.as_str())
    }

    /// What had been typed into `field` of the form that posts to `function`, or nothing.
    pub fn kept_for(&self, function: &str, field: &str) -> String {
        if !self.is_about(function) {
            return String::new();
        }
        self.kept
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}

/// Where a server function leaves a refusal that is too long for an address. Whoever handles the
/// request provides it, and afterwards renders the page that lies in it.
#[derive(Clone, Debug, Default)]
pub struct InPlace(Arc<Mutex<Option<Refused>>>);

/// A page that is the answer to a form.
#[derive(Clone, Debug)]
pub struct Refused {
    page: String,
    /// The status of the answer.
    pub status: StatusCode,
    /// What the page has to find as its context.
    pub refusal: Refusal,
}

impl InPlace {
    fn put(&self, refused: Refused) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refused);
    }

    /// What a server function left.
    pub fn take(&self) -> Option<Refused> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Refused {
    /// The request that the page would be opened with, by whoever sent `headers`.
    pub fn request<B: Default>(&self, headers: HeaderMap) -> Request<B> {
        let mut request = Request::new(B::default());
        // A path of our own, built by us; should it be no address, the start page says nothing.
        *request.uri_mut() = self.page.parse().unwrap_or_default();
        *request.headers_mut() = headers;
        request
    }
}

/// The value of `key` in the query of the page that is being rendered.
pub fn query_value(key: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    form_urlencoded::parse(parts.uri.query()?.as_bytes())
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.into_owned())
}

/// Path of the page that is being rendered.
pub fn own_path() -> String {
    use_context::<Parts>().map_or_else(|| "/".to_owned(), |parts| parts.uri.path().to_owned())
}

/// Path and query of the page that is being rendered.
pub fn own_path_and_query() -> String {
    use_context::<Parts>()
        .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".to_owned())
}

/// Makes the answer a redirect to `path`, to be fetched with GET.
pub fn see_other(path: &str) {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    match HeaderValue::from_str(path) {
        Ok(location) => {
            response.insert_header(header::LOCATION, location);
            response.set_status(StatusCode::SEE_OTHER);
        }
        Err(_) => {
            tracing::error!("a redirect target is not a header value");
            response.set_status(StatusCode::INTERNAL_SERVER_ERROR);
        }
    }
}

/// Sets the status of the answer.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Sets the status of the answer, unless a browser is to be sent somewhere with it.
pub fn set_status_for_programs(status: StatusCode) {
    if !is_browser() {
        set_status(status);
    }
}

/// Adds one `Set-Cookie` line to the answer.
pub fn append_cookie(line: &str) {
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(line),
    ) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The value of the request's cookie `name`.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// `page` (a path, maybe with a query) with `pairs` added to its query.
fn append(page: &str, pairs: &[(&str, &str)]) -> String {
    let Ok(mut url) = Url::parse("https://own.invalid").and_then(|base| base.join(page)) else {
        return page.to_owned();
    };
    url.query_pairs_mut().extend_pairs(pairs);
    match url.query() {
        Some(query) if !query.is_empty() => format!("{}?{query}", url.path()),
        _ => url.path().to_owned(),
    }
}

/// Whether a request is a browser's, which wants to be sent to a page, not told a status.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn is_browser() -> bool {
    use_context::<Parts>().is_some_and(|parts| accepts_html(&parts.headers))
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect()
}

fn clip(value: &str) -> String {
    value.chars().take(MAX_KEPT).collect()
}

/// The value travels as `kept.<field>` already, and what is there now is on the page.
fn clipped(error: &AppError) -> AppError {
    match error {
        AppError::Invalid { field, problem, .. } => AppError::Invalid {
            field: *field,
            problem: *problem,
            value: String::new(),
        },
        AppError::Conflict { .. } => AppError::Conflict { current: None },
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Field, Problem};

    const FUNCTION: &str = "/api/projects/create";

    fn refused(error: &AppError, typed: &str) -> String {
        Posted {
            function: FUNCTION,
            page: "/app/acme/projects?show=archived".to_owned(),
            kept: &[("name", typed)],
        }
        .refused(error)
    }

    fn invalid(typed: &str) -> AppError {
        AppError::Invalid {
            field: Field::Name,
            problem: Problem::ControlCharacter,
            value: typed.to_owned(),
        }
    }

    #[test]
    fn error_and_input_come_back_to_their_page() {
        let typed = "a\r\nSet-Cookie: x=\"ü&\"";
        let location = refused(&invalid(typed), typed);
        assert!(location.starts_with("/app/acme/projects?show=archived&"));
        assert!(HeaderValue::from_str(&location).is_ok());
        let refusal = Refusal::from_query(location.split_once('?').unwrap().1);
        assert!(matches!(
            refusal.of(FUNCTION),
            Some(AppError::Invalid {
                problem: Problem::ControlCharacter,
                ..
            })
        ));
        assert_eq!(refusal.kept_for(FUNCTION, "name"), typed);
        assert_eq!(refusal.of("/api/other"), None);
        assert_eq!(refusal.kept_for("/api/other", "name"), "");
        assert_eq!(refusal.general(), None);
    }

    #[test]
    fn a_session_that_ended_keeps_the_input_through_the_sign_in() {
        let location = refused(&AppError::SignedOut, "Relaunch");
        let query = location.strip_prefix("/sign-in?").unwrap();
        let (_, back) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
        assert_eq!(
            back,
            "/app/acme/projects?show=archived&kept.name=Relaunch&__path=%2Fapi%2Fprojects%2Fcreate"
        );
        let refusal = Refusal::from_query(back.split_once('?').unwrap().1);
        assert_eq!(refusal.kept_for(FUNCTION, "name"), "Relaunch");
    }

    #[test]
    fn very_long_input_is_cut_rather_than_breaking_the_redirect() {
        let typed = "x".repeat(100_000);
        let location = refused(&invalid(&typed), &typed);
        assert!(location.len() < 4 * MAX_KEPT, "{}", location.len());
    }

    #[test]
    fn a_forged_error_says_nothing_of_its_own() {
        let refusal = Refusal::from_query("__path=/api/x&__err=eyJjb2RlIjoiYnV5IG5vdyJ9");
        assert_eq!(refusal.general(), Some(&AppError::BadRequest));
        assert_eq!(
            Refusal::from_query("__err=%00&kept=").general(),
            Some(&AppError::BadRequest)
        );
    }
}
