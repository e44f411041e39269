//! Signs of life.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, TaskId};

use crate::{
    context::request_context,
    error::AppError,
    forms::{Done, Posted},
    pages::overview::overview_of,
};

/// Says that one is here, and, with `typing`, that one is writing a comment on that task. Nothing
/// is kept of it but in memory, and whether there is such a task makes no difference.
#[server(endpoint = "live/here")]
pub async fn say_here(org: String, #[server(default)] typing: String) -> Result<(), AppError> {
    let outcome = say(&org, &typing).await;
    let page = overview_of(&org);
    Posted {
        function: SayHere::PATH,
        page: page.clone(),
        kept: &[],
    }
    .answer(outcome.map(|()| Done { page, notice: None }))
}

async fn say(org: &str, typing: &str) -> Result<(), AppError> {
    let context = request_context()?;
    let session = context.session()?;
    if let Some(active) = session.organization() {
        // Before the database is asked.
        context.live.allow_sign(&active.id, session.user_id())?;
    }
    let tenant = context.tenant(org).await?;
    let writes = tenant.can(Action::CommentCreate);
    let task = TaskId::parse(typing).ok().filter(|_| writes);
    let organization = &tenant.organization().id;
    context
        .live
        .sign(organization, &tenant.membership().user_id, task);
    Ok(())
}
