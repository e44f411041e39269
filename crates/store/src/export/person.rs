use super::{column, json_lines, last_key, rows_after};
use crate::{
    Inner, Store, StoreError,
    catalog::{CATALOG, Kind, Table},
    entities::membership,
    scope::{Mode, Subject},
};
use clerk::session::Session;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    StatementBuilder, Value, sea_query::Condition,
};
use std::sync::Arc;

/// What the application has about a person: the rows that bear their id, piece by piece. Each
/// piece is read in a transaction of its own.
///
/// What they did is there wherever it was; what else bears their id (a project that they
/// created), in the organizations that they are in.
pub struct PersonExport {
    inner: Arc<Inner>,
    user: String,
    steps: Vec<Step>,
    at: usize,
    after: Vec<Value>,
}

/// One table, of one organization or of the person's own rows everywhere.
struct Step {
    table: &'static Table,
    organization: Option<String>,
}

/// The tables in which row-level security shows a person their own rows without regard to an
/// organization.
const EVERYWHERE: [&str; 3] = ["users", "memberships", "audit_events"];

impl Store {
    /// Begins the export of what there is about the session's person.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn export_person(&self, session: &Session) -> Result<PersonExport, StoreError> {
        let user = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(user)).await?;
        let organizations: Vec<String> = membership::Entity::find()
            .select_only()
            .column(membership::Column::OrganizationId)
            .filter(membership::Column::UserId.eq(user))
            .order_by_asc(membership::Column::OrganizationId)
            .into_tuple()
            .all(&transaction)
            .await?;
        let mut steps = Vec::new();
        for table in CATALOG {
            if matches!(table.kind, Kind::Bookkeeping { .. }) {
                continue;
            }
            let everywhere = EVERYWHERE.contains(&table.name);
            if table.people.is_empty() {
                continue;
            }
            let step = |organization| Step {
                table,
                organization,
            };
            match everywhere {
                true => steps.push(step(None)),
                false => steps.extend(organizations.iter().cloned().map(Some).map(step)),
            }
        }
        Ok(PersonExport {
            inner: Arc::clone(&self.inner),
            user: user.to_owned(),
            steps,
            at: 0,
            after: Vec::new(),
        })
    }
}

impl PersonExport {
    /// The next piece: its table and its lines, of which there may be none. Nothing after the
    /// last one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn next(&mut self) -> Result<Option<(&'static str, String)>, StoreError> {
        let Some(step) = self.steps.get(self.at) else {
            return Ok(None);
        };
        let Step {
            table,
            organization,
        } = step;
        let subject = Subject {
            organization: organization.as_deref(),
            user: Some(&self.user),
        };
        let mut query = rows_after(table, table.key, &self.after);
        // A row that bears the id twice is one row.
        let bears = table.people.iter().fold(Condition::any(), |bears, person| {
            bears.add(column(table, person.name).eq(self.user.as_str()))
        });
        query.cond_where(bears);
        if let Some(organization) = organization {
            query.and_where(column(table, "organization_id").eq(organization.as_str()));
        }
        let transaction = self.inner.begin(Mode::Read, subject).await?;
        let statement = StatementBuilder::build(&query, &transaction.get_database_backend());
        let rows = transaction.query_all_raw(statement).await?;
        self.after = last_key(&rows, table.key)?;
        if self.after.is_empty() {
            self.at += 1;
        }
        Ok(Some((table.name, json_lines(&rows)?)))
    }
}
