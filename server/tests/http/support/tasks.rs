//! A task with everything that has an id, for tests of what is reached by ids.

use store::{
    Action, Colour, CommentBody, ItemText, LabelName, NewComment, NewTask, Origin, ProjectId,
    TaskTitle,
};
use uuid::Uuid;

use super::{Person, TestServer};

/// The ids of a task and of what belongs to it.
#[derive(Clone)]
pub struct Work {
    pub project: String,
    pub task: String,
    pub item: String,
    pub comment: String,
    pub label: String,
    /// Of the task, of its place, of the item and of the comment.
    pub version: String,
}

impl TestServer {
    /// Makes a task in a project of the organization that is active in the person's session.
    pub async fn work(&self, person: &Person, slug: &str, project: &str) -> Work {
        let verifier = self.state.authenticator.verifier();
        let session = verifier.verify(&person.token).await.expect("a session");
        let origin = Origin::default();
        let store = &self.state.store;
        let tenant = store.enter_for(&session, slug, Action::TaskCreate, origin);
        let tenant = tenant.await.expect("a scope");
        let tasks = tenant.tasks();
        let title = TaskTitle::parse("A task").expect("a title");
        let id = ProjectId::parse(project).expect("an id");
        let task = tasks.create(NewTask::titled(id, title)).await;
        let task = task.expect("a task");
        let text = ItemText::parse("An item").expect("a text");
        let item = tasks.add_item(task.id, text, None).await.expect("an item");
        let comment = NewComment {
            body: CommentBody::parse("A comment").expect("a text"),
            mentions: Vec::new(),
            request_id: None,
        };
        let comment = tasks.comment(task.id, comment).await.expect("a comment");
        let name = LabelName::parse(&Uuid::now_v7().to_string()).expect("a name");
        let label = tenant.labels().create(name, Colour::default()).await;
        let label = label.expect("a label");
        tenant.commit().await.expect("a commit");
        let versions = [task.place_version, item.version, comment.version];
        assert_eq!(versions, [task.version; 3], "all begin alike");
        Work {
            project: project.to_owned(),
            task: task.id.to_string(),
            item: item.id.to_string(),
            comment: comment.id.to_string(),
            label: label.id.to_string(),
            version: task.version.to_string(),
        }
    }
}
