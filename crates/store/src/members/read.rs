use super::{
    Member,
    page::{MemberFilter, MemberPage, found_by, page},
};
use crate::{
    Action, Grants, Permissions, StoreError,
    entities::{membership, user},
    scope::Scope,
};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

/// The most members that [`Members::named_in`] answers with.
pub const NAMED_LIMIT: u64 = 200;

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

    /// The first `limit` members whose name or address has this part, by name. An empty one is
    /// part of everybody's.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn find(&self, part: &str, limit: u64) -> Result<Vec<Member>, StoreError> {
        self.scope.require(Action::MemberRead)?;
        // PostgreSQL's text can't hold this character, so nobody has it.
        if part.contains('\0') {
            return Ok(Vec::new());
        }
        let mut query = by_name(self.scope).limit(limit);
        if !part.trim().is_empty() {
            query = query.filter(found_by(self.scope, part.trim()));
        }
        all(self.scope, query).await
    }

    /// The members whose name stands behind an `@` in `text`, by name; at most [`NAMED_LIMIT`].
    /// Who has no name is called by their address, else by their id.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub async fn named_in(&self, text: &str) -> Result<Vec<Member>, StoreError> {
        self.scope.require(Action::MemberRead)?;
        if text.contains('\0') {
            return Ok(Vec::new());
        }
        let position = match self.scope.transaction.get_database_backend() {
            DbBackend::Postgres => "strpos",
            _ => "instr",
        };
        let at_name = Func::cust("concat").args([Expr::value("@"), called()]);
        let found = Func::cust(position).args([Expr::value(text), at_name.into()]);
        let query = by_name(self.scope)
            .filter(Expr::expr(found).gt(0))
            .limit(NAMED_LIMIT);
        all(self.scope, query).await
    }

    /// A page of members, by name: the first one, or the one after a member. Who came or left
    /// meanwhile shifts nothing; after somebody who left it is the first one again.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn page(
        &self,
        filter: &MemberFilter,
        after: Option<&UserId>,
    ) -> Result<MemberPage, StoreError> {
        self.scope.require(Action::MemberRead)?;
        page(self.scope, filter, after).await
    }

    /// The roles that somebody has, and how many have each, by key.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn roles(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.scope.require(Action::MemberRead)?;
        Ok(membership::Entity::find()
            .select_only()
            .column(membership::Column::Role)
            .column_as(membership::Column::UserId.count(), "members")
            .filter(membership::Column::OrganizationId.eq(self.scope.organization_id()))
            .group_by(membership::Column::Role)
            .order_by_asc(membership::Column::Role)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?)
    }

    /// The member with this id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else, known elsewhere or not;
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn get(&self, user: &UserId) -> Result<Member, StoreError> {
        self.scope.require(Action::MemberRead)?;
        if user.as_str().contains('\0') {
            return Err(StoreError::NotFound);
        }
        by_name(self.scope)
            .filter(membership::Column::UserId.eq(user.as_str()))
            .into_model::<Row>()
            .one(&self.scope.transaction)
            .await?
            .map(Member::from)
            .ok_or(StoreError::NotFound)
    }
}

/// The organization's members, by name.
pub(super) async fn members(scope: &Scope, limit: Option<u64>) -> Result<Vec<Member>, StoreError> {
    all(scope, by_name(scope).limit(limit)).await
}

async fn all(scope: &Scope, query: Select<membership::Entity>) -> Result<Vec<Member>, StoreError> {
    let rows = query.into_model::<Row>().all(&scope.transaction).await?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// What a member is called, in words of SQL: the same as [`Member`]'s name, else address, else id.
fn called() -> SimpleExpr {
    let column = |column: user::Column| Expr::col((user::Entity, column));
    let names = [user::Column::FirstName, user::Column::LastName].map(column);
    let [first, last] = names;
    let whole = Func::cust("concat_ws").args([Expr::value(" "), first, last]);
    let some = |text: SimpleExpr| -> SimpleExpr {
        Func::cust("nullif").args([text, Expr::value("")]).into()
    };
    Func::coalesce([
        some(whole.into()),
        some(column(user::Column::Email)),
        Expr::col((membership::Entity, membership::Column::UserId)),
    ])
    .into()
}

/// The organization's members in their order: what every query of them starts from.
pub(super) fn by_name(scope: &Scope) -> Select<membership::Entity> {
    let query = membership::Entity::find()
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
        .filter(membership::Column::OrganizationId.eq(scope.organization_id()));
    place()
        .into_iter()
        .fold(query, |query, part| query.order_by_asc(part))
}

/// What members are ordered by: given and family name, address, and, of namesakes, the id. What
/// is not known comes first, on both databases.
pub(super) fn place() -> [SimpleExpr; 4] {
    let known = |column: user::Column| -> SimpleExpr {
        Func::coalesce([Expr::col((user::Entity, column)), Expr::value("")]).into()
    };
    [
        known(user::Column::FirstName),
        known(user::Column::LastName),
        known(user::Column::Email),
        Expr::col((membership::Entity, membership::Column::UserId)),
    ]
}

#[derive(FromQueryResult)]
pub(super) struct Row {
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
