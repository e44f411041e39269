use super::chain::{BEGINNING, Entry};
use crate::{
    Store, StoreError,
    entities::{audit_event, audit_head},
    scope::{Mode, Subject},
};
use clerk::ids::OrganizationId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many entries are read at once.
const BATCH: u64 = 1000;

/// What became of walking an organization's audit log from its first entry to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVerdict {
    /// How many entries hold.
    pub entries: i64,
    /// The hash of the last entry that holds. Noted elsewhere, it shows later whether even the
    /// whole chain was made anew.
    pub head: [u8; 32],
    /// The first thing that is wrong, if anything is.
    pub fault: Option<AuditFault>,
}

/// What is wrong with an audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// There is a later entry, or the head counts it, but not this one.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The entry, or the one before it, is not what was written.
    #[error("entry {0} was altered")]
    Altered(i64),
    /// The entry's address or browser is not what was written.
    #[error("entry {0}: the address or the browser was altered")]
    OriginAltered(i64),
    /// The entries hold, but the head says something else.
    #[error("the head does not fit entry {0}, the last one")]
    Head(i64),
}

impl Store {
    /// Walks an organization's audit log, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn verify_audit(
        &self,
        organization: &OrganizationId,
    ) -> Result<AuditVerdict, StoreError> {
        let organization = organization.as_str();
        let subject = Subject::organization(organization);
        let transaction = self.inner.begin_worker(Mode::Read, subject).await?;
        let mut verdict = AuditVerdict {
            entries: 0,
            head: BEGINNING,
            fault: None,
        };
        let head = audit_head::Entity::find_by_id(organization)
            .one(&transaction)
            .await?;
        loop {
            let events = audit_event::Entity::find()
                .filter(audit_event::Column::OrganizationId.eq(organization))
                .filter(audit_event::Column::Seq.gt(verdict.entries))
                .order_by_asc(audit_event::Column::Seq)
                .limit(BATCH)
                .all(&transaction)
                .await?;
            if events.is_empty() {
                verdict.fault = verdict.compare(head);
                return Ok(verdict);
            }
            for event in &events {
                if let Err(fault) = verdict.add(event) {
                    verdict.fault = Some(fault);
                    return Ok(verdict);
                }
            }
        }
    }
}

impl AuditVerdict {
    fn add(&mut self, event: &audit_event::Model) -> Result<(), AuditFault> {
        let seq = self.entries + 1;
        if event.seq != seq {
            return Err(AuditFault::Missing(seq));
        }
        let hash = Entry(event).hash(&self.head);
        if hash != event.hash {
            return Err(AuditFault::Altered(seq));
        }
        if !Entry(event).origin_holds() {
            return Err(AuditFault::OriginAltered(seq));
        }
        self.entries = seq;
        self.head.copy_from_slice(&hash);
        Ok(())
    }

    fn compare(&self, head: Option<audit_head::Model>) -> Option<AuditFault> {
        let (seq, hash) = head.map_or((0, BEGINNING.to_vec()), |head| (head.seq, head.hash));
        if seq > self.entries {
            return Some(AuditFault::Missing(self.entries + 1));
        }
        (seq != self.entries || hash != self.head).then_some(AuditFault::Head(self.entries))
    }
}
