//! Tasks: what becomes of changes, who reaches what, and in which order they stand.

mod changes;
mod conflicts;
mod discussion;
mod isolation;
mod lists;
mod order;
mod search;

use crate::support::{TestDb, session};
use clerk::{ids::UserId, session::Session};
use store::{
    Action, ChecklistItem, Colour, Comment, CommentBody, Description, ItemText, Label, LabelName,
    NewComment, NewTask, Project, ProjectId, StoreError, Task, TaskDetails, TaskId, TaskTitle,
    Tenant, TenantMut,
};

pub fn title(text: &str) -> TaskTitle {
    TaskTitle::parse(text).unwrap()
}

pub fn text(text: &str) -> Description {
    Description::parse(text).unwrap()
}

pub fn item(text: &str) -> ItemText {
    ItemText::parse(text).unwrap()
}

pub fn label_name(text: &str) -> LabelName {
    LabelName::parse(text).unwrap()
}

pub fn says(body: &str) -> NewComment {
    NewComment {
        body: CommentBody::parse(body).unwrap(),
        mentions: Vec::new(),
        request_id: None,
    }
}

pub fn new_task(project: ProjectId, text: &str) -> NewTask {
    NewTask::titled(project, title(text))
}

/// Does something in a write scope, and commits if it succeeded.
pub async fn in_scope<T>(
    db: &TestDb,
    session: &Session,
    slug: &str,
    what: impl AsyncFnOnce(TenantMut) -> (TenantMut, Result<T, StoreError>),
) -> Result<T, StoreError> {
    let tenant = db.enter_for(session, slug, Action::TaskRead).await;
    let (tenant, outcome) = what(tenant).await;
    if outcome.is_ok() {
        tenant.commit().await.unwrap();
    }
    outcome
}

/// `change!(db, session, slug, |tasks| tasks.delete(id))`: in a scope of its own.
macro_rules! change {
    ($db:expr, $session:expr, $slug:expr, |$tasks:ident| $what:expr) => {
        crate::tasks::in_scope(&$db, &$session, $slug, async |tenant| {
            let $tasks = tenant.tasks();
            let outcome = $what.await;
            (tenant, outcome)
        })
        .await
    };
}
pub(crate) use change;

/// A project with a task that has one of everything.
#[derive(Debug)]
pub struct Furnished {
    pub project: Project,
    pub task: Task,
    pub label: Label,
    pub item: ChecklistItem,
    pub comment: Comment,
}

/// A project and a task of `who`'s that has one of everything.
pub async fn furnish(db: &TestDb, who: &str, slug: &str) -> Furnished {
    let session = session(who, slug);
    let project = db.create(&session, slug, "Furnished").await;
    let tenant = db.enter_for(&session, slug, Action::TaskCreate).await;
    let label = tenant.labels();
    let label = label.create(label_name("bug"), Colour::Red).await.unwrap();
    let tasks = tenant.tasks();
    let me = UserId::new(format!("user_{who}"));
    let new = NewTask {
        description: text("A *description* of the matter"),
        assignee: Some(me.clone()),
        labels: vec![label.id],
        ..new_task(project.id, "The first task")
    };
    let task = tasks.create(new).await.unwrap();
    let item = tasks.add_item(task.id, item("Think"), None).await.unwrap();
    let mut said = says("What do you think?");
    said.mentions.push(me);
    let comment = tasks.comment(task.id, said).await.unwrap();
    tenant.commit().await.unwrap();
    Furnished {
        project,
        task,
        label,
        item,
        comment,
    }
}

pub async fn enter(db: &TestDb, who: &str, slug: &str) -> Tenant {
    db.store.enter(&session(who, slug), slug).await.unwrap()
}

pub async fn get(db: &TestDb, who: &str, slug: &str, id: TaskId) -> TaskDetails {
    enter(db, who, slug).await.tasks().get(id).await.unwrap()
}
