//! Clerk's JSON objects. [`browser`] and [`backend`] differ in what they may show: private metadata
//! and digests' traces never leave by the browser API.

mod activity;
pub mod attempts;
pub mod backend;
pub mod browser;
pub mod external;
pub mod factors;
mod images;
pub mod invitations;
mod jwt_template;
pub mod machines;
pub mod roles;

pub use activity::activity;
pub use images::{of_organization as organization_image_url, of_user as user_image_url};
pub use jwt_template::jwt_template;
use serde_json::{Value, json};

use crate::{
    LocalOptions,
    state::{Device, EmailAddress, Membership, Organization, Session, User},
};

/// `{"object":"token","jwt":…}`
pub fn token(jwt: &str) -> Value {
    json!({ "object": "token", "jwt": jwt })
}

/// The answer to a deletion.
pub fn deleted(object: &str, id: &str) -> Value {
    json!({ "object": object, "id": id, "deleted": true })
}

/// The answer to an upload.
pub fn image(id: &str, options: &LocalOptions) -> Value {
    json!({
        "object": "image",
        "id": id,
        "name": null,
        "public_url": images::uploaded(options, id),
    })
}

/// A session, as either API shows it, with the machine it is used on.
pub fn with_activity(body: Value, session: &Session, device: &Device) -> Value {
    let activity = activity(session, device);
    extend(body, json!({ "latest_activity": activity }))
}

/// `{"data":[…],"total_count":n}`
pub fn page(data: Vec<Value>, total_count: u64) -> Value {
    json!({ "data": data, "total_count": total_count })
}

/// One email address with its verification.
pub fn email_address(email: &EmailAddress) -> Value {
    let verification = match (email.verified, email.strategy.as_str()) {
        (false, _) => match email
            .proof
            .as_ref()
            .and_then(|proof| proof.verification.as_ref())
        {
            Some(verification) => attempts::verification(verification),
            None => Value::Null,
        },
        (true, strategy) => json!({
            "object": verification_object(strategy),
            "status": "verified",
            "strategy": strategy,
            "attempts": was_tried(strategy).then_some(1),
            "expire_at": was_tried(strategy).then_some(email.updated_at),
        }),
    };
    json!({
        "id": email.id,
        "object": "email_address",
        "email_address": email.email_address,
        "reserved": false,
        "verification": verification,
        "linked_to": [],
        "matches_sso_connection": false,
        "created_at": email.created_at,
        "updated_at": email.updated_at,
    })
}

/// The strategy of an address that the backend vouched for.
pub const ADMIN_STRATEGY: &str = "admin";

/// Whether the person did something to verify the address: the word of the backend or of a provider
/// is neither tried nor does it run out.
fn was_tried(strategy: &str) -> bool {
    strategy != ADMIN_STRATEGY && !strategy.starts_with("from_oauth_")
}

/// The name of a verification's object (browser API and backend API: `verification_…`).
fn verification_object(strategy: &str) -> &'static str {
    match strategy {
        ADMIN_STRATEGY => "verification_admin",
        "email_link" => "verification_email_link",
        "ticket" => "verification_ticket",
        oauth if oauth.starts_with("from_oauth_") => "verification_from_oauth",
        _ => "verification_otp",
    }
}

/// Whole minutes since each factor was shown, and -1 for one that never was (Clerk: `fva`).
pub(crate) fn factor_age(session: &Session, now_ms: i64) -> [i64; 2] {
    let minutes_since = |at: i64| ((now_ms - at) / 60_000).max(0);
    [
        minutes_since(session.first_factor_at),
        session.second_factor_at.map_or(-1, minutes_since),
    ]
}

/// The part of a person both APIs show alike.
fn common_user(user: &User, options: &LocalOptions) -> Value {
    let now = options.clock.now_ms();
    let lockout_s = user.lockout.remaining_s(now);
    let image_url = images::of_user(user, options);
    let emails: Vec<Value> = user
        .email_addresses
        .iter()
        .map(|email| external::linked(email, &user.external_accounts))
        .collect();
    let external_accounts: Vec<Value> = user
        .external_accounts
        .iter()
        .map(|account| external::account(account, options))
        .collect();
    let own = &user.factors;
    let passkeys: Vec<Value> = own.passkeys.iter().map(factors::passkey).collect();
    json!({
        "id": user.id,
        "object": "user",
        "external_id": user.external_id,
        "username": null,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "locale": user.settings.locale,
        "image_url": image_url,
        "profile_image_url": image_url,
        "has_image": user.image_id.is_some(),
        "primary_email_address_id": user.primary_email_address_id,
        "primary_phone_number_id": null,
        "primary_web3_wallet_id": null,
        "email_addresses": emails,
        "phone_numbers": [],
        "web3_wallets": [],
        "passkeys": passkeys,
        "external_accounts": external_accounts,
        "saml_accounts": [],
        "enterprise_accounts": [],
        "password_enabled": user.password_digest.is_some(),
        "password_last_updated_at": user.password_last_updated_at,
        "two_factor_enabled": own.two_factor_enabled(),
        "totp_enabled": own.totp_enabled,
        "backup_code_enabled": own.backup_code_enabled,
        "mfa_enabled_at": own.mfa_enabled_at,
        "mfa_disabled_at": own.mfa_disabled_at,
        "public_metadata": user.public_metadata,
        "unsafe_metadata": user.unsafe_metadata,
        "last_sign_in_at": user.last_sign_in_at,
        "last_active_at": user.last_active_at,
        "legal_accepted_at": user.settings.legal_accepted_at,
        "banned": user.settings.banned,
        "locked": lockout_s.is_some(),
        "deprovisioned": false,
        "lockout_expires_in_seconds": lockout_s,
        "verification_attempts_remaining": user.lockout.attempts_remaining(options.lockout, now),
        "delete_self_enabled": user.may_delete_self(),
        "create_organization_enabled": user.settings.create_organization_enabled.unwrap_or(true),
        "create_organizations_limit": user.settings.create_organizations_limit,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    })
}

/// The part of an organization both APIs show alike.
fn common_organization(organization: &Organization, options: &LocalOptions) -> Value {
    let image_url = images::of_organization(organization, options);
    json!({
        "object": "organization",
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "image_url": image_url,
        "logo_url": organization.image_id.is_some().then_some(&image_url),
        "has_image": organization.image_id.is_some(),
        "members_count": organization.members_count,
        "pending_invitations_count": organization.pending_invitations_count,
        "max_allowed_memberships": organization.max_allowed_memberships,
        "admin_delete_enabled": organization.admin_delete_enabled,
        "public_metadata": organization.public_metadata,
        "created_at": organization.created_at,
        "updated_at": organization.updated_at,
    })
}

/// The part of a membership both APIs show alike, around the organization as one of them shows it.
fn common_membership(
    membership: &Membership,
    organization: Value,
    options: &LocalOptions,
) -> Value {
    json!({
        "object": "organization_membership",
        "id": membership.id,
        "role": membership.role,
        "role_name": membership.assigned.name,
        "permissions": membership.permissions(),
        "public_metadata": membership.public_metadata,
        "organization": organization,
        "public_user_data": public_user_data(&membership.user, options),
        "created_at": membership.created_at,
        "updated_at": membership.updated_at,
    })
}

/// What members see of one another.
fn public_user_data(user: &User, options: &LocalOptions) -> Value {
    let image_url = images::of_user(user, options);
    json!({
        "user_id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "image_url": image_url,
        "profile_image_url": image_url,
        "has_image": user.image_id.is_some(),
        "identifier": user.identifier(),
        "username": null,
        "banned": user.settings.banned,
        "deprovisioned": false,
    })
}

/// Adds members to an object.
fn extend(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}
