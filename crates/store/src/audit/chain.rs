//! How the entries of an organization hang together: each has a hash over itself and the hash of
//! the entry before it, so that none can be altered, left out or put in between unnoticed.
//!
//! Whoever can write to the database as its owner can make the whole chain anew. Against them
//! helps what they can't reach: a head noted elsewhere (`tenantry audit verify` prints it).

use super::Origin;
use crate::{StoreError, entities::audit_event};
use aws_lc_rs::{
    digest::{Context, SHA256},
    rand,
};
use sea_orm::DbErr;

/// What stands in for the hash before the first entry.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

/// An entry, to be hashed.
pub(super) struct Entry<'a>(pub(super) &'a audit_event::Model);

impl Entry<'_> {
    /// SHA-256 over the previous hash and each field, every one after its own length, so that
    /// nothing can move from one field into the next.
    pub(super) fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let event = self.0;
        let mut sum = Sum::new(b"audit entry 1");
        sum.add(Some(previous));
        sum.add(Some(event.organization_id.as_bytes()));
        sum.add(Some(&event.seq.to_be_bytes()));
        sum.add(Some(&event.at.to_be_bytes()));
        for text in [
            &event.actor_kind,
            &event.actor_id,
            &event.action,
            &event.target_kind,
            &event.target_id,
        ] {
            sum.add(Some(text.as_bytes()));
        }
        for text in [&event.before, &event.after] {
            sum.add(text.as_ref().map(String::as_bytes));
        }
        sum.add(Some(&event.origin_digest));
        sum.finish()
    }

    /// Whether address and browser are those of the digest, or were blanked for good.
    pub(super) fn origin_holds(&self) -> bool {
        let event = self.0;
        match &event.origin_salt {
            Some(salt) => {
                digest(salt, event.ip.as_deref(), event.user_agent.as_deref())
                    == event.origin_digest
            }
            None => event.ip.is_none() && event.user_agent.is_none(),
        }
    }
}

/// Address and browser as they are kept, with a digest that outlives them. Without the salt it
/// tells nothing of them.
pub(super) struct OriginSeal {
    pub(super) ip: Option<String>,
    pub(super) user_agent: Option<String>,
    pub(super) salt: Vec<u8>,
    pub(super) digest: Vec<u8>,
}

impl OriginSeal {
    /// # Errors
    /// [`StoreError::Database`] when the system has no randomness.
    pub(super) fn of(origin: &Origin) -> Result<Self, StoreError> {
        let mut salt = vec![0; 16];
        rand::fill(&mut salt)
            .map_err(|_| DbErr::Custom("no random bytes for an audit entry".to_owned()))?;
        let ip = origin.ip.map(|ip| ip.to_string());
        let user_agent = origin.user_agent.as_ref().map(|text| {
            let end = text.floor_char_boundary(Origin::MAX_USER_AGENT);
            // PostgreSQL's text can't hold this character.
            text[..end].replace('\0', "")
        });
        let digest = digest(&salt, ip.as_deref(), user_agent.as_deref());
        Ok(Self {
            ip,
            user_agent,
            salt,
            digest,
        })
    }
}

fn digest(salt: &[u8], ip: Option<&str>, user_agent: Option<&str>) -> Vec<u8> {
    let mut sum = Sum::new(b"audit origin 1");
    sum.add(Some(salt));
    sum.add(ip.map(str::as_bytes));
    sum.add(user_agent.map(str::as_bytes));
    sum.finish()
}

/// SHA-256 over a list of fields.
struct Sum(Context);

impl Sum {
    /// `what` keeps hashes of different things apart.
    fn new(what: &[u8]) -> Self {
        let mut sum = Self(Context::new(&SHA256));
        sum.add(Some(what));
        sum
    }

    /// A field after its length; one that is absent has a length that none can have.
    fn add(&mut self, field: Option<&[u8]>) {
        let length = field.map_or(u64::MAX, |field| field.len() as u64);
        self.0.update(&length.to_be_bytes());
        self.0.update(field.unwrap_or_default());
    }

    fn finish(self) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> audit_event::Model {
        let origin = OriginSeal::of(&Origin {
            ip: Some([127, 0, 0, 1].into()),
            user_agent: Some("Firefox".to_owned()),
        })
        .unwrap();
        audit_event::Model {
            organization_id: "org_acme".to_owned(),
            seq: 1,
            at: 1_790_000_000_000,
            actor_kind: "person".to_owned(),
            actor_id: "user_ada".to_owned(),
            action: "project.renamed".to_owned(),
            target_kind: "project".to_owned(),
            target_id: "1".to_owned(),
            before: Some("{}".to_owned()),
            after: None,
            ip: origin.ip,
            user_agent: origin.user_agent,
            origin_salt: Some(origin.salt),
            origin_digest: origin.digest,
            hash: Vec::new(),
        }
    }

    #[test]
    fn every_field_counts() {
        let hash = |change: &dyn Fn(&mut audit_event::Model)| {
            let mut event = event();
            // The salt is random, and with it the digest.
            event.origin_digest = vec![7; 32];
            change(&mut event);
            Entry(&event).hash(&BEGINNING)
        };
        let changes: [&dyn Fn(&mut audit_event::Model); 14] = [
            &|_| {},
            &|event| event.organization_id.push('x'),
            &|event| event.seq = 2,
            &|event| event.at += 1,
            &|event| event.actor_kind = "system".to_owned(),
            &|event| event.actor_id.push('x'),
            &|event| event.action.push('x'),
            &|event| event.target_kind.push('x'),
            &|event| event.target_id.push('x'),
            &|event| event.before = None,
            &|event| event.before = Some(String::new()),
            &|event| event.after = Some("{}".to_owned()),
            &|event| event.origin_digest[0] = 0,
            // From one field into the next.
            &|event| {
                event.target_kind = "projec".to_owned();
                event.target_id = "t1".to_owned();
            },
        ];
        let mut hashes: Vec<_> = changes.iter().map(|change| hash(change)).collect();
        hashes.push(Entry(&event()).hash(&[1; 32]));
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 15);
    }

    #[test]
    fn an_origin_is_whole_or_blank() {
        assert!(Entry(&event()).origin_holds());
        let mut blank = event();
        (blank.ip, blank.user_agent, blank.origin_salt) = (None, None, None);
        assert!(Entry(&blank).origin_holds());
        let mut altered = event();
        altered.ip = Some("127.0.0.2".to_owned());
        assert!(!Entry(&altered).origin_holds());
        let mut half = event();
        half.user_agent = None;
        assert!(!Entry(&half).origin_holds());
        half.origin_salt = None;
        assert!(!Entry(&half).origin_holds());
    }

    #[test]
    fn a_long_user_agent_is_cut_between_characters() {
        let origin = Origin {
            ip: None,
            user_agent: Some(format!("a{}", "ä".repeat(400))),
        };
        let kept = OriginSeal::of(&origin).unwrap().user_agent.unwrap();
        assert_eq!(kept.len(), 511);
    }
}
