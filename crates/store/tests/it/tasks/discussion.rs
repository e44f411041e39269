//! Comments: whose they are, and what remains of people.

use super::{change, furnish, get, says};
use crate::support::{START, TestDb, deleted, on_each, session, user_id};
use clerk::webhooks::EventData;
use std::sync::Arc;
use store::{CommentBody, StoreError};

#[tokio::test]
async fn ones_own_is_ones_own_and_admins_may_delete() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "max", "acme").await;
        let id = f.task.id;
        let (ada, max) = (session("ada", "acme"), session("max", "acme"));
        let body = || CommentBody::parse("Words in Max's mouth").unwrap();
        // Not even an admin writes in another's name.
        let refused = change!(db, ada, "acme", |tasks| tasks.edit_comment(
            id,
            f.comment.id,
            1,
            body(),
            Vec::new()
        ));
        assert!(
            matches!(refused, Err(StoreError::Forbidden { .. })),
            "{refused:?}"
        );
        db.clock.advance(1000);
        let edited = change!(db, max, "acme", |tasks| tasks.edit_comment(
            id,
            f.comment.id,
            1,
            body(),
            Vec::new()
        ))
        .unwrap();
        assert_eq!((edited.edited_at, edited.version), (Some(START + 1000), 2));
        assert_eq!(edited.mentions, []);
        let adas = change!(db, ada, "acme", |tasks| tasks.comment(id, says("Ada's"))).unwrap();
        let refused = change!(db, max, "acme", |tasks| tasks.delete_comment(id, adas.id));
        assert!(
            matches!(refused, Err(StoreError::Forbidden { .. })),
            "{refused:?}"
        );
        assert_eq!(
            get(&db, "max", "acme", id).await.comments,
            [edited, adas.clone()]
        );
        change!(db, ada, "acme", |tasks| tasks
            .delete_comment(id, f.comment.id))
        .unwrap();
        assert_eq!(get(&db, "max", "acme", id).await.comments, [adas]);
    })
    .await;
}

#[tokio::test]
async fn what_people_did_outlives_them_without_a_name() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "max", "acme").await;
        db.tell(EventData::UserDeleted(deleted("user", "user_max")))
            .await;
        let there = get(&db, "ada", "acme", f.task.id).await;
        assert_eq!(there.task, f.task);
        assert_eq!(there.comments, [f.comment]);
        let tenant = super::enter(&db, "ada", "acme").await;
        let people = tenant.tasks().people([user_id("max")]).await.unwrap();
        assert!(people.is_empty());
    })
    .await;
}
