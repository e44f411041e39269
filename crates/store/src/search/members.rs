use super::{Hit, Target, excerpt::marked, words::Wanted};
use crate::{
    StoreError,
    entities::{membership, user},
    scope::Scope,
};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
    sea_query::{Expr, Func},
};

/// Members whose name or address has all the words, each at a beginning.
pub(super) async fn matching(
    scope: &Scope,
    wanted: &Wanted,
    limit: u64,
) -> Result<Vec<Hit>, StoreError> {
    let mut query = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .columns([
            user::Column::FirstName,
            user::Column::LastName,
            user::Column::Email,
        ])
        .join(JoinType::InnerJoin, membership::Relation::User.def())
        .filter(membership::Column::OrganizationId.eq(scope.organization_id()));
    for word in wanted.iter() {
        query = query.filter(begins_with(word));
    }
    let rows = query
        .order_by_asc(user::Column::FirstName)
        .order_by_asc(user::Column::LastName)
        .order_by_asc(membership::Column::UserId)
        .limit(limit)
        .into_model::<Row>()
        .all(&scope.transaction)
        .await?;
    let hits = rows.into_iter().map(|row| {
        let email = row.email.unwrap_or_default();
        let names: Vec<String> = [row.first_name, row.last_name]
            .into_iter()
            .flatten()
            .collect();
        let name = match names.is_empty() {
            true => email.clone(),
            false => names.join(" "),
        };
        Hit {
            target: Target::Member(UserId::new(row.user_id)),
            title: marked(&name, wanted),
            excerpt: marked(&email, wanted),
        }
    });
    Ok(hits.collect())
}

/// A name, a word within it, or the address begins so. The word has neither `%` nor `_`.
fn begins_with(word: &str) -> Condition {
    let mut any = Condition::any();
    for column in [
        user::Column::FirstName,
        user::Column::LastName,
        user::Column::Email,
    ] {
        let text = || Expr::expr(Func::lower(Expr::col((user::Entity, column))));
        any = any
            .add(text().like(format!("{word}%")))
            .add(text().like(format!("% {word}%")));
    }
    any
}

#[derive(FromQueryResult)]
struct Row {
    user_id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
}
