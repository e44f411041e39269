//! The row that a scope is made of.
//!
//! Every request reads one, so the statement's text is not rendered again each time and the row
//! is read by place: both together take about as long as the database does.

use super::{OrganizationView, Row, SecurityPolicy, joined};
use crate::{
    MembershipView, Preferences,
    entities::{audit_head, membership, organization, user},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select, Statement,
    TryGetableMany,
};
use std::sync::LazyLock;

/// What a scope is made of, in one row.
pub(crate) struct Entered {
    pub(crate) organization: OrganizationView,
    pub(crate) membership: MembershipView,
    pub(crate) security: SecurityPolicy,
    pub(crate) preferences: Preferences,
    /// The number of the organization's newest change; 0 if there was none.
    pub(crate) seq: i64,
}

/// The organization with this slug and the user's membership of it. `None` when either is
/// missing.
pub(crate) async fn entered(
    transaction: &DatabaseTransaction,
    user: &str,
    slug: &str,
) -> Result<Option<Entered>, DbErr> {
    let statement = statement(transaction.get_database_backend(), user, slug);
    let Some(row) = transaction.query_one_raw(statement).await? else {
        return Ok(None);
    };
    let columns = Columns::try_get_many_by_index(&row).map_err(DbErr::from)?;
    let (
        id,
        slug,
        name,
        image_url,
        role,
        permissions,
        second_factor_since,
        sign_in_hours,
        theme,
        density,
        time_zone,
        seq,
    ) = columns;
    let row = Row {
        id,
        slug,
        name,
        image_url,
        role,
        permissions,
    };
    let (organization, membership) = row.into_views(user);
    // A number of hours that is none of ours demands a sign-in at once.
    let hours = |hours| u32::try_from(hours).unwrap_or(0);
    Ok(Some(Entered {
        organization,
        membership,
        security: SecurityPolicy {
            second_factor: second_factor_since.is_some(),
            sign_in_hours: sign_in_hours.map(hours),
        },
        preferences: Preferences {
            theme,
            density,
            time_zone,
        },
        seq: seq.unwrap_or_default(),
    }))
}

/// What [`query`] selects, in its order.
type Columns = (
    String,
    String,
    String,
    Option<String>,
    String,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

const BACKENDS: [DbBackend; 2] = [DbBackend::Sqlite, DbBackend::Postgres];

static TEXTS: LazyLock<[(DbBackend, String); 2]> =
    LazyLock::new(|| BACKENDS.map(|backend| (backend, query("", "").build(backend).sql)));

fn statement(backend: DbBackend, user: &str, slug: &str) -> Statement {
    match TEXTS.iter().find(|(of, _)| *of == backend) {
        Some((_, text)) => {
            let values = [user.into(), slug.into(), 1_u64.into()];
            Statement::from_sql_and_values(backend, text, values)
        }
        None => query(user, slug).build(backend),
    }
}

fn query(user: &str, slug: &str) -> Select<membership::Entity> {
    let head = membership::Entity::belongs_to(audit_head::Entity)
        .from(membership::Column::OrganizationId)
        .to(audit_head::Column::OrganizationId)
        .into();
    joined(user)
        .column_as(
            organization::Column::SecondFactorSince,
            "second_factor_since",
        )
        .column_as(organization::Column::SignInHours, "sign_in_hours")
        .column_as(user::Column::Theme, "theme")
        .column_as(user::Column::Density, "density")
        .column_as(user::Column::TimeZone, "time_zone")
        .join(JoinType::LeftJoin, membership::Relation::User.def())
        .column_as(audit_head::Column::Seq, "seq")
        .join(JoinType::LeftJoin, head)
        .filter(organization::Column::Slug.eq(slug))
        .filter(organization::Column::DeletedAt.is_null())
        // Two rows only while a slug is changing hands: the younger word holds.
        .order_by_desc(organization::Column::UpdatedAt)
        .limit(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_text_is_what_would_be_rendered() {
        for backend in BACKENDS {
            assert_eq!(
                statement(backend, "user_7", "acme"),
                query("user_7", "acme").build(backend),
            );
        }
    }
}
