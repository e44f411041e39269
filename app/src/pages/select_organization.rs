//! `/select-organization`: choose one of your organizations, or create one.

use clerk::api::{ApiError, CreateOrganization as NewOrganization};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos_meta::Title;
use store::DeletedOrganization;

use crate::{
    clerk::session_keeper::KeepSession,
    components::{
        field::{TextField, error_of},
        header::{AppHeader, Avatar},
        icons,
        layout::{MAIN, Manners},
        time::Time,
        toast::{Alert, Toast},
    },
    context::request_context,
    error::{AppError, Field, Problem},
    forms::{Done, Posted, Refusal},
    identity,
    language::texts,
    notice::Notice,
    pages::{app_home::projects_of, organization::role_name, page, settings::RestoreOrganization},
};

/// The page's path.
pub const SELECT_ORGANIZATION: &str = "/select-organization";
/// The most characters of an organization's name.
const MAX_NAME: u32 = 100;
/// The most characters of a slug.
const MAX_SLUG: u32 = 64;

/// The page.
#[component]
pub fn SelectOrganization() -> impl IntoView {
    page(async {
        let context = request_context()?;
        let session = context.session()?.clone();
        let organizations = identity::organizations(&context, &session).await?;
        let deleted = context.store.deleted_organizations_of(&session).await?;
        let refusal = Refusal::from_request();
        let is_new = organizations.is_empty();
        let texts = texts();
        let heading = if is_new {
            texts.organizations_welcome()
        } else {
            texts.organizations_choose()
        };
        let links = organizations
            .into_iter()
            .map(|organization| {
                view! {
                    <li>
                        <a class="organization-link" href=projects_of(&organization.slug)>
                            <Avatar name=organization.name.clone()/>
                            <span class="menu-item-text">
                                <span class="truncate">{organization.name}</span>
                                <span class="menu-item-note">{role_name(organization.role)}</span>
                            </span>
                            {icons::arrow_right()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        Ok(view! {
            <Title text=heading.clone()/>
            <AppHeader current=None organizations=Vec::new()/>
            <main id=MAIN class="choose" tabindex="-1">
                <Toast/>
                <h1>{heading}</h1>
                {if is_new {
                    view! {
                        <p class="page-note">{texts.organizations_welcome_text()}</p>
                    }
                    .into_any()
                } else {
                    view! {
                        <p class="page-note">{texts.organizations_choose_text()}</p>
                        <section aria-labelledby="yours">
                            <h2 id="yours">{texts.organizations_yours()}</h2>
                            <ul class="organization-list">{links}</ul>
                        </section>
                    }
                    .into_any()
                }}
                <Deleted organizations=deleted/>
                <CreateForm refusal=&refusal/>
            </main>
            <Manners/>
            <KeepSession context=&context session=&session/>
        })
    })
}

/// What can be brought back.
#[component]
fn Deleted(organizations: Vec<DeletedOrganization>) -> impl IntoView {
    let texts = texts();
    let rows = organizations
        .into_iter()
        .map(|organization| {
            view! {
                <li class="row">
                    <span class="row-name">
                        <span class="row-title">{organization.name.clone()}</span>
                    </span>
                    <span class="row-time">{texts.organizations_gone()} " " <Time at_ms=organization.purge_at/></span>
                    <form method="post" action=RestoreOrganization::PATH>
                        <input type="hidden" name="org" value=organization.slug/>
                        <button class="button" type="submit">
                            {texts.organizations_restore()}
                            <span class="visually-hidden">" " {organization.name}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    (!rows.is_empty())
        .then(|| {
            view! {
                <section aria-labelledby="deleted">
                    <h2 id="deleted">{texts.organizations_deleted()}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
        .into_any()
}

#[component]
fn CreateForm<'a>(refusal: &'a Refusal) -> impl IntoView + use<> {
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
        Ok(()) => projects_of(created.slug.as_deref().unwrap_or(created.id.as_str())),
        // It exists all the same, so this is no failure; a webhook brings it into the list.
        Err(_) => SELECT_ORGANIZATION.to_owned(),
    };
    Ok(Done {
        page,
        notice: Some(Notice::OrganizationCreated),
    })
}

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
