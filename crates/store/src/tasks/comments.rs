use super::{Comment, Current, MENTIONS_LIMIT, NewComment, TasksMut, rows::locked};
use crate::{
    Action, CommentBody, CommentId, StoreError, TaskId,
    audit::{Change, Difference},
    entities::{
        comment::{ActiveModel, Column, Entity, Model},
        mention,
    },
    scope::Scope,
    search::{self, Document},
};
use clerk::ids::UserId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, prelude::Uuid, sea_query::SimpleExpr,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// Changes of what is said about a task. The audit log has that somebody said something, not
/// what: it can be taken back.
impl TasksMut<'_> {
    /// Adds a comment, or answers with the one that the same form added before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a foreign or missing task, and for somebody mentioned who is
    /// no member; [`StoreError::LimitReached`] for more than [`MENTIONS_LIMIT`] mentions;
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn comment(&self, task: TaskId, new: NewComment) -> Result<Comment, StoreError> {
        self.scope.require(Action::CommentCreate)?;
        locked(self.scope, task).await?;
        if let Some(request_id) = new.request_id {
            let made = all(self.scope, task).filter(Column::RequestId.eq(request_id));
            if let Some(made) = made.one(&self.scope.transaction).await? {
                return self.with_mentions(made).await;
            }
        }
        let mentions = self.mentionable(new.mentions).await?;
        let now = self.now();
        let row = Model {
            organization_id: self.scope.organization_id().to_owned(),
            id: self.scope.inner.ids.next(now),
            task_id: task.0,
            body: new.body.as_str().to_owned(),
            version: 1,
            created_by: self.scope.user_id().to_owned(),
            created_at: now,
            edited_at: None,
            request_id: new.request_id,
        };
        Entity::insert(ActiveModel::from(row.clone()))
            .exec_without_returning(&self.scope.transaction)
            .await?;
        self.mention(CommentId(row.id), &mentions).await?;
        self.said(Change::CommentAdded, task, &row).await?;
        Ok(view(row, mentions.into_iter().collect()))
    }

    /// Writes one's own comment anew. `based_on` is the [`version`](Comment::version) that was
    /// seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was edited since; [`StoreError::Forbidden`] for somebody
    /// else's; those of [`TasksMut::comment`].
    pub async fn edit_comment(
        &self,
        task: TaskId,
        comment: CommentId,
        based_on: i64,
        body: CommentBody,
        mentions: Vec<UserId>,
    ) -> Result<Comment, StoreError> {
        self.scope.require(Action::CommentCreate)?;
        let mut row = self.find_comment(task, comment).await?;
        if row.created_by != self.scope.user_id() {
            return Err(StoreError::Forbidden {
                action: Action::CommentModerate,
            });
        }
        if row.body == body.as_str() {
            return self.with_mentions(row).await;
        }
        if row.version != based_on {
            let current = Current::Comment(self.with_mentions(row).await?);
            return Err(StoreError::Conflict(Box::new(current)));
        }
        let mentions = self.mentionable(mentions).await?;
        row.body = body.as_str().to_owned();
        row.version += 1;
        row.edited_at = Some(self.now());
        Entity::update_many()
            .set(ActiveModel {
                body: Set(row.body.clone()),
                version: Set(row.version),
                edited_at: Set(row.edited_at),
                ..ActiveModel::default()
            })
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(comment.0))
            .exec(&self.scope.transaction)
            .await?;
        mention::Entity::delete_many()
            .filter(mention::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(mention::Column::CommentId.eq(comment.0))
            .exec(&self.scope.transaction)
            .await?;
        self.mention(comment, &mentions).await?;
        self.said(Change::CommentEdited, task, &row).await?;
        Ok(view(row, mentions.into_iter().collect()))
    }

    /// Deletes one's own comment, or, as somebody who may moderate, anybody's.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing, or of another task),
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete_comment(&self, task: TaskId, comment: CommentId) -> Result<(), StoreError> {
        self.scope.require(Action::TaskRead)?;
        let row = self.find_comment(task, comment).await?;
        self.scope
            .require(match row.created_by == self.scope.user_id() {
                true => Action::CommentCreate,
                false => Action::CommentModerate,
            })?;
        Entity::delete_many()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(comment.0))
            .exec(&self.scope.transaction)
            .await?;
        let now = self.now();
        self.touch(task, now).await?;
        let difference = Difference {
            before: Some(json!({ "comment": comment.to_string(), "by": row.created_by })),
            after: None,
        };
        self.record(Change::CommentDeleted, task, now, difference)
            .await
    }

    /// A comment on this very task, which is locked first.
    async fn find_comment(&self, task: TaskId, comment: CommentId) -> Result<Model, StoreError> {
        locked(self.scope, task).await?;
        all(self.scope, task)
            .filter(Column::Id.eq(comment.0))
            .one(&self.scope.transaction)
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Members alone can be mentioned.
    async fn mentionable(&self, people: Vec<UserId>) -> Result<BTreeSet<UserId>, StoreError> {
        let people: BTreeSet<UserId> = people.into_iter().collect();
        if people.len() > MENTIONS_LIMIT {
            return Err(StoreError::LimitReached {
                max: MENTIONS_LIMIT as u64,
            });
        }
        self.require_members(&people).await?;
        Ok(people)
    }

    async fn mention(
        &self,
        comment: CommentId,
        people: &BTreeSet<UserId>,
    ) -> Result<(), StoreError> {
        if people.is_empty() {
            return Ok(());
        }
        let rows = people.iter().map(|user| mention::ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            comment_id: Set(comment.0),
            user_id: Set(user.as_str().to_owned()),
        });
        mention::Entity::insert_many(rows)
            .exec_without_returning(&self.scope.transaction)
            .await?;
        Ok(())
    }

    /// Makes what was said findable, and notes that it was.
    async fn said(&self, change: Change, task: TaskId, row: &Model) -> Result<(), StoreError> {
        let id = CommentId(row.id);
        search::put(self.scope, Document::comment(id, &row.body)).await?;
        let now = self.now();
        self.touch(task, now).await?;
        let difference = Difference {
            before: None,
            after: Some(json!({ "comment": id.to_string() })),
        };
        self.record(change, task, now, difference).await
    }

    async fn with_mentions(&self, row: Model) -> Result<Comment, StoreError> {
        let mut mentions = mentions(self.scope, mention::Column::CommentId.eq(row.id)).await?;
        let mentions = mentions.remove(&row.id).unwrap_or_default();
        Ok(view(row, mentions))
    }
}

/// A task's comments, oldest first.
pub(super) async fn of(scope: &Scope, task: TaskId) -> Result<Vec<Comment>, StoreError> {
    let rows = all(scope, task)
        .order_by_asc(Column::Id)
        .all(&scope.transaction)
        .await?;
    let ids = all(scope, task).select_only().column(Column::Id);
    let theirs = mention::Column::CommentId.in_subquery(ids.into_query());
    let mut mentions = mentions(scope, theirs).await?;
    let comments = rows.into_iter().map(|row| {
        let mentions = mentions.remove(&row.id).unwrap_or_default();
        view(row, mentions)
    });
    Ok(comments.collect())
}

async fn mentions(scope: &Scope, of: SimpleExpr) -> Result<HashMap<Uuid, Vec<UserId>>, StoreError> {
    let mut mentions: HashMap<Uuid, Vec<UserId>> = HashMap::new();
    let rows = mention::Entity::find()
        .filter(mention::Column::OrganizationId.eq(scope.organization_id()))
        .filter(of)
        .order_by_asc(mention::Column::UserId)
        .all(&scope.transaction)
        .await?;
    for row in rows {
        let people = mentions.entry(row.comment_id).or_default();
        people.push(UserId::new(row.user_id));
    }
    Ok(mentions)
}

fn all(scope: &Scope, task: TaskId) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::TaskId.eq(task.0))
}

fn view(row: Model, mentions: Vec<UserId>) -> Comment {
    Comment {
        id: CommentId(row.id),
        body: row.body,
        mentions,
        created_by: UserId::new(row.created_by),
        created_at: row.created_at,
        edited_at: row.edited_at,
        version: row.version,
    }
}
