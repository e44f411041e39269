//! The audit log: one entry for each change, in the change's own transaction.
//!
//! An organization's entries form a chain ([`chain`]); [`verify`] walks it.

mod chain;
mod change;
mod erase;
mod read;
mod verify;

pub(crate) use change::Change;
pub(crate) use erase::erase_origins;
pub use read::{AuditActor, AuditEntry, AuditFilter, AuditLog, AuditPage, audit_actions};
pub use verify::{AuditFault, AuditVerdict};

use crate::{
    StoreError,
    entities::{audit_event, audit_head},
    scope::Scope,
    worker::Worker,
};
use chain::{Entry, OriginSeal};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value;
use std::{fmt::Display, net::IpAddr};

/// Where a request came from, as far as the server knows. Kept with what the request changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The browser's or program's address.
    pub ip: Option<IpAddr>,
    /// What it calls itself. Kept up to [`Origin::MAX_USER_AGENT`] bytes.
    pub user_agent: Option<String>,
}

impl Origin {
    /// The longest user agent that is kept, in bytes.
    pub const MAX_USER_AGENT: usize = 512;
}

/// Who made a change.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Actor<'a> {
    /// A signed-in person, by a request from there.
    Person {
        /// Clerk's id.
        id: &'a str,
        origin: &'a Origin,
    },
    /// The system, repeating what Clerk says happened there. Clerk tells neither who it was nor
    /// from where.
    Clerk,
}

impl Actor<'_> {
    fn kind(self) -> &'static str {
        match self {
            Self::Person { .. } => "person",
            Self::Clerk => "system",
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Person { id, .. } => id,
            Self::Clerk => "clerk",
        }
    }

    fn seal(self) -> Result<OriginSeal, StoreError> {
        match self {
            Self::Person { origin, .. } => OriginSeal::of(origin),
            Self::Clerk => OriginSeal::of(&Origin::default()),
        }
    }
}

/// What the target was like before and after the change, where there is something to say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Difference {
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// Adds the entry of a change, by the scope's person. `at` is unix milliseconds.
///
/// From here to the end of the transaction no other change of this organization can be recorded:
/// call it last.
pub(crate) async fn record(
    scope: &Scope,
    change: Change,
    target: impl Display,
    at: i64,
    difference: Difference,
) -> Result<(), StoreError> {
    let actor = Actor::Person {
        id: scope.user_id(),
        origin: &scope.origin,
    };
    let event = entry(change, actor, target, difference)?;
    let event = audit_event::Model {
        organization_id: scope.organization_id().to_owned(),
        at,
        ..event
    };
    append(&scope.transaction, event).await
}

/// The same of a change that a worker made, who acts for the organization.
pub(crate) async fn record_by(
    worker: &Worker,
    organization: &str,
    actor: Actor<'_>,
    change: Change,
    target: impl Display,
    difference: Difference,
) -> Result<(), StoreError> {
    let event = entry(change, actor, target, difference)?;
    let event = audit_event::Model {
        organization_id: organization.to_owned(),
        at: worker.now_ms(),
        ..event
    };
    append(worker.transaction(), event).await
}

/// An entry that has yet to get its organization, its time and its place in the chain.
fn entry(
    change: Change,
    actor: Actor<'_>,
    target: impl Display,
    difference: Difference,
) -> Result<audit_event::Model, StoreError> {
    let origin = actor.seal()?;
    let text = |value: Option<Value>| value.map(|value| value.to_string());
    Ok(audit_event::Model {
        organization_id: String::new(),
        seq: 0,
        at: 0,
        actor_kind: actor.kind().to_owned(),
        actor_id: actor.id().to_owned(),
        action: change.key().to_owned(),
        target_kind: change.target_kind().to_owned(),
        target_id: target.to_string(),
        before: text(difference.before),
        after: text(difference.after),
        ip: origin.ip,
        user_agent: origin.user_agent,
        origin_salt: Some(origin.salt),
        origin_digest: origin.digest,
        hash: Vec::new(),
    })
}

/// Puts an entry at the end of its organization's chain.
async fn append(
    connection: &impl ConnectionTrait,
    mut event: audit_event::Model,
) -> Result<(), StoreError> {
    let organization = event.organization_id.clone();
    let (seq, previous) = take_number(connection, &organization).await?;
    event.seq = seq;
    event.hash = Entry(&event).hash(&previous);
    let hash = event.hash.clone();
    audit_event::Entity::insert(audit_event::ActiveModel::from(event))
        .exec_without_returning(connection)
        .await?;
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Hash, Expr::value(hash))
        .filter(audit_head::Column::OrganizationId.eq(organization))
        .exec(connection)
        .await?;
    Ok(())
}

/// The number of the next entry and the hash of the last, locked until the transaction ends.
async fn take_number(
    connection: &impl ConnectionTrait,
    organization: &str,
) -> Result<(i64, Vec<u8>), StoreError> {
    let head = audit_head::Entity::insert(audit_head::ActiveModel {
        organization_id: Set(organization.to_owned()),
        seq: Set(1),
        hash: Set(chain::BEGINNING.to_vec()),
    })
    .on_conflict(
        OnConflict::column(audit_head::Column::OrganizationId)
            .value(
                audit_head::Column::Seq,
                Expr::col((audit_head::Entity, audit_head::Column::Seq)).add(1),
            )
            .to_owned(),
    )
    .exec_with_returning(connection)
    .await?;
    Ok((head.seq, head.hash))
}
