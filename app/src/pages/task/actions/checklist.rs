//! The checklist of a task.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, ChecklistItemId, ItemText, Place, TaskId, Uuid};

use super::Form;
use crate::{
    context::tenant_for,
    error::{AppError, Field, invalid_text},
    notice::Notice,
};

/// Adds an item at the end. The same `request_id` adds it once.
#[server(endpoint = "checklist/add")]
pub async fn add_item(
    org: String,
    id: String,
    text: String,
    request_id: String,
) -> Result<(), AppError> {
    let outcome = match Uuid::parse_str(&request_id) {
        Ok(request) => change(&org, &id, Change::Add(&text, request)).await,
        Err(_) => Err(AppError::BadRequest),
    };
    Form {
        function: AddItem::PATH,
        org: &org,
        id: &id,
        kept: &[("text", &text)],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

/// Ticks an item off, or not if `done` is empty.
#[server(endpoint = "checklist/tick")]
pub async fn tick_item(
    org: String,
    id: String,
    item: String,
    #[server(default)] done: String,
) -> Result<(), AppError> {
    let outcome = change(&org, &id, Change::Tick(&item, !done.is_empty())).await;
    of_item(TickItem::PATH, &org, &id).answer(Notice::TaskChanged, outcome)
}

/// Writes an item anew.
#[server(endpoint = "checklist/rename")]
pub async fn rename_item(
    org: String,
    id: String,
    item: String,
    version: i64,
    text: String,
) -> Result<(), AppError> {
    let outcome = change(&org, &id, Change::Rename(&item, version, &text)).await;
    Form {
        function: RenameItem::PATH,
        org: &org,
        id: &id,
        kept: &[("text", &text)],
        more: &[("item", &item)],
    }
    .answer(Notice::TaskChanged, outcome)
}

/// Puts an item below another of its checklist, or first of all if `below` is empty.
#[server(endpoint = "checklist/move")]
pub async fn move_item(
    org: String,
    id: String,
    item: String,
    #[server(default)] below: String,
) -> Result<(), AppError> {
    let outcome = change(&org, &id, Change::Move(&item, &below)).await;
    of_item(MoveItem::PATH, &org, &id).answer(Notice::TaskChanged, outcome)
}

/// Takes an item away.
#[server(endpoint = "checklist/remove")]
pub async fn remove_item(org: String, id: String, item: String) -> Result<(), AppError> {
    let outcome = change(&org, &id, Change::Remove(&item)).await;
    of_item(RemoveItem::PATH, &org, &id).answer(Notice::TaskChanged, outcome)
}

fn of_item<'a>(function: &'static str, org: &'a str, id: &'a str) -> Form<'a> {
    Form {
        function,
        org,
        id,
        kept: &[],
        more: &[],
    }
}

enum Change<'a> {
    Add(&'a str, Uuid),
    Tick(&'a str, bool),
    Rename(&'a str, i64, &'a str),
    Move(&'a str, &'a str),
    Remove(&'a str),
}

async fn change(org: &str, id: &str, change: Change<'_>) -> Result<(), AppError> {
    let tenant = tenant_for(org, Action::TaskEdit).await?;
    let task = TaskId::parse(id)?;
    let tasks = tenant.tasks();
    let item = match change {
        Change::Add(text, request) => {
            let added = tasks.add_item(task, parse(text)?, Some(request));
            added.await?.id
        }
        Change::Tick(item, done) => {
            let item = ChecklistItemId::parse(item)?;
            tasks.set_item_done(task, item, done).await?.id
        }
        Change::Rename(item, version, text) => {
            let item = ChecklistItemId::parse(item)?;
            let renamed = tasks.rename_item(task, item, version, parse(text)?);
            renamed.await?.id
        }
        Change::Move(item, below) => {
            let item = ChecklistItemId::parse(item)?;
            let place = match below {
                "" => Place::First,
                above => Place::After(ChecklistItemId::parse(above)?),
            };
            tasks.move_item(task, item, place).await?;
            item
        }
        Change::Remove(item) => {
            let removed = tasks.remove_item(task, ChecklistItemId::parse(item)?);
            removed.await?.id
        }
    };
    tenant.commit().await?;
    tracing::info!(task.id = %task, item.id = %item, "checklist changed");
    Ok(())
}

fn parse(text: &str) -> Result<ItemText, AppError> {
    ItemText::parse(text).map_err(|error| invalid_text(&error, Field::Text, text))
}
