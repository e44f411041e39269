//! What the backend API answers when it does not do what it was asked.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Clerk answered with an error status.
    #[error(
        "Clerk answered {status}{}",
        errors.first().map(|e| format!(": {} ({})", e.message, e.code)).unwrap_or_default()
    )]
    Answer {
        /// The HTTP status.
        status: u16,
        /// What was wrong, most important first; may be empty.
        errors: Vec<ErrorDetail>,
        /// Clerk's own name for this call, for its support.
        trace_id: Option<String>,
        /// How long Clerk wants us to wait (`Retry-After`), if it said.
        retry_after: Option<Duration>,
    },
    /// No answer: no connection, no time left, or it broke off.
    #[error("no answer from Clerk: {0}")]
    Transport(String),
    /// An answer that we cannot read.
    #[error("Clerk's answer is not what was expected: {0}")]
    Decode(String),
    /// The instance's budget of calls is spent for longer than the call may take; see
    /// [`RateBudget`](super::RateBudget). Nothing was sent.
    #[error("the budget of calls to Clerk is spent for another {wait:?}")]
    RateBudget {
        /// How long until a call could begin.
        wait: Duration,
    },
    /// The call makes no sense, such as one about an empty identifier. Nothing was sent.
    #[error("the call cannot be made: {0}")]
    Invalid(String),
    /// The client cannot be made.
    #[error("the client for Clerk's API cannot be set up: {0}")]
    Setup(String),
}

/// One of the faults in an error answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// Which fault, for programs: `form_identifier_exists`.
    #[serde(default)]
    pub code: String,
    /// Which fault, for people, in short.
    #[serde(default)]
    pub message: String,
    /// Which fault, for people, in full.
    #[serde(default)]
    pub long_message: Option<String>,
    /// More, such as `param_name`.
    #[serde(default)]
    pub meta: serde_json::Value,
}

impl ApiError {
    /// The first fault, if Clerk named one.
    pub fn detail(&self) -> Option<&ErrorDetail> {
        match self {
            Self::Answer { errors, .. } => errors.first(),
            _ => None,
        }
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answer { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The first fault's code.
    pub fn code(&self) -> Option<&str> {
        self.detail()
            .map(|detail| detail.code.as_str())
            .filter(|code| !code.is_empty())
    }

    /// The first fault's short text.
    pub fn message(&self) -> Option<&str> {
        self.detail().map(|detail| detail.message.as_str())
    }

    /// The first fault's full text.
    pub fn long_message(&self) -> Option<&str> {
        self.detail()?.long_message.as_deref()
    }

    /// What else is said about the first fault.
    pub fn meta(&self) -> Option<&serde_json::Value> {
        self.detail().map(|detail| &detail.meta)
    }

    /// Which parameter is at fault.
    pub fn param_name(&self) -> Option<&str> {
        self.meta()?.get("param_name")?.as_str()
    }

    /// Clerk's own name for this call, for its support.
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Answer { trace_id, .. } => trace_id.as_deref(),
            _ => None,
        }
    }

    /// How long Clerk wants us to wait, if it said.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Answer { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether there is no such object.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }
}
