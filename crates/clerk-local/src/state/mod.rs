//! [`State`]: everything the local instance knows, and every operation that changes it.
//!
//! One file or folder per aggregate. Reads go straight to the pool; a change takes the one write
//! transaction ([`Write`]), in which the events it causes are stored as well, so that neither can
//! exist without the other. What takes several operations, say a sign-in, is one [`Unit`] of them.

mod admission;
mod api_keys;
mod attempts;
mod backup_codes;
mod clients;
mod clock;
mod devices;
mod digests;
mod entities;
mod external_accounts;
mod factors;
mod given_factors;
mod handshakes;
pub mod ids;
mod images;
mod instance;
mod invitations;
mod jwt_templates;
mod limits;
mod lockouts;
mod m2m_tokens;
mod machines;
mod mails;
mod memberships;
mod metadata;
mod oauth_attempts;
mod open;
mod organizations;
mod passkeys;
mod passwords;
mod permissions;
mod provider_accounts;
mod refresh_tokens;
mod reverifications;
mod roles;
mod schema;
mod scopes;
mod search;
mod sessions;
mod sign_in_tokens;
mod signed;
mod signing;
mod tickets;
mod totp;
mod unit;
mod users;
mod webhooks;

use std::sync::Arc;

use clerk::clock::Clock;
use sea_orm::DatabaseTransaction;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::{Mutex, Notify};

use unit::{Part, Place};

pub use api_keys::{ApiKey, ApiKeyChanges, ApiKeyQuery, NewApiKey};
pub use attempts::{
    SignIn, SignInDetail, SignInStatus, SignUp, SignUpDetail, Verification, VerificationStatus,
};
pub use clients::Client;
pub use devices::Device;
pub use digests::usable_digest;
pub use external_accounts::{ExternalAccount, ExternalProfile, account_claimed, account_not_found};
pub use factors::Factors;
pub use given_factors::GivenFactors;
pub use handshakes::Directives;
pub use images::{Image, MAX_IMAGE_BYTES, Upload};
pub use instance::Instance;
pub use invitations::{
    Invitation, InvitationQuery, InvitationStatus, NewInvitation, OrganizationTarget,
};
pub use jwt_templates::{JwtTemplate, JwtTemplateForm, SigningAlgorithm};
pub use limits::Limited;
pub use lockouts::{Lockout, LockoutSettings};
pub use m2m_tokens::{M2mToken, M2mTokenQuery, NewM2mToken};
pub use machines::{Machine, MachineChanges, MachineQuery, MachineRow, MachineScope};
pub use mails::{Dispatch, Mail};
pub use memberships::{Membership, MembershipQuery, MembershipTexts};
pub use metadata::MetadataMode;
pub use oauth_attempts::{NewOauthAttempt, OauthAttempt, OauthPurpose, OauthSecrets};
pub use organizations::{
    ADMIN_DELETE_ENABLED, IdFilter, NewOrganization, Organization, OrganizationChanges,
    OrganizationQuery,
};
pub(crate) use passkeys::{
    CHALLENGE_LIFE_MS as PASSKEY_CHALLENGE_LIFE_MS, not_registered as passkey_not_registered,
};
pub use passkeys::{Passkey, PasskeyChallenge, PasskeyCredential};
pub use passwords::{
    ComparedPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, check_new_password,
    check_password_form,
};
pub use permissions::{
    DELETE_ORGANIZATION, MANAGE_MEMBERS, MANAGE_ORGANIZATION, NewPermission, Permission,
    PermissionChanges, READ_DOMAINS, READ_MEMBERS,
};
pub use provider_accounts::{NewProviderAccount, ProviderAccount};
pub use refresh_tokens::REFRESH_TOKEN_GRACE_MS;
pub use reverifications::{
    Reverification, ReverificationDetail, ReverificationLevel, ReverificationStatus,
};
pub use roles::{ADMIN, CatalogQuery, MEMBER, NewRole, Role, RoleChanges};
pub use scopes::Scopes;
pub use sessions::{
    OrganizationChoice, Session, SessionEnd, SessionQuery, SessionSettings, SessionStatus,
    ShownFactors,
};
pub use sign_in_tokens::{SignInToken, SignInTokenStatus};
pub use signing::Signing;
pub use tickets::Ticket;
pub(crate) use tickets::invalid as ticket_invalid;
pub use totp::Totp;
pub use unit::Unit;
pub use users::{
    CurrentPassword, DELETE_SELF_ENABLED, EmailAddress, EmailAddressChanges, EmailProof,
    NewEmailAddress, NewUser, SettingsChanges, TimeRange, User, UserChanges, UserQuery,
    UserSettings, check_email_form,
};
pub use webhooks::{
    Attempt, AttemptRow, Delivery, DeliveryRow, EndpointForm, EventRow, WebhookEndpoint,
};

pub use crate::provider::Provider;
use crate::{LocalOptions, error::Result, faults::Faults};

/// The instance's data and clock; cheap to clone.
#[derive(Clone)]
pub struct State {
    place: Place,
    inner: Arc<Inner>,
}

struct Inner {
    /// SQLite has one writer; waiting here is fair and never times out as its file lock would.
    writer: Arc<Mutex<()>>,
    clock: clock::SettableClock,
    options: LocalOptions,
    instance: Instance,
    deliveries: Notify,
    limits: limits::Limits,
    mails_waiting: Notify,
    faults: Faults,
    /// Removed last, where it is not gone already.
    _temporary: Option<TempDir>,
}

impl State {
    /// Unix milliseconds of the instance's clock.
    pub fn now_ms(&self) -> i64 {
        self.inner.clock.now_ms()
    }

    /// How the instance was opened.
    pub fn options(&self) -> &LocalOptions {
        &self.inner.options
    }

    /// The instance's identity, keys and secrets.
    pub fn instance(&self) -> &Instance {
        &self.inner.instance
    }

    /// Rung after each commit that stored an event.
    pub(crate) fn deliveries(&self) -> &Notify {
        &self.inner.deliveries
    }

    /// How the instance misbehaves.
    pub(crate) fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// For reads, inside of the unit if there is one.
    fn db(&self) -> &Place {
        &self.place
    }

    /// Begins the write transaction, or a part of the unit's. Dropping it without [`Write::commit`]
    /// undoes everything.
    async fn write(&self) -> Result<Write> {
        let part = self.open_part().await?;
        Ok(Write {
            now: part.now,
            state: self.clone(),
            part,
        })
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("instance", &self.inner.instance.id)
            .finish_non_exhaustive()
    }
}

/// The one write transaction of this process, or a part of a unit's.
struct Write {
    /// The time of every row this transaction writes.
    now: i64,
    part: Part,
    state: State,
}

impl Write {
    fn db(&self) -> &DatabaseTransaction {
        &self.part.tx
    }

    fn options(&self) -> &LocalOptions {
        self.state.options()
    }

    /// A time for `updated_at` that is later than the last one: receivers order events by it, and
    /// two changes may fall into one millisecond.
    fn later_than(&self, updated_at: i64) -> i64 {
        self.now.max(updated_at + 1)
    }

    /// Stores an event; it exists if, and only if, this transaction is committed.
    async fn emit(&mut self, event_type: &str, data: Value) -> Result<()> {
        let instance_id = &self.state.instance().id;
        webhooks::events::store(self.db(), instance_id, event_type, data, self.now).await?;
        self.part.note_event();
        Ok(())
    }

    async fn commit(self) -> Result<()> {
        self.part.commit(&self.state.inner).await
    }
}
