//! What a delivery says.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::models::{
    ApiSession, Deleted, Organization, OrganizationInvitation, OrganizationMembership, User,
};

/// One event. It may arrive more than once and in any order: drop repeats by [`Event::id`],
/// and let the data's `updated_at` decide what is newer.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The delivery's name (`svix-id`), the same for every attempt.
    pub id: String,
    /// When the event happened, in unix milliseconds.
    pub timestamp_ms: i64,
    /// Which instance it happened in.
    pub instance_id: Option<String>,
    /// What happened.
    pub data: EventData,
}

/// What happened, and to what.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EventData {
    /// `user.created`
    UserCreated(User),
    /// `user.updated`
    UserUpdated(User),
    /// `user.deleted`
    UserDeleted(Deleted),
    /// `session.created`
    SessionCreated(ApiSession),
    /// `session.pending`
    SessionPending(ApiSession),
    /// `session.ended`
    SessionEnded(ApiSession),
    /// `session.removed`
    SessionRemoved(ApiSession),
    /// `session.revoked`
    SessionRevoked(ApiSession),
    /// `organization.created`
    OrganizationCreated(Organization),
    /// `organization.updated`
    OrganizationUpdated(Organization),
    /// `organization.deleted`
    OrganizationDeleted(Deleted),
    /// `organizationMembership.created`
    OrganizationMembershipCreated(OrganizationMembership),
    /// `organizationMembership.updated`
    OrganizationMembershipUpdated(OrganizationMembership),
    /// `organizationMembership.deleted`: the whole membership as it was.
    OrganizationMembershipDeleted(OrganizationMembership),
    /// `organizationInvitation.created`
    OrganizationInvitationCreated(OrganizationInvitation),
    /// `organizationInvitation.accepted`
    OrganizationInvitationAccepted(OrganizationInvitation),
    /// `organizationInvitation.revoked`
    OrganizationInvitationRevoked(OrganizationInvitation),
    /// Any other, with nothing lost.
    Unknown {
        /// The event's type as Clerk writes it.
        kind: String,
        /// What it is about.
        data: Value,
    },
}

impl EventData {
    /// The event's type as Clerk writes it.
    pub fn kind(&self) -> &str {
        match self {
            Self::UserCreated(_) => "user.created",
            Self::UserUpdated(_) => "user.updated",
            Self::UserDeleted(_) => "user.deleted",
            Self::SessionCreated(_) => "session.created",
            Self::SessionPending(_) => "session.pending",
            Self::SessionEnded(_) => "session.ended",
            Self::SessionRemoved(_) => "session.removed",
            Self::SessionRevoked(_) => "session.revoked",
            Self::OrganizationCreated(_) => "organization.created",
            Self::OrganizationUpdated(_) => "organization.updated",
            Self::OrganizationDeleted(_) => "organization.deleted",
            Self::OrganizationMembershipCreated(_) => "organizationMembership.created",
            Self::OrganizationMembershipUpdated(_) => "organizationMembership.updated",
            Self::OrganizationMembershipDeleted(_) => "organizationMembership.deleted",
            Self::OrganizationInvitationCreated(_) => "organizationInvitation.created",
            Self::OrganizationInvitationAccepted(_) => "organizationInvitation.accepted",
            Self::OrganizationInvitationRevoked(_) => "organizationInvitation.revoked",
            Self::Unknown { kind, .. } => kind,
        }
    }

    fn parse(kind: String, data: Value) -> Result<Self, serde_json::Error> {
        fn read<T: DeserializeOwned>(data: Value) -> Result<T, serde_json::Error> {
            serde_json::from_value(data)
        }
        Ok(match kind.as_str() {
            "user.created" => Self::UserCreated(read(data)?),
            "user.updated" => Self::UserUpdated(read(data)?),
            "user.deleted" => Self::UserDeleted(read(data)?),
            "session.created" => Self::SessionCreated(read(data)?),
            "session.pending" => Self::SessionPending(read(data)?),
            "session.ended" => Self::SessionEnded(read(data)?),
            "session.removed" => Self::SessionRemoved(read(data)?),
            "session.revoked" => Self::SessionRevoked(read(data)?),
            "organization.created" => Self::OrganizationCreated(read(data)?),
            "organization.updated" => Self::OrganizationUpdated(read(data)?),
            "organization.deleted" => Self::OrganizationDeleted(read(data)?),
            "organizationMembership.created" => Self::OrganizationMembershipCreated(read(data)?),
            "organizationMembership.updated" => Self::OrganizationMembershipUpdated(read(data)?),
            "organizationMembership.deleted" => Self::OrganizationMembershipDeleted(read(data)?),
            "organizationInvitation.created" => Self::OrganizationInvitationCreated(read(data)?),
            "organizationInvitation.accepted" => Self::OrganizationInvitationAccepted(read(data)?),
            "organizationInvitation.revoked" => Self::OrganizationInvitationRevoked(read(data)?),
            _ => Self::Unknown { kind, data },
        })
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    data: Value,
    #[serde(default)]
    timestamp: i64,
    #[serde(default)]
    instance_id: Option<String>,
}

/// Reads a body whose signature has been found good.
pub(super) fn parse(id: &str, body: &[u8]) -> Result<Event, serde_json::Error> {
    let envelope: Envelope = serde_json::from_slice(body)?;
    Ok(Event {
        id: id.to_owned(),
        timestamp_ms: envelope.timestamp,
        instance_id: envelope.instance_id,
        data: EventData::parse(envelope.kind, envelope.data)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(json: &str) -> Event {
        parse("msg_1", json.as_bytes()).unwrap()
    }

    #[test]
    fn a_user_with_members_we_do_not_know_and_without_some_we_do() {
        let event = event(
            r#"{"type":"user.created","object":"event","timestamp":1700000000000,"data":{
            "id":"user_1","object":"user","first_name":"Ada","last_name":null,"image_url":null,
            "primary_email_address_id":"idn_2","hologram":{"x":1},"public_metadata":null,
            "email_addresses":[{"id":"idn_1","email_address":"a@x.com"},
              {"id":"idn_2","email_address":"ada@x.com","verification":{"status":"verified","strategy":"email_code","attempts":1}}],
            "updated_at":2,"created_at":1}}"#,
        );
        assert_eq!(
            (event.data.kind(), event.timestamp_ms),
            ("user.created", 1_700_000_000_000)
        );
        let EventData::UserCreated(user) = event.data else {
            panic!("not a user")
        };
        let email = user.primary_email_address().unwrap();
        assert_eq!(email.email_address, "ada@x.com");
        assert!(email.is_verified() && !user.email_addresses[0].is_verified());
        assert_eq!(user.full_name().as_deref(), Some("Ada"));
    }

    #[test]
    fn a_membership_with_its_organization_and_user() {
        let event = event(
            r#"{"type":"organizationMembership.deleted","data":{"id":"orgmem_1","role":"org:admin",
            "organization":{"id":"org_1","name":"Acme","slug":"acme"},
            "public_user_data":{"user_id":"user_1","identifier":"a@x.com"}}}"#,
        );
        let EventData::OrganizationMembershipDeleted(membership) = event.data else {
            panic!("not a membership")
        };
        assert_eq!(membership.organization.slug.as_deref(), Some("acme"));
        assert_eq!(membership.public_user_data.user_id.as_str(), "user_1");
    }

    #[test]
    fn unknown_events_are_kept_whole() {
        let event = event(r#"{"type":"sms.created","data":{"id":"sms_1","n":[1]}}"#);
        let EventData::Unknown { kind, data } = event.data else {
            panic!("known?")
        };
        assert_eq!(kind, "sms.created");
        assert_eq!(data["n"][0], 1);
    }

    #[test]
    fn a_known_event_without_its_subject_is_an_error() {
        assert!(parse("m", br#"{"type":"user.created","data":{"name":"x"}}"#).is_err());
        assert!(parse("m", b"not json").is_err());
    }
}
