//! Creating an organization.

use clerk::api::{ApiError, CreateOrganization as NewOrganization};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::SELECT_ORGANIZATION;
use crate::{
    components::{
        field::{TextField, error_of},
        toast::Alert,
    },
    context::request_context,
    error::{AppError, Field, Problem},
    forms::{Done, Posted, Refusal},
    identity,
    language::texts,
    notice::Notice,
    pages::overview::overview_of,
};

/// The most characters of an organization's name.
const MAX_NAME: u32 = 100;
/// The most characters of a slug.
const MAX_SLUG: u32 = 64;

/// The form.
#[component]
pub fn CreateForm<'a>(refusal: &'a Refusal) -> impl IntoView + use<> {
    let error = refusal.of(CreateOrganization::PATH);
    let texts = texts();
    view! {
        <section id="create" aria-labelledby="create-title">
            <h2 id="create-title">{texts.organizations_create()}</h2>
            {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
            <form class="form" method="post" action=CreateOrganization::PATH>
                <TextField
                    id="organization-name"
                    name="name"
                    label=texts.organizations_create_name()
                    placeholder=texts.organizations_create_placeholder()
                    value=refusal.kept_for(CreateOrganization::PATH, "name")
                    error=error_of(error, Field::Name)
                />
                <TextField
                    id="organization-slug"
                    name="slug"
                    label=texts.organizations_create_slug()
                    hint=texts.organizations_create_hint()
                    value=refusal.kept_for(CreateOrganization::PATH, "slug")
                    error=error_of(error, Field::Slug)
                    required=false
                />
                <button class="button button-primary" type="submit">{texts.organizations_create_submit()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Creates an organization at Clerk, with the person as its admin, and opens it.
#[server(endpoint = "organizations/create")]
pub async fn create_organization(
    name: String,
    #[server(default)] slug: String,
) -> Result<(), AppError> {
    let outcome = create(&name, &slug).await;
    Posted {
        function: CreateOrganization::PATH,
        page: SELECT_ORGANIZATION.to_owned(),
        kept: &[("name", &name), ("slug", &slug)],
    }
    .answer(outcome)
}

async fn create(name: &str, slug: &str) -> Result<Done, AppError> {
    let context = request_context()?;
    let session = context.session()?;
    let new = NewOrganization {
        name: checked_name(name)?,
        slug: checked_slug(slug)?,
        created_by: Some(session.user_id().clone()),
        ..NewOrganization::default()
    };
    let created = context
        .clerk
        .organizations()
        .create(new)
        .await
        .map_err(|error| refused(error, name, slug))?;
    tracing::info!(organization.id = %created.id, "organization created");
    // Its webhooks are on their way; the person should not have to wait for them.
    let page = match identity::read(&context, session).await {
        Ok(()) => overview_of(created.slug.as_deref().unwrap_or(created.id.as_str())),
        // It exists all the same, so this is no failure; a webhook brings it into the list.
        Err(_) => SELECT_ORGANIZATION.to_owned(),
    };
    Ok(Done {
        page,
        notice: Some(Notice::OrganizationCreated),
    })
}

/// A name without the spaces around it.
///
/// # Errors
/// [`AppError::Invalid`].
pub fn checked_name(name: &str) -> Result<String, AppError> {
    let trimmed = name.trim();
    let problem = if trimmed.is_empty() {
        Problem::Empty
    } else if trimmed.chars().any(char::is_control) {
        Problem::ControlCharacter
    } else if trimmed.chars().count() > MAX_NAME as usize {
        Problem::TooLong { max: MAX_NAME }
    } else {
        return Ok(trimmed.to_owned());
    };
    Err(invalid(Field::Name, problem, name))
}

/// A slug in lower case, or none to let Clerk make one from the name.
///
/// # Errors
/// [`AppError::Invalid`].
pub fn checked_slug(slug: &str) -> Result<Option<String>, AppError> {
    let lower = slug.trim().to_lowercase();
    if lower.is_empty() {
        return Ok(None);
    }
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if lower.chars().count() > MAX_SLUG as usize {
        return Err(invalid(
            Field::Slug,
            Problem::TooLong { max: MAX_SLUG },
            slug,
        ));
    }
    if !lower.chars().all(allowed) || !lower.chars().any(|c| c != '-') {
        return Err(invalid(Field::Slug, Problem::Malformed, slug));
    }
    Ok(Some(lower))
}

/// What Clerk's refusal means here (Clerk: API error codes).
pub fn refused(error: ApiError, name: &str, slug: &str) -> AppError {
    let (field, value, max) = match error.param_name() {
        Some("name") => (Field::Name, name, MAX_NAME),
        _ => (Field::Slug, slug, MAX_SLUG),
    };
    match error.code() {
        // The slug may be one that Clerk made from the name; it is still the slug to change.
        Some("form_identifier_exists" | "form_already_exists" | "duplicate_record") => {
            invalid(Field::Slug, Problem::Taken, slug)
        }
        Some("form_param_max_length_exceeded") => invalid(field, Problem::TooLong { max }, value),
        Some("form_param_nil" | "form_param_missing") => invalid(field, Problem::Empty, value),
        Some(code) if code.starts_with("form_param_") => invalid(field, Problem::Malformed, value),
        Some(
            "user_create_organization_not_enabled"
            | "org_creation_limit_exceeded"
            | "organization_quota_exceeded",
        ) => AppError::Forbidden,
        _ => error.into(),
    }
}

/// A field that was refused, with what was typed.
pub fn invalid(field: Field, problem: Problem, value: &str) -> AppError {
    AppError::Invalid {
        field,
        problem,
        value: value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(outcome: Result<impl std::fmt::Debug, AppError>) -> (Problem, String) {
        match outcome.unwrap_err() {
            AppError::Invalid { problem, value, .. } => (problem, value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_are_trimmed_and_kept_as_typed_when_refused() {
        assert_eq!(checked_name("  Acme  ").unwrap(), "Acme");
        assert_eq!(checked_name(&"ü".repeat(100)).unwrap().chars().count(), 100);
        assert_eq!(
            problem(checked_name(" \n ")),
            (Problem::Empty, " \n ".into())
        );
        let long = "x".repeat(300);
        assert_eq!(
            problem(checked_name(&long)),
            (Problem::TooLong { max: 100 }, long)
        );
        assert_eq!(
            problem(checked_name("a\tb")),
            (Problem::ControlCharacter, "a\tb".into())
        );
    }

    #[test]
    fn slugs_are_lower_case_or_refused() {
        assert_eq!(checked_slug("  ").unwrap(), None);
        assert_eq!(checked_slug(" Acme-2 ").unwrap().as_deref(), Some("acme-2"));
        for bad in ["a b", "a/b", "ä", "--", "a_b", "../x"] {
            assert_eq!(problem(checked_slug(bad)), (Problem::Malformed, bad.into()));
        }
    }

    #[test]
    fn clerk_refusals_land_beside_their_field() {
        let answer = |code: &str, param: &str| ApiError::Answer {
            status: 422,
            errors: vec![
                serde_json::from_value(serde_json::json!({
                    "code": code, "message": "m", "meta": { "param_name": param }
                }))
                .unwrap(),
            ],
            trace_id: None,
            retry_after: None,
        };
        assert_eq!(
            refused(answer("form_identifier_exists", "slug"), "Acme", "acme"),
            invalid(Field::Slug, Problem::Taken, "acme")
        );
        assert_eq!(
            refused(answer("form_param_max_length_exceeded", "name"), "Acme", ""),
            invalid(Field::Name, Problem::TooLong { max: MAX_NAME }, "Acme")
        );
        assert_eq!(
            refused(answer("organization_quota_exceeded", ""), "Acme", ""),
            AppError::Forbidden
        );
        assert_eq!(
            refused(answer("else", ""), "Acme", ""),
            AppError::ClerkUnavailable
        );
    }
}
