//! The server functions of the settings page, and of bringing a deleted organization back.

use clerk::{api::UpdateOrganization, ids::UserId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Told, Turn};
use tracing::Instrument as _;

use super::settings_of;
use crate::{
    context::{RequestContext, may, request_context},
    error::{AppError, Field, Problem},
    forms::{Done, Posted},
    notice::Notice,
    pages::{
        members::changes::{Change, carry_out},
        overview::overview_of,
        select_organization::{self, checked_name, checked_slug, invalid},
    },
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Gives the organization `org` another name and slug.
#[server(endpoint = "organizations/rename")]
pub async fn rename_organization(
    org: String,
    name: String,
    #[server(default)] slug: String,
) -> Result<(), AppError> {
    let outcome = rename(&org, &name, &slug).await;
    Posted {
        function: RenameOrganization::PATH,
        page: settings_of(&org),
        kept: &[("name", &name), ("slug", &slug)],
    }
    .answer(outcome)
}

async fn rename(org: &str, name: &str, slug: &str) -> Result<Done, AppError> {
    may(org, Action::OrganizationRename).await?;
    let context = request_context()?;
    let checked = || match checked_slug(slug)? {
        Some(slug) => Ok(slug),
        None => Err(invalid(Field::Slug, Problem::Empty, slug)),
    };
    let wanted = Wanted {
        name: checked_name(name)?,
        // What stays as it is need not be a slug: it may be an id.
        slug: if slug == org {
            slug.to_owned()
        } else {
            checked()?
        },
        typed: (name.to_owned(), slug.to_owned()),
    };
    let turn = context.take_turn(org).await?;
    // To its end, even if the browser is gone by then: Clerk's answer has to arrive here.
    let work = async move { rename_in_turn(&context, turn, wanted).await };
    let slug = tokio::spawn(work.in_current_span())
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "renaming an organization broke off");
            Err(AppError::Internal)
        })?;
    Ok(Done {
        page: settings_of(&slug),
        notice: Some(Notice::OrganizationRenamed),
    })
}

/// A name and slug that can be asked for, and as they were typed.
struct Wanted {
    name: String,
    slug: String,
    typed: (String, String),
}

/// The organization's slug from here on.
async fn rename_in_turn(
    context: &RequestContext,
    turn: Turn,
    wanted: Wanted,
) -> Result<String, AppError> {
    turn.require(Action::OrganizationRename)?;
    let now = turn.organization();
    if (&now.name, &now.slug) == (&wanted.name, &wanted.slug) {
        return Ok(wanted.slug);
    }
    let changes = UpdateOrganization {
        name: Some(wanted.name),
        slug: Some(wanted.slug).filter(|slug| *slug != now.slug),
        ..UpdateOrganization::default()
    };
    let organizations = context.clerk.organizations();
    let renamed = organizations.update(&now.id, &changes).await;
    let (name, slug) = &wanted.typed;
    let renamed = renamed.map_err(|error| select_organization::refused(error, name, slug))?;
    turn.finish(&[Told::Renamed(&renamed)]).await?;
    tracing::info!(organization.id = %renamed.id, "organization renamed");
    Ok(renamed.slug.unwrap_or_else(|| renamed.id.to_string()))
}

/// Makes the member `id` an admin of the organization `org`, and oneself a member.
#[server(endpoint = "organizations/transfer")]
pub async fn transfer_organization(org: String, id: String) -> Result<(), AppError> {
    let to = UserId::new(id);
    let outcome = carry_out(&org, Change::Transfer { to })
        .await
        .map(|()| Done {
            page: settings_of(&org),
            notice: Some(Notice::OrganizationTransferred),
        });
    posted(TransferOrganization::PATH, &org, &[]).answer(outcome)
}

/// Ends one's own membership of the organization `org`.
#[server(endpoint = "organizations/leave")]
pub async fn leave_organization(org: String) -> Result<(), AppError> {
    let outcome = carry_out(&org, Change::Leave).await.map(|()| Done {
        page: "/select-organization".to_owned(),
        notice: Some(Notice::OrganizationLeft),
    });
    posted(LeaveOrganization::PATH, &org, &[]).answer(outcome)
}

/// Deletes the organization `org`, if `confirm` is its name.
#[server(endpoint = "organizations/delete")]
pub async fn delete_organization(org: String, confirm: String) -> Result<(), AppError> {
    let outcome = delete(&org, &confirm).await;
    posted(DeleteOrganization::PATH, &org, &[("confirm", &confirm)]).answer(outcome)
}

async fn delete(org: &str, confirm: &str) -> Result<Done, AppError> {
    may(org, Action::OrganizationDelete).await?;
    let context = request_context()?;
    let turn = context.take_turn(org).await?;
    let organization = turn.organization().clone();
    if confirm.trim() != organization.name {
        return Err(invalid(Field::Confirm, Problem::Mismatch, confirm));
    }
    let grace_ms = i64::from(context.config.grace_days) * DAY_MS;
    turn.delete_organization(grace_ms).await?;
    tracing::info!(organization.id = %organization.id, "organization deleted");
    Ok(Done {
        page: "/select-organization".to_owned(),
        notice: Some(Notice::OrganizationDeleted),
    })
}

/// Brings back the deleted organization `org`.
#[server(endpoint = "organizations/restore")]
pub async fn restore_organization(org: String) -> Result<(), AppError> {
    let outcome = restore(&org).await;
    Posted {
        function: RestoreOrganization::PATH,
        page: "/select-organization".to_owned(),
        kept: &[],
    }
    .answer(outcome)
}

async fn restore(org: &str) -> Result<Done, AppError> {
    let context = request_context()?;
    let session = context.session()?;
    let restored = context
        .store
        .restore_organization(session, org, (*context.origin).clone())
        .await?;
    tracing::info!(organization.id = %restored.id, "organization restored");
    Ok(Done {
        page: overview_of(&restored.slug),
        notice: Some(Notice::OrganizationRestored),
    })
}

fn posted<'a>(
    function: &'static str,
    org: &str,
    kept: &'a [(&'static str, &'a str)],
) -> Posted<'a> {
    Posted {
        function,
        page: settings_of(org),
        kept,
    }
}
