use crate::{StoreError, entities::tombstone};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// Something that Clerk deletes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Organization,
    Membership,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Organization => "organization",
            Self::Membership => "membership",
        }
    }
}

/// Records that `id` was gone at `deleted_at` (unix milliseconds of Clerk's clock). The
/// latest time counts.
pub(super) async fn bury(
    transaction: &DatabaseTransaction,
    kind: Kind,
    id: &str,
    deleted_at: i64,
) -> Result<(), StoreError> {
    let older = Expr::col((tombstone::Entity, tombstone::Column::DeletedAt)).lt(deleted_at);
    tombstone::Entity::insert(tombstone::ActiveModel {
        kind: Set(kind.key().to_owned()),
        id: Set(id.to_owned()),
        deleted_at: Set(deleted_at),
    })
    .on_conflict(
        OnConflict::columns([tombstone::Column::Kind, tombstone::Column::Id])
            .update_column(tombstone::Column::DeletedAt)
            .action_and_where(older)
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// Whether one of these was gone already at the time of the word about it: each with the
/// `updated_at` of that word.
pub(super) async fn any_buried(
    transaction: &DatabaseTransaction,
    words: &[(Kind, &str, i64)],
) -> Result<bool, StoreError> {
    let mut any = Condition::any();
    for (kind, id, updated_at) in words {
        any = any.add(
            Condition::all()
                .add(tombstone::Column::Kind.eq(kind.key()))
                .add(tombstone::Column::Id.eq(*id))
                .add(tombstone::Column::DeletedAt.gte(*updated_at)),
        );
    }
    let buried = tombstone::Entity::find()
        .filter(any)
        .count(transaction)
        .await?;
    Ok(buried > 0)
}
