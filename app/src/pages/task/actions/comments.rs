//! What is said about a task.

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, CommentBody, CommentId, NewComment, TaskId, Uuid};

use super::Form;
use crate::{
    context::tenant_for,
    error::{AppError, Field, invalid_text},
    notice::Notice,
    pages::task::mentions::{Mentions, candidates},
};

/// Adds a comment, which mentions those whose names stand behind an `@` in it, and `mention` (a
/// member's id), if that is given. The same `request_id` adds it once.
#[server(endpoint = "comments/add")]
pub async fn add_comment(
    org: String,
    id: String,
    body: String,
    #[server(default)] mention: String,
    request_id: String,
) -> Result<(), AppError> {
    let outcome = add(&org, &id, &body, &mention, &request_id).await;
    Form {
        function: AddComment::PATH,
        org: &org,
        id: &id,
        kept: &[("body", &body)],
        more: &[],
    }
    .answer(Notice::CommentAdded, outcome)
}

async fn add(
    org: &str,
    id: &str,
    body: &str,
    mention: &str,
    request_id: &str,
) -> Result<(), AppError> {
    let members = candidates(org, body, mention).await?;
    let tenant = tenant_for(org, Action::CommentCreate).await?;
    let task = TaskId::parse(id)?;
    let request_id = Uuid::parse_str(request_id).map_err(|_| AppError::BadRequest)?;
    // Nothing but a mention says nothing.
    parse(body)?;
    let Mentions { body, users } = Mentions::find(&members, body, mention)?;
    let new = NewComment {
        body: parse(&body)?,
        mentions: users,
        request_id: Some(request_id),
    };
    let comment = tenant.tasks().comment(task, new).await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task, comment.id = %comment.id, "comment added");
    Ok(())
}

/// Writes one's own comment anew. Programs are told the new version.
#[server(endpoint = "comments/edit")]
pub async fn edit_comment(
    org: String,
    id: String,
    comment: String,
    version: i64,
    body: String,
) -> Result<i64, AppError> {
    let outcome = edit(&org, &id, &comment, version, &body).await;
    Form {
        function: EditComment::PATH,
        org: &org,
        id: &id,
        kept: &[("body", &body)],
        more: &[("comment", &comment)],
    }
    .answer(Notice::CommentEdited, outcome)
}

async fn edit(
    org: &str,
    id: &str,
    comment: &str,
    version: i64,
    body: &str,
) -> Result<i64, AppError> {
    let members = candidates(org, body, "").await?;
    let tenant = tenant_for(org, Action::CommentCreate).await?;
    let (task, comment) = (TaskId::parse(id)?, CommentId::parse(comment)?);
    let users: Vec<UserId> = Mentions::find(&members, body, "")?.users;
    let tasks = tenant.tasks();
    let edited = tasks
        .edit_comment(task, comment, version, parse(body)?, users)
        .await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task, comment.id = %comment, "comment edited");
    Ok(edited.version)
}

/// Deletes a comment.
#[server(endpoint = "comments/delete")]
pub async fn delete_comment(org: String, id: String, comment: String) -> Result<(), AppError> {
    let outcome = delete(&org, &id, &comment).await;
    Form {
        function: DeleteComment::PATH,
        org: &org,
        id: &id,
        kept: &[],
        more: &[],
    }
    .answer(Notice::CommentDeleted, outcome)
}

async fn delete(org: &str, id: &str, comment: &str) -> Result<(), AppError> {
    // Whose it is, is for the store to know: to delete what others wrote takes more.
    let tenant = tenant_for(org, Action::CommentCreate).await?;
    let (task, comment) = (TaskId::parse(id)?, CommentId::parse(comment)?);
    tenant.tasks().delete_comment(task, comment).await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task, comment.id = %comment, "comment deleted");
    Ok(())
}

fn parse(body: &str) -> Result<CommentBody, AppError> {
    CommentBody::parse(body).map_err(|error| invalid_text(&error, Field::Body, body))
}
