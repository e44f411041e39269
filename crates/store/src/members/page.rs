use super::{
    Member,
    read::{Row, by_name, place},
};
use crate::{PAGE_SIZE, StoreError, entities::membership, page::cut, scope::Scope};
use clerk::ids::UserId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QuerySelect,
    RelationTrait,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr},
};

/// Which members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// Part of the name or the address, in any case. Empty: everybody.
    pub search: String,
    /// Clerk's key of a role. None: any.
    pub role: Option<String>,
}

/// One page of members, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPage {
    /// At most [`PAGE_SIZE`] members.
    pub members: Vec<Member>,
    /// After whom the next page begins; `None` on the last one.
    pub next: Option<UserId>,
}

pub(super) async fn page(
    scope: &Scope,
    filter: &MemberFilter,
    after: Option<&UserId>,
) -> Result<MemberPage, StoreError> {
    // PostgreSQL's text can't hold this character, so nobody has it.
    let texts = [Some(filter.search.as_str()), filter.role.as_deref()];
    if texts.into_iter().flatten().any(|text| text.contains('\0')) {
        return Ok(MemberPage {
            members: Vec::new(),
            next: None,
        });
    }
    let mut query = by_name(scope).limit(PAGE_SIZE + 1);
    if !filter.search.trim().is_empty() {
        query = query.filter(found_by(scope, filter.search.trim()));
    }
    if let Some(role) = &filter.role {
        query = query.filter(membership::Column::Role.eq(role.as_str()));
    }
    if let Some(after) = place_of(scope, after).await? {
        let after = after.map(Expr::value);
        query = query.filter(Expr::tuple(place()).gt(Expr::tuple(after)));
    }
    let rows = query.into_model::<Row>().all(&scope.transaction).await?;
    let mut members: Vec<Member> = rows.into_iter().map(Member::from).collect();
    let more = cut(&mut members);
    let last = members.last().filter(|_| more);
    let next = last.map(|member| member.user_id.clone());
    Ok(MemberPage { members, next })
}

/// Where a member stands in the order. None without one, or when they are a member no more.
async fn place_of(scope: &Scope, user: Option<&UserId>) -> Result<Option<[String; 4]>, StoreError> {
    let Some(user) = user.filter(|user| !user.as_str().contains('\0')) else {
        return Ok(None);
    };
    let query = membership::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, membership::Relation::User.def())
        .filter(membership::Column::OrganizationId.eq(scope.organization_id()))
        .filter(membership::Column::UserId.eq(user.as_str()));
    let names = ["first_name", "last_name", "email", "user_id"];
    let query = place()
        .into_iter()
        .zip(names)
        .fold(query, |query, (part, name)| query.expr_as(part, name));
    let row: Option<(String, String, String, String)> =
        query.into_tuple().one(&scope.transaction).await?;
    Ok(row.map(|(first, last, email, id)| [first, last, email, id]))
}

/// Whether name or address have this part. SQLite knows upper and lower case of ASCII alone.
pub(super) fn found_by(scope: &Scope, part: &str) -> SimpleExpr {
    let part = match scope.transaction.get_database_backend() {
        DbBackend::Postgres => part.to_lowercase(),
        _ => part.to_ascii_lowercase(),
    };
    let escaped: String = part
        .chars()
        .flat_map(|c| {
            matches!(c, '%' | '_' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect();
    let [first, last, email, _] = place();
    let whole = Func::cust("concat_ws").args([Expr::value(" "), first, last, email]);
    Expr::expr(Func::lower(whole)).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}
