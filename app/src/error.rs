//! The one error of pages and server functions, and the one place that says what each means to a
//! person: status, title, message.

use std::fmt;

use clerk::api::ApiError;
use http::StatusCode;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use store::{StoreError, TextError};

use crate::{conflict::Present, forms};

/// What went wrong, as far as the person or the calling program needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AppError {
    /// No valid session. Pages answer with the sign-in page.
    SignedOut,
    /// Signed in, but no organization is active. Pages answer with the choice of organizations.
    NoActiveOrganization,
    /// There is no such thing, or not for this person: deliberately the same answer.
    NotFound,
    /// Another of the person's organizations is active than the one in the URL or form.
    OrganizationSwitched,
    /// The person's role does not allow it.
    Forbidden,
    /// The person would give, or take, more than their own role has.
    AboveOneself,
    /// The organization would be left without an admin.
    LastAdmin,
    /// Somebody else changed it meanwhile; nothing was overwritten.
    Conflict {
        /// What is there now, for programs. It never comes out of a URL.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        current: Option<Box<Present>>,
    },
    /// There are as many of something as there may be.
    LimitReached {
        /// The most that there may be.
        max: u64,
    },
    /// One field of a form is not acceptable.
    Invalid {
        /// The field's name in the form.
        field: Field,
        /// What is wrong with it.
        problem: Problem,
        /// What was sent, so that nobody types it twice.
        value: String,
    },
    /// A request that no form of ours makes: a missing field, a malformed id.
    BadRequest,
    /// A part we depend on does not answer. Trying again may help.
    Unavailable,
    /// Clerk does not answer, and this needs it. What does not goes on.
    ClerkUnavailable,
    /// Our fault. The log knows more.
    Internal,
}

/// A form field that can be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A project's, label's or organization's name.
    Name,
    /// An organization's slug.
    Slug,
    /// The address of somebody who is invited.
    Email,
    /// A member's role.
    Role,
    /// The name that is typed to confirm a deletion.
    Confirm,
    /// A task's title.
    Title,
    /// A task's description.
    Description,
    /// A task's due date.
    Due,
    /// What an item of a checklist says.
    Text,
    /// What a comment says.
    Body,
}

/// Why a field was refused. Closed on purpose: errors travel through URLs, and a URL must not be
/// able to put words on our pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// Nothing but spaces.
    Empty,
    /// More than `max` characters.
    TooLong {
        /// The most that is allowed.
        max: u32,
    },
    /// A line break, tab or other control character.
    ControlCharacter,
    /// Somebody else has it.
    Taken,
    /// Not made of the allowed characters.
    Malformed,
    /// Not what it has to repeat.
    Mismatch,
    /// Nothing goes by that name.
    Unknown,
    /// Somebody who was invited before.
    Invited,
    /// Somebody who belongs to the organization.
    Member,
    /// The organization has as many members as it may have.
    NoPlaceLeft,
}

impl AppError {
    /// The HTTP status of an answer with this error.
    pub fn status(&self) -> StatusCode {
        self.explanation().0
    }

    /// The heading of the error's own page.
    pub fn title(&self) -> &'static str {
        self.explanation().1
    }

    /// One or two sentences for a person: what happened and what to do.
    pub fn message(&self) -> String {
        match self {
            Self::Invalid { field, problem, .. } => problem.message(*field),
            other => other.explanation().2.to_owned(),
        }
    }

    /// The only mapping from an error to what the outside sees of it.
    fn explanation(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::SignedOut => (
                StatusCode::UNAUTHORIZED,
                "You are signed out",
                "Your session ended before this reached us. Sign in and send it again.",
            ),
            Self::NoActiveOrganization => (
                StatusCode::CONFLICT,
                "Choose an organization",
                "No organization is active. Choose one, then try again.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Page not found",
                "There is nothing at this address, or you do not have access to it.",
            ),
            Self::OrganizationSwitched => (
                StatusCode::CONFLICT,
                "Another organization is active",
                "You had switched to another organization, so nothing was changed. \
                 Check that this is the right one and send it again.",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "Not allowed",
                "Your role in this organization does not allow that. Ask one of its admins.",
            ),
            Self::AboveOneself => (
                StatusCode::FORBIDDEN,
                "Not allowed",
                "That role can do more than yours, so it is not yours to give or to change. \
                 Ask one of the admins.",
            ),
            Self::LastAdmin => (
                StatusCode::CONFLICT,
                "The last admin stays",
                "An organization needs an admin. Make somebody else one first.",
            ),
            Self::Conflict { .. } => (
                StatusCode::CONFLICT,
                "Somebody was faster",
                "Somebody else changed this meanwhile, so nothing was changed. \
                 Look at what is there now, then try again.",
            ),
            Self::LimitReached { .. } => (
                StatusCode::CONFLICT,
                "That is as many as there may be",
                "There are as many of these as there may be. Take one away first.",
            ),
            Self::Invalid { .. } => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "Check what you entered",
                "One of the fields needs another value.",
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "That request made no sense",
                "Something was missing from the form. Reload the page and try again.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Temporarily unavailable",
                "We could not reach a part of the service. Your data is safe; \
                 nothing was changed. Try again in a minute.",
            ),
            Self::ClerkUnavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Temporarily unavailable",
                "The service that keeps people and organizations does not answer, so this \
                 cannot be done now. Everything else keeps working. Try again in a minute.",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something broke on our side",
                "Your data is safe and the fault is in our log. Try again in a minute.",
            ),
        }
    }
}

impl Field {
    /// How the field is called in a sentence.
    fn noun(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Slug => "slug",
            Self::Email => "email address",
            Self::Role => "role",
            Self::Confirm => "name",
            Self::Title => "title",
            Self::Description => "description",
            Self::Due => "date",
            Self::Text => "text",
            Self::Body => "comment",
        }
    }
}

impl Problem {
    fn message(self, field: Field) -> String {
        let noun = field.noun();
        match self {
            Self::Empty if field == Field::Email => format!("Enter an {noun}."),
            Self::Empty => format!("Enter a {noun}."),
            Self::TooLong { max } => format!("Use {max} characters or fewer."),
            Self::ControlCharacter if matches!(field, Field::Description | Field::Body) => {
                format!("The {noun} has a control character in it. Take it out.")
            }
            Self::ControlCharacter => {
                format!("A {noun} is one line: take out the line break or control character.")
            }
            Self::Taken => format!("That {noun} is taken. Try another one."),
            Self::Malformed if field == Field::Slug => {
                "Use lowercase letters, digits and hyphens only.".to_owned()
            }
            Self::Malformed if field == Field::Email => {
                "Enter a whole email address, as in ada@example.com.".to_owned()
            }
            Self::Malformed if field == Field::Due => {
                "Enter a day of the calendar, as in 2026-11-22.".to_owned()
            }
            Self::Mismatch => format!("Type the {noun} exactly as it is."),
            Self::Unknown => format!("There is no such {noun}. Choose another one."),
            Self::Invited => "That person is invited already.".to_owned(),
            Self::Member => "That person is a member already.".to_owned(),
            Self::NoPlaceLeft => {
                "The organization has as many members as it may have. Remove somebody first."
                    .to_owned()
            }
            Self::Malformed => format!("That {noun} has characters that are not allowed."),
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                // The function itself never ran, so nobody else says so.
                forms::set_status_for_programs(Self::BadRequest.status());
                Self::BadRequest
            }
            other => {
                tracing::error!(error = %other, "server function machinery failed");
                Self::Internal
            }
        }
    }
}

impl From<ApiError> for AppError {
    /// Clerk's answers that a page does not handle itself are outages to the person.
    fn from(error: ApiError) -> Self {
        tracing::warn!(%error, "Clerk's backend API refused or failed");
        Self::ClerkUnavailable
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::OrganizationMismatch { .. } => Self::OrganizationSwitched,
            StoreError::NoActiveOrganization { .. } => Self::NoActiveOrganization,
            StoreError::Forbidden { .. } => Self::Forbidden,
            StoreError::AboveOneself => Self::AboveOneself,
            StoreError::LastAdmin => Self::LastAdmin,
            StoreError::InvalidCursor => Self::BadRequest,
            StoreError::Conflict(current) => Self::Conflict {
                current: Some(Box::new((*current).into())),
            },
            StoreError::LimitReached { max } => Self::LimitReached { max },
            StoreError::NameTaken => Self::Invalid {
                field: Field::Name,
                problem: Problem::Taken,
                value: String::new(),
            },
            StoreError::Unavailable(_) | StoreError::Busy => {
                tracing::warn!(%error, "the database is not available");
                Self::Unavailable
            }
            StoreError::Database(_)
            | StoreError::UnknownScheme { .. }
            | StoreError::InvalidUrl { .. }
            | StoreError::File { .. }
            | StoreError::UnsafeRole { .. }
            | StoreError::NoWorkerUrl
            | StoreError::SharedRole { .. } => {
                tracing::error!(%error, "the store failed");
                Self::Internal
            }
        }
    }
}

/// A name that was refused, with what was typed.
pub fn invalid_name(error: &TextError, value: &str) -> AppError {
    invalid_text(error, Field::Name, value)
}

/// A text that was refused, with what was typed into `field`.
pub fn invalid_text(error: &TextError, field: Field, value: &str) -> AppError {
    let problem = match error {
        TextError::Empty => Problem::Empty,
        TextError::TooLong { max } => Problem::TooLong {
            max: u32::try_from(*max).unwrap_or(u32::MAX),
        },
        TextError::ControlCharacter => Problem::ControlCharacter,
    };
    AppError::Invalid {
        field,
        problem,
        value: value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<AppError> {
        vec![
            AppError::SignedOut,
            AppError::NoActiveOrganization,
            AppError::NotFound,
            AppError::OrganizationSwitched,
            AppError::Forbidden,
            AppError::Invalid {
                field: Field::Name,
                problem: Problem::TooLong { max: 100 },
                value: "<b>".into(),
            },
            AppError::BadRequest,
            AppError::Unavailable,
            AppError::ClerkUnavailable,
            AppError::Internal,
            AppError::AboveOneself,
            AppError::LastAdmin,
            AppError::Conflict { current: None },
            AppError::Conflict {
                current: Some(Box::new(Present {
                    version: 7,
                    title: Some("<b>".into()),
                    ..Present::default()
                })),
            },
            AppError::LimitReached { max: 200 },
        ]
    }

    #[test]
    fn each_error_has_one_status() {
        let statuses: Vec<u16> = all().iter().map(|error| error.status().as_u16()).collect();
        assert_eq!(
            statuses,
            [
                401, 409, 404, 409, 403, 422, 400, 503, 503, 500, 403, 409, 409, 409, 409
            ]
        );
    }

    #[test]
    fn programs_read_the_same_error_back() {
        for error in all() {
            assert_eq!(AppError::de(error.ser()), error);
        }
        let json: serde_json::Value = serde_json::from_slice(&all()[5].ser()).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "code": "invalid",
                "field": "name",
                "problem": { "kind": "too_long", "max": 100 },
                "value": "<b>"
            })
        );
    }

    #[test]
    fn no_message_repeats_what_was_typed() {
        for error in all() {
            assert!(!error.message().contains("<b>") && !error.message().is_empty());
        }
    }

    #[test]
    fn store_and_names_pass_through() {
        assert_eq!(AppError::from(StoreError::NotFound), AppError::NotFound);
        let typed = " \t ";
        let refused = store::ProjectName::parse(typed)
            .map_err(|error| invalid_name(&error, typed))
            .unwrap_err();
        assert_eq!(
            refused,
            AppError::Invalid {
                field: Field::Name,
                problem: Problem::Empty,
                value: typed.to_owned()
            }
        );
        let long = "x".repeat(300);
        let refused = store::ProjectName::parse(&long)
            .map_err(|error| invalid_name(&error, &long))
            .unwrap_err();
        assert_eq!(refused.message(), "Use 100 characters or fewer.");
    }

    #[test]
    fn a_malformed_form_is_the_callers_fault() {
        let error = AppError::from_server_fn_error(ServerFnErrorErr::Args("missing".into()));
        assert_eq!(error, AppError::BadRequest);
        let nonsense = AppError::de("{}".into());
        assert_eq!(nonsense, AppError::BadRequest);
    }
}
