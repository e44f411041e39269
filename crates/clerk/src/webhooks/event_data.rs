//! Every event of Clerk's, with what it is about.

use serde::Deserialize;
use serde_json::Value;

use super::data::{
    Email, PaymentAttempt, SessionOfUser, Sms, Subscription, SubscriptionItem, WaitlistEntry,
};
use crate::models::{
    Deleted, Organization, OrganizationDomain, OrganizationInvitation, OrganizationMembership,
    Permission, Role, User,
};

/// Makes the enum, and both directions between its variants and Clerk's names, from one
/// table.
macro_rules! events {
    ($($variant:ident($data:ty) = $kind:literal,)*) => {
        /// What happened, and to what.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum EventData {
            $(
                #[doc = concat!("`", $kind, "`")]
                $variant($data),
            )*
            /// Any other, with nothing lost.
            Unknown {
                /// The event's type as Clerk writes it.
                kind: String,
                /// What it is about.
                data: Value,
            },
        }

        impl EventData {
            /// The types of event that have a variant of their own, as Clerk writes them.
            pub const KINDS: &[&str] = &[$($kind),*];

            /// The event's type as Clerk writes it.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)*
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// Reads the data of an event of this type.
            pub(super) fn parse(kind: &str, data: &Value) -> Result<Self, serde_json::Error> {
                match kind {
                    $($kind => <$data>::deserialize(data).map(Self::$variant),)*
                    _ => Ok(Self::unknown(kind, data)),
                }
            }
        }
    };
}

events! {
    UserCreated(User) = "user.created",
    UserUpdated(User) = "user.updated",
    UserDeleted(Deleted) = "user.deleted",
    SessionCreated(SessionOfUser) = "session.created",
    SessionPending(SessionOfUser) = "session.pending",
    SessionEnded(SessionOfUser) = "session.ended",
    SessionRemoved(SessionOfUser) = "session.removed",
    SessionRevoked(SessionOfUser) = "session.revoked",
    OrganizationCreated(Organization) = "organization.created",
    OrganizationUpdated(Organization) = "organization.updated",
    OrganizationDeleted(Deleted) = "organization.deleted",
    OrganizationMembershipCreated(OrganizationMembership) = "organizationMembership.created",
    OrganizationMembershipUpdated(OrganizationMembership) = "organizationMembership.updated",
    OrganizationMembershipDeleted(OrganizationMembership) = "organizationMembership.deleted",
    OrganizationInvitationCreated(OrganizationInvitation) = "organizationInvitation.created",
    OrganizationInvitationAccepted(OrganizationInvitation) = "organizationInvitation.accepted",
    OrganizationInvitationRevoked(OrganizationInvitation) = "organizationInvitation.revoked",
    OrganizationDomainCreated(OrganizationDomain) = "organizationDomain.created",
    OrganizationDomainUpdated(OrganizationDomain) = "organizationDomain.updated",
    OrganizationDomainDeleted(Deleted) = "organizationDomain.deleted",
    RoleCreated(Role) = "role.created",
    RoleUpdated(Role) = "role.updated",
    RoleDeleted(Deleted) = "role.deleted",
    PermissionCreated(Permission) = "permission.created",
    PermissionUpdated(Permission) = "permission.updated",
    PermissionDeleted(Deleted) = "permission.deleted",
    EmailCreated(Email) = "email.created",
    SmsCreated(Sms) = "sms.created",
    WaitlistEntryCreated(WaitlistEntry) = "waitlistEntry.created",
    WaitlistEntryUpdated(WaitlistEntry) = "waitlistEntry.updated",
    PaymentAttemptCreated(PaymentAttempt) = "paymentAttempt.created",
    PaymentAttemptUpdated(PaymentAttempt) = "paymentAttempt.updated",
    SubscriptionCreated(Subscription) = "subscription.created",
    SubscriptionUpdated(Subscription) = "subscription.updated",
    SubscriptionActive(Subscription) = "subscription.active",
    SubscriptionPastDue(Subscription) = "subscription.pastDue",
    SubscriptionItemCreated(SubscriptionItem) = "subscriptionItem.created",
    SubscriptionItemUpdated(SubscriptionItem) = "subscriptionItem.updated",
    SubscriptionItemActive(SubscriptionItem) = "subscriptionItem.active",
    SubscriptionItemUpcoming(SubscriptionItem) = "subscriptionItem.upcoming",
    SubscriptionItemFreeTrialEnding(SubscriptionItem) = "subscriptionItem.freeTrialEnding",
    SubscriptionItemPastDue(SubscriptionItem) = "subscriptionItem.pastDue",
    SubscriptionItemIncomplete(SubscriptionItem) = "subscriptionItem.incomplete",
    SubscriptionItemCanceled(SubscriptionItem) = "subscriptionItem.canceled",
    SubscriptionItemEnded(SubscriptionItem) = "subscriptionItem.ended",
    SubscriptionItemAbandoned(SubscriptionItem) = "subscriptionItem.abandoned",
}

impl EventData {
    pub(super) fn unknown(kind: &str, data: &Value) -> Self {
        Self::Unknown {
            kind: kind.to_owned(),
            data: data.clone(),
        }
    }
}
