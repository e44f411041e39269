//! [`LocalError`]: everything that can go wrong, and Clerk's error body for it.

use std::path::PathBuf;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// An error of the local instance.
///
/// [`LocalError::Api`] is an answer meant for the caller; every other variant becomes Clerk's
/// `internal_clerk_error` (500), and its cause goes to the log only.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// An error answer in Clerk's form, with its status.
    #[error("{status}: {}", .items.first().map_or("", |item| item.message.as_str()))]
    Api {
        /// The HTTP status.
        status: StatusCode,
        /// At least one entry.
        items: Vec<ErrorItem>,
        /// Seconds for the `Retry-After` header.
        retry_after: Option<u32>,
    },
    /// The instance's own database file can't be opened.
    #[error("can't open the local instance's database {}: {reason}", .path.display())]
    Open {
        /// The SQLite file.
        path: PathBuf,
        /// What is wrong with it, in words.
        reason: String,
    },
    /// A statement failed.
    #[error("the local instance's database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A token could not be signed.
    #[error("a token could not be signed: {0}")]
    Token(#[from] jsonwebtoken::errors::Error),
    /// A value could not be written as JSON.
    #[error("a value could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// A stored or configured value is not what it should be.
    #[error("{0}")]
    Invalid(String),
}

/// One entry of `errors` in Clerk's error body.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorItem {
    /// Machine-readable code, from Clerk's published list.
    pub code: &'static str,
    /// Short text.
    pub message: String,
    /// Text for people.
    pub long_message: String,
    /// Details, `{"param_name": …}` for form errors.
    pub meta: Value,
}

impl ErrorItem {
    /// Clerk's error object.
    pub fn json(&self) -> Value {
        json!({
            "code": self.code,
            "message": self.message,
            "long_message": self.long_message,
            "meta": self.meta,
        })
    }
}

impl LocalError {
    /// An answer about one field of a form: `meta.param_name` names the field.
    pub fn form(status: u16, code: &'static str, message: &str, param_name: &str) -> Self {
        Self::with_meta(status, code, message, json!({ "param_name": param_name }))
    }

    /// An answer without a field.
    pub fn api(status: u16, code: &'static str, message: &str) -> Self {
        Self::with_meta(status, code, message, json!({}))
    }

    /// An answer with any `meta`.
    pub fn with_meta(status: u16, code: &'static str, message: &str, meta: Value) -> Self {
        Self::Api {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            items: vec![ErrorItem {
                code,
                message: message.to_owned(),
                long_message: message.to_owned(),
                meta,
            }],
            retry_after: None,
        }
    }

    /// Sets `Retry-After` (seconds) on an answer.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        if let Self::Api { retry_after, .. } = &mut self {
            *retry_after = Some(seconds);
        }
        self
    }

    /// 404 `resource_not_found`: the same words for a foreign id and a missing one.
    pub fn not_found() -> Self {
        Self::api(404, "resource_not_found", "The resource was not found.")
    }

    /// 422 `form_param_missing` for a field that must be there.
    pub fn missing(param_name: &str) -> Self {
        Self::form(
            422,
            "form_param_missing",
            &format!("{param_name} must be included."),
            param_name,
        )
    }

    /// 401 `dev_browser_unauthenticated`: clerk-js drops its dev browser and asks for a new one.
    pub fn dev_browser_unauthenticated() -> Self {
        Self::api(
            401,
            "dev_browser_unauthenticated",
            "This browser is not known to the instance.",
        )
    }

    /// 401 `signed_out`: the client has no active session.
    pub fn signed_out() -> Self {
        Self::api(401, "signed_out", "You are signed out.")
    }

    /// The first entry as Clerk's error object, for answers: a verification keeps why it failed.
    pub fn object(&self) -> Option<Value> {
        match self {
            Self::Api { items, .. } => items.first().map(ErrorItem::json),
            _ => None,
        }
    }

    /// The first entry's code, for answers.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Api { items, .. } => items.first().map(|item| item.code),
            _ => None,
        }
    }

    /// The form field the first entry is about, for answers.
    pub fn param_name(&self) -> Option<&str> {
        match self {
            Self::Api { items, .. } => items.first()?.meta.get("param_name")?.as_str(),
            _ => None,
        }
    }

    /// The status this error is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Api { status, .. } => *status,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The text for people: the first entry's for answers, a general one for all else.
    pub fn public_message(&self) -> &str {
        match self {
            Self::Api { items, .. } => items.first().map_or("", |item| item.long_message.as_str()),
            _ => "Something went wrong on our side. Please try again.",
        }
    }
}

impl IntoResponse for LocalError {
    fn into_response(self) -> Response {
        let trace_id = crate::state::ids::hex_id();
        let status = self.status();
        let (items, retry_after) = match self {
            Self::Api {
                items, retry_after, ..
            } => (items, retry_after),
            cause => {
                tracing::error!(%trace_id, error = %cause, "the local instance failed");
                let text = "There was an internal error on our servers.";
                let item = ErrorItem {
                    code: "internal_clerk_error",
                    message: "Oops, an unexpected error occurred".to_owned(),
                    long_message: text.to_owned(),
                    meta: json!({}),
                };
                (vec![item], None)
            }
        };
        let errors: Vec<Value> = items.iter().map(ErrorItem::json).collect();
        let body = Json(json!({ "errors": errors, "clerk_trace_id": trace_id }));
        let mut response = (status, body).into_response();
        if let Some(seconds) = retry_after {
            let value = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

/// Shorthand for what the operations return.
pub type Result<T, E = LocalError> = std::result::Result<T, E>;
