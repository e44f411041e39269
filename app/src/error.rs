//! The one error of pages and server functions, and the one place that says what each means to a
//! person: status, title, message. The words stand in `locales/*/errors.ftl`.

use std::fmt;

use clerk::api::ApiError;
use http::StatusCode;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use store::{StoreError, TextError};

use crate::{
    conflict::Present,
    forms,
    language::{Language, Texts},
};

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
    /// The organization wants two-step verification, which this session has not shown.
    SecondFactorNeeded,
    /// The organization wants a sign-in that is younger than this session's.
    SignInTooOld {
        /// For how many hours a sign-in is good there.
        hours: u32,
    },
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
    /// More at once than anybody needs. It is over soon.
    TooOften,
    /// The organization has as many members as it may have.
    NoPlaceLeft,
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
    /// A time zone.
    TimeZone,
    /// For how many hours a sign-in is good.
    Hours,
    /// Whether two-step verification is demanded.
    SecondFactor,
    /// The file of an organization's logo.
    Logo,
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
    /// More than `megabytes`.
    TooLarge {
        /// The most that is allowed.
        megabytes: u32,
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
    /// More than `max` of a kind at once.
    TooMany {
        /// The most that are allowed.
        max: u32,
    },
    /// Of several, some could not be taken. Which, and why, stands beside them.
    SomeRefused {
        /// How many were.
        invited: u32,
        /// How many were not.
        refused: u32,
    },
}

impl AppError {
    /// The HTTP status of an answer with this error.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NoActiveOrganization
            | Self::OrganizationSwitched
            | Self::LastAdmin
            | Self::Conflict { .. }
            | Self::LimitReached { .. }
            | Self::NoPlaceLeft => StatusCode::CONFLICT,
            Self::Forbidden
            | Self::AboveOneself
            | Self::SecondFactorNeeded
            | Self::SignInTooOld { .. } => StatusCode::FORBIDDEN,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unavailable | Self::ClerkUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading of the error's own page.
    pub fn title(&self, texts: &Texts) -> String {
        match self {
            Self::SignedOut => texts.error_signed_out(),
            Self::NoActiveOrganization => texts.error_no_active_organization(),
            Self::NotFound => texts.error_not_found(),
            Self::OrganizationSwitched => texts.error_organization_switched(),
            Self::Forbidden => texts.error_forbidden(),
            Self::SecondFactorNeeded => texts.error_second_factor(),
            Self::SignInTooOld { .. } => texts.error_sign_in_too_old(),
            Self::AboveOneself => texts.error_above_oneself(),
            Self::LastAdmin => texts.error_last_admin(),
            Self::Conflict { .. } => texts.error_conflict(),
            Self::LimitReached { .. } => texts.error_limit_reached(),
            Self::TooOften => texts.error_too_often(),
            Self::NoPlaceLeft => texts.error_no_place_left(),
            Self::Invalid { .. } => texts.error_invalid(),
            Self::BadRequest => texts.error_bad_request(),
            Self::Unavailable => texts.error_unavailable(),
            Self::ClerkUnavailable => texts.error_clerk_unavailable(),
            Self::Internal => texts.error_internal(),
        }
    }

    /// One or two sentences for a person: what happened and what to do.
    pub fn message(&self, texts: &Texts) -> String {
        match self {
            Self::SignedOut => texts.error_signed_out_message(),
            Self::NoActiveOrganization => texts.error_no_active_organization_message(),
            Self::NotFound => texts.error_not_found_message(),
            Self::OrganizationSwitched => texts.error_organization_switched_message(),
            Self::Forbidden => texts.error_forbidden_message(),
            Self::SecondFactorNeeded => texts.error_second_factor_message(),
            Self::SignInTooOld { hours } => texts.error_sign_in_too_old_message(*hours),
            Self::AboveOneself => texts.error_above_oneself_message(),
            Self::LastAdmin => texts.error_last_admin_message(),
            Self::Conflict { .. } => texts.error_conflict_message(),
            Self::LimitReached { .. } => texts.error_limit_reached_message(),
            Self::TooOften => texts.error_too_often_message(),
            Self::NoPlaceLeft => texts.error_no_place_left_message(),
            Self::Invalid { field, problem, .. } => problem.message(*field, texts),
            Self::BadRequest => texts.error_bad_request_message(),
            Self::Unavailable => texts.error_unavailable_message(),
            Self::ClerkUnavailable => texts.error_clerk_unavailable_message(),
            Self::Internal => texts.error_internal_message(),
        }
    }
}

impl Field {
    /// How the message files call it.
    fn key(self) -> &'static str {
        match self {
            Self::Name | Self::Confirm => "name",
            Self::Slug => "slug",
            Self::Email => "email",
            Self::Role => "role",
            Self::Title => "title",
            Self::Description => "description",
            Self::Due => "date",
            Self::Text => "text",
            Self::Body => "comment",
            Self::TimeZone => "time_zone",
            Self::Hours => "hours",
            Self::SecondFactor => "second_factor",
            Self::Logo => "logo",
        }
    }
}

impl Problem {
    /// What to tell a person about this field.
    pub fn message(self, field: Field, texts: &Texts) -> String {
        let field = field.key();
        match self {
            Self::Empty => texts.problem_empty(field),
            Self::TooLong { max } => texts.problem_too_long(max),
            Self::TooLarge { megabytes } => texts.problem_too_large(megabytes),
            Self::ControlCharacter => texts.problem_control_character(field),
            Self::Taken => texts.problem_taken(field),
            Self::Malformed => texts.problem_malformed(field),
            Self::Mismatch => texts.problem_mismatch(field),
            Self::Unknown => texts.problem_unknown(field),
            Self::Invited => texts.problem_invited(),
            Self::Member => texts.problem_member(),
            Self::NoPlaceLeft => texts.problem_no_place_left(),
            Self::TooMany { max } => texts.problem_too_many(max),
            Self::SomeRefused { invited, refused } => texts.problem_some_refused(invited, refused),
        }
    }
}

/// For the log, which is in English.
impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::En.texts()))
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
            StoreError::SecondFactorNeeded => Self::SecondFactorNeeded,
            StoreError::SignInTooOld { hours } => Self::SignInTooOld { hours },
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
            AppError::NoPlaceLeft,
        ]
    }

    #[test]
    fn each_error_has_one_status() {
        let statuses: Vec<u16> = all().iter().map(|error| error.status().as_u16()).collect();
        assert_eq!(
            statuses,
            [
                401, 409, 404, 409, 403, 422, 400, 503, 503, 500, 403, 409, 409, 409, 409, 409
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
        for language in Language::iter() {
            for error in all() {
                let message = error.message(language.texts());
                assert!(!message.contains("<b>") && !message.is_empty());
                assert!(!error.title(language.texts()).is_empty());
            }
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
        assert_eq!(refused.to_string(), "Use 100 characters or fewer.");
        assert_eq!(
            refused.message(Language::De.texts()),
            "Höchstens 100 Zeichen."
        );
    }

    #[test]
    fn a_malformed_form_is_the_callers_fault() {
        let error = AppError::from_server_fn_error(ServerFnErrorErr::Args("missing".into()));
        assert_eq!(error, AppError::BadRequest);
        let nonsense = AppError::de("{}".into());
        assert_eq!(nonsense, AppError::BadRequest);
    }
}
