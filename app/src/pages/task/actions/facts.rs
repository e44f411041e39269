//! Assignee, due date and labels.

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Colour, Day, LabelId, LabelName, StoreError, Task, TaskId, TenantMut};

use super::Form;
use crate::{
    context::tenant_for,
    error::{AppError, Field, Problem, invalid_name},
    notice::Notice,
};

/// Gives the task to a member, or to nobody if `assignee` is empty. Programs are told the new
/// version.
#[server(endpoint = "tasks/assign")]
pub async fn assign_task(
    org: String,
    id: String,
    version: i64,
    #[server(default)] assignee: String,
) -> Result<i64, AppError> {
    let change = Change::Assignee((!assignee.is_empty()).then(|| UserId::new(assignee.as_str())));
    let outcome = change.make(&org, &id, version).await;
    Form {
        function: AssignTask::PATH,
        org: &org,
        id: &id,
        kept: &[("assignee", &assignee)],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

/// Says on which day the task is due, or on none if `due` is empty. Programs are told the new
/// version.
#[server(endpoint = "tasks/due")]
pub async fn set_due(
    org: String,
    id: String,
    version: i64,
    #[server(default)] due: String,
) -> Result<i64, AppError> {
    let change = Change::Due(due.clone());
    let outcome = change.make(&org, &id, version).await;
    Form {
        function: SetDue::PATH,
        org: &org,
        id: &id,
        kept: &[("due", &due)],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

/// Gives the task the labels `labels` (ids with commas between) and `label`, and no others.
/// Programs are told the new version.
#[server(endpoint = "tasks/labels")]
pub async fn set_labels(
    org: String,
    id: String,
    version: i64,
    #[server(default)] labels: String,
    #[server(default)] label: String,
) -> Result<i64, AppError> {
    let change = Change::Labels(format!("{labels},{label}"));
    let outcome = change.make(&org, &id, version).await;
    Form {
        function: SetLabels::PATH,
        org: &org,
        id: &id,
        kept: &[],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

/// Makes a label and gives it to the task, beside `labels`. Programs are told the new version.
#[server(endpoint = "tasks/new-label")]
pub async fn new_label(
    org: String,
    id: String,
    version: i64,
    #[server(default)] labels: String,
    name: String,
    #[server(default)] colour: String,
) -> Result<i64, AppError> {
    let outcome = label_anew(&org, &id, version, &labels, &name, &colour).await;
    Form {
        function: NewLabel::PATH,
        org: &org,
        id: &id,
        kept: &[("name", &name), ("colour", &colour)],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

async fn label_anew(
    org: &str,
    id: &str,
    version: i64,
    labels: &str,
    name: &str,
    colour: &str,
) -> Result<i64, AppError> {
    let tenant = tenant_for(org, Action::LabelManage).await?;
    let id = TaskId::parse(id)?;
    let mut labels = parse_labels(labels)?;
    let new = LabelName::parse(name).map_err(|error| invalid_name(&error, name))?;
    let colour = Colour::parse(colour).unwrap_or_default();
    let label = tenant.labels().create(new, colour).await?;
    labels.push(label.id);
    let task = tenant.tasks().set_labels(id, version, &labels).await?;
    commit(tenant, task).await
}

enum Change {
    Assignee(Option<UserId>),
    Due(String),
    Labels(String),
}

impl Change {
    /// Answers with the task's new version.
    async fn make(self, org: &str, id: &str, version: i64) -> Result<i64, AppError> {
        let tenant = tenant_for(org, Action::TaskEdit).await?;
        let id = TaskId::parse(id)?;
        let tasks = tenant.tasks();
        let task = match self {
            Self::Assignee(user) => tasks.assign(id, version, user).await?,
            Self::Due(text) => tasks.set_due(id, version, parse_due(&text)?).await?,
            Self::Labels(ids) => tasks.set_labels(id, version, &parse_labels(&ids)?).await?,
        };
        commit(tenant, task).await
    }
}

async fn commit(tenant: TenantMut, task: Task) -> Result<i64, AppError> {
    tenant.commit().await?;
    tracing::info!(task.id = %task.id, "task changed");
    Ok(task.version)
}

fn parse_due(text: &str) -> Result<Option<Day>, AppError> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = Day::parse(text).ok_or_else(|| AppError::Invalid {
        field: Field::Due,
        problem: Problem::Malformed,
        value: text.to_owned(),
    })?;
    Ok(Some(day))
}

/// Ids with commas between, each once.
fn parse_labels(text: &str) -> Result<Vec<LabelId>, StoreError> {
    let mut labels = text
        .split(',')
        .filter(|id| !id.is_empty())
        .map(LabelId::parse)
        .collect::<Result<Vec<_>, _>>()?;
    labels.sort_unstable();
    labels.dedup();
    Ok(labels)
}
