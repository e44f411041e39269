use super::Member;
use crate::{
    Action, Grants, Permissions, StoreError,
    entities::{membership, user},
    scope::Scope,
};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};

/// The members of the organization entered, to read. See [`Tenant`](crate::Tenant).
#[derive(Debug)]
pub struct Members<'a> {
    scope: &'a Scope,
}

impl<'a> Members<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// The first `limit` members, by name.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn list(&self, limit: u64) -> Result<Vec<Member>, StoreError> {
        self.scope.require(Action::MemberRead)?;
        members(self.scope, Some(limit)).await
    }
}

/// The organization's members, by name.
pub(super) async fn members(scope: &Scope, limit: Option<u64>) -> Result<Vec<Member>, StoreError> {
    let rows = membership::Entity::find()
        .select_only()
        .columns([
            membership::Column::UserId,
            membership::Column::Role,
            membership::Column::Permissions,
        ])
        .columns([
            user::Column::FirstName,
            user::Column::LastName,
            user::Column::Email,
        ])
        .join(JoinType::InnerJoin, membership::Relation::User.def())
        .filter(membership::Column::OrganizationId.eq(scope.organization_id()))
        .order_by_asc(user::Column::FirstName)
        .order_by_asc(user::Column::LastName)
        .order_by_asc(user::Column::Email)
        .order_by_asc(membership::Column::UserId)
        .limit(limit)
        .into_model::<Row>()
        .all(&scope.transaction)
        .await?;
    Ok(rows.into_iter().map(Member::from).collect())
}

#[derive(FromQueryResult)]
struct Row {
    user_id: String,
    role: String,
    permissions: String,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        let names: Vec<String> = [row.first_name, row.last_name]
            .into_iter()
            .flatten()
            .collect();
        Self {
            user_id: UserId::new(row.user_id),
            name: names.join(" "),
            email: row.email,
            grants: Grants::new(&row.role, Permissions::of_row(row.permissions)),
            role: row.role,
        }
    }
}
