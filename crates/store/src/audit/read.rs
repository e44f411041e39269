use super::change::Change;
use crate::{Action, PAGE_SIZE, StoreError, Tenant, entities::audit_event, scope::Scope};
use clerk::ids::UserId;
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use std::net::IpAddr;

/// The organization's audit log, to read. See [`Tenant`].
#[derive(Debug)]
pub struct AuditLog<'a> {
    scope: &'a Scope,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its place in the organization's chain, from 1.
    pub seq: i64,
    /// When it was written (unix milliseconds).
    pub at: i64,
    /// Who did it.
    pub actor: AuditActor,
    /// What was done: one of [`audit_actions`].
    pub action: String,
    /// What it was done to: `project`, `task`, `user`, …
    pub target_kind: String,
    /// That one's id.
    pub target_id: String,
    /// What it was like before, as an object: `{"name": "One"}`.
    pub before: Option<Value>,
    /// What it is like since.
    pub after: Option<Value>,
    /// From which address. Blank for the system, and when its person was deleted.
    pub ip: Option<IpAddr>,
    /// With which browser or program.
    pub user_agent: Option<String>,
}

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AuditActor {
    /// A person. They may have left since.
    Person(UserId),
    /// The system, repeating what Clerk said.
    System,
}

/// Which entries. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By whom.
    pub actor: Option<AuditActor>,
    /// What was done: one of [`audit_actions`]. Nothing is found by any other word.
    pub action: Option<String>,
    /// Not before this (unix milliseconds).
    pub from: Option<i64>,
    /// Before this (unix milliseconds).
    pub until: Option<i64>,
}

/// A page of the log, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// At most [`PAGE_SIZE`] entries.
    pub entries: Vec<AuditEntry>,
    /// The number before which the next page begins; `None` on the last one.
    pub next: Option<i64>,
}

/// What entries can say was done, sorted.
pub fn audit_actions() -> Vec<&'static str> {
    let mut actions: Vec<_> = Change::iter().map(Change::key).collect();
    actions.sort_unstable();
    actions
}

impl Tenant {
    /// The organization's audit log.
    pub fn audit_log(&self) -> AuditLog<'_> {
        AuditLog { scope: &self.0 }
    }
}

impl AuditLog<'_> {
    /// A page of entries: the newest, or those before a number. What is added meanwhile shifts
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn page(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
    ) -> Result<AuditPage, StoreError> {
        use audit_event::Column;
        self.scope.require(Action::AuditRead)?;
        let mut query = audit_event::Entity::find()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()));
        if let Some(before) = before {
            query = query.filter(Column::Seq.lt(before));
        }
        match &filter.actor {
            // PostgreSQL's text can't hold this character, so no id has it.
            Some(AuditActor::Person(id)) if id.as_str().contains('\0') => {
                return Ok(AuditPage::EMPTY);
            }
            Some(AuditActor::Person(id)) => {
                query = query
                    .filter(Column::ActorKind.eq("person"))
                    .filter(Column::ActorId.eq(id.as_str()));
            }
            Some(AuditActor::System) => query = query.filter(Column::ActorKind.eq("system")),
            None => {}
        }
        if let Some(action) = &filter.action {
            let Some(action) = Change::iter().map(Change::key).find(|key| key == action) else {
                return Ok(AuditPage::EMPTY);
            };
            query = query.filter(Column::Action.eq(action));
        }
        if let Some(from) = filter.from {
            query = query.filter(Column::At.gte(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(Column::At.lt(until));
        }
        let rows = query
            .order_by_desc(Column::Seq)
            .limit(PAGE_SIZE + 1)
            .all(&self.scope.transaction)
            .await?;
        Ok(AuditPage::of(rows))
    }
}

impl AuditPage {
    const EMPTY: Self = Self {
        entries: Vec::new(),
        next: None,
    };

    /// What was read: one row more than a page has, if there is another page.
    fn of(mut rows: Vec<audit_event::Model>) -> Self {
        let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|row| row.seq);
        Self {
            entries: rows.into_iter().map(AuditEntry::from).collect(),
            next,
        }
    }
}

impl From<audit_event::Model> for AuditEntry {
    fn from(row: audit_event::Model) -> Self {
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Self {
            seq: row.seq,
            at: row.at,
            actor: match row.actor_kind.as_str() {
                "person" => AuditActor::Person(UserId::new(row.actor_id)),
                _ => AuditActor::System,
            },
            action: row.action,
            target_kind: row.target_kind,
            target_id: row.target_id,
            before: json(row.before),
            after: json(row.after),
            ip: row.ip.and_then(|ip| ip.parse().ok()),
            user_agent: row.user_agent,
        }
    }
}
