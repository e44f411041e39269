//! What was found, read again to be shown: three queries however many there are.

use super::{
    Hit, Target,
    excerpt::{excerpt, marked},
    matching::Match,
    words::Wanted,
};
use crate::{
    CommentId, ProjectId, Status, StoreError, TaskId,
    entities::{comment, project, task},
    scope::Scope,
    tasks::unreadable,
};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, prelude::Uuid,
};
use std::collections::HashMap;

/// The hits, in the order of the matches.
pub(super) async fn hits(
    scope: &Scope,
    wanted: &Wanted,
    matches: Vec<Match>,
) -> Result<Vec<Hit>, StoreError> {
    let ids = |of: fn(&Match) -> Option<Uuid>| matches.iter().filter_map(of).collect::<Vec<_>>();
    let mut found = HashMap::new();
    projects(scope, wanted, ids(|row| row.project_id), &mut found).await?;
    tasks(scope, wanted, ids(|row| row.task_id), &mut found).await?;
    comments(scope, wanted, ids(|row| row.comment_id), &mut found).await?;
    let hits = matches.iter().filter_map(|row| {
        let id = row.project_id.or(row.task_id).or(row.comment_id)?;
        found.remove(&id)
    });
    Ok(hits.collect())
}

async fn projects(
    scope: &Scope,
    wanted: &Wanted,
    ids: Vec<Uuid>,
    found: &mut HashMap<Uuid, Hit>,
) -> Result<(), StoreError> {
    use project::Column;
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, String)> = project::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    found.extend(rows.into_iter().map(|(id, name)| {
        let hit = Hit {
            target: Target::Project(ProjectId(id)),
            title: marked(&name, wanted),
            excerpt: Vec::new(),
        };
        (id, hit)
    }));
    Ok(())
}

async fn tasks(
    scope: &Scope,
    wanted: &Wanted,
    ids: Vec<Uuid>,
    found: &mut HashMap<Uuid, Hit>,
) -> Result<(), StoreError> {
    use task::Column;
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, i64, String, String, String)> = task::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Number,
            Column::Status,
            Column::Title,
            Column::Description,
        ])
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    for (id, number, status, title, description) in rows {
        let status = Status::parse(&status).ok_or_else(|| unreadable("status"))?;
        let hit = Hit {
            target: Target::Task {
                id: TaskId(id),
                number,
                status,
            },
            title: marked(&title, wanted),
            excerpt: excerpt(&description, wanted),
        };
        found.insert(id, hit);
    }
    Ok(())
}

async fn comments(
    scope: &Scope,
    wanted: &Wanted,
    ids: Vec<Uuid>,
    found: &mut HashMap<Uuid, Hit>,
) -> Result<(), StoreError> {
    use comment::Column;
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, String, Uuid, i64, String)> = comment::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Body, Column::TaskId])
        .columns([task::Column::Number, task::Column::Title])
        .join(JoinType::InnerJoin, comment::Relation::Task.def())
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(task::Column::OrganizationId.eq(scope.organization_id()))
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    found.extend(rows.into_iter().map(|(id, body, task, number, title)| {
        let hit = Hit {
            target: Target::Comment {
                id: CommentId(id),
                task: TaskId(task),
                number,
            },
            title: marked(&title, wanted),
            excerpt: excerpt(&body, wanted),
        };
        (id, hit)
    }));
    Ok(())
}
